/* matrix-teacher: f(M) = alpha/2 |M - spike e_1 e_1'|_F^2 on symmetric n x n matrices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A symmetric matrix is the vector (M_11, ..., M_nn, sqrt2 M_12, sqrt2 M_13, ..., sqrt2 M_(n-1)n) of d = n (n + 1)/2
 * numbers: its Euclidean norm is the Frobenius norm. So gaussian-noise makes the noise of a Gaussian orthogonal
 * ensemble, whose law no rotation changes, and SGD makes spiked random matrices.
 *
 * Constants, all exact: L = mu = pl = alpha, L_2 = 0; f_star = 0 at x_star = spike e_1 e_1'. Its own constants
 * matrix.n and matrix.spike. The gap is f. Start: at x_star, plus `apart` in the entry M_nn.
 *
 *     ratecheck verify spiked-sgd --objective matrix-teacher:n=20,spike=2+gaussian-noise:sigma=2.35
 */
#include "common.h"

enum { SIZE, SPIKE, ALPHA, APART };
static const rate_param params[] = {
	[SIZE] = { "n", RATE_INTEGER, "3", 1, 128, NULL, "rows of the matrix" },
	[SPIKE] = { "spike", RATE_REAL, "0", -1e50, 1e50, NULL, "the eigenvalue of x_star that may not be 0" },
	[ALPHA] = { "alpha", RATE_REAL, "1", 1e-50, 1e50, NULL, "curvature" },
	[APART] = { "apart", RATE_REAL, "0", -1e50, 1e50, NULL, "M_nn of x_0 - x_star" },
};

struct teacher {
	struct facts known;
	double alpha, *star;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t n = (size_t)v[SIZE].integer, d = n * (n + 1) / 2;
	double alpha = v[ALPHA].real, *start;
	struct teacher *k = facts_new(host, sizeof *k, d, 2 * d);

	if (!k)
		return RATE_FAIL;
	k->alpha = alpha;
	k->star = facts_take(k, d);
	k->known.start = start = facts_take(k, d);
	k->star[0] = start[0] = v[SPIKE].real;
	start[n - 1] += v[APART].real;
	know(k, "convex", RATE_EXACT, 1, "a square");
	know(k, "L", RATE_EXACT, alpha, "one eigenvalue");
	know(k, "mu", RATE_EXACT, alpha, "one eigenvalue");
	know(k, "pl", RATE_EXACT, alpha, "one eigenvalue");
	know(k, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(k, "f_star", RATE_EXACT, 0, "f(x_star)");
	know(k, "matrix.n", RATE_EXACT, (double)n, "by construction");
	know(k, "matrix.spike", RATE_EXACT, v[SPIKE].real, "by construction");
	know_vector(k, "x_star", d, k->star);
	*self = k;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct teacher *k = self;

	*f = 0;
	for (size_t j = 0; j < k->known.d; j++)
		*f += k->alpha / 2 * (x[j] - k->star[j]) * (x[j] - k->star[j]);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct teacher *k = self;

	for (size_t j = 0; j < k->known.d; j++)
		g[j] = k->alpha * (x[j] - k->star[j]);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct teacher *k = self;

	(void)x;
	for (size_t j = 0; j < k->known.d; j++)
		out[j] = k->alpha * v[j];
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective matrix_teacher = { OBJECTIVE,
	.id = "matrix-teacher",
	.title = "A symmetric matrix to be learnt",
	.summary = "alpha/2 |M - spike e_1 e_1'|^2 on symmetric matrices, as vectors of the same norm",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &matrix_teacher };
RATE_PLUGIN("matrix-teacher", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
