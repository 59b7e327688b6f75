/*:
# Copies that stay the same

Machines that exchange one number a step (spsa-shared) never send $x$. Each keeps its own copy, for weeks. Do the copies stay the same?

**Theorem.** If all machines start with the same numbers and add the same messages $Q(p_j)u_j$ in the same order, with the same arithmetic, then at every $t$ all copies are the same, bit for bit.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "network.h"

enum { AGENTS = 1 }; /* in the list of needs */

FORMULA(bound, t, 0)

/*:
## Proof

A step is a function of the copy and the messages alone. Functions of equal arguments are equal; induction. $\square$

It sounds empty, but it is what makes the method work, and what breaks first. A machine that uses its own number *before* rounding, which is the better number, drifts away from the others: its error is the rounding, added up, and no later message repairs it. A sum in another order does the same, only more slowly.

## How sharp it is

The largest difference between copies is 0, with no allowance for rounding.

## What is run

The method with one byte on networks of the suite, with any losses.

## What must fail

One machine that uses its own number without rounding.

## Exercises

1. How do the copies of two machines differ after $T$ steps if one of them adds its own $p_j$ without rounding, for $f^j$ of curvature $h$?
2. A machine has lost its copy. What must it be sent so that it has it again?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	size_t d = v->run->d / v->run->call->agents(v->run);

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *x = v->state[0] + r * v->run->ld;

		q[r] = s[r] = 0;
		for (size_t j = d; j < v->run->d; j++)
			q[r] = fmax(q[r], fabs(x[j] - x[j % d]));
	}
	return RATE_OK;
}

#define FOUR "saddle:h=1/2/3/1/0.5,b=1/-1/0.3/2,start=1+agents:graph=star"
SHARP(sharp,
	{ .objective = FOUR, .parameters = "gamma=0.02", .note = "four machines, one byte", .steps = 64, .ratio = 1 },
	{ .objective = "pl-sine+agents:n=5", .parameters = "gamma=0.01", .note = "a loss that is not convex",
	  .steps = 64, .ratio = 1 })
CONTROL(control,
	{ .objective = FOUR, .parameters = "gamma=0.02", .note = "one uses its own number", .steps = 64,
	  .method = "shared-spsa:bits=3,own=1" })

/*: {.plumbing} :*/
static const rate_param params[] = { RATE_STEP_SIZE("gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / (c->L * (double)c->d);
}

MUST(admissible, gamma > 0, "gamma > 0")

static const char *applies(const rate_case *c)
{
	return start_together(c, c->need[AGENTS]);
}

CLAIM(shared_copies,
	.id = "shared-copies", .chapter = "distributed", .title = "Copies that stay the same",
	.statement = "equal starts, equal messages in one order: all copies are equal at every t, bit for bit",
	.quantity = "max |x_i − x_1|", .formula = "0",
	.source = "Zelikman, Huang, Liang, Haber and Goodman, Just one byte (per gradient), arXiv:2306.10015",
	.kind = RATE_IDENTITY, .method = "shared-spsa:bits=3", NEEDS("L", "network.agents", "one term"), RANGE,
	.applies = applies, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
