/* The probability simplex {x >= 0, x_1 + ... + x_d = 1}: a wrapper for any objective, and two functions on it.
 *
 *     simplex          (wrapper) any objective over the simplex; start at its first vertex or at its centre
 *     simplex-square   f(x) = |x|^2/2, least at the centre: methods that add one vertex a step are slow on it
 *     simplex-linear   f(x) = <c, x>, least at a vertex; c_i = costs[i], the last cost for all further i
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * projection/1 (by sorting) and lmo/1 (the first vertex of least cost). Constants: diameter = sqrt 2 (0 for d = 1),
 * simplex = 1, convex. simplex-square: L = mu = 1, x_star = 1/n, f_star = 1/(2n), square_simplex = n; the gap is
 * |x - x_star|^2/2. simplex-linear: L = 0, G_inf = max |c_i|, G = |c|, x_star the first cheapest vertex, the gap
 * sum (c_i - min c) x_i; its start has `weight` on that vertex (0: 1/n) and the rest shared by the others.
 *
 *     ratecheck verify fw-convex --objective simplex-square:n=50
 *     ratecheck verify md-entropy --objective least-squares:n=50,d=20+simplex:start=centre
 */
#include "wrapper.h"

/* ---- The set ---- */

static int descending(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* p_j = max(x_j - top - theta, 0), top the largest entry, theta so that they sum to 1: what counts is how far entries
 * lie below the largest, which a point far away keeps in its digits. p is the work of the sort first. */
static void onto_simplex(size_t d, const double *x, double *p)
{
	double sum = 0, theta = 0, top;

	memcpy(p, x, d * sizeof *p);
	qsort(p, d, sizeof *p, descending);
	top = p[0];
	for (size_t k = 0; k < d; k++) {
		sum += p[k] - top;
		if (p[k] - top - (sum - 1) / (double)(k + 1) > 0)
			theta = (sum - 1) / (double)(k + 1);
	}
	sum = 0;
	for (size_t j = 0; j < d; j++)
		sum += p[j] = fmax(x[j] - top - theta, 0);
	for (size_t j = 0; j < d; j++)
		p[j] /= sum;
}

static void cheapest_vertex(size_t d, const double *c, double *s)
{
	size_t best = 0;

	for (size_t j = 1; j < d; j++)
		if (c[j] < c[best])
			best = j;
	memset(s, 0, d * sizeof *s);
	s[best] = 1;
}

static int project(void *self, const double *x, double *p)
{
	double sum = 0, least = 0;
	size_t d = facts_dim(self);

	for (size_t j = 0; j < d; j++) {
		sum += x[j];
		least = fmin(least, x[j]);
	}
	/* A point of the set, rounding of the sum included, stays where it is. */
	if (least >= 0 && fabs(sum - 1) <= 4e-16 * (double)d)
		memmove(p, x, d * sizeof *p);
	else
		onto_simplex(d, x, p);
	return RATE_OK;
}

static int minimise(void *self, const double *c, double *s)
{
	cheapest_vertex(facts_dim(self), c, s);
	return RATE_OK;
}

static const rate_projection projection = { sizeof projection, project };
static const rate_lmo lmo = { sizeof lmo, minimise };

static void know_simplex(void *self, size_t d)
{
	know(self, "simplex", RATE_EXACT, 1, "the set");
	know(self, "diameter", RATE_EXACT, d > 1 ? sqrt(2) : 0, "between two vertices");
}

/* ---- simplex, the wrapper ---- */

enum { AT };
enum { VERTEX, CENTRE };
static const rate_param wrapper_params[] = {
	[AT] = { "start", RATE_CHOICE, "vertex", 0, 0, "vertex|centre", "x_0" },
};

static int wrapper_create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_finite_sum *sum = args->inner ? inner_interface(args->inner, "finite-sum/1") : NULL;
	size_t d = args->inner ? args->inner->cls->dim(args->inner->self) : 0,
	       n = sum ? sum->count(args->inner->self) : 1;
	struct wrapped *w = wrap(host, args, "simplex", sizeof *w, 4 * d + n);
	double *x0, *centre;

	if (!w)
		return RATE_FAIL;
	x0 = facts_take(w, d);
	centre = facts_take(w, d);
	for (size_t j = 0; j < d; j++) {
		centre[j] = 1 / (double)d;
		x0[j] = args->value[AT].integer == CENTRE ? centre[j] : j == 0;
	}
	w->known.start = x0;
	know(w, "simplex", RATE_EXACT, 1, "the set");
	know_set(w, &projection, d > 1 ? sqrt(2) : 0, sqrt(1 - 1 / (double)d), centre, facts_take(w, 2 * d + n));
	*self = w;
	return RATE_OK;
}

static const void *wrapper_interface(void *self, const char *name)
{
	static const struct offer own[] = { { "projection/1", &projection }, { "lmo/1", &lmo } };

	return wrapped_interface(self, name, own, 2);
}

/* ---- simplex-square ---- */

enum { N, COSTS, WEIGHT };
static const rate_param square_params[] = {
	[N] = { "n", RATE_INTEGER, "50", 1, 100000, NULL, "dimension" },
};

struct on_simplex {
	struct facts known;
	double *start, *star, *cost;
};

static struct on_simplex *on_simplex_new(const rate_host *host, size_t n)
{
	struct on_simplex *q = facts_new(host, sizeof *q, n, 3 * n);

	if (!q)
		return NULL;
	q->start = facts_take(q, n);
	q->star = facts_take(q, n);
	q->cost = facts_take(q, n);
	q->known.start = q->start;
	know_simplex(q, n);
	know(q, "convex", RATE_EXACT, 1, "a square or linear");
	know_vector(q, "x_star", n, q->star);
	return q;
}

static int square_create(const rate_host *host, const rate_args *args, void **self)
{
	size_t n = (size_t)args->value[N].integer;
	struct on_simplex *q = on_simplex_new(host, n);

	if (!q)
		return RATE_FAIL;
	q->start[0] = 1;
	for (size_t j = 0; j < n; j++)
		q->star[j] = 1 / (double)n;
	know(q, "L", RATE_EXACT, 1, "f'' = I");
	know(q, "mu", RATE_EXACT, 1, "f'' = I");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "f_star", RATE_EXACT, 1 / (2 * (double)n), "at the centre");
	know(q, "square_simplex", RATE_EXACT, (double)n, "n");
	*self = q;
	return RATE_OK;
}

static int square_value(void *self, const double *x, double *f)
{
	*f = dot(facts_dim(self), x, x) / 2;
	return RATE_OK;
}

static int square_gradient(void *self, const double *x, double *g)
{
	memcpy(g, x, facts_dim(self) * sizeof *g);
	return RATE_OK;
}

/* On the simplex <1/n, x - 1/n> = 0. */
static int square_gap(void *self, const double *x, double *gap)
{
	const struct on_simplex *q = self;

	*gap = 0;
	for (size_t j = 0; j < q->known.d; j++)
		*gap += (x[j] - q->star[j]) * (x[j] - q->star[j]) / 2;
	return RATE_OK;
}

/* ---- simplex-linear ---- */

static const rate_param linear_params[] = {
	[N] = { "n", RATE_INTEGER, "2", 1, 100000, NULL, "dimension" },
	[COSTS] = { "costs", RATE_REALS, "0/1", -1e100, 1e100, NULL, "c_1/c_2/...; the last one for all that follow" },
	[WEIGHT] = { "weight", RATE_REAL, "0", 0, 1, NULL, "of the cheapest vertex in x_0; 0: all weights 1/n" },
};

static int linear_create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t n = (size_t)p[N].integer, best = 0;
	struct on_simplex *q;
	double largest = 0;

	if (!p[COSTS].count)
		return host->fail(host, "costs: give at least one");
	if (p[WEIGHT].real == 1 || (n == 1 && p[WEIGHT].real > 0))
		return host->fail(host, "weight=%g leaves nothing for the others", p[WEIGHT].real);
	if (!(q = on_simplex_new(host, n)))
		return RATE_FAIL;
	for (size_t j = 0; j < n; j++) {
		q->cost[j] = p[COSTS].reals[j < p[COSTS].count ? j : p[COSTS].count - 1];
		largest = fmax(largest, fabs(q->cost[j]));
		if (q->cost[j] < q->cost[best])
			best = j;
	}
	q->star[best] = 1;
	for (size_t j = 0; j < n; j++)
		q->start[j] = p[WEIGHT].real == 0 ? 1 / (double)n : j == best ? p[WEIGHT].real
		                                                              : (1 - p[WEIGHT].real) / (double)(n - 1);
	know(q, "L", RATE_EXACT, 0, "linear");
	know(q, "L_2", RATE_EXACT, 0, "linear");
	know(q, "G_inf", RATE_EXACT, largest, "largest |c_i|");
	know(q, "G", RATE_EXACT, sqrt(dot(n, q->cost, q->cost)), "|c|");
	know(q, "f_star", RATE_EXACT, q->cost[best], "the least cost");
	*self = q;
	return RATE_OK;
}

static int linear_value(void *self, const double *x, double *f)
{
	const struct on_simplex *q = self;

	*f = dot(q->known.d, q->cost, x);
	return RATE_OK;
}

static int linear_gradient(void *self, const double *x, double *g)
{
	const struct on_simplex *q = self;

	(void)x;
	memcpy(g, q->cost, q->known.d * sizeof *g);
	return RATE_OK;
}

static int linear_gap(void *self, const double *x, double *gap)
{
	const struct on_simplex *q = self;
	double least = dot(q->known.d, q->cost, q->star);

	*gap = 0;
	for (size_t j = 0; j < q->known.d; j++)
		*gap += (q->cost[j] - least) * x[j];
	return RATE_OK;
}

/* ---- */

static const rate_gap gap_of_square = { sizeof gap_of_square, square_gap };
static const rate_gap gap_of_linear = { sizeof gap_of_linear, linear_gap };

static const void *square_interface(void *self, const char *name)
{
	static const struct offer table[] = { { "constants/1", &facts_constants }, { "start/1", &facts_start_at },
		{ "projection/1", &projection }, { "lmo/1", &lmo }, { "gap/1", &gap_of_square } };

	(void)self;
	return find_offer(table, 5, name);
}

static const void *linear_interface(void *self, const char *name)
{
	return self && !strcmp(name, "gap/1") ? &gap_of_linear : square_interface(self, name);
}

static const rate_objective simplex = { OBJECTIVE,
	.id = "simplex",
	.title = "Over the simplex",
	.summary = "restricts f to x >= 0, sum x = 1",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(wrapper_params),
	.create = wrapper_create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = wrapper_interface };
static const rate_objective simplex_square = { OBJECTIVE,
	.id = "simplex-square",
	.title = "The square on the simplex",
	.summary = "|x|^2/2 on the simplex, from a vertex: least at the centre, far from every face",
	.source = "Jaggi, ICML 2013",
	.params = RATE_ROWS(square_params),
	.create = square_create,
	.value = square_value,
	.gradient = square_gradient,
	.interface = square_interface };
static const rate_objective simplex_linear = { OBJECTIVE,
	.id = "simplex-linear",
	.title = "A linear function on the simplex",
	.summary = "<c, x> on the simplex, least at a vertex",
	.source = "standard",
	.params = RATE_ROWS(linear_params),
	.create = linear_create,
	.value = linear_value,
	.gradient = linear_gradient,
	.interface = linear_interface };
static const rate_objective *const objectives[] = { &simplex, &simplex_square, &simplex_linear };
RATE_PLUGIN("simplex", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
