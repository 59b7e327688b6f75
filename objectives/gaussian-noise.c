/* gaussian-noise (wrapper): f_s(x) = f(x) + sigma/sqrt(d) <z, x>, z standard normal, around any objective f.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The gradient of a sample is grad f + sigma/sqrt(d) z: unbiased, E |noise|^2 = sigma^2 exactly, and as smooth and
 * convex as f. All of the inner objective is handed on except that it is a sum (finite-sum/1, glm/1, block/1; L_i,
 * f_i_star, Delta_star, strong_growth, noise_max, G_inf). Its own constants: noise2 = sigma^2 (noise.normal, too, which
 * says that it is normal), noise_additive = 1;
 * interpolation = 0 and strong_growth unknown, unless sigma = 0; sigma_star2 = sigma^2 if there is no h and no
 * feasible set (there grad f(x_star) = 0); L_max = L of f; G becomes sqrt(G^2 + sigma^2), as E |g|^2 = |grad f|^2 +
 * sigma^2, and G_mean is G of f. The noise is bounded by no number, but E exp(|noise|^2/s^2) = e for noise_subgauss =
 * s, s^2 = 2 sigma^2/(d (1 - exp(-2/d))).
 * An objective that has samples of its own (stream/1) is refused.
 *
 *     ratecheck verify sgd-strongly-convex --objective quadratic:d=50,kappa=1e3+gaussian-noise:sigma=0.1
 */
#include "common.h"

enum { SIGMA };
static const rate_param params[] = { [SIGMA] = { "sigma", RATE_REAL, "1", 0, 1e100, NULL, "sqrt(E |noise|^2)" } };

struct noise {
	struct facts known; /* d only */
	double sigma;
	rate_function inner;
	const rate_constants *constants;
	const rate_composite *composite;
	const rate_projection *projection;
	const rate_lmo *lmo;
	const rate_network *network;
	const rate_hessian *hessian;
	const rate_gap *gap;
	const rate_start *start;
	rate_hessian own_hessian; /* either callback may be NULL */
};

static const void *inner_interface(const rate_function *f, const char *name)
{
	return RATE_HAS(f->cls, rate_objective, interface) && f->cls->interface
	    ? f->cls->interface(f->self, name) : NULL;
}

/* ---- Handed on: each callback with the state of the inner objective ---- */

static int value(void *self, const double *x, double *f)
{
	const struct noise *w = self;

	return w->inner.cls->value(w->inner.self, x, f);
}

static int gradient(void *self, const double *x, double *g)
{
	const struct noise *w = self;

	return w->inner.cls->gradient(w->inner.self, x, g);
}

static int composite_value(void *self, const double *x, double *h)
{
	const struct noise *w = self;

	return w->composite->value(w->inner.self, x, h);
}

static int composite_prox(void *self, double gamma, const double *x, double *p)
{
	const struct noise *w = self;

	return w->composite->prox(w->inner.self, gamma, x, p);
}

static int project(void *self, const double *x, double *p)
{
	const struct noise *w = self;

	return w->projection->project(w->inner.self, x, p);
}

static int minimise(void *self, const double *c, double *s)
{
	const struct noise *w = self;

	return w->lmo->minimise(w->inner.self, c, s);
}

static size_t agents(void *self)
{
	const struct noise *w = self;

	return w->network->agents(w->inner.self);
}

static int mix(void *self, const double *x, double *out)
{
	const struct noise *w = self;

	return w->network->mix(w->inner.self, x, out);
}

static int product(void *self, const double *x, const double *v, double *out)
{
	const struct noise *w = self;

	return w->hessian->product(w->inner.self, x, v, out);
}

static int dense(void *self, const double *x, double *out)
{
	const struct noise *w = self;

	return w->hessian->dense(w->inner.self, x, out);
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct noise *w = self;

	return w->gap->gap(w->inner.self, x, gap);
}

static int start_at(void *self, double *x)
{
	const struct noise *w = self;

	return w->start->start(w->inner.self, x);
}

/* ---- Its own ---- */

static size_t normals(void *self)
{
	return facts_dim(self);
}

static int sample_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	const struct noise *w = self;
	size_t d = w->known.d;
	int rc = value(self, x, f);

	*f += w->sigma / sqrt((double)d) * dot(d, s->normal, x);
	return rc;
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	const struct noise *w = self;
	size_t d = w->known.d;
	int rc = gradient(self, x, g);

	axpy(d, w->sigma / sqrt((double)d), s->normal, g);
	return rc;
}

static int inner_scalar(const struct noise *w, const char *name, rate_constant *out)
{
	return w->constants ? w->constants->scalar(w->inner.self, name, out) : RATE_FAIL;
}

static int is_one_of(const char *name, const char *const *list)
{
	while (*list && strcmp(*list, name))
		list++;
	return *list != NULL;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	const struct noise *w = self;
	double variance = w->sigma * w->sigma;
	int known = RATE_OK;

	if (!strcmp(name, "noise2") || !strcmp(name, "noise.normal")) {
		*out = (rate_constant){ out->size, RATE_EXACT, variance, "sigma^2" };
	} else if (!strcmp(name, "noise_additive")) {
		*out = (rate_constant){ out->size, RATE_EXACT, 1, "sigma/sqrt(d) z, whatever x" };
	} else if (!strcmp(name, "interpolation")) {
		*out = (rate_constant){ out->size, RATE_EXACT, !(w->sigma > 0), "samples are tilted" };
	} else if (!strcmp(name, "sigma_star2")) {
		*out = (rate_constant){ out->size, RATE_EXACT, variance, "sigma^2, grad f(x_star) = 0" };
		known = w->composite || w->projection || w->lmo ? RATE_FAIL : RATE_OK;
	} else if (!strcmp(name, "noise_subgauss")) {
		double d = (double)w->known.d;
		*out = (rate_constant){ out->size, RATE_EXACT, sqrt(2 * variance / (d * -expm1(-2 / d))),
		                          "E exp(|noise|^2/s^2) = e" };
	} else if (!strcmp(name, "L_max")) {
		known = inner_scalar(w, "L", out);
	} else if (!strcmp(name, "mu_min")) {
		known = inner_scalar(w, "mu", out);
	} else if (!strcmp(name, "G_mean")) {
		known = inner_scalar(w, "G", out);
	} else {
		known = is_of_draws(name) ? RATE_FAIL : inner_scalar(w, name, out);
		if (known == RATE_OK && !strcmp(name, "G") && w->sigma > 0)
			*out = (rate_constant){ out->size, out->kind == RATE_LOWER ? RATE_LOWER : RATE_UPPER,
				sqrt(out->value * out->value + variance), "sqrt(G^2 + sigma^2)" };
	}
	return known;
}

static int vector(void *self, const char *name, size_t count, double *out)
{
	static const char *const of_sums[] = { "L_i", "f_i_star", NULL };
	const struct noise *w = self;

	if (is_one_of(name, of_sums) || !w->constants || !w->constants->vector)
		return RATE_FAIL;
	return w->constants->vector(w->inner.self, name, count, out);
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct noise *w;

	if (!args->inner)
		return host->fail(host, "gaussian-noise wraps an objective: write OBJECTIVE+gaussian-noise");
	if (inner_interface(args->inner, "stream/1"))
		return host->fail(host, "gaussian-noise: %s has samples of its own", args->inner->cls->id);
	w = facts_new(host, sizeof *w, args->inner->cls->dim(args->inner->self), 0);
	if (!w)
		return RATE_FAIL;
	w->sigma = args->value[SIGMA].real;
	w->inner = *args->inner;
	w->constants = inner_interface(&w->inner, "constants/1");
	w->composite = inner_interface(&w->inner, "composite/1");
	w->projection = inner_interface(&w->inner, "projection/1");
	w->lmo = inner_interface(&w->inner, "lmo/1");
	w->network = inner_interface(&w->inner, "network/1");
	w->hessian = inner_interface(&w->inner, "hessian/1");
	w->gap = inner_interface(&w->inner, "gap/1");
	w->start = inner_interface(&w->inner, "start/1");
	w->own_hessian.size = sizeof w->own_hessian;
	if (w->hessian && w->hessian->product)
		w->own_hessian.product = product;
	if (w->hessian && w->hessian->dense)
		w->own_hessian.dense = dense;
	*self = w;
	return RATE_OK;
}

static const void *offers(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, scalar, vector };
	static const rate_stream stream = { sizeof stream, 0, normals, sample_value, sample_gradient, NULL };
	static const rate_composite composite = { sizeof composite, composite_value, composite_prox };
	static const rate_projection projection = { sizeof projection, project };
	static const rate_lmo lmo = { sizeof lmo, minimise };
	static const rate_network network = { sizeof network, agents, mix };
	static const rate_gap gap = { sizeof gap, gap_at };
	static const rate_start start = { sizeof start, start_at };
	const struct noise *w = self;
	const struct offer table[] = {
		{ "constants/1", &constants },
		{ "stream/1", &stream },
		{ "composite/1", w->composite ? &composite : NULL },
		{ "projection/1", w->projection ? &projection : NULL },
		{ "lmo/1", w->lmo ? &lmo : NULL },
		{ "network/1", w->network ? &network : NULL },
		{ "hessian/1", w->hessian ? &w->own_hessian : NULL },
		{ "gap/1", w->gap ? &gap : NULL },
		{ "start/1", w->start ? &start : NULL },
	};

	return find_offer(table, sizeof table / sizeof table[0], name);
}

static const rate_objective gaussian_noise = { OBJECTIVE,
	.id = "gaussian-noise",
	.title = "Gaussian gradient noise",
	.summary = "adds sigma/sqrt(d) <z, x>, z standard normal, to every sample: noise of variance sigma^2",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &gaussian_noise };
RATE_PLUGIN("gaussian-noise", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
