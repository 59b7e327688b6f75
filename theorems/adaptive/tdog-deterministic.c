/*:
# Tamed distance over gradients

DoG may run away. With a divisor that is larger by a logarithm it cannot.

**Theorem.** Let $f$ be convex, $g_t\in\partial f(x_t)$, $d_0=\|x_0-x_\star\|$, $0<r_\varepsilon\le3d_0$, and, with
$r_t$ and $S_t$ of dog-deterministic,
$$ x_{t+1}=x_t-\frac{r_t}{H_t}\,g_t,\qquad H_t=\sqrt{6S_t}\,\Bigl(1+\ln\frac{S_t}{S_0}\Bigr). $$
(If $S_0=0$, the start is a minimiser and no step is made.)
Then for every $t$
$$ \|x_t-x_\star\|\le2d_0,\qquad\|x_t-x_0\|\le3d_0, $$
and for every $T\ge1$
$$ \frac{\sum_{t<T}r_t\,(f(x_t)-f_\star)}{\sum_{t<T}r_t}\;\le\;\frac{4.5\,d_0\,r_T\,H_{T-1}}{\sum_{t<T}r_t}. $$

The bound on the value holds for the gap of the average with the weights $r_t$ all the more. Take the best $T'\le T$
and the theorem on sums (dog-sums): some average has a gap of at most $4.5\,d_0H_{T-1}/K$,
$K=\frac{T+1/2}{1+\ln(3d_0/r_\varepsilon)}-\frac12$, if $K>0$; with $\|g\|\le G$ that is
$O\bigl(\frac{d_0G}{\sqrt T}\bigr)$ up to logarithms, and $d_0$ was not known.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dog.h"

static double bound(const rate_case *c, double t)
{
	LETTERS(c);

	(void)t;
	return 2 * sqrt(D2);
}

/* H_{T-1} */
static double divisor_of(double squares, double first)
{
	return squares > 0 ? sqrt(6 * squares) * (1 + log(squares / first)) : 0;
}

/* far is r_T, squares S_{T-1} and weights the sum of r_t, t < T. */
static double bound_value(const rate_case *c, double far, double squares, double first, double weights)
{
	LETTERS(c);

	return 4.5 * sqrt(D2) * far * divisor_of(squares, first) / weights;
}

/*:
## Proof

*A series.* $\sum_t\frac{\|g_t\|^2}{S_t(1+\ln(S_t/S_0))^2}\le2$: the term $t=0$ is 1, and each of the others is at most
the integral of $\frac1{s(1+\ln(s/S_0))^2}$ from $S_{t-1}$ to $S_t$; the integral from $S_0$ to $\infty$ is 1.

*Distance.* Suppose $r_s\le3d_0$ for $s\le t$, as is the case at $t=0$. Convexity gives $\langle
g_s,x_s-x_\star\rangle\ge0$, so
$$ d_{t+1}^2\le d_0^2+\sum_{s\le t}\frac{r_s^2\|g_s\|^2}{H_s^2}\le d_0^2+\frac{9d_0^2}6\cdot2=4d_0^2 . $$
Hence $\|x_{t+1}-x_0\|\le d_{t+1}+d_0\le3d_0$, and $r_{t+1}\le3d_0$.

*Value.* As for DoG (dog-deterministic), now with the nondecreasing $H_t$ in the place of $\sqrt{S_t}$:
$$ \sum_{t<T}r_t\langle g_t,x_t-x_\star\rangle\le\frac{H_{T-1}}2(\bar d_T^{\,2}-d_T^2)+\frac12\sum_{t<T}\frac{r_t^2\|g_t\|^2}{H_t}. $$
In the first term $\bar d_T-d_T\le2r_T$ and $\bar d_T+d_T\le4d_0$: it is at most $4d_0r_TH_{T-1}$. In the second
$\frac1{H_t}\le\frac{H_{T-1}}{H_t^2}$, so that it is at most $\frac12r_T^2H_{T-1}\cdot\frac26\le\frac12d_0r_TH_{T-1}$.
$\square$

# Tamed DoG, the sharper bound on the values

As for DoG, the sum before the last estimates is worth keeping.

**Theorem (tdog-deterministic-path).** For every $T\ge1$, with $d_T=\|x_T-x_\star\|$ and $\bar d_T=\max_{t\le T}d_t$,
$$ \sum_{t<T}r_t\langle g_t,x_t-x_\star\rangle\;\le\;H_{T-1}\Bigl[\tfrac12\bigl(\bar d_T^{\,2}-d_T^2\bigr)+\tfrac16r_{T-1}^2\Bigr] . $$
:*/

/* far is r_{T-1}, dbar the largest and d the last distance from x_star. */
static double bound_path(double H, double far, double dbar, double d)
{
	return H * ((dbar - d) * (dbar + d) / 2 + far * far / 6);
}

/*:
**Proof.** The first term of the last display is kept as it is. In the second $r_t\le r_{T-1}$ and $\frac1{H_t}\le\frac{H_{T-1}}{H_t^2}$, and $\sum_t\frac{\|g_t\|^2}{H_t^2}\le\frac26$ by the series:
$\frac12r_{T-1}^2H_{T-1}\cdot\frac13$. $\square$

## How sharp it is

The sharper bound exactly, to first order: one step on $|x|$ with a guess $r_\varepsilon\ll d_0$ has $r_\varepsilon d_0$ on the left and $r_\varepsilon d_0+\frac{\sqrt6}{12}\,r_\varepsilon^2$
on the right.

The distance: one step at a right angle to $x_0-x_\star$ from the largest guess leads to $\sqrt{1+\frac96}\,d_0$, that
is $0.79$ of $2d_0$; on the function $\max_ix_i$ in $n$ dimensions the angle tends to a right one as $n$ grows. A search has found $0.857$, on a
maximum of five linear functions in four steps. (At the
start the ratio is $\frac12$; what counts is the part above.) The bound on
the value is a guarantee of safety and no estimate: ${{tdog-deterministic-value#1.max_ratio:2}}$ is reached on $|x|$ with a small guess in 3000 steps, $0.20$ with a
tiny one in $10^5$, and half of it would not be refuted.

## What is run

Tamed DoG on every convex function with a known minimiser, $r_\varepsilon$ being a share of $3d_0$.

## What must fail

$0.9$ of the sharper bound, and $0.7$ of the bound on the distance; and plain DoG from a large guess, whose first step alone is $3d_0$. For the value
only $0.15$ of the bound, as nothing comes nearer.

## Exercises

1. Which function and guess make $\|x_1-x_0\|$ largest?
2. What are the constants 2, 3 and 4.5 with $\sqrt{8S_t}$ in the place of $\sqrt{6S_t}$?
3. How long must a run be for $K>0$ if the guess is too small by $10^6$?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = sqrt(q[r]);
		s[r] = sqrt(s[r]);
	}
	return RATE_OK;
}

static int measure_value(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, DOG_KEPT, r);
		double weights = v->t ? kept[WEIGHTS] : 1;

		q[r] = kept[GAPS] / weights;
		s[r] = kept[GAPS_SCALE] / weights;
		b[r] = bound_value(v->c, far_now(v, r), kept[SQUARES], kept[FIRST], weights);
	}
	return RATE_OK;
}

static int measure_path(rate_view *v, double *q, double *s, double *b)
{
	size_t d = v->run->d;

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, DOG_KEPT, r), *x = v->state[0] + r * v->run->ld, *star = v->c->x_star;
		double H = divisor_of(kept[SQUARES], kept[FIRST]), dbar = dist_now(v, r), x2 = 0, star2 = 0;

		for (size_t i = 0; i < d; i++) {
			x2 += x[i] * x[i];
			star2 += star[i] * star[i];
		}
		q[r] = kept[INNER];
		b[r] = bound_path(H, kept[FAR], dbar, distance(x, star, d));
		/* Distances are good to eps (|x| + |x_star|), and their squares are subtracted. */
		s[r] = kept[INNER_SCALE] + H * dbar * (sqrt(x2) + sqrt(star2));
	}
	return RATE_OK;
}

SHARP(sharp_path,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "one small step on |x|", .steps = 1,
	  .ratio = 0.999998 },
	{ .objective = "abs", .parameters = "r_eps=1e-2", .note = "|x| from a small guess", .steps = 300 })
CONTROL(control_path,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "0.9 of the bound, which is reached", .steps = 1,
	  .factor = 0.9 },
	{ .objective = "abs", .parameters = "r_eps=0.1", .note = "0.9 of the bound, from a larger guess", .steps = 4,
	  .factor = 0.9 })
SHARP(sharp,
	{ .objective = "minimax:T=200", .note = "the largest of 201 coordinates: a step nearly at a right angle",
	  .steps = 100, .ratio = 0.7627 },
	{ .objective = "minimax:T=2000", .note = "the same with 2001 coordinates", .steps = 10, .ratio = 0.7819 })
CONTROL(control,
	{ .objective = "minimax:T=200", .note = "0.7 of the bound; 0.76 is reached", .steps = 100, .factor = 0.7 },
	{ .objective = "minimax:T=200", .note = "DoG leaves the ball", .steps = 100, .method = "dog" })
SHARP(sharp_value,
	{ .objective = "abs", .parameters = "r_eps=1e-4", .note = "|x| and a small guess", .steps = 3000,
	  .ratio = 0.168 },
	{ .objective = "abs", .note = "|x| and the largest guess: 1/(4.5 sqrt 6) in one step", .steps = 100,
	  .ratio = 0.0907 })
CONTROL(control_value,
	{ .objective = "abs", .parameters = "r_eps=1e-4", .note = "0.15 of the bound; 0.168 is reached", .steps = 3000,
	  .factor = 0.15 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "x_star", "f_star", "whole space", "no composite" };
static const rate_param params[] = { [R_EPS] = { "r_eps", RATE_REAL, "auto", 1e-100, 1e100, NULL,
	                                         "guess, 0 < r_eps <= 3 d_0" } };

MUST(applies, D2 > 0, "the start is a minimiser")

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[R_EPS] = 3 * fraction * sqrt(D2);
}

static const char *admissible(const rate_case *c)
{
	CONSTANTS(c);

	return !AT_MOST(c->param[R_EPS], 3 * sqrt(D2)) ? "0 < r_eps <= 3 d_0" : is_felt(c) ? NULL : FELT;
}

#define IVGI "deterministic form of Ivgi, Hinder & Carmon, DoG, ICML 2023"

CLAIM(tdog_deterministic,
	.id = "tdog-deterministic", .chapter = "adaptive", .title = "Tamed distance over gradients stays near",
	.statement = "f convex, 0 < r_ε ≤ 3d_0, steps r_t/(√(6S_t)(1 + ln(S_t/S_0))): "
	             "‖x_t − x*‖ ≤ 2‖x_0 − x*‖ for every t",
	.quantity = "‖x_t − x*‖", .formula = "2‖x_0 − x*‖",
	.source = IVGI,
	.kind = RATE_DETERMINISTIC, .method = "tdog", .needs = RATE_LIST(needs), RANGE, .applies = applies,
	.bound = bound, .measure = measure, SHARP_AND_CONTROL)

CLAIM(tdog_deterministic_value,
	.id = "tdog-deterministic-value", .chapter = "adaptive", .title = "Tamed distance over gradients, the values",
	.statement = "the same: Σ_{t<T} r_t (f(x_t) − f*)/Σ_{t<T} r_t ≤ 4.5 d_0 r_T H_{T−1}/Σ_{t<T} r_t for every T",
	.quantity = "Σ_{s<t} r_s (f(x_s) − f*)/Σ_{s<t} r_s", .formula = "4.5 d_0 r_t H_{t−1}/Σ_{s<t} r_s",
	.source = IVGI,
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "tdog", .needs = RATE_LIST(needs), RANGE,
	.accumulators = DOG_KEPT, .applies = applies, .observe = observe_dog, .measure = measure_value,
	.sharp = sharp_value, .control = control_value)

CLAIM(tdog_deterministic_path,
	.id = "tdog-deterministic-path", .chapter = "adaptive",
	.title = "Tamed distance over gradients, the sharper bound on the values",
	.statement = "the same: Σ_{t<T} r_t⟨g_t, x_t − x*⟩ ≤ H_{T−1} [(max_{t≤T} d_t² − d_T²)/2 + r_{T−1}²/6] for "
	             "every T",
	.quantity = "Σ_{s<t} r_s⟨g_s, x_s − x*⟩", .formula = "H_{t−1} [(max d_s² − d_t²)/2 + r_{t−1}²/6]",
	.source = IVGI,
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "tdog", .needs = RATE_LIST(needs), RANGE,
	.accumulators = DOG_KEPT, .applies = applies, .observe = observe_dog, .measure = measure_path,
	.sharp = sharp_path, .control = control_path)
