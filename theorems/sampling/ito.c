/*:
# Coins in the place of normals

A chain with steps that are signs: how far is its law from that of a chain with normal steps? For linear drift the cumulants say it, one by one, and for coins the distance has a closed bound.

Let $x_{t+1}=\rho x_t+c\,\varepsilon_t$ in $\mathbb R$ with $|\rho|<1$ (a step $\rho=1-\gamma a$ on the parabola $\frac a2x^2$) and independent $\varepsilon_t$ of mean $0$ and variance $1$, with the cumulants $\kappa_r$.

**Theorem (ito-cumulants).** From a fixed start the $r$-th cumulant of $x_t$, $r\ge2$, is $c^r\kappa_r\frac{1-\rho^{rt}}{1-\rho^r}$. In the limit the variance is $V=\frac{c^2}{1-\rho^2}$, the skewness $\kappa_3\frac{(1-\rho^2)^{3/2}}{1-\rho^3}$ and the excess kurtosis $\kappa_4\frac{1-\rho^2}{1+\rho^2}$.

So the shape of the noise is forgotten for short steps: the kurtosis in the order $\gamma$, the skewness in the order $\sqrt\gamma$.

**Theorem (ito-uniform).** Let $\varepsilon_t=\pm1$, equally likely, $x_0=0$, $\rho=2^{-1/m}$, $m=1,2,\dots$ Then
$$ W_2(\text{law of }x_t,\mathcal N(0,V))\;\le\;\sqrt V\,\Bigl[\rho^t+\min\Bigl(\sqrt{2-2\sqrt{3/\pi}},\;\sqrt{\frac{1-\rho^2}{3(1+\rho^2)}}\Bigr)\Bigr] . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "langevin.h"

#include <stdlib.h>

/*:
## Proof

*Cumulants* of independent summands add up, and $x_t-\rho^tx_0=c\sum_{k<t}\rho^k\varepsilon_{t-1-k}$: $\sum_kc^r\rho^{rk}\kappa_r$.

*Digits.* Let $x_\infty=c\sum_{k\ge0}\rho^k\varepsilon_k$. The signs with $k\equiv i$ modulo $m$ have the weights $\rho^i2^{-j}$, $j\ge0$: so $x_\infty=\sum_{i<m}\rho^iW_i$ with independent $W_i=c\sum_j2^{-j}\varepsilon$, and $W_i$ is uniform on $[-2c,2c]$: its signs are the binary digits of a uniform number. And $x_\infty$ is $x_t+\rho^tx'_\infty$ in law with an independent copy, so $W_2(x_t,x_\infty)\le\rho^t\sqrt V$.

*First bound.* Couple each $W_i$ with a normal variable of the same variance by monotone maps. For a uniform variable $F=\sqrt3(2\Phi(Z)-1)$ of variance $1$, $\mathbb E(F-Z)^2=2-2\sqrt3\,\mathbb E\,Z(2\Phi(Z)-1)=2-2\sqrt3\cdot2\,\mathbb E\,\varphi(Z)=2-2\sqrt{3/\pi}$. Independent squared errors add up like the variances.

*Second bound, a lemma.* Let $\mathbb EF=0$, $\mathbb EF^2=1$, and let $F$ have a *Stein kernel*: a function $k$ with $\mathbb E\,F\phi(F)=\mathbb E\,k(F)\phi'(F)$ for smooth $\phi$. Then $W_2(F,\mathcal N(0,1))^2\le\mathbb E(k(F)-1)^2$. For let $F_s=e^{-s}F+\sqrt{1-e^{-2s}}\,Z$, with the density $r_s$ with respect to the normal law. For a test function $\phi$, by parts in the normal law and by the kernel (the part of $Z$ has the kernel $1$),
$$ \mathbb E\,(\log r_s)'(F_s)\,\phi(F_s)=\mathbb E\,[F_s\phi(F_s)-\phi'(F_s)]=e^{-2s}\,\mathbb E\,(k(F)-1)\phi'(F_s)=\frac{e^{-2s}}{\sqrt{1-e^{-2s}}}\,\mathbb E\,(k(F)-1)Z\,\phi(F_s), $$
the last step by parts in $Z$. As $\mathbb E(k-1)^2Z^2=\mathbb E(k-1)^2$, the norm of $(\log r_s)'$ in $L^2$ of the law of $F_s$ is at most $\frac{e^{-2s}}{\sqrt{1-e^{-2s}}}\sqrt{\mathbb E(k-1)^2}$. The law of $F_s$ is transported by the velocity $-(\log r_s)'$ from $F$ to $Z$; a distance is at most the integral of the speeds, and $\int_0^\infty\frac{e^{-2s}}{\sqrt{1-e^{-2s}}}ds=1$.

*The kernel here.* A uniform variable of variance $1$ has $k(x)=\frac{3-x^2}2$, of variance $\frac15$ (integrate by parts on $[-\sqrt3,\sqrt3]$). For $F=\sum w_iX_i$, $\sum w_i^2=1$, the kernel is $\mathbb E[\sum w_i^2k_i(X_i)|F]$, so $\mathbb E(k-1)^2\le\frac15\sum w_i^4$. With $w_i^2=\rho^{2i}\frac{1-\rho^2}{1-\rho^{2m}}$ and $\rho^{2m}=\frac14$: $\sum w_i^4=\frac{(1-\rho^2)^2}{9/16}\cdot\frac{15/16}{1-\rho^4}=\frac53\cdot\frac{1-\rho^2}{1+\rho^2}$. $\square$

## How sharp it is

The cumulants are a law. For $m=1$ the limit is a uniform law, and the first bound is its distance; for larger $m$ the bound is loose.

## What is run

Cumulants: three-valued noise, all $3^t$ paths. Distance: all $2^t$ points of the law of $x_t$, sorted, against the quantiles of the normal law.

## What must fail

The fourth cumulant of the coin claimed to be that of a normal variable, $0$; and $0.9$ of the bound for $m=1$.

## Exercises

1. Which noise makes the law of $x_t$ exactly normal?
2. What is the skewness of $x_\infty$ for centred exponential noise, relative to $\gamma a$?
3. Show for $m=1$ that $x_t$ is uniform on the $2^t$ points $c\,(2k+1-2^t)2^{1-t}$, $k=0,\dots,2^t-1$.
:*/

enum { RHO, STEPS, ORDER, NOISE, TOLD };
enum { M = 0, LENGTH };
enum { MOST = 7, LONGEST = 11 };
enum { COIN, SKEWED };

/* Three values and their probabilities, mean 0 and variance 1. */
static void make_noise(const rate_point *p, double *value, double *share)
{
	double u[5], sum = 0, mean = 0, square = 0;

	p->host->uniforms(p->host, 1, p->number, 5, u);
	for (int i = 0; i < 3; i++) {
		int coin = p->c->param[NOISE] == COIN;
		value[i] = coin ? i - 1 : i == 0 ? -u[0] : i == 1 ? u[1] : 1 + u[2];
		share[i] = coin ? i != 1 : i == 0 ? 1 : i == 1 ? u[3] : u[4] / 2 + 0.1;
		sum += share[i];
	}
	for (int i = 0; i < 3; i++)
		mean += (share[i] /= sum) * value[i];
	for (int i = 0; i < 3; i++) {
		value[i] -= mean;
		square += share[i] * value[i] * value[i];
	}
	for (int i = 0; i < 3; i++)
		value[i] /= sqrt(square);
}

static double cumulant(int order, double m2, double m3, double m4)
{
	return order == 2 ? m2 : order == 3 ? m3 : m4 - 3 * m2 * m2;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	int order = (int)v[ORDER], t = (int)v[STEPS];
	double value[3], share[3], m[5] = { 0 }, of[5] = { 0 }, power = pow(v[RHO], order);
	long paths = 1;

	make_noise(p, value, share);
	for (int k = 0; k < t; k++)
		paths *= 3;
	for (long path = 0; path < paths; path++) {
		double x = 0, weight = 1;
		long rest = path;

		for (int k = 0; k < t; k++, rest /= 3) {
			x = v[RHO] * x + value[rest % 3];
			weight *= share[rest % 3];
		}
		m[2] += weight * x * x;
		m[3] += weight * x * x * x;
		m[4] += weight * x * x * x * x;
	}
	for (int i = 0; i < 3; i++)
		for (int r = 2; r <= 4; r++)
			of[r] += share[i] * pow(value[i], r);
	*left = cumulant(order, m[2], m[3], m[4]);
	*right = v[TOLD] * cumulant(order, of[2], of[3], of[4]) * (1 - pow(power, t)) / (1 - power);
	*s = pow(m[2], order / 2.0) * 10 + m[4];
	return RATE_OK;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The mean of a Z with a the sorted points and Z a normal variable that is coupled monotonely: sum a_k (phi(z_k) -
 * phi(z_{k+1})), z_k the quantile of k/n. By symmetry twice that of the lower half, whose quantiles Newton's method
 * finds from the one above it. */
static double coupled(size_t n, const double *a)
{
	double z = 0, above = 1, sum = 0;

	for (size_t k = n / 2; k-- > 0;) {
		double share = (double)k / (double)n, below;

		for (int i = 0; i < 60 && k > 0; i++) {
			double step = (erfc(-z / sqrt(2)) / 2 - share) / (exp(-z * z / 2) / sqrt(2 * acos(-1)));
			z -= step;
			if (fabs(step) < 1e-15 * (1 + fabs(z)))
				break;
		}
		below = k > 0 ? exp(-z * z / 2) : 0;
		sum += a[k] * (below - above);
		above = below;
	}
	return 2 * sum / sqrt(2 * acos(-1));
}

static int evaluate_uniform(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double rho = exp2(-1 / v[M]), V = 1 / (1 - rho * rho), square = 0, *a;
	size_t t = (size_t)v[LENGTH], n = (size_t)1 << t;

	if (!(a = calloc(n, sizeof *a)))
		return RATE_FAIL;
	for (size_t path = 0; path < n; path++) {
		for (size_t k = 0; k < t; k++)
			a[path] = rho * a[path] + (path >> k & 1 ? 1 : -1);
		square += a[path] * a[path] / (double)n;
	}
	qsort(a, n, sizeof *a, ascending);
	*left = sqrt(fmax(square + V - 2 * sqrt(V) * coupled(n, a), 0));
	*right = sqrt(V) * (pow(rho, v[LENGTH]) + fmin(sqrt(2 - 2 * sqrt(3 / acos(-1))),
	                                               sqrt((1 - rho * rho) / (3 * (1 + rho * rho)))));
	*s = 100 * V;
	free(a);
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "rho=0.5,t=7,order=4,noise=coin", .note = "the fourth cumulant of coins", .ratio = 1 },
	{ .parameters = "rho=0.7,t=7,order=3,noise=skewed", .note = "the third of skewed noise", .ratio = 1 },
	{ .parameters = "rho=-0.6,t=7,order=2,noise=skewed", .note = "the variance, to and fro", .ratio = 1 })
CONTROL(control,
	{ .parameters = "rho=0.5,t=7,order=4,noise=coin,told=0", .note = "coins are as good as normals" },
	{ .parameters = "rho=0.7,t=7,order=3,noise=skewed", .note = "one percent off", .factor = 1.01 })
SHARP(sharp_uniform,
	{ .parameters = "m=1,t=11", .note = "a uniform law", .ratio = 0.9977 },
	{ .parameters = "m=6,t=11", .note = "short steps" })
CONTROL(control_uniform, { .parameters = "m=1,t=11", .note = "0.9 of the bound", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[RHO] = { "rho", RATE_REAL, "0.5", -0.9, 0.95, NULL, "what is left of a point after a step" },
	[STEPS] = { "t", RATE_INTEGER, "5", 1, MOST, NULL, "number of steps" },
	[ORDER] = { "order", RATE_INTEGER, "4", 2, 4, NULL, "of the cumulant" },
	[NOISE] = { "noise", RATE_CHOICE, "skewed", 0, 0, "coin|skewed", "coins, or three values at random" },
	[TOLD] = { "told", RATE_REAL, "1", 1, 1, NULL, "multiple of the cumulant of the noise in the claim" },
};
static const rate_param params_uniform[] = {
	[M] = { "m", RATE_INTEGER, "1", 1, 8, NULL, "rho = 2^(-1/m)" },
	[LENGTH] = { "t", RATE_INTEGER, "8", 1, LONGEST, NULL, "number of steps" },
};

#define SOURCE \
	"the setting of Ustimenko and Beznosikov, Ito diffusion approximation of universal Ito chains for " \
	"sampling, " \
	"optimization and boosting, ICLR 2024; proved in this file"

CLAIM(ito_cumulants,
	.id = "ito-cumulants", .chapter = "sampling", .title = "How a chain forgets the shape of its noise",
	.statement = "x_{t+1} = ρx_t + cε_t, ε_t independent with cumulants κ_r, r ≥ 2: the r-th cumulant of "
	             "x_t is "
	             "c^r κ_r (1 − ρ^(rt))/(1 − ρ^r)",
	.quantity = "r-th cumulant of x_t", .formula = "c^r κ_r (1 − ρ^(rt))/(1 − ρ^r)", .source = SOURCE,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(ito_uniform,
	.id = "ito-uniform", .chapter = "sampling", .title = "How far a chain of coins is from a normal law",
	.statement = "x_{t+1} = ρx_t ± c, ρ = 2^(−1/m), x_0 = 0, V = c²/(1 − ρ²): "
	             "W_2(x_t, N(0, V)) ≤ √V [ρ^t + min(√(2 − 2√(3/π)), √((1 − ρ²)/(3(1 + ρ²))))]",
	.quantity = "W_2(x_t, N(0, V))", .formula = "√V [ρ^t + min(√(2 − 2√(3/π)), √((1 − ρ²)/(3(1 + ρ²))))]",
	.source = SOURCE, .kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_uniform),
	.evaluate = evaluate_uniform, .sharp = sharp_uniform, .control = control_uniform)
