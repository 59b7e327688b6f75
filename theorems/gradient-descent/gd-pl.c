/*:
## Gradient descent under the Polyak-Lojasiewicz inequality {#gd-pl}

**Theorem.** Let $f$ be $L$-smooth with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$ for all $x$, where $f_\star=\inf f$ and $\mu>0$. Let $0<\gamma\le1/L$ and
$x_{t+1}=x_t-\gamma\nabla f(x_t)$. Then for every $t$
$$ f(x_t)-f_\star\;\le\;(1-\gamma\mu)^t\,(f(x_0)-f_\star). $$

**Hypotheses.** No convexity. The inequality of Polyak and Lojasiewicz (PL) says that the gradient is large wherever the value is; every
$\mu$-strongly convex function has it, and so has $x^2+3\sin^2x$, which is not convex.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { GAMMA };

/*:
The bound as code; `contraction(u, t)` is $(1-u)^t$ without cancellation.
:*/

static double bound(const rate_case *c, double t)
{
	return contraction(c->param[GAMMA] * c->pl, t) * c->d0;
}

/*:
**Proof.** By the descent lemma $f(x_{t+1})\le f(x_t)-\gamma(1-\frac{\gamma L}2)\|\nabla f(x_t)\|^2$. Subtract $f_\star$ and use PL:
$$ f(x_{t+1})-f_\star\le\bigl(1-\gamma\mu(2-\gamma L)\bigr)(f(x_t)-f_\star). \tag{1} $$
For $\gamma\le1/L$ one has $2-\gamma L\ge1$, so the factor is at most $1-\gamma\mu$. $\square$

**How sharp is it?** The last step of the proof gives away $1-\gamma L$; without it the constant is exact:

## The factor that is attained {#gd-pl-tight}

**Theorem.** Under the same hypotheses, but for $0<\gamma<2/L$,
$$ f(x_t)-f_\star\;\le\;\bigl(1-\gamma\mu(2-\gamma L)\bigr)^t\,(f(x_0)-f_\star). $$
:*/

static double bound_tight(const rate_case *c, double t)
{
	double gamma = c->param[GAMMA];

	return contraction(gamma * c->pl * (2 - gamma * c->L), t) * c->d0;
}

/*:
**Proof.** This is (1), and $\gamma(2-\gamma L)>0$ is all that was used. $\square$

**It is attained** when $\mu=L$: on $f=\frac L2\|x\|^2$ the gap is multiplied by $(1-\gamma L)^2=1-\gamma L(2-\gamma L)$ at every step. (For $\mu<L$ better
factors are known; they are not the subject here.)

**What is run.** Gradient descent on every objective with a known PL constant, convex or not; the gap is judged at all checkpoints. Sharp instances: for the first theorem the bowl
with a tiny step (ratio $(1-\gamma\mu)^2/(1-\gamma\mu)$ at $t=1$, trivial), for the second the bowl with any step.

**Negative controls.** 0.9 of each bound on these bowls. A step of $1.8/L$ at $\kappa=2$ breaks the first bound: $0.64^t$ in the steep direction against
$0.1^t$. A step of $2.1/L$ at $\kappa=2$ breaks the second: it would let the gap grow by $1.105$, but it grows by $1.21$.
:*/

static const struct instance sharp_loose[] = {
	{ .objective = "quadratic:d=2,spectrum=one",
	    .parameters = "gamma=0.0001",
	    .note = "a bowl and a tiny step: trivial, at t = 1",
	    .steps = 16,
	    .ratio = 0.9999 },
};
static const struct instance sharp_tight[] = {
	{ .objective = "quadratic:d=2,spectrum=one",
	    .parameters = "gamma=0.125",
	    .note = "a bowl, short step: equality at every t",
	    .steps = 64,
	    .ratio = 1 },
	{ .objective = "quadratic:d=2,spectrum=one",
	    .parameters = "gamma=1.875",
	    .note = "a bowl, long step: equality at every t",
	    .steps = 64,
	    .ratio = 1 },
};
static const struct instance controls_loose[] = {
	{ .objective = "quadratic:d=2,spectrum=one",
	    .parameters = "gamma=0.0001",
	    .note = "0.9 of the bound, of which 0.9999 is attained",
	    .steps = 16,
	    .factor = 0.9 },
	{ .objective = "quadratic:d=2,kappa=2",
	    .parameters = "gamma=1.8",
	    .note = "step 1.8/L with kappa = 2: the steep direction is too slow",
	    .steps = 16 },
};
static const struct instance controls_tight[] = {
	{ .objective = "quadratic:d=2,spectrum=one",
	    .parameters = "gamma=0.125",
	    .note = "0.9 of the bound, which is attained",
	    .steps = 64,
	    .factor = 0.9 },
	{ .objective = "quadratic:d=2,kappa=2",
	    .parameters = "gamma=2.1",
	    .note = "step 2.1/L with kappa = 2: grows by 1.21 a step, not by 1.105",
	    .steps = 128 },
};

/*:
**Exercises.**

1. Show that $\mu\le L$ in every PL inequality of an $L$-smooth function that is not constant.
2. Show that a $\mu$-strongly convex function satisfies PL with the same $\mu$. (Minimise both sides of the strong convexity inequality over $y$.)
3. Find the least squares problem with a singular matrix for which PL holds, and its constant. *Answer:* all of them; the smallest eigenvalue that is not zero.
:*/

/*: {.plumbing} :*/
static const char *const needs[] = { "pl", "L", "f_star" };
static const rate_param params[] = { [GAMMA] = RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const rate_param params_tight[] = { [GAMMA] = RATE_STEP_SIZE("0 < gamma < 2/L") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction / c->L;
}

static const char *admissible(const rate_case *c)
{
	return step_in(c->param[GAMMA], 1 / c->L) ? NULL : "0 < gamma <= 1/L";
}

static void choose_tight(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = 2 * fraction / c->L;
}

static const char *admissible_tight(const rate_case *c)
{
	return c->param[GAMMA] > 0 && c->param[GAMMA] < 2 / c->L ? NULL : "0 < gamma < 2/L";
}

static double factor(const rate_case *c)
{
	return 1 - c->param[GAMMA] * c->pl;
}

static double factor_tight(const rate_case *c)
{
	return 1 - c->param[GAMMA] * c->pl * (2 - c->param[GAMMA] * c->L);
}

INSTANCES(sharp, sharp_loose)
INSTANCES(control, controls_loose)
INSTANCES(sharp_of_tight, sharp_tight)
INSTANCES(control_of_tight, controls_tight)

extern const rate_theorem gd_pl, gd_pl_tight;

const rate_theorem gd_pl = { THEOREM(gd_pl),
	.id = "gd-pl",
	.chapter = "gradient-descent",
	.title = "Gradient descent under the Polyak-Łojasiewicz inequality",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*), 0 < γ ≤ 1/L: f(x_t) − f* ≤ (1 − γμ)^t (f(x₀) − f*) for every t",
	.quantity = "f(x_t) − f*",
	.formula = "(1 − γμ)^t (f(x₀) − f*)",
	.source = HANDBOOK("3"),
	.kind = RATE_DETERMINISTIC,
	.method = "gd",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.choose = choose,
	.admissible = admissible,
	.bound = bound,
	.transient = bound,
	.factor = factor,
	.measure = rate_measure_gap,
	.sharp = sharp,
	.control = control };

const rate_theorem gd_pl_tight = { THEOREM(gd_pl_tight),
	.id = "gd-pl-tight",
	.chapter = "gradient-descent",
	.title = "Gradient descent under the Polyak-Łojasiewicz inequality, companion",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*), 0 < γ < 2/L: f(x_t) − f* ≤ (1 − γμ(2 − γL))^t (f(x₀) − f*) for every t",
	.quantity = "f(x_t) − f*",
	.formula = "(1 − γμ(2 − γL))^t (f(x₀) − f*)",
	.source = "folklore; proved in this file",
	.kind = RATE_DETERMINISTIC,
	.flags = RATE_OPEN_END,
	.method = "gd",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_tight),
	.choose = choose_tight,
	.admissible = admissible_tight,
	.bound = bound_tight,
	.transient = bound_tight,
	.factor = factor_tight,
	.measure = rate_measure_gap,
	.sharp = sharp_of_tight,
	.control = control_of_tight };
