/*:
# The heavy ball need not converge on strongly convex functions

Polyak's step and momentum, $\gamma=\frac4{(\sqrt L+\sqrt\mu)^2}$ and $\sqrt\beta=\frac{\sqrt\kappa-1}{\sqrt\kappa+1}$, are the best ones on quadratics. On functions that are
only $\mu$-strongly convex and $L$-smooth they may fail altogether.

**Theorem** (Lessard, Recht and Packard 2016). Let $\mu=1$, $L=25$, hence $\gamma=\frac19$ and $\beta=\frac49$, and let
$$ f'(x)=\begin{cases}25x,&x<1,\\ x+24,&1\le x<2,\\ 25x-24,&x\ge2.\end{cases} $$
From $x_0=\frac{2592}{1225}$, $x_1=\frac{792}{1225}$ the heavy ball runs for ever through
$$ \tfrac{2592}{1225}\;\to\;\tfrac{792}{1225}\;\to\;-\tfrac{2208}{1225}\;\to\;\tfrac{2592}{1225}\;\to\;\cdots $$
so that $|x_t-x_\star|\ge\frac{792}{1225}$ for every $t$, though $x_\star=0$ is the only stationary point.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(beta)
#include "../common.h"

static double bound(const rate_case *c, double t)
{
	(void)c;
	(void)t;
	return 792.0 / 1225 * (792.0 / 1225);
}

/*:
## Proof

By whole numbers. With $x_t=\frac{n_t}{1225}$ and $f'(x_t)=\frac{F_t}{1225}$ the recursion is $9\,n_{t+1}=9n_t-F_t+4(n_t-n_{t-1})$. Three steps:

| $n_{t-1}$ | $n_t$ | $F_t$ | $9n_{t+1}$ | $n_{t+1}$ |
|---:|---:|---:|---:|---:|
| 2592 | 792 | $25\cdot792=19800$ | $7128-19800-7200=-19872$ | $-2208$ |
| 792 | $-2208$ | $-25\cdot2208=-55200$ | $-19872+55200-12000=23328$ | 2592 |
| $-2208$ | 2592 | $25\cdot2592-24\cdot1225=35400$ | $23328-35400+19200=7128$ | 792 |

The pair is back where it was. $\square$ The program does not trust the table: it runs the recursion in integers, where a remainder would be an error.
:*/

/* n_t of the cycle, or INT64_MIN where a division by 9 would leave a remainder. */
static int64_t exact(uint64_t t)
{
	int64_t before = 2592, n = 792;

	if (t == 0)
		return before;
	for (uint64_t k = 1; k < t; k++) {
		int64_t F = n < 1225 ? 25 * n : n < 2 * 1225 ? n + 24 * 1225 : 25 * n - 24 * 1225;
		int64_t nine = 9 * n - F + 4 * (n - before);

		if (nine % 9)
			return INT64_MIN;
		before = n;
		n = nine / 9;
	}
	return n;
}

/*:
**The cycle attracts.** None of its points is a kink of $f'$, and on all three the slope is 25; so near the cycle three steps multiply a deviation by $M^3$ with
$M=\begin{pmatrix}-\frac43&-\frac49\\1&0\end{pmatrix}$. Both eigenvalues of $M$ are $-\frac23$: deviations shrink like $(\frac23)^t$. So the cycle survives
rounding, and a whole interval of starts ends in it: with $x_{-1}=x_0$ every $x_0\in[3.07,3.46]$.

## How sharp it is

Exact. There is nothing to choose.

## What is run

The heavy ball with $x_{-1}=x_0=\frac{2592}{1225}$ and the first step $\gamma_0=\frac3{59}$, which leads to $x_1=\frac{792}{1225}$ as $f'(x_0)=\frac{35400}{1225}$; then with $\gamma=\frac19$ and $\beta=\frac49$. The first check is the lower bound on
$|x_t-x_\star|^2$. The second, `hb-lrp-cycle-exact`, compares every $x_t$ with the integers.

## What must fail

$1.1$ times the lower bound; on the same function, gradient descent ($\beta=0$) with $\gamma=\frac2{L+\mu}$, which converges; and the heavy ball with $\gamma=\frac1{25}$, $\beta=\frac49$, which
converges too. For the identity: the starts that are not on the cycle.

## Exercises

1. Verify the table.
2. Start at $x_{-1}=x_0=3$ and at $3.3$, with a short program of your own. What happens?
3. Where does the proof of `hb-quadratic-finite` use that $f$ is quadratic? Here every step multiplies $(x_t,x_{t-1})$ by a matrix of spectral radius $\frac23$, too.
:*/

SHARP(sharp,
	{ .objective = "lrp:start=2.11591836734693877551", .note = "the cycle: 792/1225 is its point nearest to 0",
	  .steps = 1000, .ratio = 1 })
CONTROL(control,
	{ .objective = "lrp:start=2.11591836734693877551", .note = "1.1 times the bound, which is attained",
	  .steps = 1000, .factor = 1.1 },
	{ .objective = "lrp:start=2.11591836734693877551", .parameters = "gamma=0.076923076923076923,beta=0",
	  .note = "gradient descent converges", .steps = 1000 },
	{ .objective = "lrp:start=2.11591836734693877551", .parameters = "gamma=0.04",
	  .note = "a step of 1/L converges",
	  .steps = 1000 })
SHARP(sharp_exact,
	{ .objective = "lrp:start=2.11591836734693877551", .note = "the cycle", .steps = 1000, .ratio = 1 })
CONTROL(control_exact,
	{ .objective = "lrp:start=2.11591836734693877551", .note = "0.9 times the cycle", .steps = 1000,
	  .factor = 0.9 },
	{ .objective = "lrp:start=2.1159", .note = "the start is off by 2e-5", .steps = 1000 },
	{ .objective = "lrp:start=2.11591836734693877551", .parameters = "beta=0.4444",
	  .note = "the momentum is off by 4e-5", .steps = 1000 })

/*: {.plumbing} :*/
static double bound_exact(const rate_case *c, double t)
{
	int64_t n = exact((uint64_t)t);

	(void)c;
	return n == INT64_MIN ? NAN : (double)n / 1225;
}

static int measure_exact(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = v->state[0][r * v->run->ld];
		s[r] = 2;
	}
	return RATE_OK;
}

static const char *const needs[] = { "L", "mu", "x_star" };
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("4/(sqrt L + sqrt mu)^2, from the second step on"),
	[beta_] = { "beta", RATE_REAL, "auto", 0, 1, NULL, "momentum, ((sqrt kappa - 1)/(sqrt kappa + 1))^2" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	(void)c;
	(void)fraction;
	param[gamma_] = 1.0 / 9;
	param[beta_] = 4.0 / 9;
}

static const char *admissible(const rate_case *c)
{
	const double L = c->L, gamma = c->param[gamma_];
	int own = c->d == 1 && L == 25 && fabs(c->x0[0] - 2592.0 / 1225) < 1e-15;

	if (!own)
		return "the function lrp with x_0 = 2592/1225";
	return fabs(gamma - 1.0 / 9) < 1e-15 && fabs(c->param[beta_] - 4.0 / 9) < 1e-15
	    ? NULL : "gamma = 1/9, beta = 4/9";
}

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = t ? gamma : 3.0 / 59;
		out[1][t] = beta;
	}
}

CLAIM(hb_lrp_cycle,
	.id = "hb-lrp-cycle", .chapter = "heavy-ball",
	.title = "Heavy ball that does not converge on a strongly convex function",
	.statement = "there is f with μ = 1, L = 25 on which the heavy ball with the step and momentum that are "
	             "best for quadratics has "
	             "|x_t − x*| ≥ 792/1225 for every t",
	.quantity = "|x_t − x*|²", .formula = "(792/1225)²",
	.source = "Lessard, Recht & Packard, SIAM J. Optim. 26 (2016), 57-95",
	.kind = RATE_NON_CONVERGENCE, .flags = RATE_OWN_INSTANCES, .method = "heavy-ball", .needs = RATE_LIST(needs),
	RANGE, .schedules = 2, .steps = steps, .bound = bound, .measure = rate_measure_dist2, SHARP_AND_CONTROL)

CLAIM(hb_lrp_cycle_exact,
	.id = "hb-lrp-cycle-exact", .chapter = "heavy-ball", .title = "The cycle of the heavy ball, in whole numbers",
	.statement = "1225 x_t runs through 2592, 792, −2208 for ever",
	.quantity = "x_t", .formula = "2592/1225, 792/1225, −2208/1225",
	.source = "Lessard, Recht & Packard, SIAM J. Optim. 26 (2016), 57-95",
	.kind = RATE_IDENTITY, .flags = RATE_OWN_INSTANCES, .method = "heavy-ball", .needs = RATE_LIST(needs), RANGE,
	.schedules = 2, .steps = steps, .bound = bound_exact, .measure = measure_exact, .sharp = sharp_exact,
	.control = control_exact)
