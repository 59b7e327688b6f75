/*:
# The penalty lies a little below

Two levels: $F(x)=\min\{f(x,y):y\in S(x)\}$, where $S(x)$ are the minimisers of $g(x,\cdot)$, and among several the upper level may choose. To know $F$ one would have to solve the lower level exactly. The *penalty* asks for less:
$$ L_\lambda(x)=\min_y\;f(x,y)+\lambda\bigl(g(x,y)-g_\star(x)\bigr),\qquad g_\star(x)=\min_yg(x,y). $$
How far apart are the two?

**Theorem.** Fix $x$. Let $S(x)$ be closed and convex, $g(x,y)-g_\star(x)\ge\frac\mu2\operatorname{dist}(y,S(x))^2$ for all $y$ (*growth*), let $f(x,\cdot)$ be differentiable and $m$-strongly convex, $m\ge0$, and let $y_\star$ be the best point of $S(x)$. For every $\lambda>0$
$$ 0\;\le\;F(x)-L_\lambda(x)\;\le\;\frac{\|\nabla_yf(x,y_\star)\|^2}{2(\lambda\mu+m)}. $$

Neither smoothness of $g$ nor a unique lower solution is asked for.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(G) P(mu_g) P(lambda) P(c) P(w) P(shape)
#include "two-levels.h"

/*:
**Theorem (no convexity).** Fix $x$. Let $S(x)$ be nonempty and closed, with the same growth, and let $f(x,\cdot)$ be $G$-Lipschitz, with a best point on $S(x)$. For every $\lambda>0$
$$ 0\;\le\;F(x)-L_\lambda(x)\;\le\;\frac{G^2}{2\lambda\mu}. $$

## Proof

$L_\lambda\le F$: try $y=y_\star$. For the other side take any $y$, let $s$ be the nearest point of $S(x)$ and $r=\|y-s\|$.

*Lipschitz.* $f(x,y)+\lambda(g(x,y)-g_\star)\ge f(x,s)-Gr+\frac{\lambda\mu}2r^2\ge F(x)-\frac{G^2}{2\lambda\mu}$.

*Convex.* Let $v=\nabla_yf(x,y_\star)$. As $y_\star$ is best on a convex set, $\langle v,s-y_\star\rangle\ge0$; and $\|y-y_\star\|\ge r$, since $y_\star\in S(x)$ is no nearer than $s$. So
$$ f(x,y)\ge F(x)+\langle v,s-y_\star\rangle+\langle v,y-s\rangle+\tfrac m2\|y-y_\star\|^2\ge F(x)-\|v\|r+\tfrac m2r^2. $$
Add $\frac{\lambda\mu}2r^2$ and minimise over $r$: $-\|v\|^2/(2(\lambda\mu+m))$. $\square$

## How sharp they are

The first is attained, at every $\lambda$, where both Hessians are multiples of the identity. The second is, at every $\lambda$, for $f=G|y-c|$ with $c$ far enough from $S$.

## What is run

The first on two quadratic levels, with definite and with singular lower Hessians, the gap in closed form, and on a lower level that changes its curvature. The second, with no objective at hand, on the line: $f=G|y-c|$ and $f=G\sin(y-c)$, $S=[-w,w]$, both minima searched for.

## What must fail

$0.9$ of the bounds, and the growth of *another* $x$. With $f=\frac12(y-1)^2$ and $g=\frac x2y^2$ the lower level is flat at $x=0$: the gap at $x=0.001$ is 90 times what the growth at $x=1$ would allow. The theorem speaks of one $x$; a rate in $\lambda$ for all of them needs growth that does not die.

## Exercises

1. Show that $\lambda\mapsto L_\lambda(x)$ is concave and never decreases. What is its slope?
2. Let $f=c'y$ and $g=\frac12y'Qy$ with $Q$ definite. Compute the gap, and compare with the bound if $Q$ has two different eigenvalues.
3. ★ Where did the proof use that $S(x)$ is convex? Give an example with two lower solutions in which the first theorem fails.
:*/

SHARP(sharp,
	{ .objective = "bilevel-quadratic:size=2,Q=2,S=0.5,B=1/2/0/1,a=1/-1,lambda=10",
	  .note = "multiples of the identity", .ratio = 1 },
	{ .objective = "bilevel-quadratic:size=2,Q=2,S=0.5,B=1/2/0/1,a=1/-1,lambda=1e6",
	  .note = "the same, a heavy penalty", .ratio = 1 },
	{ .objective = "bilevel-quadratic:size=2,Q=0/2,B=1/2/0/1,a=1/-1,C=0.5,lambda=10",
	  .note = "a singular lower level: the upper one chooses" },
	{ .objective = "bilevel-quadratic:size=3,Q=0.3/1/3,S=1/2/0,C=0.3,a=1/-1/2,lambda=3", .note = "three by three" },
	{ .objective = "bilevel-curved:lambda=10", .note = "a line above a parabola", .ratio = 1 })
CONTROL(control,
	{ .objective = "bilevel-quadratic:size=2,Q=2,S=0.5,B=1/2/0/1,a=1/-1,lambda=10", .note = "0.9 of the bound",
	  .factor = 0.9 },
	{ .objective = "bilevel-quadratic:Q=0.001,S=1,B=0,lambda=100", .note = "lost growth: that of Q = 1",
	  .factor = 1.1 / 101 })
SHARP(sharp_lipschitz,
	{ .parameters = "G=2,mu_g=3,lambda=10,c=1,w=0,shape=kink", .note = "a kink beyond the penalty's reach",
	  .ratio = 1 },
	{ .parameters = "G=2,mu_g=3,lambda=10,c=2,w=0.5,shape=kink", .note = "lower solutions from -1/2 to 1/2",
	  .ratio = 1 },
	{ .parameters = "G=1,mu_g=1,lambda=1000,c=0,w=0,shape=sine", .note = "a sine: 1 as lambda grows", .ratio = 1 })
CONTROL(control_lipschitz,
	{ .parameters = "G=2,mu_g=3,lambda=10,c=1,w=0,shape=kink", .note = "0.9 of the bound", .factor = 0.9 },
	{ .parameters = "G=1,mu_g=1,lambda=1000,c=0,w=0,shape=sine", .note = "0.9 of the bound", .factor = 0.9 })

/*: {.plumbing} :*/
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double gap, slope2, mu_growth, m, scale, weight = p->c->need[WEIGHT];

	if (two_levels(p, "value_gap", &gap, &scale) || two_levels(p, "slope2", &slope2, NULL) ||
	    two_levels(p, "mu_g", &mu_growth, NULL) || two_levels(p, "m", &m, NULL))
		return RATE_FAIL;
	*left = gap;
	*right = m >= 0 ? slope2 / (2 * (weight * mu_growth + m)) : INFINITY; /* nothing is claimed */
	*s = scale;
	return RATE_OK;
}

enum { KINK, SINE };

static double upper(const rate_case *c, double y)
{
	const double *p = c->param;

	return p[shape_] == KINK ? p[G_] * fabs(y - p[c_]) : p[G_] * sin(y - p[c_]);
}

static double penalised(const rate_case *c, double y)
{
	double r = fmax(fabs(y) - c->param[w_], 0);

	return upper(c, y) + c->param[lambda_] * c->param[mu_g_] / 2 * r * r;
}

/* The minimum over [low, high]: the best of a grid, and golden sections around it. */
static double least(double (*of)(const rate_case *c, double y), const rate_case *c, double low, double high)
{
	enum { GRID = 200 };
	const double golden = 0.61803398874989485;
	double best = INFINITY, cell = (high - low) / GRID, at = low, a, b;

	for (int i = 0; i <= GRID; i++)
		if (of(c, low + i * cell) < best) {
			at = low + i * cell;
			best = of(c, at);
		}
	a = fmax(low, at - cell);
	b = fmin(high, at + cell);
	for (int i = 0; i < 100; i++) {
		double u = b - golden * (b - a), v = a + golden * (b - a), of_u = of(c, u), of_v = of(c, v);

		best = fmin(best, fmin(of_u, of_v));
		if (of_u < of_v)
			b = v;
		else
			a = u;
	}
	return best;
}

static int evaluate_lipschitz(const rate_point *p, double *left, double *right, double *s)
{
	const rate_case *c = p->c;
	const double *q = c->param;
	double reach = 2 * q[G_] / (q[lambda_] * q[mu_g_]), w = q[w_], F = least(upper, c, -w, w), penalty;

	/* Farther away it costs more than f can give. */
	penalty = fmin(F, fmin(least(penalised, c, w, w + reach), least(penalised, c, -w - reach, -w)));
	*left = F - penalty;
	*right = q[G_] * q[G_] / (2 * q[lambda_] * q[mu_g_]);
	*s = q[G_] * (1 + fabs(q[c_]) + w);
	return RATE_OK;
}

static const rate_param params[] = {
	[G_] = { "G", RATE_REAL, "1", 0.1, 10, NULL, "Lipschitz constant of f in y" },
	[mu_g_] = { "mu_g", RATE_REAL, "1", 0.1, 10, NULL, "growth of g" },
	[lambda_] = { "lambda", RATE_REAL, "10", 1, 1e4, NULL, "weight of the penalty" },
	[c_] = { "c", RATE_REAL, "1", -3, 3, NULL, "where the kink is, or the sine begins" },
	[w_] = { "w", RATE_REAL, "0", 0, 2, NULL, "the lower solutions are [-w, w]" },
	[shape_] = { "shape", RATE_CHOICE, "kink", 0, 0, "kink|sine", "f = G|y - c| or G sin(y - c)" },
};

#define PAPER \
	"Kwon, Kwon, Wright and Nowak, On penalty methods for nonconvex bilevel optimization and first-order " \
	"stochastic approximation, 2023"

CLAIM(penalty_value,
	.id = "penalty-value", .chapter = "bilevel", .title = "The penalty lies a little below",
	.statement = "g(x,·) − g* ≥ (μ/2) dist², S(x) convex, f(x,·) m-strongly convex: 0 ≤ F(x) − L_λ(x) ≤ "
	             "‖∇_y f(x, y*)‖²/(2(λμ + m))",
	.quantity = "F(x) − L_λ(x)", .formula = "‖∇_y f(x, y*)‖²/(2(λμ + m))",
	.source = "in the setting of " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, NEEDS("field", [WEIGHT] = "bilevel.lambda", "quantities/1"), .points = 1,
	.evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(penalty_value_lipschitz,
	.id = "penalty-value-lipschitz", .chapter = "bilevel", .title = "The penalty lies a little below: no convexity",
	.statement = "g(x,·) − g* ≥ (μ/2) dist², f(x,·) G-Lipschitz: 0 ≤ F(x) − L_λ(x) ≤ G²/(2λμ)",
	.quantity = "F(x) − L_λ(x)", .formula = "G²/(2λμ)",
	.source = "in the setting of " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), .evaluate = evaluate_lipschitz,
	.sharp = sharp_lipschitz, .control = control_lipschitz)
