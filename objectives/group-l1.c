/* group-l1 (wrapper): F(x) = f(x) + lambda sum_g |x_g|, the coordinates in groups of `size`, the last one perhaps
 * shorter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * h is the new part (composite/1); f stays the inner objective's. The group lasso is least-squares+group-l1. The prox
 * of gamma h shortens each group by gamma lambda, to 0 if it is no longer than that. size=1 is the wrapper l1.
 *
 * Constants: group.lambda and group.size, which methods find in the vector `groups` = (lambda, size); mu_h = 0; pl_F =
 * mu for strongly convex f. If 0 minimises f it minimises F too: then x_star, F_star and the gap are made of the inner
 * objective's. Else the host looks for x_star. The start is the inner one.
 *
 *     ratecheck verify pgd-convex --objective least-squares:n=50,d=20+group-l1:lambda=0.2,size=4
 */
#include "wrapper.h"

enum { LAMBDA, SIZE };
static const rate_param params[] = {
	[LAMBDA] = { "lambda", RATE_REAL, "0.1", 0, 1e100, NULL, "weight of the lengths of the groups" },
	[SIZE] = { "size", RATE_INTEGER, "2", 1, 1e9, NULL, "coordinates of a group; the last group may be shorter" },
};

struct groups {
	struct wrapped w;
	size_t size;
	double lambda, pair[2];
};

static size_t count_of(const struct groups *q, size_t first)
{
	return q->w.known.d - first < q->size ? q->w.known.d - first : q->size;
}

/* |v|, with squares that neither overflow nor vanish */
static double length(size_t n, const double *v)
{
	double most = 0, sum = 0;

	for (size_t j = 0; j < n; j++)
		most = fmax(most, fabs(v[j]));
	if (n == 1 || !(most > 0))
		return most;
	for (size_t j = 0; j < n; j++)
		sum += v[j] / most * (v[j] / most);
	return most * sqrt(sum);
}

static int h_value(void *self, const double *x, double *h)
{
	const struct groups *q = self;

	*h = 0;
	for (size_t g = 0; g < q->w.known.d; g += q->size)
		*h += q->lambda * length(count_of(q, g), x + g);
	return RATE_OK;
}

static int prox(void *self, double gamma, const double *x, double *p)
{
	const struct groups *q = self;

	for (size_t g = 0; g < q->w.known.d; g += q->size) {
		size_t n = count_of(q, g);
		double norm = length(n, x + g), left = norm > 0 ? fmax(1 - gamma * q->lambda / norm, 0) : 0;

		for (size_t j = g; j < g + n; j++)
			p[j] = n == 1 ? sign(x[j]) * fmax(norm - gamma * q->lambda, 0) : left * x[j];
	}
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	double h;

	if (wrapped_gap(self, x, gap) || h_value(self, x, &h))
		return RATE_FAIL;
	*gap += h;
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t d = args->inner ? args->inner->cls->dim(args->inner->self) : 0;
	struct groups *q = wrap(host, args, "group-l1", sizeof *q, d);
	double *x_star, f_star, mu = 0;

	if (!q)
		return RATE_FAIL;
	q->lambda = q->pair[0] = args->value[LAMBDA].real;
	q->pair[1] = (double)args->value[SIZE].integer;
	q->size = (size_t)args->value[SIZE].integer < d ? (size_t)args->value[SIZE].integer : d;
	x_star = facts_take(q, d);
	know(q, "mu_h", RATE_EXACT, 0, "a norm");
	know(q, "group.lambda", RATE_EXACT, q->lambda, "given");
	know(q, "group.size", RATE_EXACT, q->pair[1], "given");
	know_vector(q, "groups", 2, q->pair);
	if (inner_scalar(&q->w, "mu", &mu) == RATE_OK && mu > 0)
		know(q, "pl_F", RATE_LOWER, mu, "F is strongly convex");
	q->w.keeps_minimiser = inner_vector(&q->w, "x_star", d, x_star) == RATE_OK &&
	                       (!(length(d, x_star) > 0) || !(q->lambda > 0));
	if (q->w.keeps_minimiser && inner_scalar(&q->w, "f_star", &f_star) == RATE_OK)
		know(q, "F_star", RATE_EXACT, f_star, "h is 0 at the minimiser of f");
	*self = q;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	static const rate_composite composite = { sizeof composite, h_value, prox };
	static const rate_gap gap = { sizeof gap, gap_at };
	const struct wrapped *w = self;
	const struct offer own[] = { { "composite/1", &composite },
		                     { "gap/1", w->gap && w->keeps_minimiser ? &gap : NULL } };

	return wrapped_interface(self, name, own, 2);
}

static const rate_objective group_l1 = { OBJECTIVE,
	.id = "group-l1",
	.title = "Plus the lengths of groups",
	.summary = "adds h = lambda sum_g |x_g|",
	.source = "Yuan and Lin 2006",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &group_l1 };
RATE_PLUGIN("group-l1", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
