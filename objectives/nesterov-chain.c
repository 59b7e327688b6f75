/* nesterov-chain: f(x) = L/4 ((x_1^2 + sum_i (x_i - x_{i+1})^2 + x_n^2)/2 - x_1) in R^n: information creeps along a
 * chain.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From 0 every gradient step can make one more coordinate nonzero. After t steps f(x_t) - f_star is at least
 * L/8 (1/(t + 1) - 1/(n + 1)), the gap of the best point that has only t nonzero coordinates.
 *
 * Constants: x_star_i = 1 - i/(n + 1), f_star = -(L/8) (1 - 1/(n + 1)); the Hessian is L/4 times the matrix with 2 on
 * the diagonal and -1 beside it, so mu = L sin^2(pi/(2 (n + 1))) is exact and L an upper bound (exact: L cos^2(...)).
 * The gap is the quadratic form of x - x_star. Own constant `chain` = n. Start: 0.
 *
 *     ratecheck verify nesterov-chain --objective nesterov-chain:n=40 --steps 20
 */
#include "common.h"

enum { COUNT, SMOOTH };
static const rate_param params[] = {
	[COUNT] = { "n", RATE_INTEGER, "41", 1, 1e6, NULL, "length of the chain; the dimension" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "smoothness constant" },
};

struct chain {
	struct facts known;
	double L, *x_star;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t n = (size_t)p[COUNT].integer;
	struct chain *c = facts_new(host, sizeof *c, n, 2 * n);
	double end = (double)n + 1, s;

	if (!c)
		return RATE_FAIL;
	c->L = p[SMOOTH].real;
	c->known.start = facts_take(c, n);
	c->x_star = facts_take(c, n);
	for (size_t i = 0; i < n; i++)
		c->x_star[i] = (double)(n - i) / end;
	s = sin(M_PI / (2 * end));
	know(c, "convex", RATE_EXACT, 1, "squares and a linear term");
	know(c, "L", RATE_UPPER, c->L, "largest eigenvalue L cos^2(pi/(2 (n + 1)))");
	know(c, "mu", RATE_LOWER, c->L * s * s * (1 - 1e-12), "least eigenvalue");
	know(c, "f_star", RATE_EXACT, -c->L / 8 * (1 - 1 / end), "-(L/8) (1 - 1/(n + 1))");
	know(c, "chain", RATE_EXACT, (double)n, "its length");
	know_vector(c, "x_star", n, c->x_star);
	*self = c;
	return RATE_OK;
}

/* L/8 (e_1^2 + sum (e_i - e_{i+1})^2 + e_n^2) with e = x - y; y NULL: 0. */
static double form(const struct chain *c, const double *x, const double *y)
{
	double sum = 0, before = 0;

	for (size_t i = 0; i < c->known.d; i++) {
		double e = x[i] - (y ? y[i] : 0);
		sum += (e - before) * (e - before);
		before = e;
	}
	return c->L / 8 * (sum + before * before);
}

static int value(void *self, const double *x, double *f)
{
	const struct chain *c = self;

	*f = form(c, x, NULL) - c->L / 4 * x[0];
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct chain *c = self;

	*gap = form(c, x, c->x_star);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct chain *c = self;
	size_t n = c->known.d;

	(void)x;
	for (size_t i = 0; i < n; i++)
		out[i] = c->L / 4 * (2 * v[i] - (i ? v[i - 1] : 0) - (i + 1 < n ? v[i + 1] : 0));
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct chain *c = self;

	product(self, x, x, g);
	g[0] -= c->L / 4;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective nesterov_chain = { OBJECTIVE,
	.id = "nesterov-chain",
	.title = "Nesterov's chain",
	.summary = "L/4 ((x_1^2 + sum (x_i - x_{i+1})^2 + x_n^2)/2 - x_1)",
	.source = "Nesterov, Introductory Lectures on Convex Optimization, 2004, section 2.1.2",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &nesterov_chain };
RATE_PLUGIN("nesterov-chain", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
