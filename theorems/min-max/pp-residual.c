/*:
# Implicit steps, and what an anchor buys

The proximal point takes the field at the *end* of its step: $x_t=x_{t-1}-\gamma V(x_t)$, that is, $x_t=Jx_{t-1}$ with the *resolvent* $J=(I+\gamma V)^{-1}$. On a rotation it comes home with every step size. How small do its steps get, and can one do better with the same $J$?

**Theorem (proximal point).** Let $V$ be maximally monotone (a monotone Lipschitz field, say, or the subgradients of a closed convex function), $0\in V(x_\star)$, $\gamma>0$ and $x_t=Jx_{t-1}$. The lengths $\|x_k-x_{k-1}\|$ never increase, and for every $t\ge1$
$$ \sum_{k=1}^t\|x_k-x_{k-1}\|^2\;\le\;\|x_0-x_\star\|^2,\qquad\text{so}\quad\|x_t-x_{t-1}\|\le\frac{\|x_0-x_\star\|}{\sqrt t}. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

#include <stdlib.h>
#include <string.h>

FORMULA(bound_sum, t, D2)

/*:
**Theorem (Halpern).** Under the same hypotheses let $x_{t+1}=\frac1{t+2}\,x_0+\frac{t+1}{t+2}\,(2Jx_t-x_t)$: reflect, and go back a little to where you came from. Then for every $t\ge0$
$$ \|x_t-Jx_t\|\;\le\;\frac{\|x_0-x_\star\|}{t+1}. $$

As $x-Jx=\gamma v$ with $v\in V(Jx)$, both are about how small the field gets: $1/\sqrt t$ without the anchor, $1/t$ with it.
:*/

FORMULA(bound, t, sqrt(D2) / (t + 1))

/*:
## Proof

*Proximal point.* Let $e_k=x_{k-1}-x_k\in\gamma V(x_k)$. Monotonicity against the zero $x_\star$ gives $\langle e_k,x_k-x_\star\rangle\ge0$, so
$$ \|x_k-x_\star\|^2=\|x_{k-1}-x_\star\|^2-\|e_k\|^2-2\langle e_k,x_k-x_\star\rangle\le\|x_{k-1}-x_\star\|^2-\|e_k\|^2; $$
sum. Monotonicity between $x_k$ and $x_{k+1}$ is $\langle e_k-e_{k+1},e_{k+1}\rangle\ge0$, whence $\|e_{k+1}\|\le\|e_k\|$, and the last of $t$ such numbers is at most the root of their mean square.

*Halpern.* The reflection $N=2J-I$ does not expand: with $p=Jx$, $q=Jy$, monotonicity says $\langle(x-p)-(y-q),p-q\rangle\ge0$, and $\|Nx-Ny\|^2=\|x-y\|^2-4\langle(x-p)-(y-q),p-q\rangle$. Let $r_k=x_k-Nx_k=2(x_k-Jx_k)$ and $p_k=x_k-x_0$. From
$\|Nx-Ny\|\le\|x-y\|$ for $x=x_{k+1}$, $y=x_k$ follows
$$ \|r_{k+1}-r_k\|^2\le2\langle r_{k+1}-r_k,x_{k+1}-x_k\rangle=-\tfrac2{k+2}\bigl\langle r_{k+1}-r_k,\;p_k+(k+1)r_k\bigr\rangle, $$
since $x_{k+1}=x_k-\frac1{k+2}(p_k+(k+1)r_k)$. Multiply by $\frac12(k+1)(k+2)$ and collect: with
$$ Q_k=\tfrac12k(k+1)\|r_k\|^2+(k+1)\langle r_k,x_k-x_0\rangle $$
this is $Q_{k+1}\le Q_k$ (insert $p_{k+1}=\frac{k+1}{k+2}(p_k-r_k)$ in $Q_{k+1}$). As $Q_0=0$, all are at most 0:
$$ \tfrac k2\|r_k\|^2\le\langle r_k,x_0-x_k\rangle=\langle r_k,x_0-x_\star\rangle-\langle r_k,x_k-x_\star\rangle\le\langle r_k,x_0-x_\star\rangle-\tfrac12\|r_k\|^2, $$
the last because $\|x_k-r_k-x_\star\|=\|Nx_k-Nx_\star\|\le\|x_k-x_\star\|$. So $\frac{k+1}2\|r_k\|\le\|x_0-x_\star\|$. $\square$

## How sharp they are

On a rotation with $\gamma s=1$ each implicit step halves the squared distance, and the sum is $\|x_0-x_\star\|^2(1-2^{-t})$. For a single step the sum is not tight: the largest that is known of
$\|x_T-x_{T-1}\|^2$ is $\frac1T(1-\frac1T)^{T-1}\|x_0-x_\star\|^2$, on rotations with $\gamma s=1/\sqrt{T-1}$.

Halpern's bound is attained by $f=|x|$, $x_0=1$ and $\gamma=\frac1{T+1}$, after $T$ steps: the points stay right of the kink, and the residual is $\gamma$.

## What is run

Both methods on monotone fields and on convex functions that are offered with the prox of their one term.

## What must fail

$0.9$ of each bound; explicit steps in place of implicit ones; the proximal point in place of Halpern's method.

## Exercises

1. Let $V$ be $\mu$-strongly monotone. Show $\|x_t-x_\star\|\le(1+\gamma\mu)^{-t}\|x_0-x_\star\|$ for the proximal point. When is that an equality?
2. ★ Compute the proximal point on a rotation of speed $s$. Which $\gamma$ makes $\|x_T-x_{T-1}\|$ largest, for given $T$?
:*/

SHARP(sharp_sum,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=1", .note = "a rotation: 1 - 2^-t",
	  .steps = 20, .ratio = 1 },
	{ .objective = "abs:start=1", .parameters = "gamma=1", .note = "one step to the kink", .steps = 4, .ratio = 1 })
CONTROL(control_sum,
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=1", .note = "0.9 of the bound",
	  .steps = 20, .factor = 0.9 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=1", .note = "explicit steps", .steps = 12,
	  .method = "gd" })
SHARP(sharp,
	{ .objective = "abs:start=1", .parameters = "gamma=0.2", .note = "|x|, T = 4: equality", .steps = 4,
	  .ratio = 1 },
	{ .objective = "abs:start=1", .parameters = "gamma=0.0384615384615384615", .note = "|x|, T = 25: equality",
	  .steps = 25, .ratio = 1 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.3333333333333333", .note = "a rotation",
	  .steps = 32 })
CONTROL(control,
	{ .objective = "abs:start=1", .parameters = "gamma=0.2", .note = "0.9 of the bound", .steps = 4,
	  .factor = 0.9 },
	{ .objective = "affine-field:b=1,start=1/0", .parameters = "gamma=0.3333333333333333",
	  .note = "the proximal point, without an anchor", .steps = 9, .method = "stochastic-proximal-point" })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * (c->L > 0 && isfinite(c->L) ? 1 / c->L : 1);
}

MUST(admissible, gamma > 0, "gamma > 0")

/* |x - Jx|^2 of every replicate, and what the rounding error of the root is relative to. */
static int residual2(rate_view *v, double *q, double *s)
{
	rate_run *run = v->run;
	const rate_sample *one = run->call->component(run, 0);
	const double *x = v->state[0];
	double *p = aligned_alloc(64, run->nrep * run->ld * sizeof *p);
	int rc = p && one ? run->call->sample_prox(run, one, v->c->param[gamma_], x, p) : RATE_FAIL;

	for (size_t r = 0; rc == RATE_OK && r < run->nrep; r++) {
		double size = 0;

		for (size_t j = 0; j < run->d; j++) {
			double a = x[r * run->ld + j], b = p[r * run->ld + j];

			size += a * a + b * b + v->c->x_star[j] * v->c->x_star[j];
			p[r * run->ld + j] = a - b;
		}
		memset(p + r * run->ld + run->d, 0, (run->ld - run->d) * sizeof *p);
		s[r] = sqrt(size);
	}
	if (rc == RATE_OK)
		run->call->dot(run, p, p, q);
	free(p);
	return rc;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (residual2(v, q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		q[r] = sqrt(q[r]);
	return RATE_OK;
}

enum { SUM, SIZE, ACCUMULATORS };

/* The step that is about to be made. */
static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(2 * nrep * sizeof *q), *s = q + nrep;
	int rc = q ? residual2(v, q, s) : RATE_FAIL;

	for (size_t r = 0; rc == RATE_OK && r < nrep; r++) {
		double *acc = rate_acc(v, ACCUMULATORS, r);

		acc[SUM] += q[r];
		acc[SIZE] += sqrt(fabs(q[r])) * s[r];
	}
	free(q);
	return rc;
}

static int measure_sum(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, ACCUMULATORS, r)[SUM];
		s[r] = rate_acc(v, ACCUMULATORS, r)[SIZE];
	}
	return RATE_OK;
}

#define NEEDED NEEDS("field", "monotone", "x_star", "prox", "one term", "no composite")

CLAIM(pp_residual,
	.id = "pp-residual", .chapter = "min-max", .title = "The steps of the proximal point",
	.statement = "V maximally monotone, γ > 0, x_t = (I + γV)⁻¹ x_{t−1}: Σ_{k≤t} ‖x_k − x_{k−1}‖² ≤ ‖x_0 − x*‖²",
	.quantity = "Σ_{k≤t} ‖x_k − x_{k−1}‖²", .formula = "D²", .source = "classical (Rockafellar 1976); proved here",
	.kind = RATE_DETERMINISTIC, .method = "stochastic-proximal-point", NEEDED, RANGE, .accumulators = ACCUMULATORS,
	.bound = bound_sum, .observe = observe, .measure = measure_sum, .sharp = sharp_sum, .control = control_sum)

CLAIM(halpern_pp,
	.id = "halpern-pp", .chapter = "min-max", .title = "Halpern: an anchor makes 1/t of 1/√t",
	.statement = "V maximally monotone, J = (I + γV)⁻¹, x_{t+1} = x_0/(t+2) + (t+1)/(t+2) (2Jx_t − x_t): "
	             "‖x_t − Jx_t‖ ≤ ‖x_0 − x*‖/(t + 1)",
	.quantity = "‖x_t − Jx_t‖", .formula = "D/(t + 1)",
	.source = "Lieder, On the convergence rate of the Halpern-iteration, 2021; proved here",
	.kind = RATE_DETERMINISTIC, .method = "halpern", NEEDED, RANGE, .power = 1, .bound = bound, .measure = measure,
	SHARP_AND_CONTROL)
