/*:
# The heavy ball on quadratics, in finite time

**Theorem.** Let $f(x)=f_\star+\frac12\langle x-x_\star,A(x-x_\star)\rangle$ with $\mu I\preceq A\preceq LI$, $\mu>0$. Let $0\le\beta<1$ and let $\gamma$ fit the whole spectrum,
$$ (1-\sqrt\beta)^2\le\gamma\mu,\qquad \gamma L\le(1+\sqrt\beta)^2. $$
The heavy ball $x_{t+1}=x_t-\gamma\nabla f(x_t)+\beta(x_t-x_{t-1})$ with $x_{-1}=x_0$ satisfies for every $t\ge0$
$$ \|x_t-x_\star\|\;\le\;\beta^{t/2}\bigl(1+t(1+\sqrt\beta)\bigr)\,\|x_0-x_\star\| . $$

The pair with the least $\beta$ is $\sqrt\beta=\frac{\sqrt\kappa-1}{\sqrt\kappa+1}$, $\gamma=\frac4{(\sqrt L+\sqrt\mu)^2}$, $\kappa=L/\mu$. A spectral radius $\sqrt\beta$ alone
says nothing about a finite $t$; the factor that grows with $t$ is what the Jordan block at the ends of the interval adds.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(beta)
#include "quadratics.h"

/*:
The program measures *squared* distances, so the bounds as code are squared:
:*/

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double growth = 1 + t * (1 + sqrt(beta));

	return pow(beta, t) * growth * growth * D2;
}

/*:
**Theorem (a shorter first step).** If instead $x_1=x_0-\frac\gamma{1+\beta}\nabla f(x_0)$, then
$$ \|x_t-x_\star\|\;\le\;\beta^{t/2}\Bigl(1+t\,\frac{1-\beta}{1+\beta}\Bigr)\,\|x_0-x_\star\| . $$
:*/

static double bound_short(const rate_case *c, double t)
{
	LETTERS(c);
	double growth = 1 + t * (1 - beta) / (1 + beta);

	return pow(beta, t) * growth * growth * D2;
}

/*:
For $\beta$ near 1 that is a factor of nearly $2t$ less, as long as $t(1-\beta)$ is small: the usual start throws the ball too hard.

## Proof

($\beta=0$ leaves $\gamma\lambda=1$ for every eigenvalue, and one step arrives. Let $\beta>0$.) In the eigenvectors of $A$ everything decouples; take one eigenvalue $\lambda$, $h=\gamma\lambda$, and $x_\star=0$, $x_0=1$. By the hypothesis
$a=\frac{1+\beta-h}{2\sqrt\beta}$ lies in $[-1,1]$. With $x_t=\beta^{t/2}y_t$ the recursion becomes
$$ y_{t+1}=2a\,y_t-y_{t-1}, $$
that of the Chebyshev polynomials $T_t(a)=\cos t\theta$ and $U_t(a)=\frac{\sin(t+1)\theta}{\sin\theta}$, $a=\cos\theta$. Their sizes on $[-1,1]$ are
$|T_t|\le1$ and $|U_t|\le t+1$, with equality at $a=\pm1$.

*First start.* $y_0=1$ and $y_{-1}=\sqrt\beta$, so $y_t=U_t-\sqrt\beta\,U_{t-1}$ (it has the right values at $t=0$ and $1$), and
$|y_t|\le t+1+\sqrt\beta\,t$.

*Second start.* $x_1=1-\frac h{1+\beta}=\frac{2a\sqrt\beta}{1+\beta}$, so $y_1=\frac{2a}{1+\beta}$ and
$$ y_t=\frac{U_t-\beta U_{t-2}}{1+\beta}=\frac{(1-\beta)U_t+2\beta T_t}{1+\beta} $$
by $U_t-U_{t-2}=2T_t$. Hence $|y_t|\le\frac{(1-\beta)(t+1)+2\beta}{1+\beta}=1+t\,\frac{1-\beta}{1+\beta}$. $\square$

## How sharp it is

Both are attained at every $t$: the first at $\gamma\lambda=(1+\sqrt\beta)^2$, where $a=-1$ and the signs of $U_t$ and $U_{t-1}$ differ; the second at both ends.

## What is run

The heavy ball on every quadratic, with the least $\beta$ and with larger ones. Sharp: one eigenvalue at an end of the interval; and two, one at each end.

## What must fail

$0.9$ of the bounds; the bounds without the factor that grows with $t$ (their squares times $t^{-2}$); and a step two percent beyond the interval, where the larger root is real.

## Exercises

1. How many steps bring $\|x_t-x_\star\|$ below $\varepsilon$? Compare with gradient descent for $\kappa=10^4$.
2. ★ Let the first step be $\delta\gamma$. Which $\delta$ is best at $a=1$, and which at $a=-1$? What is special about $\delta=\frac1{1+\beta}$?
3. Find a quadratic and a $t$ for which the heavy ball is *farther* from $x_\star$ than at the start.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1", .parameters = "gamma=2.25,beta=0.25",
	  .note = "one eigenvalue at the upper end: equality at every t", .steps = 256, .ratio = 1 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=3.61,beta=0.81", .note = "the same with more momentum",
	  .steps = 256, .ratio = 1 })
CONTROL(control,
	{ .objective = "quadratic:d=1", .parameters = "gamma=2.25,beta=0.25",
	  .note = "0.9 of the bound, which is attained", .steps = 256, .factor = 0.9 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=3.61,beta=0.81",
	  .note = "without the factor that grows with t", .steps = 256, .power = 2 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=2.295,beta=0.25",
	  .note = "a step of 1.02 times the largest",
	  .steps = 256 })
SHARP(sharp_short,
	{ .objective = "quadratic:d=1", .parameters = "gamma=2.25,beta=0.25",
	  .note = "one eigenvalue at the upper end: equality at every t", .steps = 256, .ratio = 1 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=0.25,beta=0.25",
	  .note = "one eigenvalue at the lower end: equality at every t", .steps = 256, .ratio = 1 },
	{ .objective = "quadratic:d=4,kappa=9,spectrum=two-point",
	  .note = "eigenvalues at both ends: equality at every t", .steps = 256, .ratio = 1 })
CONTROL(control_short,
	{ .objective = "quadratic:d=4,kappa=9,spectrum=two-point", .note = "0.9 of the bound, which is attained",
	  .steps = 256, .factor = 0.9 },
	{ .objective = "quadratic:d=4,kappa=9,spectrum=two-point", .note = "without the factor that grows with t",
	  .steps = 256, .power = 2 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=2.295,beta=0.25",
	  .note = "a step of 1.02 times the largest",
	  .steps = 256 })

/*: {.plumbing} :*/
static const char *const needs[] = { NEEDS_OF_QUADRATICS };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("(1 - sqrt beta)^2/mu <= gamma <= (1 + sqrt beta)^2/L"),
	[beta_] = { "beta", RATE_REAL, "auto", 0, 1, NULL,
	            "momentum, ((sqrt kappa - 1)/(sqrt kappa + 1))^2 <= beta < 1" },
};

/* beta = 0 would claim arrival in one step, which rounding denies. */
static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);
	double root = 1 - fraction * (1 - fmax(best_rate(L, mu), 0.01));

	param[beta_] = root * root;
	param[gamma_] = (1 + root) * (1 + root) / L;
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	return fits_spectrum(c, gamma, beta);
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = gamma;
		out[1][t] = beta;
	}
}

static void steps_short(const rate_case *c, double *const *out)
{
	LETTERS(c);

	steps(c, out);
	out[0][0] /= 1 + beta;
}

CLAIM(hb_quadratic_finite,
	.id = "hb-quadratic-finite", .chapter = "heavy-ball", .title = "Heavy ball on quadratics, in finite time",
	.statement = "f quadratic, (1−√β)² ≤ γμ, γL ≤ (1+√β)², x_{−1} = x_0: ‖x_t − x*‖ ≤ β^(t/2) (1 + t(1+√β)) "
	             "‖x_0 − x*‖",
	.quantity = "‖x_t − x*‖²", .formula = "β^t (1 + t(1+√β))² D²",
	.source = "Polyak 1964, the rate",
	.kind = RATE_DETERMINISTIC, .method = "heavy-ball", .needs = RATE_LIST(needs), RANGE, .schedules = 2,
	.applies = quadratic_only, .steps = steps, .bound = bound, .transient = bound, .measure = rate_measure_dist2,
	SHARP_AND_CONTROL)

CLAIM(hb_quadratic_short,
	.id = "hb-quadratic-short", .chapter = "heavy-ball",
	.title = "Heavy ball on quadratics, after a shorter first step",
	.statement = "f quadratic, (1−√β)² ≤ γμ, γL ≤ (1+√β)², x_1 = x_0 − γ/(1+β) ∇f(x_0): "
	             "‖x_t − x*‖ ≤ β^(t/2) (1 + t(1−β)/(1+β)) ‖x_0 − x*‖",
	.quantity = "‖x_t − x*‖²", .formula = "β^t (1 + t(1−β)/(1+β))² D²",
	.source = OWN,
	.kind = RATE_DETERMINISTIC, .method = "heavy-ball", .needs = RATE_LIST(needs), RANGE, .schedules = 2,
	.applies = quadratic_only, .steps = steps_short, .bound = bound_short, .transient = bound_short,
	.measure = rate_measure_dist2, .sharp = sharp_short, .control = control_short)
