/* experts: online linear losses <l_t, x> on the simplex of two: first `alternate` rounds in which they lose in turn,
 * (1, 0), (0, 1), ..., then rounds in which only the second loses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The alternation makes multiplicative weights pay for their step, the constant rounds for their start: the two terms
 * of the regret bound, one after the other. The objective itself is the mean over alternate + constant rounds.
 *
 * Constants: convex; simplex = 1, diameter = sqrt 2, loss_range = 1, G_inf = 1; x_star is the first expert.
 * comparator(T) is the better expert of the first T rounds. Start: (1/2, 1/2).
 *
 *     ratecheck verify hedge-regret --objective experts:alternate=200,constant=40
 */
#include "common.h"

enum { ALTERNATE, CONSTANT };
static const rate_param params[] = {
	[ALTERNATE] = { "alternate", RATE_INTEGER, "200", 0, 1e9, NULL, "rounds in which they lose in turn" },
	[CONSTANT] = { "constant", RATE_INTEGER, "40", 0, 1e9, NULL, "rounds after that, in which the second loses" },
};

struct experts {
	struct facts known;
	uint64_t alternate, rounds;
	double loss[2], start[2], star[2];
};

/* The loss of each expert in round t. */
static void loss_of(const struct experts *e, uint64_t t, double *l)
{
	l[0] = t < e->alternate && t % 2 == 0;
	l[1] = 1 - l[0];
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	uint64_t a = (uint64_t)args->value[ALTERNATE].integer, c = (uint64_t)args->value[CONSTANT].integer;
	struct experts *e;

	if (a + c == 0)
		return host->fail(host, "alternate=0,constant=0: there are no rounds");
	if (!(e = facts_new(host, sizeof *e, 2, 0)))
		return RATE_FAIL;
	e->alternate = a;
	e->rounds = a + c;
	e->loss[0] = (double)((a + 1) / 2) / (double)e->rounds;
	e->loss[1] = (double)(a / 2 + c) / (double)e->rounds;
	e->start[0] = e->start[1] = 0.5;
	e->star[e->loss[1] < e->loss[0]] = 1;
	e->known.start = e->start;
	know(e, "convex", RATE_EXACT, 1, "linear losses");
	know(e, "simplex", RATE_EXACT, 1, "weights of two experts");
	know(e, "diameter", RATE_EXACT, sqrt(2), "between two vertices");
	know(e, "loss_range", RATE_EXACT, 1, "losses are 0 and 1");
	know(e, "G_inf", RATE_EXACT, 1, "losses are 0 and 1");
	know(e, "f_star", RATE_EXACT, fmin(e->loss[0], e->loss[1]), "f(x_star)");
	know_vector(e, "x_star", 2, e->star);
	*self = e;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	*f = dot(2, ((const struct experts *)self)->loss, x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)x;
	memcpy(g, ((const struct experts *)self)->loss, 2 * sizeof *g);
	return RATE_OK;
}

static size_t normals(void *self)
{
	(void)self;
	return 0;
}

static int round_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	double l[2];

	loss_of(self, s->t, l);
	*f = dot(2, l, x);
	return RATE_OK;
}

static int round_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	(void)x;
	loss_of(self, s->t, g);
	return RATE_OK;
}

static int comparator(void *self, uint64_t T, double *x)
{
	const struct experts *e = self;
	uint64_t a = T < e->alternate ? T : e->alternate, first = (a + 1) / 2, second = T - first;

	x[0] = first <= second;
	x[1] = 1 - x[0];
	return RATE_OK;
}

static int project(void *self, const double *x, double *p)
{
	double over = (x[0] + x[1] - 1) / 2;

	(void)self;
	if (x[0] >= 0 && x[1] >= 0 && fabs(over) <= 4e-16) {
		memmove(p, x, 2 * sizeof *p);
		return RATE_OK;
	}
	p[0] = fmax(0, fmin(1, x[0] - over));
	p[1] = 1 - p[0];
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct experts *e = self;
	double least = dot(2, e->loss, e->star);

	*gap = (e->loss[0] - least) * x[0] + (e->loss[1] - least) * x[1];
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
static const rate_stream stream = { sizeof stream, 1, normals, round_value, round_gradient, comparator };
static const rate_projection projection = { sizeof projection, project };
OFFERS({ "gap/1", &gap }, { "stream/1", &stream }, { "projection/1", &projection })

static const rate_objective experts = { OBJECTIVE,
	.id = "experts",
	.title = "Two experts that lose in turn",
	.summary = "online, on the simplex: alternate rounds, then rounds in which the second loses",
	.source = "Cesa-Bianchi and Lugosi, Prediction, Learning, and Games, 2006",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &experts };
RATE_PLUGIN("experts", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
