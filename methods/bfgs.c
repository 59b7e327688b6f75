/* BFGS with exact line search, for quadratics: with s and y the changes of x and of g, H_0 = c I,
 *
 *     p = -H g,   x <- x + (<-g, p>/<p, Ap>) p,   c Ap = grad f(x + c p) - g
 *     H <- (I - s y'/<s, y>) H (I - y s'/<s, y>) + s s'/<s, y>
 *
 * The first p is -g, and c = <s, y>/<y, y> of the first pair: the points do not depend on c, their rounding errors do.
 * H is not stored: it is applied from the pairs (s, y), as in L-BFGS, of which the last 16 are kept. For the first 16
 * steps this is BFGS exactly, and on quadratics the points are those of conjugate gradients. The line search is exact
 * if f is quadratic, else a secant step; c is 1, or so large that c p is no shorter than x. Each step asks for two
 * gradients. Where <p, Ap> is not positive, x stays.
 *
 *     ratecheck verify bfgs-quadratic --objective krylov-worst:N=5 --steps 5
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "stretch.h"

enum { MEMORY = 16 };
enum { X, PAIRS, SCALE, S, Y = S + MEMORY, STATES = Y + MEMORY };

static double inner(size_t d, const double *x, const double *y)
{
	double sum = 0;

	for (size_t j = 0; j < d; j++)
		sum += x[j] * y[j];
	return sum;
}

static const double *pair(const rate_run *run, size_t first, uint64_t k, size_t r)
{
	return run->state[first + k % MEMORY] + r * run->ld;
}

/* p <- -H g from the pairs number first..last-1: two loops. */
static void direction(const rate_run *run, size_t r, uint64_t last, const double *g, double *p)
{
	uint64_t first = last > MEMORY ? last - MEMORY : 0;
	double a[MEMORY];
	size_t d = run->d;

	for (size_t j = 0; j < d; j++)
		p[j] = -g[j];
	for (uint64_t k = last; k-- > first;) {
		const double *s = pair(run, S, k, r), *y = pair(run, Y, k, r);

		a[k % MEMORY] = inner(d, s, p) / inner(d, s, y);
		for (size_t j = 0; j < d; j++)
			p[j] -= a[k % MEMORY] * y[j];
	}
	for (size_t j = 0; last > 0 && j < d; j++)
		p[j] *= run->state[SCALE][r * run->ld];
	for (uint64_t k = first; k < last; k++) {
		const double *s = pair(run, S, k, r), *y = pair(run, Y, k, r);
		double b = inner(d, y, p) / inner(d, s, y);

		for (size_t j = 0; j < d; j++)
			p[j] += (a[k % MEMORY] - b) * s[j];
	}
}

static int step(rate_run *run)
{
	double *x = run->state[X], *pairs = run->state[PAIRS];
	double *g = run->scratch[0], *p = run->scratch[1], *h = run->scratch[2], *y = run->scratch[3];
	size_t d = run->d;

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		direction(run, r, (uint64_t)pairs[r * run->ld], g + r * run->ld, p + r * run->ld);
	stretch_to(run, x, p, y);
	if (rate_gradient(run, y, h))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *xr = x + r * run->ld, *count = pairs + r * run->ld, *pr = p + r * run->ld,
		       *change = h + r * run->ld;
		double curvature, length, c = stretch(d, xr, pr);
		size_t at = (size_t)*count % MEMORY;

		for (size_t j = 0; j < d; j++)
			change[j] = (change[j] - g[r * run->ld + j]) / c;
		curvature = inner(d, pr, change);
		length = curvature > 0 ? -inner(d, g + r * run->ld, pr) / curvature : 0;
		if (!(length * length * curvature > 0))
			continue;
		for (size_t j = 0; j < d; j++) {
			run->state[S + at][r * run->ld + j] = length * pr[j];
			run->state[Y + at][r * run->ld + j] = length * change[j];
			xr[j] += length * pr[j];
		}
		if (*count == 0)
			run->state[SCALE][r * run->ld] = curvature / inner(d, change, change);
		++*count;
	}
	return RATE_OK;
}

#define PAIR(k) [S + (k)] = { "s" #k, 0, "a change of x" }, [Y + (k)] = { "y" #k, 0, "the change of the gradient" }
static const rate_state state[STATES] = {
	[X] = { "x", 0, "the iterate" },
	[PAIRS] = { "pairs", 1, "how many pairs there were" },
	[SCALE] = { "c", 1, "H_0 = c I" },
	PAIR(0), PAIR(1), PAIR(2), PAIR(3), PAIR(4), PAIR(5), PAIR(6), PAIR(7), PAIR(8), PAIR(9), PAIR(10),
	PAIR(11), PAIR(12), PAIR(13), PAIR(14), PAIR(15),
};

static const rate_method bfgs = {
	.size = sizeof bfgs, .abi = RATE_ABI, .id = "bfgs", .title = "BFGS with exact line search",
	.summary = "quasi-Newton steps, the last 16 pairs kept, for quadratics",
	.source = "Nocedal, Updating quasi-Newton matrices with limited storage, Math. Comp. 35 (1980)",
	.flags = RATE_SPAN,
	.state = RATE_ROWS(state), .scratch = 4, .step = step,
};

static const rate_method *const methods[] = { &bfgs };
RATE_PLUGIN("bfgs", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
