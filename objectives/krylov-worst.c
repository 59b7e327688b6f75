/* krylov-worst: f(x) = sum_j lambda_j x_j^2/2 in R^{N+1} with the spectrum on which N gradients say least.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * class=convex: lambda_j = L cos^2(pi j/(2N + 1)), j = 0, ..., N, and x_0 with
 * x_{0,j}^2 proportional to 1/(lambda_j^{3/2} prod_{i != j} |lambda_j - lambda_i|). No method that stays in the span
 * of N gradients has f(x_N) - f_star < L R^2/(2 (2N + 1)^2).
 * class=strongly-convex: lambda_j = (L + mu)/2 + (L - mu)/2 cos(pi j/N), mu = L/kappa, and
 * x_{0,j}^2 proportional to 1/(lambda_j prod_{i != j} |lambda_j - lambda_i|): |x_N - x_star| >= 2 R q^N/(1 + q^{2N}).
 *
 * Constants, exact: convex, L, mu (the least lambda_j), L_2 = 0, f_star = 0 at 0; the gap is f. Its own constant
 * `krylov_convex` or `krylov_sc` is N. Keep N below 13 or so: conditioning. |x_0| = R.
 *
 *     ratecheck verify krylov-lb-convex --objective krylov-worst:N=8 --steps 8
 */
#include "common.h"

enum { CLASS, COUNT, SMOOTH, KAPPA, RADIUS };
enum { CONVEX, STRONGLY_CONVEX };
static const rate_param params[] = {
	[CLASS] = { "class", RATE_CHOICE, "convex", 0, 0, "convex|strongly-convex",
	            "of functions whose bound it attains" },
	[COUNT] = { "N", RATE_INTEGER, "8", 1, 1000, NULL, "number of steps it is built for" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "largest eigenvalue" },
	[KAPPA] = { "kappa", RATE_REAL, "100", 1, 1e16, NULL, "L/mu, for class=strongly-convex" },
	[RADIUS] = { "R", RATE_REAL, "1", 1e-100, 1e100, NULL, "|x_0|" },
};

struct krylov {
	struct facts known;
	double *lambda;
};

static double node(const rate_value *p, size_t j)
{
	double N = (double)p[COUNT].integer, L = p[SMOOTH].real, mu = L / p[KAPPA].real, c;

	if (p[CLASS].integer == STRONGLY_CONVEX) /* no cancellation at the lower end */
		return mu + (L - mu) * pow(cos(M_PI * (double)j / (2 * N)), 2);
	c = cos(M_PI * (double)j / (2 * N + 1));
	return L * c * c;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	int strong = p[CLASS].integer == STRONGLY_CONVEX;
	size_t d = (size_t)p[COUNT].integer + 1;
	struct krylov *k;
	double *x0, *zero, most = -HUGE_VAL;

	if (strong && p[KAPPA].real <= 1)
		return host->fail(host, "kappa has to be larger than 1");
	if (!(k = facts_new(host, sizeof *k, d, 3 * d)))
		return RATE_FAIL;
	k->lambda = facts_take(k, d);
	k->known.start = x0 = facts_take(k, d);
	zero = facts_take(k, d);
	for (size_t j = 0; j < d; j++)
		k->lambda[j] = node(p, j);
	for (size_t j = 0; j < d; j++) { /* logarithms of x_{0,j}^2 */
		x0[j] = -(strong ? 1 : 1.5) * log(k->lambda[j]);
		for (size_t i = 0; i < d; i++)
			x0[j] -= i != j ? log(fabs(k->lambda[j] - k->lambda[i])) : 0;
		most = fmax(most, x0[j]);
	}
	for (size_t j = 0; j < d; j++)
		x0[j] = exp((x0[j] - most) / 2);
	scale_to(d, x0, p[RADIUS].real);
	know(k, "convex", RATE_EXACT, 1, "eigenvalues > 0");
	know(k, "L", RATE_EXACT, k->lambda[0], "largest eigenvalue");
	know(k, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(k, "mu", RATE_EXACT, k->lambda[d - 1], "least eigenvalue");
	know(k, "f_star", RATE_EXACT, 0, "f(0)");
	know(k, strong ? "krylov_sc" : "krylov_convex", RATE_EXACT, (double)d - 1, "what it is built for");
	know_vector(k, "x_star", d, zero);
	*self = k;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct krylov *k = self;

	*f = 0;
	for (size_t j = 0; j < k->known.d; j++)
		*f += k->lambda[j] / 2 * x[j] * x[j];
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct krylov *k = self;

	for (size_t j = 0; j < k->known.d; j++)
		g[j] = k->lambda[j] * x[j];
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	(void)x;
	return gradient(self, v, out);
}

static int dense(void *self, const double *x, double *out)
{
	const struct krylov *k = self;
	size_t d = k->known.d;

	(void)x;
	memset(out, 0, d * d * sizeof *out);
	for (size_t j = 0; j < d; j++)
		out[j * d + j] = k->lambda[j];
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective krylov_worst = { OBJECTIVE,
	.id = "krylov-worst",
	.title = "The quadratic on which N gradients say least",
	.summary = "Chebyshev nodes as eigenvalues, and a start in which all count",
	.source = "after Nemirovsky, J. Complexity 8 (1992), 153-175",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &krylov_worst };
RATE_PLUGIN("krylov-worst", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
