/*:
# The ellipsoid method

A subgradient at $c$ says in which half-space the minimisers are: in $\{y:\langle g,y-c\rangle\le0\}$. Keep what is left of the feasible set after each cut, and its volume falls; but its shape becomes unwieldy. The ellipsoid method keeps the least
ellipsoid around it instead. That needs $n^2$ numbers, no knowledge of $f$ but its subgradients, and no condition number appears in its rate.

**Method.** Let $n\ge2$, $C\subset\mathbb R^n$ compact and convex with positive volume, $C\subset E_0$, the ball of radius $R$ about $c_0$; $P_0=R^2I$, and $E_t=\{y:(y-c_t)^\top P_t^{-1}(y-c_t)\le1\}$. If $c_t\in C$ let $g$ be a subgradient of $f$ at $c_t$; else any vector with
$\langle g,y-c_t\rangle\le0$ on $C$, for instance $c_t$ minus its projection. If $g=0$ stop: $c_t$ is a minimiser. Else with $u=P_tg/\sqrt{g^\top P_tg}$
$$ c_{t+1}=c_t-\frac u{n+1},\qquad P_{t+1}=\frac{n^2}{n^2-1}\Bigl(P_t-\frac2{n+1}uu^\top\Bigr). $$

**Theorem (ellipsoid-volume).** Every cut multiplies the volume by the same number,
$$ \frac{\operatorname{vol}E_{t+1}}{\operatorname{vol}E_t}=v_n:=\frac n{n+1}\Bigl(\frac{n^2}{n^2-1}\Bigr)^{\frac{n-1}2}<e^{-1/(2n)} . $$

**Theorem (ellipsoid-gap).** Let $f$ be convex and continuous on $C$ with $\max_Cf-\min_Cf\le W$. As soon as the right side is smaller than $W$,
$$ \min_{s<t,\;c_s\in C}f(c_s)-f_\star\;\le\;W\Bigl(\frac{\operatorname{vol}E_0}{\operatorname{vol}C}\Bigr)^{1/n}v_n^{\,t/n} . $$

For a $G$-Lipschitz $f$ and a set of diameter $D_C$ one may take $W=GD_C$, as the program does.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(radius)
#include <stdlib.h>
#include <string.h>

#include "../common.h"

/* ln v_n */
static double log_factor(double n)
{
	return -log1p(1 / n) - (n - 1) / 2 * log1p(-1 / (n * n));
}

FORMULA(bound_volume, t, -t * log_factor((double)c->d))

enum { CENTRE, VOLUME, SLOPE };

/* ln(vol E_0/vol C) */
static double log_ratio(const rate_case *c)
{
	double ball = c->d % 2 ? log(2) : 0;

	for (size_t k = c->d; k > 1; k -= 2)
		ball += log(2 * acos(-1) / (double)k);
	return ball + (double)c->d * log(c->param[radius_]) - c->need[VOLUME];
}

static double bound(const rate_case *c, double t)
{
	double n = (double)c->d, share = exp((log_ratio(c) + t * log_factor(n)) / n);

	return share < 1 ? c->need[SLOPE] * c->diameter * share : HUGE_VAL;
}

/*:
## Proof

*Volume.* An affine map turns $E_t$ into the unit ball and $g$ into a positive multiple of the first unit vector $e_1$. In these letters $u=e_1$, the new centre is $-\frac{e_1}{n+1}$, and $P_{t+1}$ is diagonal with the half axes
$$ \sqrt{\tfrac{n^2}{n^2-1}\bigl(1-\tfrac2{n+1}\bigr)}=\frac n{n+1}\text{ along }e_1,\qquad\frac n{\sqrt{n^2-1}}\text{ across.} $$
Their product is $v_n$. And $\ln v_n=-\ln(1+\frac1n)-\frac{n-1}2\ln(1-\frac1{n^2})$; with the series of the logarithms this is $-\frac1{2n}-\frac1{12n^3}-\dots<-\frac1{2n}$, all the terms being negative.

*It holds the half that matters.* Let $\|y\|\le1$, $y_1\le0$. Then
$$ \frac{((n+1)y_1+1)^2}{n^2}+\frac{n^2-1}{n^2}(\|y\|^2-y_1^2)\;\le\;\frac{((n+1)y_1+1)^2}{n^2}+\frac{n^2-1}{n^2}(1-y_1^2)=1+\frac{2(n+1)}{n^2}\,y_1(y_1+1)\le1 . $$
So nothing of $C$ leaves the ellipsoids but what a cut at a feasible centre takes away, and $f(y)\ge f(c_s)$ for all of that.

*Gap.* Let $x_\star$ be a minimiser, $\varepsilon<1$ with $\varepsilon^n\operatorname{vol}C>\operatorname{vol}E_t$. The set $x_\star+\varepsilon(C-x_\star)\subset C$ has more volume than $E_t$, so one of its points, $y=x_\star+\varepsilon(z-x_\star)$ with $z\in C$, was taken away by a cut at a feasible centre $c_s$, $s<t$:
$$ f(c_s)\le f(y)\le f_\star+\varepsilon(f(z)-f_\star)\le f_\star+\varepsilon W . $$
Let $\varepsilon^n$ fall to $\operatorname{vol}E_t/\operatorname{vol}C=v_n^t\operatorname{vol}E_0/\operatorname{vol}C$. $\square$

*Letters.* $n$ is the dimension and $c_t$ the iterate $x_t$ of the program; $W$ a range, $v_n$ a ratio of volumes.

## How sharp it is

The volumes are an identity. The gap is ${{ellipsoid-gap#1.max_ratio:2}}$ of the bound after one step on the disc, when $f$ is linear; later the bound is loose, because the set that proves it is a small copy of $C$ and what the method keeps is a long ellipsoid. For a linear $f$ on the ball everything can be computed:
the best of $t$ centres has the gap $\bigl(\frac n{n+1}\bigr)^{t-1}\frac W2$.

## What is run

Balls and boxes in up to 16 dimensions; every convex Lipschitz function on them, least squares and logistic regression too. `radius` is $R$, at least what reaches over the set. The method keeps a factor of $P$, so that rounding cannot make it indefinite.

## What must fail

0.9 of the ratio on the disc. A first ball of radius $\frac15$ that does not hold the set: the minimiser is outside, and no cut brings it back. For the volumes a hundredth more or less.

## Exercises

1. What is the method for $n=1$, in the limit of its formulas?
2. How many steps make the bound on the unit ball smaller than $10^{-3}W$ in ten dimensions?
3. ★ Show that the best of $t$ centres has the gap $(\frac n{n+1})^{t-1}$ for $f(x)=x_1$ on the unit ball.
:*/

SHARP(sharp,
	{ .objective = "slope:c=1/0", .note = "a linear function on the disc", .steps = 24, .ratio = 0.5699 },
	{ .objective = "slope:c=1/0/0", .note = "on a ball", .steps = 24, .ratio = 0.529 },
	{ .objective = "sup-norm:z=-0.628/0.765+ball:radius=1", .note = "one coordinate at a time", .steps = 40 },
	{ .objective = "sup-norm:z=0.3/-0.2/0.1/0.9+box", .note = "over a box", .steps = 256 },
	{ .objective = "least-squares:n=50,d=5,noise=0.5+ball:radius=0.5", .note = "least squares over a ball",
	  .steps = 256 },
	{ .objective = "logistic:data=iris,ridge=0+box:low=-1,high=1", .note = "logistic regression over a box",
	  .steps = 256 })
CONTROL(control,
	{ .objective = "slope:c=1/0", .note = "0.9 of the ratio after one step", .steps = 1, .factor = 0.9 * 0.5699 },
	{ .objective = "sup-norm:z=-0.628/0.765+ball:radius=1", .parameters = "radius=0.2",
	  .note = "a ball that does not hold the set",
	  .steps = 40 })

SHARP(sharp_volume,
	{ .objective = "slope:c=1/0", .note = "a linear function on the disc", .steps = 24, .ratio = 1 },
	{ .objective = "sup-norm:z=0.3/-0.2/0.1/0.9+box", .note = "over a box", .steps = 256, .ratio = 1 },
	{ .objective = "least-squares:n=50,d=5,noise=0.5+ball:radius=0.5", .note = "least squares over a ball",
	  .steps = 64 })
CONTROL(control_volume,
	{ .objective = "slope:c=1/0", .note = "a hundredth less", .steps = 24, .factor = 0.99 },
	{ .objective = "slope:c=1/0", .note = "a hundredth more", .steps = 24, .factor = 1.01 })

/*: {.plumbing} :*/
enum { BEST, BEST_SCALE, FOUND, KEPT };
enum { MOST = 16, CUTS = 1, ROWS = 2 };

/* c_t, if it is feasible, against the best of those before. */
static int observe(rate_view *v)
{
	rate_run *run = v->run;
	size_t block = run->nrep * run->ld;
	double *p = aligned_alloc(64, block * sizeof *p), *q = malloc(2 * run->nrep * sizeof *q);
	int failed = !p || !q;

	if (!failed) {
		memcpy(p, v->state[0], block * sizeof *p);
		failed = rate_project(run, p) || rate_gap_of(v, p, q, q + run->nrep);
	}
	for (size_t r = 0; r < run->nrep && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r);

		if (memcmp(p + r * run->ld, v->state[0] + r * run->ld, run->d * sizeof *p) == 0 &&
		    (kept[FOUND] == 0 || q[r] < kept[BEST])) {
			kept[BEST] = q[r];
			kept[BEST_SCALE] = q[run->nrep + r];
			kept[FOUND] = 1;
		}
	}
	free(p);
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

/* Rounding moves the centre by a few bits of the set, which changes f by G times that. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	double W = v->c->need[SLOPE] * v->c->diameter;

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *kept = rate_acc(v, KEPT, r);

		q[r] = kept[FOUND] > 0 ? kept[BEST] : W;
		s[r] = kept[BEST_SCALE] + W * (1 + 2 * v->c->param[radius_] / v->c->diameter);
	}
	return RATE_OK;
}

/* ln |det B| by elimination with pivots; `size` <- |B| |B^-1|, by which rounding is multiplied. */
static double log_determinant(const rate_view *v, size_t r, double *size)
{
	size_t n = v->run->d;
	double a[MOST][2 * MOST], sum = 0, norm = 0, inverse = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			a[i][j] = v->state[ROWS + i][r * v->run->ld + j];
			a[i][n + j] = i == j;
			norm += a[i][j] * a[i][j];
		}
	for (size_t k = 0; k < n; k++) {
		size_t best = k;

		for (size_t i = k + 1; i < n; i++)
			if (fabs(a[i][k]) > fabs(a[best][k]))
				best = i;
		for (size_t j = 0; j < 2 * n; j++) {
			double swap = a[k][j];

			a[k][j] = a[best][j];
			a[best][j] = swap;
		}
		sum += log(fabs(a[k][k]));
		for (size_t i = 0; i < n; i++)
			for (size_t j = 2 * n; j-- > k && i != k;)
				a[i][j] -= a[i][k] / a[k][k] * a[k][j];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = n; j < 2 * n; j++)
			inverse += a[i][j] / a[i][i] * (a[i][j] / a[i][i]);
	*size = sqrt(norm) * sqrt(inverse);
	return sum;
}

static int measure_volume(rate_view *v, double *q, double *s, double *b)
{
	double n = (double)v->run->d;

	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double idle = (double)v->t - v->state[CUTS][r * v->run->ld], spread;

		q[r] = n * log(v->c->param[radius_]) - log_determinant(v, r, &spread) - idle * log_factor(n);
		s[r] = n * (fabs(log(v->c->param[radius_])) + spread) + (double)v->t;
	}
	return RATE_OK;
}

static const rate_param params[] = {
	[radius_] = { "radius", RATE_REAL, "auto", 0, 0, NULL,
	              "R, at least the distance from x_0 to the farthest point of C" },
};

/* The set is symmetric about the point with all coordinates m, and lies in a ball of half its diameter about it. */
static double reach(const rate_case *c)
{
	double m = c->need[CENTRE], sum = 0;

	for (size_t j = 0; j < c->d; j++)
		sum += (c->x0[j] - m) * (c->x0[j] - m);
	return c->diameter / 2 + sqrt(sum);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[radius_] = reach(c) / fraction;
}

static void choose_volume(const rate_case *c, double fraction, double *param)
{
	(void)c;
	param[radius_] = 1 / fraction;
}

MUST(admissible, radius >= reach(c) * (1 - 1e-12), "the ball of `radius` about x_0 must hold the feasible set")

MUST(admissible_volume, radius > 0, "0 < radius")

static const char *applies(const rate_case *c)
{
	return c->d >= 2 && c->d <= MOST ? NULL : "2 <= n <= 16";
}

CLAIM(ellipsoid_gap,
	.id = "ellipsoid-gap", .chapter = "projection-free-and-mirror", .title = "The ellipsoid method",
	.statement = "f convex on C ⊂ E_0, n ≥ 2, W ≥ max f − min f: the best feasible of the centres c_0..c_{t−1} has "
	             "f(c) − f* ≤ W (vol E_0/vol C)^(1/n) v_n^(t/n), v_n = (n/(n + 1)) (n²/(n² − 1))^((n−1)/2)",
	.quantity = "min_{s<t} f(c_s) − f*", .formula = "W (vol E_0/vol C)^(1/n) v_n^(t/n)",
	.source = "Yudin and Nemirovskii 1976; Bubeck, Convex Optimization: Algorithms and Complexity, "
	          "arXiv:1405.4980, with exp "
	          "in the place of the exact factor; proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "ellipsoid",
	NEEDS("set_center", "log_volume", "G", "convex", "diameter", "x_star", "f_star"), .params = RATE_ROWS(params),
	.choose = choose, .admissible = admissible, .applies = applies, .accumulators = KEPT, .bound = bound,
	.observe = observe,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(ellipsoid_volume,
	.id = "ellipsoid-volume", .chapter = "projection-free-and-mirror",
	.title = "What a cut takes from an ellipsoid",
	.statement = "n ≥ 2: after t cuts vol E_t = v_n^t vol E_0, v_n = (n/(n + 1)) (n²/(n² − 1))^((n−1)/2) < "
	             "exp(−1/(2n))",
	.quantity = "ln(vol E_0/vol E_t)", .formula = "t ln(1/v_n)",
	.source = "Yudin and Nemirovskii 1976; proved in this file",
	.kind = RATE_IDENTITY, .flags = RATE_OWN_INSTANCES, .method = "ellipsoid", NEEDS("convex", "diameter"),
	.params = RATE_ROWS(params),
	.choose = choose_volume, .admissible = admissible_volume, .applies = applies, .bound = bound_volume,
	.measure = measure_volume, .sharp = sharp_volume, .control = control_volume)
