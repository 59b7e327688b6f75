/*:
# Strong convexity in five forms

$f$ is $\mu$-strongly convex, $\mu>0$: $f-\frac\mu2\|\cdot\|^2$ is convex. Here $g_x\in\partial f(x)$, and $x_\star$ is the minimiser (over the feasible set, if there is one).

- **lem-sc-lower**: $f(y)\ge f(x)+\langle g_x,y-x\rangle+\frac\mu2\|y-x\|^2$.
- **lem-sc-growth**: $F(x)-F_\star\ge\frac\mu2\|x-x_\star\|^2$, also for $F=f+h$ with convex $h$.
- **lem-sc-monotone**: $\langle g_y-g_x,y-x\rangle\ge\mu\|y-x\|^2$.
- **lem-sc-pl**: $\|g_x\|^2\ge2\mu(f(x)-f_\star)$, the Polyak–Łojasiewicz inequality.
- **lem-sc-coercive**: if $f$ is $L$-smooth too, $\langle g_y-g_x,y-x\rangle\ge\frac{\mu L}{\mu+L}\|y-x\|^2+\frac1{\mu+L}\|g_y-g_x\|^2$.

**Proofs.** The first is the subgradient inequality of $f-\frac\mu2\|\cdot\|^2$, rearranged. The second: $F-\frac\mu2\|\cdot\|^2$ is convex, and $0\in\partial F(x_\star)$ (or the variational inequality on the set) goes
into the first form at $x_\star$. The third adds the first for $(x,y)$ and $(y,x)$. The fourth minimises both sides of the first over $y$: the right
side has its minimum $f(x)-\frac1{2\mu}\|g_x\|^2$ at $y=x-g_x/\mu$. The fifth: $\phi=f-\frac\mu2\|\cdot\|^2$ is convex and $(L-\mu)$-smooth, hence cocoercive:
$\langle d-\mu e,e\rangle\ge\frac1{L-\mu}\|d-\mu e\|^2$ with $d=g_y-g_x$, $e=y-x$. Multiply by $L-\mu$ and sort. For $L=\mu$ it is $d=\mu e$. $\square$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lemmas.h"

enum form { LOWER, MONOTONE, PL, COERCIVE };

static int sides(const rate_point *p, enum form form, double *left, double *right, double *s)
{
	double mu = p->c->mu, L = p->c->L, gap = 0, scale = 0;
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	if (form == PL && p->run->call->gap(p->run, t.x, &gap, &scale)) {
		free(t.room.store);
		return RATE_FAIL;
	}
	t.round_g += mu * t.size;
	*s = t.round_g * sqrt(t.dist2);
	switch (form) {
	case LOWER:
		*left = mu / 2 * t.dist2;
		*right = t.bend;
		*s = t.round_f;
		break;
	case MONOTONE:
		*left = mu * t.dist2;
		*right = t.inner;
		break;
	case PL:
		*left = 2 * mu * gap;
		*right = dot_of(p, t.gx, t.gx);
		*s = 2 * mu * scale + t.round_g * t.round_g;
		break;
	case COERCIVE:
		*left = mu * L / (mu + L) * t.dist2 + t.dg2 / (mu + L);
		*right = t.inner;
		*s += t.round_g * sqrt(t.dg2) / (mu + L);
		break;
	}
	free(t.room.store);
	return RATE_OK;
}

static int lower(const rate_point *p, double *left, double *right, double *s)
{
	return sides(p, LOWER, left, right, s);
}

static int monotone(const rate_point *p, double *left, double *right, double *s)
{
	return sides(p, MONOTONE, left, right, s);
}

static int pl(const rate_point *p, double *left, double *right, double *s)
{
	return sides(p, PL, left, right, s);
}

static int coercive(const rate_point *p, double *left, double *right, double *s)
{
	return sides(p, COERCIVE, left, right, s);
}

static int growth(const rate_point *p, double *left, double *right, double *s)
{
	double dist2, scale, from;
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	if (p->run->call->gap(p->run, t.x, right, &scale) || p->run->call->dist2(p->run, t.x, &dist2, &from)) {
		free(t.room.store);
		return RATE_FAIL;
	}
	*left = p->c->mu / 2 * dist2;
	*s = scale + p->c->mu * from;
	free(t.room.store);
	return RATE_OK;
}

/*:
**How sharp.** The bowl $\frac\mu2\|x\|^2$ attains all of them; lem-sc-coercive also every quadratic with eigenvalues $\mu$ and $L$ only.

**What is run.** Random pairs on every objective that declares $\mu$. **What must fail.** $0.9$ times the right side on the bowl.

**Exercises.**

1. The PL inequality does not imply strong convexity: see lem-pl-nonconvex. Does it for convex functions?
2. Show that lem-sc-coercive implies both lem-sc-monotone and, for $\mu\to0$, lem-cocoercive.
3. Which of the five stay true for $f(x)=\mu|x|\,$, and where?
:*/

SHARP(sharp,
	{ .objective = BOWL, .note = "the bowl", .ratio = 1 })
CONTROL(sharp_coercive,
	{ .objective = "quadratic:d=4,spectrum=two-point,kappa=10", .note = "eigenvalues mu and L only", .ratio = 1 })
CONTROL(control,
	{ .objective = BOWL, .note = "0.9 of the right side on the bowl", .factor = 0.9 })
CONTROL(control_coercive,
	{ .objective = "quadratic:d=4,spectrum=two-point,kappa=10", .note = "0.9 of the right side", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "mu" };
static const char *const with_minimiser[] = { "mu", "x_star", "f_star" };
static const char *const with_infimum[] = { "mu", "f_star", "no composite" };
static const char *const smooth[] = { "mu", "L", "whole space" };

const rate_theorem lem_sc_lower = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-sc-lower",
	.title = "Strong convexity: the quadratic below",
	.statement = "f μ-strongly convex: (μ/2)‖y − x‖² ≤ f(y) − f(x) − ⟨g_x, y − x⟩",
	.quantity = "(μ/2)‖y − x‖²",
	.formula = "f(y) − f(x) − ⟨g_x, y − x⟩",
	.needs = RATE_LIST(needs),
	.evaluate = lower,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_sc_growth = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-sc-growth",
	.title = "Strong convexity: growth from the minimiser",
	.statement = "f μ-strongly convex, h convex, F = f + h: (μ/2)‖x − x*‖² ≤ F(x) − F*",
	.quantity = "(μ/2)‖x − x*‖²",
	.formula = "F(x) − F*",
	.needs = RATE_LIST(with_minimiser),
	.evaluate = growth,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_sc_monotone = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-sc-monotone",
	.title = "Strong convexity: monotone gradients",
	.statement = "f μ-strongly convex: μ‖y − x‖² ≤ ⟨g_y − g_x, y − x⟩",
	.quantity = "μ‖y − x‖²",
	.formula = "⟨g_y − g_x, y − x⟩",
	.needs = RATE_LIST(needs),
	.evaluate = monotone,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_sc_pl = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-sc-pl",
	.title = "Strong convexity implies the Polyak–Łojasiewicz inequality",
	.statement = "f μ-strongly convex: 2μ(f(x) − f*) ≤ ‖g_x‖²",
	.quantity = "2μ(f(x) − f*)",
	.formula = "‖g_x‖²",
	.needs = RATE_LIST(with_infimum),
	.evaluate = pl,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_sc_coercive = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-sc-coercive",
	.title = "Strongly convex and smooth: both bounds at once",
	.statement = "f μ-strongly convex, L-smooth: (μL‖y − x‖² + ‖∇f(y) − ∇f(x)‖²)/(μ + L) ≤ ⟨∇f(y) − ∇f(x), y − x⟩",
	.quantity = "(μL‖y − x‖² + ‖∇f(y) − ∇f(x)‖²)/(μ + L)",
	.formula = "⟨∇f(y) − ∇f(x), y − x⟩",
	.needs = RATE_LIST(smooth),
	.evaluate = coercive,
	.sharp = sharp_coercive,
	.control = control_coercive };
