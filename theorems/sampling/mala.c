/*:
# The Metropolis correction

Langevin steps have a bias. If a step is only a proposal, which is taken or not by the right rule, it has none, whatever the step size. What does that cost? On a Gaussian the share of refusals is known in closed form.

Target: the density $\pi\propto e^{-U/\tau}$. From $x$ the proposal is $y=x-\gamma\nabla U(x)+\sqrt{2\gamma\tau}\,z$, taken with the probability
$$ a=\min(1,r),\qquad\log r=\frac{U(x)-U(y)}\tau-\frac{\|x-y+\gamma\nabla U(y)\|^2}{4\gamma\tau}+\frac{\|y-x+\gamma\nabla U(x)\|^2}{4\gamma\tau} . $$

**Theorem (mala-invariant).** For any differentiable $U$ with $e^{-U/\tau}$ integrable and any $\gamma>0$: if $x_0\sim\pi$, then $x_t\sim\pi$ for every $t$.

**Theorem (mala-acceptance).** If $U(x)=\frac\lambda2(x-c)^2$ in $\mathbb R$ and $x\sim\pi$, then for every $\gamma>0$
$$ \mathbb E\,a=1-\frac2\pi\arctan\Bigl(\bigl(\tfrac{\gamma\lambda}2\bigr)^{3/2}\Bigr) . $$

At $\gamma\lambda=0.1$, $0.5$, $1$, $2$, $5$ that is $0.993$, $0.921$, $0.784$, $0.5$ and $0.158$. The refusals are of the order $\gamma^{3/2}$, the bias of plain steps is of the order $\gamma$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(tau) P(spread) P(u)
#include "langevin.h"

#include <stdlib.h>

/* 1 - E a */
static double refused(double theta)
{
	return 2 / acos(-1) * atan(pow(theta / 2, 1.5));
}

FORMULA(taken_at_most, t, 1 - refused(gamma * L))
FORMULA(refused_at_most, t, refused(gamma * L))
FORMULA(from_below, t, -expm1(-u * u / 2))
FORMULA(from_above, t, 1 + exp(-u * u / 2))

/*:
## Proof

*Invariance.* Let $q(x,y)$ be the density of the proposal. $r=\frac{\pi(y)q(y,x)}{\pi(x)q(x,y)}$, so $\pi(x)q(x,y)a(x,y)=\min\bigl(\pi(x)q(x,y),\pi(y)q(y,x)\bigr)$ is symmetric: detailed balance.

*Acceptance* ($c=0$, $\tau=1$; other $\tau$ only change the scale). For a quadratic $U$ the terms of $\log r$ combine to $-\frac\gamma4\bigl(U'(y)^2-U'(x)^2\bigr)$: so $r>1$ if and only if $|y|<|x|$. As $\pi(x)q(x,y)\,r(x,y)=\pi(y)q(y,x)$, exchanging $x$ and $y$ turns $\mathbb E[r;r<1]$ into $\mathbb P(r>1)$, and
$$ \mathbb E\,a=\mathbb P(r\ge1)+\mathbb E[r;r<1]=2\,\mathbb P(r>1)=2\,\mathbb P(y^2<x^2) . $$
Let $\theta=\gamma\lambda$ and $x=G/\sqrt\lambda$ with a standard normal $G$. Then $\sqrt\lambda\,(x-y)=\theta G-\sqrt{2\theta}\,z=:v$ and $\sqrt\lambda\,(x+y)=(2-\theta)G+\sqrt{2\theta}\,z=:w$, centred normal variables with $\mathbb E\,vw=\theta(2-\theta)-2\theta=-\theta^2$ and
$$ \mathbb Ev^2\,\mathbb Ew^2=\theta(\theta+2)\,(\theta^2-2\theta+4)=\theta(\theta^3+8) . $$
For such a pair $\mathbb P(vw>0)=\frac12+\frac1\pi\arcsin\frac{\mathbb Evw}{\sqrt{\mathbb Ev^2\,\mathbb Ew^2}}=\frac12-\frac1\pi\arcsin\sqrt{\frac{\theta^3}{\theta^3+8}}$, and $\arcsin\sqrt{\frac s{1+s}}=\arctan\sqrt s$ with $s=(\theta/2)^3$. $\square$

## How sharp it is

Laws. mala-acceptance is an identity of numbers; in runs mala-taken says that not more, mala-refused that not fewer are taken. mala-invariant looks at a coordinate of $x_t$ by $\mathbb E\cos$, from both sides (mala-invariant-above).

## What is run

mala-acceptance: the closed form against an integral over the angle of $(G,z)$ with the method's $\log r$. In it the radius is integrated exactly. The others: the method `mala` from the target, on Gaussians, after each step. All numbers lie in $[0,2]$.

## What must fail

The exponent $2$ in the place of $\frac32$; acceptance by $e^{U(x)-U(y)}$ alone, which forgets that proposals are not symmetric; no refusals at all; and a start that is too narrow.

## Exercises

1. What is the share of refusals at the edge of stability of plain Langevin steps?
2. ★ Proposals $x+\sqrt{2\gamma\tau}\,z$ without a gradient (random-walk Metropolis), the same target: show that $1-\mathbb E\,a=\frac2\pi\arctan\sqrt{\gamma\lambda/2}$.
3. Why is $\mathbb E\,a\to0$ as $\gamma\to\infty$, and not a positive number?
:*/

enum { THETA, EXPONENT };

/* E a over the angle of (G, z): with log r = -R^2 c(angle) and R^2/2 exponential, min(1, r) has the mean 1/(1 + 2 c_+).
 * The angles at which c changes sign are ends of pieces; on each the integrand is smooth, and Gauss's rule with five
 * nodes on many pieces is exact to rounding. */
static double by_angles(double theta)
{
	static const double node[] = { 0, 0.5384693101056831, 0.9061798459386640 };
	static const double weight[] = { 0.5688888888888889, 0.4786286704993665, 0.2369268850561891 };
	/* c = theta/4 (y^2 - x^2), 0 where (x - y)(x + y) = 0, x = cos, y = (1 - theta) cos + sqrt(2 theta) sin */
	double root = sqrt(2 * theta), end[4] = { 0, atan2(theta, root), atan2(theta - 2, root), acos(-1) };
	double sum = 0;
	enum { PIECES = 200 };

	if (end[2] < 0)
		end[2] += acos(-1);
	if (end[2] < end[1]) {
		double swap = end[1];
		end[1] = end[2];
		end[2] = swap;
	}
	for (int k = 0; k < 3; k++)
		for (int i = 0; i < PIECES; i++) {
			double half = (end[k + 1] - end[k]) / (2 * PIECES), middle = end[k] + (2 * i + 1) * half;
			for (int j = -2; j <= 2; j++) {
				double angle = middle + half * copysign(node[abs(j)], j), x = cos(angle);
				double y = (1 - theta) * x + root * sin(angle);
				sum += half * weight[abs(j)] / (1 + 2 * fmax(theta / 4 * (y * y - x * x), 0));
			}
		}
	return sum / acos(-1);
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;

	*left = by_angles(v[THETA]);
	*right = 1 - 2 / acos(-1) * atan(pow(v[THETA] / 2, v[EXPONENT]));
	*s = 1e4; /* what the rule leaves for steep integrands */
	return RATE_OK;
}

#define AT_HOME "quadratic:d=1,L=1,start=0"
SHARP(sharp, { .parameters = "theta=1,exponent=1.5", .note = "gamma lambda = 1", .ratio = 1 })
CONTROL(control, { .parameters = "theta=1,exponent=2", .note = "another exponent" })
SHARP(sharp_taken,
	{ .objective = AT_HOME, .parameters = "gamma=1,tau=1", .note = "gamma lambda = "
	                                                               "1", .steps = 16, .ratio = 1 },
	{ .objective = "gaussian-data:s=3,m=-2,start=-2", .parameters = "gamma=4.5,tau=0.5", .note = "another scale",
	  .steps = 16, .ratio = 1 })
CONTROL(control_taken,
	{ .objective = AT_HOME, .parameters = "gamma=1,tau=1", .note = "0.8 of it", .steps = 16, .factor = 0.8 },
	{ .objective = AT_HOME, .parameters = "gamma=1,tau=1", .note = "all proposals are taken", .steps = 16,
	  .method = "mala:accept=always" })
CONTROL(control_refused,
	{ .objective = AT_HOME, .parameters = "gamma=1,tau=1", .note = "exponent 2: 0.156 for 0.216", .steps = 16,
	  .factor = 0.7215 })
SHARP(sharp_invariant,
	{ .objective = AT_HOME, .parameters = "gamma=1,tau=1,u=1", .note = "gamma lambda = 1", .steps = 64,
	  .ratio = 1 },
	{ .objective = "gaussian-data:s=3/3,m=-2,start=-2", .parameters = "gamma=20,tau=1,u=0.5", .steps = 64,
	  .note = "a step that no plain chain survives", .ratio = 1 })
CONTROL(control_invariant,
	{ .objective = AT_HOME, .parameters = "gamma=1,tau=1,u=1", .note = "all proposals are taken", .steps = 64,
	  .method = "mala:accept=always" })
CONTROL(control_above,
	{ .objective = AT_HOME, .parameters = "gamma=0.5,tau=1,u=1.5", .note = "a rule that forgets the proposal",
	  .steps = 16, .method = "mala:accept=hasty" },
	{ .objective = AT_HOME, .parameters = "gamma=0.01,tau=1,spread=0.3,u=1.5", .note = "a start that is too narrow",
	  .steps = 16 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[tau_] = { "tau", RATE_REAL, "1", 1e-50, 1e50, NULL, "temperature" },
	[spread_] = { "spread", RATE_REAL, "auto", 0, 0, NULL, "of the start: that of the target" },
	[u_] = { "u", RATE_REAL, "1", 0.1, 5, NULL, "where the characteristic function is looked at" },
};
static const rate_param params_angles[] = {
	[THETA] = { "theta", RATE_REAL, "1", 0.01, 5, NULL, "gamma lambda" },
	[EXPONENT] = { "exponent", RATE_REAL, "1.5", 1.5, 1.5, NULL, "in the claim" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
	param[spread_] = sqrt(param[tau_] / c->L);
}

MUST(admissible, gamma > 0 && fabs(spread * spread * L / tau - 1) < 1e-12, "gamma > 0, and spread that of "
                                                                           "the target")

static const char *applies(const rate_case *c)
{
	return c->L_2 == 0 && c->L == c->mu && c->D2 == 0 ? NULL : "run for U = L|x - c|^2/2, drawn about x_0 = c";
}

/* log r is made of values over tau, at points that are rounded; what it is off by, so is the law, from step to step. */
static double digits(const rate_view *v)
{
	const rate_case *c = v->c;
	double far = 0;

	for (size_t j = 0; j < c->d; j++)
		far = hypot(far, c->x_star[j]);
	return 1 + (1 + (double)v->t) * (fabs(c->f_star) / c->param[tau_] + far * sqrt(c->L / c->param[tau_]));
}

static int measure_taken(rate_view *v, double *q, double *s, double *b)
{
	const double *a;

	(void)b;
	if (v->find(v, "acceptance", &a))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = a[r * v->run->ld];
		s[r] = digits(v);
	}
	return RATE_OK;
}

static int measure_refused(rate_view *v, double *q, double *s, double *b)
{
	if (measure_taken(v, q, s, b))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		q[r] = 1 - q[r];
	return RATE_OK;
}

/* 1 + side cos(u (x_1 - c_1)/sigma), sigma that of the target */
static void look(rate_view *v, double side, double *q, double *s)
{
	const rate_case *c = v->c;

	for (size_t r = 0; r < v->run->nrep; r++) {
		double off = v->state[0][r * v->run->ld] - c->x_star[0];
		q[r] = 1 + side * cos(c->param[u_] * off * sqrt(c->L / c->param[tau_]));
		s[r] = 2 * digits(v);
	}
}

static int measure_below(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	look(v, -1, q, s);
	return RATE_OK;
}

static int measure_above(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	look(v, 1, q, s);
	return RATE_OK;
}

#define RUN_OF_MALA \
	.chapter = "sampling", .kind = RATE_EXPECTATION, .method = "mala", \
	NEEDS("L", "mu", "L_2", "x_star", "f_star", "no composite"), .applies = applies, RANGE
#define CLOSED_FORM "the method of Roberts and Tweedie 1996; the closed form is proved in this file"

CLAIM(mala_acceptance,
	.id = "mala-acceptance", .chapter = "sampling", .title = "How many proposals are taken, exactly",
	.statement = "MALA at home on N(c, 1/λ), θ = γλ: E a = 1 − (2/π) arctan((θ/2)^(3/2))",
	.quantity = "E a", .formula = "1 − (2/π) arctan((θ/2)^(3/2))", .source = CLOSED_FORM, .kind = RATE_IDENTITY,
	.params = RATE_ROWS(params_angles), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(mala_taken,
	.id = "mala-taken", .title = "Proposals that are taken", RUN_OF_MALA, .flags = RATE_DIMENSION_ONE,
	.statement = "x_0 ~ N(c, τ/λ): E a_t ≤ 1 − (2/π) arctan((γλ/2)^(3/2)) for every t", .quantity = "E a_t",
	.formula = "1 − (2/π) arctan((γλ/2)^(3/2))", .source = CLOSED_FORM, .bound = taken_at_most,
	.measure = measure_taken, .sharp = sharp_taken, .control = control_taken)

CLAIM(mala_refused,
	.id = "mala-refused", .title = "Proposals that are refused", RUN_OF_MALA, .flags = RATE_DIMENSION_ONE,
	.statement = "x_0 ~ N(c, τ/λ): E(1 − a_t) ≤ (2/π) arctan((γλ/2)^(3/2)) for every "
	             "t", .quantity = "E(1 − a_t)",
	.formula = "(2/π) arctan((γλ/2)^(3/2))", .source = CLOSED_FORM, .bound = refused_at_most,
	.measure = measure_refused, .sharp = sharp_taken, .control = control_refused)

CLAIM(mala_invariant,
	.id = "mala-invariant", .title = "The Metropolis correction keeps the target", RUN_OF_MALA,
	.statement = "x_0 ~ π ~ e^(−U/τ), any γ > 0: x_t ~ π; for N(c, σ²I): E(1 − cos(u(x_t − c)_1/σ)) ≤ 1 "
	             "− e^(−u²/2)",
	.quantity = "E(1 − cos(u(x_t − c)_1/σ))", .formula = "1 − e^(−u²/2)",
	.source = "Metropolis et al. 1953, Hastings 1970; for Langevin proposals Roberts and Tweedie 1996",
	.bound = from_below, .measure = measure_below, .sharp = sharp_invariant, .control = control_invariant)

CLAIM(mala_invariant_above,
	.id = "mala-invariant-above", .title = "The Metropolis correction, from the other side", RUN_OF_MALA,
	.statement = "as for mala-invariant: E(1 + cos(u(x_t − c)_1/σ)) ≤ 1 + e^(−u²/2)",
	.quantity = "E(1 + cos(u(x_t − c)_1/σ))", .formula = "1 + e^(−u²/2)",
	.source = "Metropolis et al. 1953, Hastings 1970; for Langevin proposals Roberts and Tweedie 1996",
	.bound = from_above, .measure = measure_above, .sharp = sharp_invariant, .control = control_above)
