/*:
# Perturbations with momentum

ZO-AdaMU gives momentum not to the step but to the random direction: tomorrow's perturbation leans towards today's. The loss never enters it. What does it do to the rate?

**Theorem.** Let $f$ be $L$-smooth on $\mathbb R^d$ with $\|\nabla f(x)\|^2\ge2\mu(f(x)-f_\star)$, $\mu>0$. Let $0\le\beta_1\le1$, $a,b\ge0$, $r=1-\beta_1$ and $v=\beta_1^2a+r^2b$. The perturbation is
$$ m_{t+1}=r\,m_t+\sqrt v\,z_t,\qquad z_t\sim N(0,I), $$
the law of $\beta_1\dot z+(1-\beta_1)\ddot z$ with $\dot z\sim N(0,aI)$, $\ddot z\sim N(m_t,bI)$. Let $n_t=r\,m_t$, known before the draw, $0<\gamma\le\frac2L$, and
$$ x_{t+1}=x_t-\frac\gamma{K_t}\langle\nabla f(x_t),m_{t+1}\rangle m_{t+1},\qquad K_t=\|n_t\|^2+v(d+4)-\frac{2v^2}{\|n_t\|^2+v} . $$
Then for every $t\ge1$
$$ \mathbb E\,\frac{f(x_t)-f_\star}{\prod_{s<t}(1-\kappa_s)}\;\le\;f(x_0)-f_\star,\qquad\kappa_s=\frac{\mu v\,\gamma(2-\gamma L)}{K_s} . $$

Without momentum ($\beta_1=1$, $a=1$) that is $K=d+2$ and normal directions as they are. With it $K_t$ is larger, so the steps are shorter: of the order of $\frac1{1-r^2}$ for a long run.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(beta1) P(a) P(b) P(law)
#include "../common.h"

#include <stdlib.h>

/* v, and the factor lost where n is `n2` = |n_t|^2 */
NUMBER(noise, beta1 * beta1 * a + (1 - beta1) * (1 - beta1) * b)

static double lost(const rate_case *c, double n2)
{
	double v = noise(c), gamma = c->param[gamma_], all = n2 + v;
	double K = all + v * ((double)c->d + 3) - (all > 0 ? 2 * v * v / all : 0);

	return v > 0 ? c->pl * v * gamma * (2 - gamma * c->L) / K : 0;
}

/* Judged for few steps: what a long run in the mean consists of is too rare to be seen. */
enum { SHORT = 8 };
FORMULA(bound, t, t <= SHORT ? d0 : INFINITY)

/*:
## Proof

*One step.* Write $u=n+\sqrt v\,z$, $g=\nabla f(x)$, $y=\langle g,n\rangle$. From the moments of normals
$$ \mathbb E\langle g,u\rangle^2=y^2+v\|g\|^2,\qquad\mathbb E\langle g,u\rangle^2\|u\|^2=y^2A+v\|g\|^2(A-2v),\quad A=\|n\|^2+v(d+4) . $$
The quotient of the second by the first is $A-\frac{2v^2\|g\|^2}{y^2+v\|g\|^2}$, which increases with $y^2\le\|n\|^2\|g\|^2$, so it is at most $K$. By smoothness
$$ \mathbb Ef(x_+)\le f(x)-\Bigl(\frac\gamma K-\frac{L\gamma^2}{2K^2}K\Bigr)\mathbb E\langle g,u\rangle^2\le f(x)-\frac{\gamma(2-\gamma L)}{2K}\,v\|g\|^2, $$
and $\|g\|^2\ge2\mu(f(x)-f_\star)$: the gap shrinks by $1-\kappa$ in the mean, given the past.

*All steps.* $\kappa_t$ is known before $z_t$ is drawn, so the gap divided by the product is a supermartingale. $\square$

## How sharp it is

Without momentum an equality at every $t$ on $\frac L2\|x\|^2$, and with it at the first step, since $m_0=0$. Later the second moment of $\langle g,u\rangle$ holds $y^2$ as well, which the proof leaves out: momentum helps where the gradient lies along it, and the bound does not count on that.

## What is run

Eight steps are judged: the weight of the gap makes a skewed variable, whose mean over a long run comes from paths that are too rare to be seen. Normals are sampled. Three-valued draws, $0$ with probability $\frac23$ and $\pm\sqrt3$ with $\frac16$, have all the moments that the proof takes; with them short runs in one and two dimensions are followed along every path.

## What must fail

0.9 of the bound, without and with momentum.

## Exercises

1. What is the variance of an entry of $m_t$ in the long run?
2. In which direction does momentum help, and by how much?
3. ★ Let $\beta_1=0$ and $b=0$: what does the theorem say, and where does the run stop from $m_0\ne0$?
:*/

#define ROUND2 "quadratic:d=2,spectrum=one"
#define FRESH "gamma=1,beta1=1,a=1,b=0,law=ternary"
SHARP(sharp,
	{ .objective = ROUND2, .parameters = FRESH, .note = "fresh directions in the plane, all paths", .steps = 5,
	  .ratio = 1 },
	{ .objective = "quadratic:d=1,L=1", .parameters = FRESH, .note = "on a line", .steps = 8, .ratio = 1 },
	{ .objective = "quadratic:d=1,L=1", .parameters = "gamma=1,beta1=0.9,a=0.5,b=0.5,law=ternary",
	  .note = "a little momentum", .steps = 8 },
	{ .objective = ROUND2, .parameters = "gamma=1,beta1=0.5,a=0.5,b=0.5,law=ternary",
	  .note = "much momentum", .steps = 5 },
	{ .objective = "quadratic:d=6,spectrum=one", .parameters = "gamma=1,beta1=0.9,a=0.5,b=0.5,law=normal",
	  .note = "six dimensions, normals", .steps = 4 },
	{ .objective = "pl-sine:start=2.2", .parameters = "beta1=0.9,a=0.5,b=0.5,law=normal",
	  .note = "not convex", .steps = 4 })
CONTROL(control,
	{ .objective = ROUND2, .parameters = FRESH, .note = "0.9 of the bound", .steps = 5, .factor = 0.9 },
	{ .objective = "quadratic:d=1,L=1", .parameters = "gamma=1,beta1=0.9,a=0.5,b=0.5,law=ternary",
	  .note = "0.9 of the bound, with momentum", .steps = 8, .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/L"),
	[beta1_] = { "beta1", RATE_REAL, "0.9", 0, 1, NULL, "weight of the fresh perturbation" },
	[a_] = { "a", RATE_REAL, "0.5", 0, 1e6, NULL, "variance of the fresh perturbation" },
	[b_] = { "b", RATE_REAL, "0.5", 0, 1e6, NULL, "variance about the old one" },
	[law_] = { "law", RATE_CHOICE, "ternary", 0, 0, "normal|ternary", "of the draws" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, AT_MOST(gamma, 2 / L) && noise(c) > 0, "0 < gamma <= 2/L and beta1^2 a + (1 - beta1)^2 b > 0")

static const char *small(const rate_case *c)
{
	return c->d <= 6 && c->n * c->d <= 200 ? NULL : "run for at most 6 dimensions and 200 numbers of data";
}

static int observe(rate_view *v)
{
	const double *m;
	double *n2, r = 1 - v->c->param[beta1_];

	if (v->find(v, "m", &m) || !(n2 = malloc(v->run->nrep * sizeof *n2)))
		return RATE_FAIL;
	rate_dot(v->run, m, m, n2);
	for (size_t k = 0; k < v->run->nrep; k++)
		*rate_acc(v, 1, k) += log1p(-lost(v->c, r * r * n2[k]));
	free(n2);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_gap_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t k = 0; k < v->run->nrep; k++) {
		double weight = exp(-*rate_acc(v, 1, k));
		q[k] *= weight;
		s[k] *= weight;
	}
	return RATE_OK;
}

CLAIM(zo_adamu,
	.id = "zo-adamu", .chapter = "zeroth-order", .title = "Perturbations with momentum",
	.statement = "f L-smooth, μ-PL, m_{t+1} = r m_t + √v z_t, r = 1 − β₁, v = β₁²a + r²b, n_t = r m_t, 0 < γ "
	             "≤ 2/L, K_t = ‖n_t‖² + v(d + 4) − 2v²/(‖n_t‖² + v), x_{t+1} = x_t − (γ/K_t)⟨∇f(x_t), "
	             "m_{t+1}⟩m_{t+1}, κ_t = μvγ(2 − γL)/K_t: E (f(x_t) − f*)/Π(1 − κ_s) ≤ d₀",
	.quantity = "E (f(x_t) − f*)/Π_{s<t} (1 − κ_s)", .formula = "d₀",
	.source = "the perturbations of Jiang et al., ZO-AdaMU optimizer, AAAI 2024, without the division by a "
	          "second moment; the bound is proved in this file",
	.kind = RATE_EXPECTATION, .method = "zo-adamu:radius=0,m0=0",
	NEEDS("L", "pl", "f_star", "no composite"), RANGE, .applies = small, .accumulators = 1, .bound = bound,
	.observe = observe, .measure = measure, SHARP_AND_CONTROL)
