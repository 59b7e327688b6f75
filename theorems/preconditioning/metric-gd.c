/*:
# Gradient descent in the metric of the data

Badly scaled columns make gradient descent slow, and the cure is as old as least squares: measure lengths by $\|v\|_B^2=v^\top Bv$ with a matrix $B$ that bends as $f$ does. What is left of the conditioning then?

**Theorem.** Let $B$ be symmetric, $B\succeq0$, $B^+$ its pseudo-inverse, $\nabla f(x)$ in the range of $B$ for all $x$, $f$ convex with a minimiser $x_\star$, and
$$ f(y)\le f(x)+\langle\nabla f(x),y-x\rangle+\tfrac{L_B}2\|y-x\|_B^2\qquad\text{for all }x,y. $$
For $0<\gamma\le1/L_B$ the method $x_{t+1}=x_t-\gamma B^+\nabla f(x_t)$ has, for every $t\ge1$,
$$ f(x_t)-f_\star\;\le\;\frac{L_B\,\|x_0-x_\star\|_B^2}{4\gamma L_Bt+2}. $$

For the mean loss of $n$ rows $a_i$ with a loss whose second derivative is at most $\ell$ take $B=\frac\ell n\sum a_ia_i^\top$: then $L_B=1$, whatever the rows are.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "metric.h"

enum { L_B, D2_B, MU_B, MOST, LEAST_B };

FORMULA(bound, t, c->need[L_B] * c->need[D2_B] / (4 * gamma * c->need[L_B] * t + 2))

/*:
## Proof

Let $B^{1/2}$ be the square root. The function $\varphi(v)=f((B^+)^{1/2}v)$ on the range of $B$ is convex, and $L_B$-smooth because $\|(B^+)^{1/2}v\|_B=\|v\|$ there. With $v=B^{1/2}x$ the method is $v_{t+1}=v_t-\gamma\nabla\varphi(v_t)$: gradient
descent on $\varphi$. What $x$ has outside the range changes neither $f$ nor any step. Now gd-convex-smooth-tight applies, with $\|v_0-v_\star\|=\|x_0-x_\star\|_B$. $\square$

**Theorem (metric-gd-sc).** If moreover $\mu_BB\preceq\nabla^2f\preceq L_BB$ with $\mu_B>0$, then for $0<\gamma<2/L_B$
$$ \|x_t-x_\star\|_B^2\;\le\;\max\{|1-\gamma\mu_B|,|1-\gamma L_B|\}^{2t}\,\|x_0-x_\star\|_B^2. $$

**Proof.** The same substitution, and gd-strongly-convex-tight: $v_t-v_\star$ is multiplied by $I-\gamma\int_0^1\nabla^2\varphi$, whose eigenvalues lie between $1-\gamma L_B$ and $1-\gamma\mu_B$. $\square$

## How sharp it is

Both are attained. The first by a Huber function of one product, $f(x)=h(\langle a,x\rangle)$ with $B=aa^\top$: for every $a$ it is the worst function of gradient descent, seen through $a$. The second by every quadratic in its own metric, where $\mu_B=L_B=1$ and
every direction shrinks by $|1-\gamma|$.

## What is run

The method on generalized linear models (the metric is made of the rows), on quadratics (of the Hessian) and where the objective brings a metric.

## What must fail

0.99 of the first bound. Steps in the wrong metric: plain gradient descent with $\gamma=1/L_B$, while $\|a\|^2=101$, is thrown from side to side. For the second, 0.9 of what is attained.

## Exercises

1. Let $S$ be invertible and $g(y)=f(Sy)$ with the metric $S^\top BS$. Show that the method on $g$ is the method on $f$ in other letters.
2. What does a step cost, beside the gradient, for $n$ rows in $\mathbb R^d$?
3. *Compute.* Compare `ratecheck verify metric-gd --objective logistic:data=wine,ridge=0.1` with `gd-convex-smooth` on the same objective: which bound is smaller at $t=100$?
:*/

#define PRODUCT(a) "huber-product:a=" a ",tau=0.0077519379844961239"
SHARP(sharp,
	{ .objective = PRODUCT("1/10"), .parameters = "gamma=1", .note = "Huber function of a product, T = 64",
	  .steps = 64,
	  .ratio = 1 },
	{ .objective = PRODUCT("0.001/-0.02/0.01"), .parameters = "gamma=1", .note = "short rows make no difference",
	  .steps = 64,
	  .ratio = 1 },
	{ .objective = "logistic:n=60,d=5,ridge=0", .note = "logistic regression" })
CONTROL(control,
	{ .objective = PRODUCT("1/10"), .parameters = "gamma=1", .note = "0.99 of the bound", .steps = 64,
	  .factor = 0.99 },
	{ .objective = PRODUCT("1/10"), .parameters = "gamma=1", .note = "the same step without the metric",
	  .steps = 64,
	  .method = "gd" })

#define BOWL "quadratic:d=20,kappa=100"
SHARP(sharp_sc,
	{ .objective = BOWL, .parameters = "gamma=0.1", .note = "a quadratic in its own metric", .steps = 64,
	  .ratio = 1 },
	{ .objective = "least-squares:n=40,d=20,rank=8", .parameters = "gamma=1.8", .note = "a singular metric",
	  .steps = 64,
	  .ratio = 1 })
CONTROL(control_sc,
	{ .objective = BOWL, .parameters = "gamma=0.1", .note = "0.9 of the bound", .steps = 64, .factor = 0.9 },
	{ .objective = BOWL, .parameters = "gamma=0.5", .note = "the same step without the metric", .steps = 64,
	  .method = "gd" })

/*: {.plumbing} :*/
static double largest(const rate_case *c)
{
	return 1 / c->need[L_B];
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * largest(c);
}

static void choose_sc(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = 2 * fraction * largest(c);
}

MUST(admissible, AT_MOST(gamma, largest(c)), "0 < gamma <= 1/L_B")

MUST(admissible_sc, gamma > 0 && gamma < 2 * largest(c), "0 < gamma < 2/L_B")

/* B^+ B is the identity up to rounding, which its condition number enlarges. */
NUMBER(factor_sc, fmax(0x1p-46 * c->need[MOST] / c->need[LEAST_B],
                       fmax(fabs(1 - gamma * c->need[MU_B]), fabs(1 - gamma * c->need[L_B]))))

static const char *applies_sc(const rate_case *c)
{
	return c->need[MOST] <= 1e8 * c->need[LEAST_B]
	           ? NULL
	           : "the positive eigenvalues are more than a factor of 1e8 apart";
}

FORMULA(bound_sc, t, decay(1 - factor_sc(c), 2 * t) * c->need[D2_B])

static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L_B") };
static const rate_param params_sc[] = { RATE_STEP_SIZE("0 < gamma < 2/L_B") };

CLAIM(metric_gd,
	.id = "metric-gd", .chapter = "preconditioning", .title = "Gradient descent in the metric of the data",
	.statement = "f convex, ∇²f ≤ L_B B, 0 < γ ≤ 1/L_B, x⁺ = x − γB⁺∇f(x): f(x_t) − f* ≤ L_B‖x_0 − "
	             "x*‖²_B/(4γL_B t + 2)",
	.quantity = "f(x_t) − f*", .formula = "L_B D²_B/(4γL_B t + 2)",
	.source = "the exact step of Lavington et al., Target-based surrogates for stochastic optimization, "
	          "arXiv:2302.02607; "
	          "constant of Drori and Teboulle 2014, proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "metric-gd", NEEDS("L_metric", "D2_metric", "convex", "f_star"), RANGE,
	.power = 1,
	.bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(metric_gd_sc,
	.id = "metric-gd-sc", .chapter = "preconditioning",
	.title = "Gradient descent in the metric of the data, linear rate",
	.statement = "μ_B B ≤ ∇²f ≤ L_B B, 0 < γ < 2/L_B: "
	             "‖x_t − x*‖²_B ≤ max{|1 − γμ_B|, |1 − γL_B|}^(2t) ‖x_0 − x*‖²_B",
	.quantity = "‖x_t − x*‖²_B", .formula = "max{|1 − γμ_B|, |1 − γL_B|}^(2t) D²_B",
	.source = "standard; proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "metric-gd",
	NEEDS("L_metric", "D2_metric", "mu_metric", "metric_most", "metric_least", "x_star"), .applies = applies_sc,
	.params = RATE_ROWS(params_sc), .choose = choose_sc, .admissible = admissible_sc, .bound = bound_sc,
	.measure = measure_dist2_metric, .sharp = sharp_sc, .control = control_sc)
