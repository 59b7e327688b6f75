/* zero-or-L: p functions of one variable, f_1 = L/2 x^2 and the others 0; f = L/(2p) x^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SGD keeps x with probability 1 - 1/p and multiplies it by 1 - gamma L otherwise, so that
 * E x_t^2 = (1 - gamma mu (2 - gamma L))^t x_0^2 exactly: the rate of SGD under interpolation is attained for all t.
 *
 * Constants, all exact: L_1 = L_max = L, other L_i = 0; f'' = L/p = mu = PL constant = smoothness of f; f_star =
 * f_i_star = 0, x_star = 0 minimises every term, so sigma_star2 = Delta_star = 0; E g^2 = L^2 x^2/p = p f'(x)^2, so the
 * strong growth constant is p. Start: x_0 = start. Prox of f_1: x/(1 + gamma L).
 *
 *     ratecheck verify sgd-strongly-convex-interp --objective zero-or-L:p=5
 */
#include "parabolas.h"

enum { P, SMOOTH, START };
static const rate_param params[] = {
	[P] = { "p", RATE_INTEGER, "10", 1, 1e6, NULL, "number of functions" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature of the first" },
	[START] = { "start", RATE_REAL, "1", 0, 0, NULL, "x_0" },
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t p = (size_t)v[P].integer;
	double L = v[SMOOTH].real;
	struct parabolas *z = parabolas_new(host, v[START].real, p, L / (double)p, "f'' = L/p");

	if (!z)
		return RATE_FAIL;
	z->L_i[0] = L;
	know(z, "convex", RATE_EXACT, 1, "L/2 x^2 and 0");
	know(z, "L_max", RATE_EXACT, L, "f_1'' = L");
	know(z, "strong_growth", RATE_EXACT, (double)p, "L^2 x^2/p = p (L x/p)^2");
	know(z, "interpolation", RATE_EXACT, 1, "0 minimises every term");
	know(z, "sigma_star2", RATE_EXACT, 0, "interpolation");
	know(z, "Delta_star", RATE_EXACT, 0, "interpolation");
	know_vector(z, "f_i_star", p, z->nu);
	*self = z;
	return RATE_OK;
}

static const rate_objective zero_or_L = { OBJECTIVE,
	.id = "zero-or-L",
	.title = "One parabola among zeros",
	.summary = "p functions: f_1 = L/2 x^2, the others 0; SGD's rate under interpolation is attained",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &zero_or_L };
RATE_PLUGIN("zero-or-L", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
