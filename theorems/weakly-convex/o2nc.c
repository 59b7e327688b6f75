/*:
# Online-to-nonconvex conversion

An online learner can be a descent method, if each step has a random length.

**Theorem.** Let $F$ be Lipschitz along every line and bounded below, let $g$ give its slope almost everywhere on every line (exp-scaling), with $\|g(x)\|\le G$ for every slope that the oracle returns. Let $D>0$, let an epoch have $N$ steps and let $\eta=\frac D{G\sqrt N}$. At the start of an epoch $\Delta=0$; each step is
$$ x\leftarrow x+s\Delta,\qquad \Delta\leftarrow P_D\bigl(\Delta-\eta\,g(x)\bigr), $$
with fresh exponential $s$ and $P_D$ the projection onto the ball of radius $D$. Then after $T=KN$ steps
$$ \mathbb E\,\frac1K\sum_{k=1}^K\Bigl\|\frac1N\sum_{n\in\text{epoch }k}g(x_n)\Bigr\|\;\le\;\frac{F(x_0)-\inf F}{DT}+\frac G{\sqrt N} . $$

**Hypotheses.** The $x_n$ are the points after the steps. The points of an epoch lie within a distance of the order $DN$ of each other: small means of slopes over such a ball are what stationarity can mean without smoothness (Goldstein).
:*/
#define PARAMETERS(P) P(gamma) P(D) P(N)
#include <stdlib.h>

#include "../common.h"

FORMULA(bound, t, d0 / (D * t) + G / sqrt(N))

/*:
## Proof

$\Delta_n$ is known before $s_n$ is drawn, so by exp-scaling, summed over all steps,
$$ \mathbb E F(x_T)-F(x_0)=\mathbb E\sum_n\langle g(x_n),\Delta_n\rangle . $$
In epoch $k$ let $\bar g$ be the mean of its $N$ slopes and compare with the fixed $u=-D\bar g/\|\bar g\|$, for which $\sum\langle g(x_n),u\rangle=-DN\|\bar g\|$. Projected gradient descent on linear losses, from $0$ on a ball of radius $D$, obeys
$$ \sum_n\langle g(x_n),\Delta_n-u\rangle\;\le\;\frac{D^2}{2\eta}+\frac\eta2\sum_n\|g(x_n)\|^2\;\le\;\frac{D^2}{2\eta}+\frac{\eta NG^2}2=DG\sqrt N . $$
Hence $\inf F-F(x_0)\le-DN\,\mathbb E\sum_k\|\bar g_k\|+K\,DG\sqrt N$. Divide by $DKN$. $\square$

## How sharp it is

On $|x|$, started where the mean of all steps ends, nearly every slope is $+1$ and the first term does all the work that it is given: $0.94$. The regret term is paid only at the start of each epoch.

## What is run

The line, all objectives with a known $G$ that are functions of one term.

## What must fail

The method without scaling, $s=1$, on a triangle wave whose period is the length of its first steps: each visited slope is $+1$, the measured mean is $1$, and the bound is a tenth of it. $0.8$ of the bound on $|x|$.

## Exercises

1. ★ Points may be averaged over a distance $\delta$ only, and $T$ steps are paid for. Which $D$ and $N$ make the bound least, up to factors?
2. Why is the bound on the mean of the slopes and not on the slope at a point?
:*/

SHARP(sharp,
	{ .objective = "abs:start=151.2", .parameters = "D=0.1,N=100", .note = "down the slope of |x|", .steps = 1600,
	  .ratio = 0.944 },
	{ .objective = "triangle-wave:period=0.01,start=0.0025", .parameters = "D=0.1,N=100",
	  .note = "a fine triangle wave", .steps = 400 })
CONTROL(control,
	{ .objective = "triangle-wave:period=0.01,start=0.0025", .parameters = "D=0.1,N=100",
	  .note = "s = 1: one slope for ever",
	  .steps = 400, .method = "o2nc:scaled=0" },
	{ .objective = "abs:start=151.2", .parameters = "D=0.1,N=100", .note = "0.8 of the bound", .steps = 1600,
	  .factor = 0.8 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = { "gamma", RATE_REAL, "auto", 0, 0, NULL, "eta = D/(G sqrt N)" },
	[D_] = { "D", RATE_REAL, "auto", 0, 0, NULL, "radius of the ball, D > 0" },
	[N_] = { "N", RATE_INTEGER, "auto", 0, 0, NULL, "steps of an epoch; T is a multiple of it" },
};

/* The longest epoch of a power of 2 that divides T, not above sqrt T; as long a way as the gap asks for. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double N = 1, T = (double)c->T;

	while (4 * N * N <= T && fmod(T, 2 * N) == 0)
		N *= 2;
	if (!(param[N_] >= 1))
		param[N_] = N;
	if (!(param[D_] > 0))
		param[D_] = fraction * (c->d0 > 0 ? c->d0 : 1) / (c->G * sqrt(T));
	param[gamma_] = param[D_] / (c->G * sqrt(param[N_]));
}

MUST(admissible, D > 0 && N >= 1 && fmod((double)c->T, N) == 0 && fabs(gamma * G * sqrt(N) - D) <= 1e-9 * D,
     "D > 0, gamma = D/(G sqrt N), and T a multiple of N")

/* Sum of the slopes of this epoch; sum of the lengths of the means of those that are over. */
enum { SLOPES, LENGTHS, KEPT };

static int look(rate_view *v, double *g)
{
	double N = v->c->param[N_];

	if (v->t == 0)
		return RATE_OK;
	if (rate_gradient(v->run, v->state[0], g))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double *kept = rate_acc(v, KEPT, r);

		kept[SLOPES] += g[r * v->run->ld];
		if (fmod((double)v->t, N) == 0) {
			kept[LENGTHS] += fabs(kept[SLOPES]) / N;
			kept[SLOPES] = 0;
		}
	}
	return RATE_OK;
}

static int observe(rate_view *v)
{
	double *g = aligned_alloc(64, v->run->nrep * v->run->ld * sizeof *g);
	int rc = g ? look(v, g) : RATE_FAIL;

	free(g);
	return rc;
}

/* x_T is looked at too, though nothing will observe it: its share is added without being kept. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	double N = v->c->param[N_], *g = aligned_alloc(64, v->run->nrep * v->run->ld * sizeof *g);
	int failed = !g || rate_gradient(v->run, v->state[0], g);

	(void)b;
	for (size_t r = 0; !failed && r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);
		double K = (double)v->t / N, last = v->t ? g[r * v->run->ld] : 0;

		q[r] = K > 0 ? (kept[LENGTHS] + fabs(kept[SLOPES] + last) / N) / K : v->c->G;
		s[r] = v->c->G;
	}
	free(g);
	return failed ? RATE_FAIL : RATE_OK;
}

CLAIM(o2nc,
	.id = "o2nc", .chapter = "weakly-convex", .title = "Online-to-nonconvex conversion with random scaling",
	.statement = "slopes ≤ G, epochs of N steps, η = D/(G√N), s exponential: "
	             "E (1/K) Σ_k ‖mean of the slopes of epoch k‖ ≤ (f(x_0) − f*)/(DT) + G/√N, T = KN",
	.quantity = "mean over the epochs of |mean slope|", .formula = "d₀/(DT) + G/√N",
	.source = "after Zhang and Cutkosky, Random scaling and momentum for non-smooth non-convex optimization, "
	          "ICML 2024, and "
	          "Cutkosky, Mehta and Orabona 2023; constants proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_LAST | RATE_DIMENSION_ONE, .method = "o2nc",
	NEEDS("G", "f_star", "no composite", "whole space", "one term"), RANGE, .accumulators = KEPT, .bound = bound,
	.observe = observe, .measure = measure, SHARP_AND_CONTROL)
