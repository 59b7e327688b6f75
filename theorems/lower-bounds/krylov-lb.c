/*:
# The exact limits on quadratics

On a quadratic, $x_t\in x_0+\operatorname{span}(\nabla f(x_0),\dots,\nabla f(x_{t-1}))$ means $x_t-x_\star=p(H)(x_0-x_\star)$ with a polynomial $p$ of degree at most $t$ and $p(0)=1$. So the question
how fast a method can be is a question about polynomials, and Chebyshev has answered it.

**Theorem A** (convex). For $L,R>0$ and $N\ge0$ there are a convex quadratic $f$ with Hessian at most $L$ and a start at distance $R$ from the minimiser such that every method of this kind has
$$ f(x_N)-f_\star\;\ge\;\frac{LR^2}{2(2N+1)^2} . $$

**Theorem B** (strongly convex). For $0<\mu<L$, $R>0$ and $N\ge0$ there are a quadratic with spectrum in $[\mu,L]$ and a start at distance $R$ such that every method of this kind has, with
$q=\frac{\sqrt\kappa-1}{\sqrt\kappa+1}$, $\kappa=L/\mu$,
$$ \|x_N-x_\star\|\;\ge\;R\,\frac{2q^N}{1+q^{2N}} . $$

Both are attained, so they are what the best method can promise.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

FORMULA(bound_convex, t, L * D2 / (2 * (2 * t + 1) * (2 * t + 1)))

/* In squares: |x_N - x_star|^2 */
static double bound_strongly_convex(const rate_case *c, double t)
{
	LETTERS(c);
	double root = sqrt(L / mu), q = (root - 1) / (root + 1), qt = pow(q, t), r = 2 * qt / (1 + qt * qt);

	return r * r * D2;
}

/*:
## Proof

**B.** For $N=0$ it says $\|x_0-x_\star\|\ge R$. Let $N\ge1$. The eigenvalues are $N+1$ points $\lambda_0>\dots>\lambda_N$ of $[\mu,L]$ at which the Chebyshev polynomial $P(\lambda)=T_N\bigl(\frac{L+\mu-2\lambda}{L-\mu}\bigr)$ is $\pm1$ with alternating signs:
$\lambda_j=\frac{L+\mu}2+\frac{L-\mu}2\cos\frac{\pi j}N$. Lagrange's formula for the value at 0 of a polynomial $p$ of degree at most $N$ reads
$$ p(0)=\sum_j\ell_j\,p(\lambda_j),\qquad\ell_j=\prod_{i\ne j}\frac{\lambda_i}{\lambda_i-\lambda_j} , $$
and the signs of the $\ell_j$ alternate, too. So $P(0)=\sum_j\ell_jP(\lambda_j)=\pm\sum_j|\ell_j|$. Take $x_0-x_\star$ with squared coordinates $R^2|\ell_j|/\sum_i|\ell_i|$. For any admissible $p$, by Cauchy and Schwarz,
$$ 1=p(0)\le\sum_j|\ell_j|\,|p(\lambda_j)|\le\Bigl(\sum_j|\ell_j|\Bigr)^{1/2}\Bigl(\sum_j|\ell_j|\,p(\lambda_j)^2\Bigr)^{1/2}=\Bigl(\sum_j|\ell_j|\Bigr)\frac{\|x_N-x_\star\|}R . $$
Hence $\|x_N-x_\star\|\ge R/|P(0)|$, and $|P(0)|=T_N\bigl(\frac{L+\mu}{L-\mu}\bigr)=\frac{1+q^{2N}}{2q^N}$. As $|\ell_j|$ is proportional to $1/(\lambda_j\prod_{i\ne j}|\lambda_i-\lambda_j|)$, this is the start that the
objective uses.

**A.** Here $2(f(x_N)-f_\star)=\sum_j\lambda_jx_{0,j}^2p(\lambda_j)^2$, and what has to be small is $\sqrt\lambda\,|p(\lambda)|$. The polynomial
$p(\lambda)=\frac{(-1)^N\,T_{2N+1}(\sqrt{\lambda/L})}{(2N+1)\sqrt{\lambda/L}}$ has degree $N$, $p(0)=1$, and $\sqrt\lambda\,|p(\lambda)|=\frac{\sqrt L}{2N+1}$ with alternating signs at the $N+1$ points
$\lambda_j=L\cos^2\frac{\pi j}{2N+1}$. The same argument with the weights $|\ell_j|/\sqrt{\lambda_j}$: $x_{0,j}^2=R^2\frac{|\ell_j|}{\sqrt{\lambda_j}}\big/\sum_i\frac{|\ell_i|}{\sqrt{\lambda_i}}$ and
$$ 1\le\sum_j\frac{|\ell_j|}{\sqrt{\lambda_j}}\,\sqrt{\lambda_j}\,|p(\lambda_j)|\le\Bigl(\sum_j\frac{|\ell_j|}{\sqrt{\lambda_j}}\Bigr)\frac{\sqrt{2(f(x_N)-f_\star)}}R, $$
where the last sum is $\frac{2N+1}{\sqrt L}$, as one sees from the polynomial above. $\square$

## How sharp they are

Exactly. A is attained by conjugate gradients, which find the least $f$ in the span, and by gradient descent with $N$ different steps $\gamma_t=\frac1\lambda$, where $\lambda$ runs through the zeros
$L\cos^2\frac{(2t+1)\pi}{2(2N+1)}$ of the polynomial. B is attained by the Chebyshev semi-iteration (and by gradient descent with the zeros of $P$). On the function of A gradient descent with steps $\frac1L$
is $1.1$ to $3.6$ times above the bound, accelerated gradient $1.1$ to $1.9$ times.

Beyond $N=12$ some coordinates of the start are so small that rounding spoils conjugate gradients, which attain the bound in exact arithmetic: at $N=20$ they end at $1.0003$ of it.

## What is run

The functions for $N$ up to 12: A with gradient descent of those steps and with conjugate gradients, B with the Chebyshev semi-iteration; with `--method` any other method of this class.

## What must fail

$1.1$ times the bounds, which are attained.

## Exercises

1. Why do the $N+1$ eigenvalues not help a method that knows them?
2. Show that A for $N=0$ says $f(x_0)-f_\star\ge\frac L2R^2$, and find the function.
3. Compare A with the bound of gradient descent, $\frac{LR^2}{4N+2}$: by which factor are the best steps better?
4. ★ The order of the $N$ steps does not matter in exact arithmetic. Try $N=100$ on a quadratic whose eigenvectors are not the axes, with increasing, decreasing and shuffled
   steps. Why does the order not matter if they are the axes?
:*/

SHARP(sharp_convex,
	{ .objective = "krylov-worst:N=4", .note = "gradient descent with Chebyshev's steps, N = 4", .steps = 4,
	  .ratio = 1 },
	{ .objective = "krylov-worst:N=8", .note = "the same, N = 8", .steps = 8, .ratio = 1 },
	{ .objective = "krylov-worst:N=12", .note = "conjugate gradients, N = 12", .steps = 12, .ratio = 1,
	  .method = "cg" })
CONTROL(control_convex,
	{ .objective = "krylov-worst:N=8", .note = "1.1 times the bound, which is attained", .steps = 8,
	  .factor = 1.1 })
SHARP(sharp_strongly_convex,
	{ .objective = "krylov-worst:class=strongly-convex,N=4,kappa=10", .note = "N = 4", .steps = 4, .ratio = 1 },
	{ .objective = "krylov-worst:class=strongly-convex,N=12,kappa=100", .note = "N = 12", .steps = 12, .ratio = 1 },
	{ .objective = "krylov-worst:class=strongly-convex,N=8,kappa=100",
	  .note = "conjugate gradients have the least f, not the least distance", .steps = 8, .method = "cg" })
CONTROL(control_strongly_convex,
	{ .objective = "krylov-worst:class=strongly-convex,N=8,kappa=100",
	  .note = "1.1 times the (squared) bound, which is attained", .steps = 8, .factor = 1.1 })

/*: {.plumbing} :*/

static const char *admissible(const rate_case *c)
{
	return c->need[0] == (double)c->T ? NULL : "as many steps as the function is built for";
}

static void steps_convex(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		double zero = cos((double)(2 * t + 1) * M_PI / (2 * (2 * (double)c->T + 1)));
		out[0][t] = 1 / (L * zero * zero);
	}
}

/* Of the Chebyshev semi-iteration: the step, and the weights omega_t. */
static void steps_strongly_convex(const rate_case *c, double *const *out)
{
	LETTERS(c);
	double r = (L - mu) / (L + mu), omega = 2;

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = 2 / (L + mu);
		if (t)
			omega = 1 / (1 - r * r * omega / 4);
		out[1][t] = t ? omega : 1;
	}
}

CLAIM(krylov_lb_convex,
	.id = "krylov-lb-convex", .chapter = "lower-bounds",
	.title = "No method beats LR²/(2(2N+1)²) on convex quadratics",
	.statement = "for all N, L, R there is a convex quadratic, L-smooth, ‖x_0 − x*‖ = R: "
	             "f(x_N) − f* ≥ LR²/(2(2N+1)²) for every method with "
	             "x_t ∈ x_0 + span(∇f(x_0) … ∇f(x_{t−1}))",
	.quantity = "f(x_N) − f*", .formula = "LR²/(2(2N+1)²)",
	.source = "Nemirovsky, Information-based complexity of linear operator equations, J. Complexity 8 (1992), "
	          "153-175",
	.kind = RATE_LOWER_BOUND, .flags = RATE_LAST | RATE_ANY_METHOD | RATE_OWN_INSTANCES | RATE_OWN_START,
	.method = "gd",
	NEEDS("krylov_convex", "L", "x_star", "f_star", "one term"), .admissible = admissible, .steps = steps_convex,
	.bound = bound_convex, .measure = rate_measure_gap, .sharp = sharp_convex, .control = control_convex)

CLAIM(krylov_lb_sc,
	.id = "krylov-lb-sc", .chapter = "lower-bounds",
	.title = "No method beats 2q^N/(1+q^(2N)) on strongly convex quadratics",
	.statement = "for all N, 0 < μ < L, R there is a quadratic with spectrum in [μ, L], ‖x_0 − x*‖ = R: "
	             "‖x_N − x*‖ ≥ R 2q^N/(1+q^(2N)), "
	             "q = (√κ−1)/(√κ+1), for every method with x_t ∈ x_0 + span(∇f(x_0) … ∇f(x_{t−1}))",
	.quantity = "‖x_N − x*‖²", .formula = "(2q^N/(1 + q^(2N)))² R²",
	.source = "Nemirovsky, Information-based complexity of linear operator equations, J. Complexity 8 (1992), "
	          "153-175",
	.kind = RATE_LOWER_BOUND, .flags = RATE_LAST | RATE_ANY_METHOD | RATE_OWN_INSTANCES | RATE_OWN_START,
	.method = "chebyshev",
	NEEDS("krylov_sc", "L", "mu", "x_star", "one term"), .schedules = 2, .admissible = admissible,
	.steps = steps_strongly_convex,
	.bound = bound_strongly_convex, .measure = rate_measure_dist2, .sharp = sharp_strongly_convex,
	.control = control_strongly_convex)
