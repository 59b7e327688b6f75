/*:
# SGD under stable noise, exactly

Noise with tails like $x^{-\alpha-1}$, $\alpha<2$, has no variance, and every bound in terms of it is void. On a parabola the law of SGD is known all the same.

**Theorem.** Let $f=\frac L2(x-x_\star)^2$ and let the noise be $\theta S_t$ with independent symmetric $\alpha$-stable $S_t$, that is $\mathbb Ee^{iuS_t}=e^{-|u|^\alpha}$, $0<\alpha\le2$. SGD with a constant step $\gamma$ has $x_t-x_\star=q^t(x_0-x_\star)+s_tS$ in law, $q=1-\gamma L$, with a standard stable $S$ and
$$ s_t^\alpha=(\gamma\theta)^\alpha\,\frac{1-|q|^{\alpha t}}{1-|q|^\alpha} . $$
So for every $u$ the number $Z_t=\cos\bigl(u\,(x_t-x_\star-q^t(x_0-x_\star))/s_t\bigr)$ has the mean $e^{-|u|^\alpha}$. It is tested from both sides:
$$ \mathbb E\,[1-Z_t]\le1-e^{-|u|^\alpha}\quad\text{(stable-sgd-law)},\qquad\mathbb E\,[1+Z_t]\le1+e^{-|u|^\alpha}\quad\text{(stable-sgd-law-above)}. $$

For $\alpha=1$ the stationary scale is $\theta/L$ for **every** step $\gamma\le\frac1L$: no step size helps. For $\alpha<2$ the mean of $(x_t-x_\star)^2$ is infinite at every $t\ge1$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(u) P(told)
#include "../common.h"

#include <stdlib.h>

enum { SCALE = 1 }; /* the second of the needs */

FORMULA(from_below, t, -expm1(-pow(u, told)))
FORMULA(from_above, t, 1 + exp(-pow(u, told)))

/* s_t; `told` is alpha. */
static double scale_at(const rate_case *c, double t)
{
	LETTERS(c);
	double q = pow(fabs(1 - gamma * L), told);

	return gamma * c->need[SCALE] * pow(q < 1 ? (1 - pow(q, t)) / (1 - q) : t, 1 / told);
}

/*:
## Proof

$x_t-x_\star-q^t(x_0-x_\star)=-\gamma\theta\sum_{k<t}q^{t-1-k}S_k$. Characteristic functions multiply, and the exponents $|u\gamma\theta q^j|^\alpha$ add up to $|us_t|^\alpha$. The cosine is the real part. $\square$

## How sharp it is

An identity.

## What is run

Parabolas in one dimension with $\alpha=1$, $1.3$, $1.7$ and $2$. Means of numbers in $[0,2]$ are all that is tested: they exist whatever $\alpha$ is.

## What must fail

The normal law, $\alpha=2$, claimed for $\alpha=1.7$, from below. The Cauchy law claimed for normal noise, from above.

## Exercises

1. How does the stationary scale depend on $\gamma$ as $\gamma\to0$?
2. What is the median of $|x_t-x_\star|$ in the long run for Cauchy noise of scale $\theta$?
3. Does averaging the iterates help for $\alpha=1$?
:*/

#define BOWL(alpha) "quadratic:d=1,L=1,start=1+stable-noise:alpha=" alpha
SHARP(sharp, { .objective = BOWL("1.7"), .parameters = "gamma=0.3,u=1", .note = "alpha = 1.7", .steps = 20,
    .ratio = 1 },
	{ .objective = BOWL("1"), .parameters = "gamma=0.3,u=0.5", .note = "Cauchy noise", .steps = 20 },
	{ .objective = BOWL("1.3"), .parameters = "gamma=1.5,u=2", .note = "alpha = 1.3, to and fro", .steps = 20 })
CONTROL(control, { .objective = BOWL("1.7"), .parameters = "gamma=0.3,u=0.5,told=2", .note = "the normal law for 1.7",
	.steps = 20 })
SHARP(sharp_above,
	{ .objective = BOWL("1.7"), .parameters = "gamma=0.3,u=1", .note = "alpha = 1.7", .steps = 20, .ratio = 1 },
	{ .objective = BOWL("2"), .parameters = "gamma=0.3,u=0.5", .note = "normal noise", .steps = 20 },
	{ .objective = BOWL("1.3"), .parameters = "gamma=1.5,u=2", .note = "alpha = 1.3, to and fro", .steps = 20 })
CONTROL(control_above, { .objective = BOWL("2"), .parameters = "gamma=0.3,u=0.5,told=1",
	.note = "the Cauchy law for normal noise", .steps = 20 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L"),
	[u_] = { "u", RATE_REAL, "1", 0.1, 10, NULL, "where the characteristic function is looked at" },
	[told_] = { "told", RATE_REAL, "auto", 0.2, 2, NULL, "alpha in the claim: that of the noise" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
	param[told_] = c->need[0];
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	return gamma > 0 && gamma * L < 2 && told == c->need[0] ? NULL : "0 < gamma < 2/L, and alpha that of the noise";
}

static const char *applies(const rate_case *c)
{
	return c->L_2 == 0 && c->L == c->mu && c->need[SCALE] > 0 ? NULL : "stated for L/2 (x - x*)^2 with noise";
}

/* q <- 1 + side Z */
static int look(rate_view *v, double side, double *q, double *s)
{
	const rate_case *c = v->c;
	double t = (double)v->t, far = c->x0[0] - c->x_star[0], scale = v->t ? scale_at(c, t) : 1;

	for (size_t r = 0; r < v->run->nrep; r++) {
		double z = v->state[0][r * v->run->ld] - c->x_star[0] - pow(1 - c->param[gamma_] * c->L, t) * far;
		q[r] = 1 + side * cos(c->param[u_] * z / scale);
		s[r] = 2 + c->param[u_] * (fabs(far) + fabs(c->x_star[0])) / scale;
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return look(v, -1, q, s);
}

static int measure_above(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return look(v, 1, q, s);
}

#define SOURCE \
	"why moments fail in Sadiev et al., High-probability bounds for stochastic optimization and variational " \
	"inequalities: the case of unbounded variance, ICML 2023; classical, proved in this file"
#define ON_PARABOLAS \
	.kind = RATE_EXPECTATION, .flags = RATE_DIMENSION_ONE, .method = "sgd:batch=1", \
	NEEDS("stable.alpha", "stable.scale", "L", "mu", "L_2", "x_star"), .applies = applies, RANGE

CLAIM(stable_sgd_law,
	.id = "stable-sgd-law", .chapter = "robust", .title = "SGD under stable noise, exactly",
	.statement = "f = L(x − x*)²/2, α-stable noise, z_t = x_t − x* − q^t(x_0 − x*), q = 1 − γL: "
	             "E(1 − cos(u z_t/s_t)) ≤ 1 − e^(−u^α), s_t^α = (γθ)^α (1 − |q|^(αt))/(1 − |q|^α)",
	.quantity = "E(1 − cos(u z_t/s_t))", .formula = "1 − e^(−u^α)", .source = SOURCE, ON_PARABOLAS,
	.bound = from_below, .measure = measure, SHARP_AND_CONTROL)

CLAIM(stable_sgd_law_above,
	.id = "stable-sgd-law-above", .chapter = "robust", .title = "SGD under stable noise, from the other side",
	.statement = "as for stable-sgd-law: E(1 + cos(u z_t/s_t)) ≤ 1 + e^(−u^α)",
	.quantity = "E(1 + cos(u z_t/s_t))", .formula = "1 + e^(−u^α)", .source = SOURCE, ON_PARABOLAS,
	.bound = from_above, .measure = measure_above, .sharp = sharp_above, .control = control_above)
