/*:
# The heavy ball on convex smooth functions, in the mean

**Theorem.** Let $f$ be convex and $L$-smooth with a minimiser $x_\star$, $0\le\beta<1$, $0<\gamma\le\frac{1-\beta}L$, and $x_{t+1}=x_t-\gamma\nabla f(x_t)+\beta(x_t-x_{t-1})$ with $x_{-1}=x_0$. With
$d_t=f(x_t)-f_\star$ and $R=\|x_0-x_\star\|$, for every $T\ge1$
$$ \frac1{T+1}\sum_{t=0}^Td_t\;\le\;\frac1{T+1}\left[\frac{(1-\beta)R^2}{2\gamma}+\frac\beta{1-\beta}\,(d_0-d_T)\right]. $$

By convexity the same holds for the value at the mean of the iterates. The right side reads the path: it contains $d_T$, which may be dropped.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#define PARAMETERS(P) P(gamma) P(beta)
#include "../common.h"

static double bound_with(const rate_case *c, double T, double d0, double dT)
{
	const double D2 = c->D2, beta = c->param[beta_], gamma = c->param[gamma_];
	return ((1 - beta) * D2 / (2 * gamma) + beta / (1 - beta) * (d0 - dT)) / (T + 1);
}

/*:
## Proof

The point $z_t=x_t+\frac\beta{1-\beta}(x_t-x_{t-1})$ makes plain gradient steps, $z_{t+1}=z_t-\frac\gamma{1-\beta}g_t$ with $g_t=\nabla f(x_t)$. Expand:
$$ \|z_{t+1}-x_\star\|^2=\|z_t-x_\star\|^2-\frac{2\gamma}{1-\beta}\Bigl(\langle g_t,x_t-x_\star\rangle+\frac\beta{1-\beta}\langle g_t,x_t-x_{t-1}\rangle\Bigr)+\frac{\gamma^2}{(1-\beta)^2}\|g_t\|^2 . $$
Smooth convex functions have $\langle g_t,x_t-x_\star\rangle\ge d_t+\frac1{2L}\|g_t\|^2$, and convexity gives $\langle g_t,x_t-x_{t-1}\rangle\ge d_t-d_{t-1}$. The terms in
$\|g_t\|^2$ add up to $\frac\gamma{1-\beta}\bigl(\frac\gamma{1-\beta}-\frac1L\bigr)\|g_t\|^2\le0$, so
$$ \|z_{t+1}-x_\star\|^2\le\|z_t-x_\star\|^2-\frac{2\gamma}{1-\beta}\Bigl(d_t+\frac\beta{1-\beta}(d_t-d_{t-1})\Bigr). $$
Sum over $t=0,\dots,T$ with $d_{-1}=d_0$ and $z_0=x_0$; the second term telescopes; drop $\|z_{T+1}-x_\star\|^2$. $\square$

## How sharp it is

Exact for every $\beta$ and $T$. On the linear part of a Huber function every inequality above is an equality when $\gamma=\frac{1-\beta}L$; with
$\tau=\frac R{T+1}$ the last point is $z_{T+1}=x_\star$, and $x_t$, which lags behind $z_t$, has not left the linear part before.

## What is run

The heavy ball on every convex smooth function with a known minimum, with $\beta=\frac12$ or as given. Sharp: Huber functions made for the horizon, with and without much momentum.

## What must fail

$0.9$ of the bound; the rate $T^{-3/2}$; and the bound of a step that is $1.3$ times too long, with $\beta=0$: then $\gamma L=1.3$, and at the first step of a bowl $d_0+d_1$ is more than $R^2/(2\gamma)$.

## Exercises

1. Show that $d_T\le d_0$, and that the bound is never better than with $\beta=0$. So why the momentum?
2. What does $\beta\to1$ with $\gamma=\frac{1-\beta}L$ do to the two terms, for fixed $T$?
3. Verify that $x_t\ge z_t$ on the linear part of the Huber function.
:*/

enum { SUM, SCALE, FIRST, FIRST_SCALE, KEPT };

static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(2 * nrep * sizeof *q);
	int failed;

	if (!q)
		return RATE_FAIL;
	failed = rate_gap_of(v, v->state[0], q, q + nrep);
	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r);

		kept[SUM] += q[r];
		kept[SCALE] += q[nrep + r];
		if (v->t == 0) {
			kept[FIRST] = q[r];
			kept[FIRST_SCALE] = q[nrep + r];
		}
	}
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	double T = (double)v->t, m = v->c->param[beta_] / (1 - v->c->param[beta_]);

	if (rate_gap_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);
		double first = v->t ? kept[FIRST] : q[r];

		b[r] = bound_with(v->c, T, first, q[r]);
		s[r] = (kept[SCALE] + s[r] + m * (kept[FIRST_SCALE] + s[r])) / (T + 1);
		q[r] = (kept[SUM] + q[r]) / (T + 1);
	}
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "huber:tau=0.015384615384615385", .parameters = "gamma=0.5,beta=0.5",
	  .note = "Huber function made for T = 64", .steps = 64, .ratio = 1 },
	{ .objective = "huber:tau=0.0038910505836575876", .parameters = "gamma=0.1,beta=0.9",
	  .note = "Huber function made for T = 256, more momentum", .steps = 256, .ratio = 1 })
CONTROL(control,
	{ .objective = "huber:tau=0.0038910505836575876", .parameters = "gamma=0.1,beta=0.9",
	  .note = "0.9 of the bound, which is attained", .steps = 256, .factor = 0.9 },
	{ .objective = "huber:tau=0.0038910505836575876", .parameters = "gamma=0.1,beta=0.9",
	  .note = "rate T^-3/2 instead of T^-1", .steps = 256, .power = 0.5 },
	{ .objective = "quadratic:d=1", .parameters = "gamma=1.3,beta=0", .note = "1.3 times the largest step",
	  .steps = 16 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= (1 - beta)/L"),
	[beta_] = { "beta", RATE_REAL, "0.5", 0, 1, NULL, "momentum, 0 <= beta < 1" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[gamma_] = fraction * (1 - param[beta_]) / L;
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (!(beta >= 0 && beta < 1))
		return "0 <= beta < 1";
	return AT_MOST(gamma, (1 - beta) / L) ? NULL : "0 < gamma <= (1 - beta)/L";
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = gamma;
		out[1][t] = beta;
	}
}

/* For figures: the bound without d_T. */
FORMULA(bound, t, bound_with(c, t, d0, 0))

CLAIM(hb_convex_average,
	.id = "hb-convex-average", .chapter = "heavy-ball",
	.title = "Heavy ball on convex smooth functions, mean of the gaps",
	.statement = "f convex, L-smooth, 0 ≤ β < 1, 0 < γ ≤ (1−β)/L, x_{−1} = x_0: "
	             "Σ_{t≤T} (f(x_t) − f*) ≤ (1−β)R²/(2γ) + β/(1−β) (f(x_0) − f(x_T)) for every T ≥ 1",
	.quantity = "1/(T+1) Σ_{t≤T} (f(x_t) − f*)", .formula = "[(1−β)R²/(2γ) + β/(1−β) (d_0 − d_T)]/(T+1)",
	.source = "after Ghadimi, Feyzmahdavian & Johansson, ECC 2015",
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "heavy-ball",
	NEEDS("convex", "L", "x_star", "f_star"), RANGE, .schedules = 2, .accumulators = KEPT, .power = 1,
	.steps = steps,
	.bound = bound, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
