/* online-linear: losses <c_t, x> on the box [-1, 1]^d, entries of c_t uniform in (-1, 1).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * c_t depends on the data seed and t alone. The objective itself is the mean c of the first 1000 losses.
 *
 * Constants: G_inf = 1 and G = sqrt(d) as entries are below 1; box = 2, diameter = 2 sqrt(d); x_star = -sign c,
 * f_star = -|c|_1; the gap is sum |c_i| (1 - x_i x_star_i). comparator(T) is minus the sign of the sum of the first T
 * losses, at O(T d). Start: (1, ..., 1).
 *
 *     ratecheck verify ogd-regret --objective online-linear:d=5
 */
#include "common.h"

enum { D };
static const rate_param params[] = { [D] = { "d", RATE_INTEGER, "5", 1, 1e6, NULL, "dimension" } };

struct linear {
	struct facts known;
	const rate_host *host;
	uint64_t seed;
	double *c, *best;
	double *loss; /* overwritten by every call */
};

static void draw(const struct linear *q, uint64_t t, double *c)
{
	q->host->uniforms(q->host, q->seed, t, q->known.d, c);
	for (size_t i = 0; i < q->known.d; i++)
		c[i] = 2 * c[i] - 1;
}

static void add_losses(struct linear *q, uint64_t T, double *sum)
{
	memset(sum, 0, q->known.d * sizeof(double));
	for (uint64_t t = 0; t < T; t++) {
		draw(q, t, q->loss);
		axpy(q->known.d, 1, q->loss, sum);
	}
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t d = (size_t)args->value[D].integer;
	struct linear *q = facts_new(host, sizeof *q, d, 4 * d);
	double f_star = 0, *x0;

	if (!q)
		return RATE_FAIL;
	q->host = host;
	q->seed = args->seed;
	q->c = facts_take(q, d);
	q->best = facts_take(q, d);
	q->loss = facts_take(q, d);
	q->known.start = x0 = facts_take(q, d);
	add_losses(q, 1000, q->c);
	for (size_t i = 0; i < d; i++) {
		q->c[i] /= 1000;
		q->best[i] = -sign(q->c[i]);
		f_star -= fabs(q->c[i]);
		x0[i] = 1;
	}
	know(q, "convex", RATE_EXACT, 1, "linear losses");
	know(q, "G", RATE_UPPER, sqrt((double)d), "|c_t| <= sqrt d");
	know(q, "G_inf", RATE_UPPER, 1, "entries below 1");
	know(q, "diameter", RATE_EXACT, 2 * sqrt((double)d), "diagonal of the box");
	know(q, "box", RATE_EXACT, 2, "side of the box");
	know(q, "f_star", RATE_EXACT, f_star, "-|c|_1");
	know_vector(q, "x_star", d, q->best);
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct linear *q = self;

	*f = dot(q->known.d, q->c, x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct linear *q = self;

	(void)x;
	memcpy(g, q->c, q->known.d * sizeof(double));
	return RATE_OK;
}

static size_t normals(void *self)
{
	(void)self;
	return 0;
}

static int round_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	const struct linear *q = self;

	draw(q, s->t, q->loss);
	*f = dot(q->known.d, q->loss, x);
	return RATE_OK;
}

static int round_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	(void)x;
	draw(self, s->t, g);
	return RATE_OK;
}

static int comparator(void *self, uint64_t T, double *x)
{
	struct linear *q = self;

	add_losses(q, T, x);
	for (size_t i = 0; i < q->known.d; i++)
		x[i] = -sign(x[i]);
	return RATE_OK;
}

static int project(void *self, const double *x, double *p)
{
	for (size_t i = 0; i < facts_dim(self); i++)
		p[i] = fmax(-1, fmin(x[i], 1));
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct linear *q = self;

	*gap = 0;
	for (size_t i = 0; i < q->known.d; i++)
		*gap += fabs(q->c[i]) * (1 - q->best[i] * x[i]);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_stream stream = { sizeof stream, 1, normals, round_value, round_gradient, comparator };
static const rate_projection projection = { sizeof projection, project };
OFFERS({ "gap/1", &gap }, { "stream/1", &stream }, { "projection/1", &projection })

static const rate_objective online_linear = { OBJECTIVE,
	.id = "online-linear",
	.title = "Random linear losses on a box",
	.summary = "online, on [-1, 1]^d: <c_t, x> with entries of c_t uniform in (-1, 1)",
	.source = "standard; Zinkevich, ICML 2003",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &online_linear };
RATE_PLUGIN("online-linear", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
