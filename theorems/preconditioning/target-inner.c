/*:
# Many cheap inner steps for one expensive gradient

If evaluating the loss is what costs (a simulator, a game), make the most of each gradient: minimise a surrogate that is exact in the geometry of the predictions, by steps that do not call the loss at all. How far does that get?

**Theorem.** Let $\mu_BB\preceq\nabla^2f\preceq L_BB$ with $B\succeq0$, $\mu_B>0$, $\nabla f$ in the range of $B$, $s^2$ the least nonzero and $S^2$ the largest eigenvalue of $B$, $0<\eta\le1/L_B$, $0<\alpha\le\eta/S^2$. From $x_t$ let $\omega_0=x_t$,
$$ \omega_{j+1}=\omega_j-\alpha\bigl(\nabla f(x_t)+\tfrac1\eta B(\omega_j-x_t)\bigr)\quad(j<m),\qquad x_{t+1}=\omega_m . $$
With $u=1-(1-\alpha s^2/\eta)^m$, for every $t\ge1$,
$$ f(x_t)-f_\star\;\le\;\bigl(1-\eta\mu_Bu(2-\eta L_Bu)\bigr)^t\,(f(x_0)-f_\star). $$

For $f(x)=\ell(Xx)$, with $\ell$ a loss of the predictions, take $B=X^\top X$: then $\mu_B$ and $L_B$ are those of $\ell$. As $m\to\infty$, $u\to1$, and the conditioning of $X$ is gone.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(m) P(alpha) P(eta)
#include "../least.h"

enum { L_B, MOST, MU_B, LEAST_B };

/* 1 - u: what m steps leave of the slowest direction. */
NUMBER(rest, decay(alpha * c->need[LEAST_B] / eta, m))

/* The bracket is 1 - w + w v^2 with w = mu_B/L_B and v = 1 - eta L_B u, where nothing cancels. No step is better than
 * rounding. */
NUMBER(factor,
       fmax(0x1p-92, shrinkage(c->need[MU_B] / c->need[L_B], 1 - eta * c->need[L_B] + eta * c->need[L_B] * rest(c))))

FORMULA(bound, t, pow(factor(c), t) * d0)

/* beta = S^2/eta. */
FORMULA(bound_gradient, t, 2 * d0 / (alpha * (2 - alpha * c->need[MOST] / eta) * t))

/*:
## Proof

Let $H=B/\eta$, $g=\nabla f(x_t)$, $d=x_{t+1}-x_t$. The inner steps are gradient descent on the surrogate $\langle g,\cdot\rangle+\frac12\|\cdot\|_H^2$, so $d=-H^+(I-(I-\alpha H)^m)g$. In an eigenbasis of $H$, with eigenvalues $h>0$ and $v_h=1-(1-\alpha h)^m\in[u,1]$,
$$ \langle g,d\rangle=-\sum\frac{g_h^2}hv_h,\qquad\|d\|_B^2=\eta\,d^\top Hd=\eta\sum\frac{g_h^2}hv_h^2 . $$
The upper bound on $f$ gives $f(x_{t+1})\le f(x_t)-\sum\frac{g_h^2}h\bigl(v_h-\frac{\eta L_B}2v_h^2\bigr)$, and $v-\frac{\eta L_B}2v^2$ increases on $[0,1]$ as $\eta L_B\le1$. So the decrease is at least
$u(1-\frac{\eta L_B}2u)\,g^\top H^+g$, where $g^\top H^+g=\eta\,g^\top B^+g$. The lower bound $f(y)\ge f(x_t)+\langle g,y-x_t\rangle+\frac{\mu_B}2\|y-x_t\|_B^2$, minimised over $y$, gives $g^\top B^+g\ge2\mu_B(f(x_t)-f_\star)$. $\square$

**Theorem (target-nonlinear).** Without a lower bound on the Hessian, also without convexity: if only $f(y)\le s_t(y)$ for the surrogate $s_t(y)=f(x_t)+\langle\nabla f(x_t),y-x_t\rangle+\frac1{2\eta}\|y-x_t\|_B^2$ (that is $\eta\le1/L_B$), then with
$\beta=S^2/\eta$, $0<\alpha<2/\beta$ and any $m\ge1$
$$ \min_{s<t}\|\nabla f(x_s)\|^2\;\le\;\frac{2\,(f(x_0)-f_\star)}{\alpha(2-\alpha\beta)\,t}. $$

**Proof.** $s_t$ is $\beta$-smooth and has the value and the gradient of $f$ at $x_t$. The first inner step lowers it by $\alpha(1-\frac{\alpha\beta}2)\|\nabla f(x_t)\|^2$ at least, the others do not raise it, and $f\le s_t$. Sum over $s<t$. $\square$

The proof is the same for any differentiable model $z(x)$ in the place of $Xx$, with $\beta$ the smoothness of the surrogate; hence the name.

## How sharp it is

Attained at every $t$: on a quadratic in its own metric, started in the direction of $s^2$, each step multiplies the gap by $(1-\alpha s^2/\eta)^{2m}$ at $\eta=1$, which is the bracket. The second is attained by one step on a bowl; its loss later is that of gradient
descent without convexity.

## What is run

The method on least squares, logistic regression and quadratics, $m=10$ inner steps unless told otherwise.

## What must fail

$0.9$ of the bound. A surrogate that is too flat: with $\eta=1.9/L_B$ the steep direction, solved at once, swings to and fro with the factor $0.9$, while the bound, made for the slow one, has $\sqrt{0.67}=0.82$.

## Exercises

1. Write $x_{t+1}=x_t-P_m\nabla f(x_t)$. What are the eigenvalues of $P_m$?
2. For $m=1$ and $\alpha=\eta/S^2$: which known method is this, with which step?
3. One gradient costs as much as 50 inner steps. On a quadratic with $s^2/S^2=\frac1{100}$ and $\eta=1/L_B$, is $m=10$ or $m=100$ the better choice?
:*/

#define LOW "quadratic:d=2,L=1,kappa=100,rotation=0,along=mu"
SHARP(sharp,
	{ .objective = LOW, .parameters = "m=10,alpha=1,eta=1", .note = "the slow direction, m = 10", .steps = 32,
	  .ratio = 1 },
	{ .objective = LOW, .parameters = "m=1000,alpha=0.5,eta=0.5", .note = "m = 1000", .steps = 16 },
	{ .objective = "least-squares:n=40,d=20,rank=8", .parameters = "m=3", .note = "least squares of low rank" })
CONTROL(control,
	{ .objective = LOW, .parameters = "m=10,alpha=1,eta=1", .note = "0.9 of the bound", .steps = 32,
	  .factor = 0.9 },
	{ .objective = "quadratic:d=2,L=1,kappa=100,rotation=0,along=L", .parameters = "m=10,alpha=1.9,eta=1.9",
	  .note = "eta = 1.9/L_B", .steps = 32 })

#define BOWL "quadratic:d=3,L=1,kappa=1,rotation=0"
SHARP(sharp_gradient,
	{ .objective = BOWL, .parameters = "m=1,alpha=1,eta=1", .note = "a bowl, one step", .steps = 1, .ratio = 1 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5", .parameters = "m=5", .note = "least squares" })
CONTROL(control_gradient,
	{ .objective = BOWL, .parameters = "m=1,alpha=1,eta=1", .note = "0.9 of the bound", .steps = 1, .factor = 0.9 })

/*: {.plumbing} :*/
static void choose(const rate_case *c, double fraction, double *param)
{
	param[eta_] = fraction / c->need[L_B];
	param[alpha_] = param[eta_] / c->need[MOST];
}

MUST(admissible, AT_MOST(eta, 1 / c->need[L_B]) && AT_MOST(alpha, eta / c->need[MOST] * (1 + 1e-11)),
     "0 < eta <= 1/L_B, 0 < alpha <= eta/S^2")

MUST(admissible_gradient, AT_MOST(eta, 1 / c->need[L_B]) && alpha > 0 && alpha * c->need[MOST] < 2 * eta,
     "0 < eta <= 1/L_B, 0 < alpha < 2 eta/S^2")

static const rate_param params[] = {
	[m_] = { "m", RATE_INTEGER, "10", 1, 1e6, NULL, "inner steps" },
	[alpha_] = { "alpha", RATE_REAL, "auto", 0, 0, NULL, "inner step" },
	[eta_] = { "eta", RATE_REAL, "auto", 0, 0, NULL, "step of the surrogate, at most 1/L_B" },
};

#define PAPER \
	"Lavington, Vaswani, Babanezhad, Schmidt and Le Roux, Target-based surrogates for stochastic optimization, " \
	"arXiv:2302.02607"

CLAIM(target_inner,
	.id = "target-inner", .chapter = "preconditioning",
	.title = "Many cheap inner steps for one expensive gradient",
	.statement = "μ_B B ≤ ∇²f ≤ L_B B, η ≤ 1/L_B, m inner steps α ≤ η/S², u = 1 − (1 − αs²/η)^m: "
	             "f(x_t) − f* ≤ (1 − ημ_B u(2 − ηL_B u))^t (f(x_0) − f*)",
	.quantity = "f(x_t) − f*", .formula = "(1 − ημ_B u(2 − ηL_B u))^t d_0",
	.source = "method of " PAPER "; the theorem is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "target-inner",
	NEEDS("L_metric", "metric_most", "mu_metric", "metric_least", "f_star"), RANGE, .bound = bound,
	.factor = factor,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(target_nonlinear,
	.id = "target-nonlinear", .chapter = "preconditioning",
	.title = "Inner steps on a surrogate, without convexity",
	.statement = "f ≤ s_t = f(x_t) + ⟨∇f(x_t), · − x_t⟩ + ‖· − x_t‖²_B/(2η), β = S²/η, 0 < α < 2/β: "
	             "min_{s<t} ‖∇f(x_s)‖² ≤ 2(f(x_0) − f*)/(α(2 − αβ)t)",
	.quantity = "min_{s<t} ‖∇f(x_s)‖²", .formula = "2d_0/(α(2 − αβ)t)",
	.source = "method of " PAPER "; the theorem is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "target-inner", NEEDS("L_metric", "metric_most", "f_star"),
	.params = RATE_ROWS(params), .choose = choose, .admissible = admissible_gradient, .accumulators = LEAST_KEPT,
	.power = 1,
	.bound = bound_gradient, .observe = observe_least, .measure = measure_least, .sharp = sharp_gradient,
	.control = control_gradient)
