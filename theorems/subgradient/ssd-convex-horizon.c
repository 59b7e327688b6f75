/*:
# The stochastic subgradient method, steps for a known horizon

**Theorem.** Let $f=\frac1n\sum_if_i$ with every $f_i$ convex, $C$ closed and convex, $x_0\in C$, and let $x_\star$ minimise $f$ over $C$. Let
$x_{t+1}=P_C(x_t-\gamma_tg_t)$, where $g_t$ is a subgradient of $f_{i_t}$ at $x_t$, $i_t$ is uniform and independent of the past, and $\mathbb E\|g_t\|^2\le G^2$. If $T$ steps
$\gamma_t=\gamma/\sqrt T$ are made, $\gamma>0$, the average $\bar x_T=\frac1T\sum_{t<T}x_t$ obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{\|x_0-x_\star\|^2}{2\gamma\sqrt T}+\frac{\gamma G^2}{2\sqrt T} . $$
With $\gamma=\|x_0-x_\star\|/G$ this is $\|x_0-x_\star\|\,G/\sqrt T$.

The claim is on the horizon $T$ that the steps were made for, and on no other time.
:*/
#include "../common.h"

enum { GAMMA };

static double transient(const rate_case *c, double t)
{
	return c->D2 / (2 * c->param[GAMMA] * sqrt(t));
}

static double bound(const rate_case *c, double t)
{
	return transient(c, t) + c->param[GAMMA] * c->G * c->G / (2 * sqrt(t));
}

/*:
## Proof

A projection brings points no farther from $x_\star\in C$, so
$\|x_{t+1}-x_\star\|^2\le\|x_t-x_\star\|^2-2\gamma_t\langle g_t,x_t-x_\star\rangle+\gamma_t^2\|g_t\|^2$. Given the past, the mean of $\langle g_t,x_t-x_\star\rangle$ is at least
$f(x_t)-f_\star$, the mean of $g_t$ being a subgradient of $f$. Take means and sum over $t<T$:
$$ 2\sum_t\gamma_t\,\mathbb E(f(x_t)-f_\star)\le\|x_0-x_\star\|^2+G^2\sum_t\gamma_t^2 . $$
Here $\sum\gamma_t=\gamma\sqrt T$ and $\sum\gamma_t^2=\gamma^2$. Divide by $2\gamma\sqrt T$ and use Jensen's inequality. $\square$

## How sharp it is

Exactly, for every $T$, by a function of Drori and Teboulle in $\mathbb R^T$,
$$ f(x)=\max\Bigl\{G\max_ix_i,\ G\|x\|-GR\bigl(1+\tfrac1{\sqrt T}\bigr)\Bigr\},\qquad x_0=0,\quad f_\star=-\frac{GR}{\sqrt T}\ \text{at distance}\ R. $$
The oracle answers with the first largest coordinate, one that has not been touched yet. So $T$ steps lower one coordinate each, and among $x_0,\dots,x_{T-1}$ (and in their average) one is still 0:
no value below 0 is seen.

## What is run

The method on every convex Lipschitz objective, each horizon in a run of its own. Sharp: that function with $T=64$ and $T=256$.

## What must fail

$0.9$ of the bound on it, and the rate $T^{-1}$ in the place of $T^{-1/2}$. No control by step: the theorem holds for every $\gamma>0$.

## Exercises

1. Show that $\gamma=\|x_0-x_\star\|/G$ is the best choice. What does it cost to be wrong by a factor of 2?
2. What does the sum say about the best iterate $\min_{t<T}f(x_t)$?
3. On $f=G|x|$ from $x_0=\gamma G\sqrt T$ compute $f(\bar x_T)$. Which ratio to the bound does it have for large $T$?
:*/

static const struct instance sharp_table[] = {
	{ .objective = "minimax:T=64,G=1,R=1", .parameters = "gamma=1", .note = "the function of Drori and Teboulle for T = 64",
	    .steps = 64, .ratio = 1 },
	{ .objective = "minimax:T=256,G=1,R=1", .parameters = "gamma=1", .note = "the same for T = 256", .steps = 256, .ratio = 1 },
};
static const struct instance control_table[] = {
	{ .objective = "minimax:T=64,G=1,R=1",
	    .parameters = "gamma=1",
	    .note = "0.9 of the bound, which is attained",
	    .steps = 64,
	    .factor = 0.9 },
	{ .objective = "minimax:T=64,G=1,R=1",
	    .parameters = "gamma=1",
	    .note = "rate T^-1 instead of T^-1/2",
	    .steps = 64,
	    .power = 0.5 },
};

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "G", "x_star", "f_star" };
static const rate_param params[] = { [GAMMA] = RATE_STEP_SIZE("gamma > 0; the steps are gamma/sqrt T") };

static void choose(const rate_case *c, double fraction, double *param)
{
	double best = sqrt(c->D2) / c->G;

	param[GAMMA] = fraction * (best > 0 ? best : 1);
}

static const char *admissible(const rate_case *c)
{
	return c->param[GAMMA] > 0 ? NULL : "gamma > 0";
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = c->param[GAMMA] / sqrt((double)c->T);
}

static double weight(const rate_case *c, uint64_t t)
{
	(void)c, (void)t;
	return 1;
}

INSTANCES(sharp, sharp_table)
INSTANCES(control, control_table)

const rate_theorem ssd_convex_horizon = { THEOREM,
	.id = "ssd-convex-horizon",
	.chapter = "subgradient",
	.title = "Stochastic subgradient method, steps for a known horizon",
	.statement = "f_i convex, E‖g_t‖² ≤ G², γ_t = γ/√T, γ > 0: E f(x̄_T) − f* ≤ ‖x_0 − x*‖²/(2γ√T) + γG²/(2√T), x̄_T the average of x_0 … x_{T−1}",
	.quantity = "E f(x̄_T) − f*",
	.formula = "D²/(2γ√T) + γG²/(2√T)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION,
	.flags = RATE_LAST,
	.method = "subgradient",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.power = 0.5,
	.choose = choose,
	.admissible = admissible,
	.steps = steps,
	.weight = weight,
	.bound = bound,
	.transient = transient,
	.measure = rate_measure_average_gap,
	.sharp = sharp,
	.control = control };
