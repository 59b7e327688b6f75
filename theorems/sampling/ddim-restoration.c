/*:
# A step of a sampler: restore, then degrade

What does a step of DDIM do to a noisy picture? It guesses a cleaner one, and then puts noise back, but less than there was.

Data $x_0$ of any law; $y_\sigma=x_0+\sigma\varepsilon$, $\varepsilon$ standard normal. (In the letters of page ddim, $y=x/\cos\theta$ and $\sigma=\tan\theta$.) The *score* is $S(y)=\nabla\log p_\sigma(y)$, $p_\sigma$ the density of $y_\sigma$. From a level $\sigma$ to $\sigma'<\sigma$, by a level $\ell\le\sigma'$, with $A=\sigma^2-\ell^2$ and $B=\sigma'^2-\ell^2$:
$$ \text{restore}\quad r=y+A\,S,\qquad\text{degrade}\quad y'=r+\sqrt{\tfrac BA}\,(y-r) . $$
The noise that is put back has the direction from $r$ to $y$: it is the noise that was taken away, only shorter.

**Theorem.** (i, ddim-restoration) For $\ell=0$ and the score $S=S(y)$ at the level $\sigma$, $r=\mathbb E[x_0|y_\sigma=y]$, and $y'$ is the DDIM step, for any data law.

(ii, ddim-flow) For every $\ell$ and any vector $S$, with $\delta=\sigma^2-\sigma'^2$,
$$ \Bigl\|y'-\bigl(y+\tfrac\delta2S\bigr)\Bigr\|\le\frac{\delta^2}{2A}\,\|S\| . $$

So whatever the level of restoration, a short step is a step of the *probability flow* $\frac{dy}{d(\sigma^2)}=-\frac12S$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

/*:
## Proof

*Tweedie's formula.* $p_\sigma(y)=\mathbb E\,\varphi_\sigma(y-x_0)$ with the normal density $\varphi_\sigma$, whose gradient is $-\frac{y-x_0}{\sigma^2}\varphi_\sigma$. So $\sigma^2\nabla p_\sigma(y)=\mathbb E\,(x_0-y)\varphi_\sigma(y-x_0)$, and division by $p_\sigma(y)$ gives $\sigma^2S(y)=\mathbb E[x_0|y]-y$.

(i) So $r=\mathbb E[x_0|y]=\hat x_0$. DDIM makes $x'=\cos\theta'\hat x_0+\sin\theta'\hat\varepsilon$ with $\hat\varepsilon=\frac{x-\cos\theta\hat x_0}{\sin\theta}=\frac{y-\hat x_0}{\tan\theta}$; divide by $\cos\theta'$: $y'=\hat x_0+\tan\theta'\,\frac{y-\hat x_0}{\tan\theta}$, and $\sqrt{B/A}=\frac{\sigma'}\sigma$.

(ii) $y'-y=\bigl(1-\sqrt{B/A}\bigr)AS$, and $\frac BA=1-z$ with $z=\frac\delta A\in[0,1]$. Now $1-\sqrt{1-z}-\frac z2=\frac{z^2}{2(1+\sqrt{1-z})^2}$ lies in $[0,\frac{z^2}2]$, and $A\frac{z^2}2=\frac{\delta^2}{2A}$. $\square$

## How sharp it is

(i) is an identity. (ii) is attained at $\ell=\sigma'$, where all of the way is restoration and nothing is degraded.

## What is run

(i) Mixtures of up to four Gaussians in the plane, some of them points: the score from the density, the mean from Bayes' rule, the step of page ddim. (ii) Random levels and vectors.

## What must fail

Noise of the other sign; the score multiplied by $\sigma$ in the place of $\sigma^2$; and $0.9$ of the remainder.

## Exercises

1. Take $\ell=\sigma'$. Which known method is the step?
2. ★ Why does the gradient of $\log p(y_\ell|y_\sigma=y)$ with respect to $y_\ell$, taken at $y_\ell=y$, be $S_\ell(y)$, the score at the lower level?
3. Two levels $\ell_1<\ell_2$: which step is longer?
:*/

enum { SIGMA, SHARE, NOISE, POWER };
enum { LEVEL = 1, TOWARDS };
enum { MOST = 4, DIM = 2 };

/* Of the mixture sum w_k N(a_k, s_k^2 I) with noise: the score at y from the density, and the mean of x_0 given y. */
static void look(size_t n, const double *w, const double *a, const double *s2, double sigma, const double *y,
                 double *score, double *mean)
{
	double weight[MOST], total = 0, most = -INFINITY, exponent[MOST];

	for (size_t k = 0; k < n; k++) {
		double wide = s2[k] + sigma * sigma, off = 0;
		for (size_t j = 0; j < DIM; j++)
			off += (y[j] - a[k * DIM + j]) * (y[j] - a[k * DIM + j]);
		exponent[k] = log(w[k]) - off / (2 * wide) - DIM / 2.0 * log(wide);
		most = fmax(most, exponent[k]);
	}
	for (size_t k = 0; k < n; k++)
		total += weight[k] = exp(exponent[k] - most);
	for (size_t j = 0; j < DIM; j++) {
		score[j] = mean[j] = 0;
		for (size_t k = 0; k < n; k++) {
			double wide = s2[k] + sigma * sigma, at = a[k * DIM + j];
			score[j] += weight[k] / total * (at - y[j]) / wide;
			mean[j] += weight[k] / total * (at + s2[k] / wide * (y[j] - at));
		}
	}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double sigma = v[SIGMA], next = v[SHARE] * sigma, z[MOST * DIM + DIM], u[2 * MOST], s2[MOST];
	double score[DIM], mean[DIM], y[DIM], step[DIM], ddim[DIM], theta = atan(sigma), towards = atan(next);
	size_t n = 1 + p->number % MOST;

	p->host->normals(p->host, 1, p->number, MOST * DIM + DIM, z);
	p->host->uniforms(p->host, 2, p->number, 2 * MOST, u);
	for (size_t k = 0; k < n; k++)
		s2[k] = u[MOST + k] < 0.5 ? 0 : u[MOST + k];
	for (size_t j = 0; j < DIM; j++)
		y[j] = z[j] + (sigma + 1) * z[MOST * DIM + j];
	look(n, u, z, s2, sigma, y, score, mean);
	for (size_t j = 0; j < DIM; j++) {
		double r = y[j] + pow(sigma, v[POWER]) * score[j];
		double x = y[j] * cos(theta), eps = (x - cos(theta) * mean[j]) / sin(theta);

		step[j] = r + v[NOISE] * next / sigma * (y[j] - r);
		ddim[j] = (cos(towards) * mean[j] + sin(towards) * eps) / cos(towards);
	}
	*left = along(DIM, step);
	*right = along(DIM, ddim);
	*s = size_along(DIM, y) + size_along(DIM, mean);
	return RATE_OK;
}

static int evaluate_flow(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double sigma2 = v[SIGMA] * v[SIGMA], level2 = v[LEVEL] * v[LEVEL] * sigma2;
	double A = sigma2 - level2, B = v[TOWARDS] * A, delta = A - B, z[2 * DIM], off[DIM];

	p->host->normals(p->host, 1, p->number, 2 * DIM, z);
	for (size_t j = 0; j < DIM; j++) {
		double y = z[j], S = z[DIM + j], r = y + A * S;
		off[j] = r + sqrt(B / A) * (y - r) - (y + delta / 2 * S);
	}
	*left = hypot(off[0], off[1]);
	*right = delta * delta / (2 * A) * hypot(z[DIM], z[DIM + 1]);
	*s = hypot(z[0], z[1]) + A * hypot(z[DIM], z[DIM + 1]);
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "sigma=1,share=0.5,noise=1,power=2", .note = "half of the noise is put back", .ratio = 1 },
	{ .parameters = "sigma=10,share=0,noise=1,power=2", .note = "none of it", .ratio = 1 })
CONTROL(control,
	{ .parameters = "sigma=1,share=0.5,noise=-1,power=2", .note = "noise of the other sign" },
	{ .parameters = "sigma=2,share=0.5,noise=1,power=1", .note = "sigma in the place of its square" })
SHARP(sharp_flow,
	{ .parameters = "sigma=1,level=0.3,towards=0", .note = "all the way is restoration", .ratio = 1 },
	{ .parameters = "sigma=1,level=0,towards=0.5", .note = "DDIM" })
CONTROL(control_flow,
	{ .parameters = "sigma=1,level=0.3,towards=0", .note = "0.9 of the remainder", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[SIGMA] = { "sigma", RATE_REAL, "1", 0.05, 20, NULL, "level of noise before the step" },
	[SHARE] = { "share", RATE_REAL, "0.5", 0, 0.99, NULL, "level after it, over that" },
	[NOISE] = { "noise", RATE_REAL, "1", 1, 1, NULL, "sign of the noise that is put back" },
	[POWER] = { "power", RATE_REAL, "2", 2, 2, NULL, "of sigma in the step of restoration" },
};
static const rate_param params_flow[] = {
	[SIGMA] = { "sigma", RATE_REAL, "1", 0.05, 20, NULL, "level of noise before the step" },
	[LEVEL] = { "level", RATE_REAL, "0", 0, 0.9, NULL, "of restoration, over that" },
	[TOWARDS] = { "towards", RATE_REAL, "0.5", 0, 0.9, NULL, "share B/A of the square that is put back" },
};

#define SOURCE \
	"the view of Chen, Daras and Dimakis, Restoration-degradation beyond linear diffusions: a non-asymptotic " \
	"analysis for DDIM-type samplers, ICML 2023; proved in this file"

CLAIM(ddim_restoration,
	.id = "ddim-restoration", .chapter = "sampling", .title = "A step of DDIM is a restoration and a "
	                                                          "degradation",
	.statement = "y = x_0 + σε, r = y + σ²∇log p_σ(y), y' = r + (σ'/σ)(y − r): r = E[x_0|y] and y' is "
	             "the step of DDIM",
	.quantity = "y', along a fixed direction", .formula = "the step of DDIM", .source = SOURCE,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(ddim_flow,
	.id = "ddim-flow", .chapter = "sampling", .title = "Every level of restoration is the probability flow",
	.statement = "r = y + AS, y' = r + √(B/A)(y − r), A = σ² − ℓ², B = σ'² − ℓ², δ = A − B: "
	             "‖y' − (y + δS/2)‖ ≤ δ²‖S‖/(2A)",
	.quantity = "‖y' − (y + δS/2)‖", .formula = "δ²‖S‖/(2A)", .source = SOURCE, .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params_flow), .evaluate = evaluate_flow, .sharp = sharp_flow, .control = control_flow)
