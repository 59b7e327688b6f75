/*:
# Steps on a grid, rounded at random

Weights are kept in few digits: after each step every coordinate is rounded to a grid of width $\delta$. Rounding to the nearest point swallows short steps (the second theorem). Rounding at random, up or down with such probabilities that the mean is right, does not. What does it cost?

**Theorem (round-sgd).** Let $f$ be $\mu$-strongly convex and $L$-smooth on $\mathbb R^d$, $0<\gamma\le\frac2{L+\mu}$, and $x_{t+1}=Q(x_t-\gamma\nabla f(x_t))$, where $Q$ takes each coordinate $w$ to $\delta\lfloor\frac w\delta\rfloor+\delta$ with the probability $\frac w\delta-\lfloor\frac w\delta\rfloor$, else to $\delta\lfloor\frac w\delta\rfloor$, independently. Let $B_0=\|x_0-x_\star\|^2$ and
$$ B_{t+1}=(1-\gamma\mu)^2B_t+\min\Bigl(\frac{d\delta^2}4,\;\delta\gamma\sqrt d\,L\sqrt{B_t}\Bigr), $$
the second branch from $t=1$ on, and at $t=0$ too if $x_0$ is on the grid. Then $\mathbb E\|x_t-x_\star\|^2\le B_t$ for every $t\ge1$.

So the rounding noise does not pile up when steps get short: $B_t$ comes down to about $\bigl(\frac{\sqrt d\,L\delta}{2\mu}\bigr)^2$ whatever $\gamma$. The first branch alone would give $\frac{d\delta^2}{8\gamma\mu}$, which grows without bound.

**Theorem (round-stall).** Let $f$ be $L$-smooth with a minimiser $x_\star$, $x_0$ on the grid, and $\gamma L\|x_0-x_\star\|<\frac\delta2$. Gradient descent that rounds to the nearest point stays at $x_0$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(grid)
#include "../common.h"

static int on_grid(const rate_case *c)
{
	for (size_t j = 0; j < c->d; j++) {
		double k = c->x0[j] / c->param[grid_];

		if (fabs(k - nearbyint(k)) > 1e-9)
			return 0;
	}
	return 1;
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double d = (double)c->d, B = D2, shrink = (1 - gamma * mu) * (1 - gamma * mu);
	int fine = on_grid(c);

	for (double k = 0; k < t; k++) {
		double noise = d * grid * grid / 4;

		if (k > 0 || fine)
			noise = fmin(noise, grid * gamma * sqrt(d) * L * sqrt(B));
		B = shrink * B + noise;
	}
	return B;
}

FORMULA(transient, t, decay(gamma * mu * (2 - gamma * mu), t) * D2)

FORMULA(bound_stall, t, D2)

/*:
## Proof

*At random.* $Q(w)$ has the mean $w$, and the variance of a coordinate is $\delta^2r(1-r)\le\frac{\delta^2}4$, $r$ the fraction. So $\mathbb E\|Q(y)-x_\star\|^2=\|y-x_\star\|^2+\operatorname{Var}Q(y)$, and for $y=x-\gamma\nabla f(x)$ the first term is at most $(1-\gamma\mu)^2\|x-x_\star\|^2$. That is the first branch. If $x$ is on the grid, only the step $\gamma\partial_if=k\delta+b$, $0\le b<\delta$, is rounded, and the variance of the coordinate is $b(\delta-b)\le\delta\gamma|\partial_if|$ (for $k\ge0$ as $b\le\gamma|\partial_if|$, for $k<0$ as $\delta-b\le\gamma|\partial_if|$). These sum to at most $\delta\gamma\sqrt d\,\|\nabla f\|\le\delta\gamma\sqrt d\,L\|x-x_\star\|$. Take means: by Jensen's inequality a minimum of two functions that are concave in $\|x-x_\star\|^2$ may be taken at the mean.

*To the nearest.* $|\gamma\partial_if(x_0)|\le\gamma L\|x_0-x_\star\|<\frac\delta2$, so every coordinate is rounded back. $\square$

## How sharp they are

For $f=\frac12(x-x_\star)^2$, $x_\star=\frac\delta2$ and $x_0=0$ all paths jump between $0$ and $\delta$: the error is $\frac{\delta^2}4$ always, and $B_t$ is its $(1-\frac\gamma2)^{-2}$-fold in the limit. The first branch is nearly attained in one long step. round-stall is attained, and its condition is exact: at $\gamma L\|x_0-x_\star\|=\frac\delta2$ and beyond the point may move.

## What is run

Both on smooth strongly convex functions of at most four variables, where many paths are cheap.

## What must fail

Half of $B_t$. For the other: $1.01$ of the bound; and a start at twice the distance, which does move.

## Exercises

1. Compare the floors of both branches for small $\gamma$.
2. ★ Let $d=1$, $x_\star$ on the grid and $\gamma\le\frac1L$. Show that $\mathbb E|x_t-x_\star|\le(1-\gamma\mu)^t|x_0-x_\star|$: there is no floor.
3. How far from $x_\star$ may rounding to the nearest stall, and how far does rounding at random end?
4. *Compute.* How near does rounding at random come where rounding to the nearest is stuck? Run `ratecheck verify round-sgd:gamma=0.05,grid=0.1 --objective diagonal:lambda=1,start=0.9 --steps 256`, and round-stall with the same.
:*/

#define HALF_WAY "coupled:d=1,c=0,b=0.5,start=0"
SHARP(sharp,
	{ .objective = HALF_WAY, .parameters = "gamma=0.01,grid=1", .note = "a minimiser half-way between two points",
	  .steps = 1000, .ratio = 1, .deep_ratio = 0.99 },
	{ .objective = "coupled:d=4,c=0,b=0.5,start=0", .parameters = "gamma=0.1,grid=1",
	  .note = "the same in four dimensions, longer steps", .steps = 100, .ratio = 0.99, .deep_ratio = 0.933 },
	{ .objective = "coupled:d=1,c=0,b=0.3,start=5", .parameters = "gamma=0.5,grid=1", .note = "one long step",
	  .steps = 1, .ratio = 0.996 })
CONTROL(control,
	{ .objective = HALF_WAY, .parameters = "gamma=0.1,grid=1", .note = "half of the bound", .steps = 100,
	  .factor = 0.5 })
SHARP(sharp_stall,
	{ .objective = "diagonal:lambda=1,start=0.9", .parameters = "gamma=0.05,grid=0.1", .note = "0.9, for ever",
	  .steps = 64, .ratio = 1 },
	{ .objective = "diagonal:lambda=1/1,start=2/-4", .parameters = "gamma=0.11,grid=1", .note = "in the plane",
	  .steps = 64, .ratio = 1 })
CONTROL(control_stall,
	{ .objective = "diagonal:lambda=1,start=0.9", .parameters = "gamma=0.05,grid=0.1", .note = "1.01 of the bound",
	  .steps = 64, .factor = 1.01 },
	{ .objective = "diagonal:lambda=1,start=0.9", .parameters = "gamma=0.1,grid=0.1", .note = "a step that moves",
	  .steps = 64 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L + mu)"),
	[grid_] = { "grid", RATE_REAL, "auto", 0, 0, NULL, "delta, the distance of the points of the grid" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * 2 / (c->L + c->mu);
	param[grid_] = sqrt((c->D2 > 0 ? c->D2 : 1) / (double)c->d) / 16;
}

MUST(admissible, AT_MOST(gamma, 2 / (L + mu)) && grid > 0, "0 < gamma <= 2/(L + mu), grid > 0")

/* The start is a point of the grid: in one dimension its first. */
static void choose_stall(const rate_case *c, double fraction, double *param)
{
	param[grid_] = c->x0[0] != 0 ? fabs(c->x0[0]) : 1;
	param[gamma_] = fraction * param[grid_] / (2 * c->L * (c->D2 > 0 ? sqrt(c->D2) : 1));
}

static const char *admissible_stall(const rate_case *c)
{
	LETTERS(c);

	return grid > 0 && on_grid(c) && gamma > 0 && gamma * L * sqrt(D2) < grid / 2
	    ? NULL : "x_0 on the grid, 0 < gamma < grid/(2 L |x_0 - x_star|)";
}

static const char *few_variables(const rate_case *c)
{
	return c->d <= 4 ? NULL : "stated for any number of variables, run for at most four";
}

static const char *start_on_grid(const rate_case *c)
{
	for (size_t j = 1; j < c->d; j++)
		if (c->d > 4 || !(fabs(c->x0[0]) > 0) || fmod(c->x0[j], c->x0[0]) != 0)
			return "stated for a start on the grid";
	return NULL;
}

#define PAPERS \
	"rounding at random as in Polino, Pascanu and Alistarh, Model compression via distillation and quantization, " \
	"ICLR 2018, and in training with four bits; proved in this file"

CLAIM(round_sgd,
	.id = "round-sgd", .chapter = "estimators", .title = "Gradient descent with stochastic rounding",
	.statement = "f μ-strongly convex, L-smooth, rounded at random to a grid of width δ, 0 < γ ≤ 2/(L + μ): "
	             "E‖x_t − x*‖² ≤ B_t, B_{t+1} = (1 − γμ)²B_t + min(dδ²/4, δγ√d L √B_t)",
	.quantity = "E‖x_t − x*‖²", .formula = "B_t", .source = PAPERS,
	.kind = RATE_EXPECTATION, .method = "rounded-gd",
	NEEDS("convex", "L", "mu", "x_star", "one term", "no composite"), .applies = few_variables, RANGE,
	.bound = bound, .transient = transient, .measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(round_stall,
	.id = "round-stall", .chapter = "estimators", .title = "Rounding to the nearest point stalls",
	.statement = "f L-smooth, x_0 on a grid of width δ, γL‖x_0 − x*‖ < δ/2, rounded to the nearest: x_t = x_0",
	.quantity = "‖x_t − x*‖²", .formula = "‖x_0 − x*‖²", .source = PAPERS,
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OPEN_END, .method = "nearest-gd",
	NEEDS("L", "x_star", "stationary", "no composite"), .params = RATE_ROWS(params), .applies = start_on_grid,
	.choose = choose_stall, .admissible = admissible_stall, .bound = bound_stall, .measure = rate_measure_dist2,
	.sharp = sharp_stall, .control = control_stall)
