/*:
# No method beats $GR/\sqrt{N+1}$ in $N$ steps

**Theorem** (Drori and Teboulle 2016). For all $G,R>0$ and $N\ge0$ there is a convex function $f$ on $\mathbb R^{N+1}$ with subgradients of norm at most $G$, a start $x_0$ at distance
$R$ from a minimiser, and an oracle, such that *every* method with $x_t\in x_0+\operatorname{span}(g_0,\dots,g_{t-1})$ has
$$ f(x_N)-f_\star\;\ge\;\frac{GR}{\sqrt{N+1}} . $$

A lower bound: what is measured must lie *above* it. It bounds a class of methods and not one of them, so any method may be run against it.
:*/
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(bound, t, G * sqrt(D2) / sqrt(t + 1))

/*:
## Proof

Let $x_0=0$ and, with $d=N+1$,
$$ f(x)=\max\Bigl\{G\max_ix_i,\ G\|x\|-GR\bigl(1+\tfrac1{\sqrt d}\bigr)\Bigr\} . $$
It is convex and $G$-Lipschitz. On the sphere $\|x\|=r$ the first branch is least at $-\frac r{\sqrt d}(1,\dots,1)$, with value $-\frac{Gr}{\sqrt d}$, and there the second branch is equal to it at
$r=R$; so $f_\star=-\frac{GR}{\sqrt d}$ at distance $R$.

The oracle answers with $Ge_i$ for the *smallest* $i$ that attains the maximum, as long as the first branch does. After $t\le N$ steps the method has seen at most $t$ of the $N+1$
directions: as long as every $g_s$ is some $Ge_i$, or a multiple of $x_s$ (second branch), the span contains only vectors over coordinates seen before, and a coordinate not yet seen is
0. Hence $\max_ix_{N,i}\ge0$, so $f(x_N)\ge0$, and $f(x_N)-f_\star\ge\frac{GR}{\sqrt{N+1}}$. $\square$

The same holds for the best iterate and for averages, as all of them lie in the span.

## It is attained

by the subgradient method with steps that fall linearly to nearly zero, $\gamma_t=\gamma\bigl(1-\frac{t+1}{N+1}\bigr)$, $t=0,\dots,N-1$, with $\gamma=\frac R{G\sqrt{N+1}}$: its *last* iterate
has exactly $f(x_N)=0$ here (Zamani and Glineur 2023 prove that no function does worse). So neither method nor bound can be improved.

## What is run

This function only, in dimension $N+1$ for $N$ steps: the subgradient method with these steps, or with `--method` any other one whose iterates stay in the span. The oracle is exact: noise
would make $G$ larger and $f$ no harder.

## What must fail

$1.1$ times the bound: the method above shows that it is false. And a bound that does not fall with $N$ as $N^{-1/2}$ but stays larger by $N^{0.1}$.

## Exercises

1. Why does the *oracle* matter? Which subgradient at 0 would let a method do better?
2. Show that gradient descent with constant steps $R/(G\sqrt{N+1})$ also has $f(x_N)=0$ on this function, though on others it loses a logarithm.
3. Where does the proof need $d>N$?
:*/

SHARP(sharp,
	{ .objective = "minimax:T=65,G=1,R=1", .note = "N = 64, linear decay", .steps = 64, .ratio = 1 },
	{ .objective = "minimax:T=257,G=1,R=1", .note = "N = 256, linear decay", .steps = 256, .ratio = 1 })
CONTROL(control,
	{ .objective = "minimax:T=65,G=1,R=1", .note = "1.1 times the bound, which is attained", .steps = 64,
	  .factor = 1.1 },
	{ .objective = "minimax:T=257,G=1,R=1", .note = "the bound times N^0.1", .steps = 256, .power = -0.1 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE(
					 "gamma > 0; the steps are gamma (1 - (t + 1)/(N + 1))") };

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction * sqrt(D2) / (G * sqrt((double)c->T + 1));
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (c->need[0] != (double)c->T + 1)
		return "one step less than the function is built for";
	return gamma > 0 ? NULL : "gamma > 0";
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * (1 - (double)(t + 1) / (double)(c->T + 1));
}

CLAIM(li_minimax_lb,
	.id = "li-minimax-lb", .chapter = "lower-bounds",
	.title = "No method beats GR/√(N+1) on convex Lipschitz functions",
	.statement = "for every N there is a convex G-Lipschitz f, ‖x_0 − x*‖ = R, with f(x_N) − f* ≥ GR/√(N+1) for "
	             "every method with "
	             "x_t ∈ x_0 + span(g_0 … g_{t−1})",
	.quantity = "f(x_N) − f*", .formula = "GR/√(N+1)",
	.source = "Drori & Teboulle, An optimal variant of Kelley's cutting-plane method, Math. Program. "
	          "160 (2016), 321-351",
	.kind = RATE_LOWER_BOUND, .flags = RATE_LAST | RATE_ANY_METHOD | RATE_OWN_INSTANCES | RATE_OWN_START,
	.method = "subgradient",
	NEEDS("minimax", "G", "x_star", "f_star", "one term"), RANGE, .power = 0.5, .steps = steps, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)
