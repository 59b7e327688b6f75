/*:
# The projected subgradient method under strong convexity, weighted average

**Theorem.** Let every $f_i$ be convex and $f=\frac1n\sum_if_i$ be $\mu$-strongly convex, $\mu>0$, on the closed convex set $C$, $x_\star$ its minimiser over $C$,
$x_0\in C$. Let $x_{t+1}=P_C(x_t-\gamma_tg_t)$ with $\gamma_t=\frac2{\mu(t+2)}$, where $g_t$ is a subgradient of $f_{i_t}$ at $x_t$,
$i_t$ uniform and independent of the past, $\mathbb E\|g_t\|^2\le G^2$. Then for every $T\ge1$ the average with weights $t+1$,
$\bar x_T=\frac2{T(T+1)}\sum_{t<T}(t+1)x_t$, obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{2G^2}{\mu(T+1)} . $$

$C$ has to be bounded: no function on all of $\mathbb R^d$ is both strongly convex and Lipschitz. The start is forgotten at once.
:*/
#include "../common.h"

FORMULA(bound, t, 2 * G * G / (mu * (t + 1)))

/*:
## Proof

Write $d_t=\mathbb E\|x_t-x_\star\|^2$ and $\delta_t=\mathbb E f(x_t)-f_\star$. Strong convexity gives
$\langle\mathbb E g_t,x_t-x_\star\rangle\ge f(x_t)-f_\star+\frac\mu2\|x_t-x_\star\|^2$, so
$d_{t+1}\le(1-\gamma_t\mu)d_t-2\gamma_t\delta_t+\gamma_t^2G^2$, and with $\gamma_t=\frac2{\mu(t+2)}$
$$ \delta_t\le\frac{G^2}{\mu(t+2)}+\frac{\mu t}4d_t-\frac{\mu(t+2)}4d_{t+1} . $$
Multiply by $t+1$: then $t(t+1)d_t$ and $(t+1)(t+2)d_{t+1}$ telescope, and as $\frac{t+1}{t+2}\le1$
$$ \sum_{t<T}(t+1)\delta_t+\frac\mu4T(T+1)d_T\le\frac{G^2T}\mu . \tag{1} $$
Divide by the sum of the weights, $\frac{T(T+1)}2$, and use Jensen's inequality. $\square$

# The last point of the same run

**Theorem.** In the same run $\displaystyle\;\mathbb E\|x_T-x_\star\|^2\;\le\;\frac{4G^2}{\mu^2(T+1)}$ for every $T\ge1$.
:*/

FORMULA(bound_last, t, 4 * G * G / (mu * mu * (t + 1)))

/*:
**Proof.** Leave out the sum in (1), whose terms are not negative. $\square$

## How sharp it is

*The average.* $f=|x|+\frac12x^2$ on $[-w,0]$ from the minimiser $0$, where the oracle answers $+1$: so it sends the method away from $0$, by $\gamma_t$ or as far as
$-w$, and the next step brings it back. Every second point has a gap near $\gamma_t\approx\frac2t$, in the mean $(t+1)\,\delta_t$ is near 1, and $f$ is nearly straight on $[-w,0]$, so
that averaging gains nothing. $G=1+w$. With $w=0.022$ the ratio at $T=1000$ is ${{pssd-sc-weighted#1.max_ratio:4}}$; it tends to 1 with larger $T$ and smaller $w$ ($0.991$ at $T=10^5$,
$w=0.003$).

*The last point.* A pair of half parabolas, $f_1(x)=cx+\mu\min(x,0)^2$ and $f_2(x)=f_1(-x)$ on $|x|\le c/\mu$. The mean is
$\frac\mu2x^2$ and $\mathbb E g^2=\mu^2x^2+(c-\mu|x|)^2\le c^2$, with equality at $0$ and at the ends. From $x_0=0$ the first step,
$\gamma_0=1/\mu$, ends at $\pm c/\mu$: the squared distance is $c^2/\mu^2$, half of the bound. More is not possible:

# The last point, twice as near

**Theorem.** In the same run $\displaystyle\;\mathbb E\|x_T-x_\star\|^2\;\le\;\frac{2G^2}{\mu^2(T+1)}$ for every $T\ge1$.
:*/

FORMULA(bound_last_tight, t, 2 * G * G / (mu * mu * (t + 1)))

/*:
**Proof.** Both $\langle\mathbb E g_t,x_t-x_\star\rangle\ge f(x_t)-f_\star+\frac\mu2\|x_t-x_\star\|^2$ and $f(x_t)-f_\star\ge\frac\mu2\|x_t-x_\star\|^2$ hold, because $x_\star$
minimises $f$ over $C$. Together they say $\langle\mathbb E g_t,x_t-x_\star\rangle\ge\mu\|x_t-x_\star\|^2$, so
$$ d_{t+1}\;\le\;(1-2\gamma_t\mu)\,d_t+\gamma_t^2G^2\;=\;\frac{t-2}{t+2}\,d_t+\frac4{(t+2)^2}\cdot\frac{G^2}{\mu^2} . $$
Count in units of $G^2/\mu^2$. For $t=0,1,2$ the coefficient of $d_t\ge0$ is not positive and may be left out: $d_1\le1$, $d_2\le\frac49$, $d_3\le\frac14$, each at most $\frac2{T+1}$.
If $t\ge3$ and $d_t\le\frac2{t+1}$, then
$$ d_{t+1}\;\le\;\frac{t-2}{t+2}\cdot\frac2{t+1}+\frac4{(t+2)^2}\;\le\;\frac2{t+2} ; $$
multiplied by $\frac12(t+1)(t+2)^2$, the last inequality is $(t^2-4)+2(t+1)\le(t+1)(t+2)$, that is $-4\le t$. $\square$

It is attained at $T=1$ by the pair. (For large $T$ the recursion alone would give $\frac43$ in the place of 2.)

## What is run

The method on every strongly convex objective with a known $G$, so in practice over a ball, a box or an interval.

## What must fail

$0.9$ of what is attained: $0.82$ times the first bound on the kink, $0.45$ times the second and $0.9$ times the third on the pair. Also a rate
$T^{-3/2}$ of the first.

## Exercises

1. Show that a $\mu$-strongly convex $f$ whose subgradients have at most the length $G$ lives on a set of diameter at most $2G/\mu$.
2. Compute (1) for $T=1$ by hand. Why is the case $t=0$ free of $d_0$?
3. With the weights $t+1$ replaced by 1, which step telescopes? (Next section.)
:*/

SHARP(sharp,
	{ .objective = "kink:G0=1,mu=1,low=-0.022,high=0",
	  .note = "|x| + x^2/2 on a short interval, sent away from its minimiser", .steps = 1000, .ratio = 0.91572 })
CONTROL(control,
	{ .objective = "kink:G0=1,mu=1,low=-0.022,high=0", .note = "0.9 x 0.9157 of the bound", .steps = 1000,
	  .factor = 0.9 * 0.915 },
	{ .objective = "kink:G0=1,mu=1,low=-0.022,high=0", .note = "rate T^-3/2 instead of T^-1", .steps = 1000,
	  .power = 0.5 })
SHARP(sharp_last,
	{ .objective = "tilted-pair:c=1,mu=1", .note = "one step away from the minimiser", .steps = 1, .ratio = 0.5 },
	{ .objective = "tilted-pair:c=3,mu=2", .note = "the same, scaled", .steps = 1, .ratio = 0.5 })
CONTROL(control_last,
	{ .objective = "tilted-pair:c=1,mu=1", .note = "0.9 x 1/2 of the bound; half of it is true", .steps = 1,
	  .factor = 0.45 })

SHARP(sharp_last_tight,
	{ .objective = "tilted-pair:c=1,mu=1", .note = "one step away from the minimiser", .steps = 1, .ratio = 1 },
	{ .objective = "tilted-pair:c=3,mu=2", .note = "the same, scaled", .steps = 1, .ratio = 1 })
CONTROL(control_last_tight,
	{ .objective = "tilted-pair:c=1,mu=1", .note = "0.9 of the bound, which is attained", .steps = 1,
	  .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "mu", "G", "x_star", "f_star" };

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 2 / (mu * (double)(t + 2));
}

static double weight(const rate_case *c, uint64_t t)
{
	(void)c;
	return (double)(t + 1);
}

CLAIM(pssd_sc_weighted,
	.id = "pssd-sc-weighted", .chapter = "subgradient",
	.title = "Projected subgradient method under strong convexity, weighted average",
	.statement = "f_i convex, f μ-strongly convex on C, E‖g_t‖² ≤ G², γ_t = 2/(μ(t+2)): "
	             "E f(x̄_T) − f* ≤ 2G²/(μ(T+1)), x̄_T weighted by t + 1",
	.quantity = "E f(x̄_T) − f*", .formula = "2G²/(μ(T+1))",
	.source = "Lacoste-Julien, Schmidt and Bach 2012, A simpler approach to obtaining an O(1/t) convergence "
	          "rate; also in " HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), .power = 1, .steps = steps,
	.weight = weight, .bound = bound, .measure = rate_measure_average_gap, SHARP_AND_CONTROL)

CLAIM(pssd_sc_last_dist,
	.id = "pssd-sc-last-dist", .chapter = "subgradient",
	.title = "Projected subgradient method under strong convexity, last point",
	.statement = "f_i convex, f μ-strongly convex on C, E‖g_t‖² ≤ G², γ_t = 2/(μ(t+2)): "
	             "E‖x_T − x*‖² ≤ 4G²/(μ²(T+1))",
	.quantity = "E‖x_T − x*‖²", .formula = "4G²/(μ²(T+1))",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), .power = 1, .steps = steps,
	.bound = bound_last, .measure = rate_measure_dist2, .sharp = sharp_last, .control = control_last)

CLAIM(pssd_sc_last_dist_tight,
	.id = "pssd-sc-last-dist-tight", .chapter = "subgradient",
	.title = "Projected subgradient method under strong convexity, last point, twice as near",
	.statement = "f_i convex, f μ-strongly convex on C, E‖g_t‖² ≤ G², γ_t = 2/(μ(t+2)): "
	             "E‖x_T − x*‖² ≤ 2G²/(μ²(T+1))",
	.quantity = "E‖x_T − x*‖²", .formula = "2G²/(μ²(T+1))",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), .power = 1, .steps = steps,
	.bound = bound_last_tight, .measure = rate_measure_dist2, .sharp = sharp_last_tight,
	.control = control_last_tight)
