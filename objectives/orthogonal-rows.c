/* orthogonal-rows: consistent least squares, f_i(x) = (sqrt L <q_i, x> - b_i)^2/2, with n orthonormal q_i in d >= n
 * dimensions, none of them along an axis.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With d > n there are many solutions; which one a method finds depends on its start. q_i = e_i - (2/d)(1, ..., 1), a
 * column of a reflection, and b_i = sqrt L. SGD treats each q_i on its own: its mean squares can be written down.
 *
 * Constants, all exact: L = L_max/n, L_i = L_max = `L`; pl = L_max/n, and mu = pl if d = n; L_2 = 0; x_star, the
 * solution that is nearest to x_0; f_star = f_i_star = 0, interpolation. The gap is the mean of the squares, halved.
 * Start: x_star + `start` (q_1 + ... + q_n)/sqrt n, and x_star has the part `kernel` q_d across the rows if d > n.
 *
 *     ratecheck verify min-norm-sgd --objective orthogonal-rows:n=4,d=7
 */
#include "common.h"

enum { N, DIM, SMOOTH, START, KERNEL };
static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "4", 1, 10000, NULL, "rows" },
	[DIM] = { "d", RATE_INTEGER, "7", 1, 10000, NULL, "dimension, at least n" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-50, 1e50, NULL, "squared length of the rows" },
	[START] = { "start", RATE_REAL, "1", 0, 1e50, NULL, "|x_0 - x_star|" },
	[KERNEL] = { "kernel", RATE_REAL, "0", -1e50, 1e50, NULL, "the part of x_0 and x_star across all rows" },
};

struct rows_of {
	struct facts known;
	size_t n;
	double root, *star, *start;
};

/* <q_i, v> */
static double along_row(size_t d, size_t i, const double *v)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += v[j];
	return v[i] - 2 * sum / (double)d;
}

/* v <- v + c q_i */
static void add_row(size_t d, size_t i, double c, double *v)
{
	for (size_t j = 0; j < d; j++)
		v[j] -= 2 * c / (double)d;
	v[i] += c;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t n = (size_t)v[N].integer, d = (size_t)v[DIM].integer;
	double L = v[SMOOTH].real, share = L / (double)n, *L_i, *low;
	struct rows_of *k;

	if (n > d)
		return host->fail(host, "n=%zu,d=%zu: no more orthogonal rows than dimensions", n, d);
	if (!(k = facts_new(host, sizeof *k, d, 2 * d + 2 * n)))
		return RATE_FAIL;
	k->n = n;
	k->root = sqrt(L);
	k->star = facts_take(k, d);
	k->start = facts_take(k, d);
	L_i = facts_take(k, n);
	low = facts_take(k, n);
	for (size_t i = 0; i < n; i++) {
		add_row(d, i, 1, k->star);
		L_i[i] = L;
	}
	if (d > n)
		add_row(d, d - 1, v[KERNEL].real, k->star);
	memcpy(k->start, k->star, d * sizeof *k->start);
	for (size_t i = 0; i < n; i++)
		add_row(d, i, v[START].real / sqrt((double)n), k->start);
	k->known.start = k->start;
	know(k, "convex", RATE_EXACT, 1, "squares");
	know(k, "L", RATE_EXACT, share, "n orthogonal rows");
	know(k, "pl", RATE_EXACT, share, "n orthogonal rows");
	if (d == n)
		know(k, "mu", RATE_EXACT, share, "they span the space");
	know(k, "L_max", RATE_EXACT, L, "squared length of a row");
	know(k, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(k, "f_star", RATE_EXACT, 0, "consistent");
	know(k, "sigma_star2", RATE_EXACT, 0, "consistent");
	know(k, "Delta_star", RATE_EXACT, 0, "consistent");
	know(k, "interpolation", RATE_EXACT, 1, "consistent");
	know_vector(k, "x_star", d, k->star);
	know_vector(k, "L_i", n, L_i);
	know_vector(k, "f_i_star", n, low);
	*self = k;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct rows_of *)self)->n;
}

/* sqrt L <q_i, x> - b_i */
static double residual(const struct rows_of *k, size_t i, const double *x)
{
	return k->root * (along_row(k->known.d, i, x) - 1);
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	double r = residual(self, i, x);

	*f = r * r / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct rows_of *k = self;
	double r = residual(k, i, x);

	memset(g, 0, k->known.d * sizeof *g);
	add_row(k->known.d, i, k->root * r, g);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct rows_of *k = self;
	double r = residual(k, i, x) / (1 + gamma * k->root * k->root);

	memmove(p, x, k->known.d * sizeof *p);
	add_row(k->known.d, i, -gamma * k->root * r, p);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct rows_of *k = self;

	*f = 0;
	for (size_t i = 0; i < k->n; i++) {
		double r = residual(k, i, x);

		*f += r * r / (2 * (double)k->n);
	}
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct rows_of *k = self;

	memset(g, 0, k->known.d * sizeof *g);
	for (size_t i = 0; i < k->n; i++)
		add_row(k->known.d, i, k->root * residual(k, i, x) / (double)k->n, g);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct rows_of *k = self;

	(void)x;
	memset(out, 0, k->known.d * sizeof *out);
	for (size_t i = 0; i < k->n; i++)
		add_row(k->known.d, i, k->root * k->root * along_row(k->known.d, i, v) / (double)k->n, out);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective orthogonal_rows = { OBJECTIVE,
	.id = "orthogonal-rows",
	.title = "Consistent least squares with orthogonal rows",
	.summary = "n orthogonal rows in d >= n dimensions: many solutions, of which the start chooses one",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &orthogonal_rows };
RATE_PLUGIN("orthogonal-rows", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
