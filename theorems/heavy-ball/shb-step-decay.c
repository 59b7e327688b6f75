/*:
# The stochastic heavy ball with steps that fall by stages

A constant step ends at its noise floor. Dividing it by 4 after every $K$ steps, with the momentum matched to each step and forgotten at each change, lowers the floor by stages.

**Theorem.** Let $f$ be a quadratic with spectrum in $[\mu,L]$ and let the gradient noise at every step be drawn independently of the past from one law with mean 0 and
$\mathbb E\|\xi\|^2\le\sigma^2$. In stage $l=0,1,\dots$, of $K$ steps each, let
$$ \gamma_l=4^{-l}\gamma_0,\quad0<\gamma_0\le\frac1L,\qquad\sqrt{\beta_l}=1-\sqrt{\gamma_l\mu}, $$
and start every stage with $x_{-1}=x_0$ (no momentum). If $m$ bounds $\mathbb E\|x-x_\star\|^2$ at the start of stage $l$, then after $k\le K$ steps of it
$$ \mathbb E\|x-x_\star\|^2\;\le\;\beta_l^k\bigl(1+k(1+\sqrt{\beta_l})\bigr)^2m+\frac{\gamma_l\,\sigma^2\,(1+\beta_l)}{(1-\beta_l)\,\mu\,\bigl(2(1+\beta_l)-\gamma_l\mu\bigr)} . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(length)
#include "quadratics.h"
#include "noise.h"

FORMULA(step_of, stage, gamma * exp2(-2 * stage))

static double momentum_of(const rate_case *c, double stage)
{
	LETTERS(c);
	double root = 1 - sqrt(step_of(c, stage) * mu);

	return root * root;
}

/* What is left of `m` and of the noise after t steps, stage by stage. */
static double after(const rate_case *c, double t, double m, double noise2)
{
	const double length = c->param[length_], mu = c->mu;
	double K = length;

	for (double l = 0; t > 0; l++, t -= K) {
		double beta = momentum_of(c, l);

		m = momentum_bias(beta, fmin(t, K)) * m + stationary(step_of(c, l), beta, mu, noise2);
	}
	return m;
}

FORMULA(bound, t, after(c, t, D2, noise2))

/*:
## Proof

Every $\gamma_l\le\frac1L$ is admissible in `hb-quadratic-finite`: $(1-\sqrt{\beta_l})^2=\gamma_l\mu$ and $\gamma_lL\le1\le(1+\sqrt{\beta_l})^2$. Given the start of the stage, the mean
of $x$ follows the heavy ball without noise, which gives the first term; averaging over the start replaces the squared distance by $m$. The noise of the stage is independent
of its start and adds in every eigenvector a variance of at most $V(\lambda_i)$ with $s_i^2$, $\sum_is_i^2\le\sigma^2$ (`shb-stationary`). And $V(\lambda)\le V(\mu)$ for
$\lambda\in[\mu,L]$: the concave function $\lambda(2(1+\beta)-\gamma\lambda)$ is not smaller at $L$ than at $\mu$ since $\gamma(\mu+L)\le2\le2(1+\beta)$. $\square$

*For noise of covariance $\sigma^2A$*, as in least squares, the same argument along one eigenvector gives the floor
$\frac{\gamma_l\sigma^2(1+\beta_l)}{(1-\beta_l)(2(1+\beta_l)-\gamma_l\lambda)}$; for one eigenvalue the two statements are the same.

## How sharp it is

With one eigenvalue the end of every long stage is at its floor, so the bound is reached there. What the mean keeps of the start is over-estimated by the factor $\frac{1+\sqrt\beta}{1-\sqrt\beta}$ at $\lambda=\mu$.

## What is run

The stochastic heavy ball on quadratics with additive Gaussian noise; the expectation is exact. `length` is $K$, a quarter of the horizon if it is not given.

## What must fail

$0.9$ of the bound; and SGD with the same small steps, which without momentum has not forgotten a far start by the end of the stage.

## Exercises

1. ★ How long must a stage be for its first term to be less than its second, if the stage before ended at its floor? With $T$ steps in all, of which order is the final error?
2. Which power of $T$ would steps $\gamma_t\propto1/t$ give? Which does the schedule here give, up to logarithms?
3. Why is the momentum forgotten? Find the step of the proof that needs it.
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1+gaussian-noise:sigma=1", .parameters = "gamma=0.25,length=32",
	  .note = "one eigenvalue: every stage ends at its floor", .steps = 128, .ratio = 1, .deep_ratio = 1 })
CONTROL(control,
	{ .objective = "quadratic:d=1+gaussian-noise:sigma=1", .parameters = "gamma=0.25,length=32",
	  .note = "0.9 of the bound, which is reached", .steps = 128, .factor = 0.9 },
	{ .objective = "quadratic:d=1,start=30+gaussian-noise:sigma=1", .parameters = "gamma=0.0025,length=256",
	  .note = "without momentum the start is not forgotten", .steps = 256, .method = "sgd" })

/*: {.plumbing} :*/
static const char *const needs[] = { NEEDS_OF_QUADRATICS, "noise2", "noise_additive" };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("of the first stage, 0 < gamma <= 1/L"),
	[length_] = { "length", RATE_REAL, "auto", 0, 0, NULL, "steps of a stage, a whole number" },
};

FORMULA(transient, t, after(c, t, D2, 0))

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction / L;
	param[length_] = fmax(1, floor((double)c->T / 4));
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (!(length >= 1 && length == floor(length)))
		return "length = 1, 2, 3, ...";
	return AT_MOST(gamma, 1 / L) ? NULL : "0 < gamma <= 1/L";
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);
	uint64_t K = (uint64_t)length;

	for (uint64_t t = 0; t < c->T; t++) {
		double stage = (double)(t / K);

		out[0][t] = step_of(c, stage);
		out[1][t] = t % K ? momentum_of(c, stage) : 0;
	}
}

CLAIM(shb_step_decay,
	.id = "shb-step-decay", .chapter = "heavy-ball", .title = "Stochastic heavy ball with step decay",
	.statement = "f quadratic, additive noise, stages of K steps with γ_l = 4^(−l)γ_0, γ_0 ≤ 1/L, "
	             "√β_l = 1 − √(γ_l μ), momentum forgotten "
	             "between them: E‖x − x*‖² ≤ β_l^k(1 + k(1+√β_l))² m_l + γ_l σ²(1+β_l)/((1−β_l)μ(2(1+β_l) − γ_l "
	             "μ))",
	.quantity = "E‖x_t − x*‖²", .formula = "stage by stage: β_l^k(1 + k(1+√β_l))² m_l + V_l",
	.source = "after Pan, Liu, Wang & Zhang 2023, in a restarted form",
	.kind = RATE_EXPECTATION, .method = "shb", .needs = RATE_LIST(needs), RANGE, .schedules = 2,
	.applies = quadratic_only, .steps = steps, .bound = bound, .transient = transient,
	.measure = rate_measure_dist2,
	SHARP_AND_CONTROL)
