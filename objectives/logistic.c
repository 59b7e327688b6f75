/* logistic: f(x) = (1/n) sum log(1 + exp(-b_i a_i'x)) + ridge/2 |x|^2, b_i = -1 or +1.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Synthetic (no data=): entries of a_i normal/sqrt(d), b_i = 1 with probability sigmoid(a_i'x#), x# normal.
 * data=FILE: n, d, rows (columns standardised) and labels from the file. Rows that are mostly zeros (LIBSVM files) stay
 * sparse and as they are; lambda_max is then bounded by products with them, and no matrix is formed. An option of the
 * data set adds an intercept (FILE@intercept), which the ridge weighs as the others, tells one class from all others
 * (FILE@positive=3), or leaves the columns as they are (FILE@standardise=none).
 *
 * Constants: the second derivative of log(1 + exp(-m)) is s(1 - s) <= 1/4, hence L = lambda_max(A'A)/(4n) + ridge and
 * L_i = |a_i|^2/4 + ridge; the ridge gives mu, mu_min and PL, if positive. Its third derivative is at most 1/(6 sqrt
 * 3), hence L_2 = mean |a_i|^3/(6 sqrt 3). With ridge=0: |grad f_i| <= |a_i|, so G = sqrt(mean |a_i|^2), and inf f_i
 * = 0 (log 2 if a_i = 0). x_star is left to the host (Newton). The start, of norm `start`, is in the span of the rows.
 * Prox of a term: with u = b_i a_i'p and s = sigmoid(-u) it is p = (x + gamma s b_i a_i)/(1 + gamma ridge), so that u
 * solves (1 + gamma ridge) u = b_i a_i'x + gamma |a_i|^2 sigmoid(-u): one unknown, found by Newton within its bracket.
 *
 *     ratecheck verify gd-strongly-convex --objective logistic:data=breast-cancer,ridge=0.1
 */
#include "common.h"

enum { N, D, RIDGE, START, DATA };
static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "50", 1, 1e7, NULL, "number of terms" },
	[D] = { "d", RATE_INTEGER, "10", 1, 4096, NULL, "dimension" },
	[RIDGE] = { "ridge", RATE_REAL, "0.01", 0, 1e100, NULL, "weight of |x|^2/2 in every term" },
	[START] = { "start", RATE_REAL, "1", 0, 1e100, NULL, "|x_0|" },
	[DATA] = { "data", RATE_FILE, "", 0, 0, NULL,
	           "CSV or LIBSVM file, or a built-in data set, each with options (FILE@intercept); empty: synthetic" },
};

struct logistic {
	struct facts known;
	struct rows rows;
	double ridge;
};

static double loss(double m) /* log(1 + exp(-m)) */
{
	return m > 0 ? log1p(exp(-m)) : log1p(exp(m)) - m;
}

static double sigmoid(double m)
{
	return m > 0 ? 1 / (1 + exp(-m)) : exp(m) / (1 + exp(m));
}

static double margin(const struct rows *r, size_t i, const double *x)
{
	return r->b[i] * row_dot(r, i, x);
}

static int value(void *self, const double *x, double *f)
{
	const struct logistic *q = self;
	const struct rows *r = &q->rows;
	double s = 0;

	for (size_t i = 0; i < r->n; i++)
		s += loss(margin(r, i, x));
	*f = s / (double)r->n + q->ridge / 2 * dot(r->d, x, x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct logistic *q = self;
	const struct rows *r = &q->rows;

	for (size_t j = 0; j < r->d; j++)
		g[j] = q->ridge * x[j];
	for (size_t i = 0; i < r->n; i++)
		row_axpy(r, i, -r->b[i] * sigmoid(-margin(r, i, x)) / (double)r->n, g);
	return RATE_OK;
}

static void generate(const rate_host *host, uint64_t seed, struct rows *r, double *x, double *u)
{
	host->normals(host, seed, 0, r->n * r->d, r->a);
	for (size_t i = 0; i < r->n * r->d; i++)
		r->a[i] /= sqrt((double)r->d);
	host->normals(host, seed, 2, r->d, x);
	host->uniforms(host, seed, 3, r->n, u);
	for (size_t i = 0; i < r->n; i++)
		r->b[i] = u[i] < sigmoid(dot(r->d, r->a + i * r->d, x)) ? 1 : -1;
}

static int analyse(const rate_host *host, struct logistic *q)
{
	struct rows *r = &q->rows;
	size_t n = r->n, d = r->d;
	double *L_i = facts_take(q, n), *f_i_star = facts_take(q, n);
	double sum = rows_norms(r), cubes = 0, L_max = 0, most = r->most;

	if (r->a) {
		double *h = facts_take(q, d * d), *lambda = facts_take(q, d);
		rows_gram(r, h);
		if (host->eigen(host, d, h, lambda, NULL))
			return RATE_FAIL;
		most = lambda[d - 1];
	}
	for (size_t i = 0; i < n; i++) {
		L_i[i] = r->norm2[i] / 4 + q->ridge;
		L_max = fmax(L_max, L_i[i]);
		cubes += r->norm2[i] * sqrt(r->norm2[i]);
		f_i_star[i] = r->norm2[i] > 0 ? 0 : log(2);
	}
	know(q, "convex", RATE_EXACT, 1, "log(1 + exp(-m)) is convex");
	know(q, "L", RATE_UPPER, most / 4 * (1 + 1e-12) + q->ridge, "lambda_max(A'A)/(4n) + ridge");
	know(q, "L_max", RATE_UPPER, L_max, "max |a_i|^2/4 + ridge");
	know(q, "L_2", RATE_UPPER, cubes / (double)n / (6 * sqrt(3)) * (1 + 1e-12), "mean |a_i|^3/(6 sqrt 3)");
	know_vector(q, "L_i", n, L_i);
	if (q->ridge > 0) {
		know(q, "mu", RATE_LOWER, q->ridge, "ridge");
		know(q, "pl", RATE_LOWER, q->ridge, "ridge");
		know(q, "mu_min", RATE_LOWER, q->ridge, "ridge");
	} else {
		know(q, "G", RATE_UPPER, sqrt(sum / (double)n), "|grad f_i| <= |a_i|");
		know_vector(q, "f_i_star", n, f_i_star);
	}
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t n = (size_t)p[N].integer, d = (size_t)p[D].integer;
	rate_table table = { .size = sizeof table, .sparse = 1 };
	int file = p[DATA].text && p[DATA].text[0];
	struct logistic *q;
	double *x0, *x_sharp, *weight;

	if (file) {
		if (host->table(host, p[DATA].text, &table) || rows_fit(host, &table))
			return RATE_FAIL;
		if (!table.labels)
			return host->fail(host, "%s: the last column has not exactly two values, as labels have",
			                  table.name);
		n = table.rows;
		d = table.columns;
	}
	q = facts_new(host, sizeof *q, d, (file && !table.a ? 0 : n * d + d * d) + 5 * n + 3 * d);
	if (!q)
		return RATE_FAIL;
	q->ridge = p[RIDGE].real;
	rows_take(q, &q->rows, n, d, file ? &table : NULL);
	x0 = facts_take(q, d);
	x_sharp = facts_take(q, d);
	weight = facts_take(q, n);
	if (!file)
		generate(host, args->seed, &q->rows, x_sharp, weight);
	host->normals(host, args->seed, 4, n, weight);
	rows_start(&q->rows, weight, p[START].real, x0);
	q->known.start = x0;
	if (analyse(host, q)) {
		free(q);
		return RATE_FAIL;
	}
	*self = q;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct logistic *)self)->rows.n;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct logistic *q = self;

	*f = loss(margin(&q->rows, i, x)) + q->ridge / 2 * dot(q->rows.d, x, x);
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct logistic *q = self;
	const struct rows *r = &q->rows;
	double s = -r->b[i] * sigmoid(-margin(r, i, x));

	for (size_t j = 0; j < r->d; j++)
		g[j] = (r->a ? s * r->a[i * r->d + j] : 0) + q->ridge * x[j];
	if (!r->a)
		row_axpy(r, i, s, g);
	return RATE_OK;
}

/* The root of w u = m + c sigmoid(-u), w and c positive: it lies in [m/w, (m + c)/w]. Newton's steps may jump to and
 * fro over the root for ever, so one that is not half the step before it gives way to bisection. */
static double implicit_margin(double w, double m, double c)
{
	double low = m / w, high = (m + c) / w, u = low / 2 + high / 2, before = INFINITY;

	for (int k = 0; k < 200; k++) {
		double s = sigmoid(-u), phi = w * u - m - c * s, next = u - phi / (w + c * s * sigmoid(u));

		if (fabs(next - u) <= 0x1p-52 * fabs(u))
			break;
		if (phi > 0)
			high = u;
		else
			low = u;
		if (!(next > low && next < high) || fabs(next - u) > before / 2)
			next = low / 2 + high / 2;
		if (next == low || next == high)
			break;
		before = fabs(next - u);
		u = next;
	}
	return u;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct logistic *q = self;
	const struct rows *r = &q->rows;
	double w = 1 + gamma * q->ridge, u = implicit_margin(w, margin(r, i, x), gamma * r->norm2[i]);
	double step = gamma * r->b[i] * sigmoid(-u);

	memcpy(p, x, r->d * sizeof *p);
	row_axpy(r, i, step, p);
	for (size_t j = 0; j < r->d; j++)
		p[j] /= w;
	return RATE_OK;
}

static double curvature(const struct rows *r, size_t i, const double *x)
{
	double m = margin(r, i, x);

	return sigmoid(m) * sigmoid(-m) / (double)r->n;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct logistic *q = self;
	const struct rows *r = &q->rows;

	for (size_t j = 0; j < r->d; j++)
		out[j] = q->ridge * v[j];
	for (size_t i = 0; i < r->n; i++)
		row_axpy(r, i, curvature(r, i, x) * row_dot(r, i, v), out);
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	const struct logistic *q = self;
	const struct rows *r = &q->rows;
	size_t d = r->d;

	memset(out, 0, d * d * sizeof(double));
	for (size_t j = 0; j < d; j++)
		out[j * d + j] = q->ridge;
	for (size_t i = 0; i < r->n; i++)
		row_outer(r, i, curvature(r, i, x), out);
	return RATE_OK;
}

static int glm_get(void *self, rate_glm *out)
{
	const struct logistic *q = self;

	return rows_model(&q->rows, RATE_LOGISTIC, q->ridge, out);
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, term_prox };
static const rate_hessian hessian = { sizeof hessian, product, dense };
static const rate_glm_source glm = { sizeof glm, glm_get };
OFFERS({ "finite-sum/1", &sum }, { "hessian/1", &hessian }, { "glm/1", &glm })

static const void *interface(void *self, const char *name)
{
	static const rate_hessian products = { sizeof products, product, NULL };

	if (((const struct logistic *)self)->rows.d > ROWS_MOST && !strcmp(name, "hessian/1"))
		return &products;
	return offers(self, name);
}

static const rate_objective logistic = { OBJECTIVE,
	.id = "logistic",
	.title = "Logistic regression",
	.summary = "f(x) = (1/n) sum log(1 + exp(-b_i a_i'x)) + ridge/2 |x|^2, synthetic or from a file",
	.source = "standard; Garrigos & Gower, arXiv:2301.11235",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &logistic };
RATE_PLUGIN("logistic", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
