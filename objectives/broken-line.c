/* broken-line: f(x) = 1/n sum_i sum_j p_ij(x_j), where every p_ij' is a broken line: continuous, straight between
 * knots.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The worst functions of most theorems on smooth functions are of this kind: parabolas (one slope), Huber functions
 * (slopes 0/L/0), parabolas of two curvatures, pairs and sums of these. All coordinates and terms share the knots;
 * p_ij has the slopes slopes[(i d + j)(K + 1) + k], k = 0..K, from left to right, and p_ij'(0) = tilt_ij - mean over
 * i of tilt_ij, so that f' vanishes at 0. With n d slopes there are no knots. A slope may be negative: then the term
 * is not convex.
 *
 * Constants, all exact: L and L_i are the largest |slope|, mu the least slope of f; f_star and f_i_star are found among
 * the ends of the pieces and the points of rest in them. PL: on a piece of slope s the ratio f'^2/(2(f - f_star)) is
 * monotone, so it is least at a knot, at infinity (s) or at the minimiser (s). noise2 and noise_max if the outer slopes
 * of all terms agree: differences of broken lines are largest at knots. G if the outer slopes are 0. Without knots
 * L_2 = 0 and, if no term is tilted, strong_growth.
 * Prox of a convex term: x + gamma p'(x) is a broken line, which is inverted. Start: `start`, d numbers or one for all.
 *
 *     ratecheck verify gd-convex-smooth-tight --objective broken-line:knots=-1/1,slopes=0/1/0,start=9
 */
#include "common.h"

enum { N, D, KNOTS, SLOPES, TILT, START };
static const rate_param params[] = {
	[N] = { "n", RATE_INTEGER, "1", 1, 1000, NULL, "terms" },
	[D] = { "d", RATE_INTEGER, "1", 1, 1000, NULL, "dimension" },
	[KNOTS] = { "knots", RATE_REALS, "-1/1", 0, 0, NULL, "where the slopes change, ascending" },
	[SLOPES] = { "slopes", RATE_REALS, "0.5/1/0.5", 0, 0, NULL,
	             "slopes of the derivatives: n d (K + 1), or n d" },
	[TILT] = { "tilt", RATE_REALS, "0", 0, 0, NULL,
	           "derivatives of the terms at 0, n d or one; their mean is taken off" },
	[START] = { "start", RATE_REALS, "2", 0, 0, NULL, "x_0" },
};

struct lines {
	struct facts known;
	size_t n, d, K;
	const double *knot;                /* K */
	double *slope, *tilt;              /* (n + 1) x d (x (K + 1)); row n is the mean, f itself */
	double *at_value, *at_derivative;  /* (n + 1) x d x K: p and p' at the knots */
	double *start, *x_star, *L_i, *low;
};

/* The piece that x lies in: knots below it. */
static size_t piece(const struct lines *q, double x)
{
	size_t k = 0;

	while (k < q->K && x > q->knot[k])
		k++;
	return k;
}

/* The end of piece k of row r (that is, i d + j) that is nearer to 0, and p and p' there; 0 itself in its own piece. */
static void anchor(const struct lines *q, size_t r, size_t k, double *a, double *value, double *derivative)
{
	size_t end = k > 0 && q->knot[k - 1] > 0 ? k - 1 : k;

	if (end == k && !(k < q->K && q->knot[k] < 0)) {
		*a = *value = 0;
		*derivative = q->tilt[r];
		return;
	}
	*a = q->knot[end];
	*value = q->at_value[r * q->K + end];
	*derivative = q->at_derivative[r * q->K + end];
}

/* p and p' of row r at x in piece k. */
static void within(const struct lines *q, size_t r, size_t k, double x, double *p, double *dp)
{
	double s = q->slope[r * (q->K + 1) + k], a, value, derivative;

	anchor(q, r, k, &a, &value, &derivative);
	*p = value + (derivative + s / 2 * (x - a)) * (x - a);
	*dp = derivative + s * (x - a);
}

static void at(const struct lines *q, size_t r, double x, double *p, double *dp)
{
	within(q, r, piece(q, x), x, p, dp);
}

/* Values at the knots, from 0 outwards, each from the one before. */
static void fill_knots(struct lines *q, size_t r)
{
	size_t K = q->K, first = piece(q, 0);

	for (size_t k = first; k < K; k++)
		within(q, r, k, q->knot[k], q->at_value + r * K + k, q->at_derivative + r * K + k);
	for (size_t k = first; k-- > 0;)
		within(q, r, k + 1, q->knot[k], q->at_value + r * K + k, q->at_derivative + r * K + k);
}

/* The least value of row r and where it is; -inf if there is none. */
static double least(const struct lines *q, size_t r, double *where)
{
	size_t K = q->K;
	double best = 0, p, dp, left = q->slope[r * (K + 1)], right = q->slope[r * (K + 1) + K];
	double end_left = K ? q->knot[0] : 0, end_right = K ? q->knot[K - 1] : 0;

	*where = 0;
	at(q, r, end_left, &p, &dp);
	if (left < 0 || (left == 0 && dp > 0))
		return -INFINITY;
	at(q, r, end_right, &p, &dp);
	if (right < 0 || (right == 0 && dp < 0))
		return -INFINITY;
	for (size_t k = 0; k <= K; k++) {
		double s = q->slope[r * (K + 1) + k], low = k ? q->knot[k - 1] : -INFINITY,
		       high = k < K ? q->knot[k] : INFINITY;
		double from = k ? low : K ? high : 0, rest;
		at(q, r, from, &p, &dp);
		rest = s > 0 ? from - dp / s : from;
		rest = fmax(low, fmin(rest, high));
		at(q, r, rest, &p, &dp);
		if (p < best) {
			best = p;
			*where = rest;
		}
	}
	return best;
}

/* The PL constant of row r, whose least value is `low`, taken at x_star. */
static double pl_of(const struct lines *q, size_t r, double low, double x_star)
{
	size_t K = q->K, k = piece(q, x_star);
	const double *s = q->slope + r * (K + 1);
	double pl = fmin(s[0], s[K]), p, dp;

	/* About the minimiser, which may be a knot. */
	pl = fmin(pl, s[k]);
	if (k < K && x_star == q->knot[k])
		pl = fmin(pl, s[k + 1]);
	for (k = 0; k < K; k++) {
		at(q, r, q->knot[k], &p, &dp);
		if (p - low > 0)
			pl = fmin(pl, dp * dp / (2 * (p - low)));
		/* A point of rest inside a piece, above the minimum. */
		if (k + 1 < K && q->at_derivative[r * K + k] * q->at_derivative[r * K + k + 1] < 0) {
			double rest = q->knot[k] - dp / s[k + 1];
			at(q, r, rest, &p, &dp);
			if (p - low > 1e-12 * (fabs(p) + fabs(low)))
				pl = 0;
		}
	}
	return fmax(pl, 0);
}

/* What is known of the noise, coordinate by coordinate: a difference of broken lines with the same outer slopes is
 * largest at a knot (or at 0, where there is no knot). */
static void know_noise(struct lines *q)
{
	size_t n = q->n, d = q->d, K = q->K;
	double sum = 0, most = 0, p, dp, mean;
	int same = 1, additive = 1;

	for (size_t i = 0; i < n; i++)
		for (size_t e = 0; e < d * (K + 1); e++)
			if (q->slope[i * d * (K + 1) + e] != q->slope[n * d * (K + 1) + e]) {
				additive = 0;
				same = same && e % (K + 1) != 0 && e % (K + 1) != K;
			}
	know(q, "noise_additive", RATE_EXACT, additive, "equal slopes");
	if (!same)
		return;
	for (size_t j = 0; j < d; j++) {
		double worst = 0;
		for (size_t k = 0; k < K + !K; k++) {
			double x = K ? q->knot[k] : 0, variance = 0;
			at(q, n * d + j, x, &p, &mean);
			for (size_t i = 0; i < n; i++) {
				at(q, i * d + j, x, &p, &dp);
				variance += (dp - mean) * (dp - mean) / (double)n;
			}
			worst = fmax(worst, variance);
		}
		sum += worst;
	}
	for (size_t i = 0; i < n; i++) {
		double one = 0;
		for (size_t j = 0; j < d; j++) {
			double worst = 0;
			for (size_t k = 0; k < K + !K; k++) {
				double x = K ? q->knot[k] : 0;
				at(q, n * d + j, x, &p, &mean);
				at(q, i * d + j, x, &p, &dp);
				worst = fmax(worst, (dp - mean) * (dp - mean));
			}
			one += worst;
		}
		most = fmax(most, sqrt(one));
	}
	know(q, "noise2", RATE_EXACT, sum, "at the worst knot of each coordinate");
	know(q, "noise_max", RATE_EXACT, most, "at the worst knot of each coordinate");
}

/* G^2: mean over the terms of the squares of their largest slopes; needs outer slopes of 0. */
static void know_lipschitz(struct lines *q)
{
	size_t n = q->n, d = q->d, K = q->K;
	double sum = 0;

	for (size_t r = 0; r < n * d; r++) {
		double worst = 0;
		if (!K || q->slope[r * (K + 1)] != 0 || q->slope[r * (K + 1) + K] != 0)
			return;
		for (size_t k = 0; k < K; k++)
			worst = fmax(worst, fabs(q->at_derivative[r * K + k]));
		sum += worst * worst;
	}
	know(q, "G", RATE_EXACT, sqrt(sum / (double)n), "straight outside the knots");
}

/* E |g|^2 <= rho |grad f|^2 for quadratics at rest at 0. */
static double growth(const struct lines *q)
{
	double rho = 1;

	for (size_t j = 0; j < q->d; j++) {
		double square = 0, f = q->slope[q->n * q->d + j];
		for (size_t i = 0; i < q->n; i++)
			square += q->slope[i * q->d + j] * q->slope[i * q->d + j] / (double)q->n;
		rho = fmax(rho, square / (f * f));
	}
	return rho;
}

static int know_all(const rate_host *host, struct lines *q)
{
	size_t n = q->n, d = q->d, W = q->K + 1;
	double L = 0, L_max = 0, mu = INFINITY, mu_min = INFINITY, pl = INFINITY, f_star = 0, where;
	int bounded = 1, together = 1;

	for (size_t j = 0; j < d; j++) {
		double low = least(q, n * d + j, &q->x_star[j]);
		if (low == -INFINITY)
			return host->fail(host, "broken-line: f is not bounded below along coordinate %zu", j);
		f_star += low;
		pl = fmin(pl, pl_of(q, n * d + j, low, q->x_star[j]));
	}
	for (size_t e = 0; e < d * W; e++) {
		L = fmax(L, fabs(q->slope[n * d * W + e]));
		mu = fmin(mu, q->slope[n * d * W + e]);
	}
	for (size_t i = 0; i < n; i++) {
		for (size_t e = 0; e < d * W; e++) {
			q->L_i[i] = fmax(q->L_i[i], fabs(q->slope[i * d * W + e]));
			mu_min = fmin(mu_min, q->slope[i * d * W + e]);
		}
		for (size_t j = 0; j < d; j++) {
			q->low[i] += least(q, i * d + j, &where);
			together &= q->tilt[i * d + j] == 0;
		}
		bounded &= q->low[i] > -INFINITY;
		L_max = fmax(L_max, q->L_i[i]);
	}
	know(q, "convex", RATE_EXACT, mu_min >= 0, "slopes of the terms >= 0");
	know(q, "L", RATE_EXACT, L, "largest slope of f'");
	know(q, "L_max", RATE_EXACT, L_max, "largest slope of a term");
	if (mu > 0)
		know(q, "mu", RATE_EXACT, mu, "least slope of f'");
	if (mu_min > 0)
		know(q, "mu_min", RATE_EXACT, mu_min, "least slope of a term");
	if (pl > 0)
		know(q, "pl", RATE_EXACT, pl, "least at a knot, at infinity or at the minimiser");
	know(q, "f_star", RATE_EXACT, f_star, "least of the pieces");
	know_vector(q, "x_star", d, q->x_star);
	know_vector(q, "L_i", n, q->L_i);
	if (bounded)
		know_vector(q, "f_i_star", n, q->low);
	if (n == 1)
		know_single(q);
	else
		know(q, "interpolation", RATE_EXACT, together && mu_min >= 0, "every term is at rest at 0");
	if (!q->K)
		know(q, "L_2", RATE_EXACT, 0, "a quadratic");
	if (!q->K && together && mu > 0)
		know(q, "strong_growth", RATE_EXACT, growth(q), "mean of the squared slopes over that of f squared");
	know_noise(q);
	know_lipschitz(q);
	return RATE_OK;
}

/* The rows of the terms from the lists; row n from their mean. */
static void fill_rows(struct lines *q, const rate_value *v)
{
	size_t n = q->n, d = q->d, W = q->K + 1;

	for (size_t r = 0; r < n * d; r++)
		q->tilt[r] = v[TILT].reals[v[TILT].count == 1 ? 0 : r];
	for (size_t e = 0; e < n * d * W; e++)
		q->slope[n * d * W + e % (d * W)] += (q->slope[e] = v[SLOPES].reals[e]) / (double)n;
	for (size_t j = 0; j < d; j++) {
		double mean = 0;
		for (size_t i = 0; i < n; i++)
			mean += q->tilt[i * d + j] / (double)n;
		for (size_t i = 0; i < n; i++)
			q->tilt[i * d + j] -= mean;
		q->start[j] = v[START].reals[v[START].count == 1 ? 0 : j];
	}
	/* The mean of equal numbers is that number, whatever the rounding. */
	for (size_t e = 0; e < d * W; e++) {
		int equal = 1;
		for (size_t i = 1; i < n; i++)
			equal &= q->slope[i * d * W + e] == q->slope[e];
		if (equal)
			q->slope[n * d * W + e] = q->slope[e];
	}
	for (size_t r = 0; r < (n + 1) * d; r++)
		fill_knots(q, r);
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *v = args->value;
	size_t n = (size_t)v[N].integer, d = (size_t)v[D].integer, K = v[SLOPES].count == n * d ? 0 : v[KNOTS].count;
	struct lines *q;
	double *knot;

	if (v[SLOPES].count != n * d * (K + 1))
		return host->fail(host, "broken-line: %zu slopes: n d (knots + 1) = %zu are wanted, or n d = %zu",
		                  v[SLOPES].count, n * d * (v[KNOTS].count + 1), n * d);
	if ((v[TILT].count != n * d && v[TILT].count != 1) || (v[START].count != d && v[START].count != 1))
		return host->fail(host, "broken-line: tilt takes n d = %zu numbers, start d = %zu, or one each",
		                  n * d, d);
	for (size_t k = 1; k < K; k++)
		if (!(v[KNOTS].reals[k] > v[KNOTS].reals[k - 1]))
			return host->fail(host, "broken-line: the knots must ascend");
	if (!(q = facts_new(host, sizeof *q, d, K + (n + 1) * d * (3 * K + 2) + 2 * d + 2 * n)))
		return RATE_FAIL;
	q->n = n;
	q->d = d;
	q->K = K;
	q->knot = knot = facts_take(q, K);
	q->slope = facts_take(q, (n + 1) * d * (K + 1));
	q->tilt = facts_take(q, (n + 1) * d);
	q->at_value = facts_take(q, (n + 1) * d * K);
	q->at_derivative = facts_take(q, (n + 1) * d * K);
	q->known.start = q->start = facts_take(q, d);
	q->x_star = facts_take(q, d);
	q->L_i = facts_take(q, n);
	q->low = facts_take(q, n);
	for (size_t k = 0; k < K; k++)
		knot[k] = v[KNOTS].reals[k];
	fill_rows(q, v);
	if (know_all(host, q)) {
		free(q);
		return RATE_FAIL;
	}
	*self = q;
	return RATE_OK;
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	const struct lines *q = self;
	double p, dp;

	*f = 0;
	for (size_t j = 0; j < q->d; j++) {
		at(q, i * q->d + j, x[j], &p, &dp);
		*f += p;
	}
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	const struct lines *q = self;
	double p;

	for (size_t j = 0; j < q->d; j++)
		at(q, i * q->d + j, x[j], &p, g + j);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	return term_value(self, ((const struct lines *)self)->n, x, f);
}

static int gradient(void *self, const double *x, double *g)
{
	return term_gradient(self, ((const struct lines *)self)->n, x, g);
}

static size_t count(void *self)
{
	return ((const struct lines *)self)->n;
}

/* y with y + gamma p'(y) = x: on its piece, which the monotone left side finds. */
static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	const struct lines *q = self;

	for (size_t j = 0; j < q->d; j++) {
		size_t r = i * q->d + j, k = 0, K = q->K;
		double a, value, derivative;
		while (k < K && x[j] > q->knot[k] + gamma * q->at_derivative[r * K + k])
			k++;
		anchor(q, r, k, &a, &value, &derivative);
		p[j] = a + (x[j] - a - gamma * derivative) / (1 + gamma * q->slope[r * (K + 1) + k]);
	}
	return RATE_OK;
}

static const rate_finite_sum sum = { sizeof sum, count, term_value, term_gradient, NULL };
static const rate_finite_sum convex_sum = { sizeof convex_sum, count, term_value, term_gradient, term_prox };
static const rate_gap gap = { sizeof gap, value };

/* Where f_star = f(0) = 0 the gap is f, which does not cancel if f is convex. */
static const void *offers(void *self, const char *name)
{
	const struct lines *q = self;
	int convex = q->known.scalar[0].value == 1;
	const struct offer table[] = { { "constants/1", &facts_constants }, { "start/1", &facts_start_at },
		{ "finite-sum/1", convex ? &convex_sum : &sum }, { "gap/1", convex ? &gap : NULL } };

	return find_offer(table, sizeof table / sizeof table[0], name);
}

static const rate_objective broken_line = { OBJECTIVE,
	.id = "broken-line",
	.title = "Derivatives that are broken lines",
	.summary = "sums of separable functions with piecewise linear derivatives: parabolas, Huber functions, "
	           "pairs of them",
	.source = "standard; the search space of `ratecheck hunt`",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &broken_line };
RATE_PLUGIN("broken-line", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
