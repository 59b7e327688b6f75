/*:
# The square-root scaling rule

SGD with a batch $\kappa$ times as large wants a step $\kappa$ times as long. Adaptive methods divide by the size of the gradients, and that is mostly noise: for them the rule is *square root*. Batch times $\kappa$: $\eta\to\sqrt\kappa\,\eta$, $1-\beta\to\kappa(1-\beta)$, $\epsilon\to\epsilon/\sqrt\kappa$, and $\kappa$ times fewer steps.

**Theorem (adaptive-homogeneity).** Adam (with or without bias correction) and RMSprop make the same $x_t$ if all gradients and $\epsilon$ are multiplied by $c>0$, $m_0$ by $c$ and $v_0$ by $c^2$. (So $\epsilon$ goes with the noise, $1/\sqrt\kappa$.)

**Theorem (rmsprop-rule).** Let $f(x)=cx$, $c>0$, with gradients $c+s\xi$, $\xi=\pm1$ by a fair coin, $s>c$. RMSprop, $x\leftarrow x-\gamma g/\sqrt v$ and *then* $v\leftarrow v+b(g^2-v)$, $0<b\le1$, from $v_0=m=s^2+c^2$, has for every $t$
$$ \frac{\gamma t\,c^2}{\sqrt m}\;\le\;\mathbb E\bigl[f(x_0)-f(x_t)\bigr]\;\le\;\frac{\gamma t\,c^2}{\sqrt m}\Bigl(1+\frac{3\sqrt m\,s^2c^2\,b}{2(s-c)^5(2-b)}\Bigr) . $$

The lower end is rmsprop-rule-lower. A batch of $\kappa$ has $s=\sigma/\sqrt\kappa$. With $\gamma=\sqrt\kappa\,\eta$, $b=\kappa(1-\beta)$ and $\frac T\kappa$ steps the progress is $D(\kappa)\approx\eta Tc\cdot\frac c{\sqrt{\sigma^2+\kappa c^2}}$: the same for all $\kappa$, as far as $\kappa c^2\ll\sigma^2$. Where the gradient is noise the rule is exact; where it is signal, steps are too short.

**Theorem (adam-rule).** Let $f=\frac\lambda2x^2$ with gradient noise of variance $\sigma^2/\kappa$ and let $v$ be frozen at $\sigma^2/\kappa$: $m\leftarrow(1-b)m+bg$, $x\leftarrow x-\sqrt\kappa\,\eta\,m\sqrt\kappa/\sigma$, $b=\kappa b_1\le1$. With $\theta=\frac{\eta\lambda}\sigma$ and $\kappa^2b_1\theta<2(2-\kappa b_1)$ the stationary
$$ \mathbb Ex^2=\frac{\eta\sigma}{2\lambda}\Bigl(1-\frac{\kappa^2b_1\theta}{2(2-\kappa b_1)}\Bigr)^{-1} $$
does not depend on $\kappa$ to first order. (The rule $\kappa\eta$ multiplies it by $\sqrt\kappa$.)
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(beta2) P(v0) P(fresh)
#include "../common.h"

#include <stdlib.h>
#include <string.h>

enum { SLOPE }; /* needs */

/* No step goes back by more than gamma c: that is added to what is measured, so that no path has a negative number. */
static double shift(const rate_case *c, double t)
{
	return c->param[gamma_] * t * c->need[SLOPE];
}

static double progress(const rate_case *c, double t)
{
	return shift(c, t) * c->need[SLOPE] / sqrt(c->noise2 + c->need[SLOPE] * c->need[SLOPE]);
}

FORMULA(low, t, shift(c, t) + progress(c, t))

static double high(const rate_case *c, double t)
{
	LETTERS(c);
	double slope = c->need[SLOPE], s = sqrt(noise2), m = noise2 + slope * slope, b = 1 - beta2;

	return shift(c, t) +
	    progress(c, t) * (1 + 1.5 * sqrt(m) * noise2 * slope * slope * b / (pow(s - slope, 5) * (2 - b)));
}

/*:
(In the code $1-b$ is `beta2`, and $s^2$ is `noise2`. As $|g|\ge s-c$ in every step, $\sqrt v\ge s-c$, and a step back, $g=c-s$, costs at most $\gamma c$. So $f(x_0)-f(x_t)+\gamma ct\ge0$ on every path; this is what is measured, and $\gamma ct$ is added to both ends.)

## Proof

*Homogeneity.* By induction $m_t$ is multiplied by $c$ and $v_t$ by $c^2$, so $\frac{m_t}{\sqrt{v_t}+\epsilon}$ is unchanged; bias corrections are factors that depend on $t$ only. $\square$

*RMSprop.* $v_t$ depends on earlier gradients only, so $\mathbb E\bigl[g_t/\sqrt{v_t}\bigr]=c\,\mathbb Ev_t^{-1/2}$ and $\mathbb E[f(x_0)-f(x_t)]=\gamma c^2\sum_{i<t}\mathbb Ev_i^{-1/2}$. As $\mathbb Eg^2=m=v_0$, $\mathbb Ev_i=m$ for ever, and Jensen gives the lower end. *Above:* $g^2\ge(s-c)^2$, so $v_i\ge l^2$ with $l=s-c$ (also $v_0\ge l^2$); the second derivative of $v^{-1/2}$ is at most $\frac34l^{-5}$ there, and $v^{-1/2}\le m^{-1/2}-\frac{v-m}{2m^{3/2}}+\frac38l^{-5}(v-m)^2$. The variance of $g^2=s^2+c^2+2cs\xi$ is $4c^2s^2$, and that of $v_i$ at most $\frac{b^2}{1-(1-b)^2}$ times as much: $\frac{4c^2s^2b}{2-b}$. $\square$

*Adam.* Without $m$: $x_{t+1}=x_t-\gamma g_t+(1-b)(x_t-x_{t-1})$, the stochastic heavy ball with $\gamma=\frac{\kappa^2b_1\eta}\sigma$ and $\beta=1-\kappa b_1$. Its stationary variance is on page shb-stationary, here with $s^2=\frac{\sigma^2}\kappa$. $\square$ The check doubles the recursion of the pair $(x,m)$ as it stands.

## How sharp they are

Identities, and a bracket that closes: both ends tend to each other as $c/s\to0$ or $b\to0$.

## What is run

Random gradients for the homogeneity. RMSprop on two lines, all $2^t$ paths. Stationary variances for $\kappa$ up to 8.

## What must fail

$\epsilon$ that is not scaled. $0.99$ of the upper end and $1.01$ of the lower end. The lower end for the method that libraries have, which lets $v$ learn of $g$ first: then $g$ and $v$ are correlated, and less is gained than the lower end says. The linear rule $\kappa\eta$ for the stationary variance.

## Exercises

1. $s=0$: which scaling rule is right?
2. Where does $1-\beta\to\kappa(1-\beta)$ enter at leading order?
3. Adam without momentum shrinks the mean by $1-\sqrt\kappa\,\eta\lambda\sqrt\kappa/\sigma=1-\kappa\theta$ a step. Show that at matched time, $T$ steps against $\frac T\kappa$, the logarithms of what is left differ by at most $\frac{T(\kappa-1)\theta^2}{2(1-\kappa\theta)^2}$.
:*/

/* ---- adaptive-homogeneity ---- */

enum { DIM = 2, STEPS = 12 };
enum { scale_, unscaled_ };

/* Adam (kind 0), Adam with bias correction (1), RMSprop (2), gradients times c. Returns x_T along a direction. */
static double run_adaptive(const double *g, int kind, double eps, double c, double *size)
{
	double x[DIM] = { 1, -2 }, m[DIM] = { 0 }, v[DIM] = { 0.04 * c * c, 0.01 * c * c }, b1 = kind == 2 ? 0 : 0.9,
	       b2 = 0.95;

	for (int t = 0; t < STEPS; t++)
		for (int j = 0; j < DIM; j++) {
			double slope = c * g[t * DIM + j], first = 1, second = 1, step;

			m[j] = b1 * m[j] + (1 - b1) * slope;
			v[j] = b2 * v[j] + (1 - b2) * slope * slope;
			if (kind == 1) {
				first = 1 - pow(b1, t + 1);
				second = 1 - pow(b2, t + 1);
			}
			step = 0.1 * m[j] / first / (sqrt(v[j] / second) + eps);
			x[j] -= step;
			*size += fabs(x[j]) + fabs(step);
		}
	return along(DIM, x);
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double g[STEPS * DIM], c = p->c->param[scale_], eps = p->number % 2 ? 0.1 : 1e-3;
	int kind = (int)(p->number % 3);

	p->host->normals(p->host, 1, p->number, STEPS * DIM, g);
	*s = 0;
	*left = run_adaptive(g, kind, p->c->param[unscaled_] > 0 ? eps : eps * c, c, s);
	*right = run_adaptive(g, kind, eps, 1, s);
	return RATE_OK;
}

/* ---- adam-rule ---- */

enum { kappa_, theta_, b1_, linear_ };

static void multiply(const double a[4], const double b[4], double out[4])
{
	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++)
			out[2 * i + j] = a[2 * i] * b[j] + a[2 * i + 1] * b[2 + j];
}

/* sigma = lambda = 1, so that theta = eta. */
static int evaluate_adam(const rate_point *p, double *left, double *right, double *s)
{
	double kappa = p->c->param[kappa_], theta = p->c->param[theta_], b = kappa * p->c->param[b1_],
	       eta = (p->c->param[linear_] > 0 ? kappa : sqrt(kappa)) * theta, r = eta * sqrt(kappa),
	       A[4] = { 1 - r * b, -r * (1 - b), b, 1 - b },
	       P[4] = { r * r * b * b / kappa, -r * b * b / kappa, -r * b * b / kappa, b * b / kappa };

	for (int k = 0; k < 60; k++) {
		double transposed[4] = { A[0], A[2], A[1], A[3] }, half[4], more[4], square[4];

		multiply(A, P, half);
		multiply(half, transposed, more);
		for (int i = 0; i < 4; i++)
			P[i] += more[i];
		multiply(A, A, square);
		memcpy(A, square, sizeof A);
	}
	*left = P[0];
	*right = theta / 2 / (1 - kappa * kappa * p->c->param[b1_] * theta / (2 * (2 - b)));
	*s = *right / (b * theta);
	return RATE_OK;
}

#define LINES "parabola-terms:a=0,b=1.3/-0.7,start=0"
SHARP(sharp, { .parameters = "c=0.5,unscaled=0", .note = "gradients halved", .ratio = 1 })
CONTROL(control, { .parameters = "c=0.5,unscaled=1", .note = "eps is not scaled" })
SHARP(sharp_high,
	{ .objective = "parabola-terms:a=0,b=1.02/-0.98,start=0", .parameters = "gamma=0.1,beta2=0.95",
	  .note = "c/s = 0.02", .steps = 12, .ratio = 1 },
	{ .objective = LINES, .parameters = "gamma=0.1,beta2=0.9", .note = "c/s = 0.3", .steps = 12 })
CONTROL(control_high,
	{ .objective = "parabola-terms:a=0,b=1.02/-0.98,start=0", .parameters = "gamma=0.1,beta2=0.95",
	  .note = "0.99 of the upper end", .steps = 12, .factor = 0.99 })
SHARP(sharp_low,
	{ .objective = "parabola-terms:a=0,b=1.02/-0.98,start=0", .parameters = "gamma=0.1,beta2=0.95",
	  .note = "c/s = 0.02", .steps = 12, .ratio = 1 },
	{ .objective = LINES, .parameters = "gamma=0.1,beta2=0.5", .note = "c/s = 0.3, v soon renewed", .steps = 12 })
CONTROL(control_low,
	{ .objective = LINES, .parameters = "gamma=0.1,beta2=0.9,fresh=1", .note = "v learns of g first", .steps = 12 },
	{ .objective = "parabola-terms:a=0,b=1.02/-0.98,start=0", .parameters = "gamma=0.1,beta2=0.95",
	  .note = "1.01 of the lower end", .steps = 12, .factor = 1.01 })
SHARP(sharp_adam, { .parameters = "kappa=4,theta=0.01,b1=0.1,linear=0", .note = "batch times 4", .ratio = 1 })
CONTROL(control_adam, { .parameters = "kappa=4,theta=0.01,b1=0.1,linear=1", .note = "the linear rule" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[scale_] = { "c", RATE_REAL, "1", 1e-3, 1e3, NULL, "factor of the gradients" },
	[unscaled_] = { "unscaled", RATE_INTEGER, "0", 0, 0, NULL, "1: eps is left as it is" },
};
static const rate_param params_rule[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[beta2_] = { "beta2", RATE_REAL, "0.95", 0, 0.999, NULL, "1 - b" },
	[v0_] = { "v0", RATE_REAL, "auto", 0, 0, NULL, "v at the start: s^2 + c^2" },
	[fresh_] = { "fresh", RATE_INTEGER, "0", 0, 0, NULL, "1: v learns of g before it is used" },
};
static const rate_param params_adam[] = {
	[kappa_] = { "kappa", RATE_REAL, "4", 1, 8, NULL, "factor of the batch" },
	[theta_] = { "theta", RATE_REAL, "0.01", 0.001, 0.2, NULL, "eta lambda/sigma" },
	[b1_] = { "b1", RATE_REAL, "0.1", 0.01, 0.12, NULL, "1 - beta1 of the base run" },
	[linear_] = { "linear", RATE_INTEGER, "0", 0, 0, NULL, "1: the step is kappa eta" },
};

static double second_moment(const rate_case *c)
{
	return c->noise2 + c->need[SLOPE] * c->need[SLOPE];
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = 0.1 * fraction;
	param[v0_] = second_moment(c);
}

MUST(admissible_rule, gamma > 0 && fresh == 0 && fabs(v0 / second_moment(c) - 1) < 1e-12,
     "gamma > 0, fresh = 0 and v0 = s^2 + c^2")

static const char *admissible_homogeneity(const rate_case *c)
{
	return c->param[unscaled_] == 0 ? NULL : "unscaled = 0: eps goes with the gradients";
}

static const char *admissible_adam(const rate_case *c)
{
	return c->param[linear_] == 0 ? NULL : "linear = 0";
}

static const char *two_lines(const rate_case *c)
{
	if (c->n != 2)
		return "stated for two lines";
	return c->need[SLOPE] > 0 && c->noise2 > c->need[SLOPE] * c->need[SLOPE] ? NULL :
	       "stated for slopes of different signs and of different size";
}

/* f(x_0) - f(x_t) + gamma c t */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	double *start = aligned_alloc(64, run->nrep * run->ld * sizeof *start);
	int rc = RATE_FAIL;

	(void)b;
	if (!start)
		return RATE_FAIL;
	memset(start, 0, run->nrep * run->ld * sizeof *start);
	for (size_t r = 0; r < run->nrep; r++)
		memcpy(start + r * run->ld, v->c->x0, run->d * sizeof *start);
	if (!rate_value_at(run, start, s) && !rate_value_at(run, v->state[0], q)) {
		for (size_t r = 0; r < run->nrep; r++) {
			double before = s[r], now = q[r];

			q[r] = before - now + shift(v->c, (double)v->t);
			s[r] = fabs(before) + fabs(now) + shift(v->c, (double)v->t);
		}
		rc = RATE_OK;
	}
	free(start);
	return rc;
}

#define PAPER \
	"after Malladi, Lyu, Panigrahi and Arora, On the SDEs and scaling rules for adaptive gradient algorithms, " \
	"NeurIPS 2022; the models are solved in this file"
#define RULE \
	.chapter = "solvable-models", .source = PAPER, .method = "rmsprop", \
	.flags = RATE_DIMENSION_ONE | RATE_OWN_INSTANCES, \
	NEEDS("lines.slope", "noise2", "noise_additive", "no composite"), .params = RATE_ROWS(params_rule), \
	.choose = choose, .admissible = admissible_rule, .applies = two_lines, .measure = measure, \
	.quantity = "E[f(x_0) − f(x_t)] + γct"

CLAIM(adaptive_homogeneity,
	.id = "adaptive-homogeneity", .chapter = "solvable-models", .title = "Adaptive steps have no scale",
	.statement = "gradients and ε times c, m_0 times c, v_0 times c²: Adam and RMSprop make the same x_t",
	.quantity = "x_T of the scaled run", .formula = "x_T", .source = PAPER,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible_homogeneity,
	.evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(rmsprop_rule, RULE,
	.id = "rmsprop-rule", .title = "The square-root rule for RMSprop",
	.statement = "f = cx, gradients c ± s, s > c, v_0 = m = s² + c², v used before its update: "
	             "E[f(x_0) − f(x_t)] ≤ γtc²/√m (1 + 3√m s²c²b/(2(s − c)⁵(2 − b)))",
	.formula = "γct + γtc²/√m (1 + 3√m s²c²b/(2(s − c)⁵(2 − b)))",
	.kind = RATE_EXPECTATION, .bound = high, .sharp = sharp_high, .control = control_high)

CLAIM(rmsprop_rule_lower, RULE,
	.id = "rmsprop-rule-lower", .title = "The square-root rule for RMSprop, from below",
	.statement = "as for rmsprop-rule: E[f(x_0) − f(x_t)] ≥ γtc²/√m",
	.formula = "γct + γtc²/√m", .kind = RATE_LOWER_BOUND, .bound = low, .sharp = sharp_low, .control = control_low)

CLAIM(adam_rule,
	.id = "adam-rule", .chapter = "solvable-models", .title = "The square-root rule for Adam near a minimum",
	.statement = "f = λx²/2, noise σ²/κ, v frozen, steps √κη, b = κb_1, θ = ηλ/σ: E x² = "
	             "(ησ/(2λ))/(1 − κ²b_1θ/(2(2 − κb_1))) in the long run",
	.quantity = "lim E x²", .formula = "(ησ/(2λ))/(1 − κ²b_1θ/(2(2 − κb_1)))", .source = PAPER,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params_adam), .admissible = admissible_adam,
	.evaluate = evaluate_adam, .sharp = sharp_adam, .control = control_adam)
