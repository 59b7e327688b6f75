/* two-point-noise: f_i(x) = L/2 x^2 + nu_i x, i < n; nu_i = sigma sqrt((n - k)/k) for k of the terms, -sigma
 * sqrt(k/(n - k)) for the others; f = L/2 x^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The noise has two values, mean 0 and variance sigma^2, the same at every x; with k/n small it is skew, a rare large
 * value against a common small one. The worst case of the bias of clipping: with c = sigma/2 sqrt((n - k)/k) the mean
 * of the clipped gradients vanishes where f' = sigma^2/(4c).
 *
 * Constants, all exact: L_i = L_max = L = mu = PL constant; x_star = 0, f_star = 0; sigma_star2 = noise2 = sigma^2,
 * noise_max the larger |nu|, noise_additive; min f_i = -nu_i^2/(2L), so Delta_star = sigma^2/(2L); interpolation only
 * if sigma = 0. Its own constant `two_points` = k/n. Prox: (x - gamma nu_i)/(1 + gamma L). Start: x_0 = start.
 *
 *     ratecheck verify clip-bias-lb --objective two-point-noise:sigma=1,n=5
 */
#include "parabolas.h"

enum { SIGMA, TERMS, LARGE, SMOOTH, START };
static const rate_param params[] = {
	[SIGMA] = { "sigma", RATE_REAL, "1", 0, 1e40, NULL, "standard deviation of the noise" },
	[TERMS] = { "n", RATE_INTEGER, "5", 2, 1e6, NULL, "number of terms" },
	[LARGE] = { "k", RATE_INTEGER, "1", 1, 1e6, NULL, "how many have the positive value, less than n" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-40, 1e40, NULL, "curvature of all terms" },
	[START] = { "start", RATE_REAL, "3", 0, 0, NULL, "x_0" },
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t n = (size_t)v[TERMS].integer, k = (size_t)v[LARGE].integer;
	double L = v[SMOOTH].real, sigma = v[SIGMA].real, up, down, *low;
	struct parabolas *s;

	if (k >= n)
		return host->fail(host, "two-point-noise: k = %zu, must be less than n = %zu", k, n);
	if (!(s = parabolas_new(host, v[START].real, n, L, "f'' = L")))
		return RATE_FAIL;
	up = sigma * sqrt((double)(n - k) / (double)k);
	down = sigma * sqrt((double)k / (double)(n - k));
	low = facts_take(s, n);
	for (size_t i = 0; i < n; i++) {
		s->L_i[i] = L;
		s->nu[i] = i < k ? up : -down;
		low[i] = -s->nu[i] * s->nu[i] / (2 * L);
	}
	know(s, "convex", RATE_EXACT, 1, "parabolas");
	know(s, "L_max", RATE_EXACT, L, "f_i'' = L");
	know(s, "mu_min", RATE_EXACT, L, "f_i'' = L");
	know(s, "interpolation", RATE_EXACT, !(sigma > 0), "minimisers -nu_i/L");
	know(s, "sigma_star2", RATE_EXACT, sigma * sigma, "variance of nu");
	know(s, "Delta_star", RATE_EXACT, sigma * sigma / (2 * L), "min f_i = -nu_i^2/(2L)");
	know(s, "noise2", RATE_EXACT, sigma * sigma, "variance of nu");
	know(s, "noise_max", RATE_EXACT, fmax(up, down), "the larger |nu|");
	know(s, "noise_additive", RATE_EXACT, 1, "nu_i, whatever x");
	know(s, "two_points", RATE_EXACT, (double)k / (double)n, "share of the positive value");
	know_vector(s, "f_i_star", n, low);
	*self = s;
	return RATE_OK;
}

static const rate_objective two_point_noise = { OBJECTIVE,
	.id = "two-point-noise",
	.title = "A parabola with skew noise of two values",
	.summary = "f_i = L/2 x^2 + nu_i x, nu of two values, mean 0, variance sigma^2: worst case of clipping",
	.source = "ratecheck; the worst law of Scarf 1958",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &two_point_noise };
RATE_PLUGIN("two-point-noise", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
