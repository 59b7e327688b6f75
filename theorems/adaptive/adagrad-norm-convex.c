/*:
# The regret of AdaGrad-norm

**Theorem.** On a closed convex set of diameter $D_C$ let $f_1,f_2,\dots$ be convex losses, $g_t\in\partial f_t(x_t)$ and
$S_t=\sum_{s\le t}\|g_s\|^2$. The method $x_{t+1}=P\bigl(x_t-\frac\eta{\sqrt{S_t}}g_t\bigr)$ (which stays while
$S_t=0$) has against every $u$ of the set, for every $T$,
$$ \sum_{t\le T}f_t(x_t)-f_t(u)\;\le\;\Bigl(\frac{D_C^2}{2\eta}+\eta\Bigr)\sqrt{S_T},\qquad\text{at }\eta=\frac{D_C}{\sqrt2}:\quad\sqrt2\,D_C\sqrt{S_T}. $$

Neither a bound on the gradients nor the horizon need be known.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "regret.h"

enum { DIAMETER }; /* needs */

static double bound_path(const rate_case *c, double squares)
{
	LETTERS(c);
	double D_C = c->need[DIAMETER], eta = gamma;

	return (D_C * D_C / (2 * eta) + eta) * sqrt(squares);
}

/*:
## Proof

Write $w_t=\frac{\sqrt{S_t}}\eta$. A projection does not increase the distance from $u$ (lem-prox-nonexpansive):
$$ \langle g_t,x_t-u\rangle\le\frac{w_t}2\bigl[\|x_t-u\|^2-\|x_{t+1}-u\|^2\bigr]+\frac{\|g_t\|^2}{2w_t}. $$
As $w_t$ does not decrease and $\|x_t-u\|\le D_C$, the first terms sum to at most $\frac{w_TD_C^2}2$. For the second,
$\sqrt{S_t}-\sqrt{S_{t-1}}=\frac{\|g_t\|^2}{\sqrt{S_t}+\sqrt{S_{t-1}}}\ge\frac{\|g_t\|^2}{2\sqrt{S_t}}$, so they sum to
at most $\eta\sqrt{S_T}$. $\square$

## One function

For one function, $f_t=f$, the average $\bar x_T$ has $f(\bar x_T)-f_\star\le\sqrt2D_C\sqrt{S_T}/T$ at $\eta=
\frac{D_C}{\sqrt2}$, with $\|g\|\le G$ at most $\frac{\sqrt2D_CG}{\sqrt T}$. On
smooth functions the same method does better, and nothing was said to it.

**Theorem.** Let $f$ be convex and $L$-smooth on the whole space with $\nabla f(x_\star)=0$ for an $x_\star$ of the
set, and let
$g_t$ be stochastic gradients with $\mathbb E\|g_t-\nabla f(x_t)\|^2\le\sigma^2$. With $c=\frac{D_C^2}{2\eta}+\eta$, for
every $T\ge1$
$$ \frac1T\sum_{t\le T}\mathbb E f(x_t)-f_\star\;\le\;\frac{2Lc^2}T+\frac{c\,\sigma}{\sqrt T},\qquad\text{at }\eta=\frac{D_C}{\sqrt2}:\quad\frac{4LD_C^2}T+\frac{\sqrt2D_C\sigma}{\sqrt T}. $$
:*/

static double bound_smooth(const rate_case *c, double t)
{
	LETTERS(c);
	double k = bound_path(c, 1);

	return 2 * L * k * k / t + k * sqrt(noise2 / t);
}

/*:
**Proof.** Let $X=\sum_{t\le T}\mathbb E(f(x_t)-f_\star)$. The theorem above gives $X\le c\,\mathbb E\sqrt{S_T}\le
c\sqrt{\mathbb E S_T}$, and
$\mathbb E\|g_t\|^2\le\|\nabla f(x_t)\|^2+\sigma^2\le2L(f(x_t)-f_\star)+\sigma^2$ in the mean. So
$X^2\le2Lc^2X+c^2\sigma^2T$, and $y^2\le py+r^2$ implies $y\le p+r$.
$\square$

Neither $L$ nor $\sigma$ is known to the method. The gradient must vanish at $x_\star$: without noise
$f(x)=x+\frac{x^2}{200}$ on $[0,1]$ has a mean gap of $0.26$ after 5
rounds, where $\frac{4LD_C^2}T$ is $0.008$.

## How sharp it is

Asymptotically exactly, for $\eta\to\infty$: on the losses $x,-x,x,\dots$ on $[-1,1]$ we have $S_t=t$, and this is the
example of *The regret of AMSGrad*, with the ratio $\bigl(1-\frac\eta{4\sqrt T}\bigr)/\bigl(1+\frac2{\eta^2}\bigr)$,
about ${{adagrad-norm-convex#1.max_ratio:2}}$ at $\eta=8$, $T=1000$. At $\eta=\frac{D_C}{\sqrt2}$ one round reaches $\frac1{\sqrt2}$. In between, gradients
of one sign of which the first is four times as
large as the others: a few rounds reach ${{adagrad-norm-convex#2.max_ratio:3}}$ at $\eta=0.92$.

The second theorem is loose: without noise it is reached to ${{adagrad-norm-convex-smooth#1.max_ratio:3}}$ on a parabola across the set, with noise to ${{adagrad-norm-convex-smooth#2.max_ratio:3}}$. A factor 4 of this
is free:

# Smooth functions, once more

**Theorem.** Under the hypotheses of the second theorem, for every $T\ge1$
$$ \frac1T\sum_{t\le T}\mathbb E f(x_t)-f_\star\;\le\;\begin{cases}\frac{Lc^2}{2T}+\frac{\sigma^2}{2L}&\text{if }\sigma\sqrt T\le Lc,\\\frac{c\,\sigma}{\sqrt T}&\text{otherwise.}\end{cases} $$
:*/

static double bound_smooth_tight(const rate_case *c, double t)
{
	LETTERS(c);
	double k = bound_path(c, 1), noise = sqrt(noise2 * t);

	return noise <= L * k ? (L * k * k + noise * noise / L) / (2 * t) : k * noise / t;
}

/*:
In long runs the smoothness is not to be seen in it at all.

**Proof.** Regret is bounded through $\langle\nabla f(x_t),x_t-x_\star\rangle$, and for a smooth convex function with $\nabla f(x_\star)=0$ this is at least
$f(x_t)-f_\star+\frac1{2L}\|\nabla f(x_t)\|^2$. Let $X$ be as before and $\Gamma=\sum_{t\le T}\mathbb E\|\nabla f(x_t)\|^2$. The first theorem, in the mean, says
$$ X+\frac\Gamma{2L}\;\le\;c\,\mathbb E\sqrt{S_T}\;\le\;c\sqrt{\Gamma+\sigma^2T},\qquad\text{that is, with}\ y=\sqrt{\Gamma+\sigma^2T},\qquad X\;\le\;c\,y-\frac{y^2}{2L}+\frac{\sigma^2T}{2L} . $$
The right side grows with $y$ up to $y=Lc$ and falls from there on, and $y\ge\sigma\sqrt T$. So its maximum is at $y=Lc$ if $\sigma\sqrt T\le Lc$, else at $y=\sigma\sqrt T$. Put these in, and divide by $T$. $\square$

On the parabola it is reached to ${{adagrad-norm-convex-smooth-tight#1.max_ratio:2}}$ without noise.

## What is run

AdaGrad-norm with $b_0=0$ on every online problem on a bounded set, and on single functions there; the regret is
counted against $u=x_\star$, at every round, and $S_T$ is summed as the run goes. For the second
theorem, stochastic AdaGrad-norm on every smooth function over a bounded set with a stationary point in it; the mean
gap of the points is measured.

## What must fail

$0.8$ times the bound on the losses $\pm x$, $0.7$ times on the five rounds; and half of it in one round. Of the second
bound $0.12$ without and $0.15$ with noise, of the third $0.49$ without.

## Exercises

1. Work out the round that reaches $\frac1{\sqrt2}$.
2. Show that $y^2\le py+r^2$ with $p,r\ge0$ implies $y\le p+r$.
3. Is there a bound with $\sum_t\|g_t\|$ in the place of $\sqrt{S_T}$?
:*/

static int measure(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = bound_path(v->c, rate_acc(v, REGRET_KEPT, r)[SQUARES]);
	return measure_regret(v, q, s, NULL);
}

SHARP(sharp,
	{ .objective = "online-cycle:slopes=1/-1", .parameters = "gamma=8", .note = "to and fro with long steps",
	  .steps = 1000, .ratio = 0.91 },
	{ .objective = "online-cycle:slopes=1/0.2476/0.2276/0.2175/0.2122", .parameters = "gamma=0.9187",
	  .note = "five rounds", .steps = 5, .ratio = 0.797 },
	{ .objective = "online-cycle:slopes=1", .note = "one round, eta = D/sqrt 2", .steps = 1,
	  .ratio = 0.70710678118654752 })
CONTROL(control,
	{ .objective = "online-cycle:slopes=1/-1", .parameters = "gamma=8", .note = "0.8 of the bound; 0.91 is reached",
	  .steps = 1000, .factor = 0.8 },
	{ .objective = "online-cycle:slopes=1/0.2476/0.2276/0.2175/0.2122", .parameters = "gamma=0.9187",
	  .note = "0.7 of the bound; 0.797 is reached", .steps = 5, .factor = 0.7 },
	{ .objective = "online-cycle:slopes=1", .note = "half of the bound; 0.707 is reached", .steps = 1,
	  .factor = 0.5 })

#define EDGE "quadratic:d=1,rotation=0,along=L,start=2"
SHARP(sharp_smooth,
	{ .objective = EDGE "+box:low=0,high=2", .note = "a parabola, across the set", .steps = 100, .ratio = 0.137 },
	{ .objective = EDGE "+sign-noise:sigma=5+box:low=0,high=2", .note = "the same with noise", .steps = 100,
	  .ratio = 0.204 })
CONTROL(control_smooth,
	{ .objective = EDGE "+box:low=0,high=2", .note = "0.12 of the bound; 0.137 is reached", .steps = 100,
	  .factor = 0.12 },
	{ .objective = EDGE "+sign-noise:sigma=5+box:low=0,high=2", .note = "0.15 of it; 0.204 is reached",
	  .steps = 100,
	  .factor = 0.15 })

SHARP(sharp_smooth_tight,
	{ .objective = EDGE "+box:low=0,high=2", .note = "a parabola, across the set", .steps = 100, .ratio = 0.548 },
	{ .objective = EDGE "+sign-noise:sigma=5+box:low=0,high=2", .note = "the same with noise", .steps = 100 })
CONTROL(control_smooth_tight,
	{ .objective = EDGE "+box:low=0,high=2", .note = "0.49 of the bound; 0.548 is reached", .steps = 100,
	  .factor = 0.49 },
	{ .objective = EDGE "+box:low=0,high=2", .note = "rate T^-3/2 instead of T^-1", .steps = 100, .power = 0.5 })

/* The mean gap of the points before t. */
static int observe_gaps(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *gap = malloc(2 * nrep * sizeof *gap);
	int failed = !gap || rate_gap_of(v, v->state[0], gap, gap + nrep);

	for (size_t r = 0; r < nrep && !failed; r++) {
		rate_acc(v, 2, r)[0] += gap[r];
		rate_acc(v, 2, r)[1] += gap[nrep + r];
	}
	free(gap);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure_gaps(rate_view *v, double *q, double *s, double *b)
{
	double t = v->t ? (double)v->t : 1;

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, 2, r)[0] / t;
		s[r] = rate_acc(v, 2, r)[1] / t;
	}
	return RATE_OK;
}

/*: {.plumbing} :*/
static const char *const needs[] = { [DIAMETER] = "diameter", "convex", "rounds", "x_star" };
static const char *const needs_smooth[] = { [DIAMETER] = "diameter", "convex", "L", "stationary", "f_star", "noise2" };
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("any eta > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * c->need[DIAMETER] / sqrt(2);
}

MUST(admissible, gamma > 0, "eta > 0")

CLAIM(adagrad_norm_convex,
	.id = "adagrad-norm-convex", .chapter = "adaptive", .title = "Regret of AdaGrad-norm",
	.statement = "convex losses on a set of diameter D_C, any η > 0: Regret_T ≤ (D_C²/(2η) + η)√(Σ_{t≤T} ‖g_t‖²) "
	             "for every T",
	.quantity = REGRET_QUANTITY, .formula = "(D_C²/(2η) + η)√(Σ ‖g_s‖²)",
	.source = "Streeter & McMahan, arXiv:1002.4862",
	.kind = RATE_REGRET, .flags = RATE_PATH_BOUND, .method = "stochastic-adagrad-norm", .needs = RATE_LIST(needs),
	RANGE, .accumulators = REGRET_KEPT, .observe = observe_regret, .measure = measure, SHARP_AND_CONTROL)

CLAIM(adagrad_norm_convex_smooth,
	.id = "adagrad-norm-convex-smooth", .chapter = "adaptive",
	.title = "AdaGrad-norm on smooth functions over a bounded set",
	.statement = "f convex, L-smooth, ∇f(x*) = 0, noise of variance at most σ², a set of diameter D_C, any η > 0, "
	             "c = D_C²/(2η) + η: "
	             "(1/T) Σ_{t≤T} E f(x_t) − f* ≤ 2Lc²/T + cσ/√T",
	.quantity = "mean of E f(x_s) − f*, s < t", .formula = "2Lc²/t + cσ/√t",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "stochastic-adagrad-norm", .needs = RATE_LIST(needs_smooth), RANGE,
	.accumulators = 2, .power = 0.5, .bound = bound_smooth, .observe = observe_gaps, .measure = measure_gaps,
	.sharp = sharp_smooth, .control = control_smooth)

CLAIM(adagrad_norm_convex_smooth_tight,
	.id = "adagrad-norm-convex-smooth-tight", .chapter = "adaptive",
	.title = "AdaGrad-norm on smooth functions over a bounded set, once more",
	.statement = "f convex, L-smooth, ∇f(x*) = 0, noise of variance at most σ², a set of diameter D_C, any η > 0, "
	             "c = D_C²/(2η) + η: "
	             "(1/T) Σ_{t≤T} E f(x_t) − f* ≤ Lc²/(2T) + σ²/(2L) if σ√T ≤ Lc, else ≤ cσ/√T",
	.quantity = "mean of E f(x_s) − f*, s < t", .formula = "Lc²/(2t) + σ²/(2L) if σ√t ≤ Lc, else cσ/√t",
	.source = OWN,
	.kind = RATE_EXPECTATION, .method = "stochastic-adagrad-norm", .needs = RATE_LIST(needs_smooth), RANGE,
	.accumulators = 2, .power = 0.5, .bound = bound_smooth_tight, .observe = observe_gaps, .measure = measure_gaps,
	.sharp = sharp_smooth_tight, .control = control_smooth_tight)
