/* stable-noise (wrapper): f_s(x) = f(x) + scale sum_j S_j x_j with independent symmetric alpha-stable S_j: E exp(iuS) =
 * exp(-|u|^alpha), 0 < alpha <= 2.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sums of such noise are of the same kind, scaled by n^(1/alpha); for alpha < 2 it has no variance, for alpha <= 1 no
 * mean (then f is the mean of no samples: what is left is the law). alpha = 2 is normal with variance 2, alpha = 1 is
 * Cauchy. Made of four normals a coordinate (Chambers, Mallows and Stuck): V = arctan(z_1/z_2), E = (z_3^2 + z_4^2)/2,
 *
 *     S = sin(alpha V)/cos(V)^(1/alpha) (cos((1 - alpha) V)/E)^((1 - alpha)/alpha).
 *
 * Constants: those of f; stable.alpha, stable.scale; noise_additive; no bound on any noise; for alpha = 2 noise2 = 2 d
 * scale^2. An objective with samples of its own is refused, and one with an h or a feasible set: wrap the noise.
 *
 *     ratecheck verify stable-sgd-law --objective quadratic:d=1,L=1+stable-noise:alpha=1.5
 */
#include "wrapper.h"

enum { ORDER, SCALE };
static const rate_param params[] = {
	[ORDER] = { "alpha", RATE_REAL, "1.5", 0.2, 2, NULL, "index of the law" },
	[SCALE] = { "scale", RATE_REAL, "1", 0, 1e40, NULL, "scale of the noise" },
};

struct noise {
	struct wrapped w;
	double alpha, scale;
};

static size_t normals(void *self)
{
	return 4 * facts_dim(self);
}

static double stable(double alpha, const double *z)
{
	double V = atan2(z[0] * (z[1] < 0 ? -1 : 1), fabs(z[1])), E = (z[2] * z[2] + z[3] * z[3]) / 2;

	if (alpha == 1)
		return tan(V);
	return sin(alpha * V) / pow(cos(V), 1 / alpha) * pow(cos((1 - alpha) * V) / E, (1 - alpha) / alpha);
}

static int sample_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	const struct noise *n = self;
	int rc = wrapped_value(self, x, f);

	for (size_t j = 0; j < n->w.known.d; j++)
		*f += n->scale * stable(n->alpha, s->normal + 4 * j) * x[j];
	return rc;
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	const struct noise *n = self;
	int rc = wrapped_gradient(self, x, g);

	for (size_t j = 0; j < n->w.known.d; j++)
		g[j] += n->scale * stable(n->alpha, s->normal + 4 * j);
	return rc;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct noise *n;
	double L;

	if (args->inner && inner_interface(args->inner, "stream/1"))
		return host->fail(host, "stable-noise: %s has samples of its own", args->inner->cls->id);
	if (!(n = wrap(host, args, "stable-noise", sizeof *n, 0)))
		return RATE_FAIL;
	if (n->w.sum && n->w.sum->count(n->w.inner.self) > 1) {
		free(n);
		return host->fail(host, "stable-noise: %s is a sum already", args->inner->cls->id);
	}
	n->alpha = args->value[ORDER].real;
	n->scale = args->value[SCALE].real;
	n->w.keeps_minimiser = 1;
	know(n, "stable.alpha", RATE_EXACT, n->alpha, "given");
	know(n, "stable.scale", RATE_EXACT, n->scale, "given");
	know(n, "noise_additive", RATE_EXACT, 1, "independent of x");
	know(n, "interpolation", RATE_EXACT, !(n->scale > 0), "samples are tilted");
	if (n->alpha == 2)
		know(n, "noise2", RATE_EXACT, 2 * (double)n->w.known.d * n->scale * n->scale, "normal");
	if (inner_scalar(&n->w, "G", &L) == RATE_OK)
		know(n, "G_mean", RATE_UPPER, L, "G of f");
	if (inner_scalar(&n->w, "L", &L) == RATE_OK)
		know(n, "L_max", RATE_UPPER, L, "L of f");
	if (inner_scalar(&n->w, "mu", &L) == RATE_OK)
		know(n, "mu_min", RATE_LOWER, L, "mu of f");
	*self = n;
	return RATE_OK;
}

/* What the inner objective says of its one term, or of all slopes, does not hold for the samples. */
static int scalar(void *self, const char *name, rate_constant *out)
{
	if (facts_scalar(self, name, out) == RATE_OK)
		return RATE_OK;
	return is_of_draws(name) || !strcmp(name, "sigma_star2") || !strcmp(name, "G") ? RATE_FAIL
	                                                                                : wrapped_scalar(self,
	                                                                                    name, out);
}

static int vector(void *self, const char *name, size_t n, double *out)
{
	return !strcmp(name, "L_i") || !strcmp(name, "f_i_star") ? RATE_FAIL : wrapped_vector(self, name, n, out);
}

static const void *interface(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, scalar, vector };
	static const rate_stream stream = { sizeof stream, 0, normals, sample_value, sample_gradient, NULL };
	static const struct offer own[] = { { "constants/1", &constants }, { "stream/1", &stream } };

	return strcmp(name, "glm/1") && strcmp(name, "finite-sum/1") ? wrapped_interface(self, name, own, 2) : NULL;
}

static const rate_objective stable_noise = { OBJECTIVE,
	.id = "stable-noise",
	.title = "Stable gradient noise",
	.summary = "symmetric alpha-stable noise in every coordinate of every sample",
	.source = "Chambers, Mallows and Stuck 1976",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = wrapped_value,
	.gradient = wrapped_gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &stable_noise };
RATE_PLUGIN("stable-noise", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
