/* quadratic: f(x) = 1/2 (x - c)'A(x - c), the model problem of every smooth theorem.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A has the eigenvalues L = l_1 >= ... >= l_d = L/kappa: geometric (spectrum=log), equally spaced (uniform), the larger
 * half L and the rest L/kappa (two-point), or all L (one; kappa plays no part). With d = 1 the one eigenvalue is L.
 * rotation=1 takes as eigenvectors those of a random symmetric matrix; 0 leaves A diagonal.
 *
 * Constants: grad f = A(x - c), so L = l_1, mu = l_d; PL with l_d; the Hessian is constant, L_2 = 0; f_star = 0 at
 * x_star = c, which is 0 or, with center=1, a random point of norm 1. Exact by construction, up to rounding of A.
 * The gap is f itself. Start: c plus a vector of norm `start`, random or, with along=L or mu, an eigenvector of l_1
 * or l_d; with along=both these two with the weights L^-3/2 and mu^-3/2, from where steps that make the next gradient
 * least are slowest; along=steepest these two with 1/L and 1/mu, from where steps that make the next f least are
 * slowest.
 *
 *     ratecheck verify gd-strongly-convex --objective quadratic:d=20,kappa=100
 */
#include "common.h"

enum { D, KAPPA, SMOOTH, SPECTRUM, ROTATION, CENTER, START, ALONG };
static const rate_param params[] = {
	[D] = { "d", RATE_INTEGER, "10", 1, 4096, NULL, "dimension" },
	[KAPPA] = { "kappa", RATE_REAL, "100", 1, 1e15, NULL, "condition number L/mu" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "largest eigenvalue" },
	[SPECTRUM] = { "spectrum", RATE_CHOICE, "log", 0, 0, "log|uniform|two-point|one",
	               "how the eigenvalues are spread" },
	[ROTATION] = { "rotation", RATE_INTEGER, "1", 0, 1, NULL, "1: random eigenvectors; 0: diagonal" },
	[CENTER] = { "center", RATE_INTEGER, "0", 0, 1, NULL,
	             "1: the minimiser is a random point of norm 1; 0: zero" },
	[START] = { "start", RATE_REAL, "1", 0, 1e100, NULL, "|x_0 - x_star|" },
	[ALONG] = { "along", RATE_CHOICE, "random", 0, 0, "random|L|mu|both|steepest",
	            "direction of x_0 - x_star: random, an eigenvector, or two" },
};
enum { LOG, UNIFORM, TWO_POINT, ONE };
enum { RANDOM, FIRST, LAST, BOTH, STEEPEST };

struct quadratic {
	struct facts known;
	double *a, *c;
};

static double eigenvalue(const rate_value *p, size_t k, size_t d)
{
	double L = p[SMOOTH].real, kappa = p[KAPPA].real, s = d > 1 ? (double)k / (double)(d - 1) : 0;

	switch (p[SPECTRUM].integer) {
	case LOG:
		return k + 1 == d && d > 1 ? L / kappa : L * pow(kappa, -s);
	case UNIFORM:
		return L / kappa + (1 - s) * (L - L / kappa);
	case TWO_POINT:
		return k < (d + 1) / 2 ? L : L / kappa;
	default:
		return L;
	}
}

/* A <- sum l_k v_k v_k'; `work` holds d x d numbers. */
static int build(const rate_host *host, const rate_args *args, size_t d, double *a, double *v, double *values)
{
	const rate_value *p = args->value;

	for (size_t k = 0; k < d; k++)
		v[k * d + k] = 1;
	if (p[ROTATION].integer && d > 1) {
		host->normals(host, args->seed, 0, d * d, v);
		for (size_t i = 0; i < d; i++)
			for (size_t j = 0; j < d; j++)
				a[i * d + j] = v[i * d + j] + v[j * d + i];
		if (host->eigen(host, d, a, values, v))
			return RATE_FAIL;
		memset(a, 0, d * d * sizeof(double));
	}
	for (size_t k = 0; k < d; k++)
		for (size_t i = 0; i < d; i++)
			axpy(d, eigenvalue(p, k, d) * v[k * d + i], v + k * d, a + i * d);
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	static const double power[] = { [LAST] = 0, [BOTH] = 1.5, [STEEPEST] = 1 };
	const rate_value *p = args->value;
	size_t d = (size_t)p[D].integer;
	struct quadratic *q = facts_new(host, sizeof *q, d, 2 * d * d + 3 * d);
	double L = p[SMOOTH].real, mu = eigenvalue(p, d - 1, d), *x0, *v, *values;

	if (!q)
		return RATE_FAIL;
	q->a = facts_take(q, d * d);
	q->c = facts_take(q, d);
	x0 = facts_take(q, d);
	values = facts_take(q, d);
	v = facts_take(q, d * d);
	if (build(host, args, d, q->a, v, values)) {
		free(q);
		return RATE_FAIL;
	}
	if (p[CENTER].integer) {
		host->normals(host, args->seed, 1, d, q->c);
		scale_to(d, q->c, 1);
	}
	if (p[ALONG].integer == RANDOM)
		host->normals(host, args->seed, 2, d, x0);
	if (p[ALONG].integer != RANDOM && p[ALONG].integer != LAST)
		axpy(d, 1, v, x0);
	if (p[ALONG].integer != RANDOM && p[ALONG].integer != FIRST)
		axpy(d, pow(L / mu, power[p[ALONG].integer]), v + (d - 1) * d, x0);
	scale_to(d, x0, p[START].real);
	axpy(d, 1, q->c, x0);
	q->known.start = x0;
	know(q, "convex", RATE_EXACT, 1, "A is positive definite");
	know(q, "L", RATE_EXACT, L, "largest eigenvalue of A");
	know(q, "mu", RATE_EXACT, mu, "smallest eigenvalue of A");
	know(q, "pl", RATE_EXACT, mu, "smallest eigenvalue of A");
	know(q, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(q, "self_concordant", RATE_EXACT, 1, "no third derivative");
	know(q, "f_star", RATE_EXACT, 0, "f(c)");
	know(q, "even", RATE_EXACT, 1, "f(x_star + z) = f(x_star - z)");
	know_vector(q, "x_star", d, q->c);
	*self = q;
	return RATE_OK;
}

enum { ABREAST = 8 };

/* s_k <- sum_j a_ij (x_j - c_j), j in order, i = first + k: sums side by side, so that none waits for its own last
 * number. Past the last row that row again. */
static void rows_times(const struct quadratic *q, size_t first, const double *x, double *s)
{
	size_t d = q->known.d;
	const double *a[ABREAST];
	double sum[ABREAST] = { 0 };

	for (size_t k = 0; k < ABREAST; k++)
		a[k] = q->a + (first + k < d ? first + k : d - 1) * d;
	for (size_t j = 0; j < d; j++) {
		double y = x[j] - q->c[j];
		for (size_t k = 0; k < ABREAST; k++)
			sum[k] += a[k][j] * y;
	}
	memcpy(s, sum, sizeof sum);
}

static int gradient(void *self, const double *x, double *g)
{
	const struct quadratic *q = self;
	size_t d = q->known.d;
	double s[ABREAST];

	for (size_t i = 0; i < d; i += ABREAST) {
		rows_times(q, i, x, s);
		memcpy(g + i, s, (d - i < ABREAST ? d - i : ABREAST) * sizeof *g);
	}
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct quadratic *q = self;
	size_t d = q->known.d;
	double s[ABREAST];

	*f = 0;
	for (size_t i = 0; i < d; i++) {
		if (i % ABREAST == 0)
			rows_times(q, i, x, s);
		*f += 0.5 * s[i % ABREAST] * (x[i] - q->c[i]);
	}
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct quadratic *q = self;
	size_t d = q->known.d;

	(void)x;
	for (size_t i = 0; i < d; i++)
		out[i] = dot(d, q->a + i * d, v);
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	const struct quadratic *q = self;

	(void)x;
	memcpy(out, q->a, q->known.d * q->known.d * sizeof(double));
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective quadratic = { OBJECTIVE,
	.id = "quadratic",
	.title = "Quadratic with a chosen spectrum",
	.summary = "f(x) = 1/2 (x - c)'A(x - c), eigenvalues of A between L/kappa and L",
	.source = "standard model problem; Nesterov, Lectures on Convex Optimization, 2018, sec. 1.2",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &quadratic };
RATE_PLUGIN("quadratic", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
