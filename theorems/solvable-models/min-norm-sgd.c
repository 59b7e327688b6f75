/*:
# SGD finds the nearest interpolant

More unknowns than equations: infinitely many points have zero loss. Which of them does SGD choose?

**Theorem.** Let $f=\frac1n\sum f_i$ with convex $f_i$ that are $L_{\max}$-smooth and have a common minimiser; let $f$ be a quadratic, $f(x)-f_\star=\frac12\langle x-x_\star,H(x-x_\star)\rangle$, and $\mu$ the smallest eigenvalue of $H$ that is *not* 0. Let $x_\star$ be the minimiser nearest to $x_0$. SGD, $x_{t+1}=x_t-\gamma\nabla f_{i_t}(x_t)$ with $0<\gamma\le\frac2{L_{\max}}$ and random terms, has for every $t$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;\bigl(1-\gamma\mu(2-\gamma L_{\max})\bigr)^t\,\|x_0-x_\star\|^2 . $$

**Theorem (min-norm-path).** On every path, whatever the order of the terms, $\|x_t-x_\star\|\le\|x_0-x_\star\|$.

For least squares, $f_i=\frac12(\langle a_i,x\rangle-b_i)^2$ with solvable equations, the minimiser nearest to $x_0=0$ is the shortest solution $A^+b$. Nobody asked for it: the bias towards it is implicit in the steps, which are multiples of the $a_i$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(bound, t, decay(gamma * pl * (2 - gamma * L_max), t) * D2)

/*:
(In the code $\mu$ is the PL constant `pl`: for a quadratic that is the smallest eigenvalue above 0.)

## Proof

*The steps do not leave $x_0+\operatorname{range}H$.* Let $Hv=0$. Then $f$ is least at $x_\star+sv$ for all $s$, and so is every $f_i$, since their least values have the mean $f_\star$. A convex function that is constant on one line is constant on all parallel lines; so $\nabla f_i$ is orthogonal to $v$ everywhere. And $x_0-x_\star$ is orthogonal to the kernel because $x_\star$ is nearest. Hence $e_t=x_t-x_\star$ lies in the range of $H$ for ever, where $\langle e,He\rangle\ge\mu\|e\|^2$.

*One step.* A convex $L_{\max}$-smooth $f_i$ with its minimum at $x_\star$ has $\|\nabla f_i(x)\|^2\le L_{\max}\langle\nabla f_i(x),e\rangle$ (cocoercivity). So
$$ \|e_{t+1}\|^2=\|e_t\|^2-2\gamma\langle\nabla f_i,e_t\rangle+\gamma^2\|\nabla f_i\|^2\le\|e_t\|^2-\gamma(2-\gamma L_{\max})\langle\nabla f_i(x_t),e_t\rangle, $$
and the last product is not negative: that is the path. Its mean over $i$ is $\langle He_t,e_t\rangle\ge\mu\|e_t\|^2$. $\square$

## How sharp it is

Orthogonal rows of equal length: every inequality is an equality at every $t$. The path theorem is attained while the drawn equations are already solved.

## What is run

SGD on every quadratic sum with a common minimiser: least squares with fewer rows than unknowns, of small rank, in one dimension. The mean is exact.

## What must fail

0.9 of the bound, and the bound times $\frac1t$: on orthogonal rows it is an equality. A path bound of $0.99$ of the first distance.

## Exercises

1. $x_0=(0,0,3)$, one row $(1,1,0)$, $b=2$. Where does SGD end, and how far is that from the shortest solution?
2. Add weight decay: $f+\frac\lambda2\|x\|^2$. Where does the mean of SGD end, and what happens as $\lambda\to0$?
3. Let row $i$ be drawn with a probability proportional to $\|a_i\|^2$ and take the step $1/\|a_i\|^2$. What is the factor then? Compare page kaczmarz.
:*/

#define ROWS "orthogonal-rows:n=4,d=7"
SHARP(sharp,
	{ .objective = ROWS, .parameters = "gamma=0.5", .note = "four orthogonal rows in seven dimensions",
	  .steps = 64, .ratio = 1 },
	{ .objective = ROWS ",kernel=3", .parameters = "gamma=1", .note = "from a start outside the span of the rows",
	  .steps = 64, .ratio = 1 },
	{ .objective = "least-squares:n=6,d=12,noise=0", .parameters = "gamma=0.5",
	  .note = "six equations, twelve unknowns", .steps = 64 })
CONTROL(control,
	{ .objective = ROWS, .parameters = "gamma=0.5", .note = "0.9 of the bound", .steps = 16, .factor = 0.9 },
	{ .objective = ROWS, .parameters = "gamma=0.5", .note = "times 1/t", .steps = 16, .power = 1 })
SHARP(sharp_path, { .objective = ROWS, .parameters = "gamma=2", .note = "reflections", .steps = 64, .ratio = 1 })
CONTROL(control_path, { .objective = ROWS, .parameters = "gamma=2", .note = "0.99 of the first distance",
	.steps = 16, .factor = 0.99 })

/*: {.plumbing} :*/
STEP(gamma, 2 / L_max, "0 < gamma <= 2/L_max")

static const char *applies(const rate_case *c)
{
	return c->L_2 == 0 ? NULL : "stated for quadratics";
}

FORMULA(first, t, D2)

#define PAPER \
	"after Zhang, Bengio, Hardt, Recht and Vinyals, Understanding deep learning requires rethinking " \
	"generalization, ICLR 2017; rate proved in this file"
#define ON_SUMS \
	.chapter = "solvable-models", .source = PAPER, .method = "sgd:batch=1", .flags = RATE_OWN_START, \
	NEEDS("convex", "interpolation", "L_max", "pl", "L_2", "x_star", "no composite"), .applies = applies, RANGE, \
	.measure = rate_measure_dist2

CLAIM(min_norm_sgd, ON_SUMS,
	.id = "min-norm-sgd", .title = "SGD finds the nearest interpolant",
	.statement = "f_i convex, L_max-smooth, with a common minimiser, f quadratic, μ its least eigenvalue ≠ 0, "
	             "x* nearest to x_0: E‖x_t − x*‖² ≤ (1 − γμ(2 − γL_max))^t ‖x_0 − x*‖²",
	.quantity = "E‖x_t − x*‖²", .formula = "(1 − γμ(2 − γL_max))^t D²",
	.kind = RATE_EXPECTATION, .bound = bound, .transient = bound, SHARP_AND_CONTROL)

CLAIM(min_norm_path, ON_SUMS,
	.id = "min-norm-path", .title = "SGD never moves away from the nearest interpolant",
	.statement = "as for min-norm-sgd, every path: ‖x_t − x*‖ ≤ ‖x_0 − x*‖",
	.quantity = "‖x_t − x*‖²", .formula = "D²",
	.kind = RATE_DETERMINISTIC, .bound = first, .sharp = sharp_path, .control = control_path)
