/* mcp: f(x) = G |x| - rho x^2/2 up to |x| = G/rho, and constant from there on. In one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The penalty of Zhang that leaves large coefficients alone: as steep at 0 as G |x|, concave, then flat. Weakly
 * convex with the exact constant rho; on the concave piece its Moreau envelope is f less f'^2/(2 (1/gamma - rho)).
 *
 * Constants, all exact: G, rho_weak = rho, f_star = 0 at 0 (points with |x| >= G/rho are stationary too). The gap is f.
 * Offered as a sum of one term for its prox: for gamma rho < 1 it is 0 where |x| <= gamma G, x where |x| >= G/rho, and
 * (|x| - gamma G)/(1 - gamma rho) with the sign of x between; else the better one of 0 and the end of the concave
 * piece. Start: x_0 = start.
 *
 *     ratecheck verify wc-subgradient --objective mcp:rho=0.5
 */
#include "line.h"

enum { LIPSCHITZ, WEAK, START };
static const rate_param params[] = {
	[LIPSCHITZ] = { "G", RATE_REAL, "1", 1e-100, 1e100, NULL, "slope at 0" },
	[WEAK] = { "rho", RATE_REAL, "1", 1e-100, 1e100, NULL, "how concave it is" },
	[START] = { "start", RATE_REAL, "0.5", 0, 0, NULL, "x_0" },
};

struct mcp {
	struct line on;
	double G, rho;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	struct mcp *m = line_new(host, sizeof *m, p[START].real, 0);

	if (!m)
		return RATE_FAIL;
	m->G = p[LIPSCHITZ].real;
	m->rho = p[WEAK].real;
	know(m, "convex", RATE_EXACT, 0, "concave beside 0");
	know(m, "G", RATE_EXACT, m->G, "slopes G - rho |x|");
	know(m, "rho_weak", RATE_EXACT, m->rho, "f'' = -rho beside 0");
	know(m, "f_star", RATE_EXACT, 0, "f(0)");
	know_single(m);
	know_vector(m, "f_i_star", 1, &m->on.zero);
	*self = m;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct mcp *m = self;
	double u = fmin(fabs(*x), m->G / m->rho);

	*f = m->G * u - m->rho * u * u / 2;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct mcp *m = self;

	*g = sign(*x) * fmax(m->G - m->rho * fabs(*x), 0);
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct mcp *m = self;
	double u = fabs(*x), end = m->G / m->rho;

	(void)i;
	if (u >= end && (gamma * m->rho < 1 || u * u >= gamma * m->G * end))
		*p = *x;
	else if (gamma * m->rho < 1)
		*p = sign(*x) * fmax(u - gamma * m->G, 0) / (1 - gamma * m->rho);
	else
		*p = (end - u) * (end - u) + gamma * m->G * end < u * u ? sign(*x) * end : 0;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
SUM_OF_ONE_TERM
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum })

static const rate_objective mcp = { OBJECTIVE,
	.id = "mcp",
	.title = "Minimax concave penalty",
	.summary = "G |x| - rho x^2/2, then flat: weakly convex",
	.source = "Zhang, Annals of Statistics 2010",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &mcp };
RATE_PLUGIN("mcp", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
