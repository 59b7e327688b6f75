/*:
# Two chains with the same randomness

Start stochastic Langevin steps at two points, with the same samples and the same normals. How fast do the chains meet? That is how fast the law forgets its start.

**Theorem.** Let $f=\frac1n\sum f_i$ with convex $L_i$-smooth $f_i$, let $f$ be $\mu$-strongly convex and $L_f$-smooth, $L_{\max}=\max L_i$, and for batches of $b$ terms
$$ L_b=\frac{n(b-1)L_f+(n-b)L_{\max}}{b\,(n-1)}\qquad(L_{\max}\text{ for }n=1). $$
Let $x_{t+1}=x_t-\gamma\nabla f_B(x_t)+\sqrt{2\gamma\tau}\,z_t$ and the same for $y_t$ with the same uniform subset $B$ and the same $z_t$, $0<\gamma\le\frac2{L_b}$. Then for every $t$
$$ \mathbb E\|x_t-y_t\|^2\;\le\;\bigl(1-\gamma\mu(2-\gamma L_b)\bigr)^t\,\|x_0-y_0\|^2 . $$

So the distance $W_2$ between the laws of $x_t$ and $y_t$ falls by the root of that factor, whatever the terms disagree about: no interpolation is asked for. Where the common limit lies is another question (page ula-gaussian).
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(batch) P(tau) P(apart)
#include "langevin.h"

/* L_b */
static double smoothness(const rate_case *c, double b)
{
	CONSTANTS(c);
	double n = (double)c->n;

	return n > 1 ? (n * (b - 1) * L + (n - b) * L_max) / (b * (n - 1)) : L;
}

FORMULA(bound, t, decay(gamma * mu * (2 - gamma * smoothness(c, batch)), t) * apart * apart)

/*:
## Proof

The noise cancels: with $\Delta=x_t-y_t$ and $d_i=\nabla f_i(x_t)-\nabla f_i(y_t)$, $d$ the mean of the $d_i$ and $d_B$ that over $B$,
$$ \mathbb E\|\Delta^+\|^2=\|\Delta\|^2-2\gamma\langle d,\Delta\rangle+\gamma^2\,\mathbb E\|d_B\|^2 . $$
*The batch.* Counting pairs, $\mathbb E\|d_B\|^2=\frac{n-b}{b(n-1)}\cdot\frac1n\sum\|d_i\|^2+\frac{n(b-1)}{b(n-1)}\|d\|^2$. Gradients of convex smooth functions are cocoercive, $\|d_i\|^2\le L_i\langle d_i,\Delta\rangle$ and $\|d\|^2\le L_f\langle d,\Delta\rangle$; so $\mathbb E\|d_B\|^2\le L_b\langle d,\Delta\rangle$.

Hence $\mathbb E\|\Delta^+\|^2\le\|\Delta\|^2-\gamma(2-\gamma L_b)\langle d,\Delta\rangle$, and $\langle d,\Delta\rangle\ge\mu\|\Delta\|^2$. $\square$

## How sharp it is

Attained at every $t$ by one parabola among terms that are $0$, for every batch and every step.

## What is run

The method `coupled-sgld` on strongly convex sums with single terms, and on what is no sum. On quadratics means are exact, samples and normals together.

## What must fail

$0.9$ of the bound; and $1-2\gamma\mu$ in the place of the factor.

## Exercises

1. Which $\gamma$ makes the factor least?
2. Why does this not say that the limit is the posterior?
3. Two chains with *independent* normals: what is $\mathbb E\|x_t-y_t\|^2$ in the limit, for a Gaussian target?
:*/

SHARP(sharp,
	{ .objective = "zero-or-L:p=7", .parameters = "gamma=1,batch=1,tau=1,apart=2", .steps = 64,
	  .note = "one parabola among seven: equality at every t", .ratio = 1 },
	{ .objective = "zero-or-L:p=7", .parameters = "gamma=2.5,batch=3,tau=0.1,apart=1", .steps = 64,
	  .note = "three at a time, a step beyond 1/L_b", .ratio = 1 },
	{ .objective = "outlier:p=5", .parameters = "gamma=0.5,batch=1,tau=1,apart=1", .steps = 16,
	  .note = "terms that disagree" })
CONTROL(control,
	{ .objective = "zero-or-L:p=7", .parameters = "gamma=1,batch=1,tau=1,apart=2", .steps = 64,
	  .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1,batch=1,tau=0,apart=1", .steps = 8,
	  .note = "1 - 2 gamma mu in the place of the factor", .factor = 0.3897443 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/L_b"),
	[batch_] = { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" },
	[tau_] = { "tau", RATE_REAL, "0", 0, 1e50, NULL, "temperature" },
	[apart_] = { "apart", RATE_REAL, "1", 1e-50, 1e50, NULL, "|x_0 - y_0|" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / smoothness(c, param[batch_]);
}

MUST(admissible, batch <= fmax((double)c->n, 1) && AT_MOST(gamma, 2 / smoothness(c, batch)),
     "0 < gamma <= 2/L_b, batch <= n")

static const char *applies(const rate_case *c)
{
	return c->n > 0 ? NULL : "stated for finite sums";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *x = v->state[0], *y;

	(void)b;
	if (v->find(v, "y", &y))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double sum = 0, size = 0;
		for (size_t j = r * v->run->ld; j < r * v->run->ld + v->run->d; j++) {
			sum += (x[j] - y[j]) * (x[j] - y[j]);
			size += x[j] * x[j] + y[j] * y[j];
		}
		q[r] = sum;
		s[r] = size;
	}
	return RATE_OK;
}

CLAIM(sgld_coupling,
	.id = "sgld-coupling", .chapter = "sampling", .title = "Two chains with the same randomness",
	.statement = "f_i convex, L_i-smooth, f μ-strongly convex, x_t and y_t with the same batches and normals, "
	             "0 < γ ≤ 2/L_b: E‖x_t − y_t‖² ≤ (1 − γμ(2 − γL_b))^t ‖x_0 − y_0‖²",
	.quantity = "E‖x_t − y_t‖²", .formula = "(1 − γμ(2 − γL_b))^t ‖x_0 − y_0‖²",
	.source = "classical for full gradients; proved in this file", .kind = RATE_EXPECTATION,
	.method = "coupled-sgld", NEEDS("convex", "mu", "L", "L_max", "x_star", "no composite"), RANGE,
	.applies = applies, .bound = bound, .transient = bound, .measure = measure, SHARP_AND_CONTROL)
