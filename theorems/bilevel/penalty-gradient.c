/*:
# The gradient of the penalty is off by $O(1/\lambda)$

To descend on $F$ one needs its gradient, and with it a solve with the Hessian of the lower level. The gradient of the penalty $L_\lambda$ needs first derivatives only:
$$ \nabla L_\lambda(x)=\nabla_xf(x,y_\lambda)+\lambda\bigl(\nabla_xg(x,y_\lambda)-\nabla_xg(x,y_\star)\bigr), $$
$y_\lambda$ the minimiser of $f+\lambda g$ and $y_\star$ that of $g$. How far is it from $\nabla F(x)$?

**Theorem.** Let $f$ be continuously differentiable and $g$ twice, and let $g(x',\cdot)$ and $f(x',\cdot)+\lambda g(x',\cdot)$ be strongly convex with one modulus for all $x'$ near $x$. At $x$ let $g(x,\cdot)$ be $\mu$-strongly convex, $\nabla^2_{xy}g(x,\cdot)$ and $\nabla^2_{yy}g(x,\cdot)$ $\varrho$-Lipschitz,
$\|\nabla^2_{xy}g(x,y_\star)\|\le M$; let $\nabla_xf(x,\cdot)$ be $\ell_x$-Lipschitz, $\nabla_yf(x,\cdot)$ $\ell_y$-Lipschitz, and $f(x,\cdot)$ $m$-strongly convex ($m<0$ is allowed) with $\lambda\mu+m>0$. Then with $r=\|\nabla_yf(x,y_\star)\|/(\lambda\mu+m)$
$$ \|\nabla L_\lambda(x)-\nabla F(x)\|\;\le\;\Bigl(\ell_x+\frac M\mu\ell_y\Bigr)r+\frac{\lambda\varrho}2\Bigl(1+\frac M\mu\Bigr)r^2. $$

Both terms are of the order $1/\lambda$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "two-levels.h"

/*: As code, at a point: :*/
static double bias(double lambda, double mu, double m, double M, double l_x, double l_y, double rho, double slope)
{
	double r = slope / (lambda * mu + m);

	return (l_x + M / mu * l_y) * r + lambda * rho / 2 * (1 + M / mu) * r * r;
}

/*:
## Proof

The function $h=f+\lambda g$ is $(\lambda\mu+m)$-strongly convex in $y$, with $\nabla_yh(x,y_\lambda)=0$ and $\nabla_yh(x,y_\star)=\nabla_yf(x,y_\star)$. So the shift $\delta=y_\lambda-y_\star$ has $\|\delta\|\le r$.

By the implicit function theorem $\nabla F=\nabla_xf-A\nabla_yf$ at $y_\star$, where $A=\nabla^2_{xy}g(\nabla^2_{yy}g)^{-1}$ at $y_\star$, $\|A\|\le M/\mu$. Taylor's formula, with errors $\|e_i\|\le\frac\varrho2\|\delta\|^2$:
$$ \nabla_xg(x,y_\lambda)-\nabla_xg(x,y_\star)=\nabla^2_{xy}g\,\delta+e_1,\qquad \nabla_yg(x,y_\lambda)=\nabla^2_{yy}g\,\delta+e_2 . $$
The second line, with $\lambda\nabla_yg(x,y_\lambda)=-\nabla_yf(x,y_\lambda)$, turns $\lambda\nabla^2_{xy}g\,\delta$ into $-A\nabla_yf(x,y_\lambda)-\lambda Ae_2$. Hence
$$ \nabla L_\lambda-\nabla F=\bigl[\nabla_xf\bigr]_{y_\star}^{y_\lambda}-A\bigl[\nabla_yf\bigr]_{y_\star}^{y_\lambda}+\lambda(e_1-Ae_2), $$
and the theorem is the triangle inequality. $\square$

## How sharp it is

Each of the two terms alone is attained, at every $\lambda$: the first by two quadratic levels in one dimension, the second by a lower level whose curvature changes with $x$ while its solution stays.

## What is run

Both, in closed form (a difference of the two gradients would lose $\lambda$ roundings), in one and more dimensions.

## What must fail

$0.9$ of the bound where either term is attained; and an error of the order $\lambda^{-2}$, from $\lambda=1$ to $\lambda=10$.

## Exercises

1. Let both levels be quadratic, $f=\frac12\|y-a\|^2$ and $g=\frac12(y-Bx)'Q(y-Bx)$. Show $\nabla L_\lambda-\nabla F=-B'(I+\lambda Q)^{-1}\nabla_yf(x,y_\star)$.
2. Which $\lambda$ is enough for $\|\nabla L_\lambda(x)\|\le\varepsilon$ to give $\|\nabla F(x)\|\le2\varepsilon$?
3. *Compute.* How does the ratio change with the coupling? `ratecheck verify penalty-gradient --objective bilevel-quadratic:Q=2,S=0.5,C=0.7,B=1.3` holds with ratio 1.00; change the sign of $C$.
:*/

SHARP(sharp,
	{ .objective = "bilevel-quadratic:Q=2,S=0.5,C=0.7,B=1.3,lambda=1", .note = "two parabolas, lambda = 1",
	  .ratio = 1 },
	{ .objective = "bilevel-quadratic:Q=2,S=0.5,C=0.7,B=1.3,lambda=1000", .note = "two parabolas, lambda = 1000",
	  .ratio = 1 },
	{ .objective = "bilevel-curved:lambda=1", .note = "the second term alone", .ratio = 1 },
	{ .objective = "bilevel-curved:lambda=1e5,k=-0.9", .note = "the second term alone, a heavy penalty",
	  .ratio = 1 },
	{ .objective = "bilevel-quadratic:size=2,Q=0.2/3,B=1/1/0/1,a=1/-1,C=0.3/0.1/0/0.2,lambda=20",
	  .note = "two by two" },
	{ .objective = "bilevel-quadratic:size=2,Q=1/3,S=-1/2,B=1/1/0/1,lambda=3",
	  .note = "an upper level that is not convex in y" })
CONTROL(control,
	{ .objective = "bilevel-quadratic:Q=2,S=0.5,C=0.7,B=1.3,lambda=10", .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = "bilevel-curved:lambda=10", .note = "0.9 of the second term", .factor = 0.9 },
	{ .objective = "bilevel-quadratic:Q=2,S=0.5,C=0.7,B=1.3,lambda=10", .note = "1/lambda^2 from lambda = 1 on",
	  .factor = 0.82 })

/*: {.plumbing} :*/
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	static const char *const name[] = { "mu_g", "m", "M", "l_x", "l_y", "rho", "slope2" };
	double of[sizeof name / sizeof *name], weight = p->c->need[WEIGHT];

	for (size_t i = 0; i < sizeof name / sizeof *name; i++)
		if (two_levels(p, name[i], &of[i], NULL))
			return RATE_FAIL;
	if (two_levels(p, "gradient_gap", left, s))
		return RATE_FAIL;
	/* Nothing is claimed where f + lambda g is not strongly convex. */
	*right = weight * of[0] + of[1] > 0
	    ? bias(weight, of[0], of[1], of[2], of[3], of[4], of[5], sqrt(of[6])) : INFINITY;
	return RATE_OK;
}

CLAIM(penalty_gradient,
	.id = "penalty-gradient", .chapter = "bilevel", .title = "The gradient of the penalty is off by O(1/λ)",
	.statement = "g(x,·) μ-strongly convex, ‖∇²_xy g‖ ≤ M, second derivatives of g ϱ-Lipschitz, "
	             "r = ‖∇_y f(x, y*)‖/(λμ + m): "
	             "‖∇L_λ(x) − ∇F(x)‖ ≤ (ℓ_x + (M/μ)ℓ_y) r + (λϱ/2)(1 + M/μ) r²",
	.quantity = "‖∇L_λ(x) − ∇F(x)‖", .formula = "(ℓ_x + (M/μ)ℓ_y) r + (λϱ/2)(1 + M/μ) r²",
	.source = "in the setting of Kwon, Kwon, Wright and Nowak, A fully first-order method for stochastic bilevel "
	          "optimization, 2023; proved in this file",
	.kind = RATE_DETERMINISTIC, NEEDS("field", [WEIGHT] = "bilevel.lambda", "bilevel.unique", "quantities/1"),
	.points = 1, .evaluate = evaluate, SHARP_AND_CONTROL)
