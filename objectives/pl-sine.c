/* pl-sine: f(x) = x^2 + 3 sin^2 x, not convex but Polyak-Lojasiewicz.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Constants: f' = 2x + 3 sin 2x, f'' = 2 + 6 cos 2x in [-4, 8], so L = 8 and weak convexity 4; |f'''| = 12 |sin 2x|, so
 * L_2 = 12. inf f'^2/(2f) = 0.175530986 (at |x| = 2.20171, located on a grid of step 1e-5; beyond 12, f' >= 2|x| - 3
 * makes it larger), so the PL constant is at least 0.1755; the 1/32 of Karimi et al. is safe but loose. f_star = f(0)
 * = 0; the gap is f.
 *
 *     ratecheck verify gd-pl --objective pl-sine
 */
#include "line.h"

enum { START };
static const rate_param params[] = { [START] = { "start", RATE_REAL, "4", 0, 0, NULL, "x_0" } };

static int create(const rate_host *host, const rate_args *args, void **self)
{
	struct line *s = line_new(host, sizeof *s, args->value[START].real, 0);

	if (!s)
		return RATE_FAIL;
	know(s, "convex", RATE_EXACT, 0, "f'' = 2 + 6 cos 2x = -4 at pi/2");
	know(s, "L", RATE_EXACT, 8, "f'' = 2 + 6 cos 2x");
	know(s, "rho_weak", RATE_EXACT, 4, "f'' = 2 + 6 cos 2x");
	know(s, "L_2", RATE_EXACT, 12, "|f'''| = 12 |sin 2x|");
	know(s, "pl", RATE_LOWER, 0.1755, "least f'^2/(2f), on a grid");
	know(s, "f_star", RATE_EXACT, 0, "f(0)");
	*self = s;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self;
	*f = *x * *x + 3 * sin(*x) * sin(*x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)self;
	*g = 2 * *x + 3 * sin(2 * *x);
	return RATE_OK;
}

static int dense(void *self, const double *x, double *out)
{
	(void)self;
	*out = 2 + 6 * cos(2 * *x);
	return RATE_OK;
}

static int product(void *self, const double *x, const double *v, double *out)
{
	dense(self, x, out);
	*out *= *v;
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, product, dense };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective pl_sine = { OBJECTIVE,
	.id = "pl-sine",
	.title = "x^2 + 3 sin^2 x",
	.summary = "not convex, but Polyak-Lojasiewicz: x^2 + 3 sin^2 x",
	.source = "Karimi, Nutini & Schmidt, ECML PKDD 2016, sec. 2.2",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &pl_sine };
RATE_PLUGIN("pl-sine", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
