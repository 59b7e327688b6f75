/*:
# Local steps go to the wrong point

To save talk, let every agent make $K$ gradient steps on its own before all take the mean. With different losses the agents drift apart meanwhile, and the mean drifts with them. On quadratics one can say exactly where to.

**Theorem.** Let $f^i(x)=\frac12\langle x-c_i,H_i(x-c_i)\rangle$ with $\mu I\preceq H_i\preceq LI$, $\mu>0$, $0<\gamma\le\frac1L$, $A_i=I-(I-\gamma H_i)^K$ and
$$ M=\frac1N\sum_i(I-\gamma H_i)^K,\qquad x_\infty=\Bigl(\sum_iA_i\Bigr)^{-1}\sum_iA_ic_i . $$
From a common start the mean after $r$ rounds of $K$ local steps is
$$ x_{rK}=x_\infty+M^r(x_0-x_\infty), $$
and $s<K$ steps into the next round agent $i$ stands at $c_i+(I-\gamma H_i)^s(x_{rK}-c_i)$.

Each agent counts with the weight $A_i$ instead of $H_i$: for long rounds all count the same, and $x_\infty$ is the mean of the $c_i$, not the minimiser of $f$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(local)
#include "network.h"

#include <stdlib.h>

enum { AGENTS, G1 = 5 }; /* in the lists of needs */

/*: The program measures how far the copies are from there: :*/
FORMULA(nothing, t, 0)

/* (1 - gamma h)^k; a product that rounding has put above 1 is 1. */
static double remains(double gamma, double h, double k)
{
	return k > 0 ? exp(k * log1p(-fmin(gamma * h, 1))) : 1;
}

/* S(h) = sum over k < K of (1 - gamma h)^k */
static double geometric(double gamma, double h, double K)
{
	return gamma * h != 0 ? -expm1(K * log1p(-fmin(gamma * h, 1))) / (gamma * h) : K;
}

/*:
**Theorem (how wrong).** Under the same hypotheses let $x_\star$ minimise $f=\frac1N\sum f^i$, $g_i=\nabla f^i(x_\star)$, $S(h)=\sum_{k<K}(1-\gamma h)^k$ and
$$ b=\frac{\gamma\,(S(\mu)-S(L))}{2\,\bigl(1-(1-\gamma\mu)^K\bigr)}\cdot\frac1N\sum_i\|g_i\| . $$
Then $\|x_\infty-x_\star\|\le b$, and for every $t=rK$
$$ \|x_t-x_\star\|\;\le\;(1-\gamma\mu)^t\bigl(\|x_0-x_\star\|+b\bigr)+b . $$

For $K=1$ the bias $b$ is 0.
:*/

static double bias(const rate_case *c)
{
	LETTERS(c);
	double sum = geometric(gamma, mu, local);

	return (sum - geometric(gamma, L, local)) / (2 * mu * sum) * c->need[G1] / c->need[AGENTS];
}

/* Between two averages nothing is claimed. */
static double bound(const rate_case *c, double t)
{
	LETTERS(c);
	double b = bias(c);

	return fmod(t, local) != 0 ? INFINITY : pow(decay(gamma * mu, t) * (sqrt(D2 / c->need[AGENTS]) + b) + b, 2);
}

/*:
## Proof

*Where.* $K$ steps on $f^i$ take $x$ to $c_i+(I-\gamma H_i)^K(x-c_i)=(I-A_i)x+A_ic_i$. The mean is $Mx+\frac1N\sum A_ic_i$, an affine map with the fixed point $x_\infty$.

*How wrong.* $\frac1N\sum A_i(x_\infty-x_\star)=\frac1N\sum A_i(c_i-x_\star)$, and $A_i=\gamma S(H_i)H_i$, $H_i(c_i-x_\star)=-g_i$:
$$ \frac1N\sum_iA_i(x_\infty-x_\star)=-\frac\gamma N\sum_iS(H_i)g_i=-\frac\gamma N\sum_i\bigl(S(H_i)-\sigma I\bigr)g_i\qquad\text{for every number }\sigma, $$
as $\sum g_i=0$. Take $\sigma=\frac12(S(\mu)+S(L))$: as $S$ decreases, $\|S(H_i)-\sigma I\|\le\frac12(S(\mu)-S(L))$. On the left $A_i\succeq(1-(1-\gamma\mu)^K)I$.

Last, $\|M\|\le(1-\gamma\mu)^K$, and the triangle inequality twice. $\square$

## How sharp it is

The first is an identity. Two agents of curvature $\mu$ and $L$ attain the second for long rounds.

## What is run

Agents with one number each and quadratic losses, for the first; quadratic losses of any dimension for the second.

## What must fail

Rounds of another length than the claim has; $0.9$ of the second bound; and the second bound times $1/t$, as if the points arrived.

## Exercises

1. Show that for small $\gamma$ the bias is $\gamma\frac{K-1}2\bigl\|(\frac1N\sum H_i)^{-1}\frac1N\sum H_ig_i\bigr\|$ to first order.
2. When is there no bias although $K>1$?
3. *Compute.* Let two agents of curvatures 0.1 and 1 take five steps a round: `ratecheck verify fedavg-bias:gamma=1,local=5 --objective broken-line:n=2,slopes=0.1/1,tilt=-1/1,start=1+agents --steps 200`. How far are they from the minimiser, of what the bound allows? And with `local=1`?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	size_t N = run->call->agents(run), block = run->nrep * run->ld;
	double gamma = v->c->param[gamma_], K = v->c->param[local_], M = 0, shift = 0, size = 0, x, into;
	double *zero = aligned_alloc(64, 3 * block * sizeof *zero), *at_0, *at_1;
	int rc = RATE_FAIL;

	(void)b;
	if (!zero)
		return rc;
	at_0 = zero + block;
	at_1 = at_0 + block;
	for (size_t j = 0; j < block; j++)
		zero[j] = 0;
	if (rate_gradient(run, zero, at_0))
		goto out;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++)
			zero[r * run->ld + j] = 1;
	if (rate_gradient(run, zero, at_1))
		goto out;
	/* f^i' is h x + at_0, h = at_1 - at_0: a difference, which is off by as many eps of itself as c_i and x_inf
	 * then are. */
	for (size_t i = 0; i < N; i++) {
		double h = at_1[i] - at_0[i];

		M += remains(gamma, h, K) / (double)N;
		shift -= gamma * geometric(gamma, h, K) * at_0[i] / (double)N;
		size += (fabs(at_0[i]) / fabs(h) + fabs(v->c->x0[i])) * (1 + (fabs(at_0[i]) + fabs(at_1[i])) / fabs(h));
	}
	x = shift / (1 - M);
	x += pow(M, floor((double)v->t / K)) * (v->c->x0[0] - x);
	into = fmod((double)v->t, K);
	for (size_t r = 0; r < run->nrep; r++) {
		double square = 0;

		for (size_t i = 0; i < N; i++) {
			double h = at_1[i] - at_0[i], stands = remains(gamma, h, into) * x;

			if (into > 0)
				stands -= gamma * geometric(gamma, h, into) * at_0[i];
			square += pow(v->state[0][r * run->ld + i] - stands, 2);
		}
		q[r] = sqrt(square);
		s[r] = size / (1 - M);
	}
	rc = RATE_OK;
out:
	free(zero);
	return rc;
}

/* |x - x*|^2 of one agent, where all agree. */
static int measure_bias(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] /= v->c->need[AGENTS];
		s[r] /= v->c->need[AGENTS];
	}
	return RATE_OK;
}

/* curvatures 0.1 and 1, targets 3 and -1 seen from the minimiser -7/11, start 0 */
#define TWO "broken-line:n=2,slopes=0.1/1,tilt=-0.36363636363636365/0.36363636363636365,start=0.6363636363636364" \
	"+agents"
SHARP(sharp,
	{ .objective = TWO, .parameters = "gamma=0.5,local=5", .note = "curvatures 0.1 and 1, five local steps",
	  .steps = 203, .ratio = 1 },
	{ .objective = "squares:a=1/2/3,d=1,b=1/1/5+agents", .parameters = "gamma=0.1,local=3", .note = "three agents",
	  .steps = 100, .ratio = 1 })
CONTROL(control,
	{ .objective = TWO, .parameters = "gamma=0.5,local=5", .note = "a mean after every step instead", .steps = 203,
	  .method = "dgd" })
SHARP(sharp_bias,
	{ .objective = TWO, .parameters = "gamma=1,local=200", .note = "rounds of 200", .steps = 600, .ratio = 1 },
	{ .objective = TWO, .parameters = "gamma=0.5,local=60", .note = "shorter steps", .steps = 600, .ratio = 0.953 })
CONTROL(control_bias,
	{ .objective = TWO, .parameters = "gamma=1,local=200", .note = "0.9 of the bound", .steps = 600,
	  .factor = 0.9 },
	{ .objective = TWO, .parameters = "gamma=1,local=5", .note = "the bound times 1/t: it would arrive",
	  .steps = 600, .power = 1 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 1/L"),
	[local_] = { "local", RATE_INTEGER, "4", 1, 100000, NULL, "K, steps from one average to the next" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, AT_MOST(gamma, 1 / L), "0 < gamma <= 1/L")

static const char *applies(const rate_case *c)
{
	return start_together(c, c->need[AGENTS]);
}

static const char *applies_line(const rate_case *c)
{
	return (double)c->d == c->need[AGENTS] ? applies(c) : "run for agents with one number each";
}

CLAIM(fedavg_drift,
	.id = "fedavg-drift", .chapter = "distributed", .title = "Where local steps go",
	.statement = "f^i quadratic with H_i, c_i, μI ≤ H_i ≤ LI, 0 < γ ≤ 1/L, K local steps, A_i = I − (I − γH_i)^K, "
	             "M = mean (I − γH_i)^K: x_{rK} = x_∞ + M^r (x_0 − x_∞), x_∞ = (Σ A_i)⁻¹ Σ A_i c_i",
	.quantity = "‖X_t − these copies‖", .formula = "0", .source = "classical; proved here",
	.kind = RATE_IDENTITY, .method = "local-sgd",
	NEEDS("network.agents", "L", "mu", "quadratic terms", "one term"), RANGE, .applies = applies_line,
	.bound = nothing, .measure = measure, SHARP_AND_CONTROL)

CLAIM(fedavg_bias,
	.id = "fedavg-bias", .chapter = "distributed", .title = "How wrong local steps go",
	.statement = "f^i quadratic, μI ≤ H_i ≤ LI, 0 < γ ≤ 1/L, b = γ(S(μ) − S(L)) mean‖g_i‖/(2(1 − (1 − γμ)^K)), "
	             "t = rK: "
	             "‖x_t − x*‖ ≤ (1 − γμ)^t (‖x_0 − x*‖ + b) + b",
	.quantity = "‖x_t − x*‖²", .formula = "((1 − γμ)^t (‖x_0 − x*‖ + b) + b)²", .source = OWN,
	.kind = RATE_DETERMINISTIC, .method = "local-sgd",
	NEEDS("network.agents", "L", "mu", "quadratic terms", "one term", "network.g1", "x_star"), RANGE,
	.applies = applies, .bound = bound, .measure = measure_bias, .sharp = sharp_bias, .control = control_bias)
