/* matrix-regression: f(W) = (1/n) sum 1/2 |W'a_i - y_i|^2, W a matrix with a row for each feature and a column for each
 * output.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * x is W row by row: a method with the parameter `rows` (shampoo, muon, ntr, adafactor) takes rows = the number of
 * features. Synthetic (no data=): a_i of N(0, 1)/sqrt(rows) entries, y_i = W#'a_i + noise * normals; noise=0
 * interpolates. data=FILE: the features from the file, standardised; the target numbers classes 0, 1, ..., and y_i is 1
 * in the column of its class, 0 elsewhere, less the mean: the linear classifier by least squares.
 *
 * Constants, with H = A'A/n: the Hessian is H for each column, so L, mu and the PL constant are those of least-squares;
 * L_i = |a_i|^2; x_star by the normal equations (least norm), f_star, f_i_star, sigma_star2 and Delta_star with the
 * residuals there. The gap is |A(W - W_star)|^2/(2n). The start, of norm `start`, has rank one and its columns in the
 * span of the a_i. Prox of a term: W - gamma/(1 + gamma |a_i|^2) a_i (W'a_i - y_i)'.
 *
 *     ratecheck verify ntr-smooth:norm=spectral,rows=64 --objective matrix-regression:data=digits
 *     ratecheck verify shampoo-regret:rows=4 --objective matrix-regression:n=1,rows=4,cols=3
 */
#include "common.h"

enum { N, ROWS, COLS, NOISE, START, DATA };
static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "40", 1, 1e7, NULL, "number of terms" },
	[ROWS] = { "rows", RATE_INTEGER, "4", 1, 512, NULL, "features: rows of W" },
	[COLS] = { "cols", RATE_INTEGER, "3", 1, 512, NULL, "outputs: columns of W" },
	[NOISE] = { "noise", RATE_REAL, "0.5", 0, 1e100, NULL,
	            "standard deviation of the noise in y; 0: interpolation" },
	[START] = { "start", RATE_REAL, "1", 0, 1e100, NULL, "|W_0|" },
	[DATA] = { "data", RATE_FILE, "", 0, 0, NULL,
	           "CSV or LIBSVM file, or a built-in data set, each with options (FILE@intercept); empty: synthetic" },
};

enum { MOST_CLASSES = 64 };

struct regression {
	struct facts known;
	struct rows rows;
	size_t k;        /* columns of W */
	double *y, *star; /* n x k, m x k */
	double *left;    /* work: k */
};

/* left <- W'a_i - y_i (y NULL: W'a_i) */
static void residual(const struct regression *q, size_t i, const double *w, const double *y, double *left)
{
	size_t m = q->rows.d, k = q->k;

	for (size_t j = 0; j < k; j++)
		left[j] = y ? -y[i * k + j] : 0;
	for (size_t r = 0; r < m; r++)
		axpy(k, q->rows.a[i * m + r], w + r * k, left);
}

/* g <- g + share a_i left' */
static void add_outer(const struct regression *q, size_t i, double share, const double *left, double *g)
{
	size_t m = q->rows.d, k = q->k;

	for (size_t r = 0; r < m; r++)
		axpy(k, share * q->rows.a[i * m + r], left, g + r * k);
}

static int term_value(void *self, size_t i, const double *w, double *f)
{
	struct regression *q = self;

	residual(q, i, w, q->y, q->left);
	*f = dot(q->k, q->left, q->left) / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *w, double *g)
{
	struct regression *q = self;

	residual(q, i, w, q->y, q->left);
	memset(g, 0, q->known.d * sizeof *g);
	add_outer(q, i, 1, q->left, g);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *w, double *p)
{
	struct regression *q = self;

	residual(q, i, w, q->y, q->left);
	memmove(p, w, q->known.d * sizeof *p);
	add_outer(q, i, -gamma / (1 + gamma * q->rows.norm2[i]), q->left, p);
	return RATE_OK;
}

static int value(void *self, const double *w, double *f)
{
	struct regression *q = self;
	double sum = 0, one;

	for (size_t i = 0; i < q->rows.n; i++) {
		term_value(q, i, w, &one);
		sum += one;
	}
	*f = sum / (double)q->rows.n;
	return RATE_OK;
}

/* The mean of a_i (W'a_i - y_i)'; without y the product with the Hessian. */
static void mean_outer(struct regression *q, const double *w, const double *y, double *g)
{
	memset(g, 0, q->known.d * sizeof *g);
	for (size_t i = 0; i < q->rows.n; i++) {
		residual(q, i, w, y, q->left);
		add_outer(q, i, 1 / (double)q->rows.n, q->left, g);
	}
}

static int gradient(void *self, const double *w, double *g)
{
	mean_outer(self, w, ((struct regression *)self)->y, g);
	return RATE_OK;
}

static int product(void *self, const double *w, const double *v, double *out)
{
	(void)w;
	mean_outer(self, v, NULL, out);
	return RATE_OK;
}

static int dense(void *self, const double *w, double *out)
{
	const struct regression *q = self;
	size_t m = q->rows.d, k = q->k, d = m * k;
	double *h = malloc(m * m * sizeof *h);

	(void)w;
	if (!h)
		return RATE_FAIL;
	rows_gram(&q->rows, h);
	memset(out, 0, d * d * sizeof *out);
	for (size_t r = 0; r < m; r++)
		for (size_t c = 0; c < m; c++)
			for (size_t j = 0; j < k; j++)
				out[(r * k + j) * d + c * k + j] = h[r * m + c];
	free(h);
	return RATE_OK;
}

static int gap_at(void *self, const double *w, double *gap)
{
	struct regression *q = self;
	size_t m = q->rows.d, k = q->k;

	*gap = 0;
	for (size_t i = 0; i < q->rows.n; i++) {
		memset(q->left, 0, k * sizeof *q->left);
		for (size_t r = 0; r < m; r++)
			for (size_t j = 0; j < k; j++)
				q->left[j] += q->rows.a[i * m + r] * (w[r * k + j] - q->star[r * k + j]);
		*gap += dot(k, q->left, q->left) / (2 * (double)q->rows.n);
	}
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct regression *)self)->rows.n;
}

/* ---- Making it ---- */

/* y of classes: 1 in the column of the class less its share. */
static void classes(struct regression *q)
{
	size_t n = q->rows.n, k = q->k;

	for (size_t i = 0; i < n; i++)
		q->y[i * k + (size_t)q->rows.b[i]] = 1;
	for (size_t j = 0; j < k; j++) {
		double mean = 0;

		for (size_t i = 0; i < n; i++)
			mean += q->y[i * k + j] / (double)n;
		for (size_t i = 0; i < n; i++)
			q->y[i * k + j] -= mean;
	}
}

/* The number of classes, whose numbers are the targets; 0 after an error. */
static size_t count_classes(const rate_host *host, const rate_table *table)
{
	double most = 0;

	for (size_t i = 0; i < table->rows; i++) {
		double b = table->b[i];

		if (!(b >= 0 && b < MOST_CLASSES && b == floor(b))) {
			host->fail(host, "%s: the target %g of row %zu is no class: 0, 1, ..., %d are", table->name, b,
			           i + 1, MOST_CLASSES - 1);
			return 0;
		}
		most = fmax(most, b);
	}
	return (size_t)most + 1;
}

/* `sharp` receives W#. */
static void generate(const rate_host *host, const rate_args *args, struct regression *q, double *sharp)
{
	size_t n = q->rows.n, m = q->rows.d, k = q->k;

	host->normals(host, args->seed, 0, n * m, q->rows.a);
	for (size_t e = 0; e < n * m; e++)
		q->rows.a[e] /= sqrt((double)m);
	host->normals(host, args->seed, 2, m * k, sharp);
	host->normals(host, args->seed, 3, n * k, q->y);
	for (size_t e = 0; e < n * k; e++)
		q->y[e] *= args->value[NOISE].real;
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; r < m; r++)
			axpy(k, q->rows.a[i * m + r], sharp + r * k, q->y + i * k);
}

static void know_spectrum(void *self, size_t m, const double *lambda)
{
	double L = lambda[m - 1], slack = 1e-14 * (double)m * L, least = 0;
	int between = 0; /* neither clearly zero nor clearly not */

	know(self, "convex", RATE_EXACT, 1, "squares of affine functions");
	know(self, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(self, "L", RATE_UPPER, L * (1 + 1e-12), "largest eigenvalue of A'A/n");
	if (lambda[0] > 1e-10 * L)
		know(self, "mu", RATE_LOWER, lambda[0] - slack, "smallest eigenvalue of A'A/n");
	for (size_t r = m; r-- > 0;) {
		if (lambda[r] > 1e-10 * L)
			least = lambda[r];
		else if (lambda[r] > 10 * slack)
			between = 1;
	}
	if (!between && least > 0)
		know(self, "pl", RATE_LOWER, least - slack, "smallest nonzero eigenvalue of A'A/n");
}

/* W_star, one column after the other. */
static int solve(const rate_host *host, struct regression *q, const double *h, double *right, double *column)
{
	size_t n = q->rows.n, m = q->rows.d, k = q->k;

	for (size_t j = 0; j < k; j++) {
		memset(right, 0, m * sizeof *right);
		for (size_t i = 0; i < n; i++)
			axpy(m, q->y[i * k + j] / (double)n, q->rows.a + i * m, right);
		if (host->solve(host, m, h, right, column))
			return RATE_FAIL;
		for (size_t r = 0; r < m; r++)
			q->star[r * k + j] = column[r];
	}
	return RATE_OK;
}

static int analyse(const rate_host *host, struct regression *q, int interpolates, const double *sharp)
{
	size_t n = q->rows.n, m = q->rows.d, k = q->k;
	double *h = facts_take(q, m * m), *lambda = facts_take(q, m), *right = facts_take(q, m);
	double *column = facts_take(q, m), *f_i_star = facts_take(q, n), L_max = 0, f = 0, sigma = 0, Delta = 0;

	rows_norms(&q->rows);
	rows_gram(&q->rows, h);
	if (host->eigen(host, m, h, lambda, NULL))
		return RATE_FAIL;
	if (!(lambda[m - 1] > 0))
		return host->fail(host, "all rows are zero: no feature has two different values");
	if (interpolates && lambda[0] > 1e-10 * lambda[m - 1])
		memcpy(q->star, sharp, m * k * sizeof *sharp); /* the only minimiser */
	else if (solve(host, q, h, right, column))
		return RATE_FAIL;
	know_spectrum(q, m, lambda);
	for (size_t i = 0; i < n; i++) {
		double e2;

		residual(q, i, q->star, q->y, q->left);
		e2 = dot(k, q->left, q->left);
		f_i_star[i] = q->rows.norm2[i] > 0 ? 0 : dot(k, q->y + i * k, q->y + i * k) / 2;
		L_max = fmax(L_max, q->rows.norm2[i]);
		f += e2 / 2 / (double)n;
		Delta += (e2 / 2 - f_i_star[i]) / (double)n;
		sigma += q->rows.norm2[i] * e2 / (double)n;
	}
	know(q, "L_max", RATE_EXACT, L_max, "max |a_i|^2");
	know(q, "f_star", RATE_EXACT, interpolates ? 0 : f, "f at the solution of the normal equations");
	know(q, "sigma_star2", RATE_EXACT, interpolates ? 0 : sigma, "mean |a_i|^2 |r_i|^2 at W_star");
	know(q, "Delta_star", RATE_EXACT, interpolates ? 0 : Delta, "mean |r_i|^2/2 at W_star");
	if (interpolates || Delta > 1e-10)
		know(q, "interpolation", RATE_EXACT, interpolates, interpolates ? "y = W#'a" : "residuals at W_star");
	know_vector(q, "x_star", m * k, q->star);
	know_vector(q, "L_i", n, q->rows.norm2);
	know_vector(q, "f_i_star", n, f_i_star);
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t n = (size_t)p[N].integer, m = (size_t)p[ROWS].integer, k = (size_t)p[COLS].integer;
	rate_table table = { .size = sizeof table };
	int file = p[DATA].text && p[DATA].text[0];
	struct regression *q;
	double *start, *sharp, *weight, *u;

	if (file) {
		if (host->table(host, p[DATA].text, &table) || rows_fit(host, &table) ||
		    !(k = count_classes(host, &table)))
			return RATE_FAIL;
		n = table.rows;
		m = table.columns;
	}
	q = facts_new(host, sizeof *q, m * k, n * (m + k + 4) + m * (m + 4) + 3 * m * k + k);
	if (!q)
		return RATE_FAIL;
	rows_take(q, &q->rows, n, m, file ? &table : NULL);
	q->k = k;
	q->y = facts_take(q, n * k);
	q->star = facts_take(q, m * k);
	q->left = facts_take(q, k);
	start = facts_take(q, m * k);
	sharp = facts_take(q, m * k);
	weight = facts_take(q, n);
	u = facts_take(q, m);
	if (file)
		classes(q);
	else
		generate(host, args, q, sharp);
	host->normals(host, args->seed, 4, n, weight);
	rows_start(&q->rows, weight, p[START].real, u);
	for (size_t r = 0; r < m; r++)
		for (size_t j = 0; j < k; j++)
			start[r * k + j] = u[r] / sqrt((double)k);
	q->known.start = start;
	if (analyse(host, q, !file && !(p[NOISE].real > 0), sharp)) {
		free(q);
		return RATE_FAIL;
	}
	*self = q;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective matrix_regression = { OBJECTIVE,
	.id = "matrix-regression",
	.title = "Regression with a matrix",
	.summary = "f(W) = (1/n) sum 1/2 |W'a_i - y_i|^2, several outputs or classes; synthetic or from a file",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &matrix_regression };
RATE_PLUGIN("matrix-regression", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
