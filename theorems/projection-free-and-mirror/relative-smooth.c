/*:
# Smooth in the geometry of the entropy

A function need not be smooth for gradient steps to work: it is enough that it bends no faster than the function $h$ in whose geometry the steps are made.

**Theorem.** Let $h$ be convex and differentiable inside its domain, $D_h(y,x)=h(y)-h(x)-\langle\nabla h(x),y-x\rangle$, and $f$ convex with $Lh-f$ convex. Let $x_0$ be inside the domain, $x_\star$ a minimiser in it, $0<\gamma\le\frac1L$ (any $\gamma>0$ if
$L=0$), and
$$ x_{t+1}=\arg\min_y\ \langle\nabla f(x_t),y\rangle+\tfrac1\gamma D_h(y,x_t), $$
which is assumed to exist inside the domain. Then the values never increase and, for every $T\ge1$,
$$ f(x_T)-f_\star\;\le\;\frac{D_h(x_\star,x_0)}{\gamma T} . $$

Here $h$ is the entropy $\sum x_i\ln x_i$ on the simplex, $D_h$ is $\mathrm{KL}$, and the step is $x_{t+1}\propto x_te^{-\gamma\nabla f(x_t)}$. As $\nabla^2h=\mathrm{diag}(1/x_i)\succeq I$ there, every $L$-smooth $f$ is smooth relative to the entropy with the
same $L$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "entropy.h"

FORMULA(bound, T, divergence(c) / (gamma * T))

/*:
## Proof

The optimality condition of the step, written with $D_h$ (the three-point identity), is for every $y$ in the domain
$$ \langle\nabla f(x),x^+-y\rangle=\tfrac1\gamma\bigl(D_h(y,x)-D_h(y,x^+)-D_h(x^+,x)\bigr). $$
Convexity of $Lh-f$ says $f(x^+)\le f(x)+\langle\nabla f(x),x^+-x\rangle+L\,D_h(x^+,x)$, and $L\le\frac1\gamma$. Insert, and use the convexity of $f$:
$$ f(x^+)\le f(x)+\langle\nabla f(x),y-x\rangle+\tfrac1\gamma\bigl(D_h(y,x)-D_h(y,x^+)\bigr)\le f(y)+\tfrac1\gamma\bigl(D_h(y,x)-D_h(y,x^+)\bigr). $$
With $y=x$: $f(x^+)\le f(x)$. With $y=x_\star$, summed over $t<T$: $\sum_{t<T}(f(x_{t+1})-f_\star)\le\frac1\gamma D_h(x_\star,x_0)$, and the last gap is the least. $\square$

## How sharp it is

Attained in the limit. On two points let $f(x)=x_2$, and let the good point have the weight $e^{-K}$ at the start: then $f(x_T)=1/(1+e^{\gamma T-K})$, and the bound is $\frac K{\gamma T}$. The gap stays near 1 until $\gamma T$ is nearly $K$: for $K=200$ and $\gamma T=194.75$ the
ratio is ${{relative-smooth#2.max_ratio:4}}$.

## What is run

Mirror descent on linear functions and on the smooth convex objectives of the suite over a simplex, from its centre.

## What must fail

0.9 of the bound; the rate $T^{-2}$; steps of $3/L$ on the square over a simplex, from near a vertex.

## Pinsker's inequality

The entropy is strongly convex in the 1-norm, which is why mirror descent pays for the largest entry only.

**Lemma (pinsker).** For $p,q$ in the simplex $\;\mathrm{KL}(p,q)\ge\frac12\|p-q\|_1^2$.

**Proof.** Let $A$ be the set of indices with $p_i\ge q_i$, $a=\sum_Ap_i$, $b=\sum_Aq_i$. By the convexity of $x\ln x$ (log sum inequality) $\mathrm{KL}(p,q)\ge a\ln\frac ab+(1-a)\ln\frac{1-a}{1-b}$, and $\|p-q\|_1=2(a-b)$. So it is enough to see that
$\psi(a)=a\ln\frac ab+(1-a)\ln\frac{1-a}{1-b}-2(a-b)^2\ge0$: $\psi(b)=\psi'(b)=0$ and $\psi''(a)=\frac1{a(1-a)}-4\ge0$. $\square$

It is attained in the limit of $p$ near $q=(\frac12,\frac12)$.

## Exercises

1. Take $h(x)=\frac12\|x\|^2$. Which theorem of gradient descent is this, and which factor is lost?
2. Let $f=Lh$. How many steps are needed?
:*/

#define TWO(weight) "simplex-linear:n=2,costs=0/1,weight=" weight
SHARP(sharp,
	{ .objective = TWO("1.9287498479639178e-22"), .parameters = "gamma=46.19",
	  .note = "start weight e^-50, one step",
	  .steps = 1, .ratio = 0.9038 },
	{ .objective = TWO("1.3838965267367376e-87"), .parameters = "gamma=0.99872", .note = "start weight e^-200",
	  .steps = 195, .ratio = 0.9687 },
	{ .objective = "logistic:data=wine,ridge=0.1+simplex:start=centre",
	  .note = "logistic regression over a simplex",
	  .steps = 256 })
CONTROL(control,
	{ .objective = TWO("1.3838965267367376e-87"), .parameters = "gamma=0.99872", .note = "0.9 of the bound",
	  .steps = 195,
	  .factor = 0.9 },
	{ .objective = TWO("1.3838965267367376e-87"), .parameters = "gamma=0.99872",
	  .note = "rate T^-2 instead of T^-1",
	  .steps = 195, .power = 1 })

static double kl(const double *p, const double *q, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += p[i] > 0 ? p[i] * log(p[i] / q[i]) : 0;
	return sum;
}

enum { POINTS = 16 };

/* Two points of the simplex of n; the first pair is the parameter's, a to either side of the middle. */
static void two_laws(const rate_point *p, size_t n, double *u, double *w)
{
	double sums[2] = { 0 };

	p->host->uniforms(p->host, 1, p->number, n, u);
	p->host->uniforms(p->host, 2, p->number, n, w);
	for (size_t i = 0; i < n; i++) {
		sums[0] += u[i];
		sums[1] += w[i];
	}
	for (size_t i = 0; i < n; i++) {
		u[i] /= sums[0];
		w[i] /= sums[1];
	}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double u[POINTS], w[POINTS], a = p->c->param[0];
	size_t n = 2;

	if (p->number % 2 == 0) {
		u[0] = 0.5 + a;
		u[1] = 0.5 - a;
		w[0] = w[1] = 0.5;
	} else
		two_laws(p, n = 2 + (size_t)(p->number / 2 % (POINTS - 2)), u, w);
	*left = 0;
	for (size_t i = 0; i < n; i++)
		*left += fabs(u[i] - w[i]);
	*left = *left * *left / 2;
	*right = kl(u, w, n);
	*s = 1;
	return RATE_OK;
}

SHARP(sharp_pinsker, { .parameters = "a=0.01", .note = "near the middle", .ratio = 1 })
CONTROL(control_pinsker, { .parameters = "a=0.2", .note = "0.9 of the divergence", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/L, any if L = 0") };
static const rate_param params_pinsker[] = {
	{ "a", RATE_REAL, "0.05", 1e-3, 0.49, NULL, "p = (1/2 + a, 1/2 - a), q = (1/2, 1/2)" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (c->L > 0 ? c->L : 1);
}

MUST(admissible, gamma > 0 && gamma * L <= 1 + 1e-12, "0 < gamma <= 1/L")

CLAIM(relative_smooth,
	.id = "relative-smooth", .chapter = "projection-free-and-mirror",
	.title = "Mirror descent on relatively smooth functions",
	.statement = "f convex, L h − f convex, 0 < γ ≤ 1/L, mirror steps of h: f(x_T) − f* ≤ D_h(x*, x_0)/(γT); "
	             "here h is the entropy",
	.quantity = "f(x_t) − f*", .formula = "KL(x*, x_0)/(γt)",
	.source = "Bauschke, Bolte and Teboulle, Math. Oper. Res. 42 (2017); Lu, Freund and Nesterov, SIAM J. "
	          "Optim. 28 (2018)",
	.kind = RATE_DETERMINISTIC, .method = "mirror-entropy", NEEDS("convex", "simplex", "x_star", "f_star"), RANGE,
	.power = 1, .applies = starts_inside, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(pinsker,
	.id = "pinsker", .chapter = "projection-free-and-mirror", .title = "Pinsker's inequality",
	.statement = "p, q in the simplex: KL(p, q) ≥ ‖p − q‖₁²/2", .quantity = "‖p − q‖₁²/2", .formula = "KL(p, q)",
	.source = "standard", .kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_pinsker), .evaluate = evaluate,
	.sharp = sharp_pinsker, .control = control_pinsker)
