/*:
# Decentralised gradient descent stalls, and where

$N$ agents, each with a loss $f^i$ and a copy $x_i$ of the variable, average with their neighbours and step along their own gradients. They come near the common minimiser. How near?

Write $X=(x_1,\dots,x_N)$ for all copies, $F(X)=\sum_if^i(x_i)$, and $WX$ for the copies $\sum_jW_{ij}x_j$, where $W$ is symmetric with rows of sum 1 and eigenvalues $1=\lambda_1>\lambda_2\ge\dots\ge\lambda_N>-1$. $\mathbf1x$ are copies that all are $x$.

**Theorem.** Let every $f^i$ be $\mu$-strongly convex and $L$-smooth, $\kappa=L/\mu$, $x_\star$ the minimiser of $\sum_if^i$, $g^2=\sum_i\|\nabla f^i(x_\star)\|^2$, and $0<\gamma\le\frac{1+\lambda_N}{L+\mu}$. Let $b=\min(b_1,b_2)$ with
$$ u_0=\frac{\gamma g}{1-\lambda_2+\gamma\mu},\qquad b_1=u_0\sqrt{1+\bigl(\tfrac{\kappa-1}2\bigr)^2},\qquad b_2=\begin{cases}u_0&\text{if }\gamma\mu\ge1-\lambda_2,\\[2pt]\frac g2\sqrt{\frac\gamma{\mu(1-\lambda_2)}}&\text{else.}\end{cases} $$
From any start the points $X_{t+1}=WX_t-\gamma\nabla F(X_t)$ satisfy for every $t\ge0$
$$ \|X_t-\mathbf1x_\star\|\;\le\;(1-\gamma\mu)^t\bigl(\|X_0-\mathbf1x_\star\|+b\bigr)+b . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "network.h"

enum { LAMBDA_2 = 3, LAMBDA_N, G2 }; /* in the list of needs */

static double bias(const rate_case *c)
{
	LETTERS(c);
	double gap = 1 - c->need[LAMBDA_2], g = sqrt(c->need[G2]), half = (L / mu - 1) / 2;
	double u0 = gamma * g / (gap + gamma * mu);

	return fmin(u0 * sqrt(1 + half * half), gamma * mu >= gap ? u0 : g / 2 * sqrt(gamma / (mu * gap)));
}

/* The part that forgets the start. */
FORMULA(forgets, t, decay(gamma *mu, t) * (sqrt(D2) + bias(c)))

/*: The program measures squares: :*/
FORMULA(bound, t, pow(forgets(c, t) + bias(c), 2))
FORMULA(transient, t, forgets(c, t) * (forgets(c, t) + 2 * bias(c)))

/*:
**Theorem (it does not come nearer).** Under the same hypotheses, for every $t\ge0$,
$$ \|X_t-\mathbf1x_\star\|\;\ge\;\frac{\gamma g}{1-\lambda_N+\gamma L}-(1-\gamma\mu)^t\bigl(\|X_0-\mathbf1x_\star\|+b\bigr) . $$

So a constant step leaves an error of the order of $\gamma$ whenever the agents disagree at $x_\star$, on every graph.
:*/

FORMULA(below, t, pow(fmax(gamma *sqrt(c->need[G2]) / (1 - c->need[LAMBDA_N] + gamma * L) - forgets(c, t), 0), 2))

/*:
## Proof

*A descent in disguise.* A step is a gradient step of length 1 on $\Phi(X)=\frac12\langle X,(I-W)X\rangle+\gamma F(X)$, which is $\gamma\mu$-strongly convex and $(1-\lambda_N+\gamma L)$-smooth. Such a step brings any two points together by the factor $\max(1-\gamma\mu,\ \gamma L-\lambda_N)$, which is $1-\gamma\mu$ by the hypothesis on $\gamma$. So with $X^\gamma$ the minimiser of $\Phi$
$$ \|X_t-X^\gamma\|\le(1-\gamma\mu)^t\|X_0-X^\gamma\|. $$
It is enough to show $\frac{\gamma g}{1-\lambda_N+\gamma L}\le\|d\|\le b$ for $d=X^\gamma-\mathbf1x_\star$; the rest is the triangle inequality, twice.

*Where the minimiser is.* $\nabla\Phi(X^\gamma)=0$ and $(I-W)\mathbf1x_\star=0$, so with $G_\star=\nabla F(\mathbf1x_\star)$, of length $g$,
$$ (I-W)d+\gamma\bigl(\nabla F(X^\gamma)-\nabla F(\mathbf1x_\star)\bigr)=-\gamma G_\star. \tag{1} $$
The left side is at most $(1-\lambda_N+\gamma L)\|d\|$ long: the lower bound.

*The disagreement.* Let $J$ average over the agents, $u=(I-J)d$. The mean of $G_\star$ over the agents is 0, so $\langle G_\star,d\rangle=\langle G_\star,u\rangle$, and (1) times $d$ gives
$$ (1-\lambda_2)\|u\|^2+\gamma\mu\|d\|^2\;\le\;\gamma g\|u\|. \tag{2} $$
As $\|d\|\ge\|u\|$, this says $\|u\|\le u_0$.

*First bound.* The mean over the agents of (1) is $\sum_i\nabla f^i(x_i^\gamma)=0$. Let $\bar x$ be the mean of the $x^\gamma_i$ and $u_i=x_i^\gamma-\bar x$. The maps $x\mapsto\nabla f^i(x)-\frac{L+\mu}2x$ are $\frac{L-\mu}2$-Lipschitz, and $\sum u_i=0$, so
$$ N\mu\|\bar x-x_\star\|\le\Bigl\|\sum_i\nabla f^i(\bar x)\Bigr\|=\Bigl\|\sum_i\bigl(\nabla f^i(\bar x)-\nabla f^i(x_i^\gamma)\bigr)\Bigr\|\le\tfrac{L-\mu}2\sum_i\|u_i\|\le\tfrac{L-\mu}2\sqrt N\|u\| .$$
Hence $\sqrt N\|\bar x-x_\star\|\le\frac{\kappa-1}2\|u\|$, and $\|d\|^2=\|u\|^2+N\|\bar x-x_\star\|^2\le b_1^2$.

*Second bound.* By (2), $\gamma\mu\|d\|^2\le\gamma g\|u\|-(1-\lambda_2)\|u\|^2$, a parabola in $\|u\|\le u_0$. Its vertex $\frac{\gamma g}{2(1-\lambda_2)}$ is at most $u_0$ if and only if $\gamma\mu\le1-\lambda_2$, and the value there is $\frac{\gamma^2g^2}{4(1-\lambda_2)}$; else the largest value is that at $u_0$, which is $\gamma\mu u_0^2$. So $\|d\|\le b_2$. $\square$

## How sharp they are

With equal curvatures and targets along the eigenvector of $\lambda_2$ the limit is attained, and along that of $\lambda_N$ the lower bound is. For $\kappa=50$ and two agents who hardly talk $b_2$ is attained to one percent, where $b_1$ is 23 times too large.

## What is run

Least squares and parabolas of both signs of data on rings, paths and stars.

## What must fail

$0.9$ of the first bound; the first bound times $1/t$, as if the points converged; a step of more than $1+\lambda_N$ over the curvature; and the second claim about gradient tracking, which finds $x_\star$.

## Exercises

1. All $f^i(x)=\frac h2(x-c_i)^2$. Find the limit in the eigenvectors of $W$.
2. How does the error grow with the number of agents on a path, for small $\gamma$?
3. *Compute.* Halve the step: `ratecheck verify dgd-neighbourhood:gamma=0.1 --objective centres:b=1/-1/1/-1/1/-1+agents --steps 400`, then with `gamma=0.05`. What becomes of the error, and why is the bound so far off here?
:*/

#define RING_2 "centres:b=2/1/-1/-2/-1/1+agents:graph=ring" /* along the eigenvector of lambda_2 = 2/3 */
#define RING_N "centres:b=1/-1/1/-1/1/-1+agents:graph=ring" /* along that of lambda_N = -1/3 */
#define HARDLY "broken-line:n=2,slopes=1/50,tilt=-1/1,start=0+agents:weight=0.01" /* kappa = 50 */

SHARP(sharp,
	{ .objective = RING_2, .parameters = "gamma=0.1", .note = "six on a ring, targets along the slow vector",
	  .steps = 400, .ratio = 1, .deep_ratio = 1 },
	{ .objective = HARDLY, .parameters = "gamma=0.01", .note = "two who hardly talk, curvatures 1 and 50",
	  .steps = 2000, .ratio = 0.9807, .deep_ratio = 0.9807 })
CONTROL(control,
	{ .objective = RING_2, .parameters = "gamma=0.1", .note = "0.9 of the bound", .steps = 400, .factor = 0.9 },
	{ .objective = RING_2, .parameters = "gamma=0.1", .note = "the bound times 1/t: it would arrive", .steps = 400,
	  .power = 1 },
	{ .objective = RING_N, .parameters = "gamma=0.7", .note = "1.05 times (1 + lambda_N)/L: it leaves",
	  .steps = 300 })
SHARP(sharp_below,
	{ .objective = RING_N, .parameters = "gamma=0.1", .note = "six on a ring, targets along the alternating vector",
	  .steps = 400, .ratio = 1 })
CONTROL(control_below,
	{ .objective = RING_N, .parameters = "gamma=0.1", .note = "the bound divided by 0.9", .steps = 400,
	  .factor = 1 / 0.9 },
	{ .objective = RING_N, .parameters = "gamma=0.1", .note = "gradient tracking arrives", .steps = 400,
	  .method = "gradient-tracking" })

/*: {.plumbing} :*/
STEP(gamma, (1 + c->need[LAMBDA_N]) / (L + mu), "0 < gamma <= (1 + lambda_N)/(L + mu)")
NUMBER(factor, 1 - gamma * mu)

#define NETWORK \
	.method = "dgd", \
	NEEDS("x_star", "L", "mu", "network.lambda_2", "network.lambda_n", "network.g2", "one term"), RANGE

CLAIM(dgd_neighbourhood,
	.id = "dgd-neighbourhood", .chapter = "distributed", .title = "Decentralised gradient descent",
	.statement = "f^i μ-strongly convex, L-smooth, 0 < γ ≤ (1 + λ_N)/(L + μ), b as in the text: "
	             "‖X_t − 1x*‖ ≤ (1 − γμ)^t (‖X_0 − 1x*‖ + b) + b",
	.quantity = "‖X_t − 1x*‖²", .formula = "((1 − γμ)^t (D + b) + b)²",
	.source = "after Yuan, Ling and Yin, On the convergence of decentralized gradient descent, arXiv:1310.7063; "
	          "the constants are proved here",
	.kind = RATE_DETERMINISTIC, NETWORK, .bound = bound, .transient = transient, .factor = factor,
	.measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(dgd_bias,
	.id = "dgd-bias", .chapter = "distributed", .title = "Decentralised gradient descent does not arrive",
	.statement = "f^i μ-strongly convex, L-smooth, 0 < γ ≤ (1 + λ_N)/(L + μ), b as in the text: "
	             "‖X_t − 1x*‖ ≥ γg/(1 − λ_N + γL) − (1 − γμ)^t (‖X_0 − 1x*‖ + b)",
	.quantity = "‖X_t − 1x*‖²", .formula = "(γg/(1 − λ_N + γL) − (1 − γμ)^t (D + b))²", .source = OWN,
	.kind = RATE_NON_CONVERGENCE, NETWORK, .bound = below, .measure = rate_measure_dist2, .sharp = sharp_below,
	.control = control_below)
