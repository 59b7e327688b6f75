/*:
# The last point of MADGRAD

AdaGrad divides the sum of the gradients by the square root of the sum of their squares. MADGRAD takes the cube root, gives later gradients more weight, and lets the iterate be the mean of where that leads. The reward: a bound for the *last* point.

Let $\lambda>0$, $\lambda_k=\lambda\sqrt{k+1}$ and $\Lambda_t=\sum_{k\le t}\lambda_k$. The method starts with $z_0=x_0$, $s_0=v_0=0$; at step $k=0,1,\dots$ it sees $g_k\in\partial f(x_k)$, and for each coordinate $i$
$$ s_{k+1}=s_k+\lambda_kg_k,\qquad v_{k+1}=v_k+\lambda_kg_k^2,\qquad z_{k+1}=x_0-\frac{s_{k+1}}{(v_{k+1}+\lambda_{k+1}B_i^2)^{1/3}},\qquad x_{k+1}=\frac{\Lambda_kx_k+\lambda_{k+1}z_{k+1}}{\Lambda_{k+1}} . $$

**Theorem.** Let $f$ be convex on $\mathbb R^d$ with subgradients $|g_{k,i}|\le B_i$. For every $t\ge1$ and every minimiser $x_\star$
$$ f(x_t)-f_\star\;\le\;\frac{\sum_iB_i^{2/3}(x_{0,i}-x_{\star,i})^2}{2\,\Lambda_t^{2/3}}+\frac{3\lambda_t\sum_iB_i^{4/3}}{4\,\Lambda_t^{1/3}} . $$

With the best $\lambda$ for a given $t=T-1$, in one dimension with $D=|x_0-x_\star|$, the right side is at most $1.5\,DB/\sqrt T$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(lambda) P(cap)
#include <string.h>

#include "../common.h"

static double roots(double t) /* Lambda_t/lambda */
{
	double sum = 0;

	for (double k = 0; k <= t; k++)
		sum += sqrt(k + 1);
	return sum;
}

/* B_i = cap for all i. */
FORMULA(bound, t, cbrt(cap * cap / pow(lambda * roots(t), 2)) * D2 / 2 +
                      0.75 * lambda * sqrt(t + 1) * (double)c->d * cbrt(pow(cap, 4) / (lambda * roots(t))))

/*:
## Proof

*Dual averaging, one coordinate.* Let $\beta_k=(v_k+\lambda_kB^2)^{1/3}$, which does not decrease with $k$, so that $z_k=x_0-s_k/\beta_k$, and $\Phi_k=\frac{s_k^2}{2\beta_k}$. Then
$$ \Phi_{k+1}\le\frac{s_{k+1}^2}{2\beta_k}=\Phi_k+\frac{\lambda_kg_ks_k}{\beta_k}+\frac{\lambda_k^2g_k^2}{2\beta_k}=\Phi_k-\lambda_kg_k(z_k-x_0)+\frac{\lambda_k^2g_k^2}{2\beta_k} . $$
Sum this over $k\le t$, using $\beta_t$ in the last step: $\sum_k\lambda_kg_k(z_k-x_0)\le-\frac{s_{t+1}^2}{2\beta_t}+\sum_k\frac{\lambda_k^2g_k^2}{2\beta_k}$. For any number $u$, $-\frac{s^2}{2\beta}\le s\,(u-x_0)+\frac\beta2(u-x_0)^2$ and $s_{t+1}=\sum\lambda_kg_k$, so
$$ \sum_{k\le t}\lambda_kg_k(z_k-u)\;\le\;\frac{\beta_t}2(x_0-u)^2+\sum_{k\le t}\frac{\lambda_k^2g_k^2}{2\beta_k} . $$

*The second sum.* Let $a_k=\lambda_kg_k^2$. As $a_k\le\lambda_kB^2$, $\beta_k^3\ge a_0+\dots+a_k$, and $\frac{a_k}{(a_0+\dots+a_k)^{1/3}}$ is at most the integral of $y^{-1/3}$ over an interval of length $a_k$ that ends at $a_0+\dots+a_k$. So the sum is at most
$\frac{\lambda_t}2\cdot\frac32(a_0+\dots+a_t)^{2/3}\le\frac34\lambda_t(B^2\Lambda_t)^{2/3}$. Likewise $\beta_t^3\le B^2\Lambda_t$.

*From $z$ to $x$.* $\Lambda_kx_k=\Lambda_{k-1}x_{k-1}+\lambda_kz_k$. By convexity $f(x_k)-f(x_{k-1})\le\langle g_k,x_k-x_{k-1}\rangle$ and $f(x_k)-f(u)\le\langle g_k,x_k-u\rangle$, hence
$$ \Lambda_k\bigl(f(x_k)-f(u)\bigr)-\Lambda_{k-1}\bigl(f(x_{k-1})-f(u)\bigr)\le\langle g_k,\Lambda_{k-1}(x_k-x_{k-1})+\lambda_k(x_k-u)\rangle=\lambda_k\langle g_k,z_k-u\rangle . $$
Sum over $k\le t$, put $u=x_\star$ and the bound of each coordinate in, and divide by $\Lambda_t$. $\square$

With stochastic gradients, $|g_{k,i}|\le B_i$ always, the same holds in the mean: $x_k$ and $z_k$ are known before $g_k$.

*Letters.* $B_i$ bounds the $i$-th entry; in the program it is one number, `cap`, for all entries: the largest length $G$ of a subgradient will do.

## How sharp it is

To ${{madgrad-last#2.max_ratio:3}}$, on $|x|$ with a $\lambda$ made for the horizon, where the gap is still nine tenths of the first one; a search over maxima of three affine functions found no more.

## What is run

MADGRAD on every convex Lipschitz function of the whole space, with the $\lambda$ that is best for the number of steps; judged after every step.

## What must fail

$0.75$ of the bound on $|x|$.

# Halfway between gradient descent and AdaGrad

If $f$ is multiplied by $c$, gradient descent keeps its path when its step is divided by $c$; AdaGrad needs no change at all. MADGRAD without the bounds $B_i$ is halfway.

**Theorem.** Let $B_i=0$ (and $\frac00=0$). MADGRAD with $\lambda$ on $cf$, $c>0$, has the same points as with $\sqrt c\,\lambda$ on $f$.

**Proof.** Let the points agree up to $x_k$, and let $s,v$ be the sums of $f$ with $\lambda$. On $cf$ with $\lambda$, $z-x_0=-\frac{cs}{(c^2v)^{1/3}}=-c^{1/3}\frac s{v^{1/3}}$. On $f$ with $\sqrt c\,\lambda$ it is $-\frac{\sqrt c\,s}{(\sqrt c\,v)^{1/3}}$, the same. The weights of the mean do not depend on $\lambda$. $\square$

Two runs of 20 steps are compared, on functions with the gradient $\tanh(Hx)$. $0.9$ and $1.1$ of a run must fail.

## Exercises

1. ★ Find the best $\lambda$ for a given $t$, in one dimension.
2. Why does the best $\lambda$ depend on the horizon, although the divisor grows by itself?
:*/

SHARP(sharp,
	{ .objective = "abs", .parameters = "lambda=0.3107", .note = "|x|, the lambda for one step", .steps = 1,
	  .ratio = 0.8258 },
	{ .objective = "abs", .parameters = "lambda=0.034038", .note = "|x|, that for 9 steps", .steps = 9,
	  .ratio = 0.8362 },
	{ .objective = "abs", .parameters = "lambda=0.00027795", .note = "|x|, that for 255 steps", .steps = 255,
	  .ratio = 0.8337 })
CONTROL(control,
	{ .objective = "abs", .parameters = "lambda=0.034038", .note = "0.75 of the bound", .steps = 9,
	  .factor = 0.75 })
SHARP(sharp_halfway, { .parameters = "c=10000,lambda=0.3,d=3", .note = "f multiplied by 10^4", .ratio = 1 })
CONTROL(control_halfway,
	{ .parameters = "c=10000,lambda=0.3,d=3", .note = "0.9 of one of the points", .factor = 0.9 },
	{ .parameters = "c=0.001,lambda=0.3,d=2", .note = "1.1 of it", .factor = 1.1 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[lambda_] = { "lambda", RATE_REAL, "auto", 1e-100, 1e100, NULL, "any lambda > 0" },
	[cap_] = { "cap", RATE_REAL, "auto", 1e-100, 1e100, NULL, "B, at least the largest entry of a subgradient" },
};

/* The best for T steps: the two terms are lambda^(-2/3) and lambda^(2/3) times something. */
static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);
	double T = (double)c->T, B = G > 0 ? G : 1, distance = D2 > 0 ? D2 : 1;
	double first = cbrt(pow(B / roots(T), 2)) * distance / 2;
	double second = 0.75 * sqrt(T + 1) * (double)c->d * cbrt(pow(B, 4) / roots(T));

	param[lambda_] = fraction * pow(first / second, 0.75);
	param[cap_] = B;
}

MUST(admissible, lambda > 0 && cap >= G * (1 - 1e-12), "lambda > 0, cap at least G")

enum { FACTOR, RATE, SIZE };
enum { MOST = 4, STEPS = 20 };

/* x after STEPS steps on a function with the gradient c tanh(H x), cap = 0. */
static void run_madgrad(size_t n, const double *H, double c, double lambda, double *x)
{
	double x0[MOST], s[MOST] = { 0 }, v[MOST] = { 0 }, g[MOST], sum = 0;

	memcpy(x0, x, n * sizeof *x);
	for (int k = 0; k < STEPS; k++) {
		double now = lambda * sqrt(k + 1), next = lambda * sqrt(k + 2), share;

		sum += now;
		share = next / (sum + next);
		for (size_t i = 0; i < n; i++) {
			g[i] = 0;
			for (size_t j = 0; j < n; j++)
				g[i] += H[i * n + j] * x[j];
			g[i] = c * tanh(g[i]);
		}
		for (size_t i = 0; i < n; i++) {
			s[i] += now * g[i];
			v[i] += now * g[i] * g[i];
			x[i] = (1 - share) * x[i] + share * (x0[i] - (v[i] > 0 ? s[i] / cbrt(v[i]) : 0));
		}
	}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *param = p->c->param;
	size_t n = (size_t)param[SIZE];
	double z[MOST * MOST + MOST], H[MOST * MOST] = { 0 }, x[MOST], y[MOST];

	p->host->normals(p->host, p->number, 0, n * n + n, z);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			for (size_t k = 0; k < n; k++)
				H[i * n + j] += z[i * n + k] * z[j * n + k] / 10;
	memcpy(x, z + n * n, n * sizeof *x);
	memcpy(y, x, n * sizeof *y);
	run_madgrad(n, H, param[FACTOR], param[RATE], x);
	run_madgrad(n, H, 1, sqrt(param[FACTOR]) * param[RATE], y);
	*left = along(n, x);
	*right = along(n, y);
	*s = 1e3 * (1 + size_along(n, x) + size_along(n, y)); /* differences grow along the path */
	return RATE_OK;
}

static const rate_param params_halfway[] = {
	[FACTOR] = { "c", RATE_REAL, "100", 1e-4, 1e4, NULL, "what f is multiplied by" },
	[RATE] = { "lambda", RATE_REAL, "0.1", 0.01, 1, NULL, "lambda on c f" },
	[SIZE] = { "d", RATE_INTEGER, "3", 1, MOST, NULL, "dimension" },
};

#define DEFAZIO \
	"Defazio and Jelassi, Adaptivity without compromise: a momentumized, adaptive, " \
	"dual averaged gradient method, 2021"

CLAIM(madgrad_last,
	.id = "madgrad-last", .chapter = "adaptive", .title = "The last point of MADGRAD",
	.statement = "f convex, |g_{k,i}| ≤ B, λ_k = λ√(k+1), Λ_t = Σ_{k≤t} λ_k: f(x_t) − f* ≤ B^⅔ D²/(2Λ_t^⅔) + "
	             "3λ_t d "
	             "B^(4/3)/(4Λ_t^⅓)",
	.quantity = "f(x_t) − f*", .formula = "B^⅔ D²/(2Λ_t^⅔) + 3λ_t d B^(4/3)/(4Λ_t^⅓)",
	.source = "method: " DEFAZIO "; the bound is proved in this file", .kind = RATE_DETERMINISTIC,
	.method = "madgrad",
	NEEDS("convex", "G", "x_star", "f_star", "whole space", "no composite"), RANGE, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(madgrad_half_way,
	.id = "madgrad-half-way", .chapter = "adaptive", .title = "MADGRAD and the scale of the function",
	.statement = "B = 0: MADGRAD with λ on c·f has the points of MADGRAD with √c λ on f",
	.quantity = "x_20, along a fixed direction", .formula = "that of the other run",
	.source = DEFAZIO "; proved in this file", .kind = RATE_IDENTITY, .params = RATE_ROWS(params_halfway),
	.evaluate = evaluate, .sharp = sharp_halfway, .control = control_halfway)
