/*:
# The last iterate with high probability

A bound on the mean says little about one run: with probability $\frac1{10}$ ten times the mean may be exceeded. If the noise is bounded, or has light tails, far less is lost: the failure
rate $\delta$ enters as $\log\frac1\delta$.

**Theorem A.** Let $f$ be convex on a closed convex set $C$, its subgradients bounded by $G$, and $x_{t+1}=P_C(x_t-\gamma_tg_t)$ for $t=0,\dots,N-1$, where $g_t=f'_t+\xi_t$ with $f'_t$ a subgradient
of $f$ at $x_t$, $\mathbb E[\xi_t\mid\text{past}]=0$ and $\|\xi_t\|\le\sigma$ always. Take the steps $\gamma_t>0$ in advance, and $b_t,q_t$ of the theorem for any steps (li-subgrad-recursion) with $\mu=0$,
$\rho=\gamma_{N-1}$. Put $R=\|x_0-x_\star\|$ and $Q=\rho+\sum_{t<N}\gamma_tq_t$. For every $0<\delta<1$, with probability at least $1-\delta$,
$$ f(x_N)-f_\star\;\le\;\frac12\Bigl(\sqrt{b_0R^2+(G+\sigma)^2Q}+\sigma\sqrt{2Q\log\tfrac1\delta}\Bigr)^2 . $$

**Theorem B.** The same if only $\mathbb E\bigl[\exp(\|\xi_t\|^2/\sigma^2)\mid\text{past}\bigr]\le e$ (*sub-Gaussian* noise), with
$$ f(x_N)-f_\star\;\le\;\frac12\Bigl(\sqrt{b_0R^2+2(G^2+\sigma^2)Q}+\sigma\sqrt{6Q\log\tfrac1\delta}\Bigr)^2 . $$

**Theorem C.** Let $F=f+h$, $f$ convex and $L$-smooth, $h$ closed and convex, $x_{t+1}=\operatorname{prox}_{\gamma_th}(x_t-\gamma_tg_t)$, $0<\gamma_t<\frac1L$ ($\frac1L$ is allowed if $\sigma=0$), the noise
as in A and $s_t$ as in the theorem for smooth functions (li-smooth-recursion). With probability at least $1-\delta$
$$ F(x_N)-F_\star\;\le\;\frac12\Bigl(\sqrt{\frac{R^2}{s_0^2}+\sum_{t<N}\frac{\gamma_t^2}{s_t^2}\cdot\frac{\sigma^2}{1-\gamma_tL}}
  +\sigma\sqrt{2\log\tfrac1\delta\sum_{t<N}\frac{\gamma_t^2}{s_t^2}}\Bigr)^2 . $$

For steps that fall linearly, $\gamma_t=\gamma(1-\frac{t+1}{N+1})$, $b_0=\frac1{\gamma(N+1)}$ and $Q=\gamma$ in A and B.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(shape) P(gamma)
#include "smooth.h"

enum { LINEAR_STEPS, SQUARE_ROOT };

/*:
The bounds as code; $N=t$.
:*/

static double square_of_sum(double a, double b)
{
	return (a + b) * (a + b) / 2;
}

static double bound_bounded(const rate_case *c, double t)
{
	const double D2 = c->D2;
	uint64_t N = (uint64_t)t;
	struct reference r = move_reference(c->step, N, c->step[N - 1], 0);
	double G = c->need[0], sigma = c->need[1];

	return square_of_sum(sqrt(r.start * D2 + (G + sigma) * (G + sigma) * r.noise),
	                     sigma * sqrt(2 * r.noise * -log(c->delta)));
}

static double bound_subgauss(const rate_case *c, double t)
{
	const double D2 = c->D2;
	uint64_t N = (uint64_t)t;
	struct reference r = move_reference(c->step, N, c->step[N - 1], 0);
	double G = c->need[0], sigma = c->need[1];

	return square_of_sum(sqrt(r.start * D2 + 2 * (G * G + sigma * sigma) * r.noise),
	                     sigma * sqrt(6 * r.noise * -log(c->delta)));
}

static double bound_smooth(const rate_case *c, double t)
{
	const double D2 = c->D2, L = c->L;
	double s = 0, let = 0, sum = 0, sigma = c->need[0];

	for (uint64_t k = (uint64_t)t; k-- > 0;) {
		double gamma = c->step[k], share;
		s = (s + sqrt(s * s + 4 * gamma)) / 2;
		share = gamma * gamma / (s * s);
		sum += share;
		let += sigma * sigma > 0 ? share * sigma * sigma / (1 - gamma * L) : 0;
	}
	return square_of_sum(sqrt(D2 / (s * s) + let), sigma * sqrt(2 * sum * -log(c->delta)));
}

/*:
## Proof of A

The proof for the mean (li-subgrad-recursion), but on each path. With the same $y_t$ and $\theta_t$, let $E_t=b_t\|x_t-y_{t-1}\|^2$, $\varphi_t=f(y_t)-f_\star\ge0$ and
$$ U_t=E_t+2\varphi_{t-1},\qquad U_0=b_0R^2 . $$
Multiply the inequality of a step by $b_{t+1}$ and use $b_{t+1}\gamma_t\theta_t=q_t\theta_t=1-\theta_t$, $b_{t+1}\theta_t^2=b_t$, and $\varphi_t-\varphi_{t-1}\le(1-\theta_t)(f(x_t)-f_\star-\varphi_{t-1})$:
$$ U_{t+1}\le U_t+n_t+p_t\|g_t\|^2,\qquad n_t=-2(1-\theta_t)\langle\xi_t,x_t-y_{t-1}\rangle,\quad p_t=\gamma_tq_t, \tag{1} $$
and at the end, as before, $2(f(x_N)-f_\star)\le U_N+\rho G^2$. The noise $n_t$ has mean 0, and it is small when $U_t$ is: since $(1-\theta_t)^2/b_t=q_t^2/b_{t+1}=p_t$,
$$ |n_t|\le2\sigma\sqrt{p_tE_t}\le2\sigma\sqrt{p_tU_t} . \tag{2} $$
Hoeffding's lemma says $\mathbb E e^{zn}\le e^{z^2c^2/2}$ for a mean-zero $|n|\le c$. So, for any $z$,
$$ \mathbb E\bigl[e^{zU_{t+1}}\mid\text{past}\bigr]\le\exp\bigl(zU_t+2z^2\sigma^2p_tU_t+zp_t(G+\sigma)^2\bigr) . $$
Let the weight fall: $\frac1{z_{t+1}}=\frac1{z_t}+2\sigma^2p_t$. Then $z_{t+1}+2\sigma^2p_tz_{t+1}^2\le z_t$, and with $P=\sum p_t$ and $V=b_0R^2+(G+\sigma)^2P$
$$ \mathbb E\,e^{z_NU_N}\le e^{z_0V} . $$
By Markov's inequality $z_NU_N\le z_0V+\log\frac1\delta$ with probability $1-\delta$. With $A=1/z_0$ this is
$U_N\le(A+2\sigma^2P)\bigl(\frac VA+\log\frac1\delta\bigr)$, and the best $A$ gives $U_N\le\bigl(\sqrt V+\sigma\sqrt{2P\log\frac1\delta}\bigr)^2$. Add $\rho G^2$ under the first root and $\rho$ to $P$: the sum only
grows. $\square$

## Proof of B

In (1) $\|g_t\|^2\le2G^2+2\|\xi_t\|^2$. Two facts on sub-Gaussian $\xi$: $\mathbb E e^{a\|\xi\|^2}\le e^{a\sigma^2}$ for $a\sigma^2\le1$ (Jensen), and $\mathbb E e^{\langle\xi,v\rangle}\le e^{3\sigma^2\|v\|^2/4}$.
*(The second: $e^x\le x+e^{9x^2/16}$ gives $e^{9\sigma^2\|v\|^2/16}$ by the first as long as $9\sigma^2\|v\|^2\le16$; beyond that, $\langle\xi,v\rangle\le\frac38\sigma^2\|v\|^2+\frac23\|\xi\|^2/\sigma^2$
and $\frac23\le\frac38\sigma^2\|v\|^2$.)* By Cauchy and Schwarz, then by these with $v$ of length $4z\sqrt{p_tE_t}$,
$$ \mathbb E\,e^{zn_t+2zp_t\|\xi_t\|^2}\le\sqrt{\mathbb E e^{2zn_t}\,\mathbb E e^{4zp_t\|\xi_t\|^2}}\le e^{6z^2\sigma^2p_tU_t+2zp_t\sigma^2}\quad\text{if }4zp_t\sigma^2\le1 . $$
Go on as before with $\frac1{z_{t+1}}=\frac1{z_t}+6\sigma^2p_t$, which implies $4z_{t+1}p_t\sigma^2<1$. $\square$

**Theorem B′ (li-hp-subgauss-tight).** Under the hypotheses of B, for every $c>1$ that is fixed in advance, with probability at least $1-\delta$
$$ f(x_N)-f_\star\;\le\;\frac12\Bigl(\sqrt{b_0R^2+\bigl(\tfrac c{c-1}G^2+c\,\sigma^2\bigr)Q}+\sigma\sqrt{\max\{6,2c\}\,Q\log\tfrac1\delta}\Bigr)^2 . $$
$c=2$ is B. With $c=1+\frac G\sigma$, if that is at most 3, the first bracket is $(G+\sigma)^2$, as in A. For small noise a large $c$ is best, and without noise $c\to\infty$ gives $G^2$. The program takes the best of $c=1+\frac G\sigma$ and $c=3,6,12,\dots$
:*/

static double bound_subgauss_tight(const rate_case *c, double t)
{
	const double D2 = c->D2;
	uint64_t N = (uint64_t)t;
	struct reference r = move_reference(c->step, N, c->step[N - 1], 0);
	double G = c->need[0], sigma = c->need[1], least = INFINITY, k = 1 + G / sigma;

	if (!(sigma > 0))
		return square_of_sum(sqrt(r.start * D2 + G * G * r.noise), 0);
	if (!(k > 1)) /* G = 0: c tends to 1 */
		return square_of_sum(sqrt(r.start * D2 + sigma * sigma * r.noise),
		                     sigma * sqrt(6 * r.noise * -log(c->delta)));
	for (int i = 0; i < 64; i++) {
		double square = k / (k - 1) * G * G + k * sigma * sigma;

		least = fmin(least, square_of_sum(sqrt(r.start * D2 + square * r.noise),
		                                  sigma * sqrt(fmax(6, 2 * k) * r.noise * -log(c->delta))));
		k = i == 0 ? 3 : 2 * k;
	}
	return least;
}

/*:
**Proof.** Split with Young's inequality, $\|g_t\|^2\le\frac c{c-1}G^2+c\,\|\xi_t\|^2$, and write $m=\max\{6,2c\}$. As for B
$$ \mathbb E\,e^{zn_t+czp_t\|\xi_t\|^2}\le\sqrt{\mathbb E e^{2zn_t}\,\mathbb E e^{2czp_t\|\xi_t\|^2}}\le e^{6z^2\sigma^2p_tU_t+czp_t\sigma^2}\quad\text{if }2czp_t\sigma^2\le1 . $$
Now let $\frac1{z_{t+1}}=\frac1{z_t}+m\sigma^2p_t$. This implies $z_{t+1}p_t\sigma^2<\frac1m\le\frac1{2c}$, and $6\le m$ in the first exponent does no harm. The rest is the proof of A with $m$ in the place of 2; at the end
$\rho G^2$ is not more than $\frac c{c-1}\rho G^2$. $\square$

## Proof of C

The proof for smooth functions on each path, with $E_t=w_t\|x_t-y_t\|^2$, $U_t=E_t+2\varphi_t$, $U_0=R^2/s_0^2$: there
$U_{t+1}\le U_t+n_t+p_t\frac{\|\xi_t\|^2}{1-\gamma_tL}$ with $p_t=\gamma_t^2/s_t^2$, (2) holds, and $2(F(x_N)-F_\star)\le U_N$. The rest is the same. $\square$

## How sharp they are

Without noise they are the theorems on the mean, path by path, and A and C are as sharp as those: ratio 1 on the worst function for linear steps and ${{li-hp-smooth#1.max_ratio:3}}$ on the Huber function. B has lost a
factor up to 2 in $2(G^2+\sigma^2)$: ratio $\frac23$; B′ has not. With little noise they are fair: the $(1-\delta)$-quantile of many runs reaches ${{li-hp-bounded#3.max_ratio:1}}$ to $0.7$ of the bound for $\delta=0.1$. With noise larger than
the slopes they are loose; starting at the minimiser, where there is nothing but noise, we have seen ${{li-hp-bounded#4.max_ratio:1}}$ for A and no more than $0.43$, $0.10$ and $0.18$ in any such case.

## What is run

Each method on every objective whose noise is bounded, or has a known tail; $200/\delta$ runs and more for each $\delta$. What is tested is the share of runs above the bound: it must not be larger
than $\delta$.

## What must fail

$0.9$ of A, B′ and C without noise, where they are attained, and $0.45$ of B; with noise $0.45$ of each: too many runs exceed it.

## Exercises

1. Let $\sigma=G$ and linear steps with the best $\gamma$. Write A as $c\,\frac{GR}{\sqrt{N+1}}$. How does $c$ depend on $\delta$?
2. ★ Show that in A the term $(G+\sigma)^2\rho$ may be replaced by $G^2\rho$ outside of the square. *Hint:* there is no noise at the end.
3. Gaussian noise in $\mathbb R^d$ with $\mathbb E\|\xi\|^2=v$: show that $\sigma^2=\frac{2v}{d(1-e^{-2/d})}$ has $\mathbb E e^{\|\xi\|^2/\sigma^2}=e$.
:*/

SHARP(sharp_bounded,
	{ .objective = "last-iterate-worst:shape=linear,N=64,gamma=0.2", .parameters = "gamma=0.2",
	  .note = "no noise: made for these steps", .steps = 64, .ratio = 1 },
	{ .objective = "minimax:T=257,G=1,R=1", .note = "no noise: the function of the lower bound", .steps = 256,
	  .ratio = 1 },
	{ .objective = "abs:start=1+sign-noise:sigma=0.5", .parameters = "gamma=0.1",
	  .note = "noise of half the slope, N = 8", .steps = 8 },
	{ .objective = "abs:start=0+sign-noise:sigma=2", .parameters = "gamma=0.1",
	  .note = "from the minimiser, noise larger than the slope", .steps = 64 })
CONTROL(control_bounded,
	{ .objective = "minimax:T=257,G=1,R=1", .note = "0.9 of the bound, which is attained without noise",
	  .steps = 256,
	  .factor = 0.9 },
	{ .objective = "abs:start=1+sign-noise:sigma=0.5", .parameters = "gamma=0.1",
	  .note = "0.45 of the bound with noise: exceeded by too many runs", .steps = 8, .factor = 0.45 })
SHARP(sharp_subgauss,
	{ .objective = "minimax:T=257,G=1,R=1", .note = "no noise: the function of the lower bound", .steps = 256,
	  .ratio = 2.0 / 3 },
	{ .objective = "abs:start=1+gaussian-noise:sigma=0.2", .parameters = "gamma=0.05",
	  .note = "noise of a fifth of the slope, N = 16", .steps = 16 })
CONTROL(control_subgauss,
	{ .objective = "minimax:T=257,G=1,R=1", .note = "0.45 of the bound; 2/3 is attained without noise",
	  .steps = 256,
	  .factor = 0.45 },
	{ .objective = "abs:start=1+gaussian-noise:sigma=0.2", .parameters = "gamma=0.05",
	  .note = "0.45 of the bound with noise: exceeded by too many runs", .steps = 16, .factor = 0.45 })
SHARP(sharp_subgauss_tight,
	{ .objective = "minimax:T=257,G=1,R=1", .note = "no noise: the function of the lower bound", .steps = 256,
	  .ratio = 1 },
	{ .objective = "abs:start=1+gaussian-noise:sigma=0.2", .parameters = "gamma=0.05",
	  .note = "noise of a fifth of the slope, N = 16", .steps = 16 })
CONTROL(control_subgauss_tight,
	{ .objective = "minimax:T=257,G=1,R=1", .note = "0.9 of the bound, which is attained without noise",
	  .steps = 256,
	  .factor = 0.9 },
	{ .objective = "abs:start=1+gaussian-noise:sigma=0.2", .parameters = "gamma=0.05",
	  .note = "0.45 of the bound with noise: exceeded by too many runs", .steps = 16, .factor = 0.45 })
SHARP(sharp_smooth,
	{ .objective = "huber:tau=0.00099900099900099903,start=1", .parameters = "gamma=1",
	  .note = "no noise: Huber function for N = 500", .steps = 500, .ratio = 0.9947 },
	{ .objective = "huber:tau=0.05,start=1+sign-noise:sigma=0.02", .parameters = "gamma=0.2",
	  .note = "noise of two fifths of the slope, N = 60", .steps = 60 })
CONTROL(control_smooth,
	{ .objective = "huber:tau=0.00099900099900099903,start=1", .parameters = "gamma=1",
	  .note = "0.895 of the bound; 0.995 is attained without noise", .steps = 500, .factor = 0.895 },
	{ .objective = "huber:tau=0.05,start=1+sign-noise:sigma=0.02", .parameters = "gamma=0.2",
	  .note = "0.45 of the bound with noise: exceeded by too many runs", .steps = 60, .factor = 0.45 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[shape_] = { "shape", RATE_CHOICE, "linear", 0, 0, "linear|root",
	             "gamma (1 - (t+1)/(N+1)), or gamma/sqrt(t+1)" },
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
};
static const rate_param params_smooth[] = {
	[shape_] = { "shape", RATE_CHOICE, "constant", 0, 0, "constant|linear", "gamma, or gamma (1 - t/N)" },
	[SMOOTH_GAMMA] = SMOOTH_STEP,
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * natural_step(c) / (param[shape_] == SQUARE_ROOT ? 1 : sqrt((double)c->T + 1));
}

MUST(admissible, gamma > 0, "gamma > 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = gamma * (shape == SQUARE_ROOT ? 1 / sqrt((double)t + 1)
		                                          : 1 - (double)(t + 1) / (double)(c->T + 1));
}

CLAIM(li_hp_bounded,
	.id = "li-hp-bounded", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method with high probability, bounded noise",
	.statement = "f convex, ‖f'‖ ≤ G, ‖ξ_t‖ ≤ σ: P(f(x_N) − f* ≤ ½(√(b_0R² + (G+σ)²Q) + σ√(2Q log 1/δ))²) ≥ 1 − "
	             "δ, b, q as for any steps, "
	             "Q = ρ + Σγ_t q_t",
	.quantity = "f(x_N) − f*", .formula = "½(√(b_0R² + (G+σ)²Q) + σ√(2Q log 1/δ))²",
	.source = "in the spirit of " LIU_ZHOU,
	.kind = RATE_HIGH_PROBABILITY, .flags = RATE_LAST, .method = "subgradient",
	NEEDS("G_mean", "noise_max", "convex", "G", "x_star", "f_star"), RANGE, .power = 0.5, .steps = steps,
	.bound = bound_bounded, .measure = rate_measure_gap, .sharp = sharp_bounded, .control = control_bounded)

CLAIM(li_hp_subgauss,
	.id = "li-hp-subgauss", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method with high probability, sub-Gaussian noise",
	.statement = "f convex, ‖f'‖ ≤ G, E exp(‖ξ_t‖²/σ²) ≤ e: P(f(x_N) − f* ≤ ½(√(b_0R² + 2(G²+σ²)Q) + σ√(6Q log "
	             "1/δ))²) ≥ 1 − δ, "
	             "b, q as for any steps, Q = ρ + Σγ_t q_t",
	.quantity = "f(x_N) − f*", .formula = "½(√(b_0R² + 2(G²+σ²)Q) + σ√(6Q log 1/δ))²",
	.source = "in the spirit of " LIU_ZHOU,
	.kind = RATE_HIGH_PROBABILITY, .flags = RATE_LAST, .method = "subgradient",
	NEEDS("G_mean", "noise_subgauss", "convex", "G", "x_star", "f_star"), RANGE, .power = 0.5, .steps = steps,
	.bound = bound_subgauss, .measure = rate_measure_gap, .sharp = sharp_subgauss, .control = control_subgauss)

CLAIM(li_hp_subgauss_tight,
	.id = "li-hp-subgauss-tight", .chapter = "last-iterate",
	.title = "Last iterate of the subgradient method with high probability, sub-Gaussian noise, a better split",
	.statement = "f convex, ‖f'‖ ≤ G, E exp(‖ξ_t‖²/σ²) ≤ e, c > 1: P(f(x_N) − f* ≤ ½(√(b_0R² + (cG²/(c−1) + "
	             "cσ²)Q) + "
	             "σ√(max{6, 2c}Q log 1/δ))²) ≥ 1 − δ, b, q as for any steps, Q = ρ + Σγ_t q_t",
	.quantity = "f(x_N) − f*", .formula = "½(√(b_0R² + (cG²/(c−1) + cσ²)Q) + σ√(max{6, 2c}Q log 1/δ))², the best c",
	.source = "in the spirit of " LIU_ZHOU,
	.kind = RATE_HIGH_PROBABILITY, .flags = RATE_LAST, .method = "subgradient",
	NEEDS("G_mean", "noise_subgauss", "convex", "G", "x_star", "f_star"), RANGE, .power = 0.5, .steps = steps,
	.bound = bound_subgauss_tight, .measure = rate_measure_gap, .sharp = sharp_subgauss_tight,
	.control = control_subgauss_tight)

CLAIM(li_hp_smooth,
	.id = "li-hp-smooth", .chapter = "last-iterate",
	.title = "Last iterate on smooth functions with high probability, bounded noise",
	.statement = "F = f + h, f convex, L-smooth, ‖ξ_t‖ ≤ σ, 0 < γ_t < 1/L: P(F(x_N) − F* ≤ ½(√(R²/s_0² + "
	             "Σ(γ_t/s_t)²σ²/(1 − γ_tL)) + "
	             "σ√(2 log(1/δ) Σ(γ_t/s_t)²))²) ≥ 1 − δ",
	.quantity = "F(x_N) − F*", .formula = "½(√(R²/s_0² + Σ(γ_t/s_t)²σ²/(1 − γ_tL)) + σ√(2 log(1/δ) Σ(γ_t/s_t)²))²",
	.source = "in the spirit of " LIU_ZHOU,
	.kind = RATE_HIGH_PROBABILITY, .flags = RATE_LAST, .method = "stochastic-proximal-gradient:batch=1",
	NEEDS("noise_max", "convex", "L", "noise2", "x_star", "f_star"), .params = RATE_ROWS(params_smooth),
	.choose = choose_smooth, .admissible = admissible_smooth, .steps = steps_smooth, .bound = bound_smooth,
	.measure = rate_measure_gap, .sharp = sharp_smooth, .control = control_smooth)
