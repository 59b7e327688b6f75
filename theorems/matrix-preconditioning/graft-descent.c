/*:
# Grafting

A preconditioner knows directions and is bad at lengths; the step of gradient descent has been tuned for years. *Grafting* takes the length of the one and the direction of the other. How much can the direction spoil?

**Theorem.** Let $f$ be $L$-smooth and bounded below, $g_t=\nabla f(x_t)$, and let $P_t$ be symmetric positive definite with condition number $\kappa_t$. For
$$ x_{t+1}=x_t-\gamma\,\|g_t\|\,\frac{P_tg_t}{\|P_tg_t\|},\qquad\gamma>0,\qquad c_t=\frac{2\sqrt{\kappa_t}}{1+\kappa_t}, $$
(no move where $g_t=0$) and every $T$
$$ f(x_T)-f_\star+\sum_{t<T}\gamma\Bigl(c_t-\frac{L\gamma}2\Bigr)\|g_t\|^2\;\le\;f(x_0)-f_\star . $$

It is useful for $\gamma<\frac2L\min c_t$: gradient descent with a direction that is off by an angle whose cosine is at least $c_t$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(adagrad) P(ratio) P(eps)
#include <stdlib.h>

#include "../common.h"

/* The weight of |g_t|^2, for a condition number kappa. */
static double weight(const rate_case *c, double kappa)
{
	LETTERS(c);
	return gamma * (2 * sqrt(kappa) / (1 + kappa) - L * gamma / 2);
}

/*:
## Proof

*The angle.* We show $\langle g,Pg\rangle\ge c\,\|g\|\|Pg\|$ (Kantorovich). Let the eigenvalues of $P$ be in $[a,b]$, $\kappa=\frac ba$. Then $(P-aI)(bI-P)\succeq0$, so $(a+b)\langle g,Pg\rangle\ge\|Pg\|^2+ab\|g\|^2\ge2\sqrt{ab}\,\|Pg\|\|g\|$. Divide by $a+b$.

*The descent.* The step has length $\gamma\|g_t\|$, and by smoothness (lem-descent)
$$ f(x_{t+1})\le f(x_t)-\gamma\|g_t\|\frac{\langle g_t,P_tg_t\rangle}{\|P_tg_t\|}+\frac L2\gamma^2\|g_t\|^2\le f(x_t)-\gamma\Bigl(c_t-\frac{L\gamma}2\Bigr)\|g_t\|^2 . $$
Sum over $t<T$. $\square$

For Shampoo's $P=L^{-1/4}\otimes R^{-1/4}$ the condition number is $(\kappa(L)\kappa(R))^{1/4}$: the fourth root is what makes such a bound worth something.

## How sharp it is

Exactly, for any condition number: $\frac12\|x\|^2$ from $(3,1)$ with $P=\mathrm{diag}(1,9)$. There $c=0.6$, and $\gamma=c$ makes equalities of all three steps of the proof.

## What is run

Grafted diagonal AdaGrad, $P_t=\mathrm{diag}((\varepsilon+S_t)^{-1/2})$ with $S_t$ the sum of squares, and fixed $P$, on every smooth function; $\kappa_t$ is read off the run. Terms of the sum that are negative are put on the right side before the two are compared.

## What must fail

$0.9$ of the bound in the case of equality.

## Exercises

1. Which $\gamma$ is best for a given $c$? What is the decrease?
2. For which $g$ is Kantorovich's inequality an equality?
:*/

SHARP(sharp,
	{ .objective = "diagonal:lambda=1/1,start=3/1", .parameters = "gamma=0.6,adagrad=0,ratio=9",
	  .note = "P = diag(1, 9)",
	  .steps = 1, .ratio = 1 },
	{ .objective = "diagonal:lambda=1/1,start=100/1", .parameters = "gamma=0.01999800019998,adagrad=0,ratio=1e4",
	  .note = "P = diag(1, 10^4)", .steps = 1, .ratio = 1 })
CONTROL(control,
	{ .objective = "diagonal:lambda=1/1,start=3/1", .parameters = "gamma=0.6,adagrad=0,ratio=9",
	  .note = "0.9 of the bound",
	  .steps = 1, .factor = 0.9 })

/*: {.plumbing} :*/
enum { LEFT, RIGHT, PENDING, KEPT }; /* sums of positive and of negative terms; the last |g|^2, whose P is not known
                                        yet */

/* The sums with the step that led here. */
static int settle(const rate_view *v, size_t r, double *left, double *right)
{
	const double *kept = v->acc + r * KEPT, *P;
	double least = INFINITY, most = 0, term;

	*left = kept[LEFT];
	*right = kept[RIGHT];
	if (v->t == 0)
		return RATE_OK;
	if (v->find(v, "P", &P))
		return (v->run->call->fail)(v->run, "the method has no preconditioner P");
	for (size_t j = 0; j < v->run->d; j++) {
		least = fmin(least, P[r * v->run->ld + j]);
		most = fmax(most, P[r * v->run->ld + j]);
	}
	term = kept[PENDING] * weight(v->c, most / least);
	*(term > 0 ? left : right) += fabs(term);
	return RATE_OK;
}

static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *g2 = malloc(2 * nrep * sizeof *g2);
	int failed = !g2 || rate_grad2_of(v, v->state[0], g2, g2 + nrep);

	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r), left, right;

		failed = settle(v, r, &left, &right);
		kept[LEFT] = left;
		kept[RIGHT] = right;
		kept[PENDING] = g2[r];
	}
	free(g2);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	if (rate_gap_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double left, right;

		if (settle(v, r, &left, &right))
			return RATE_FAIL;
		q[r] += left;
		s[r] += left + right + fabs(v->c->f_star);
		b[r] = v->c->d0 + right;
	}
	return RATE_OK;
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(applies, L > 0, "L = 0: f is linear")
MUST(admissible, gamma > 0 && ratio > 0 && eps > 0, "gamma > 0, ratio > 0, eps > 0")
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("any gamma > 0"),
	[adagrad_] = { "adagrad", RATE_INTEGER, "1", 0, 1, NULL, "1: P = diag((eps + S)^(-1/2)); 0: P is fixed" },
	[ratio_] = { "ratio", RATE_REAL, "9", 1e-12, 1e12, NULL, "fixed P: its entries go from 1 to this" },
	[eps_] = { "eps", RATE_REAL, "1", 1e-12, 1e12, NULL, "of AdaGrad" },
};

CLAIM(graft_descent,
	.id = "graft-descent", .chapter = "matrix-preconditioning", .title = "Grafted preconditioners",
	.statement = "f L-smooth, P_t of condition κ_t, c_t = 2√κ_t/(1 + κ_t), steps γ‖g‖ Pg/‖Pg‖: "
	             "f(x_T) − f* + Σ_{t<T} "
	             "γ(c_t − Lγ/2)‖g_t‖² ≤ f(x_0) − f*",
	.quantity = "f(x_t) − f* + Σ γ(c_s − Lγ/2)‖g_s‖²", .formula = "f(x_0) − f*",
	.source = "grafting: Anil, Gupta, Koren, Regan and Singer, Scalable Second Order Optimization for Deep "
	          "Learning, "
	          "2020; the bound is proved in this file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "graft", NEEDS("L", "f_star", "no composite"),
	RANGE,
	.applies = applies, .accumulators = KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
