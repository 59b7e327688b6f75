/*:
# The best polynomial is found by minimising over a Krylov space

No spectrum has to be known to use it: exact minimisation over $x+\operatorname{span}\{g,Hg,\dots,H^rg\}$ finds a polynomial that is at least as good as any that one could have designed.

**Theorem.** Let $f$ be quadratic with Hessian $H$, let $l_1\ge\dots\ge l_n$ be its positive eigenvalues, and $0\le r\le n-1$. Conjugate gradients, started anew every $r+1$ steps, have after $c=\lfloor t/(r+1)\rfloor$ cycles
$$ f(x_t)-f_\star\;\le\;q^{2c}\,(f(x_0)-f_\star),\qquad q=\min\Bigl\{\frac{l_{r+1}-l_n}{l_{r+1}+l_n},\;\frac{\kappa_r-1}{\kappa_r+1}\Bigr\}, $$
with $\kappa_r$ of `poly-condition`. For $r=0$ this is Kantorovich's bound for steepest descent with exact line search.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(restart)
#include "metric.h"

/* q of cycles of r + 1 steps, for n positive eigenvalues, ascending. These carry rounding errors relative to the
 * largest, and so does every step: where q is not well above them a cycle in rounded numbers is no exact
 * minimisation, and nothing is judged. */
static double worst(size_t n, const double *l, size_t r)
{
	double next = l[n - 1 - r], kappa = kappa_of(n, l, r);

	double q = fmin((next - l[0]) / (next + l[0]), (kappa - 1) / (kappa + 1));

	return q > 0x1p-36 * l[n - 1] / l[0] ? q : INFINITY;
}

/*:
## Proof

A cycle ends at the least $f$ over $x+\operatorname{span}\{g,\dots,H^rg\}$, so it is at least as good as $x-p(H)g$ for every polynomial $p$ of degree $r$. In an eigenbasis the error of that point is the error of $x$ times $Q(l_i)$, $Q(l)=1-l\,p(l)$: any polynomial of
degree $r+1$ with $Q(0)=1$. As $f-f_\star=\frac12\sum l_ie_i^2$, the gap is multiplied by at most $\max_iQ(l_i)^2$. Within a cycle $f$ does not rise.

*First $q$.* $Q(l)=\bigl(1-\frac{2l}{l_{r+1}+l_n}\bigr)\prod_{i\le r}(1-\frac l{l_i})$ vanishes at $l_1,\dots,l_r$. On $[l_n,l_{r+1}]$ the product lies in $[0,1]$ and the bracket is at most $\frac{l_{r+1}-l_n}{l_{r+1}+l_n}$ in size.

*Second $q$.* $Q(l)=1-\frac2{\alpha+\beta}\,l\,\pi(l)$ with $\pi$ the polynomial of $P_r$ and $\alpha$, $\beta$ the extreme eigenvalues of $HP_r$, $\beta=\kappa_r\alpha$. $\square$

## How sharp it is

$r=0$: attained at every $t$ from $x_0=(\frac14,1)$ with the eigenvalues $(4,1)$, the zig-zag of steepest descent. With one outlier more, $(10^4,4,1)$, the start $(10^{-3},\frac14,1)$ and $r=1$, the ratio after the first cycle is $0.992$: the outlier is paid for, not
ignored.

## What is run

`cg` with restarts on quadratics and least squares whose positive eigenvalues lie within a factor of $10^8$; beyond it a cycle in rounded numbers is no exact minimisation.

## What must fail

$0.9$ of the bound, and $q^{4c}$: twice the exponent. A step of gradient descent is no cycle.

## Exercises

1. $H$ has one outlier and the rest of the spectrum in $[1,4]$. After how many steps a cycle does the rate forget the outlier?
2. Which of the two terms of $q$ is smaller for $l=(4,3.9,1)$, $r=1$, and which for $(10^4,4,1)$?
:*/

#define ZIG_ZAG "quadratic:d=2,L=4,kappa=4,rotation=0,along=steepest"
SHARP(sharp,
	{ .objective = ZIG_ZAG, .parameters = "restart=1", .note = "steepest descent from its worst start", .steps = 16,
	  .ratio = 1 },
	{ .objective = "least-squares:n=40,d=20,rank=8", .parameters = "restart=3", .note = "least squares of low rank",
	  .steps = 24 },
	{ .objective = "quadratic:d=20,kappa=100", .parameters = "restart=4", .note = "four steps a cycle",
	  .steps = 64 })
CONTROL(control,
	{ .objective = ZIG_ZAG, .parameters = "restart=1", .note = "0.9 of the bound", .steps = 16, .factor = 0.9 },
	{ .objective = ZIG_ZAG, .parameters = "restart=1", .note = "gradient descent instead of a cycle", .steps = 16,
	  .method = "gd" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[restart_] = { "restart", RATE_INTEGER, "auto", 1, 64, NULL,
	               "steps of a cycle, r + 1, below the rank of the Hessian" },
};
enum { L_B, MU_B, MOST, LEAST, RANK };

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double l[LARGEST];
	size_t n = positive_spectrum(v->run, l), steps = (size_t)v->c->param[restart_];

	if (n < steps)
		return n ? (v->run->call->fail)(v->run, "restart = %zu: the Hessian has rank %zu", steps, n)
		         : RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = pow(worst(n, l, steps - 1), 2 * (double)(v->t / steps)) * v->c->d0;
	return rate_gap_of(v, v->state[0], q, s);
}

static const char *applies(const rate_case *c)
{
	if (fabs(c->need[L_B] - c->need[MU_B]) > 1e-12 * c->need[L_B])
		return "f is not known to be a quadratic";
	if (!(c->need[MOST] <= 1e8 * c->need[LEAST]))
		return "the positive eigenvalues are more than a factor of 1e8 apart";
	return c->need[RANK] > 1 ? NULL : "one step leads to the minimiser";
}

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)fraction;
	param[restart_] = fmin(3, c->need[RANK] - 1);
}

MUST(admissible, restart < c->need[RANK], "restart below the rank: a cycle of that many steps ends at the minimiser")

CLAIM(krylov_restart,
	.id = "krylov-restart", .chapter = "preconditioning", .title = "Restarted conjugate gradients",
	.statement = "f quadratic, cycles of r + 1 conjugate gradient steps, c = ⌊t/(r+1)⌋: "
	             "f(x_t) − f* ≤ q^(2c) (f(x_0) − f*), "
	             "q = min{(l_{r+1} − l_n)/(l_{r+1} + l_n), (κ_r − 1)/(κ_r + 1)}",
	.quantity = "f(x_t) − f*", .formula = "q^(2c) d_0",
	.source = "the adaptive form of Doikov and Rodomanov, arXiv:2301.13194; Luenberger 1973; proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "cg",
	NEEDS("L_metric", "mu_metric", "metric_most", "metric_least", "metric_rank", "f_star"), RANGE,
	.applies = applies, .measure = measure, SHARP_AND_CONTROL)
