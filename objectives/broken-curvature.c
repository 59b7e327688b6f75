/* broken-curvature: a function on the line whose second derivative is a broken line, constant beyond its ends, with
 * f(0) = f'(0) = 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The worst cases of second-order methods are of this kind. shape=list takes knots and curvatures; the others are
 * shorthands, with L2 the slope of f'':
 *
 *     tent   f''(x) = L2 (tau - |x|)_+: cubic near 0, straight beyond tau
 *     dip    f''(x) = 1 - L2 min(|x|, r): Newton's method cycles on it if L2 r > 2/3
 *     wave   f'' = 5/4 for x <= 0, 1/4 at 1, -1/4 at 3/2, 1/4 at 2, -1/4 at 5/2, ..., 1/4 from T + 1 on: not convex,
 * and
 *            cubic steps are all of length 1
 *
 * Constants, all exact: L = max |f''|, L_2 the largest slope of f'', mu = min f'' if that is positive, convex, x_star
 * = 0 and f_star = 0, mu_star = f''(0) if that is positive, even, tent = tau, newton_cycle (where Newton's method
 * ends on a dip); a list on which f' has another root than 0, or the wrong sign, is refused. The gap is f. Start: x_0
 * = start.
 *
 *     ratecheck verify newton-local --objective broken-curvature:shape=dip,r=0.5,start=0.5
 */
#include "common.h"

enum { SHAPE, KNOTS, CURVATURES, SLOPE, TAU, RADIUS, LENGTH, START };
enum { LIST, TENT, DIP, WAVE };
static const rate_param params[] = {
	[SHAPE] = { "shape", RATE_CHOICE, "tent", 0, 0, "list|tent|dip|wave", "of f''" },
	[KNOTS] = { "knots", RATE_REALS, "-1/0/1", -1e100, 1e100, NULL, "shape=list: where f'' breaks, ascending" },
	[CURVATURES] = { "curvatures", RATE_REALS, "1/2/1", -1e100, 1e100, NULL, "shape=list: f'' there" },
	[SLOPE] = { "L2", RATE_REAL, "1", 1e-100, 1e100, NULL, "tent, dip: slope of f''" },
	[TAU] = { "tau", RATE_REAL, "0.1", 1e-100, 1e100, NULL, "tent: half its width" },
	[RADIUS] = { "r", RATE_REAL, "0.5", 1e-100, 1e100, NULL, "dip: half its width, L2 r < 1" },
	[LENGTH] = { "T", RATE_INTEGER, "16", 1, 100000, NULL, "wave: how many" },
	[START] = { "start", RATE_REAL, "1", -1e100, 1e100, NULL, "x_0" },
};

/* Beyond knot k to the right (left of the first: by its constant) f is the cubic f[k] + g[k] h + c[k] h^2/2 + slope
 * h^3/6. */
struct curve {
	struct facts known;
	size_t knots;
	double *at, *c, *f, *g;
	double start, zero;
};

static double slope(const struct curve *k, size_t i)
{
	return i + 1 < k->knots ? (k->c[i + 1] - k->c[i]) / (k->at[i + 1] - k->at[i]) : 0;
}

/* The last knot that is not to the right of x, or the first. */
static size_t piece(const struct curve *k, double x)
{
	size_t low = 0, high = k->knots;

	while (high - low > 1) {
		size_t mid = (low + high) / 2;
		if (k->at[mid] <= x)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* f, f', f'' at x; any may be NULL. Pieces left of 0 are expanded at their right end, so that nothing cancels there. */
static void look(const struct curve *k, double x, double *f, double *g, double *c)
{
	size_t i = piece(k, x), side = x < 0 && x >= k->at[i] && i + 1 < k->knots;
	double h = x - k->at[i + side], s = x < k->at[i] ? 0 : slope(k, i);

	i += side;

	if (f)
		*f = k->f[i] + h * (k->g[i] + h * (k->c[i] / 2 + s * h / 6));
	if (g)
		*g = k->g[i] + h * (k->c[i] + s * h / 2);
	if (c)
		*c = k->c[i] + s * h;
}

/* Values and slopes at the knots, from 0 outwards. */
static void integrate(struct curve *k, size_t zero)
{
	for (size_t i = zero; i + 1 < k->knots; i++) {
		double h = k->at[i + 1] - k->at[i], s = slope(k, i);
		k->g[i + 1] = k->g[i] + h * (k->c[i] + s * h / 2);
		k->f[i + 1] = k->f[i] + h * (k->g[i] + h * (k->c[i] / 2 + s * h / 6));
	}
	for (size_t i = zero; i > 0; i--) {
		double h = k->at[i - 1] - k->at[i], s = slope(k, i - 1);
		k->g[i - 1] = k->g[i] + h * (k->c[i] + s * h / 2);
		k->f[i - 1] = k->f[i] + h * (k->g[i] + h * (k->c[i] / 2 + s * h / 6));
	}
}

/* 0 is the minimiser if x f'(x) >= 0; f' is extreme at knots and where f'' crosses 0. */
static int least_at_zero(const struct curve *k)
{
	for (size_t i = 0; i < k->knots; i++) {
		double g;
		if (k->at[i] * k->g[i] < 0 || (i == 0 && k->c[i] < 0) || (i + 1 == k->knots && k->c[i] < 0))
			return 0;
		if (i + 1 < k->knots && k->c[i] * k->c[i + 1] < 0) {
			double x = k->at[i] - k->c[i] / slope(k, i);
			look(k, x, NULL, &g, NULL);
			if (x * g < 0)
				return 0;
		}
	}
	return 1;
}

static void put(struct curve *k, double at, double c)
{
	k->at[k->knots] = at;
	k->c[k->knots++] = c;
}

/* The knots of the shape, without 0 where it is none. */
static void make_shape(struct curve *k, const rate_value *p)
{
	double L2 = p[SLOPE].real, w = p[SHAPE].integer == TENT ? p[TAU].real : p[RADIUS].real;

	switch (p[SHAPE].integer) {
	case LIST:
		for (size_t i = 0; i < p[KNOTS].count; i++)
			put(k, p[KNOTS].reals[i], p[CURVATURES].reals[i]);
		return;
	case WAVE:
		put(k, 0, 1.25);
		put(k, 1, 0.25);
		for (int64_t i = 1; i <= p[LENGTH].integer; i++) {
			put(k, (double)i + 0.5, -0.25);
			put(k, (double)i + 1, 0.25);
		}
		return;
	default: /* tent, dip */
		put(k, -w, p[SHAPE].integer == TENT ? 0 : 1 - L2 * w);
		put(k, 0, p[SHAPE].integer == TENT ? L2 * w : 1);
		put(k, w, p[SHAPE].integer == TENT ? 0 : 1 - L2 * w);
	}
}

/* Makes 0 a knot; returns which one. */
static size_t insert_zero(struct curve *k)
{
	size_t i = piece(k, 0), to;
	double c;

	if (k->at[i] == 0)
		return i;
	look(k, 0, NULL, NULL, &c);
	to = k->at[i] < 0 ? i + 1 : 0;
	memmove(k->at + to + 1, k->at + to, (k->knots - to) * sizeof *k->at);
	memmove(k->c + to + 1, k->c + to, (k->knots - to) * sizeof *k->c);
	k->at[to] = 0;
	k->c[to] = c;
	k->knots++;
	return to;
}

static int even(const struct curve *k)
{
	for (size_t i = 0; i < k->knots; i++)
		if (k->at[i] != -k->at[k->knots - 1 - i] || k->c[i] != k->c[k->knots - 1 - i])
			return 0;
	return 1;
}

static void know_curve(struct curve *k, int64_t shape)
{
	double L = 0, L2 = 0, mu = INFINITY, mu_star;

	for (size_t i = 0; i < k->knots; i++) {
		L = fmax(L, fabs(k->c[i]));
		L2 = fmax(L2, fabs(slope(k, i)));
		mu = fmin(mu, k->c[i]);
	}
	look(k, 0, NULL, NULL, &mu_star);
	know(k, "convex", RATE_EXACT, mu >= 0, "the sign of f''");
	know(k, "L", RATE_EXACT, L, "largest |f''|");
	know(k, "L_2", RATE_EXACT, L2, "steepest piece of f''");
	know(k, "f_star", RATE_EXACT, 0, "f(0)");
	if (mu > 0)
		know(k, "mu", RATE_EXACT, mu, "least f''");
	if (mu_star > 0)
		know(k, "mu_star", RATE_EXACT, mu_star, "f''(0)");
	know_vector(k, "x_star", 1, &k->zero);
	if (even(k))
		know(k, "even", RATE_EXACT, 1, "f'' is even");
	if (shape == TENT)
		know(k, "tent", RATE_EXACT, k->at[k->knots - 1], "tau");
	if (shape == DIP)
		know(k, "newton_cycle", RATE_EXACT, L2 * k->at[2] * k->at[2] / (2 * mu), "L2 r^2/(2(1 - L2 r))");
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t most = p[SHAPE].integer == WAVE ? 2 * (size_t)p[LENGTH].integer + 3 : p[KNOTS].count + 4;
	struct curve *k;

	if (p[SHAPE].integer == LIST && (p[KNOTS].count != p[CURVATURES].count || !p[KNOTS].count))
		return host->fail(host, "%zu knots and %zu curvatures", p[KNOTS].count, p[CURVATURES].count);
	for (size_t i = 1; p[SHAPE].integer == LIST && i < p[KNOTS].count; i++)
		if (!(p[KNOTS].reals[i] > p[KNOTS].reals[i - 1]))
			return host->fail(host, "knots: %.17g does not lie beyond %.17g", p[KNOTS].reals[i],
			                  p[KNOTS].reals[i - 1]);
	if (p[SHAPE].integer == DIP && !(p[SLOPE].real * p[RADIUS].real < 1))
		return host->fail(host, "dip: L2 r = %.17g, less than 1 is wanted", p[SLOPE].real * p[RADIUS].real);
	if (!(k = facts_new(host, sizeof *k, 1, 4 * most)))
		return RATE_FAIL;
	k->at = facts_take(k, most);
	k->c = facts_take(k, most);
	k->f = facts_take(k, most);
	k->g = facts_take(k, most);
	make_shape(k, p);
	integrate(k, insert_zero(k));
	if (!least_at_zero(k)) {
		free(k);
		return host->fail(host, "knots, curvatures: 0 is not where f is least");
	}
	k->start = p[START].real;
	k->known.start = &k->start;
	know_curve(k, p[SHAPE].integer);
	*self = k;
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	look(self, *x, f, NULL, NULL);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	look(self, *x, NULL, g, NULL);
	return RATE_OK;
}

static int curvature(void *self, const double *x, double *h)
{
	look(self, *x, NULL, NULL, h);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
static const rate_hessian hessian = { sizeof hessian, NULL, curvature };
OFFERS({ "gap/1", &gap }, { "hessian/1", &hessian })

static const rate_objective broken_curvature = { OBJECTIVE,
	.id = "broken-curvature",
	.title = "A broken line as second derivative",
	.summary = "f'' piecewise linear, f(0) = f'(0) = 0: worst cases of second-order methods",
	.source = "ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &broken_curvature };
RATE_PLUGIN("broken-curvature", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
