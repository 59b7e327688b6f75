/*:
# Several stages, the last one first

A decision process has stages, and the gradient for an early one depends on what the later ones will do. One can train all at once; or the last stage first, then the one before against a last stage that is good already, and so on, as in dynamic programming.

**Theorem.** Consider a process of $H$ stages with two actions, rewards in $[0,R]$ and a softmax policy for each stage and state, all actions alike at the start. For $h=H-1,\dots,0$ make $n$ steps
$$ \theta_{h,s}\leftarrow\theta_{h,s}+\gamma\,\pi_h(\cdot|s)\bigl(Q_h(s,\cdot)-V_h(s)\bigr)\qquad\text{for all }s, $$
with the $Q_h$ of the later stages as trained. For any $\gamma>0$
$$ \max_s\bigl(V^\star_0(s)-V_0(s)\bigr)\;\le\;\sum_{h=0}^{H-1}\frac1{\frac2{(H-h)R}+\frac{\gamma n}2} . $$

So $n=\frac{2H}{\gamma\varepsilon}$ steps a stage suffice for the accuracy $\varepsilon$, whatever the number of states. Trained all at once a process of this kind may have to wait exponentially long (see simultaneous-plateau).
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(n)
#include "../common.h"

enum { STAGES, REWARD, CHOICES }; /* the needs */

/* Nothing is said before all stages are trained. */
static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double H = c->need[STAGES], sum = 0;

	for (double h = 0; h < H; h++)
		sum += 1 / (2 / ((H - h) * c->need[REWARD]) + gamma * n / 2);
	return t >= H * n ? sum : INFINITY;
}

/*:
## Proof

*The stages.* $V^\star_h(s)=\max_a\bigl(r+PV^\star_{h+1}\bigr)\le\max_aQ_h(s,a)+\max_{s'}(V^\star_{h+1}-V_{h+1})(s')$, so
$$ (V^\star_h-V_h)(s)\le\max_{s'}(V^\star_{h+1}-V_{h+1})(s')+\Bigl[\max_aQ_h(s,a)-\langle\pi_h(\cdot|s),Q_h(s,\cdot)\rangle\Bigr], $$
and the errors of the stages add up.

*One stage* is a bandit in each state, with the rewards $Q_h(s,\cdot)$, $\Delta\le(H-h)R$ apart. The logit of the better action moves by $2\gamma\Delta p(1-p)$: that is gradient descent on two arms $\Delta$ apart with the step $2\gamma$, from $p=\frac12$. By pg-any-step, with $h_0=\frac\Delta2$ and $c_0=\frac12$, the bracket is after $n$ steps at most $1\big/\bigl(\frac2\Delta+\frac{\gamma n}2\bigr)$, which increases with $\Delta$. $\square$

## How sharp it is

Short runs attain it nearly: ${{dynamic-pg#1.max_ratio:2}}$ with one stage and fifty short steps. In long runs $c_0=\frac12$ is too careful, since $c$ tends to $1$, and a quarter is left. The errors do add up on the ladder, where each rung has to be climbed and what is lost is lost for good.

## What is run

Ladders, and random processes with up to four stages and three states; judged when all stages are trained.

## What must fail

$\gamma n$ in the place of $\frac{\gamma n}2$.

## Exercises

1. How many steps in all does the accuracy $\varepsilon$ take?
2. Why can the first stages not be trained first?
3. ★ For more than two actions and $\gamma\le\frac{3\sqrt3}{HR}$ derive a bound from softmax-pg.
4. *Compute.* How much is lost in long runs? Run `ratecheck verify dynamic-pg:gamma=0.01,n=50 --objective mdp:kind=ladder,H=1 --steps 50`, and with $n=5000$.
:*/

SHARP(sharp,
	{ .objective = "mdp:kind=ladder,H=1", .parameters = "gamma=0.01,n=50", .note = "one stage", .steps = 50,
	  .ratio = 0.986 },
	{ .objective = "mdp:kind=ladder,H=2", .parameters = "gamma=0.01,n=50", .note = "two rungs", .steps = 100,
	  .ratio = 0.86 },
	{ .objective = "mdp:kind=ladder,H=3", .parameters = "gamma=0.01,n=100", .note = "three rungs", .steps = 300,
	  .ratio = 0.764 },
	{ .objective = "mdp:H=4,S=3", .parameters = "gamma=0.5,n=40", .note = "a random process", .steps = 160 },
	{ .objective = "mdp:H=2,S=3,R=5", .parameters = "gamma=20,n=10", .note = "long steps", .steps = 20 })
CONTROL(control,
	{ .objective = "mdp:kind=ladder,H=1", .parameters = "gamma=0.01,n=50", .steps = 50,
	  .note = "gamma n in the place of gamma n/2: 1/2.5 in the place of 1/2.25", .factor = 2.25 / 2.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[n_] = { "n", RATE_INTEGER, "auto", 1, 1e9, NULL, "steps for each stage" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	double H = c->need[STAGES];

	param[gamma_] = fraction / (H * c->need[REWARD]);
	param[n_] = fmax(1, floor((double)c->T / H));
}

MUST(admissible, gamma > 0 && n >= 1, "gamma > 0, n >= 1")

static const char *two_actions(const rate_case *c)
{
	for (size_t j = 0; j < c->d; j++)
		if (c->x0[j] != 0)
			return "stated for the start theta = 0";
	return c->need[CHOICES] == 2 ? NULL : "stated for two actions";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_quantity_of(v, "gap_max", v->state[0], q, s);
}

CLAIM(dynamic_pg,
	.id = "dynamic-pg", .chapter = "policy-gradient", .title = "Stage by stage, backwards",
	.statement = "H stages, two actions, rewards in [0, R], softmax from θ = 0, n steps a stage from the last "
	             "one on, any γ > 0: max_s(V*_0 − V_0) ≤ Σ_h 1/(2/((H − h)R) + γn/2)",
	.quantity = "max_s(V*_0 − V_0)", .formula = "Σ_h 1/(2/((H − h)R) + γn/2)",
	.source = "the method of Klein, Weissmann and Doering, Beyond stationarity: convergence analysis of stochastic "
	          "softmax policy gradient methods, ICLR 2024; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "stagewise",
	NEEDS([STAGES] = "mdp.stages", [REWARD] = "mdp.reward", [CHOICES] = "mdp.actions", "quantities/1"),
	.applies = two_actions, RANGE, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
