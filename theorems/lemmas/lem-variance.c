/*:
# How noisy are the gradients of a sum?

$f=\frac1n\sum f_i$ with $L_{\max}$-smooth terms; $\mathbb E$ over a uniform index. Two numbers measure the noise at a minimiser:
$$ \sigma_\star^2=\mathbb E\|\nabla f_i(x_\star)\|^2,\qquad\Delta_\star=f_\star-\mathbb E\inf f_i . $$

**Variance transfer.**
$$ \begin{aligned}
\text{(convex)}&&\mathbb E\|\nabla f_i(x)\|^2&\le4L_{\max}\,(f(x)-f_\star)+2\sigma_\star^2&&\text{if the }f_i\text{ are convex},\\
\text{(delta)}&&\mathbb E\|\nabla f_i(x)\|^2&\le2L_{\max}\,(f(x)-f_\star)+2L_{\max}\Delta_\star&&\text{if the }f_i\text{ are bounded below},\\
\text{(composite)}&&\mathbb E\|\nabla f_i(x)-\nabla f(x)\|^2&\le4L_{\max}\,(F(x)-F_\star)+2\sigma_F^2&&\text{for }F=f+h,\ f_i\text{ and }h\text{ convex},
\end{aligned} $$
where in the last $x_\star$ minimises $F$ and $\sigma_F^2=\mathbb E\|\nabla f_i(x_\star)-\nabla f(x_\star)\|^2$.

**Proofs.** (convex): $\|a+b\|^2\le2\|a\|^2+2\|b\|^2$ with $a=\nabla f_i(x)-\nabla f_i(x_\star)$, and lem-expected-smoothness. (delta): the mean of lem-gradient-bound, $\|\nabla f_i(x)\|^2\le2L_{\max}(f_i(x)-\inf f_i)$.
(composite): a variance is at most the mean square about any other point; take $\nabla f(x_\star)$ and split as before:
$\mathbb E\|\nabla f_i(x)-\nabla f(x_\star)\|^2\le2\,\mathbb E\|\nabla f_i(x)-\nabla f_i(x_\star)\|^2+2\sigma_F^2$. By lem-expected-smoothness-xy the first is at most
$4L_{\max}\bigl(f(x)-f(x_\star)-\langle\nabla f(x_\star),x-x_\star\rangle\bigr)$, and $-\nabla f(x_\star)\in\partial h(x_\star)$ turns the bracket into at most $F(x)-F_\star$. $\square$

**The two numbers compared (lem-noise-upper, lem-noise-lower).**
$$ \sigma_\star^2\le2L_{\max}\Delta_\star,\qquad\qquad 2\mu_{\min}\Delta_\star\le\sigma_\star^2\ \text{ if every }f_i\text{ is }\mu_{\min}\text{-strongly convex}. $$

**Proofs.** The first is (delta) at $x=x_\star$. The second is the mean of lem-sc-pl for the $f_i$ at $x_\star$. $\square$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lemmas.h"

enum measured { PLAIN, CENTRED };

/* E |grad f_i(x)|^2, or the variance; the gap at x; the scales of both rounding errors. */
static int noise_at(const rate_point *p, enum measured what, double *square, double *round, double *gap, double *scale)
{
	double *a, *b;
	struct two t;
	int failed;

	if (look(p, &t, 2))
		return RATE_FAIL;
	a = take(&t.room);
	b = take(&t.room);
	failed = mean_square(p, t.x, NULL, a, b, square, &t.round_g) || p->run->call->gap(p->run, t.x, gap, scale);
	*round = *square + (t.round_g + p->c->L_max * t.size) * sqrt(*square);
	if (what == CENTRED)
		*square -= dot_of(p, t.gx, t.gx);
	*scale += t.round_f;
	free(t.room.store);
	return failed ? RATE_FAIL : RATE_OK;
}

static int transfer(const rate_point *p, enum measured what, double factor, double rest, double *left, double *right,
                    double *s)
{
	double round, gap, scale;

	if (noise_at(p, what, left, &round, &gap, &scale))
		return RATE_FAIL;
	*right = factor * p->c->L_max * gap + rest;
	*s = round + factor * p->c->L_max * scale + rest;
	return RATE_OK;
}

static int convex(const rate_point *p, double *left, double *right, double *s)
{
	return transfer(p, PLAIN, 4, 2 * p->c->sigma_star2, left, right, s);
}

static int delta(const rate_point *p, double *left, double *right, double *s)
{
	return transfer(p, PLAIN, 2, 2 * p->c->L_max * p->c->Delta_star, left, right, s);
}

enum { SIGMA_F2, MU_MIN }; /* needs */

static int composite(const rate_point *p, double *left, double *right, double *s)
{
	return transfer(p, CENTRED, 4, 2 * p->c->need[SIGMA_F2], left, right, s);
}

static int upper(const rate_point *p, double *left, double *right, double *s)
{
	*left = p->c->sigma_star2;
	*right = 2 * p->c->L_max * p->c->Delta_star;
	*s = *left + p->c->L_max * (fabs(p->c->f_star) + p->c->Delta_star);
	return RATE_OK;
}

static int lower(const rate_point *p, double *left, double *right, double *s)
{
	*left = 2 * p->c->need[MU_MIN] * p->c->Delta_star;
	*right = p->c->sigma_star2;
	*s = *right + p->c->need[MU_MIN] * (fabs(p->c->f_star) + p->c->Delta_star);
	return RATE_OK;
}

/*:
**How sharp.** For (convex) and (composite): $f_1=\frac L2x^2-x$ and $p-1$ lines $\frac x{p-1}$ at $x=-\frac1L$, where the two gradients that are added have the same direction. The ratio is
$\frac{4p-3}{4p-2}$ for the first, ${{lem-variance-transfer-convex#1.max_ratio:4}}$ at $p=200$, and $1-\frac1{2p}$ for the second, ${{lem-variance-transfer-composite#1.max_ratio:4}}$. For (delta) and both comparisons: two parabolas of the same curvature, moved apart; equality.

**What is run.** Random points on every finite sum whose constants are known. **What must fail.** $0.9$ times the right sides there.

**Exercises.**

1. Linear $f_i$ have $\inf f_i=-\infty$. What becomes of (delta)? And of (convex)?
2. Where do $f_i=\frac L2\|x-c_i\|^2$ lose the factor 2 in (convex)?
3. Show that $\sigma_\star^2$ is the same for all minimisers if the $f_i$ are convex and smooth.
:*/

CONTROL(sharp_convex,
	{ .objective = "skew:p=200", .note = "a tilted parabola among lines, x = -1/L: (4p - 3)/(4p - 2)",
	  .ratio = 797.0 / 798 })
CONTROL(control_convex,
	{ .objective = "skew:p=200", .note = "0.9 of the right side", .factor = 0.9 })
CONTROL(sharp_composite,
	{ .objective = "skew:p=200", .note = "a tilted parabola among lines, x = -1/L: 1 - 1/(2p)",
	  .ratio = 1 - 1.0 / 400 })
CONTROL(sharp_pair,
	{ .objective = "pair:c=2", .note = "two parabolas, moved apart", .ratio = 1 })
CONTROL(control_pair,
	{ .objective = "pair:c=2", .note = "0.9 of the right side", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs_composite[] = { [SIGMA_F2] = "sigma_F2", "convex", "L_max", "x_star", "f_star",
	"finite-sum/1" };
static const char *const needs_lower[] = { "f_star", [MU_MIN] = "mu_min", "sigma_star2", "Delta_star", "finite-sum/1",
	"no composite" };

const rate_theorem lem_variance_transfer_convex = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-variance-transfer-convex",
	.title = "Variance transfer, convex terms",
	.statement = "f_i convex, L_max-smooth: E‖∇f_i(x)‖² ≤ 4 L_max (f(x) − f*) + 2σ*²",
	.quantity = "E‖∇f_i(x)‖²",
	.formula = "4 L_max (f(x) − f*) + 2σ*²",
	NEEDS("convex", "L_max", "sigma_star2", "f_star", "finite-sum/1", "no composite"),
	.evaluate = convex,
	.sharp = sharp_convex,
	.control = control_convex };

const rate_theorem lem_variance_transfer_delta = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-variance-transfer-delta",
	.title = "Variance transfer without convexity",
	.statement = "f_i L_max-smooth, bounded below: E‖∇f_i(x)‖² ≤ 2 L_max (f(x) − f* + Δ*)",
	.quantity = "E‖∇f_i(x)‖²",
	.formula = "2 L_max (f(x) − f* + Δ*)",
	NEEDS("L_max", "Delta_star", "f_star", "finite-sum/1", "no composite"),
	.evaluate = delta,
	.sharp = sharp_pair,
	.control = control_pair };

const rate_theorem lem_variance_transfer_composite = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-variance-transfer-composite",
	.title = "Variance transfer, composite",
	.statement = "f_i convex, L_max-smooth, F = f + h: E‖∇f_i(x) − ∇f(x)‖² ≤ 4 L_max (F(x) − F*) + 2σ_F²",
	.quantity = "E‖∇f_i(x) − ∇f(x)‖²",
	.formula = "4 L_max (F(x) − F*) + 2σ_F²",
	.needs = RATE_LIST(needs_composite),
	.evaluate = composite,
	.sharp = sharp_composite,
	.control = control_convex };

const rate_theorem lem_noise_upper = { LEMMA(0, RATE_DETERMINISTIC),
	.id = "lem-noise-upper",
	.title = "Gradient noise bounded by function noise",
	.statement = "f_i L_max-smooth, bounded below: σ*² ≤ 2 L_max Δ*",
	.quantity = "σ*²",
	.formula = "2 L_max Δ*",
	NEEDS("L_max", "sigma_star2", "Delta_star", "f_star", "finite-sum/1", "no composite"),
	.evaluate = upper,
	.sharp = sharp_pair,
	.control = control_pair };

const rate_theorem lem_noise_lower = { LEMMA(0, RATE_DETERMINISTIC),
	.id = "lem-noise-lower",
	.title = "Function noise bounded by gradient noise",
	.statement = "f_i μ_min-strongly convex: 2 μ_min Δ* ≤ σ*²",
	.quantity = "2 μ_min Δ*",
	.formula = "σ*²",
	.needs = RATE_LIST(needs_lower),
	.evaluate = lower,
	.sharp = sharp_pair,
	.control = control_pair };
