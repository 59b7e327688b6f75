/* bilevel-quadratic: two quadratic levels, and the field of their penalty.
 *
 *     upper  f(x, y) = x'Px/2 + p'x + (y - a)'S(y - a)/2 + x'Cy,      lower  g(x, y) = (y - Bx)'Q(y - Bx)/2
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * F(x) = f(x, y*(x)), y*(x) the best minimiser of g(x, .) for f. The penalty L_lambda(x) = min_y f + lambda (g - min
 * g) is the value of a game: x and y lower f(x, y) + lambda (g(x, y) - g(x, z)), and z raises it. A point of this
 * objective is (x, y, z), d = 3 size, and its field is that of the game; x_star = (x_lambda, y_lambda, Bx_lambda). All
 * matrices are size x size: given row by row, or as one number (a multiple of the identity), or as `size` of them (a
 * diagonal). P, S, Q symmetric, S + lambda Q definite; Q >= 0 may be singular. With sigma_f, sigma_g > 0 each partial
 * gradient of f and of g is sampled with normal noise of that standard deviation; `shared`: g at y and at z with the
 * same sample.
 *
 * Constants: field, L, x_star if L_lambda is strongly convex, `players` = size of x, y, z; noise2, noise_additive.
 * Under names with `bilevel.`: lambda; mu_g, L_g, m, l_y the least positive and largest eigenvalues of Q and of S;
 * l_x = |C|, M = |B'Q|; rho = 0, the change of g's second derivatives; unique = 1 if Q is definite; Lambda, the
 * smoothness of L_lambda, if it is strongly convex; for size = 1 also P, S, C, Q, B, x_lambda and x_hyper, the
 * minimisers of L_lambda and F, variance_f, variance_g, shared. Quantities (of x): those, value_gap = F - L_lambda,
 * gradient_gap = |grad L_lambda - grad F|, slope2 = |grad_y f(x, y*)|^2, penalty_grad2 = |grad L_lambda|^2,
 * penalty_gap = L_lambda - min, hyper_dist2; and lag, how far (y, z) is behind (y_lambda, y*), as the steps of x feel
 * it.
 *
 *     ratecheck verify penalty-gradient --objective bilevel-quadratic:Q=2,S=0.5,C=0.7,B=1.3,lambda=10
 */
#include "common.h"

enum { SIZE, UPPER_X, TILT, UPPER_Y, TARGET, COUPLING, LOWER, RESPONSE, LAMBDA, NOISE_F, NOISE_G, SHARED, START };
static const rate_param params[] = {
	[SIZE] = { "size", RATE_INTEGER, "1", 1, 32, NULL, "coordinates of x, of y and of z" },
	[UPPER_X] = { "P", RATE_REALS, "1", -1e20, 1e20, NULL, "curvature of f in x" },
	[TILT] = { "p", RATE_REALS, "0", -1e20, 1e20, NULL, "slope of f in x; the last entry for all that follow" },
	[UPPER_Y] = { "S", RATE_REALS, "1", 0, 0, NULL, "curvature of f in y" },
	[TARGET] = { "a", RATE_REALS, "1", -1e20, 1e20, NULL, "where f wants y; the last entry for all that follow" },
	[COUPLING] = { "C", RATE_REALS, "0", -1e20, 1e20, NULL, "coupling of x and y in f" },
	[LOWER] = { "Q", RATE_REALS, "1", -1e20, 1e20, NULL, "curvature of g in y" },
	[RESPONSE] = { "B", RATE_REALS, "1", -1e20, 1e20, NULL, "the lower minimiser is Bx" },
	[LAMBDA] = { "lambda", RATE_REAL, "10", 1e-20, 1e20, NULL, "weight of the penalty" },
	[NOISE_F] = { "sigma_f", RATE_REAL, "0", 0, 1e20, NULL, "noise of each partial gradient of f" },
	[NOISE_G] = { "sigma_g", RATE_REAL, "0", 0, 1e20, NULL, "noise of each partial gradient of g" },
	[SHARED] = { "shared", RATE_INTEGER, "0", 0, 1, NULL, "1: g at y and at z with the same sample" },
	[START] = { "start", RATE_REALS, "2", -1e20, 1e20, NULL,
	            "x_0; or x_0, y_0, z_0: without the two, (y, z) starts where it belongs" },
};

/* The parts of a point, and the samples of a partial gradient: of f by x and y, of g by x and y at y, by x and y at
 * z. */
enum { F_X, F_Y, G_X, G_Y, G_XZ, G_YZ, PARTS };

struct bilevel {
	struct facts known;
	size_t n;
	double lambda, sigma_f, sigma_g, reach; /* reach: l_x + lambda M */
	int shared;
	double *P, *p, *S, *a, *C, *Q, *B; /* matrices n x n */
	double *K, normal_K;               /* (S + lambda Q)^-1 and its norm */
	double *Y, *y0;                    /* y*(x) = Yx + y0 */
	double *H, *x_lambda, *x_hyper;    /* of L_lambda; NULL: not strongly convex */
	double lag_z;                      /* lambda M */
	unsigned own;
	struct fact mine[24];
};

/* ---- Small matrices ---- */

static void times(size_t n, double c, const double *A, const double *x, double *out) /* out <- out + c A x */
{
	for (size_t i = 0; i < n; i++)
		out[i] += c * dot(n, A + i * n, x);
}

static void times_transposed(size_t n, double c, const double *A, const double *x, double *out)
{
	for (size_t i = 0; i < n; i++)
		axpy(n, c * x[i], A + i * n, out);
}

/* out <- out + c A'DB */
static void sandwich(size_t n, double c, const double *A, const double *D, const double *B, double *out)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				axpy(n, c * A[k * n + i] * D[k * n + j], B + j * n, out + i * n);
}

static void symmetrise(size_t n, double *A)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			A[i * n + j] = A[j * n + i] = (A[i * n + j] + A[j * n + i]) / 2;
}

static double frobenius(size_t n, const double *A)
{
	return sqrt(dot(n * n, A, A));
}

/* The largest singular value. `work`: n^2 + n. */
static int norm_of(const rate_host *host, size_t n, const double *A, double *work, double *norm)
{
	memset(work, 0, n * n * sizeof *work);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < n; i++)
			axpy(n, A[k * n + i], A + k * n, work + i * n);
	if (host->eigen(host, n, work, work + n * n, NULL))
		return RATE_FAIL;
	*norm = sqrt(fmax(work[n * n + n - 1], 0));
	return RATE_OK;
}

static int fill_matrix(const rate_host *host, const char *name, const rate_value *v, size_t n, int symmetric, double *A)
{
	if (v->count != 1 && v->count != n && v->count != n * n)
		return host->fail(host, "%s has %zu numbers: give one, %zu for a diagonal, or %zu",
		                  name, v->count, n, n * n);
	if (v->count == n * n)
		memcpy(A, v->reals, n * n * sizeof *A);
	else
		for (size_t i = 0; i < n; i++)
			A[i * n + i] = v->reals[v->count == 1 ? 0 : i];
	for (size_t i = 0; symmetric && i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (A[i * n + j] != A[j * n + i])
				return host->fail(host, "%s must be symmetric", name);
	return RATE_OK;
}

static int fill_vector(const rate_host *host, const char *name, const rate_value *v, size_t most, double *x)
{
	if (!v->count || v->count > most)
		return host->fail(host, "%s has %zu numbers: give from 1 to %zu", name, v->count,
		                  most);
	for (size_t i = 0; i < most; i++)
		x[i] = v->reals[i < v->count ? i : v->count - 1];
	return RATE_OK;
}

/* ---- The two levels ---- */

/* grad_y f at (x, y); the size of what is added up in it is returned. */
static double slope_y(const struct bilevel *f, const double *x, const double *y, double *g)
{
	size_t n = f->n;
	double off[32];

	for (size_t i = 0; i < n; i++)
		off[i] = y[i] - f->a[i];
	memset(g, 0, n * sizeof *g);
	times(n, 1, f->S, off, g);
	times_transposed(n, 1, f->C, x, g);
	return frobenius(n, f->S) * (sqrt(dot(n, y, y)) + sqrt(dot(n, f->a, f->a))) +
	       frobenius(n, f->C) * sqrt(dot(n, x, x));
}

/* y*(x), grad_y f there and y_lambda - y* = -K grad_y f, without cancellation. */
static double respond(const struct bilevel *f, const double *x, double *y, double *g, double *shift)
{
	double size;

	memcpy(y, f->y0, f->n * sizeof *y);
	times(f->n, 1, f->Y, x, y);
	size = slope_y(f, x, y, g);
	memset(shift, 0, f->n * sizeof *shift);
	times(f->n, -1, f->K, g, shift);
	return size;
}

/* grad L_lambda = Px + p + C y_lambda - lambda B'Q w with w = y_lambda - Bx = K (S(a - Bx) - C'x). */
static double penalty_slope(const struct bilevel *f, const double *x, double *h)
{
	size_t n = f->n;
	double base[32] = { 0 }, g[32], w[32] = { 0 }, Qw[32] = { 0 }, size;

	times(n, 1, f->B, x, base);
	size = slope_y(f, x, base, g);
	times(n, -1, f->K, g, w);
	times(n, 1, f->Q, w, Qw);
	axpy(n, 1, w, base);
	memcpy(h, f->p, n * sizeof *h);
	times(n, 1, f->P, x, h);
	times(n, 1, f->C, base, h);
	times_transposed(n, -f->lambda, f->B, Qw, h);
	return frobenius(n, f->P) * sqrt(dot(n, x, x)) + sqrt(dot(n, f->p, f->p)) +
	       frobenius(n, f->C) * sqrt(dot(n, base, base)) +
	       f->reach * f->normal_K * size;
}

/* ---- What is known ---- */

static void own(struct bilevel *f, const char *name, double value, const char *why)
{
	f->mine[f->own++] = (struct fact){ name, RATE_EXACT, value, why };
}

/* y*(x) = Yx + y0. Where Q is singular the best of its minimisers Bx + Nk for f: N'(S(Bx + Nk - a) + C'x) = 0. `l`,
 * `v`: eigenvalues and eigenvectors of Q. `work`: 4 n^2. */
static int best_response(const rate_host *host, struct bilevel *f, const double *l, const double *v, double *work)
{
	size_t n = f->n, flat = 0;
	double *small = work, *right = small + n * n, *k = right + n, *T = k + n;

	memcpy(f->Y, f->B, n * n * sizeof *f->Y);
	while (flat < n && l[flat] <= 1e-12 * l[n - 1])
		flat++;
	for (size_t i = 0; i < flat; i++)
		for (size_t j = 0; j < flat; j++) {
			memset(right, 0, n * sizeof *right);
			times(n, 1, f->S, v + j * n, right);
			small[i * flat + j] = dot(n, v + i * n, right);
		}
	/* T = SB + C', column by column; then -Sa */
	memset(T, 0, n * n * sizeof *T);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			axpy(n, f->S[i * n + j], f->B + j * n, T + i * n);
	for (size_t column = 0; flat && column <= n; column++) {
		double slope[32] = { 0 };

		if (column == n)
			times(n, -1, f->S, f->a, slope);
		for (size_t i = 0; column < n && i < n; i++)
			slope[i] = T[i * n + column] + f->C[column * n + i];
		for (size_t i = 0; i < flat; i++)
			right[i] = -dot(n, v + i * n, slope);
		if (host->solve(host, flat, small, right, k))
			return RATE_FAIL;
		for (size_t i = 0; i < flat; i++)
			for (size_t j = 0; j < n; j++)
				*(column < n ? &f->Y[j * n + column] : &f->y0[j]) += k[i] * v[i * n + j];
	}
	return RATE_OK;
}

/* The minimiser of x'Hx/2 + b'x, b the slope at 0; 0: H is not definite. `work`: n^2 + n. */
static int minimise(const rate_host *host, size_t n, const double *H, double *b, double *work, double *top, double *x)
{
	if (host->eigen(host, n, H, work, NULL) || !(work[0] > 1e-13 * work[n - 1]))
		return 0;
	*top = work[n - 1];
	for (size_t i = 0; i < n; i++)
		b[i] = -b[i];
	return host->solve(host, n, H, b, x) == RATE_OK;
}

static void field_at(const struct bilevel *f, const double *x, double *V)
{
	size_t n = f->n;
	const double *y = x + n, *z = y + n;
	double lower[32], apart[32], pull[32] = { 0 };

	memset(V, 0, 3 * n * sizeof *V);
	memcpy(V, f->p, n * sizeof *V);
	times(n, 1, f->P, x, V);
	times(n, 1, f->C, y, V);
	for (size_t i = 0; i < n; i++)
		apart[i] = y[i] - z[i];
	times(n, 1, f->Q, apart, pull);
	times_transposed(n, -f->lambda, f->B, pull, V);
	slope_y(f, x, y, V + n);
	for (int which = 1; which <= 2; which++) {
		memcpy(lower, which == 1 ? y : z, n * sizeof *lower);
		times(n, -1, f->B, x, lower);
		times(n, f->lambda, f->Q, lower, V + (size_t)which * n);
	}
}

/* L of the field: its matrix, column by column. `work`: 18 n^2 + 9 n. */
static int smoothness(const rate_host *host, const struct bilevel *f, double *work, double *L)
{
	size_t d = 3 * f->n;
	double at[96] = { 0 }, zero[96], column[96];

	field_at(f, at, zero);
	for (size_t j = 0; j < d; j++) {
		at[j] = 1;
		field_at(f, at, column);
		at[j] = 0;
		for (size_t i = 0; i < d; i++)
			work[i * d + j] = column[i] - zero[i];
	}
	return norm_of(host, d, work, work + d * d, L);
}

static int know_all(const rate_host *host, struct bilevel *f, double *work, double *start, int whole_start)
{
	size_t n = f->n, d = 3 * n;
	double *l = work, *v = l + n, *more = v + n * n, *sum = more, *b = more + 20 * n * n;
	double top, L, M, l_x, low, high;
	double *players = facts_take(f, 3), *x_star = facts_take(f, d);

	/* K */
	for (size_t i = 0; i < n * n; i++)
		sum[i] = f->S[i] + f->lambda * f->Q[i];
	if (host->eigen(host, n, sum, l, NULL))
		return RATE_FAIL;
	if (!(l[0] > 1e-13 * l[n - 1]))
		return host->fail(host, "S + lambda Q must be definite");
	f->normal_K = 1 / l[0];
	for (size_t j = 0; j < n; j++) {
		double unit[32] = { 0 };

		unit[j] = 1;
		if (host->solve(host, n, sum, unit, f->K + j * n))
			return RATE_FAIL;
	}
	symmetrise(n, f->K);
	if (host->eigen(host, n, f->S, l, NULL))
		return RATE_FAIL;
	low = fabs(l[0]) > 1e-13 * l[n - 1] ? l[0] : 0; /* rounding has a sign */
	high = l[n - 1];
	if (host->eigen(host, n, f->Q, l, v))
		return RATE_FAIL;
	if (!(l[n - 1] > 0) || l[0] < -1e-12 * l[n - 1])
		return host->fail(host, "Q must be semidefinite, and not 0");
	if (best_response(host, f, l, v, more) || norm_of(host, n, f->C, more, &l_x))
		return RATE_FAIL;
	memset(b, 0, n * n * sizeof *b);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			axpy(n, f->B[j * n + i], f->Q + j * n, b + i * n);
	if (norm_of(host, n, b, more, &M) || smoothness(host, f, more, &L))
		return RATE_FAIL;
	f->lag_z = f->lambda * M;
	f->reach = l_x + f->lag_z;
	know(f, "field", RATE_EXACT, 1, "of a game");
	know(f, "L", RATE_UPPER, L * (1 + 1e-12), "norm of the matrix of the field");
	know(f, "L_2", RATE_EXACT, 0, "the field is affine");
	players[0] = players[1] = players[2] = (double)n;
	know_vector(f, "players", 3, players);
	own(f, "bilevel.lambda", f->lambda, "weight of the penalty");
	own(f, "bilevel.L_g", l[n - 1], "largest eigenvalue of Q");
	own(f, "bilevel.m", low, "least eigenvalue of S");
	own(f, "bilevel.l_y", fmax(high, -low), "norm of S");
	own(f, "bilevel.l_x", l_x, "norm of C");
	own(f, "bilevel.M", M, "norm of B'Q");
	own(f, "bilevel.rho", 0, "g is quadratic");
	if (l[0] > 1e-12 * l[n - 1])
		own(f, "bilevel.unique", 1, "Q is definite");
	for (size_t i = 0; i < n; i++)
		if (l[i] > 1e-12 * l[n - 1]) {
			own(f, "bilevel.mu_g", l[i], "least positive eigenvalue of Q");
			break;
		}
	/* H = P + lambda B'QKSB + lambda (CKQB + its transpose) - CKC' */
	memcpy(f->H, f->P, n * n * sizeof *f->H);
	{
		double *QK = more, *QKS = QK + n * n, *CK = QKS + n * n, *CKQ = CK + n * n, *Ct = CKQ + n * n;

		memset(more, 0, 5 * n * n * sizeof *more);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++) {
				Ct[i * n + j] = f->C[j * n + i];
				axpy(n, f->Q[i * n + j], f->K + j * n, QK + i * n);
				axpy(n, f->C[i * n + j], f->K + j * n, CK + i * n);
			}
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++) {
				axpy(n, QK[i * n + j], f->S + j * n, QKS + i * n);
				axpy(n, CK[i * n + j], f->Q + j * n, CKQ + i * n);
			}
		sandwich(n, f->lambda, f->B, QKS, f->B, f->H);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++) {
				axpy(n, f->lambda * CKQ[i * n + j], f->B + j * n, f->H + i * n);
				for (size_t k = 0; k < n; k++)
					f->H[k * n + i] += f->lambda * CKQ[i * n + j] * f->B[j * n + k];
				axpy(n, -CK[i * n + j], Ct + j * n, f->H + i * n);
			}
		symmetrise(n, f->H);
	}
	{
		double none[32] = { 0 };

		penalty_slope(f, none, b);
		if (minimise(host, n, f->H, b, more, &top, f->x_lambda)) {
			double w[32] = { 0 }, g[32];

			own(f, "bilevel.Lambda", top, "largest eigenvalue of the Hessian of L_lambda");
			memcpy(x_star, f->x_lambda, n * sizeof *x_star);
			memset(x_star + n, 0, 2 * n * sizeof *x_star);
			times(n, 1, f->B, f->x_lambda, x_star + 2 * n);
			slope_y(f, x_star, x_star + 2 * n, g);
			times(n, -1, f->K, g, w);
			for (size_t i = 0; i < n; i++)
				x_star[n + i] = x_star[2 * n + i] + w[i];
			know_vector(f, "x_star", d, x_star);
		} else
			f->H = NULL;
	}
	/* F = x'(P + Y'SY + CY + Y'C')x/2 + ...: its minimiser */
	{
		double *HF = more, *CY = HF + n * n, *rest = CY + n * n, off[32], pull[32] = { 0 };

		memcpy(HF, f->P, n * n * sizeof *HF);
		sandwich(n, 1, f->Y, f->S, f->Y, HF);
		memset(CY, 0, n * n * sizeof *CY);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				axpy(n, f->C[i * n + j], f->Y + j * n, CY + i * n);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				HF[i * n + j] += CY[i * n + j] + CY[j * n + i];
		symmetrise(n, HF);
		for (size_t i = 0; i < n; i++)
			off[i] = f->y0[i] - f->a[i];
		times(n, 1, f->S, off, pull);
		memcpy(b, f->p, n * sizeof *b);
		times(n, 1, f->C, f->y0, b);
		times_transposed(n, 1, f->Y, pull, b);
		if (!minimise(host, n, HF, b, rest, &top, f->x_hyper))
			f->x_hyper = NULL;
	}
	if (n == 1 && f->H && f->x_hyper) {
		own(f, "bilevel.P", *f->P, "P");
		own(f, "bilevel.S", *f->S, "S");
		own(f, "bilevel.C", *f->C, "C");
		own(f, "bilevel.Q", *f->Q, "Q");
		own(f, "bilevel.B", *f->B, "B");
		own(f, "bilevel.x_lambda", *f->x_lambda, "minimiser of L_lambda");
		own(f, "bilevel.x_hyper", *f->x_hyper, "minimiser of F");
		own(f, "bilevel.variance_f", f->sigma_f * f->sigma_f, "sigma_f^2");
		own(f, "bilevel.variance_g", f->sigma_g * f->sigma_g, "sigma_g^2");
		own(f, "bilevel.shared", f->shared, "shared");
	}
	if (f->sigma_f > 0 || f->sigma_g > 0) {
		double both = 2 * f->sigma_f * f->sigma_f;

		know(f, "noise2", RATE_EXACT,
		     both + (f->shared ? 2 : 4) * f->lambda * f->lambda * f->sigma_g * f->sigma_g,
		     "of the parts, added up");
		know(f, "noise_additive", RATE_EXACT, 1, "normal, whatever x");
	}
	/* (y_0, z_0) = (y_lambda, y*) of x_0 */
	if (!whole_start) {
		double g[32], shift[32];

		respond(f, start, start + 2 * n, g, shift);
		for (size_t i = 0; i < n; i++)
			start[n + i] = start[2 * n + i] + shift[i];
	}
	return RATE_OK;
}

static int create(const rate_host *host, const rate_args *args, void **self)
{
	const rate_value *q = args->value;
	size_t n = (size_t)q[SIZE].integer, d = 3 * n, starts = q[START].count;
	double *start, *work = calloc(50 * n * n + 50 * n, sizeof *work);
	struct bilevel *f = work ? facts_new(host, sizeof *f, d, 8 * n * n + 5 * n + 3 + 3 * d) : NULL;

	if (!f) {
		free(work);
		return host->fail(host, "no memory");
	}
	f->n = n;
	f->lambda = q[LAMBDA].real;
	f->sigma_f = q[NOISE_F].real;
	f->sigma_g = q[NOISE_G].real;
	f->shared = (int)q[SHARED].integer;
	f->known.start = start = facts_take(f, d);
	{
		double **matrix[] = { &f->P, &f->S, &f->C, &f->Q, &f->B, &f->K, &f->Y, &f->H },
		       **vector[] = { &f->p, &f->a, &f->y0, &f->x_lambda, &f->x_hyper };

		for (size_t k = 0; k < sizeof matrix / sizeof *matrix; k++)
			*matrix[k] = facts_take(f, n * n);
		for (size_t k = 0; k < sizeof vector / sizeof *vector; k++)
			*vector[k] = facts_take(f, n);
	}
	if (fill_matrix(host, "P", &q[UPPER_X], n, 1, f->P) || fill_matrix(host, "S", &q[UPPER_Y], n, 1, f->S) ||
	    fill_matrix(host, "C", &q[COUPLING], n, 0, f->C) || fill_matrix(host, "Q", &q[LOWER], n, 1, f->Q) ||
	    fill_matrix(host, "B", &q[RESPONSE], n, 0, f->B) || fill_vector(host, "p", &q[TILT], n, f->p) ||
	    fill_vector(host, "a", &q[TARGET], n, f->a) ||
	    fill_vector(host, "start", &q[START], starts > n ? d : n, start) ||
	    know_all(host, f, work, start, starts > n)) {
		free(f);
		free(work);
		return RATE_FAIL;
	}
	free(work);
	*self = f;
	return RATE_OK;
}

/* ---- Oracles ---- */

static int value(void *self, const double *x, double *f)
{
	(void)self, (void)x;
	*f = 0;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	field_at(self, x, g);
	return RATE_OK;
}

static size_t normals(void *self)
{
	const struct bilevel *f = self;

	return (f->shared ? G_XZ : PARTS) * f->n;
}

static int sample_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	(void)s;
	return value(self, x, f);
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	const struct bilevel *f = self;
	size_t n = f->n;
	double of_f = f->sigma_f / sqrt((double)n), of_g = f->lambda * f->sigma_g / sqrt((double)n);
	const double *z = s->normal, *at_z = z + (f->shared ? G_Y : G_YZ) * n;

	field_at(f, x, g);
	axpy(n, of_f, z + F_X * n, g);
	axpy(n, of_f, z + F_Y * n, g + n);
	axpy(n, of_g, z + G_Y * n, g + n);
	axpy(n, of_g, at_z, g + 2 * n);
	if (!f->shared) { /* else they cancel */
		axpy(n, of_g, z + G_X * n, g);
		axpy(n, -of_g, z + G_XZ * n, g);
	}
	return RATE_OK;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	const struct bilevel *f = self;

	for (unsigned i = 0; i < f->own; i++)
		if (!strcmp(f->mine[i].name, name)) {
			*out = (rate_constant){ out->size, f->mine[i].kind, f->mine[i].value, f->mine[i].why };
			return RATE_OK;
		}
	return facts_scalar(self, name, out);
}

static double apart2(size_t n, const double *x, const double *y)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (x[i] - y[i]) * (x[i] - y[i]);
	return sum;
}

static int evaluate(void *self, const char *name, const double *x, double *q, double *s)
{
	const struct bilevel *f = self;
	size_t n = f->n;
	double y[32], g[32], shift[32], h[32] = { 0 }, Hx[32] = { 0 }, size = respond(f, x, y, g, shift),
	       slope = sqrt(dot(n, g, g)), far = sqrt(dot(n, x, x));

	for (unsigned i = 0; i < f->own; i++)
		if (!strcmp(f->mine[i].name, name)) {
			*q = f->mine[i].value;
			*s = fabs(*q);
			return RATE_OK;
		}
	if (!strcmp(name, "bilevel.value_gap")) {
		*q = -dot(n, g, shift) / 2;
		*s = f->normal_K * size * slope;
	} else if (!strcmp(name, "bilevel.slope2")) {
		*q = slope * slope;
		*s = 2 * slope * size;
	} else if (!strcmp(name, "bilevel.gradient_gap")) { /* C shift + Y'S shift */
		times(n, 1, f->C, shift, h);
		times(n, 1, f->S, shift, Hx);
		times_transposed(n, 1, f->Y, Hx, h);
		*q = sqrt(dot(n, h, h));
		*s = (frobenius(n, f->C) + frobenius(n, f->Y) * frobenius(n, f->S)) * f->normal_K * size;
	} else if (!strcmp(name, "bilevel.penalty_grad2")) {
		size = penalty_slope(f, x, h);
		*q = dot(n, h, h);
		*s = 2 * sqrt(*q) * size + 0x1p-46 * size * size;
	} else if (!strcmp(name, "bilevel.penalty_gap") && f->H) {
		for (size_t i = 0; i < n; i++)
			h[i] = x[i] - f->x_lambda[i];
		times(n, 1, f->H, h, Hx);
		*q = dot(n, h, Hx) / 2;
		*s = sqrt(dot(n, h, h)) * frobenius(n, f->H) * (far + sqrt(dot(n, f->x_lambda, f->x_lambda)));
	} else if (!strcmp(name, "bilevel.hyper_dist2") && f->x_hyper) {
		*q = apart2(n, x, f->x_hyper);
		*s = fmax(far * far, dot(n, f->x_hyper, f->x_hyper));
	} else if (!strcmp(name, "bilevel.lag")) {
		*q = f->lag_z * sqrt(apart2(n, x + 2 * n, y));
		axpy(n, 1, shift, y);
		*q += f->reach * sqrt(apart2(n, x + n, y));
		*s = (f->lag_z + f->reach) * (sqrt(dot(3 * n, x, x)) + sqrt(dot(n, y, y)));
	} else
		return RATE_FAIL;
	return RATE_OK;
}

static const void *offers(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, scalar, facts_vector };
	static const rate_stream stream = { sizeof stream, 0, normals, sample_value, sample_gradient, NULL };
	static const rate_quantities quantities = { sizeof quantities, evaluate };
	const struct bilevel *f = self;
	const struct offer table[] = {
		{ "constants/1", &constants },
		{ "start/1", &facts_start_at },
		{ "quantities/1", &quantities },
		{ "stream/1", f->sigma_f > 0 || f->sigma_g > 0 ? &stream : NULL },
	};

	return find_offer(table, sizeof table / sizeof *table, name);
}

static const rate_objective bilevel_quadratic = { OBJECTIVE,
	.id = "bilevel-quadratic",
	.title = "Two quadratic levels",
	.summary = "f(x, y) where y minimises g(x, .), and the field of the penalty f + lambda (g(x, y) - g(x, z))",
	.source = "standard",
	.params = RATE_ROWS(params),
	.create = create,
	.value = value,
	.gradient = gradient,
	.interface = offers };
static const rate_objective *const objectives[] = { &bilevel_quadratic };
RATE_PLUGIN("bilevel-quadratic", "1.0", "GPL-3.0-or-later", .objectives = RATE_LIST(objectives))
