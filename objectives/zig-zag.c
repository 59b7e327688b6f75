/* zig-zag: gradient descent with step gamma sees |f'| = G at each of its first T points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With P = gamma G: on [0, (T - 1)P] f'(x) = G - L |x - k P|, k P the nearest multiple of P (a triangle wave between G
 * and G - gamma L G/2 with slopes -L and L); f' = G to the right of x_0 = (T - 1)P; f' = G + L x to the left of 0, a
 * bowl with minimum 0 at -G/L. So f(x) = L/2 (x + G/L)^2 for x <= 0, G^2/(2L) + G x - L (k P^2/4 + (x - kP)|x -
 * kP|/2) on the wave. Each step from x_0 goes one period down, and
 * f(x_0) = G^2 ((T - 1) gamma (1 - gamma L/4) + 1/(2L)): min |f'|^2 attains gd-nonconvex-tight. For gamma L > 2 f'
 * changes sign on the wave but f stays positive, as a period adds gamma G^2 (1 - gamma L/4) to it. Needs gamma L < 4.
 *
 * Constants: L exact, the slope of f'; weak convexity L and not convex if T > 1; f_star = 0; the gap is f.
 *
 *     ratecheck verify gd-nonconvex --objective zig-zag:T=50
 */
#include "common.h"

enum { T, GAMMA, SMOOTH, SLOPE };
static const rate_param params[] = {
	[T] = { "T", RATE_INTEGER, "20", 1, 1e6, NULL, "number of steps it is built for" },
	[GAMMA] = { "gamma", RATE_REAL, "1", 1e-100, 1e100, NULL, "step size it is built for, less than 4/L" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "smoothness constant" },
	[SLOPE] = { "G", RATE_REAL, "1", 1e-100, 1e100, NULL, "gradient at the points of gradient descent" },
};

struct zig_zag {
	struct facts known;
	double L, G, period, start, bowl;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	struct zig_zag *z;

	if (!(p[GAMMA].real * p[SMOOTH].real < 4))
		return host->fail(host, "zig-zag: gamma L = %g, must be less than 4", p[GAMMA].real * p[SMOOTH].real);
	z = facts_new(host, sizeof *z, 1, 0);
	if (!z)
		return RATE_FAIL;
	z->L = p[SMOOTH].real;
	z->G = p[SLOPE].real;
	z->period = p[GAMMA].real * z->G;
	z->start = (double)(p[T].integer - 1) * z->period;
	z->bowl = -z->G / z->L;
	z->known.start = &z->start;
	know(z, "convex", RATE_EXACT, p[T].integer == 1, "f' decreases on each half period");
	know(z, "L", RATE_EXACT, z->L, "slopes of f' are 0 and -+L");
	know(z, "rho_weak", RATE_UPPER, p[T].integer == 1 ? 0 : z->L, "slopes of f' are 0 and -+L");
	know(z, "f_star", RATE_EXACT, 0, "bottom of the bowl");
	know_vector(z, "x_star", 1, &z->bowl);
	*self = z;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct zig_zag *z = self;
	double on = fmin(*x, z->start), k = rint(on / z->period), r = on - k * z->period;

	if (*x <= 0)
		*f = z->L / 2 * (*x - z->bowl) * (*x - z->bowl);
	else
		*f = z->G * (*x - z->bowl / 2) - z->L * (k * z->period * z->period / 4 + r * fabs(r) / 2);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct zig_zag *z = self;

	if (*x <= 0)
		*g = z->L * (*x - z->bowl);
	else if (*x >= z->start)
		*g = z->G;
	else
		*g = z->G - z->L * fabs(*x - rint(*x / z->period) * z->period);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective zig_zag = { OBJECTIVE,
	.id = "zig-zag",
	.title = "Worst case of gradient descent without convexity",
	.summary = "f' is a triangle wave that gradient descent meets at its crests only",
	.source = "ratecheck; compare Drori & Shamir, ICML 2020",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &zig_zag };
RATE_PLUGIN("zig-zag", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
