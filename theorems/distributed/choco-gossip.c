/*:
# Averaging with compressed differences

Agents want the mean of what they have, and may send only a compressed vector at each step: the largest entry, say. If each keeps a public copy $s_i$ of its vector that the others know as well, and sends only the compressed difference to it, they get there.

**Theorem.** Let $\|C(v)-v\|\le b\|v\|$ for all $v$ ($C$ may change with the agent and the time), $\delta=1-\lambda_2$, $\beta=1-\lambda_N$, $0<\gamma\le\frac2{\delta+\beta}$. The method
$$ s_i\leftarrow s_i+C(x_i-s_i),\qquad x_i\leftarrow x_i+\gamma\sum_jW_{ij}(s_j-s_i) $$
satisfies at every $t$, with $\bar x$ the mean of the copies at the start,
$$ \|X_t-\mathbf1\bar x\|\;\le\;\text{the first entry of } M^t\begin{pmatrix}\|X_0-\mathbf1\bar x\|\\\|X_0-S_0\|\end{pmatrix},\qquad M=\begin{pmatrix}1-\gamma\delta&\gamma\beta b\\\gamma\beta&b(1+\gamma\beta)\end{pmatrix}. $$

For $b<1$ the matrix $M$ contracts if and only if $\gamma<\frac{\delta(1-b)}{b\,\beta(\beta+\delta)}$: a short enough step works with any compressor.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(compress) P(by) P(k) P(bits) P(first)
#include <string.h>

#include "compress.h"

enum { LAMBDA_2, LAMBDA_N, AGENTS }; /* in the list of needs */

/* |X_0 - 1 mean| and |X_0 - S_0|. */
static void start(const rate_case *c, double *apart, double *unsent)
{
	size_t N = (size_t)c->need[AGENTS], d = c->d / N;
	double square = 0, all = 0;

	for (size_t j = 0; j < d; j++) {
		double mean = 0;

		for (size_t i = 0; i < N; i++)
			mean += c->x0[i * d + j] / (double)N;
		for (size_t i = 0; i < N; i++) {
			square += pow(c->x0[i * d + j] - mean, 2);
			all += pow(c->x0[i * d + j], 2);
		}
	}
	*apart = sqrt(square);
	*unsent = fabs(1 - c->param[first_]) * sqrt(all);
}

/* One step of M. */
static void advance(const rate_case *c, double *apart, double *unsent)
{
	LETTERS(c);
	double b = contraction((int)compress, by, k, bits, (double)c->d / c->need[AGENTS]);
	double delta = 1 - c->need[LAMBDA_2], beta = 1 - c->need[LAMBDA_N], next;

	next = (1 - gamma * delta) * *apart + gamma * beta * b * *unsent;
	*unsent = gamma * beta * *apart + b * (1 + gamma * beta) * *unsent;
	*apart = next;
}

static double bound(const rate_case *c, double t)
{
	double apart, unsent;

	start(c, &apart, &unsent);
	for (double s = 0; s < t; s++)
		advance(c, &apart, &unsent);
	return apart;
}

/*:
**Theorem (the mean stays).** Whatever $C$ does, the mean of the copies is that of the start at every $t$.
:*/

FORMULA(nothing, t, 0)

/*:
## Proof

The rows of $W-I$ add up to 0, and so do its columns: the second line of the method keeps the mean.

Let $S^+$ be the public copies after the first line, $\|X-S^+\|\le b\|X-S\|$. Then
$$ X^+-\mathbf1\bar x=\bigl(I+\gamma(W-I)\bigr)(X-\mathbf1\bar x)+\gamma(W-I)(S^+-X). $$
Off the mean $I+\gamma(W-I)$ has its eigenvalues in $[1-\gamma\beta,1-\gamma\delta]$, whose sizes are at most $1-\gamma\delta$ by the range of $\gamma$; and $\|(W-I)Y\|\le\beta\|Y\|$. That is the first row of $M$. The second:
$$ \|X^+-S^+\|\le\|X-S^+\|+\gamma\bigl(\|(W-I)(X-\mathbf1\bar x)\|+\|(W-I)(S^+-X)\|\bigr)\le b\|X-S\|+\gamma\beta\bigl(\|X-\mathbf1\bar x\|+b\|X-S\|\bigr). $$
$M$ has no negative entry, so the inequalities may be put into each other.

*When it contracts.* A matrix without negative entries and with diagonal entries below 1 has spectral radius below 1 if and only if $\det(I-M)>0$, and $\det(I-M)=\gamma\delta\bigl(1-b-\gamma b\beta\bigr)-\gamma^2\beta^2b=\gamma\bigl(\delta(1-b)-\gamma b\beta(\delta+\beta)\bigr)$. $\square$

## How sharp it is

Two agents who average and overshoot, $C(v)=1.3v$, attain it for two steps; with a short $\gamma$ the ratio is still $0.994$ after 198 steps, when the bound has shrunk to a tenth.

## What is run

The method from starts apart, with the largest entry, with scaling and with few bits. The losses play no part.

## What must fail

$0.9\times0.994$ of the bound; and a step outside of the range with a compressor that overshoots, which diverges.

## Exercises

1. Why is $W-I$ applied to the public copies and not $W$?
2. Which step is best without compression, and what is the rate?
:*/

/* What the steps round: all of it, which moves the mean; and what M has made of that. */
enum { ROUNDED, APART, UNSENT, KEPT };

static double row_norm(const rate_run *run, const double *block, size_t r)
{
	double square = 0;

	for (size_t j = 0; j < run->d; j++)
		square += block[r * run->ld + j] * block[r * run->ld + j];
	return sqrt(square);
}

/* What the last step was made of: copies, and public ones times gamma, N of which are added up, as are the weights of a
 * row. */
static double made_of(const rate_view *v, size_t r)
{
	double N = v->c->need[AGENTS], gamma = v->c->param[gamma_];
	const double *sent;

	return row_norm(v->run, v->state[0], r) +
	    (v->find(v, "sent", &sent) ? 0 : gamma * (4 + N) * row_norm(v->run, sent, r));
}

/* Up to x_t. */
static void round_off(const rate_view *v, size_t r, double *kept)
{
	double more = made_of(v, r);

	kept[ROUNDED] += more;
	advance(v->c, &kept[APART], &kept[UNSENT]);
	/* Out of the range M may have a negative entry. */
	kept[APART] = fabs(kept[APART]) + more;
	kept[UNSENT] += more;
}

static int observe(rate_view *v)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		round_off(v, r, rate_acc(v, KEPT, r));
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double size2, kept[KEPT];

		memcpy(kept, rate_acc(v, KEPT, r), sizeof kept);
		round_off(v, r, kept);
		q[r] = sqrt(consensus2(v->run, v->state[0], r, &size2));
		s[r] = sqrt(size2) + kept[APART] / 64;
	}
	return RATE_OK;
}

/* How far the mean has moved, along each coordinate. */
static int measure_mean(rate_view *v, double *q, double *s, double *b)
{
	size_t N = v->run->call->agents(v->run), d = v->run->d / N;

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *x = v->state[0] + r * v->run->ld;
		double square = 0, size2 = 0;

		for (size_t j = 0; j < d; j++) {
			double moved = 0;

			for (size_t i = 0; i < N; i++) {
				double was = v->c->x0[i * d + j], is = x[i * d + j];

				moved += (is - was) / (double)N;
				size2 += is * is + was * was;
			}
			square += moved * moved;
		}
		q[r] = sqrt(square);
		s[r] = (sqrt(size2) + (rate_acc(v, KEPT, r)[ROUNDED] + made_of(v, r)) / 64) / sqrt((double)N);
	}
	return RATE_OK;
}

#define TWO "centres:b=1/-1+agents:apart=1" /* W averages, start 1 and -1 */
#define RING "diagonal:lambda=1/2/3,start=1/2/3+agents:n=5,apart=2"
SHARP(sharp,
	{ .objective = TWO, .parameters = "gamma=0.1167,compress=scale,by=1.3,first=1", .note = "two who overshoot",
	  .steps = 2, .ratio = 1 },
	{ .objective = TWO, .parameters = "gamma=0.0117,compress=scale,by=1.3,first=1", .note = "a short step",
	  .steps = 198, .ratio = 1, .deep_ratio = 0.9944 },
	{ .objective = RING, .parameters = "gamma=0.1,compress=top,k=1", .note = "five on a ring, the largest of three",
	  .steps = 100 },
	{ .objective = RING, .parameters = "gamma=1,compress=float,bits=3", .note = "three bits of mantissa",
	  .steps = 20 })
CONTROL(control,
	{ .objective = TWO, .parameters = "gamma=0.0117,compress=scale,by=1.3,first=1",
	  .note = "0.9 x 0.994 of the bound",
	  .steps = 198, .factor = 0.9 * 0.9944 },
	{ .objective = "centres:b=1/-1+agents:apart=1,weight=0.9",
	  .parameters = "gamma=1,compress=scale,by=1.6,first=0", .note = "a step outside of the range", .steps = 60,
	  .factor = 1e-3 })
SHARP(sharp_mean,
	{ .objective = RING, .parameters = "gamma=0.1,compress=top,k=1", .note = "five on a ring, the largest of three",
	  .steps = 100, .ratio = 1 })
CONTROL(control_mean,
	{ .objective = RING, .parameters = "gamma=0.1,compress=top,k=1", .note = "dgd goes to the minimiser",
	  .steps = 20,
	  .method = "dgd" })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(delta + beta)"),
	COMPRESSOR_ROWS,
	[first_] = { "first", RATE_REAL, "0", -10, 10, NULL, "public copies at the start: this times x_0" },
};

static double longest(const rate_case *c)
{
	return 2 / (2 - c->need[LAMBDA_2] - c->need[LAMBDA_N]);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * longest(c);
}

MUST(admissible, AT_MOST(gamma, longest(c)), "0 < gamma <= 2/(delta + beta)")

CLAIM(choco_gossip,
	.id = "choco-gossip", .chapter = "distributed", .title = "Averaging with compressed differences",
	.statement = "‖C(v) − v‖ ≤ b‖v‖, 0 < γ ≤ 2/(δ + β), M = [[1 − γδ, γβb], [γβ, b(1 + γβ)]]: "
	             "‖X_t − 1x̄‖ ≤ first entry of M^t (‖X_0 − 1x̄‖, ‖X_0 − S_0‖)",
	.quantity = "‖X_t − 1x̄‖", .formula = "(M^t (‖X_0 − 1x̄‖, ‖X_0 − S_0‖))_1",
	.source = "Koloskova, Stich and Jaggi, arXiv:1902.00340, the method; the matrix is proved here",
	.kind = RATE_DETERMINISTIC, .method = "choco", NEEDS("network.lambda_2", "network.lambda_n", "network.agents"),
	RANGE, .accumulators = KEPT, .bound = bound, .transient = bound, .observe = observe, .measure = measure,
	SHARP_AND_CONTROL)

CLAIM(choco_mean,
	.id = "choco-mean", .chapter = "distributed", .title = "Compressed gossip keeps the mean",
	.statement = "any C, any γ: mean of X_t = mean of X_0", .quantity = "‖mean X_t − mean X_0‖", .formula = "0",
	.source = "Koloskova, Stich and Jaggi, arXiv:1902.00340",
	.kind = RATE_IDENTITY, .method = "choco", NEEDS("network.lambda_2", "network.lambda_n", "network.agents"),
	RANGE, .accumulators = KEPT, .bound = nothing, .observe = observe, .measure = measure_mean,
	.sharp = sharp_mean, .control = control_mean)
