/* skew: f_1(x) = L/2 x^2 - g x and p - 1 functions g x/(p - 1); f = L/(2p) x^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All the curvature is in one rare term: the worst known instance of the noise terms of SGD. A start left of 0
 * (p=10, g=0.8, start=-3) is worse than one to the right.
 *
 * Constants, all exact: the linear parts cancel, so x_star = 0, f_star = 0, f'' = L/p = mu = PL constant = smoothness
 * of f; L_1 = L_max = L, other L_i = 0; sigma_star2 = (g^2 + g^2/(p - 1))/p; interpolation only if g = 0. The linear
 * terms have no minimum: f_i_star and Delta_star do not exist. Prox: (x + gamma g)/(1 + gamma L); x - gamma g/(p - 1).
 *
 *     ratecheck verify sgd-strongly-convex --objective skew:p=4
 */
#include "parabolas.h"

enum { P, SMOOTH, TILT, START };
static const rate_param params[] = {
	[P] = { "p", RATE_INTEGER, "10", 2, 1e6, NULL, "number of functions" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature of the first" },
	[TILT] = { "g", RATE_REAL, "1", 0, 1e100, NULL, "its tilt, undone by the others" },
	[START] = { "start", RATE_REAL, "-3", 0, 0, NULL, "x_0" },
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t p = (size_t)v[P].integer;
	double L = v[SMOOTH].real, g = v[TILT].real;
	struct parabolas *s = parabolas_new(host, v[START].real, p, L / (double)p, "f'' = L/p");

	if (!s)
		return RATE_FAIL;
	s->L_i[0] = L;
	s->nu[0] = -g;
	for (size_t i = 1; i < p; i++)
		s->nu[i] = g / (double)(p - 1);
	know(s, "convex", RATE_EXACT, 1, "a parabola and lines");
	know(s, "L_max", RATE_EXACT, L, "f_1'' = L");
	know(s, "interpolation", RATE_EXACT, !(g > 0), "lines have no minimum");
	know(s, "sigma_star2", RATE_EXACT, (g * g + g * g / (double)(p - 1)) / (double)p, "(g^2 + g^2/(p - 1))/p");
	*self = s;
	return RATE_OK;
}

static const rate_objective skew = { OBJECTIVE,
	.id = "skew",
	.title = "One tilted parabola among lines",
	.summary = "f_1 = L/2 x^2 - g x and p - 1 lines g x/(p - 1): near-worst noise for SGD",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &skew };
RATE_PLUGIN("skew", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
