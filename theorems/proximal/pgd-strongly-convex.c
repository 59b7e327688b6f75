/*:
# The proximal gradient method under strong convexity

**Theorem.** Let $f$ be convex and $L$-smooth, $h$ convex, closed and proper, $f$ $\mu_f$-strongly convex and $h$ $\mu_h$-strongly
convex (0 is allowed for one of the two), $x_\star$ the minimiser of $F=f+h$, $0<\gamma\le1/L$, and
$x_{t+1}=\operatorname{prox}_{\gamma h}(x_t-\gamma\nabla f(x_t))$. Then for every $t\ge0$
$$ \|x_t-x_\star\|^2\;\le\;\Bigl(\frac{1-\gamma\mu_f}{1+\gamma\mu_h}\Bigr)^t\,\|x_0-x_\star\|^2 . $$
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

static double mu_h(const rate_case *c)
{
	return c->mu_h > 0 ? c->mu_h : 0; /* not known: 0 */
}

NUMBER(mu_f, mu > 0 ? mu : 0)

NUMBER(factor, (1 - gamma * mu_f(c)) / (1 + gamma * mu_h(c)))

FORMULA(bound, t, decay(gamma * mu_f(c), t) * exp(-t * log1p(gamma * mu_h(c))) * D2)

/*:
## Proof

*The prox contracts:* for $p=\operatorname{prox}_{\gamma h}(z)$, $p'=\operatorname{prox}_{\gamma h}(z')$ the points
$(z-p)/\gamma$ and $(z'-p')/\gamma$ are subgradients of $h$, so $\langle z-z'-(p-p'),p-p'\rangle\ge\gamma\mu_h\|p-p'\|^2$ and
$\|p-p'\|\le\frac{\|z-z'\|}{1+\gamma\mu_h}$.

*So does the gradient step:* with $\Delta=x-x_\star$ and $g=\nabla f(x)-\nabla f(x_\star)$ the inequalities
$\langle g,\Delta\rangle\ge\frac1L\|g\|^2$ and $\langle g,\Delta\rangle\ge\mu_f\|\Delta\|^2$ give, for $\gamma\le1/L$,
$\|\Delta-\gamma g\|^2\le\|\Delta\|^2-\gamma\langle g,\Delta\rangle(2-\gamma L)\le(1-\gamma\mu_f)\|\Delta\|^2$.

$x_\star$ is a fixed point of the method. Together, and as $(1+\gamma\mu_h)^2\ge1+\gamma\mu_h$, the claim. $\square$

## How sharp it is

Only in the trivial sense: at $t=1$ with a short step. On the functions where everything is equal the squared distance falls by
the *square* of the factor. With that the theorem is exact:

# The exact factor

**Theorem.** Under the same hypotheses, but for every $\gamma>0$, and for every $t\ge0$
$$ \|x_t-x_\star\|\;\le\;\Bigl(\frac{\max\{1-\gamma\mu_f,\;\gamma L-1\}}{1+\gamma\mu_h}\Bigr)^t\,\|x_0-x_\star\| . $$
:*/

static double factor_tight(const rate_case *c)
{
	LETTERS(c);
	double r = fmax(1 - gamma * mu_f(c), gamma * L - 1) / (1 + gamma * mu_h(c));

	return r * r;
}

static double bound_tight(const rate_case *c, double t)
{
	LETTERS(c);
	double least = fmin(gamma * mu_f(c), 2 - gamma * L); /* 1 - the maximum, 0 but for rounding at the most */

	/* One may grow and the other shrink beyond all numbers. */
	return exp(2 * t * (log1p(-fmin(least, 1 - 0x1p-46)) - log1p(gamma * mu_h(c)))) * D2;
}

/*:
**Proof.** For the gradient step use $\langle g,\Delta\rangle\ge\frac{\mu_fL}{\mu_f+L}\|\Delta\|^2+\frac1{\mu_f+L}\|g\|^2$ (lem-cocoercive: cocoercivity of
$f-\frac{\mu_f}2\|\cdot\|^2$): $\|\Delta-\gamma g\|^2\le\bigl(1-\frac{2\gamma\mu_fL}{\mu_f+L}\bigr)\|\Delta\|^2+\gamma\bigl(\gamma-\frac2{\mu_f+L}\bigr)\|g\|^2$.
If the last bracket is not positive put $\|g\|\ge\mu_f\|\Delta\|$, else $\|g\|\le L\|\Delta\|$: the result is
$(1-\gamma\mu_f)^2$ or $(1-\gamma L)^2$ times $\|\Delta\|^2$. Then the prox as before. $\square$ (No step is too long for the proof; from some length on
the factor exceeds 1 and promises nothing, without $h$ from $2/L$ on.)

**It is attained** for all $t$ by a parabola and a ridge, $f=\frac a2x^2$ and $h=\frac{\mu_h}2x^2$, with $a=\mu_f$ or $a=L$.

## What is run

The method on every smooth convex objective with an $h$ or a feasible set, if $f$ or $h$ is strongly convex. Sharp: for the first
theorem a parabola and a short step; for the second a parabola with a ridge, for a short and a long step and one beyond $2/L$.

## What must fail

Of the first bound $0.75$ with the largest step, $\kappa=10$ and a small ridge, where one step leaves $0.82$ of the bound. Also the step $1.95/L$: an
eigenvector of $L$ is multiplied by $0.868$ each time while the bound has $0.790$. Of the second bound $0.9$ with a short and with a long step, at
every $t$. It has no control by step.

## Exercises

1. Which $\gamma$ minimises the second factor if $\mu_h=0$? And if $\mu_f=0$?
2. Let all the strong convexity sit in $h$: compare moving $\frac{\mu}2\|x\|^2$ from $h$ to $f$. Which split is best at $\gamma=1/L$?
3. What does the theorem say about projected gradient descent, and why is $\mu_h=0$ there?
4. *Compute.* Gradient descent explodes for $\gamma>\frac2L$. What does a ridge change? Find the $\gamma$ at which the check first fails, from `ratecheck verify pgd-strongly-convex:gamma=1 --objective quadratic:d=2,kappa=10,spectrum=two-point+elastic-net:l1=0,ridge=0.5 --steps 32` on.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1,L=1,rotation=0+elastic-net:l1=0,ridge=1", .parameters = "gamma=0.001",
	  .note = "a parabola with a ridge, short step: 0.998 at t = 1", .steps = 8, .ratio = 0.998 })
CONTROL(control,
	{ .objective = "quadratic:d=2,L=1,kappa=10,rotation=0,spectrum=two-point,along=mu+elastic-net:l1=0,ridge=0.1",
	  .parameters = "gamma=1", .note = "0.75 of the bound, with the largest step; 0.82 is attained", .steps = 16,
	  .factor = 0.75 },
	{ .objective = "quadratic:d=2,L=1,kappa=10,rotation=0,spectrum=two-point,along=L+elastic-net:l1=0,ridge=0.01",
	  .parameters = "gamma=1.95", .note = "1.95 times the step: 0.868^t against 0.790^t", .steps = 16 })
SHARP(sharp_of_tight,
	{ .objective = "quadratic:d=1,L=1,rotation=0+elastic-net:l1=0,ridge=0.5", .parameters = "gamma=0.05",
	  .note = "a parabola with a ridge: equality at every t", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=1,L=1,rotation=0+elastic-net:l1=0,ridge=0.1", .parameters = "gamma=1.9",
	  .note = "the same with a long step", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=1,L=1,rotation=0+elastic-net:l1=0,ridge=0.1", .parameters = "gamma=2.5",
	  .note = "the same beyond 2/L, where the distance grows", .steps = 64, .ratio = 1 })
CONTROL(control_of_tight,
	{ .objective = "quadratic:d=1,L=1,rotation=0+elastic-net:l1=0,ridge=0.5", .parameters = "gamma=0.05",
	  .note = "0.9 of the bound, which is attained", .steps = 64, .factor = 0.9 },
	{ .objective = "quadratic:d=1,L=1,rotation=0+elastic-net:l1=0,ridge=0.1", .parameters = "gamma=1.9",
	  .note = "the same with a long step", .steps = 64, .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "composite", "convex", "L", "x_star" };
STEP(gamma, 1 / L, "0 < gamma <= 1/L")
static const rate_param params_tight[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0; presets stay below 2/L") };

static const char *applies(const rate_case *c)
{
	return mu_f(c) + mu_h(c) > 0 ? NULL : "neither f nor h is known to be strongly convex";
}

static void choose_tight(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = 2 * fraction / L;
}

MUST(admissible_tight, gamma > 0, "gamma > 0")

CLAIM(pgd_strongly_convex,
	.id = "pgd-strongly-convex", .chapter = "proximal", .title = "Proximal gradient under strong convexity",
	.statement = "f convex, L-smooth, μ_f-strongly convex, h μ_h-strongly convex; 0 < γ ≤ 1/L: "
	             "‖x_t − x*‖² ≤ ((1 − γμ_f)/(1 + γμ_h))^t ‖x_0 − x*‖²",
	.quantity = "‖x_t − x*‖²", .formula = "((1 − γμ_f)/(1 + γμ_h))^t D²",
	.source = HANDBOOK,
	.kind = RATE_DETERMINISTIC, .method = "proximal-gradient", .needs = RATE_LIST(needs), RANGE, .applies = applies,
	.bound = bound, .transient = bound, .factor = factor, .measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(pgd_strongly_convex_tight,
	.id = "pgd-strongly-convex-tight", .chapter = "proximal",
	.title = "Proximal gradient under strong convexity, exact factor",
	.statement = "f convex, L-smooth, μ_f-strongly convex, h μ_h-strongly convex; γ > 0: "
	             "‖x_t − x*‖² ≤ (max{1 − γμ_f, γL − 1}/(1 + γμ_h))^{2t} ‖x_0 − x*‖²",
	.quantity = "‖x_t − x*‖²", .formula = "(max{1 − γμ_f, γL − 1}/(1 + γμ_h))^{2t} D²",
	.source = OWN,
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "proximal-gradient", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_tight), .applies = applies, .choose = choose_tight, .admissible = admissible_tight,
	.bound = bound_tight, .transient = bound_tight, .factor = factor_tight, .measure = rate_measure_dist2,
	.sharp = sharp_of_tight, .control = control_of_tight)
