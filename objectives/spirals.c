/* spirals: agents in the plane, each with a spiral, who must agree: V_i(x) = (a_i I + b_i J) x + c_i, J the
 * quarter turn, on the set x_1 = ... = x_N.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A field on (x_1, ..., x_N), d = 2 N; the feasible set is the agreement (projection/1: the mean of the x_i). The
 * agents' fields vanish at different points, and their sum where x_star is; V(x_star) itself is not 0. With sigma >
 * 0 a sum of two terms, V + sigma w and V - sigma w, w a unit vector: noise of two values, of variance sigma^2 in
 * all. a, b: one number for all agents, or one each; c: two for each agent, which says how many there are.
 *
 * Constants: field, L = max |a_i + i b_i|, mu = min a_i > 0, monotone, x_star, noise2 = sigma^2, noise_additive.
 *
 *     ratecheck verify proxskip-vip --objective spirals:c=1/0/-1/2,b=1.5
 */
#include "common.h"

enum { REAL, TURN, OFFSET, SIGMA, START };
static const rate_param params[] = {
	[REAL] = { "a", RATE_REALS, "1", 1e-50, 1e50, NULL, "real parts" },
	[TURN] = { "b", RATE_REALS, "1", -1e50, 1e50, NULL, "speeds of rotation" },
	[OFFSET] = { "c", RATE_REALS, "1/0/-1/2", -1e50, 1e50, NULL, "V_i(0), two numbers for each agent" },
	[SIGMA] = { "sigma", RATE_REAL, "0", 0, 1e50, NULL, "noise of all agents together" },
	[START] = { "start", RATE_REALS, "5/1/-2/3", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
};

struct spirals {
	struct facts known;
	double sigma;
	double *a, *b, *c;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t agents = v[OFFSET].count / 2, d = 2 * agents;
	double L = 0, mu = INFINITY, re = 0, im = 0, p = 0, q = 0, *x0, *x_star;
	struct spirals *f;

	if (!agents || v[OFFSET].count != d)
		return host->fail(host, "c has %zu numbers: give two for each agent", v[OFFSET].count);
	for (size_t k = REAL; k <= TURN; k++)
		if (v[k].count != 1 && v[k].count != agents)
			return host->fail(host, "%s has %zu numbers: give one, or %zu", params[k].name,
			                  v[k].count, agents);
	if (!v[START].count || v[START].count > d)
		return host->fail(host, "start: give from one number to d = %zu of them", d);
	if (!(f = facts_new(host, sizeof *f, d, 2 * agents + 3 * d)))
		return RATE_FAIL;
	f->sigma = v[SIGMA].real;
	f->a = facts_take(f, agents);
	f->b = facts_take(f, agents);
	f->c = facts_take(f, d);
	f->known.start = x0 = facts_take(f, d);
	x_star = facts_take(f, d);
	memcpy(f->c, v[OFFSET].reals, d * sizeof *f->c);
	for (size_t i = 0; i < agents; i++) {
		f->a[i] = v[REAL].reals[v[REAL].count == 1 ? 0 : i];
		f->b[i] = v[TURN].reals[v[TURN].count == 1 ? 0 : i];
		L = fmax(L, hypot(f->a[i], f->b[i]));
		mu = fmin(mu, f->a[i]);
		re += f->a[i];
		im += f->b[i];
		p += f->c[2 * i];
		q += f->c[2 * i + 1];
	}
	/* (re + i im) x = -(p + i q) */
	for (size_t i = 0; i < agents; i++) {
		x_star[2 * i] = -(re * p + im * q) / (re * re + im * im);
		x_star[2 * i + 1] = -(re * q - im * p) / (re * re + im * im);
	}
	for (size_t j = 0; j < d; j++)
		x0[j] = v[START].reals[j < v[START].count ? j : v[START].count - 1];
	know(f, "field", RATE_EXACT, 1, "rotations are no gradients");
	know(f, "L", RATE_EXACT, L, "max |a_i + i b_i|");
	know(f, "mu", RATE_EXACT, mu, "min a_i");
	know(f, "monotone", RATE_EXACT, 1, "a_i > 0");
	know(f, "L_2", RATE_EXACT, 0, "V is affine");
	know_vector(f, "x_star", d, x_star);
	if (f->sigma > 0) {
		know(f, "noise2", RATE_EXACT, f->sigma * f->sigma, "sigma^2");
		know(f, "noise_additive", RATE_EXACT, 1, "+-sigma w, whatever x");
	}
	*self = f;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self, (void)x;
	*f = 0;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct spirals *f = self;

	for (size_t i = 0; 2 * i < f->known.d; i++) {
		g[2 * i] = f->a[i] * x[2 * i] - f->b[i] * x[2 * i + 1] + f->c[2 * i];
		g[2 * i + 1] = f->b[i] * x[2 * i] + f->a[i] * x[2 * i + 1] + f->c[2 * i + 1];
	}
	return RATE_OK;
}

static size_t two_terms(void *self)
{
	(void)self;
	return 2;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	(void)i;
	return value(self, x, f);
}

/* w: all coordinates alike, but those of every third agent have the other sign. */
static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct spirals *f = self;
	size_t d = f->known.d;
	double size = (i ? -f->sigma : f->sigma) / sqrt((double)d);
	int rc = gradient(self, x, g);

	for (size_t j = 0; j < d; j++)
		g[j] += j / 2 % 3 == 2 ? -size : size;
	return rc;
}

static int agree(void *self, const double *x, double *p)
{
	const struct spirals *f = self;
	size_t d = f->known.d;
	double mean[2] = { 0 };

	for (size_t j = 0; j < d; j++)
		mean[j % 2] += x[j] / (double)(d / 2);
	for (size_t j = 0; j < d; j++)
		p[j] = mean[j % 2];
	return RATE_OK;
}

static const void *offers(void *self, const char *name)
{
	static const rate_projection set = { sizeof set, agree };
	static const rate_finite_sum sum = { sizeof sum, two_terms, term_value, term_gradient, NULL };
	const struct spirals *f = self;
	const struct offer table[] = {
		{ "constants/1", &facts_constants },
		{ "start/1", &facts_start_at },
		{ "projection/1", &set },
		{ "finite-sum/1", f->sigma > 0 ? &sum : NULL },
	};

	return find_offer(table, sizeof table / sizeof *table, name);
}

static const rate_objective spirals = { OBJECTIVE,
	.id = "spirals",
	.title = "Spirals that must agree",
	.summary = "V_i(x) = (a_i I + b_i J) x + c_i for agents in the plane, on the set x_1 = ... = x_N",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &spirals };
RATE_PLUGIN("spirals", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
