/* abs: f(x) = G |x|, in one dimension.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The subgradient method with any steps attains its bound from x_0 = G sum gamma_t. At 0 every number in [-G, G] is a
 * subgradient: at-zero says which the oracle gives (G, -G or 0).
 *
 * Constants: G exact, convex, f_star = 0 at 0; the gap is f. Offered as a sum of one term for its prox (soft
 * thresholding by gamma G). Start: x_0 = start.
 *
 *     ratecheck verify ssd-convex-lipschitz --objective abs:start=2
 */
#include "line.h"

enum { LIPSCHITZ, AT_ZERO, START };
static const rate_param params[] = {
	[LIPSCHITZ] = { "G", RATE_REAL, "1", 1e-100, 1e100, NULL, "slope" },
	[AT_ZERO] = { "at-zero", RATE_CHOICE, "plus", 0, 0, "plus|minus|zero", "subgradient at 0: G, -G or 0" },
	[START] = { "start", RATE_REAL, "1", 0, 0, NULL, "x_0" },
};

struct modulus {
	struct line on;
	double G, at_zero;
};

static int create(const rate_host *host, const rate_args *args, void **self)
{
	static const double direction[] = { 1, -1, 0 };
	const rate_value *p = args->value;
	struct modulus *a = line_new(host, sizeof *a, p[START].real, 0);

	if (!a)
		return RATE_FAIL;
	a->G = p[LIPSCHITZ].real;
	a->at_zero = a->G * direction[p[AT_ZERO].integer];
	know(a, "convex", RATE_EXACT, 1, "a norm");
	know(a, "G", RATE_EXACT, a->G, "slopes -+G");
	know(a, "f_star", RATE_EXACT, 0, "f(0)");
	know(a, "even", RATE_EXACT, 1, "f(x_star + z) = f(x_star - z)");
	know(a, "interpolation", RATE_EXACT, 1, "one term");
	know(a, "Delta_star", RATE_EXACT, 0, "one term");
	know_vector(a, "f_i_star", 1, &a->on.zero);
	*self = a;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	*f = ((const struct modulus *)self)->G * fabs(*x);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct modulus *a = self;

	*g = *x > 0 ? a->G : *x < 0 ? -a->G : a->at_zero;
	return RATE_OK;
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	(void)i;
	*p = sign(*x) * fmax(fabs(*x) - gamma * ((const struct modulus *)self)->G, 0);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
SUM_OF_ONE_TERM
OFFERS({ "gap/1", &gap }, { "finite-sum/1", &sum })

static const rate_objective modulus = { OBJECTIVE,
	.id = "abs",
	.title = "Absolute value",
	.summary = "G |x| with a chosen subgradient at 0",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &modulus };
RATE_PLUGIN("abs", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
