/*:
# Local steps without drift

The field is strongly monotone, but its zero is wanted under a constraint whose prox is expensive: agents who each have a field and must agree, where every projection is a round of talk. How often must they talk?

**Theorem.** Let $0\in V(x_\star)+\partial\psi(x_\star)$, $\psi$ closed and convex (the indicator of a closed convex set, for one), and for all $x$, with $\mu>0$,
$$ \langle V(x)-V(x_\star),x-x_\star\rangle\;\ge\;\mu\|x-x_\star\|^2\quad\text{and}\quad\ge\;\tfrac1\ell\|V(x)-V(x_\star)\|^2. $$
Start with any $x_0$ and $h_0=0$. In each step $\hat x=x_t-\gamma(V(x_t)+\xi_t-h_t)$, with noise $\mathbb E[\xi_t\mid\text{past}]=0$, $\mathbb E[\|\xi_t\|^2\mid\text{past}]\le\sigma^2$. Then a coin: with probability $p$
$$ x_{t+1}=\operatorname{prox}_{\frac\gamma p\psi}\bigl(\hat x-\tfrac\gamma ph_t\bigr),\qquad h_{t+1}=h_t+\tfrac p\gamma(x_{t+1}-\hat x), $$
else $x_{t+1}=\hat x$ and $h_{t+1}=h_t$. Let $0<\gamma<\frac2\ell$, $h_\star=V(x_\star)$ and $\Psi_t=\|x_t-x_\star\|^2+\frac{\gamma^2}{p^2}\|h_t-h_\star\|^2$. For every $t$
$$ \mathbb E\Psi_t\;\le\;r^t\,\Psi_0+\gamma^2\sigma^2\,\frac{1-r^t}{1-r},\qquad r=\max\bigl\{1-\gamma\mu(2-\gamma\ell),\;1-p^2\bigr\}. $$

With $\gamma=1/\ell$ and $p=\sqrt{\mu/\ell}$ the two are the same: of the order of $\kappa=\ell/\mu$ steps, but only $\sqrt\kappa$ rounds of talk.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(p)
#include "../common.h"

#include <stdlib.h>

enum { COCOERCIVE, SLOPE2 }; /* in the list of needs */

/*: As code, with $q=1-r$ and $\ell$ as `ell`: :*/
NUMBER(q, fmin(gamma * mu * (2 - gamma * c->need[COCOERCIVE]), p * p))
FORMULA(transient, t, decay(q(c), t) * (D2 + gamma * gamma / (p * p) * c->need[SLOPE2]))
FORMULA(bound, t, transient(c, t) + gamma * gamma * noise2 * decay_sum(q(c), t))
NUMBER(factor, 1 - q(c))

/*:
## Proof

Let $P=\operatorname{prox}_{\frac\gamma p\psi}$, $u=\hat x-\frac\gamma ph_t$ and $u_\star=x_\star-\frac\gamma ph_\star$. As $-h_\star\in\partial\psi(x_\star)$, $Pu_\star=x_\star$. If the coin says so, $x_{t+1}=Pu$ and $\frac\gamma p(h_{t+1}-h_\star)=(Pu-u)-(Pu_\star-u_\star)$, and a prox is firmly nonexpansive:
$$ \Psi_{t+1}=\|Pu-Pu_\star\|^2+\|(Pu-u)-(Pu_\star-u_\star)\|^2\;\le\;\|u-u_\star\|^2. $$
(An equality if $P$ is a linear projection.) Let $e=\hat x-x_\star$ and $k=\frac\gamma p(h_t-h_\star)$, so $u-u_\star=e-k$. In the mean over the coin
$$ \mathbb E\Psi_{t+1}\le p\|e-k\|^2+(1-p)\bigl(\|e\|^2+\|k\|^2\bigr)=\|e-pk\|^2+(1-p^2)\|k\|^2 . $$
Here $e-pk=x_t-x_\star-\gamma(V(x_t)-h_\star)-\gamma\xi_t$: the shift has dropped out. In the mean over the noise its square is at most
$$ \|x_t-x_\star\|^2-2\gamma\langle V(x_t)-h_\star,x_t-x_\star\rangle+\gamma^2\|V(x_t)-h_\star\|^2+\gamma^2\sigma^2\le\bigl(1-\gamma\mu(2-\gamma\ell)\bigr)\|x_t-x_\star\|^2+\gamma^2\sigma^2, $$
by the two hypotheses. So $\mathbb E\Psi_{t+1}\le r\,\mathbb E\Psi_t+\gamma^2\sigma^2$. $\square$

## How sharp it is

For equal spirals that must agree all is an equality if $\gamma\mu(2-\gamma\ell)=p^2$: the ratio is 1 at every $t$, with noise too.

## What is run

ProxSkip on strongly monotone fields and strongly convex functions with a prox or a set, exactly where all is affine. ($\ell=L$ for functions, and never more than $L^2/\mu$.)

## What must fail

$0.9$ of the bound; and steps without the shift, $h=0$: agents who walk on their own come to rest somewhere else.

## Exercises

1. Let $\kappa=100$, $\gamma=1/\ell$, no noise. How many rounds of talk bring $\mathbb E\Psi$ down by $10^6$, for $p=1$, $p=0.1$ and $p=0.05$?
2. Which step of the proof is an equality because the projection is linear? What is lost for another set?
:*/

SHARP(sharp,
	{ .objective = "spirals:a=1,b=1.5,c=1/0/-1/2,start=5/1/-2/3,sigma=1",
	  .parameters = "p=0.25,gamma=0.033021983517582676", .note = "two spirals with noise: equality at every t",
	  .steps = 64, .ratio = 1 },
	{ .objective = "spirals:a=1,b=1.5,c=1/0/-1/2,start=5/1/-2/3", .parameters = "p=0.25,gamma=0.033021983517582676",
	  .note = "without noise", .steps = 64, .ratio = 1 },
	{ .objective = "spirals:a=1/0.5/2,b=1/0/-2,c=1/0/-1/2/0/3", .parameters = "p=0.5",
	  .note = "three different ones", .steps = 64 },
	{ .objective = "centres:b=2/1/-1/0/-1/1,start=3+agents:graph=complete,n=3", .parameters = "p=0.5",
	  .note = "three agents with parabolas", .steps = 64 })
CONTROL(control,
	{ .objective = "spirals:a=1,b=1.5,c=1/0/-1/2,start=5/1/-2/3,sigma=1",
	  .parameters = "p=0.25,gamma=0.033021983517582676", .note = "0.9 of the bound", .steps = 64, .factor = 0.9 },
	{ .objective = "spirals:a=1/0.2,b=0,c=-3/0/0.6/0,start=0", .parameters = "p=0.25,gamma=0.3",
	  .note = "no shift: drift", .steps = 200, .method = "proxskip:shift=off" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/ell"),
	[p_] = { "p", RATE_REAL, "0.25", 1e-9, 1, NULL, "probability of the prox" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->need[COCOERCIVE];
}

MUST(admissible, gamma > 0 && gamma * c->need[COCOERCIVE] < 2, "0 < gamma < 2/ell")

static int measure(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	size_t size = run->nrep * run->ld;
	double scale = v->c->param[gamma_] / v->c->param[p_], *h_star,
	       *star = calloc(2 * size, sizeof *star);
	const double *h;
	int rc = star && v->find(v, "h", &h) == RATE_OK ? rate_dist2_of(v, v->state[0], q, s) : RATE_FAIL;

	(void)b;
	h_star = star + size;
	for (size_t i = 0; rc == RATE_OK && i < size; i++)
		star[i] = i % run->ld < run->d ? v->c->x_star[i % run->ld] : 0;
	if (rc == RATE_OK)
		rc = rate_gradient(run, star, h_star);
	for (size_t r = 0; rc == RATE_OK && r < run->nrep; r++)
		for (size_t j = r * run->ld; j < r * run->ld + run->d; j++) {
			q[r] += scale * scale * (h[j] - h_star[j]) * (h[j] - h_star[j]);
			s[r] += scale * scale * (h[j] * h[j] + h_star[j] * h_star[j]);
		}
	free(star);
	return rc;
}

CLAIM(proxskip_vip,
	.id = "proxskip-vip", .chapter = "min-max", .title = "Local steps without drift",
	.statement = "V μ-strongly monotone, ℓ-cocoercive about x*, prox with probability p, 0 < γ < 2/ℓ, "
	             "Ψ = ‖x − x*‖² + (γ/p)²‖h − h*‖², r = max(1 − γμ(2 − γℓ), 1 − p²): "
	             "EΨ_t ≤ r^t Ψ_0 + γ²σ²(1 − r^t)/(1 − r)",
	.quantity = "‖x_t − x*‖² + (γ/p)²‖h_t − h*‖²", .formula = "r^t Ψ_0 + γ²σ²(1 − r^t)/(1 − r)",
	.source = "in the setting of Zhang, Choudhury, Stich and Loizou, Communication-efficient gradient "
	          "descent-ascent methods for distributed variational inequalities, 2023; proved in this file",
	.kind = RATE_EXPECTATION, .method = "proxskip",
	NEEDS([COCOERCIVE] = "ell", [SLOPE2] = "grad_star2", "field", "mu", "x_star", "noise2", "composite"), RANGE,
	.bound = bound, .transient = transient, .factor = factor, .measure = measure, SHARP_AND_CONTROL)
