/*:
# Proximal operators

Let $g$ be convex, lower semicontinuous, proper, and $\mu_g$-strongly convex ($\mu_g=0$ is allowed). For $\gamma>0$
$$ \operatorname{prox}_{\gamma g}(x)=\arg\min_p\;g(p)+\frac1{2\gamma}\|p-x\|^2,\qquad p=\operatorname{prox}_{\gamma g}(x)\iff\frac{x-p}\gamma\in\partial g(p). $$
Write $p_x=\operatorname{prox}_{\gamma g}(x)$, $e=x-y$, $d=p_x-p_y$, and $M(x)=\min_p\;g(p)+\frac1{2\gamma}\|p-x\|^2$ for the Moreau envelope.

- **lem-prox-firm**: $(1+\gamma\mu_g)\|d\|^2\le\langle d,e\rangle$.
- **lem-prox-nonexpansive**: $\|d\|\le\|e\|/(1+\gamma\mu_g)$.
- **lem-prox-inequality**: $2\gamma(g(p_x)-g(y))\le\|x-y\|^2-(1+\gamma\mu_g)\|p_x-y\|^2-\|p_x-x\|^2$ for every $y$.
- **lem-moreau-smooth**: $M$ is differentiable, $\nabla M(x)=\frac1\gamma(x-p_x)$, and this is $\frac1\gamma$-Lipschitz.

**Proofs.** $\frac{e-d}\gamma=\frac{x-p_x}\gamma-\frac{y-p_y}\gamma$ is a difference of subgradients at $p_x$ and $p_y$, so $\langle\frac{e-d}\gamma,d\rangle\ge\mu_g\|d\|^2$; that is the first. Cauchy–Schwarz gives the second. Third:
$g(y)\ge g(p)+\frac1\gamma\langle x-p,y-p\rangle+\frac{\mu_g}2\|y-p\|^2$, and $2\langle x-p,y-p\rangle=\|x-p\|^2+\|y-p\|^2-\|x-y\|^2$. Fourth:
$\|e-d\|^2=\|e\|^2-2\langle d,e\rangle+\|d\|^2\le\|e\|^2-\|d\|^2$ by the first, which is the Lipschitz constant. And it is a gradient: $p_x$ is one of the points that the minimum $M(y)$ is over, so
$$ M(y)\le g(p_x)+\tfrac1{2\gamma}\|p_x-y\|^2=M(x)+\bigl\langle\tfrac{x-p_x}\gamma,y-x\bigr\rangle+\tfrac1{2\gamma}\|y-x\|^2 . $$
With $x$ and $y$ exchanged, $M(y)\ge M(x)+\langle\frac{y-p_y}\gamma,y-x\rangle-\frac1{2\gamma}\|y-x\|^2$, where $\langle\frac{y-p_y}\gamma,y-x\rangle\ge\langle\frac{x-p_x}\gamma,y-x\rangle$, since
$\langle e-d,e\rangle=\|e\|^2-\langle d,e\rangle\ge0$ by the second. Both together: $M(y)-M(x)-\langle\frac{x-p_x}\gamma,y-x\rangle$ is at most $\frac1{2\gamma}\|y-x\|^2$ in size. $\square$

The check takes the prox of the composite part $h$ if there is one, the projection onto the feasible set (the prox of its indicator), or else the
prox of the terms of a finite sum, term after term.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(u)
#include "lemmas.h"

enum { OF_H = 1, OF_TERMS, PROJECTION }; /* values of the need "prox" */
enum { PROX, MU_G };                     /* needs */
static int prox_at(const rate_point *p, const double *x, double *out)
{
	rate_run *run = p->run;
	const rate_sample *term;

	switch ((int)p->c->need[PROX]) {
	case OF_H:
		return rate_prox(run, p->c->param[u_], x, out);
	case OF_TERMS:
		term = run->call->component(run, p->number % run->n);
		return term ? run->call->sample_prox(run, term, p->c->param[u_], x, out) : RATE_FAIL;
	default:
		rate_copy(run, x, out);
		return rate_project(run, out);
	}
}

static int g_at(const rate_point *p, const double *x, double *g)
{
	rate_run *run = p->run;
	const rate_sample *term;

	*g = 0;
	switch ((int)p->c->need[PROX]) {
	case OF_H:
		return run->call->h_value(run, x, g);
	case OF_TERMS:
		term = run->call->component(run, p->number % run->n);
		return term ? rate_sample_value(run, term, x, g) : RATE_FAIL;
	default:
		return RATE_OK;
	}
}

struct proxes {
	struct room room;
	double *x, *y, *px, *py, *e, *d;
	double size;
};

static int proxes_at(const rate_point *p, struct proxes *t)
{
	if (room_for(&t->room, p, 6))
		return RATE_FAIL;
	t->x = take(&t->room);
	t->y = take(&t->room);
	t->px = take(&t->room);
	t->py = take(&t->room);
	t->e = take(&t->room);
	t->d = take(&t->room);
	rate_copy(p->run, p->x[0], t->x);
	rate_copy(p->run, p->x[1], t->y);
	if (prox_at(p, t->x, t->px) || prox_at(p, t->y, t->py)) {
		free(t->room.store);
		return RATE_FAIL;
	}
	subtract(p, t->x, t->y, t->e);
	subtract(p, t->px, t->py, t->d);
	t->size = norm_of(p, t->x) + norm_of(p, t->y) + norm_of(p, t->px) + norm_of(p, t->py);
	return RATE_OK;
}

static double growth(const rate_point *p)
{
	return 1 + p->c->param[u_] * p->c->need[MU_G];
}

static int firm(const rate_point *p, double *left, double *right, double *s)
{
	struct proxes t;

	if (proxes_at(p, &t))
		return RATE_FAIL;
	*left = growth(p) * dot_of(p, t.d, t.d);
	*right = dot_of(p, t.d, t.e);
	*s = t.size * (growth(p) * norm_of(p, t.d) + norm_of(p, t.e));
	free(t.room.store);
	return RATE_OK;
}

static int nonexpansive(const rate_point *p, double *left, double *right, double *s)
{
	struct proxes t;

	if (proxes_at(p, &t))
		return RATE_FAIL;
	*left = norm_of(p, t.d);
	*right = norm_of(p, t.e) / growth(p);
	*s = t.size;
	free(t.room.store);
	return RATE_OK;
}

static int moreau(const rate_point *p, double *left, double *right, double *s)
{
	double gamma = p->c->param[u_];
	struct proxes t;

	if (proxes_at(p, &t))
		return RATE_FAIL;
	rate_axpy(p->run, -1, t.e, t.d);
	*left = norm_of(p, t.d) / gamma;
	*right = norm_of(p, t.e) / gamma;
	*s = t.size / gamma;
	free(t.room.store);
	return RATE_OK;
}

/* y is replaced by its prox, so that it lies in the domain of g. */
static int inequality(const rate_point *p, double *left, double *right, double *s)
{
	double gamma = p->c->param[u_], gp = 0, gy = 0;
	struct proxes t;
	int failed;

	if (proxes_at(p, &t))
		return RATE_FAIL;
	failed = g_at(p, t.px, &gp) || g_at(p, t.py, &gy);
	*left = 2 * gamma * (gp - gy);
	subtract(p, t.x, t.py, t.e);
	*right = dot_of(p, t.e, t.e) - growth(p) * dot_of(p, t.d, t.d);
	subtract(p, t.x, t.px, t.e);
	*right -= dot_of(p, t.e, t.e);
	*s = 2 * gamma * (fabs(gp) + fabs(gy)) + growth(p) * t.size * t.size;
	free(t.room.store);
	return failed ? RATE_FAIL : RATE_OK;
}

/*:
**Fixed points (lem-prox-fixed-point).** Let $f$ be convex and differentiable, $h$ convex, and $\gamma>0$ arbitrary. Then
$$ x_\star\in\arg\min f+h\quad\Longleftrightarrow\quad x_\star=\operatorname{prox}_{\gamma h}\bigl(x_\star-\gamma\nabla f(x_\star)\bigr). $$

**Proof.** Both sides say $-\nabla f(x_\star)\in\partial h(x_\star)$. $\square$

For non-convex $f$ only "$\Rightarrow$" survives. A feasible set counts as $h=$ its indicator; without either, the prox is the identity. The check compares
$\langle v,x_\star\rangle$ with $\langle v,\operatorname{prox}_{\gamma h}(x_\star-\gamma\nabla f(x_\star))\rangle$ for random directions $v$ and $\gamma$.
:*/

enum { SMOOTH };

/* A minimiser that the host computed is good to 1e-12, hence the 100. */
static int fixed_point(const rate_point *p, double *left, double *right, double *s)
{
	double gamma = p->c->param[u_] / p->c->need[SMOOTH], size;
	rate_run *run = p->run;
	double *x, *g, *v, *z;
	struct room r;
	int failed;

	if (room_for(&r, p, 4))
		return RATE_FAIL;
	x = take(&r);
	g = take(&r);
	v = take(&r);
	z = take(&r);
	memcpy(x, p->c->x_star, run->d * sizeof *x);
	failed = rate_gradient(run, x, g);
	rate_copy(run, x, z);
	rate_axpy(run, -gamma, g, z);
	failed = failed || rate_prox(run, gamma, z, v) || rate_project(run, v);
	rate_copy(run, v, z);
	subtract(p, p->x[0], x, v);
	size = norm_of(p, x) + norm_of(p, z);
	*left = dot_of(p, v, z);
	*right = dot_of(p, v, x);
	*s = 100 * norm_of(p, v) * (size + gamma * (norm_of(p, g) + p->c->L * (size + sqrt(p->c->D2))));
	free(r.store);
	return failed ? RATE_FAIL : RATE_OK;
}

/*:
**How sharp.** $G|x|$ far from $0$ shifts its argument by $\gamma G$: equality in the first three. $\frac{\mu}2(x\mp c)^2$ attains them with
$\mu_g=\mu$. A ball that is small next to the distances maps all to nearly one point: lem-moreau-smooth with ratio close to $1$.

**What is run.** Every objective with an $h$, a feasible set, or the prox of its terms; $0.01\le\gamma\le100$. **What must fail.** $0.9$ times the right sides there; for the
fixed point $0.9\,x_\star$ in place of $x_\star$.

**Exercises.**

1. ★ Which of the four lemmas says that $p_x$ is the prox of $g$ at $x$, and which are true of other maps too? *Hint:* $\frac12(x+Qx)$ with the rotation $Q$ of the plane by a
   right angle.
2. ★ Prove $\operatorname{prox}_{\gamma g}(x)+\gamma\operatorname{prox}_{(g^*)/\gamma}(x/\gamma)=x$ and use it for the projection onto a ball.
:*/

SHARP(sharp,
	{ .objective = "abs", .parameters = "gamma=0.05", .note = "G |x|: a shift", .ratio = 1 },
	{ .objective = "pair:c=2", .parameters = "gamma=0.5", .note = "parabolas: a contraction by 1/(1 + gamma mu)",
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "abs", .parameters = "gamma=0.05", .note = "0.9 of the right side", .factor = 0.9 })
CONTROL(sharp_moreau,
	{ .objective = "quadratic:d=2+ball:radius=1e-6", .note = "a small ball", .ratio = 1 })
CONTROL(control_moreau,
	{ .objective = "quadratic:d=2+ball:radius=1e-6", .note = "0.9 of the right side", .factor = 0.9 })
CONTROL(sharp_fixed,
	{ .objective = "quadratic:d=3,center=1+ball:radius=0.5", .note = "a minimiser on the boundary", .ratio = 1 },
	{ .objective = "quadratic:d=3,center=1", .note = "no h: the gradient vanishes", .ratio = 1 })
CONTROL(control_fixed,
	{ .objective = "quadratic:d=3,center=1+ball:radius=0.5", .note = "0.9 x_star", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { [PROX] = "prox", [MU_G] = "mu_g", "convex" };
static const char *const fixed[] = { [SMOOTH] = "L", "convex", "x_star" };
static const rate_param params[] = { [u_] = { "gamma", RATE_REAL, "1", 0.01, 100, NULL, "parameter of the prox" } };
static const rate_param multiples[] = { [u_] = { "u", RATE_REAL, "1", 0.01, 100, NULL, "gamma L" } };

const rate_theorem lem_prox_nonexpansive = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-prox-nonexpansive",
	.title = "The prox is nonexpansive",
	.statement = "g convex, μ_g-strongly convex (0 allowed): ‖prox x − prox y‖ ≤ ‖x − y‖/(1 + γμ_g)",
	.quantity = "‖prox x − prox y‖",
	.formula = "‖x − y‖/(1 + γμ_g)",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.evaluate = nonexpansive,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_prox_firm = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-prox-firm",
	.title = "The prox is firmly nonexpansive",
	.statement = "g convex, μ_g-strongly convex (0 allowed): (1 + γμ_g)‖prox x − prox y‖² ≤ ⟨prox x − prox y, "
	             "x − y⟩",
	.quantity = "(1 + γμ_g)‖prox x − prox y‖²",
	.formula = "⟨prox x − prox y, x − y⟩",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.evaluate = firm,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_prox_inequality = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-prox-inequality",
	.title = "The prox inequality",
	.statement = "p = prox x, any y: 2γ(g(p) − g(y)) ≤ ‖x − y‖² − (1 + γμ_g)‖p − y‖² − ‖p − x‖²",
	.quantity = "2γ(g(p) − g(y))",
	.formula = "‖x − y‖² − (1 + γμ_g)‖p − y‖² − ‖p − x‖²",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.evaluate = inequality,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_moreau_smooth = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-moreau-smooth",
	.title = "The Moreau envelope is smooth",
	.statement = "g convex: x ↦ (x − prox x)/γ is 1/γ-Lipschitz",
	.quantity = "‖(x − prox x) − (y − prox y)‖/γ",
	.formula = "‖x − y‖/γ",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params),
	.evaluate = moreau,
	.sharp = sharp_moreau,
	.control = control_moreau };

const rate_theorem lem_prox_fixed_point = { LEMMA(1, RATE_IDENTITY),
	.id = "lem-prox-fixed-point",
	.title = "Minimisers are the fixed points of a proximal gradient step",
	.statement = "f, h convex, f differentiable, any γ > 0: x* minimises f + h if and only if x* = prox_{γh}(x* "
	             "− γ∇f(x*))",
	.quantity = "⟨v, prox_{γh}(x* − γ∇f(x*))⟩",
	.formula = "⟨v, x*⟩",
	.needs = RATE_LIST(fixed),
	.params = RATE_ROWS(multiples),
	.evaluate = fixed_point,
	.sharp = sharp_fixed,
	.control = control_fixed };
