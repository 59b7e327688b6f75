/* cosh: f(x) = L0/L1^2 (cosh(L1 x) - 1) for |x| <= cap, continued by its tangents beyond, in one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The model of (L0, L1)-smoothness: f'' = L0 cosh(L1 x) <= L0 + L0 |sinh(L1 x)| = L0 + L1 |f'(x)|, while no L holds
 * on the whole line unless it is capped. It does *not* satisfy the form by differences of gradients,
 * |f'(x) - f'(y)| <= (L0 + L1 |f'(x)|) |x - y|.
 *
 * Constants, exact: L0, L1; f_star = 0 at 0; capped: L = L0 cosh(L1 cap), G = L0/L1 sinh(L1 cap); uncapped (cap=0):
 * mu = L0. The gap is f, 2 L0/L1^2 sinh(L1 x/2)^2 without cancellation. Start: x_0 = start.
 *
 *     ratecheck verify clip-gd-l0l1 --objective cosh:start=5
 */
#include "line.h"

enum { CONSTANT, SLOPE, CAP, START };
static const rate_param params[] = {
	[CONSTANT] = { "L0", RATE_REAL, "1", 1e-50, 1e50, NULL, "curvature at 0" },
	[SLOPE] = { "L1", RATE_REAL, "1", 1e-50, 1e50, NULL, "growth of the curvature with |f'|" },
	[CAP] = { "cap", RATE_REAL, "0", 0, 1e50, NULL, "where the tangents begin; 0: nowhere" },
	[START] = { "start", RATE_REAL, "5", 0, 0, NULL, "x_0" },
};

struct bowl {
	struct line on;
	double L0, L1, cap;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	struct bowl *b = line_new(host, sizeof *b, p[START].real, 0);

	if (!b)
		return RATE_FAIL;
	b->L0 = p[CONSTANT].real;
	b->L1 = p[SLOPE].real;
	b->cap = p[CAP].real > 0 ? p[CAP].real : INFINITY;
	know(b, "convex", RATE_EXACT, 1, "f' increases");
	know(b, "L0", RATE_EXACT, b->L0, "cosh <= 1 + |sinh|");
	know(b, "L1", RATE_EXACT, b->L1, "cosh <= 1 + |sinh|");
	know(b, "f_star", RATE_EXACT, 0, "f(0)");
	know(b, "even", RATE_EXACT, 1, "f(x_star + z) = f(x_star - z)");
	if (isfinite(b->cap)) {
		know(b, "L", RATE_EXACT, b->L0 * cosh(b->L1 * b->cap), "f'' where the tangents begin");
		know(b, "G", RATE_EXACT, b->L0 / b->L1 * sinh(b->L1 * b->cap), "slope of the tangents");
	} else {
		know(b, "mu", RATE_EXACT, b->L0, "f'' >= L0");
	}
	*self = b;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct bowl *b = self;
	double at = fmin(fabs(*x), b->cap), half = sinh(b->L1 * at / 2);

	*f = 2 * b->L0 / (b->L1 * b->L1) * half * half;
	if (fabs(*x) > at)
		*f += b->L0 / b->L1 * sinh(b->L1 * at) * (fabs(*x) - at);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct bowl *b = self;

	*g = sign(*x) * b->L0 / b->L1 * sinh(b->L1 * fmin(fabs(*x), b->cap));
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective cosh_ = { OBJECTIVE,
	.id = "cosh",
	.title = "Hyperbolic cosine",
	.summary = "L0/L1^2 (cosh(L1 x) - 1), or capped by tangents: the model of (L0, L1)-smoothness",
	.source = "standard; compare Zhang, He, Sra & Jadbabaie, ICLR 2020",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &cosh_ };
RATE_PLUGIN("cosh", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
