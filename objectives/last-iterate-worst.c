/* last-iterate-worst: f(x) = max{max_t <h_t, x>, -v}, |h_t| = 1: the last of T - 1 subgradient steps is as bad as can
 * be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built for the steps eta_1, ..., eta_{T-1}. From 0 the oracle answers h_1, ..., h_T in turn, and the gap at x_T is the
 * bound of li-subgrad-recursion with rho = eta_{T-1}. The h_t are the rows of a Cholesky factor of a Gram matrix whose
 * entry (t, s), t > s, depends on s alone: c_s. With q_s of the recursion, P_s = (1 + q_1)...(1 + q_s), a_s = eta_s
 * P_s for s < T, a_T = eta_{T-1} P_{T-1} and A_s = a_s + ... + a_T:
 *     X_{T-1} = a_{T-1} + c_{T-1} a_T;  c_s = (X_{s+1} - a_s)/(A_{s+1} - a_s),  X_s = a_s + c_s A_{s+1}  for s = T-2,
 * ..., 1. X_1 is affine in c_{T-1}, which is chosen such that X_1 = R^2/A_1 = v. The minimiser solves <h_t, x_star> =
 * -v for all t. Where some A_{s+1} - a_s is not positive or the Gram matrix is not positive definite there is no such
 * function: refused.
 *
 * The steps: a list, or N of them of a shape, t = 1, ..., N, T = N + 1: powers gamma t^-p; linear gamma (1 - t/T);
 * cosine gamma (1 + cos(pi (t-1)/N))/2;
 * halving gamma 2^-i/sqrt T for T - ceil(T 2^-i) < t <= T - ceil(T 2^-(i+1)).
 * The oracle: the smallest t with <h_t, x> within rounding of the largest (0 where -v is larger). Constants, exact:
 * convex as a maximum, G = 1, f_star = -v; the gap is max{max_t <h_t, x> + v, 0}. Start: 0.
 *
 *     ratecheck verify li-const-step --objective last-iterate-worst:N=20,gamma=0.2
 */
#include "common.h"

enum { SHAPE, STEPS, COUNT, GAMMA, POWER, RADIUS };
enum { LIST, POWERS, LINEAR, HALVING, COSINE };
#define TIE 0x1p-46 /* of |x| + v */
static const rate_param params[] = {
	[SHAPE] = { "shape", RATE_CHOICE, "powers", 0, 0, "list|powers|linear|halving|cosine", "of the steps" },
	[STEPS] = { "steps", RATE_REALS, "0.2/0.2", 1e-100, 1e100, NULL, "the steps, for shape=list" },
	[COUNT] = { "N", RATE_INTEGER, "20", 1, 2000, NULL, "number of steps, for the other shapes" },
	[GAMMA] = { "gamma", RATE_REAL, "0.2", 1e-100, 1e100, NULL, "size of the steps, for the other shapes" },
	[POWER] = { "p", RATE_REAL, "0", 0, 1, NULL, "exponent, for shape=powers" },
	[RADIUS] = { "R", RATE_REAL, "1", 1e-100, 1e100, NULL, "distance of 0 from the minimiser" },
};

struct worst {
	struct facts known;
	double low, *h; /* low = v; h: T x T, lower triangular */
};

/* Step t of N, t from 1. */
static double step_of(const rate_value *p, size_t N, size_t t)
{
	double T = (double)N + 1, gamma = p[GAMMA].real, half = 1;

	switch (p[SHAPE].integer) {
	case LIST:
		return p[STEPS].reals[t - 1];
	case POWERS:
		return gamma * pow((double)t, -p[POWER].real);
	case LINEAR:
		return gamma * (1 - (double)t / T);
	case COSINE:
		return gamma / 2 * (1 + cos(3.14159265358979323846 * (double)(t - 1) / (double)N));
	default:
		while ((double)t > T - ceil(T * half / 2))
			half /= 2;
		return gamma * half / sqrt(T);
	}
}

/* c_s for s < T from c_{T-1}; X_1 is returned, NaN where there is no such function. */
static double correlations(size_t T, const double *a, const double *A, double last, double *c)
{
	double X = a[T - 1] + last * a[T];

	c[T - 1] = last;
	for (size_t s = T - 2; s >= 1; s--) {
		if (!(A[s + 1] - a[s] > 0))
			return NAN;
		c[s] = (X - a[s]) / (A[s + 1] - a[s]);
		X = a[s] + c[s] * A[s + 1];
	}
	return X;
}

/* The c_s for the steps eta; X_1 is returned. `work`: 3 (T + 2) numbers. */
static double solve_for(size_t T, const double *eta, double R, double *c, double *work)
{
	double *q = work, *a = work + T + 2, *A = a + T + 2, B = 1 / eta[T - 1], P = 1, at0, slope;

	for (size_t s = T - 1; s >= 1; s--) {
		q[s] = eta[s] * B;
		B /= (1 + q[s]) * (1 + q[s]);
	}
	for (size_t s = 1; s < T; s++) {
		P *= 1 + q[s];
		a[s] = eta[s] * P;
	}
	a[T] = eta[T - 1] * P;
	A[T] = a[T];
	for (size_t s = T - 1; s >= 1; s--)
		A[s] = A[s + 1] + a[s];
	at0 = correlations(T, a, A, 0, c);
	slope = correlations(T, a, A, 1, c) - at0;
	return correlations(T, a, A, (R * R / A[1] - at0) / slope, c);
}

/* h <- Cholesky factor of the Gram matrix. RATE_FAIL if it is not positive definite. */
static int factor(size_t T, const double *c, double *h)
{
	for (size_t t = 0; t < T; t++) {
		double rest = 1;
		for (size_t s = 0; s < t; s++) {
			h[t * T + s] = (c[s + 1] - dot(s, h + t * T, h + s * T)) / h[s * T + s];
			rest -= h[t * T + s] * h[t * T + s];
		}
		if (!(rest > 1e-6))
			return RATE_FAIL;
		h[t * T + t] = sqrt(rest);
	}
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *p = args->value;
	size_t N = p[SHAPE].integer == LIST ? p[STEPS].count : (size_t)p[COUNT].integer, T = N + 1;
	struct worst *w = facts_new(host, sizeof *w, T, T * T + 2 * T + (T + 1) + (T + 1) + 3 * (T + 2));
	double *x_star, *eta, *c;

	if (!w)
		return RATE_FAIL;
	w->h = facts_take(w, T * T);
	w->known.start = facts_take(w, T);
	x_star = facts_take(w, T);
	eta = facts_take(w, T + 1);
	c = facts_take(w, T + 1);
	for (size_t t = 1; t <= N; t++)
		eta[t] = step_of(p, N, t);
	w->low = solve_for(T, eta, p[RADIUS].real, c, facts_take(w, 3 * (T + 2)));
	if (!(w->low > 0) || factor(T, c, w->h)) {
		free(w);
		return host->fail(host, "last-iterate-worst: no such function for these steps and this R");
	}
	for (size_t t = 0; t < T; t++) /* forward substitution */
		x_star[t] = (-w->low - dot(t, w->h + t * T, x_star)) / w->h[t * T + t];
	know(w, "convex", RATE_EXACT, 1, "a maximum of linear functions");
	know(w, "G", RATE_EXACT, 1, "|h_t| = 1");
	know(w, "f_star", RATE_EXACT, -w->low, "-v");
	know_vector(w, "x_star", T, x_star);
	*self = w;
	return RATE_OK;
}

static double tie_at(const struct worst *w, const double *x)
{
	return TIE * (sqrt(dot(w->known.d, x, x)) + w->low);
}

/* The largest <h_t, x>, and the smallest t that attains it within the tolerance. */
static double largest(const struct worst *w, const double *x, size_t *first)
{
	size_t T = w->known.d;
	double most = -HUGE_VAL, tie = first ? tie_at(w, x) : 0;

	for (size_t t = 0; t < T; t++)
		most = fmax(most, dot(t + 1, w->h + t * T, x));
	for (size_t t = 0; first && t < T; t++)
		if (dot(t + 1, w->h + t * T, x) >= most - tie) {
			*first = t;
			break;
		}
	return most;
}

static int value(void *self, const double *x, double *f)
{
	const struct worst *w = self;

	*f = fmax(largest(w, x, NULL), -w->low);
	return RATE_OK;
}

static int gap_at(void *self, const double *x, double *gap)
{
	const struct worst *w = self;

	*gap = fmax(largest(w, x, NULL) + w->low, 0);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	const struct worst *w = self;
	size_t T = w->known.d, t = 0;

	memset(g, 0, T * sizeof *g);
	if (largest(w, x, &t) >= -w->low - tie_at(w, x))
		memcpy(g, w->h + t * T, (t + 1) * sizeof *g);
	return RATE_OK;
}

static const rate_gap gap = { sizeof gap, gap_at };
OFFERS({ "gap/1", &gap })

static const rate_objective last_iterate_worst = { OBJECTIVE,
	.id = "last-iterate-worst",
	.title = "Worst case of the last subgradient iterate",
	.summary = "a maximum of T linear functions, made for given steps",
	.source = "ratecheck; compare Zamani & Glineur, arXiv:2307.11134",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &last_iterate_worst };
RATE_PLUGIN("last-iterate-worst", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
