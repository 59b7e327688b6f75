/*:
# The last iterate on smooth functions

**Theorem.** Let $F=f+h$ with $f$ convex and $L$-smooth, $h$ closed and convex, and $x_{t+1}=\operatorname{prox}_{\gamma_th}(x_t-\gamma_tg_t)$ for $t=0,\dots,N-1$, where $\nabla f(x_t)$ is
the mean of $g_t$, given the past, $\mathbb E\|g_t-\nabla f(x_t)\|^2\le\sigma^2$, and the steps are fixed in advance, $0<\gamma_t<\frac1L$; if $\sigma=0$, $\frac1L$ is allowed. Let $s_N=0$ and
$$ s_t=\tfrac12\Bigl(s_{t+1}+\sqrt{s_{t+1}^2+4\gamma_t}\Bigr),\qquad t=N-1,\dots,0 . $$
Then, with $R=\|x_0-x_\star\|$,
$$ \mathbb E F(x_N)-F_\star\;\le\;\frac{R^2}{2s_0^2}+\frac12\sum_{t=0}^{N-1}\frac{\gamma_t^2}{s_t^2}\cdot\frac{\sigma^2}{1-\gamma_tL} . $$

For steps that fall linearly, $\gamma_t=\gamma(1-\frac tN)$, one finds $s_t=\sqrt{\gamma/N}\,(N-t)$, so $s_0^2=\gamma N$ and every $\gamma_t^2/s_t^2=\gamma/N$; hence
$$ \mathbb E F(x_N)-F_\star\;\le\;\frac{R^2}{2\gamma N}+\frac{\gamma\sigma^2}{2(1-\gamma L)} : $$
what is known for the average, with no logarithm. For constant steps $s_0^2$ is near $2\gamma N$: without noise the bound is near $\frac{R^2}{4\gamma N}$, the exact constant of gradient
descent.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "smooth.h"

/* s_0^2; and the sum of gamma_t^2/s_t^2 times what the step lets in. */
static double backwards(const rate_case *c, uint64_t N, double *noise)
{
	double s = 0;

	*noise = 0;
	for (uint64_t t = N; t-- > 0;) {
		double gamma = c->step[t];
		s = (s + sqrt(s * s + 4 * gamma)) / 2;
		*noise += gamma * gamma / (s * s) * let_in(c, gamma);
	}
	return s * s;
}

static double transient(const rate_case *c, double t)
{
	LETTERS(c);
	double noise;

	return D2 / (2 * backwards(c, (uint64_t)t, &noise));
}

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double noise, s2 = backwards(c, (uint64_t)t, &noise);

	return D2 / (2 * s2) + noise / 2;
}

/*:
## Proof

*One step* against any $y$ that is known before $g_t$. The definition of the prox gives $2\gamma(h(x_{t+1})-h(y))\le\|x_t-y\|^2-\|x_t-x_{t+1}\|^2-\|x_{t+1}-y\|^2-2\gamma\langle g_t,x_{t+1}-y\rangle$;
smoothness (lem-descent) and convexity give $f(x_{t+1})-f(y)\le\langle\nabla f(x_t),x_{t+1}-y\rangle+\frac L2\|x_{t+1}-x_t\|^2$. Add them; with the noise $\xi=g_t-\nabla f(x_t)$,
$$ 2\gamma\bigl(F(x_{t+1})-F(y)\bigr)\le\|x_t-y\|^2-\|x_{t+1}-y\|^2-(1-\gamma L)\|x_{t+1}-x_t\|^2-2\gamma\langle\xi,x_t-y\rangle-2\gamma\langle\xi,x_{t+1}-x_t\rangle . $$
The last product is at most $(1-\gamma L)\|x_{t+1}-x_t\|^2+\frac{\gamma^2\|\xi\|^2}{1-\gamma L}$, and $\langle\xi,x_t-y\rangle$ has mean 0:
$$ 2\gamma\,\mathbb E(F(x_{t+1})-F(y))\le\mathbb E\|x_t-y\|^2-\mathbb E\|x_{t+1}-y\|^2+\frac{\gamma^2\sigma^2}{1-\gamma L} . \tag{1} $$

*The moving point.* Let $y_0=x_\star$ and $y_t=(1-\theta_t)x_t+\theta_ty_{t-1}$ for $0<t<N$, and use (1) at step $t$ with $y=y_t$. Let $d_t=\mathbb EF(x_t)-F_\star$, $\varphi_t=\mathbb EF(y_t)-F_\star$,
$w_t=s_t^{-2}$, $\theta_t=s_t/s_{t-1}$. The recursion says $s_{t-1}^2-s_ts_{t-1}=\gamma_{t-1}$, that is $w_{t-1}\gamma_{t-1}=1-\theta_t$, and $w_{t-1}=w_t\theta_t^2$.

*Claim:* $2(d_N-\varphi_t)\le w_t\,\mathbb E\|x_t-y_t\|^2+\sum_{r\ge t}w_r\frac{\gamma_r^2\sigma^2}{1-\gamma_rL}$ for $t=N-1,\dots,0$. For $t=N-1$ it is (1), as $w_{N-1}=1/\gamma_{N-1}$. Suppose it for $t$. There,
$\|x_t-y_t\|^2=\theta_t^2\|x_t-y_{t-1}\|^2$ and $\varphi_t\le(1-\theta_t)d_t+\theta_t\varphi_{t-1}$. Add $w_{t-1}$ times (1) for step $t-1$: the two $\mathbb E\|x_t-y_{t-1}\|^2$ cancel, since
$w_t\theta_t^2=w_{t-1}$; the two $d_t$ cancel, since $2(1-\theta_t)=2w_{t-1}\gamma_{t-1}$; and $\varphi_{t-1}$ gets $2\theta_t+2(1-\theta_t)=2$. This is the claim for $t-1$. For $t=0$ it is the theorem. $\square$

# Up to the end of the range

**Theorem.** With noise, too, the steps may be $\frac1L$: for $0<\gamma_t\le\frac1L$
$$ \mathbb E F(x_N)-F_\star\;\le\;\frac{R^2}{2s_0^2}+\frac12\sum_{t=0}^{N-1}\frac{\gamma_t^2}{s_t^2}\,\sigma^2\min\Bigl\{2,\frac1{1-\gamma_tL}\Bigr\} . $$
:*/

static double bound_closed(const rate_case *c, double t)
{
	LETTERS(c);
	double s = 0, noise = 0;

	for (uint64_t k = (uint64_t)t; k-- > 0;) {
		double gamma = c->step[k];
		s = (s + sqrt(s * s + 4 * gamma)) / 2;
		noise += gamma * gamma / (s * s) * noise2 / fmax(0.5, 1 - gamma * L);
	}
	return D2 / (2 * s * s) + noise / 2;
}

/*:
**Proof.** Only (1) has to be shown with $2\gamma^2\sigma^2$ at its end. Let $\hat x$ be the point where $x_{t+1}$ would be without noise. It is known before $\xi$, so that
$\mathbb E\langle\xi,\hat x-x_t\rangle=0$, and as the prox brings points no farther apart (lem-prox-nonexpansive), $\|x_{t+1}-\hat x\|\le\gamma\|\xi\|$. Hence
$-2\gamma\,\mathbb E\langle\xi,x_{t+1}-x_t\rangle=-2\gamma\,\mathbb E\langle\xi,x_{t+1}-\hat x\rangle\le2\gamma^2\sigma^2$, and $-(1-\gamma L)\|x_{t+1}-x_t\|^2\le0$ is left out. $\square$

## How sharp it is

Without noise and with constant steps $1/L$: on the Huber function with $\tau=\frac1{2N+1}$ the last value is exactly $\frac{LR^2}{4N+2}$, and the ratio tends to 1: $0.911$ at $N=20$, ${{li-smooth-recursion#2.max_ratio:3}}$ at
$N=100$, ${{li-smooth-recursion#1.max_ratio:3}}$ at $N=500$ (but $\frac13$ at $N=1$). With noise the best instances known have about $0.77$.

## What is run

The proximal gradient method with constant steps on every convex smooth objective, with $h$ or without, with noise of known variance or without. On request (`shape=linear`) with steps that fall.

## What must fail

$0.895$ of either bound on the Huber function at $N=500$, that is $0.9$ of the ratio there; and the rate $N^{-3/2}$.

## Exercises

1. Verify $s_0^2=\gamma N$ for the steps that fall linearly: try $s_t=\kappa(N-t)$.
2. For constant steps show $s_{t-1}^2=s_t^2+2\gamma-\gamma^2/s_{t-1}^2$, and conclude $\gamma N\le s_0^2\le2\gamma N$.
3. Why is the first bound infinite at $\gamma=1/L$? Which term of its proof breaks?
:*/

SHARP(sharp,
	{ .objective = "huber:tau=0.00099900099900099903,start=1", .parameters = "gamma=1",
	  .note = "Huber function for N = 500", .steps = 500, .ratio = 0.9947 },
	{ .objective = "huber:tau=0.0049751243781094526,start=1", .parameters = "gamma=1",
	  .note = "Huber function for N = 100", .steps = 100, .ratio = 0.9778 },
	{ .objective = "huber:tau=0.00099900099900099903,start=1", .parameters = "shape=linear,gamma=1",
	  .note = "steps that fall linearly, N = 500", .steps = 500 },
	{ .objective = "huber:tau=0.1,start=1+sign-noise:sigma=0.3", .parameters = "shape=linear,gamma=0.5",
	  .note = "the same with noise, N = 12", .steps = 12 })
SHARP(sharp_closed,
	{ .objective = "huber:tau=0.00099900099900099903,start=1", .parameters = "gamma=1",
	  .note = "Huber function for N = 500", .steps = 500, .ratio = 0.9947 },
	{ .objective = "huber:tau=0.1,start=1+sign-noise:sigma=0.3", .parameters = "shape=linear,gamma=1",
	  .note = "steps from 1/L down, with noise, N = 12", .steps = 12 })
CONTROL(control,
	{ .objective = "huber:tau=0.00099900099900099903,start=1", .parameters = "gamma=1",
	  .note = "0.895 of the bound; 0.995 is attained", .steps = 500, .factor = 0.895 },
	{ .objective = "huber:tau=0.0049751243781094526,start=1", .parameters = "gamma=1",
	  .note = "rate N^-3/2 instead of N^-1", .steps = 100, .power = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[SMOOTH_SHAPE] = { "shape", RATE_CHOICE, "constant", 0, 0, "constant|linear", "gamma, or gamma (1 - t/N)" },
	[SMOOTH_GAMMA] = SMOOTH_STEP,
};

CLAIM(li_smooth_recursion,
	.id = "li-smooth-recursion", .chapter = "last-iterate", .title = "Last iterate on smooth functions, any steps",
	.statement = "F = f + h, f convex, L-smooth, noise of variance ≤ σ², 0 < γ_t < 1/L (≤ if σ = 0), s_N = 0, "
	             "s_t = (s_{t+1} + √(s_{t+1}² + 4γ_t))/2: E F(x_N) − F* ≤ R²/(2s_0²) + ½Σ(γ_t/s_t)²σ²/(1 − γ_tL)",
	.quantity = "E F(x_t) − F*", .formula = "R²/(2s_0²) + ½Σ(γ_r/s_r)²σ²/(1 − γ_rL)",
	.source = "in the spirit of " LIU_ZHOU,
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-gradient:batch=1",
	NEEDS("convex", "L", "noise2", "x_star", "f_star"), .params = RATE_ROWS(params), .choose = choose_smooth,
	.admissible = admissible_smooth, .steps = steps_smooth, .bound = bound, .transient = transient,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)

static void choose_closed(const rate_case *c, double fraction, double *param)
{
	param[SMOOTH_GAMMA] = fraction / c->L;
}

MUST(admissible_closed, AT_MOST(c->param[SMOOTH_GAMMA], 1 / L), "0 < gamma <= 1/L")

CLAIM(li_smooth_recursion_closed,
	.id = "li-smooth-recursion-closed", .chapter = "last-iterate",
	.title = "Last iterate on smooth functions, steps up to 1/L with noise",
	.statement = "F = f + h, f convex, L-smooth, noise of variance ≤ σ², 0 < γ_t ≤ 1/L, s_N = 0, "
	             "s_t = (s_{t+1} + √(s_{t+1}² + 4γ_t))/2: "
	             "E F(x_N) − F* ≤ R²/(2s_0²) + ½Σ(γ_t/s_t)²σ² min{2, 1/(1 − γ_tL)}",
	.quantity = "E F(x_t) − F*", .formula = "R²/(2s_0²) + ½Σ(γ_r/s_r)²σ² min{2, 1/(1 − γ_rL)}",
	.source = "in the spirit of " LIU_ZHOU,
	.kind = RATE_EXPECTATION, .method = "stochastic-proximal-gradient:batch=1",
	NEEDS("convex", "L", "noise2", "x_star", "f_star"), .params = RATE_ROWS(params), .choose = choose_closed,
	.admissible = admissible_closed, .steps = steps_smooth, .bound = bound_closed, .transient = transient,
	.measure = rate_measure_gap, .sharp = sharp_closed, .control = control)
