/*:
# The heavy ball with Polyak steps

The heavy ball moves on by $\beta(x_t-x_{t-1})$ and then walks along $-g_t$. How far? As far as brings it nearest to $x_\star$, judged by
what convexity guarantees at the point where it arrives:
$$ y_t=x_t+\beta(x_t-x_{t-1}),\qquad N_t=\bigl(d_t+\beta\langle g_t,x_t-x_{t-1}\rangle\bigr)_+,\qquad x_{t+1}=y_t-\frac{N_t}{\|g_t\|^2}\,g_t, $$
$d_t=f(x_t)-f_\star$, $g_t\in\partial f(x_t)$, $x_{-1}=x_0$ and any $\beta\ge0$. Where $g_t=0$, so that $x_t$ is a minimiser, $N_t=0$ as well, and the quotient counts as 0:
$x_{t+1}=y_t$. It needs $f_\star$ and nothing else.

**Theorem.** Let $f$ be convex and $x_\star$ a minimiser. Then at every step
$$ \|x_{t+1}-x_\star\|^2\;\le\;\|y_t-x_\star\|^2-\frac{N_t^2}{\|g_t\|^2} . $$

It bounds one step. Nothing is said of $\|y_t-x_\star\|$, which may be larger than $\|x_t-x_\star\|$.
:*/
#include <stdlib.h>

#define PARAMETERS(P) P(beta)
#include "../common.h"

enum { BOUND, SCALE, KEPT };

static double step_bound(double y2, double gap, double slope, double g2)
{
	double N = fmax(gap + slope, 0); /* slope = beta <g, x - x_previous> */

	return fmax(y2 - (g2 > 0 ? N * (N / g2) : 0), 0); /* it bounds a square: less than 0 is rounding */
}

/*:
## Proof

By convexity $\langle g_t,y_t-x_\star\rangle=\langle g_t,x_t-x_\star\rangle+\beta\langle g_t,x_t-x_{t-1}\rangle\ge d_t+\beta\langle g_t,x_t-x_{t-1}\rangle$. If $N_t>0$ the right side is $N_t$, and
$$ \|x_{t+1}-x_\star\|^2=\|y_t-x_\star\|^2-\frac{2N_t}{\|g_t\|^2}\langle g_t,y_t-x_\star\rangle+\frac{N_t^2}{\|g_t\|^2}\le\|y_t-x_\star\|^2-\frac{N_t^2}{\|g_t\|^2} . $$
If $N_t=0$ then $x_{t+1}=y_t$, and both sides are equal. $\square$

## How sharp it is

An equality wherever $f$ is linear between $x_t$ and $x_\star$. So it is for the function of Drori and Teboulle (ssd-convex-horizon) along
the whole path, with any $\beta$.

## What is run

The method with $\beta=\frac12$ on every convex objective with a known minimiser. The bound is computed from $x_t$, $x_{t-1}$ and the oracle,
not from anything that the method says of itself, and compared at every step.
:*/

/* The bound on the step that is about to be made. */
static int observe(rate_view *v)
{
	rate_run *run = v->run;
	size_t n = run->nrep, block = n * run->ld;
	double *y = aligned_alloc(64, 2 * block * sizeof *y), *g = y + block;
	double *w = malloc(6 * n * sizeof *w), *y2 = w + n, *g2 = w + 2 * n, *slope = w + 3 * n, *gap = w,
	       *s = w + 4 * n;
	double beta = v->c->param[beta_], *s2 = w + 5 * n;
	const double *previous;
	int failed = !y || !w || v->find(v, "previous", &previous) || rate_gradient(run, v->state[0], g);

	if (!failed) {
		rate_copy(run, v->state[0], y);
		rate_axpy(run, -1, previous, y);
		rate_scale(run, beta, y);
		rate_dot(run, g, y, slope);
		rate_dot(run, g, g, g2);
		rate_axpy(run, 1, v->state[0], y);
		failed = rate_gap_of(v, v->state[0], gap, s) || rate_dist2_of(v, y, y2, s2);
	}
	for (size_t r = 0; r < n && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r);

		kept[BOUND] = step_bound(y2[r], gap[r], slope[r], g2[r]);
		/* An error of eps s in the gap moves N^2/|g|^2 by 2 N eps s/|g|^2. */
		kept[SCALE] = s2[r] + (g2[r] > 0 ? 2 * fmax(gap[r] + slope[r], 0) / g2[r] * s[r] : 0);
	}
	free(y);
	free(w);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		b[r] = rate_acc(v, KEPT, r)[BOUND];
		s[r] += rate_acc(v, KEPT, r)[SCALE];
	}
	return RATE_OK;
}

/*:
## What must fail

$0.9$ of the bound on that function.

## Exercises

1. Which $N$ minimises the upper estimate of $\|x_{t+1}-x_\star\|^2$ in the proof, and why is the positive part taken?
2. Find a convex function and $\beta$ with $\|x_2-x_\star\|>\|x_1-x_\star\|$.
3. With $\beta=0$ sum the theorem over the steps. Which known theorem results?
:*/

SHARP(sharp,
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0.5",
	  .note = "linear between every x_t and the minimiser", .steps = 32, .ratio = 1 })
CONTROL(control,
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0.5", .note = "0.9 of the bound, which is attained",
	  .steps = 32, .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "x_star", "f_star" };
static const rate_param params[] = { [beta_] = { "beta", RATE_REAL, "0.5", 0, 0.999999, NULL,
	                                         "weight of the last move" } };

CLAIM(alr_hb,
	.id = "alr-hb", .chapter = "polyak", .title = "The heavy ball with Polyak steps, one step",
	.statement = "f convex, y = x_t + β(x_t − x_{t−1}), N = (d_t + β⟨g_t, x_t − x_{t−1}⟩)₊, "
	             "x_{t+1} = y − (N/‖g_t‖²)g_t: "
	             "‖x_{t+1} − x*‖² ≤ ‖y − x*‖² − N²/‖g_t‖²",
	.quantity = "‖x_t − x*‖²", .formula = "‖y − x*‖² − N²/‖g‖²",
	.source = "after Wang, Johansson and Zhang 2023, Generalized Polyak step size",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "alr-hb", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params), .accumulators = KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
