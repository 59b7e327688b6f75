/*:
# DDIM on Gaussian data

A diffusion model makes pictures by $N$ deterministic steps from noise to data. How much of the result is the fault of the steps? For Gaussian data and a perfect denoiser the answer is exact.

Data $x_0\sim\mathcal N(m,\Sigma)$, $\Sigma$ with eigenvalues $s_i^2>0$, are blurred to $x_\theta=\cos\theta\,x_0+\sin\theta\,\varepsilon$, $\varepsilon$ standard normal. The sampler takes angles $\frac\pi2=\theta_0>\theta_1>\dots>\theta_N=0$, starts at $x\sim\mathcal N(0,I)$, and goes from $\theta=\theta_{k-1}$ to $\theta'=\theta_k$ by
$$ \hat x_0=\mathbb E[x_0\mid x_\theta=x],\qquad\hat\varepsilon=\frac{x-\cos\theta\,\hat x_0}{\sin\theta},\qquad x\leftarrow\cos\theta'\,\hat x_0+\sin\theta'\,\hat\varepsilon . $$
For one direction with $s=s_i$ let $D(\theta)=s^2\cos^2\theta+\sin^2\theta$, and let $\psi(\theta)$ be the angle of the point $(s\cos\theta,\sin\theta)$ of the plane; $\Delta_j=\psi(\theta_{j-1})-\psi(\theta_j)\ge0$, so that $\sum_{j\le N}\Delta_j=\frac\pi2$.

**Theorem (ddim-gaussian).** On every path and in every direction, $x^{(k)}$ being the point after $k$ steps,
$$ x^{(k)}-\cos\theta_k\,m=\sqrt{D(\theta_k)}\;\prod_{j\le k}\cos\Delta_j\;x^{(0)} . $$
The result has the right mean, and the standard deviation $s\prod_{j\le N}\cos\Delta_j$.

**Theorem (ddim-floor).** Whatever the angles are,
$$ W_2(\text{result},\text{data})\;\ge\;\sqrt{\operatorname{tr}\Sigma}\,\Bigl(1-\cos^N\frac\pi{2N}\Bigr),\qquad\text{about }\frac{\pi^2}{8N}\sqrt{\operatorname{tr}\Sigma} . $$

**Theorem (ddim-rate).** Let $K=\max_i\max(s_i,\frac1{s_i})$ and $\theta_k=(1-\frac kN)\frac\pi2$, $N>K$. Then
$$ W_2(\text{result},\text{data})\;\le\;\sqrt{\operatorname{tr}\Sigma}\,\Bigl(1-\cos^{N/K}\frac{K\pi}{2N}\Bigr)\;\le\;\frac{K\pi^2}{8N(1-K^2/N^2)}\sqrt{\operatorname{tr}\Sigma} . $$

So the error is of order $\frac1N$, neither more nor less, and it is always an error to the narrow side. For $N\le K$ nothing better than $\sqrt{\operatorname{tr}\Sigma}$ is claimed.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(N)
#include "../common.h"

#include <stdlib.h>

static const double right_angle = 1.5707963267948966;

/* psi(theta) */
static double turned(double s, double theta)
{
	return atan2(sin(theta), s * cos(theta));
}

/* |x^(t) - cos(theta_t) m|^2 with theta_t = (1 - t/N) pi/2 and s^2 = 1/L */
static double path(const rate_case *c, double t)
{
	LETTERS(c);
	double s = 1 / sqrt(L), theta = right_angle, product = 1, norm2 = 0;

	for (double k = 1; k <= fmin(t, N); k++) {
		double next = (1 - k / N) * right_angle;
		product *= cos(turned(s, theta) - turned(s, next));
		theta = next;
	}
	for (size_t i = 0; i < c->d; i++)
		norm2 += c->x0[i] * c->x0[i];
	return (s * s * cos(theta) * cos(theta) + sin(theta) * sin(theta)) * product * product * norm2;
}

/*:
## Proof

*The path.* The pair $(x_0,x_\theta)$ is Gaussian, so $\hat x_0=m+\frac{s^2\cos\theta}{D(\theta)}(x-\cos\theta\,m)$, direction by direction. Put $y=x-\cos\theta\,m$. Then $\hat x_0-m=\frac{s^2\cos\theta}Dy$ and $\hat\varepsilon=\frac1{\sin\theta}\bigl(1-\frac{s^2\cos^2\theta}D\bigr)y=\frac{\sin\theta}Dy$, so that a step multiplies $y$ by
$$ \frac{s\cos\theta'\cdot s\cos\theta+\sin\theta'\sin\theta}{D(\theta)} . $$
The numerator is the scalar product of the points $(s\cos\theta',\sin\theta')$ and $(s\cos\theta,\sin\theta)$, whose lengths are $\sqrt{D(\theta')}$ and $\sqrt{D(\theta)}$ and whose angles differ by $\Delta$. So the factor is $\sqrt{D(\theta')/D(\theta)}\cos\Delta$; the roots telescope, $D(\frac\pi2)=1$ and $D(0)=s^2$.

*Distance.* Result and data are Gaussian with one mean and commuting covariances, so $W_2^2=\sum_i(s_i-s_i\prod_j\cos\Delta_{ij})^2$.

*Floor.* $\log\cos$ is concave on $[0,\frac\pi2)$ and the $\Delta_j$ add up to $\frac\pi2$, so $\prod_j\cos\Delta_j\le\cos^N\frac\pi{2N}$ in every direction. (A factor $0$ makes the product $0$.)

*Rate.* $\frac{d\psi}{d\theta}=\frac s{D(\theta)}$ lies between $\min(s,\frac1s)$ and $\max(s,\frac1s)$, so $\Delta_j\le y=\frac{K\pi}{2N}<\frac\pi2$. As $-\log\cos$ is convex and $0$ at $0$, $-\log\cos\Delta_j\le\frac{\Delta_j}y(-\log\cos y)$; the sum over $j$ is at most $\frac NK(-\log\cos y)$. The second inequality: $1-e^{-u}\le u$, and $-\log\cos y\le\frac{y^2/2}{1-(2y/\pi)^2}$ from the product $\cos y=\prod_{k\ge1}\bigl(1-\frac{4y^2}{(2k-1)^2\pi^2}\bigr)$: each $-\log(1-z)\le\frac z{1-4y^2/\pi^2}$, and the $z$ add up to $\frac{y^2}2$. $\square$

## How sharp it is

The path is an identity. The floor is attained by the angles with $\tan\theta_k=s\tan\bigl((1-\frac kN)\frac\pi2\bigr)$, for which all $\Delta_j$ are equal; the rate at $s=1$, where equal angles are those.

## What is run

ddim-gaussian: the method on isotropic Gaussian data, at every step. There the denoiser is a prox, $\hat x_0=\operatorname{prox}_{\tan^2\theta\,U}(x/\cos\theta)$ with $U=-\log$ density. The other two: the sampler in up to three directions, as it stands on the page, with equal, matched and random angles.

## What must fail

One percent more than the floor, where it is attained. The rate of $K=1$ for data with $s=3$. And $0.9$ of each.

## Exercises

1. Data with the two scales $s=1$ and $s=3$: can one choice of angles attain the floor in both?
2. ★ Let the data be $\pm1$, equally likely. Show that $\hat x_0=\tanh\bigl(\frac{x\cos\theta}{\sin^2\theta}\bigr)$. What is the result of $N=2$ steps with equal angles?
3. *Compute.* Angles that are matched to the data, in place of equal ones: run `ratecheck verify ddim-gaussian --objective gaussian-data:s=3 --method ddim:s=3 --steps 20`. Why is the claim refuted?
4. Which are better for $s=3$ and many steps, equal angles or those that attain the floor? By which factor?
:*/

enum { FLOOR_N, FLOOR_D, FLOOR_S1, FLOOR_S2, FLOOR_S3, FLOOR_ANGLES };
enum { EQUAL, MATCHED, RANDOM };
enum { STEPS = 200, WIDEST = 3 };

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* theta_0, ..., theta_N */
static void choose_angles(const rate_point *p, int kind, size_t n, double s, double *theta)
{
	double u[STEPS];

	if (kind == RANDOM) {
		p->host->uniforms(p->host, 1, p->number, n, u);
		qsort(u, n - 1, sizeof *u, ascending);
	}
	for (size_t k = 0; k <= n; k++) {
		double equal = (1 - (double)k / (double)n) * right_angle;

		theta[k] = kind == MATCHED ? atan2(s * sin(equal), cos(equal)) : equal;
		if (kind == RANDOM && k > 0 && k < n)
			theta[k] = u[n - 1 - k] * right_angle;
	}
	theta[n] = 0;
}

/* What the steps make of 1 in a direction with m = 0: the standard deviation of the result. */
static double result(size_t n, const double *theta, double s)
{
	double x = 1;

	for (size_t k = 1; k <= n; k++) {
		double c = cos(theta[k - 1]), e = sin(theta[k - 1]), clean = s * s * c / (s * s * c * c + e * e) * x;

		x = cos(theta[k]) * clean + sin(theta[k]) * (x - c * clean) / e;
	}
	return x;
}

/* W_2 of result and data, and the root of tr Sigma */
static double distance(size_t n, const double *theta, size_t d, const double *s, double *size)
{
	double sum = 0;

	*size = 0;
	for (size_t i = 0; i < d; i++) {
		double off = s[i] - result(n, theta, s[i]);
		sum += off * off;
		*size += s[i] * s[i];
	}
	*size = sqrt(*size);
	return sqrt(sum);
}

static int evaluate_floor(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	size_t n = (size_t)v[FLOOR_N];
	double theta[STEPS + 1];

	choose_angles(p, (int)v[FLOOR_ANGLES], n, v[FLOOR_S1], theta);
	*left = distance(n, theta, (size_t)v[FLOOR_D], v + FLOOR_S1, s);
	*right = *s * -expm1(v[FLOOR_N] * log(cos(right_angle / v[FLOOR_N])));
	return RATE_OK;
}

static int evaluate_rate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	size_t n = (size_t)v[FLOOR_N], d = (size_t)v[FLOOR_D];
	double theta[STEPS + 1], K = 1;

	for (size_t i = 0; i < d; i++)
		K = fmax(K, fmax(v[FLOOR_S1 + i], 1 / v[FLOOR_S1 + i]));
	choose_angles(p, EQUAL, n, 1, theta);
	*left = distance(n, theta, d, v + FLOOR_S1, s);
	*right = *s;
	if (v[FLOOR_N] > K)
		*right *= -expm1(v[FLOOR_N] / K * log(cos(K * right_angle / v[FLOOR_N])));
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "gaussian-data:s=3/3/3,m=1/-2/0.5,start=1/0.3/-2", .note = "wide data, three directions",
	  .steps = 20, .ratio = 1 },
	{ .objective = "gaussian-data:s=0.2,m=0,start=1", .note = "narrow data", .steps = 64, .ratio = 1 },
	{ .objective = "gaussian-data:s=1,m=-4,start=2", .note = "the scale of the noise", .steps = 7, .ratio = 1 })
CONTROL(control, { .objective = "gaussian-data:s=3/3/3,m=1/-2/0.5,start=1/0.3/-2", .note = "one percent off",
	.steps = 20, .factor = 0.99 })
SHARP(sharp_floor,
	{ .parameters = "N=20,d=3,s1=3,s2=3,s3=3,angles=matched", .note = "angles made for s = 3", .ratio = 1 },
	{ .parameters = "N=1,d=2,s1=0.5,s2=2,angles=equal", .note = "one step ends at the mean", .ratio = 1 },
	{ .parameters = "N=100,d=1,s1=0.2,angles=matched", .note = "a hundred steps", .ratio = 1 },
	{ .parameters = "d=3,angles=random", .note = "angles at random" })
CONTROL(control_floor,
	{ .parameters = "N=20,d=1,s1=3,angles=matched", .note = "one percent more", .factor = 1.01 },
	{ .parameters = "N=2,d=1,s1=3,angles=matched", .note = "pi^2/8N: only for many steps",
	  .factor = 1.2337005501361697 })
SHARP(sharp_rate,
	{ .parameters = "N=20,d=1,s1=1", .note = "s = 1: all turns are equal", .ratio = 1 },
	{ .parameters = "N=2,d=2,s1=1,s2=1", .note = "two steps", .ratio = 1 },
	{ .parameters = "N=50,d=3,s1=3,s2=0.5,s3=1", .note = "three scales" })
CONTROL(control_rate,
	{ .parameters = "N=20,d=1,s1=1", .note = "0.9 of the bound", .factor = 0.9 },
	{ .parameters = "N=20,d=1,s1=3", .note = "K = 1 for s = 3", .factor = 0.33 })

/*: {.plumbing} :*/
static const rate_param params[] = { [N_] = { "N", RATE_INTEGER, "auto", 1, 1048576, NULL, "number of steps" } };
#define SCALES(low, high) \
	[FLOOR_N] = { "N", RATE_INTEGER, "20", 1, STEPS, NULL, "number of steps" }, \
	[FLOOR_D] = { "d", RATE_INTEGER, "2", 1, WIDEST, NULL, "directions" }, \
	[FLOOR_S1] = { "s1", RATE_REAL, "1", low, high, NULL, "standard deviation of the data" }, \
	[FLOOR_S2] = { "s2", RATE_REAL, "3", low, high, NULL, "in the second direction" }, \
	[FLOOR_S3] = { "s3", RATE_REAL, "0.3", low, high, NULL, "in the third" }
static const rate_param params_floor[] = {
	SCALES(0.02, 50),
	[FLOOR_ANGLES] = { "angles", RATE_CHOICE, "equal", 0, 0, "equal|matched|random", "matched: to s1" },
};
static const rate_param params_rate[] = { SCALES(0.05, 20) };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)fraction;
	param[N_] = (double)c->T;
}

MUST(admissible, N >= 1, "N >= 1")

static const char *applies(const rate_case *c)
{
	return c->L == c->mu ? NULL : "stated for data with one scale";
}

/* Every step subtracts what is as long as x_0 and m; where cos is nearly 0 the square of that rounding error counts. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *m = v->c->x_star, *x_0 = v->c->x0;
	double shrink = cos(fmax(1 - (double)v->t / v->c->param[N_], 0) * right_angle);

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double length = 0;

		q[r] = 0;
		for (size_t j = 0; j < v->run->d; j++) {
			double x = v->state[0][r * v->run->ld + j], off = x - shrink * m[j];
			q[r] += off * off;
			length += x * x + x_0[j] * x_0[j] + m[j] * m[j];
		}
		s[r] = sqrt(q[r] * length) + 0x1p-46 * length;
	}
	return RATE_OK;
}

#define SOURCE \
	"the sampler of Song, Meng and Ermon, Denoising diffusion implicit models, ICLR 2021; proved in this file"

CLAIM(ddim_gaussian,
	.id = "ddim-gaussian", .chapter = "sampling", .title = "DDIM on Gaussian data, exactly",
	.statement = "data N(m, s²I), exact denoiser, θ_k = (1 − k/N)π/2: x_k − cos θ_k m = √D(θ_k) Π_{j≤k} "
	             "cos Δ_j x_0, "
	             "D = s²cos²θ + sin²θ, Δ_j the turn of (s cos θ, sin θ) in step j",
	.quantity = "‖x_k − cos θ_k m‖²", .formula = "D(θ_k) Π cos²Δ_j ‖x_0‖²", .source = SOURCE,
	.kind = RATE_IDENTITY, .method = "ddim", NEEDS("one term", "L", "mu", "normal.scale", "x_star"),
	.applies = applies, RANGE, .bound = path, .measure = measure, SHARP_AND_CONTROL)

CLAIM(ddim_floor,
	.id = "ddim-floor", .chapter = "sampling", .title = "No angles do better than 1/N",
	.statement = "Gaussian data, exact denoiser, N steps, any angles: W_2(result, data) ≥ (tr Σ)^(1/2) "
	             "(1 − cos^N(π/2N))",
	.quantity = "W_2(result, data)", .formula = "(tr Σ)^(1/2) (1 − cos^N(π/2N))", .source = SOURCE,
	.kind = RATE_LOWER_BOUND, .params = RATE_ROWS(params_floor), .evaluate = evaluate_floor, .sharp = sharp_floor,
	.control = control_floor)

CLAIM(ddim_rate,
	.id = "ddim-rate", .chapter = "sampling", .title = "DDIM with equal angles on Gaussian data",
	.statement = "Gaussian data, exact denoiser, N > K = max(s_i, 1/s_i) equal angles: "
	             "W_2(result, data) ≤ (tr Σ)^(1/2) (1 − cos^(N/K)(Kπ/2N))",
	.quantity = "W_2(result, data)", .formula = "(tr Σ)^(1/2) (1 − cos^(N/K)(Kπ/2N))", .source = SOURCE,
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_rate), .evaluate = evaluate_rate, .sharp = sharp_rate,
	.control = control_rate)
