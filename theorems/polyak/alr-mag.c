/*:
# Polyak steps along averaged gradients

Momentum walks along an average of the past gradients. How far? Polyak's answer for one gradient is: as far as convexity guarantees that the point comes nearer to
$x_\star$. The same question has an answer for the average,
$$ D_t=\beta D_{t-1}+g_t,\quad D_{-1}=0,\qquad x_{t+1}=x_t-\frac{d_t}{\|D_t\|^2}\,D_t,\qquad d_t=f(x_t)-f_\star,\quad g_t\in\partial f(x_t), $$
with $0\le\beta<1$; where $d_t=0$ no step is made. ($D_t=0$ happens only then, as the proof shows.) The method needs $f_\star$ and nothing else.

**Theorem.** Let $f$ be convex, $x_\star$ a minimiser, $R=\|x_0-x_\star\|$. Then for every $t\ge0$
$$ \|x_{t+1}-x_\star\|^2\le\|x_t-x_\star\|^2-\frac{d_t^2}{\|D_t\|^2} . \tag{1} $$
If all subgradients have norm at most $G$, then for every $T\ge1$
$$ \min_{t<T}d_t\;\le\;\frac{R\,G}{(1-\beta)\sqrt T} , \tag{2} $$
and if $f$ is $L$-smooth
$$ \sum_{t<T}d_t\;\le\;\frac{2LR^2}{(1-\beta)^2} . \tag{3} $$

They are three claims to check: (1) is `alr-mag-distance`, a bound that reads the path; (2) is `alr-mag`; (3) is
`alr-mag-smooth`.
:*/
#include <stdlib.h>

#define PARAMETERS(P) P(beta)
#include "../common.h"

FORMULA(bound, t, sqrt(D2 / t) * G / (1 - beta))

static double bound_smooth(const rate_case *c, double t)
{
	LETTERS(c);
	double left = 1 - beta;

	(void)t;
	return 2 * L * D2 / (left * left);
}

/*:
## Proof

*The past is no hindrance:* $\langle D_{t-1},x_t-x_\star\rangle\ge0$ for all $t$. It is true for $t=0$. If it is true for $t$, then by convexity
$$ \langle D_t,x_t-x_\star\rangle=\beta\,\langle D_{t-1},x_t-x_\star\rangle+\langle g_t,x_t-x_\star\rangle\;\ge\;0+d_t , \tag{4} $$
so that $D_t\ne0$ if $d_t>0$. The step lowers this product by exactly $d_t$, as $\frac{d_t}{\|D_t\|^2}\langle D_t,D_t\rangle=d_t$. So $\langle D_t,x_{t+1}-x_\star\rangle\ge0$: true for $t+1$.

*(1)* Write out the square and use (4):
$$ \|x_{t+1}-x_\star\|^2=\|x_t-x_\star\|^2-\frac{2d_t}{\|D_t\|^2}\langle D_t,x_t-x_\star\rangle+\frac{d_t^2}{\|D_t\|^2}\le\|x_t-x_\star\|^2-\frac{d_t^2}{\|D_t\|^2} . $$

*(2)* $\|D_t\|\le\sum_{s\le t}\beta^{t-s}\|g_s\|\le\frac G{1-\beta}$. Sum (1) over $t<T$: $\sum_{t<T}d_t^2\le\frac{R^2G^2}{(1-\beta)^2}$. The least of $T$ squares is at most
their mean.

*(3)* Smoothness bounds $\|D_t\|$ by the gaps. By the inequality of Cauchy and Schwarz with the weights $\beta^{t-s}$, whose sum is at most $\frac1{1-\beta}$, and by $\|g_s\|^2\le2Ld_s$,
$$ \|D_t\|^2\le\frac1{1-\beta}\sum_{s\le t}\beta^{t-s}\|g_s\|^2\le\frac{2L}{1-\beta}\,m_t,\qquad m_t=\sum_{s\le t}\beta^{t-s}d_s . $$
Each $d_s$ enters the $m_t$ with the weights $1,\beta,\beta^2,\dots$, so $\sum_{t<T}m_t\le\frac1{1-\beta}\sum_{t<T}d_t$. Once more by Cauchy and Schwarz,
$\bigl(\sum d_t\bigr)^2\le\sum\frac{d_t^2}{m_t}\cdot\sum m_t\le\sum\frac{d_t^2}{m_t}\cdot\frac1{1-\beta}\sum d_t$. Together
$$ \sum_{t<T}\frac{d_t^2}{\|D_t\|^2}\;\ge\;\frac{1-\beta}{2L}\sum_{t<T}\frac{d_t^2}{m_t}\;\ge\;\frac{(1-\beta)^2}{2L}\sum_{t<T}d_t , \tag{5} $$
and by (1) the left side is at most $R^2$. (Terms with $d_t=0$ are left out of the quotients.) $\square$

## How sharp it is

(1) is attained, with any $\beta$, by the function of Drori and Teboulle (ssd-convex-horizon), which is linear between every point of the path and the minimiser. With $\beta=0$ it attains (2) too,
with $d_t=\frac{GR}{\sqrt T}$ at each of $T$ steps. For $\beta>0$ (2) is loose. (3) is loose by 3 for $\beta=0$, where the parabola has $\sum d_t\to\frac L2R^2\cdot\frac43=\frac13\cdot2LR^2$, and by more for larger
$\beta$. What was given away is that smooth gradients point to $x_\star$ by more than convexity says.

# The exact sum for smooth functions

**Theorem (alr-mag-smooth-tight).** If $f$ is convex and $L$-smooth, then for every $T\ge1$
$$ \sum_{t<T}d_t\;\le\;\frac{2LR^2}{(1-\beta)(3-\beta)} . $$
:*/

static double bound_smooth_tight(const rate_case *c, double t)
{
	LETTERS(c);

	(void)t;
	return 2 * L * D2 / ((1 - beta) * (3 - beta));
}

/*:
**Proof.** For a smooth convex function $\langle g_t,x_t-x_\star\rangle\ge d_t+\frac1{2L}\|g_t\|^2$ (lem-smooth-convex-lower at $(x_t,x_\star)$). The claim is that the past is now a help:
$$ \langle D_t,x_{t+1}-x_\star\rangle\;\ge\;\frac{1-\beta}{2L}\|D_t\|^2\qquad\text{for all }t\ge-1 . $$
It is true for $t=-1$. For the induction note that $D_t=\beta D_{t-1}+(1-\beta)\frac{g_t}{1-\beta}$ is a mean, so that by convexity of the square
$$ (1-\beta)\|D_t\|^2\;\le\;\beta(1-\beta)\|D_{t-1}\|^2+\|g_t\|^2 . \tag{6} $$
If the claim is true for $t-1$, then with (6)
$$ \langle D_t,x_t-x_\star\rangle=\beta\langle D_{t-1},x_t-x_\star\rangle+\langle g_t,x_t-x_\star\rangle
 \ge\frac{\beta(1-\beta)}{2L}\|D_{t-1}\|^2+d_t+\frac1{2L}\|g_t\|^2\ge d_t+\frac{1-\beta}{2L}\|D_t\|^2 . $$
The step takes $d_t$ away from this product: the claim for $t$. And with this in the place of (4), (1) becomes
$$ \|x_{t+1}-x_\star\|^2\;\le\;\|x_t-x_\star\|^2-\frac{d_t^2}{\|D_t\|^2}-\frac{1-\beta}L\,d_t . $$
Sum over $t<T$ and use (5): $R^2\ge\Bigl(\frac{(1-\beta)^2}{2L}+\frac{1-\beta}L\Bigr)\sum_{t<T}d_t=\frac{(1-\beta)(3-\beta)}{2L}\sum_{t<T}d_t$. $\square$

With $\beta=0$ it is exact: the parabola reaches $\frac23LR^2$ in the limit of long runs. With $\beta=\frac12$ it is a fifth of (3), and the parabola reaches $0.51$ of it.

## What is run

The method with $\beta=\frac12$ (the least gap, the sum of gaps and the squared distance are followed along the path) on every convex objective
that the claim applies to. Sharp as above.

## What must fail

$0.9$ of (1), with $\beta=0$ and with $\beta=\frac12$, and of (2) on the function of Drori and Teboulle; a rate better by $T^{-1/2}$ of (2). Of (3) $0.3$, which is $0.9$ of the third that is attained; a third of it is
true for $\beta=0$. Of the exact sum $0.9$.

## Exercises

1. Show that with $\beta=0$ the exact sum follows from the proof of sps-smooth-interp-tight.
2. In terms of the average $\tilde D_t=(1-\beta)D_t$ the step is $\frac{(1-\beta)d_t}{\|\tilde D_t\|^2}\tilde D_t$. What does the factor $1-\beta$ say?
3. ★ What breaks if $f_\star$ is replaced by something smaller? And by something larger?
:*/

enum { LEAST, SUM, DISTANCE, GAP, SCALE, KEPT };

/* Of the points so far: the least gap, the sum of the gaps, and the last squared distance and gap. */
static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(4 * nrep * sizeof *q), *s = q + nrep, *d2 = q + 2 * nrep, *s2 = q + 3 * nrep;
	int failed = !q || rate_gap_of(v, v->state[0], q, s) || rate_dist2_of(v, v->state[0], d2, s2);

	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r);

		if (v->t == 0 || q[r] < kept[LEAST])
			kept[LEAST] = q[r];
		kept[SUM] += q[r];
		kept[DISTANCE] = d2[r];
		kept[GAP] = q[r];
		kept[SCALE] = fmax(kept[SCALE], s[r]);
	}
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, KEPT, r)[LEAST];
		s[r] = rate_acc(v, KEPT, r)[SCALE];
	}
	return RATE_OK;
}

static int measure_smooth(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, KEPT, r)[SUM];
		s[r] = rate_acc(v, KEPT, r)[SCALE] * (double)v->t;
	}
	return RATE_OK;
}

/* The method's own D is that of the step before, as (1) wants it. */
static int measure_distance(rate_view *v, double *q, double *s, double *b)
{
	const double *D;

	if (v->find(v, "D", &D) || rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	rate_dot(v->run, D, D, b);
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);
		double decrease = b[r] > 0 ? kept[GAP] * kept[GAP] / b[r] : 0;

		b[r] = fmax(kept[DISTANCE] - decrease, 0); /* it bounds a square: less than 0 is rounding */
		/* The gap was the difference of two values; an error of eps s in it moves the decrease by 2 gap eps
		 * s/|D|^2. */
		s[r] += kept[GAP] > 0 ? 2 * decrease / kept[GAP] * kept[SCALE] : 0;
	}
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0", .note = "the function of Drori and Teboulle",
	  .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0", .note = "0.9 of the bound, which is attained",
	  .steps = 64, .factor = 0.9 },
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0", .note = "rate T^-1 instead of T^-1/2",
	  .steps = 64,
	  .power = 0.5 })
SHARP(sharp_smooth,
	{ .objective = "quadratic:d=1,L=1,rotation=0", .parameters = "beta=0", .note = "a parabola", .steps = 32,
	  .ratio = 1.0 / 3 })
CONTROL(control_smooth,
	{ .objective = "quadratic:d=1,L=1,rotation=0", .parameters = "beta=0", .note = "0.9 x 1/3 of the bound",
	  .steps = 32, .factor = 0.3 })
SHARP(sharp_smooth_tight,
	{ .objective = "quadratic:d=1,L=1,rotation=0", .parameters = "beta=0", .note = "a parabola", .steps = 32,
	  .ratio = 1 })
CONTROL(control_smooth_tight,
	{ .objective = "quadratic:d=1,L=1,rotation=0", .parameters = "beta=0",
	  .note = "0.9 of the bound, which is attained", .steps = 32, .factor = 0.9 })
SHARP(sharp_distance,
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0",
	  .note = "linear between every x_t and the minimiser", .steps = 32, .ratio = 1 },
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0.5", .note = "the same with memory", .steps = 32,
	  .ratio = 1 })
CONTROL(control_distance,
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0", .note = "0.9 of the bound, which is attained",
	  .steps = 32, .factor = 0.9 },
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "beta=0.5", .note = "the same with memory", .steps = 32,
	  .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "G", "x_star", "f_star" };
static const char *const needs_smooth[] = { "convex", "L", "x_star", "f_star" };
static const rate_param params[] = { [beta_] = { "beta", RATE_REAL, "0.5", 0, 0.999999, NULL,
	                                         "memory of the direction" } };

CLAIM(alr_mag,
	.id = "alr-mag", .chapter = "polyak", .title = "Polyak steps along averaged gradients, Lipschitz functions",
	.statement = "f convex, ‖g‖ ≤ G, D_t = βD_{t−1} + g_t, step d_t/‖D_t‖²: min_{t<T} f(x_t) − f* ≤ G‖x_0 − "
	             "x*‖/((1 − β)√T)",
	.quantity = "min_{s<t} f(x_s) − f*", .formula = "G‖x_0 − x*‖/((1 − β)√t)",
	.source = "after Wang, Johansson and Zhang 2023, Generalized Polyak step size",
	.kind = RATE_DETERMINISTIC, .method = "alr-mag", .needs = RATE_LIST(needs), .params = RATE_ROWS(params),
	.accumulators = KEPT, .power = 0.5, .bound = bound, .observe = observe, .measure = measure, SHARP_AND_CONTROL)

CLAIM(alr_mag_smooth,
	.id = "alr-mag-smooth", .chapter = "polyak", .title = "Polyak steps along averaged gradients, smooth functions",
	.statement = "f convex, L-smooth, D_t = βD_{t−1} + ∇f(x_t), step d_t/‖D_t‖²: Σ_{t<T} (f(x_t) − f*) ≤ 2L‖x_0 "
	             "− x*‖²/(1 − β)²",
	.quantity = "Σ_{s<t} (f(x_s) − f*)", .formula = "2L‖x_0 − x*‖²/(1 − β)²",
	.source = "after Wang, Johansson and Zhang 2023, Generalized Polyak step size",
	.kind = RATE_DETERMINISTIC, .method = "alr-mag", .needs = RATE_LIST(needs_smooth), .params = RATE_ROWS(params),
	.accumulators = KEPT, .bound = bound_smooth, .observe = observe, .measure = measure_smooth,
	.sharp = sharp_smooth,
	.control = control_smooth)

CLAIM(alr_mag_smooth_tight,
	.id = "alr-mag-smooth-tight", .chapter = "polyak",
	.title = "Polyak steps along averaged gradients, smooth functions, the exact sum",
	.statement = "f convex, L-smooth, D_t = βD_{t−1} + ∇f(x_t), step d_t/‖D_t‖²: "
	             "Σ_{t<T} (f(x_t) − f*) ≤ 2L‖x_0 − x*‖²/((1 − β)(3 − β))",
	.quantity = "Σ_{s<t} (f(x_s) − f*)", .formula = "2L‖x_0 − x*‖²/((1 − β)(3 − β))",
	.source = OWN,
	.kind = RATE_DETERMINISTIC, .method = "alr-mag", .needs = RATE_LIST(needs_smooth), .params = RATE_ROWS(params),
	.accumulators = KEPT, .bound = bound_smooth_tight, .observe = observe, .measure = measure_smooth,
	.sharp = sharp_smooth_tight, .control = control_smooth_tight)

CLAIM(alr_mag_distance,
	.id = "alr-mag-distance", .chapter = "polyak", .title = "Polyak steps along averaged gradients never move away",
	.statement = "f convex, D_t = βD_{t−1} + g_t, step d_t/‖D_t‖²: ‖x_{t+1} − x*‖² ≤ ‖x_t − x*‖² − d_t²/‖D_t‖² "
	             "at every step",
	.quantity = "‖x_t − x*‖²", .formula = "‖x_{t−1} − x*‖² − d²/‖D‖²",
	.source = "after Wang, Johansson and Zhang 2023, Generalized Polyak step size",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "alr-mag", NEEDS("convex", "x_star", "f_star"),
	.params = RATE_ROWS(params), .accumulators = KEPT, .observe = observe, .measure = measure_distance,
	.sharp = sharp_distance, .control = control_distance)
