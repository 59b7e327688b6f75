/* affine-noise (wrapper): 2 d p terms around any objective f in R^d, p f(x) +- sigma x_j for one in p of them and +-
 * sigma x_j for the others. A random term is a gradient that is scaled by p or dropped, plus noise of norm sigma.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The mean of the terms is f, and E |g - grad f|^2 = sigma^2 + (p - 1)|grad f|^2, exactly: noise_M = sigma^2,
 * noise_MV = p - 1.
 *
 * Constants: convex, L, mu, f_star, x_star, ... of f; L_i is p L for one in p and 0 for the others, L_max = p L; G
 * becomes sqrt(p G^2 + sigma^2), and G_mean is G of f; sigma_star2 = sigma^2 if f is smooth; interpolation = 0 unless
 * sigma = 0, and then strong_growth = p; noise_additive = 0 unless p = 1. Delta_star, f_i_star unknown. An objective
 * with samples or terms of its own is refused, and one with an h or a feasible set.
 *
 *     ratecheck verify sg-affine-constant --objective quadratic:d=4,kappa=20+affine-noise:p=4,sigma=0.5
 */
#include "wrapper.h"

enum { P, SIGMA };
static const rate_param params[] = {
	[P] = { "p", RATE_INTEGER, "4", 1, 1000, NULL, "f is in one of p terms" },
	[SIGMA] = { "sigma", RATE_REAL, "1", 0, 1e100, NULL, "norm of the noise that is added" },
};

struct noise {
	struct wrapped w;
	size_t p;
	double sigma;
};

static size_t count(void *self)
{
	return 2 * facts_dim(self) * ((const struct noise *)self)->p;
}

/* Terms 2j and 2j + 1 modulo 2d add sigma x_j and take it off; the first 2d have f. */
static double tilt(const struct noise *n, size_t i)
{
	return i % 2 ? -n->sigma : n->sigma;
}

static double share(const struct noise *n, size_t i)
{
	return i < 2 * n->w.known.d ? (double)n->p : 0;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct noise *n = self;
	int rc = RATE_OK;

	*f = 0;
	if (share(n, i) > 0)
		rc = wrapped_value(self, x, f);
	*f = share(n, i) * *f + tilt(n, i) * x[i % (2 * n->w.known.d) / 2];
	return rc;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct noise *n = self;
	size_t d = n->w.known.d;
	int rc = RATE_OK;

	memset(g, 0, d * sizeof *g);
	if (share(n, i) > 0)
		rc = wrapped_gradient(self, x, g);
	for (size_t j = 0; j < d; j++)
		g[j] *= share(n, i);
	g[i % (2 * d) / 2] += tilt(n, i);
	return rc;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct noise *n;
	double sigma = args->value[SIGMA].real, p = (double)args->value[P].integer, of_f;

	if (args->inner && inner_interface(args->inner, "stream/1"))
		return host->fail(host, "%s has samples of its own", args->inner->cls->id);
	if (!(n = wrap(host, args, "affine-noise", sizeof *n, 0)))
		return RATE_FAIL;
	if (n->w.sum && n->w.sum->count(n->w.inner.self) > 1) {
		free(n);
		return host->fail(host, "%s is a sum already", args->inner->cls->id);
	}
	n->sigma = sigma;
	n->p = (size_t)p;
	n->w.keeps_minimiser = 1;
	know(n, "noise_M", RATE_UPPER, sigma * sigma, "sigma^2");
	know(n, "noise_MV", RATE_UPPER, p - 1, "p - 1");
	know(n, "noise_additive", RATE_EXACT, !(p > 1), "the gradient is scaled");
	know(n, "interpolation", RATE_EXACT, !(sigma > 0), "terms are tilted");
	if (!(p > 1)) {
		know(n, "noise2", RATE_EXACT, sigma * sigma, "sigma^2");
		know(n, "noise_max", RATE_EXACT, sigma, "sigma");
	}
	if (!(sigma > 0))
		know(n, "strong_growth", RATE_UPPER, p, "p grad f or 0");
	if (inner_scalar(&n->w, "G", &of_f) == RATE_OK) {
		know(n, "G", RATE_UPPER, sqrt(p * of_f * of_f + sigma * sigma), "sqrt(p G^2 + sigma^2)");
		know(n, "G_mean", RATE_UPPER, of_f, "G of f");
	}
	if (inner_scalar(&n->w, "L", &of_f) == RATE_OK) {
		know(n, "L_max", RATE_EXACT, p * of_f, "p L");
		know(n, "sigma_star2", RATE_EXACT, sigma * sigma, "sigma^2, grad f(x_star) = 0");
	}
	*self = n;
	return RATE_OK;
}

/* What the inner objective says of its one term does not hold for these. */
static int scalar(void *self, const char *name, rate_constant *out)
{
	if (facts_scalar(self, name, out) == RATE_OK)
		return RATE_OK;
	if (is_of_draws(name) || !strcmp(name, "sigma_star2") || !strcmp(name, "L_max"))
		return RATE_FAIL;
	return wrapped_scalar(self, name, out);
}

static int vector(void *self, const char *name, size_t n, double *out)
{
	double L;

	if (strcmp(name, "L_i"))
		return strcmp(name, "f_i_star") ? wrapped_vector(self, name, n, out) : RATE_FAIL;
	if (inner_scalar(self, "L", &L))
		return RATE_FAIL;
	for (size_t i = 0; i < n; i++)
		out[i] = share(self, i) * L;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, scalar, vector };
	static const struct offer own[] = { { "constants/1", &constants }, { "finite-sum/1", &sum } };

	return strcmp(name, "glm/1") ? wrapped_interface(self, name, own, 2) : NULL;
}

static const rate_objective affine_noise = { OBJECTIVE,
	.id = "affine-noise",
	.title = "Gradient noise that grows with the gradient",
	.summary = "p f(x) for one term in p, and +- sigma x_j: noise of variance sigma^2 + (p - 1)|grad f|^2",
	.source = "the noise of Bottou, Curtis and Nocedal 2018",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &affine_noise };
RATE_PLUGIN("affine-noise", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
