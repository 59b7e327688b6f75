/* rare-noise (wrapper): the n terms f(x) + s x_1, f(x) - s x_1, and n - 2 times f(x) itself, s = sigma (n/2)^(1/alpha).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Noise that is nearly always 0, and large where it is not: its moment of order alpha is E |g - grad f|^alpha =
 * sigma^alpha for every n, while its variance sigma^2 (n/2)^(2/alpha - 1) grows with n if alpha < 2. What clipping is
 * for. With n = 2 it is noise of the two values +-sigma. It does not depend on x.
 *
 * Constants: as those of sign-noise, with noise2 = 2 s^2/n, noise_max = s; besides, the order and size of the moment,
 * tail.alpha and tail.sigma. An objective with samples or terms of its own is refused, and one with an h or a feasible
 * set: wrap the noise.
 *
 *     ratecheck verify clip-hp --objective abs+rare-noise:n=2000,sigma=0.1,alpha=1.1
 */
#include "wrapper.h"

enum { TERMS, SIGMA, ORDER };
static const rate_param params[] = {
	[TERMS] = { "n", RATE_INTEGER, "1000", 2, 1e6, NULL, "terms, of which two have noise" },
	[SIGMA] = { "sigma", RATE_REAL, "0.1", 0, 1e40, NULL, "the root of order alpha of that moment of the noise" },
	[ORDER] = { "alpha", RATE_REAL, "1.5", 1.01, 2, NULL, "order of the moment" },
};

struct noise {
	struct wrapped w;
	size_t n;
	double s;
};

static size_t count(void *self)
{
	return ((const struct noise *)self)->n;
}

static double tilt(const struct noise *n, size_t i)
{
	return i == 0 ? n->s : i == 1 ? -n->s : 0;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct noise *n = self;
	int rc = wrapped_value(self, x, f);

	*f += tilt(n, i) * x[0];
	return rc;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct noise *n = self;
	int rc = wrapped_gradient(self, x, g);

	g[0] += tilt(n, i);
	return rc;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct noise *n;
	const rate_value *v = args->value;
	double sigma = v[SIGMA].real, alpha = v[ORDER].real, terms = (double)v[TERMS].integer, noise2, G, L;

	if (args->inner && inner_interface(args->inner, "stream/1"))
		return host->fail(host, "%s has samples of its own", args->inner->cls->id);
	if (!(n = wrap(host, args, "rare-noise", sizeof *n, 0)))
		return RATE_FAIL;
	if (n->w.sum && n->w.sum->count(n->w.inner.self) > 1) {
		free(n);
		return host->fail(host, "%s is a sum already", args->inner->cls->id);
	}
	n->n = (size_t)v[TERMS].integer;
	n->s = sigma * pow(terms / 2, 1 / alpha);
	noise2 = 2 * n->s * n->s / terms;
	n->w.keeps_minimiser = 1;
	know(n, "noise2", RATE_EXACT, noise2, "2 s^2/n");
	know(n, "noise_max", RATE_EXACT, n->s, "s");
	know(n, "tail.alpha", RATE_EXACT, alpha, "given");
	know(n, "tail.sigma", RATE_EXACT, sigma, "(2 s^alpha/n)^(1/alpha)");
	know(n, "noise_additive", RATE_EXACT, 1, "independent of x");
	know(n, "interpolation", RATE_EXACT, !(sigma > 0), "terms are tilted");
	if (inner_scalar(&n->w, "G", &G) == RATE_OK) {
		know(n, "G", RATE_UPPER, sqrt(G * G + noise2), "sqrt(G^2 + noise2)");
		know(n, "G_mean", RATE_UPPER, G, "G of f");
	}
	if (inner_scalar(&n->w, "G_inf", &G) == RATE_OK)
		know(n, "G_inf", RATE_UPPER, G + n->s, "G_inf + s");
	if (inner_scalar(&n->w, "mu", &L) == RATE_OK)
		know(n, "mu_min", RATE_LOWER, L, "mu of f");
	if (inner_scalar(&n->w, "L", &L) == RATE_OK) {
		know(n, "L_max", RATE_EXACT, L, "L of f");
		know(n, "sigma_star2", RATE_EXACT, noise2, "noise2, grad f(x_star) = 0");
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

static const rate_objective rare_noise = { OBJECTIVE,
	.id = "rare-noise",
	.title = "Rare and large gradient noise",
	.summary = "noise of size s in two of n terms, of a given moment",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &rare_noise };
RATE_PLUGIN("rare-noise", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
