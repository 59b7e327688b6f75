/*:
# A learnt direction in a noisy matrix

A matrix of weights has learnt one direction and is full of noise otherwise. Where is its top eigenvalue?

**Theorem.** In the setting of page dyson let $M^\star=M_0=\lambda uu^\top$ with $\lambda>0$, $\|u\|=1$, $n\ge2$, $0<\gamma\alpha<2$. SGD with normal noise has $M_t=\lambda uu^\top+\sqrt{V_t}\,W$ in law. Let $V=V_t$ and $q=\frac{(n-1)V}2$. The excess $X_t=\lambda_1(M_t)-\langle u,M_tu\rangle\ge0$ has
$$ \mathbb EX_t=\mathbb E\lambda_1(M_t)-\lambda\;\le\;\frac q\lambda+\sqrt{\frac V\pi}\,\min\Bigl(1,\ \frac{2q}{\lambda^2}+e^{-\lambda^2/(16V)}\Bigr), $$
and if $\lambda^2<q$ also $\mathbb EX_t\le2\sqrt q+\sqrt{V/\pi}-\lambda$.

**Theorem (spiked-sgd-lower).** With $\chi$ the norm of a standard normal vector in $\mathbb R^{n-1}$
$$ \mathbb EX_t\;\ge\;\tfrac12\,\mathbb E\bigl(\sqrt{\lambda^2+2V\chi^2}-\lambda\bigr)\;\ge\;\frac q\lambda-\frac{n+1}{n-1}\,\frac{q^2}{\lambda^3} . $$

So the top eigenvalue is near $\lambda+\frac q\lambda$ as long as $\lambda>\sqrt q$, and near $2\sqrt q$, the edge of the noise, below that. There the direction is lost. As $V\sim\gamma$ over the batch, the boundary is at $\lambda\sim\sqrt{\gamma/B}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "matrix.h"

#include <stdlib.h>

static double bound(const rate_case *c, double t)
{
	double lambda = c->need[MATRIX_SPIKE], V = variance_at(c, c->param[gamma_], t),
	       q = (c->need[MATRIX_N] - 1) * V / 2, square = lambda * lambda,
	       spiked = q / lambda + sqrt(V / M_PI) * fmin(1, 2 * q / square + exp(-square / (16 * V)));

	return square < q ? fmin(spiked, 2 * sqrt(q) + sqrt(V / M_PI) - lambda) : spiked;
}

/*:
## Proof

*Comparison.* $W$ has $\operatorname{Cov}(\langle x,Wx\rangle,\langle y,Wy\rangle)=\langle x,y\rangle^2$. As $\langle x,Mx\rangle$ is even, $\lambda_1(M)$ is the maximum of $A_x=\lambda\langle u,x\rangle^2+\sqrt V\langle x,Wx\rangle$ over unit vectors with $\langle u,x\rangle\ge0$. Let $B_x=\lambda\langle u,x\rangle^2+\sqrt{2V}\langle g,x\rangle$ with a standard normal $g$. The means agree, and
$$ \operatorname{Var}(A_x-A_y)=2V(1-\langle x,y\rangle^2)\le4V(1-\langle x,y\rangle)=\operatorname{Var}(B_x-B_y). $$
By the inequality of Sudakov and Fernique $\mathbb E\max A\le\mathbb E\max B$.

*The maximum of $B$.* With $a=\sqrt{2V}\langle g,u\rangle$ and $b=\sqrt{2V}$ times the length of the rest of $g$, which are independent,
$$ \max B=\max_{0\le s\le1}\ \lambda(1-s^2)+a\sqrt{1-s^2}+bs . $$

(A) $a\sqrt{1-s^2}\le a_+$ and $bs-\lambda s^2\le\frac{b^2}{4\lambda}$: $\max B\le\lambda+a_++\frac{b^2}{4\lambda}$. With $\mathbb Ea_+=\sqrt{V/\pi}$ and $\mathbb Eb^2=2V(n-1)$ this is $\lambda+\frac q\lambda+\sqrt{V/\pi}$.

(B) For $-\frac\lambda2\le a<0$ use $\sqrt{1-s^2}\ge1-s^2$: $\max B\le\lambda+a+\max_s\bigl(bs-(\lambda-|a|)s^2\bigr)\le\lambda+a+\frac{b^2}{4\lambda}\bigl(1+\frac{2|a|}\lambda\bigr)$, as $\frac\lambda{\lambda-|a|}\le1+\frac{2|a|}\lambda$ for $|a|\le\frac\lambda2$. For $a\ge0$ and for $a<-\frac\lambda2$ take (A), that is $\lambda+a+\frac{b^2}{4\lambda}$ and $\lambda+a+|a|+\frac{b^2}{4\lambda}$. Now $\mathbb Ea=0$, $\mathbb E|a|1_{a<0}=\sqrt{V/\pi}$, $\mathbb E|a|1_{a<-\lambda/2}=\sqrt{V/\pi}\,e^{-\lambda^2/(16V)}$: together $\lambda+\frac q\lambda\bigl(1+\frac2\lambda\sqrt{V/\pi}\bigr)+\sqrt{V/\pi}\,e^{-\lambda^2/(16V)}$.

*Noise phase.* $\lambda_1$ does not decrease with $\lambda$, as $uu^\top\succeq0$; so for $\lambda<\sqrt q$ the bound (A) at $\sqrt q$ holds for $\lambda_1$. Subtract $\mathbb E\langle u,M_tu\rangle=\lambda$. $\square$

*From below.* Let $v$ be the direction of the part of $Wu$ across $u$. It does not depend on the block of $W$ across $u$, and $\langle u,Wv\rangle=\chi/\sqrt2$. For $x=\sqrt{1-w^2}\,u+wv$, given $\chi$ and $v$, the mean of $\langle x,Mx\rangle$ is
$$ \lambda(1-w^2)+2w\sqrt{1-w^2}\,\sqrt{V/2}\,\chi, $$
since $\langle u,Wu\rangle$ and $\langle v,Wv\rangle$ have the mean 0. The best $w$ for this $\chi$ makes it the top eigenvalue of the matrix with the diagonal $\lambda,0$ and $\sqrt{V/2}\,\chi$ beside it, $\frac12\bigl(\lambda+\sqrt{\lambda^2+2V\chi^2}\bigr)$. At last $\sqrt{1+y}\ge1+\frac y2-\frac{y^2}8$, $\mathbb E\chi^2=n-1$, $\mathbb E\chi^4=n^2-1$. $\square$

## How sharp it is

At $n=20$, $\lambda=2$, $q=\frac14$ the mean excess is $0.1256$, $0.92$ of the bound; at $n=100$ it is $0.95$ of it. In the noise phase the bound loses more. The lower end there is $0.1175$. For $n=2$ the excess is an integral in the plane, and the lower end is $0.9998$ of it at $\lambda=100\sqrt V$, $0.61$ at $\lambda=\sqrt V$.

## What is run

SGD on `matrix-teacher` with Gaussian noise, with $\gamma\alpha=1$, so that every step draws $V_t=V$ afresh. The claim is on the excess, which is not negative; judged from samples. A lower end cannot be judged so: it is tested for $n=2$, where $\lambda_1=\frac12(\operatorname{tr}M+\text{gap})$ and both sides are integrals.

## What must fail

Half of $q$. The bound in the noise phase at half of its value. From below, $1.1$ of the lower end, and $\frac q\lambda$ without its correction where the spike is lost, $\lambda=\frac12\sqrt V$.

## Exercises

1. Show that $\mathbb E\lambda_1(M_t)\ge\lambda$, without any computation.
2. $\omega^2=\frac{s^2}B$ for batches of $B$: when is the spike lost?
3. How large is the component of the top eigenvector along $u$, about, as long as $\lambda\gg\sqrt q$?
:*/

#define TWENTY "matrix-teacher:n=20,spike=2+gaussian-noise:sigma=2.3508"
SHARP(sharp,
	{ .objective = TWENTY, .parameters = "gamma=1", .note = "20 x 20, lambda = 2, q = 1/4", .steps = 1,
	  .ratio = 0.92 },
	{ .objective = "matrix-teacher:n=10,spike=0.05+gaussian-noise:sigma=1", .parameters = "gamma=1", .steps = 2,
	  .note = "the noise phase" },
	{ .objective = "matrix-teacher:n=4,spike=3,alpha=2+gaussian-noise:sigma=0.5", .parameters = "gamma=0.3",
	  .note = "small noise, eight steps", .steps = 8 })
CONTROL(control,
	{ .objective = "matrix-teacher:n=10,spike=2+gaussian-noise:sigma=1.7481", .parameters = "gamma=1",
	  .note = "half of q", .steps = 1, .factor = 0.5 },
	{ .objective = "matrix-teacher:n=10,spike=0.05+gaussian-noise:sigma=1", .parameters = "gamma=1", .steps = 2,
	  .note = "half of the bound in the noise phase", .factor = 0.5 })

/* ---- From below, n = 2, V = 1: integrals by Simpson's rule over radii and the midpoint rule over angles ---- */

enum { spike_, crude_ };
enum { RADII = 120, ANGLES = 40 };

static double simpson(int k)
{
	return (k == 0 || k == RADII ? 1 : k % 2 ? 4 : 2) * (12.0 / RADII) / 3;
}

/* E X = E(gap - lambda)/2. With a = lambda + s r cos, gap^2 = a^2 + (s r sin)^2; the mean of s r cos is 0. */
static double excess(double lambda)
{
	double sum = 0, s = sqrt(2);

	for (int k = 0; k <= RADII; k++) {
		double r = 12.0 * k / RADII, inner = 0;

		for (int j = 0; j < ANGLES; j++) {
			double angle = M_PI * (j + 0.5) / ANGLES, a = lambda + s * r * cos(angle),
			       b = s * r * sin(angle), gap = hypot(a, b);

			inner += (a > 0 ? b * b / (gap + a) : gap - a) / ANGLES;
		}
		sum += simpson(k) * r * exp(-r * r / 2) * inner;
	}
	return sum / 2;
}

static int evaluate_lower(const rate_point *p, double *left, double *right, double *s)
{
	double lambda = p->c->param[spike_], sum = 0;

	for (int k = 0; k <= RADII; k++) {
		double r = 12.0 * k / RADII, root = sqrt(lambda * lambda + 2 * r * r);

		sum += simpson(k) * sqrt(2 / M_PI) * exp(-r * r / 2) * 2 * r * r / (root + lambda);
	}
	*left = excess(lambda);
	*right = p->c->param[crude_] > 0 ? 1 / (2 * lambda) : sum / 2;
	*s = *left * RADII;
	return RATE_OK;
}

SHARP(sharp_lower, { .parameters = "lambda=100,crude=0", .note = "lambda = 100 sqrt V", .ratio = 0.9998 },
	{ .parameters = "lambda=1,crude=0", .note = "lambda = sqrt V" })
CONTROL(control_lower, { .parameters = "lambda=10,crude=0", .note = "1.1 of the lower end", .factor = 1.1 },
	{ .parameters = "lambda=0.5,crude=1", .note = "q/lambda where the spike is lost" })

/*: {.plumbing} :*/
static const rate_param params_lower[] = {
	[spike_] = { "lambda", RATE_REAL, "3", 0.3, 100, NULL, "the spike, in units of sqrt V" },
	[crude_] = { "crude", RATE_INTEGER, "0", 0, 0, NULL, "1: claim q/lambda" },
};

static const char *admissible_lower(const rate_case *c)
{
	return c->param[crude_] == 0 ? NULL : "crude = 0";
}

static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2/alpha") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, gamma > 0 && gamma * L < 2, "0 < gamma < 2/alpha")

static const char *applies(const rate_case *c)
{
	if (!(c->need[MATRIX_SPIKE] > 0) || c->need[MATRIX_N] < 2 || c->need[MATRIX_N] > 128)
		return "stated for a spike > 0 and 2 <= n <= 128";
	for (size_t j = 0; j < c->d; j++)
		if (c->x0[j] != c->x_star[j])
			return "stated for a start at the minimiser";
	return normal_noise(c);
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	size_t n = (size_t)v->c->need[MATRIX_N];
	double *M = malloc((n * n + 2 * n + 1) * sizeof *M);

	(void)b;
	if (!M)
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *x = v->state[0] + r * v->run->ld;
		double square = 0;

		for (size_t j = 0; j < v->run->d; j++)
			square += x[j] * x[j];
		matrix_of(n, x, M);
		q[r] = top_eigenvalue(n, M, M + n * n) - x[0];
		s[r] = (double)n * sqrt(square);
	}
	free(M);
	return RATE_OK;
}

CLAIM(spiked_sgd,
	.id = "spiked-sgd", .chapter = "solvable-models", .title = "A learnt direction in a noisy matrix",
	.statement = "M_t = λuuᵀ + √V W, W isometric normal, q = (n − 1)V/2: E λ_1(M_t) − λ ≤ q/λ + "
	             "√(V/π) min(1, 2q/λ² + e^(−λ²/(16V)))",
	.quantity = "E(λ_1(M_t) − ⟨u, M_t u⟩)", .formula = "q/λ + √(V/π) min(1, 2q/λ² + e^(−λ²/(16V)))",
	.source = "compare Granziol, Zohren and Roberts, Learning rates as a function of batch size: a random matrix "
	          "theory approach to neural network training, JMLR 2022, and Park, Lucini and Aarts, Phase diagram "
	          "and eigenvalue dynamics, 2025; for finite n proved in this file",
	.kind = RATE_EXPECTATION, .method = "sgd:batch=1", .flags = RATE_OWN_INSTANCES, NEEDS(NEEDS_OF_MATRICES), RANGE,
	.applies = applies, .bound = bound, .measure = measure, SHARP_AND_CONTROL)

CLAIM(spiked_sgd_lower,
	.id = "spiked-sgd-lower", .chapter = "solvable-models",
	.title = "A learnt direction in a noisy matrix, from below",
	.statement = "as for spiked-sgd: E λ_1(M_t) − λ ≥ E(√(λ² + 2Vχ²) − λ)/2, χ the norm of a normal "
	             "vector in n − 1 dimensions; tested for n = 2",
	.quantity = "E(λ_1(M_t) − ⟨u, M_t u⟩)", .formula = "E(√(λ² + 2Vχ²) − λ)/2",
	.source = "proved in this file", .kind = RATE_LOWER_BOUND, .params = RATE_ROWS(params_lower),
	.admissible = admissible_lower,
	.evaluate = evaluate_lower, .sharp = sharp_lower, .control = control_lower)
