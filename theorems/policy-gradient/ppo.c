/*:
# The clipped surrogate

PPO takes many steps on one batch of experience. To stay near the policy $\pi_0$ that made it, it climbs not the surrogate $\rho A$ but $\min\bigl(\rho A,\operatorname{clip}(\rho,1-\varepsilon,1+\varepsilon)A\bigr)$, where $\rho=\pi/\pi_0$ is the ratio of the new policy to the old one and $A$ the advantage under $\pi_0$. What does a gain of the surrogate say of the gain in value, how fast is PPO, and does it stay near?

**Theorem (ppo-improve).** Consider a decision process with stages $h=0,\dots,H-1$, policies $\pi_0$ and $\pi$, the advantages $A_h$ and occupancies $d_h$ of $\pi_0$, $0<\varepsilon<1$, and
$$ \mathcal L=\sum_{h,s}d_h(s)\sum_a\pi_{0,h}(a|s)\min\bigl(\rho A_h,\operatorname{clip}(\rho,1-\varepsilon,1+\varepsilon)A_h\bigr). $$
With $\bar A_h(s)=\sum_a\pi_h(a|s)A_h(s,a)$, $\alpha_h=\frac12(\max_s\bar A_h-\min_s\bar A_h)$ and $\tau_h=\max_s\operatorname{TV}\bigl(\pi_h(\cdot|s),\pi_{0,h}(\cdot|s)\bigr)$
$$ \mathcal L-\bigl(V(\pi)-V(\pi_0)\bigr)\;\le\;2\sum_h\alpha_h\sum_{k<h}\tau_k . $$

With one stage the right side is $0$: what the surrogate gains the value gains.

**Theorem (ppo-two-arms).** Two arms, $\Delta>0$ apart, are drawn by $\pi=(p,1-p)$, $p=\frac1{1+e^{-\theta}}$ for the better one. A round of PPO goes up the surrogate by steps $\gamma$ of any length until it is flat; rounds are made as long as $p<\frac{0.999}{1+\varepsilon}$. After $k$ rounds
$$ \Delta(1-p_k)\;\le\;\max\Bigl((1-\varepsilon)^k\,\Delta(1-p_0),\;\Delta\,\frac{\varepsilon+0.001}{1+\varepsilon}\Bigr). $$

So PPO is linear where policy gradient is $\frac1t$: the clip, not the slope, says how long a round is.

**Theorem (ppo-overshoot).** In the same setting, with $p_0<\frac{0.999}{1+\varepsilon}$, after the first round
$$ \frac{p_1}{p_0}\;\ge\;1+\varepsilon\,\frac{\max(p_0,1-p_0)}{p_0}, $$
which for $p_0<\frac12$ is more than $1+\varepsilon$: the clip is no trust region.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(eps)
#include "../common.h"

#include <string.h>

enum { GAP }; /* the need */

static double logistic(double s)
{
	return 1 / (1 + exp(-s));
}

FORMULA(bound, t, fmax(decay(eps, t) * d0, c->need[GAP] * (eps + 0.001) / (1 + eps)))

FORMULA(bound_overshoot, t, 1 + eps * fmax(1, exp(-c->x0[0])))

/*:
## Proof

*Improvement.* By the performance difference lemma, with the occupancies $d'_h$ of $\pi$,
$$ V(\pi)-V(\pi_0)=\sum_{h,s}d'_h(s)\bar A_h(s)=\sum_{h,s}d_h(s)\bar A_h(s)+\sum_{h,s}(d'_h-d_h)(s)\,\bar A_h(s), $$
and $\mathcal L\le\sum d_h\bar A_h$ term by term. $d'_h-d_h$ sums to $0$, so a constant may be taken off $\bar A_h$, and the last sum is at least $-\sum_h\alpha_h\|d'_h-d_h\|_1$. A stage adds $\|d'_{h+1}-d_{h+1}\|_1\le\|d'_h-d_h\|_1+2\tau_h$, from $0$ at the start. (The lemma: $\bar A_h(s)=\sum_a\pi_h(Q_h-V_h)$ telescopes along a path of $\pi$.)

*Two arms.* $A_1=(1-p_0)\Delta>0$ and $A_2=-p_0\Delta<0$. The slope of the surrogate is $\bigl[(1-p_0)\mathbb 1\{p<(1+\varepsilon)p_0\}+p_0\mathbb 1\{1-p>(1-\varepsilon)(1-p_0)\}\bigr]\Delta p(1-p)$. It is positive until both ratios are clipped, which can be as $(1+\varepsilon)p_0<1$. Then $p\ge(1+\varepsilon)p_0$ and $1-p\le(1-\varepsilon)(1-p_0)$, that is $p\ge p_0+\varepsilon\max(p_0,1-p_0)$. Where rounds have ended $1-p\le1-\frac{0.999}{1+\varepsilon}$. $\square$

It is the *bad* arm that drives the good one out of its range: its own ratio has to fall to $1-\varepsilon$, and while it does nothing holds the other one back.

## How sharp they are

ppo-improve is attained by two stages: the first moves the probability $\delta$ from a state $g$ to a state $b$, in the second $\pi$ is better by $k$ in $g$ and worse by $k$ in $b$; both sides are $2k\delta$. The others are attained in the first round with short inner steps, from $p_0<\frac12$.

## What is run

Random processes with up to three stages, states and actions. PPO with policy=logit on `two-arms`, for steps $\gamma\ge\frac{0.01}\Delta$ and $p_0\ge0.05$, so that rounds end in reasonable time: a round takes about $\frac1{\gamma\Delta p_0^2}$ inner steps.

## What must fail

A tenth of the penalty, and two rounds for one. $1.01$ of the ratio.

## Exercises

1. How many rounds does it take from $p_0=0.05$ to $p\ge\frac12$ with $\varepsilon=0.2$, at most?
2. For which actions is the gradient of $\mathcal L$ exactly $0$? Show that at $\pi=\pi_0$ it is the policy gradient.
3. ★ $K$ arms. Show $\mathcal L\le\varepsilon\,\mathbb E_{\pi_0}|A|$, and that a policy which attains this gains as much in value.
4. *Compute.* How far out of its range does a ratio go? Run `ratecheck verify ppo-overshoot:gamma=0.05,eps=0.2 --objective two-arms:start=-2.9 --steps 1` and look at the bound.
:*/

enum { STAGES = 3, STATES = 3, ACTIONS = 3, CELLS = STATES * ACTIONS };
enum { H_, S_, A_, clip_, kind_ };

struct process {
	size_t H, S, A;
	double start[STATES], r[STAGES][CELLS], P[STAGES][CELLS][STATES], old[STAGES][CELLS], now[STAGES][CELLS];
};

static void normalise(size_t n, double *p)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += p[i];
	for (size_t i = 0; i < n; i++)
		p[i] /= sum;
}

/* Exponential numbers, normalised, are uniform on the simplex; their cubes are nearer to its corners. */
static void draw_law(const double *u, size_t n, double power, double *p)
{
	for (size_t i = 0; i < n; i++)
		p[i] = pow(-log(u[i]), power);
	normalise(n, p);
}

static void random_process(const rate_point *p, struct process *m)
{
	enum { STRIDE = STATES + ACTIONS + 3 };
	double u[STAGES * CELLS * STRIDE + STATES], mix;

	p->host->uniforms(p->host, 1, p->number, sizeof u / sizeof *u, u);
	mix = u[0];
	draw_law(u + STAGES * CELLS * STRIDE, m->S, 3, m->start);
	for (size_t h = 0; h < m->H; h++)
		for (size_t s = 0; s < m->S; s++) {
			double *of_state = u + (h * STATES + s) * ACTIONS * STRIDE;

			draw_law(of_state, m->A, 1, m->old[h] + s * m->A);
			draw_law(of_state + ACTIONS, m->A, 1, m->now[h] + s * m->A);
			for (size_t a = 0; a < m->A; a++) {
				size_t k = s * m->A + a;

				m->now[h][k] = mix * m->now[h][k] + (1 - mix) * m->old[h][k];
				m->r[h][k] = of_state[a * STRIDE + 2 * ACTIONS];
				draw_law(of_state + a * STRIDE + 2 * ACTIONS + 1, m->S, 3, m->P[h][k]);
			}
		}
}

/* Stage 0 leads to state 0 or 1, stage 1 pays for action 0; within the clip. */
static void lever(double eps, struct process *m)
{
	double k = eps / 2, delta = k;

	m->H = m->S = m->A = 2;
	m->start[0] = 1;
	for (size_t s = 0; s < 2; s++)
		for (size_t a = 0; a < 2; a++) {
			size_t i = s * 2 + a;

			m->old[0][i] = m->old[1][i] = 0.5;
			m->P[0][i][a] = m->P[1][i][s] = 1;
			m->r[1][i] = a == 0;
			m->now[0][i] = a == 0 ? 0.5 - delta : 0.5 + delta;
			m->now[1][i] = a == s ? 0.5 + k : 0.5 - k;
		}
}

/* V_h and Q_h of a policy. */
static void values(const struct process *m, const double policy[STAGES][CELLS], double V[STAGES + 1][STATES],
                   double Q[STAGES][CELLS])
{
	memset(V, 0, (STAGES + 1) * sizeof *V);
	for (size_t h = m->H; h-- > 0;)
		for (size_t k = 0; k < m->S * m->A; k++) {
			Q[h][k] = m->r[h][k];
			for (size_t s = 0; s < m->S; s++)
				Q[h][k] += m->P[h][k][s] * V[h + 1][s];
			V[h][k / m->A] += policy[h][k] * Q[h][k];
		}
}

struct sides {
	double surrogate, penalty, gain;
};

static void both_sides(const struct process *m, double eps, struct sides *out)
{
	double V[STAGES + 1][STATES], W[STAGES + 1][STATES], Q[STAGES][CELLS], R[STAGES][CELLS], d[STATES], moved = 0;

	*out = (struct sides){ 0, 0, 0 };
	values(m, m->old, V, Q);
	values(m, m->now, W, R);
	memcpy(d, m->start, sizeof d);
	for (size_t h = 0; h < m->H; h++) {
		double next[STATES] = { 0 }, high = -INFINITY, low = INFINITY, tau = 0;

		for (size_t s = 0; s < m->S; s++) {
			double mean = 0, apart = 0;

			for (size_t a = 0; a < m->A; a++) {
				size_t k = s * m->A + a;
				double A = Q[h][k] - V[h][s], rho = m->now[h][k] / m->old[h][k];
				double kept = fmin(fmax(rho, 1 - eps), 1 + eps);

				out->surrogate += d[s] * m->old[h][k] * fmin(rho * A, kept * A);
				mean += m->now[h][k] * A;
				apart += fabs(m->now[h][k] - m->old[h][k]) / 2;
				for (size_t to = 0; to < m->S; to++)
					next[to] += d[s] * m->old[h][k] * m->P[h][k][to];
			}
			high = fmax(high, mean);
			low = fmin(low, mean);
			tau = fmax(tau, apart);
		}
		out->penalty += 2 * (high - low) / 2 * moved;
		moved += tau;
		memcpy(d, next, sizeof d);
	}
	for (size_t s = 0; s < m->S; s++)
		out->gain += m->start[s] * (W[0][s] - V[0][s]);
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	const double *v = p->c->param;
	struct process m = { .H = (size_t)v[H_], .S = (size_t)v[S_], .A = (size_t)v[A_] };
	struct sides now;

	if (v[kind_] != 0)
		lever(v[clip_], &m);
	else
		random_process(p, &m);
	both_sides(&m, v[clip_], &now);
	*left = fmax(0, now.surrogate - now.gain);
	*right = now.penalty;
	*s = 16 * STAGES;
	return RATE_OK;
}

SHARP(sharp_improve,
	{ .parameters = "kind=lever", .note = "two stages, one moves the other loses", .ratio = 1 },
	{ .parameters = "kind=any,H=1", .note = "one stage: no penalty" },
	{ .parameters = "kind=any,H=3,S=3,A=2", .note = "three stages" })
CONTROL(control_improve, { .parameters = "kind=lever,eps=0.2", .note = "a tenth of the penalty", .factor = 0.1 })
SHARP(sharp,
	{ .objective = "two-arms:start=-2", .parameters = "gamma=0.01,eps=0.2", .note = "short inner steps",
	  .steps = 32, .ratio = 1 },
	{ .objective = "two-arms:gap=3,start=-2.9", .parameters = "gamma=1,eps=0.1", .note = "longer ones",
	  .steps = 64 },
	{ .objective = "two-arms:start=1", .parameters = "gamma=0.1,eps=0.05", .note = "from a good policy",
	  .steps = 64 },
	{ .objective = "two-arms:start=-1", .parameters = "gamma=30,eps=0.5", .note = "a step of 30", .steps = 16 })
CONTROL(control,
	{ .objective = "two-arms:start=-2", .parameters = "gamma=0.01,eps=0.2", .note = "(1 - eps)^2 in one round",
	  .steps = 1, .factor = 0.8 })
SHARP(sharp_overshoot,
	{ .objective = "two-arms:start=-2.9444389791664403", .parameters = "gamma=0.02,eps=0.2",
	  .note = "from 0.05: 4.8 in the place of 1.2", .steps = 1, .ratio = 1 },
	{ .objective = "two-arms:start=-0.4", .parameters = "gamma=0.01,eps=0.2", .note = "from 0.4", .steps = 8,
	  .ratio = 1 })
CONTROL(control_overshoot,
	{ .objective = "two-arms:start=-2.9444389791664403", .parameters = "gamma=0.02,eps=0.2",
	  .note = "1.01 of the bound", .steps = 1, .factor = 1.01 })

/*: {.plumbing} :*/
static const rate_param params_improve[] = {
	[H_] = { "H", RATE_INTEGER, "2", 1, STAGES, NULL, "stages" },
	[S_] = { "S", RATE_INTEGER, "2", 1, STATES, NULL, "states" },
	[A_] = { "A", RATE_INTEGER, "2", 2, ACTIONS, NULL, "actions" },
	[clip_] = { "eps", RATE_REAL, "0.2", 0.01, 0.9, NULL, "epsilon" },
	[kind_] = { "kind", RATE_CHOICE, "any", 0, 0, "any|lever", "of the process" },
};
static const rate_param params[] = {
	[gamma_] = { "gamma", RATE_REAL, "auto", 0, 0, NULL, "inner step, at least 0.01/Delta" },
	[eps_] = { "eps", RATE_REAL, "0.2", 0.05, 0.9, NULL, "epsilon" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->need[GAP];
}

MUST(admissible, gamma * c->need[GAP] >= 0.01 && eps >= 0.05 && eps <= 0.9, "gamma Delta >= 0.01, 0.05 <= eps <= 0.9")

static const char *applies(const rate_case *c)
{
	return c->x0[0] >= -3 ? NULL : "stated for any p_0, run from p_0 >= 0.047: rounds from below are too long";
}

MUST(admissible_overshoot,
	gamma * c->need[GAP] >= 0.01 && eps >= 0.05 && eps <= 0.9 && logistic(c->x0[0]) < 0.999 / (1 + eps),
	"gamma Delta >= 0.01, 0.05 <= eps <= 0.9, p_0 < 0.999/(1 + eps)")

/* p_t/p_0 */
static int measure_ratio(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] = q[r] = logistic(v->state[0][r * v->run->ld]) / logistic(v->c->x0[0]);
	return RATE_OK;
}

#define PAPER "Schulman, Wolski, Dhariwal, Radford and Klimov, Proximal policy optimization algorithms, 2017"
#define ON_TWO_ARMS \
	.source = "the method of " PAPER "; proved in this file", .method = "ppo:policy=logit,epochs=0", \
	NEEDS([GAP] = "policy.gap", "f_star"), .params = RATE_ROWS(params), .applies = applies, .choose = choose

CLAIM(ppo_improve,
	.id = "ppo-improve", .chapter = "policy-gradient", .title = "The clipped surrogate and the true gain",
	.statement = "α_h half the spread over s of Σ_a π A, τ_h = max_s TV(π, π_0): L_clip − (V(π) − V(π_0)) ≤ "
	             "2 Σ_h α_h Σ_{k<h} τ_k",
	.quantity = "L_clip − (V(π) − V(π_0))", .formula = "2 Σ_h α_h Σ_{k<h} τ_k",
	.source = "the surrogate of " PAPER "; after Kakade and Langford 2002; proved in this file",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_improve), .evaluate = evaluate, .sharp = sharp_improve,
	.control = control_improve)

CLAIM(ppo_two_arms,
	.id = "ppo-two-arms", .chapter = "policy-gradient", .title = "PPO is linear where policy gradient is not",
	.statement = "two arms, Δ apart, rounds of PPO with any inner step: Δ(1 − p_k) ≤ max((1 − ε)^k Δ(1 − p_0), "
	             "Δ(ε + 0.001)/(1 + ε))",
	.quantity = "Δ(1 − p_k)", .formula = "max((1 − ε)^k d₀, Δ(ε + 0.001)/(1 + ε))", ON_TWO_ARMS,
	.kind = RATE_DETERMINISTIC, .admissible = admissible, .bound = bound, .measure = rate_measure_gap,
	.sharp = sharp, .control = control)

CLAIM(ppo_overshoot,
	.id = "ppo-overshoot", .chapter = "policy-gradient", .title = "The clip is no trust region",
	.statement = "two arms, p_0 < 0.999/(1 + ε), after a round of PPO: p_1/p_0 ≥ 1 + ε max(p_0, 1 − p_0)/p_0",
	.quantity = "p_k/p_0", .formula = "1 + ε max(p_0, 1 − p_0)/p_0", ON_TWO_ARMS,
	.kind = RATE_LOWER_BOUND, .admissible = admissible_overshoot, .bound = bound_overshoot,
	.measure = measure_ratio, .sharp = sharp_overshoot, .control = control_overshoot)
