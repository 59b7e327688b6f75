/* liar (wrapper): an objective that says or does one thing wrong, for `make mutants`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "objectives/wrapper.h"

enum { WHAT };
enum { SMOOTH, SMOOTH_TERMS, CONVEXITY, PL, VALUE, SIGN, TERMS, NOISE };
static const rate_param params[] = {
	[WHAT] = { "what", RATE_CHOICE, "L", 0, 0, "L|L_max|mu|pl|f_star|sign|terms|sigma_star2", "what is wrong" },
};

struct liar {
	struct wrapped w;
	int64_t what;
};

/* The first coordinate has the wrong sign. */
static int gradient(void *self, const double *x, double *g)
{
	const struct liar *q = self;
	int rc = wrapped_gradient(self, x, g);

	if (q->what == SIGN)
		g[0] = -g[0];
	return rc;
}

/* The first term says half as much again: the terms no longer add up to f. */
static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	int rc = wrapped_term_gradient(self, i, x, g);

	for (size_t j = 0; i == 0 && j < facts_dim(self); j++)
		g[j] *= 1.5;
	return rc;
}

static int scaled(struct liar *q, const char *name, double by)
{
	double value;

	if (inner_scalar(&q->w, name, &value) != RATE_OK)
		return RATE_FAIL;
	know(q, name, RATE_EXACT, by * value, "a lie");
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct liar *q = wrap(host, args, "liar", sizeof *q, args->inner ? args->inner->cls->dim(args->inner->self) : 0);
	double *x0, f0, f_star;
	int rc = RATE_OK;

	if (!q)
		return RATE_FAIL;
	q->what = args->value[WHAT].integer;
	q->w.keeps_minimiser = 1;
	q->w.glm = NULL;
	switch (q->what) {
	case SMOOTH: rc = scaled(q, "L", 0.9); break;
	case SMOOTH_TERMS: rc = scaled(q, "L_max", 0.9); break;
	case CONVEXITY: rc = scaled(q, "mu", 1.1); break;
	case PL: rc = scaled(q, "pl", 1.1); break;
	case NOISE: rc = scaled(q, "sigma_star2", 0.9); break;
	case VALUE: /* too large, by 1 % of the first gap */
		x0 = facts_take(q, facts_dim(q));
		rc = inner_scalar(&q->w, "f_star", &f_star);
		if (rc == RATE_OK && (!q->w.start || q->w.start->start(q->w.inner.self, x0) || wrapped_value(q, x0, &f0)))
			rc = RATE_FAIL;
		know(q, "f_star", RATE_EXACT, f_star + 0.01 * (f0 - f_star), "a lie");
		q->w.gap = NULL;
		break;
	case SIGN:
		q->w.hessian = NULL;
		break;
	case TERMS:
		if (!q->w.sum)
			rc = RATE_FAIL;
		q->w.own_sum.gradient = term_gradient;
		break;
	}
	if (rc != RATE_OK) {
		free(q);
		return host->fail(host, "liar: %s does not say that", args->inner->cls->id);
	}
	*self = q;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	return wrapped_interface(self, name, NULL, 0);
}

static const rate_objective liar = { OBJECTIVE,
	.id = "liar",
	.title = "A lie",
	.summary = "one constant or oracle of f is wrong",
	.source = "for tests",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &liar };
RATE_PLUGIN("liar", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
