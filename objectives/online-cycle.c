/* online-cycle: linear online losses f_t(x) = growth^t s_t x on [-1, 1] (box=0: on the line), s_t the slopes in turn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A regret bound is tested hardest by losses made for it, and for a horizon T any T slopes can be given; slopes=1/-1
 * makes a method with too long steps run to and fro. The objective itself is the mean m x of one turn, without growth.
 *
 * Constants: convex; growth. On the box: box = diameter = 2, and with growth = 1 G = G_inf = max |s_t|, x_star = -1
 * (1 if m < 0), f_star = -|m|, the gap |m| |x - x_star|. comparator(T) is exact. Start: x_0 = start.
 *
 *     ratecheck verify amsgrad-regret --objective online-cycle:slopes=1/-1
 */
#include "linear-losses.h"

enum { SLOPES, GROWTH, BOX, START };
static const rate_param params[] = {
	[SLOPES] = { "slopes", RATE_REALS, "1/-1", -1e100, 1e100, NULL, "slopes of the losses, repeated" },
	[GROWTH] = { "growth", RATE_REAL, "1", 1e-3, 1e3, NULL, "factor of the slopes from round to round" },
	[BOX] = { "box", RATE_INTEGER, "1", 0, 1, NULL, "1: on [-1, 1]; 0: on the whole line" },
	[START] = { "start", RATE_REAL, "1", 0, 0, NULL, "x_0" },
};

struct cycle {
	struct linear_losses on;
	double *slope, growth;
	size_t turn;
	int box;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t turn = p[SLOPES].count;
	struct cycle *c;
	double largest = 0, mean = 0;

	if (!turn)
		return host->fail(host, "slopes: give at least one");
	if (!(c = facts_new(host, sizeof *c, 1, turn)))
		return RATE_FAIL;
	c->turn = turn;
	c->slope = facts_take(c, turn);
	memcpy(c->slope, p[SLOPES].reals, turn * sizeof(double));
	for (size_t i = 0; i < turn; i++) {
		mean += c->slope[i] / (double)turn;
		largest = fmax(largest, fabs(c->slope[i]));
	}
	c->growth = p[GROWTH].real;
	c->box = (int)p[BOX].integer;
	linear_losses_begin(c, mean, p[START].real);
	know(c, "growth", RATE_EXACT, c->growth, "the parameter");
	if (c->box) {
		know(c, "diameter", RATE_EXACT, 2, "[-1, 1]");
		know(c, "box", RATE_EXACT, 2, "side of the box");
	}
	if (c->box && c->growth == 1) {
		know(c, "G", RATE_EXACT, largest, "the largest slope");
		know(c, "G_inf", RATE_EXACT, largest, "the largest slope");
		know(c, "f_star", RATE_EXACT, -fabs(mean), "f(x_star)");
		know_vector(c, "x_star", 1, &c->on.best);
	}
	*self = c;
	return RATE_OK;
}

static double slope_of(const void *self, uint64_t t)
{
	const struct cycle *c = self;

	return c->slope[t % c->turn] * (c->growth == 1 ? 1 : pow(c->growth, (double)t));
}

static int comparator(void *self, uint64_t T, double *x)
{
	double sum = 0;

	for (uint64_t t = 0; t < T; t++)
		sum += slope_of(self, t);
	*x = sum < 0 ? 1 : -1;
	return RATE_OK;
}

static const void *interface(void *self, const char *name)
{
	int line = self && !((const struct cycle *)self)->box;

	return line && (!strcmp(name, "gap/1") || !strcmp(name, "projection/1")) ? NULL : offers(self, name);
}

static const rate_objective online_cycle = { OBJECTIVE,
	.id = "online-cycle",
	.title = "Linear losses with given slopes",
	.summary = "online, on [-1, 1]: growth^t s_t x, the slopes s_t in turn",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &online_cycle };
RATE_PLUGIN("online-cycle", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
