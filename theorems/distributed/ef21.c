/*:
# Error feedback repairs compression

Every agent sends a compressed vector at each step, of which all take the mean. Compressing the gradients themselves can fail (topk-diverges). EF21 compresses how they *change*.

**Theorem.** Let $f=\frac1N\sum f^i$ be $L$-smooth and bounded below, $f^i$ $L_i$-smooth, $\tilde L^2=\frac1N\sum L_i^2$, $\|C(v)-v\|\le b\|v\|$ with $b<1$, and
$$ 0<\gamma\le\frac2{L+\sqrt{L^2+4\bigl(b\tilde L/(1-b)\bigr)^2}} . $$
The method $x_{t+1}=x_t-\gamma\bar g_t$, $\bar g_t=\frac1N\sum_ig_i^t$, $g_i^{t+1}=g_i^t+C(\nabla f^i(x_{t+1})-g_i^t)$, from $g_i^0=\nabla f^i(x_0)$, satisfies at every $t\ge1$
$$ \frac1t\sum_{s<t}\|\nabla f(x_s)\|^2\;\le\;\frac{2\,(f(x_0)-f_\star)}{\gamma t} . $$

That is the bound of gradient descent; compression costs only the length of the step. The formula for $\gamma$ is the root of $\gamma L+\gamma^2\bigl(b\tilde L/(1-b)\bigr)^2\le1$ without cancellation.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(compress) P(by) P(k) P(bits)
#include "compress.h"

#include <stdlib.h>

enum { SMOOTH, L_RMS, AGENTS }; /* in the list of needs */

/* f(x_0) - f* is 1/N of that of the sum. */
FORMULA(bound, t, 2 * d0 / (c->need[AGENTS] * gamma * t))

/*:
## Proof

Let $E_t^2=\frac1N\sum_i\|g_i^t-\nabla f^i(x_t)\|^2$; $E_0=0$.

*The error.* $g_i^{t+1}-\nabla f^i(x_{t+1})=C(v)-v$ for $v=\nabla f^i(x_{t+1})-g_i^t$, so by the triangle inequality for root mean squares
$$ E_{t+1}\le b\bigl(E_t+\tilde L\|x_{t+1}-x_t\|\bigr)=b\bigl(E_t+\gamma\tilde L\|\bar g_t\|\bigr). $$
By the lemma on convolutions (dprox-descent, with $\rho=b$), $\sum_{s<t}E_s^2\le\bigl(\frac{b\tilde L}{1-b}\bigr)^2\gamma^2\sum_{s<t}\|\bar g_s\|^2$.

*The descent.* By the descent lemma and $-2\langle u,w\rangle=\|u-w\|^2-\|u\|^2-\|w\|^2$,
$$ f(x_{t+1})\le f(x_t)-\frac\gamma2\|\nabla f(x_t)\|^2-\frac\gamma2(1-\gamma L)\|\bar g_t\|^2+\frac\gamma2\|\bar g_t-\nabla f(x_t)\|^2, $$
and the last norm is at most $E_t$. Summed up, the terms with $\bar g$ are at most $-\frac\gamma2\bigl(1-\gamma L-\gamma^2(\frac{b\tilde L}{1-b})^2\bigr)\sum\|\bar g_s\|^2\le0$, and what is left is the claim. $\square$

## How sharp it is

Without compression one step of length $\frac1L$ on a parabola attains it. With $C(v)=(1-b)v$ and the longest step the ratio is 0.95, 0.82, 0.68, 0.55 for $b=0.3,0.5,0.7,0.9$.

## What is run

EF21 on the networks of the suite and on parabolas, with scaling, the largest entries, and few bits.

## What must fail

$0.9$ of the bound without compression, and $0.9\times0.949$ at $b=0.3$; a step of $\frac{1.2}L$ at $b=0.9$.

## Exercises

1. The literature asks for $\gamma\bigl(L+\frac{b\tilde L}{1-b}\bigr)\le1$. Show that this implies the range above.
2. Which $b$ has the choice of the $k$ largest of $d$ entries? How long may the steps be for $k\ll d$?
:*/

/* |mean of the agents' gradients|^2 */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	size_t N = run->call->agents(run), d = run->d / N;
	double *g = aligned_alloc(64, run->nrep * run->ld * sizeof *g);
	int rc = !g || rate_gradient(run, v->state[0], g) ? RATE_FAIL : RATE_OK;

	(void)b;
	for (size_t r = 0; r < run->nrep && rc == RATE_OK; r++) {
		q[r] = s[r] = 0;
		for (size_t j = 0; j < d; j++) {
			double mean = 0, size = 0;

			for (size_t i = 0; i < N; i++) {
				mean += g[r * run->ld + i * d + j] / (double)N;
				size += fabs(g[r * run->ld + i * d + j]) / (double)N;
			}
			q[r] += mean * mean;
			s[r] += size * size;
		}
	}
	free(g);
	return rc;
}

#define ONE "quadratic:d=1,L=1+agents:n=2"
SHARP(sharp,
	{ .objective = ONE, .parameters = "gamma=1,by=1", .note = "nothing compressed, one step", .steps = 1,
	  .ratio = 1 },
	{ .objective = ONE, .parameters = "by=0.7", .note = "b = 0.3, the longest step", .steps = 1000,
	  .ratio = 0.949 },
	{ .objective = ONE, .parameters = "by=0.1", .note = "b = 0.9, the longest step", .steps = 1000,
	  .ratio = 0.553 },
	{ .objective = "squares:a=-3/2/2/2/-3/2/2/2/-3,d=3,ridge=0.25,start=1+agents", .parameters = "compress=top,k=1",
	  .note = "where compressed gradients diverge" })
CONTROL(control,
	{ .objective = ONE, .parameters = "gamma=1,by=1", .note = "0.9 of the bound", .steps = 1, .factor = 0.9 },
	{ .objective = ONE, .parameters = "by=0.7", .note = "0.9 x 0.949 of the bound", .steps = 1000,
	  .factor = 0.9 * 0.949 },
	{ .objective = ONE, .parameters = "gamma=1.2,by=0.1", .note = "a step of 1.2/L at b = 0.9", .steps = 50 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma L + (gamma b L_rms/(1 - b))^2 <= 1"),
	COMPRESSOR_ROWS,
};

static double longest(const rate_case *c)
{
	const double *p = c->param, l = c->need[SMOOTH];
	double b = contraction((int)p[compress_], p[by_], p[k_], p[bits_], (double)c->d / c->need[AGENTS]);

	return 2 / (l + sqrt(l * l + 4 * pow(b * c->need[L_RMS] / (1 - b), 2)));
}

static void choose(const rate_case *c, double fraction, double *param)
{
	rate_case with = *c;

	with.param = param;
	param[gamma_] = fraction * longest(&with);
}

static const char *admissible(const rate_case *c)
{
	double by = c->param[by_];

	if (c->param[compress_] == 0 && !(by > 0 && by < 2))
		return "b < 1: 0 < by < 2";
	return AT_MOST(c->param[gamma_], longest(c)) ? NULL : "gamma L + (gamma b L_rms/(1 - b))^2 <= 1";
}

static const char *applies(const rate_case *c)
{
	return start_together(c, c->need[AGENTS]);
}

CLAIM(ef21,
	.id = "ef21", .chapter = "distributed", .title = "Compressed gradients with error feedback",
	.statement = "‖C(v) − v‖ ≤ b‖v‖, γL + (γbL̃/(1 − b))² ≤ 1: (1/t) Σ_{s<t} ‖∇f(x_s)‖² ≤ 2(f(x_0) − f*)/(γt)",
	.quantity = "(1/t) Σ_{s<t} ‖∇f(x_s)‖²", .formula = "2(f(x_0) − f*)/(γt)",
	.source = "Richtarik, Sokolov and Fatkhullin, EF21, arXiv:2106.05203; the range of steps is proved here",
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS, .method = "ef21",
	NEEDS("network.L", "network.L_rms", "network.agents", "f_star", "one term"), RANGE, .power = 1,
	.applies = applies, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
