/*:
# What smoothness alone gives

$f$ is $L$-smooth: $\|\nabla f(x)-\nabla f(y)\|\le L\|x-y\|$. No convexity in this file.

**Descent lemma (lem-descent).** For all $x,y$
$$ \bigl|f(y)-f(x)-\langle\nabla f(x),y-x\rangle\bigr|\;\le\;\tfrac L2\|y-x\|^2 . $$

**Proof.** The left side is $\bigl|\int_0^1\langle\nabla f(x+\tau(y-x))-\nabla f(x),\,y-x\rangle\,d\tau\bigr|\le\int_0^1\tau L\|y-x\|^2\,d\tau$. $\square$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(u)
#include "lemmas.h"

static int descent(const rate_point *p, double *left, double *right, double *s)
{
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	*left = fabs(t.bend);
	*right = p->c->L / 2 * t.dist2;
	*s = t.round_f;
	free(t.room.store);
	return RATE_OK;
}

/*:
**One gradient step (lem-descent-step).** For every $\gamma$
$$ f(x)-f(x-\gamma\nabla f(x))\;\ge\;\gamma\bigl(1-\tfrac{\gamma L}2\bigr)\|\nabla f(x)\|^2 . $$

**Proof.** The descent lemma with $y=x-\gamma\nabla f(x)$. $\square$

The parameter of the check is $u=\gamma L$.
:*/

static int descent_step(const rate_point *p, double *left, double *right, double *s)
{
	double gamma = p->c->param[u_] / p->c->L, f, g2;
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	g2 = dot_of(p, t.gx, t.gx);
	rate_copy(p->run, t.x, t.y);
	rate_axpy(p->run, -gamma, t.gx, t.y);
	if (rate_value_at(p->run, t.y, &f)) {
		free(t.room.store);
		return RATE_FAIL;
	}
	*left = gamma * (1 - gamma * p->c->L / 2) * g2;
	*right = t.fx - f;
	*s = t.round_f + fabs(f) + (gamma * (1 + p->c->param[u_]) * t.round_g + t.size) * t.round_g;
	free(t.room.store);
	return RATE_OK;
}

/*:
**Gradients are short near the infimum (lem-gradient-bound).** If $f_\star=\inf f>-\infty$,
$$ \|\nabla f(x)\|^2\;\le\;2L\,(f(x)-f_\star) . $$

**Proof.** The step with $\gamma=1/L$ lowers $f$ by at least $\frac1{2L}\|\nabla f(x)\|^2$, and cannot pass $f_\star$. $\square$
:*/

static int gradient_bound(const rate_point *p, double *left, double *right, double *s)
{
	double gap, scale;
	struct two t;

	if (look(p, &t, 0))
		return RATE_FAIL;
	if (p->run->call->gap(p->run, t.x, &gap, &scale)) {
		free(t.room.store);
		return RATE_FAIL;
	}
	*left = dot_of(p, t.gx, t.gx);
	*right = 2 * p->c->L * gap;
	*s = 2 * p->c->L * scale + t.round_g * t.round_g;
	free(t.room.store);
	return RATE_OK;
}

/*:
**How sharp.** The bowl $\frac L2\|x\|^2$ attains all three, at every point and for every $\gamma$.

**What is run.** Random points and steps $0.01\le\gamma L\le4$ on every objective that declares $L$; the third lemma also needs
$f_\star$. A quarter of the points is searched near the worst one.

**What must fail.** $0.9$ times the right side on the bowl, of the first and third. In the second the true decrease $f(x)-f(x-\gamma\nabla f(x))$ is the
right side: $0.9$ of it is less than the lemma promises.

**Exercises.**

1. Show that the descent lemma in both signs implies that $\nabla f$ is $L$-Lipschitz if $f$ is twice differentiable.
2. For which $\gamma$ does lem-descent-step promise most?
3. $f(x)=-\frac L2x^2$: which of the three fails, and which hypothesis?
4. *Compute.* How sharp is lem-gradient-bound on data? Run `ratecheck verify lem-gradient-bound --objective logistic:data=breast-cancer,ridge=0.1`, then with `--bound-factor` and smaller and smaller factors. Which is the first that fails?
:*/

SHARP(sharp,
	{ .objective = BOWL, .note = "the bowl", .ratio = 1 })
CONTROL(control,
	{ .objective = BOWL, .note = "0.9 of the right side on the bowl", .factor = 0.9 })
CONTROL(sharp_step,
	{ .objective = BOWL, .parameters = "u=1", .note = "the bowl", .ratio = 1 },
	{ .objective = BOWL, .parameters = "u=1.9", .note = "the bowl, a step near 2/L", .ratio = 1 })
CONTROL(control_step,
	{ .objective = BOWL, .parameters = "u=1", .note = "0.9 of the decrease on the bowl", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const smooth[] = { "L", "whole space" };
static const char *const bounded[] = { "L", "f_star", "no composite" };
static const rate_param params[] = { [u_] = { "u", RATE_REAL, "1", 0.01, 4, NULL, "step times L" } };

const rate_theorem lem_descent = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-descent",
	.title = "The descent lemma",
	.statement = "f L-smooth: |f(y) − f(x) − ⟨∇f(x), y − x⟩| ≤ (L/2)‖y − x‖²",
	.quantity = "|f(y) − f(x) − ⟨∇f(x), y − x⟩|",
	.formula = "(L/2)‖y − x‖²",
	.needs = RATE_LIST(smooth),
	.evaluate = descent,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_descent_step = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-descent-step",
	.title = "The decrease of one gradient step",
	.statement = "f L-smooth, any γ: γ(1 − γL/2)‖∇f(x)‖² ≤ f(x) − f(x − γ∇f(x))",
	.quantity = "γ(1 − γL/2)‖∇f(x)‖²",
	.formula = "f(x) − f(x − γ∇f(x))",
	.needs = RATE_LIST(smooth),
	.params = RATE_ROWS(params),
	.evaluate = descent_step,
	.sharp = sharp_step,
	.control = control_step };

const rate_theorem lem_gradient_bound = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-gradient-bound",
	.title = "Gradients are short near the infimum",
	.statement = "f L-smooth, bounded below: ‖∇f(x)‖² ≤ 2L(f(x) − f*)",
	.quantity = "‖∇f(x)‖²",
	.formula = "2L(f(x) − f*)",
	.needs = RATE_LIST(bounded),
	.evaluate = gradient_bound,
	.sharp = sharp,
	.control = control };
