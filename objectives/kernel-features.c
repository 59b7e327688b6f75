/* kernel-features: kernel ridge regression with the kernel I and random features, the rows phi_1, ..., phi_n of a
 * Hadamard matrix: f_i(x) = <phi_i, x>^2/2 + s2 |x|^2/2 - <y, x>, y = (1, ..., 1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * n is a power of 2 and the dimension. The mean of phi_i phi_i' is I, so f = (1 + s2)|x|^2/2 - <y, x>.
 *
 * Constants, all exact: L = mu = 1 + s2; L_i = n + s2; x_star = y/(1 + s2); f_star = -n/(2(1 + s2));
 * sigma_star2 = (n - 1)|x_star|^2. Its own constant `features` = n. The gap is (1 + s2)/2 |x - x_star|^2. Start: 0.
 *
 *     ratecheck verify krr-features --objective kernel-features:n=4
 */
#include "common.h"

enum { N, RIDGE };
static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "4", 1, 256, NULL, "number of features and of points, a power of 2" },
	[RIDGE] = { "s2", RATE_REAL, "0.1", 1e-50, 1e50, NULL, "the ridge" },
};

struct features {
	struct facts known;
	size_t n;
	double s2;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t n = (size_t)args->value[N].integer;
	double s2 = args->value[RIDGE].real, low = -(double)n / (2 * (1 + s2)), *x_star, *L_i;
	struct features *f;

	if (n & (n - 1))
		return host->fail(host, "kernel-features: n = %zu is no power of 2", n);
	if (!(f = facts_new(host, sizeof *f, n, 3 * n)))
		return RATE_FAIL;
	f->n = n;
	f->s2 = s2;
	f->known.start = facts_take(f, n);
	x_star = facts_take(f, n);
	L_i = facts_take(f, n);
	for (size_t i = 0; i < n; i++) {
		x_star[i] = 1 / (1 + s2);
		L_i[i] = (double)n + s2;
	}
	know(f, "convex", RATE_EXACT, 1, "squares");
	know(f, "L", RATE_EXACT, 1 + s2, "the Hessian is (1 + s2) I");
	know(f, "mu", RATE_EXACT, 1 + s2, "the Hessian is (1 + s2) I");
	know(f, "pl", RATE_EXACT, 1 + s2, "the Hessian is (1 + s2) I");
	know(f, "L_2", RATE_EXACT, 0, "constant Hessian");
	know(f, "L_max", RATE_EXACT, (double)n + s2, "|phi_i|^2 + s2");
	know(f, "f_star", RATE_EXACT, low, "f(x_star)");
	know(f, "sigma_star2", RATE_EXACT, ((double)n - 1) * (double)n / ((1 + s2) * (1 + s2)), "(n - 1)|x_star|^2");
	know(f, "interpolation", RATE_EXACT, n == 1, "one term, or several minimisers");
	know(f, "features", RATE_EXACT, (double)n, "by construction");
	know_vector(f, "x_star", n, x_star);
	know_vector(f, "L_i", n, L_i);
	*self = f;
	return RATE_OK;
}

static size_t count(void *self)
{
	return ((const struct features *)self)->n;
}

/* Entry j of row i of Sylvester's matrix: the parity of the bits that i and j share. */
static double entry(size_t i, size_t j)
{
	size_t both = i & j, odd = 0;

	for (; both; both &= both - 1)
		odd = !odd;
	return odd ? -1 : 1;
}

static double feature(size_t n, size_t i, const double *x)
{
	double sum = 0;

	for (size_t j = 0; j < n; j++)
		sum += entry(i, j) * x[j];
	return sum;
}

static int term_value(void *self, size_t i, const double *x, double *out)
{
	const struct features *f = self;
	double p = feature(f->n, i, x);

	*out = p * p / 2;
	for (size_t j = 0; j < f->n; j++)
		*out += f->s2 * x[j] * x[j] / 2 - x[j];
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct features *f = self;
	double p = feature(f->n, i, x);

	for (size_t j = 0; j < f->n; j++)
		g[j] = p * entry(i, j) + f->s2 * x[j] - 1;
	return RATE_OK;
}

static int value(void *self, const double *x, double *out)
{
	const struct features *f = self;

	*out = 0;
	for (size_t j = 0; j < f->n; j++)
		*out += (1 + f->s2) * x[j] * x[j] / 2 - x[j];
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct features *f = self;

	for (size_t j = 0; j < f->n; j++)
		g[j] = (1 + f->s2) * x[j] - 1;
	return RATE_OK;
}

static int gap(void *self, const double *x, double *out)
{
	const struct features *f = self;

	*out = 0;
	for (size_t j = 0; j < f->n; j++) {
		double e = x[j] - 1 / (1 + f->s2);
		*out += (1 + f->s2) / 2 * e * e;
	}
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct features *f = self;

	(void)x;
	for (size_t j = 0; j < f->n; j++)
		out[j] = (1 + f->s2) * v[j];
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	const struct features *f = self;

	(void)x;
	for (size_t j = 0; j < f->n * f->n; j++)
		out[j] = j % (f->n + 1) == 0 ? 1 + f->s2 : 0;
	return RATE_OK;
}

static const rate_gap gap_offer = { sizeof gap_offer, gap };
static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap_offer }, { "finite-sum/1", &sum }, { "hessian/1", &hessian })

static const rate_objective kernel_features = { OBJECTIVE,
	.id = "kernel-features",
	.title = "Kernel ridge regression with random features",
	.summary = "mean of <phi_i, x>^2/2, rows of a Hadamard matrix, plus a ridge, minus <y, x>",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &kernel_features };
RATE_PLUGIN("kernel-features", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
