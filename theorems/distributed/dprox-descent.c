/*:
# Decentralised proximal gradient steps arrive

Agents on a network, losses that need not be convex and may be as different as they like, and a convex $h$ that all share: gradient tracking with a prox comes to rest at the rate $1/t$, and at the right place.

Norms over agents are root mean squares here: $u_t^2=\frac1N\sum_i\|x_i^t-\bar x^t\|^2$ and $\pi_t^2=\frac1N\sum_i\|\tilde x_i^t-\bar x^t\|^2$ with $\tilde x_i=\operatorname{prox}_{\gamma h}(x_i-\gamma y_i)$. Where $\pi_t=0$ all copies agree and are a fixed point of the prox-gradient step.

**Theorem.** Let every $f^i$ be $L$-smooth, $h$ convex and closed, $\varphi=\frac1N\sum f^i+h\ge\varphi_\star$, $\rho=\max(|\lambda_2|,|\lambda_N|)<1$, and let all agents start at one point $x_0$, $v_0^2=\frac1N\sum_i\|\nabla f^i(x_0)-\nabla f(x_0)\|^2$. With
$$ \theta=\frac\rho{1-\rho},\quad\delta=1-\theta^2\gamma L,\quad E=1+\theta(1+\gamma L),\quad B=\frac{E\theta L}\delta,\quad C=\frac{Ev_0}{\delta\sqrt{1-\rho^2}},\quad A=\frac1\gamma-\frac L2-B $$
and $\gamma$ so small that $\delta>0$ and $A>0$, gradient tracking satisfies for every $t\ge1$
$$ \frac1t\sum_{s<t}\frac{\pi_s^2}{\gamma^2}\;\le\;\frac1{\gamma^2t}\biggl(\frac{C+\sqrt{C^2+4A\,(\varphi(x_0)-\varphi_\star)}}{2A}\biggr)^2 . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "network.h"

#include <stdlib.h>

enum { RHO = 1, AGENTS };      /* in the list of needs */
enum { SUM, SPREAD, KEPT };    /* kept of each path: the sum, v_0^2 */

/* A; not above 0: the step is too long. */
static double room(double gamma, double L, double rho, double *E, double *delta)
{
	double theta = rho / (1 - rho);

	*delta = 1 - theta * theta * gamma * L;
	*E = 1 + theta * (1 + gamma * L);
	return *delta > 0 ? 1 / gamma - L / 2 - *E * theta * L / *delta : -1;
}

static double bound_of(const rate_case *c, double t, double spread)
{
	CONSTANTS(c);
	double gamma = c->param[gamma_], r = c->need[RHO], E, delta, A = room(gamma, L, r, &E, &delta);
	double C = E * sqrt(spread) / (delta * sqrt(1 - r * r));

	return pow((C + sqrt(C * C + 4 * A * fmax(d0, 0) / c->need[AGENTS])) / (2 * A * gamma), 2) / t;
}

/*:
$\rho=0$ (everybody talks to everybody) allows $\gamma L<2$; $\rho=\frac1{10},\frac3{10},\frac12,\frac7{10},\frac9{10}$ allow $1.55$, $0.73$, $0.27$, $0.072$, $0.0058$.

## Proof

Let $v_t^2=\frac1N\sum\|y_i^t-\bar y^t\|^2$ and $\bar f=\frac1N\sum f^i$. We drop $t$ and write $+$ for $t+1$.

*A step of the mean.* $(x_i-\gamma y_i-\tilde x_i)/\gamma$ is a subgradient of $h$ at $\tilde x_i$, so
$$ h(\tilde x_i)\le h(\bar x)+\tfrac1\gamma\langle x_i-\bar x,\tilde x_i-\bar x\rangle-\tfrac1\gamma\|\tilde x_i-\bar x\|^2-\langle y_i,\tilde x_i-\bar x\rangle . $$
$W$ keeps the mean, $\bar x^+=\frac1N\sum\tilde x_i$. Take the mean over $i$, use $h(\bar x^+)\le\frac1N\sum h(\tilde x_i)$, and add the descent lemma of $\bar f$ from $\bar x$ to $\bar x^+$, with $\|\bar x^+-\bar x\|\le\pi$:
$$ \varphi(\bar x^+)\le\varphi(\bar x)-\Bigl(\frac1\gamma-\frac L2\Bigr)\pi^2+\frac1N\sum_i\Bigl\langle\nabla\bar f(\bar x)-y_i+\tfrac1\gamma(x_i-\bar x),\ \tilde x_i-\bar x\Bigr\rangle . $$
By tracking-mean $\bar y=\frac1N\sum\nabla f^i(x_i)$, so $\|\nabla\bar f(\bar x)-\bar y\|\le Lu$, and the last term is at most $\bigl(Lu+v+\frac u\gamma\bigr)\pi$.

*The disagreements.* The prox is nonexpansive; compare $\tilde x_i$ with $\operatorname{prox}_{\gamma h}(\bar x-\gamma\bar y)$. And $\|x_i^+-x_i\|$ is, in root mean square, at most $\pi+u$, as mixing does not take the $\tilde x_i$ farther from $\bar x$. So
$$ u^+\le\rho\,(u+\gamma v),\qquad v^+\le\rho\,\bigl(v+L(\pi+u)\bigr),\qquad u_0=0. $$

*A lemma.* If $w_{t+1}\le\rho(w_t+c_t)$, then over $t<T$ the Euclidean norms satisfy $\|w\|\le\frac{w_0}{\sqrt{1-\rho^2}}+\theta\|c\|$: unroll, $w_t\le\rho^tw_0+\sum_{s<t}\rho^{t-s}c_s$, and the convolution with $\rho,\rho^2,\dots$, numbers of sum $\theta$, makes $c$ longer by $\theta$ at most.

*Together.* Let $u,v,\pi$ now be the sequences up to $T$. Twice the lemma: $\|u\|\le\theta\gamma\|v\|$ and $\|v\|\le\frac{v_0}{\sqrt{1-\rho^2}}+\theta L(\|\pi\|+\|u\|)$, hence $\delta\|v\|\le\frac{v_0}{\sqrt{1-\rho^2}}+\theta L\|\pi\|$. Sum the descent, with Cauchy and Schwarz:
$$ \Bigl(\frac1\gamma-\frac L2\Bigr)\|\pi\|^2\le\varphi(x_0)-\varphi_\star+\Bigl(\bigl(L+\tfrac1\gamma\bigr)\theta\gamma+1\Bigr)\|v\|\,\|\pi\|\le\varphi(x_0)-\varphi_\star+C\|\pi\|+B\|\pi\|^2 . $$
So $A\|\pi\|^2\le\varphi(x_0)-\varphi_\star+C\|\pi\|$, and $\|\pi\|$ is at most the larger root. $\square$

## How sharp it is

On the complete graph with one parabola for all the first step attains it at $\gamma L=1$. Four agents on a ring with equal losses have the ratio $0.92$ at $\gamma L=0.1$, and more for shorter steps.

## What is run

Gradient tracking on networks with convex losses and others, with $h$ and without. The measured $\varphi_\star$ is the least that the agents can do each for himself where there is an $h$: that is below $\varphi_\star$, and the claim is true with any lower bound.

## What must fail

$0.9$ of the bound; and the same claim about proximal decentralised gradient descent, $y_i=\nabla f^i(x_i)$, which does not come to rest at a point where $\pi=0$.

## Exercises

1. Set $\rho=0$. What does the theorem say about the proximal gradient method?
2. Why must $v_0$ be in the bound? Look at a start at the minimiser.
:*/

/* pi^2/gamma^2 of the state, added up; at the first step v_0^2. */
static int observe(rate_view *v)
{
	rate_run *run = v->run;
	size_t N = run->call->agents(run), d = run->d / N, block = run->nrep * run->ld;
	double gamma = v->c->param[gamma_], *ahead, *to, mean[256];
	const double *y;

	if (v->find(v, "y", &y) || d > 256)
		return (run->call->fail)(run, "no state `y`, or copies of more than 256 numbers");
	if (!(ahead = aligned_alloc(64, 2 * block * sizeof *ahead)))
		return RATE_FAIL;
	to = ahead + block;
	rate_copy(run, v->state[0], ahead);
	rate_axpy(run, -gamma, y, ahead);
	if (rate_prox(run, gamma, ahead, to)) {
		free(ahead);
		return RATE_FAIL;
	}
	for (size_t r = 0; r < run->nrep; r++) {
		double *kept = rate_acc(v, KEPT, r), size2;

		mean_of_agents(run, v->state[0], r, mean);
		for (size_t j = 0; j < run->d; j++)
			kept[SUM] += pow((to[r * run->ld + j] - mean[j % d]) / gamma, 2) / (double)N;
		if (v->t == 0)
			kept[SPREAD] = consensus2(run, y, r, &size2) / (double)N;
	}
	free(ahead);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);

		q[r] = v->t ? kept[SUM] / (double)v->t : 0;
		b[r] = v->t ? bound_of(v->c, (double)v->t, kept[SPREAD]) : INFINITY;
		s[r] = q[r];
	}
	return RATE_OK;
}

#define RING_4 "centres:b=0/0/0/0,start=3+agents:graph=ring"
SHARP(sharp,
	{ .objective = "quadratic:d=1,L=1+agents:n=4,graph=complete", .parameters = "gamma=1",
	  .note = "everybody talks to everybody", .steps = 1, .ratio = 1 },
	{ .objective = RING_4, .parameters = "gamma=0.1", .note = "four on a ring, one loss", .steps = 400,
	  .ratio = 0.916 },
	{ .objective = "centres:b=3/0/-3/0+l1:lambda=0.5+agents:graph=ring", .parameters = "gamma=0.1",
	  .note = "with |x|", .steps = 64 },
	{ .objective = "pl-sine+agents:n=3,graph=path", .parameters = "gamma=0.005",
	  .note = "a loss that is not convex", .steps = 64 })
CONTROL(control,
	{ .objective = "quadratic:d=1,L=1+agents:n=4,graph=complete", .parameters = "gamma=1",
	  .note = "0.9 of the bound", .steps = 1, .factor = 0.9 },
	{ .objective = RING_4, .parameters = "gamma=0.1", .note = "0.9 x 0.916 of the bound", .steps = 400,
	  .factor = 0.9 * 0.916 },
	{ .objective = "centres:b=3/0/-3/0+agents:graph=ring", .parameters = "gamma=0.5",
	  .note = "the agents' own gradients, without tracking", .steps = 2000,
	  .method = "gradient-tracking:tracking=0" })

/*: {.plumbing} :*/
static const rate_param params[] = { RATE_STEP_SIZE("1/gamma - L/2 > B and theta^2 gamma L < 1") };

/* The end of the range, by bisection. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double low = 0, high = 2 / c->L, E, delta;

	for (int k = 0; k < 60; k++) {
		double middle = (low + high) / 2;
		*(room(middle, c->L, c->need[RHO], &E, &delta) > 0 ? &low : &high) = middle;
	}
	param[gamma_] = fraction * low;
}

static const char *admissible(const rate_case *c)
{
	double E, delta;

	return c->param[gamma_] > 0 && room(c->param[gamma_], c->L, c->need[RHO], &E, &delta) > 0 ?
	    NULL : "1/gamma - L/2 > B and theta^2 gamma L < 1";
}

static const char *applies(const rate_case *c)
{
	return start_together(c, c->need[AGENTS]);
}

CLAIM(dprox_descent,
	.id = "dprox-descent", .chapter = "distributed", .title = "Decentralised proximal gradient tracking",
	.statement = "f^i L-smooth, h convex, one start, γ in the range of the text: (1/t) Σ_{s<t} π_s²/γ² ≤ "
	             "((C + √(C² + 4A(φ(x_0) − φ*)))/(2Aγ))²/t",
	.quantity = "(1/t) Σ_{s<t} π_s²/γ²", .formula = "((C + √(C² + 4AΔ))/(2Aγ))²/t",
	.source = "after Yan, Chen, Chen, Cui, Lu and Xu, Compressed decentralized proximal stochastic gradient "
	          "method for nonconvex composite problems with heterogeneous data, arXiv:2302.14252; the constants "
	          "are proved here",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND | RATE_OPEN_END, .method = "gradient-tracking",
	NEEDS("L", "network.rho", "network.agents", "F_star", "one term"), RANGE, .accumulators = KEPT, .power = 1,
	.applies = applies, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
