/*:
# How far the cross-entropy method can travel

Draw from a normal law, keep the best tenth, fit a normal law to it, repeat. If the minimiser is far away, does the law walk there? Every step moves the mean, and every step shrinks the width.

**Setting.** $f:\mathbb R\to\mathbb R$ is quasiconvex: it falls and then rises. The elite of $N(x,s^2)$ is an interval of mass $r$, $0<r<1$, on which $f$ is below what it is elsewhere (where $f$ has flat pieces, any such interval); $x_+,s_+$ are the mean and the standard deviation of $N(x,s^2)$ on the elite. These are the steps of the method with infinitely many samples. With the normal density $\varphi$ and distribution function $\Phi$ let
$$ z=\Phi^{-1}(r),\qquad k=\frac{\varphi(z)}r,\qquad v=1-zk-k^2\in(0,1),\qquad D_r=\frac k{1-\sqrt v} . $$

**Theorem (cem-shrink).** $\;s_t\le s_0\,v^{t/2}$ for every $t$.

**Theorem (cem-travel).** $\;|x_t-x_0|\le s_0\,k\,\dfrac{1-v^{t/2}}{1-\sqrt v}\le D_r\,s_0$ for every $t$.

**Theorem (cem-premature).** So if $|x_0-x_\star|>D_rs_0$, then for every $t$
$$ |x_t-x_\star|\;\ge\;|x_0-x_\star|-D_rs_0 . $$

$D_r$ is $3.28$ for $r=0.05$, $2.98$ for $0.1$, $2.01$ for $\frac12$, $1.25$ for $0.9$. Whatever the function, the best tenth never leads further than three standard deviations from the first guess.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(r) P(s0)
#include "../common.h"

#include "../../methods/normal-law.h"

NUMBER(shift, normal_density(normal_quantile(r)) / r) /* k */
NUMBER(shrinking, 1 - normal_quantile(r) * shift(c) - shift(c) * shift(c)) /* v */
NUMBER(travel, shift(c) / (1 - sqrt(shrinking(c)))) /* D_r */

FORMULA(bound, t, s0 * travel(c) * -expm1(t / 2 * log(shrinking(c))))
FORMULA(bound_shrink, t, s0 * pow(shrinking(c), t / 2))
FORMULA(bound_premature, t, sqrt(D2) - s0 * travel(c))

/*:
## Proof

Take $x=0$, $s=1$; $Z$ is a standard normal variable and $A$ the elite.

*The shift.* Among all sets of mass $r$ the mean of $Z$ is largest on the tail $[-z,\infty)$ (any other set gives up larger values for smaller ones), and there it is $\frac{\varphi(z)}r=k$. So $|\mathbb E[Z|A]|\le k$.

*The width.* $Z=Q(U)$ with $U$ uniform on $(0,1)$ and $Q=\Phi^{-1}$; $A$ is a window of length $r$ for $U$, with the centre $w$. $Q'=\frac1{\varphi(Q)}$ is even about $\frac12$ and convex, since $Q'''=Q'^3(1+2Q^2)>0$. The variance of $Z$ on $A$ is
$$ \frac1{2r^2}\iint\bigl(Q(w+\alpha)-Q(w+\beta)\bigr)^2\,d\alpha\,d\beta,\qquad|\alpha|,|\beta|\le\frac r2 . $$
Put the pair $\alpha>\beta$ with $\alpha+\beta\ge0$ together with its mirror image $-\beta>-\alpha$. For $w\ge\frac12$ the first increment, $\Delta_1=Q(w+\alpha)-Q(w+\beta)$, is at least the second, $\Delta_2=Q(w-\beta)-Q(w-\alpha)$: the mean of $Q'$ over an interval grows with the distance of its centre from $\frac12$. By convexity the derivatives in $w$ have $\Delta_1'\ge|\Delta_2'|$. So $\Delta_1\Delta_1'+\Delta_2\Delta_2'\ge0$: the variance grows with $|w-\frac12|$. It is largest on a tail, where it is $1-zk-k^2=v$.

*Together.* $s_{t+1}\le\sqrt v\,s_t$ and $|x_{t+1}-x_t|\le k\,s_t$. Sum the geometric series; the last theorem is the triangle inequality. $\square$

## How sharp it is

Where $f$ is monotone as far as the law can see the elite is a tail at every step, and the first two are equalities for every $t$. So is the third in the limit: on $|x-10|$ from $N(0,1)$ with $r=0.1$ the mean stops at $2.98$, at the distance $7.02$ of the minimiser.

## What is run

Convex functions on the line, whose values alone are used.

## What must fail

$0.9$ of $D_r$; the square of the width; $1.01$ of the distance that is left.

## Exercises

1. Smoothing, $x\leftarrow(1-\alpha)x+\alpha x_+$ and $s\leftarrow(1-\alpha)s+\alpha s_+$, is said to prevent premature convergence. How far does the method travel with it?
2. Which $s_0$ is needed to travel from $0$ to $10$ with $r=0.1$?
3. *Compute.* Where does the method stop with $r=0.5$? Run `ratecheck verify cem-premature:r=0.5,s0=1 --objective abs:start=10 --steps 64`.
4. What does it do to $(x-10)^2$ in the place of $|x-10|$?
:*/

#define SLOPE "kinks:d=1,start=100"
SHARP(sharp,
	{ .objective = SLOPE, .parameters = "r=0.1,s0=1", .note = "a slope, the best tenth",
	  .steps = 40, .ratio = 1 },
	{ .objective = SLOPE, .parameters = "r=0.9,s0=1", .note = "the better nine tenths", .steps = 40, .ratio = 1 },
	{ .objective = "abs:start=10", .parameters = "r=0.1,s0=1", .note = "|x| from N(10, 1)",
	  .steps = 64, .ratio = 1 },
	{ .objective = "cosh:start=5", .parameters = "r=0.3,s0=2", .note = "cosh, the minimiser within reach",
	  .steps = 64 })
CONTROL(control, { .objective = SLOPE, .parameters = "r=0.1,s0=1", .note = "0.9 of D_r", .steps = 40, .factor = 0.9 })
SHARP(sharp_shrink,
	{ .objective = SLOPE, .parameters = "r=0.1,s0=1", .note = "a slope, the best tenth",
	  .steps = 40, .ratio = 1 },
	{ .objective = "cosh:start=1", .parameters = "r=0.5,s0=2", .note = "cosh", .steps = 40 })
CONTROL(control_shrink, { .objective = SLOPE, .parameters = "r=0.1,s0=1",
  .note = "v in the place of sqrt v, one step",
    .steps = 1, .factor = 0.4117 })
SHARP(sharp_premature,
	{ .objective = "abs:start=10", .parameters = "r=0.1,s0=1", .note = "|x| from N(10, 1)",
	  .steps = 64, .ratio = 1 },
	{ .objective = "tiles:m=1,start=0,center=10", .parameters = "r=0.1,s0=1", .note = "a parabola: the same",
	  .steps = 64, .ratio = 1 },
	{ .objective = "huber:start=-50", .parameters = "r=0.05,s0=10", .note = "the best twentieth", .steps = 64,
	  .ratio = 1 })
CONTROL(control_premature, { .objective = "abs:start=10", .parameters = "r=0.1,s0=1",
  .note = "1.01 of the distance left",
    .steps = 64, .factor = 1.01 })

/*: {.plumbing} :*/
#define SHARE [r_] = { "r", RATE_REAL, "0.1", 1e-3, 0.999, NULL, "share of the elite" }
static const rate_param params[] = {
	SHARE,
	[s0_] = { "s0", RATE_REAL, "auto", 0, 0, NULL, "standard deviation at the start" },
};

/* A width from which the minimiser is half out of reach, or more. */
static void choose(const rate_case *c, double fraction, double *param)
{
	rate_case with = *c;

	with.param = param;
	param[s0_] = c->D2 > 0 ? fraction * sqrt(c->D2) / (2 * travel(&with)) : fraction;
}

MUST(admissible, s0 > 0, "s0 > 0")
MUST(admissible_premature, s0 > 0 && s0 * travel(c) < sqrt(D2), "0 < s0 < |x_0 - x_star|/D_r")

static const char *starts_off(const rate_case *c)
{
	return c->D2 > 0 ? NULL : "stated for a start that is not the minimiser";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double x = v->state[0][r * v->run->ld], from = v->c->x0[0];
		q[r] = fabs(x - from);
		s[r] = fabs(x) + fabs(from);
	}
	return RATE_OK;
}

static int measure_width(rate_view *v, double *q, double *s, double *b)
{
	const double *width;

	(void)b;
	if (v->find(v, "s", &width))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] = q[r] = width[r * v->run->ld];
	return RATE_OK;
}

static int measure_left(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double x = v->state[0][r * v->run->ld], star = v->c->x_star[0];
		q[r] = fabs(x - star);
		s[r] = fabs(x) + fabs(star);
	}
	return RATE_OK;
}

#define PAPER \
	"on the method of Kevin Li and Fulu Li, Cross-entropy optimization for hyperparameter optimization in " \
	"stochastic gradient-based approaches to train deep neural networks, 2024; proved in this file"
#define OF_CEM \
	.method = "cem:alpha=1", .flags = RATE_DIMENSION_ONE, \
	NEEDS("convex", "x_star", "no composite", "whole space"), .params = RATE_ROWS(params), .choose = choose

CLAIM(cem_travel,
	.id = "cem-travel", .chapter = "zeroth-order", .title = "How far the cross-entropy method can travel",
	.statement = "f quasiconvex on the line, elite of mass r, z = Φ⁻¹(r), k = φ(z)/r, v = 1 − zk − k²: |x_t − "
	             "x_0| ≤ s_0 k (1 − v^(t/2))/(1 − √v)",
	.quantity = "|x_t − x_0|", .formula = "s_0 k (1 − v^(t/2))/(1 − √v)", .source = PAPER,
	.kind = RATE_DETERMINISTIC, OF_CEM, .admissible = admissible, .bound = bound, .measure = measure,
	SHARP_AND_CONTROL)

CLAIM(cem_shrink,
	.id = "cem-shrink", .chapter = "zeroth-order", .title = "How the cross-entropy method narrows",
	.statement = "f quasiconvex on the line, elite of mass r, z = Φ⁻¹(r), k = φ(z)/r, v = 1 − zk − k²: s_t ≤ s_0 "
		     "v^(t/2)",
	.quantity = "s_t", .formula = "s_0 v^(t/2)", .source = PAPER, .kind = RATE_DETERMINISTIC, OF_CEM,
	.admissible = admissible, .bound = bound_shrink, .measure = measure_width, .sharp = sharp_shrink,
	.control = control_shrink)

CLAIM(cem_premature,
	.id = "cem-premature", .chapter = "zeroth-order", .title = "Where the cross-entropy method stops",
	.statement = "f quasiconvex on the line, elite of mass r, |x_0 − x*| > D_r s_0, D_r = k/(1 − √v): |x_t − x*| "
	             "≥ |x_0 − x*| − D_r s_0 for every t",
	.quantity = "|x_t − x*|", .formula = "|x_0 − x*| − D_r s_0", .source = PAPER, .kind = RATE_NON_CONVERGENCE,
	OF_CEM, .applies = starts_off, .admissible = admissible_premature, .bound = bound_premature,
	.measure = measure_left, .sharp = sharp_premature, .control = control_premature)
