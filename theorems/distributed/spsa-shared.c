/*:
# Machines that exchange one number a step

$N$ machines share their seeds. Each draws signs $u_j$, measures the slope $p_j=\langle\nabla f^j(x),u_j\rangle$ of its own loss along them, by two values of $f^j$ or by forward differentiation, and sends $p_j$, rounded to a byte. As everybody can draw everybody's signs, all make the step
$$ x\leftarrow x-\frac\gamma N\sum_jQ(p_j)\,u_j . $$
A gradient has been told in $N$ bytes, whatever the dimension. What does it cost?

**Theorem.** Let $f^j(x)=\frac12\langle x-c_j,H(x-c_j)\rangle$ with one $H$, $\mu I\preceq H\preceq LI$, $f=\frac1N\sum f^j$ with its minimiser $x_\star$, $\sigma_\star^2=\frac1N\sum\|\nabla f^j(x_\star)\|^2$, and let the rounding be unbiased with $\mathbb E(Q(p)-p)^2\le\omega p^2$. With $k=d(1+\omega)-1$ and
$$ r=\max_{h\in\{\mu,L\}}\Bigl(1-2\gamma h+\gamma^2h^2\bigl(1+\tfrac kN\bigr)\Bigr)<1,\qquad\text{for every }t:\quad
\mathbb E\|x_t-x_\star\|^2\;\le\;r^t\|x_0-x_\star\|^2+\frac{\gamma^2k\sigma_\star^2}N\cdot\frac{1-r^t}{1-r} . $$

With $\mu=L$ the best step has $r=1-\frac1{1+k/N}$: as many machines as dimensions make up for the one number.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(bits)
#include "network.h"

#include <stdlib.h>

enum { AGENTS, G2, MOST = 12 }; /* in the list of needs; signs that are enumerated */

/* d(1 + omega) - 1 */
static double excess(const rate_case *c)
{
	LETTERS(c);
	double omega = bits < 0 ? 0 : 1 / (4 * exp2(bits) * (exp2(bits) + 1));

	return (double)c->d / c->need[AGENTS] * (1 + omega) - 1;
}

/* 1 - r */
static double shrinks(const rate_case *c)
{
	LETTERS(c);
	double spread = 1 + excess(c) / c->need[AGENTS];

	return fmin(gamma * mu * (2 - gamma * mu * spread), gamma * L * (2 - gamma * L * spread));
}

/* gamma^2 k sigma^2/N */
static double noise(const rate_case *c)
{
	LETTERS(c);

	return gamma * gamma * excess(c) * c->need[G2] / (c->need[AGENTS] * c->need[AGENTS]);
}

FORMULA(transient, t, decay(shrinks(c), t) * D2 / c->need[AGENTS])
FORMULA(bound, t, transient(c, t) + noise(c) * decay_sum(shrinks(c), t))

/*:
## Proof

For signs $\mathbb E\,uu'=I$, so $\mathbb E\,pu=g$ for $p=\langle g,u\rangle$, and $\mathbb E\|Q(p)u\|^2=d\,\mathbb EQ(p)^2\le d(1+\omega)\|g\|^2$. Write $g_j=\nabla f^j(x)$, $\bar g=\nabla f(x)$. The machines are independent, so the step has the mean $\bar g$ and
$$ \mathbb E\Bigl\|\frac1N\sum_jQ(p_j)u_j\Bigr\|^2\le\|\bar g\|^2+\frac{d(1+\omega)-1}{N^2}\sum_j\|g_j\|^2=\|\bar g\|^2+\frac kN\Bigl(\|\bar g\|^2+\sigma_\star^2\Bigr), $$
since $g_j=\bar g+\nabla f^j(x_\star)$ and the last vectors have mean 0. With $e=x-x_\star$, $\bar g=He$, one step has
$$ \mathbb E\|e^+\|^2\le\|e\|^2-2\gamma\langle e,He\rangle+\gamma^2\bigl(1+\tfrac kN\bigr)\|He\|^2+\frac{\gamma^2k\sigma_\star^2}N , $$
and $1-2\gamma h+\gamma^2h^2(1+\frac kN)$ is convex in $h$: the ends of $[\mu,L]$ are the worst. $\square$

## How sharp it is

An equality for $H=hI$ without rounding. One byte ($m=3$ bits of mantissa, $\omega=\frac1{288}$) changes next to nothing.

## What is run

The method, sampled; and one step with all signs and all outcomes of the rounding, exactly.

## What must fail

The bound that forgets the dimension, $k=0$; $N^2$ in the place of $N$; $0.9$ of the exact step.

## Exercises

1. Draw normal vectors instead of signs. What is $\mathbb E\|pu\|^2$?
2. How many bits of mantissa keep $1+\omega$ below $1.01$?
:*/

/* Of one machine: all agree. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] /= v->c->need[AGENTS];
		s[r] /= v->c->need[AGENTS];
	}
	return RATE_OK;
}

/* The variance of rounding p to so many bits. */
static double lost(double p, double bits)
{
	double unit, up;

	if (bits < 0 || p == 0)
		return 0;
	unit = ldexp(1, ilogb(p) - (int)bits);
	if (unit == 0)
		return 0;
	up = fabs(p) / unit - floor(fabs(p) / unit);
	return up * (1 - up) * unit * unit;
}

/* All signs; what rounding adds is independent of them in the mean, machine by machine. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const rate_case *c = p->c;
	size_t N = (size_t)c->need[AGENTS], d = c->d / N, all = N * d;
	double share = c->param[gamma_] / (double)N, dist2 = 0, slopes = 0, mean[MOST];
	double *x = aligned_alloc(64, 2 * p->run->ld * sizeof *x), *g = x ? x + p->run->ld : NULL;

	/* all copies are the mean of those of the point */
	mean_of_agents(p->run, p->x[0], 0, mean);
	for (size_t k = 0; x && k < p->run->ld; k++)
		x[k] = k < all ? mean[k % d] : 0;
	if (!x || rate_gradient(p->run, x, g)) {
		free(x);
		return RATE_FAIL;
	}
	*left = 0;
	for (unsigned pattern = 0; pattern < 1u << all; pattern++) {
		double to[MOST], extra = 0;

		for (size_t k = 0; k < d; k++)
			to[k] = x[k] - c->x_star[k];
		for (size_t j = 0; j < N; j++) {
			double slope = 0;

			for (size_t k = 0; k < d; k++)
				slope += (pattern >> (j * d + k) & 1 ? -1 : 1) * g[j * d + k];
			for (size_t k = 0; k < d; k++)
				to[k] -= share * slope * (pattern >> (j * d + k) & 1 ? -1 : 1);
			extra += share * share * (double)d * lost(slope, c->param[bits_]);
		}
		for (size_t k = 0; k < d; k++)
			extra += to[k] * to[k];
		*left += extra / (double)(1u << all);
	}
	/* the slopes do not vanish where their mean does */
	for (size_t k = 0; k < all; k++)
		slopes += fabs(g[k]);
	free(x);
	*s = 0;
	for (size_t k = 0; k < d; k++) {
		dist2 += pow(mean[k] - c->x_star[k], 2);
		*s += pow(fabs(mean[k]) + fabs(c->x_star[k]) + share * slopes, 2);
	}
	*right = (1 - shrinks(c)) * dist2 + noise(c);
	return RATE_OK;
}

#define SAME "saddle:h=1.3/1.3/1.3,b=1/-1,start=1/2/-1+agents" /* two machines, H = 1.3 I */
#define ALONE "saddle:h=1/1/1/1/1/1,b=0/0,start=1+agents"
SHARP(sharp,
	{ .objective = SAME, .parameters = "gamma=0.2,bits=-1", .note = "two machines in R^3, no rounding", .steps = 24,
	  .ratio = 1 },
	{ .objective = SAME, .parameters = "gamma=0.2,bits=3", .note = "one byte", .steps = 24 })
CONTROL(control,
	{ .objective = ALONE, .parameters = "gamma=0.28571428571428575,bits=-1",
	  .note = "without the dimension: 0.714 of the bound at t = 1", .steps = 1, .factor = 0.714 },
	{ .objective = SAME, .parameters = "gamma=0.2,bits=-1", .note = "0.7 of the bound", .steps = 24,
	  .factor = 0.7 })
SHARP(sharp_step,
	{ .objective = SAME, .parameters = "gamma=0.2,bits=-1", .note = "H = 1.3 I, no rounding: equality",
	  .ratio = 1 },
	{ .objective = SAME, .parameters = "gamma=0.2,bits=3", .note = "one byte" },
	{ .objective = "saddle:h=1/2/3,b=1/-1/0,start=1+agents:graph=path", .parameters = "gamma=0.1,bits=0",
	  .note = "three machines, powers of two" })
CONTROL(control_step,
	{ .objective = SAME, .parameters = "gamma=0.2,bits=-1", .note = "0.9 of the bound", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma L (1 + k/N) < 2"),
	[bits_] = { "bits", RATE_INTEGER, "3", -1, 20, NULL, "bits of mantissa that are sent; -1: all" },
};

static double longest(const rate_case *c)
{
	return 2 / (c->L * (1 + excess(c) / c->need[AGENTS]));
}

static void choose(const rate_case *c, double fraction, double *param)
{
	rate_case with = *c;

	with.param = param;
	param[gamma_] = fraction * longest(&with) / 2;
}

MUST(admissible, gamma > 0 && gamma < longest(c), "gamma L (1 + k/N) < 2")

static const char *applies(const rate_case *c)
{
	return start_together(c, c->need[AGENTS]);
}

static const char *applies_step(const rate_case *c)
{
	return c->d <= MOST ? NULL : "all signs of N d <= 12 numbers are gone through";
}

#define MACHINES NEEDS("network.agents", "network.g2", "network.common", "L", "mu", "x_star", "one term"), RANGE

CLAIM(spsa_shared,
	.id = "spsa-shared", .chapter = "distributed", .title = "Machines that exchange one number a step",
	.statement = "f^j quadratic with one H, μI ≤ H ≤ LI, k = d(1+ω) − 1, r = max over h ∈ {μ, L} of "
	             "1 − 2γh + γ²h²(1 + k/N) < 1: E‖x_t − x*‖² ≤ r^t D² + (γ²kσ*²/N)(1 − r^t)/(1 − r)",
	.quantity = "E‖x_t − x*‖²", .formula = "r^t D² + (γ²kσ*²/N)(1 − r^t)/(1 − r)",
	.source = "the method of Zelikman, Huang, Liang, Haber and Goodman, Just one byte (per gradient), "
	          "arXiv:2306.10015; the bound is proved here",
	.kind = RATE_EXPECTATION, .method = "shared-spsa", MACHINES, .applies = applies, .bound = bound,
	.transient = transient, .measure = measure, SHARP_AND_CONTROL)

CLAIM(spsa_step,
	.id = "spsa-step", .chapter = "distributed", .title = "One step of machines that exchange one number",
	.statement = "the same for one step from any x, over all signs and all outcomes of the rounding",
	.quantity = "E‖x⁺ − x*‖²", .formula = "r‖x − x*‖² + γ²kσ*²/N", .source = OWN,
	.kind = RATE_DETERMINISTIC, MACHINES, .points = 1, .applies = applies_step, .evaluate = evaluate,
	.sharp = sharp_step, .control = control_step)
