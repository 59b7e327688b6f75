/*:
# The worst weights of the losses

Train for the worst mixture of the cases, but let mixtures that are far from the equal one pay. That is a smooth problem if the penalty is, and the penalty decides how smooth.

**Setting.** Losses $\ell_1,\dots,\ell_n$, convex, with slopes of length at most $G_i$; $\overline{G^2}=\frac1n\sum G_i^2$. For a vector of losses let $q(\ell)$ be the maximiser over $0\le q_i\le c$, $\sum q_i=1$ of $\langle q,\ell\rangle-\nu n\|q-\frac1n\|^2$, and
$$ F(x)=\max_q\Bigl[\sum_iq_i\ell_i(x)-\nu n\bigl\|q-\tfrac1n\bigr\|^2\Bigr]+\frac\mu2\|x\|^2 . $$

**Theorem (dro-weights).** For any two vectors of losses $\;2\nu n\,\|q(\ell)-q(\ell')\|^2\le\langle q(\ell)-q(\ell'),\ell-\ell'\rangle$.

**Theorem (dro-smooth).** If every $\ell_i$ is $L$-smooth besides, then $\nabla F(x)=\sum q_i(\ell(x))\nabla\ell_i(x)+\mu x$ and
$$ \|\nabla F(x)-\nabla F(y)\|\;\le\;\Bigl(L+\frac{\overline{G^2}}{2\nu}+\mu\Bigr)\|x-y\| . $$

$F$ is $\mu$-strongly convex besides, so every page on gradient descent speaks of it.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../common.h"

#include <stdlib.h>
#include <string.h>

enum { NU, MU, L_LOSS, G2, PAIR = L_LOSS }; /* places of the needs that all but the first page have */

NUMBER(smoothness, c->need[L_LOSS] + c->need[G2] / (2 * c->need[NU]) + c->need[MU])

/*:
## Proof of both

$q(\ell)$ maximises a $2\nu n$-strongly concave function, so for $q=q(\ell)$, $q'=q(\ell')$: $\langle\ell,q\rangle-\phi(q)\ge\langle\ell,q'\rangle-\phi(q')+\nu n\|q-q'\|^2$ with $\phi$ the penalty, and the same with the roles changed. Add: dro-weights. By the Cauchy-Schwarz inequality $\|q-q'\|\le\frac{\|\ell-\ell'\|}{2\nu n}$, and losses differ by at most $G_i\|x-y\|$, so $\|\ell-\ell'\|\le\sqrt{n\overline{G^2}}\,\|x-y\|$.

The maximiser is unique, so the gradient of the maximum is that of the function under it (Danskin). Then
$$ \nabla F(x)-\nabla F(y)=\sum_iq_i\bigl(\nabla\ell_i(x)-\nabla\ell_i(y)\bigr)+\sum_i(q_i-q_i')\nabla\ell_i(y)+\mu(x-y) . $$
The first sum is at most $L\|x-y\|$ long, the second $\|q-q'\|\sqrt{n\overline{G^2}}\le\frac{\sqrt{n\overline{G^2}}}{2\nu n}\sqrt{n\overline{G^2}}\,\|x-y\|$. $\square$

# Frozen weights

Solve with the weights of today, then look at the losses and renew the weights. Does that converge?

**Theorem (dro-frozen).** Let $x_{k+1}=\arg\min_x\sum_iq_i(\ell(x_k))\,\ell_i(x)+\frac\mu2\|x\|^2$, $\mu>0$, and let $x_\star$ minimise $F$. Then for every $k$
$$ \|x_k-x_\star\|\;\le\;\Bigl(\frac{\overline{G^2}}{2\nu\mu}\Bigr)^k\|x_0-x_\star\| . $$
For affine losses this is gradient descent on $F$ with the step $\frac1\mu$.
:*/

NUMBER(factor, c->need[G2] / (2 * c->need[NU] * mu))
FORMULA(frozen, t, pow(factor(c), 2 * t) * D2)

/*:
**Proof.** Write $q^k=q(\ell(x_k))$ and $q^\star=q(\ell(x_\star))$. At $x_{k+1}$ and at $x_\star$ the gradients $\sum q_i^k\nabla\ell_i+\mu x_{k+1}$ and $\sum q_i^\star\nabla\ell_i+\mu x_\star$ vanish. Subtract, and multiply by $x_{k+1}-x_\star$: as $\sum q_i^k\nabla\ell_i$ is monotone, $\mu\|x_{k+1}-x_\star\|^2\le\|q^k-q^\star\|\sqrt{n\overline{G^2}}\,\|x_{k+1}-x_\star\|$, and $\|q^k-q^\star\|\le\frac{\sqrt{n\overline{G^2}}}{2\nu n}\|x_k-x_\star\|$. $\square$

**Theorem (dro-frozen-cycle).** Below that threshold it need not. Two losses $Gx$ and $-Gx$, $c\ge1$, $\nu\le\frac{G^2}{2\mu}$, $x_0=\frac G\mu$: then $|x_k-x_\star|=\frac G\mu$ for every $k$.
:*/

FORMULA(cycle, t, c->need[PAIR] * c->need[PAIR] / (mu * mu))

/*:
**Proof.** The best first weight is $\frac12+\frac{\ell_1-\ell_2}{8\nu}$, cut off at $1$. At $x=\frac G\mu$ the losses differ by $\frac{2G^2}\mu$, so $q=(1,0)$ if and only if $\frac{G^2}{4\nu\mu}\ge\frac12$, that is $\nu\le\frac{G^2}{2\mu}$. With it the minimiser of $Gx+\frac\mu2x^2$ is $-\frac G\mu$; by symmetry the next is $\frac G\mu$ again. And $x_\star=0$. $\square$

## How sharp they are

The two losses $\pm Gx$ attain all of them: as long as both weights are inside, $F'$ has the slope $\frac{G^2}{2\nu}+\mu$ and $x_{k+1}=-\frac{G^2}{2\nu\mu}x_k$.

## What is run

Affine losses in one dimension, under penalties from weak to strong; gradient descent with the step $\frac1\mu$ for the frozen weights.

## What must fail

Half of the term $\frac{\overline{G^2}}{2\nu}$; $0.9$ of each bound. For frozen weights another step than $\frac1\mu$. For the cycle a shorter step, with which gradient descent converges.

## Exercises

1. Which steps of gradient descent contract on the two losses?
2. What is $F$ for $\nu\to\infty$, and for $\nu\to0$?
3. In the cycle the weights jump between $(1,0)$ and $(0,1)$. What are they at $x_\star$?
:*/

#define PAIR_OF(nu, start) "affine-losses:a=1/-1,b=0/0,start=" start "+dro:nu=" nu ",mu=0.5"
#define FIVE "affine-losses:a=-1/1/2/-3/0.5,b=0/0.5/-1/2/0+dro:nu=2,mu=0.7,beta=0.5"
SHARP(sharp_weights, { .objective = PAIR_OF("1.25", "0.05"), .note = "two losses", .ratio = 1 },
	{ .objective = FIVE, .note = "five lines, no weight above 2/5" },
	{ .objective = "centres:b=-1/0/4+dro:nu=1", .note = "parabolas" })
CONTROL(control_weights,
	{ .objective = PAIR_OF("1.25", "0.05"), .note = "0.9 of the right side", .factor = 0.9 })
SHARP(sharp_smooth, { .objective = PAIR_OF("5", "0.05"), .note = "two losses", .ratio = 1 },
	{ .objective = FIVE, .note = "five lines, no weight above 2/5" })
CONTROL(control_smooth,
	{ .objective = PAIR_OF("5", "0.05"), .note = "half of G^2/(2 nu): 0.55 in the place of 0.6",
	  .factor = 0.9167 })
SHARP(sharp_frozen,
	{ .objective = PAIR_OF("1.25", "0.05"), .note = "two losses: -0.8 a step", .steps = 32, .ratio = 1 },
	{ .objective = "affine-losses+dro:nu=8,mu=0.5", .note = "three lines", .steps = 32 },
	{ .objective = FIVE, .note = "five lines", .steps = 32 })
CONTROL(control_frozen,
	{ .objective = PAIR_OF("1.25", "0.05"), .note = "0.9 of the bound", .steps = 8, .factor = 0.9 },
	{ .objective = PAIR_OF("1.25", "0.05"), .parameters = "gamma=3", .note = "step 3/2 of 1/mu", .steps = 8 })
SHARP(sharp_cycle,
	{ .objective = PAIR_OF("1", "2"), .note = "at the threshold", .steps = 64, .ratio = 1 },
	{ .objective = PAIR_OF("0.1", "2"), .note = "far below it", .steps = 64, .ratio = 1 })
CONTROL(control_cycle,
	{ .objective = PAIR_OF("1", "2"), .parameters = "gamma=0.6666", .note = "step 1/L", .steps = 64 })

/*: {.plumbing} :*/
static int evaluate_weights(const rate_point *p, double *left, double *right, double *s)
{
	rate_run *run = p->run;
	double ridge, nu = p->c->need[NU], most = 0;
	size_t n = run->call->risk_size(run, &ridge);
	double *l = malloc(4 * n * sizeof *l), *other = l + n, *q = other + n, *w = q + n;
	int rc = l ? RATE_OK : RATE_FAIL;

	for (uint64_t i = 0; i < n && rc == RATE_OK; i++)
		rc = run->call->risk_loss(run, &i, p->x[0], l + i, NULL) ||
		     run->call->risk_loss(run, &i, p->x[1], other + i, NULL);
	if (rc == RATE_OK)
		rc = run->call->risk_weights(run, l, q) || run->call->risk_weights(run, other, w);
	*left = *right = *s = 0;
	for (size_t i = 0; i < n && rc == RATE_OK; i++)
		most = fmax(most, fmax(fabs(l[i]), fabs(other[i])));
	/* A weight is (l - tau)/(2 nu n), or so. */
	for (size_t i = 0; i < n && rc == RATE_OK; i++) {
		*left += 2 * nu * (double)n * (q[i] - w[i]) * (q[i] - w[i]);
		*right += (q[i] - w[i]) * (l[i] - other[i]);
		*s += (fabs(q[i]) + fabs(w[i])) * (fabs(l[i]) + fabs(other[i]) + nu) +
		      most / (2 * nu * (double)n) * fabs(l[i] - other[i]);
	}
	free(l);
	return rc ? RATE_FAIL : RATE_OK;
}

static int evaluate_smooth(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = p->run->d;
	double *g = malloc(2 * p->run->ld * sizeof *g), *h = g + p->run->ld, moved = 0, apart = 0, size = 0;

	if (!g || rate_gradient(p->run, p->x[0], g) || rate_gradient(p->run, p->x[1], h)) {
		free(g);
		return RATE_FAIL;
	}
	for (size_t j = 0; j < d; j++) {
		moved += (p->x[0][j] - p->x[1][j]) * (p->x[0][j] - p->x[1][j]);
		apart += (g[j] - h[j]) * (g[j] - h[j]);
		size += fabs(g[j]) + fabs(h[j]) + smoothness(p->c) * (fabs(p->x[0][j]) + fabs(p->x[1][j]));
	}
	*left = sqrt(apart);
	*right = smoothness(p->c) * sqrt(moved);
	*s = size;
	free(g);
	return RATE_OK;
}

static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("1/mu") };

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)fraction;
	param[gamma_] = 1 / c->mu;
}

MUST(admissible, fabs(gamma * mu - 1) <= 1e-12, "gamma = 1/mu")

static const char *affine(const rate_case *c)
{
	return c->need[L_LOSS] == 0 ? NULL : "run for affine losses only, where it is gradient descent";
}

static const char *above_threshold(const rate_case *c)
{
	double G = c->need[PAIR];

	if (2 * c->need[NU] * c->mu > G * G * (1 + 1e-12))
		return "stated for nu <= G^2/(2 mu)";
	return fabs(sqrt(c->D2) * c->mu / G - 1) <= 1e-12 ? NULL : "stated for the start G/mu";
}

#define PAPER \
	"Mehta, Roulet, Pillutla and Harchaoui, Distributionally robust optimization with bias and variance " \
	"reduction, ICLR 2024"

CLAIM(dro_weights,
	.id = "dro-weights", .chapter = "robust", .title = "The worst weights move slowly",
	.statement = "q(ℓ) the best weights under the penalty νn‖q − 1/n‖²: "
	             "2νn‖q(ℓ) − q(ℓ')‖² ≤ ⟨q(ℓ) − q(ℓ'), ℓ − ℓ'⟩",
	.quantity = "2νn‖q − q'‖²", .formula = "⟨q − q', ℓ − ℓ'⟩",
	.source = "in the setting of " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, NEEDS([NU] = "risk.nu", "risk/1"), .points = 2, .evaluate = evaluate_weights,
	.sharp = sharp_weights, .control = control_weights)

CLAIM(dro_smooth,
	.id = "dro-smooth", .chapter = "robust", .title = "Smoothness of distributionally robust losses",
	.statement = "ℓ_i convex, L-smooth, slopes ≤ G_i, penalty ν: ‖∇F(x) − ∇F(y)‖ ≤ (L + mean G_i²/(2ν) + μ)‖x − y‖",
	.quantity = "‖∇F(x) − ∇F(y)‖", .formula = "(L + mean G_i²/(2ν) + μ)‖x − y‖",
	.source = "in the setting of " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC,
	NEEDS([NU] = "risk.nu", [MU] = "risk.mu", [L_LOSS] = "risk.L", [G2] = "risk.G2", "convex"), .points = 2,
	.evaluate = evaluate_smooth, .sharp = sharp_smooth, .control = control_smooth)

CLAIM(dro_frozen,
	.id = "dro-frozen", .chapter = "robust", .title = "Weights frozen, then renewed",
	.statement = "ℓ_i convex, slopes ≤ G_i, x_{k+1} = argmin Σ q_i(ℓ(x_k)) ℓ_i + (μ/2)‖x‖²: ‖x_k − x*‖² ≤ "
	             "(mean G_i²/(2νμ))^(2k) ‖x_0 − x*‖²",
	.quantity = "‖x_k − x*‖²", .formula = "(mean G_i²/(2νμ))^(2t) D²",
	.source = "in the setting of " PAPER "; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "gd",
	NEEDS([NU] = "risk.nu", [MU] = "risk.mu", [L_LOSS] = "risk.L", [G2] = "risk.G2", "convex", "mu", "x_star"),
	.applies = affine, RANGE, .bound = frozen, .measure = rate_measure_dist2, .sharp = sharp_frozen,
	.control = control_frozen)

CLAIM(dro_frozen_cycle,
	.id = "dro-frozen-cycle", .chapter = "robust", .title = "Weights frozen, then renewed, for ever",
	.statement = "losses Gx and −Gx, ν ≤ G²/(2μ), x_0 = G/μ: |x_k − x*| = G/μ for every k",
	.quantity = "|x_k − x*|²", .formula = "G²/μ²",
	.source = "in the setting of " PAPER "; proved in this file",
	.kind = RATE_NON_CONVERGENCE, .method = "gd",
	NEEDS([NU] = "risk.nu", [MU] = "risk.mu", [PAIR] = "risk.pair", "mu", "x_star"), .applies = above_threshold,
	RANGE, .bound = cycle, .measure = rate_measure_dist2, .sharp = sharp_cycle, .control = control_cycle)
