/*:
# Clipped gradient descent on $(L_0,L_1)$-smooth functions

Here clipping is not harmless but needed: where the curvature grows with the gradient, no constant step is short enough for plain gradient descent.

**Theorem.** Let $f$ be bounded below, $\nabla f$ locally Lipschitz, and $\|\nabla^2f(x)\|\le L_0+L_1\|\nabla f(x)\|$ at almost every $x$ (almost everywhere there is a Hessian), $F_0=f(x_0)-\inf f$, and
$x_{t+1}=x_t-\gamma\operatorname{clip}_c(\nabla f(x_t))$. If $\gamma cL_1\le1$ and $k=1-(e-2)\,\gamma\,(L_0+cL_1)>0$, then $m=\min_{t<T}\|\nabla f(x_t)\|$ satisfies for every $T\ge1$
$$ m\;\le\;\max\left\{\sqrt{\frac{F_0}{\gamma k\,T}},\ \frac{F_0}{\gamma ck\,T}\right\}. $$

For $\gamma=\frac1{2(e-2)(L_0+cL_1)}$ one has $k=\frac12$. What $f$ does beyond $x_0$ does not matter, and no $L$ is needed.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(c)
#include "../least.h"

static double bound_with(const rate_case *p, double phi, double t)
{
	LETTERS(p);
	double k = 1 - phi * gamma * (p->L0 + c * p->L1), clipped;

	if (!(k > 0))
		return INFINITY;
	clipped = d0 / (gamma * c * k * t);
	return fmax(d0 / (gamma * k * t), clipped * clipped);
}

static double bound(const rate_case *p, double t)
{
	return bound_with(p, M_E - 2, t);
}

/*:
(The square, as squared gradients are measured.) A shorter step deserves a better constant:

**Theorem.** Put $\varphi(u)=\frac{e^u-1-u}{u^2}$, which grows from $\varphi(0)=\frac12$ to $\varphi(1)=e-2$. The same bound holds with $k=1-\varphi(\gamma cL_1)\,\gamma\,(L_0+cL_1)$
for every $\gamma$ and $c$ that make it positive.
:*/

static double phi_of(double u)
{
	return u < 1e-4 ? 0.5 + u / 6 + u * u / 24 : (expm1(u) - u) / (u * u);
}

static double bound_tight(const rate_case *p, double t)
{
	LETTERS(p);

	return bound_with(p, phi_of(gamma * c * p->L1), t);
}

/*:
## Proof

Almost every segment has the bound at almost all of its points (Fubini). Along it the number $\|\nabla f\|+L_0/L_1$, which is Lipschitz in the length $s$, grows at most by the factor $e^{L_1s}$ (Grönwall); as both
sides are continuous, so it does along every segment. Integrating twice, with $r=\|y-x\|$,
$$ f(y)\le f(x)+\langle\nabla f(x),y-x\rangle+\bigl(L_0+L_1\|\nabla f(x)\|\bigr)\,r^2\,\varphi(L_1r) . $$
A step has $r\le\gamma c$, hence $\varphi(L_1r)\le\varphi:=\varphi(\gamma cL_1)$. With $g=\nabla f(x)$: if $\|g\|\le c$ then $r=\gamma\|g\|$ and $f$ falls by at least
$\gamma\|g\|^2(1-\varphi\gamma(L_0+L_1\|g\|))\ge\gamma k\|g\|^2$. If $\|g\|>c$ then $r=\gamma c$ and $f$ falls by at least
$$ \gamma c\|g\|-\varphi\gamma^2c\,\bigl(cL_0+cL_1\|g\|\bigr)\ge\gamma c\|g\|-\varphi\gamma^2c\,\|g\|\,(L_0+cL_1)=\gamma ck\|g\| . $$
If $m\le c$, each step lowers $f$ by at least $\gamma km^2$; otherwise each by at least $\gamma ckm$. $\square$

## Two definitions

Some papers assume $\|\nabla f(x)-\nabla f(y)\|\le(L_0+L_1\|\nabla f(x)\|)\|x-y\|$ for $\|x-y\|\le1/L_1$ instead. Then the quadratic bound has $\frac12$ in place of $\varphi$, so $e-2$ may be replaced
by $\frac12$; but this is a stronger assumption: $\cosh$ satisfies the first with $L_0=L_1=1$ and not the second.

## How sharp it is

On a function that is a line as far as the method goes every step but the last lowers $f$ by exactly $\gamma c\|g\|$, and $m=\|g\|$. What is lost is $1-k$ and the value at the end of the line,
each of order $T^{-1/2}$ for the best step. At $T=1000$ the ramp of `clip-gd-smooth` ($L_1=0$) has the ratio $0.970$ for the second form, and $\cosh$ continued by its tangents from $6$ on has $0.949$
for the first and $0.956$ for the second (the program says the squares of these).

## What is run

Clipped gradient descent on $\cosh$, on $\cosh$ continued by its tangents, and on all objectives with known $L_0$, $L_1$ (an $L$-smooth function has $L_0=L$, $L_1=0$). The parameter
`c` is half of the first gradient unless it is given, and the step is a fraction of the largest with $\gamma cL_1\le1$ and $k>0$.

## What must fail

$0.9$ of the ratio times the bound, squared as the bound is; and the bound claimed for plain gradient descent with the same step, which jumps to and fro across the minimum.

## Exercises

1. Prove Grönwall's step: $u'\le L_0+L_1u$ implies $u(s)+\frac{L_0}{L_1}\le e^{L_1s}(u(0)+\frac{L_0}{L_1})$.
2. Show that $\cosh$ violates the second definition for every $L_0$ if $L_1=1$. (Compare the gradients at 0 and 1, and far out.)
3. ★ Which $c$ makes the bound best for a given $T$?
:*/

SHARP(sharp,
	{ .objective = "cosh:cap=6,start=42.963", .parameters = "gamma=0.00037,c=100",
	  .note = "capped cosh, 999 clipped steps on its tangent", .steps = 1000, .ratio = 0.8998 })
CONTROL(control,
	{ .objective = "cosh:cap=6,start=42.963", .parameters = "gamma=0.00037,c=100",
	  .note = "0.73 of the bound on squares, 0.9 of the ratio on norms", .steps = 1000, .factor = 0.73 },
	{ .objective = "cosh:cap=10,start=9", .parameters = "gamma=0.348,c=1",
	  .note = "gradient descent with the same step jumps to and fro", .steps = 1000, .method = "gd" })
SHARP(sharp_tight,
	{ .objective = "huber:tau=1,start=32.5912050190116", .parameters = "gamma=0.0316227766016838,c=0.9999999",
	  .note = "ramp for T = 1000", .steps = 1000, .ratio = 0.941 },
	{ .objective = "cosh:cap=6,start=42.963", .parameters = "gamma=0.00037,c=100", .note = "capped cosh",
	  .steps = 1000, .ratio = 0.9145 })
CONTROL(control_tight,
	{ .objective = "huber:tau=1,start=32.5912050190116", .parameters = "gamma=0.0316227766016838,c=0.9999999",
	  .note = "0.76 of the bound on squares, 0.9 of the ratio on norms", .steps = 1000, .factor = 0.76 })

/*: {.plumbing} :*/
static const char *const needs[] = { "L0", "L1", "f_star" };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma c L1 <= 1, (e - 2) gamma (L0 + c L1) < 1"),
	[c_] = { "c", RATE_REAL, "auto", 0, 0, NULL, "threshold, c > 0" },
};
static const rate_param params_tight[] = {
	[gamma_] = RATE_STEP_SIZE("phi(gamma c L1) gamma (L0 + c L1) < 1"),
	[c_] = { "c", RATE_REAL, "auto", 0, 0, NULL, "threshold, c > 0" },
};

static void choose(const rate_case *p, double fraction, double *param)
{
	double c = param[c_] > 0 ? param[c_] : p->g02 > 0 ? sqrt(p->g02) / 2 : 1;

	param[c_] = c;
	param[gamma_] = fraction / fmax(c * p->L1, (M_E - 2) * (p->L0 + c * p->L1));
}

static const char *admissible(const rate_case *p)
{
	LETTERS(p);

	if (!(gamma > 0 && c > 0) || gamma * c * p->L1 > 1 + 1e-12)
		return "gamma > 0, c > 0, gamma c L1 <= 1";
	return (M_E - 2) * gamma * (p->L0 + c * p->L1) < 1 ? NULL : "(e - 2) gamma (L0 + c L1) < 1";
}

static const char *admissible_tight(const rate_case *p)
{
	LETTERS(p);

	if (!(gamma > 0 && c > 0))
		return "gamma > 0, c > 0";
	return phi_of(gamma * c * p->L1) * gamma * (p->L0 + c * p->L1) < 1
	    ? NULL : "phi(gamma c L1) gamma (L0 + c L1) < 1";
}

CLAIM(clip_gd_l0l1,
	.id = "clip-gd-l0l1", .chapter = "clipping", .title = "Clipped gradient descent on (L0, L1)-smooth functions",
	.statement = "‖∇²f‖ ≤ L_0 + L_1‖∇f‖, γcL_1 ≤ 1, k = 1 − (e−2)γ(L_0 + cL_1) > 0: "
	             "min_{t<T} ‖∇f(x_t)‖ ≤ max(√(F_0/(γkT)), F_0/(γckT))",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "max(F_0/(γkt), (F_0/(γckt))²)",
	.source = "after Zhang, He, Sra & Jadbabaie, ICLR 2020",
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "clipped-gd", .needs = RATE_LIST(needs), RANGE,
	.accumulators = LEAST_KEPT, .bound = bound, .observe = observe_least, .measure = measure_least,
	SHARP_AND_CONTROL)

CLAIM(clip_gd_l0l1_tight,
	.id = "clip-gd-l0l1-tight", .chapter = "clipping",
	.title = "Clipped gradient descent on (L0, L1)-smooth functions, constant by step",
	.statement = "‖∇²f‖ ≤ L_0 + L_1‖∇f‖, u = γcL_1, k = 1 − (e^u−1−u)/u² γ(L_0 + cL_1) > 0: "
	             "min_{t<T} ‖∇f(x_t)‖ ≤ max(√(F_0/(γkT)), F_0/(γckT))",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "max(F_0/(γkt), (F_0/(γckt))²)",
	.source = OWN,
	.kind = RATE_DETERMINISTIC, .flags = RATE_OPEN_END, .method = "clipped-gd", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_tight), .accumulators = LEAST_KEPT, .choose = choose, .admissible = admissible_tight,
	.bound = bound_tight, .observe = observe_least, .measure = measure_least, .sharp = sharp_tight,
	.control = control_tight)
