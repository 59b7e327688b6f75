/*:
# The Chebyshev semi-iteration

If the interval $[\mu,L]$ of the spectrum is known, the momentum may change from step to step. With $r=\frac{L-\mu}{L+\mu}$ and $\gamma=\frac2{L+\mu}$ let
$$ x_1=x_0-\gamma\nabla f(x_0),\qquad x_{t+1}=x_{t-1}+\omega_{t+1}\bigl(x_t-\gamma\nabla f(x_t)-x_{t-1}\bigr), $$
$\omega_2=\frac1{1-r^2/2}$, $\omega_{t+1}=\frac1{1-r^2\omega_t/4}$.

**Theorem.** Let $f(x)=f_\star+\frac12\langle x-x_\star,A(x-x_\star)\rangle$, $\mu I\preceq A\preceq LI$, $0<\mu<L$, $q=\frac{\sqrt\kappa-1}{\sqrt\kappa+1}$, $\kappa=L/\mu$. Then for every $t$
$$ \|x_t-x_\star\|\;\le\;\frac{2q^t}{1+q^{2t}}\,\|x_0-x_\star\|, $$
and this is exactly the largest value of the error polynomial of the method on $[\mu,L]$. No other polynomial of degree $t$ that is 1 at 0 has a smaller one.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quadratics.h"

enum { MU };

static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double q = best_rate(L, c->param[MU]), r = 2 * pow(q, t) / (1 + pow(q, 2 * t));

	return r * r * D2;
}

/*:
(The square, as squared distances are measured. The parameter `mu` may be anything in $(0,\mu]$.)

## Proof

Along an eigenvector with eigenvalue $\lambda$ write $a=\frac{1-\gamma\lambda}r=\frac{L+\mu-2\lambda}{L-\mu}\in[-1,1]$, so that a step of gradient descent multiplies by $ra$. Put
$p_t(\lambda)=\frac{T_t(a)}{T_t(1/r)}$ with the Chebyshev polynomial $T_t$; $p_t(0)=1$ since $\lambda=0$ is $a=1/r$. From $T_{t+1}(z)=2zT_t(z)-T_{t-1}(z)$ at $z=a$ and $z=1/r$,
$$ p_{t+1}=\omega_{t+1}\,ra\,p_t+(1-\omega_{t+1})\,p_{t-1},\qquad \omega_{t+1}=\frac{2\,T_t(1/r)}{r\,T_{t+1}(1/r)}, $$
which is the recursion of the method; and $\frac1{\omega_{t+1}}=1-\frac{r\,T_{t-1}(1/r)}{2\,T_t(1/r)}=1-\frac{r^2\omega_t}4$ with $\omega_1=2$ here, which gives $\omega_2=\frac1{1-r^2/2}$. So
$x_t-x_\star=p_t(A)(x_0-x_\star)$, and $|p_t|\le\frac1{T_t(1/r)}$ on $[\mu,L]$ as $|T_t|\le1$ on $[-1,1]$, with equality at both ends. Finally
$\frac1r=\frac12(q+q^{-1})$, hence $T_t(1/r)=\frac12(q^t+q^{-t})$. $\square$

*Why no polynomial does better:* $p_t$ takes its largest modulus with alternating signs at $t+1$ points of $[\mu,L]$. A better one would differ from it by a polynomial of
degree $t$ with a root between each two of these points and one at 0: $t+1$ roots.

## How sharp it is

Attained at every $t$ if $x_0-x_\star$ has parts along the ends of the spectrum only.

## What is run

The semi-iteration on every quadratic with $\mu<L$. Sharp: spectra of two points.

## What must fail

$0.9$ of the bound; gradient descent with the same step $\frac2{L+\mu}$, whose factor is $r$ and not $q$.

## Exercises

1. ★ Show that $\omega_t\to1+q^2$ and recognise the heavy ball with the best $\gamma$ and $\beta$.
2. How many times smaller is $\frac{2q^t}{1+q^{2t}}$ than the bound $\beta^{t/2}(1+t(1+\sqrt\beta))$ of the heavy ball, at $\sqrt\beta=q$, $\kappa=100$ and $t=1$, 10, 100?
3. *Compute.* What happens if $\mu$ is overestimated, say by a factor 2 at $\kappa=10$? (The program lets you: `--beyond`.)
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=2,kappa=10,spectrum=two-point",
	  .note = "eigenvalues at both ends: equality at every t", .steps = 64, .ratio = 1 },
	{ .objective = "quadratic:d=10,kappa=1e4,spectrum=two-point", .note = "the same, ill-conditioned", .steps = 512,
	  .ratio = 1 })
CONTROL(control,
	{ .objective = "quadratic:d=2,kappa=10,spectrum=two-point", .note = "0.9 of the bound, which is attained",
	  .steps = 64, .factor = 0.9 },
	{ .objective = "quadratic:d=2,kappa=10,spectrum=two-point",
	  .note = "gradient descent with the same step is slower", .steps = 64, .method = "gd" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[MU] = { "mu", RATE_REAL, "auto", 0, 0, NULL, "lower end of the interval, 0 < mu <= the constant mu" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[MU] = fraction * mu;
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (!(c->param[MU] < L * (1 - 1e-9)))
		return "mu < L (where they are equal, one step is enough)";
	return AT_MOST(c->param[MU], mu) ? NULL : "0 < mu <= the constant mu";
}

static void steps(const rate_case *c, double *const *out)
{
	const double L = c->L;
	double mu = c->param[MU], r = (L - mu) / (L + mu), omega = 2;

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = 2 / (L + mu);
		if (t)
			omega = 1 / (1 - r * r * omega / 4);
		out[1][t] = t ? omega : 1;
	}
}

static double factor(const rate_case *c)
{
	LETTERS(c);
	double q = best_rate(L, c->param[MU]);

	return q * q;
}

CLAIM(cheb_semi_iteration,
	.id = "cheb-semi-iteration", .chapter = "heavy-ball", .title = "Chebyshev semi-iteration on quadratics",
	.statement = "f quadratic with spectrum in [μ, L]: ‖x_t − x*‖ ≤ 2q^t/(1 + q^(2t)) ‖x_0 − x*‖, "
	             "q = (√κ−1)/(√κ+1), and no polynomial "
	             "method does better on all of [μ, L]",
	.quantity = "‖x_t − x*‖²", .formula = "(2q^t/(1 + q^(2t)))² D²",
	.source = "Flanders and Shortley 1950, Golub and Varga 1961",
	.kind = RATE_DETERMINISTIC, .method = "chebyshev", NEEDS(NEEDS_OF_QUADRATICS), RANGE, .schedules = 2,
	.applies = quadratic_only, .steps = steps, .bound = bound, .transient = bound, .factor = factor,
	.measure = rate_measure_dist2, SHARP_AND_CONTROL)
