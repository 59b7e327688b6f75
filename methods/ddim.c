/* DDIM, a deterministic sampler: from noise at the angle pi/2 to data at the angle 0 in N steps,
 *
 *     x0 = prox_{tan(theta)^2 f}(x/cos(theta)),   x <- cos(theta') x0 + sin(theta') (x - cos(theta) x0)/sin(theta).
 *
 * theta_k = (1 - k/N) pi/2, or, matched to data of the scale s, tan(theta_k) = s tan((1 - k/N) pi/2); s = 1 are the
 * equal angles. x_0 stands for the noise. f is minus the logarithm of the density of the data: x0 is their most likely
 * value given x, which for Gaussian data is their mean given x, as DDIM wants it. After N steps nothing moves.
 *
 *     ratecheck verify ddim-gaussian --objective gaussian-data:s=3/3,m=1/0,start=0.5/-1
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { STEPS, SCALE };

static double angle(const rate_run *run, double k)
{
	double equal = (1 - k / run->param[STEPS]) * acos(0);

	return atan2(run->param[SCALE] * sin(equal), cos(equal));
}

static int step(rate_run *run)
{
	double *x = run->state[0], *clean = run->scratch[0], k = (double)run->t, theta, next;
	const rate_sample *term;

	if (k >= run->param[STEPS])
		return RATE_OK;
	theta = angle(run, k);
	next = angle(run, k + 1);
	if (run->n != 1)
		return (run->call->fail)(run, "ddim takes a density as a whole, not a sum of %zu terms", run->n);
	if (!(term = run->call->component(run, 0)))
		return RATE_FAIL;
	/* x/cos(theta), the noise in which has the standard deviation tan(theta) */
	rate_scale(run, 1 / cos(theta), x);
	if (run->call->sample_prox(run, term, tan(theta) * tan(theta), x, clean))
		return RATE_FAIL;
	/* cos' x0 + sin' (x - cos x0)/sin, with x over cos as it is now */
	rate_scale(run, cos(theta) * sin(next) / sin(theta), x);
	rate_axpy(run, cos(next) - sin(next) * cos(theta) / sin(theta), clean, x);
	return RATE_OK;
}

static const rate_param params[] = {
	[STEPS] = { "N", RATE_INTEGER, "20", 1, 1048576, NULL, "number of steps" },
	[SCALE] = { "s", RATE_REAL, "1", 1e-50, 1e50, NULL, "scale of the data to which the angles are matched" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method ddim = {
	.size = sizeof ddim, .abi = RATE_ABI, .id = "ddim", .title = "DDIM with the prox as its denoiser",
	.summary = "x <- cos' x0 + sin' (x - cos x0)/sin, x0 = prox_{tan^2 f}(x/cos)",
	.source = "Song, Meng and Ermon 2021", .flags = RATE_NEEDS_SAMPLE_PROX, .params = RATE_ROWS(params),
	.state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = step,
};

static const rate_method *const methods[] = { &ddim };
RATE_PLUGIN("ddim", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
