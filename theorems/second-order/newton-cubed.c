/*:
# A function on which Newton's method cubes

A convex smooth function of one variable, as harmless as can be, on which Newton's method can be written down: and it converges, cycles or explodes.

**Theorem.** For $f(x)=\sqrt{1+x^2}$ Newton's method $x_{t+1}=x_t-\frac{f'(x_t)}{f''(x_t)}$ has
$$ x_t=(-1)^t\,x_0^{\,3^t}\qquad\text{(with the sign of $x_0$ kept: }x_{t+1}=-x_t^3). $$

From $|x_0|<1$ the number of correct digits triples at every step; from $\pm1$ it jumps between the two for ever; from $1.1$ it goes to $-1.33$, $2.36$, $-13.1$, $2253$. Gradient descent with the step 1 converges from everywhere.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

FORMULA(bound, t, pow(fabs(c->x0[0]), pow(3, t)))

/*:
## Proof

$f'=\frac x{\sqrt{1+x^2}}$ and $f''=(1+x^2)^{-3/2}$, so $\frac{f'}{f''}=x(1+x^2)$. $\square$

Twice as fast as newton-local promises, because $f'''(0)=0$: near 0 the error of the model is of the fourth order. Far away the curvature dies out like $|x|^{-3}$ while the slope stays, and the step is as long as $|x|^3$. A Lipschitz Hessian is no help at a distance.

## How sharp it is

It is an identity.

## What is run

Newton's method on `hyperbola`, a few steps: the powers soon leave the range of numbers. What is measured is $(-1)^tx_t$, with the sign of $x_0$.

## What must fail

One percent off. Damped steps, $s/(1+\lambda)$, which do not cube.

## Exercises

1. For which fixed $a>0$ does $x-a\frac{f'}{f''}$ converge from every start?
2. Which start does newton-local allow here ($L_2=\frac32(\frac45)^{5/2}$, $\mu_\star=1$)? Compare with the truth.
:*/

SHARP(sharp,
	{ .objective = "hyperbola:start=0.9", .note = "it converges", .steps = 4, .ratio = 1 },
	{ .objective = "hyperbola:start=-1", .note = "it cycles", .steps = 5, .ratio = 1 },
	{ .objective = "hyperbola:start=1.1", .note = "it explodes", .steps = 4, .ratio = 1 })
CONTROL(control,
	{ .objective = "hyperbola:start=0.9", .note = "one percent off", .steps = 4, .factor = 1.01 },
	{ .objective = "hyperbola:start=1.1", .note = "damped steps", .steps = 4, .method = "newton:damped=1" })

/*: {.plumbing} :*/
static const char *applies(const rate_case *c)
{
	return c->T <= 6 ? NULL : "the powers of x_0 are written down for 6 steps at most";
}

/* The subtraction x - x(1 + x^2) loses a few bits of x, and each step cubes what it is given. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	double x = fabs(v->c->x0[0]), error = 0;

	(void)b;
	for (uint64_t t = 0; t < v->t; t++) {
		error = 3 * x * x * error + 4 * x * (1 + x * x);
		x = x * x * x;
	}
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = v->state[0][r * v->run->ld] * (v->t % 2 ? -1 : 1) * (v->c->x0[0] < 0 ? -1 : 1);
		s[r] = error;
	}
	return RATE_OK;
}

CLAIM(newton_cubed,
	.id = "newton-cubed", .chapter = "second-order", .title = "Newton's method on a hyperbola",
	.statement = "f = √(1 + x²): Newton's method has x_{t+1} = −x_t³, so |x_t| = |x_0|^(3^t)",
	.quantity = "(−1)^t x_t", .formula = "|x_0|^(3^t)", .source = "textbook; proved in this file",
	.kind = RATE_IDENTITY,
	.flags = RATE_OWN_INSTANCES | RATE_DIMENSION_ONE, .method = "newton", NEEDS("newton_cubes", "x_star"),
	.applies = applies,
	.bound = bound, .measure = measure, SHARP_AND_CONTROL)
