/*:
# Gradient-free steps with a memory

gfm makes short steps because one two-point estimate is as noisy as it is long. GFM+ takes many estimates at once, and then, for a while, only corrects them by differences of estimates along the same directions, which are small where the steps are. How small does that make the smoothed gradient?

**Theorem.** Let $f$ be $G$-Lipschitz, not necessarily convex, $f_\delta$ its mean over balls of radius $\delta$, bounded below, $D=f_\delta(x_0)-\inf f_\delta$. For $w$ uniform on the unit sphere let $g(x;w)=\frac d{2\delta}\bigl(f(x+\delta w)-f(x-\delta w)\bigr)w$. At every $q$-th step $v_t$ is the mean of $B$ independent $g(x_t;w)$; at the others $v_t$ is $v_{t-1}$ plus the mean of $b$ independent $g(x_t;w)-g(x_{t-1};w)$; $x_{t+1}=x_t-\gamma v_t$. If
$$ s\;=\;1-\frac{c_dG\gamma}\delta-\frac{(q-1)d^2G^2\gamma^2}{b\,\delta^2}\;\ge\;0 $$
($c_d$ of page zo-smoothing), then for every $T\ge1$
$$ \frac1T\sum_{t<T}\mathbb E\bigl(\|\nabla f_\delta(x_t)\|^2+s\|v_t\|^2\bigr)\;\le\;\frac{2D}{\gamma T}+\frac{dG^2}B, $$
without the last term for $d=1$.

With $q=b$ the step may be $\frac\delta{2dG}$, whatever accuracy is wanted, where that of gfm falls with the accuracy.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(q) P(B) P(b)
#include "../common.h"

#include <stdlib.h>

#include "directions.h"

enum { RHO = RATE_PARAMETERS }; /* the last parameter */
enum { RADIUS, GAP };           /* the first of the needs */

/* The two parts of 1 - s */
NUMBER(bent, density_at_0((double)c->d) * G * gamma / c->need[RADIUS])
NUMBER(drift, (q - 1) / b * pow((double)c->d * G * gamma / c->need[RADIUS], 2))

FORMULA(bound, t, 2 * c->need[GAP] / (gamma * t) + (c->d > 1 ? (double)c->d * G * G / B : 0))

/*:
## Proof

*Differences.* $\|g(x;w)-g(y;w)\|\le\frac d{2\delta}\cdot2G\|x-y\|=\frac{dG}\delta\|x-y\|$.

*The error of $v$.* From one fresh estimate to the next $v_t-\nabla f_\delta(x_t)$ is a martingale: every difference has the mean $\nabla f_\delta(x_t)-\nabla f_\delta(x_{t-1})$. Its first term is a mean of $B$ independent ones of second moment at most $dG^2$ (page gfm; for $d=1$ there is no noise); each further increment has a second moment of at most $\frac1b\frac{d^2G^2}{\delta^2}\gamma^2\mathbb E\|v_{j}\|^2$. So
$$ \mathbb E\|v_t-\nabla f_\delta(x_t)\|^2\le\frac{dG^2}B+\frac{d^2G^2\gamma^2}{b\,\delta^2}\sum_{j<t,\text{ since the fresh one}}\mathbb E\|v_j\|^2 . $$

*Descent.* $f_\delta$ is $\frac{c_dG}\delta$-smooth, and $-\langle\nabla f_\delta,v\rangle=\frac12\|v-\nabla f_\delta\|^2-\frac12\|\nabla f_\delta\|^2-\frac12\|v\|^2$:
$$ f_\delta(x_{t+1})\le f_\delta(x_t)-\frac\gamma2\|\nabla f_\delta(x_t)\|^2-\frac\gamma2\|v_t\|^2+\frac\gamma2\|v_t-\nabla f_\delta(x_t)\|^2+\frac{c_dG\gamma^2}{2\delta}\|v_t\|^2 . $$
Take means and sum. Every $\|v_j\|^2$ is counted at most $q-1$ times in the errors. Divide by $\frac{\gamma T}2$. $\square$

## How sharp it is

Attained for every $T$ by $|x|$ with $q=1$, $\gamma=\delta$, from inside of $[-\delta,\delta]$: there one step is exact. From far out with short steps on a line it is ${{gfm-plus#2.max_ratio:3}}$, and ${{gfm-plus#3.max_ratio:2}}$ on a ridge in the plane.

## What is run

Kinks with weights of both signs. On the line nothing is drawn; else runs are sampled.

## What must fail

$D$ in the place of $2D$, where the bound is attained. $0.9$ of it on a long run.

## Exercises

1. Let $b=q$ and $\gamma=\frac\delta{2dG}$. What is $s$?
2. How many values of $f$ does it take from one fresh estimate to the next?
3. ★ Which $w$ and which $f$ attain the bound on the differences?
:*/

SHARP(sharp,
	{ .objective = "kinks:d=1,start=0.8", .parameters = "gamma=1,q=1,B=1,b=1", .note = "|x| within the ball",
	  .steps = 16, .ratio = 1 },
	{ .objective = "kinks:d=1,start=3", .parameters = "gamma=0.005,q=1,B=1,b=1", .note = "|x| from far out",
	  .steps = 1000, .ratio = 0.998 },
	{ .objective = "kinks:d=2,m=1,start=4/0", .parameters = "gamma=0.01,q=4,B=8,b=2",
	  .note = "a ridge in the plane",
	  .steps = 400 },
	{ .objective = "kinks:d=3,a=2/-1,c=0/1,start=2", .parameters = "q=4,B=16,b=4", .note = "not convex",
	  .steps = 64 })
CONTROL(control,
	{ .objective = "kinks:d=1,start=0.8", .parameters = "gamma=1,q=1,B=1,b=1", .note = "D in the place of 2D",
	  .steps = 16, .factor = 0.5 },
	{ .objective = "kinks:d=1,start=3", .parameters = "gamma=0.005,q=1,B=1,b=1", .note = "0.9 of the bound",
	  .steps = 1000, .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0 with s >= 0"),
	[q_] = { "q", RATE_INTEGER, "4", 1, 1000000, NULL, "steps from one fresh estimate to the next" },
	[B_] = { "B", RATE_INTEGER, "8", 1, 16, NULL, "directions of a fresh estimate" },
	[b_] = { "b", RATE_INTEGER, "2", 1, 16, NULL, "directions of a difference" },
	[RHO] = { "rho", RATE_REAL, "auto", 0, 0, NULL, "delta/sqrt(d)" },
};

/* The root of s = 0 in gamma, or a part of it. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double one = c->G / c->need[RADIUS], linear = density_at_0((double)c->d) * one;
	double square = (param[q_] - 1) / param[b_] * pow((double)c->d * one, 2);

	param[gamma_] = fraction * 2 / (linear + sqrt(linear * linear + 4 * square));
	param[RHO] = c->need[RADIUS] / sqrt((double)c->d);
}

static const char *admissible(const rate_case *c)
{
	double rho = c->need[RADIUS] / sqrt((double)c->d);

	if (!(c->param[gamma_] > 0) || !(fabs(c->param[RHO] / rho - 1) < 1e-9))
		return "gamma > 0 and rho = delta/sqrt(d)";
	return bent(c) + drift(c) <= 1 + 1e-12 ? NULL : "c_d G gamma/delta + (q - 1) (d G gamma/delta)^2/b <= 1";
}

static const char *few_dimensions(const rate_case *c)
{
	return c->d <= 8 ? NULL : "run for at most 8 dimensions";
}

enum { GRADIENTS, STEPS, KEPT }; /* accumulators: sums of |grad f_delta|^2 and of |v|^2 */

static int square_of_v(rate_view *v, double *out)
{
	const double *estimate;

	if (v->find(v, "v", &estimate))
		return RATE_FAIL;
	rate_dot(v->run, estimate, estimate, out);
	return RATE_OK;
}

static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *g = calloc(nrep * v->run->ld + 2 * nrep, sizeof *g), *g2 = g + nrep * v->run->ld, *v2 = g2 + nrep;

	if (!g || square_of_v(v, v2) ||
	    v->run->call->smoothed(v->run, 0, v->c->need[RADIUS], v->state[0], NULL, g)) {
		free(g);
		return RATE_FAIL;
	}
	rate_dot(v->run, g, g, g2);
	for (size_t r = 0; r < nrep; r++) {
		rate_acc(v, KEPT, r)[GRADIENTS] += g2[r];
		rate_acc(v, KEPT, r)[STEPS] += v2[r]; /* of the step before */
	}
	free(g);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double left = fmax(1 - bent(v->c) - drift(v->c), 0), t = fmax((double)v->t, 1);

	(void)b;
	if (square_of_v(v, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);
		q[r] = (kept[GRADIENTS] + left * (kept[STEPS] + s[r])) / t;
		s[r] = v->c->G * v->c->G * (double)v->c->d;
	}
	return RATE_OK;
}

CLAIM(gfm_plus,
	.id = "gfm-plus", .chapter = "zeroth-order", .title = "Gradient-free descent with a memory",
	.statement = "f G-Lipschitz, f_δ its mean over balls, D = f_δ(x_0) − inf f_δ, two-point estimates, B afresh "
	             "every q steps, b for a difference, s = 1 − c_dGγ/δ − (q − 1)d²G²γ²/(bδ²) ≥ 0: (1/T) Σ_{t<T} "
	             "E(‖∇f_δ(x_t)‖² + s‖v_t‖²) ≤ 2D/(γT) + dG²/B",
	.quantity = "(1/t) Σ E(‖∇f_δ(x_j)‖² + s‖v_j‖²)", .formula = "2D/(γt) + dG²/B",
	.source = "after Chen, Xu and Luo, Faster gradient-free algorithms for nonsmooth nonconvex stochastic "
	          "optimization, ICML 2023; constants proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_OWN_START, .method = "gfm-plus",
	NEEDS([RADIUS] = "ball.radius", [GAP] = "ball.gap", "smoothing/1", "G", "x_star", "no composite"), RANGE,
	.applies = few_dimensions, .accumulators = KEPT, .bound = bound, .observe = observe,
	.measure = measure, SHARP_AND_CONTROL)
