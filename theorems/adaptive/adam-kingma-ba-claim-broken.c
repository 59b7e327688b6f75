/*:
# The regret bound that Adam was published with

**Claim (false).** Let $f_1,f_2,\dots$ be convex on a box of side $D$, with gradients bounded by $G$. Adam with bias
correction, $\beta_{1,t}=\beta_1\lambda^{t-1}$, $0<\lambda<1$, $\gamma=\frac{\beta_1^2}{\sqrt{\beta_2}}<1$ and steps
$\frac a{\sqrt t}$ has
$$ \text{Regret}_T\;\le\;\frac{D^2}{2a(1-\beta_1)}\sum_i\sqrt{T\,\hat v_{T,i}}+\frac{a(1+\beta_1)G}{(1-\beta_1)\sqrt{1-\beta_2}\,(1-\gamma)^2}\sum_i\|g_{1:T,i}\|+\sum_i\frac{D^2G\sqrt{1-\beta_2}}{2a\,\beta_1(1-\lambda)^2}, $$
where $\hat v_T=\frac{v_T}{1-\beta_2^T}$ and $\|g_{1:T,i}\|^2=\sum_{t\le T}g_{t,i}^2$.

**Theorem.** On the losses $3x,-x,-x,3x,\dots$ on $[-1,1]$ from $x_1=1$, with $\beta_1=0.1$, $\lambda=0.9$,
$\beta_2=0.1$, $a=\frac12$, the regret against $-1$ exceeds this bound by {{adam-kingma-ba-claim-broken#1.max_ratio:3}} times at $T=30000$ and by 12.46 times at
$T=300000$.

Nothing diverges here; the point stays in its box. It is the *bound* that is exceeded, because it is $O(\sqrt T)$ and
the regret is not.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cycle.h"

enum { BETA1 = BETA2 + 1, LAMBDA };

/* The claim for one coordinate; v is vhat_T and squares the sum of g_t^2. */
static double claimed(const rate_case *c, double T, double v, double squares)
{
	double a = c->param[GAMMA], b1 = c->param[BETA1], b2 = c->param[BETA2], l = c->param[LAMBDA];
	double D = 2, G = c->need[CYCLE], ratio = b1 * b1 / sqrt(b2);

	return D * D / (2 * a * (1 - b1)) * sqrt(T * v)
	       + a * (1 + b1) * G / ((1 - b1) * sqrt(1 - b2) * (1 - ratio) * (1 - ratio)) * sqrt(squares)
	       + D * D * G * sqrt(1 - b2) / (2 * a * b1 * (1 - l) * (1 - l));
}

/*:
## Proof

All hypotheses hold: $\gamma=\frac{0.01}{\sqrt{0.1}}=0.032$, $D=2$, $G=3$. What has to be seen is that the regret grows
linearly.

**Theorem.** In the same setting the regret is at least $\frac23T$ for every $T$.

**Proof.** As in *Adam need not converge*, $\beta_2=\frac1{1+C^2}$ and $a<\sqrt{1-\beta_2}$; what is new is the
momentum,
which dies out, and the bias correction, which does too. As $|m_t|\le C$,
$|m_t-g_t|=\beta_{1,t}|m_{t-1}-g_t|\le2C\beta_{1,t}=0.6\cdot0.9^{t-1}$. In the
proof for Adam two steps up outweighed one step down by $1.32$ for $k\ge1$. Now the step down is longer by a factor of
at most $1+0.2\cdot0.9^{t-1}$ and those up are shorter by at least $1-0.6\cdot0.9^t$; from $t=13$ on these are $1.06$
and $0.84$ (the correction is then $1+10^{-13}$), and
$0.84\cdot1.32>1.06$: once $x_{3k+1}=1$ for a $k\ge4$, it is so for all later ones. The first cycles are computed:
$x_1=1$, $x_4=0.953$, $x_7=x_{10}=x_{13}=1$. A cycle from 1 costs at least $2C-4=2$, the one from $x_4$ at least
$3\cdot1.953-4=1.85$, and the first one
$2.81$, so that the sums stay above $\frac23T$. $\square$

The claimed bound: $v_T\le9$ and $\|g_{1:T}\|^2=\frac{11}3T$ ($T$ a multiple of 3), so it is at most
$(4.45\cdot3+2.07\cdot1.92)\sqrt T+11385$, and $\frac23T$ is larger from $T=21000$ on, at the latest. $\square$

*Where the published proof breaks.* It telescopes a sum of $\frac{\sqrt{t\hat
v_t}}{a}\bigl[(x_t-u)^2-(x_{t+1}-u)^2\bigr]$ as if $\sqrt{t\hat v_t}$ were nondecreasing. It is not: $\hat v$ forgets.
AMSGrad repairs just this.

## How sharp it is

The constants of the claim do not matter: a linear regret breaks any bound $o(T)$.

## What is run

This example, for 30000 rounds, and its linear regret for 3000. The bound reads $\hat v_T$ and $\|g_{1:T}\|$ off the
path.

## What must fail

That the bound is exceeded within 3000 rounds already; and that AMSGrad exceeds it. Of the linear regret, $1.1$ times
it; and AMSGrad.

## Exercises

1. *Compute.* The last term of the claim is the largest for $T<20000$. Choose $\lambda$ so that the claim fails earlier. What do
   you pay?
2. ★ Show that the claim fails for every $C>2$, if $T$ is large enough.
3. With $\lambda$ so small that $\beta_1$ is 0 after the first round, the claim is one on RMSProp. Is it true then?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *square;
	double T = (double)v->t;

	if (v->find(v, "v", &square))
		return v->run->call->fail(v->run, "the method has no state v");
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = claimed(v->c, T, v->t ? square[r * v->run->ld] / (1 - pow(v->c->param[BETA2], T)) : 0,
		               rate_acc(v, REGRET_KEPT, r)[SQUARES]);
	return measure_regret(v, q, s, NULL);
}

static double bound_linear(const rate_case *c, double T)
{
	return cycle_slope(c) * T;
}

SHARP(sharp,
	{ .objective = "reddi-cycle:C=3", .note = "first exceeded at T = 18741", .steps = 30000, .ratio = 1.56 })
CONTROL(control,
	{ .objective = "reddi-cycle:C=3", .note = "3000 rounds are not enough", .steps = 3000 },
	{ .objective = "reddi-cycle:C=3", .note = "AMSGrad does not exceed it", .steps = 30000, .method = "amsgrad" })
SHARP(sharp_linear,
	{ .objective = "reddi-cycle:C=3", .note = "linear regret", .steps = 30000, .ratio = 0.996 })
CONTROL(control_linear,
	{ .objective = "reddi-cycle:C=3", .note = "1.1 times the bound", .steps = 3000, .factor = 1.1 },
	{ .objective = "reddi-cycle:C=3", .note = "AMSGrad converges", .steps = 1000, .method = "amsgrad" })

/*: {.plumbing} :*/
static const char *const needs[] = { CYCLE_NEEDS };
static const rate_param params[] = { CYCLE_PARAMS,
	[BETA1] = { "beta1", RATE_REAL, "0.1", 0, 0.999999, NULL, "memory of the gradient in the first round" },
	[LAMBDA] = { "lambda", RATE_REAL, "0.9", 0, 0.999999, NULL, "factor of beta1 from round to round" } };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)fraction;
	cycle_choose(c, 1, param);
	param[GAMMA] = 0.5;
}

static const char *admissible(const rate_case *c)
{
	const double *p = c->param;

	return c->need[CYCLE] == 3 && p[GAMMA] == 0.5 && p[BETA1] == 0.1 && p[LAMBDA] == 0.9 && !cycle_admissible(c)
	           ? NULL
	           : "C = 3, a = 1/2, beta1 = 0.1, lambda = 0.9, beta2 = 0.1";
}

static const char *admissible_long(const rate_case *c)
{
	return c->T >= 20000 ? admissible(c) : "20000 rounds";
}

/* a/sqrt t with the bias correction, and beta1. */
static void steps(const rate_case *c, double *const *out)
{
	double b1 = c->param[BETA1], b2 = c->param[BETA2];

	for (uint64_t t = 0; t < c->T; t++) {
		double n = (double)(t + 1);

		out[0][t] = c->param[GAMMA] / sqrt(n) * sqrt(1 - pow(b2, n)) / (1 - pow(b1, n));
		out[1][t] = b1 * pow(c->param[LAMBDA], (double)t);
	}
}

#define KINGMA_BA "claimed in Kingma & Ba, Adam, ICLR 2015; refuted after Reddi, Kale & Kumar, ICLR 2018"

CLAIM(adam_kingma_ba_claim_broken,
	.id = "adam-kingma-ba-claim-broken", .chapter = "adaptive",
	.title = "The published regret bound of Adam is exceeded",
	.statement = "f_t = 3x in every third round, −x else, on [−1, 1], x_1 = 1, β₁ = 0.1·0.9^{t−1}, β₂ = 0.1, "
	             "steps 1/(2√t), bias "
	             "correction: the regret exceeds the O(√T) bound claimed for it",
	.quantity = REGRET_QUANTITY,
	.formula = "D²√(t v̂)/(2a(1−β₁)) + a(1+β₁)G‖g‖/((1−β₁)√(1−β₂)(1−γ)²) + D²G√(1−β₂)/(2aβ₁(1−λ)²), claimed",
	.source = KINGMA_BA,
	.kind = RATE_DIVERGENCE, .flags = RATE_PATH_BOUND | RATE_OWN_INSTANCES, .method = "adam",
	.needs = RATE_LIST(needs), .params = RATE_ROWS(params), .schedules = 2, .accumulators = REGRET_KEPT,
	.applies = cycle_applies, .choose = choose, .admissible = admissible_long, .steps = steps,
	.observe = observe_regret, .measure = measure, SHARP_AND_CONTROL)

CLAIM(adam_kingma_ba_linear_regret,
	.id = "adam-kingma-ba-linear-regret", .chapter = "adaptive",
	.title = "Linear regret of Adam with momentum and bias correction",
	.statement = "the same: Regret_T ≥ 2T/3 for every T",
	.quantity = REGRET_QUANTITY, .formula = "2t/3",
	.source = KINGMA_BA,
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OWN_INSTANCES, .method = "adam", .needs = RATE_LIST(needs), RANGE,
	.schedules = 2, .accumulators = REGRET_KEPT, .applies = cycle_applies, .steps = steps, .bound = bound_linear,
	.observe = observe_regret, .measure = measure_regret, .sharp = sharp_linear, .control = control_linear)
