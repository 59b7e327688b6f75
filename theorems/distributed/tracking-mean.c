/*:
# Gradient tracking: the mean is right

In decentralised gradient descent an agent never learns what the others' gradients are. Let it carry an estimate $y_i$ of the mean gradient, mixed like the copies and corrected by what changed:
$$ x_i^{t+1}=\sum_jW_{ij}\operatorname{prox}_{\gamma h}(x_j^t-\gamma y_j^t),\qquad y_i^{t+1}=\sum_jW_{ij}\bigl(y_j^t+g_j^{t+1}-g_j^t\bigr),\qquad y_i^0=g_i^0. $$

**Theorem.** Let $W$ have columns of sum 1. Whatever the numbers $g_i^t$ are (gradients at the copies, stochastic gradients, anything), at every $t$
$$ \frac1N\sum_iy_i^t=\frac1N\sum_ig_i^t . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "network.h"

/*: The program measures the length of the difference, which is nothing: :*/
FORMULA(bound, t, 0)

/*:
## Proof

The columns of $W$ add up to 1, so mixing keeps the mean: $\bar y^{t+1}=\bar y^t+\bar g^{t+1}-\bar g^t$. Both sides agree at $t=0$. $\square$

One line, and everything rests on it: wherever the copies and the estimates stand still they agree, $x_i=x$, $y_i=\bar y=\frac1N\sum\nabla f^i(x)$, and $x=\operatorname{prox}_{\gamma h}(x-\gamma\bar y)$. The method has no other rest than the exact minimisers, with any step.

## How sharp it is

It is an identity, on every path; what is measured is rounding.

## What is run

Gradient tracking on every network of the suite, with and without noise, with an $h$, and on losses that are not convex.

## What must fail

The estimates started at 0: then the difference is the mean gradient at the start, for ever.

## Exercises

1. What becomes of the identity if $W$ has rows of sum 1 but not columns? (Then $W$ is not symmetric.)
2. Start at $y_i^0=0$. Where does the method come to rest?
:*/

static int blocks(rate_view *v, const double **y, const double **g)
{
	return v->find(v, "y", y) || v->find(v, "g", g) ?
	    (v->run->call->fail)(v->run, "the method has no states `y` and `g`") : RATE_OK;
}

/* How large trackers and gradients are along a coordinate. */
static double size_of(const rate_view *v, const double *y, const double *g, size_t r)
{
	double most = 0;

	for (size_t j = r * v->run->ld; j < r * v->run->ld + v->run->d; j++)
		most = fmax(most, fmax(fabs(y[j]), fabs(g[j])));
	return most;
}

/* Units of rounding that a step adds, at most: N trackers are added up, as are the weights of a row, and two gradients
 * come in. */
static double units(const rate_view *v)
{
	return 4 + (double)v->run->call->agents(v->run);
}

/* All that steps have rounded stays in the mean. */
static int observe(rate_view *v)
{
	const double *y, *g;

	if (blocks(v, &y, &g))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		*rate_acc(v, 1, r) += units(v) * size_of(v, y, g, r);
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const double *y, *g;
	rate_run *run = v->run;
	size_t N = run->call->agents(run), d = run->d / N;

	(void)b;
	if (blocks(v, &y, &g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double square = 0, now = size_of(v, y, g, r);

		for (size_t j = 0; j < d; j++) {
			double off = 0;

			for (size_t i = 0; i < N; i++)
				off += (y[r * run->ld + i * d + j] - g[r * run->ld + i * d + j]) / (double)N;
			square += off * off;
		}
		q[r] = sqrt(square);
		s[r] = (now + (*rate_acc(v, 1, r) + units(v) * now) / 64) * sqrt((double)d);
	}
	return RATE_OK;
}

SHARP(sharp,
	{ .objective = "centres:b=1/0/0/5/0/-2+agents:graph=ring,apart=1", .parameters = "gamma=0.2",
	  .note = "six on a ring who start apart", .steps = 200, .ratio = 1 },
	{ .objective = "broken-line:n=4,knots=0,slopes=1/-1/2/1/1/3/1/1,tilt=1/0/2/-3,start=3+agents:graph=star",
	  .parameters = "gamma=0.05", .note = "a loss that bends down, on a star", .steps = 200, .ratio = 1 },
	{ .objective = "centres:b=0/3/6+agents:graph=path+gaussian-noise:sigma=1", .parameters = "gamma=0.1",
	  .note = "noise", .steps = 64, .ratio = 1 },
	{ .objective = "centres:b=0/3/6+l1:lambda=0.5+agents:graph=path", .parameters = "gamma=0.1",
	  .note = "with an h", .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = "centres:b=1/0/0/5/0/-2+agents:graph=ring", .parameters = "gamma=0.2",
	  .note = "estimates that start at 0", .steps = 200, .method = "gradient-tracking:first=0" })

/*: {.plumbing} :*/
static const rate_param params[] = { RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = 0.1 * fraction / c->L;
}

MUST(admissible, gamma > 0, "gamma > 0")

CLAIM(tracking_mean,
	.id = "tracking-mean", .chapter = "distributed", .title = "Gradient tracking keeps the mean of the gradients",
	.statement = "columns of W of sum 1, y_i^0 = g_i^0, y_i ← Σ_j W_ij (y_j + g_j' − g_j): mean y_i = mean g_i at "
	             "every t",
	.quantity = "‖mean y_i − mean g_i‖", .formula = "0",
	.source = "Di Lorenzo and Scutari, NEXT, arXiv:1602.00591; the method is that of Xu, Zhu, Soh and Xie 2015",
	.kind = RATE_IDENTITY, .method = "gradient-tracking", NEEDS("network/1", "L"), RANGE,
	 .accumulators = 1, .bound = bound, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
