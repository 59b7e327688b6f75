# One line each: methods/NAME.la is made of methods/NAME.c.
plugin_LTLIBRARIES += methods/adam.la
plugin_LTLIBRARIES += methods/gd.la
plugin_LTLIBRARIES += methods/sgd.la
plugin_LTLIBRARIES += methods/subgradient.la
plugin_LTLIBRARIES += methods/heavy-ball.la
plugin_LTLIBRARIES += methods/chebyshev.la
plugin_LTLIBRARIES += methods/proximal-gradient.la
plugin_LTLIBRARIES += methods/stochastic-proximal-gradient.la
plugin_LTLIBRARIES += methods/stochastic-proximal-point.la
plugin_LTLIBRARIES += methods/shb.la
plugin_LTLIBRARIES += methods/nag-gs.la

plugin_LTLIBRARIES += methods/ima.la
plugin_LTLIBRARIES += methods/momentum.la
plugin_LTLIBRARIES += methods/sps.la
plugin_LTLIBRARIES += methods/alr.la
plugin_LTLIBRARIES += methods/cg.la
plugin_LTLIBRARIES += methods/agd.la
plugin_LTLIBRARIES += methods/fista.la
plugin_LTLIBRARIES += methods/ogm.la
plugin_LTLIBRARIES += methods/clipped-gd.la
plugin_LTLIBRARIES += methods/clipped-sgd.la
plugin_LTLIBRARIES += methods/per-sample-clipping.la
plugin_LTLIBRARIES += methods/dice.la
plugin_LTLIBRARIES += methods/adagrad-norm.la
plugin_LTLIBRARIES += methods/dog.la

plugin_LTLIBRARIES += methods/newton.la
plugin_LTLIBRARIES += methods/cubic-newton.la
plugin_LTLIBRARIES += methods/preconditioned.la
plugin_LTLIBRARIES += methods/smb.la
plugin_LTLIBRARIES += methods/frank-wolfe.la
plugin_LTLIBRARIES += methods/mirror-entropy.la

EXTRA_DIST += methods/jacobi.h methods/norms.h
plugin_LTLIBRARIES += methods/shampoo.la
plugin_LTLIBRARIES += methods/graft.la
plugin_LTLIBRARIES += methods/muon.la
plugin_LTLIBRARIES += methods/sarah.la
plugin_LTLIBRARIES += methods/svrg.la
plugin_LTLIBRARIES += methods/mars.la
plugin_LTLIBRARIES += methods/block-prox.la
plugin_LTLIBRARIES += methods/extragradient.la
plugin_LTLIBRARIES += methods/optimistic.la
plugin_LTLIBRARIES += methods/madgrad.la
plugin_LTLIBRARIES += methods/adafactor.la
