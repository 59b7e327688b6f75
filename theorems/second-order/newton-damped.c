/*:
# Newton's method in its own metric

Newton's steps do not depend on the coordinates in which $f$ is written; the constants $\mu_\star$ and $L_2$ of newton-local do. A theory that fits the method measures everything in the metric of the Hessian itself. It holds for functions whose third derivative is held down by the second, the same in all coordinates, among them the logarithm that
interior point methods live on.

**Definition.** $f$ is *self-concordant* on an open convex domain if it is three times differentiable there with
$$ |D^3f(x)[h,h,h]|\le2\,\bigl(D^2f(x)[h,h]\bigr)^{3/2}\qquad\text{for all }x,h, $$
and $f\to\infty$ at every finite boundary point. Let $\nabla^2f\succ0$ (for a self-concordant $f$ at one point, then everywhere), $n(x)=-[\nabla^2f(x)]^{-1}\nabla f(x)$, and $\lambda(x)=\sqrt{\langle-\nabla f(x),n(x)\rangle}$, the *decrement*: the length of Newton's step in the metric at $x$.

**Theorem (newton-damped).** $x_{t+1}=x_t+\dfrac{n(x_t)}{1+\lambda(x_t)}$ stays in the domain from every start, and for every $t\ge1$
$$ \sum_{s<t}\bigl(\lambda(x_s)-\ln(1+\lambda(x_s))\bigr)\;\le\;f(x_0)-f(x_t) . $$

**Theorem (newton-decrement).** If $\lambda(x)<1$, the full step stays in the domain, and
$$ \lambda(x+n(x))\;\le\;\Bigl(\frac{\lambda(x)}{1-\lambda(x)}\Bigr)^2 . $$

So a large decrement means a large decrease, and a small one is squared.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "../common.h"

/*:
## Proof

*Along a line.* Let $x$ be in the domain and $\psi(\tau)=\bigl(D^2f(x+\tau n)[n,n]\bigr)^{1/2}$. The definition says $|\psi'|\le\psi^2$, that is $\bigl|(1/\psi)'\bigr|\le1$; and $\psi(0)=\lambda$ for Newton's $n$. So as long as $\tau\lambda<1$ and the line is in the domain
$$ \psi(\tau)\le\frac\lambda{1-\tau\lambda} . \tag{1} $$
*Damped step.* Integrate $\psi^2$ twice, with $\frac{d}{d\tau}f(x+\tau n)=-\lambda^2$ at 0:
$$ f(x+\tau n)\le f(x)-\tau\lambda^2-\tau\lambda-\ln(1-\tau\lambda) . $$
The right side is finite for $\tau<\frac1\lambda$, so $f$ stays finite and the line in the domain. At $\tau=\frac1{1+\lambda}$ it is $f(x)-(\lambda-\ln(1+\lambda))$. Sum over the steps.

*Full step.* By the same argument for two directions (the third derivative is a symmetric form, so $|D^3f(x)[h,k,k]|\le2D^2f(x)[h,h]^{1/2}D^2f(x)[k,k]$) the Hessians along the line satisfy
$$ (1-\tau\lambda)^2\nabla^2f(x)\preceq\nabla^2f(x+\tau n)\preceq(1-\tau\lambda)^{-2}\nabla^2f(x) . $$
With $\nabla f(x)=-\nabla^2f(x)n$ the gradient at the end is $\int_0^1[\nabla^2f(x+\tau n)-\nabla^2f(x)]n\,d\tau$. In the dual norm of $\nabla^2f(x)$ it is at most
$$ \int_0^1\bigl[(1-\tau\lambda)^{-2}-1\bigr]\lambda\,d\tau=\frac{\lambda^2}{1-\lambda}, $$
since both $(1-\tau\lambda)^{-2}-1$ and $1-(1-\tau\lambda)^2$ are at most the bracket. The dual norm at $x+n$ is at most $\frac1{1-\lambda}$ times that at $x$. $\square$

*Letters.* $n$ is Newton's step, $\lambda$ its length, $D^kf(x)[h,\dots]$ a derivative along $h$; $s$ counts steps.

## How sharp it is

newton-damped is attained by $f(x)=x-\ln x$ from every $x_0>1$, with any decrement: there $\lambda=x_0-1$, and one damped step reaches the minimiser. newton-decrement has on the same function the ratio $(1-\lambda)^2$, which tends to 1.

## What is run

Barriers of polytopes (objective `barrier`), and quadratics, for which the third derivative is 0, in up to 16 dimensions. The objective continues each logarithm by its parabola very near the boundary, where the third derivative is then 0 and the second is continuous; the proofs use the
definition only in the form $|(1/\psi)'|\le1$, which holds piece by piece.

## What must fail

1.1 times the decrease on $x-\ln x$. Full steps instead of damped ones: from $1.9$ with $\lambda=0.9$ the step goes to $0.19$, and $f$ rises where the theorem claims a fall. For newton-decrement 0.9 of what is attained, and damped steps, which from the left square only twice the decrement.

## Exercises

1. How many damped steps with $\lambda\ge\frac14$ can there be?
2. Show that $x-\ln x$ is minimised by one damped step from every $x_0>1$. And from the left?
3. From which $\lambda_0$ on do full steps converge by newton-decrement?
:*/

#define SQUARE "barrier:c=1/0.3,a=1/0/-1/0/0/1/0/-1,b=1/1/1/1,start="
SHARP(sharp,
	{ .objective = "barrier:start=11", .note = "x - ln x, decrement 10", .steps = 4, .ratio = 1 },
	{ .objective = "barrier:start=1.1", .note = "x - ln x, decrement 0.1", .steps = 4, .ratio = 1 },
	{ .objective = SQUARE "0.999", .note = "the barrier of a square, from a corner", .steps = 30 },
	{ .objective = "quadratic:d=5,kappa=100", .note = "a quadratic", .steps = 30 })
CONTROL(control,
	{ .objective = "barrier:start=11", .note = "a tenth more than the decrease", .steps = 4, .factor = 1 / 1.1 },
	{ .objective = "barrier:start=1.9", .note = "full steps", .steps = 1, .method = "newton" })

SHARP(sharp_decrement,
	{ .objective = "barrier:start=1.01", .note = "x - ln x, decrement 0.01", .steps = 3, .ratio = 0.98 },
	{ .objective = SQUARE "-0.6", .note = "the barrier of a square", .steps = 6 },
	{ .objective = "quadratic:d=5,kappa=100", .note = "a quadratic", .steps = 3 })
CONTROL(control_decrement,
	{ .objective = "barrier:start=1.01", .note = "0.9 of the ratio", .steps = 3, .factor = 0.9 * 0.98 },
	{ .objective = "barrier:start=0.9", .note = "damped steps, half as good", .steps = 3,
	  .method = "newton:damped=1" })

/*: {.plumbing} :*/
enum { MOST = 16 };

/* Every point that is looked at costs a system with the Hessian. */
MUST(applies, c->d <= MOST, "run for d <= 16")

/* lambda at x_t. */
static int decrement(rate_view *v, double *lambda)
{
	rate_run *run = v->run;
	size_t block = run->nrep * run->ld;
	double *g = aligned_alloc(64, 2 * block * sizeof *g);
	int failed = !g || rate_gradient(run, v->state[0], g) ||
	             run->call->model_step(run, v->state[0], g, 0, 0, g + block);

	for (size_t r = 0; r < run->nrep && !failed; r++) {
		double square = 0;

		for (size_t j = r * run->ld; j < r * run->ld + run->d; j++)
			square -= g[j] * g[block + j];
		lambda[r] = sqrt(fmax(square, 0));
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

/* f(x_t), and what its rounding is relative to: a coordinate is known to its last bit, which moves f by its slope. */
static int value_of(rate_view *v, double *f, double *size)
{
	rate_run *run = v->run;
	double *g = aligned_alloc(64, run->nrep * run->ld * sizeof *g);
	int failed = !g || rate_value_at(run, v->state[0], f) || rate_gradient(run, v->state[0], g);

	for (size_t r = 0; r < run->nrep && !failed; r++) {
		size[r] = fabs(f[r]);
		for (size_t j = r * run->ld; j < r * run->ld + run->d; j++)
			size[r] += fabs(g[j] * v->state[0][j]);
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

enum { SUM, FIRST, FIRST_SIZE, KEPT };

static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *lambda = malloc(3 * nrep * sizeof *lambda), *f = lambda + nrep, *size = f + nrep;
	int failed = !lambda || decrement(v, lambda) || (v->t == 0 && value_of(v, f, size));

	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r), x = lambda[r];

		/* x - ln(1 + x), its series where that cancels */
		kept[SUM] += x < 1e-3 ? x * x * (0.5 - x * (1.0 / 3 - x * (0.25 - x / 5))) : x - log1p(x);
		if (v->t == 0) {
			kept[FIRST] = f[r];
			kept[FIRST_SIZE] = size[r];
		}
	}
	free(lambda);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	if (value_of(v, b, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);

		q[r] = kept[SUM];
		s[r] += kept[SUM] + kept[FIRST_SIZE] + (double)v->t;
		b[r] = v->t == 0 ? 0 : kept[FIRST] - b[r];
	}
	return RATE_OK;
}

enum { LAMBDA, LAMBDA_KEPT };

static int observe_decrement(rate_view *v)
{
	double *lambda = malloc(v->run->nrep * sizeof *lambda);
	int failed = !lambda || decrement(v, lambda);

	for (size_t r = 0; r < v->run->nrep && !failed; r++)
		rate_acc(v, LAMBDA_KEPT, r)[LAMBDA] = lambda[r];
	free(lambda);
	return failed ? RATE_FAIL : RATE_OK;
}

/* Rounding of the gradient, measured in the metric, is about that of the decrement before. */
static int measure_decrement(rate_view *v, double *q, double *s, double *b)
{
	if (decrement(v, q))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double before = rate_acc(v, LAMBDA_KEPT, r)[LAMBDA], root = before / (1 - before);

		b[r] = before < 1 ? root * root : HUGE_VAL;
		s[r] = (double)v->run->d + before;
	}
	return RATE_OK;
}

#define OF_NEWTON \
	"Nesterov and Nemirovskii, Interior-point polynomial algorithms in convex programming, 1994; proved in " \
	"this file"

CLAIM(newton_damped,
	.id = "newton-damped", .chapter = "second-order", .title = "Damped Newton steps on self-concordant functions",
	.statement = "f self-concordant, x⁺ = x + n/(1 + λ), n = −[∇²f]⁻¹∇f, λ² = −⟨∇f, n⟩: "
	             "Σ_{s<t} (λ_s − ln(1 + λ_s)) ≤ f(x_0) − f(x_t)",
	.quantity = "Σ_{s<t} (λ_s − ln(1 + λ_s))", .formula = "f(x_0) − f(x_t)", .source = OF_NEWTON,
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "newton:damped=1",
	NEEDS("self_concordant", "hessian/1", "definite Hessian"),
	.applies = applies, .accumulators = KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)

CLAIM(newton_decrement,
	.id = "newton-decrement", .chapter = "second-order", .title = "Full Newton steps square the decrement",
	.statement = "f self-concordant, λ_t < 1: λ_{t+1} ≤ (λ_t/(1 − λ_t))² for full Newton steps",
	.quantity = "λ_t", .formula = "(λ_{t−1}/(1 − λ_{t−1}))²", .source = OF_NEWTON, .kind = RATE_DETERMINISTIC,
	.flags = RATE_PATH_BOUND, .method = "newton", NEEDS("self_concordant", "hessian/1", "definite Hessian"),
	.applies = applies,
	.accumulators = LAMBDA_KEPT,
	.observe = observe_decrement, .measure = measure_decrement, .sharp = sharp_decrement,
	.control = control_decrement)
