/*:
# The stochastic proximal point method under strong convexity

**Theorem.** Let $f=\frac1n\sum_if_i$ with every $f_i$ $\mu$-strongly convex (not only their mean), $x_\star$ the minimiser of $f$, $v_i$
subgradients of $f_i$ at $x_\star$ with $\sum v_i=0$, and $\sigma_\star^2=\frac1n\sum\|v_i\|^2$. Let $\gamma>0$ be any step,
$x_{t+1}=\operatorname{prox}_{\gamma f_{i_t}}(x_t)$ with $i_t$ uniform and independent of the past, and $q=(1+\gamma\mu)^{-2}$. Then for every $t\ge0$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;q^t\,\|x_0-x_\star\|^2+\frac{\gamma\sigma_\star^2\,(1-q^t)}{\mu\,(2+\gamma\mu)} . $$

Smoothness is not needed, and no step is too long.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

enum { CONVEX, MU, SIGMA };

FORMULA(transient, t, exp(-2 * t * log1p(gamma * c->need[MU])) * D2)

static double bound(const rate_case *c, double t)
{
	const double gamma = c->param[gamma_], sigma_star2 = c->sigma_star2;
	double mu = c->need[MU];

	return transient(c, t) - gamma * sigma_star2 * expm1(-2 * t * log1p(gamma * mu)) / (mu * (2 + gamma * mu));
}

/*:
## Proof

$v_i\in\partial f_i(x_\star)$ says $x_\star=\operatorname{prox}_{\gamma f_i}(x_\star+\gamma v_i)$, and the prox of a $\mu$-strongly convex function
contracts by $\frac1{1+\gamma\mu}$. So for one step from $x$
$$ \|x^+-x_\star\|^2\le q\,\|x-x_\star-\gamma v_i\|^2 , \qquad
   \mathbb E\|x^+-x_\star\|^2\le q\,\|x-x_\star\|^2+q\gamma^2\sigma_\star^2 , $$
since $i$ does not depend on $x$ and the $v_i$ have mean 0. Repeat, and sum the geometric series:
$\frac{q\gamma^2\sigma_\star^2}{1-q}=\frac{\gamma^2\sigma_\star^2}{(1+\gamma\mu)^2-1}=\frac{\gamma\sigma_\star^2}{\mu(2+\gamma\mu)}$. $\square$

## How sharp it is

Exactly, for every $t$ and every $\gamma$, as soon as $f_i=\frac\mu2\|x-c_i\|^2$: the prox of such an $f_i$ contracts by exactly
$\frac1{1+\gamma\mu}$. Any change of the formula is caught.

## What is run

The method on every sum whose terms are strongly convex and can be proxed. Sharp: a pair of parabolas, for a short, a middling
and a very long step.

## What must fail

$0.9$ of the bound on the pair, and the bound times $t^{-0.05}$: the plateau does not sink. No control by step, as every step is
admissible.

## Exercises

1. Let $\gamma\to\infty$. Where does the method jump, and what is the limit of the bound?
2. ★ Compare the noise term with that of SGD, $\frac{2\gamma\sigma_\star^2}\mu$, for short steps. Where do the four come from?
3. Why must *every* $f_i$ be strongly convex? Try $f_1=\frac L2x^2$ and zeros.
:*/

SHARP(sharp,
	{ .objective = "pair:L=1,c=1,start=3", .parameters = "gamma=1", .note = "two parabolas", .steps = 64,
	  .ratio = 1 },
	{ .objective = "pair:L=1,c=1,start=3", .parameters = "gamma=0.01", .note = "two parabolas, short steps",
	  .steps = 512, .ratio = 1 },
	{ .objective = "pair:L=2,c=1,start=30", .parameters = "gamma=100", .note = "two parabolas, long steps",
	  .steps = 16, .ratio = 1 })
CONTROL(control,
	{ .objective = "pair:L=1,c=1,start=3", .parameters = "gamma=1", .note = "0.9 of the bound, which is attained",
	  .steps = 64, .factor = 0.9 },
	{ .objective = "pair:L=1,c=1,start=3", .parameters = "gamma=1", .note = "the bound times t^-0.05", .steps = 64,
	  .power = 0.05 })

/*: {.plumbing} :*/
static const char *const needs[] = { [CONVEX] = "convex", [MU] = "mu_min", [SIGMA] = "sigma_star2", "x_star" };
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->need[MU];
}

MUST(admissible, gamma > 0, "gamma > 0")

static const char *applies(const rate_case *c)
{
	return c->need[MU] > 0 ? NULL : "a term is not strongly convex";
}

NUMBER(factor, pow(1 + gamma * c->need[MU], -2))

CLAIM(spp_strongly_convex,
	.id = "spp-strongly-convex", .chapter = "proximal", .title = "Stochastic proximal point under strong convexity",
	.statement = "every f_i μ-strongly convex, γ > 0, q = (1 + γμ)⁻²: E‖x_t − x*‖² ≤ q^t ‖x_0 − x*‖² + γσ*²(1 − "
	             "q^t)/(μ(2 + γμ))",
	.quantity = "E‖x_t − x*‖²", .formula = "q^t D² + γσ*²(1 − q^t)/(μ(2 + γμ))",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-point", .needs = RATE_LIST(needs), RANGE,
	.applies = applies, .bound = bound, .transient = transient, .factor = factor, .measure = rate_measure_dist2,
	SHARP_AND_CONTROL)
