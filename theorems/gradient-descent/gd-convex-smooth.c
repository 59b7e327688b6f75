/*:
## Gradient descent on convex smooth functions {#gd-convex-smooth}

**Theorem.** Let $f:\mathbb R^d\to\mathbb R$ be convex and $L$-smooth with a minimiser $x_\star$, let $0<\gamma\le 1/L$ and
$x_{t+1}=x_t-\gamma\nabla f(x_t)$. Then for every $t\ge1$
$$ f(x_t)-f_\star \;\le\; \frac{D^2}{2\gamma t},\qquad D=\|x_0-x_\star\| . $$

**Hypotheses.** *Convex*: the graph lies above its tangents. *$L$-smooth*: $\|\nabla f(x)-\nabla f(y)\|\le L\|x-y\|$. A
minimiser has to exist; if there are several, each gives a bound and the nearest one gives the best.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { GAMMA };

/*:
The bound as code; $t$ is the number of steps made. There is nothing else to compute.
:*/

static double bound(const rate_case *c, double t)
{
	return c->D2 / (2 * c->param[GAMMA] * t);
}

/*:
**Proof.** Smoothness gives the descent lemma
$f(x_{t+1})\le f(x_t)-\gamma(1-\tfrac{\gamma L}2)\|\nabla f(x_t)\|^2$, so for $\gamma\le1/L$
$$ f(x_{t+1})\le f(x_t)-\tfrac\gamma2\|\nabla f(x_t)\|^2. \tag{1} $$
Convexity gives $f(x_t)\le f_\star+\langle\nabla f(x_t),x_t-x_\star\rangle$. Put this into (1) and multiply by $2\gamma$:
$$ 2\gamma\,(f(x_{t+1})-f_\star)\le 2\gamma\langle\nabla f(x_t),x_t-x_\star\rangle-\gamma^2\|\nabla f(x_t)\|^2
   =\|x_t-x_\star\|^2-\|x_{t+1}-x_\star\|^2, $$
the last step being the square of $x_{t+1}-x_\star=(x_t-x_\star)-\gamma\nabla f(x_t)$ written out. Sum over the first $t$
steps; the right side telescopes to at most $D^2$. By (1) the values decrease, so each of the $t$ terms on the left is at
least $2\gamma(f(x_t)-f_\star)$. Divide by $2\gamma t$. $\square$

**How sharp is it?** Two inequalities were thrown away (the last value is *below* the average, and $\|x_t-x_\star\|^2>0$);
the price is a factor 2. No function does worse than half the bound, as the next theorem shows.

## The exact constant {#gd-convex-smooth-tight}

**Theorem** (Drori and Teboulle 2014). Under the same hypotheses
$$ f(x_t)-f_\star\;\le\;\frac{L D^2}{4\gamma L t+2}. $$
:*/

static double bound_tight(const rate_case *c, double t)
{
	return c->L * c->D2 / (4 * c->param[GAMMA] * c->L * t + 2);
}

/*:
**Where the proof is.** The proof combines the inequalities
$f(y)\ge f(x)+\langle\nabla f(x),y-x\rangle+\frac1{2L}\|\nabla f(x)-\nabla f(y)\|^2$ between consecutive iterates and $x_\star$,
with multipliers that are the dual solution of a semidefinite program (Drori and Teboulle, Theorem 1 there). We do not repeat it: here
the statement stands as a cited one, which the program tries to refute.

**It is attained.** Let $f(x)=\frac L2x^2$ for $|x|\le\tau$ and $L\tau|x|-\frac L2\tau^2$ beyond: a parabola with straight arms,
called the Huber function. Start at $x_0=R$ with
$$ \tau=\frac R{2\gamma LT+1} . $$
On the arm the gradient is $L\tau$, so $x_t=R-t\gamma L\tau$; since $\gamma LT\tau\le R/2$ all of $x_0,\dots,x_T$ stay on the arm, and
$$ f(x_T)=L\tau\Bigl(R-T\gamma L\tau-\frac\tau2\Bigr)=L\tau\Bigl(R-\frac{\tau(2\gamma LT+1)}2\Bigr)=\frac{L\tau R}2
 =\frac{LR^2}{4\gamma LT+2}. $$
Of the loose bound $R^2/(2\gamma T)$ this is the part $\gamma LT/(2\gamma LT+1)\to\frac12$.

**What is run.** Gradient descent on every convex smooth objective known, the gap $f(x_t)-f_\star$ judged at all checkpoints; then the
Huber function above: at horizon $T=64$, $\gamma=1/L$ its ratio to the loose bound is $64/129\approx0.496$, at $T=256$ it is
$256/513\approx0.499$; to the exact bound it is 1.

**Negative controls.** The exact bound multiplied by 0.9 must be refuted on the Huber function. The loose bound may be halved without
becoming false, so it is multiplied by 0.45, which lies below the ratio 0.499. And a
step of $2/L$ must be refuted: on $f=\frac12x^2$ it jumps between $x_0$ and $-x_0$ for ever, while the bound tends to zero.
:*/

static const struct instance sharp_loose[] = {
	{ .objective = "huber:tau=0.007751937984496124,start=1",
	    .parameters = "gamma=1",
	    .note = "Huber function for T = 64",
	    .steps = 64,
	    .ratio = 64.0 / 129 },
	{ .objective = "huber:tau=0.001949317738791423,start=1",
	    .parameters = "gamma=1",
	    .note = "Huber function for T = 256",
	    .steps = 256,
	    .ratio = 256.0 / 513 },
};
static const struct instance sharp_tight[] = {
	{ .objective = "huber:tau=0.007751937984496124,start=1",
	    .parameters = "gamma=1",
	    .note = "Huber function for T = 64, gamma L = 1",
	    .steps = 64,
	    .ratio = 1 },
	{ .objective = "huber:tau=0.001949317738791423,start=1",
	    .parameters = "gamma=1",
	    .note = "Huber function for T = 256, gamma L = 1",
	    .steps = 256,
	    .ratio = 1 },
	{ .objective = "huber:tau=0.015384615384615385,start=1",
	    .parameters = "gamma=0.5",
	    .note = "Huber function for T = 64, gamma L = 0.5",
	    .steps = 64,
	    .ratio = 1 },
	{ .objective = "huber:tau=0.0038910505836575876,start=1",
	    .parameters = "gamma=0.5",
	    .note = "Huber function for T = 256, gamma L = 0.5",
	    .steps = 256,
	    .ratio = 1 },
};
static const struct instance controls_loose[] = {
	{ .objective = "huber:tau=0.001949317738791423,start=1",
	    .parameters = "gamma=1",
	    .note = "0.45 of the bound, below the 0.499 that is attained",
	    .steps = 256,
	    .factor = 0.45 },
	{ .objective = "quadratic:d=1,L=1",
	    .parameters = "gamma=2",
	    .note = "step 2/L: x jumps between x_0 and -x_0",
	    .steps = 16 },
};
static const struct instance controls_tight[] = {
	{ .objective = "huber:tau=0.001949317738791423,start=1",
	    .parameters = "gamma=1",
	    .note = "0.9 of the bound, which is attained",
	    .steps = 256,
	    .factor = 0.9 },
	{ .objective = "quadratic:d=1,L=1",
	    .parameters = "gamma=2",
	    .note = "step 2/L: x jumps between x_0 and -x_0",
	    .steps = 16 },
};

/*:
**Exercises.**

1. Show that $\|x_t-x_\star\|$ never increases if $\gamma\le2/L$. (Use $\langle\nabla f(x),x-x_\star\rangle\ge\frac1L\|\nabla f(x)\|^2$.)
2. On $f=\frac L2x^2$ find the smallest $\gamma$ for which the loose bound fails at $T=1$, and at $T=2$. *Answer:* about $1.755/L$ and
   $1.733/L$: the range of the theorem is not the range of the truth.
3. Which $\tau$ is worst for the *average* of $x_0,\dots,x_{T-1}$? *Answer:* $R/(\gamma L(T-1)+1)$.
:*/

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const rate_param params[] = { [GAMMA] = RATE_STEP_SIZE("0 < gamma <= 1/L") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction / c->L;
}

static const char *admissible(const rate_case *c)
{
	return step_in(c->param[GAMMA], 1 / c->L) ? NULL : "0 < gamma <= 1/L";
}

INSTANCES(sharp, sharp_loose)
INSTANCES(control, controls_loose)
INSTANCES(sharp_of_tight, sharp_tight)
INSTANCES(control_of_tight, controls_tight)

extern const rate_theorem gd_convex_smooth, gd_convex_smooth_tight;

const rate_theorem gd_convex_smooth = { THEOREM(gd_convex_smooth),
	.id = "gd-convex-smooth",
	.chapter = "gradient-descent",
	.title = "Gradient descent on convex smooth functions",
	.statement = "f convex, L-smooth, 0 < γ ≤ 1/L: f(x_t) − f* ≤ ‖x₀ − x*‖² / (2γt) for every t ≥ 1",
	.quantity = "f(x_t) − f*",
	.formula = "D²/(2γt)",
	.source = HANDBOOK("3"),
	.kind = RATE_DETERMINISTIC,
	.method = "gd",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.power = 1,
	.choose = choose,
	.admissible = admissible,
	.bound = bound,
	.measure = rate_measure_gap,
	.sharp = sharp,
	.control = control };

const rate_theorem gd_convex_smooth_tight = { THEOREM(gd_convex_smooth_tight),
	.id = "gd-convex-smooth-tight",
	.chapter = "gradient-descent",
	.title = "Gradient descent on convex smooth functions, exact constant",
	.statement = "f convex, L-smooth, 0 < γ ≤ 1/L: f(x_t) − f* ≤ L‖x₀ − x*‖² / (4γLt + 2) for every t ≥ 1",
	.quantity = "f(x_t) − f*",
	.formula = "LD²/(4γLt + 2)",
	.source = "Drori & Teboulle, Performance of first-order methods for smooth convex minimization, Math. Program. 145 "
	          "(2014), 451-482 (number not confirmed)",
	.kind = RATE_DETERMINISTIC,
	.method = "gd",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.power = 1,
	.choose = choose,
	.admissible = admissible,
	.bound = bound_tight,
	.measure = rate_measure_gap,
	.sharp = sharp_of_tight,
	.control = control_of_tight };
