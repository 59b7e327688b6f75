/* The theorems of the chapter, in the book's order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

extern const rate_theorem dgd_neighbourhood, dgd_bias, tracking_mean, gt_spectral, dprox_descent,
    choco_gossip, choco_mean, fedavg_drift, fedavg_bias, ef21, topk_diverges,
    dsgd_consensus, dsgd_saddle, quantiser_variance, quantiser_levels,
    spsa_shared, spsa_step, shared_copies, srrw_two_nodes, srrw_paths, srrw_variance, token_variance;

static const rate_theorem *const theorems[] = {
	&dgd_neighbourhood,
	&dgd_bias,
	&dsgd_consensus,
	&dsgd_saddle,
	&tracking_mean,
	&gt_spectral,
	&dprox_descent,
	&choco_gossip,
	&choco_mean,
	&fedavg_drift,
	&fedavg_bias,
	&ef21,
	&topk_diverges,
	&quantiser_variance,
	&quantiser_levels,
	&spsa_shared,
	&spsa_step,
	&shared_copies,
	&srrw_two_nodes,
	&srrw_paths,
	&srrw_variance,
	&token_variance,
};
RATE_PLUGIN("distributed", "1.0", "GPL-3.0-or-later", .theorems = RATE_LIST(theorems))
