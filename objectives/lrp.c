/* lrp: f'(x) = 25 x for x < 1, x + 24 for 1 <= x < 2, 25 x - 24 for x >= 2, in one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Strongly convex, smooth, and quadratic but for two kinks of f'; the heavy ball with the step and the momentum that
 * are best on quadratics of the same mu and L goes round for ever: 2592/1225, 792/1225, -2208/1225, ...
 *
 * Constants, all exact: f'' is 25, 1 and 25, so L = 25 and mu = 1 = PL constant; f_star = 0 at 0; the gap is f. Start:
 * x_0 = start.
 *
 *     ratecheck verify hb-lrp-cycle
 */
#include "line.h"

enum { START };
static const rate_param params[] = {
	[START] = { "start", RATE_REAL, "3.3", 0, 0, NULL, "x_0" },
};

struct lrp {
	struct line on;
	double L;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct lrp *q = line_new(host, sizeof *q, args->value[START].real, 0);

	if (!q)
		return RATE_FAIL;
	q->L = 25;
	know(q, "convex", RATE_EXACT, 1, "f' increases");
	know(q, "L", RATE_EXACT, q->L, "largest slope of f'");
	know(q, "mu", RATE_EXACT, 1, "least slope of f'");
	know(q, "pl", RATE_LOWER, 1, "at least mu");
	know(q, "f_star", RATE_EXACT, 0, "f(0)");
	*self = q;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self;
	if (*x < 1)
		*f = 12.5 * *x * *x;
	else if (*x < 2)
		*f = 12.5 + (*x * *x - 1) / 2 + 24 * (*x - 1);
	else
		*f = 38 + 12.5 * (*x * *x - 4) - 24 * (*x - 2);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)self;
	*g = *x < 1 ? 25 * *x : *x < 2 ? *x + 24 : 25 * *x - 24;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective lrp = { OBJECTIVE,
	.id = "lrp",
	.title = "Lessard, Recht and Packard's function",
	.summary = "strongly convex, piecewise quadratic; the heavy ball tuned for quadratics cycles on it",
	.source = "Lessard, Recht & Packard, SIAM J. Optim. 26 (2016), 57-95",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &lrp };
RATE_PLUGIN("lrp", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
