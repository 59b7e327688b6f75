/*:
# Where clipping stops: the exact bias

Clip random gradients, and the method comes to rest where the *mean of the clipped* gradients vanishes, not where the mean gradient does. How far apart can the two be?

**Theorem.** Let $g$ be a random vector in $\mathbb R^d$ with $\mathbb E\operatorname{clip}_c(g)=0$, $\mathbb Eg=m$ and $\mathbb E\|g-m\|^2\le\sigma^2$. Then
$$ \|m\|\;\le\;\beta(\sigma,c)=\begin{cases}\dfrac{\sigma^2}{4c}&\text{if }\sigma\le2c,\\[4pt]\sigma-c&\text{if }\sigma\ge2c,\end{cases} $$
and for all $\sigma>0$ and $c>0$ there is such a $g$, of two values, with $\|m\|=\beta(\sigma,c)$.

With $g$ the stochastic gradient at a fixed point $\hat x$ of the mean clipped field, $\|\nabla f(\hat x)\|\le\beta(\sigma,c)$. It is known that the bias is $\min\{\sigma,\sigma^2/c\}$ up to constants; these are the constants. Always
$\frac14\min\{\sigma,\sigma^2/c\}\le\beta\le\min\{\sigma,\sigma^2/(4c)\}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../common.h"

static double beta(double sigma, double c)
{
	return sigma <= 2 * c ? sigma * sigma / (4 * c) : sigma - c;
}

/*:
## Proof

Let $H=\|m\|>0$, $u=m/H$, $X=\langle g,u\rangle$, $n=\|g\|$, so that $-n\le X\le n$ and $\mathbb E\bigl[X\min\{1,\frac cn\}\bigr]=0$.

*For every $\sigma$: $H\le\frac{\sigma^2}{4c}$.* Here $H=\mathbb EX=\mathbb E\bigl[X(1-\frac cn)_+\bigr]$, and
$$ X\Bigl(1-\frac cn\Bigr)_+\le\frac{\|g+Hu\|^2}{4(c+H)}=\frac{n^2+2HX+H^2}{4(c+H)} : $$
for fixed $n$ both sides are linear in $X$, so two values of $X$ are enough. At $X=-n$ the left side is not positive. At $X=n>c$ it says $4(c+H)(n-c)\le(n+H)^2$, which is true since $(c+H)+(n-c)=n+H$. Take means:
$\mathbb E\|g+Hu\|^2\le\sigma^2+4H^2$, so $4H(c+H)\le\sigma^2+4H^2$.

*For every $\sigma$: $H\le\sigma$.* Let $\phi_c$ be Huber's function, $\phi_c(y)=\frac12y^2$ up to $c$ and $cy-\frac12c^2$ beyond. It is convex and increasing, $y^2\mapsto\phi_c(y)$ is concave, and $\operatorname{clip}_c$ is the gradient of $\phi_c(\|\cdot\|)$. So
$0$ minimises $z\mapsto\mathbb E\phi_c(\|g-z\|)$, and with Jensen's inequality twice
$\phi_c(H)\le\mathbb E\phi_c(\|g\|)\le\mathbb E\phi_c(\|g-m\|)\le\phi_c(\sigma)$.

*For $\sigma\ge2c$: $H\le\sigma-c$.* Let $b=2\sigma-c$. Then
$$ c-X\min\Bigl\{1,\frac cn\Bigr\}\le\frac c{2\sigma^2}\,\|g-bu\|^2 . $$
Again it is enough to look at $X=\pm n$. For $n\ge c$ the left side is $0$ or $2c$, and $2c\le\frac c{2\sigma^2}(n+b)^2$ as $n+b\ge c+b=2\sigma$. For $n<c$ it is to show that
$\varphi(y)=\frac c{2\sigma^2}(b-y)^2-c+y\ge0$ for $y\in[-c,c]$: $\varphi$ is convex, $\varphi(-c)=0$, and $\varphi'(-c)=1-\frac{2c}\sigma\ge0$. Take means: $c\le\frac c{2\sigma^2}\bigl(\sigma^2+(b-H)^2\bigr)$, so $|b-H|\ge\sigma$. As
$H\le\sigma<b+\sigma$, this leaves $H\le b-\sigma=\sigma-c$.

*The worst law.* For $\sigma\le2c$ let $r=\frac\sigma{2c}$, $p=\frac{r^2}{1+r^2}$, $q=1-p$; let $g$ be $\frac\sigma{\sqrt{pq}}-\frac{pc}q\ge c$ with probability $p$ and $-\frac{pc}q$ with probability $q$. Then $\mathbb E\operatorname{clip}_c(g)=pc-pc=0$, the
variance is $\sigma^2$, and $m=\sigma\sqrt{p/q}-\frac{pc}q=\sigma r-r^2c=\frac{\sigma^2}{4c}$. For $\sigma\ge2c$ take $2\sigma-c$ and $-c$ with probability $\frac12$ each. $\square$
:*/

enum { DIM = 4, ATOMS = 6 };

/* A law of few values; `size` bounds what rounding errors are relative to. */
struct law {
	size_t d, n;
	double p[ATOMS], g[ATOMS][DIM], size;
};

static double norm(const struct law *w, const double *v)
{
	double square = 0;

	for (size_t j = 0; j < w->d; j++)
		square += v[j] * v[j];
	return sqrt(square);
}

static void worst_law(struct law *w, double sigma, double c)
{
	double r = sigma / (2 * c), square = fmin(1, r * r), p = square / (1 + square), q = 1 - p;
	double low = r <= 1 ? p * c / q : c;

	w->d = 1;
	w->n = 2;
	w->p[0] = p;
	w->p[1] = q;
	w->g[0][0] = sigma / sqrt(p * q) - low;
	w->g[1][0] = -low;
}

/* All values but the last are at random, with random weights. The last makes the mean of the clipped values vanish: it
 * is either short and heavy, or longer than c by any factor. */
static void random_law(struct law *w, const rate_host *host, uint64_t number, double c)
{
	double u[3 * ATOMS], *weight = u + ATOMS, sum[DIM] = { 0 }, length, *last = w->g[w->n - 1];

	host->uniforms(host, number, 0, 3 * ATOMS, u);
	host->normals(host, number, 1, w->n * w->d, w->g[0]);
	for (size_t i = w->n; i-- > 0;) /* from rows of d to rows of DIM, the last first */
		memmove(w->g[i], w->g[0] + i * w->d, w->d * sizeof(double));
	for (size_t i = 0; i + 1 < w->n; i++) {
		double scale = c * pow(10, 3 * u[i] - 1.5);

		w->p[i] = -pow(log(weight[i]), 3);
		for (size_t j = 0; j < w->d; j++)
			w->g[i][j] *= scale;
		for (size_t j = 0; j < w->d; j++)
			sum[j] += w->p[i] * w->g[i][j] * fmin(1, c / norm(w, w->g[i]));
	}
	length = norm(w, sum);
	w->p[w->n - 1] = length / c * (number % 2 ? 1 + u[2 * ATOMS] : 1);
	for (size_t j = 0; j < w->d; j++)
		last[j] = -sum[j] / length *
		          (number % 2 ? length / w->p[w->n - 1] : c * (1 + pow(10, 4 * u[2 * ATOMS] - 2)));
}

static void moments(struct law *w, double *mean, double *variance)
{
	double total = 0;

	memset(mean, 0, DIM * sizeof *mean);
	*variance = w->size = 0;
	for (size_t i = 0; i < w->n; i++)
		total += w->p[i];
	for (size_t i = 0; i < w->n; i++) {
		w->size += w->p[i] / total * norm(w, w->g[i]);
		for (size_t j = 0; j < w->d; j++)
			mean[j] += w->p[i] / total * w->g[i][j];
	}
	for (size_t i = 0; i < w->n; i++)
		for (size_t j = 0; j < w->d; j++)
			*variance += w->p[i] / total * (w->g[i][j] - mean[j]) * (w->g[i][j] - mean[j]);
}

enum { LAW, DIMENSION, VALUES, C, RATIO };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *param = p->c->param;
	double mean[DIM], variance;
	struct law w = { .d = (size_t)param[DIMENSION], .n = (size_t)param[VALUES] };

	if (param[LAW] > 0)
		random_law(&w, p->host, p->number, param[C]);
	else
		worst_law(&w, param[RATIO] * param[C], param[C]);
	moments(&w, mean, &variance);
	*left = norm(&w, mean);
	*right = beta(sqrt(variance), param[C]);
	*s = w.size + param[C];
	return RATE_OK;
}

/*:
## What is run

Laws of 2 to 6 values in up to 4 dimensions: all values but one are drawn over three decades about $c$, with weights over several decades; the last is placed such that the mean of the clipped values is exactly 0. And the worst laws, for
$\sigma/c$ from $0.01$ to $100$. Mean and variance are computed from the values. On the worst laws both sides agree to rounding.

# No step removes the bias

**Theorem.** Let $f(x)=\frac L2x^2$ and $f_i(x)=\frac L2x^2+\nu_ix$ with $\nu$ of two values, mean 0 and variance $\sigma^2$, the positive one with probability $p\le\frac12$. If $p<\frac12$ let $c=\frac\sigma2\sqrt{(1-p)/p}$; if $p=\frac12$ let $c\le\frac\sigma2$. From
$x_0>\beta(\sigma,c)/L$ the method $x_{t+1}=x_t-\gamma_t\,\mathbb E\operatorname{clip}_c(\nabla f_i(x_t))$ has for *all* steps $0<\gamma_t\le\frac1L$ and all $t$
$$ |f'(x_t)|\;\ge\;\beta(\sigma,c)\;\ge\;\tfrac14\min\Bigl\{\sigma,\frac{\sigma^2}c\Bigr\} . $$

What shorter steps can do for the variance of SGD they cannot do for the bias of clipping. (With random terms instead of the mean the noise of the steps comes on top of it.)

**Proof.** $F(x)=\mathbb E\operatorname{clip}_c(Lx+\nu)$ does not decrease and has slope at most $L$, so $x\mapsto x-\gamma F(x)$ does not decrease for $\gamma\le\frac1L$. At $x=\beta/L$ the values of $Lx+\nu$ are those of the worst law above
($p=\frac{r^2}{1+r^2}$ is $c=\frac\sigma2\sqrt{(1-p)/p}$), so $F(\beta/L)=0$, and $[\beta/L,\infty)$ is mapped into itself. $\square$

**How sharp it is.** If $\sum\gamma_t=\infty$, then $x_t$ converges to $\beta/L$; if the sum is finite, the method stops short of it. For $\sigma<2c$ this is the only zero of $F$; for $\sigma\ge2c$ the zeros are all of
$[c-\sigma,\sigma-c]$, divided by $L$, and $\beta/L$ is the largest.

## What must fail

$0.9$ of the first bound. ${{clip-bias-lb!1.max_ratio:3}}$ times the lower bound on $|f'|^2$; the lower bound for gradient descent; and the lower bound with a $c$ that is four times too large, so that
nothing is clipped near 0.

## Exercises

1. Show that $\sigma^2/(4c)\ge\sigma-c$ always, with equality only at $\sigma=2c$.
2. Let $c\to0$: the fixed points become medians. Which known inequality between mean, median and standard deviation is left?
3. For $\sigma>2c$ the worst law is symmetric about its mean, and yet `clip-symmetric` says that the clipped mean of symmetric noise vanishes at the optimum. How do the two go together?
4. Try steps in $(\frac1L,\frac2L)$. Does the lower bound survive?
:*/

enum { GAMMA, FALL, THRESHOLD };    /* parameters */
enum { SHARE, SMOOTH };              /* needs */

static double bound(const rate_case *k, double t)
{
	LETTERS(k);
	double b = beta(sqrt(noise2), k->param[THRESHOLD]);

	(void)t;
	return b * b;
}

SHARP(sharp,
	{ .parameters = "law=worst,ratio=1", .note = "the worst law, sigma = c", .ratio = 1 },
	{ .parameters = "law=worst,ratio=0.01", .note = "the worst law, sigma = c/100", .ratio = 1 },
	{ .parameters = "law=worst,ratio=2", .note = "the worst law, sigma = 2c", .ratio = 1 },
	{ .parameters = "law=worst,ratio=6", .note = "the worst law, sigma = 6c", .ratio = 1 })
CONTROL(control,
	{ .parameters = "law=worst,ratio=1", .note = "0.9 of the bound", .factor = 0.9 },
	{ .parameters = "law=worst,ratio=6", .note = "0.9 of the bound for large noise", .factor = 0.9 })
SHARP(sharp_lb,
	{ .objective = "two-point-noise:sigma=1,n=5", .parameters = "gamma=1", .note = "sigma = c, step 1/L",
	  .steps = 256, .ratio = 1 },
	{ .objective = "two-point-noise:sigma=1,n=5", .parameters = "gamma=0.01", .note = "a hundredth of the step",
	  .steps = 4096, .ratio = 1 },
	{ .objective = "two-point-noise:sigma=1,n=50,L=3", .parameters = "gamma=0.3333,a=0.5",
	  .note = "sigma = c/3.5, falling steps", .steps = 1000, .ratio = 1 },
	{ .objective = "two-point-noise:sigma=1,n=2", .parameters = "gamma=1,c=0.25", .note = "sigma = 4c",
	  .steps = 256,
	  .ratio = 1 })
CONTROL(control_lb,
	{ .objective = "two-point-noise:sigma=1,n=5", .parameters = "gamma=1",
	  .note = "1.21 times the bound on squares",
	  .steps = 256, .factor = 1.21 },
	{ .objective = "two-point-noise:sigma=1,n=5", .parameters = "gamma=1", .note = "gradient descent has no bias",
	  .steps = 256, .method = "gd" },
	{ .objective = "two-point-noise:sigma=1,n=5", .parameters = "gamma=1,c=4",
	  .note = "c four times too large: nothing is clipped at 0", .steps = 256 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[LAW] = { "law", RATE_CHOICE, "random", 0, 1, "worst|random", "the law of g" },
	[DIMENSION] = { "d", RATE_INTEGER, "1", 1, DIM, NULL, "dimension (random)" },
	[VALUES] = { "values", RATE_INTEGER, "2", 2, ATOMS, NULL, "how many values g has (random)" },
	[C] = { "c", RATE_REAL, "1", 0.1, 10, NULL, "threshold" },
	[RATIO] = { "ratio", RATE_REAL, "1", 0.01, 100, NULL, "sigma/c (worst)" },
};

CLAIM(clip_bias_exact,
	.id = "clip-bias-exact", .chapter = "clipping", .title = "The bias of clipping, exactly",
	.statement = "E clip_c(g) = 0, E ‖g − E g‖² ≤ σ²: ‖E g‖ ≤ σ²/(4c) if σ ≤ 2c, σ − c if σ ≥ 2c",
	.quantity = "‖E g‖", .formula = "σ²/(4c) or σ − c",
	.source = "after Koloskova, Hendrikx & Stich, ICML 2023",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

static const char *const needs[] = { [SHARE] = "two_points", [SMOOTH] = "L", "noise2", "x_star" };
static const rate_param params_lb[] = {
	[GAMMA] = RATE_STEP_SIZE("0 < gamma <= 1/L"),
	[FALL] = { "a", RATE_REAL, "0", 0, 10, NULL, "gamma_t = gamma (t + 1)^-a" },
	[THRESHOLD] = { "c", RATE_REAL, "auto", 0, 0, NULL,
	    "threshold, sigma/2 sqrt((1 - p)/p), or up to sigma/2 if p = 1/2" },
};

/* The largest c for which the noise is the worst: of p < 1/2 the only one. */
static double threshold(const rate_case *k)
{
	LETTERS(k);
	double p = k->need[SHARE];

	return sqrt(noise2) / 2 * sqrt((1 - p) / p);
}

static void choose(const rate_case *k, double fraction, double *param)
{
	CONSTANTS(k);

	param[GAMMA] = fraction / L;
	param[THRESHOLD] = threshold(k);
}

static const char *admissible(const rate_case *k)
{
	const double L = k->L, noise2 = k->noise2;
	double c = k->param[THRESHOLD], p = k->need[SHARE], most = threshold(k);

	if (!(p <= 0.5) || !(noise2 > 0))
		return "sigma > 0, the positive noise has probability p <= 1/2";
	if (!AT_MOST(c, most) || (p < 0.5 && c < most * (1 - 1e-12)))
		return "c = sigma/2 sqrt((1 - p)/p), or c <= sigma/2 if p = 1/2";
	if (L * k->x0[0] < beta(sqrt(noise2), c))
		return "x_0 >= beta/L";
	return AT_MOST(k->param[GAMMA], 1 / L) ? NULL : "0 < gamma <= 1/L";
}

static void steps(const rate_case *k, double *const *out)
{
	for (uint64_t t = 0; t < k->T; t++)
		out[0][t] = k->param[GAMMA] * pow((double)t + 1, -k->param[FALL]);
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_grad2_of(v, v->state[0], q, s);
}

CLAIM(clip_bias_lb,
	.id = "clip-bias-lb", .chapter = "clipping", .title = "No step size removes the bias of clipping",
	.statement = "two-point noise on a parabola, every 0 < γ_t ≤ 1/L, L x_0 ≥ β: |f'(x_t)| ≥ β ≥ min(σ, "
	             "σ²/c)/4 for every t; "
	             "β = σ²/(4c) if σ ≤ 2c, σ − c if σ ≥ 2c",
	.quantity = "|f'(x_t)|²", .formula = "β²",
	.source = "after Koloskova, Hendrikx & Stich, ICML 2023",
	.kind = RATE_LOWER_BOUND, .flags = RATE_OWN_INSTANCES, .method = "per-sample-clipping",
	.needs = RATE_LIST(needs),
	.params = RATE_ROWS(params_lb), .choose = choose, .admissible = admissible, .steps = steps, .bound = bound,
	.measure = measure, .sharp = sharp_lb, .control = control_lb)
