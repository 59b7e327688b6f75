/*:
# Steps of one length in a norm

Normalised gradient descent, sign descent, the steepest coordinate, and Muon with its orthogonalised matrices are one method: at every step, go the length $\eta$ in the direction that decreases the linear model most. Only the norm in which length is measured differs.

For a norm $\|\cdot\|$ with dual $\|g\|_*=\max_{\|d\|\le1}\langle g,d\rangle$ let $\mathrm{lmo}(g)=\arg\min_{\|d\|\le1}\langle g,d\rangle$, so that $\langle g,\mathrm{lmo}(g)\rangle=-\|g\|_*$ and $\mathrm{lmo}(0)=0$:

| `norm` | $\mathrm{lmo}(g)$ | dual norm | $r^2$ | known as |
| --- | --- | --- | --- | --- |
| l2 | $-g/\lVert g\rVert_2$ | $\lVert g\rVert_2$ | 1 | normalised descent |
| linf | $-\mathrm{sign}\,g$ | $\sum\lvert g_i\rvert$ | $d$ | sign descent |
| l1 | $-\mathrm{sign}(g_i)\,e_i$ at the largest $\lvert g_i\rvert$ | $\max\lvert g_i\rvert$ | 1 | steepest coordinate |
| spectral | $-UV^\top$ for $G=U\Sigma V^\top$ | nuclear, $\sum s_k$ | $\min(m,n)$ | Muon, exact |

$f$ is $L_n$-smooth *in the norm* if $\|\nabla f(x)-\nabla f(y)\|_*\le L_n\|x-y\|$. With $r$ the number for which $\|v\|_*\le r\|v\|_2$ for all $v$, $L_n\le r^2L$.

**Theorem (exact gradients).** Let $f$ be bounded below and $L_n$-smooth in the norm, $x_{t+1}=x_t+\eta\,\mathrm{lmo}(\nabla f(x_t))$, $\eta>0$. For every $T$
$$ \frac1T\sum_{t<T}\|\nabla f(x_t)\|_*\;\le\;\frac{f(x_0)-f_\star}{\eta T}+\frac{L_n\eta}2 . $$

**Theorem (stochastic gradients).** If instead $x_{t+1}=x_t+\eta\,\mathrm{lmo}(g_t)$ with $\mathbb E[g_t\mid x_t]=\nabla f(x_t)$ and $\mathbb E\|g_t-\nabla f(x_t)\|_2^2\le\sigma^2$, then
$$ \frac1T\sum_{t<T}\mathbb E\|\nabla f(x_t)\|_*\;\le\;\frac{f(x_0)-f_\star}{\eta T}+\frac{L_n\eta}2+r\sigma . $$

**Theorem (momentum).** Let $m_0=g_0$, $m_t=(1-a)m_{t-1}+ag_t$ with $0<a\le1$, $x_{t+1}=x_t+\eta\,\mathrm{lmo}(m_t)$, noise as before. With $v_t=(1-a)^{2t}+a^2\frac{1-(1-a)^{2t}}{1-(1-a)^2}$
$$ \frac1T\sum_{t<T}\mathbb E\|\nabla f(x_t)\|_*\;\le\;\frac{f(x_0)-f_\star}{\eta T}+\frac{L_n\eta}2+\frac2T\sum_{t<T}\Bigl[r\sigma\sqrt{v_t}+L_n\eta\,\frac{(1-a)(1-(1-a)^t)}a\Bigr]. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(norm) P(rows) P(gamma) P(a)
#include "norms.h"

/* r^2 of the table. */
static double width(const rate_case *c)
{
	return norm_width((int)c->param[norm_], c->d, (size_t)c->param[rows_]);
}

FORMULA(bound, T, d0 / (gamma * T) + width(c) * L * gamma / 2)
FORMULA(bound_sgd, T, bound(c, T) + sqrt(width(c) * noise2))

static double bound_momentum(const rate_case *c, double T)
{
	LETTERS(c);
	double keep = 1 - a, sum = 0, power = 1; /* (1 - a)^t */

	for (double t = 0; t < T; t++, power *= keep) {
		double v = power * power + a * a * (1 - power * power) / (1 - keep * keep);

		sum += sqrt(width(c) * noise2 * v) + width(c) * L * gamma * keep * (1 - power) / a;
	}
	return bound(c, T) + 2 * sum / T;
}

/*:
## Proofs

*One step.* Smoothness in the norm gives $f(x+\eta d)\le f(x)+\eta\langle\nabla f(x),d\rangle+\frac{L_n}2\eta^2$ for $\|d\|\le1$: integrate $\langle\nabla f(x+s\eta d)-\nabla f(x),\eta d\rangle\le sL_n\eta^2$ over $s\in[0,1]$.

*Exact.* With $d=\mathrm{lmo}(\nabla f)$ this is $f(x_{t+1})\le f(x_t)-\eta\|\nabla f(x_t)\|_*+\frac{L_n}2\eta^2$. Sum, divide by $\eta T$.

*Stochastic.* $\langle\nabla f,\mathrm{lmo}(g)\rangle=\langle g,\mathrm{lmo}(g)\rangle-\langle g-\nabla f,\mathrm{lmo}(g)\rangle\le-\|g\|_*+\|g-\nabla f\|_*$. In the mean, $\mathbb E\|g\|_*\ge\|\mathbb Eg\|_*=\|\nabla f\|_*$ (Jensen) and $\mathbb E\|g-\nabla f\|_*\le r\,\mathbb E\|g-\nabla f\|_2\le r\sigma$.

*Momentum.* Let $e_t=m_t-\nabla f(x_t)$ and $\xi_t=g_t-\nabla f(x_t)$. As above, but without Jensen, $\langle\nabla f,\mathrm{lmo}(m)\rangle\le-\|m\|_*+\|e\|_*\le-\|\nabla f\|_*+2\|e\|_*$. The error obeys
$$ e_t=(1-a)\bigl(e_{t-1}+\nabla f(x_{t-1})-\nabla f(x_t)\bigr)+a\,\xi_t,\qquad e_0=\xi_0 . $$
Its noise is $(1-a)^t\xi_0+a\sum_{1\le j\le t}(1-a)^{t-j}\xi_j$, with uncorrelated terms: mean square at most $\sigma^2v_t$. Its drift has $\|\cdot\|_*\le\sum_{1\le j\le t}(1-a)^jL_n\eta$, as no step is longer than $\eta$. $\square$

*Letters.* $\eta$ is `gamma`; $a$ the weight of the new gradient; $r$ compares two norms.

## How sharp it is

Exact gradients: attained for every $T$ and every norm by $\frac12x^2$ from $x_0=T\eta$, which arrives at 0 in the last step; and for one step of sign descent on $\frac12\|x\|^2$ from $(1,\dots,1)$, where the right constant is $L_n=d$. Stochastic: the floor $r\sigma$ is real. On a Huber function
with slopes $\pm0.01$ and noise $\pm0.010001$ the sign of $g$ is the sign of the noise, and the point walks at random: ${{ntr-sgd#1.max_ratio:2}}$ after 4096 steps. With momentum ${{ntr-momentum#1.max_ratio:3}}$ without noise (0.897 at the end); its noise term was never seen more than half reached.

With $\eta\sim T^{-3/4}$ and $a\sim T^{-1/2}$ the last bound is $O(T^{-1/4})$: momentum goes below the floor.

## What is run

Orthogonalised gradients (norm=spectral, the squarest matrix) on every smooth function, sign descent and normalised descent on instances. $L_n=r^2L$ is used.

## What must fail

$0.9$ of the first bound; the first bound with $L$ in the place of $L_n$ for signs; half of the noise floor; four fifths of the bound with momentum.

## Exercises

1. Which $\eta$ is best for exact gradients and a given $T$?
2. For which quadratics does sign descent promise more than normalised descent?
3. How long is a step of Muon in the Frobenius norm?
4. *Compute.* For which $\eta$ is the first bound within ten percent of what a parabola reaches? Run `ratecheck verify ntr-smooth:norm=l2,gamma=0.5 --objective diagonal:lambda=1,start=64 --steps 64 --bound-factor 0.9` with longer steps.
:*/

SHARP(sharp,
	{ .objective = "diagonal:lambda=1,start=64", .parameters = "norm=l2,gamma=1",
	  .note = "steps that end at the minimiser",
	  .steps = 64, .ratio = 1 },
	{ .objective = "diagonal:lambda=1,start=64", .parameters = "norm=spectral,rows=1,gamma=1",
	  .note = "as a 1 x 1 matrix",
	  .steps = 64, .ratio = 1 },
	{ .objective = "diagonal:lambda=1/1/1/1", .parameters = "norm=linf,gamma=1", .note = "four signs", .steps = 1,
	  .ratio = 1 },
	{ .objective = "diagonal:lambda=1/1/1/1,start=1/0/0/1", .parameters = "norm=spectral,rows=2,gamma=1",
	  .note = "the 2 x 2 identity", .steps = 1, .ratio = 1 },
	{ .objective = "logistic:data=breast-cancer,ridge=0.1", .parameters = "norm=linf",
	  .note = "sign descent on data",
	  .steps = 256 })
CONTROL(control,
	{ .objective = "diagonal:lambda=1,start=64", .parameters = "norm=l2,gamma=1", .note = "0.9 of the bound",
	  .steps = 64,
	  .factor = 0.9 },
	{ .objective = "diagonal:lambda=1/1/1/1", .parameters = "norm=linf,gamma=1",
	  .note = "L for L_n: 5/2 instead of 4",
	  .steps = 1, .factor = 0.625 })

#define FLAT(start) "huber:L=1,tau=0.01,start=" start "+sign-noise:sigma=0.010001"
SHARP(sharp_sgd,
	{ .objective = FLAT("0.11"), .parameters = "norm=linf,gamma=0.001", .note = "a walk at random", .steps = 4096,
	  .ratio = 0.9245 },
	{ .objective = "diagonal:lambda=1,start=64", .parameters = "norm=l2,gamma=1", .note = "no noise", .steps = 64,
	  .ratio = 1 })
CONTROL(control_sgd,
	{ .objective = FLAT("0.06"), .parameters = "norm=linf,gamma=0.001", .note = "half of the bound", .steps = 1024,
	  .factor = 0.5 })

SHARP(sharp_momentum,
	{ .objective = "diagonal:lambda=1,start=39.5", .parameters = "norm=l2,gamma=1,a=0.5", .note = "no noise",
	  .steps = 50,
	  .ratio = 0.916 },
	{ .objective = FLAT("0.06"), .parameters = "norm=linf,gamma=0.0001,a=0.02", .note = "below the floor",
	  .steps = 1024 })
CONTROL(control_momentum,
	{ .objective = "diagonal:lambda=1,start=39.5", .parameters = "norm=l2,gamma=1,a=0.5",
	  .note = "0.8 of the bound",
	  .steps = 50, .factor = 0.8 })

/*: {.plumbing} :*/
static int observe(rate_view *v)
{
	return observe_dual_norm(v, (int)v->c->param[norm_], (size_t)v->c->param[rows_]);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	double m = (double)squarest(c->d), most = norm_width(NORM_SPECTRAL, c->d, (size_t)m);

	param[rows_] = m;
	/* the best one for T steps */
	param[gamma_] = fraction * sqrt(2 * (c->d0 > 0 ? c->d0 : 1) / (most * c->L * (double)c->T));
}

static const rate_param params[] = { [norm_] = OF_NORM("spectral"), [rows_] = OF_ROWS,
	                                 [gamma_] = RATE_STEP_SIZE("any eta > 0") };
static const rate_param params_momentum[] = {
	[norm_] = OF_NORM("spectral"), [rows_] = OF_ROWS, [gamma_] = RATE_STEP_SIZE("any eta > 0"),
	[a_] = { "a", RATE_REAL, "0.1", 1e-6, 1, NULL, "weight of the new gradient" },
};

MUST(applies, L > 0, "L = 0: f is linear")

static const char *admissible(const rate_case *c)
{
	if (!norm_fits((int)c->param[norm_], c->d, (size_t)c->param[rows_]))
		return FITS;
	return c->param[gamma_] > 0 ? NULL : "eta > 0";
}

#define KOVALEV \
	"Kovalev, Understanding Gradient Orthogonalization for Deep Learning via Non-Euclidean " \
	"Trust-Region Optimization, " \
	"2025; constants proved in this file"
#define ON_NORMS \
	.chapter = "norms", .accumulators = DUAL_KEPT, .applies = applies, .choose = choose, .admissible = admissible, \
	.observe = observe, .measure = measure_dual_mean, .source = KOVALEV

CLAIM(ntr_smooth, ON_NORMS,
	.id = "ntr-smooth", .title = "Steps of one length in a norm",
	.statement = "f L_n-smooth in ‖·‖, x_{t+1} = x_t + η lmo(∇f(x_t)): (1/T) Σ_{t<T} ‖∇f(x_t)‖_* ≤ (f(x_0) − "
	             "f*)/(ηT) "
	             "+ L_nη/2",
	.quantity = "mean of ‖∇f(x_s)‖_*, s < t", .formula = "(f(x_0) − f*)/(ηt) + L_nη/2", .kind = RATE_DETERMINISTIC,
	.method = "ntr", NEEDS("L", "f_star", "no composite"), .params = RATE_ROWS(params), .bound = bound,
	SHARP_AND_CONTROL)

CLAIM(ntr_sgd, ON_NORMS,
	.id = "ntr-sgd", .title = "Steps of one length with stochastic gradients",
	.statement = "f L_n-smooth in ‖·‖, noise of variance at most σ², x_{t+1} = x_t + η lmo(g_t): "
	             "(1/T) Σ_{t<T} E‖∇f(x_t)‖_* ≤ (f(x_0) − f*)/(ηT) + L_nη/2 + rσ",
	.quantity = "mean of E‖∇f(x_s)‖_*, s < t", .formula = "(f(x_0) − f*)/(ηt) + L_nη/2 + rσ",
	.kind = RATE_EXPECTATION,
	.method = "stochastic-ntr", NEEDS("L", "f_star", "noise2", "no composite"), .params = RATE_ROWS(params),
	.bound = bound_sgd, .sharp = sharp_sgd, .control = control_sgd)

CLAIM(ntr_momentum, ON_NORMS,
	.id = "ntr-momentum", .title = "Steps of one length with momentum",
	.statement = "as ntr-sgd with m_t = (1 − a)m_{t−1} + a g_t, v_t = (1−a)^{2t} + a²(1 − (1−a)^{2t})/(1 − "
	             "(1−a)²): "
	             "(1/T) Σ E‖∇f(x_t)‖_* ≤ "
	             "(f(x_0) − f*)/(ηT) + L_nη/2 + (2/T) Σ_{t<T} [rσ√v_t + L_nη(1−a)(1 − (1−a)^t)/a]",
	.quantity = "mean of E‖∇f(x_s)‖_*, s < t",
	.formula = "(f(x_0) − f*)/(ηt) + L_nη/2 + (2/t) Σ [rσ√v_s + L_nη(1−a)(1−(1−a)^s)/a]",
	.kind = RATE_EXPECTATION, .method = "stochastic-ntr", NEEDS("L", "f_star", "noise2", "no composite"),
	.params = RATE_ROWS(params_momentum), .bound = bound_momentum, .sharp = sharp_momentum,
	.control = control_momentum)
