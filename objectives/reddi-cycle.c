/* reddi-cycle: online losses on [-1, 1], f_t(x) = C x if t mod 3 = 0 (t from 0), else -x: Adam goes the wrong way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For C > 2 the losses of a cycle add up to (C - 2) x, so that -1 is best in hindsight, but Adam with a short memory of
 * squared gradients moves to +1. The objective itself is the average loss (C - 2)/3 x.
 *
 * Constants: G = G_inf = C (1 if C < 1); diameter = box = 2; x_star = -sign(C - 2), f_star = -|C - 2|/3; the gap is
 * |C - 2|/3 (1 + sign(C - 2) x); cycle = C. comparator(T) is exact for every T: minus the sign of
 * C ceil(T/3) - (T - ceil(T/3)).
 * Start: x_0 = start.
 *
 *     ratecheck verify adam-nonconvergence --objective reddi-cycle:C=3
 */
#include "linear-losses.h"

enum { LARGE, START };
static const rate_param params[] = {
	[LARGE] = { "C", RATE_REAL, "3", 0, 1e100, NULL, "slope of every third loss" },
	[START] = { "start", RATE_REAL, "1", -1, 1, NULL, "x_0" },
};

struct cycle {
	struct linear_losses on;
	double C;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct cycle *c = facts_new(host, sizeof *c, 1, 0);

	if (!c)
		return RATE_FAIL;
	c->C = args->value[LARGE].real;
	linear_losses_begin(c, (c->C - 2) / 3, args->value[START].real);
	know(c, "cycle", RATE_EXACT, c->C, "the slope C itself");
	know(c, "G", RATE_EXACT, fmax(c->C, 1), "slopes C and -1");
	know(c, "G_inf", RATE_EXACT, fmax(c->C, 1), "slopes C and -1");
	know(c, "diameter", RATE_EXACT, 2, "[-1, 1]");
	know(c, "box", RATE_EXACT, 2, "side of the box");
	know(c, "f_star", RATE_EXACT, -fabs(c->on.mean), "f(x_star)");
	know_vector(c, "x_star", 1, &c->on.best);
	*self = c;
	return RATE_OK;
}

static double slope_of(const void *self, uint64_t t)
{
	return t % 3 == 0 ? ((const struct cycle *)self)->C : -1;
}

static int comparator(void *self, uint64_t T, double *x)
{
	uint64_t large = T / 3 + (T % 3 != 0);

	*x = ((const struct cycle *)self)->C * (double)large < (double)(T - large) ? 1 : -1;
	return RATE_OK;
}

static const rate_objective reddi_cycle = { OBJECTIVE,
	.id = "reddi-cycle",
	.title = "Cycle of losses on which Adam fails",
	.summary = "online, on [-1, 1]: C x every third round, -x else",
	.source = "Reddi, Kale & Kumar, ICLR 2018, theorem 1",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &reddi_cycle };
RATE_PLUGIN("reddi-cycle", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
