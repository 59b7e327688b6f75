/*:
# Kaczmarz and implicit steps of any length

Explicit SGD on a linear system diverges if its step is too long. The implicit step, which asks for the gradient at its own end,
never does; with an infinite step it is the method of Kaczmarz, a projection onto the solutions of one equation.

**Theorem.** Let $a_1,\dots,a_m$ have one length $\|a\|$, $f_i(x)=\frac12(\langle a_i,x\rangle-b_i)^2$, $f$ their mean with
$\nabla^2f\succeq\mu I$, $\mu>0$, and $x_\star$ its minimiser. Draw $i$ uniformly and let $x_{t+1}=\operatorname{prox}_{\gamma f_i}(x_t)$,
that is, with $k=\gamma\|a\|^2>0$,
$$ x_{t+1}=x_t-\frac k{1+k}\cdot\frac{\langle a_i,x_t\rangle-b_i}{\|a\|^2}\,a_i. $$
Put $\lambda=\frac\mu{\|a\|^2}$, $r=1-\bigl(1-(1+k)^{-2}\bigr)\lambda$ and $\sigma_\star^2=\frac1m\sum\|\nabla f_i(x_\star)\|^2$. For every $t$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;r^t\|x_0-x_\star\|^2+\frac k{k+2}\cdot\frac{\sigma_\star^2}{\mu\|a\|^2}\,(1-r^t). $$

If the system can be solved, $\sigma_\star=0$ and every step is good, the longest best. If not, the floor grows with $k$ only up to
$\sigma_\star^2/(\mu\|a\|^2)$, that of Kaczmarz.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

NUMBER(length, gamma * L_max)

NUMBER(loss, (1 - 1 / ((1 + length(c)) * (1 + length(c)))) * mu / L_max)

FORMULA(transient, t, decay(loss(c), t) * D2)

FORMULA(bound, t, transient(c, t) +
                      length(c) / (length(c) + 2) * sigma_star2 / (mu * L_max) * loss(c) * decay_sum(loss(c), t))

/*:
## Proof

Let $z=x-x_\star$, $s=\frac k{1+k}\in(0,1)$, $v_i=a_i/\|a\|$ and $\beta_i=(b_i-\langle a_i,x_\star\rangle)/\|a\|$. Then
$z^+=(I-sv_iv_i^\top)z+s\beta_iv_i$ and
$$ \|z^+\|^2=\|z\|^2-(2s-s^2)\langle v_i,z\rangle^2+2s(1-s)\beta_i\langle v_i,z\rangle+s^2\beta_i^2. $$
In the mean over $i$ the third term vanishes, because $\sum\beta_iv_i=-\frac m{\|a\|^2}\nabla f(x_\star)=0$. The second is at least
$(2s-s^2)\lambda\|z\|^2$, as $\frac1m\sum v_iv_i^\top=\nabla^2f/\|a\|^2$; and $2s-s^2=1-(1+k)^{-2}$. The last has the mean
$s^2\sigma_\star^2/\|a\|^4$. The fixed point of $V\mapsto rV+s^2\sigma_\star^2/\|a\|^4$ is
$\frac{s^2}{(2s-s^2)\lambda}\cdot\frac{\sigma_\star^2}{\|a\|^4}$, and $\frac s{2-s}=\frac k{k+2}$. $\square$

## How sharp it is

Attained at every $t$ by a tight frame, where $\frac1m\sum v_iv_i^\top$ is a multiple of $I$, with any step and any $b$.

## What is run

The stochastic proximal point method on `frame`: tight and clustered rows, solvable systems and others, $k$ from $0.1$ to $10^6$.

## What must fail

$0.9$ of the bound. The explicit step of the same length, $k=100$. The floor left out: at large $t$ the bound times $\frac1t$.

## Exercises

1. For which $k$ has the method half the rate of Kaczmarz?
2. Rows of different lengths: draw $i$ with probability $\|a_i\|^2/\sum\|a_j\|^2$ and step with $k$ the same for all. What is $\lambda$?
3. Where does the proof use that $x_\star$ is the least-squares solution, and what is lost for another point?
:*/

#define TIGHT "frame:m=3,r=1/-2/0.5"
SHARP(sharp,
	{ .objective = "frame:m=3", .parameters = "gamma=0.1", .steps = 64, .note = "a tight frame, short steps",
	  .ratio = 1 },
	{ .objective = "frame:m=3", .parameters = "gamma=1e6", .steps = 20, .note = "Kaczmarz", .ratio = 1 },
	{ .objective = TIGHT, .parameters = "gamma=1", .steps = 64, .note = "no solution", .ratio = 1 },
	{ .objective = TIGHT, .parameters = "gamma=1e6", .steps = 64, .note = "no solution, Kaczmarz", .ratio = 1 },
	{ .objective = "frame:m=5,spread=0.3,r=1/0/2,a=2", .parameters = "gamma=1", .steps = 64,
	  .note = "clustered rows" })
CONTROL(control,
	{ .objective = TIGHT, .parameters = "gamma=1", .steps = 64, .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = TIGHT, .parameters = "gamma=100", .steps = 16, .note = "the explicit step", .method = "sgd" },
	{ .objective = TIGHT, .parameters = "gamma=1", .steps = 64, .note = "a floor that vanishes", .power = 1 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = 10 * fraction / c->L_max;
}

MUST(admissible, gamma > 0, "gamma > 0")

NUMBER(factor, 1 - loss(c))

CLAIM(kaczmarz,
	.id = "kaczmarz", .chapter = "sampling-and-averaging", .title = "Kaczmarz and implicit steps of any length",
	.statement = "f_i = (⟨a_i, x⟩ − b_i)²/2, rows of one length, k = γ‖a‖² > 0, r = 1 − (1 − (1+k)^−2)μ/‖a‖²: "
	             "E‖x_t − x*‖² ≤ r^t ‖x_0 − x*‖² + k/(k+2) · σ*²/(μ‖a‖²) (1 − r^t)",
	.quantity = "E‖x_t − x*‖²", .formula = "r^t D² + k/(k+2) · σ*²/(μ‖a‖²) (1 − r^t)",
	.source = "Strohmer and Vershynin 2009 and Needell 2010 for k = ∞; compare Alonso, Millidge, "
	          "Krichmar and Neftci, "
	          "arXiv:2206.00164; proved in this file",
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-point",
	NEEDS("rows", "mu", "L_max", "sigma_star2", "x_star"), RANGE,
	.bound = bound, .transient = transient, .factor = factor, .measure = rate_measure_dist2, SHARP_AND_CONTROL)
