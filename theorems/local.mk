# One module for each chapter, in the book's order.
EXTRA_DIST += theorems/common.h theorems/linear-regret.h

plugin_LTLIBRARIES += theorems/lemmas.la
theorems_lemmas_la_SOURCES = \
	theorems/lemmas/chapter.c \
	theorems/lemmas/lemmas.h \
	theorems/lemmas/lem-lipschitz.c \
	theorems/lemmas/lem-smooth.c \
	theorems/lemmas/lem-convex-smooth.c \
	theorems/lemmas/lem-strongly-convex.c \
	theorems/lemmas/lem-pl.c \
	theorems/lemmas/lem-sums.c \
	theorems/lemmas/lem-variance.c \
	theorems/lemmas/lem-prox.c

plugin_LTLIBRARIES += theorems/gradient-descent.la
theorems_gradient_descent_la_SOURCES = \
	theorems/gradient-descent/chapter.c \
	theorems/gradient-descent/gd-convex-smooth.c \
	theorems/gradient-descent/gd-strongly-convex.c \
	theorems/gradient-descent/gd-pl.c \
	theorems/gradient-descent/gd-nonconvex.c

# A module may not have the name of a method.
plugin_LTLIBRARIES += theorems/stochastic-gradient.la
theorems_stochastic_gradient_la_SOURCES = \
	theorems/sgd/chapter.c \
	theorems/sgd/sgd-convex-smooth.c \
	theorems/sgd/sgd-convex-general.c \
	theorems/sgd/sgd-convex-schedules.c \
	theorems/sgd/sgd-convex-interp.c \
	theorems/sgd/sgd-strongly-convex.c \
	theorems/sgd/sgd-sc-complexity.c \
	theorems/sgd/sgd-strongly-convex-nws.c \
	theorems/sgd/sgd-pl.c \
	theorems/sgd/sgd-switch.c \
	theorems/sgd/sgd-nonconvex.c

plugin_LTLIBRARIES += theorems/subgradients.la
theorems_subgradients_la_SOURCES = \
	theorems/subgradient/chapter.c \
	theorems/subgradient/ssd-convex-horizon.c \
	theorems/subgradient/ssd-convex-lipschitz.c \
	theorems/subgradient/pssd-bounded.c \
	theorems/subgradient/pssd-sc-weighted.c \
	theorems/subgradient/pssd-sc-uniform.c \
	theorems/subgradient/pssd-sc-constant.c

plugin_LTLIBRARIES += theorems/lower-bounds.la
theorems_lower_bounds_la_SOURCES = \
	theorems/lower-bounds/chapter.c \
	theorems/lower-bounds/li-minimax-lb.c \
	theorems/lower-bounds/li-harvey-lb.c \
	theorems/lower-bounds/nesterov-chain.c \
	theorems/lower-bounds/drori-lb.c \
	theorems/lower-bounds/krylov-lb.c

plugin_LTLIBRARIES += theorems/heavy-balls.la
theorems_heavy_balls_la_SOURCES = \
	theorems/heavy-ball/chapter.c \
	theorems/heavy-ball/quadratics.h \
	theorems/heavy-ball/hb-spectral.c \
	theorems/heavy-ball/hb-quadratic-finite.c \
	theorems/heavy-ball/cheb-semi-iteration.c \
	theorems/heavy-ball/hb-lrp-cycle.c \
	theorems/heavy-ball/hb-convex-average.c \
	theorems/heavy-ball/noise.h \
	theorems/heavy-ball/shb-stationary.c \
	theorems/heavy-ball/shb-step-decay.c \
	theorems/heavy-ball/nag-gs.c

plugin_LTLIBRARIES += theorems/adaptive.la
theorems_adaptive_la_SOURCES = \
	theorems/adaptive/chapter.c \
	theorems/adaptive/regret.h \
	theorems/adaptive/cycle.h \
	theorems/adaptive/adagrad-norm-smooth.c \
	theorems/adaptive/adagrad-norm-convex.c \
	theorems/adaptive/norm-test-batch.c \
	theorems/adaptive/adadagrad-divisor.c \
	theorems/adaptive/adam-nonconvergence.c \
	theorems/adaptive/adam-kingma-ba-claim-broken.c \
	theorems/adaptive/adagrad-diag-regret.c \
	theorems/adaptive/adagrad-full-regret.c \
	theorems/adaptive/amsgrad-regret.c \
	theorems/adaptive/adam-step-bound.c \
	theorems/adaptive/diffgrad-regret.c \
	theorems/adaptive/adamod-regret.c \
	theorems/adaptive/dog.h \
	theorems/adaptive/dog-deterministic.c \
	theorems/adaptive/tdog-deterministic.c \
	theorems/adaptive/madgrad-last.c \
	theorems/adaptive/adafactor-clip.c \
	theorems/adaptive/psps-fixed.c \
	theorems/adaptive/swats-descent.c \
	theorems/adaptive/oasis-linear.c \
	theorems/adaptive/adgd-convex.c \
	theorems/adaptive/unixgrad-smooth.c \
	theorems/adaptive/udog-path.c

plugin_LTLIBRARIES += theorems/last-iterate.la
EXTRA_DIST += theorems/last-iterate/reference.h theorems/last-iterate/smooth.h
theorems_last_iterate_la_SOURCES = \
	theorems/last-iterate/chapter.c \
	theorems/last-iterate/li-subgrad-recursion.c \
	theorems/last-iterate/li-const-step.c \
	theorems/last-iterate/li-linear-decay.c \
	theorems/last-iterate/li-schedules.c \
	theorems/last-iterate/li-sc-cotangent.c \
	theorems/last-iterate/li-smooth-recursion.c \
	theorems/last-iterate/li-smooth-sc.c \
	theorems/last-iterate/li-hp.c \
	theorems/last-iterate/li-orabona-identity.c

plugin_LTLIBRARIES += theorems/minibatches.la
theorems_minibatches_la_SOURCES = \
	theorems/minibatch/chapter.c \
	theorems/minibatch/minibatch.h \
	theorems/minibatch/subsets.h \
	theorems/minibatch/minibatch-variance.c \
	theorems/minibatch/minibatch-convex-smooth.c \
	theorems/minibatch/minibatch-strongly-convex.c

plugin_LTLIBRARIES += theorems/proximal.la
theorems_proximal_la_SOURCES = \
	theorems/proximal/chapter.c \
	theorems/proximal/pgd-convex.c \
	theorems/proximal/pgd-strongly-convex.c \
	theorems/proximal/spgd-convex.c \
	theorems/proximal/spgd-strongly-convex.c \
	theorems/proximal/spp-convex.c \
	theorems/proximal/spp-strongly-convex.c


plugin_LTLIBRARIES += theorems/momentum-averaging.la
theorems_momentum_averaging_la_SOURCES = \
	theorems/momentum/chapter.c \
	theorems/momentum/momentum-writings.c \
	theorems/momentum/momentum-convex.c \
	theorems/momentum/li-ima.c
plugin_LTLIBRARIES += theorems/polyak.la
theorems_polyak_la_SOURCES = \
	theorems/polyak/chapter.c \
	theorems/polyak/sps-lipschitz.c \
	theorems/polyak/sps-smooth.c \
	theorems/polyak/sps-sc-interp.c \
	theorems/polyak/alr-mag.c \
	theorems/polyak/alr-hb.c
plugin_LTLIBRARIES += theorems/acceleration.la
theorems_acceleration_la_SOURCES = \
	theorems/acceleration/chapter.c \
	theorems/acceleration/accelerated.h \
	theorems/acceleration/agd-convex.c \
	theorems/acceleration/fista.c \
	theorems/acceleration/ogm.c \
	theorems/acceleration/agd-sc.c \
	theorems/acceleration/sgd-sgc.c \
	theorems/acceleration/sagd-sgc.c \
	theorems/acceleration/sagd-semi.c \
	theorems/acceleration/sagd-sqrt-rho.c

plugin_LTLIBRARIES += theorems/clipping.la
theorems_clipping_la_SOURCES = \
	theorems/clipping/chapter.c \
	theorems/least.h \
	theorems/clipping/clip-gd-smooth.c \
	theorems/clipping/clip-gd-l0l1.c \
	theorems/clipping/clip-gd-convex.c \
	theorems/clipping/clip-bias-exact.c \
	theorems/clipping/terms.h \
	theorems/clipping/clip-bias-pointwise.c \
	theorems/clipping/clip-alpha.c \
	theorems/clipping/clip-sgd-smooth.c \
	theorems/clipping/clip-spp-identity.c \
	theorems/clipping/clip-symmetric.c \
	theorems/clipping/dice-virtual.c

plugin_LTLIBRARIES += theorems/second-order.la
theorems_second_order_la_SOURCES = \
	theorems/second-order/chapter.c \
	theorems/second-order/cubic.h \
	theorems/second-order/lem-cubic-model.c \
	theorems/second-order/newton-local.c \
	theorems/second-order/newton-cubed.c \
	theorems/second-order/newton-damped.c \
	theorems/second-order/cubic-gradient.c \
	theorems/second-order/cubic-convex.c \
	theorems/second-order/cubic-accelerated.c \
	theorems/second-order/smb-pl.c

plugin_LTLIBRARIES += theorems/projection-free-and-mirror.la
theorems_projection_free_and_mirror_la_SOURCES = \
	theorems/projection-free-and-mirror/chapter.c \
	theorems/projection-free-and-mirror/entropy.h \
	theorems/projection-free-and-mirror/fw-convex.c \
	theorems/projection-free-and-mirror/hedge-regret.c \
	theorems/projection-free-and-mirror/md-entropy.c \
	theorems/projection-free-and-mirror/relative-smooth.c \
	theorems/projection-free-and-mirror/centre-of-gravity.c \
	theorems/projection-free-and-mirror/ellipsoid-gap.c

plugin_LTLIBRARIES += theorems/matrix-preconditioning.la
theorems_matrix_preconditioning_la_SOURCES = \
	theorems/matrix-preconditioning/chapter.c \
	theorems/matrix-preconditioning/shampoo-regret.c \
	theorems/matrix-preconditioning/graft-descent.c \
	theorems/matrix-preconditioning/coupled-newton-root.c \
	theorems/matrix-preconditioning/hessfit-lie.c \
	theorems/matrix-preconditioning/psgd-equivariance.c \
	theorems/matrix-preconditioning/filter-newton.c \
	theorems/matrix-preconditioning/rls-exact.c \
	theorems/matrix-preconditioning/bfgs-quadratic.c
plugin_LTLIBRARIES += theorems/variance-reduction.la
theorems_variance_reduction_la_SOURCES = \
	theorems/variance-reduction/chapter.c \
	theorems/variance-reduction/running.h \
	theorems/variance-reduction/svrg-epoch.c \
	theorems/variance-reduction/sarah-inner.c \
	theorems/variance-reduction/sarah-outer.c \
	theorems/variance-reduction/ai-sarah.c \
	theorems/variance-reduction/lsvrg.c \
	theorems/variance-reduction/page.c \
	theorems/variance-reduction/storm.c \
	theorems/variance-reduction/mars.c

plugin_LTLIBRARIES += theorems/coordinates.la
theorems_coordinates_la_SOURCES = \
	theorems/coordinate-descent/chapter.c \
	theorems/coordinate-descent/blocks.h \
	theorems/coordinate-descent/bcd-composite.c \
	theorems/coordinate-descent/bcd-gauss-seidel.c \
	theorems/coordinate-descent/bcd-page.c \
	theorems/coordinate-descent/rcd-sc.c \
	theorems/coordinate-descent/hspg-descent.c \
	theorems/coordinate-descent/hspg-identify.c
plugin_LTLIBRARIES += theorems/norms.la
theorems_norms_la_SOURCES = \
	theorems/norms/chapter.c \
	theorems/norms/norms.h \
	theorems/norms/ntr-smooth.c \
	theorems/norms/ntr-weight-decay.c \
	theorems/norms/steepest-linear.c \
	theorems/norms/muon-inexact.c
plugin_LTLIBRARIES += theorems/preconditioning.la
theorems_preconditioning_la_SOURCES = \
	theorems/preconditioning/chapter.c \
	theorems/preconditioning/metric.h \
	theorems/preconditioning/metric-gd.c \
	theorems/preconditioning/target-inner.c \
	theorems/preconditioning/poly-condition.c \
	theorems/preconditioning/poly-gd.c \
	theorems/preconditioning/krylov-restart.c \
	theorems/preconditioning/proxy-convex.c \
	theorems/preconditioning/proxy-noise.c \
	theorems/preconditioning/krr-condition.c

plugin_LTLIBRARIES += theorems/sampling-and-averaging.la
theorems_sampling_and_averaging_la_SOURCES = \
	theorems/sampling-and-averaging/chapter.c \
	theorems/sampling-and-averaging/affine.h \
	theorems/sampling-and-averaging/sg-affine-constant.c \
	theorems/sampling-and-averaging/sg-affine-diminishing.c \
	theorems/sampling-and-averaging/sg-affine-nonconvex.c \
	theorems/sampling-and-averaging/avg-gradient.c \
	theorems/sampling-and-averaging/nt-unfired.c \
	theorems/sampling-and-averaging/sgdr-last.c \
	theorems/sampling-and-averaging/sgdr-floor.c \
	theorems/sampling-and-averaging/upweight-law.c \
	theorems/sampling-and-averaging/reweighted-sgd.c \
	theorems/sampling-and-averaging/coreset-gd.c \
	theorems/sampling-and-averaging/greedy-facility.c \
	theorems/sampling-and-averaging/krr-features.c \
	theorems/sampling-and-averaging/krr-coordinates.c \
	theorems/sampling-and-averaging/kaczmarz.c \
	theorems/sampling-and-averaging/inference-implicit.c
plugin_LTLIBRARIES += theorems/min-max.la
theorems_min_max_la_SOURCES = \
	theorems/min-max/chapter.c \
	theorems/min-max/regret.h \
	theorems/min-max/gda-bilinear.c \
	theorems/min-max/altgda-bilinear.c \
	theorems/min-max/gda-strongly.c \
	theorems/min-max/eg-regret.c \
	theorems/min-max/eg-residual.c \
	theorems/min-max/peg-regret.c \
	theorems/min-max/peg-spectral.c \
	theorems/min-max/peg-strongly.c \
	theorems/min-max/seg-floor.c \
	theorems/min-max/pp-residual.c \
	theorems/min-max/proxskip-vip.c

plugin_LTLIBRARIES += theorems/manifolds.la
theorems_manifolds_la_SOURCES = \
	theorems/manifolds/chapter.c \
	theorems/manifolds/hyperbolic.h \
	theorems/manifolds/radagrad-regret.c \
	theorems/manifolds/gep-minimum.c \
	theorems/manifolds/gep-angle.c
plugin_LTLIBRARIES += theorems/weakly-convex.la
theorems_weakly_convex_la_SOURCES = \
	theorems/weakly-convex/chapter.c \
	theorems/weakly-convex/envelope.h \
	theorems/weakly-convex/wc-models.c \
	theorems/weakly-convex/cvar-spl.c \
	theorems/weakly-convex/exp-scaling.c \
	theorems/weakly-convex/o2nc.c
plugin_LTLIBRARIES += theorems/robust.la
theorems_robust_la_SOURCES = \
	theorems/robust/chapter.c \
	theorems/robust/spectral-minibatch.c \
	theorems/robust/dro.c \
	theorems/robust/prospect.c \
	theorems/robust/sgd-chebyshev.c \
	theorems/robust/clip-hp.c \
	theorems/robust/stable-sgd-law.c \
	theorems/robust/private-sgd.c

plugin_LTLIBRARIES += theorems/estimators.la
theorems_estimators_la_SOURCES = \
	theorems/estimators/chapter.c \
	theorems/estimators/est-moments.c \
	theorems/estimators/elbo-gap.c \
	theorems/estimators/vi-path-law.c \
	theorems/estimators/allocation.c \
	theorems/estimators/mlmc.c \
	theorems/estimators/rounding.c

plugin_LTLIBRARIES += theorems/zeroth-order.la
EXTRA_DIST += theorems/zeroth-order/directions.h
theorems_zeroth_order_la_SOURCES = \
	theorems/zeroth-order/chapter.c \
	theorems/zeroth-order/zo-pl.c \
	theorems/zeroth-order/zo-smoothing.c \
	theorems/zeroth-order/gfm.c \
	theorems/zeroth-order/gfm-plus.c \
	theorems/zeroth-order/es-locality.c \
	theorems/zeroth-order/es-bounded.c \
	theorems/zeroth-order/quzo.c \
	theorems/zeroth-order/zo-adamu.c \
	theorems/zeroth-order/cem-travel.c \
	theorems/zeroth-order/nn-descent.c \
	theorems/zeroth-order/cem-soft.c \
	theorems/zeroth-order/cbo-hop.c \
	theorems/zeroth-order/cbo-points.c \
	theorems/zeroth-order/zo-fw.c

plugin_LTLIBRARIES += theorems/policy-gradient.la
theorems_policy_gradient_la_SOURCES = \
	theorems/policy-gradient/chapter.c \
	theorems/policy-gradient/softmax.c \
	theorems/policy-gradient/pg-any-step.c \
	theorems/policy-gradient/memory-plateau.c \
	theorems/policy-gradient/ppo.c \
	theorems/policy-gradient/transport.c \
	theorems/policy-gradient/score-baseline.c \
	theorems/policy-gradient/exit-score.c \
	theorems/policy-gradient/stateful-score.c \
	theorems/policy-gradient/dynamic-pg.c \
	theorems/policy-gradient/simultaneous-plateau.c

plugin_LTLIBRARIES += theorems/distributed.la
theorems_distributed_la_SOURCES = \
	theorems/distributed/chapter.c \
	theorems/distributed/network.h \
	theorems/distributed/dgd-neighbourhood.c \
	theorems/distributed/dsgd-consensus.c \
	theorems/distributed/dsgd-saddle.c \
	theorems/distributed/tracking-mean.c \
	theorems/distributed/gt-spectral.c \
	theorems/distributed/dprox-descent.c \
	theorems/distributed/compress.h \
	theorems/distributed/choco-gossip.c \
	theorems/distributed/fedavg-drift.c \
	theorems/distributed/ef21.c \
	theorems/distributed/topk-diverges.c \
	theorems/distributed/quantiser-variance.c \
	theorems/distributed/spsa-shared.c \
	theorems/distributed/shared-copies.c \
	theorems/distributed/chains.h \
	theorems/distributed/srrw-two-nodes.c \
	theorems/distributed/srrw-variance.c \
	theorems/distributed/token-variance.c
plugin_LTLIBRARIES += theorems/sampling.la
theorems_sampling_la_SOURCES = \
	theorems/sampling/chapter.c \
	theorems/sampling/langevin.h \
	theorems/sampling/ula.c \
	theorems/sampling/ula-gaussian.c \
	theorems/sampling/lm-gaussian.c \
	theorems/sampling/myula-moment.c \
	theorems/sampling/langevin-w2.c \
	theorems/sampling/ddim-restoration.c \
	theorems/sampling/conducive-gradient.c \
	theorems/sampling/mh-finite.c \
	theorems/sampling/ito.c \
	theorems/sampling/bregman-entropy.c \
	theorems/sampling/sgld-coupling.c \
	theorems/sampling/ito-noise-swap.c \
	theorems/sampling/dsgld-delay.c \
	theorems/sampling/mala.c \
	theorems/sampling/rescaled-virial.c \
	theorems/sampling/envelope-tv.c \
	theorems/sampling/ddim.c

plugin_LTLIBRARIES += theorems/solvable-models.la
theorems_solvable_models_la_SOURCES = \
	theorems/solvable-models/chapter.c \
	theorems/solvable-models/relu-network.c \
	theorems/solvable-models/min-norm-sgd.c \
	theorems/solvable-models/sgd-stability.c \
	theorems/solvable-models/feature-curve.c \
	theorems/solvable-models/powerlaw-curve.c \
	theorems/solvable-models/relu-filter.c \
	theorems/solvable-models/generalisation-gap.c \
	theorems/solvable-models/stability-conditions.c \
	theorems/solvable-models/batch-hessian.c \
	theorems/solvable-models/max-rate-batch.c \
	theorems/solvable-models/matrix.h \
	theorems/solvable-models/dyson.c \
	theorems/solvable-models/spiked-sgd.c \
	theorems/solvable-models/bayes.c \
	theorems/solvable-models/scaling-rules.c

plugin_LTLIBRARIES += theorems/bilevel.la
theorems_bilevel_la_SOURCES = \
	theorems/bilevel/chapter.c \
	theorems/bilevel/two-levels.h \
	theorems/bilevel/penalty-value.c \
	theorems/bilevel/penalty-gradient.c \
	theorems/bilevel/f2sa-descent.c \
	theorems/bilevel/f2sa-noise.c \
	theorems/bilevel/unrolled-gradient.c \
	theorems/bilevel/msvr-tracker.c \
	theorems/bilevel/msvr-descent.c
EXTRA_DIST += theorems/README.md
