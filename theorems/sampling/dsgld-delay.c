/*:
# Rare communication samples the wrong law

Langevin steps on data that lie on several machines: one machine is asked, makes $K$ steps with its own data, and hands the point on. Large $K$ saves messages. What does it cost?

**Theorem.** Let $f=\frac1n\sum f_s$, $f_s(x)=\frac L2\|x-c_s\|^2+\text{const}$ on $\mathbb R^d$, $\bar c$ the mean of the $c_s$, $0<\gamma L<2$, $\rho=1-\gamma L$. A round draws $s$ uniformly and makes $K$ steps
$$ x\leftarrow x-\gamma v_s(x)+\sqrt{2\gamma\tau}\,z $$
with fresh standard normal $z$. After $t$ rounds:

(dsgld-delay) with $v_s=\nabla f_s$
$$ \mathbb E\|x_t-\bar c\|^2=\rho^{2Kt}\|x_0-\bar c\|^2+V(1-\rho^{2Kt}),\qquad V=\frac{\tau d}{L(1-\gamma L/2)}+\frac{1-\rho^K}{1+\rho^K}\cdot\frac1n\sum_s\|c_s-\bar c\|^2 ; $$
(dsgld-surrogates) with the surrogates of page conducive-gradient, linear and made at $x_0$, $v_s(x)=\nabla f_s(x)-\nabla f_s(x_0)+\nabla f(x_0)$, the same without the last term, for every $K$.

The first term of $V$ is that of plain Langevin steps. The second is the price of silence: for short steps it is $\tanh(\frac{\gamma LK}2)$ times the variance of the centres, and as $K\to\infty$ all of it: a mixture of the local laws in the place of their product.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(local) P(tau)
#include "langevin.h"

enum { BETWEEN }; /* sigma_F2 is the first of the needs: L^2 times the variance of the centres */

static double moment(const rate_case *c, double t, double between)
{
	LETTERS(c);
	double u = gamma * L, kept = power_of(u, local), left = decay_squared(u, local * t);

	return left * D2 + (1 - left) * (tau * (double)c->d / (L * (1 - u / 2)) +
	                                 (1 - kept) / (1 + kept) * between / (L * L));
}

FORMULA(bound, t, moment(c, t, c->need[BETWEEN]))
FORMULA(bound_with, t, moment(c, t, 0))

/*:
## Proof

$K$ steps on $f_s$ are $x\leftarrow\rho^Kx+(1-\rho^K)c_s+\zeta$, where $\zeta$ has the mean square $2\gamma\tau d\,\frac{1-\rho^{2K}}{1-\rho^2}$. With $e_t=x_t-\bar c$ the cross terms have mean $0$, since the $c_s-\bar c$ add up to $0$:
$$ \mathbb E\|e_{t+1}\|^2=\rho^{2K}\,\mathbb E\|e_t\|^2+(1-\rho^K)^2\,\frac1n\sum\|c_s-\bar c\|^2+2\gamma\tau d\,\frac{1-\rho^{2K}}{1-\rho^2} . $$
The fixed point: divide by $1-\rho^{2K}=(1-\rho^K)(1+\rho^K)$, and $1-\rho^2=\gamma L(2-\gamma L)$. With the surrogates $v_s(x)=L(x-\bar c)$ for every $s$. $\square$

## How sharp it is

Laws. dsgld-delay-below tests the first from below.

## What is run

The method `dsgld` on sums whose terms have one and the same curvature, exactly: a round draws one of $n$ terms and up to $16d$ normals.

## What must fail

The law of $K=1$ claimed for $K=10$, from above; the plain method in the place of that with surrogates; and one percent off.

## Exercises

1. Two centres at $\pm C$, $\tau=1$, and a short step. For which $K$ is the variance at most $10\%$ too large?
2. Let the curvatures differ, $f_s=\frac{L_s}2(x-c_s)^2$. Where is the mean of the limit?
3. Why are linear surrogates exact here? For which losses would they not be?
:*/

#define TWO "centres:b=-2/2,start=1"
SHARP(sharp,
	{ .objective = TWO, .parameters = "gamma=0.05,local=10,tau=1", .steps = 64, .note = "ten steps a round",
	  .ratio = 1, .deep_ratio = 1 },
	{ .objective = "centres:b=-3/0/9,start=0", .parameters = "gamma=1.5,local=3,tau=0.1", .steps = 32,
	  .note = "three centres, to and fro", .ratio = 1 })
CONTROL(control,
	{ .objective = "centres:b=-2/2", .parameters = "gamma=0.05,local=10,tau=1", .steps = 64,
	  .note = "the law of K = 1", .factor = 0.5557 },
	{ .objective = TWO, .parameters = "gamma=0.05,local=10,tau=1", .steps = 64, .note = "one percent less",
	  .factor = 0.99 })
CONTROL(control_below,
	{ .objective = TWO, .parameters = "gamma=0.05,local=10,tau=1", .steps = 64, .note = "one percent more",
	  .factor = 1.01 },
	{ .objective = TWO, .parameters = "gamma=0.05,local=10,tau=1", .steps = 64,
	  .note = "surrogates: a narrower law", .method = "dsgld:conducive=1" })
CONTROL(control_with,
	{ .objective = TWO, .parameters = "gamma=0.05,local=10,tau=1", .steps = 64, .note = "no surrogates",
	  .method = "dsgld:conducive=0" },
	{ .objective = TWO, .parameters = "gamma=0.05,local=10,tau=1", .steps = 64, .note = "one percent less",
	  .factor = 0.99 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L"),
	[local_] = { "local", RATE_INTEGER, "4", 1, 16, NULL, "K, steps of a round" },
	[tau_] = { "tau", RATE_REAL, "1", 0, 1e50, NULL, "temperature" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (2 * c->L);
}

MUST(admissible, gamma > 0 && gamma * L < 2 && local >= 1 && local <= 16, "0 < gamma < 2/L, 1 <= local <= 16")

/* Centres that come in with a term go out with its surrogate, but for what rounds of them: eps gamma |grad f_s| in a
 * step, which later steps forget like the start. */
static int measure_with(rate_view *v, double *q, double *s, double *b)
{
	const rate_case *c = v->c;
	LETTERS(c);
	double u = gamma * L, far = sqrt((double)c->n * c->need[BETWEEN]) / L + sqrt(D2);
	double off = far * u / fmin(u, 2 - u);

	if (rate_measure_dist2(v, q, s, b))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] += 2 * fmax(sqrt(q[r]), 64 * 0x1p-52 * off) * off;
	return RATE_OK;
}

static const char *applies(const rate_case *c)
{
	return c->n > 0 && c->mu > 0 && c->mu == c->L_max ? NULL : "stated for terms that share one curvature";
}

#define DELAY_CLAIM \
	.chapter = "sampling", .quantity = "E‖x_t − c̄‖²", \
	.source = "the methods of Ahn, Shahbaba and Welling 2014 and of el Mekkaoui, Mesquita, Blomstedt and " \
	          "Kaski, " \
	          "Federated stochastic gradient Langevin dynamics, UAI 2021; proved in this file", \
	NEEDS("sigma_F2", "L", "mu", "L_max", "x_star", "no composite"), .applies = applies, RANGE, \
	.sharp = sharp

CLAIM(dsgld_delay,
	.id = "dsgld-delay", .title = "Rare communication samples the wrong law", DELAY_CLAIM,
	.statement = "f_s = L‖x − c_s‖²/2, K local Langevin steps a round, ρ = 1 − γL: "
	             "E‖x_t − c̄‖² = ρ^(2Kt) D² + V(1 − ρ^(2Kt)), "
	             "V = τd/(L(1 − γL/2)) + (1 − ρ^K)/(1 + ρ^K) Var(c_s); from above",
	.formula = "ρ^(2Kt) D² + V(1 − ρ^(2Kt))", .kind = RATE_EXPECTATION, .method = "dsgld:conducive=0",
	.measure = rate_measure_dist2, .bound = bound, .control = control)

CLAIM(dsgld_delay_below,
	.id = "dsgld-delay-below", .title = "Rare communication, from below", DELAY_CLAIM,
	.statement = "as for dsgld-delay: E‖x_t − c̄‖² ≥ ρ^(2Kt) D² + V(1 − ρ^(2Kt))",
	.formula = "ρ^(2Kt) D² + V(1 − ρ^(2Kt))", .kind = RATE_LOWER_BOUND, .method = "dsgld:conducive=0",
	.measure = rate_measure_dist2, .bound = bound, .control = control_below)

CLAIM(dsgld_surrogates,
	.id = "dsgld-surrogates", .title = "Rare communication with surrogates", DELAY_CLAIM,
	.statement = "as for dsgld-delay with v_s = ∇f_s(x) − ∇f_s(x_0) + ∇f(x_0): "
	             "E‖x_t − c̄‖² = ρ^(2Kt) D² + τd/(L(1 − γL/2))(1 − ρ^(2Kt)); from above",
	.formula = "ρ^(2Kt) D² + τd/(L(1 − γL/2))(1 − ρ^(2Kt))", .kind = RATE_EXPECTATION,
	.method = "dsgld:conducive=1", .measure = measure_with, .bound = bound_with, .control = control_with)
