/*:
# Policies with a state of their own

A policy that must remember keeps an internal state $z_t$. Usually it is a deterministic function of the past, and the gradient goes back through time, step by step. If instead the policy *draws* its next state, as it draws its action, then the next state is just another action, and the score method needs no such thing.

**Theorem.** Hidden states $s$, observations $o_t\sim O(\cdot|s_t)$, transitions $s_{t+1}\sim P(\cdot|s_t,a_t)$, return $R=\sum_{t<T}r(s_t,a_t)$; the policy draws action and next internal state together, $(a_t,z_{t+1})\sim\pi_\theta(\cdot|o_t,z_t)$ with $z_0=0$. Then
$$ \nabla_\theta\,\mathbb E R=\mathbb E\Bigl[R\sum_{t<T}\nabla_\theta\log\pi_\theta(a_t,z_{t+1}|o_t,z_t)\Bigr]. $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

#include <string.h>

/*:
## Proof

The probability of a trajectory is a product of factors $O$, $P$ and $\pi_\theta$, of which only the last know $\theta$. So the gradient of its logarithm is the sum of scores, and $\nabla\sum_\omega P_\theta(\omega)R(\omega)=\sum_\omega P_\theta(\omega)R(\omega)\nabla\log P_\theta(\omega)$. $\square$

**What truncation costs.** Let $z$ be a bit that the policy keeps $H$ times with probability $p(\theta)$ each, as in memory-plateau. All $H$ scores have the same part in the gradient, so the last $k$ of them give exactly $\frac kH$ of it. For a deterministic state $z_{t+1}=wz_t+b$ the derivative of $z_T$ in $b$ is $\sum_jw^j$, and what back-propagation over $k$ steps leaves out is exactly the part $w^k$ of the sum, as $T\to\infty$.

## How sharp it is

An identity.

## What is run

Two of everything: states, observations, actions, internal states, for up to three steps, with random tables. On the left all trajectories, with their returns and scores, along a random direction of $\theta$. On the right the law of $(s_t,z_t)$ is carried forward together with its derivative.

## What must fail

The score of the last step alone; and the scores of the actions without those of the internal states, as if these were given.

## Exercises

1. Show that $R-b(o_t,z_t)$ may stand for $R$ beside the score of step $t$, for any function $b$.
2. Why may $R$ be replaced by the rewards from $t$ on?
3. Verify the part $w^k$.
:*/

enum { TWO = 2, CELLS = TWO * TWO, CHOICES = TWO * TWO, LONGEST = 3 };
enum { T_, scores_ };
enum { ALL, LAST, ACTIONS };

struct world {
	size_t T;
	int scores;
	double start[TWO], see[TWO][TWO], reward[TWO][TWO], move[TWO][TWO][TWO];
	double policy[CELLS][CHOICES]; /* cell 2 o + z, choice 2 a + z' */
	double slope[CELLS][CHOICES];  /* of log policy along the direction */
	double action[CELLS][TWO];     /* the same of the marginal of a */
};

/* Softmax of the table, and its scores along `direction`. */
static void make_policy(const double *table, const double *direction, struct world *w)
{
	for (size_t k = 0; k < CELLS; k++) {
		double sum = 0, mean = 0;

		for (size_t j = 0; j < CHOICES; j++)
			sum += w->policy[k][j] = exp(table[k * CHOICES + j]);
		for (size_t j = 0; j < CHOICES; j++) {
			w->policy[k][j] /= sum;
			mean += w->policy[k][j] * direction[k * CHOICES + j];
		}
		for (size_t j = 0; j < CHOICES; j++)
			w->slope[k][j] = direction[k * CHOICES + j] - mean;
		for (size_t a = 0; a < TWO; a++) {
			const double *p = &w->policy[k][TWO * a], *g = &w->slope[k][TWO * a];

			w->action[k][a] = (p[0] * g[0] + p[1] * g[1]) / (p[0] + p[1]);
		}
	}
}

static void draw_world(const rate_point *p, struct world *w)
{
	double u[TWO * TWO * 4 + TWO], z[2 * CELLS * CHOICES];

	p->host->uniforms(p->host, 1, p->number, sizeof u / sizeof *u, u);
	p->host->normals(p->host, 2, p->number, 2 * CELLS * CHOICES, z);
	w->start[0] = u[16];
	w->start[1] = 1 - u[16];
	for (size_t s = 0; s < TWO; s++) {
		w->see[s][0] = u[s];
		w->see[s][1] = 1 - u[s];
		for (size_t a = 0; a < TWO; a++) {
			w->reward[s][a] = u[4 + TWO * s + a];
			w->move[s][a][0] = u[8 + TWO * s + a];
			w->move[s][a][1] = 1 - w->move[s][a][0];
		}
	}
	make_policy(z, z + CELLS * CHOICES, w);
}

/* Sum over all continuations of a trajectory: probability x return x scores. */
static double enumerate(const struct world *w, size_t t, size_t s, size_t z, double weight, double gained,
                        double scored)
{
	double sum = 0;

	if (t == w->T)
		return weight * gained * scored;
	for (size_t way = 0; way < TWO * CHOICES * TWO; way++) {
		size_t o = way & 1, j = way >> 1 & 3, to = way >> 3, a = j / TWO, k = TWO * o + z;
		double p = weight * w->see[s][o] * w->policy[k][j] * w->move[s][a][to];
		double score = w->scores == ACTIONS ? w->action[k][a] : w->slope[k][j];

		if (w->scores == LAST && t + 1 < w->T)
			score = 0;
		sum += enumerate(w, t + 1, to, j % TWO, p, gained + w->reward[s][a], scored + score);
	}
	return sum;
}

/* The derivative of the mean return: the law of (s, z) goes forward with its own derivative. */
static double forward(const struct world *w)
{
	double law[TWO][TWO] = { { w->start[0], 0 }, { w->start[1], 0 } }, slope[TWO][TWO] = { { 0 } }, total = 0;

	for (size_t t = 0; t < w->T; t++) {
		double next[TWO][TWO] = { { 0 } }, turn[TWO][TWO] = { { 0 } };

		for (size_t way = 0; way < TWO * TWO * TWO * CHOICES; way++) {
			size_t s = way & 1, z = way >> 1 & 1, o = way >> 2 & 1, j = way >> 3, a = j / TWO;
			size_t k = TWO * o + z;
			double p = w->see[s][o] * w->policy[k][j], g = p * w->slope[k][j];
			double here = law[s][z] * g + slope[s][z] * p;

			total += here * w->reward[s][a];
			for (size_t to = 0; to < TWO; to++) {
				next[to][j % TWO] += law[s][z] * p * w->move[s][a][to];
				turn[to][j % TWO] += here * w->move[s][a][to];
			}
		}
		memcpy(law, next, sizeof law);
		memcpy(slope, turn, sizeof slope);
	}
	return total;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	struct world w = { .T = (size_t)p->c->param[T_], .scores = (int)p->c->param[scores_] };

	draw_world(p, &w);
	*left = 0;
	for (size_t from = 0; from < TWO; from++)
		*left += enumerate(&w, 0, from, 0, w.start[from], 0, 0);
	*right = forward(&w);
	*s = 256;
	return RATE_OK;
}

SHARP(sharp, { .parameters = "T=3", .note = "three steps", .ratio = 1 },
	{ .parameters = "T=1", .note = "one step", .ratio = 1 })
CONTROL(control, { .parameters = "T=3,scores=last", .note = "the score of the last step alone" },
	{ .parameters = "T=3,scores=actions", .note = "the scores of the actions alone" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[T_] = { "T", RATE_INTEGER, "3", 1, LONGEST, NULL, "steps" },
	[scores_] = { "scores", RATE_CHOICE, "all", 0, 0, "all|last|actions", "which are summed" },
};

static const char *admissible(const rate_case *c)
{
	return c->param[scores_] == ALL ? NULL : "scores = all";
}

CLAIM(stateful_score,
	.id = "stateful-score", .chapter = "policy-gradient", .title = "Policies that draw their next state",
	.statement = "o ~ O(·|s), (a, z') ~ π_θ(·|o, z), s' ~ P(·|s, a), return R: ∇E R = E[R Σ_t ∇log π_θ(a_t, "
	             "z_{t+1}|o_t, z_t)]",
	.quantity = "E[R Σ scores], along a direction", .formula = "the derivative of E R",
	.source = "Al-Hafez et al., Time-efficient reinforcement learning with stochastic stateful policies, ICLR "
	          "2024; proved in this file",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)
