/*:
# The right groups after finitely many steps

Near the solution of a group lasso every method that is worth its name should know which groups are $0$. After how many steps does the half-space method know, and for good?

**Theorem.** Let $F=f+\lambda\sum_g\|x_g\|$ with $\mu\le\nabla^2f\le L$, $\mu>0$, and minimiser $x_\star$. Let $Z$ be its zero groups, $N$ the others,
$$ \delta=\min_{g\in Z}\bigl(\lambda-\|\nabla_gf(x_\star)\|\bigr)>0,\qquad r=\min_{g\in N}\tfrac12\|x_{\star,g}\| $$
(an empty minimum is infinite, and then $\frac\lambda r=0$). Let $0<\gamma\le\frac1{L+\lambda/r}$, $0\le\varepsilon<1$,
$$ \rho=\min\Bigl\{\frac{\gamma\delta}{1-\varepsilon+\gamma L},\;r,\;\frac{(1-\varepsilon)\,r}{\gamma(L+\frac{2\lambda}{3r})}\Bigr\},\qquad q=1-\gamma\mu, $$
the last of the three taken strictly less. Run $S$ proximal gradient steps and half-space steps (page hspg-descent) from then on, where $S\ge T_0$: $T_0=0$ if $\|x_0-x_\star\|\le\rho$, else $T_0=\max\{1,\lceil\ln(\|x_0-x_\star\|/\rho)/\ln\frac1q\rceil\}$. Then **for every $t\ge S+1$ a group of $x_t$ is $0$ if and only if it is $0$ in $x_\star$**: the number of the last step with a wrong support is at most $S$.

**Theorem (hspg-linear).** Besides, for every $t\ge S$,
$$ \|x_t-x_\star\|\;\le\;q^{\,t-S}\rho . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(eps)
#include "../common.h"

enum { SWITCH = RATE_PARAMETERS }; /* S, the third parameter */
/* the first of the needs: 1/delta is the third, 1/(2r) the fourth */
enum { LAMBDA, SIZE, INVERSE_MARGIN, INVERSE_LEAST };

NUMBER(bend, 2 * c->need[LAMBDA] * c->need[INVERSE_LEAST]) /* lambda/r */

NUMBER(for_zeros, (1 - eps + gamma * L) / gamma * c->need[INVERSE_MARGIN])
NUMBER(for_others, 2 * c->need[INVERSE_LEAST] * fmax(1, gamma * (L + 2 * bend(c) / 3) / (1 - eps)))
NUMBER(inverse_rho, (1 + 1e-12) * fmax(for_zeros(c), for_others(c)))

NUMBER(q, fabs(1 - gamma * mu))
NUMBER(far, log(sqrt(D2) * inverse_rho(c)))
NUMBER(steps_needed, far(c) <= 0 ? 0 : fmax(1, ceil(far(c) / -log(q(c)))))

FORMULA(bound, t, c->param[SWITCH])

NUMBER(rho2, 1 / (inverse_rho(c) * inverse_rho(c)))
FORMULA(bound_linear, t, t < c->param[SWITCH] ? INFINITY : pow(q(c), 2 * (t - c->param[SWITCH])) * rho2(c))

/*:
(In the code `steps_needed` is $T_0$, and $\rho$ is kept as its inverse, in which empty minima are zeros.)

## Proof

Each proximal gradient step shrinks the distance by $q$ (page pgd-strongly-convex; $\gamma\le\frac1L$), so $\|x_S-x_\star\|\le\rho$. Now let $\|x-x_\star\|\le\rho$, and make a half-space step from $x$.

*A group of $Z$ with $x_g\ne0$ is zeroed.* $\langle G_g,x_g\rangle=\langle\nabla_gf(x),x_g\rangle+\lambda\|x_g\|\ge(\lambda-\|\nabla_gf(x_\star)\|-L\|x-x_\star\|)\|x_g\|\ge(\delta-L\rho)\|x_g\|$, and $\|x_g\|\le\|x-x_\star\|\le\rho$. So $\gamma\langle G_g,x_g\rangle\ge(1-\varepsilon)\|x_g\|^2$, which is the rule, follows from $\gamma\delta\ge(1-\varepsilon+\gamma L)\rho$.

*A group of $N$ is kept.* As $\rho\le r$, $\|x_g\|\ge\|x_{\star,g}\|-r\ge r$. At $x_\star$ the vector $G_g$ is $0$, and $\bigl\|\frac u{\|u\|}-\frac v{\|v\|}\bigr\|\le\frac{2\|u-v\|}{\|u\|+\|v\|}$, here at most $\frac2{3r}\|u-v\|$. Hence $\|G_g\|\le\bigl(L+\frac{2\lambda}{3r}\bigr)\|x-x_\star\|$, and $\gamma\langle G_g,x_g\rangle\le\gamma\bigl(L+\frac{2\lambda}{3r}\bigr)\rho\,\|x_g\|<(1-\varepsilon)r\|x_g\|\le(1-\varepsilon)\|x_g\|^2$: the rule does not fire.

*The new point is nearer.* Its rows in $Z$ are $0$. Those in $N$ are the rows of $(I-\gamma H)(x-x_\star)$, where $H$ is the mean Hessian, on the segment, of $f$ plus the penalty of the groups in $N$. There $\|x_g\|\ge r$, so $\mu\le H\le L+\frac\lambda r\le\frac1\gamma$ and the distance shrinks by $q<1$. So everything repeats, with the right support after the first of these steps. $\square$

## How sharp it is

$f=\frac12(x-0.9)^2$, $\lambda=1$, $\gamma=0.3$, $\varepsilon=0.9$ from $x_0=10^8$: the last wrong support is that of $x_{58}$, and $T_0=59$. A large $\varepsilon$ makes $\rho$ larger, up to the point where groups of $N$ are in danger: there $0.023$, $0.0375$, $0.075$ for $\varepsilon=0,\frac12,0.9$. The distance is attained where all of it is along an eigenvector of $\mu$ in $N$.

## What is run

Lassos and group lassos whose minimiser is certified; the host computes $\delta$ and $r$ from it and rounds down.

## What must fail

Half of $T_0$. A rule with $\varepsilon=1.01$, which removes the support of the solution as it comes near. $0.9$ of the bound on the distance.

## Exercises

1. ★ Which radius does the proof give for the proximal gradient method alone?
2. What does the theorem say for $\delta=0$?
3. Why may $\varepsilon$ not depend on $N$ alone?
:*/

#define ONE "coupled:d=1,c=0,b=0.9,start=1e8+group-l1:lambda=1,size=1"
#define KEPT "coupled:d=1,c=0,b=2,start=1.8+group-l1:lambda=0.1,size=1"
#define LASSO "least-squares:n=50,d=20,noise=0.5+group-l1:lambda=0.02,size=4"
SHARP(sharp,
	{ .objective = ONE, .parameters = "gamma=0.3,eps=0.9,switch=59",
	  .note = "one coordinate from far away: 58 of 59 steps",
	  .steps = 100, .ratio = 0.983 },
	{ .objective = LASSO, .note = "a group lasso", .steps = 512 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5+group-l1:lambda=0.01,size=1", .parameters = "eps=0.5",
	  .note = "the lasso", .steps = 512 })
CONTROL(control,
	{ .objective = ONE, .parameters = "gamma=0.3,eps=0.9,switch=59", .note = "half of T_0", .steps = 100,
	  .factor = 0.5 },
	{ .objective = KEPT, .parameters = "gamma=0.5,eps=1.01,switch=0",
	  .note = "eps = 1.01: kills the solution", .steps = 8 })
SHARP(sharp_linear,
	{ .objective = "coupled:d=1,c=0,b=2,start=2.849999999+group-l1:lambda=0.1,size=1",
	  .parameters = "gamma=0.5,eps=0,switch=0",
	  .note = "one coordinate, from the distance rho", .steps = 16, .ratio = 1 },
	{ .objective = LASSO, .note = "a group lasso", .steps = 512 })
CONTROL(control_linear,
	{ .objective = "coupled:d=1,c=0,b=2,start=2.849999999+group-l1:lambda=0.1,size=1",
	  .parameters = "gamma=0.5,eps=0,switch=0",
	  .note = "0.9 of the bound", .steps = 16, .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/(L + lambda/r)"),
	[eps_] = { "eps", RATE_REAL, "0", 0, 0, NULL, "a group dies where <z, x> <= eps |x|^2" },
	[SWITCH] = { "switch", RATE_INTEGER, "auto", 0, 1e15, NULL, "proximal gradient steps before, at least T_0" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	rate_case now = *c;

	param[gamma_] = fraction / (c->L + bend(c));
	now.param = param;
	param[SWITCH] = fmin(steps_needed(&now), 1e15);
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (!AT_MOST(gamma, 1 / (L + bend(c))) || !(eps >= 0) || !(eps < 1))
		return "0 < gamma <= 1/(L + lambda/r) and 0 <= eps < 1";
	return c->param[SWITCH] >= steps_needed(c) ? NULL : "switch >= T_0, the steps after which |x - x*| <= rho";
}

/* Have x and x_star the same groups that are 0? */
static int same_support(const rate_view *v, const double *x)
{
	size_t d = v->run->d, size = (size_t)v->c->need[SIZE];

	for (size_t first = 0, n; first < d; first += n) {
		int here = 0, there = 0;
		n = d - first < size ? d - first : size;
		for (size_t j = first; j < first + n; j++) {
			here |= x[j] != 0;
			there |= v->c->x_star[j] != 0;
		}
		if (here != there)
			return 0;
	}
	return 1;
}

static double last_wrong(const rate_view *v, size_t r)
{
	double kept = *rate_acc(v, 1, r);

	return same_support(v, v->state[0] + r * v->run->ld) ? kept : (double)v->t;
}

static int observe(rate_view *v)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		*rate_acc(v, 1, r) = last_wrong(v, r);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = last_wrong(v, r);
		s[r] = 0;
	}
	return RATE_OK;
}

#define PAPER \
	"Chen et al., Only Train Once: A One-Shot Neural Network Training And Pruning Framework, NeurIPS 2021"
#define HYPOTHESES \
	NEEDS([LAMBDA] = "group.lambda", [SIZE] = "group.size", [INVERSE_MARGIN] = "inverse_margin", \
	      [INVERSE_LEAST] = "inverse_least", "L", "mu", "x_star")

CLAIM(hspg_identify,
	.id = "hspg-identify", .chapter = "coordinate-descent", .title = "The right groups after finitely many steps",
	.statement = "μ ≤ ∇²f ≤ L, δ, r > 0, 0 < γ ≤ 1/(L + λ/r), 0 ≤ ε < 1, S ≥ T_0 proximal gradient steps, then "
	             "half-space steps: the last x_t whose zero groups are not those of x* has t ≤ S",
	.quantity = "last t with a wrong support", .formula = "S",
	.source = "after " PAPER ", its support identification; constants proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "hspg", HYPOTHESES, RANGE, .accumulators = 1, .bound = bound,
	.observe = observe, .measure = measure, SHARP_AND_CONTROL)

CLAIM(hspg_linear,
	.id = "hspg-linear", .chapter = "coordinate-descent", .title = "Half-space steps near the solution",
	.statement = "as for hspg-identify: ‖x_t − x*‖ ≤ (1 − γμ)^(t−S) ρ for t ≥ S",
	.quantity = "‖x_t − x*‖²", .formula = "(1 − γμ)^(2(t−S)) ρ²",
	.source = "after " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "hspg", HYPOTHESES, RANGE, .bound = bound_linear,
	.measure = rate_measure_dist2, .sharp = sharp_linear, .control = control_linear)
