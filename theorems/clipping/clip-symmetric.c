/*:
# Symmetric noise has no bias, even without a mean

**Theorem.** Let $\nu$ be a random vector with the law of $-\nu$; it need not have a mean. Let $F(v)=\mathbb E\operatorname{clip}_c(v+\nu)$. Then $F(0)=0$, and for all $v,w$
$$ \|F(v)-F(w)\|^2\;\le\;\langle F(v)-F(w),\,v-w\rangle . $$

If $P(\|\nu\|<c)>0$, then $F$ vanishes at 0 only. So with $v=\nabla f(x)$ the mean of the clipped gradients vanishes where the gradient does, and it never points downhill. SGD has no mean at all if $\nu$ has none.

**Theorem.** For Cauchy noise $\nu$, with the density $\frac1{\pi(1+z^2)}$, in dimension one
$$ F(v)=\frac{A(v+c)-A(v-c)}\pi,\qquad A(u)=u\arctan u-\tfrac12\log(1+u^2),\qquad F'(0)=\frac2\pi\arctan c . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../common.h"

static double antiderivative(double u)
{
	return u * atan(u) - log1p(u * u) / 2;
}

static double field(double v, double c)
{
	return (antiderivative(v + c) - antiderivative(v - c)) / M_PI;
}

/*:
## Proof

$\operatorname{clip}_c$ is odd, so $F(0)=\mathbb E\operatorname{clip}_c(\nu)=\mathbb E\operatorname{clip}_c(-\nu)=-F(0)$. It is the projection onto a ball, and projections satisfy $\|Pv-Pw\|^2\le\langle Pv-Pw,v-w\rangle$ (`lem-prox-firm`); apply this to $v+\nu$ and $w+\nu$, take
means, and use $\|\mathbb E\,\cdot\|^2\le\mathbb E\|\cdot\|^2$. If $F(v)=F(0)$, then $\operatorname{clip}_c(v+\nu)=\operatorname{clip}_c(\nu)$ almost surely, by the inequality before the means; where $\|\nu\|<c$ this is possible for $v=0$ only.

*Cauchy.* $\operatorname{clip}_c(y)=-c+\int_{-c}^c1[y>u]\,du$, and $P(v+\nu>u)=\frac12+\frac1\pi\arctan(v-u)$. Hence $F(v)=\frac1\pi\int_{-c}^c\arctan(v-u)\,du$, and $A'=\arctan$. Last, $F'(0)=\frac1\pi(\arctan c-\arctan(-c))$. $\square$

## What is run

*Cauchy:* for $|v|\le10$ and $\frac1{100}\le c\le100$ the closed form against a quadrature of the definition: the two tails, where the clipped value is $\pm c$, by the distribution function; the middle with $z=\sinh w$, where the integrand $(v+\sinh w)/(\pi\cosh w)$ is smooth,
by Gauss's rule with 5 points on 64 intervals. They agree to rounding. *Any symmetric law:* pairs of values $\pm\nu_k$ in up to 4 dimensions, with lengths over ten decades.

## What must fail

$0.9$ times the closed form, and Cauchy noise that is off its centre by $0.01$; $0.9$ of the right side of the inequality where nothing is clipped.

## Exercises

1. How much slower is the clipped mean field of Cauchy noise than gradient descent? For which $c$ by a factor of 2?
2. Let $\nu$ have two values $\pm\sigma$ and $\sigma>c$. Where does $F$ vanish? Find this law in `clip-bias-exact`.
3. Show that the average of $n$ Cauchy variables has the law of one. What does this say about minibatches?
:*/

/* int_a^b h by Gauss's rule with 5 points on equal intervals. */
static double gauss(double (*h)(double w, double v), double v, double a, double b)
{
	static const double node[] = { 0, 0.53846931010568309104, 0.90617984593866399280 };
	static const double weight[] = { 0.56888888888888888889, 0.47862867049936646804, 0.23692688505618908751 };
	enum { INTERVALS = 64 };
	double half = (b - a) / (2 * INTERVALS), sum = 0;

	for (int k = 0; k < INTERVALS; k++) {
		double middle = a + (2 * k + 1) * half;

		sum += weight[0] * h(middle, v);
		for (int i = 1; i < 3; i++)
			sum += weight[i] * (h(middle - half * node[i], v) + h(middle + half * node[i], v));
	}
	return half * sum;
}

static double integrand(double w, double v)
{
	return (v + sinh(w)) / (M_PI * cosh(w));
}

enum { V, C, OFF };

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	double v = p->c->param[V], c = p->c->param[C], at = v + p->c->param[OFF];
	double above = atan2(1, c - at) / M_PI, below = atan2(1, c + at) / M_PI; /* P(at + nu > c), P(at + nu < -c) */

	*left = c * (above - below) + gauss(integrand, at, asinh(-c - at), asinh(c - at));
	*right = field(v, c);
	*s = 1 + fabs(v) + c;
	return RATE_OK;
}

enum { DIMENSION, PAIRS, THRESHOLD, DIM = 4, MOST = 5 };

static double clip_factor(size_t d, const double *g, double c)
{
	double square = 0;

	for (size_t j = 0; j < d; j++)
		square += g[j] * g[j];
	return fmin(1, c / sqrt(square)); /* fmin(1, c/0) is 1 */
}

/* F(v) for the law that takes each of +-nu_k with probability 1/(2 pairs). */
static void mean_field(size_t d, size_t pairs, const double *nu, const double *v, double c, double *F)
{
	memset(F, 0, d * sizeof *F);
	for (size_t k = 0; k < 2 * pairs; k++) {
		double g[DIM], by;

		for (size_t j = 0; j < d; j++)
			g[j] = v[j] + (k % 2 ? -1 : 1) * nu[k / 2 * d + j];
		by = clip_factor(d, g, c) / (double)(2 * pairs);
		for (size_t j = 0; j < d; j++)
			F[j] += by * g[j];
	}
}

/* Every third point has w = 0. |F(0)|^2, which has to vanish, is added to the left side. */
static int evaluate_firm(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = (size_t)p->c->param[DIMENSION], pairs = (size_t)p->c->param[PAIRS];
	double c = p->c->param[THRESHOLD], nu[MOST * DIM], v[2 * DIM], u[MOST], F[DIM], G[DIM], zero[DIM] = { 0 };
	double centre = 0, apart = 0;

	p->host->normals(p->host, p->number, 0, pairs * d, nu);
	p->host->normals(p->host, p->number, 1, 2 * d, v);
	p->host->uniforms(p->host, p->number, 2, MOST, u);
	for (size_t k = 0; k < pairs * d; k++)
		nu[k] *= c * pow(10, 10 * u[k / d] - 5);
	for (size_t j = 0; j < d; j++)
		v[d + j] *= p->number % 3 ? 1 : 0;
	mean_field(d, pairs, nu, v, c, F);
	mean_field(d, pairs, nu, v + d, c, G);
	*left = *right = 0;
	for (size_t j = 0; j < d; j++) {
		*left += (F[j] - G[j]) * (F[j] - G[j]);
		*right += (F[j] - G[j]) * (v[j] - v[d + j]);
		apart += (v[j] - v[d + j]) * (v[j] - v[d + j]);
	}
	mean_field(d, pairs, nu, zero, c, G);
	for (size_t j = 0; j < d; j++)
		centre += G[j] * G[j];
	*left += centre;
	*s = c * (c + sqrt(apart)); /* F and G are sums of vectors of length c */
	return RATE_OK;
}

SHARP(sharp,
	{ .parameters = "v=0.01,c=0.5", .note = "near the centre, c = 1/2: slope 0.29517", .ratio = 1 },
	{ .parameters = "v=3,c=2", .note = "away from it", .ratio = 1 })
CONTROL(control,
	{ .parameters = "v=3,c=2", .note = "0.9 of the right side", .factor = 0.9 },
	{ .parameters = "v=0,c=0.5,off=0.01", .note = "noise that is off its centre by 0.01" })
SHARP(sharp_firm,
	{ .parameters = "c=10", .note = "where little is clipped: a shift", .ratio = 1 })
CONTROL(control_firm,
	{ .parameters = "c=10", .note = "0.9 of the right side", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[V] = { "v", RATE_REAL, "0", -10, 10, NULL, "gradient" },
	[C] = { "c", RATE_REAL, "1", 0.01, 100, NULL, "threshold" },
	[OFF] = { "off", RATE_REAL, "0", 0, 0, NULL, "centre of the noise, 0" },
};
static const rate_param params_firm[] = {
	[DIMENSION] = { "d", RATE_INTEGER, "2", 1, DIM, NULL, "dimension" },
	[PAIRS] = { "pairs", RATE_INTEGER, "2", 1, MOST, NULL, "pairs of values of the noise" },
	[THRESHOLD] = { "c", RATE_REAL, "1", 0.01, 100, NULL, "threshold" },
};

static const char *admissible(const rate_case *k)
{
	return k->param[OFF] == 0 ? NULL : "off = 0";
}

CLAIM(clip_symmetric,
	.id = "clip-symmetric", .chapter = "clipping", .title = "Clipped Cauchy noise",
	.statement = "ν Cauchy, F(v) = E clip_c(v + ν): F(v) = (A(v + c) − A(v − c))/π, "
	             "A(u) = u arctan u − log(1 + u²)/2; "
	             "F(0) = 0, F'(0) = (2/π) arctan c, though E (v + ν) does not exist",
	.quantity = "E clip_c(v + ν), by quadrature", .formula = "(A(v + c) − A(v − c))/π",
	.source = "after Schaipp, Garrigos, Simsekli & Gower 2024",
	.kind = RATE_IDENTITY, .params = RATE_ROWS(params), .admissible = admissible, .evaluate = evaluate,
	SHARP_AND_CONTROL)

CLAIM(clip_symmetric_firm,
	.id = "clip-symmetric-firm", .chapter = "clipping",
	.title = "Clipping removes no sign: the clipped mean field of symmetric noise",
	.statement = "ν and −ν have one law, F(v) = E clip_c(v + ν): F(0) = 0 and ‖F(v) − F(w)‖² ≤ ⟨F(v) − F(w), "
	             "v − w⟩",
	.quantity = "‖F(v) − F(w)‖² + ‖F(0)‖²", .formula = "⟨F(v) − F(w), v − w⟩",
	.source = "after Schaipp, Garrigos, Simsekli & Gower 2024",
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_firm), .evaluate = evaluate_firm, .sharp = sharp_firm,
	.control = control_firm)
