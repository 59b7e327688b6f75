/* scaled (wrapper, for tests): a f(x/b) + c, with all that follows of the constants; and gaps only by subtraction,
 * unless gap=1. Numbers of any size are made of any objective.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "objectives/wrapper.h"

enum { A, B, C, GAP };
static const rate_param params[] = { [A] = { "a", RATE_REAL, "1", 1e-100, 1e100, NULL, "scale of the values" },
	[B] = { "b", RATE_REAL, "1", 1e-100, 1e100, NULL, "scale of the points" },
	[C] = { "c", RATE_REAL, "0", 0, 0, NULL, "added to the values" },
	[GAP] = { "gap", RATE_INTEGER, "0", 0, 1, NULL,
	          "1: hand on f(x) - f_star where it is known without cancellation" } };

struct scaled {
	struct facts known; /* start, d */
	rate_function inner;
	double a, b, c, *x; /* x: the point that f sees */
	int gap;
	const rate_constants *constants;
	const rate_finite_sum *sum;
	const rate_stream *stream;
	const rate_composite *composite;
	const rate_projection *projection;
	const rate_hessian *hessian;
	const rate_lmo *lmo;
	const rate_gap *inner_gap;
	rate_finite_sum own_sum;
	rate_stream own_stream;
};

/* A constant goes with a^p b^q. */
static const struct unit { const char *name; int p, q; } units[] = {
	{ "convex", 0, 0 }, { "interpolation", 0, 0 }, { "field", 0, 0 }, { "monotone", 0, 0 }, { "skew", 0, 0 },
	{ "sigma_min", 1, -2 }, { "strong_growth", 0, 0 }, { "noise_additive", 0, 0 }, { "L", 1, -2 },
	{ "mu", 1, -2 }, { "pl", 1, -2 }, { "L_max", 1, -2 }, { "mu_h", 1, -2 }, { "mu_min", 1, -2 },
	{ "rho_weak", 1, -2 }, { "rho_terms", 1, -2 }, { "rho_model", 1, -2 },
	{ "L0", 1, -2 }, { "L_i", 1, -2 }, { "G", 1, -1 }, { "G_mean", 1, -1 }, { "noise_max", 1, -1 },
	{ "noise_subgauss", 1, -1 }, { "noise2", 2, -2 }, { "sigma_star2", 2, -2 }, { "L_2", 1, -3 }, { "L1", 0, -1 },
	{ "diameter", 0, 1 }, { "x_star", 0, 1 }, { "Delta_star", 1, 0 }, { "f_star", 1, 0 }, { "F_star", 1, 0 },
	{ "f_i_star", 1, 0 }, { "mu_star", 1, -2 }, { "G_inf", 1, -1 }, { "loss_range", 1, -1 }, { "noise_M", 2, -2 },
	{ "noise_MV", 0, 0 }, { "pl_F", 1, -2 }, { "even", 0, 0 }, { "tent", 0, 1 }, { "box", 0, 1 },
	{ "minimax", 0, 0 }, { "drori", 0, 0 }, { "two_points", 0, 0 }, { "median", 0, 1 },
};

static int convert(const struct scaled *s, const char *name, size_t count, double *v)
{
	for (size_t k = 0; k < sizeof units / sizeof *units; k++)
		if (!strcmp(units[k].name, name)) {
			double unit = pow(s->a, units[k].p) * pow(s->b, units[k].q);
			/* The stars of values move with them. */
			double more = units[k].p == 1 && units[k].q == 0 && *name != 'D' ? s->c : 0;
			for (size_t i = 0; i < count; i++)
				v[i] = unit * v[i] + more;
			return RATE_OK;
		}
	return RATE_FAIL;
}

static const double *inside(struct scaled *s, const double *x)
{
	for (size_t j = 0; j < s->known.d; j++)
		s->x[j] = x[j] / s->b;
	return s->x;
}

static int times(const struct scaled *s, int rc, double unit, double *v)
{
	for (size_t j = 0; j < s->known.d; j++)
		v[j] *= unit;
	return rc;
}

static int outside(const struct scaled *s, int rc, double more, double *f)
{
	*f = s->a * *f + more;
	return rc;
}

static int value(void *self, const double *x, double *f)
{
	struct scaled *s = self;

	return outside(s, s->inner.cls->value(s->inner.self, inside(s, x), f), s->c, f);
}

static int gradient(void *self, const double *x, double *g)
{
	struct scaled *s = self;

	return times(s, s->inner.cls->gradient(s->inner.self, inside(s, x), g), s->a / s->b, g);
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	struct scaled *s = self;

	if (!s->constants || s->constants->scalar(s->inner.self, name, out) != RATE_OK)
		return RATE_FAIL;
	return convert(s, name, 1, &out->value);
}

static int vector(void *self, const char *name, size_t count, double *out)
{
	struct scaled *s = self;

	if (!s->constants || !s->constants->vector || s->constants->vector(s->inner.self, name, count, out) != RATE_OK)
		return RATE_FAIL;
	return convert(s, name, count, out);
}

static int gap_at(void *self, const double *x, double *gap)
{
	struct scaled *s = self;

	return outside(s, s->inner_gap->gap(s->inner.self, inside(s, x), gap), 0, gap);
}

static size_t terms(void *self)
{
	struct scaled *s = self;

	return s->sum->count(s->inner.self);
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	struct scaled *s = self;

	return outside(s, s->sum->value(s->inner.self, i, inside(s, x), f), s->c, f);
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	struct scaled *s = self;

	return times(s, s->sum->gradient(s->inner.self, i, inside(s, x), g), s->a / s->b, g);
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	struct scaled *s = self;

	return times(s, s->sum->prox(s->inner.self, i, gamma * s->a / s->b / s->b, inside(s, x), p), s->b, p);
}

static size_t normals(void *self)
{
	struct scaled *s = self;

	return s->stream->normals(s->inner.self);
}

static int sample_value(void *self, const rate_stream_sample *z, const double *x, double *f)
{
	struct scaled *s = self;

	return outside(s, s->stream->value(s->inner.self, z, inside(s, x), f), s->c, f);
}

static int sample_gradient(void *self, const rate_stream_sample *z, const double *x, double *g)
{
	struct scaled *s = self;

	return times(s, s->stream->gradient(s->inner.self, z, inside(s, x), g), s->a / s->b, g);
}

static int comparator(void *self, uint64_t T, double *x)
{
	struct scaled *s = self;

	return times(s, s->stream->comparator(s->inner.self, T, x), s->b, x);
}

static int h_value(void *self, const double *x, double *h)
{
	struct scaled *s = self;

	return outside(s, s->composite->value(s->inner.self, inside(s, x), h), 0, h);
}

static int h_prox(void *self, double gamma, const double *x, double *p)
{
	struct scaled *s = self;

	return times(s, s->composite->prox(s->inner.self, gamma * s->a / s->b / s->b, inside(s, x), p), s->b, p);
}

static int project(void *self, const double *x, double *p)
{
	struct scaled *s = self;

	return times(s, s->projection->project(s->inner.self, inside(s, x), p), s->b, p);
}

static int product(void *self, const double *x, const double *v, double *out)
{
	struct scaled *s = self;

	return times(s, s->hessian->product(s->inner.self, inside(s, x), v, out), s->a / s->b / s->b, out);
}

static int farthest(void *self, const double *c, double *v)
{
	struct scaled *s = self;

	return times(s, s->lmo->minimise(s->inner.self, c, v), s->b, v);
}

static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_gap gap = { sizeof gap, gap_at };
static const rate_composite composite = { sizeof composite, h_value, h_prox };
static const rate_projection projection = { sizeof projection, project };
static const rate_hessian hessian = { sizeof hessian, product, NULL };
static const rate_lmo lmo = { sizeof lmo, farthest };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_function *f = args->inner;
	size_t d = f ? f->cls->dim(f->self) : 0;
	const rate_start *start;
	struct scaled *s;
	double *x0;

	if (!f)
		return host->fail(host, "scaled wraps an objective: write OBJECTIVE+scaled");
	if (!(s = facts_new(host, sizeof *s, d, 2 * d)))
		return RATE_FAIL;
	s->inner = *f;
	s->a = args->value[A].real;
	s->b = args->value[B].real;
	s->c = args->value[C].real;
	s->gap = args->value[GAP].integer != 0;
	s->x = facts_take(s, d);
	s->known.start = x0 = facts_take(s, d);
	s->constants = inner_interface(f, "constants/1");
	s->sum = inner_interface(f, "finite-sum/1");
	s->stream = inner_interface(f, "stream/1");
	s->composite = inner_interface(f, "composite/1");
	s->projection = inner_interface(f, "projection/1");
	s->hessian = inner_interface(f, "hessian/1");
	s->lmo = inner_interface(f, "lmo/1");
	s->inner_gap = inner_interface(f, "gap/1");
	start = inner_interface(f, "start/1");
	s->own_sum = (rate_finite_sum){ sizeof s->own_sum, terms, term_value, term_gradient,
		s->sum && s->sum->prox ? term_prox : NULL };
	s->own_stream = (rate_stream){ sizeof s->own_stream, s->stream ? s->stream->deterministic : 0,
		s->stream && s->stream->normals ? normals : NULL, sample_value, sample_gradient,
		s->stream && s->stream->comparator ? comparator : NULL };
	if (start && start->start(f->self, x0))
		return RATE_FAIL;
	times(s, RATE_OK, s->b, x0);
	*self = s;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	const struct scaled *s = self;
	const struct offer table[] = { { "constants/1", &constants }, { "start/1", &facts_start_at },
		{ "finite-sum/1", s->sum ? &s->own_sum : NULL }, { "stream/1", s->stream ? &s->own_stream : NULL },
		{ "composite/1", s->composite ? &composite : NULL },
		{ "projection/1", s->projection ? &projection : NULL },
		{ "hessian/1", s->hessian && s->hessian->product ? &hessian : NULL },
		{ "lmo/1", s->lmo ? &lmo : NULL }, { "gap/1", s->inner_gap && s->gap ? &gap : NULL } };

	return find_offer(table, sizeof table / sizeof table[0], name);
}

static const rate_objective scaled = { OBJECTIVE,
	.id = "scaled",
	.title = "Scaled",
	.summary = "a f(x/b) + c",
	.source = "standard",
	.flags = RATE_WRAPPER,
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = interface,
};

static const rate_objective *const objectives[] = { &scaled };
RATE_PLUGIN("scaled", "1", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
