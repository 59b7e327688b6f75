/*:
# Random coordinates: noise that dies with the error

**Theorem** (Leventhal and Lewis 2010). Let $f(x)=\frac12\langle x-x_\star,A(x-x_\star)\rangle+f_\star$ in $\mathbb R^n$ with
$\mu I\preceq A$, $\mu>0$, and $a=\max_iA_{ii}$. At each step $i$ is drawn uniformly and
$x_{t+1}=x_t-\frac\theta{A_{ii}}(\nabla f(x_t))_ie_i$ with $0<\theta<2$. Then for every $t$
$$ \mathbb E f(x_t)-f_\star\;\le\;\Bigl(1-\frac{\theta(2-\theta)\mu}{na}\Bigr)^t(f(x_0)-f_\star). $$

The dual of kernel ridge regression is such an $f$, with $A=K+s^2I$ and, for a stationary kernel, the same $A_{ii}$ for all $i$.
A step looks at one row of $K$. Its noise is proportional to the gradient: no floor, no short steps.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(theta)
#include "../common.h"

enum { DIAGONAL };

/* 1 - theta (2 - theta) w, w = mu/(n a) */
NUMBER(factor, fmax(0x1p-92, shrinkage(mu / ((double)c->d * c->need[DIAGONAL]), 1 - theta)))

FORMULA(bound, t, pow(factor(c), t) * d0)

/*:
## Proof

With $e=x-x_\star$ the step changes $2(f-f_\star)=e^\top Ae$ by $-\theta(2-\theta)\frac{(Ae)_i^2}{A_{ii}}$. In the mean that is
$-\frac{\theta(2-\theta)}n\sum_i\frac{(Ae)_i^2}{A_{ii}}\le-\frac{\theta(2-\theta)}{na}\|Ae\|^2$, and $\|Ae\|^2\ge\mu\,e^\top Ae$. $\square$

## How sharp it is

Attained at every $t$ for $A=aI$ (points far apart). In general $\|Ae\|^2\ge\mu e^\top Ae$ is attained in one direction only, from
which full steps lead away: for short steps it is attained for long.

## What is run

Random coordinates on strongly convex quadratics and least squares.

## What must fail

$0.8$ of the bound where it is attained. $\theta$ in the place of $\theta(2-\theta)$: steps beyond the least value along the coordinate do not gain what they go too far.

## Exercises

1. Draw $i$ with probability $\frac{A_{ii}}{\operatorname{tr}A}$ instead. What replaces $na$?
2. Show that $\theta=1$ makes $f$ least along the coordinate.
:*/

#define BOWL "quadratic:d=4,L=1,kappa=1,rotation=0,start=1"
SHARP(sharp,
	{ .objective = BOWL, .parameters = "theta=0.5", .steps = 16, .note = "A = aI", .ratio = 1 },
	{ .objective = "quadratic:d=2,L=1.9,kappa=19,along=mu", .parameters = "theta=0.1", .steps = 64,
	  .note = "two eigenvalues" },
	{ .objective = "least-squares:n=30,d=5,noise=0.1", .steps = 64, .note = "least squares" })
CONTROL(control,
	{ .objective = BOWL, .parameters = "theta=0.5", .steps = 16, .note = "0.8 of the bound", .factor = 0.8 },
	{ .objective = BOWL, .parameters = "theta=1.5", .steps = 1, .note = "theta in the place of theta (2 - theta)",
	  .factor = 0.625 / 0.8125 })

/*: {.plumbing} :*/
static const rate_param params[] = { [theta_] = { "theta", RATE_REAL, "1", 0, 2, NULL, "0 < theta < 2" } };

MUST(admissible, theta > 0 && theta < 2, "0 < theta < 2")

CLAIM(krr_coordinates,
	.id = "krr-coordinates", .chapter = "sampling-and-averaging",
	.title = "Random coordinates: noise that dies with the error",
	.statement = "f quadratic in R^n, μ ≤ A, a = max A_ii, random coordinates, 0 < θ < 2: "
	             "E f(x_t) − f* ≤ (1 − θ(2 − θ)μ/(na))^t (f(x_0) − f*)",
	.quantity = "E f(x_t) − f*", .formula = "(1 − θ(2 − θ)μ/(na))^t d_0",
	.source = "Leventhal and Lewis 2010; compare Lin et al., arXiv:2310.20581; proved in this file",
	.kind = RATE_EXPECTATION, .method = "coordinate-descent",
	NEEDS("L_coord", "mu", "x_star", "f_star", "no composite"), .params = RATE_ROWS(params),
	.admissible = admissible,
	.bound = bound, .factor = factor, .measure = rate_measure_gap, SHARP_AND_CONTROL)
