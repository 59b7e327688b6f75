/*:
# How long a step of Adam can be

**Theorem.** Let $0\le\beta_1<1$, $q=\frac{\beta_1^2}{\beta_2}<1$, $\beta_2<1$. For any gradients whatever, step
$t=1,2,\dots$ of Adam with bias correction, $\varepsilon=0$ and zero initial moments,
$$ x_t=x_{t-1}-\alpha\,\frac{m_t/(1-\beta_1^t)}{\sqrt{v_t/(1-\beta_2^t)}},\qquad m_t=\beta_1m_{t-1}+(1-\beta_1)g_t,\quad v_t=\beta_2v_{t-1}+(1-\beta_2)g_t^2, $$
where a coordinate with $v_t=0$ stays, moves every coordinate by at most
$$ \alpha A_t,\qquad A_t=\frac{1-\beta_1}{1-\beta_1^t}\sqrt{\frac{(1-\beta_2^t)(1-q^t)}{(1-\beta_2)(1-q)}}\;\le\;A_\infty=\frac{1-\beta_1}{\sqrt{(1-\beta_2)(1-q)}}, $$
and for every $t$ there are gradients with which it moves by just that.

Nothing is assumed: no convexity, no bounded gradients. If $\beta_1^2\ge\beta_2$ there is no bound that holds for all
$t$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#define PARAMETERS(P) P(gamma) P(beta1) P(beta2)
#include "../common.h"

/* 1 - b^t without cancellation */
static double gone(double b, double t)
{
	return -expm1(t * log(b));
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double b1 = beta1, b2 = beta2, q = b1 * b1 / b2;

	return gamma * (1 - b1) / gone(b1, t) * sqrt(gone(b2, t) * gone(q, t) / ((1 - b2) * (1 - q)));
}

/* What m remembers of the time before the first gradient: as long as it is much, A_t is near 1 and nothing is
 * tested. */
FORMULA(transient, t, pow(beta1, t))

/*:
## Proof

Take one coordinate. By the Cauchy-Schwarz inequality
$$ |m_t|=(1-\beta_1)\Bigl|\sum_{i<t}\frac{\beta_1^i}{\beta_2^{i/2}}\cdot\beta_2^{i/2}g_{t-i}\Bigr|\le(1-\beta_1)\Bigl(\sum_{i<t}q^i\Bigr)^{1/2}\Bigl(\sum_{i<t}\beta_2^ig_{t-i}^2\Bigr)^{1/2}
 =(1-\beta_1)\sqrt{\frac{1-q^t}{1-q}}\,\sqrt{\frac{v_t}{1-\beta_2}} , $$
with equality if and only if $g_{t-i}$ is proportional to $(\beta_1/\beta_2)^i$. The correction multiplies the ratio by
$\frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t}$. For the limit: $\beta_1^2=\beta_2q$, so by the inequality of the means
$$ (1-\beta_2^t)(1-q^t)=1-\beta_2^t-q^t+\beta_1^{2t}\le1-2\beta_1^t+\beta_1^{2t}=(1-\beta_1^t)^2.\qquad\square $$

## The bound that Adam was published with

**Claim (false).** The effective step is at most $\alpha\frac{1-\beta_1}{\sqrt{1-\beta_2}}$ if
$1-\beta_1>\sqrt{1-\beta_2}$, and at most $\alpha$ otherwise.

**Theorem.** For every $\beta_1\in(0,1)$, $\beta_2\ne\beta_1$ with $\beta_1^2<\beta_2$ it is exceeded, from some $t$
on, by gradients that grow by the factor $\beta_2/\beta_1$ at each step. At the usual $\beta_1=0.9$, $\beta_2=0.999$
steps of $7.087\,\alpha$ occur at $t=3000$, up to $7.270\,\alpha$ later; claimed are
$3.162\,\alpha$.

**Proof.** $A_\infty>\frac{1-\beta_1}{\sqrt{1-\beta_2}}$ as $q>0$. And $A_\infty>1$, as
$(1-\beta_2)(1-q)=1-\beta_2-q+\beta_1^2<(1-\beta_1)^2$ unless $\beta_2=q$, that is $\beta_2=\beta_1$. So $A_t$ exceeds
both from some $t$ on, and with gradients $g_s=(\beta_2/\beta_1)^s$ step $t$ is $\alpha A_t$
for every $t$. $\square$

The claim is true at $\beta_1=0$ and at $\beta_1=\beta_2$. It is stated in the paper as a remark, not as a theorem; it
is quoted as the reason why $\alpha$ is a trust region.
:*/

static double bound_claimed(const rate_case *c, double t)
{
	LETTERS(c);

	(void)t;
	return gamma * fmax(1, (1 - beta1) / sqrt(1 - beta2));
}

/*:
## What is run

Adam with random terms on every objective without a feasible set, convex or not; the largest coordinate of
$x_t-x_{t-1}$ is judged at every $t$ (of the first 64 coordinates: they do not know of each other). At first every step
is about $\alpha$ long, whatever the gradients; a ratio near 1 means something when $\beta_1^t$ is small only. Sharp:
linear losses whose slopes grow by $\beta_2/\beta_1$, equality at every $t$. The false claim runs on these only.

## What must fail

$0.9$ and $0.99$ of the bound. That the claim is exceeded within 100 steps; at $\beta_1=\beta_2$; and at $\beta_1=0$.

## Exercises

1. Show that with gradients of one sign and size every step is $\alpha$.
2. AdaMax replaces $\sqrt{v_t}$ by $u_t=\max\{\beta_2u_{t-1},|g_t|\}$. Show
   $|x_t-x_{t-1}|\le\alpha\frac{(1-\beta_1)(1-(\beta_1/\beta_2)^t)}{(1-\beta_1^t)(1-\beta_1/\beta_2)}$.
3. Which $\beta_2$ makes $A_\infty$ least for a given $\beta_1$?
4. Show that Adam with $\varepsilon=0$ makes the same steps if all $i$-th entries of the gradients are multiplied by a $c_i>0$.
   What does it do in the coordinates $y_i=c_ix_i$?
:*/

/* The coordinates before a step, from which its length is measured. */
enum { WATCHED = 64 };

static size_t watched(const rate_view *v)
{
	return v->run->d < WATCHED ? v->run->d : WATCHED;
}

static int observe(rate_view *v)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		for (size_t i = 0; i < watched(v); i++)
			rate_acc(v, WATCHED, r)[i] = v->state[0][r * v->run->ld + i];
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = s[r] = 0;
		for (size_t i = 0; v->t && i < watched(v); i++) {
			double x = v->state[0][r * v->run->ld + i];

			q[r] = fmax(q[r], fabs(x - rate_acc(v, WATCHED, r)[i]));
			s[r] = fmax(s[r], fabs(x));
		}
	}
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "online-cycle:slopes=1,growth=1.11,box=0", .parameters = "gamma=1",
	  .note = "slopes grow by 0.999/0.9: equality at every t, 7.087 at the end", .steps = 3000, .ratio = 1,
	  .deep_ratio = 1 },
	{ .objective = "online-cycle:slopes=1,growth=1.2,box=0", .parameters = "gamma=1,beta1=0.5,beta2=0.6",
	  .note = "slopes grow by 0.6/0.5", .steps = 300, .ratio = 1, .deep_ratio = 1 })
CONTROL(control,
	{ .objective = "online-cycle:slopes=1,growth=1.11,box=0", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 1000, .factor = 0.9 },
	{ .objective = "online-cycle:slopes=1,growth=1.2,box=0", .parameters = "gamma=1,beta1=0.5,beta2=0.6",
	  .note = "0.99 of it", .steps = 300, .factor = 0.99 })
SHARP(sharp_claim,
	{ .objective = "online-cycle:slopes=1,growth=1.11,box=0",
	  .note = "beta1 = 0.9, beta2 = 0.999: a step of 7.087 alpha, 3.162 claimed", .steps = 3000, .ratio = 2.2412 },
	{ .objective = "online-cycle:slopes=1,growth=1.2,box=0", .parameters = "beta1=0.5,beta2=0.6",
	  .note = "beta1 = 0.5, beta2 = 0.6", .steps = 300, .ratio = 1.0351 })
CONTROL(control_claim,
	{ .objective = "online-cycle:slopes=1,growth=1.11,box=0", .note = "100 steps are too few", .steps = 100 },
	{ .objective = "online-cycle:slopes=1,box=0", .parameters = "beta1=0.9,beta2=0.9",
	  .note = "beta1 = beta2: the claim is true", .steps = 300 },
	{ .objective = "online-cycle:slopes=1,growth=1.11,box=0", .parameters = "beta1=0",
	  .note = "beta1 = 0: the claim is true", .steps = 300 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("alpha > 0"),
	[beta1_] = { "beta1", RATE_REAL, "0.9", 0, 0.999999, NULL, "memory of the gradient" },
	[beta2_] = { "beta2", RATE_REAL, "0.999", 1e-9, 0.9999999, NULL, "memory of its square" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = 0.1 * fraction;
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);
	double b1 = beta1, b2 = beta2;

	return gamma > 0 && b1 * b1 < b2 && b2 < 1 ? NULL : "alpha > 0 and beta1^2 < beta2 < 1";
}

static const char *admissible_claim(const rate_case *c)
{
	LETTERS(c);
	const char *range = admissible(c);

	if (range || fabs(c->need[0] * beta1 / beta2 - 1) > 1e-12)
		return range ? range : "slopes that grow by beta2/beta1";
	return bound(c, (double)c->T) > bound_claimed(c, (double)c->T) ? NULL : "more steps";
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		double n = (double)(t + 1);

		out[0][t] = gamma * sqrt(gone(beta2, n)) / gone(beta1, n);
		out[1][t] = beta1;
	}
}

CLAIM(adam_step_bound,
	.id = "adam-step-bound", .chapter = "adaptive", .title = "The longest step of Adam, exactly",
	.statement = "any gradients, q = β₁²/β₂ < 1, bias correction, ε = 0: "
	             "|x_{t,i} − x_{t−1,i}| ≤ α(1−β₁)/(1−β₁^t) √((1−β₂^t)(1−q^t)/((1−β₂)(1−q))), attained for every t",
	.quantity = "max_i |x_{t,i} − x_{t−1,i}|", .formula = "α(1−β₁)/(1−β₁^t) √((1−β₂^t)(1−q^t)/((1−β₂)(1−q)))",
	.source = OWN,
	.kind = RATE_DETERMINISTIC, .method = "adam", NEEDS("whole space"), RANGE, .schedules = 2,
	.accumulators = WATCHED, .steps = steps, .bound = bound, .transient = transient, .observe = observe,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(adam_step_claim_broken,
	.id = "adam-step-claim-broken", .chapter = "adaptive", .title = "The published step bound of Adam is exceeded",
	.statement = "gradients that grow by β₂/β₁, 0 < β₁ ≠ β₂, β₁² < β₂: a step of Adam is longer than the claimed "
	             "α max(1, (1−β₁)/√(1−β₂))",
	.quantity = "max_i |x_{t,i} − x_{t−1,i}|", .formula = "α max(1, (1−β₁)/√(1−β₂)), claimed",
	.source = "claimed in Kingma & Ba, Adam, ICLR 2015, section 2.1; refuted here",
	.kind = RATE_DIVERGENCE, .flags = RATE_OWN_INSTANCES, .method = "adam",
	NEEDS("growth", "online", "whole space"),
	.params = RATE_ROWS(params), .schedules = 2, .accumulators = WATCHED, .choose = choose,
	.admissible = admissible_claim, .steps = steps, .bound = bound_claimed, .observe = observe, .measure = measure,
	.sharp = sharp_claim, .control = control_claim)
