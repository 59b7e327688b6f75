/*:
# Accelerated cubic Newton

Nesterov's estimate sequence works for any step that can be priced. With cubic steps it turns $1/k^2$ into $1/k^3$.

**Theorem.** Let $f$ be convex with an $L_2$-Lipschitz Hessian and a minimiser $x_\star$, $R=\|x_0-x_\star\|$, $M>L_2$ and
$$ C=\frac{3\sqrt3}2\,\frac{M^2}{\sqrt{M^2-L_2^2}} . $$
Put $A_k=\frac16k(k+1)(k+2)$, $a_k=A_{k+1}-A_k=\frac12(k+1)(k+2)$, $v_0=x_0$, $z_0=0$, and for $k=0,1,\dots$
$$ y_k=\frac{A_kx_k+a_kv_k}{A_{k+1}},\quad x_{k+1}=y_k+s(y_k),\quad z_{k+1}=z_k+a_k\nabla f(x_{k+1}),\quad v_{k+1}=x_0-\frac{z_{k+1}}{\sqrt{C\|z_{k+1}\|}} , $$
where $s(y)$ is a global minimiser of $\langle\nabla f(y),s\rangle+\frac12\langle\nabla^2f(y)s,s\rangle+\frac M6\|s\|^3$ (and $v_{k+1}=x_0$ if $z_{k+1}=0$). Then, for every $k\ge1$,
$$ f(x_k)-f_\star\;\le\;\frac{2\,C\,R^3}{k(k+1)(k+2)} . $$

The best $M$ is $\sqrt2L_2$, with $C=3\sqrt3L_2$; for $M=2L_2$ it is $6L_2$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(M) P(L2)
#include "cubic.h"

NUMBER(weight, 1.5 * sqrt(3) * M * M / sqrt((M - L2) * (M + L2)))

FORMULA(bound, k, 2 * weight(c) * D2 * sqrt(D2) / (k * (k + 1) * (k + 2)))

/*:
## Proof

*What a step pays.* Let $x^+=y+s$ be the cubic step, $g=\nabla f(x^+)$, $r=\|s\|$. The model's gradient vanishes, so $g+\frac M2rs=\nabla f(y+s)-\nabla f(y)-\nabla^2f(y)s$ is at most $\frac12L_2r^2$ long. Square $\|g+\frac M2rs\|\le\frac12L_2r^2$:
$$ \langle g,y-x^+\rangle=-\langle g,s\rangle\ge\frac{\|g\|^2}{Mr}+\frac{(M^2-L_2^2)r^3}{4M}\ge\kappa\|g\|^{3/2},\qquad \kappa=\frac4{3^{3/4}4^{1/4}}\,\frac{(M^2-L_2^2)^{1/4}}M ,$$
since $\frac\alpha r+\beta r^3$ is least at $r^4=\frac\alpha{3\beta}$, where it is $\frac43(3\beta)^{1/4}\alpha^{3/4}$. The constant of the theorem is $C=4/\kappa^2$.

*The estimate sequence.* Write $g_{j}=\nabla f(x_j)$ and
$$ \psi_k(x)=\frac C3\|x-x_0\|^3+\sum_{j<k}a_j\bigl[f(x_{j+1})+\langle g_{j+1},x-x_{j+1}\rangle\bigr] . $$
Its gradient $C\|x-x_0\|(x-x_0)+z_k$ vanishes at $v_k$, so $v_k$ is its minimiser. The function $\frac13\|\cdot\|^3$ is uniformly convex: $\psi_k(x)\ge\psi_k(v_k)+\frac C6\|x-v_k\|^3$. We show by induction
$$ A_kf(x_k)\le\psi_k(v_k). \tag{1} $$
For $k=0$ both sides are 0. From $k$ to $k+1$: for every $x$, by (1), uniform convexity and $f(x_k)\ge f(x_{k+1})+\langle g_{k+1},x_k-x_{k+1}\rangle$,
$$ \psi_{k+1}(x)\ge A_{k+1}f(x_{k+1})+\langle g_{k+1},A_k(x_k-x_{k+1})+a_k(x-x_{k+1})\rangle+\frac C6\|x-v_k\|^3 . $$
As $A_kx_k+a_kv_k=A_{k+1}y_k$ the inner product is $A_{k+1}\langle g_{k+1},y_k-x_{k+1}\rangle+a_k\langle g_{k+1},x-v_k\rangle$. Its first part is at least $A_{k+1}\kappa\|g_{k+1}\|^{3/2}$. The second and the cube together are at least
$-\frac23\sqrt{2/C}\,(a_k\|g_{k+1}\|)^{3/2}$, the least value of $-\alpha\rho+\frac C6\rho^3$. So (1) for $k+1$ follows from $\frac23\sqrt{2/C}\,a_k^{3/2}\le\kappa A_{k+1}$, that is, as $\sqrt C=2/\kappa$, from $a_k^3\le\frac92A_{k+1}^2$; and
$$ \frac{a_k^3}{A_{k+1}^2}=\frac92\cdot\frac{(k+1)(k+2)}{(k+3)^2}\le\frac92 . $$
*The end.* $\psi_k(v_k)\le\psi_k(x_\star)\le\frac C3R^3+A_kf_\star$ by convexity. With (1), $A_k(f(x_k)-f_\star)\le\frac C3R^3$. $\square$

## How sharp it is

Attained in the limit: on tents of width $\tau\approx7.4\,k^{-3/2}$ the ratio is ${{cubic-accelerated#2.max_ratio:3}}$ at $k=256$ with $M=2L_2$, and $0.874$ at $k=1024$. The last points walk down the straight part, where all estimates of the proof are nearly equalities.

## What is run

The accelerated method on convex functions with a Hessian, every $k$. The method is told $M$ and $L_2$.

## What must fail

0.9 of the ratio; the rate $k^{-4}$ with the constant of $k=16$; half of $C$ in the bound, with the method unchanged. Plain cubic steps ($1/k^2$) in the place of the method.

## Exercises

1. Show that $M=\sqrt2L_2$ minimises $C$.
2. On a linear function $f(x)=\langle p,x\rangle$, compute $v_k$.
3. *Compute.* Run `ratecheck verify cubic-accelerated:M=2,L2=1 --objective broken-curvature:shape=tent,tau=0.0074 --steps 64`. Which $\tau$ makes the ratio largest?
:*/

#define TENT_256 .objective = "broken-curvature:shape=tent,tau=0.001806640625,start=1", .parameters = "M=2,L2=1"
SHARP(sharp,
	{ .objective = "broken-curvature:shape=tent,tau=0.0126953125,start=1", .parameters = "M=2,L2=1",
	  .note = "tent for k = 64", .steps = 64, .ratio = 0.609 },
	{ TENT_256, .note = "tent for k = 256", .steps = 256, .ratio = 0.771 })
CONTROL(control,
	{ TENT_256, .note = "0.9 of the ratio", .steps = 256, .factor = 0.9 * 0.771 },
	{ TENT_256, .note = "half of C in the bound", .steps = 256, .factor = 0.5 },
	{ TENT_256, .note = "cubic steps without acceleration", .steps = 256, .method = "cubic-newton" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[M_] = { "M", RATE_REAL, "auto", 0, 0, NULL, "weight of the cube, M > L_2" },
	[L2_] = { "L2", RATE_REAL, "auto", 0, 0, NULL, "Lipschitz constant of the Hessian, at least L_2" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)fraction;
	param[L2_] = c->L_2;
	param[M_] = sqrt(2) * c->L_2;
}

MUST(admissible, L2 >= c->L_2 * (1 - 1e-12) && M > L2, "M > L2 >= L_2")

CLAIM(cubic_accelerated,
	.id = "cubic-accelerated", .chapter = "second-order", .title = "Accelerated cubic Newton",
	.statement = "f convex, ∇²f L₂-Lipschitz, M > L₂, C = (3√3/2)M²/√(M² − L₂²): f(x_k) − f* ≤ 2C‖x_0 − "
	             "x*‖³/(k(k+1)(k+2))",
	.quantity = "f(x_k) − f*", .formula = "2C D³/(k(k+1)(k+2))",
	.source = "after Nesterov, Accelerating the cubic regularization of Newton's method on convex problems, "
	          "Math. Program. 112 "
	          "(2008); start and constant are proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "cubic-accelerated", NEEDS("convex", "L_2", "x_star", "f_star"), RANGE,
	.power = 3, .applies = curved, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
