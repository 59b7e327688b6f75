/*:
# Softmax policies on a bandit

$K$ arms with rewards $r_i$, a policy $\pi=\operatorname{softmax}(\theta)$, $f(\theta)=-\sum_i\pi_ir_i$. The value is neither convex nor strongly anything. How smooth is it, and how fast is policy gradient with exact gradients?

**Theorem (softmax-smooth).** With $R=\max r-\min r$
$$ \|\nabla f(\theta)-\nabla f(\theta')\|\;\le\;\frac R{3\sqrt3}\,\|\theta-\theta'\| , $$
and the constant is exact for every $K\ge2$. (Usually $\frac52R$ is stated, thirteen times as much, and steps are chosen by it.)

**Theorem (softmax-pg).** Let $a$ be a best arm, $h_t=\max r-\langle\pi_t,r\rangle$ and $0<\gamma<\frac{6\sqrt3}R$. Gradient descent on $f$ has for every $t\ge1$
$$ \frac1{h_t}\;\ge\;\frac1{h_0}+\gamma\Bigl(1-\frac{\gamma R}{6\sqrt3}\Bigr)\frac K{K-1}\sum_{s<t}\pi_s(a)^2 . $$

So $h_t$ falls like $\frac1t$, with a constant that is the worse the less likely the best arm has ever been: a start near a good second arm makes a long plateau.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

#include <stdlib.h>

enum { SPREAD, ARMS }; /* the needs */

NUMBER(smoothness, c->need[SPREAD] / (3 * sqrt(3)))
NUMBER(rate, gamma * (1 - gamma * c->need[SPREAD] / (6 * sqrt(3))) * c->need[ARMS] / (c->need[ARMS] - 1))

/*:
## Proof

*Smoothness.* For $\|v\|=1$ the second derivative of $f$ along $v$ is $-\operatorname{Cov}_\pi(r,w^2)$ with $w=v-\mathbb E_\pi v$. It is linear in $r$, so its largest values are at $r=R\,\mathbb 1_A$: $|\operatorname{Cov}(\mathbb 1_A,w^2)|=P(1-P)\,|\mathbb E[w^2|A]-\mathbb E[w^2|A^c]|$, $P=\pi(A)$. Choose $A$ to be the set with the larger moment; let $k=1-2P$, and $m,M$ the means of $v$ on $A,A^c$. Then
$$ \mathbb E[w^2|A]-\mathbb E[w^2|A^c]\le k(m-M)^2+\operatorname{Var}(v|A),\qquad P(1-P)=\tfrac{1-k^2}4 . $$
If $k\le0$: at most $\operatorname{Var}(v|A)\le\frac12$, and the product is at most $\frac18$. If $k\ge\frac12$: $k(m-M)^2\le2k(m^2+M^2)$, and $(2k-1)m^2+\mathbb E[v^2|A]\le2k\sum_Av^2$, $M^2\le\sum_{A^c}v^2$, so the product is at most $\frac{1-k^2}4\cdot2k=\frac{k-k^3}2\le\frac1{3\sqrt3}$. If $0<k<\frac12$: $(2k-1)m^2+\mathbb E[v^2|A]=2k\,\mathbb E[v^2|A]+(1-2k)\operatorname{Var}(v|A)\le(k+\frac12)\sum_Av^2$, and $2kM^2\le(k+\frac12)M^2$: at most $\frac{(1-k^2)(k+\frac12)}4\le0.1896<\frac1{3\sqrt3}$.

*Descent.* $\partial_if=-\pi_i(r_i-\langle\pi,r\rangle)$. The entry of $a$ is $\pi(a)h$ in size, and the others add up to minus it, so $\|\nabla f\|^2\ge\bigl(1+\frac1{K-1}\bigr)\pi(a)^2h^2$. With the smoothness
$$ h_{t+1}\le h_t-\gamma\Bigl(1-\frac{\gamma R}{6\sqrt3}\Bigr)\|\nabla f\|^2\le h_t-x_t,\qquad x_t=\text{the summand}\times h_t^2, $$
and $\frac1{h-x}\ge\frac1h+\frac x{h^2}$. $\square$

## How sharp they are

The constant is attained by two arms at $\theta_1-\theta_2=\ln(2+\sqrt3)$. The rate is ${{softmax-pg#1.max_ratio:2}}$ on two arms with $\gamma=\frac12$, and nearer with smaller steps; $\frac K{K-1}$ is exact where the wrong arms are equal.

## What is run

Bandits with two to nine arms, ties among them, from good and from bad starts.

## What must fail

$0.9$ of the constant. $0.9$ of the bound on $h_t$.

## Exercises

1. What is the smoothness of two arms as a function of their logit $\theta_1-\theta_2$ alone?
2. Compare the bounds at $\gamma=\frac2{5R}$ and at $\gamma=\frac{3\sqrt3}R$.
3. ★ Can the probability of the best arm fall at first?
4. *Compute.* How much of the bound is lost with long steps? Run `ratecheck verify softmax-pg:gamma=1 --objective bandit:r=1/0 --steps 64` with $\gamma$ up to $6\sqrt3=10.39$.
:*/

#define STEEP "bandit:r=1/0,start=1.31695789692481671/0"
SHARP(sharp_smooth, { .objective = STEEP, .note = "two arms, where the curvature is largest", .ratio = 1 },
	{ .objective = "bandit:r=1/0/0/0.3,start=1/0", .note = "four arms" },
	{ .objective = "bandit:r=2/-1/0.5/0.5/0.4/0/1/1.9/1.99", .note = "nine arms" })
CONTROL(control_smooth, { .objective = STEEP, .note = "0.9 of the constant", .factor = 0.9 })
SHARP(sharp,
	{ .objective = "bandit:r=1/0", .parameters = "gamma=0.5", .note = "two arms", .steps = 20000, .ratio = 0.98 },
	{ .objective = "bandit:r=1/0/0/0", .parameters = "gamma=1", .note = "three wrong arms alike", .steps = 2000 },
	{ .objective = "bandit:r=1/0.9/0,start=0/3/0", .note = "a start near the second best", .steps = 2000 },
	{ .objective = "bandit:r=2/-1/0.5/0.5/0.4/0/1/1.9/2", .note = "nine arms, two of them best", .steps = 2000 })
CONTROL(control,
	{ .objective = "bandit:r=1/0", .parameters = "gamma=0.5", .note = "0.9 of the bound", .steps = 20000,
	  .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 6 sqrt 3/R") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / smoothness(c);
}

MUST(admissible, gamma > 0 && gamma * smoothness(c) < 2, "0 < gamma < 6 sqrt 3/R")

/* Pairs far from each other and pairs near the start. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = p->run->d;
	double *g = calloc(3 * p->run->ld, sizeof *g), *h = g + p->run->ld, *y = h + p->run->ld, moved = 0, apart = 0;
	const double *x = p->number % 2 ? p->c->x0 : p->x[0];

	for (size_t j = 0; g && j < d; j++)
		y[j] = p->number % 2 ? x[j] + 1e-4 * (p->x[1][j] - p->x[0][j]) : p->x[1][j];
	if (!g || rate_gradient(p->run, x, g) || rate_gradient(p->run, y, h)) {
		free(g);
		return RATE_FAIL;
	}
	for (size_t j = 0; j < d; j++) {
		moved += (x[j] - y[j]) * (x[j] - y[j]);
		apart += (g[j] - h[j]) * (g[j] - h[j]);
	}
	*left = sqrt(apart);
	*right = smoothness(p->c) * sqrt(moved);
	*s = p->c->need[SPREAD];
	free(g);
	return RATE_OK;
}

static int observe(rate_view *v)
{
	double *p = malloc(2 * v->run->nrep * sizeof *p);

	if (!p || rate_quantity_of(v, "p_best", v->state[0], p, p + v->run->nrep)) {
		free(p);
		return RATE_FAIL;
	}
	for (size_t r = 0; r < v->run->nrep; r++)
		*rate_acc(v, 1, r) += p[r] * p[r];
	free(p);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = 1 / (1 / v->c->d0 + rate(v->c) * *rate_acc(v, 1, r));
	return rate_gap_of(v, v->state[0], q, s);
}

#define PAPER \
	"Klein, Weissmann and Doering, Beyond stationarity: convergence analysis of stochastic softmax policy " \
	"gradient methods, ICLR 2024"

CLAIM(softmax_smooth,
	.id = "softmax-smooth", .chapter = "policy-gradient", .title = "How smooth a softmax bandit is",
	.statement = "f(θ) = −Σ π_i r_i, π = softmax(θ), R = max r − min r: ‖∇f(θ) − ∇f(θ')‖ ≤ R/(3√3) ‖θ − θ'‖",
	.quantity = "‖∇f(θ) − ∇f(θ')‖", .formula = "R/(3√3) ‖θ − θ'‖",
	.source = "in the setting of " PAPER "; the constant is proved in this file",
	.kind = RATE_DETERMINISTIC, NEEDS([SPREAD] = "bandit.spread", [ARMS] = "bandit.arms"), .points = 2,
	.evaluate = evaluate, .sharp = sharp_smooth, .control = control_smooth)

CLAIM(softmax_pg,
	.id = "softmax-pg", .chapter = "policy-gradient", .title = "Exact policy gradient on a bandit",
	.statement = "f(θ) = −Σ π_i r_i, π = softmax(θ), K arms, a a best one, 0 < γ < 6√3/R: 1/h_t ≥ 1/h_0 + "
	             "γ(1 − γR/(6√3)) K/(K − 1) Σ_{s<t} π_s(a)², R = max r − min r",
	.quantity = "h_t = max r − ⟨π_t, r⟩", .formula = "1/(1/d₀ + γ(1 − γR/(6√3)) K/(K − 1) Σ π_s(a)²)",
	.source = "after " PAPER ", one stage; constants proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "gd",
	NEEDS([SPREAD] = "bandit.spread", [ARMS] = "bandit.arms", "f_star", "quantities/1"), RANGE, .accumulators = 1,
	.power = 1, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
