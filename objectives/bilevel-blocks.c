/* bilevel-blocks: the mean of m two-level problems on the line that share x.
 *
 *     F = (1/m) sum F_i,   F_i(x) = P_i x^2/2 + S_i (y_i(x) - a_i)^2/2,   y_i(x) = argmin (y - B_i x)^2/2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each F_i is a parabola, and its gradient (P_i + S_i B_i^2) x - S_i B_i a_i is the implicit gradient of its block.
 * A sum of m terms; with sigma > 0 of 2 m, F_i + sigma x and F_i - sigma x one after the other: a sample of block i
 * with noise of variance sigma^2. P, S, B, a: one number each for all blocks, or one for each.
 *
 * Constants, exact: L, L_i, L_max, convex if no block is concave, mu and pl = L, x_star, f_star = F(x_star); with
 * sigma = 0 blocks.copies = 1, else 2: how many terms a block has; blocks.count = m; blocks.C, the largest
 * smoothness of a block; blocks.sigma2. The mean of the curvatures must be positive.
 *
 *     ratecheck verify msvr-descent --objective bilevel-blocks:a=3/1/-1/-3,start=5
 */
#include "common.h"

enum { UPPER_X, UPPER_Y, RESPONSE, TARGET, SIGMA, START };
static const rate_param params[] = {
	[UPPER_X] = { "P", RATE_REALS, "0", -1e20, 1e20, NULL, "curvature in x" },
	[UPPER_Y] = { "S", RATE_REALS, "1", -1e20, 1e20, NULL, "curvature in y" },
	[RESPONSE] = { "B", RATE_REALS, "1", -1e20, 1e20, NULL, "the lower minimiser of a block is B x" },
	[TARGET] = { "a", RATE_REALS, "3/1/-1/-3", -1e20, 1e20, NULL, "where the upper level wants it" },
	[SIGMA] = { "sigma", RATE_REAL, "0", 0, 1e20, NULL, "noise of a sample" },
	[START] = { "start", RATE_REAL, "5", -1e20, 1e20, NULL, "x_0" },
};

struct blocks {
	struct facts known;
	size_t m, copies;
	double sigma, curvature, x_star, f_star, x0;
	double *L, *slope, *rest; /* F_i = L_i x^2/2 - slope_i x + rest_i */
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t m = 1;
	double slope = 0, rest = 0, most = 0, least = INFINITY, *L_i;
	struct blocks *f;

	for (size_t k = UPPER_X; k <= TARGET; k++)
		m = v[k].count > m ? v[k].count : m;
	for (size_t k = UPPER_X; k <= TARGET; k++)
		if (v[k].count != 1 && v[k].count != m)
			return host->fail(host, "%s has %zu numbers: give one, or %zu",
			                  params[k].name, v[k].count, m);
	if (!(f = facts_new(host, sizeof *f, 1, 5 * m)))
		return RATE_FAIL;
	f->m = m;
	f->sigma = v[SIGMA].real;
	f->copies = f->sigma > 0 ? 2 : 1;
	f->x0 = v[START].real;
	f->known.start = &f->x0;
	f->L = facts_take(f, m);
	f->slope = facts_take(f, m);
	f->rest = facts_take(f, m);
	L_i = facts_take(f, 2 * m);
	for (size_t i = 0; i < m; i++) {
		double of[TARGET + 1];

		for (size_t k = UPPER_X; k <= TARGET; k++)
			of[k] = v[k].reals[v[k].count == 1 ? 0 : i];
		f->L[i] = of[UPPER_X] + of[UPPER_Y] * of[RESPONSE] * of[RESPONSE];
		f->slope[i] = of[UPPER_Y] * of[RESPONSE] * of[TARGET];
		f->rest[i] = of[UPPER_Y] * of[TARGET] * of[TARGET] / 2;
		f->curvature += f->L[i] / (double)m;
		slope += f->slope[i] / (double)m;
		rest += f->rest[i] / (double)m;
		most = fmax(most, fabs(f->L[i]));
		least = fmin(least, f->L[i]);
		for (size_t k = 0; k < f->copies; k++)
			L_i[i * f->copies + k] = fabs(f->L[i]);
	}
	if (!(f->curvature > 0)) {
		free(f);
		return host->fail(host, "the mean of P + S B^2 must be positive");
	}
	f->x_star = slope / f->curvature;
	f->f_star = rest - slope * f->x_star / 2;
	know(f, "L", RATE_EXACT, f->curvature, "mean of P + S B^2");
	know(f, "mu", RATE_EXACT, f->curvature, "a parabola");
	know(f, "pl", RATE_EXACT, f->curvature, "a parabola");
	know(f, "L_max", RATE_EXACT, most, "max |P + S B^2|");
	know(f, "L_2", RATE_EXACT, 0, "quadratic");
	know(f, "convex", RATE_EXACT, least >= 0, "every block, or not");
	know(f, "f_star", RATE_EXACT, f->f_star, "at x_star");
	know(f, "blocks.count", RATE_EXACT, (double)m, "m");
	know(f, "blocks.copies", RATE_EXACT, (double)f->copies, "terms of a block");
	know(f, "blocks.C", RATE_EXACT, most, "max |P + S B^2|");
	know(f, "blocks.sigma2", RATE_EXACT, f->sigma * f->sigma, "sigma^2");
	know_vector(f, "x_star", 1, &f->x_star);
	know_vector(f, "L_i", m * f->copies, L_i);
	*self = f;
	return RATE_OK;
}

static double tilt(const struct blocks *f, size_t i)
{
	return f->copies == 1 ? 0 : i % 2 ? -f->sigma : f->sigma;
}

static size_t count(void *self)
{
	const struct blocks *f = self;

	return f->m * f->copies;
}

static int term_value(void *self, size_t i, const double *x, double *value)
{
	const struct blocks *f = self;
	size_t k = i / f->copies;

	*value = (f->L[k] / 2 * *x - f->slope[k] + tilt(f, i)) * *x + f->rest[k];
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct blocks *f = self;
	size_t k = i / f->copies;

	*g = f->L[k] * *x - f->slope[k] + tilt(f, i);
	return RATE_OK;
}

static int value(void *self, const double *x, double *value)
{
	const struct blocks *f = self;

	*value = f->curvature / 2 * (*x - f->x_star) * (*x - f->x_star) + f->f_star;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct blocks *f = self;

	*g = f->curvature * (*x - f->x_star);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct blocks *f = self;

	*gap = f->curvature / 2 * (*x - f->x_star) * (*x - f->x_star);
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_gap gap = { sizeof gap, gap_at };
OFFERS({ "finite-sum/1", &sum }, { "gap/1", &gap })

static const rate_objective bilevel_blocks = { OBJECTIVE,
	.id = "bilevel-blocks",
	.title = "Many two-level problems that share x",
	.summary = "the mean of P x^2/2 + S (y - a)^2/2 over blocks, y = B x the lower minimiser of each",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &bilevel_blocks };
RATE_PLUGIN("bilevel-blocks", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
