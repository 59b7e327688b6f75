/*:
# How good greedy medoids are

The coreset of coreset-gd chooses its medoids one by one, each time the best addition. How far can that be from the best set of $k$?

Let $W\ge0$ be an $n\times m$ matrix, $W_{ij}$ what client $i$ gains from facility $j$; $v(S)=\sum_i\max_{j\in S}W_{ij}$, $v(\varnothing)=0$. *Greedy* adds $k$ times the column that raises $v$ most, the first of several.

**Theorem** (Nemhauser, Wolsey and Fisher 1978). 
$$ v(\text{greedy})\;\ge\;\Bigl(1-\bigl(1-\tfrac1k\bigr)^k\Bigr)\max_{|S|=k}v(S)\;\ge\;\Bigl(1-\frac1e\Bigr)\max_{|S|=k}v(S). $$

For medoids take $W_{ij}=w-\|G_i-G_j\|$ with a large $w$: raising $v$ is lowering the sum of distances.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../common.h"

enum { TIGHT, RANDOM };
enum { KIND, PICKS };
enum { MOST = 4, COLUMNS = 2 * MOST, CLIENTS = MOST * (MOST + 1) };

/*:
## Proof

Let $v_s$ be the value after $s$ picks, $S$ the set then, and $O$ a best set of $k$. A column gains the less, the more there is already: $\max(a,W_{ij})-a$ falls in $a$. So
$$ v(O)\le v(S\cup O)\le v_s+\sum_{j\in O}\bigl(v(S\cup\{j\})-v(S)\bigr)\le v_s+k(v_{s+1}-v_s), $$
as no column gains more than the one that greedy takes. Hence $v(O)-v_{s+1}\le(1-\frac1k)(v(O)-v_s)$; $k$ times, from $v_0=0$. $\square$

*Letters.* $W$ is a matrix here, $k$ the number of picks, $v$ a value; $s$ counts picks.

## How sharp it is

Attained for every $k$. Take $k$ blocks of $k+1$ clients, whose weights in each block are $k^{k-1},(k-1)k^{k-2},\dots,(k-1)^{k-1}$ and $(k-1)^k$. Column $b$ of a second group serves all of block $b$: the $k$ of them are the optimum, $k\cdot k^k$. Column $r$ of the first group serves the $r$-th client of every block, which is always worth as much
as any other column; greedy takes it, because it comes first, and in the end is left with $1-(1-\frac1k)^k$. (Integers, since in rounded fractions the ties break otherwise.)

## What is run

The tight instances for $k\le4$, and random matrices of eight columns; the optimum by trying all sets.

## What must fail

The constant $0.8$ for $k=2$, where $\frac34$ is attained, and 1.1 of the bound for $k=3$.

## Exercises

1. Compute both values of the tight instance for $k=2$ by hand.
2. Multiply the entries of the first group by $1+10^{-9}$. What for?
:*/

SHARP(sharp,
	{ .parameters = "kind=tight,k=2", .note = "two picks", .ratio = 1 },
	{ .parameters = "kind=tight,k=3", .note = "three", .ratio = 1 },
	{ .parameters = "kind=tight,k=4", .note = "four", .ratio = 1 },
	{ .parameters = "kind=random,k=3", .note = "random matrices" })
CONTROL(control,
	{ .parameters = "kind=tight,k=2", .note = "0.8 instead of 3/4", .factor = 0.8 / 0.75 },
	{ .parameters = "kind=tight,k=3", .note = "a tenth more", .factor = 1.1 })

/*: {.plumbing} :*/
struct market {
	size_t clients, columns;
	double gain[CLIENTS][COLUMNS];
};

static double integer_power(double x, size_t k)
{
	double out = 1;

	while (k--)
		out *= x;
	return out;
}

static void tight(size_t k, struct market *m)
{
	double kk = (double)k;

	*m = (struct market){ .clients = k * (k + 1), .columns = 2 * k };
	for (size_t b = 0; b < k; b++)
		for (size_t r = 0; r <= k; r++) {
			double w = r < k ? integer_power(kk - 1, r) * integer_power(kk, k - 1 - r)
			                 : integer_power(kk - 1, k);

			if (r < k)
				m->gain[b * (k + 1) + r][r] = w;
			m->gain[b * (k + 1) + r][k + b] = w;
		}
}

/* v of the columns in the bits of `set`. */
static double worth(const struct market *m, unsigned set)
{
	double sum = 0;

	for (size_t i = 0; i < m->clients; i++) {
		double best = 0;

		for (size_t j = 0; j < m->columns; j++)
			if (set >> j & 1)
				best = fmax(best, m->gain[i][j]);
		sum += best;
	}
	return sum;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t k = (size_t)p->c->param[PICKS];
	double u[CLIENTS * COLUMNS], best = 0;
	struct market m;
	unsigned greedy = 0;

	if (p->c->param[KIND] == TIGHT) {
		tight(k, &m);
	} else {
		m = (struct market){ .clients = 6, .columns = COLUMNS };
		p->host->uniforms(p->host, p->number, 0, m.clients * m.columns, u);
		for (size_t e = 0; e < m.clients * m.columns; e++)
			m.gain[e / m.columns][e % m.columns] = u[e] * u[e];
	}
	for (size_t pick = 0; pick < k; pick++) {
		unsigned next = greedy;

		for (size_t j = 0; j < m.columns; j++)
			if (worth(&m, greedy | 1u << j) > worth(&m, next))
				next = greedy | 1u << j;
		greedy = next;
	}
	for (unsigned set = 0; set < 1u << m.columns; set++) {
		unsigned size = 0;

		for (size_t j = 0; j < m.columns; j++)
			size += set >> j & 1;
		if (size == k)
			best = fmax(best, worth(&m, set));
	}
	*left = worth(&m, greedy);
	*right = (1 - integer_power(1 - 1 / (double)k, k)) * best;
	*s = best;
	return RATE_OK;
}

static const rate_param params[] = {
	[KIND] = { "kind", RATE_CHOICE, "random", 0, 0, "tight|random", "of the matrix" },
	[PICKS] = { "k", RATE_INTEGER, "2", 1, MOST, NULL, "number of picks" },
};

CLAIM(greedy_facility,
	.id = "greedy-facility", .chapter = "sampling-and-averaging", .title = "Greedy facility location",
	.statement = "v(S) = Σ_i max_{j∈S} W_ij, W ≥ 0: k greedy picks have v ≥ (1 − (1 − 1/k)^k) max_{|S|=k} v(S)",
	.quantity = "v of the greedy set", .formula = "(1 − (1 − 1/k)^k) max v",
	.source = "Nemhauser, Wolsey and Fisher, Math. Program. 14 (1978); proved in this file",
	.kind = RATE_LOWER_BOUND,
	.params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)
