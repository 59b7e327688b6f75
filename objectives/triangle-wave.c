/* triangle-wave: f(x) = the distance of x from the nearest multiple of the period, slopes +1 and -1. In one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Neither smooth nor weakly convex: the tops are concave kinks. A method that looks at slopes at regular places only, a
 * period apart, sees one slope for ever and believes in a descent that is not there.
 *
 * Constants, all exact: G = 1, f_star = 0 at 0. The gap is f. Start: x_0 = start.
 *
 *     ratecheck verify o2nc --objective triangle-wave:period=0.3
 */
#include "line.h"

enum { PERIOD, START };
static const rate_param params[] = {
	[PERIOD] = { "period", RATE_REAL, "1", 1e-100, 1e100, NULL, "from one minimiser to the next" },
	[START] = { "start", RATE_REAL, "0.25", 0, 0, NULL, "x_0" },
};

struct wave {
	struct line on;
	double period;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct wave *w = line_new(host, sizeof *w, args->value[START].real, 0);

	if (!w)
		return RATE_FAIL;
	w->period = args->value[PERIOD].real;
	know(w, "convex", RATE_EXACT, 0, "the tops are concave");
	know(w, "G", RATE_EXACT, 1, "slopes +1 and -1");
	know(w, "f_star", RATE_EXACT, 0, "f(0)");
	*self = w;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	*f = fabs(remainder(*x, ((const struct wave *)self)->period));
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	*g = remainder(*x, ((const struct wave *)self)->period) < 0 ? -1 : 1;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective wave = { OBJECTIVE,
	.id = "triangle-wave",
	.title = "Triangle wave",
	.summary = "distance from the multiples of a period: slopes +1 and -1",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &wave };
RATE_PLUGIN("triangle-wave", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
