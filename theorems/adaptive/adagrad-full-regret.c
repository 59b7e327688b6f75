/*:
# The regret of AdaGrad with a matrix

By coordinates AdaGrad adapts to gradients that differ in size from axis to axis. If the axes are turned it sees nothing of that. With a whole matrix it does not matter how the axes lie: this is the method that Shampoo and its relatives make affordable.

**Theorem.** Let $g_1,g_2,\dots$ be any vectors in $\mathbb R^d$, $G_0=0$, $\eta>0$ and
$$ G_t=G_{t-1}+g_tg_t^\top,\qquad x_{t+1}=x_t-\eta\,G_t^{-1/2}g_t, $$
with the root on the range of $G_t$. Then for every $u\in\mathbb R^d$ and every $t$, with $D_t=\max_{s\le t}\|x_s-u\|$,
$$ \sum_{s\le t}\langle g_s,x_s-u\rangle\;\le\;\Bigl(\frac{D_t^2}{2\eta}+\eta\Bigr)\operatorname{tr}G_t^{1/2} . $$

If $g_s$ is a subgradient at $x_s$ of the convex loss of round $s$, the left side is at least the regret against $u$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(offset)
#include "../linear-regret.h"
#include "../../methods/jacobi.h"

static double bound_path(const rate_case *c, double D, double trace)
{
	LETTERS(c);
	double eta = gamma;

	return (D * D / (2 * eta) + eta) * trace;
}

/*:
## Proof

Let $H_s=G_s^{1/2}$, $H_s^+$ its inverse on the range, and $\|v\|_A^2=\langle v,Av\rangle$. As $g_s$ is in the range, $H_sH_s^+g_s=g_s$, and multiplying out
$$ \|x_{s+1}-u\|_{H_s}^2=\|x_s-u\|_{H_s}^2-2\eta\langle g_s,x_s-u\rangle+\eta^2\langle g_s,H_s^+g_s\rangle . $$
So the left side of the theorem is $\frac1{2\eta}\sum_s\bigl[\|x_s-u\|^2_{H_s}-\|x_{s+1}-u\|^2_{H_s}\bigr]+\frac\eta2\sum_s\langle g_s,H_s^+g_s\rangle$.

*The first sum.* The root keeps the order of matrices, so $H_s-H_{s-1}\succeq0$. By parts the sum is at most $\|x_1-u\|_{H_1}^2+\sum_{s\ge2}\|x_s-u\|^2_{H_s-H_{s-1}}$. Each square is at most $\|x_s-u\|^2\le D_t^2$ times the trace of its matrix, and the traces telescope to $\operatorname{tr}H_t$.

*The second sum.* The trace of the root is concave on positive semidefinite matrices, and $\frac12A^{-1/2}$ is its derivative. So for $A=G_s$, on its range, and $B=g_sg_s^\top$
$$ \operatorname{tr}A^{1/2}-\operatorname{tr}(A-B)^{1/2}\ge\tfrac12\operatorname{tr}\bigl(A^{-1/2}B\bigr)=\tfrac12\langle g_s,H_s^+g_s\rangle, $$
and the sum is at most $2\operatorname{tr}H_t$. $\square$

*Letters.* $\eta$ is the parameter `gamma`; $G_t$ is a matrix here, no bound on gradients.

## How sharp it is

To ${{adagrad-full-regret#1.max_ratio:3}}$ within 1000 rounds, and to $\frac89$ in the limit: losses $x,-x,x,\dots$ on the line, $\eta=1$, $u=x_1-\frac12$. There $G_t=t$; the point goes down by $\frac1{\sqrt s}$ and up by about as much, so it pays about $\frac1{\sqrt s}$ a pair, $\sqrt t$ together. With $D_t=\frac12$ the bound is
$\bigl(\frac18+1\bigr)\sqrt t$.

## What is run

Linear losses without a box, and every convex function on the whole space as the loss of every round; $u=x_1-\rho\,g_1/\|g_1\|$ with the parameter `offset` for $\rho$.

## What must fail

$0.8$ of the bound; and the bound without its first part, $\frac{D_t^2}{2\eta}$, at $t=1$ with $\|x_1-u\|=\sqrt2$: there both parts are needed.

## Exercises

1. Show $\operatorname{tr}G^{1/2}\le\sum_i\sqrt{G_{ii}}$, with equality only for a diagonal matrix: in this part of the bound the matrix is never worse than the diagonal.
2. Minimise $\operatorname{tr}(H^{-1}G)$ over $H\succ0$ with $\operatorname{tr}H\le1$, for an invertible $G$.
3. What does a step cost for $d=10^6$ weights?
:*/

#define TO_AND_FRO "online-cycle:slopes=1/-1,box=0,start=0"
SHARP(sharp,
	{ .objective = TO_AND_FRO, .parameters = "gamma=1,offset=0.5", .note = "to and fro", .steps = 1000,
	  .ratio = 0.877 },
	{ .objective = TO_AND_FRO, .parameters = "gamma=1,offset=1.4142135623730951", .note = "one round", .steps = 1,
	  .ratio = 0.70710678118654752 },
	{ .objective = "online-matrix:rows=2,cols=2", .parameters = "gamma=0.3,offset=0.5",
	  .note = "losses of four numbers", .steps = 100 })
CONTROL(control,
	{ .objective = TO_AND_FRO, .parameters = "gamma=1,offset=0.5", .note = "0.8 of the bound", .steps = 1000,
	  .factor = 0.8 },
	{ .objective = TO_AND_FRO, .parameters = "gamma=1,offset=1.4142135623730951",
	  .note = "half of the bound: without its first part", .steps = 1, .factor = 0.5 })

/*: {.plumbing} :*/
enum { MOST = 16 }; /* d^3 operations a round */

static int observe(rate_view *v)
{
	double *g = observe_linear(v, v->c->param[offset_], LINEAR_KEPT);

	free(g);
	return g ? RATE_OK : RATE_FAIL;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double G[MOST * MOST], vectors[MOST * MOST], root[MOST * MOST];
	size_t d = v->run->d;

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, LINEAR_KEPT, r), *row;

		for (size_t i = 0; i < d; i++) {
			char name[32];

			snprintf(name, sizeof name, "G%zu", i);
			if (v->find(v, name, &row))
				return v->run->call->fail(v->run, "the method has no rows G0, G1, ... of a matrix");
			memcpy(G + i * d, row + r * v->run->ld, d * sizeof *G);
		}
		q[r] = kept[INNER];
		s[r] = kept[INNER_SCALE];
		b[r] = bound_path(v->c, kept[FAR], jacobi_power(d, G, 0.5, vectors, root));
	}
	return RATE_OK;
}

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[gamma_] = fraction;
}

MUST(applies, c->d <= MOST, "for d <= 16, as a step costs d^3 operations")
MUST(admissible, gamma > 0 && offset >= 0, "eta > 0, offset >= 0")
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("eta > 0"),
	[offset_] = { "offset", RATE_REAL, "0.5", 0, 1e100, NULL, "u = x_1 - offset g_1/|g_1|" },
};

CLAIM(adagrad_full_regret,
	.id = "adagrad-full-regret", .chapter = "adaptive", .title = "Regret of AdaGrad with a matrix",
	.statement = "any vectors g_t, G_t their sum of g g', x ← x − ηG^-½g: Σ_{s≤t} ⟨g_s, x_s − u⟩ ≤ "
	             "(D_t²/(2η) + η) tr G_t^½, D_t = max_{s≤t} ‖x_s − u‖",
	.quantity = "Σ_{s≤t} ⟨g_s, x_s − u⟩", .formula = "(D_t²/(2η) + η) tr G_t^½",
	.source = "after Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic "
	          "Optimization, JMLR 12 (2011); with the distance of the path, proved in this file",
	.kind = RATE_REGRET, .flags = RATE_PATH_BOUND, .method = "adagrad-full",
	NEEDS("convex", "rounds", "whole space", "no composite"), RANGE, .applies = applies,
	.accumulators = LINEAR_KEPT, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
