/*:
# Gradients carried along

An average of past gradients has little noise, but it is an average of gradients at points that one has left. Implicit gradient transport asks for the new gradient a little *ahead* of the new point, just so far that the mean of all gradients is the one here. With steps of one length that makes a policy gradient method (N-PG-IGT) that needs neither large batches nor importance weights; a Hessian product does the same (HARPG).

$$ \text{IGT:}\quad v_t=(1-a)v_{t-1}+a\,g\Bigl(x_t+\tfrac{1-a}a(x_t-x_{t-1})\Bigr),\qquad v_0=g(x_0), $$
$$ \text{HARPG:}\quad v_t=(1-a)\bigl(v_{t-1}+\nabla^2f(y_t)(x_t-x_{t-1})\bigr)+a\,g(x_t),\qquad y_t\text{ uniform on }[x_{t-1},x_t], $$
$0<a\le1$. The gradients $g$ are unbiased with independent errors of variance at most $\sigma^2$. Let
$$ \nu_t=(1-a)^{2t}+\frac a{2-a}\bigl(1-(1-a)^{2t}\bigr), $$
which falls from $1$ to $\frac a{2-a}$.

**Theorem (igt-law).** On a quadratic, with noise of one law of variance $\sigma^2$, $\mathbb E\|v_t-\nabla f(x_t)\|^2=\sigma^2\nu_t$ for IGT, whatever the steps.

**Theorem (nigt).** Let $f$ be $L$-smooth and bounded below, with a Hessian that is $L_2$-Lipschitz. IGT with the steps $x_{t+1}=x_t-\gamma v_t/\|v_t\|$ has for every $T\ge1$
$$ \frac1T\sum_{t<T}\mathbb E\|\nabla f(x_t)\|\;\le\;\frac{f(x_0)-f_\star}{\gamma T}+\frac{L\gamma}2+\frac2T\sum_{t<T}\Bigl[\sigma\sqrt{\nu_t}+L_2\gamma^2\,\frac{(1-a)(1-(1-a)^t)}{2a^2}\Bigr]. $$

**Theorem (harpg).** Without a Lipschitz Hessian, HARPG with the same steps has
$$ \frac1T\sum_{t<T}\mathbb E\|\nabla f(x_t)\|\;\le\;\frac{f(x_0)-f_\star}{\gamma T}+\frac{L\gamma}2+\frac2T\sum_{t<T}\sqrt{(1-a)^{2t}\sigma^2+\frac{a^2\sigma^2+(1-a)^2L^2\gamma^2}{a(2-a)}\bigl(1-(1-a)^{2t}\bigr)} . $$

With $a=T^{-4/7}$, $\gamma=T^{-5/7}$ the second is of the order $T^{-2/7}$, with $a=\gamma=T^{-2/3}$ the third of the order $T^{-1/3}$; normalised momentum without transport has $T^{-1/4}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(a)
#include "../common.h"

#include <stdlib.h>

/* (1 - a)^(2t), 1 at t = 0 whatever a */
static double forgotten(double a, double t)
{
	return t > 0 ? (a < 1 ? exp(2 * t * log1p(-a)) : 0) : 1;
}

static double nu(double a, double t)
{
	double left = forgotten(a, t);

	return left + a / (2 - a) * (1 - left);
}

/* After t steps the method holds v_{t-1}. */
FORMULA(bound_law, t, noise2 * nu(a, t - 1))

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double sum = 0, sigma = sqrt(noise2), lag = c->L_2 * gamma * gamma * (1 - a) / (2 * a * a);

	for (double k = 0; k < t; k++)
		sum += sigma * sqrt(nu(a, k)) + lag * (1 - sqrt(forgotten(a, k)));
	return d0 / (gamma * t) + L * gamma / 2 + 2 * sum / t;
}

static double bound_harpg(const rate_case *c, double t)
{
	LETTERS(c);
	double sum = 0, turn = (1 - a) * (1 - a) * L * L * gamma * gamma;

	for (double k = 0; k < t; k++) {
		double left = forgotten(a, k);

		sum += sqrt(left * noise2 + (a * a * noise2 + turn) / (a * (2 - a)) * (1 - left));
	}
	return d0 / (gamma * t) + L * gamma / 2 + 2 * sum / t;
}

FORMULA(transient, t, d0 / (gamma * t))

/*:
## Proof

Let $\varepsilon_t=v_t-\nabla f(x_t)$ and $\tilde x_t=x_t+\frac{1-a}a(x_t-x_{t-1})$.

*On quadratics* $(1-a)\nabla f(x_{t-1})+a\nabla f(\tilde x_t)=\nabla f(x_t)$, since $(1-a)x_{t-1}+a\tilde x_t=x_t$. So $\varepsilon_t=(1-a)\varepsilon_{t-1}+a\xi_t$ with $\varepsilon_0=\xi_0$, and $\nu_t=(1-a)^2\nu_{t-1}+a^2$.

*In general* the error of that identity is $(1-a)Z(x_{t-1})+aZ(\tilde x_t)$, $Z(y)=\nabla f(y)-\nabla f(x_t)-\nabla^2f(x_t)(y-x_t)$, $\|Z(y)\|\le\frac{L_2}2\|y-x_t\|^2$. With steps of the length $\gamma$ it is at most $\frac{L_2\gamma^2}2\bigl(1-a+\frac{(1-a)^2}a\bigr)=L_2\gamma^2\frac{1-a}{2a}$, and such errors add up to at most $L_2\gamma^2\frac{1-a}{2a}\cdot\frac{1-(1-a)^t}a$. The noise part is as before.

*HARPG.* Given the past, $\nabla^2f(y_t)(x_t-x_{t-1})$ has the mean $\nabla f(x_t)-\nabla f(x_{t-1})$ and a variance of at most $L^2\gamma^2$. So $\mathbb E\|\varepsilon_t\|^2\le(1-a)^2\mathbb E\|\varepsilon_{t-1}\|^2+a^2\sigma^2+(1-a)^2L^2\gamma^2$.

*Descent.* $-\langle\nabla f,\frac v{\|v\|}\rangle=-\|v\|+\langle\varepsilon,\frac v{\|v\|}\rangle\le-\|\nabla f\|+2\|\varepsilon\|$, so $f(x_{t+1})\le f(x_t)-\gamma\|\nabla f(x_t)\|+2\gamma\|\varepsilon_t\|+\frac{L\gamma^2}2$ (if $v=0$, then $\|\nabla f\|=\|\varepsilon\|$). Sum over $t<T$, take means, and use Jensen's inequality for $\|\varepsilon_t\|$. $\square$

**Why not under gradient domination?** Policy gradient is often analysed with $\|\nabla J\|\ge c\,(J_\star-J-\omega)$ for all parameters. But if $J$ is bounded with a Lipschitz gradient, then $J_\star-J\le\omega$ everywhere: along the flow $\theta'=-\nabla J$ the number $y=J_\star-J-\omega$ has $y'=\|\nabla J\|^2\ge c^2y^2$ where $y>0$, and blows up. Such a bound can hold along a run, not everywhere; what is proved here is the engine, which does without.

## How sharp they are

igt-law is an equality. The others are attained without noise for every horizon: $\frac L2\|x\|^2$ from the distance $T\gamma$, with any $a$, has $\frac{L\gamma(T+1)}2$ on both sides.

## What is run

IGT on quadratics with additive noise: all is affine, and the mean exact. The others on smooth functions of one term, with and without noise, and on two arms with sampled actions, where $L=\frac\Delta{6\sqrt3}$, $L_2=\frac\Delta8$ and $\sigma^2=\max p(1-p)^3\Delta^2=\frac{27}{256}\Delta^2$: that is REINFORCE with transport.

## What must fail

Plain momentum in the place of IGT, which lags: its error is more than thirty times the law. Three quarters of the bounds at $T=1$, where half of them is $\frac{L\gamma}2$.

## Exercises

1. Where does the error of IGT end on a quadratic? Which $a$ halves it, compared with SGD?
2. Without noise on a quadratic: which $\gamma$ makes the bound of nigt least?
3. Derive the order $T^{-2/7}$.
4. *Compute.* Does the law know the step? Run `ratecheck verify igt-law:gamma=0.3,a=0.2 --objective diagonal:lambda=1/0.3,start=3/-2+sign-noise:sigma=0.7 --steps 64` and the same with other `gamma`.
:*/

#define NOISY "diagonal:lambda=1/0.3,start=3/-2+sign-noise:sigma=0.7"
SHARP(sharp_law,
	{ .objective = NOISY, .parameters = "gamma=0.3,a=0.2", .note = "an equality", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=5,kappa=10+gaussian-noise:sigma=2", .parameters = "gamma=0.1,a=0.05",
	  .note = "normal noise, a long memory", .steps = 64, .ratio = 1 })
CONTROL(control_law,
	{ .objective = NOISY, .parameters = "gamma=0.3,a=0.2", .note = "plain momentum: gradients at x_t",
	  .steps = 64, .method = "igt:ahead=0" },
	{ .objective = NOISY, .parameters = "gamma=0.3,a=0.2", .note = "one percent less", .steps = 64,
	  .factor = 0.99 })
SHARP(sharp,
	{ .objective = "quadratic:d=3,spectrum=one,start=6.4", .parameters = "gamma=0.1,a=0.3",
	  .note = "from T gamma, without noise", .steps = 64, .ratio = 1 },
	{ .objective = "two-arms:start=-2+sign-noise:sigma=0.3", .parameters = "gamma=0.1,a=0.4",
	  .note = "two arms with noise, all paths", .steps = 12 },
	{ .objective = "sampled-arms", .parameters = "gamma=0.05127,a=0.09287",
	  .note = "two arms, sampled actions", .steps = 64, .ratio = 0.38 },
	{ .objective = "sampled-arms:start=-2", .parameters = "gamma=0.01905,a=0.04206",
	  .note = "the same from a bad policy", .steps = 256, .ratio = 0.51 })
CONTROL(control,
	{ .objective = "quadratic:d=1,start=0.37", .parameters = "gamma=0.37,a=0.5", .note = "three quarters, T = 1",
	  .steps = 1, .factor = 0.75 })
SHARP(sharp_harpg,
	{ .objective = "quadratic:d=3,spectrum=one,start=6.4", .parameters = "gamma=0.1,a=1",
	  .note = "from T gamma, without noise", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=2,kappa=4+gaussian-noise:sigma=0.3", .parameters = "gamma=0.05,a=0.1",
	  .note = "with noise", .steps = 256 },
	{ .objective = "sampled-arms:start=-2", .parameters = "gamma=0.0248,a=0.0248",
	  .note = "two arms, sampled actions", .steps = 256, .ratio = 0.485 })
CONTROL(control_harpg,
	{ .objective = "quadratic:d=1,start=0.37", .parameters = "gamma=0.37,a=1", .note = "three quarters, T = 1",
	  .steps = 1, .factor = 0.75 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[a_] = { "a", RATE_REAL, "auto", 1e-6, 1, NULL, "weight of the new gradient, 0 < a <= 1" },
};

static void choose_law(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
	param[a_] = 0.2;
}

static void choose(const rate_case *c, double fraction, double *param)
{
	double T = (double)c->T;

	param[gamma_] = fraction * pow(T, -5 / 7.0) * (c->d0 > 0 ? sqrt(c->d0 / c->L) : 1);
	param[a_] = pow(T, -4 / 7.0);
}

static void choose_harpg(const rate_case *c, double fraction, double *param)
{
	double T = (double)c->T;

	param[gamma_] = fraction * pow(T, -2 / 3.0) * (c->d0 > 0 ? sqrt(c->d0 / c->L) : 1);
	param[a_] = pow(T, -2 / 3.0);
}

MUST(admissible, gamma > 0 && AT_MOST(a, 1), "gamma > 0, 0 < a <= 1")

static const char *noisy_quadratic(const rate_case *c)
{
	return c->L_2 != 0     ? "stated for quadratics: the Hessian has to be constant"
	       : c->noise2 > 0 ? NULL
	                       : "without noise both sides are 0";
}

static const char *not_flat(const rate_case *c)
{
	return c->L > 0 ? NULL : "stated for L > 0";
}

static const char *few_variables(const rate_case *c)
{
	return c->d <= 5 ? not_flat(c) : "stated for any number of variables, run for at most five";
}

/* |v - grad f|^2 at the point that v belongs to; before the first step there is none. */
static int measure_error(rate_view *v, double *q, double *s, double *b)
{
	const double *at = NULL, *average = NULL;
	double *g = malloc(v->run->nrep * v->run->ld * sizeof *g);
	int rc = !g || v->find(v, "previous", &at) || v->find(v, "v", &average) || rate_gradient(v->run, at, g);

	(void)b;
	for (size_t r = 0; !rc && r < v->run->nrep; r++) {
		const double *x = at + r * v->run->ld, *m = average + r * v->run->ld, *slope = g + r * v->run->ld;
		double L2 = v->c->L * v->c->L;

		q[r] = 0;
		s[r] = L2 * v->c->D2; /* what was rounded at the start is remembered */
		for (size_t j = 0; j < v->run->d; j++) {
			double star = v->c->x_star[j];

			q[r] += (m[j] - slope[j]) * (m[j] - slope[j]);
			s[r] += m[j] * m[j] + L2 * (x[j] * x[j] + star * star);
		}
	}
	free(g);
	return rc ? RATE_FAIL : RATE_OK;
}

/* |grad f|, with the scale of the square's rounding error brought to the root. */
static int measure_norm(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_grad2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = sqrt(q[r]);
		s[r] = sqrt(s[r]);
	}
	return RATE_OK;
}

#define PAPER \
	"the methods of Fatkhullin, Barakat, Kireeva and He, Stochastic policy gradient methods: improved sample " \
	"complexity for Fisher-non-degenerate policies, ICML 2023"
#define MEAN_NORM \
	.quantity = "mean of E‖∇f(x_t)‖", .kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS, \
	.params = RATE_ROWS(params), \
	.admissible = admissible, .transient = transient, .measure = measure_norm

CLAIM(igt_law,
	.id = "igt-law", .chapter = "policy-gradient", .title = "Transport has no lag on quadratics",
	.statement = "f quadratic, independent noise of one law and variance σ²: E‖v_t − ∇f(x_t)‖² = σ²ν_t, ν_t = "
	             "(1 − a)^(2t) + a(1 − (1 − a)^(2t))/(2 − a)",
	.quantity = "E‖v_{t−1} − ∇f(x_{t−1})‖²", .formula = "σ²ν_{t−1}", .source = PAPER "; proved in this file",
	.kind = RATE_EXPECTATION, .method = "igt",
	NEEDS("L", "L_2", "noise2", "noise_additive", "x_star", "no composite"), .params = RATE_ROWS(params),
	.applies = noisy_quadratic, .choose = choose_law, .admissible = admissible, .bound = bound_law,
	.measure = measure_error, .sharp = sharp_law, .control = control_law)

CLAIM(nigt,
	.id = "nigt", .chapter = "policy-gradient", .title = "Normalised steps with transported gradients",
	.statement = "f L-smooth, Hessian L_2-Lipschitz, noise of variance ≤ σ²: mean of E‖∇f(x_t)‖ over t < T ≤ "
	             "d₀/(γT) + Lγ/2 + (2/T) Σ_{t<T} [σ√ν_t + L_2γ²(1 − a)(1 − (1 − a)^t)/(2a²)]",
	MEAN_NORM,
	.formula = "d₀/(γT) + Lγ/2 + (2/T) Σ [σ√ν_t + L_2γ²(1 − a)(1 − (1 − a)^t)/(2a²)]",
	.source = PAPER "; after Cutkosky and Mehta 2020; constants proved in this file", .method = "nigt",
	NEEDS("L", "L_2", "noise2", "f_star", "no composite"), .applies = not_flat, .choose = choose, .bound = bound,
	.sharp = sharp, .control = control)

CLAIM(harpg,
	.id = "harpg", .chapter = "policy-gradient", .title = "Normalised steps with a Hessian correction",
	.statement = "f L-smooth, noise of variance ≤ σ²: mean of E‖∇f(x_t)‖ over t < T ≤ d₀/(γT) + Lγ/2 + (2/T) "
	             "Σ_{t<T} √((1 − a)^(2t)σ² + (a²σ² + (1 − a)²L²γ²)(1 − (1 − a)^(2t))/(a(2 − a)))",
	MEAN_NORM,
	.formula = "d₀/(γT) + Lγ/2 + (2/T) Σ √E_t",
	.source = PAPER "; constants proved in this file", .method = "harpg",
	NEEDS("L", "noise2", "f_star", "hessian/1", "no composite"), .applies = few_variables, .choose = choose_harpg,
	.bound = bound_harpg, .sharp = sharp_harpg, .control = control_harpg)
