/*:
# Extragradient with noise: one step size is not enough

On a rotation extragradient comes home. With noise it does not, and no decreasing sequence of steps will help.

**Theorem.** Let $V(x)=A(x-x_\star)$, $A'=-A$, with *all* singular values equal to $s>0$, and let every answer of the oracle have independent noise of mean 0 and variance *exactly* $\sigma^2$, whose law does not depend on the point. For every sequence $\gamma_t\ge0$ the points
$$ z_t=x_t-\gamma_t(V(x_t)+\xi_t),\qquad x_{t+1}=x_t-\gamma_t(V(z_t)+\xi_t') $$
satisfy for all $t\ge0$
$$ \mathbb E\|x_t-x_\star\|^2\;\ge\;\min\Bigl\{\|x_0-x_\star\|^2,\;\frac{\sigma^2}{s^2}\Bigr\}. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(power) P(ahead)
#include "../common.h"

enum { SIGMA_MIN = 2 }; /* in the lists of needs */

FORMULA(bound, t, fmin(D2, noise2 / (L * L)))

/*:
**Theorem (two step sizes).** Let $V(x)=A(x-x_\star)$, $A'=-A$, with singular values in $[s,L]$, $s>0$, noise as above with variance at most $\sigma^2$, and let the look ahead be longer than the step: $z_t=x_t-\eta(V(x_t)+\xi_t)$, $x_{t+1}=x_t-\gamma(V(z_t)+\xi'_t)$ with constants $0<\gamma<\frac{2\eta}{1+\eta^2L^2}$. Then
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;r^t\|x_0-x_\star\|^2+\gamma^2(1+\eta^2L^2)\sigma^2\,\frac{1-r^t}{1-r},\qquad r=\max_{h\in\{s,L\}}(1-\gamma\eta h^2)^2+\gamma^2h^2<1. $$

The floor is of the order $\gamma$ at a fixed $\eta$: as small as one likes.
:*/

/* 1 - r */
static double shrinks(const rate_case *c)
{
	double g = c->param[gamma_], eta = c->param[ahead_], rest = INFINITY;

	for (int end = 0; end < 2; end++) {
		double h = end ? c->L : c->need[SIGMA_MIN];

		rest = fmin(rest, g * h * h * (2 * eta - g * (1 + eta * eta * h * h)));
	}
	return rest;
}

FORMULA(transient, t, decay(shrinks(c), t) * D2)
FORMULA(bound_two, t, transient(c, t) + gamma * gamma * (1 + ahead * ahead * L * L) * noise2 *
                          decay_sum(shrinks(c), t))
NUMBER(factor_two, 1 - shrinks(c))

/*:
## Proof

On a plane where $A$ is $h$ times a quarter turn write $x-x_\star$ as a complex number: $V(x)=ihx$, and
$$ x_{t+1}=(1-\gamma\eta h^2-i\gamma h)\,x_t+i\gamma\eta h\,\xi_t-\gamma\xi_t'. $$
The noises are independent of $x_t$ and of each other, so with the variance of what falls on the plane
$$ \mathbb E|x_{t+1}|^2=\bigl((1-\gamma\eta h^2)^2+\gamma^2h^2\bigr)\mathbb E|x_t|^2+\gamma^2(\eta^2h^2\,\mathbb E|\xi_t|^2+\mathbb E|\xi_t'|^2). $$

*Two step sizes.* Add over the planes; each factor is at most $r$, as it is convex in $h^2$. $r<1$ says $\gamma(1+\eta^2h^2)<2\eta$.

*One step size.* Let $u=\gamma_ts$, $m=\sigma^2/s^2$ and $e=\mathbb E\|x_t-x_\star\|^2$. Then
$$ e^+-e=-u^2(1-u^2)\,e+u^2(1+u^2)\,m=u^2(m-e)+u^4(m+e). $$
If $e\le m$ this is not negative. If $e\ge m$, then $e^+\ge(1-u^2+u^4)m+u^2(1+u^2)m=(1+2u^4)m\ge m$, for the factor of $e$ is positive. So $e$ never falls below $\min\{e_0,m\}$. $\square$

## How sharp they are

With one short step size the points stay near the floor: 0.9998 after a step of $\gamma s=0.1$ from there. With two step sizes and one speed it is an equality at every $t$.

## What is run

Extragradient with two samples a step, $\gamma_t=\gamma/(t+1)^{\mathtt{power}}$, on rotations with Gaussian noise, by exact moments.

## What must fail

The floor, if the look ahead is fifty times as long as the step; $0.9$ of the second bound, and the second theorem about plain steps.

## Exercises

1. Let $\gamma_t=\frac1{2s\sqrt{t+1}}$ and $\|x_0-x_\star\|^2=4\sigma^2/s^2$. Where does $\mathbb E\|x_t-x_\star\|^2$ go?
2. ★ Choose $\gamma_t\to0$ with a fixed $\eta$ so that $\mathbb E\|x_t-x_\star\|^2$ is of the order $1/t$.
:*/

#define NOISY "affine-field:b=1,start=1/0+gaussian-noise:sigma=1"
SHARP(sharp,
	{ .objective = NOISY, .parameters = "gamma=0.1,power=0", .note = "a rotation, from the floor", .steps = 128,
	  .ratio = 0.9998 },
	{ .objective = "affine-field:b=1,start=2/0+gaussian-noise:sigma=1", .parameters = "gamma=0.5,power=0.5",
	  .note = "decreasing steps, from above", .steps = 128 },
	{ .objective = "affine-field:a=0/0,b=2/-2,rotate=1,start=1/2/3/4+gaussian-noise:sigma=3",
	  .parameters = "gamma=0.3,power=1", .note = "two planes in another basis", .steps = 100 })
CONTROL(control,
	{ .objective = NOISY, .parameters = "gamma=0.01,power=0,ahead=50",
	  .note = "a look ahead of 1/2, a step of 1/100",
	  .steps = 128 })
SHARP(sharp_two,
	{ .objective = NOISY, .parameters = "gamma=0.1,ahead=0.5", .note = "a rotation: equality at every t",
	  .steps = 128, .ratio = 1 },
	{ .objective = NOISY, .parameters = "gamma=0.01,ahead=0.5", .note = "a tenth of the step, of the floor too",
	  .steps = 128, .ratio = 1 },
	{ .objective = "affine-field:a=0/0,b=1/0.5,rotate=1,start=1/2/3/4+gaussian-noise:sigma=1",
	  .parameters = "gamma=0.2,ahead=0.7", .note = "two speeds", .steps = 100 })
CONTROL(control_two,
	{ .objective = NOISY, .parameters = "gamma=0.1,ahead=0.5", .note = "0.9 of the bound", .steps = 128,
	  .factor = 0.9 },
	{ .objective = NOISY, .parameters = "gamma=0.1,ahead=0.5", .note = "plain steps", .steps = 100,
	  .method = "sgd" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma >= 0, divided by (t + 1)^power"),
	[power_] = { "power", RATE_REAL, "0", 0, 10, NULL, "how fast the steps decrease" },
	[ahead_] = { "ahead", RATE_REAL, "1", 0, 1e6, NULL, "look ahead, relative to the step: 1" },
};
static const rate_param params_two[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2 eta/(1 + eta^2 L^2)"),
	[power_] = { "power", RATE_REAL, "0", 0, 0, NULL, "0" },
	[ahead_] = { "ahead", RATE_REAL, "auto", 0, 0, NULL, "eta, the look ahead" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (2 * c->L);
}

static void choose_two(const rate_case *c, double fraction, double *param)
{
	double eta = 1 / (2 * c->L);

	param[ahead_] = eta;
	param[gamma_] = fraction * eta / (1 + eta * eta * c->L * c->L);
}

MUST(admissible, gamma >= 0 && ahead == 1, "gamma >= 0, and the look ahead as long as the step")
MUST(admissible_two, gamma > 0 && shrinks(c) > 0 && power == 0, "0 < gamma < 2 eta/(1 + eta^2 L^2)")
MUST(one_speed, noise2 > 0 && c->need[SIGMA_MIN] >= L * (1 - 1e-12), "stated for noise, and one speed of rotation")
MUST(all_turn, c->need[SIGMA_MIN] > 0, "stated for fields with no flat direction")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = gamma * pow((double)t + 1, -power);
		out[1][t] = ahead * out[0][t];
	}
}

static void steps_two(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = c->param[gamma_];
		out[1][t] = c->param[ahead_];
	}
}

#define PHENOMENON \
	"the phenomenon: Hsieh, Iutzeler, Malick and Mertikopoulos, Explore aggressively, update conservatively, " \
	"2020; proved in this file"

CLAIM(seg_floor,
	.id = "seg-floor", .chapter = "min-max", .title = "Extragradient with noise: one step size is not enough",
	.statement = "V a rotation of speed s, E‖ξ‖² = σ², every γ_t ≥ 0: E‖x_t − x*‖² ≥ min(‖x_0 − x*‖², σ²/s²)",
	.quantity = "‖x_t − x*‖²", .formula = "min(D², σ²/s²)", .source = PHENOMENON,
	.kind = RATE_NON_CONVERGENCE, .method = "stochastic-extragradient",
	NEEDS("field", "skew", [SIGMA_MIN] = "sigma_min", "L", "x_star", "noise2", "noise_additive"),
	.applies = one_speed, RANGE, .schedules = 2, .steps = steps, .bound = bound, .measure = rate_measure_dist2,
	SHARP_AND_CONTROL)

CLAIM(seg_two_steps,
	.id = "seg-two-steps", .chapter = "min-max", .title = "Extragradient with noise: two step sizes",
	.statement = "V = A(x − x*), A' = −A, singular values in [s, L], 0 < γ < 2η/(1 + η²L²), "
	             "r = max (1 − γηh²)² + γ²h² over h ∈ {s, L}: "
	             "E‖x_t − x*‖² ≤ r^t ‖x_0 − x*‖² + γ²(1 + η²L²)σ² (1 − r^t)/(1 − r)",
	.quantity = "‖x_t − x*‖²", .formula = "r^t D² + γ²(1 + η²L²)σ² (1 − r^t)/(1 − r)", .source = PHENOMENON,
	.kind = RATE_EXPECTATION, .method = "stochastic-extragradient",
	NEEDS("field", "skew", [SIGMA_MIN] = "sigma_min", "L", "x_star", "noise2", "noise_additive"),
	.applies = all_turn, .params = RATE_ROWS(params_two), .choose = choose_two, .admissible = admissible_two,
	.schedules = 2, .steps = steps_two, .bound = bound_two, .transient = transient, .factor = factor_two,
	.measure = rate_measure_dist2, .sharp = sharp_two, .control = control_two)
