/*:
# What a consensus point knows

The weighted mean of a cloud takes values of $f$ only. Yet it knows the gradient, nearly finds the proximal point, and on a cold cloud the best of its points. Three statements on one mean.

**Setting.** $\pi(z)\sim e^{-\alpha f(z)-\|z-x\|^2/(2s^2)}$ with $\alpha,s>0$ and $x_+=\mathbb E_\pi z$ as on page cbo-hop, $f:\mathbb R^d\to\mathbb R$ convex.

**Theorem (cbo-gradient).** If $f$ is differentiable, $\;x_+-x=-\alpha s^2\,\mathbb E_\pi\nabla f(z)$.

**Theorem (cbo-prox).** If $f$ is $\mu$-strongly convex, $\mu\ge0$, then with $p=\arg\min_yf(y)+\frac{\|y-x\|^2}{2\alpha s^2}$ and $E_d=\mathbb E\|N(0,I_d)\|=\sqrt2\,\frac{\Gamma((d+1)/2)}{\Gamma(d/2)}$
$$ \|x_+-p\|\;\le\;\frac{s\,E_d}{\sqrt{1+\alpha s^2\mu}} . $$

**Theorem (cbo-laplace, cbo-laplace-gap).** Let $z_1,\dots,z_N$ be points, $N\ge2$, with any values $f_i$ and weights $w_i\sim e^{-\alpha f_i}$; $z_b$ the best point, $g\ge0$ the gap to the second best value, $R=\max_i\|z_i-z_b\|$. Then
$$ \Bigl\|\sum_iw_iz_i-z_b\Bigr\|\;\le\;R\,\frac{N-1}{N-1+e^{\alpha g}},\qquad\sum_iw_if_i-f_b\;\le\;\frac\omega\alpha,\quad\omega e^{1+\omega}=N-1 . $$

The last constant is usually stated as $\ln N$; $\omega$ is smaller, $0.76\ln N$ for a million points.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(alpha) P(s) P(naive)
#include "../common.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "../../methods/tilted.h"

/*:
## Proof

*The gradient.* $\mathbb E_\pi\nabla\log\pi=0$, that is $-\alpha\,\mathbb E_\pi\nabla f(z)-\frac1{s^2}\mathbb E_\pi(z-x)=0$.

*The proximal point.* $p$ is the mode of $\pi$. Let $\kappa=\frac{1+\alpha s^2\mu}{s^2}$: $-\log\pi(z)=\text{const}+\frac\kappa2\|z-p\|^2+h(z)$ with $h$ convex and least at $p$. Along each ray from $p$ the distance $r$ has the density $\sim r^{d-1}e^{-\kappa r^2/2}e^{-h}$ with $h$ not falling in $r$, so it is stochastically smaller than $\frac1{\sqrt\kappa}\|N(0,I_d)\|$, and so is $\|z-p\|$ in all. $\|\mathbb Ez-p\|\le\mathbb E\|z-p\|$.

*The cloud.* The weight of all but the best is at most $\frac{(N-1)e^{-\alpha g}}{1+(N-1)e^{-\alpha g}}$: the first. For the second let $y_i=\alpha(f_i-f_b)$. $e^{-y}(y-\omega)$ is largest at $y=1+\omega$: it is at most $e^{-1-\omega}$. So $\sum_{i\ne b}e^{-y_i}(y_i-\omega)\le(N-1)e^{-1-\omega}=\omega$, that is $\sum_{i\ne b}e^{-y_i}y_i\le\omega\bigl(1+\sum_{i\ne b}e^{-y_i}\bigr)$. $\square$

## How sharp they are

The first is an identity. The constant of the second is exact in every dimension; on the line a steep wall on one side of $p$ has ${{cbo-prox#1.max_ratio:3}}$. Those of the cloud are attained, by $N-1$ points in one place with one value, which for the last is $\frac{1+\omega}\alpha$ above the best.

## What is run

The first two by a quadrature on the line, the first for functions whose second derivative is Lipschitz; the others on random clouds and on the worst ones.

## What must fail

The gradient at $x$ in the place of its mean. $0.99$ of the second at the wall. One point in the place of $N-1$; $0.9$ of $\omega$.

## Exercises

1. Let $s\to0$ with $\alpha s^2$ fixed: an explicit or an implicit gradient step?
2. How far is the hop from the proximal point if $\alpha\to\infty$ with $\alpha s^2=\tau$ fixed?
3. How large must $\alpha$ be for the mean of the cloud to be within $\varepsilon R$ of its best point?
:*/

SHARP(sharp_gradient,
	{ .objective = "log-cosh:start=2.5", .parameters = "alpha=1,s=1,naive=0", .note = "log cosh", .ratio = 1 },
	{ .objective = "log-cosh:mu=0.5,L=4,start=-1", .parameters = "alpha=10,s=0.5,naive=0", .note = "a cold one" })
CONTROL(control_gradient, { .objective = "log-cosh:start=2.5", .parameters = "alpha=1,s=1,naive=1",
	.note = "the gradient at x" })
SHARP(sharp_prox,
	{ .objective = "kinks:d=1,a=200/200,c=0/50,start=0", .parameters = "alpha=1,s=1", .note = "a wall",
	  .ratio = 0.998 },
	{ .objective = "kinks:d=1,a=20/20,c=0/50,start=0", .parameters = "alpha=1,s=1", .note = "a lower one" },
	{ .objective = "log-cosh:mu=0.3,L=2,start=2", .parameters = "alpha=10,s=0.5", .note = "log cosh" })
CONTROL(control_prox, { .objective = "kinks:d=1,a=200/200,c=0/50,start=0", .parameters = "alpha=1,s=1",
	.note = "0.99 of the bound", .factor = 0.99 })
SHARP(sharp_laplace, { .parameters = "N=20,cloud=worst,naive=0", .note = "nineteen points in one place", .ratio = 1 },
	{ .parameters = "N=20,cloud=random,naive=0", .note = "random clouds" })
CONTROL(control_laplace, { .parameters = "N=20,cloud=worst,naive=1", .note = "1 in the place of N - 1" })
SHARP(sharp_gap, { .parameters = "N=64,cloud=worst,naive=0", .note = "sixty-three points of one value", .ratio = 1 },
	{ .parameters = "N=64,cloud=random,naive=0", .note = "random values" })
CONTROL(control_gap, { .parameters = "N=64,cloud=worst,naive=0", .note = "0.9 of omega", .factor = 0.9 })

/*: {.plumbing} :*/
#define ALPHA [alpha_] = { "alpha", RATE_REAL, "1", 0.1, 10, NULL, "inverse temperature" }
#define CLOUD [s_] = { "s", RATE_REAL, "1", 0.1, 2, NULL, "standard deviation of the cloud" }
static const rate_param params_gradient[] = {
	ALPHA,
	CLOUD,
	[naive_] = { "naive", RATE_INTEGER, "0", 0, 0, NULL, "1: the gradient at x" },
};
static const rate_param params_prox[] = { ALPHA, CLOUD };

MUST(admissible, naive == 0, "naive = 0")

/* The mean about a point: random, or the objective's start. */
static int mean_about(const rate_point *p, int gradients, struct tilted *q, double **room)
{
	*q = (struct tilted){ .run = p->run, .alpha = p->c->param[alpha_], .s = p->c->param[s_],
		              .m = p->number % 2 ? p->c->x0 : p->x[0], .gradients = gradients };
	if (!(*room = calloc(2 * p->run->ld, sizeof **room)))
		return RATE_FAIL;
	q->at = *room;
	q->work = *room + p->run->ld;
	return tilted(q);
}

/* A weight is the exponential of alpha times a difference of values; what it weighs is |z - p| <= s and |f'|, which may
 * cancel. Points are rounded, with the slopes of f near the mode: |p - m|/(alpha s^2) there, and L times as far as they
 * are off. What the quadrature did not settle comes on top. */
static double digits(const rate_case *c, const struct tilted *q)
{
	double step = q->alpha * q->s * q->s, weighed = q->s + step * q->steep;
	double slope = fabs(*q->mode - *q->m) / q->s + (c->L > 0 ? step * c->L : 0);
	double reach = fabs(*q->mode) + hypot(sqrt(fmax(q->variance, 0)), *q->mean - *q->mode);

	return weighed * (1 + q->alpha * fabs(q->f_mode) + 2 * q->doubt / (64 * DBL_EPSILON)) + reach * slope;
}

static int evaluate_gradient(const rate_point *p, double *left, double *right, double *s)
{
	double *room = NULL;
	struct tilted q;
	int naive = p->c->param[naive_] != 0;
	int failed = mean_about(p, 1, &q, &room) || (naive && tilted_gradient(&q, q.m));

	if (!failed) {
		*left = *q.mean - *q.m;
		*right = -q.alpha * q.s * q.s * (naive ? *q.work : *q.slope);
		*s = fabs(*left) + fabs(*q.m) + digits(p->c, &q);
	}
	free(room);
	return failed ? RATE_FAIL : RATE_OK;
}

static int evaluate_prox(const rate_point *p, double *left, double *right, double *s)
{
	double *room = NULL, mu = p->c->mu > 0 ? p->c->mu : 0;
	struct tilted q;
	int failed = mean_about(p, 0, &q, &room);

	*left = fabs(*q.mean - *q.mode);
	*right = q.s * sqrt(2 / acos(-1)) / sqrt(1 + q.alpha * q.s * q.s * mu);
	*s = fabs(*q.mode) + digits(p->c, &q);
	free(room);
	return failed ? RATE_FAIL : RATE_OK;
}

/* Clouds: random values about 1/alpha and random points in the plane; or one point against all others. */
enum { temperature_, count_, cloud_, one_ };
enum { RANDOM, WORST };
enum { MOST = 64 };
static const rate_param params_cloud[] = {
	[temperature_] = { "alpha", RATE_REAL, "1", 0.1, 10, NULL, "inverse temperature" },
	[count_] = { "N", RATE_INTEGER, "20", 2, MOST, NULL, "points" },
	[cloud_] = { "cloud", RATE_CHOICE, "random", 0, 0, "random|worst", "where they are" },
	[one_] = { "naive", RATE_INTEGER, "0", 0, 0, NULL, "1: as if there were one other point" },
};

MUST(admissible_cloud, c->param[one_] == 0, "naive = 0")

/* omega exp(1 + omega) = others, by Newton's method on omega + ln(omega) = ln(others) - 1. */
static double constant_of(double others)
{
	double omega = others > 4 ? 1 : 0.2;

	for (int k = 0; k < 40; k++)
		omega *= log(others / omega) / (1 + omega);
	return omega;
}

struct cloud {
	size_t n, best;
	double omega, mass, gap; /* sum of exp(-alpha (f - f_best)); to the second best */
	double f[MOST], weight[MOST], z[2 * MOST];
};

static void make_cloud(const rate_point *p, struct cloud *q)
{
	double alpha = p->c->param[temperature_], u[MOST], second = INFINITY;
	int worst = p->c->param[cloud_] == WORST;

	q->n = (size_t)p->c->param[count_];
	q->omega = constant_of((double)(q->n - 1));
	p->host->uniforms(p->host, 1, p->number, MOST, u);
	p->host->normals(p->host, 2, p->number, 2 * MOST, q->z);
	q->best = 0;
	for (size_t i = 0; i < q->n; i++) {
		q->f[i] = worst ? (i ? (1 + q->omega) / alpha : 0) : -4 * log(u[i]) / alpha;
		if (worst && i > 1)
			memcpy(q->z + 2 * i, q->z + 2, 2 * sizeof *q->z);
		if (q->f[i] < q->f[q->best])
			q->best = i;
	}
	q->mass = 0;
	for (size_t i = 0; i < q->n; i++) {
		double above = q->f[i] - q->f[q->best];
		if (i != q->best)
			second = fmin(second, above);
		q->mass += q->weight[i] = exp(-alpha * above);
	}
	q->gap = second;
}

static int evaluate_laplace(const rate_point *p, double *left, double *right, double *s)
{
	double alpha = p->c->param[temperature_], off[2] = { 0, 0 }, most = 0, others;
	struct cloud q;

	make_cloud(p, &q);
	others = p->c->param[one_] != 0 ? 1 : (double)(q.n - 1);
	for (size_t i = 0; i < q.n; i++) {
		double x = q.z[2 * i] - q.z[2 * q.best], y = q.z[2 * i + 1] - q.z[2 * q.best + 1];
		most = fmax(most, hypot(x, y));
		off[0] += q.weight[i] / q.mass * x;
		off[1] += q.weight[i] / q.mass * y;
	}
	*left = hypot(off[0], off[1]);
	*right = most * others / (others + exp(alpha * q.gap));
	*s = most;
	return RATE_OK;
}

static int evaluate_gap(const rate_point *p, double *left, double *right, double *s)
{
	struct cloud q;

	make_cloud(p, &q);
	*left = 0;
	for (size_t i = 0; i < q.n; i++)
		*left += q.weight[i] / q.mass * (q.f[i] - q.f[q.best]);
	*right = q.omega / p->c->param[temperature_];
	*s = *right;
	return RATE_OK;
}

#define PAPER \
	"the mean of Riedl, Klock, Geldhauser and Fornasier, Gradient is all you need?, 2023; proved in this file"

CLAIM(cbo_gradient,
	.id = "cbo-gradient", .chapter = "zeroth-order", .title = "A consensus hop is a gradient step",
	.statement = "π ~ exp(−αf(z) − ‖z − x‖²/(2s²)): E_π z − x = −αs² E_π ∇f(z)",
	.quantity = "E_π z − x", .formula = "−αs² E_π f'(z)", .source = PAPER, .kind = RATE_IDENTITY,
	NEEDS("convex", "L_2", "no composite"), .params = RATE_ROWS(params_gradient), .admissible = admissible,
	.flags = RATE_DIMENSION_ONE, .points = 1, .evaluate = evaluate_gradient, .sharp = sharp_gradient,
	.control = control_gradient)

CLAIM(cbo_prox,
	.id = "cbo-prox", .chapter = "zeroth-order", .title = "How far a consensus hop is from the proximal point",
	.statement = "f μ-strongly convex, μ ≥ 0, π ~ exp(−αf(z) − ‖z − x‖²/(2s²)), p the proximal point of x for αs²: "
	             "‖E_π z − p‖ ≤ s E‖N(0, I)‖/√(1 + αs²μ)",
	.quantity = "‖E_π z − p‖", .formula = "s E_d/√(1 + αs²μ)", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.flags = RATE_DIMENSION_ONE, NEEDS("convex", "no composite"), .params = RATE_ROWS(params_prox), .points = 1,
	.evaluate = evaluate_prox, .sharp = sharp_prox, .control = control_prox)

CLAIM(cbo_laplace,
	.id = "cbo-laplace", .chapter = "zeroth-order", .title = "A cold cloud finds its best point",
	.statement = "w_i ~ exp(−αf_i), N points, b the best, g the gap to the second, R = max ‖z_i − z_b‖: ‖Σ w_i z_i "
	             "− z_b‖ ≤ R(N − 1)/(N − 1 + e^(αg))",
	.quantity = "‖Σ w_i z_i − z_b‖", .formula = "R(N − 1)/(N − 1 + e^(αg))", .source = PAPER,
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_cloud), .admissible = admissible_cloud,
	.evaluate = evaluate_laplace, .sharp = sharp_laplace, .control = control_laplace)

CLAIM(cbo_laplace_gap,
	.id = "cbo-laplace-gap", .chapter = "zeroth-order", .title = "The value of a cold cloud",
	.statement = "w_i ~ exp(−αf_i), N points, ωe^(1+ω) = N − 1: Σ w_i f_i − min f_i ≤ ω/α",
	.quantity = "Σ w_i f_i − min f_i", .formula = "ω/α", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params_cloud), .admissible = admissible_cloud, .evaluate = evaluate_gap,
	.sharp = sharp_gap, .control = control_gap)
