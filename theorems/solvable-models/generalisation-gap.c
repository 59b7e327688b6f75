/*:
# The gap that one step opens

A training set is a sample of a population. Before the first step the training loss is an honest estimate of the true one. How fast does it become dishonest?

**Setting.** The population is $f_1,\dots,f_n$ on $\mathbb R^d$, $L=\frac1n\sum f_i$ the true loss; the training set $S$ is a uniform subset of $N$ of them, $L_S$ its mean. Fix $w$ and let $w_1=w-\eta\nabla L_S(w)$, $\eta\ge0$; $V=\frac{n-N}{N(n-1)}\,\frac1n\sum_i\|\nabla f_i(w)-\nabla L(w)\|^2$ is the variance of $\nabla L_S(w)$.

**Theorem (one-step-gap).** If all $f_i$ are $L_{\max}$-smooth,
$$ \Bigl|\,\mathbb E\bigl[L(w_1)-L_S(w_1)\bigr]-\eta V\,\Bigr|\;\le\;\eta^2\Bigl(1-\frac Nn\Bigr)L_{\max}\,\mathbb E\|\nabla L_S(w)\|^2 . $$

**Theorem (one-step-gap-convex).** If they are convex besides, half of the right side is enough. If all have one constant Hessian, the gap *is* $\eta V$.

**Theorem (gd-optimism).** Let $f_i(w)=\frac12\langle w-c_i,A(w-c_i)\rangle$ with one symmetric $A$, and let $w_T$ come from $T$ steps of gradient descent on $L_S$ from any $w$, with any $\eta$. With $C=\frac{n-N}{N(n-1)}\frac1n\sum(c_i-\bar c)(c_i-\bar c)^\top$
$$ \mathbb E\bigl[L(w_T)-L_S(w_T)\bigr]=\operatorname{tr}\bigl(A\,(I-(I-\eta A)^T)\,C\bigr). $$

**Theorem (sgd-decorrelation).** Now let $S$ be $N=km$ independent draws from the population, and the $f_i$ quadratics. SGD makes one pass over $k$ disjoint batches of $m$; gradient descent makes $k$ steps on all of $S$, with the same $\eta$ from the same $w$. Then $\mathbb E[L(w_{\mathrm{SGD}})-L(w_{\mathrm{GD}})]$ has no terms of the orders $1$ and $\eta$, and
$$ \text{its coefficient of }\eta^2\text{ is}\quad-\frac{k(k-1)}{4N}\,\bigl\langle\nabla L(w),\nabla\operatorname{tr}\mathcal C(w)\bigr\rangle,\qquad\nabla\operatorname{tr}\mathcal C=\frac2n\sum_i(\nabla^2f_i-\nabla^2L)(\nabla f_i-\nabla L), $$
$\mathcal C(w)$ being the covariance of the gradients. So the order of samples regularises: SGD has the smaller test loss if the noise of the gradients grows in the direction of the gradient.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(theta)
#include "../minibatch/subsets.h"

#include <stdlib.h>
#include <string.h>

/*:
## Proof

*One step.* $G=L-L_S=\sum_i\bigl(\frac1n-\frac{[i\in S]}N\bigr)f_i$ has $\mathbb EG(w)=0$ and $\mathbb E\langle\nabla G(w),-\eta\nabla L_S(w)\rangle=\eta\,\mathbb E\|\nabla L_S-\nabla L\|^2=\eta V$. The rest, $G(w_1)-G(w)-\langle\nabla G(w),w_1-w\rangle$, is at most $\frac12\|w_1-w\|^2$ times the sum of $\bigl|\frac1n-\frac{[i\in S]}N\bigr|L_{\max}$, and these weights have the sum $2(1-\frac Nn)$. If the $f_i$ are convex, each rest of $f_i$ is between 0 and $\frac{L_{\max}}2\|w_1-w\|^2$, and only the weights of one sign count: their sum is $1-\frac Nn$. With one Hessian $G$ is affine. $\square$

*Optimism.* $w_T-\bar c_S=(I-\eta A)^T(w-\bar c_S)$, $\bar c_S$ the mean of the $c_i$ in $S$. $L-L_S$ is affine in $w$ with the slope $A(\bar c_S-\bar c)$, and has the mean 0 at any fixed point; so $\mathbb E[L(w_T)-L_S(w_T)]=\mathbb E\langle A(\bar c_S-\bar c),w_T-w\rangle=\mathbb E\langle A(\bar c_S-\bar c),(I-(I-\eta A)^T)(\bar c_S-w)\rangle$. The covariance of $\bar c_S$ is $C$. $\square$

*Decorrelation.* Let $g_j,H_j$ be gradient (at $w$) and Hessian of batch $j$, and $g_S,H_S$ their means over all $k$ batches. Two orders of $\eta$:
$$ w_{\mathrm{SGD}}=w-\eta\sum_jg_j+\eta^2\sum_{i<j}H_jg_i+O(\eta^3),\qquad w_{\mathrm{GD}}=w-\eta kg_S+\eta^2\tfrac{k(k-1)}2H_Sg_S+O(\eta^3). $$
The first orders agree, $\sum_jg_j=kg_S$, so in $L$ the difference at $\eta^2$ is $\langle\nabla L,\cdot\rangle$ of the difference of the second. Different batches are independent: $\mathbb EH_jg_i=H\nabla L$. But $\mathbb EH_Sg_S=H\nabla L+\frac1N\operatorname{mean}_i(\nabla^2f_i-H)(\nabla f_i-\nabla L)=H\nabla L+\frac1{2N}\nabla\operatorname{tr}\mathcal C$. $\square$

## How sharp they are

The first: $f_1=\frac{w^2}2$ and $f_2=w-\frac{w^2}2$ at $w=1$, with $N=1$, attain it for every $\eta$. Convex: $f_1=\frac{w^2}2$, $f_2=0$. The others are identities.

## What is run

The first two at random points of all sums of at most eight smooth terms, by all subsets. Optimism: up to five centres in the plane, up to eight steps. Decorrelation: all training sets of two or three random quadratics in the plane, as polynomials in $\eta$.

## What must fail

The variance with replacement, $\frac1N$ in the place of $\frac{n-N}{N(n-1)}$; 0.9 of the rest. For one Hessian the gap after $T$ steps as if it were that of one. Twice the coefficient of $\eta^2$.

## Exercises

1. $f_i=\frac12(y_i-\langle w,x_i\rangle)^2$ with normal $x_i$ of covariance $\Sigma$ and noise of variance $s^2$: what is $\operatorname{tr}\mathcal C(w)$ at $w=w^\star+u$?
2. For one common Hessian $\lambda$ in one dimension, and variance $s^2$ of the centres, show that the difference of SGD and GD is exactly $\frac{\lambda s^2}{2N}\bigl(k\sum_ju_j^2-(\sum_ju_j)^2\bigr)\ge0$, $u_j=\eta\lambda(1-\eta\lambda)^j$. Who wins?
3. What is the limit $T\to\infty$ of gd-optimism, and who knows it by another name?
:*/

enum { MOST_TERMS = 8 };

static int is_in(size_t i, size_t N, const size_t *in)
{
	for (size_t k = 0; k < N; k++)
		if (in[k] == i)
			return 1;
	return 0;
}

/* L(x) - L_S(x), and the scale of its rounding error: of the terms, and of x by their slopes, of which `rows` has those
 * one step away. */
static int gap_at(rate_run *run, size_t N, const size_t *in, const double *x, const double *rows, double *gap,
                  double *scale)
{
	size_t n = run->n;
	double far = 0;

	*gap = 0;
	for (size_t j = 0; j < run->d; j++)
		far = hypot(far, x[j]);
	for (size_t i = 0; i < n; i++) {
		const rate_sample *term = run->call->component(run, i);
		double f, slope = 0, weight = 1 / (double)n - (is_in(i, N, in) ? 1 / (double)N : 0);

		if (!term || rate_sample_value(run, term, x, &f))
			return RATE_FAIL;
		*gap += weight * f;
		for (size_t j = 0; j < run->d; j++)
			slope = hypot(slope, rows[i * run->ld + j]);
		*scale += fabs(weight) * (fabs(f) + far * slope);
	}
	return RATE_OK;
}

/* The n gradients at w; returns the mean of |grad f_i - grad L|^2, negative after an error. */
static double gradients(rate_run *run, const double *w, double *rows, double *mean)
{
	size_t n = run->n, d = run->d, ld = run->ld;
	double variance = 0;

	for (size_t i = 0; i < n; i++) {
		const rate_sample *term = run->call->component(run, i);

		if (!term || rate_sample_gradient(run, term, w, rows + i * ld))
			return -1;
		for (size_t j = 0; j < d; j++)
			mean[j] += rows[i * ld + j] / (double)n;
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < d; j++)
			variance += pow(rows[i * ld + j] - mean[j], 2) / (double)n;
	return variance;
}

/* `replaced`: the variance of drawing with replacement. */
static int one_step(const rate_point *p, double half, int replaced, double *left, double *right, double *s)
{
	rate_run *run = p->run;
	size_t n = run->n, d = run->d, ld = run->ld, N = 1 + (size_t)p->number % (n - 1), in[MOST_TERMS], count = 0;
	double *rows = aligned_alloc(64, (n + 3) * ld * sizeof *rows), *mean = rows + n * ld, *w = mean + ld,
	       *next = w + ld, eta = p->c->param[theta_] / (p->c->L_max > 0 ? p->c->L_max : 1), mean_gap = 0,
	       square = 0, V, share = replaced ? 1 / (double)N : batch_share((double)n, (double)N);
	int rc = RATE_FAIL;

	if (!rows)
		return RATE_FAIL;
	memset(rows, 0, (n + 3) * ld * sizeof *rows);
	memcpy(w, p->number ? p->x[0] : p->c->x0, d * sizeof *w);
	V = share * gradients(run, w, rows, mean);
	if (V < 0)
		goto out;
	*s = eta * V;
	for (size_t k = 0; k < N; k++)
		in[k] = k;
	do {
		double gap, scale = 0, length = 0;

		for (size_t j = 0; j < d; j++) {
			double g = 0;

			for (size_t k = 0; k < N; k++)
				g += rows[in[k] * ld + j] / (double)N;
			next[j] = w[j] - eta * g;
			length += g * g;
		}
		if (gap_at(run, N, in, next, rows, &gap, &scale))
			goto out;
		mean_gap += gap;
		square += length;
		*s = fmax(*s, scale);
		count++;
	} while (next_subset(n, N, in));
	*left = fabs(mean_gap / (double)count - eta * V);
	*right = half * eta * eta * (1 - (double)N / (double)n) * p->c->L_max * square / (double)count;
	rc = RATE_OK;
out:
	free(rows);
	return rc;
}

enum { replaced_ = RATE_PARAMETERS };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	return one_step(p, 1, p->c->param[replaced_] > 0, left, right, s);
}

static int evaluate_convex(const rate_point *p, double *left, double *right, double *s)
{
	return one_step(p, 0.5, p->c->param[replaced_] > 0, left, right, s);
}

/* ---- gd-optimism, in the plane ---- */

enum { optimism_theta, optimism_T, optimism_told };
enum { CENTRES = 5, D = 2 };

static void times(const double A[4], const double x[D], double out[D])
{
	double first = A[0] * x[0] + A[1] * x[1];

	out[1] = A[2] * x[0] + A[3] * x[1];
	out[0] = first;
}

static double loss(const double A[4], const double *w, const double *c)
{
	double e[D] = { w[0] - c[0], w[1] - c[1] }, Ae[D];

	times(A, e, Ae);
	return (e[0] * Ae[0] + e[1] * Ae[1]) / 2;
}

/* v <- (I - (I - eta A)^T) v */
static void travelled(const double A[4], double eta, double T, double v[D])
{
	double left[D] = { v[0], v[1] }, Av[D];

	for (double t = 0; t < T; t++) {
		times(A, left, Av);
		left[0] -= eta * Av[0];
		left[1] -= eta * Av[1];
	}
	v[0] -= left[0];
	v[1] -= left[1];
}

static int evaluate_optimism(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = 2 + (size_t)p->number % (CENTRES - 1), N = 1 + (size_t)p->number % (n - 1), in[CENTRES];
	double z[3 + D + CENTRES * D], *A3 = z, *w = z + 3, *c = w + D, T = p->c->param[optimism_T], mean[D] = { 0 },
	       count = 0, share = batch_share((double)n, (double)N);

	p->host->normals(p->host, 1, p->number, 3 + D + n * D, z);
	double A[4] = { A3[0], A3[1], A3[1], A3[2] }, size = fabs(A3[0]) + 2 * fabs(A3[1]) + fabs(A3[2]),
	       eta = p->c->param[optimism_theta] / size;

	for (size_t i = 0; i < n * D; i++)
		mean[i % D] += c[i] / (double)n;
	*left = *right = *s = 0;
	for (size_t k = 0; k < N; k++)
		in[k] = k;
	do {
		double at[D] = { w[0], w[1] }, centre[D] = { 0 }, gap = 0;

		for (size_t k = 0; k < N * D; k++)
			centre[k % D] += c[in[k / D] * D + k % D] / (double)N;
		for (double t = 0; t < T; t++) {
			double e[D] = { at[0] - centre[0], at[1] - centre[1] }, g[D];

			times(A, e, g);
			at[0] -= eta * g[0];
			at[1] -= eta * g[1];
		}
		for (size_t i = 0; i < n; i++) {
			double f = loss(A, at, c + i * D);

			gap += f / (double)n - (is_in(i, N, in) ? f / (double)N : 0);
			for (size_t j = 0; j < D; j++)
				*s += size * (at[j] * at[j] + c[i * D + j] * c[i * D + j]);
		}
		*left += gap;
		count++;
	} while (next_subset(n, N, in));
	*left /= count;
	for (size_t i = 0; i < n; i++) {
		double e[D] = { c[i * D] - mean[0], c[i * D + 1] - mean[1] }, moved[D] = { e[0], e[1] }, Am[D];

		travelled(A, eta, p->c->param[optimism_told] > 0 ? 1 : T, moved);
		times(A, moved, Am);
		*right += share * (e[0] * Am[0] + e[1] * Am[1]) / (double)n;
	}
	return RATE_OK;
}

/* ---- sgd-decorrelation: quadratics in the plane, polynomials in eta up to the square ---- */

enum { KINDS = 3, DRAWS = 6 };

struct quadratics {
	size_t n;
	double H[KINDS][4], b[KINDS][D];
};

/* w = w[0] + eta w[1] + eta^2 w[2] <- w - eta grad of the mean over `count` draws */
static void move(const struct quadratics *q, size_t count, const size_t *draw, double w[3][D])
{
	double g[2][D] = { { 0 } };

	for (size_t k = 0; k < count; k++)
		for (size_t order = 0; order < 2; order++) {
			double Hw[D];

			times(q->H[draw[k]], w[order], Hw);
			for (size_t j = 0; j < D; j++)
				g[order][j] += (Hw[j] + (order ? 0 : q->b[draw[k]][j])) / (double)count;
		}
	for (size_t j = 0; j < D; j++) {
		w[1][j] -= g[0][j];
		w[2][j] -= g[1][j];
	}
}

/* The coefficient of eta^2 in L(w), H and slope being those of L at w[0]. */
static double second_order(const double H[4], const double *slope, double w[3][D])
{
	double Hw[D];

	times(H, w[1], Hw);
	return slope[0] * w[2][0] + slope[1] * w[2][1] + (w[1][0] * Hw[0] + w[1][1] * Hw[1]) / 2;
}

static int evaluate_decorrelation(const rate_point *p, double *left, double *right, double *s)
{
	static const size_t shapes[][3] = { { 2, 2, 1 }, { 3, 2, 1 }, { 2, 2, 2 }, { 2, 3, 1 }, { 3, 3, 1 },
		{ 3, 2, 2 }, { 2, 4, 1 }, { 2, 3, 2 }, { 2, 2, 3 } };
	const size_t *shape = shapes[p->number % (sizeof shapes / sizeof shapes[0])];
	size_t n = shape[0], k = shape[1], m = shape[2], N = k * m, sets = 1;
	struct quadratics q = { .n = n };
	double z[D + KINDS * 5], *w0 = z, H[4] = { 0 }, slope[D] = { 0 }, g[KINDS][D], turn[D] = { 0 };

	p->host->normals(p->host, 1, p->number, D + n * 5, z);
	for (size_t i = 0; i < n; i++) {
		const double *a = z + D + 5 * i;
		double full[4] = { a[0], a[1], a[1], a[2] };

		memcpy(q.H[i], full, sizeof full);
		memcpy(q.b[i], a + 3, D * sizeof *a);
		times(full, w0, g[i]);
		for (size_t j = 0; j < D; j++) {
			g[i][j] += a[3 + j];
			slope[j] += g[i][j] / (double)n;
		}
		for (size_t j = 0; j < 4; j++)
			H[j] += full[j] / (double)n;
	}
	for (size_t i = 0; i < n; i++) {
		double apart[4], e[D] = { g[i][0] - slope[0], g[i][1] - slope[1] }, out[D];

		for (size_t j = 0; j < 4; j++)
			apart[j] = q.H[i][j] - H[j];
		times(apart, e, out);
		for (size_t j = 0; j < D; j++)
			turn[j] += 2 * out[j] / (double)n;
	}
	*right = -(double)(k * (k - 1)) / (4 * (double)N) * (slope[0] * turn[0] + slope[1] * turn[1]);
	*left = *s = 0;
	for (size_t i = 0; i < N; i++)
		sets *= n;
	for (size_t set = 0; set < sets; set++) {
		double sgd[3][D] = { { w0[0], w0[1] } }, gd[3][D] = { { w0[0], w0[1] } }, one, other;
		size_t draw[DRAWS];

		for (size_t i = 0, rest = set; i < N; i++, rest /= n)
			draw[i] = rest % n;
		for (size_t j = 0; j < k; j++) {
			move(&q, m, draw + j * m, sgd);
			move(&q, N, draw, gd);
		}
		one = second_order(H, slope, sgd);
		other = second_order(H, slope, gd);
		*left += (one - other) / (double)sets;
		*s = fmax(*s, fabs(one) + fabs(other));
	}
	return RATE_OK;
}

#define TENT "parabola-terms:a=1/-1,b=0/1,start=1"
SHARP(sharp,
	{ .objective = TENT, .parameters = "theta=0.7,replaced=0", .note = "curvatures that cancel, at w = 1",
	  .ratio = 1 },
	{ .objective = "parabola-terms:a=1/-2/3/0.5,b=1/0/-1/2", .parameters = "theta=0.7,replaced=0",
	  .note = "four terms" })
CONTROL(control, { .objective = TENT, .parameters = "theta=0.7,replaced=0", .note = "0.9 of the rest", .factor = 0.9 },
	{ .objective = "centres:b=-3/0/9/1", .parameters = "theta=0.1,replaced=1",
	  .note = "the variance of drawing with replacement" })
SHARP(sharp_convex,
	{ .objective = "parabola-terms:a=1/0,b=0/0,start=1", .parameters = "theta=0.7,replaced=0",
	  .note = "a parabola and nothing", .ratio = 1 },
	{ .objective = "logistic:n=6,d=3,ridge=0.05", .parameters = "theta=1,replaced=0", .note = "logistic terms" })
CONTROL(control_convex, { .objective = "parabola-terms:a=1/0,b=0/0,start=1", .parameters = "theta=0.7,replaced=0",
	.note = "0.9 of the rest", .factor = 0.9 },
	{ .objective = "centres:b=-3/0/9/1", .parameters = "theta=0.1,replaced=1",
	  .note = "the variance of drawing with replacement" })
SHARP(sharp_optimism, { .parameters = "theta=0.7,T=8,told=0", .note = "eight steps", .ratio = 1 })
CONTROL(control_optimism, { .parameters = "theta=0.7,T=8,told=1", .note = "the gap of one step for that of eight" })
SHARP(sharp_decorrelation, { .note = "two and three quadratics", .ratio = 1 })
CONTROL(control_decorrelation, { .note = "twice the coefficient", .factor = 2 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[theta_] = { "theta", RATE_REAL, "0.5", 0, 3, NULL, "step size in units of 1/L_max (eta = theta/L_max)" },
	[replaced_] = { "replaced", RATE_INTEGER, "0", 0, 0, NULL, "1: claim that of drawing with replacement" },
};
static const rate_param params_optimism[] = {
	[optimism_theta] = { "theta", RATE_REAL, "0.5", 0, 1, NULL, "step size times the sum of the entries of A" },
	[optimism_T] = { "T", RATE_INTEGER, "4", 0, 8, NULL, "steps" },
	[optimism_told] = { "told", RATE_INTEGER, "0", 0, 0, NULL, "1: claim the gap of one step" },
};

MUST(admissible, rate_param_[replaced_] == 0, "replaced = 0: the training set is drawn without replacement")

static const char *admissible_optimism(const rate_case *c)
{
	return c->param[optimism_told] == 0 ? NULL : "told = 0: all steps";
}

static const char *applies(const rate_case *c)
{
	return c->n >= 2 && c->n <= MOST_TERMS ? NULL : "2 to 8 terms: all training sets are looked at";
}

#define PAPER "after Roberts, SGD implicitly regularizes generalization error, arXiv:2104.04874; proved in this file"
#define ONE_STEP \
	.chapter = "solvable-models", .source = PAPER, .kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), \
	.points = 1, .applies = applies, .admissible = admissible, .quantity = "|E[L(w_1) − L_S(w_1)] − ηV|"

CLAIM(one_step_gap, ONE_STEP,
	.id = "one-step-gap", .title = "The gap that one step opens",
	.statement = "f_i L_max-smooth, S a uniform N-subset, w_1 = w − η∇L_S(w): |E[L(w_1) − L_S(w_1)] − ηV| ≤ "
	             "η²(1 − N/n) L_max E‖∇L_S(w)‖², V = tr Cov ∇L_S(w)",
	.formula = "η²(1 − N/n) L_max E‖∇L_S(w)‖²", NEEDS("finite-sum/1", "L_max", "no composite"),
	.evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(one_step_gap_convex, ONE_STEP,
	.id = "one-step-gap-convex", .title = "The gap that one step opens, convex terms",
	.statement = "as for one-step-gap, f_i convex: half of the right side",
	.formula = "η²(1 − N/n) (L_max/2) E‖∇L_S(w)‖²", NEEDS("finite-sum/1", "L_max", "convex", "no composite"),
	.evaluate = evaluate_convex, .sharp = sharp_convex, .control = control_convex)

CLAIM(gd_optimism,
	.id = "gd-optimism", .chapter = "solvable-models", .title = "The gap after T steps",
	.statement = "f_i = ⟨w − c_i, A(w − c_i)⟩/2, T steps of GD on L_S: E[L(w_T) − L_S(w_T)] = "
	             "tr(A(I − (I − ηA)^T) C), C the covariance of the mean of S",
	.quantity = "E[L(w_T) − L_S(w_T)]", .formula = "tr(A(I − (I − ηA)^T) C)", .source = PAPER,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_optimism), .admissible = admissible_optimism,
	.evaluate = evaluate_optimism, .sharp = sharp_optimism, .control = control_optimism)

CLAIM(sgd_decorrelation,
	.id = "sgd-decorrelation", .chapter = "solvable-models", .title = "What the order of samples regularises",
	.statement = "f_i quadratic, N = km samples, k steps: the coefficient of η² in E[L(SGD) − L(GD)] is "
	             "−(k(k − 1)/(4N)) ⟨∇L, ∇tr C⟩",
	.quantity = "coefficient of η² in E[L(SGD) − L(GD)]", .formula = "−(k(k − 1)/(4N)) ⟨∇L, ∇tr C⟩",
	.source = PAPER, .kind = RATE_IDENTITY, .evaluate = evaluate_decorrelation, .sharp = sharp_decorrelation,
	.control = control_decorrelation)
