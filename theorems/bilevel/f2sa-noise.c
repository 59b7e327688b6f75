/*:
# Noise in two levels, exactly

The direction $h=\nabla_xf+\lambda(\nabla_xg(x,y)-\nabla_xg(x,z))$ is a difference of nearly equal gradients, $\lambda$ times as large. If each of them is noisy, what is left of the method?

**Theorem.** Let $d=1$, $f=\frac P2x^2+px+\frac S2(y-a)^2+Cxy$ and $g=\frac Q2(y-Bx)^2$ with $S+\lambda Q>0$ and $Q>0$. Every evaluation of a partial derivative of $f$ has additive noise of mean 0 and variance $\sigma_f^2$, of $g$ of variance $\sigma_g^2$. In each step $y$ and $z$ make one step that would solve their level, of lengths $\frac1{S+\lambda Q}$ and $\frac1Q$, and $x$ steps along $h$ with $0<\gamma H<2$,
$H=L_\lambda''>0$. Let $x_\lambda$ and $x_\star$ minimise $L_\lambda$ and $F$, and $k=\frac{\lambda BQ-C}{S+\lambda Q}$. For every $t$
$$ \mathbb E(x_t-x_\star)^2\;=\;\bigl[x_\lambda-x_\star+(1-\gamma H)^t(x_0-x_\lambda)\bigr]^2+\gamma^2\Sigma^2\,\frac{1-(1-\gamma H)^{2t}}{1-(1-\gamma H)^2}, $$
where, if all six evaluations have noises of their own,
$$ \Sigma^2=\sigma_f^2+2\lambda^2\sigma_g^2+k^2(\sigma_f^2+\lambda^2\sigma_g^2)+\lambda^2B^2\sigma_g^2, $$
and, if $g$ is evaluated at $y$ and at $z$ with the *same* sample,
$$ \Sigma^2=(1+k^2)\sigma_f^2+\lambda^2(B-k)^2\sigma_g^2,\qquad \lambda(B-k)\to\frac{BS+C}Q\quad(\lambda\to\infty). $$

With samples of its own the variance grows like $\lambda^2$, against a bias $x_\lambda-x_\star$ that falls like $1/\lambda$; with shared samples it stays bounded. (Two checks: no more than this, and no less.)
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "two-levels.h"

enum { UPPER_Y = OTHER_NEEDS, COUPLING, LOWER, RESPONSE, X_LAMBDA, X_HYPER, OF_F, OF_G, SHARED, CURVATURE };
#define NEEDED \
	NEEDS("field", [WEIGHT] = "bilevel.lambda", [UPPER_Y] = "bilevel.S", [COUPLING] = "bilevel.C", \
	      [LOWER] = "bilevel.Q", [RESPONSE] = "bilevel.B", [X_LAMBDA] = "bilevel.x_lambda", \
	      [X_HYPER] = "bilevel.x_hyper", [OF_F] = "bilevel.variance_f", [OF_G] = "bilevel.variance_g", \
	      [SHARED] = "bilevel.shared", [CURVATURE] = "bilevel.Lambda", "noise_additive", \
	      "quantities/1")

/* Sigma^2 */
static double variance(const rate_case *c)
{
	const double *of = c->need;
	double w = of[WEIGHT], k = (w * of[RESPONSE] * of[LOWER] - of[COUPLING]) / (of[UPPER_Y] + w * of[LOWER]);
	/* lambda (B - k), without cancellation */
	double left = w * (of[RESPONSE] * of[UPPER_Y] + of[COUPLING]) / (of[UPPER_Y] + w * of[LOWER]);

	if (of[SHARED] > 0)
		return (1 + k * k) * of[OF_F] + left * left * of[OF_G];
	return (1 + k * k) * of[OF_F] + w * w * (2 + k * k + of[RESPONSE] * of[RESPONSE]) * of[OF_G];
}

/* |1 - gamma H|^t, and the sum of its squares up to there; `fall` is 1 - (1 - gamma H)^2. */
static double bound(const rate_case *c, double t)
{
	double gamma = c->param[gamma_], h = gamma * c->need[CURVATURE], fall = h * (2 - h),
	       power = pow(1 - h, t),
	       mean = c->need[X_LAMBDA] - c->need[X_HYPER] + power * (c->x0[0] - c->need[X_LAMBDA]);

	return mean * mean + gamma * gamma * variance(c) * decay_sum(fall, t);
}

/*:
## Proof

Number the noises of a step: $\xi_1,\xi_2$ of $\nabla_yf$, $\nabla_yg$ at $y$, $\xi_3$ of $\nabla_yg$ at $z$, and $\xi_4,\xi_5,\xi_6$ of the three parts of $h$. A Newton step on a parabola lands at its minimum, from anywhere: $y=y_\lambda(x)+\delta_y$ and $z=Bx+\delta_z$ with $\delta_y=-\frac{\xi_1+\lambda\xi_2}{S+\lambda Q}$, $\delta_z=-\frac{\xi_3}Q$. Put into $h$, whose derivatives by $y$ and $z$ are $C-\lambda BQ$ and $\lambda BQ$,
$$ h=L_\lambda'(x)+\xi_4+\lambda(\xi_5-\xi_6)+k(\xi_1+\lambda\xi_2)-\lambda B\xi_3 . $$
The noise has mean 0 and does not depend on $x$. Independent noises have the variance $\Sigma^2$ of the first formula. With shared samples $\xi_5=\xi_6$ cancel and $\xi_2=\xi_3$ meet: $\lambda(k-B)\xi_2$, with $B-k=\frac{BS+C}{S+\lambda Q}$.

As $L_\lambda'(x)=H(x-x_\lambda)$, the error $x_t-x_\lambda$ is multiplied by $1-\gamma H$ and gets noise of variance $\gamma^2\Sigma^2$: mean and variance as stated. $\square$

## How sharp it is

It is an equality, at every $t$.

## What is run

The method with one inner step on two noisy parabolas, with six or with four draws a step, by exact moments.

## What must fail

$0.9$ of the right side as a bound from above, in both cases, and $\frac1{0.9}$ of it as one from below.

## Exercises

1. Samples of its own, short steps: the mean square error is about $\frac{b^2}{\lambda^2}+\gamma v\lambda^2$. Choose $\lambda$ for given $\gamma$. What order of $\gamma$ is left?
2. ★ The same with shared samples.
:*/

#define NOISY "bilevel-quadratic:Q=1.5,B=1.2,sigma_f=0.3,sigma_g=0.05,"
SHARP(sharp,
	{ .objective = NOISY "lambda=1", .parameters = "gamma=0.02", .note = "six draws, lambda = 1", .steps = 64,
	  .ratio = 1 },
	{ .objective = NOISY "lambda=100", .parameters = "gamma=0.02", .note = "six draws, lambda = 100", .steps = 64,
	  .ratio = 1 },
	{ .objective = NOISY "lambda=100,shared=1", .parameters = "gamma=0.02", .note = "four draws, lambda = 100",
	  .steps = 64, .ratio = 1 },
	{ .objective = NOISY "lambda=7,shared=1,P=2,S=0.4,C=0.3,p=-1,a=2", .parameters = "gamma=0.1",
	  .note = "coupled, four draws", .steps = 64, .ratio = 1 },
	{ .objective = NOISY "lambda=7,P=2,S=0.4,C=0.3,p=-1,a=2,start=1/5/-3", .parameters = "gamma=0.4",
	  .note = "coupled, six draws, from anywhere", .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = NOISY "lambda=100", .parameters = "gamma=0.02", .note = "0.9 of the right side", .steps = 64,
	  .factor = 0.9 },
	{ .objective = NOISY "lambda=100,shared=1", .parameters = "gamma=0.02", .note = "0.9 of the right side, shared",
	  .steps = 64, .factor = 0.9 })
CONTROL(control_below,
	{ .objective = NOISY "lambda=100", .parameters = "gamma=0.02", .note = "the right side divided by 0.9",
	  .steps = 64, .factor = 1 / 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2/H") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->need[CURVATURE];
}

MUST(admissible, gamma > 0 && gamma * c->need[CURVATURE] < 2, "0 < gamma < 2/H")

static void steps(const rate_case *c, double *const *out)
{
	const double *of = c->need;

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = c->param[gamma_];
		out[1][t] = 1 / (of[UPPER_Y] + of[WEIGHT] * of[LOWER]);
		out[2][t] = 1 / (of[WEIGHT] * of[LOWER]); /* V_z = lambda grad_y g */
	}
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *of = v->c->need;
	double steepness = of[WEIGHT] * fabs(of[RESPONSE]) * of[LOWER], from = 0;

	(void)b;
	if (rate_quantity_of(v, "bilevel.hyper_dist2", v->state[0], q, s))
		return RATE_FAIL;
	/* y and z follow x a step later: x_t has errors of the size of x_{t-2}, which may be far out still. */
	for (size_t j = 0; j < v->run->d; j++)
		from = hypot(from, v->c->x0[j]);
	from *= pow(fabs(1 - v->c->param[gamma_] * of[CURVATURE]), v->t > 2 ? (double)v->t - 2 : 0);
	/* Errors of the steps of x are forgotten at the rate gamma H. */
	for (size_t r = 0; r < v->run->nrep; r++) {
		double lost = (cancelled(v, steepness, r) + steepness * from) / of[CURVATURE];
		s[r] += (4 * sqrt(q[r]) + 0x1p-46 * lost) * lost;
	}
	return RATE_OK;
}

#define SOURCE \
	"on the method of Kwon, Kwon, Wright and Nowak, A fully first-order method for stochastic bilevel " \
	"optimization, 2023; proved in this file"

CLAIM(f2sa_noise,
	.id = "f2sa-noise", .chapter = "bilevel", .title = "Noise in two levels, exactly",
	.statement = "two parabolas, one inner step, 0 < γH < 2: E(x_t − x*)² = [x_λ − x* + (1−γH)^t (x_0 − x_λ)]² + "
	             "γ²Σ²(1 − (1−γH)^{2t})/(1 − (1−γH)²)",
	.quantity = "(x_t − x*)²",
	.formula = "[x_λ − x* + (1−γH)^t (x_0 − x_λ)]² + γ²Σ²(1 − (1−γH)^{2t})/(1 − (1−γH)²)", .source = SOURCE,
	.kind = RATE_EXPECTATION, .method = "f2sa", NEEDED, RANGE, .schedules = 3, .steps = steps, .bound = bound,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(f2sa_noise_below,
	.id = "f2sa-noise-below", .chapter = "bilevel", .title = "Noise in two levels: no less",
	.statement = "two parabolas, one inner step, 0 < γH < 2: E(x_t − x*)² ≥ [x_λ − x* + (1−γH)^t (x_0 − x_λ)]² + "
	             "γ²Σ²(1 − (1−γH)^{2t})/(1 − (1−γH)²)",
	.quantity = "(x_t − x*)²",
	.formula = "[x_λ − x* + (1−γH)^t (x_0 − x_λ)]² + γ²Σ²(1 − (1−γH)^{2t})/(1 − (1−γH)²)", .source = SOURCE,
	.kind = RATE_NON_CONVERGENCE, .method = "f2sa", NEEDED, RANGE, .schedules = 3, .steps = steps, .bound = bound,
	.measure = measure, .sharp = sharp, .control = control_below)
