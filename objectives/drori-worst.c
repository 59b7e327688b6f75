/* drori-worst: the smooth convex function in R^{N+1} on which no method does better than the optimised gradient method.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For L = R = 1: f(x) = max { sum_i al_i (c_i - z_i x_i) - sum_i al_i^2 z_i^2/2 : al >= 0, sum al <= 1 }, the Moreau
 * envelope of max{0, max_i (c_i - z_i y_i)}. With the theta_k of the optimised gradient method for N steps: c_N = 1,
 * z_N^2 = 1/theta_N, and downwards z_k^2 = c_{k+1}/(2 theta_k - 1), c_k = c_{k+1} + z_k^2 (1 + 1e-9); then c and z^2
 * are scaled such that sum c_i^2/z_i^2 = 1. In general f is L R^2 f_1(x/R). From 0, piece k + 1 is inactive as long as
 * x lies in the span of e_0, ..., e_k; without the 1e-9 rounding would let a method see it early.
 *
 * The maximum is found by water-filling: al_i = max{0, c_i - z_i x_i - lam}/z_i^2 with lam >= 0 such that the sum is 1,
 * or lam = 0 if it is less.
 * Constants, exact: convex, L, f_star = 0 at R c_i/z_i. The gap is f. Own constant `drori` = N. Start: 0.
 *
 *     ratecheck verify drori-lb --objective drori-worst:N=20 --steps 20
 */
#include "common.h"

enum { COUNT, SMOOTH, RADIUS };
static const rate_param params[] = {
	[COUNT] = { "N", RATE_INTEGER, "20", 0, 1000, NULL, "number of steps it is built for; the dimension is N + 1" },
	[SMOOTH] = { "L", RATE_REAL, "1", 1e-100, 1e100, NULL, "smoothness constant" },
	[RADIUS] = { "R", RATE_REAL, "1", 1e-100, 1e100, NULL, "distance of 0 from the minimiser" },
};

struct drori {
	struct facts known;
	double L, R, *c, *z;
};

/* One piece at a point: c_i - z_i x_i, and its weight 1/z_i^2. */
struct piece {
	double level, weight;
};

static void make_pieces(size_t N, double *c, double *z, double *theta)
{
	double sum = 0;

	theta[0] = 1;
	for (size_t k = 1; k <= N; k++)
		theta[k] = (1 + sqrt(1 + (k < N ? 4 : 8) * theta[k - 1] * theta[k - 1])) / 2;
	c[N] = 1;
	z[N] = 1 / theta[N]; /* z holds squares at first */
	for (size_t k = N; k-- > 0;) {
		z[k] = c[k + 1] / (2 * theta[k] - 1);
		c[k] = c[k + 1] + z[k] * (1 + 1e-9);
	}
	for (size_t i = 0; i <= N; i++)
		sum += c[i] * c[i] / z[i];
	for (size_t i = 0; i <= N; i++) {
		c[i] /= sum;
		z[i] = sqrt(z[i] / sum);
	}
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t N = (size_t)p[COUNT].integer, d = N + 1;
	struct drori *w = facts_new(host, sizeof *w, d, 5 * d);
	double *x_star;

	if (!w)
		return RATE_FAIL;
	w->L = p[SMOOTH].real;
	w->R = p[RADIUS].real;
	w->c = facts_take(w, d);
	w->z = facts_take(w, d);
	w->known.start = facts_take(w, d);
	x_star = facts_take(w, d);
	make_pieces(N, w->c, w->z, facts_take(w, d));
	for (size_t i = 0; i < d; i++)
		x_star[i] = w->R * w->c[i] / w->z[i];
	know(w, "convex", RATE_EXACT, 1, "a maximum of linear functions");
	know(w, "L", RATE_EXACT, w->L, "a Moreau envelope");
	know(w, "f_star", RATE_EXACT, 0, "al = 0 is the best at x_star");
	know(w, "drori", RATE_EXACT, (double)N, "what it is built for");
	know_vector(w, "x_star", d, x_star);
	*self = w;
	return RATE_OK;
}

static int higher(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	return (x->level < y->level) - (x->level > y->level);
}

/* al at x (for L = R = 1). */
static int weights(const struct drori *w, const double *x, double *al)
{
	size_t d = w->known.d;
	struct piece *p = malloc(d * sizeof *p);
	double top, fall = INFINITY, weight = 0, sum = 1;

	if (!p)
		return RATE_FAIL;
	for (size_t i = 0; i < d; i++)
		p[i] = (struct piece){ w->c[i] - w->z[i] * x[i] / w->R, 1 / (w->z[i] * w->z[i]) };
	qsort(p, d, sizeof *p, higher);
	/* The water falls from the highest level until, with the pieces above it, sum (level - lam) weight = 1. It is
	 * measured from there: of levels far from 0 lam would have lost the digits of the weights. */
	top = p[0].level;
	for (size_t i = 0; i < d && p[i].level > 0 && top - p[i].level < fall; i++) {
		weight += p[i].weight;
		sum += p[i].weight * (top - p[i].level);
		fall = sum / weight;
	}
	for (size_t i = 0; i < d; i++) {
		double level = w->c[i] - w->z[i] * x[i] / w->R;

		al[i] = fmax(fall < top ? fall - (top - level) : level, 0) / (w->z[i] * w->z[i]);
	}
	free(p);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	const struct drori *w = self;
	size_t d = w->known.d;
	double *al = malloc(d * sizeof *al);
	int rc = al ? weights(w, x, al) : RATE_FAIL;

	*f = 0;
	for (size_t i = 0; i < d && rc == RATE_OK; i++)
		*f += w->L * w->R * w->R * al[i] * (w->c[i] - w->z[i] * x[i] / w->R - al[i] * w->z[i] * w->z[i] / 2);
	free(al);
	return rc;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct drori *w = self;

	if (weights(w, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < w->known.d; i++)
		g[i] *= -w->L * w->R * w->z[i];
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, value };
OFFERS({ "gap/1", &gap })

static const rate_objective drori_worst = { OBJECTIVE,
	.id = "drori-worst",
	.title = "The worst smooth convex function",
	.summary = "a Moreau envelope of a maximum: no method beats the optimised gradient method on it",
	.source = "value: Drori, J. Complexity 39 (2017), 1-16; construction: ratecheck",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &drori_worst };
RATE_PLUGIN("drori-worst", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
