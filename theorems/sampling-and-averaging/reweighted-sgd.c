/*:
# Drawing by importance

If some terms of a sum have much longer gradients than others, the uniform draw wastes most of its steps on the short ones, and the longest one limits the step size of all. Draw the long ones more often and shorten them by the same factor: the mean stays right.

Let $f=\sum_iq_if_i$ with weights $q_i\ge0$, $\sum q_i=1$, every $f_i$ convex and $L_i$-smooth, $f$ $\mu$-strongly convex with the minimiser $x_\star$. Draw $i$ with probability $p_i$, where $p_i>0$ if $q_i>0$, and
$$ x_{t+1}=x_t-\gamma\,\frac{q_i}{p_i}\nabla f_i(x_t),\qquad L_p=\max_i\frac{q_iL_i}{p_i},\quad\sigma_p^2=\sum_i\frac{q_i^2}{p_i}\|\nabla f_i(x_\star)\|^2 $$
(over the $i$ with $q_i>0$).

**Theorem (reweighted-sgd).** For $0<\gamma<\frac1{L_p}$ and $r=1-2\gamma\mu(1-\gamma L_p)$, for every $t$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;r^t\|x_0-x_\star\|^2+\frac{\gamma\sigma_p^2(1-r^t)}{\mu(1-\gamma L_p)} . $$

**Theorem (reweighted-interp).** If $x_\star$ minimises every $f_i$, then for $0<\gamma<\frac2{L_p}$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;\bigl(1-\gamma\mu(2-\gamma L_p)\bigr)^t\|x_0-x_\star\|^2 . $$

With $p_i$ proportional to $q_iL_i$, $L_p=\sum q_iL_i$: the mean smoothness in the place of the largest.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(draw)
#include "../common.h"

enum { L_MEAN, SIGMA_BY_L };
enum { UNIFORM, BY_L };

/* q_i = 1/n, and p_i = 1/n or L_i/sum L_j. */
NUMBER(L_p, draw == UNIFORM ? L_max : c->need[L_MEAN])
NUMBER(sigma_p2, draw == UNIFORM ? sigma_star2 : c->need[SIGMA_BY_L])

NUMBER(loss, 2 * gamma * mu * (1 - gamma * L_p(c)))

FORMULA(transient, t, decay(loss(c), t) * D2)

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double forgotten = loss(c) * decay_sum(loss(c), t); /* 1 - r^t */

	return transient(c, t) + gamma * sigma_p2(c) * forgotten / (mu * (1 - gamma * L_p(c)));
}

NUMBER(loss_interp, gamma * mu * (2 - gamma * L_p(c)))

FORMULA(bound_interp, t, decay(loss_interp(c), t) * D2)

/*:
## Proof

$F_i=\frac{q_i}{p_i}f_i$ is convex and $L_p$-smooth, and $f=\mathbb EF_i$ over the draw. Let $\Delta_i=\nabla F_i(x)-\nabla F_i(x_\star)$. By cocoercivity (lem-cocoercive) $\|\Delta_i\|^2\le L_p\langle\Delta_i,x-x_\star\rangle$, so that $\mathbb E\|\Delta_i\|^2\le L_p\langle\nabla f(x),x-x_\star\rangle$.

*Interpolation.* $\nabla F_i(x_\star)=0$, and
$$ \mathbb E\|x^+-x_\star\|^2=\|x-x_\star\|^2-2\gamma\langle\nabla f(x),x-x_\star\rangle+\gamma^2\mathbb E\|\Delta_i\|^2\le\|x-x_\star\|^2-\gamma(2-\gamma L_p)\langle\nabla f(x),x-x_\star\rangle . $$
Strong convexity, $\langle\nabla f(x),x-x_\star\rangle\ge\mu\|x-x_\star\|^2$, gives the factor.

*Noise.* $\|\nabla F_i(x)\|^2\le2\|\Delta_i\|^2+2\|\nabla F_i(x_\star)\|^2$, and the mean of the last square is $\sigma_p^2$. So the same line has $2\gamma(1-\gamma L_p)$ in the place of $\gamma(2-\gamma L_p)$ and the term $2\gamma^2\sigma_p^2$; the geometric sum is the claim. $\square$

*Letters.* $p_i$ are the probabilities of the draw, $q_i$ the weights in $f$; $\sigma_p^2$ is a second moment at $x_\star$.

## How sharp it is

reweighted-interp is attained at every $t$: let every term have a coordinate of its own, $f_i=\frac{L_i}2x_i^2$, and start in the flattest one. Since $p_iL_p=q_iL_i$, all coordinates are shrunk by the same factor when they are drawn, but the flattest is drawn least often. For short steps reweighted-sgd is as good: with $\gamma=0.001$ the ratio is ${{reweighted-sgd#1.deep_ratio:3}}$
where the bound has fallen to a tenth. The floor is not: near the minimiser $\|\nabla F_i(x)\|^2$ is $\|\nabla F_i(x_\star)\|^2$ and not twice that.

## What is run

Every strongly convex finite sum whose $L_i$ are known, with $q_i=\frac1n$, drawn uniformly or with $p_i$ proportional to $L_i$. The expectation is exact for quadratic terms.

## What must fail

The step that only importance makes safe, $\gamma=\frac{1.9}{L_p}$, with uniform draws. 0.9 of what is attained, and for the noise 0.88 of the bound.

## Exercises

1. ★ Let $p_i=\frac12\bigl(q_i+\frac{q_iL_i}{\sum q_jL_j}\bigr)$. Show that $L_p$ and $\sigma_p^2$ are at most twice what the better of the two draws has.
2. Why does the coordinate with the least $q_iL_i$ decay slowest on the sharp instance?
3. Which $p$ makes $\sigma_p^2$ least?
:*/

#define AXES "orthogonal:L=1/4/25,start="
#define SHORT .objective = AXES "1/0", .parameters = "gamma=0.001", .steps = 4000
SHARP(sharp,
	{ SHORT, .note = "short steps: the rate is right", .deep_ratio = 0.988 },
	{ .objective = "orthogonal:L=1/4/25", .parameters = "gamma=0.05", .note = "every term its own coordinate",
		.steps = 64 },
	{ .objective = "least-squares:n=30,d=5,noise=0.5", .note = "least squares", .steps = 64 },
	{ .objective = "least-squares:n=30,d=5,noise=0.5", .parameters = "draw=uniform", .note = "drawn uniformly",
		.steps = 64 })
CONTROL(control,
	{ SHORT, .note = "0.88 of the bound", .factor = 0.88 },
	{ SHORT, .note = "the bound times t^-0.05", .power = 0.05 })

SHARP(sharp_interp,
	{ .objective = AXES "1/0", .parameters = "gamma=0.07", .note = "from the flattest coordinate", .steps = 64,
		.ratio = 1 },
	{ .objective = AXES "1/0", .parameters = "gamma=0.19", .note = "longer steps", .steps = 64, .ratio = 1 },
	{ .objective = "least-squares:n=30,d=5,noise=0", .note = "least squares that can be solved", .steps = 64 })
CONTROL(control_interp,
	{ .objective = AXES "1/0", .parameters = "gamma=0.07", .note = "0.9 of the bound, which is attained",
		.steps = 64,
	  .factor = 0.9 },
	{ .objective = AXES "0/0/1", .parameters = "gamma=0.19", .note = "the same step with uniform draws",
		.steps = 20,
	  .method = "sgd" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 1/L_p"),
	[draw_] = { "draw", RATE_CHOICE, "L", 0, 0, "uniform|L", "p_i = 1/n, or proportional to L_i" },
};
static const rate_param params_interp[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/L_p"),
	[draw_] = { "draw", RATE_CHOICE, "L", 0, 0, "uniform|L", "p_i = 1/n, or proportional to L_i" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / L_p(c);
}

static void choose_interp(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = 2 * fraction / L_p(c);
}

/* p_i > 0 wherever the gradient of the term is not 0. */
static int drawn(const rate_case *c)
{
	return c->param[draw_] == UNIFORM || isfinite(c->need[SIGMA_BY_L]);
}

MUST(admissible, drawn(c) && gamma > 0 && gamma < 1 / L_p(c), "0 < gamma < 1/L_p, and every L_i > 0 for draw=L")

MUST(admissible_interp, gamma > 0 && gamma < 2 / L_p(c), "0 < gamma < 2/L_p")

NUMBER(factor, 1 - loss(c))
NUMBER(factor_interp, 1 - loss_interp(c))

#define NSW \
	"after Needell, Srebro and Ward, Stochastic gradient descent, weighted sampling, and the randomized Kaczmarz " \
	"algorithm, 2016; any p and q are proved in this file"

CLAIM(reweighted_sgd,
	.id = "reweighted-sgd", .chapter = "sampling-and-averaging", .title = "Drawing by importance",
	.statement = "f = Σ q_i f_i, f_i convex, L_i-smooth, f μ-strongly convex, draws by p, L_p = max q_iL_i/p_i, "
	             "0 < γ < 1/L_p, "
	             "r = 1 − 2γμ(1 − γL_p): E‖x_t − x*‖² ≤ r^t D² + γσ_p²(1 − r^t)/(μ(1 − γL_p))",
	.quantity = "E‖x_t − x*‖²", .formula = "r^t D² + γσ_p²(1 − r^t)/(μ(1 − γL_p))", .source = NSW,
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "reweighted-sgd",
	NEEDS("L_mean", "sigma_by_L", "convex", "mu", "L_max", "sigma_star2", "x_star", "finite-sum/1",
	      "no composite"), RANGE,
	.bound = bound, .transient = transient, .factor = factor, .measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(reweighted_interp,
	.id = "reweighted-interp", .chapter = "sampling-and-averaging", .title = "Drawing by importance, interpolation",
	.statement = "f = Σ q_i f_i, f_i convex, L_i-smooth, all minimal at x*, f μ-strongly convex, draws by p, "
	             "L_p = max q_iL_i/p_i, "
	             "0 < γ < 2/L_p: E‖x_t − x*‖² ≤ (1 − γμ(2 − γL_p))^t D²",
	.quantity = "E‖x_t − x*‖²", .formula = "(1 − γμ(2 − γL_p))^t D²", .source = NSW, .kind = RATE_EXPECTATION,
	.flags = RATE_OPEN_END, .method = "reweighted-sgd",
	NEEDS("L_mean", "sigma_by_L", "convex", "mu", "L_max", "interpolation", "x_star", "finite-sum/1",
	      "no composite"),
	.params = RATE_ROWS(params_interp), .choose = choose_interp, .admissible = admissible_interp,
	.bound = bound_interp,
	.factor = factor_interp, .measure = rate_measure_dist2, .sharp = sharp_interp, .control = control_interp)
