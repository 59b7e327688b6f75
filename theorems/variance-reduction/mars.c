/*:
# MARS: what scaled recursive momentum does to noise

Between plain averaging of gradients and STORM lies a correction with a weight $\theta$ (the paper's $\gamma$):
$$ m_t=\beta m_{t-1}+(1-\beta)\,g(x_t;\xi_t)+\theta\beta\bigl(g(x_t;\xi_t)-g(x_{t-1};\xi_t)\bigr),\qquad x_{t+1}=x_t-\gamma m_t, $$
$m_{-1}=0$, $x_{-1}=x_0$. How much variance does it remove, and where from?

**Theorem (mars-stationary).** Along an eigenvector of a quadratic with eigenvalue $\lambda$, let the gradient carry independent noise of mean 0 and variance $s^2$, the same at both points of a step; $h=\gamma\lambda$, $0\le\beta<1$, $\theta\ge0$. The
recursion is stable if and only if
$$ 0<h<\frac{2(1+\beta)}{1-\beta+2\theta\beta}, $$
and then the variance of $x_t$ increases to
$$ V=\frac{\gamma s^2}\lambda\cdot\frac{(1-\beta)(1+\beta-\theta\beta h)}{(1-\beta+\theta\beta h)\bigl(2(1+\beta)-h(1-\beta+2\theta\beta)\bigr)} . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

#include <stdlib.h>

enum { BETA, THETA, SHARE, LAMBDA, NOISE };

static double edge(double beta, double theta)
{
	return 2 * (1 + beta) / (1 - beta + 2 * theta * beta);
}

static double floor_of(double gamma, double lambda, double variance, double beta, double theta)
{
	double h = gamma * lambda;

	return gamma * variance / lambda * (1 - beta) * (1 + beta - theta * beta * h) /
	       ((1 - beta + theta * beta * h) * (2 * (1 + beta) - h * (1 - beta + 2 * theta * beta)));
}

/*:
**Proof.** Insert $m_{t-1}=(x_{t-1}-x_t)/\gamma$ and $g(x_t)-g(x_{t-1})=\lambda(x_t-x_{t-1})$, where the noise cancels:
$$ x_{t+1}=x_t-\gamma(1-\beta)(\lambda x_t+\xi_t)+\beta(1-\theta h)(x_t-x_{t-1}) . $$
That is the stochastic heavy ball with the step $\gamma'=\gamma(1-\beta)$ and the momentum $b=\beta(1-\theta h)$: *the curvature damps the momentum*. Its stationary variance (page shb-stationary; the computation there needs
$|b|<1$ only) is $\frac{\gamma's^2(1+b)}{(1-b)\lambda(2(1+b)-\gamma'\lambda)}$ for $|b|<1$, $0<\gamma'\lambda<2(1+b)$. Substitute. The second condition is the stated one; it says
$h(\theta\beta+\frac{1-\beta}2)<1+\beta$, so $\theta\beta h<1+\beta$ and $b>-1$. $\square$

The check doubles the covariance of the method's own three numbers $(x_t,x_{t-1},m_{t-1})$.
:*/

enum { SIDE = 3 };

static void multiply(const double *a, const double *b, int transpose, double *out)
{
	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j < SIDE; j++) {
			out[SIDE * i + j] = 0;
			for (int k = 0; k < SIDE; k++)
				out[SIDE * i + j] += a[SIDE * i + k] * (transpose ? b[SIDE * j + k] : b[SIDE * k + j]);
		}
}

/* One step from (x, previous, m), with noise. */
static void one_step(double beta, double theta, double gamma, double lambda, double noise, double *z)
{
	double x = z[0], previous = z[1];

	z[2] = beta * z[2] + (1 - beta) * (lambda * x + noise) + theta * beta * lambda * (x - previous);
	z[1] = x;
	z[0] = x - gamma * z[2];
}

static double covariance_by_doubling(const double *v, double gamma)
{
	double A[SIDE * SIDE], P[SIDE * SIDE], half[SIDE * SIDE], more[SIDE * SIDE], kick[SIDE] = { 0 };

	one_step(v[BETA], v[THETA], gamma, v[LAMBDA], v[NOISE], kick);
	for (int j = 0; j < SIDE; j++) {
		double z[SIDE] = { 0 };
		z[j] = 1;
		one_step(v[BETA], v[THETA], gamma, v[LAMBDA], 0, z);
		for (int i = 0; i < SIDE; i++) {
			A[SIDE * i + j] = z[i];
			P[SIDE * i + j] = kick[i] * kick[j];
		}
	}
	for (int k = 0; k < 60; k++) {
		multiply(A, P, 0, half);
		multiply(half, A, 1, more);
		for (int i = 0; i < SIDE * SIDE; i++)
			P[i] += more[i];
		multiply(A, A, 0, half);
		for (int i = 0; i < SIDE * SIDE; i++)
			A[i] = half[i];
	}
	return P[0];
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double gamma = v[SHARE] * edge(v[BETA], v[THETA]) / v[LAMBDA];

	*left = covariance_by_doubling(v, gamma);
	*right = floor_of(gamma, v[LAMBDA], v[NOISE] * v[NOISE], v[BETA], v[THETA]);
	*s = 64 * *right / fmin(v[SHARE], 1 - v[SHARE]) / (1 - v[BETA]) / (1 - v[BETA]);
	return RATE_OK;
}

/*:
The factor that $\theta$ brings is $\frac{1-\beta}{1-\beta+\theta\beta h}$ for small $h$: for $\beta=0.9$, $h=0.1$ the number $V\lambda/(\gamma s^2)$ is $0.501$, $0.490$, $0.346$, $0.264$ for $\theta=0,\,0.025,\,0.5,\,1$.

## The floor in a run

**Theorem (mars-floor).** Let $f$ be a quadratic with one eigenvalue, $\mu=L=\lambda$, and let the noise of every step have one law with $\mathbb E\|\xi\|^2\le\sigma^2$, the same at every point. For stable $h$ and every $t$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;u_t^2\,\|x_0-x_\star\|^2+V\big|_{s^2=\sigma^2}, $$
where $u_{-1}=u_0=1$, $u_{t+1}=(1+b-h(1-\beta))u_t-b\,u_{t-1}$, $b=\beta(1-\theta h)$.

**Proof.** The mean follows $u_t$; the variances grow to $V$, coordinate by coordinate. $\square$
:*/

enum { GAMMA_RUN, BETA_RUN, THETA_RUN };

static double transient(const rate_case *c, double t)
{
	double beta = c->param[BETA_RUN], h = c->param[GAMMA_RUN] * c->L, b = beta * (1 - c->param[THETA_RUN] * h);
	double u = 1, before = 1;

	for (double k = 0; k < t; k++) {
		double next = (1 + b - h * (1 - beta)) * u - b * before;
		before = u;
		u = next;
	}
	return u * u * c->D2;
}

static double bound(const rate_case *c, double t)
{
	return transient(c, t) +
	       floor_of(c->param[GAMMA_RUN], c->L, c->noise2, c->param[BETA_RUN], c->param[THETA_RUN]);
}

/*:
## The error of the estimate, exactly

**Theorem (mars-error).** For any finite sum, points $x,x'$ and a vector $m'$ let $e'=m'-\nabla f(x')$, $D=\nabla f(x)-\nabla f(x')$, $z_i=\nabla f_i(x)-\nabla f(x)$, $z_i'=\nabla f_i(x')-\nabla f(x')$, and $m$ as above with
the term $i$. Then
$$ \frac1n\sum_i\|m-\nabla f(x)\|^2=\|\beta e'-(1-\theta)\beta D\|^2+\frac1n\sum_i\|(1-\beta)z_i+\theta\beta(z_i-z_i')\|^2 . $$

**Proof.** $m-\nabla f(x)=\beta e'-(1-\theta)\beta D+\bigl[(1-\beta)z_i+\theta\beta(z_i-z_i')\bigr]$, and the bracket has mean 0. $\square$

So $\theta=1$ removes the bias of a moving point. The variance is least at $\theta=-\frac{1-\beta}\beta\cdot\frac{\sum_i\langle z_i,z_i-z_i'\rangle}{\sum_i\|z_i-z_i'\|^2}$, which may have either sign: a correction can also add noise.

## What is run

The stationary variance at random parameters and at the corners of their range; the error at random points of finite sums, all terms; the floor exactly, on quadratics with one eigenvalue and Gaussian noise.

## What must fail

0.9 times each right side, and for a small correction the floor of STORM.

## Exercises

1. Show that without correction ($\theta=0$) momentum does not lower $V$ as $\beta\to1$.
2. How does $V$ behave for $\theta=1$, $\beta\to1$?
:*/

SHARP(sharp,
	{ .parameters = "beta=0.9,theta=1,share=0.01,lambda=1,s=1", .note = "STORM", .ratio = 1 },
	{ .parameters = "beta=0.9,theta=0.025,share=0.5,lambda=2,s=1",
	  .note = "a small correction, as the paper takes it",
	  .ratio = 1 })
CONTROL(control,
	{ .parameters = "beta=0.9,theta=1,share=0.01,lambda=1,s=1", .note = "0.9 times the right side", .factor = 0.9 })
#define NOISY "quadratic:d=1+gaussian-noise:sigma=1"
SHARP(sharp_run,
	{ .objective = NOISY, .parameters = "gamma=0.1,beta=0.9,theta=0.025", .note = "a small correction",
	  .steps = 512, .ratio = 1,
	  .deep_ratio = 1 },
	{ .objective = "quadratic:d=5,spectrum=one+gaussian-noise:sigma=2", .parameters = "gamma=0.1,beta=0.9,theta=1",
	  .note = "STORM in five dimensions", .steps = 512, .ratio = 1, .deep_ratio = 1 })
CONTROL(control_run,
	{ .objective = NOISY, .parameters = "gamma=0.1,beta=0.9,theta=0.025", .note = "0.9 of the bound", .steps = 512,
	  .factor = 0.9 },
	{ .objective = NOISY, .parameters = "gamma=0.1,beta=0.9,theta=0.025",
	  .note = "0.54 of the bound: the floor of STORM",
	  .steps = 512, .factor = 0.54 })
SHARP(sharp_error,
	{ .objective = "logistic:n=60,d=5,ridge=0.05", .parameters = "beta=0.9,theta=0.025", .note = "logistic terms",
	  .ratio = 1 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5", .parameters = "beta=0.9,theta=1",
	  .note = "quadratic terms", .ratio = 1 })
CONTROL(control_error,
	{ .objective = "least-squares:n=50,d=20,noise=0.5", .parameters = "beta=0.9,theta=1",
	  .note = "0.9 times the right side",
	  .factor = 0.9 })

/*: {.plumbing} :*/
#define BETA_ROW { "beta", RATE_REAL, "0.9", 0, 0.99, NULL, "momentum" }
#define THETA_ROW { "theta", RATE_REAL, "1", 0, 2, NULL, "weight of the correction" }
static const rate_param params[] = {
	[BETA] = BETA_ROW,
	[THETA] = THETA_ROW,
	[SHARE] = { "share", RATE_REAL, "0.1", 0.01, 0.99, NULL, "gamma lambda over its largest value" },
	[LAMBDA] = { "lambda", RATE_REAL, "1", 1e-3, 1e3, NULL, "eigenvalue" },
	[NOISE] = { "s", RATE_REAL, "1", 1e-3, 1e3, NULL, "standard deviation of the noise" },
};
static const rate_param params_run[] = {
	[GAMMA_RUN] = RATE_STEP_SIZE("0 < gamma L < 2(1 + beta)/(1 - beta + 2 theta beta)"),
	[BETA_RUN] = BETA_ROW,
	[THETA_RUN] = THETA_ROW,
};
static const rate_param params_error[] = { [BETA] = BETA_ROW, [THETA] = THETA_ROW };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA_RUN] = fraction * edge(param[BETA_RUN], param[THETA_RUN]) / (4 * c->L);
}

static const char *admissible(const rate_case *c)
{
	double h = c->param[GAMMA_RUN] * c->L;

	return h > 0 && h < edge(c->param[BETA_RUN], c->param[THETA_RUN])
	           ? NULL
	           : "0 < gamma L < 2(1 + beta)/(1 - beta + 2 theta beta)";
}

static const char *one_eigenvalue(const rate_case *c)
{
	return c->L_2 == 0 && c->mu == c->L ? NULL : "stated for quadratics with one eigenvalue";
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = c->param[GAMMA_RUN];
		out[1][t] = c->param[BETA_RUN];
	}
}

/* The vectors of mars-error at the points of p: x, x', m'. */
static int error_sides(const rate_point *p, double *room, double *left, double *right, double *s)
{
	rate_run *run = p->run;
	size_t d = p->c->d;
	const double *x = p->x[0], *before = p->x[1], *m = p->x[2], beta = p->c->param[BETA],
		     theta = p->c->param[THETA];
	double *g = room, *g0 = g + run->ld, *gi = g0 + run->ld, *gi0 = gi + run->ld, bias = 0, spread = 0;

	*left = *s = 0;
	if (rate_gradient(run, x, g) || rate_gradient(run, before, g0))
		return RATE_FAIL;
	for (size_t j = 0; j < d; j++) {
		double e = beta * (m[j] - g0[j]) - (1 - theta) * beta * (g[j] - g0[j]);
		bias += e * e;
	}
	for (size_t i = 0; i < p->c->n; i++) {
		const rate_sample *term = run->call->component(run, i);

		if (!term || rate_sample_gradient(run, term, x, gi) || rate_sample_gradient(run, term, before, gi0))
			return RATE_FAIL;
		for (size_t j = 0; j < d; j++) {
			double next = beta * m[j] + (1 - beta) * gi[j] + theta * beta * (gi[j] - gi0[j]);
			double z = gi[j] - g[j], noise = (1 - beta) * z + theta * beta * (z - (gi0[j] - g0[j]));
			*left += (next - g[j]) * (next - g[j]);
			spread += noise * noise;
			*s += m[j] * m[j] + gi[j] * gi[j] + gi0[j] * gi0[j] + g[j] * g[j];
		}
	}
	*left /= (double)p->c->n;
	*s /= (double)p->c->n;
	*right = bias + spread / (double)p->c->n;
	return RATE_OK;
}

static int evaluate_error(const rate_point *p, double *left, double *right, double *s)
{
	double *room = calloc(4 * p->run->ld, sizeof *room);
	int rc = room ? error_sides(p, room, left, right, s) : RATE_FAIL;

	free(room);
	return rc;
}

CLAIM(mars_stationary,
	.id = "mars-stationary", .chapter = "variance-reduction", .title = "Stationary variance of MARS",
	.statement = "noise of variance s² along an eigenvalue λ, h = γλ < 2(1+β)/(1−β+2θβ): Var x_t increases to "
	             "γs²/λ (1−β)(1+β−θβh)/((1−β+θβh)(2(1+β)−h(1−β+2θβ)))",
	.quantity = "lim Var x_t", .formula = "γs²/λ (1−β)(1+β−θβh)/((1−β+θβh)(2(1+β)−h(1−β+2θβ)))",
	.source = "for MARS, Yuan et al., arXiv:2411.10438; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(mars_floor,
	.id = "mars-floor", .chapter = "variance-reduction", .title = "MARS on quadratics with additive noise",
	.statement = "f quadratic with one eigenvalue, noise of one law, E‖ξ‖² ≤ σ², stable h: "
	             "E‖x_t − x*‖² ≤ u_t² D² + V",
	.quantity = "E‖x_t − x*‖²", .formula = "u_t² D² + V",
	.source = "for MARS, Yuan et al., arXiv:2411.10438; proved in this file",
	.kind = RATE_EXPECTATION, .method = "mars",
	NEEDS("L", "mu", "L_2", "x_star", "noise2", "noise_additive", "no composite", "stochastic"),
	.params = RATE_ROWS(params_run), .schedules = 2, .applies = one_eigenvalue, .choose = choose,
	.admissible = admissible,
	.steps = steps, .bound = bound, .transient = transient, .measure = rate_measure_dist2, .sharp = sharp_run,
	.control = control_run)

CLAIM(mars_error,
	.id = "mars-error", .chapter = "variance-reduction", .title = "The error of MARS's estimate",
	.statement = "any finite sum: mean_i ‖m − ∇f(x)‖² = ‖βe' − (1−θ)βD‖² + mean_i ‖(1−β)z_i + θβ(z_i − z'_i)‖²",
	.quantity = "mean_i ‖m − ∇f(x)‖²", .formula = "‖βe' − (1−θ)βD‖² + mean_i ‖(1−β)z_i + θβ(z_i − z'_i)‖²",
	.source = "for MARS, Yuan et al., arXiv:2411.10438; proved in this file",
	.kind = RATE_IDENTITY, NEEDS("finite-sum/1"), .params = RATE_ROWS(params_error), .points = 3,
	.evaluate = evaluate_error,
	.sharp = sharp_error, .control = control_error)
