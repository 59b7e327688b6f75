/* sign-noise (wrapper): the 2d terms f(x) + sigma x_j and f(x) - sigma x_j around any objective f in R^d.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A finite sum whose mean is f: the gradient of a random term is grad f -+ sigma e_j. The noise has norm sigma
 * always, so noise_max = sigma and noise2 = sigma^2, exactly, and it does not depend on x: noise_additive = 1. In one
 * dimension there are two terms, and the 2^T paths of a method can be enumerated.
 *
 * Constants: convex, L, mu, f_star, x_star, ... of f; L_i = L; G becomes sqrt(G^2 + sigma^2), as the mean of |g_i|^2 is
 * |grad f|^2 + sigma^2, G_inf grows by sigma, G_mean is G of f, and mu_min is mu; interpolation = 0 unless sigma = 0;
 * sigma_star2 = sigma^2 if f is smooth and there is no feasible set; Delta_star unknown. An objective
 * with samples or terms of its own is refused, and one with an h or a feasible set: wrap the noise, as in
 * f+sign-noise+ball.
 *
 *     ratecheck verify li-hp-bounded --objective abs+sign-noise:sigma=2
 */
#include "wrapper.h"

enum { SIGMA };
static const rate_param params[] = { [SIGMA] = { "sigma", RATE_REAL, "1", 0, 1e100, NULL, "norm of the noise" } };

struct noise {
	struct wrapped w;
	double sigma;
};

static size_t count(void *self)
{
	return 2 * facts_dim(self);
}

/* Term 2j adds sigma x_j, term 2j + 1 takes it off. */
static double tilt(const struct noise *n, size_t i)
{
	return i % 2 ? -n->sigma : n->sigma;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct noise *n = self;
	int rc = wrapped_value(self, x, f);

	*f += tilt(n, i) * x[i / 2];
	return rc;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct noise *n = self;
	int rc = wrapped_gradient(self, x, g);

	g[i / 2] += tilt(n, i);
	return rc;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct noise *n;
	double sigma = args->value[SIGMA].real, G, L;

	if (args->inner && inner_interface(args->inner, "stream/1"))
		return host->fail(host, "%s has samples of its own", args->inner->cls->id);
	if (!(n = wrap(host, args, "sign-noise", sizeof *n, 0)))
		return RATE_FAIL;
	if (n->w.sum && n->w.sum->count(n->w.inner.self) > 1) {
		free(n);
		return host->fail(host, "%s is a sum already", args->inner->cls->id);
	}
	n->sigma = sigma;
	n->w.keeps_minimiser = 1;
	know(n, "noise2", RATE_EXACT, sigma * sigma, "sigma^2");
	know(n, "noise_max", RATE_EXACT, sigma, "sigma");
	know(n, "noise_additive", RATE_EXACT, 1, "independent of x");
	know(n, "interpolation", RATE_EXACT, !(sigma > 0), "terms are tilted");
	if (inner_scalar(&n->w, "G", &G) == RATE_OK) {
		know(n, "G", RATE_UPPER, sqrt(G * G + sigma * sigma), "sqrt(G^2 + sigma^2)");
		know(n, "G_mean", RATE_UPPER, G, "G of f");
	}
	if (inner_scalar(&n->w, "G_inf", &G) == RATE_OK)
		know(n, "G_inf", RATE_UPPER, G + sigma, "G_inf + sigma");
	if (inner_scalar(&n->w, "mu", &L) == RATE_OK)
		know(n, "mu_min", RATE_LOWER, L, "mu of f");
	if (inner_scalar(&n->w, "L", &L) == RATE_OK) {
		know(n, "L_max", RATE_EXACT, L, "L of f");
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
	return is_of_draws(name) || !strcmp(name, "sigma_star2") ? RATE_FAIL : wrapped_scalar(self, name, out);
}

static int vector(void *self, const char *name, size_t n, double *out)
{
	return !strcmp(name, "L_i") || !strcmp(name, "f_i_star") ? RATE_FAIL : wrapped_vector(self, name, n, out);
}

static const void *interface(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, scalar, vector };
	static const struct offer own[] = { { "constants/1", &constants }, { "finite-sum/1", &sum } };

	return strcmp(name, "glm/1") ? wrapped_interface(self, name, own, 2) : NULL;
}

static const rate_objective sign_noise = { OBJECTIVE,
	.id = "sign-noise",
	.title = "Gradient noise of a fixed norm",
	.summary = "the terms f(x) +- sigma x_j: noise of norm sigma in every step",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &sign_noise };
RATE_PLUGIN("sign-noise", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
