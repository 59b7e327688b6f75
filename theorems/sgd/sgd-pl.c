/*:
# SGD under the Polyak–Łojasiewicz inequality

**Theorem.** Let $f=\frac1n\sum_i f_i$ be $L$-smooth with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, $\mu>0$, and every $f_i$ $L_{\max}$-smooth and bounded below. Let
$\Delta_\star=f_\star-\frac1n\sum_i\inf f_i$, $0<\gamma\le\frac\mu{L\,L_{\max}}$ and $x_{t+1}=x_t-\gamma\nabla f_{i_t}(x_t)$, $i_t$ uniform and independent of the past. Then
$$ \mathbb E f(x_t)-f_\star\;\le\;(1-\gamma\mu)^t\,(f(x_0)-f_\star)+\frac{\gamma L L_{\max}\Delta_\star}\mu . $$

Nothing is convex here; $f_\star=\inf f$ need not be attained.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(transient, t, decay(gamma * pl, t) * d0)

FORMULA(bound, t, transient(c, t) + gamma * L * L_max * Delta_star / pl)

/*:
## Proof

A smooth function that is bounded below has (lem-variance-transfer-delta) $\|\nabla f_i(x)\|^2\le2L_{\max}(f_i(x)-\inf f_i)$; in the mean
$\mathbb E\|\nabla f_i(x)\|^2\le2L_{\max}(f(x)-f_\star)+2L_{\max}\Delta_\star$. Put this into the mean of
$f(x^+)\le f(x)-\gamma\langle\nabla f(x),\nabla f_i(x)\rangle+\frac{\gamma^2L}2\|\nabla f_i(x)\|^2$ and use the inequality of the hypothesis; with $\delta=f(x)-f_\star$
$$ \mathbb E\,\delta^+\le(1-2\gamma\mu+\gamma^2LL_{\max})\,\delta+\gamma^2LL_{\max}\Delta_\star\le(1-\gamma\mu)\,\delta+\gamma^2LL_{\max}\Delta_\star, $$
the last step by $\gamma LL_{\max}\le\mu$. Repeat; the geometric series of the noise is at most $\gamma LL_{\max}\Delta_\star/\mu$. $\square$

## How sharp it is

Exactly, for every $t$: $p$ functions of one variable, $f_1=\frac L2x^2$ and the others 0, at the largest step, which is $1/L_{\max}$. A step lands on the minimiser with
probability $1/p$, so $\mathbb E f(x_t)=(1-\frac1p)^tf(x_0)$, and $\gamma\mu=\frac1p$. The noise term is exact too: on two parabolas
$\frac L2(x\mp c)^2$ with $\gamma=1/L$ the method jumps to $\pm c$ at once, and $\frac L2c^2=\Delta_\star$ is the bound for every $t\ge1$. The end of the range is sharp too, which is rare: beyond it the true factor
$1-\gamma\mu(2-\gamma L_{\max})$ is larger than $1-\gamma\mu$.

## What is run

SGD on every finite sum with a known $\mu$ and $\Delta_\star$; the mean gap is judged at all checkpoints. Sharp: the sum above with $p=10$, and the two
parabolas.

## What must fail

$0.9$ of the bound on either sum; and the first with steps $1.01$ and $1.5$ times the largest.

## Exercises

1. Show $\mu\le L\le L_{\max}$ and conclude that $\gamma\mu\le1$.
2. When is $\Delta_\star=0$?
3. Compute the ratio to the bound at step $\gamma=1.01/L_{\max}$, $p=10$, $t=64$.
4. *Compute.* Find the $\gamma$ at which the check first fails, from `ratecheck verify sgd-pl:gamma=0.9 --objective zero-or-L:p=10 --steps 64` on.
:*/

SHARP(sharp,
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1", .note = "one parabola among ten: equality at every t",
	  .steps = 64, .ratio = 1 },
	{ .objective = "pair:c=1", .parameters = "gamma=1",
	  .note = "two parabolas: the noise term, equality at every t",
	  .steps = 64, .ratio = 1, .deep_ratio = 1 })
CONTROL(control,
	{ .objective = "pair:c=1", .parameters = "gamma=1", .note = "0.9 of the bound, noise alone", .steps = 64,
	  .factor = 0.9 },
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1", .note = "0.9 of the bound, which is attained",
	  .steps = 64, .factor = 0.9 },
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1.01", .note = "1.01 times the largest step",
	  .steps = 64 },
	{ .objective = "zero-or-L:p=10", .parameters = "gamma=1.5", .note = "1.5 times the largest step", .steps = 64 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma <= mu/(L L_max)") };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction * pl / (L * L_max);
}

MUST(admissible, AT_MOST(gamma, pl / (L * L_max)), "0 < gamma <= mu/(L L_max)")

NUMBER(factor, 1 - gamma * pl)

CLAIM(sgd_pl,
	.id = "sgd-pl", .chapter = "sgd", .title = "SGD under the Polyak-Łojasiewicz inequality, constant step",
	.statement = "f_i L_max-smooth, bounded below, f L-smooth, ‖∇f‖² ≥ 2μ(f − f*); 0 < γ ≤ μ/(L L_max): "
	             "E f(x_t) − f* ≤ (1 − γμ)^t (f(x_0) − f*) + γ L L_max Δ*/μ",
	.quantity = "E f(x_t) − f*", .formula = "(1 − γμ)^t (f(x_0) − f*) + γ L L_max Δ*/μ",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "sgd:batch=1", NEEDS("pl", "L", "L_max", "Delta_star", "f_star"), RANGE,
	.bound = bound, .transient = transient, .factor = factor, .measure = rate_measure_gap, SHARP_AND_CONTROL)
