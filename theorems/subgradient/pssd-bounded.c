/*:
# The projected subgradient method on a bounded set

**Theorem.** Let $f=\frac1n\sum_if_i$ with every $f_i$ convex, $C$ closed, convex and bounded, $x_0\in C$, $x_\star$ a minimiser of $f$ over
$C$, and $\|x-x_\star\|\le D_C$ for all $x\in C$ ($D_C$ is the diameter, or less; for a ball *twice* the radius). Let
$x_{t+1}=P_C(x_t-\gamma_tg_t)$, $\gamma_t=\gamma/\sqrt{t+1}$ with $\gamma>0$, where $g_t$ is a subgradient of $f_{i_t}$ at $x_t$,
$i_t$ uniform and independent of the past, $\mathbb E\|g_t\|^2\le G^2$. Then for every $T\ge1$ the *plain* average
$\bar x_T=\frac1T\sum_{t<T}x_t$ obeys
$$ \mathbb E f(\bar x_T)-f_\star\;\le\;\frac{D_C^2}{2\gamma_{T-1}T}+\frac{G^2}{2T}\sum_{t<T}\gamma_t
   \;\le\;\frac1{\sqrt T}\Bigl(\frac{D_C^2}{2\gamma}+\gamma G^2\Bigr). $$

The first bound is `pssd-bounded-exact`, the second `pssd-bounded`. A logarithm is saved against the whole space, and the
horizon need not be known.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

static double bound_exact(const rate_case *c, double t)
{
	LETTERS(c);
	double sum = 0, D_C = c->diameter;

	for (size_t s = 0; s < (size_t)t; s++)
		sum += c->step[s];
	return D_C * D_C / (2 * gamma * sqrt(t)) + G * G * sum / (2 * t);
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double D_C = c->diameter;

	return (D_C * D_C / (2 * gamma) + gamma * G * G) / sqrt(t);
}

/*:
## Proof

As for any steps (ssd-convex-lipschitz), with $d_t=\mathbb E\|x_t-x_\star\|^2$ and $\delta_t=\mathbb E f(x_t)-f_\star$,
$2\gamma_t\delta_t\le d_t-d_{t+1}+\gamma_t^2G^2$. Divide by $2\gamma_t$ *before* summing, and sum by parts:
$$ \sum_{t<T}\delta_t\le\frac{d_0}{2\gamma_0}+\sum_{t=1}^{T-1}\Bigl(\frac1{2\gamma_t}-\frac1{2\gamma_{t-1}}\Bigr)d_t
   +\frac{G^2}2\sum_{t<T}\gamma_t . $$
The brackets are not negative and $d_t\le D_C^2$, so the first two terms telescope to at most $D_C^2/(2\gamma_{T-1})$. Divide by $T$
and use Jensen's inequality. For the second bound $\gamma_{T-1}T=\gamma\sqrt T$ and
$\sum_{t<T}(t+1)^{-1/2}\le2\sqrt T$. $\square$

With $\gamma=D_C/G$ the second bound is $\frac{3D_CG}{2\sqrt T}$, with $\gamma=D_C/(G\sqrt2)$ it is least, $\frac{\sqrt2D_CG}{\sqrt T}$.

## How sharp it is

At $T=1$ the average is $x_0$, and no bound can be less than $f(x_0)-f_\star=GD_C$ for $f=G|x|$ on $C=[0,D_C]$ from $x_0=D_C$. The first
bound with $\gamma=D_C/G$ is exactly that; the second, at its best, is $\sqrt2GD_C$: ratio ${{pssd-bounded#1.max_ratio:3}}$.

For large $T$ the set cannot be wide for every $x_t$ at once, but the noise can be as large as $G$. Let $f_{1,2}(x)=(\epsilon\pm s)\,x$ on
$C=[0,D_C]$ with $\epsilon^2+s^2=G^2$, from $x_0=x_\star=0$. The method is a random walk with steps of about $\gamma_ts$, turned back at $0$
and pulled there by the small slope $\epsilon$; it spreads to distances of about $\gamma_ts^2/(2\epsilon)$, so that $\mathbb E f(x_t)-f_\star$ comes
near $\gamma_tG^2/2$ as $\epsilon\to0$. Summed, that is the second term of either bound, and what is missing is the first: for $T\to\infty$ both ratios
tend to $1\big/\bigl(1+\frac{D_C^2}{2\gamma^2G^2}\bigr)$, which is $\frac23$ for $\gamma=D_C/G$ and $\frac89$ for twice that. With $\epsilon=0.15$ and
$T=20\,000$, at $\gamma=2D_C/G$, ${{pssd-bounded#2.max_ratio:2}}$ is measured.

## What is run

The method on every convex objective with a known diameter and $G$. Sharp: $|x|$ on $[0,1]$ from $1$, and a slope with noise.

## What must fail

$0.9$ times the ratio that is attained, for both bounds. Half of each bound on the same $f$ with shorter steps,
$\gamma=\frac14$, where more than $0.6$ is attained at $T=4$. And half of each on the slope with noise, where the bound is exceeded late in the run.

## Exercises

1. Which step is best for the second bound? Derive $\sqrt2D_CG/\sqrt T$.
2. Show that the ball of radius $r$ has points at distance $2r$ from a minimiser on its sphere.
3. Where does the proof use that the steps do not grow?
:*/

SHARP(sharp_of_exact,
	{ .objective = "abs:G=1,start=1+box:low=0,high=1", .parameters = "gamma=1",
	  .note = "|x| on [0, 1] from 1, one step", .steps = 1, .ratio = 1 },
	{ .objective = "abs:G=0.15,start=0+sign-noise:sigma=0.98868600677275+box:low=0,high=1", .parameters = "gamma=2",
	  .note = "a small slope with noise: 0.6 late in the run", .steps = 2000 })
CONTROL(control_of_exact,
	{ .objective = "abs:G=1,start=1+box:low=0,high=1", .parameters = "gamma=1",
	  .note = "0.9 of the bound, which is attained", .steps = 1, .factor = 0.9 },
	{ .objective = "abs:G=1,start=1+box:low=0,high=1", .parameters = "gamma=0.25",
	  .note = "half of the bound: short steps, 0.633 is attained at T = 4", .steps = 16, .factor = 0.5 },
	{ .objective = "abs:G=0.15,start=0+sign-noise:sigma=0.98868600677275+box:low=0,high=1", .parameters = "gamma=2",
	  .note = "half of the bound, late in the run", .steps = 2000, .factor = 0.5 })
SHARP(sharp,
	{ .objective = "abs:G=1,start=1+box:low=0,high=1", .parameters = "gamma=0.70710678118654752",
	  .note = "|x| on [0, 1] from 1, one step", .steps = 1, .ratio = 0.70710678118654752 },
	{ .objective = "abs:G=0.15,start=0+sign-noise:sigma=0.98868600677275+box:low=0,high=1", .parameters = "gamma=2",
	  .note = "a small slope with noise: 0.7 late in the run", .steps = 20000 })
CONTROL(control,
	{ .objective = "abs:G=1,start=1+box:low=0,high=1", .parameters = "gamma=0.70710678118654752",
	  .note = "0.9 x 0.707 of the bound", .steps = 1, .factor = 0.9 * 0.70710678118654752 },
	{ .objective = "abs:G=1,start=1+box:low=0,high=1", .parameters = "gamma=0.25",
	  .note = "half of the bound: short steps, 0.611 is attained at T = 4", .steps = 16, .factor = 0.5 },
	{ .objective = "abs:G=0.15,start=0+sign-noise:sigma=0.98868600677275+box:low=0,high=1", .parameters = "gamma=2",
	  .note = "half of the bound, late in the run", .steps = 20000, .factor = 0.5 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "G", "diameter", "x_star", "f_star" };
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("gamma > 0; the steps are gamma/sqrt(t+1)") };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction * c->diameter / G;
}

MUST(admissible, gamma > 0, "gamma > 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma / sqrt((double)(t + 1));
}

CLAIM(pssd_bounded,
	.id = "pssd-bounded", .chapter = "subgradient", .title = "Projected subgradient method on a bounded set",
	.statement = "f_i convex, ‖x − x*‖ ≤ D_C on C, E‖g_t‖² ≤ G², γ_t = γ/√(t+1): E f(x̄_T) − f* ≤ (D_C²/(2γ) + "
	             "γG²)/√T, x̄_T the plain average",
	.quantity = "E f(x̄_T) − f*", .formula = "(D_C²/(2γ) + γG²)/√T",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), RANGE, .power = 0.5,
	.steps = steps,
	.bound = bound, GAP_OF_AVERAGE, SHARP_AND_CONTROL)

CLAIM(pssd_bounded_exact,
	.id = "pssd-bounded-exact", .chapter = "subgradient",
	.title = "Projected subgradient method on a bounded set, exact sums",
	.statement = "f_i convex, ‖x − x*‖ ≤ D_C on C, E‖g_t‖² ≤ G², γ_t = γ/√(t+1): E f(x̄_T) − f* ≤ D_C²/(2γ√T) + "
	             "G²Σγ_t/(2T)",
	.quantity = "E f(x̄_T) − f*", .formula = "D_C²/(2γ√T) + G²Σγ_t/(2T)",
	.source = HANDBOOK,
	.kind = RATE_EXPECTATION, .method = "subgradient", .needs = RATE_LIST(needs), RANGE, .power = 0.5,
	.steps = steps,
	.bound = bound_exact, GAP_OF_AVERAGE, .sharp = sharp_of_exact, .control = control_of_exact)
