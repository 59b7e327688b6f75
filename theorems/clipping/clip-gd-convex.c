/*:
# Clipped gradient descent on convex functions

**Theorem.** Let $f$ be convex and $L$-smooth with a minimiser $x_\star$, $R=\|x_0-x_\star\|$, $0<\gamma<2/L$, $c>0$, $x_{t+1}=x_t-\gamma\operatorname{clip}_c(\nabla f(x_t))$. Then

1. $\|\nabla f(x_t)\|$ does not increase, so that clipping happens in the first steps only, and there are at most
$$ N_c=\frac{R^2}{\gamma c^2\,(2/L-\gamma)} $$
   steps with $\|\nabla f(x_t)\|>c$;
2. if $\gamma\le1/L$, for every $T>\lfloor N_c\rfloor$
$$ f(x_T)-f_\star\;\le\;\frac{L\,R^2}{2\,\bigl(1+2\gamma L\,(T-\lfloor N_c\rfloor)\bigr)} . $$

The second is the exact bound of gradient descent (`gd-convex-smooth-tight`), $\lfloor N_c\rfloor$ steps late.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#define PARAMETERS(P) P(gamma) P(c)
#include "../common.h"

static double most_clipped(const rate_case *k)
{
	LETTERS(k);

	return D2 / (gamma * c * c * (2 / L - gamma));
}

static double bound_count(const rate_case *k, double t)
{
	(void)t;
	return most_clipped(k);
}

/* Nothing is claimed before the clipping is over: infinite bounds are not judged. */
static double bound(const rate_case *k, double t)
{
	LETTERS(k);
	double late = floor(most_clipped(k) * (1 + 1e-12));

	return t > late ? L * D2 / (2 * (1 + 2 * gamma * L * (t - late))) : INFINITY;
}

/*:
## Proof

A clipped step is a gradient step of length $h=\gamma\min(1,\frac c{\|g\|})\le\gamma$. For convex smooth functions $\langle g_x-g_y,x-y\rangle\ge\frac1L\|g_x-g_y\|^2$. With $y$ the next point this
says that $\|g\|$ does not increase for $h\le\frac2L$. With $y=x_\star$,
$$ \|x^+-x_\star\|^2=\|x-x_\star\|^2-2h\langle g,x-x_\star\rangle+h^2\|g\|^2\le\|x-x_\star\|^2-h\Bigl(\frac2L-h\Bigr)\|g\|^2 . $$
So the distance never grows, and when $\|g\|\ge c$ its square falls by at least $\gamma c\|g\|(\frac2L-\gamma)\ge\gamma c^2(\frac2L-\gamma)$. This cannot happen more than $N_c$ times. After the
last clipped step the method is gradient descent from a point at distance at most $R$. $\square$

## How sharp it is

Count: with $\gamma=\frac1L$ and $R$ a little more than $c/L$ the bowl is clipped once and $N_c$ is a little more than 1. Value: where $N_c<1$ it is the exact bound of gradient descent;
with a larger $N_c$ nothing forces the method to be late by all of it, but for long horizons this costs little: a Huber function with $N_c=8$ has the ratio ${{clip-gd-convex#1.max_ratio:3}}$ at $T=1000$.

## What is run

Clipped gradient descent on every convex smooth objective with a known minimiser, with $c$ half of the first gradient unless it is given.

## What must fail

$0.9$ of either bound; and a step of $1.9/L$, on which the second bound is not true.

## Exercises

1. What is true of the second claim for $1/L<\gamma<2/L$?
2. ★ Find a convex function, $\gamma$ and $c$ with exactly $n$ clipped steps and $N_c<2n$.
3. Why is the first claim false without convexity?
:*/

enum { COUNT, KEPT };

static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(2 * nrep * sizeof *q), c = v->c->param[c_];
	int failed;

	if (!q)
		return RATE_FAIL;
	failed = rate_grad2_of(v, v->state[0], q, q + nrep);
	for (size_t r = 0; r < nrep && !failed; r++)
		rate_acc(v, KEPT, r)[COUNT] += q[r] > c * c;
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure_count(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, KEPT, r)[COUNT];
		s[r] = 0;
	}
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "huber:tau=0.000499750124937531", .parameters = "gamma=1,c=0.3535",
	  .note = "Huber function made for T = 1000, N_c = 8", .steps = 1000, .ratio = 0.992 },
	{ .objective = "huber:tau=0.000499750124937531", .parameters = "gamma=1,c=2",
	  .note = "the same, N_c < 1: gradient descent", .steps = 1000, .ratio = 1 })
CONTROL(control,
	{ .objective = "huber:tau=0.000499750124937531", .parameters = "gamma=1,c=0.3535", .note = "0.9 of the bound",
	  .steps = 1000, .factor = 0.9 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=1.9,c=2", .note = "1.9 times the largest step",
	  .steps = 64 })
SHARP(sharp_count,
	{ .objective = "quadratic:d=1", .parameters = "gamma=1,c=0.9999", .note = "one step is clipped, N_c = 1.0002",
	  .steps = 16, .ratio = 0.9998 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=1.5,c=0.9999", .note = "the same with a step 1.5/L: 3/4",
	  .steps = 16, .ratio = 0.75 })
CONTROL(control_count,
	{ .objective = "quadratic:d=1", .parameters = "gamma=1,c=0.9999", .note = "0.9 of the bound", .steps = 16,
	  .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/L"),
	[c_] = { "c", RATE_REAL, "auto", 0, 0, NULL, "threshold, c > 0" },
};

static void choose(const rate_case *k, double fraction, double *param)
{
	CONSTANTS(k);

	param[gamma_] = fraction / L;
	param[c_] = k->g02 > 0 ? sqrt(k->g02) / 2 : 1;
}

static const char *admissible(const rate_case *k)
{
	LETTERS(k);

	return AT_MOST(gamma, 1 / L) && c > 0 ? NULL : "0 < gamma <= 1/L, c > 0";
}

static const rate_param params_count[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L"),
	[c_] = { "c", RATE_REAL, "auto", 0, 0, NULL, "threshold, c > 0" },
};

static void choose_count(const rate_case *k, double fraction, double *param)
{
	choose(k, 2 * fraction, param);
}

static const char *admissible_count(const rate_case *k)
{
	LETTERS(k);

	return gamma > 0 && gamma < 2 / L && c > 0 ? NULL : "0 < gamma < 2/L, c > 0";
}

CLAIM(clip_gd_convex,
	.id = "clip-gd-convex", .chapter = "clipping", .title = "Clipped gradient descent on convex smooth functions",
	.statement = "f convex, L-smooth, 0 < γ ≤ 1/L, N_c = R²/(γc²(2/L − γ)): f(x_T) − f* ≤ LR²/(2(1 + 2γL(T − "
	             "⌊N_c⌋))) for every T > ⌊N_c⌋",
	.quantity = "f(x_t) − f*", .formula = "LR²/(2(1 + 2γL(t − ⌊N_c⌋)))",
	.source = OWN ", with the bound of Drori and Teboulle 2014 for gradient descent",
	.kind = RATE_DETERMINISTIC, .method = "clipped-gd", .needs = RATE_LIST(needs), RANGE, .power = 1,
	.bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(clip_gd_count,
	.id = "clip-gd-count", .chapter = "clipping", .title = "How often clipped gradient descent clips",
	.statement = "f convex, L-smooth, 0 < γ < 2/L: at most R²/(γc²(2/L − γ)) steps have ‖∇f(x_t)‖ > c",
	.quantity = "#{s < t: ‖∇f(x_s)‖ > c}", .formula = "R²/(γc²(2/L − γ))",
	.source = OWN,
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "clipped-gd", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_count), .choose = choose_count, .admissible = admissible_count, .accumulators = KEPT,
	.bound = bound_count, .observe = observe, .measure = measure_count, .sharp = sharp_count,
	.control = control_count)
