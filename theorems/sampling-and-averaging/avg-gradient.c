/*:
# The average needs no short steps

With a constant step the last iterate of SGD keeps a noise of the order of the step. The average of the iterates forgets the
step altogether.

**Theorem.** Let $f(x)=\frac12\langle x-x_\star,H(x-x_\star)\rangle+f_\star$, $0\preceq H\preceq LI$, and
$x_{t+1}=x_t-\gamma(H(x_t-x_\star)+\xi_t)$ with noise $\xi_t$ that is independent of the past, has the mean 0, always the
same covariance, and $\mathbb E\|\xi_t\|^2=\sigma^2$. For $0<\gamma\le\frac1L$ and the average $\bar x_t$ of $x_0,\dots,x_{t-1}$
$$ \mathbb E\|\nabla f(\bar x_t)\|^2\;\le\;\frac{\|x_0-x_\star\|^2}{(\gamma t)^2}+\frac{(t-1)\,\sigma^2}{t^2}. $$

It is $t-1$ and not $t$ because $x_0$ has no noise. The second term does not know $\gamma$, and no other unbiased combination
of the same $t$ gradients has less (exercise 2).
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

FORMULA(transient, t, D2 / (gamma * gamma * t * t))

FORMULA(bound, t, transient(c, t) + noise2 * (t - 1) / (t * t))

/*:
## Proof

Sum $x_s-x_{s+1}=\gamma(\nabla f(x_s)+\xi_s)$ over $s<t$. As $\nabla f$ is affine,
$$ \nabla f(\bar x_t)=\frac{x_0-x_t}{\gamma t}-\frac1t\sum_{s<t}\xi_s . $$
Along an eigenvector of $\lambda$ let $q=1-\gamma\lambda\in[0,1]$. There $\xi_j$ enters $x_{j+1},x_{j+2},\dots$ with the factors
$-\gamma q^0,-\gamma q^1,\dots$, hence $\lambda\sum_{s<t}x_s$ with $-(1-q^{t-1-j})$. So the mean of $\nabla f(\bar x_t)$ is
$\frac{1-q^t}{\gamma t}(x_0-x_\star)$ along that vector, and its variance
$$ \frac{\operatorname{Var}\xi}{t^2}\sum_{m=1}^{t-1}(1-q^m)^2\;\le\;\frac{(t-1)\operatorname{Var}\xi}{t^2}. $$
All brackets lie in $[0,1]$. Sum over the eigenvectors. $\square$

**Theorem (avg-law).** For one eigenvalue $\lambda$ with $0<\gamma\lambda<2$, $q=1-\gamma\lambda$, noise of variance $\sigma^2$, and the
average of the $K=T-b$ iterates $x_b,\dots,x_{T-1}$:
$$ \mathbb E(\bar x-x_\star)^2=\Bigl[\frac{q^b(1-q^K)(x_0-x_\star)}{K\gamma\lambda}\Bigr]^2+\frac{\sigma^2}{K^2\lambda^2}
\Bigl[\sum_{m=1}^{K-1}(1-q^m)^2+(1-q^K)^2\,\frac{1-q^{2b}}{1-q^2}\Bigr]. $$

**Proof.** The $\xi_j$ with $j\ge b$ enter as above. A $\xi_j$ with $j<b$ enters the $K$ points with
$-\gamma q^{b-1-j}(1+q+\dots+q^{K-1})$; the squares of $q^{b-1-j}$ sum to $\frac{1-q^{2b}}{1-q^2}$. $\square$

## How sharp it is

Attained at every $t$ for $H=LI$ and $\gamma=\frac1L$, where $q=0$, by any noise from any start. With half the step the ratio is
$0.73$, ${{avg-gradient#2.max_ratio:3}}$ and $0.998$ at $t=4$, $64$ and $1024$. The edge is sharp too: beyond $\gamma=\frac1L$ the noise at $t=2$ is
$(\gamma L)^2$ times the bound.

## What is run

SGD on quadratics with additive noise. avg-law: the formula against the sum of squares of all responses of the $K$ points to
the start and to each $\xi_j$, multiplied out step by step.

## What must fail

$0.9$ of the bound; a step of $\frac{1.9}L$, from $x_\star$, at $t=2$; one percent off in avg-law.

## Exercises

1. From which $t$ on is the first term less than the second?
2. ★ Let $y_s=\nabla f(x_s)+\xi_s$ and $H\succ0$. Each $x_s-H^{-1}y_s$ is an unbiased estimate of $x_\star$. What is the covariance of
   $\sum c_s(x_s-H^{-1}y_s)$ with $\sum c_s=1$, and which $c_s$ are best?
3. What does it help to start averaging late?
:*/

enum { CALM = 200 };

/* By steps: the response of the sum of x_b, ..., x_{T-1} to a unit in x_0 (j = 0) or in xi_{j-1}. */
static double response(double q, double gamma, size_t b, size_t T, size_t j)
{
	double x = j ? 0 : 1, sum = 0;

	for (size_t t = 0; t < T; t++) {
		sum += t >= b ? x : 0;
		x = q * x - (j == t + 1 ? gamma : 0);
	}
	return sum;
}

enum { share_, T_, burn_, start_, noise_, lambda_ };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *param = p->c->param;
	size_t T = (size_t)param[T_], b = (size_t)fmin(param[burn_], param[T_] - 1), K = T - b;
	double lambda = param[lambda_], gamma = param[share_] / lambda, q = 1 - param[share_], at0 = param[start_];
	double variance = param[noise_] * param[noise_], sum = 0, qK = pow(q, (double)K), qb = pow(q, (double)b),
	       late, bias;

	*left = 0;
	for (size_t j = 0; j <= T; j++) {
		double r = response(q, gamma, b, T, j) / (double)K;
		*left += r * r * (j ? variance : at0 * at0);
	}
	for (size_t m = 1; m < K; m++)
		sum += (1 - pow(q, (double)m)) * (1 - pow(q, (double)m));
	late = b ? (1 - qb * qb) / (1 - q * q) : 0;
	bias = qb * (1 - qK) * at0 / ((double)K * param[share_]);
	*right = bias * bias + variance * (sum + (1 - qK) * (1 - qK) * late) / ((double)(K * K) * lambda * lambda);
	*s = (at0 * at0 + variance / (lambda * lambda)) * (double)T;
	return RATE_OK;
}

#define BOWL "quadratic:d=3,L=1,kappa=1,start=1"
SHARP(sharp,
	{ .objective = BOWL "+sign-noise:sigma=1", .parameters = "gamma=1", .steps = 64,
	  .note = "a bowl, gamma = 1/L", .ratio = 1 },
	{ .objective = BOWL "+gaussian-noise:sigma=1", .parameters = "gamma=0.5", .steps = 64,
	  .note = "half of the step",
	  .ratio = 0.975 },
	{ .objective = "quadratic:d=20,kappa=1e3+gaussian-noise:sigma=0.1", .steps = 256,
	  .note = "twenty eigenvalues" })
CONTROL(control,
	{ .objective = BOWL "+sign-noise:sigma=1", .parameters = "gamma=1", .steps = 64, .note = "0.9 of the bound",
	  .factor = 0.9 },
	{ .objective = "quadratic:d=1,L=1,start=0+sign-noise:sigma=1", .parameters = "gamma=1.9", .steps = 2,
	  .note = "a step of 1.9/L, from the minimiser" })
SHARP(sharp_law, { .parameters = "share=0.5,T=20,burn=5,start=1,noise=1,lambda=1", .note = "a late start", .ratio = 1 })
CONTROL(control_law,
	{ .parameters = "share=0.5,T=20,burn=5,start=1,noise=1,lambda=1", .note = "one percent off", .factor = 1.01 })

/*: {.plumbing} :*/
STEP(gamma, 1 / L, "0 < gamma <= 1/L")

static const rate_param params_law[] = {
	[share_] = { "share", RATE_REAL, "0.5", 0.05, 1.95, NULL, "gamma lambda" },
	[T_] = { "T", RATE_INTEGER, "20", 2, CALM, NULL, "number of points" },
	[burn_] = { "burn", RATE_INTEGER, "0", 0, CALM / 2, NULL, "points that are left out of the average" },
	[start_] = { "start", RATE_REAL, "1", -10, 10, NULL, "x_0 - x_star" },
	[noise_] = { "noise", RATE_REAL, "1", 0, 10, NULL, "sigma" },
	[lambda_] = { "lambda", RATE_REAL, "1", 0.1, 10, NULL, "the eigenvalue" },
};

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_grad2_of(v, v->average, q, s);
}

CLAIM(avg_gradient,
	.id = "avg-gradient", .chapter = "sampling-and-averaging", .title = "The gradient at the average of SGD",
	.statement = "f quadratic, 0 ≤ ∇²f ≤ L, additive noise of variance σ², 0 < γ ≤ 1/L, "
	             "x̄_t the mean of x_0..x_{t−1}: "
	             "E‖∇f(x̄_t)‖² ≤ ‖x_0 − x*‖²/(γt)² + σ²(t − 1)/t²",
	.quantity = "E‖∇f(x̄_t)‖²", .formula = "D²/(γt)² + σ²(t − 1)/t²",
	.source = "Polyak and Juditsky 1992, in finite time; proved in this file",
	.kind = RATE_EXPECTATION, .method = "sgd",
	NEEDS("convex", "L", "quadratic terms", "noise_additive", "noise2", "x_star", "no composite"), RANGE,
	.power = 1,
	.weight = equally, .bound = bound, .transient = transient, .measure = measure, SHARP_AND_CONTROL)

CLAIM(avg_law,
	.id = "avg-law", .chapter = "sampling-and-averaging", .title = "The mean square of an average of SGD",
	.statement = "one eigenvalue, q = 1 − γλ, K = T − b: E(x̄ − x*)² = [q^b(1 − q^K)(x_0 − x*)/(Kγλ)]² + "
	             "σ²/(Kλ)² [Σ_{m<K} (1 − q^m)² + (1 − q^K)²(1 − q^(2b))/(1 − q²)]",
	.quantity = "E(x̄ − x*)²", .formula = "the law", .source = OWN, .kind = RATE_IDENTITY,
	.params = RATE_ROWS(params_law),
	.evaluate = evaluate, .sharp = sharp_law, .control = control_law)
