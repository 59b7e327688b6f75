/*:
# Cutting at the centre of gravity

A subgradient at $x$ says in which half-space the minimisers are. Where should one ask? At a point such that whatever the answer, much is cut away. On a segment that is the middle. In general it is the centre of gravity, and how much is cut away is known exactly.

**Theorem (centroid-cut, Grünbaum 1960).** Let $K\subset\mathbb R^d$ be convex and compact with positive volume. Each side of a hyperplane through its centre of gravity has at least the share $\bigl(\frac d{d+1}\bigr)^d$ of its volume: $\frac12$ on a segment, $\frac49$ in the plane, more than
$\frac1e$ in every dimension.

**Theorem (centre-of-gravity).** Let $C\subset\mathbb R^d$ be compact and convex with positive volume, $f$ convex and continuous on $C$, $\max_Cf-\min_Cf\le W$, $C_0=C$; let $x_t$ be the centre of gravity of $C_t$, $g_t$ a subgradient at $x_t$ (if $g_t=0$ stop: $x_t$ is a minimiser), and
$C_{t+1}=\{y\in C_t:\langle g_t,y-x_t\rangle\le0\}$. Then for every $t\ge1$
$$ \min_{s<t}f(x_s)-f_\star\;\le\;W\Bigl(1-\bigl(\tfrac d{d+1}\bigr)^d\Bigr)^{t/d} . $$
In one dimension this is $W2^{-t}$ (bisection), in the plane $W(\frac59)^{t/2}$ (centre-of-gravity-plane).

No condition number, no Lipschitz constant, no step size: only the dimension. The price is the centre of gravity itself, which is hard to compute beyond a few dimensions; ellipsoid-gap replaces the sets by ellipsoids.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "../common.h"

enum { SLOPE };
FORMULA(bound, t, c->need[SLOPE] * c->diameter * ldexp(1, -(int)fmin(t, 1000)))

/*:
## Proof of Grünbaum's theorem

Let the hyperplane be $\{y_1=0\}$ with the centre of gravity on it, and $r(s)$ the $(d-1)$-th root of the volume of the section $K\cap\{y_1=s\}$. By Brunn's theorem $r$ is concave where it is positive. (In the plane $r$ is the length of a chord, and this is seen at once.) Look at the right side $K^+=K\cap\{y_1\ge0\}$.

*First* replace $K^+$ by a cone with the same section at 0 and the same volume, whose radius $\ell(s)=r(0)-\kappa s$ falls to 0. As $r$ is concave and starts at $\ell(0)$, it lies above $\ell$ first and below it afterwards: volume moves to the right. *Then* continue the cone to the left of 0, where $\ell(s)=r(0)-\kappa s$ goes on growing, until it has the volume
of the other side $K^-$. On the left $r\le\ell$, because the slope of $r$ at 0 is at least $-\kappa$ and $r$ is concave: volume moves to the right again. So the centre of gravity of the whole cone lies at some $s\ge0$.

A cone of height $H$ has its centre of gravity at the distance $\frac d{d+1}H$ from the apex, and the part beyond it is similar to the whole: it has the share $(\frac d{d+1})^d$. The part beyond 0 contains that part, has the volume of $K^+$, and the whole has the volume of $K$. $\square$

## Proof of the rate

A point $y$ that is cut away at $x_s$ has $\langle g_s,y-x_s\rangle>0$, so $f(y)\ge f(x_s)$. By Grünbaum's theorem $\operatorname{vol}C_t\le q^t\operatorname{vol}C$ with $q=1-(\frac d{d+1})^d$. Let $\varepsilon\in(0,1]$ with $\varepsilon^d>q^t$ and $x_\star$ a minimiser. The set $x_\star+\varepsilon(C-x_\star)\subset C$ has more volume than $C_t$: some point
$y=x_\star+\varepsilon(z-x_\star)$ of it, $z\in C$, was cut away, say at $x_s$, $s<t$. So
$$ f(x_s)\le f(y)\le f_\star+\varepsilon(f(z)-f_\star)\le f_\star+\varepsilon W, $$
and $\varepsilon\to q^{t/d}$. $\square$

*Letters.* $d$ is the dimension, $q$ the share that is left; $K$ is a set, $r$, $\ell$, $\kappa$, $H$ belong to the first proof.

## How sharp it is

centroid-cut is attained by cones, in the plane by a triangle cut parallel to a side. In one dimension the rate is attained at every $t$: for $f(x)=-x$ on $[-1,1]$ the middles $0,\frac12,\frac34,\dots$ creep towards the end. In the plane a linear function on a triangle with its minimum at a corner has, at every $t$, the
gap $(\frac23)^tW$: a ratio of ${{centre-of-gravity-plane#1.max_ratio:3}}$ after one step. After many it is small, since then the best of the cuts would have to fall on the worst triangle again and again, and be used as badly.

## What is run

Bisection on every convex function of one variable over a bounded set ($W=GD_C$ with the Lipschitz constant $G$ and the diameter $D_C$). In the plane polygons with linear functions, distances from a point and largest coordinates, where $W$ is read off the corners.

## What must fail

The bound divided by 1.1 where it is attained, and $W3^{-t}$ after two steps. In the plane the share $\frac12$ for a triangle, and $0.8$ of the bound after one step.

## Exercises

1. Check that the simplex $\{y\ge0,\sum y_i\le1\}$ is cut by $\{y_1=\text{const}\}$ through its centre of gravity with the share $(\frac d{d+1})^d$ on one side.
2. How many evaluations make the bound in the plane smaller than $10^{-6}W$?
3. Why may the method not keep the other half, where $f$ is larger?
:*/

SHARP(sharp,
	{ .objective = "slope:c=-1", .note = "a slope: the middles creep to the end", .steps = 40, .ratio = 1 },
	{ .objective = "abs:start=0.7+box:low=-1,high=1", .note = "the absolute value", .steps = 40 },
	{ .objective = "huber:tau=0.1+box:low=-1,high=3", .note = "a Huber function", .steps = 20 })
CONTROL(control,
	{ .objective = "slope:c=-1", .note = "1/1.1 of the bound, which is attained", .steps = 40, .factor = 1 / 1.1 },
	{ .objective = "slope:c=-1", .note = "3^-t, at t = 2", .steps = 2, .factor = 4.0 / 9 })

#define ROW(words) .parameters = words
SHARP(sharp_plane,
	{ ROW("shape=triangle,f=corner,t=1"), .note = "a triangle, least at a corner, one step", .ratio = 0.894 },
	{ ROW("shape=triangle,f=corner,t=6"), .note = "six steps" },
	{ ROW("shape=polygon,f=distance,t=8"), .note = "a polygon and the distance from a point" })
CONTROL(control_plane,
	{ ROW("shape=triangle,f=corner,t=1"), .note = "0.8 of the bound", .factor = 0.8 },
	{ ROW("shape=triangle,f=corner,t=6"), .note = "half of the bound", .factor = 0.5 })
SHARP(sharp_cut,
	{ ROW("shape=triangle,cut=parallel"), .note = "a triangle, cut parallel to a side", .ratio = 1 },
	{ ROW("shape=polygon,cut=random"), .note = "polygons cut at random" })
CONTROL(control_cut,
	{ ROW("shape=triangle,cut=parallel"), .note = "one half instead of 4/9", .factor = 9.0 / 8 })

/*: {.plumbing} :*/
enum { BEST, BEST_SCALE, KEPT };

/* The best of x_0, ..., x_t is kept for t + 1. */
static int observe(rate_view *v)
{
	size_t nrep = v->run->nrep;
	double *q = malloc(2 * nrep * sizeof *q);
	int failed = !q || rate_gap_of(v, v->state[0], q, q + nrep);

	for (size_t r = 0; r < nrep && !failed; r++) {
		double *kept = rate_acc(v, KEPT, r);

		if (v->t == 0 || q[r] < kept[BEST]) {
			kept[BEST] = q[r];
			kept[BEST_SCALE] = q[nrep + r];
		}
	}
	free(q);
	return failed ? RATE_FAIL : RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = rate_acc(v, KEPT, r)[BEST];
		s[r] = rate_acc(v, KEPT, r)[BEST_SCALE] + v->c->need[SLOPE] * v->c->diameter;
	}
	return RATE_OK;
}

/* ---- Polygons, corners in order ---- */

enum { CORNERS = 12, MOST = 64 };
enum { TRIANGLE, POLYGON };
enum { SHAPE, KIND, STEPS };

struct polygon {
	size_t n;
	double x[MOST], y[MOST];
};

/* A triangle with a corner at (0, 1) and its base on y = 0; or points of an ellipse, in order. */
static void draw(struct polygon *k, int shape, const double *u)
{
	k->n = shape == TRIANGLE ? 3 : 4 + (size_t)(u[0] * 8.999);
	if (shape == TRIANGLE) {
		memcpy(k->x, (double[]){ -u[1] - 0.1, u[2] + 0.1, 0 }, 3 * sizeof *k->x);
		memcpy(k->y, (double[]){ 0, 0, 1 }, 3 * sizeof *k->y);
		return;
	}
	for (size_t i = 0; i < k->n; i++) {
		double angle = 2 * acos(-1) * ((double)i + 0.9 * u[3 + i]) / (double)k->n;

		k->x[i] = cos(angle);
		k->y[i] = (0.02 + u[1]) * sin(angle) + u[2] * cos(angle);
	}
}

/* The area, and the centre of gravity. */
static double area(const struct polygon *k, double *x, double *y)
{
	double sum = 0, mx = 0, my = 0;

	for (size_t i = 1; i + 1 < k->n; i++) {
		double a = ((k->x[i] - k->x[0]) * (k->y[i + 1] - k->y[0]) -
		            (k->x[i + 1] - k->x[0]) * (k->y[i] - k->y[0])) /
		           2;

		sum += a;
		mx += a * (k->x[i] - k->x[0] + k->x[i + 1] - k->x[0]) / 3;
		my += a * (k->y[i] - k->y[0] + k->y[i + 1] - k->y[0]) / 3;
	}
	*x = k->x[0] + mx / sum;
	*y = k->y[0] + my / sum;
	return sum;
}

/* What <g, . - (x, y)> <= 0 leaves. */
static struct polygon cut(const struct polygon *k, double x, double y, double gx, double gy)
{
	struct polygon left = { .n = 0 };

	for (size_t i = 0; i < k->n; i++) {
		size_t j = (i + 1) % k->n;
		double a = gx * (k->x[i] - x) + gy * (k->y[i] - y), b = gx * (k->x[j] - x) + gy * (k->y[j] - y);

		if (a <= 0) {
			left.x[left.n] = k->x[i];
			left.y[left.n++] = k->y[i];
		}
		if ((a < 0 && b > 0) || (a > 0 && b < 0)) {
			double share = a / (a - b);

			left.x[left.n] = k->x[i] + share * (k->x[j] - k->x[i]);
			left.y[left.n++] = k->y[i] + share * (k->y[j] - k->y[i]);
		}
	}
	return left;
}

enum { AT_CORNER, DISTANCE, LARGEST };

/* f, least at (ax, ay) with the value 0, and a subgradient. AT_CORNER: the height below the corner (0, 1), or the
 * corner 0. */
static double function(int f, double ax, double ay, double x, double y, double *gx, double *gy)
{
	double dx = x - ax, dy = y - ay, length = hypot(dx, dy);

	if (f == DISTANCE) {
		*gx = length > 0 ? dx / length : 0;
		*gy = length > 0 ? dy / length : 0;
		return length;
	}
	if (f == LARGEST) {
		*gx = fabs(dx) >= fabs(dy) ? (dx > 0) - (dx < 0) : 0;
		*gy = fabs(dx) >= fabs(dy) ? 0 : (dy > 0) - (dy < 0);
		return fmax(fabs(dx), fabs(dy));
	}
	return *gx * dx + *gy * dy;
}

static int evaluate_plane(const rate_point *p, double *left, double *right, double *s)
{
	const double *param = p->c->param;
	int f = (int)param[KIND];
	struct polygon k;
	double u[CORNERS + 6], x, y, gx, gy, ax, ay, W = 0, best = HUGE_VAL, sum = 0;

	p->host->uniforms(p->host, 1, p->number, CORNERS + 6, u);
	draw(&k, (int)param[SHAPE], u);
	/* The minimiser: a corner, and g a vector that makes it one; or any point of the polygon. */
	ax = ay = 0;
	for (size_t i = 0; i < k.n; i++)
		sum += u[3 + i];
	for (size_t i = 0; i < k.n; i++) {
		ax += u[3 + i] / sum * k.x[i];
		ay += u[3 + i] / sum * k.y[i];
	}
	gx = 0;
	gy = -1;
	if (f == AT_CORNER) {
		size_t top = 0;

		for (size_t i = 0; i < k.n; i++)
			if (k.y[i] > k.y[top])
				top = i;
		ax = k.x[top];
		ay = k.y[top];
	}
	for (size_t i = 0; i < k.n; i++) {
		double hx = gx, hy = gy;

		W = fmax(W, function(f, ax, ay, k.x[i], k.y[i], &hx, &hy));
	}
	for (double t = 0; t < param[STEPS] && best > 0; t++) {
		area(&k, &x, &y);
		best = fmin(best, function(f, ax, ay, x, y, &gx, &gy));
		k = cut(&k, x, y, gx, gy);
	}
	*left = best;
	*right = W * pow(5.0 / 9, param[STEPS] / 2);
	*s = 100 * W;
	return RATE_OK;
}

enum { PARALLEL, RANDOM };

static int evaluate_cut(const rate_point *p, double *left, double *right, double *s)
{
	struct polygon k, half;
	double u[CORNERS + 6], x, y, angle, whole, part, hx, hy;

	p->host->uniforms(p->host, 1, p->number, CORNERS + 6, u);
	draw(&k, (int)p->c->param[SHAPE], u);
	whole = area(&k, &x, &y);
	angle = (int)p->c->param[KIND] == PARALLEL ? acos(-1) / 2 : 2 * acos(-1) * u[CORNERS + 5];
	half = cut(&k, x, y, -cos(angle), -sin(angle));
	part = area(&half, &hx, &hy);
	*left = fmin(part, whole - part) / whole;
	*right = 4.0 / 9;
	*s = 100;
	return RATE_OK;
}

static const rate_param params_plane[] = {
	[SHAPE] = { "shape", RATE_CHOICE, "polygon", 0, 0, "triangle|polygon", "the set" },
	[KIND] = { "f", RATE_CHOICE, "distance", 0, 0, "corner|distance|largest",
	           "linear, least at the highest corner; the distance from a point; the largest coordinate of it" },
	[STEPS] = { "t", RATE_INTEGER, "6", 1, 40, NULL, "number of centres" },
};
static const rate_param params_cut[] = {
	[SHAPE] = { "shape", RATE_CHOICE, "polygon", 0, 0, "triangle|polygon", "the set" },
	[KIND] = { "cut", RATE_CHOICE, "random", 0, 0, "parallel|random",
	           "parallel to the first axis, or in any direction" },
};

#define RATE_IN_PLANE "min_{s<t} f(x_s) − f* ≤ W (5/9)^(t/2)"

CLAIM(centre_of_gravity,
	.id = "centre-of-gravity", .chapter = "projection-free-and-mirror", .title = "Cutting at the centre of gravity",
	.statement = "f convex on C ⊂ R^d, W ≥ max f − min f, cuts at the centres of gravity: "
	             "min_{s<t} f(x_s) − f* ≤ W (1 − (d/(d + 1))^d)^(t/d); run for d = 1: W 2^(−t)",
	.quantity = "min_{s<t} f(x_s) − f*", .formula = "W 2^(−t)",
	.source = "Levin 1965, Newman 1965; Bubeck, Convex Optimization: Algorithms and Complexity, "
	          "arXiv:1405.4980; proved in this "
	          "file",
	.kind = RATE_DETERMINISTIC, .flags = RATE_DIMENSION_ONE, .method = "bisection",
	NEEDS("G", "convex", "diameter", "f_star"), .accumulators = KEPT, .bound = bound, .observe = observe,
	.measure = measure, SHARP_AND_CONTROL)

CLAIM(centre_of_gravity_plane,
	.id = "centre-of-gravity-plane", .chapter = "projection-free-and-mirror",
	.title = "Cutting polygons at their centres of gravity",
	.statement = "f convex on a polygon, W ≥ max f − min f, cuts at the centres of gravity: " RATE_IN_PLANE,
	.quantity = "min_{s<t} f(x_s) − f*", .formula = "W (5/9)^(t/2)",
	.source = "Levin 1965, Newman 1965, with the constant of Grünbaum 1960; proved in this file",
	.kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params_plane), .evaluate = evaluate_plane, .sharp = sharp_plane, .control = control_plane)

CLAIM(centroid_cut,
	.id = "centroid-cut", .chapter = "projection-free-and-mirror", .title = "A cut through the centre of gravity",
	.statement = "K ⊂ R^d convex: each side of a hyperplane through the centre of gravity has at least the share "
	             "(d/(d + 1))^d of the volume; run for d = 2: 4/9",
	.quantity = "smaller share of the area", .formula = "4/9",
	.source = "Grünbaum, Pacific J. Math. 10 (1960); proved in this file",
	.kind = RATE_LOWER_BOUND, .params = RATE_ROWS(params_cut), .evaluate = evaluate_cut, .sharp = sharp_cut,
	.control = control_cut)
