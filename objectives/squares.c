/* squares: f_i(x) = (<a_i, x> - b_i)^2/2 + ridge/2 |x|^2 with listed rows a_i: least squares of worked examples.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constants: L and mu, the ends of the spectrum of A'A/n + ridge I; L_i = |a_i|^2 + ridge, L_max; mu_min = ridge, if
 * there is one; L_2 = 0; convex; squares.tug for the rows of the example. If mu > 0: x_star from the normal equations,
 * f_star. Hessian. Start: `start`, whose last entry is that of all further coordinates.
 *
 *     ratecheck verify topk-diverges --objective squares:a=-3/2/2/2/-3/2/2/2/-3,d=3,ridge=0.25,start=1+agents
 */
#include "common.h"

enum { ROWS, D, TARGETS, RIDGE, START };
static const rate_param params[] = {
	[ROWS] = { "a", RATE_REALS, "1/2", -1e50, 1e50, NULL, "the rows, one after the other" },
	[D] = { "d", RATE_INTEGER, "1", 1, 100, NULL, "numbers in a row" },
	[TARGETS] = { "b", RATE_REALS, "0", -1e50, 1e50, NULL, "the targets; the last one for all that follow" },
	[RIDGE] = { "ridge", RATE_REAL, "0", 0, 1e100, NULL, "of every term" },
	[START] = { "start", RATE_REALS, "1", -1e100, 1e100, NULL, "x_0; the last entry for all that follow" },
};

struct squares {
	struct facts known;
	struct rows rows;
	double ridge, *h; /* the Hessian */
};

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct squares *q = self;
	double r = row_dot(&q->rows, i, x) - q->rows.b[i];

	*f = r * r / 2 + q->ridge / 2 * dot(q->known.d, x, x);
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct squares *q = self;

	memset(g, 0, q->known.d * sizeof *g);
	row_axpy(&q->rows, i, row_dot(&q->rows, i, x) - q->rows.b[i], g);
	axpy(q->known.d, q->ridge, x, g);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct squares *q = self;

	*f = q->ridge / 2 * dot(q->known.d, x, x);
	for (size_t i = 0; i < q->rows.n; i++) {
		double r = row_dot(&q->rows, i, x) - q->rows.b[i];
		*f += r * r / 2 / (double)q->rows.n;
	}
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct squares *q = self;

	memset(g, 0, q->known.d * sizeof *g);
	for (size_t i = 0; i < q->rows.n; i++)
		row_axpy(&q->rows, i, (row_dot(&q->rows, i, x) - q->rows.b[i]) / (double)q->rows.n, g);
	axpy(q->known.d, q->ridge, x, g);
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct squares *)self)->rows.n;
}

static int dense(void *self, const double *x, double *out)
{
	const struct squares *q = self;

	(void)x;
	memcpy(out, q->h, q->known.d * q->known.d * sizeof *out);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct squares *q = self;

	(void)x;
	for (size_t j = 0; j < q->known.d; j++)
		out[j] = dot(q->known.d, q->h + j * q->known.d, v);
	return RATE_OK;
}

/* The three losses whose largest slopes pull away from the minimiser. */
static int is_tug(const struct squares *q)
{
	int same = q->rows.n == 3 && q->known.d == 3 && q->ridge == 0.25;

	for (size_t i = 0; same && i < 3; i++) {
		same = q->rows.b[i] == 0;
		for (size_t j = 0; j < 3; j++)
			same = same && q->rows.a[3 * i + j] == (i == j ? -3 : 2);
	}
	return same;
}

static int know_spectrum(const rate_host *host, struct squares *q, double *values, double *x_star, double *right)
{
	size_t d = q->known.d, n = q->rows.n;
	double f_star, L, slack;

	if (host->eigen(host, d, q->h, values, NULL))
		return RATE_FAIL;
	L = values[d - 1];
	slack = 1e-14 * (double)d * L;
	know(q, "L", RATE_UPPER, L + slack, "largest eigenvalue of A'A/n + ridge");
	if (!(values[0] > 1e3 * slack))
		return RATE_OK;
	know(q, "mu", RATE_LOWER, values[0] - slack, "least eigenvalue of A'A/n + ridge");
	know(q, "pl", RATE_LOWER, values[0] - slack, "least eigenvalue of A'A/n + ridge");
	for (size_t i = 0; i < n; i++)
		row_axpy(&q->rows, i, q->rows.b[i] / (double)n, right);
	if (host->solve(host, d, q->h, right, x_star) || value(q, x_star, &f_star))
		return RATE_FAIL;
	know_vector(q, "x_star", d, x_star);
	know(q, "f_star", RATE_EXACT, f_star, "f at the solution of the normal equations");
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = (size_t)v[D].integer, n = v[ROWS].count / d, targets = v[TARGETS].count, starts = v[START].count;
	double L_max = 0, *L_i, *start, *work;
	struct squares *q;

	if (!n || n * d != v[ROWS].count)
		return host->fail(host, "squares: a has %zu numbers, which make no rows of d = %zu", v[ROWS].count, d);
	if (!targets || targets > n || !starts || starts > d)
		return host->fail(host, "squares: give at least one b and one start, and no more than rows and "
		                  "coordinates");
	if (!(q = facts_new(host, sizeof *q, d, n * (d + 2) + d * d + n + 4 * d)))
		return RATE_FAIL;
	rows_take(q, &q->rows, n, d, NULL);
	q->h = facts_take(q, d * d);
	L_i = facts_take(q, n);
	q->known.start = start = facts_take(q, d);
	work = facts_take(q, 3 * d);
	q->ridge = v[RIDGE].real;
	memcpy(q->rows.a, v[ROWS].reals, n * d * sizeof *q->rows.a);
	for (size_t i = 0; i < n; i++)
		q->rows.b[i] = v[TARGETS].reals[i < targets ? i : targets - 1];
	for (size_t j = 0; j < d; j++)
		start[j] = v[START].reals[j < starts ? j : starts - 1];
	rows_norms(&q->rows);
	rows_gram(&q->rows, q->h);
	for (size_t j = 0; j < d; j++)
		q->h[j * d + j] += q->ridge;
	for (size_t i = 0; i < n; i++) {
		L_i[i] = q->rows.norm2[i] + q->ridge;
		L_max = fmax(L_max, L_i[i]);
	}
	know(q, "convex", RATE_EXACT, 1, "squares");
	know(q, "L_max", RATE_EXACT, L_max, "max |a_i|^2 + ridge");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	if (q->ridge > 0)
		know(q, "mu_min", RATE_LOWER, q->ridge, "ridge");
	know_vector(q, "L_i", n, L_i);
	if (is_tug(q))
		know(q, "squares.tug", RATE_EXACT, 1, "the rows are -3, 2, 2 and its turns, ridge 1/4");
	if (know_spectrum(host, q, work, work + d, work + 2 * d)) {
		free(q);
		return RATE_FAIL;
	}
	*self = q;
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective squares = { OBJECTIVE,
	.id = "squares",
	.title = "Least squares with listed rows",
	.summary = "f_i(x) = (<a_i, x> - b_i)^2/2 + ridge/2 |x|^2, rows and targets given one by one",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &squares };
RATE_PLUGIN("squares", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
