/* least-squares: f(x) = (1/n) sum 1/2 (a_i'x - b_i)^2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Synthetic (no data=): a_i of N(0, 1)/sqrt(d) entries, or products of an n x rank and a rank x d matrix scaled alike;
 * b = A x# + noise * normals, x# normal. noise=0 interpolates: every term is 0 at x#.
 * data=FILE: n, d and the rows from the file, columns standardised (constant ones become 0), target as well; n, d,
 * noise and rank then play no part. Rows that are mostly zeros (LIBSVM files) stay sparse and as they are: L
 * is then bounded by products with them, x_star is left to the host; mu, PL and gap/1 are not there.
 *
 * Constants, with H = A'A/n: L = lambda_max(H), mu = lambda_min(H) if above 1e-10 L; the PL constant is the least
 * eigenvalue above 1e-10 L (f - f_star = 1/2 e'He, grad f = He), given only if the others are zero up to rounding.
 * L_i = |a_i|^2; x_star by the normal equations (least norm); f_star = f(x_star); f_i_star = 0, or b_i^2/2 if a_i = 0;
 * sigma_star2 = mean |a_i|^2 r_i^2 and Delta_star with r = A x_star - b. Eigenvalues are moved by their rounding, 1e-12
 * relative up for L and 1e-14 d L down for mu and PL. The gap is |A(x - x_star)|^2/(2n). The start, of norm `start`, is
 * in the span of the rows, so x_star is the minimiser nearest to it.
 * Prox of a term: x - gamma (a_i'x - b_i)/(1 + gamma |a_i|^2) a_i.
 *
 *     ratecheck verify sgd-strongly-convex --objective least-squares:n=200,d=20,seed=7
 */
#include "common.h"

enum { N, D, NOISE, RANK, START, DATA };
static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "50", 1, 1e7, NULL, "number of terms" },
	[D] = { "d", RATE_INTEGER, "10", 1, 4096, NULL, "dimension" },
	[NOISE] = { "noise", RATE_REAL, "0.5", 0, 1e100, NULL,
	            "standard deviation of the noise in b; 0: interpolation" },
	[RANK] = { "rank", RATE_INTEGER, "0", 0, 4096, NULL, "rank of the rows; 0: full" },
	[START] = { "start", RATE_REAL, "1", 0, 1e100, NULL, "|x_0|" },
	[DATA] = { "data", RATE_FILE, "", 0, 0, NULL,
	           "CSV or LIBSVM file, or a built-in data set, each with options (FILE@intercept); empty: synthetic" },
};

struct least_squares {
	struct facts known;
	struct rows rows;
	double *x_star;
};

static double residual(const struct rows *r, size_t i, const double *x)
{
	return row_dot(r, i, x) - r->b[i];
}

static int value(void *self, const double *x, double *f)
{
	const struct rows *r = &((const struct least_squares *)self)->rows;
	double s = 0;

	for (size_t i = 0; i < r->n; i++) {
		double e = residual(r, i, x);

		s += e * e;
	}
	*f = s / (2 * (double)r->n);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct rows *r = &((const struct least_squares *)self)->rows;

	memset(g, 0, r->d * sizeof(double));
	for (size_t i = 0; i < r->n; i++)
		row_axpy(r, i, residual(r, i, x) / (double)r->n, g);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct least_squares *q = self;
	const struct rows *r = &q->rows;
	double s = 0;

	for (size_t i = 0; i < r->n; i++) {
		double e = 0;

		for (size_t j = 0; j < r->d; j++)
			e += r->a[i * r->d + j] * (x[j] - q->x_star[j]);
		s += e * e;
	}
	*gap = s / (2 * (double)r->n);
	return RATE_OK;
}

/* Rows and targets; `x` receives x#. `factor` holds (n + d) rank numbers. */
static void generate(const rate_host *host, const rate_args *args, struct rows *r, double *x, double *factor)
{
	const rate_value *p = args->value;
	size_t rank = (size_t)p[RANK].integer;
	double *left = factor, *right = factor + r->n * rank;

	if (rank) {
		host->normals(host, args->seed, 0, r->n * rank, left);
		host->normals(host, args->seed, 1, rank * r->d, right);
		for (size_t i = 0; i < r->n; i++)
			for (size_t k = 0; k < rank; k++)
				axpy(r->d, left[i * rank + k] / sqrt((double)(rank * r->d)), right + k * r->d,
				     r->a + i * r->d);
	} else {
		host->normals(host, args->seed, 0, r->n * r->d, r->a);
		for (size_t i = 0; i < r->n * r->d; i++)
			r->a[i] /= sqrt((double)r->d);
	}
	host->normals(host, args->seed, 2, r->d, x);
	host->normals(host, args->seed, 3, r->n, r->b);
	for (size_t i = 0; i < r->n; i++)
		r->b[i] = dot(r->d, r->a + i * r->d, x) + p[NOISE].real * r->b[i];
}

static void know_spectrum(void *self, size_t d, const double *lambda)
{
	double L = lambda[d - 1], slack = 1e-14 * (double)d * L, least = 0;
	int between = 0; /* neither clearly zero nor clearly not */

	know(self, "convex", RATE_EXACT, 1, "squares of affine functions");
	know(self, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(self, "L", RATE_UPPER, L * (1 + 1e-12), "largest eigenvalue of A'A/n");
	if (lambda[0] > 1e-10 * L)
		know(self, "mu", RATE_LOWER, lambda[0] - slack, "smallest eigenvalue of A'A/n");
	for (size_t k = d; k-- > 0;) {
		if (lambda[k] > 1e-10 * L)
			least = lambda[k];
		else if (lambda[k] > 10 * slack)
			between = 1;
	}
	if (!between && least > 0)
		know(self, "pl", RATE_LOWER, least - slack, "smallest nonzero eigenvalue of A'A/n");
}

static int analyse(const rate_host *host, struct least_squares *q, int file, int interpolates, const double *x_sharp)
{
	struct rows *r = &q->rows;
	size_t n = r->n, d = r->d;
	double *h = facts_take(q, d * d), *lambda = facts_take(q, d), *rhs = facts_take(q, d);
	double *f_i_star = facts_take(q, n), L_max = 0, f_star = 0, sigma = 0, Delta = 0;

	rows_norms(r);
	rows_gram(r, h);
	for (size_t i = 0; i < n; i++) {
		axpy(d, r->b[i] / (double)n, r->a + i * d, rhs);
		L_max = fmax(L_max, r->norm2[i]);
	}
	if (host->eigen(host, d, h, lambda, NULL))
		return RATE_FAIL;
	if (!(lambda[d - 1] > 0))
		return host->fail(host, "all rows are zero%s",
		                  file ? ": no column of features has two different values" : "");
	if (interpolates && lambda[0] > 1e-10 * lambda[d - 1])
		memcpy(q->x_star, x_sharp, d * sizeof(double)); /* the only minimiser */
	else if (host->solve(host, d, h, rhs, q->x_star))
		return RATE_FAIL;
	know_spectrum(q, d, lambda);
	for (size_t i = 0; i < n; i++) {
		double e = residual(r, i, q->x_star);

		f_i_star[i] = r->norm2[i] > 0 ? 0 : r->b[i] * r->b[i] / 2;
		f_star += e * e / 2 / (double)n;
		Delta += (e * e / 2 - f_i_star[i]) / (double)n;
		sigma += r->norm2[i] * e * e / (double)n;
	}
	know(q, "L_max", RATE_EXACT, L_max, "max |a_i|^2");
	know(q, "f_star", RATE_EXACT, interpolates ? 0 : f_star, "f at the solution of the normal equations");
	know(q, "sigma_star2", RATE_EXACT, interpolates ? 0 : sigma, "mean |a_i|^2 r_i^2 at x_star");
	know(q, "Delta_star", RATE_EXACT, interpolates ? 0 : Delta, "mean r_i^2/2 at x_star");
	if (interpolates || Delta > 1e-10)
		know(q, "interpolation", RATE_EXACT, interpolates, interpolates ? "b = A x#" : "residuals at x_star");
	know_vector(q, "x_star", d, q->x_star);
	know_vector(q, "L_i", n, r->norm2);
	know_vector(q, "f_i_star", n, f_i_star);
	return RATE_OK;
}

/* x_star is left to the host, which forms no matrix; mu and PL are not known. */
static int analyse_sparse(const rate_host *host, struct least_squares *q)
{
	struct rows *r = &q->rows;
	double *f_i_star = facts_take(q, r->n), L_max = 0;

	rows_norms(r);
	if (!(r->most > 0))
		return host->fail(host, "all rows are zero");
	for (size_t i = 0; i < r->n; i++) {
		f_i_star[i] = r->norm2[i] > 0 ? 0 : r->b[i] * r->b[i] / 2;
		L_max = fmax(L_max, r->norm2[i]);
	}
	know(q, "convex", RATE_EXACT, 1, "squares of affine functions");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "L", RATE_UPPER, r->most, "largest eigenvalue of A'A/n");
	know(q, "L_max", RATE_EXACT, L_max, "max |a_i|^2");
	know_vector(q, "L_i", r->n, r->norm2);
	know_vector(q, "f_i_star", r->n, f_i_star);
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t n = (size_t)p[N].integer, d = (size_t)p[D].integer, rank = (size_t)p[RANK].integer;
	rate_table table = { .size = sizeof table, .sparse = 1 };
	int file = p[DATA].text && p[DATA].text[0];
	struct least_squares *q;
	double *x0, *x_sharp, *weight;

	if (file) {
		if (host->table(host, p[DATA].text, &table) || rows_fit(host, &table))
			return RATE_FAIL;
		n = table.rows;
		d = table.columns;
		rank = 0;
	}
	q = facts_new(host, sizeof *q, d, (file && !table.a ? 0 : n * d + d * d) + 4 * n + 5 * d + (n + d) * rank);
	if (!q)
		return RATE_FAIL;
	rows_take(q, &q->rows, n, d, file ? &table : NULL);
	q->x_star = facts_take(q, d);
	x0 = facts_take(q, d);
	x_sharp = facts_take(q, d);
	weight = facts_take(q, n);
	if (!file)
		generate(host, args, &q->rows, x_sharp, facts_take(q, (n + d) * rank));
	else if (!table.raw)
		standardise(n, 1, 1, q->rows.b);
	host->normals(host, args->seed, 4, n, weight);
	rows_start(&q->rows, weight, p[START].real, x0);
	q->known.start = x0;
	if (q->rows.a ? analyse(host, q, file, !file && !(p[NOISE].real > 0), x_sharp) : analyse_sparse(host, q)) {
		free(q);
		return RATE_FAIL;
	}
	*self = q;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct least_squares *)self)->rows.n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	double e = residual(&((const struct least_squares *)self)->rows, i, x);

	*f = e * e / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct rows *r = &((const struct least_squares *)self)->rows;
	double e = residual(r, i, x);

	if (!r->a)
		memset(g, 0, r->d * sizeof *g);
	for (size_t j = 0; r->a && j < r->d; j++)
		g[j] = e * r->a[i * r->d + j];
	if (!r->a)
		row_axpy(r, i, e, g);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct rows *r = &((const struct least_squares *)self)->rows;
	double step = gamma * residual(r, i, x) / (1 + gamma * r->norm2[i]);

	memcpy(p, x, r->d * sizeof *p);
	row_axpy(r, i, -step, p);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct rows *r = &((const struct least_squares *)self)->rows;

	(void)x;
	memset(out, 0, r->d * sizeof(double));
	for (size_t i = 0; i < r->n; i++)
		row_axpy(r, i, row_dot(r, i, v) / (double)r->n, out);
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	(void)x;
	rows_gram(&((const struct least_squares *)self)->rows, out);
	return RATE_OK;
}

static int glm_get(void *self, rate_glm *out)
{
	return rows_model(&((const struct least_squares *)self)->rows, RATE_SQUARE, 0, out);
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
static const rate_glm_source glm = { sizeof glm, glm_get };
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum }, { "hessian/1", &hessian }, { "glm/1", &glm })

static const void *interface(void *self, const char *name)
{
	static const rate_hessian products = { sizeof products, product, NULL };
	const struct rows *r = &((const struct least_squares *)self)->rows;

	if (!r->a && !strcmp(name, "gap/1"))
		return NULL;
	return r->d > ROWS_MOST && !strcmp(name, "hessian/1") ? &products : offers(self, name);
}

static const rate_objective least_squares = { OBJECTIVE,
	.id = "least-squares",
	.title = "Least squares",
	.summary = "f(x) = (1/n) sum 1/2 (a_i'x - b_i)^2, synthetic or from a file",
	.source = "standard; Garrigos & Gower, arXiv:2301.11235",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &least_squares };
RATE_PLUGIN("least-squares", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
