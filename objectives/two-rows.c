/* two-rows: least squares in the plane, f_i(x) = (x_1 +- s x_2)^2/2, the sign being that of the term.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two rows that agree in one coordinate and disagree in the other. Both terms are 0 at 0; their mean has the Hessian
 * diag(1, s^2). The second moments of SGD follow a 2 x 2 matrix: the smallest model of its stability.
 *
 * Constants, exact: L_i = L_max = 1 + s^2, L = max(1, s^2), mu = pl = min(1, s^2), L_2 = 0; f_star = f_i_star = 0 at
 * 0, interpolation; strong_growth at most (1 + s^2)/mu. Its own constant two-rows.s. The gap is (x_1^2 + s^2 x_2^2)/2.
 * Start: `start`.
 *
 *     ratecheck verify sgd-stability --objective two-rows:s=0.56,start=0/1
 */
#include "common.h"

enum { SPREAD, START };
static const rate_param params[] = {
	[SPREAD] = { "s", RATE_REAL, "0.56", 1e-50, 1e50, NULL, "the rows are (1, s) and (1, -s)" },
	[START] = { "start", RATE_REALS, "0/1", -1e50, 1e50, NULL, "x_0: two numbers" },
};

struct two_rows {
	struct facts known;
	double s, start[2], zero[2], L_i[2], low[2];
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	double s = v[SPREAD].real;
	struct two_rows *k;

	if (v[START].count != 2)
		return host->fail(host, "start: give two numbers, such as start=0/1");
	if (!(k = facts_new(host, sizeof *k, 2, 0)))
		return RATE_FAIL;
	k->s = s;
	for (size_t i = 0; i < 2; i++) {
		k->start[i] = v[START].reals[i];
		k->L_i[i] = 1 + s * s;
	}
	k->known.start = k->start;
	know(k, "convex", RATE_EXACT, 1, "squares");
	know(k, "L", RATE_EXACT, fmax(1, s * s), "the Hessian is diag(1, s^2)");
	know(k, "mu", RATE_EXACT, fmin(1, s * s), "the Hessian is diag(1, s^2)");
	know(k, "pl", RATE_EXACT, fmin(1, s * s), "the Hessian is diag(1, s^2)");
	know(k, "L_max", RATE_EXACT, 1 + s * s, "squared length of a row");
	know(k, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(k, "f_star", RATE_EXACT, 0, "f(0)");
	know(k, "sigma_star2", RATE_EXACT, 0, "0 minimises every term");
	know(k, "Delta_star", RATE_EXACT, 0, "0 minimises every term");
	know(k, "interpolation", RATE_EXACT, 1, "0 minimises every term");
	know(k, "strong_growth", RATE_UPPER, (1 + s * s) / fmin(1, s * s), "E|g|^2 = 2 L_max f <= L_max/mu |grad f|^2");
	know(k, "two-rows.s", RATE_EXACT, s, "by construction");
	know_vector(k, "x_star", 2, k->zero);
	know_vector(k, "L_i", 2, k->L_i);
	know_vector(k, "f_i_star", 2, k->low);
	*self = k;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	double s = ((const struct two_rows *)self)->s;

	*f = (x[0] * x[0] + s * x[1] * s * x[1]) / 2;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	double s = ((const struct two_rows *)self)->s, second = s * s * x[1];

	g[0] = x[0];
	g[1] = second;
	return RATE_OK;
}

static size_t count(void *self)
{
	(void)self;
	return 2;
}

/* s of term i */
static double side(void *self, size_t i)
{
	double s = ((const struct two_rows *)self)->s;

	return i ? -s : s;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	double r = x[0] + side(self, i) * x[1];

	*f = r * r / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	double s = side(self, i), r = x[0] + s * x[1];

	g[0] = r;
	g[1] = s * r;
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	double s = side(self, i), r = gamma * (x[0] + s * x[1]) / (1 + gamma * (1 + s * s)), second = x[1] - s * r;

	p[0] = x[0] - r;
	p[1] = second;
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static int dense(void *self, const double *x, double *out)
{
	double s = ((const struct two_rows *)self)->s;

	(void)x;
	out[0] = 1;
	out[1] = out[2] = 0;
	out[3] = s * s;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective two_rows = { OBJECTIVE,
	.id = "two-rows",
	.title = "Least squares with two rows",
	.summary = "(x_1 +- s x_2)^2/2: two terms that agree in one coordinate and disagree in the other",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &two_rows };
RATE_PLUGIN("two-rows", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
