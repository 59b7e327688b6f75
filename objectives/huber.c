/* huber: f(x) = L/2 x^2 for |x| <= tau, else L tau |x| - L tau^2/2, in one dimension; with mu > 0 the same for L - mu
 * in the place of L, and mu/2 x^2 more.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gradient descent is slowest on it (Drori & Teboulle 2014): from x_0 = R with tau = R/(2 gamma L T + 1) the gap
 * after T steps is exactly L R^2/(4 gamma L T + 2). For averages tau = R/(gamma L (T - 1) + 1).
 *
 * Constants: f' = mu x + (L - mu) max(-tau, min(x, tau)), so L, mu and (for mu = 0) G = L tau are exact; f is convex,
 * f_star = 0 at 0, the gap is f. Offered as a sum of one term for its prox: x/(1 + gamma L) where that is in
 * [-tau, tau], else (x moved by gamma (L - mu) tau towards 0)/(1 + gamma mu). Start: x_0 = start.
 *
 *     ratecheck verify gd-convex-smooth --objective huber:tau=0.005
 */
#include "line.h"

enum { SMOOTH, TAU, START, CURVATURE };
static const rate_param params[] = {
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "curvature near 0" },
	[TAU] = { "tau", RATE_REAL, "0.01", 1e-100, 1e100, NULL, "where the quadratic becomes linear" },
	[START] = { "start", RATE_REAL, "1", 0, 0, NULL, "x_0" },
	[CURVATURE] = { "mu", RATE_REAL, "0", 0, 1e100, NULL, "curvature far from 0, at most L" },
};

struct huber {
	struct line on;
	double L, mu, tau;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	struct huber *h;

	if (p[CURVATURE].real > p[SMOOTH].real)
		return host->fail(host, "mu = %g is larger than L = %g", p[CURVATURE].real, p[SMOOTH].real);
	if (!(h = line_new(host, sizeof *h, p[START].real, 0)))
		return RATE_FAIL;
	h->L = p[SMOOTH].real;
	h->mu = p[CURVATURE].real;
	h->tau = p[TAU].real;
	know(h, "convex", RATE_EXACT, 1, "f' is nondecreasing");
	know(h, "L", RATE_EXACT, h->L, "slope of f' near 0");
	know(h, "L_max", RATE_EXACT, h->L, "slope of f' near 0");
	if (h->mu > 0)
		know(h, "mu", RATE_EXACT, h->mu, "least slope of f'");
	else
		know(h, "G", RATE_EXACT, h->L * h->tau, "|f'| <= L tau");
	know(h, "f_star", RATE_EXACT, 0, "f(0)");
	know(h, "even", RATE_EXACT, 1, "f(x_star + z) = f(x_star - z)");
	know_single(h);
	know_vector(h, "f_i_star", 1, &h->on.zero);
	know_vector(h, "L_i", 1, &h->L);
	*self = h;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct huber *h = self;
	double r = fabs(*x);

	*f = r <= h->tau ? h->L / 2 * r * r : h->mu / 2 * r * r + (h->L - h->mu) * h->tau * (r - h->tau / 2);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct huber *h = self;

	*g = h->mu * *x + (h->L - h->mu) * fmax(-h->tau, fmin(*x, h->tau));
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct huber *h = self;
	double s = *x / (1 + gamma * h->L);

	(void)i;
	*p = fabs(s) <= h->tau ? s : (*x - sign(*x) * gamma * (h->L - h->mu) * h->tau) / (1 + gamma * h->mu);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
SUM_OF_ONE_TERM
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum })

static const rate_objective huber = { OBJECTIVE,
	.id = "huber",
	.title = "Huber function",
	.summary = "L/2 x^2 for |x| <= tau, linear beyond; worst case of gradient descent",
	.source = "Drori & Teboulle, Math. Program. 145 (2014), 451-482",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &huber };
RATE_PLUGIN("huber", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
