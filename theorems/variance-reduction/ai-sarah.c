/*:
# The implicit step: SARAH without a step size

AI-SARAH lets each step find its own length: it takes the one that makes the next estimate as small as the drawn term allows. On quadratic terms that length has a closed form. How fast does the estimate shrink, with nothing to tune?

**Theorem.** Let every $f_i$ be quadratic with Hessian $H_i$, $\mu I\preceq H_i\preceq LI$, $\mu>0$, $\kappa=\frac L\mu$. Let $v_0=\nabla f(x_0)$ and, with a random term $i$ at every step,
$$ y=\nabla f_i(x_t)-\nabla f_i(x_t-v_t),\quad a_t=\frac{\langle v_t,y\rangle}{\|y\|^2},\quad x_{t+1}=x_t-a_tv_t,\quad v_{t+1}=v_t+\nabla f_i(x_{t+1})-\nabla f_i(x_t) $$
($a_t=0$ if $y=0$). Then on every path and for every $t\ge1$
$$ \|v_t\|^2\;\le\;\Bigl(\frac{\kappa-1}{\kappa+1}\Bigr)^{2t}\|\nabla f(x_0)\|^2, $$
and $\frac1L\le a_t\le\frac1\mu$ as long as $v_t\ne0$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "running.h"

enum { MU_MIN };

static double bound(const rate_case *c, double t)
{
	double L = c->L_max, least = c->need[MU_MIN];

	return decay(2 * least / (L + least), 2 * t) * c->g02;
}

/*:
## Proof

$y=H_iv_t$, so $v_{t+1}=v_t-a_tH_iv_t$, and $a_t$ is the number that makes $\|v_t-aH_iv_t\|$ least. Any other does no better: with $a=\frac2{\mu+L}$,
$$ \|v_{t+1}\|\le\|v_t-\tfrac2{\mu+L}H_iv_t\|\le\frac{L-\mu}{L+\mu}\|v_t\|, $$
as the eigenvalues of $I-\frac2{\mu+L}H_i$ lie in $\pm\frac{L-\mu}{L+\mu}$. And with $u=H_i^{1/2}v_t$, $a_t=\frac{\|u\|^2}{\langle u,H_iu\rangle}\in[\frac1L,\frac1\mu]$. $\square$

## How sharp it is

Attained at every $t$, for $n=1$ and $H=\operatorname{diag}(\mu,L)$ from $v_0=(\mu^{-1/2},L^{-1/2})$: then $\langle v,Hv\rangle=2$ and $\|Hv\|^2=\mu+L$, so $a=\frac2{\mu+L}$, and $v_1$ is $\frac{\kappa-1}{\kappa+1}$ times
$(\mu^{-1/2},-L^{-1/2})$, from where the same happens again. It is Kantorovich's worst vector for steepest descent.

## What is run

The method on quadratics and sums of quadratic terms; the host looks whether the gradients of the terms are affine.

## What must fail

The bound for half the condition number. SARAH with the fixed step $\frac1L$, which on the eigenvector of $\mu$ shrinks by $1-\frac1\kappa$ only.

## Exercises

1. Show that $a_t$ is the Barzilai-Borwein step $\frac{\langle s,y\rangle}{\langle y,y\rangle}$ of the pair $s=x_t-(x_t-v_t)$ and $y$.
2. Why does $v_t\to0$ not give $\nabla f(x_t)\to0$?
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=2,kappa=10,rotation=0,along=both", .note = "Kantorovich's worst vector",
	  .steps = 30, .ratio = 1 },
	{ .objective = "quadratic:d=2,kappa=2,rotation=0,along=both", .note = "the same, condition number 2",
	  .steps = 12, .ratio = 1 },
	{ .objective = "quadratic:d=4,kappa=10,spectrum=two-point", .note = "two eigenvalues" },
	{ .objective = "centres", .note = "terms of one curvature: one step" })
CONTROL(control,
	{ .objective = "quadratic:d=2,kappa=10,rotation=0,along=both", .note = "0.3 of the bound, which is attained",
	  .steps = 30, .factor = 0.3 },
	{ .objective = "quadratic:d=2,kappa=10,rotation=0,along=mu", .note = "the fixed step 1/L", .steps = 8,
	  .method = "sarah" })

/*: {.plumbing} :*/
/* y is as wrong as the gradients that it is the difference of, and |y| >= mu |v|: a_t is wrong by eps |g|/(mu |v|) of
 * itself, which moves v by eps |g|/mu. Its square is counted here; the judge takes 64 eps of s. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	double mu = v->c->need[MU_MIN];

	if (measure_running(v, q, s, b))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] += 0x1p-52 * s[r] / (mu * mu);
	return RATE_OK;
}

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 / c->L_max; /* for the control: the method itself has no use for it */
}

CLAIM(ai_sarah,
	.id = "ai-sarah", .chapter = "variance-reduction", .title = "SARAH with implicit steps",
	.statement = "quadratic terms, μI ≼ ∇²f_i ≼ LI, κ = L/μ, implicit steps: ‖v_t‖ ≤ ((κ − 1)/(κ + 1))^t "
	             "‖∇f(x_0)‖ on every path",
	.quantity = "‖v_t‖²", .formula = "((κ − 1)/(κ + 1))^(2t) ‖∇f(x_0)‖²",
	.source = "after Shi, Sadiev, Loizou, Richtarik and Takac, AI-SARAH: adaptive and implicit stochastic "
	          "recursive gradient "
	          "methods, arXiv:2102.09700; this form is proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "ai-sarah",
	NEEDS([MU_MIN] = "mu_min", "L_max", "quadratic terms", "no composite"),
	.applies = noise_is_known, .steps = steps, .bound = bound, .transient = bound, .measure = measure,
	SHARP_AND_CONTROL)
