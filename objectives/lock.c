/* lock: f(theta) = -prod_h sigmoid(theta_h), minus the chance to get H digits right one after the other: a combination
 * lock, each digit with a policy of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is gained by one right digit if another one is wrong: df/dtheta_h = -J (1 - p_h), J = prod p_h.
 *
 * Constants: f_star = -1, a limit; L = (H - 1)/16 + 1/(6 sqrt 3) from
 * above: d2J/dtheta_i dtheta_j is J (1 - p_i)(1 - p_j) or, on the diagonal, J (1 - p_i)(1 - 2 p_i); lock.stages = H.
 * The gap 1 - J is free of cancellation. Start: all theta_h = start.
 *
 *     ratecheck verify simultaneous-plateau --objective lock:H=8
 */
#include "common.h"

enum { STAGES, START };
static const rate_param params[] = {
	[STAGES] = { "H", RATE_INTEGER, "4", 1, 1000, NULL, "digits" },
	[START] = { "start", RATE_REAL, "0", -700, 700, NULL, "every theta_h at the start" },
};

/* log(1 + exp(-theta)) = -log sigmoid(theta) */
static double softplus(double theta)
{
	return theta > 0 ? log1p(exp(-theta)) : log1p(exp(theta)) - theta;
}

static double log_value(void *self, const double *x)
{
	double sum = 0;

	for (size_t h = 0; h < facts_dim(self); h++)
		sum -= softplus(x[h]);
	return sum;
}

static int value(void *self, const double *x, double *f)
{
	*f = -exp(log_value(self, x));
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	*gap = -expm1(log_value(self, x));
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	double J = exp(log_value(self, x));

	for (size_t h = 0; h < facts_dim(self); h++)
		g[h] = -J * exp(-softplus(-x[h]));
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t H = (size_t)args->value[STAGES].integer;
	struct facts *q = facts_new(host, sizeof *q, H, H);
	double *start;

	if (!q)
		return RATE_FAIL;
	q->start = start = facts_take(q, H);
	for (size_t h = 0; h < H; h++)
		start[h] = args->value[START].real;
	know(q, "f_star", RATE_EXACT, -1, "theta -> infinity");
	know(q, "L", RATE_UPPER, ((double)H - 1) / 16 + 1 / (6 * sqrt(3)), "sum of a row of the Hessian");
	know(q, "lock.stages", RATE_EXACT, (double)H, "given");
	*self = q;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
OFFERS({ "gap/1", &gap })

static const rate_objective lock = { OBJECTIVE,
	.id = "lock",
	.title = "A combination lock",
	.summary = "minus the chance that all of H digits are right",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &lock };
RATE_PLUGIN("lock", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
