/*:
# Error feedback: clipping without bias

Let $f=\frac1n\sum_if_i$. Keep in $e$ what clipping has taken away, and give it back later: $e_0=0$,
$$ v_t=\frac1n\sum_i\operatorname{clip}_{C_1}(\nabla f_i(x_t))+\operatorname{clip}_{C_2}(e_t),\qquad x_{t+1}=x_t-\gamma v_t,\qquad e_{t+1}=e_t+\nabla f(x_t)-v_t . $$

**Theorem.** For all functions, steps and thresholds, and every $t$,
$$ x_t-\gamma e_t\;=\;x_0-\gamma\sum_{s<t}\nabla f(x_s) . $$

The *virtual* point $z_t=x_t-\gamma e_t$ makes plain gradient steps, with gradients taken at $x_t$. So where the method comes to rest the gradient vanishes: there is no bias. It can rest at $x_\star$ if and only if what the clipped terms leave there,
$\|\frac1n\sum_i\operatorname{clip}_{C_1}(\nabla f_i(x_\star))\|$, is at most $C_2$; $C_2\ge C_1$ is enough.

**Proof.** $x_{t+1}-\gamma e_{t+1}=x_t-\gamma v_t-\gamma e_t-\gamma\nabla f(x_t)+\gamma v_t$. At rest $v=0$ and $\nabla f(x)=v$, so that $\operatorname{clip}_{C_2}(e)=-\frac1n\sum_i\operatorname{clip}_{C_1}(\nabla f_i(x_\star))$; there is such an $e$ if and only if the right side is no longer than $C_2$. $\square$

# The optimum and the median

Take three parabolas $f_i(x)=\frac12(x-b_i)^2$ with $b=(-3,0,9)$. The minimiser of $f$ is the mean of the $b_i$, $x_\star=2$. Let $C_1=C_2=1$.

**Theorem** (the median). Gradient descent with every term clipped to 1, from $x_0=0$ and with any steps, stays at the median: $|x_t-x_\star|=2$ for every $t$.

**Theorem** (the optimum). Error feedback with $0<\gamma\le\frac14$ and $|x_0-x_\star|\le\frac12$ converges. With $u_{-1}=0$, $u_0=1$, $u_{t+1}=u_t-\gamma u_{t-1}$, that is $u_t=\sum_{k=0}^tr_+^kr_-^{t-k}\le(t+1)\,r_+^t$ for $r_\pm=\frac12\bigl(1\pm\sqrt{1-4\gamma}\bigr)$,
$$ |x_t-x_\star|\;\le\;|x_0-x_\star|\,u_t+\frac\gamma3\,u_{t-1} . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "../common.h"

enum { GAMMA, C1, C2, FORGET };

static double bound_median(const rate_case *c, double t)
{
	(void)c;
	(void)t;
	return 4;
}

static double bound_optimum(const rate_case *c, double t)
{
	LETTERS(c);
	double before = 0, u = 1, most;

	for (double k = 0; k < t; k++) {
		double next = u - c->param[GAMMA] * before;
		before = u;
		u = next;
	}
	most = sqrt(D2) * u + c->param[GAMMA] / 3 * before;
	return most * most;
}

/*:
**Proof.** *Median.* $\frac13\bigl(\operatorname{clip}_1(3)+\operatorname{clip}_1(0)+\operatorname{clip}_1(-9)\bigr)=0$.

*Optimum.* Let $y=x-2$. While $|y|\le1$ the three gradients $y+5$, $y+2$ and $y-7$ are clipped to $1$, $1$ and $-1$, so $v=\frac13+e$ if $|e|\le1$. Then $e_{t+1}=e_t+y_t-\frac13-e_t=y_t-\frac13$ and
$$ y_{t+1}=y_t-\gamma\bigl(\tfrac13+e_t\bigr)=y_t-\gamma y_{t-1},\qquad y_{-1}=\tfrac13\ (\text{which stands for }e_0=0): $$
near the optimum the method is gradient descent with gradients that are one step old. The solution is $y_t=y_0u_t-\gamma y_{-1}u_{t-1}$. As $r_\pm$ are real, positive and add up to 1, $0<u_t\le1$. Therefore $|y_t|\le\frac12+\frac\gamma3\le\frac7{12}$ and
$|e_t|=|y_{t-1}-\frac13|\le\frac{11}{12}$: what was assumed goes on to hold. $\square$

## How sharp it is

Exactly: the first is an identity, the second an equality, and so is the third for $x_0<x_\star$. The third speaks of the last part of the way only. From the median, $x_0=0$, error feedback first pays back with steps of length $\gamma C_2$ and then enters the region of the theorem.

## What is run

Error feedback on every smooth finite sum, with thresholds of half of the first gradient: both sides of the identity in a fixed direction. The three parabolas for the other two claims.

## What must fail

The right side of the identity times $0.9$; the identity without $-\gamma e_t$; $1.1$ times the lower bound at the median, and the same bound for error feedback, which leaves it; $0.9$ of the upper bound; that bound for clipping alone; and from $x_0=0$.

## Exercises

1. Show that $\operatorname{clip}_{C_2}$ may be left out altogether ($C_2=\infty$) for this problem. What is it for? *Hint:* noise for privacy is added in proportion to the largest step.
2. Which $\gamma$ makes $r_+$ smallest? Compare with gradient descent.
3. Let $C_2<\frac13$. Where does the method go?
:*/

enum { SUM, SIZE, KEPT };

/* What a step adds up, no signs: the gradients of the terms may be large where their mean is small. */
static int size_of_step(rate_view *v, const double *e, double *g, double *size)
{
	rate_run *run = v->run;

	for (size_t r = 0; r < run->nrep; r++)
		size[r] = size_along(run->d, v->state[0] + r * run->ld) +
		          v->c->param[GAMMA] * size_along(run->d, e + r * run->ld);
	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);
		if (!term || rate_sample_gradient(run, term, v->state[0], g))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			size[r] += v->c->param[GAMMA] * size_along(run->d, g + r * run->ld) / (double)run->n;
	}
	return RATE_OK;
}

/* Sums up gamma grad f(x_s), and what rounding errors are relative to. */
static int observe(rate_view *v)
{
	rate_run *run = v->run;
	double *g = aligned_alloc(64, (run->nrep * run->ld + (run->nrep + 7) / 8 * 8) * sizeof *g),
	       *size = g + run->nrep * run->ld;
	const double *e;
	int failed = !g || v->find(v, "e", &e) || size_of_step(v, e, g, size) || rate_gradient(run, v->state[0], g);

	for (size_t r = 0; r < run->nrep && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r);

		kept[SUM] += v->c->param[GAMMA] * along(run->d, g + r * run->ld);
		kept[SIZE] = fmax(kept[SIZE], size[r]);
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

/* Each step may add a rounding error of the size of what it adds up: 64 eps s allows one unit a step. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	double share = v->c->param[FORGET] > 0 ? 0 : v->c->param[GAMMA];
	const double *e;

	if (v->find(v, "e", &e))
		return run->call->fail(run, "the method has no state e");
	for (size_t r = 0; r < run->nrep; r++) {
		const double *x = v->state[0] + r * run->ld, *er = e + r * run->ld, *kept = rate_acc(v, KEPT, r);
		double size = fmax(kept[SIZE], size_along(run->d, x) + v->c->param[GAMMA] * size_along(run->d, er));

		q[r] = along(run->d, x) - share * along(run->d, er);
		b[r] = along(run->d, v->c->x0) - kept[SUM];
		s[r] = size * (1 + (double)v->t / 64);
	}
	return RATE_OK;
}

#define PARABOLAS "centres:b=-3/0/9"

SHARP(sharp,
	{ .objective = PARABOLAS, .parameters = "gamma=0.05,C1=1,C2=1", .note = "from the median to the mean",
	  .steps = 1000, .ratio = 1 },
	{ .objective = "least-squares:n=6,d=3,noise=0.5", .note = "least squares", .steps = 256, .ratio = 1 })
CONTROL(control,
	{ .objective = PARABOLAS, .parameters = "gamma=0.05,C1=1,C2=1", .note = "0.9 of the right side", .steps = 1000,
	  .factor = 0.9 },
	{ .objective = PARABOLAS, .parameters = "gamma=0.05,C1=1,C2=1,forget=1",
	  .note = "x_t alone makes no gradient steps", .steps = 1000 })
SHARP(sharp_median,
	{ .objective = PARABOLAS, .parameters = "gamma=0.05", .note = "at the median for ever", .steps = 1000,
	  .ratio = 1 })
CONTROL(control_median,
	{ .objective = PARABOLAS, .parameters = "gamma=0.05", .note = "1.1 times the bound on squares", .steps = 1000,
	  .factor = 1.1 },
	{ .objective = PARABOLAS, .parameters = "gamma=0.05", .note = "error feedback leaves the median", .steps = 1000,
	  .method = "dice" })
SHARP(sharp_optimum,
	{ .objective = PARABOLAS ",start=1.5", .parameters = "gamma=0.25", .note = "r_+ = r_- = 1/2", .steps = 64,
	  .ratio = 1 },
	{ .objective = PARABOLAS ",start=1.5", .parameters = "gamma=0.05", .note = "a short step", .steps = 256,
	  .ratio = 1 })
CONTROL(control_optimum,
	{ .objective = PARABOLAS ",start=1.5", .parameters = "gamma=0.25", .note = "0.9 of the bound", .steps = 64,
	  .factor = 0.9 },
	{ .objective = PARABOLAS ",start=1.5", .parameters = "gamma=0.25", .note = "clipping alone goes to the median",
	  .steps = 64, .method = "per-sample-clipping" },
	{ .objective = PARABOLAS, .parameters = "gamma=0.25", .note = "from x_0 = 0", .steps = 64 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[GAMMA] = RATE_STEP_SIZE("any; presets go up to 1/(4L)"),
	[C1] = { "C1", RATE_REAL, "auto", 0, 0, NULL, "threshold of the terms, > 0" },
	[C2] = { "C2", RATE_REAL, "auto", 0, 0, NULL, "threshold of the error, > 0" },
	[FORGET] = { "forget", RATE_INTEGER, "0", 0, 0, NULL, "1: leave e out" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[GAMMA] = fraction / (4 * L);
	param[C1] = param[C2] = c->g02 > 0 ? sqrt(c->g02) / 2 : 1;
}

static const char *admissible(const rate_case *c)
{
	const double *p = c->param;

	return p[GAMMA] > 0 && p[C1] > 0 && p[C2] > 0 && p[FORGET] == 0 ? NULL : "gamma, C1, C2 > 0, forget = 0";
}

CLAIM(dice_virtual,
	.id = "dice-virtual", .chapter = "clipping", .title = "Error feedback makes gradient steps on a virtual point",
	.statement = "v_t = mean clip_C1(∇f_i(x_t)) + clip_C2(e_t), x_{t+1} = x_t − γv_t, "
	             "e_{t+1} = e_t + ∇f(x_t) − v_t, e_0 = 0: "
	             "x_t − γe_t = x_0 − γ Σ_{s<t} ∇f(x_s)",
	.quantity = "⟨a, x_t − γe_t⟩", .formula = "⟨a, x_0 − γ Σ_{s<t} ∇f(x_s)⟩",
	.source = "after Zhang, Bu, Wu & Hong, arXiv:2311.14632",
	.kind = RATE_IDENTITY, .flags = RATE_PATH_BOUND, .method = "dice", NEEDS("finite-sum/1", "L"), RANGE,
	.accumulators = KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)

static const char *const needs_centres[] = { "median", "L", "x_star", "noise_max" };
static const rate_param params_median[] = { [GAMMA] = RATE_STEP_SIZE("any gamma > 0") };
static const rate_param params_optimum[] = { [GAMMA] = RATE_STEP_SIZE("0 < gamma <= 1/4") };

/* Three numbers of mean 2, median 0 and farthest distance 7 from the mean are -3, 0 and 9. */
static int three_parabolas(const rate_case *c)
{
	LETTERS(c);

	return c->n == 3 && L == 1 && c->x_star[0] == 2 && c->need[0] == 0 && c->noise_max == 7;
}

static void choose_step(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[GAMMA] = fraction / 4;
}

static const char *admissible_median(const rate_case *c)
{
	return three_parabolas(c) && c->x0[0] == 0 && c->param[GAMMA] > 0
	    ? NULL : "centres:b=-3/0/9, x_0 = 0, gamma > 0";
}

static const char *admissible_optimum(const rate_case *c)
{
	return three_parabolas(c) && fabs(c->x0[0] - 2) <= 0.5 && AT_MOST(c->param[GAMMA], 0.25)
	           ? NULL
	           : "centres:b=-3/0/9, |x_0 - 2| <= 1/2, 0 < gamma <= 1/4";
}

CLAIM(clip_median,
	.id = "clip-median", .chapter = "clipping", .title = "Per-sample clipping stops at the median",
	.statement = "f_i = (x − b_i)²/2, b = (−3, 0, 9), every term clipped to 1, x_0 = 0, any steps: "
	             "|x_t − x*| ≥ 2 for every t",
	.quantity = "|x_t − x*|²", .formula = "4",
	.source = "after Zhang, Bu, Wu & Hong, arXiv:2311.14632",
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OWN_INSTANCES, .method = "per-sample-clipping:c=1",
	.needs = RATE_LIST(needs_centres), .params = RATE_ROWS(params_median), .choose = choose_step,
	.admissible = admissible_median, .bound = bound_median, .measure = rate_measure_dist2, .sharp = sharp_median,
	.control = control_median)

CLAIM(dice_optimum,
	.id = "dice-optimum", .chapter = "clipping",
	.title = "Error feedback reaches the optimum where clipping stops at the median",
	.statement = "f_i = (x − b_i)²/2, b = (−3, 0, 9), C1 = C2 = 1, 0 < γ ≤ 1/4, |x_0 − x*| ≤ 1/2, u_{−1} = 0, "
	             "u_0 = 1, "
	             "u_{t+1} = u_t − γu_{t−1}: |x_t − x*| ≤ |x_0 − x*| u_t + γu_{t−1}/3",
	.quantity = "|x_t − x*|²", .formula = "(|x_0 − x*| u_t + γu_{t−1}/3)²",
	.source = "after Zhang, Bu, Wu & Hong, arXiv:2311.14632",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OWN_INSTANCES, .method = "dice:C1=1,C2=1",
	.needs = RATE_LIST(needs_centres), .params = RATE_ROWS(params_optimum), .choose = choose_step,
	.admissible = admissible_optimum, .bound = bound_optimum, .measure = rate_measure_dist2, .sharp = sharp_optimum,
	.control = control_optimum)
