/*:
# Enough weights fit anything

How many weights does a network need to fit $n$ labels, whatever they are? Fewer than one would think: two for each point and one for each coordinate.

**Theorem (relu-interpolation).** Let $z_1,\dots,z_n\in\mathbb R^d$ be points and $a\in\mathbb R^d$ such that the projections $\langle a,z_i\rangle$ are distinct; number the points so that $s_1<\dots<s_n$ for $s_i=\langle a,z_i\rangle$. Let $y_1,\dots,y_n$ be any labels. The network with $n$ units
$$ c(z)=\sum_{j=1}^nw_j\max\bigl(\langle a,z\rangle-b_j,0\bigr),\qquad b_1=s_1-1,\quad b_j=s_{j-1}\ (j\ge2), $$
with the slopes $D_1=y_1$, $D_j=\frac{y_j-y_{j-1}}{s_j-s_{j-1}}$ and $w_1=D_1$, $w_j=D_j-D_{j-1}$, has $c(z_i)=y_i$ for all $i$.

**Theorem (relu-too-few).** With the same $a$ and at most $n-1$ units, whatever their $w_j$ and $b_j$, the labels $y_i=(-1)^i$ have
$$ \max_i|c(z_i)-y_i|\;\ge\;1 . $$

The labels may be pure noise. So a network of this size can fit anything, and that it fits says nothing about the data.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(n) P(d) P(units)
#include "../common.h"

/*:
## Proof

*Fitting.* As a function of $s=\langle a,z\rangle$ the network is continuous and piecewise linear, $0$ for $s\le b_1$, and its slope between $b_j$ and $b_{j+1}$ is $w_1+\dots+w_j=D_j$. So at $s_1=b_1+1$ it is $D_1=y_1$; and from $s_{j-1}=b_j$ to $s_j=b_{j+1}$ it rises by $D_j(s_j-s_{j-1})=y_j-y_{j-1}$. (The last piece, $j=n$, has no end.) $\square$

*Too few.* Suppose that all errors are less than 1. Then $c(z_i)$ has the sign of $y_i$, and the signs alternate. Left of all $b_j$ the network is $0$. To get from $0$ to $c(z_1)\ne0$ it must somewhere have a slope with the sign of $y_1$; on $[s_i,s_{i+1}]$ its mean slope has the sign of $y_{i+1}$, so somewhere there it has such a slope. These are $n$ slopes of alternating sign, met one after the other from left to right. Each lies on a piece of its own, and none of these pieces is flat. But $k$ units have $k$ places where the slope changes, so at most $k$ pieces beside the flat one on the left. Hence $k\ge n$. $\square$

## How sharp they are

The first is an identity. In the second $w=0$ has the errors 1: the best that $n-1$ units can do is nothing.

## What is run

Up to 12 random points in up to 5 dimensions with normal labels. For the second, networks of $n-1$ units that fit all points but one, shrunk by a factor $0\le r\le1$, and random ones.

## What must fail

One unit less in the first: the last point is missed. In the second an error of at least $1.1$; and the same theorem for $n$ units.

## Exercises

1. How many numbers have to be stored for the first network, $a$ included?
2. Two neighbouring projections are $\delta$ apart, all other gaps are 1, and the labels are $\pm1$. How large is $\max|w_j|$?
3. Why can $a$ be drawn at random?
:*/

enum { MOST = 12, DIMENSIONS = 5 };

/* c(z) as a function of the projection, and the scale of its rounding error. */
struct network {
	size_t units;
	double w[MOST + 1], b[MOST + 1], size[MOST + 1];
};

static double output(const struct network *c, double projection, double *scale)
{
	double sum = 0;

	for (size_t j = 0; j < c->units; j++) {
		double rise = fmax(projection - c->b[j], 0);

		sum += c->w[j] * rise;
		*scale += c->size[j] * rise;
	}
	return sum;
}

/* The network of the theorem for sorted projections. */
static struct network fit(size_t n, const double *projection, const double *y)
{
	struct network c = { .units = n };
	double before = 0;

	for (size_t j = 0; j < n; j++) {
		double slope = j ? (y[j] - y[j - 1]) / (projection[j] - projection[j - 1]) : y[0];

		c.b[j] = j ? projection[j - 1] : projection[0] - 1;
		c.w[j] = slope - before;
		c.size[j] = fabs(slope) + fabs(before);
		before = slope;
	}
	return c;
}

/* n sorted projections of random points on a random direction. */
static void project(const rate_point *p, size_t n, size_t d, double *projection)
{
	double z[MOST * DIMENSIONS], a[DIMENSIONS];

	p->host->normals(p->host, 1, p->number, n * d, z);
	p->host->normals(p->host, 2, p->number, d, a);
	for (size_t i = 0; i < n; i++) {
		double s = 0;
		size_t k = i;

		for (size_t j = 0; j < d; j++)
			s += a[j] * z[i * d + j];
		for (; k && projection[k - 1] > s; k--)
			projection[k] = projection[k - 1];
		projection[k] = s;
	}
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[n_], d = (size_t)p->c->param[d_];
	double projection[MOST], y[MOST], c[MOST];
	struct network fitted;

	project(p, n, d, projection);
	p->host->normals(p->host, 3, p->number, n, y);
	fitted = fit(n, projection, y);
	fitted.units -= p->c->param[units_] < 0;
	*s = 0;
	for (size_t i = 0; i < n; i++)
		c[i] = output(&fitted, projection[i], s);
	*left = along(n, c);
	*right = along(n, y);
	*s += size_along(n, y);
	return RATE_OK;
}

enum { r_ = RATE_PARAMETERS };

/* n - 1 units: all but one point are fitted, then shrunk; every third network is random. */
static int evaluate_few(const rate_point *p, double *left, double *right, double *s)
{
	size_t n = (size_t)p->c->param[n_], d = (size_t)p->c->param[d_], k = 0, skip = (size_t)p->number % n;
	double projection[MOST], y[MOST], kept[MOST] = { 0 }, label[MOST] = { 0 }, shrink = p->c->param[r_], scale = 0;
	struct network c;

	project(p, n, d, projection);
	for (size_t i = 0; i < n; i++) {
		y[i] = i % 2 ? 1 : -1;
		if (i == skip && p->c->param[units_] < 0)
			continue;
		kept[k] = projection[i];
		label[k++] = y[i];
	}
	c = fit(k, kept, label);
	if (p->number % 3 == 2) {
		p->host->normals(p->host, 4, p->number, k, c.w);
		p->host->normals(p->host, 5, p->number, k, c.b);
	}
	*left = 0;
	for (size_t i = 0; i < n; i++)
		*left = fmax(*left, fabs(shrink * output(&c, projection[i], &scale) - y[i]));
	*right = 1;
	*s = 1 + shrink * scale;
	return RATE_OK;
}

SHARP(sharp, { .parameters = "n=12,d=5,units=0", .note = "twelve points, random labels", .ratio = 1 },
	{ .parameters = "n=2,d=1,units=0", .note = "two points", .ratio = 1 })
CONTROL(control, { .parameters = "n=8,d=3,units=-1", .note = "one unit less: the last point is missed" })
SHARP(sharp_few, { .parameters = "n=6,d=2,units=-1", .note = "w = 0 does as well as any", .ratio = 1 },
	{ .parameters = "n=2,d=1,units=-1", .note = "one unit, two points", .ratio = 1 })
CONTROL(control_few,
	{ .parameters = "n=6,d=2,units=-1,r=0", .note = "an error of at least 1.1", .factor = 1.1 },
	{ .parameters = "n=6,d=2,units=0,r=1", .note = "as many units as points" })

/*: {.plumbing} :*/
#define POINTS [n_] = { "n", RATE_INTEGER, "8", 2, MOST, NULL, "points" }, \
	[d_] = { "d", RATE_INTEGER, "3", 1, DIMENSIONS, NULL, "dimension of a point" }
static const rate_param params[] = {
	POINTS,
	[units_] = { "units", RATE_INTEGER, "0", 0, 0, NULL, "units more than points; -1: one is left out" },
};
static const rate_param params_few[] = {
	POINTS,
	[units_] = { "units", RATE_INTEGER, "-1", 0, 0, NULL, "units more than points" },
	[r_] = { "r", RATE_REAL, "0.5", 0, 1, NULL, "factor of the weights" },
};

MUST(admissible, units == 0, "as many units as points: units = 0")
MUST(admissible_few, units == -1, "fewer units than points: units = -1")

#define PAPER \
	"after Zhang, Bengio, Hardt, Recht and Vinyals, Understanding deep learning requires rethinking " \
	"generalization, ICLR 2017; weights and converse proved in this file"

CLAIM(relu_interpolation,
	.id = "relu-interpolation", .chapter = "solvable-models", .title = "Two weights a point fit any labels",
	.statement = "s_i = ⟨a, z_i⟩ distinct, n units with b_1 = s_1 − 1, b_j = s_{j−1}, slopes D_j through the "
	             "labels, w_j = D_j − D_{j−1}: c(z_i) = y_i",
	.quantity = "c(z_i)", .formula = "y_i", .source = PAPER,
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(relu_too_few,
	.id = "relu-too-few", .chapter = "solvable-models", .title = "One unit less does not fit at all",
	.statement = "at most n − 1 units on one direction, labels y_i = (−1)^i: max_i |c(z_i) − y_i| ≥ 1",
	.quantity = "max_i |c(z_i) − y_i|", .formula = "1", .source = PAPER,
	.kind = RATE_LOWER_BOUND, .params = RATE_ROWS(params_few), .admissible = admissible_few,
	.evaluate = evaluate_few, .sharp = sharp_few, .control = control_few)
