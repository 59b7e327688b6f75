/*:
# Finite sums: constants and expected smoothness

$f=\frac1n\sum f_i$ with convex $L_i$-smooth terms, $L_{\max}=\max L_i$, $\mathbb E$ over a uniform index $i$, and $L_f$ the smoothness constant of $f$ itself.

**Order of the constants (lem-l-ordering).**
$$ L_f\;\le\;\frac1n\sum L_i\;\le\;L_{\max}\;\le\;n\,L_f . $$

**Proof.** The triangle inequality gives the first; a mean is at most the largest, the second. For the third note that a convex function $\phi$ is $\ell$-smooth if $\frac\ell2\|\cdot\|^2-\phi$ is convex: for
then $0\le\phi(y)-\phi(x)-\langle\nabla\phi(x),y-x\rangle\le\frac\ell2\|y-x\|^2$ for all $x,y$, and from these two inequalities the proof of lem-smooth-convex-lower, and with it that of cocoercivity, goes through: by
Cauchy–Schwarz the slopes are at most $\ell$. And the converse holds, as $\ell x-\nabla\phi(x)$ is monotone. Now
$$ \frac{nL_f}2\|x\|^2-f_i\;=\;n\Bigl(\frac{L_f}2\|x\|^2-f\Bigr)+\sum_{j\ne i}f_j , $$
where the bracket is convex because $f$ is $L_f$-smooth, and every $f_j$ is convex. So $f_i$ is $nL_f$-smooth. $\square$

Declared constants may be loose, each by its own factor, so comparing them with each other would prove nothing. The check compares a measured
slope with a declared constant, link by link: with $e=y-x$ and $d_i=\nabla f_i(y)-\nabla f_i(x)$,
$$ \|\textstyle\frac1n\sum d_i\|\le\frac1n\sum L_i\,\|e\|,\qquad \frac1n\sum\|d_i\|\le L_{\max}\|e\|,\qquad \max_i\|d_i\|\le nL_f\|e\| , $$
and takes the tightest of the three.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(batch)
#include "../minibatch/subsets.h"
#include "lemmas.h"

enum { SMOOTH_MAX, SMOOTH_MEAN }; /* needs */

static int largest_slopes(const rate_point *p, struct two *t, double *mean, double *most)
{
	double *a = take(&t->room), *b = take(&t->room), size = 0;

	*mean = *most = 0;
	for (size_t i = 0; i < p->run->n; i++) {
		const rate_sample *term = p->run->call->component(p->run, i);
		double slope;

		if (!term || rate_sample_gradient(p->run, term, t->x, a) || rate_sample_gradient(p->run, term, t->y, b))
			return RATE_FAIL;
		size = fmax(size, norm_of(p, a) + norm_of(p, b));
		rate_axpy(p->run, -1, a, b);
		slope = norm_of(p, b);
		*mean += slope / (double)p->run->n;
		*most = fmax(*most, slope);
	}
	t->round_g += size; /* the slopes are differences of such gradients */
	return RATE_OK;
}

static int ordering(const rate_point *p, double *left, double *right, double *s)
{
	const rate_case *c = p->c;
	double mean, most, e, n = (double)c->n;
	struct two t;
	int failed;

	if (look(p, &t, 2))
		return RATE_FAIL;
	failed = largest_slopes(p, &t, &mean, &most);
	e = sqrt(t.dist2);
	{
		double links[3][2] = { { sqrt(t.dg2), c->need[SMOOTH_MEAN] * e }, { mean, c->need[SMOOTH_MAX] * e },
			{ most, n * c->L * e } };
		int tightest = 0;

		for (int k = 1; k < 3; k++)
			if (links[k][0] * links[tightest][1] > links[tightest][0] * links[k][1])
				tightest = k;
		*left = links[tightest][0];
		*right = links[tightest][1];
	}
	*s = t.round_g + c->need[SMOOTH_MAX] * t.size;
	free(t.room.store);
	return failed ? RATE_FAIL : RATE_OK;
}

/*:
**Expected smoothness (lem-expected-smoothness, lem-expected-smoothness-xy, lem-cocoercive-expected).** For all $x,y$, and a minimiser $x_\star$ of $f$,
$$ \begin{aligned}
 \mathbb E\|\nabla f_i(x)-\nabla f_i(x_\star)\|^2&\le2L_{\max}\,(f(x)-f_\star),\\
 \tfrac1{2L_{\max}}\mathbb E\|\nabla f_i(y)-\nabla f_i(x)\|^2&\le f(y)-f(x)-\langle\nabla f(x),y-x\rangle,\\
 \mathbb E\|\nabla f_i(x)-\nabla f_i(x_\star)\|^2&\le L_{\max}\,\langle\nabla f(x),x-x_\star\rangle .
\end{aligned} $$

**Proof.** The second is the mean over $i$ of lem-smooth-convex-lower for $f_i$, with $L_{\max}$ in place of $L_i$; the first is the second at $(x_\star,x)$, where $\nabla f(x_\star)=0$; the third is the mean of
lem-cocoercive at $(x_\star,x)$. $\square$

On convex quadratics the right sides of the first and the third are the same number. In general neither implies the other.
:*/

static int to_star(const rate_point *p, double *square, double *round, double *gap, double *scale, double *inner)
{
	double *a, *b;
	struct two t;
	int failed;

	if (look(p, &t, 2))
		return RATE_FAIL;
	a = take(&t.room);
	b = take(&t.room);
	*round = t.round_g + p->c->L_max * t.size;
	failed = mean_square(p, t.x, p->c->x_star, a, b, square, round) || p->run->call->gap(p->run, t.x, gap, scale);
	subtract(p, t.x, p->c->x_star, a);
	*inner = dot_of(p, t.gx, a);
	*scale += t.round_f;
	free(t.room.store);
	return failed ? RATE_FAIL : RATE_OK;
}

static int smoothness(const rate_point *p, double *left, double *right, double *s)
{
	double round, gap, scale, inner;

	if (to_star(p, left, &round, &gap, &scale, &inner))
		return RATE_FAIL;
	*right = 2 * p->c->L_max * gap;
	*s = round * sqrt(*left) + 2 * p->c->L_max * scale;
	return RATE_OK;
}

static int cocoercive(const rate_point *p, double *left, double *right, double *s)
{
	double round, gap, scale, inner;

	if (to_star(p, left, &round, &gap, &scale, &inner))
		return RATE_FAIL;
	*right = p->c->L_max * inner;
	*s = round * sqrt(*left) + 2 * p->c->L_max * scale;
	return RATE_OK;
}

static int smoothness_xy(const rate_point *p, double *left, double *right, double *s)
{
	double *a, *b, square;
	struct two t;
	int failed;

	if (look(p, &t, 2))
		return RATE_FAIL;
	a = take(&t.room);
	b = take(&t.room);
	failed = mean_square(p, t.y, t.x, a, b, &square, &t.round_g);
	*left = square / (2 * p->c->L_max);
	*right = t.bend;
	*s = t.round_f + (t.round_g / p->c->L_max + t.size) * sqrt(square);
	free(t.room.store);
	return failed ? RATE_FAIL : RATE_OK;
}

/*:
**Minibatches (lem-minibatch-expected-smoothness).** Let $B$ be a uniform subset of $b$ indices and $f_B=\frac1b\sum_{i\in B}f_i$. Then
$$ \mathbb E\|\nabla f_B(x)-\nabla f_B(x_\star)\|^2\le2L_b\,(f(x)-f_\star),\qquad
 L_b=\frac{n(b-1)}{b(n-1)}L_f+\frac{n-b}{b(n-1)}L_{\max}. $$

**Proof.** With $u_i=\nabla f_i(x)-\nabla f_i(x_\star)$, and since a pair $i\ne j$ is in $B$ with probability $\frac{b(b-1)}{n(n-1)}$,
$$ \mathbb E\Bigl\|\frac1b\sum_{i\in B}u_i\Bigr\|^2=\frac{n-b}{b(n-1)}\cdot\frac1n\sum\|u_i\|^2+\frac{n(b-1)}{b(n-1)}\Bigl\|\frac1n\sum u_i\Bigr\|^2 . $$
The first sum is at most $2L_{\max}(f(x)-f_\star)$; the second is $\|\nabla f(x)\|^2\le2L_f(f(x)-f_\star)$. $\square$

The check does not use this identity: it goes through all $\binom nb$ batches, with $b$ lowered until there are at most 20 000 of them.
:*/

/* The rows grad f_i(x) - grad f_i(x_star); `a`, `b`: two vectors of work. */
static int rows_to_star(const rate_point *p, double *a, double *b, double *row)
{
	rate_run *run = p->run;

	for (size_t i = 0; i < run->n; i++) {
		const rate_sample *term = run->call->component(run, i);

		if (!term || rate_sample_gradient(run, term, p->x[0], a) ||
		    rate_sample_gradient(run, term, p->c->x_star, b))
			return RATE_FAIL;
		for (size_t j = 0; j < run->d; j++)
			row[i * run->d + j] = a[j] - b[j];
	}
	return RATE_OK;
}

static int minibatch(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = p->run->n, d = p->run->d, b = feasible_batch(n, p->c->param[batch_]);
	double share = batch_share((double)n, (double)b), L_b = (1 - share) * p->c->L + share * p->c->L_max;
	double square, round, gap, scale, inner, *row = NULL;
	size_t *in = NULL;
	struct room room;
	/* Of more terms than can be looked at there are too many to be kept. */
	int failed = to_star(p, &square, &round, &gap, &scale, &inner) ||
	    !(row = malloc((n + 1) * d * sizeof *row)) || !(in = malloc(b * sizeof *in)) || room_for(&room, p, 2);

	if (!failed) {
		failed = rows_to_star(p, room.store, room.store + room.ld, row);
		*left = mean_of_batches(n, d, b, row, in, row + n * d);
		*right = 2 * L_b * gap;
		*s = round * sqrt(square) + 2 * L_b * scale;
		free(room.store);
	}
	free(row);
	free(in);
	return failed ? RATE_FAIL : RATE_OK;
}

/*:
**How sharp.** One parabola among zeros ($f_1=\frac L2x^2$, the other $p-1$ terms $0$) attains the order of constants in two links ($L_f=\frac Lp$ is the mean, and
$L_{\max}=nL_f$) and all the rest everywhere, for every $b$.

**What is run.** Random pairs on every convex finite sum with known $L_i$ (or $L_{\max}$); also on single functions, $n=1$. **What must fail.** $0.9$ times the right sides there.

**Exercises.**

1. Give two terms with $L_f=\frac12\cdot\frac1n\sum L_i$. *Hint:* different directions.
2. Show by $f_1=x^2$, $f_2=-\frac12x^2$ that $L_{\max}\le nL_f$ needs convex terms.
3. $L_b$ interpolates between $L_{\max}$ at $b=1$ and $L_f$ at $b=n$. For which $b$ is it within a factor 2 of $L_f$ if $L_{\max}=nL_f$?
:*/

SHARP(sharp,
	{ .objective = "zero-or-L:p=10", .note = "one parabola among zeros", .ratio = 1 })
CONTROL(control,
	{ .objective = "zero-or-L:p=10", .note = "0.9 of the right side", .factor = 0.9 })
CONTROL(sharp_batch,
	{ .objective = "zero-or-L:p=10", .parameters = "batch=4", .note = "one parabola among zeros, b = 4",
	  .ratio = 1 },
	{ .objective = "zero-or-L:p=10", .parameters = "batch=10", .note = "the whole sum", .ratio = 1 })
CONTROL(control_batch,
	{ .objective = "zero-or-L:p=10", .parameters = "batch=4", .note = "0.9 of the right side", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const constants[] = {
	[SMOOTH_MAX] = "L_max", [SMOOTH_MEAN] = "L_mean", "L", "convex", "finite-sum/1", "whole space"
};
static const char *const needs[] = { "convex", "L_max", "x_star", "f_star", "finite-sum/1", "no composite" };
static const char *const pairs[] = { "convex", "L_max", "finite-sum/1", "whole space" };
static const char *const batches[] = { "convex", "L_max", "L", "x_star", "f_star", "finite-sum/1", "no composite" };
static const rate_param params[] = { [batch_] = { "batch", RATE_INTEGER, "2", 1, 64, NULL, "b, at most n" } };

const rate_theorem lem_L_ordering = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-l-ordering",
	.title = "Order of the smoothness constants of a sum",
	.statement = "f_i convex, L_i-smooth: L_f ≤ mean L_i ≤ L_max ≤ n L_f; measured slopes against declared "
	             "constants",
	.quantity = "the tightest of ‖∇f(y) − ∇f(x)‖, mean ‖∇f_i(y) − ∇f_i(x)‖, max ‖∇f_i(y) − ∇f_i(x)‖",
	.formula = "mean L_i, L_max, n L_f times ‖y − x‖",
	.needs = RATE_LIST(constants),
	.evaluate = ordering,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_expected_smoothness = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-expected-smoothness",
	.title = "Expected smoothness",
	.statement = "f_i convex, L_max-smooth: E‖∇f_i(x) − ∇f_i(x*)‖² ≤ 2 L_max (f(x) − f*)",
	.quantity = "E‖∇f_i(x) − ∇f_i(x*)‖²",
	.formula = "2 L_max (f(x) − f*)",
	.needs = RATE_LIST(needs),
	.evaluate = smoothness,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_expected_smoothness_xy = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-expected-smoothness-xy",
	.title = "Expected smoothness between two points",
	.statement = "f_i convex, L_max-smooth: E‖∇f_i(y) − ∇f_i(x)‖²/(2 L_max) ≤ f(y) − f(x) − ⟨∇f(x), y − x⟩",
	.quantity = "E‖∇f_i(y) − ∇f_i(x)‖²/(2 L_max)",
	.formula = "f(y) − f(x) − ⟨∇f(x), y − x⟩",
	.needs = RATE_LIST(pairs),
	.evaluate = smoothness_xy,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_cocoercive_expected = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-cocoercive-expected",
	.title = "Expected cocoercivity",
	.statement = "f_i convex, L_max-smooth: E‖∇f_i(x) − ∇f_i(x*)‖² ≤ L_max ⟨∇f(x), x − x*⟩",
	.quantity = "E‖∇f_i(x) − ∇f_i(x*)‖²",
	.formula = "L_max ⟨∇f(x), x − x*⟩",
	.needs = RATE_LIST(needs),
	.evaluate = cocoercive,
	.sharp = sharp,
	.control = control };

const rate_theorem lem_minibatch_expected_smoothness = { LEMMA(2, RATE_DETERMINISTIC),
	.id = "lem-minibatch-expected-smoothness",
	.title = "Expected smoothness of minibatches",
	.statement = "f_i convex, B a uniform b-subset: E‖∇f_B(x) − ∇f_B(x*)‖² ≤ 2 L_b (f(x) − f*), "
	             "L_b = n(b − 1)/(b(n − 1)) L_f + (n − b)/(b(n − 1)) L_max",
	.quantity = "E‖∇f_B(x) − ∇f_B(x*)‖²",
	.formula = "2 L_b (f(x) − f*)",
	.needs = RATE_LIST(batches),
	.params = RATE_ROWS(params),
	.evaluate = minibatch,
	.sharp = sharp_batch,
	.control = control_batch };
