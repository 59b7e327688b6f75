/*:
# Whole groups go to zero: the half-space step

A network whose weights are in groups can be pruned where whole groups are $0$. The proximal step of $\lambda\sum_g\|x_g\|$ makes such zeros, but it has to hit a ball. The half-space step only asks whether a gradient step would carry the group past a plane. Does the objective still fall when so many more groups die?

**Theorem.** Let $F(x)=f(x)+\lambda\sum_g\|x_g\|$ with $f$ $L$-smooth, perhaps not convex, bounded below by $F_\star$; $\lambda\ge0$, $\gamma>0$, $0\le\varepsilon<1$. Groups that are $0$ stay $0$; for each other one
$$ G_g=\nabla_gf(x)+\lambda\frac{x_g}{\|x_g\|},\qquad z_g=x_g-\gamma G_g,\qquad x_g\leftarrow\begin{cases}0&\text{if }\langle z_g,x_g\rangle\le\varepsilon\|x_g\|^2,\\z_g&\text{otherwise.}\end{cases} $$
Then on every path and for every $t\ge1$
$$ F(x_t)\;\le\;F(x_0)-\sum_{s<t}\Bigl[\sum_{g\text{ kept}}\Bigl(\gamma-\tfrac{\gamma^2}2\bigl(L+\tfrac\lambda{\|x_{s,g}\|}\bigr)\Bigr)\|G_g\|^2+\sum_{g\text{ zeroed}}\Bigl(\tfrac{1-\varepsilon}\gamma-\tfrac L2\Bigr)\|x_{s,g}\|^2\Bigr] , $$
both sums over the groups that are not $0$ yet.

So $F$ falls if $\gamma\le\frac{2(1-\varepsilon)}L$ and $\gamma\le\frac2{L+\lambda/\|x_g\|}$ for the groups that are kept.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(eps) P(told)
#include "../common.h"

#include <stdlib.h>

enum { LAMBDA, SIZE }; /* the first two of the needs */
enum { SAVED, SCALE, KEPT };

/* What a group of length `norm` saves that is kept, its G_g squared given, and one that is zeroed. */
#define SAVED_KEPT(G2, norm) ((gamma - gamma * gamma / 2 * (L + lambda / (norm))) * (G2))
#define SAVED_ZEROED(norm) (((1 - told) / gamma - L / 2) * (norm) * (norm))

/*:
## Proof

Let $d$ be the move of $x$, and $d_g$ its groups. By smoothness (lem-descent) $f(x+d)\le f(x)+\langle\nabla f(x),d\rangle+\frac L2\|d\|^2$, a sum over groups.

*A group that is zeroed*, $d_g=-x_g$. The penalty changes by $-\lambda\|x_g\|=\langle\lambda\frac{x_g}{\|x_g\|},d_g\rangle$ exactly, so $F$ changes by at most $\langle G_g,d_g\rangle+\frac L2\|x_g\|^2$. The rule reads $\gamma\langle G_g,x_g\rangle\ge(1-\varepsilon)\|x_g\|^2$, that is $\langle G_g,d_g\rangle\le-\frac{1-\varepsilon}\gamma\|x_g\|^2$.

*A group that is kept*, $d_g=-\gamma G_g$. The square root is concave: $\|x_g+d_g\|=\sqrt{\|x_g\|^2+2\langle x_g,d_g\rangle+\|d_g\|^2}\le\|x_g\|+\frac{\langle x_g,d_g\rangle}{\|x_g\|}+\frac{\|d_g\|^2}{2\|x_g\|}$. So $F$ changes by at most $\langle G_g,d_g\rangle+\frac12\bigl(L+\frac\lambda{\|x_g\|}\bigr)\|d_g\|^2=-\gamma\|G_g\|^2+\frac{\gamma^2}2\bigl(L+\frac\lambda{\|x_g\|}\bigr)\|G_g\|^2$.

Add over the groups and the steps. $\square$

# It fires wherever the prox does

**Theorem (hspg-fires).** Let $x_g\ne0$, $\gamma>0$, $\varepsilon\ge0$, and $y=x-\gamma\nabla f(x)$. If the proximal step would zero the group, that is $\|y_g\|\le\gamma\lambda$, then so does the half-space rule. It is enough to say so for the largest such group, $\gamma\lambda=\|y_g\|$: then
$$ \frac{\langle y_g,x_g\rangle}{\|x_g\|}-\varepsilon\|x_g\|\;\le\;\|y_g\| . $$

**Proof.** The trial is $z_g=y_g-\gamma\lambda\frac{x_g}{\|x_g\|}$, and $\langle z_g,x_g\rangle=\langle y_g,x_g\rangle-\gamma\lambda\|x_g\|\le\|y_g\|\|x_g\|-\gamma\lambda\|x_g\|\le0$. $\square$

The prox asks for $y_g$ in a ball about $0$, the rule for $y_g$ in a half space that contains the ball.

## How sharp it is

Attained. One group of one coordinate, $f=\frac12(x-\frac12)^2$, $\lambda=\frac14$, $x_0=\frac34$, $\gamma=\frac32$, $\varepsilon=0$: the trial is exactly $0$. With $\varepsilon=\frac12$, $x_0=\frac12$, $\gamma=1$ the trial is $\frac12x_0$, a tie again, and $F$ neither falls nor rises. For hspg-fires: groups of one coordinate, for which ball and half space agree on one side.

## What is run

Group lassos with groups of one, three and four coordinates, also where $f$ is not convex.

## What must fail

0.9 of the bound. The bound told that $\varepsilon=0$ while the method runs with $\frac12$, or with $1.5$: then it kills a group that should live, and $F$ rises. For hspg-fires a rule with $\varepsilon<0$, which lets groups live that the prox zeroes.

## Exercises

1. $x_g=(1,0)$, $\gamma\lambda=0.2$ and $y_g=(0.1,0.5)$. Who zeroes the group, the prox or the rule?
2. When do prox and rule with $\varepsilon=0$ agree?
3. Why is the term $\frac\lambda{\|x_g\|}$ not needed for groups of one coordinate that do not change their sign?
:*/

#define TIE "coupled:d=1,c=0,b=0.5,start=0.75+group-l1:lambda=0.25,size=1"
#define HALF "coupled:d=1,c=0,b=0.5,start=0.5+group-l1:lambda=0.25,size=1"
#define FAR "coupled:d=1,c=0,b=2,start=1+group-l1:lambda=0.1,size=1"
#define LASSO "least-squares:n=50,d=20,noise=0.5+group-l1:lambda=0.02,size=4"
SHARP(sharp,
	{ .objective = TIE, .parameters = "gamma=1.5,eps=0", .note = "zeroed with a trial of exactly 0", .steps = 1,
	  .ratio = 1 },
	{ .objective = HALF, .parameters = "gamma=1,eps=0.5", .note = "a tie with eps = 1/2: F stays", .steps = 1,
	  .ratio = 1 },
	{ .objective = LASSO, .note = "a group lasso" },
	{ .objective = LASSO, .parameters = "eps=0.9", .note = "the same, with a keen knife" },
	{ .objective = "pl-sine:start=2.2+group-l1:lambda=0.5,size=1", .parameters = "gamma=0.05,eps=0.3",
	  .note = "f not convex" },
	{ .objective = "logistic:data=breast-cancer,ridge=0.1+group-l1:lambda=0.05,size=3",
	  .note = "logistic regression" })
CONTROL(control,
	{ .objective = TIE, .parameters = "gamma=1.5,eps=0", .note = "0.9 of the bound", .steps = 1, .factor = 0.9 },
	{ .objective = HALF, .parameters = "gamma=1,eps=0.5,told=0", .note = "the bound told that eps is 0",
	  .steps = 1 },
	{ .objective = FAR, .parameters = "gamma=0.5,eps=1.5,told=0",
	  .note = "eps = 1.5: a group dies that should live",
	  .steps = 1 })

SHARP(sharp_fires,
	{ .objective = "quadratic:d=6,kappa=10", .parameters = "size=1,eps=0", .note = "groups of one", .ratio = 1 },
	{ .objective = "quadratic:d=7,kappa=10", .parameters = "size=3,eps=0",
	  .note = "groups of three, and one left over" })
CONTROL(control_fires,
	{ .objective = "quadratic:d=6,kappa=10", .parameters = "size=1,eps=-0.5", .note = "eps = -1/2" })

/*: {.plumbing} :*/
/* Adds what the step from `from` to `to` saved, and the scale of its rounding error. */
static void add_step(const rate_view *v, const double *from, const double *to, const double *g, double *saved,
    double *scale)
{
	LETTERS(v->c);
	double lambda = v->c->need[LAMBDA];
	size_t d = v->run->d, size = (size_t)fmax(v->c->need[SIZE], 1);

	for (size_t first = 0, n; first < d; first += n) {
		double norm = 0, left = 0, G2 = 0;

		n = d - first < size ? d - first : size;
		for (size_t j = first; j < first + n; j++) {
			norm += from[j] * from[j];
			left += to[j] * to[j];
		}
		if (!(norm > 0))
			continue;
		norm = sqrt(norm);
		for (size_t j = first; j < first + n; j++) {
			double part = g[j] + lambda * (from[j] / norm);
			G2 += part * part;
		}
		*saved += left > 0 ? SAVED_KEPT(G2, norm) : SAVED_ZEROED(norm);
		*scale += left > 0 ? fabs(SAVED_KEPT(G2, norm)) : (fabs(1 - told) / gamma + L / 2) * norm * norm;
	}
}

/* The step that led to x_t, from its start: `room` holds a block. */
static int last_step(rate_view *v, double *saved, double *scale)
{
	size_t room = v->run->nrep * v->run->ld;
	const double *from;
	double *g;
	int rc;

	if (v->find(v, "previous", &from) || !(g = calloc(room, sizeof *g)))
		return RATE_FAIL;
	rc = rate_gradient(v->run, from, g);
	for (size_t r = 0; r < v->run->nrep && rc == RATE_OK; r++) {
		saved[r] = rate_acc(v, KEPT, r)[SAVED];
		scale[r] = rate_acc(v, KEPT, r)[SCALE];
		add_step(v, from + r * v->run->ld, v->state[0] + r * v->run->ld, g + r * v->run->ld, saved + r,
		    scale + r);
	}
	free(g);
	return rc;
}

static int observe(rate_view *v)
{
	double *sums;
	int rc;

	if (!v->t)
		return RATE_OK;
	if (!(sums = calloc(2 * v->run->nrep, sizeof *sums)))
		return RATE_FAIL;
	rc = last_step(v, sums, sums + v->run->nrep);
	for (size_t r = 0; r < v->run->nrep && rc == RATE_OK; r++) {
		rate_acc(v, KEPT, r)[SAVED] = sums[r];
		rate_acc(v, KEPT, r)[SCALE] = sums[v->run->nrep + r];
	}
	free(sums);
	return rc;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double *scale;
	int rc = RATE_OK;

	if (!(scale = calloc(v->run->nrep, sizeof *scale)))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = 0;
	if (v->t)
		rc = last_step(v, b, scale);
	if (rc == RATE_OK)
		rc = rate_gap_of(v, v->state[0], q, s);
	for (size_t r = 0; r < v->run->nrep && rc == RATE_OK; r++) {
		b[r] = v->c->d0 - b[r];
		s[r] += scale[r] + v->c->d0;
	}
	free(scale);
	return rc;
}

static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[eps_] = { "eps", RATE_REAL, "0", 0, 0, NULL, "a group dies where <z, x> <= eps |x|^2" },
	[told_] = { "told", RATE_REAL, "auto", 0, 0, NULL, "eps in the bound: that of the rule, or larger" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[told_] = param[eps_];
	param[gamma_] = fraction * (1 - param[eps_]) / (c->L > 0 ? c->L : 1);
}

MUST(admissible, gamma > 0 && eps >= 0 && eps < 1 && told >= eps, "gamma > 0, 0 <= eps < 1 and told >= eps")

enum { size_, eps_fires };
static const rate_param params_fires[] = {
	[size_] = { "size", RATE_INTEGER, "2", 1, 4, NULL, "coordinates of a group; the last group may be shorter" },
	[eps_fires] = { "eps", RATE_REAL, "0", 0, 0.9, NULL, "of the rule" },
};

static const char *admissible_fires(const rate_case *c)
{
	return c->param[eps_fires] >= 0 && c->param[eps_fires] < 1 ? NULL : "0 <= eps < 1";
}

/* The group in which the two sides are nearest to each other, in units of the right one. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = p->run->d, size = (size_t)p->c->param[size_];
	const double *x = p->x[0], gamma = 1 / p->c->L;
	double *g = calloc(p->run->ld, sizeof *g), worst = -INFINITY;

	if (!g || rate_gradient(p->run, x, g)) {
		free(g);
		return RATE_FAIL;
	}
	*left = *right = *s = 0;
	for (size_t first = 0, n; first < d; first += n) {
		double norm = 0, length = 0, inner = 0, scale = 0, side;

		n = d - first < size ? d - first : size;
		for (size_t j = first; j < first + n; j++) {
			double y = x[j] - gamma * g[j];
			norm += x[j] * x[j];
			length += y * y;
			inner += y * x[j];
			scale += (fabs(x[j]) + fabs(gamma * g[j])) * (fabs(x[j]) + fabs(gamma * g[j]));
		}
		norm = sqrt(norm);
		length = sqrt(length);
		side = norm > 0 ? inner / norm - p->c->param[eps_fires] * norm : -INFINITY;
		if (side - length > worst) {
			worst = side - length;
			*left = fmax(side, 0);
			*right = length;
			*s = sqrt(scale) + norm;
		}
	}
	free(g);
	return RATE_OK;
}

#define PAPER \
	"Chen et al., Only Train Once: A One-Shot Neural Network Training And Pruning Framework, NeurIPS 2021"

CLAIM(hspg_descent,
	.id = "hspg-descent", .chapter = "coordinate-descent", .title = "The half-space step lowers the objective",
	.statement = "f L-smooth, F = f + λ Σ ‖x_g‖, γ > 0, 0 ≤ ε < 1: F(x_t) − F* ≤ F(x_0) − F* − Σ_s [Σ_kept (γ − "
	             "γ²/2 (L + λ/‖x_g‖))‖G_g‖² + Σ_zeroed ((1 − ε)/γ − L/2)‖x_g‖²]",
	.quantity = "F(x_t) − F*", .formula = "d₀ − Σ decrease",
	.source = "after " PAPER ", the decrease of its half-space step; constants proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "hspg",
	NEEDS([LAMBDA] = "group.lambda", [SIZE] = "group.size", "L", "f_star"), RANGE,
	.accumulators = KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)

CLAIM(hspg_fires,
	.id = "hspg-fires", .chapter = "coordinate-descent",
	.title = "The half-space rule fires wherever the prox does",
	.statement = "y = x − γ∇f(x), x_g ≠ 0, ε ≥ 0: ⟨y_g, x_g⟩/‖x_g‖ − ε‖x_g‖ ≤ ‖y_g‖, so that the rule zeroes every "
	             "group that the prox zeroes",
	.quantity = "⟨y_g, x_g⟩/‖x_g‖ − ε‖x_g‖", .formula = "‖y_g‖",
	.source = "after " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, NEEDS("L"), .params = RATE_ROWS(params_fires), .points = 1,
	.admissible = admissible_fires, .evaluate = evaluate, .sharp = sharp_fires, .control = control_fires)
