# One line each: objectives/NAME.la is made of objectives/NAME.c. The name has to
# be unique among objectives, methods and chapters: all are installed in one folder.
plugin_LTLIBRARIES += objectives/abs.la
plugin_LTLIBRARIES += objectives/gaussian-noise.la
plugin_LTLIBRARIES += objectives/huber.la
plugin_LTLIBRARIES += objectives/least-squares.la
plugin_LTLIBRARIES += objectives/logistic.la
plugin_LTLIBRARIES += objectives/minimax.la
plugin_LTLIBRARIES += objectives/online-linear.la
plugin_LTLIBRARIES += objectives/pl-sine.la
plugin_LTLIBRARIES += objectives/quadratic.la
plugin_LTLIBRARIES += objectives/reddi-cycle.la
plugin_LTLIBRARIES += objectives/skew.la
plugin_LTLIBRARIES += objectives/zero-or-L.la
plugin_LTLIBRARIES += objectives/zig-zag.la
EXTRA_DIST += objectives/common.h

plugin_LTLIBRARIES += objectives/ball.la
plugin_LTLIBRARIES += objectives/box.la
plugin_LTLIBRARIES += objectives/kink.la
plugin_LTLIBRARIES += objectives/tilted-pair.la
EXTRA_DIST += objectives/wrapper.h
plugin_LTLIBRARIES += objectives/pair.la
plugin_LTLIBRARIES += objectives/lrp.la
plugin_LTLIBRARIES += objectives/last-iterate-worst.la
plugin_LTLIBRARIES += objectives/l1.la
plugin_LTLIBRARIES += objectives/sign-noise.la
plugin_LTLIBRARIES += objectives/outlier.la
plugin_LTLIBRARIES += objectives/drori-worst.la
plugin_LTLIBRARIES += objectives/harvey.la
plugin_LTLIBRARIES += objectives/krylov-worst.la
plugin_LTLIBRARIES += objectives/nesterov-chain.la
plugin_LTLIBRARIES += objectives/bernoulli.la
plugin_LTLIBRARIES += objectives/two-point-noise.la
plugin_LTLIBRARIES += objectives/centres.la
plugin_LTLIBRARIES += objectives/cosh.la
plugin_LTLIBRARIES += objectives/broken-line.la
plugin_LTLIBRARIES += objectives/online-cycle.la
