/*:
## Gradient descent on strongly convex functions {#gd-strongly-convex}

**Theorem.** Let $f$ be $\mu$-strongly convex and $L$-smooth, $0<\gamma\le1/L$ and $x_{t+1}=x_t-\gamma\nabla f(x_t)$. Then for every $t$
$$ \|x_t-x_\star\|^2\;\le\;(1-\gamma\mu)^t\,D^2,\qquad D=\|x_0-x_\star\|. $$

**Hypotheses.** *$\mu$-strongly convex*, $\mu>0$: $f(y)\ge f(x)+\langle\nabla f(x),y-x\rangle+\frac\mu2\|y-x\|^2$. Then the minimiser exists
and is unique.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { GAMMA };

/*:
The bound as code. For small $\gamma\mu$ the number $1-\gamma\mu$ has lost digits, so `contraction(u, t)` of `common.h` computes $(1-u)^t$ as
$\exp(t\log(1-u))$ with `log1p`.
:*/

static double bound(const rate_case *c, double t)
{
	return contraction(c->param[GAMMA] * c->mu, t) * c->D2;
}

/*:
**Proof.** Write out the square:
$$ \|x_{t+1}-x_\star\|^2=\|x_t-x_\star\|^2-2\gamma\langle\nabla f(x_t),x_t-x_\star\rangle+\gamma^2\|\nabla f(x_t)\|^2. $$
Strong convexity at $y=x_\star$ gives $\langle\nabla f(x_t),x_t-x_\star\rangle\ge f(x_t)-f_\star+\frac\mu2\|x_t-x_\star\|^2$, and smoothness gives
$\|\nabla f(x_t)\|^2\le2L(f(x_t)-f_\star)$ (one step $1/L$ cannot go below $f_\star$). Hence
$$ \|x_{t+1}-x_\star\|^2\le(1-\gamma\mu)\|x_t-x_\star\|^2-2\gamma(1-\gamma L)(f(x_t)-f_\star), $$
and the last term is not positive. Repeat $t$ times. $\square$

**How sharp is it?** Only for small steps and few of them: on $f=\frac\mu2x^2$ the square of the distance is multiplied by $(1-\gamma\mu)^2$, and not by
$1-\gamma\mu$, at each step. The exponent is off by two.

## The exact factor {#gd-strongly-convex-tight}

**Theorem.** Under the same hypotheses, but for $0<\gamma<2/L$,
$$ \|x_t-x_\star\|^2\;\le\;\max\{1-\gamma\mu,\ |1-\gamma L|\}^{2t}\,D^2. $$
:*/

static double bound_tight(const rate_case *c, double t)
{
	double slow = 1 - c->param[GAMMA] * c->mu, fast = fabs(1 - c->param[GAMMA] * c->L);

	return (slow >= fast ? contraction(c->param[GAMMA] * c->mu, 2 * t) : pow(fast, 2 * t)) * c->D2;
}

/*:
**Proof.** A $\mu$-strongly convex $L$-smooth function satisfies, with $g=\nabla f(x)$ and $r=x-x_\star$,
$$ \langle g,r\rangle\ \ge\ \frac{\mu L}{\mu+L}\|r\|^2+\frac1{\mu+L}\|g\|^2 \tag{1} $$
(for $\mu<L$ this is cocoercivity, $\langle\nabla h(x)-\nabla h(y),x-y\rangle\ge\frac1{L-\mu}\|\nabla h(x)-\nabla h(y)\|^2$, of the convex function $h=f-\frac\mu2\|\cdot\|^2$; for
$\mu=L$ both sides are equal). Put (1) into the square:
$$ \|r-\gamma g\|^2\le\Bigl(1-\frac{2\gamma\mu L}{\mu+L}\Bigr)\|r\|^2+\gamma\Bigl(\gamma-\frac2{\mu+L}\Bigr)\|g\|^2. $$
If $\gamma\le2/(\mu+L)$ the last coefficient is not positive and $\|g\|\ge\mu\|r\|$ gives the factor $(1-\gamma\mu)^2$. If it is larger, $\|g\|\le L\|r\|$ gives
$(1-\gamma L)^2$. $\square$

**It is attained**, at every $t$: by $f=\frac\mu2x^2$ for short steps, by $f=\frac L2x^2$ for long ones.

**What is run.** Gradient descent on every strongly convex objective; the square of the distance to $x_\star$ is judged at all checkpoints. The sharp instance of the
first theorem is a bowl with a tiny step, $(1-\gamma\mu)^2/(1-\gamma\mu)=0.9999$ at $t=1$: a trivial one, as nothing has happened yet. That of the
second is the bowl with honest steps.

**Negative controls.** 0.9 of either bound on these bowls. A step of $1.8/L$ at $\kappa=L/\mu=2$: the first bound then promises the factor $0.1$, while the steep
direction shrinks by $0.64$ only. (The first bound fails as soon as $\gamma L>2-1/\kappa$, so a step of $1.01/L$ is *not* refuted unless $\kappa\le1.01$.) The second formula stays
true beyond $2/L$, where it says how fast the iterates may run away; there is no control by step for it.
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
};

/*:
**Exercises.**

1. Which $\gamma$ makes the exact factor smallest, and what is it then? *Answer:* $2/(\mu+L)$, $\bigl(\frac{\kappa-1}{\kappa+1}\bigr)^2$.
2. How many steps $1/L$ suffice for $\|x_t-x_\star\|^2\le\varepsilon D^2$? *Answer:* $t\ge\kappa\log(1/\varepsilon)$.
3. Why does a step slightly longer than $1/L$ not break the first bound when $\kappa$ is large?
:*/

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "mu", "L", "x_star" };
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
	return 1 - c->param[GAMMA] * c->mu;
}

static double factor_tight(const rate_case *c)
{
	double r = fmax(1 - c->param[GAMMA] * c->mu, fabs(1 - c->param[GAMMA] * c->L));

	return r * r;
}

INSTANCES(sharp, sharp_loose)
INSTANCES(control, controls_loose)
INSTANCES(sharp_of_tight, sharp_tight)
INSTANCES(control_of_tight, controls_tight)

extern const rate_theorem gd_strongly_convex, gd_strongly_convex_tight;

const rate_theorem gd_strongly_convex = { THEOREM(gd_strongly_convex),
	.id = "gd-strongly-convex",
	.chapter = "gradient-descent",
	.title = "Gradient descent on strongly convex functions",
	.statement = "f μ-strongly convex, L-smooth, 0 < γ ≤ 1/L: ‖x_t − x*‖² ≤ (1 − γμ)^t ‖x₀ − x*‖² for every t",
	.quantity = "‖x_t − x*‖²",
	.formula = "(1 − γμ)^t D²",
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
	.measure = rate_measure_dist2,
	.sharp = sharp,
	.control = control };

const rate_theorem gd_strongly_convex_tight = { THEOREM(gd_strongly_convex_tight),
	.id = "gd-strongly-convex-tight",
	.chapter = "gradient-descent",
	.title = "Gradient descent on strongly convex functions, exact factor",
	.statement = "f μ-strongly convex, L-smooth, 0 < γ < 2/L: ‖x_t − x*‖² ≤ max{1 − γμ, |1 − γL|}^(2t) ‖x₀ − x*‖² for every t",
	.quantity = "‖x_t − x*‖²",
	.formula = "max{1 − γμ, |1 − γL|}^(2t) D²",
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
	.measure = rate_measure_dist2,
	.sharp = sharp_of_tight,
	.control = control_of_tight };
