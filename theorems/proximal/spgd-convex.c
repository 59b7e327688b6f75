/*:
# The stochastic proximal gradient method on convex functions

**Theorem.** Let $F=f+h$, $f=\frac1n\sum_if_i$ with every $f_i$ convex and $L_{\max}$-smooth, $h$ convex, closed and proper, $x_\star$ a
minimiser of $F$, and $\sigma_F^2=\frac1n\sum_i\|\nabla f_i(x_\star)-\nabla f(x_\star)\|^2$. Let
$$ x_{t+1}=\operatorname{prox}_{\gamma_th}(x_t-\gamma_t\nabla f_{i_t}(x_t)), $$
$i_t$ uniform and independent of the past, with steps that do not grow and $0<\gamma_0<\frac1{4L_{\max}}$, from $x_0$ in the domain
of $h$. Then for every $T\ge1$ the average $\bar x_T$ of $x_0,\dots,x_{T-1}$ with weights $\gamma_t$ obeys
$$ \mathbb E F(\bar x_T)-F_\star\;\le\;\frac{\|x_0-x_\star\|^2+2\gamma_0\,(F(x_0)-F_\star)+4\sigma_F^2\sum_{t<T}\gamma_t^2}{2\,(1-4\gamma_0L_{\max})\sum_{t<T}\gamma_t} . $$

The noise counts at $x_\star$ only, and only what is random of it: $\nabla f(x_\star)\ne0$ is answered by $h$. The program runs
$\gamma_t=\gamma/(t+1)^p$.
:*/
#define PARAMETERS(P) P(gamma) P(power)
#include "../common.h"

enum { COMPOSITE, CONVEX, L_MAX, SIGMA };

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double first = c->step[0], sum = 0, squares = 0;

	for (size_t s = 0; s < (size_t)t; s++) {
		sum += c->step[s];
		squares += c->step[s] * c->step[s];
	}
	return (D2 + 2 * first * d0 + 4 * c->need[SIGMA] * squares) / (2 * (1 - 4 * first * L_max) * sum);
}

/*:
## Proof

One step from $x$; $v=\nabla f_i(x)$, $x^+=\operatorname{prox}_{\gamma h}(x-\gamma v)$, so that $s=\frac{x-x^+}\gamma-v\in\partial h(x^+)$.
Smoothness and convexity of $f$ give $f(x^+)-f(x_\star)\le\langle\nabla f(x),x^+-x_\star\rangle+\frac{L_{\max}}2\|x^+-x\|^2$; for $h$ one
has $h(x^+)-h(x_\star)\le\langle s,x^+-x_\star\rangle$. Add, and use $\gamma L_{\max}\le1$ and
$2\langle x-x^+,x^+-x_\star\rangle=\|x-x_\star\|^2-\|x^+-x_\star\|^2-\|x-x^+\|^2$:
$$ 2\gamma(F(x^+)-F_\star)\le\|x-x_\star\|^2-\|x^+-x_\star\|^2+2\gamma\langle\nabla f(x)-v,x^+-x_\star\rangle . \tag{1} $$
The last product does not have mean 0, as $x^+$ depends on $i$. But $\hat x=\operatorname{prox}_{\gamma h}(x-\gamma\nabla f(x))$ does not,
so $x_\star$ may be replaced by $\hat x$ in the mean, and a prox brings points no farther apart (lem-prox-nonexpansive):
$\mathbb E\langle\nabla f(x)-v,x^+-\hat x\rangle\le\gamma\,\mathbb E\|v-\nabla f(x)\|^2$.

*The noise at $x$.* With $b=f(x)-f(x_\star)-\langle\nabla f(x_\star),x-x_\star\rangle$, convexity and smoothness of the terms give
$\frac1n\sum_i\|\nabla f_i(x)-\nabla f_i(x_\star)\|^2\le2L_{\max}b$, and $b\le F(x)-F_\star$ since $-\nabla f(x_\star)\in\partial h(x_\star)$. So
$\mathbb E\|v-\nabla f(x)\|^2\le4L_{\max}(F(x)-F_\star)+2\sigma_F^2$.

*Sum.* With $\delta_t=\mathbb EF(x_t)-F_\star$: $2\sum_{t<T}\gamma_t\delta_{t+1}\le\|x_0-x_\star\|^2+8L_{\max}\sum\gamma_t^2\delta_t+4\sigma_F^2\sum\gamma_t^2$. The steps do
not grow, so $\sum_{t<T}\gamma_t\delta_t\le\gamma_0\delta_0+\sum_{t<T}\gamma_t\delta_{t+1}$ and $\gamma_t^2\le\gamma_0\gamma_t$:
$$ 2(1-4\gamma_0L_{\max})\sum_{t<T}\gamma_t\delta_t\le\|x_0-x_\star\|^2+2\gamma_0\delta_0+4\sigma_F^2\sum_{t<T}\gamma_t^2 . $$
Divide, and use Jensen's inequality. $\square$

## How sharp it is

The part of the start is sharp for short steps and long runs: a Huber function, $n=1$, $h=0$, $\gamma L=0.01$, $T=3000$, with the
kink at $\tau=R/(\gamma L(T-1)+1)$. The average of the first $T$ points has the gap $\frac{LR^2}{2(\gamma L(T-1)+1)}$: ratio
${{spgd-convex#1.max_ratio:3}}$. The factor $\frac1{1-4\gamma_0L_{\max}}$ is an artefact of the proof.

## What is run

The method on every finite sum of smooth convex terms with an $h$ or a feasible set, at $0.99$ and at half of the largest step,
with $p=0$. Sharp: the Huber function; and, with $\nabla f(x_\star)\ne0$ and noise, two parabolas and a ridge: ${{spgd-convex#2.max_ratio:2}}$.

## What must fail

$0.9$ of $0.928$ times the bound on it. No control by step: the bound itself is infinite at the end of the range.

## Exercises

1. Let $h=0$. Which term of the bound is then not needed, and where does it come from?
2. With $\gamma_t=\gamma/\sqrt{t+1}$ the bound is of order $\frac{\ln T}{\sqrt T}$. Prove it, and check the order in the figure.
3. Give an example where $\sigma_F^2=0$ although no point minimises all $f_i$.
:*/

static int huber(rate_instance *out)
{
	say(out->objective, "huber:L=1,tau=%.17g,start=1+l1:lambda=0", 1 / (0.01 * 2999 + 1));
	say(out->parameters, "gamma=0.01,power=0");
	out->steps = 3000;
	return RATE_OK;
}

static int sharp(uint32_t k, rate_instance *out)
{
	if (k == 0) {
		say(out->note, "a Huber function whose kink the average just reaches");
		out->ratio = 0.928;
		return huber(out);
	}
	say(out->objective, "centres:b=0/4,start=0+elastic-net:l1=0,ridge=0.1");
	say(out->parameters, "gamma=0.02,power=0");
	say(out->note, "two parabolas and a ridge: grad f(x_star) is not 0");
	out->steps = 256;
	return k == 1 ? RATE_OK : RATE_FAIL;
}

static int control(uint32_t k, rate_instance *out)
{
	say(out->note, k == 0 ? "0.9 x 0.928 of the bound" : "rate T^-1.05 instead of T^-1");
	out->factor = k == 0 ? 0.9 * 0.928 : 1;
	out->power = k == 0 ? 0 : 0.05;
	return k < 2 ? huber(out) : RATE_FAIL;
}

/*: {.plumbing} :*/
static const char *const needs[] = {
	[COMPOSITE] = "composite", [CONVEX] = "convex", [L_MAX] = "L_max", [SIGMA] = "sigma_F2", "x_star", "f_star"
};
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 1/(4 L_max); the steps are gamma/(t+1)^power"),
	[power_] = { "power", RATE_REAL, "0", 0, 1, NULL, "how fast the steps decrease" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction / (4 * L_max);
}

MUST(admissible, gamma > 0 && 4 * gamma * L_max < 1, "0 < gamma < 1/(4 L_max)")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * pow((double)(t + 1), -power);
}

static double weight(const rate_case *c, uint64_t t)
{
	return c->step[t];
}

CLAIM(spgd_convex,
	.id = "spgd-convex", .chapter = "proximal", .title = "Stochastic proximal gradient on convex functions",
	.statement = "f_i convex, L_max-smooth, h convex, γ_t nonincreasing, 0 < γ_0 < 1/(4L_max): E F(x̄_T) − F* ≤ "
	             "(‖x_0 − x*‖² + 2γ_0(F(x_0) − F*) + 4σ_F²Σγ_t²)/(2(1 − 4γ_0L_max)Σγ_t), x̄_T weighted by γ_t",
	.quantity = "E F(x̄_T) − F*", .formula = "(D² + 2γ_0(F(x_0) − F*) + 4σ_F²Σγ_t²)/(2(1 − 4γ_0L_max)Σγ_t)",
	.source = HANDBOOK ", section 12",
	.kind = RATE_EXPECTATION, .flags = RATE_OPEN_END, .method = "stochastic-proximal-gradient:batch=1",
	.needs = RATE_LIST(needs), RANGE, .steps = steps, .weight = weight, .bound = bound,
	.measure = rate_measure_average_gap, SHARP_AND_CONTROL)
