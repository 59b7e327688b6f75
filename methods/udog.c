/* Accelerated extragradient steps: two gradients a step, both at weighted means of the points so far.
 *
 *     unixgrad   A <- A + a_t,  m = grad f((A_before xbar + a_t y)/A),   x = P(y - a_t eta m)
 *                xbar <- (A_before xbar + a_t x)/A,   g = grad f(xbar),  y <- P(y - a_t eta g)
 *     udog       the same with weights R_t and step sizes R_t/sqrt G that nobody has to choose:
 *                r_1 = r_eps, R <- R + r, a_t = R;  x with R/sqrt G before, y with R/sqrt G after
 *                G <- G + (R/r)^2 |g - m|^2 (at first |grad f(x_0)|^2),   r <- max(r, |x - x_0|, |y - x_0|)
 *
 * The iterate is xbar. The weights a_t of unixgrad are its schedule gamma_t. With `diameter` = D > 0 its step adapts:
 * eta = 2D/sqrt(1 + sum of a_s^2 |g_s - m_s|^2 over the steps before), as published.
 *
 *     ratecheck verify unixgrad-smooth --objective huber:tau=3.7e-4 --steps 100
 *     ratecheck verify udog-path --objective logistic:data=breast-cancer,ridge=0
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { X, Y, WEIGHTS, SQUARES, START, R, SUM };
enum { ETA, DIAMETER };
enum { R_EPS };

static int unixgrad_start(rate_run *run)
{
	rate_copy(run, run->state[X], run->state[Y]);
	return RATE_OK;
}

static int udog_start(rate_run *run)
{
	double *g = run->scratch[0], *g2 = run->scratch[1];

	rate_copy(run, run->state[X], run->state[START]);
	if (rate_gradient(run, run->state[X], g))
		return RATE_FAIL;
	rate_dot(run, g, g, g2);
	for (size_t r = 0; r < run->nrep; r++) {
		*rate_row(run, run->state[SQUARES], r) = g2[r];
		*rate_row(run, run->state[R], r) = run->param[R_EPS];
	}
	return unixgrad_start(run);
}

/* mean <- (A xbar + a y)/(A + a) of replicate r */
static void blend(const rate_run *run, size_t r, double A, double a, const double *xbar, const double *y, double *mean)
{
	double share = A + a > 0 ? a / (A + a) : 1;

	for (size_t i = r * run->ld; i < r * run->ld + run->d; i++)
		mean[i] = (1 - share) * xbar[i] + share * y[i];
}

/* to <- y - rate g of replicate r */
static void walk(const rate_run *run, size_t r, double rate, const double *g, const double *y, double *to)
{
	for (size_t i = r * run->ld; i < r * run->ld + run->d; i++)
		to[i] = y[i] - rate * g[i];
}

static double gap2(const rate_run *run, size_t r, const double *x, const double *y)
{
	double sum = 0;

	for (size_t i = r * run->ld; i < r * run->ld + run->d; i++)
		sum += (x[i] - y[i]) * (x[i] - y[i]);
	return sum;
}

typedef double weight_rule(rate_run *run, size_t r);  /* a_t */
typedef double rate_rule(rate_run *run, size_t r);    /* the step size in front of a gradient */
typedef void note_rule(rate_run *run, size_t r, double change2);

static int step(rate_run *run, weight_rule *weight, rate_rule *rate, note_rule *note)
{
	double *xbar = run->state[X], *y = run->state[Y], *A = run->state[WEIGHTS];
	double *m = run->scratch[0], *g = run->scratch[1], *x = run->scratch[2];

	for (size_t r = 0; r < run->nrep; r++)
		blend(run, r, A[r * run->ld], weight(run, r), xbar, y, x);
	if (rate_gradient(run, x, m))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		walk(run, r, rate(run, r), m, y, x);
	if (rate_project(run, x))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		blend(run, r, A[r * run->ld], weight(run, r), xbar, x, xbar);
		A[r * run->ld] += weight(run, r);
	}
	if (rate_gradient(run, xbar, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		note(run, r, gap2(run, r, g, m));
		walk(run, r, rate(run, r), g, y, y);
	}
	return rate_project(run, y);
}

static double unixgrad_weight(rate_run *run, size_t r)
{
	(void)r;
	return run->gamma;
}

static double unixgrad_rate(rate_run *run, size_t r)
{
	double D = run->param[DIAMETER];

	return run->gamma * (D > 0 ? 2 * D / sqrt(1 + run->state[SQUARES][r * run->ld]) : run->param[ETA]);
}

/* Counted after the step: the sum goes over the steps before. */
static void unixgrad_note(rate_run *run, size_t r, double change2)
{
	run->scratch[0][r * run->ld] = change2; /* m is not needed any more */
}

static int unixgrad_step(rate_run *run)
{
	if (step(run, unixgrad_weight, unixgrad_rate, unixgrad_note))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		run->state[SQUARES][r * run->ld] += run->gamma * run->gamma * run->scratch[0][r * run->ld];
	return RATE_OK;
}

static double udog_weight(rate_run *run, size_t r)
{
	return run->state[SUM][r * run->ld];
}

static double udog_rate(rate_run *run, size_t r)
{
	double G = run->state[SQUARES][r * run->ld];

	return G > 0 ? udog_weight(run, r) / sqrt(G) : 0;
}

static void udog_note(rate_run *run, size_t r, double change2)
{
	double alpha = udog_weight(run, r) / run->state[R][r * run->ld];

	run->state[SQUARES][r * run->ld] += alpha * alpha * change2;
}

static int udog_step(rate_run *run)
{
	for (size_t r = 0; r < run->nrep; r++)
		run->state[SUM][r * run->ld] += run->state[R][r * run->ld];
	if (step(run, udog_weight, udog_rate, udog_note))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *far = &run->state[R][r * run->ld];

		*far = fmax(*far, sqrt(gap2(run, r, run->scratch[2], run->state[START])));
		*far = fmax(*far, sqrt(gap2(run, r, run->state[Y], run->state[START])));
	}
	return RATE_OK;
}

static const rate_param unixgrad_params[] = {
	[ETA] = { "eta", RATE_REAL, "1", 1e-100, 1e100, NULL, "step size per weight" },
	[DIAMETER] = { "diameter", RATE_REAL, "0", 0, 1e100, NULL, "D of the adaptive step; 0: eta is fixed" },
};
static const rate_param udog_params[] = {
	[R_EPS] = { "r_eps", RATE_REAL, "1e-4", 1e-100, 1e100, NULL, "guess of |x_0 - x_star|, better too small" },
};
#define MEANS [X] = { "x", 0, "xbar, the weighted mean" }, [Y] = { "y", 0, "where the steps begin" }, \
	[WEIGHTS] = { "W", 1, "sum of the weights" }
static const rate_state unixgrad_state[] = { MEANS, [SQUARES] = { "G", 1, "sum of a^2 |g - m|^2" } };
static const rate_state udog_state[] = { MEANS,
	[SQUARES] = { "G", 1, "|grad f(x_0)|^2 + sum of (R/r)^2 |g - m|^2" }, [START] = { "start", 0, "x_0" },
	[R] = { "r", 1, "the largest distance from x_0" }, [SUM] = { "R", 1, "sum of r" } };
static const char *const schedules[] = { "gamma" };

static const rate_method unixgrad = {
	.size = sizeof unixgrad, .abi = RATE_ABI, .id = "unixgrad", .title = "UniXGrad",
	.summary = "accelerated extragradient, weights gamma_t",
	.source = "Kavis, Levy, Bach and Cevher, UniXGrad: A Universal, Adaptive Algorithm with Optimal Guarantees, "
	          "2019",
	.flags = RATE_NEEDS_PROJECTION, .params = RATE_ROWS(unixgrad_params), .state = RATE_ROWS(unixgrad_state),
	.schedules = RATE_LIST(schedules), .scratch = 3, .start = unixgrad_start, .step = unixgrad_step,
};
static const rate_method udog = {
	.size = sizeof udog, .abi = RATE_ABI, .id = "udog", .title = "U-DoG, its deterministic core",
	.summary = "accelerated extragradient with weights and steps from distances and gradients",
	.source = "after Kreisler, Ivgi, Hinder and Carmon, Accelerated Parameter-Free Stochastic Optimization, 2024",
	.flags = RATE_NEEDS_PROJECTION, .params = RATE_ROWS(udog_params), .state = RATE_ROWS(udog_state), .scratch = 3,
	.start = udog_start, .step = udog_step,
};

static const rate_method *const methods[] = { &unixgrad, &udog };
RATE_PLUGIN("udog", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
