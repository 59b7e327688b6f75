/* power-law: f(x) = sum over k of k^-b x_k^2/2 from x_0 with x_k = scale k^((b-a)/2): every eigenvalue k^-b has the
 * share k^-a of the loss, in d dimensions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model of learning curves that are straight on log-log paper: features of falling strength, of which the target
 * needs all, the weak ones less. In gradient descent 2 f(x_t) is the sum of k^-a (1 - gamma k^-b)^(2t), about t to the
 * power -(a-1)/b as long as t is far below d^b.
 *
 * Constants, all exact: convex, L = 1, mu = pl = d^-b, L_2 = 0; f_star = 0 at 0. Its own constants power-law.a,
 * power-law.b and power-law.scale. The gap is f. Hessian.
 *
 *     ratecheck verify powerlaw-curve --objective power-law:d=4096,a=2,b=1.5
 */
#include "common.h"

enum { DIM, LOSS, SPECTRUM, SCALE };
static const rate_param params[] = {
	[DIM] = { "d", RATE_INTEGER, "256", 1, 1e6, NULL, "dimension" },
	[LOSS] = { "a", RATE_REAL, "2", 0, 20, NULL, "exponent of the loss" },
	[SPECTRUM] = { "b", RATE_REAL, "1.5", 0, 20, NULL, "exponent of the spectrum" },
	[SCALE] = { "scale", RATE_REAL, "1", 1e-50, 1e50, NULL, "factor of x_0" },
};

struct power_law {
	struct facts known;
	double *lambda;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = (size_t)v[DIM].integer;
	double a = v[LOSS].real, b = v[SPECTRUM].real, *start;
	struct power_law *k = facts_new(host, sizeof *k, d, 3 * d);

	if (!k)
		return RATE_FAIL;
	k->lambda = facts_take(k, d);
	k->known.start = start = facts_take(k, d);
	for (size_t i = 0; i < d; i++) {
		k->lambda[i] = pow((double)(i + 1), -b);
		start[i] = v[SCALE].real * pow((double)(i + 1), (b - a) / 2);
	}
	know(k, "convex", RATE_EXACT, 1, "positive eigenvalues");
	know(k, "L", RATE_EXACT, 1, "the first eigenvalue");
	know(k, "mu", RATE_EXACT, k->lambda[d - 1], "the last eigenvalue");
	know(k, "pl", RATE_EXACT, k->lambda[d - 1], "the last eigenvalue");
	know(k, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(k, "f_star", RATE_EXACT, 0, "f(0)");
	know(k, "power-law.a", RATE_EXACT, a, "by construction");
	know(k, "power-law.b", RATE_EXACT, b, "by construction");
	know(k, "power-law.scale", RATE_EXACT, v[SCALE].real, "by construction");
	know_vector(k, "x_star", d, facts_take(k, d));
	*self = k;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct power_law *k = self;

	*f = 0;
	for (size_t i = 0; i < k->known.d; i++)
		*f += k->lambda[i] * x[i] * x[i] / 2;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct power_law *k = self;

	for (size_t i = 0; i < k->known.d; i++)
		g[i] = k->lambda[i] * x[i];
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective power_law = { OBJECTIVE,
	.id = "power-law",
	.title = "Quadratic with power laws",
	.summary = "eigenvalues k^-b, of which each has the share k^-a of the loss at the start",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &power_law };
RATE_PLUGIN("power-law", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
