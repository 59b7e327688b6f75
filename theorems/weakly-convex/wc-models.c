/*:
# Stochastic models of weakly convex functions

Neither convex nor smooth: what does a subgradient method still achieve, and what is there to measure at all? Gradients need not shrink near a kink, and gaps need not shrink without convexity. The Moreau envelope has a gradient that tells.

Let $f+\frac\varrho2\|\cdot\|^2$ be convex, $\hat\varrho>\varrho$, and
$$ f_{\hat\varrho}(x)=\min_y f(y)+\tfrac{\hat\varrho}2\|y-x\|^2,\qquad \hat x\text{ the minimiser},\qquad \nabla f_{\hat\varrho}(x)=\hat\varrho(x-\hat x) . $$
A small $\nabla f_{\hat\varrho}(x)$ says that near $x$, at $\hat x$, there is a point that is almost stationary: $f$ has there a subgradient of the same length.

**Theorem.** Let $f=\mathbb Ef_\xi$ be bounded below by $f_\star$, and let the method use at $x$ a model $m_x(\cdot,\xi)$ of $f_\xi$ with, for all $y$,

- $\mathbb E\,m_x(x,\xi)=f(x)$ and $\mathbb E\,m_x(y,\xi)\le f(y)+\frac\tau2\|y-x\|^2$,
- $m_x(\cdot,\xi)+\frac\eta2\|\cdot\|^2$ convex, and $m_x(x,\xi)-m_x(y,\xi)\le G(\xi)\|x-y\|$ with $\mathbb EG(\xi)^2\le G^2$.

Then $f$ is weakly convex with $\varrho=\tau+\eta$, and with $B>\eta$, $\alpha=\frac1{B-\eta}$ and $\xi_t$ independent, the method
$$ x_{t+1}=\arg\min_y\; m_{x_t}(y,\xi_t)+\tfrac B2\|y-x_t\|^2 $$
obeys for every $T\ge1$ and every $\hat\varrho>\varrho$
$$ \frac1T\sum_{t<T}\mathbb E\|\nabla f_{\hat\varrho}(x_t)\|^2\;\le\;\frac{\hat\varrho}{\hat\varrho-\varrho}\Bigl(\frac{f(x_0)-f_\star}{\alpha T}+\frac{\hat\varrho G^2}{2B}\Bigr) . $$

**Hypotheses.** No upper limit on the step $\frac1B$. With $\alpha\sim T^{-1/2}$ the right side is of order $T^{-1/2}$. Three models are run:

- *subgradient*: $m_x(y)=f_\xi(x)+\langle g,y-x\rangle$: $\tau=\varrho$, $\eta=0$, step $\gamma=\frac1B$, $\mathbb E\|g\|^2\le G^2$;
- *prox-linear*: $f_\xi=h_\xi\circ c_\xi$ with $h_\xi$ convex, $m_x(y)=h_\xi(c_\xi(x)+\langle\nabla c_\xi(x),y-x\rangle)$: $\tau=\varrho$ is the Lipschitz constant of $h$ times that of $\nabla c$, $\eta=0$, $\gamma=\frac1B$;
- *proximal point*: $m_x=f_\xi$, each weakly convex: $\tau=0$, $\eta=\varrho$, $\gamma=\frac1B<\frac1\varrho$, so $\alpha=\gamma/(1-\varrho\gamma)$.
:*/
#define PARAMETERS(P) P(gamma) P(r)
#include "envelope.h"

/* The first need of each claim: tau + eta of its model. */
enum { RHO };

static double rho_of(const rate_case *c)
{
	return c->need[RHO];
}

FORMULA(bound, t, r / (r - rho_of(c)) * (d0 / (gamma * t) + r * G * G * gamma / 2))
FORMULA(bound_point, t, r / (r - rho_of(c)) * (d0 * (1 - rho_of(c) * gamma) / (gamma * t) + r * G * G * gamma / 2))

/*:
Here $r=\hat\varrho$, $d_0=f(x_0)-f_\star$, and `rho_of` is $\varrho=\tau+\eta$ of the model.

## Proof

*$f$ is weakly convex.* Let $v$ be a subgradient at $x$ of the mean model with $\frac\eta2\|\cdot-x\|^2$ added. Then $f(y)\ge\mathbb Em_x(y,\xi)-\frac\tau2\|y-x\|^2\ge f(x)+\langle v,y-x\rangle-\frac{\tau+\eta}2\|y-x\|^2$ for all $x,y$: the function $f+\frac\varrho2\|\cdot\|^2$ has a subgradient everywhere, and is convex.

*One step.* Write $x=x_t$, $x_+=x_{t+1}$, and $\hat x$ for the point that belongs to $x$; it is known before $\xi_t$ is drawn. The function that $x_+$ minimises is $(B-\eta)$-strongly convex:
$$ m_x(x_+)+\tfrac B2\|x_+-x\|^2+\tfrac{B-\eta}2\|\hat x-x_+\|^2\;\le\;m_x(\hat x)+\tfrac B2\|\hat x-x\|^2 . $$
On the left $m_x(x_+)\ge m_x(x)-G(\xi)\|x_+-x\|$, and $G(\xi)u-\frac B2u^2\le\frac{G(\xi)^2}{2B}$. Take means and use the two properties of the model in the mean:
$$ \tfrac{B-\eta}2\,\mathbb E\|\hat x-x_+\|^2\;\le\;f(\hat x)-f(x)+\tfrac{B+\tau}2\|\hat x-x\|^2+\tfrac{G^2}{2B} . $$
Now $f+\frac{\hat\varrho}2\|\cdot-x\|^2$ is $(\hat\varrho-\varrho)$-strongly convex with minimiser $\hat x$; comparing with $x$ itself,
$$ f(\hat x)-f(x)\;\le\;-\tfrac{\hat\varrho}2\|\hat x-x\|^2-\tfrac{\hat\varrho-\varrho}2\|\hat x-x\|^2=-\bigl(\hat\varrho-\tfrac\varrho2\bigr)\|\hat x-x\|^2 . $$
Insert this, multiply by $2\alpha=\frac2{B-\eta}$, and use $B+\tau=(B-\eta)+\varrho$:
$$ \mathbb E\|\hat x-x_+\|^2\;\le\;\|\hat x-x\|^2-2\alpha(\hat\varrho-\varrho)\|\hat x-x\|^2+\frac{\alpha G^2}B . $$
At last the envelope at $x_+$ is at most its objective at the old $\hat x$:
$$ \mathbb E f_{\hat\varrho}(x_+)\;\le\;f(\hat x)+\tfrac{\hat\varrho}2\,\mathbb E\|\hat x-x_+\|^2\;\le\;f_{\hat\varrho}(x)-\frac{\alpha(\hat\varrho-\varrho)}{\hat\varrho}\|\nabla f_{\hat\varrho}(x)\|^2+\frac{\alpha\hat\varrho G^2}{2B}, $$
since $\|\hat x-x\|=\|\nabla f_{\hat\varrho}(x)\|/\hat\varrho$. Sum over $t<T$; the envelope lies between $f_\star$ and $f$, so the telescope is at most $f(x_0)-f_\star$. Divide by $\alpha T(\hat\varrho-\varrho)/\hat\varrho$. $\square$

The models obey the assumptions: for the subgradient $f(y)\ge f(x)+\langle\mathbb Eg,y-x\rangle-\frac\varrho2\|y-x\|^2$ is weak convexity. For the composition the tangent misses $c$ by at most half of the Lipschitz constant of $\nabla c$ times $\|y-x\|^2$, and $h$ multiplies that by its own.

It is the model that has to be good, not only $f$. Let $c(x)=-e^{-x}$ and $h(u)=-\ln(-u)$, so that $f(x)=x$ on a long stretch is as convex as can be. The model $x-\ln(1-(y-x))$ bends up where $f$ goes on falling, and the steps of the prox-linear method are about $\sqrt\gamma$ long, not $\gamma$: with $\varrho=0$ the bound would be false.

## How sharp it is

Both parts are real. *The first:* on $G|x|-\frac\varrho2x^2$ (`mcp`), on its concave piece, $\nabla f_{\hat\varrho}=\frac{\hat\varrho}{\hat\varrho-\varrho}f'$, and small steps turn the whole of $f(x_0)-f_\star$ into this sum. What is lost is $f-f_{\hat\varrho}$ at the start, which a large $\hat\varrho$ makes small. *The second:* on $|x|$ with $\hat\varrho=1$ and step $2$ the method jumps between $1$ and $-1$ for ever. There $\nabla f_1=\pm1$, and the bound tends to $\frac{\hat\varrho G^2\gamma}2=1$.

## What is run

One dimension, where $\hat x$ is found by bisection: the kink functions above, $|q(x)-b_i|$ for a parabola $q$, and whatever of the suite has a known $G$. For the subgradient method convex functions count with $\varrho=0$, smooth ones with $\varrho\le L$; for the proximal point method so do the terms, each by itself. The prox-linear method is run where $\tau$ is declared (`rho_model`).

## What must fail

The factor $\frac{\hat\varrho}{\hat\varrho-\varrho}$ left out, where it is $2$; the second term halved on $|x|$; $0.8$ of the bounds of the other two models.

## Exercises

1. Let $f$ be $L$-smooth. Compare $\nabla f_{\hat\varrho}(x)$ with $\nabla f(x)$.
2. Start at $0.9$ with step $0.3$ on $|q(x)-1|$ (`abs-parabola:start=0.9`). The prox-linear method ends at $1$, the subgradient method wanders in $[0.4,1.6]$ for ever. Explain.
3. Which constant step is best for given $T$, and what is the bound then?
4. *Compute.* From which number of steps on does `ratecheck verify wc-subgradient:gamma=2,r=1 --objective abs --steps 16` reach 0.99 of the bound?
:*/

SHARP(sharp,
	{ .objective = "mcp:start=0.5", .parameters = "gamma=0.0002,r=100", .note = "the concave piece",
	  .steps = 3462, .ratio = 0.974 },
	{ .objective = "abs", .parameters = "gamma=2,r=1", .note = "from 1 to -1 and back", .steps = 1024,
	  .ratio = 0.9995 },
	{ .objective = "abs-parabola:b=0.5/1/2,k=2", .note = "three measurements" })
CONTROL(control,
	{ .objective = "mcp:start=0.8", .parameters = "gamma=0.001,r=2",
	  .note = "the factor r/(r - rho) = 2 left out", .steps = 1602, .factor = 0.5 },
	{ .objective = "abs", .parameters = "gamma=2,r=1", .note = "half of the second term", .steps = 1024,
	  .factor = 0.51 })
SHARP(sharp_linear,
	{ .objective = "abs-parabola", .parameters = "gamma=0.001,r=20", .note = "from the flat top", .steps = 1149,
	  .ratio = 0.922 },
	{ .objective = "abs-parabola:b=0.5/1/2,k=2", .note = "three measurements" })
CONTROL(control_linear,
	{ .objective = "abs-parabola", .parameters = "gamma=0.001,r=20", .note = "0.8 of the bound", .steps = 1149,
	  .factor = 0.8 })
SHARP(sharp_point,
	{ .objective = "abs-parabola", .parameters = "gamma=0.001,r=20", .note = "from the flat top", .steps = 1146,
	  .ratio = 0.922 },
	{ .objective = "mcp", .note = "the concave piece" })
CONTROL(control_point,
	{ .objective = "abs-parabola", .parameters = "gamma=0.001,r=20", .note = "0.8 of the bound", .steps = 1146,
	  .factor = 0.8 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[r_] = { "r", RATE_REAL, "auto", 0, 0, NULL, "parameter of the envelope, r > rho" },
};
static const rate_param params_point[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 1/rho"),
	[r_] = { "r", RATE_REAL, "auto", 0, 0, NULL, "parameter of the envelope, r > rho" },
};

/* The best step for the horizon; r = 2 rho, or that which makes d_0 one unit of the envelope where f is convex. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double unit = c->d0 > 0 ? c->G * c->G / c->d0 : 1;

	param[r_] = rho_of(c) > 0 ? 2 * rho_of(c) : unit > 0 ? unit : 1;
	param[gamma_] = fraction * sqrt(2 * (c->d0 > 0 ? c->d0 : 1) / (param[r_] * (double)c->T)) /
	                (c->G > 0 ? c->G : 1);
}

static void choose_point(const rate_case *c, double fraction, double *param)
{
	choose(c, fraction, param);
	if (rho_of(c) * param[gamma_] > 0.5)
		param[gamma_] = 0.5 / rho_of(c);
}

MUST(admissible, gamma > 0 && r > rho_of(c) && r > 0, "gamma > 0 and r > rho")
MUST(admissible_point, gamma > 0 && rho_of(c) * gamma < 1 && r > rho_of(c) && r > 0,
     "0 < gamma < 1/rho and r > rho")

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return envelope_grad2(v, v->c->param[r_], v->c->G, q, s);
}

#define SHARED(MODEL) .chapter = "weakly-convex", .quantity = "mean over s < t of E‖∇f_r(x_s)‖²", \
	.source = "after Davis and Drusvyatskiy, Stochastic model-based minimization of weakly convex functions, " \
	          "SIAM J. Optim. " \
	          "2019; constants proved in this file", \
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS | RATE_DIMENSION_ONE

CLAIM(wc_subgradient,
	.id = "wc-subgradient", .title = "Subgradient method on weakly convex functions",
	.statement = "f ϱ-weakly convex, E‖g‖² ≤ G², r > ϱ, any γ > 0: "
	             "(1/T) Σ E‖∇f_r(x_t)‖² ≤ r/(r − ϱ) ((f(x_0) − f*)/(γT) + rG²γ/2), f_r the Moreau envelope",
	.formula = "r/(r − ϱ) (d₀/(γt) + rG²γ/2)", SHARED("subgradient"), .method = "subgradient",
	NEEDS([RHO] = "rho_weak", "G", "f_star", "no composite", "whole space"), RANGE, .bound = bound,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(wc_prox_linear,
	.id = "wc-prox-linear", .title = "Prox-linear method on compositions",
	.statement = "f_i = h_i ∘ c_i, h_i convex, models with c_i linear ≤ f + (ϱ/2)‖· − x‖² in the mean, "
	             "slopes E G_i² ≤ G², r > ϱ, any γ > 0: "
	             "(1/T) Σ E‖∇f_r(x_t)‖² ≤ r/(r − ϱ) ((f(x_0) − f*)/(γT) + rG²γ/2), f_r the Moreau envelope",
	.formula = "r/(r − ϱ) (d₀/(γt) + rG²γ/2)", SHARED("prox-linear"), .method = "prox-linear",
	NEEDS([RHO] = "rho_model", "G", "f_star", "no composite", "whole space", "composition/1"), RANGE,
	.bound = bound, .measure = measure,
	.sharp = sharp_linear, .control = control_linear)

CLAIM(wc_prox_point,
	.id = "wc-prox-point", .title = "Stochastic proximal point method on weakly convex functions",
	.statement = "f_i ϱ-weakly convex with slopes E G_i² ≤ G², r > ϱ, γ < 1/ϱ: "
	             "(1/T) Σ E‖∇f_r(x_t)‖² ≤ r/(r − ϱ) ((f(x_0) − f*)(1 − ϱγ)/(γT) + rG²γ/2), f_r the Moreau envelope",
	.formula = "r/(r − ϱ) (d₀(1 − ϱγ)/(γt) + rG²γ/2)", SHARED("prox-point"), .method = "stochastic-proximal-point",
	NEEDS([RHO] = "rho_terms", "G", "f_star", "no composite", "whole space", "finite-sum/1"),
	.params = RATE_ROWS(params_point),
	.choose = choose_point, .admissible = admissible_point, .bound = bound_point, .measure = measure,
	.sharp = sharp_point,
	.control = control_point)
