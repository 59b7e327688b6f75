/* kinks: f(x) = sum over the first m coordinates i of sum_k a_k |x_i - c_k|, in R^d.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Piecewise linear, with weights that may be negative (then not convex); m = 1 is a ridge. Smoothed over a ball or a
 * normal law it is known in closed form (smoothing/1): with S_d the distribution of a coordinate of a uniform point of
 * the unit ball, |x_i - c| becomes |s| S_d(|s|/r) + r e_d (1 - s^2/r^2)_+^((d+1)/2), s = x_i - c, whose slope is
 * sign(s) S_d(|s|/r).
 *
 * Constants: convex if no weight is negative; G = sqrt(m) sum |a_k| (attained outside of the kinks); f_star and x_star
 * if the weights have a sum above 0, at the best kink. For the ball of the parameter `radius`, from the start that the
 * objective comes with: ball.radius, and ball.gap >= f_r(x_0) - inf f_r, an equality for one kink with a > 0.
 *
 *     ratecheck verify zo-ball-smoothing --objective kinks:d=3,a=2/-1,c=0/1
 */
#include "common.h"

enum { D, ACTIVE, WEIGHTS, PLACES, START, RADIUS };
static const rate_param params[] = {
	[D] = { "d", RATE_INTEGER, "2", 1, 4096, NULL, "dimension" },
	[ACTIVE] = { "m", RATE_INTEGER, "4096", 1, 4096, NULL, "coordinates that count, at most d" },
	[WEIGHTS] = { "a", RATE_REALS, "1", -1e50, 1e50, NULL, "weights of the kinks" },
	[PLACES] = { "c", RATE_REALS, "0", -1e50, 1e50, NULL, "where they are, as many" },
	[START] = { "start", RATE_REALS, "2", -1e50, 1e50, NULL, "x_0; the last entry for all that follow" },
	[RADIUS] = { "radius", RATE_REAL, "1", 1e-50, 1e50, NULL, "of the ball that ball.gap speaks of" },
};

struct kinks {
	struct facts known;
	size_t m, kinks;
	double *a, *c;
};

/* S_d(s), 0 <= s <= 1: P(|v_1| <= s) for v uniform in the unit ball of R^d. */
static double share_below(size_t d, double s)
{
	double pi = acos(-1), sum, left = 1 - s * s;

	if (s >= 1)
		return 1;
	sum = d % 2 ? s : 2 / pi * (s * sqrt(left) + asin(s));
	for (size_t k = d % 2 ? 3 : 4; k <= d; k += 2) {
		double b = ((double)k - 1) / 2;
		sum += s * pow(left, b) * exp(lgamma((double)k / 2) - lgamma(b + 1)) / sqrt(pi);
	}
	return sum;
}

/* E |v_1| of the same v */
static double mean_coordinate(size_t d)
{
	double half = (double)d / 2;

	return 2 * exp(lgamma(half + 1) - lgamma(half + 0.5)) / (sqrt(acos(-1)) * ((double)d + 1));
}

/* |s| smoothed over the ball of radius r (law 0) or with normals (law 1), and its slope. */
static double smooth(size_t d, int law, double r, double s)
{
	double u = fabs(s) / r;

	if (law)
		return s * erf(s / (r * sqrt(2))) + 2 * r * exp(-u * u / 2) / sqrt(2 * acos(-1));
	return fabs(s) * share_below(d, u) +
	       (u < 1 ? r * mean_coordinate(d) * pow(1 - u * u, ((double)d + 1) / 2) : 0);
}

static double slope(size_t d, int law, double r, double s)
{
	return law ? erf(s / (r * sqrt(2))) : sign(s) * share_below(d, fabs(s) / r);
}

static double value_of_one(const struct kinks *q, double x)
{
	double sum = 0;

	for (size_t k = 0; k < q->kinks; k++)
		sum += q->a[k] * fabs(x - q->c[k]);
	return sum;
}

static int value(void *self, const double *x, double *f)
{
	const struct kinks *q = self;

	*f = 0;
	for (size_t i = 0; i < q->m; i++)
		*f += value_of_one(q, x[i]);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct kinks *q = self;

	memset(g, 0, q->known.d * sizeof *g);
	for (size_t i = 0; i < q->m; i++)
		for (size_t k = 0; k < q->kinks; k++)
			g[i] += q->a[k] * sign(x[i] - q->c[k]);
	return RATE_OK;
}

static int smoothed_value(void *self, int law, double r, const double *x, double *f)
{
	const struct kinks *q = self;

	*f = 0;
	for (size_t i = 0; i < q->m; i++)
		for (size_t k = 0; k < q->kinks; k++)
			*f += q->a[k] * smooth(q->known.d, law, r, x[i] - q->c[k]);
	return RATE_OK;
}

static int smoothed_gradient(void *self, int law, double r, const double *x, double *g)
{
	const struct kinks *q = self;

	memset(g, 0, q->known.d * sizeof *g);
	for (size_t i = 0; i < q->m; i++)
		for (size_t k = 0; k < q->kinks; k++)
			g[i] += q->a[k] * slope(q->known.d, law, r, x[i] - q->c[k]);
	return RATE_OK;
}

/* What is known of the minimum; `x_star` and `start` hold d numbers. */
static void know_minimum(struct kinks *q, double *x_star, const double *start, double r)
{
	double best = INFINITY, at = 0, f_r, least;

	for (size_t k = 0; k < q->kinks; k++)
		if (value_of_one(q, q->c[k]) < best) {
			best = value_of_one(q, q->c[k]);
			at = q->c[k];
		}
	for (size_t i = 0; i < q->known.d; i++)
		x_star[i] = i < q->m ? at : start[i];
	know_vector(q, "x_star", q->known.d, x_star);
	know(q, "f_star", RATE_EXACT, (double)q->m * best, "at the best kink");
	if (smoothed_value(q, 0, r, start, &f_r))
		return;
	/* One kink: f_r is even about it, and convex. Else inf f_r >= inf f. */
	least = q->kinks == 1 ? q->a[0] * smooth(q->known.d, 0, r, 0) : best;
	know(q, "ball.gap", RATE_UPPER, f_r - (double)q->m * least, "f_r(x_0) - inf f_r, or less inf f");
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t d = (size_t)v[D].integer, n = v[WEIGHTS].count;
	double *start, *x_star, total = 0, size = 0, least = INFINITY;
	struct kinks *q;

	if (n < 1 || v[PLACES].count != n)
		return host->fail(host, "kinks: %zu weights a, %zu places c; as many of both are needed", n,
		    v[PLACES].count);
	if (!(q = facts_new(host, sizeof *q, d, 2 * d + 2 * n)))
		return RATE_FAIL;
	q->kinks = n;
	q->m = (size_t)v[ACTIVE].integer < d ? (size_t)v[ACTIVE].integer : d;
	start = facts_take(q, d);
	x_star = facts_take(q, d);
	q->a = facts_take(q, n);
	q->c = facts_take(q, n);
	for (size_t i = 0; i < d; i++)
		start[i] = v[START].reals[i < v[START].count ? i : v[START].count - 1];
	q->known.start = start;
	for (size_t k = 0; k < n; k++) {
		q->a[k] = v[WEIGHTS].reals[k];
		q->c[k] = v[PLACES].reals[k];
		total += q->a[k];
		size += fabs(q->a[k]);
		least = fmin(least, q->a[k]);
	}
	if (least >= 0)
		know(q, "convex", RATE_EXACT, 1, "a sum of norms");
	know(q, "G", RATE_UPPER, sqrt((double)q->m) * size, "sqrt(m) sum |a_k|");
	know(q, "ball.radius", RATE_EXACT, v[RADIUS].real, "given");
	if (total > 0)
		know_minimum(q, x_star, start, v[RADIUS].real);
	*self = q;
	return RATE_OK;
}

static const rate_smoothing smoothing = { sizeof smoothing, smoothed_value, smoothed_gradient };
OFFERS({ "smoothing/1", &smoothing })

static const rate_objective kinks = { OBJECTIVE,
	.id = "kinks",
	.title = "Sums of kinks",
	.summary = "sum_i sum_k a_k |x_i - c_k|, smoothed in closed form",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &kinks };
RATE_PLUGIN("kinks", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
