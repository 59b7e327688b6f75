/*:
# Noise that grows with the gradient

Far from the minimiser the gradients of single terms are large and disagree a lot; near it they disagree less. How long may
the steps be, and where do they end?

**Theorem (sg-affine-any).** Let $f$ be $L$-smooth with infimum $f_\star$ and $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$ for
all $x$, $0<\mu\le L$. Let $x_{t+1}=x_t-\gamma_tg_t$ with $\mathbb E[g_t\,|\,x_t]=\nabla f(x_t)$ and
$$ \mathbb E\bigl[\|g_t-\nabla f(x_t)\|^2\,|\,x_t\bigr]\le M+M_V\|\nabla f(x_t)\|^2,\qquad M_G=1+M_V. $$
For any steps $0\le\gamma_t\le\frac2{LM_G}$ put $B_0=f(x_0)-f_\star$ and
$$ B_{t+1}=\bigl(1-2\mu\gamma_t(1-\tfrac12\gamma_tLM_G)\bigr)B_t+\tfrac12\gamma_t^2LM . $$
Then $\mathbb E f(x_t)-f_\star\le B_t$ for every $t$.

**Theorem (sg-affine-constant).** For a constant step $0<\gamma\le\frac1{LM_G}$ and $\varphi=\frac{\gamma LM}{2\mu}$
$$ \mathbb E f(x_t)-f_\star\;\le\;\varphi+(1-\gamma\mu)^t\,(f(x_0)-f_\star-\varphi). $$

So $M_V$ limits the step and $M$ makes the floor. Without $M$ the method converges at a linear rate, whatever $M_V$ is.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(power)
#include "affine.h"

NUMBER(floor_of, gamma * L * c->need[NOISE] / (2 * pl))

FORMULA(transient, t, decay(gamma * pl, t) * d0)

FORMULA(bound, t, floor_of(c) + decay(gamma * pl, t) * (d0 - floor_of(c)))

/*:
## Proof

The descent lemma (lem-descent), in the mean over $g_t$ given $x_t$, and $\mathbb E\|g_t\|^2\le M+M_G\|\nabla f(x_t)\|^2$ give
$$ \mathbb E f(x_{t+1})\le f(x_t)-\gamma_t\bigl(1-\tfrac12\gamma_tLM_G\bigr)\|\nabla f(x_t)\|^2+\tfrac12\gamma_t^2LM. \tag{1} $$
The bracket is not negative, so $\|\nabla f\|^2\ge2\mu(f-f_\star)$ may be inserted. The factor of $B_t$ is least at
$\gamma_tLM_G=1$, where it is $1-\frac\mu{LM_G}\ge0$; so it may be applied to the bound of the step before.

If $\gamma LM_G\le1$ the bracket is at least $\frac12$, and $B_{t+1}\le(1-\gamma\mu)B_t+\frac12\gamma^2LM$. The fixed point of
the right side is $\varphi$. $\square$

## How sharp it is

Both are attained at every $t$: on $\frac L2x^2$ the descent lemma and the inequality between gradient and gap are equalities
($\mu=L$), and noise with exactly that variance is made by dropping the gradient three times out of four and taking it four
times the fourth time. For sg-affine-any that is so whatever the steps; for the constant step at the largest one. At half of
it the floor is $\frac23$ of $\varphi$.

## What is run

SGD on all objectives with such a bound on the noise: `affine-noise`, additive noise ($M_V=0$), strong growth ($M=0$).
sg-affine-any has the steps $\gamma(t+1)^{-p}$ with $p=\frac12$ unless told otherwise.

## What must fail

$0.9$ of the bounds; and in the bound of the constant step one that has forgotten $M_G$: $\gamma=\frac1L$ where $M_G=4$ and
$M=0$ triples the gap in one step.

## Exercises

1. Which constant step makes the bound least at a given $t$ if $M=0$?
2. Show that $1-\gamma\mu$ is never negative in the range of sg-affine-constant.
3. Let $g=Hg'$ with a fixed symmetric matrix $h_1I\preceq H\preceq h_2I$ and $g'$ as in the theorem. What becomes of (1)?
4. *Compute.* Find the $\gamma$ at which the check first fails, from `ratecheck verify sg-affine-constant:gamma=0.5 --objective quadratic:d=1+gaussian-noise:sigma=1 --steps 64` on.
:*/

#define BOWL "quadratic:d=1,L=1,start=3"
SHARP(sharp,
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.25", .steps = 64,
	  .note = "a bowl, the gradient in one of four terms, the longest step", .ratio = 1 },
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.125", .steps = 64,
	  .note = "half of it" })
CONTROL(control,
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.25", .steps = 64,
	  .note = "0.9 of the bound, which is attained", .factor = 0.9 },
	{ .objective = BOWL "+affine-noise:p=4,sigma=0", .parameters = "gamma=1", .steps = 16,
	  .note = "M_G forgotten" })
SHARP(sharp_any,
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.5,power=0.5", .steps = 64,
	  .note = "decreasing steps, from the longest", .ratio = 1 },
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.25,power=0", .steps = 64,
	  .note = "a constant step", .ratio = 1 })
CONTROL(control_any,
	{ .objective = BOWL "+affine-noise:p=4,sigma=0.5", .parameters = "gamma=0.5,power=0.5", .steps = 64,
	  .note = "0.9 of the bound, which is attained", .factor = 0.9 })

/*: {.plumbing} :*/
STEP(gamma, longest(c), "0 < gamma <= 1/(L M_G)")

static const rate_param params_any[] = {
	[gamma_] = RATE_STEP_SIZE("the first, at most 2/(L M_G)"),
	[power_] = { "power", RATE_REAL, "0.5", 0, 1, NULL, "the steps are gamma (t+1)^-power" },
};

static void choose_any(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = 2 * fraction * longest(c);
}

MUST(admissible_any, AT_MOST(gamma, 2 * longest(c)), "0 < gamma <= 2/(L M_G)")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * pow((double)t + 1, -power);
}

static double bound_any(const rate_case *c, double t)
{
	double gap = c->d0;

	for (uint64_t s = 0; s < (uint64_t)t; s++)
		gap = recursion(c, c->step[s], gap);
	return gap;
}

static double transient_any(const rate_case *c, double t)
{
	double gap = c->d0;

	for (uint64_t s = 0; s < (uint64_t)t; s++)
		gap = recursion(c, c->step[s], gap) - recursion(c, c->step[s], 0);
	return gap;
}

NUMBER(factor, 1 - gamma * pl)

CLAIM(sg_affine_constant,
	.id = "sg-affine-constant", .chapter = "sampling-and-averaging",
	.title = "Noise that grows with the gradient, constant step",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*), E‖g − ∇f‖² ≤ M + M_V‖∇f‖², 0 < γ ≤ 1/(L(1 + M_V)), φ = γLM/(2μ): "
	             "E f(x_t) − f* ≤ φ + (1 − γμ)^t (f(x_0) − f* − φ)",
	.quantity = "E f(x_t) − f*", .formula = "φ + (1 − γμ)^t (d_0 − φ)",
	.source = "the fixed-step theorem of " BOTTOU_CURTIS_NOCEDAL "; proved in this file",
	.kind = RATE_EXPECTATION, .method = "sgd", NEEDS(NEEDS_OF_AFFINE, "pl"), RANGE,
	.bound = bound, .transient = transient, .factor = factor, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(sg_affine_any,
	.id = "sg-affine-any", .chapter = "sampling-and-averaging",
	.title = "Noise that grows with the gradient, any steps",
	.statement = "f L-smooth, ‖∇f‖² ≥ 2μ(f − f*), E‖g − ∇f‖² ≤ M + M_V‖∇f‖², M_G = 1 + M_V, "
	             "0 ≤ γ_t ≤ 2/(L M_G): E f(x_t) − f* ≤ B_t, "
	             "B_{t+1} = (1 − 2μγ_t(1 − γ_t L M_G/2))B_t + γ_t²LM/2",
	.quantity = "E f(x_t) − f*", .formula = "B_t",
	.source = "recursion behind the theorems of " BOTTOU_CURTIS_NOCEDAL "; proved in this file",
	.kind = RATE_EXPECTATION, .method = "sgd", NEEDS(NEEDS_OF_AFFINE, "pl"), .params = RATE_ROWS(params_any),
	.choose = choose_any, .admissible = admissible_any, .steps = steps, .bound = bound_any,
	.transient = transient_any,
	.measure = rate_measure_gap, .sharp = sharp_any, .control = control_any)
