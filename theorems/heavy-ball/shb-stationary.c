/*:
# The noise floor of the stochastic heavy ball

Along an eigenvector of a quadratic with eigenvalue $\lambda$, let the gradient carry independent noise of mean 0 and variance $s^2$:
$$ x_{t+1}=x_t-\gamma(\lambda x_t+\xi_t)+\beta(x_t-x_{t-1}),\qquad x_\star=0 . $$

**Theorem.** Let $0\le\beta<1$ and $0<\gamma\lambda<2(1+\beta)$. From a deterministic start the variance of $x_t$ does not decrease with $t$ and tends to
$$ V(\lambda)=\frac{\gamma\,s^2\,(1+\beta)}{(1-\beta)\,\lambda\,\bigl(2(1+\beta)-\gamma\lambda\bigr)} . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quadratics.h"
#include "noise.h"

enum { BETA, THETA, LAMBDA, NOISE };

/*:
The function `stationary` is this formula (in `noise.h`, since the next file needs it too). Momentum multiplies the noise floor of SGD by about $\frac1{1-\beta}$: for $\gamma\lambda\ll1$ it is
$\frac{\gamma s^2}{2(1-\beta)\lambda}$, that of SGD with the step $\frac\gamma{1-\beta}$.

## Proof

With the response $a_0=1,a_1,a_2,\dots$ of the recursion to a unit kick, $x_t=\mathbb Ex_t-\gamma\sum_{j<t}a_j\xi_{t-1-j}$, hence
$\operatorname{Var}x_t=\gamma^2s^2\sum_{j<t}a_j^2$: it grows with $t$, and converges because the spectral radius of the recursion is less than 1. The limit $V=p$ is stationary. Write
$\tau=1+\beta-\gamma\lambda$ and $c=\mathbb Ex_tx_{t-1}$ in the stationary state (with mean 0). Multiplying the recursion by $x_t$ and squaring it give
$$ c=\tau p-\beta c,\qquad p=\tau^2p+\beta^2p-2\tau\beta c+\gamma^2s^2 . $$
Eliminate $c=\frac{\tau p}{1+\beta}$: $\;\gamma^2s^2=p\,\frac{1-\beta}{1+\beta}\bigl((1+\beta)^2-\tau^2\bigr)=p\,\frac{1-\beta}{1+\beta}\,\gamma\lambda\,\bigl(2(1+\beta)-\gamma\lambda\bigr)$. $\square$

The check computes the left side with nothing of this in it: the stationary covariance $\sum_kM^kQ(M^k)'$ of the pair $(x_t,x_{t-1})$, by doubling,
$P\leftarrow P+APA'$, $A\leftarrow A^2$.
:*/

static void multiply(const double a[4], const double b[4], double out[4])
{
	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++)
			out[2 * i + j] = a[2 * i] * b[j] + a[2 * i + 1] * b[2 + j];
}

static double covariance_by_doubling(double beta, double h, double variance)
{
	double A[4] = { 1 + beta - h, -beta, 1, 0 }, P[4] = { variance, 0, 0, 0 };

	for (int k = 0; k < 60; k++) {
		double transposed[4] = { A[0], A[2], A[1], A[3] }, half[4], more[4], square[4];

		multiply(A, P, half);
		multiply(half, transposed, more);
		for (int i = 0; i < 4; i++)
			P[i] += more[i];
		multiply(A, A, square);
		for (int i = 0; i < 4; i++)
			A[i] = square[i];
	}
	return P[0];
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	double beta = v[BETA], h = v[THETA] * 2 * (1 + beta), gamma = h / v[LAMBDA], variance = v[NOISE] * v[NOISE];

	*left = covariance_by_doubling(beta, h, gamma * gamma * variance);
	*right = stationary(gamma, beta, v[LAMBDA], variance);
	*s = *right / fmin(v[THETA], 1 - v[THETA]) / (1 - beta);
	return RATE_OK;
}

/*:
## The floor in a run

**Theorem.** Let $f$ be a quadratic with spectrum in $[\mu,L]$, and let the gradient noise at every step be drawn independently of the past from one law with mean 0 and
$\mathbb E\|\xi\|^2\le\sigma^2$. Let $\beta$ and $\gamma$ be as in `hb-quadratic-finite`: $(1-\sqrt\beta)^2\le\gamma\mu$, $\gamma L\le(1+\sqrt\beta)^2$. Then for every $t$
$$ \mathbb E\|x_t-x_\star\|^2\;\le\;\beta^t\bigl(1+t(1+\sqrt\beta)\bigr)^2\|x_0-x_\star\|^2+\max\bigl(V(\mu),V(L)\bigr)\Big|_{s^2=\sigma^2} . $$
:*/

enum { GAMMA_RUN, BETA_RUN };

FORMULA(transient, t, momentum_bias(c->param[BETA_RUN], t) * D2)

static double bound(const rate_case *c, double t)
{
	const double L = c->L, mu = c->mu, noise2 = c->noise2;
	double gamma = c->param[GAMMA_RUN], beta = c->param[BETA_RUN];

	return transient(c, t) + fmax(stationary(gamma, beta, mu, noise2), stationary(gamma, beta, L, noise2));
}

/*:
**Proof.** $\mathbb E\|x_t-x_\star\|^2=\|\mathbb Ex_t-x_\star\|^2+\sum_i\operatorname{Var}x_{t,i}$ in eigenvectors. The mean follows the heavy ball without noise. The variances are at most
$V(\lambda_i)$ with the variance $s_i^2$ of $\xi$ along the eigenvector in place of $s^2$, $\sum_is_i^2\le\sigma^2$, and $\lambda(2(1+\beta)-\gamma\lambda)$ is concave in $\lambda$, so its least value on $[\mu,L]$ is at an end. $\square$

## How sharp it is

With one eigenvalue the floor is reached as $t\to\infty$; the program reports it as the *deep* ratio.

## What is run

The identity at random $(\beta,\gamma\lambda,\lambda,s)$ and at the corners. The run: the stochastic heavy ball on quadratics with additive Gaussian noise; since the step is affine in state and
noise, the expectation is exact. Sharp: one eigenvalue.

## What must fail

$0.9$ times either right side; and half of the floor where that of SGD with the same step, $\beta=0$ in the formula, is $0.19$ of it.

## Exercises

1. Which of the $\gamma$ with the spectral radius $\sqrt\beta$ has the least $V(\lambda)$? Compare with SGD of the same rate.
2. Let the noise have covariance $\sigma^2A$. Show that the mean loss is $\sum_i\frac{\gamma\sigma^2\lambda_i(1+\beta)}{2(1-\beta)(2(1+\beta)-\gamma\lambda_i)}$ in the limit.
3. ★ Where does the proof need the *same* law at every step? Give independent noise with mean 0 and $\mathbb E\|\xi_t\|^2\le\sigma^2$ that exceeds the floor at $\mu=\frac12$, $L=1$, $\gamma=\frac32$,
   $\beta=\frac14$. *Hint:* there $a_2=0$ along the eigenvector of $\mu$.
:*/

SHARP(sharp,
	{ .parameters = "beta=0.9,theta=0.1,lambda=1,s=1", .note = "real or complex roots, any step: an identity",
	  .ratio = 1 },
	{ .parameters = "beta=0.9,theta=0.95,lambda=1,s=1", .note = "near the end of the stable range", .ratio = 1 })
CONTROL(control,
	{ .parameters = "beta=0.9,theta=0.1,lambda=1,s=1", .note = "0.9 times the right side", .factor = 0.9 })
SHARP(sharp_run,
	{ .objective = "quadratic:d=1+gaussian-noise:sigma=1", .parameters = "gamma=1,beta=0.25",
	  .note = "one eigenvalue: the floor is reached", .steps = 64, .ratio = 1, .deep_ratio = 1 },
	{ .objective = "quadratic:d=5,spectrum=one+gaussian-noise:sigma=2", .parameters = "gamma=0.05,beta=0.81",
	  .note = "five equal eigenvalues, more momentum", .steps = 256, .ratio = 1, .deep_ratio = 1 })
CONTROL(control_run,
	{ .objective = "quadratic:d=1+gaussian-noise:sigma=1", .parameters = "gamma=1,beta=0.25",
	  .note = "0.9 of the bound, which is reached", .steps = 64, .factor = 0.9 },
	{ .objective = "quadratic:d=5,spectrum=one+gaussian-noise:sigma=2", .parameters = "gamma=0.05,beta=0.81",
	  .note = "half of the bound; the floor of SGD with the same step is 0.19 of it", .steps = 256, .factor = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[BETA] = { "beta", RATE_REAL, "0.9", 0, 0.99, NULL, "momentum" },
	[THETA] = { "theta", RATE_REAL, "0.1", 0.01, 0.99, NULL, "gamma lambda over its largest value 2 (1 + beta)" },
	[LAMBDA] = { "lambda", RATE_REAL, "1", 1e-3, 1e3, NULL, "eigenvalue" },
	[NOISE] = { "s", RATE_REAL, "1", 1e-3, 1e3, NULL, "standard deviation of the noise" },
};
static const char *const needs[] = { NEEDS_OF_QUADRATICS, "noise2", "noise_additive" };
static const rate_param params_run[] = {
	[GAMMA_RUN] = RATE_STEP_SIZE("(1 - sqrt beta)^2/mu <= gamma <= (1 + sqrt beta)^2/L"),
	[BETA_RUN] = { "beta", RATE_REAL, "auto", 0, 1, NULL,
	               "momentum, ((sqrt kappa - 1)/(sqrt kappa + 1))^2 <= beta < 1" },
};

/* The lower end of the range: a long step has a high floor. */
static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);
	double root = 1 - fraction * (1 - fmax(best_rate(L, mu), 0.1));

	param[BETA_RUN] = root * root;
	param[GAMMA_RUN] = fmin((1 - root) * (1 - root) / mu, (1 + root) * (1 + root) / L);
}

static const char *admissible(const rate_case *c)
{
	return fits_spectrum(c, c->param[GAMMA_RUN], c->param[BETA_RUN]);
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = c->param[GAMMA_RUN];
		out[1][t] = c->param[BETA_RUN];
	}
}

CLAIM(shb_stationary,
	.id = "shb-stationary", .chapter = "heavy-ball", .title = "Stationary variance of the stochastic heavy ball",
	.statement = "noise of variance s² along an eigenvalue λ, 0 < γλ < 2(1+β): Var x_t increases to "
	             "γs²(1+β)/((1−β)λ(2(1+β) − γλ))",
	.quantity = "lim Var x_t", .formula = "γs²(1+β)/((1−β)λ(2(1+β) − γλ))",
	.source = "classical",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(shb_noise_floor,
	.id = "shb-noise-floor", .chapter = "heavy-ball",
	.title = "Stochastic heavy ball on quadratics with additive noise",
	.statement = "f quadratic, independent noise of one law with E ξ = 0, E‖ξ‖² ≤ σ², (1−√β)² ≤ γμ, γL ≤ (1+√β)²: "
	             "E‖x_t − x*‖² ≤ β^t(1 + t(1+√β))² D² + max(V(μ), V(L)), V(λ) = γσ²(1+β)/((1−β)λ(2(1+β) − γλ))",
	.quantity = "E‖x_t − x*‖²", .formula = "β^t(1 + t(1+√β))² D² + max(V(μ), V(L))",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "shb", .needs = RATE_LIST(needs), .params = RATE_ROWS(params_run),
	.schedules = 2, .applies = quadratic_only, .choose = choose, .admissible = admissible, .steps = steps,
	.bound = bound, .transient = transient, .measure = rate_measure_dist2, .sharp = sharp_run,
	.control = control_run)
