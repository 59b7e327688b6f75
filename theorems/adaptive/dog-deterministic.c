/*:
# Distance over gradients

The best step of the subgradient method with a constant step is $\frac{\|x_0-x_\star\|}{\sqrt{\sum\|g_t\|^2}}$. DoG
takes it with the distance that it has moved so far in the place of the one that it does not know: from a guess
$r_\varepsilon>0$, with
$$ r_t=\max\{r_\varepsilon,\max_{s\le t}\|x_s-x_0\|\},\qquad S_t=\sum_{s\le t}\|g_s\|^2,\qquad x_{t+1}=x_t-\frac{r_t}{\sqrt{S_t}}\,g_t . $$
(No step is made as long as $S_t=0$.)

**Theorem.** Let $f$ be convex, $g_t\in\partial f(x_t)$, $d_t=\|x_t-x_\star\|$ and $\bar d_T=\max_{t\le T}d_t$. For
every $T\ge1$
$$ \sum_{t<T}r_t\langle g_t,x_t-x_\star\rangle\;\le\;\sqrt{S_{T-1}}\Bigl[\tfrac12\bigl(\bar d_T^{\,2}-d_T^2\bigr)+r_{T-1}^2\Bigr]\;\le\;r_T\,(2\bar d_T+r_T)\sqrt{S_{T-1}} . $$

The left side is at least $\sum_{t<T}r_t(f(x_t)-f_\star)$, so divided by $\sum_{t<T}r_t$ the bounds hold for the gap of
the average of $x_0,\dots,x_{T-1}$ with the weights $r_t$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dog.h"

/* far is r_{T-1}, dbar the largest and d the last distance from x_star. */
static double bound_path(double squares, double far, double dbar, double d)
{
	return sqrt(squares) * ((dbar - d) * (dbar + d) / 2 + far * far);
}

/* far is r_T here. */
static double bound_textbook(double squares, double far, double dbar)
{
	return far * (2 * dbar + far) * sqrt(squares);
}

/*:
## Proof

With $\eta_t=\frac{r_t}{\sqrt{S_t}}$ and $\|x_{t+1}-x_\star\|^2=d_t^2-2\eta_t\langle
g_t,x_t-x_\star\rangle+\eta_t^2\|g_t\|^2$,
$$ r_t\langle g_t,x_t-x_\star\rangle=\sqrt{S_t}\,\eta_t\langle g_t,x_t-x_\star\rangle=\frac{\sqrt{S_t}}2\,(d_t^2-d_{t+1}^2)+\frac{r_t^2}2\,\frac{\|g_t\|^2}{\sqrt{S_t}} . $$
Sum over $t<T$. The first terms are, by parts,
$\frac12\bigl[\sqrt{S_0}\,d_0^2+\sum_{t=1}^{T-1}(\sqrt{S_t}-\sqrt{S_{t-1}})\,d_t^2-\sqrt{S_{T-1}}\,d_T^2\bigr]\le\frac12\sqrt{S_{T-1}}\,(\bar d_T^{\,2}-d_T^2)$. In the second $r_t\le r_{T-1}$ and
$\frac{\|g_t\|^2}{\sqrt{S_t}}\le2(\sqrt{S_t}-\sqrt{S_{t-1}})$, so they sum to at most $r_{T-1}^2\sqrt{S_{T-1}}$. This
is the first inequality.

For the second let $\bar d_T=d_s$. Then $d_s-d_T\le\|x_s-x_T\|\le\|x_s-x_0\|+\|x_T-x_0\|\le2r_T$ and $d_s+d_T\le2\bar
d_T$. $\square$

*What it is good for.* If the path stays near, $\bar d_T$ and $r_T$ are of the size of $d_0$, and some average is good
as soon as the weights up to it are many times the last one. The theorem below says that they are: a guess that is too
small by a factor costs its logarithm. That the path stays near is *not* proved here; tdog-deterministic does, for a tamed
step.

## How sharp it is

The first inequality exactly, to first order: one step on $|x|$ with $r_\varepsilon\ll d_0$ has $r_\varepsilon d_0$ on
the left and $r_\varepsilon d_0+\frac{r_\varepsilon^2}2$ on the right. The second bound, the one usually stated, loses
a factor of exactly 2 there: $2r_\varepsilon d_0+r_\varepsilon^2$.

## What is run

DoG on every convex function with a known minimiser, from guesses that are a share of $d_0$. All that the bounds
contain is computed from the points.

## What must fail

$0.9$ of the first bound, and $0.45$ of the second, in one step.

# Numbers that grow, and their sums

**Theorem.** Let $0<r_0\le r_1\le\dots\le r_T$, $T\ge1$, $\rho=\frac{r_T}{r_0}$ and $M=\max_{1\le t\le
T}\sum_{s<t}\frac{r_s}{r_t}$. Then
$$ T\;\le\;M+\frac{\ln\rho}{\ln(1+\frac1M)},\qquad\text{and so}\qquad M\;\ge\;\frac{T+\frac12}{1+\ln\rho}-\frac12 . $$

**Proof.** The sums $R_t=\sum_{s<t}r_s\le Mr_t$ grow with $R_{t+1}=R_t+r_t\ge(1+\frac1M)R_t$. Let $k=\lceil M\rceil$,
which is at most $T$, as no ratio is more than 1; $R_k\ge kr_0$. So
$Mr_T\ge R_T\ge(1+\frac1M)^{T-k}\,kr_0$, that is
$$ \ln\rho\ge\ln\frac kM+(T-k)\ln\bigl(1+\tfrac1M\bigr)\ge(T-M)\ln\bigl(1+\tfrac1M\bigr), $$
the last because $\ln(1+\frac gM)\ge g\ln(1+\frac1M)$ for $g=k-M\in[0,1]$: the logarithm is concave. For the second
claim, $\ln(1+u)\ge\frac{2u}{2+u}$ makes the fraction at most $(M+\frac12)\ln\rho$. $\square$

**How sharp it is.** Exactly, for every whole $M\le T$: let $r$ stay until the sum is $M$ times as large, and from then
on let it grow by the factor $1+\frac1M$, which keeps the sum at $M$. (Known is
$M\ge\frac1e\bigl(\frac T{1+\ln\rho}-1\bigr)$, which is smaller by a factor of $e$.)

**What is run.** Random numbers with a growth over many decades, and the slowest ones.

**What must fail.** $0.9$ of the right side on the slowest.

## Exercises

1. Find a function and a guess with which DoG's distance from $x_\star$ grows.
2. ★ Prove the weaker inequality, with $\frac1e$, in another way: cut $0,\dots,T$ where $r$ has grown by a factor of $e$.
   What do the two say of numbers that do not grow at all?
3. Scale $f$ by a constant. What does DoG do?
:*/

static int measure_inner(rate_view *v, double *q, double *s)
{
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, DOG_KEPT, r)[INNER];
		s[r] = rate_acc(v, DOG_KEPT, r)[INNER_SCALE];
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, DOG_KEPT, r), *x = v->state[0] + r * v->run->ld;

		b[r] = bound_path(kept[SQUARES], kept[FAR], dist_now(v, r), distance(x, v->c->x_star, v->run->d));
	}
	if (measure_inner(v, q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] += size_of_difference(v, r);
	return RATE_OK;
}

static int measure_textbook(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = bound_textbook(rate_acc(v, DOG_KEPT, r)[SQUARES], far_now(v, r), dist_now(v, r));
	return measure_inner(v, q, s);
}

SHARP(sharp,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "one small step on |x|", .steps = 1,
	  .ratio = 0.999995 },
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "|x|, until the minimiser has been passed",
	  .steps = 300 })
CONTROL(control,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "0.9 of the bound, which is reached", .steps = 1,
	  .factor = 0.9 })
SHARP(sharp_textbook,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "one small step on |x|", .steps = 1,
	  .ratio = 0.4999975 })
CONTROL(control_textbook,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "0.45 of the bound, half of which is reached",
	  .steps = 1, .factor = 0.45 })

enum { LENGTH, SUM, LONGEST = 1000 };

/* By a_t = (r_0 + ... + r_{t-1})/r_t. SUM = 0: random growth; else none as long as a_t stays below SUM, then what
 * keeps it. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t T = (size_t)p->c->param[LENGTH];
	double keep = p->c->param[SUM], a = 0, M = 0, rho = 0 /* its logarithm */, normal[LONGEST], scale;

	p->host->normals(p->host, p->number, 0, T, normal);
	p->host->uniforms(p->host, p->number, 1, 1, &scale);
	for (size_t t = 0; t < T; t++) {
		double growth = keep > 0 ? (a + 1 > keep ? log1p(1 / keep) : 0)
		                         : pow(10, 4 * scale - 4) * fabs(pow(normal[t], 3));

		a = (a + 1) * exp(-growth);
		M = fmax(M, a);
		rho += growth;
	}
	*left = (double)T;
	*right = M + rho / log1p(1 / M);
	*s = *right;
	return RATE_OK;
}

SHARP(sharp_sums,
	{ .parameters = "T=100,M=20", .note = "constant, then growing by 21/20", .ratio = 1 },
	{ .parameters = "T=1000,M=1", .note = "doubling", .ratio = 1 },
	{ .parameters = "T=64,M=64", .note = "constant", .ratio = 1 })
CONTROL(control_sums,
	{ .parameters = "T=100,M=20", .note = "0.9 of the right side", .factor = 0.9 })

/*: {.plumbing} :*/
static const char *const needs[] = { "convex", "x_star", "f_star", "whole space", "no composite" };
static const rate_param params[] = { [R_EPS] = { "r_eps", RATE_REAL, "auto", 1e-100, 1e100, NULL,
	                                         "guess of |x_0 - x_star|" } };

static const rate_param params_sums[] = {
	[LENGTH] = { "T", RATE_INTEGER, "64", 1, LONGEST, NULL, "how many numbers after the first" },
	[SUM] = { "M", RATE_INTEGER, "0", 0, LONGEST, NULL,
	          "the slowest numbers whose sums stay at M, or 0 for random ones" },
};

MUST(applies, D2 > 0, "the start is a minimiser")
MUST(admissible, is_felt(c), FELT)

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[R_EPS] = 0.01 * fraction * sqrt(D2);
}

#define IVGI "after Ivgi, Hinder & Carmon, DoG, ICML 2023"

CLAIM(dog_deterministic,
	.id = "dog-deterministic", .chapter = "adaptive", .title = "Distance over gradients, the sharper bound",
	.statement = "f convex: Σ_{t<T} r_t⟨g_t, x_t − x*⟩ ≤ √S_{T−1} [(max_{t≤T} d_t² − d_T²)/2 + r_{T−1}²] for "
	             "every T",
	.quantity = "Σ_{s<t} r_s⟨g_s, x_s − x*⟩", .formula = "√S_{t−1} [(max d_s² − d_t²)/2 + r_{t−1}²]",
	.source = IVGI,
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "dog", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params), .accumulators = DOG_KEPT, .applies = applies, .choose = choose,
	.admissible = admissible,
	.observe = observe_dog, .measure = measure, SHARP_AND_CONTROL)

CLAIM(dog_deterministic_textbook,
	.id = "dog-deterministic-textbook", .chapter = "adaptive", .title = "Distance over gradients",
	.statement = "f convex: Σ_{t<T} r_t⟨g_t, x_t − x*⟩ ≤ r_T (2 max_{t≤T} d_t + r_T) √S_{T−1} for every T",
	.quantity = "Σ_{s<t} r_s⟨g_s, x_s − x*⟩", .formula = "r_t (2 max d_s + r_t) √S_{t−1}",
	.source = IVGI,
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "dog", .needs = RATE_LIST(needs),
	.params = RATE_ROWS(params), .accumulators = DOG_KEPT, .applies = applies, .choose = choose,
	.admissible = admissible,
	.observe = observe_dog, .measure = measure_textbook, .sharp = sharp_textbook, .control = control_textbook)

CLAIM(dog_sums,
	.id = "dog-sums", .chapter = "adaptive", .title = "Numbers that grow, and their sums",
	.statement = "0 < r_0 ≤ … ≤ r_T, ρ = r_T/r_0, M = max_{1≤t≤T} Σ_{s<t} r_s/r_t: T ≤ M + ln ρ/ln(1 + 1/M)",
	.quantity = "T", .formula = "M + ln ρ/ln(1 + 1/M)",
	.source = "sharper than a lemma of Ivgi, Hinder & Carmon, DoG, ICML 2023",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_sums), .evaluate = evaluate, .sharp = sharp_sums,
	.control = control_sums)
