/*:
# Consensus hops are proximal steps

Throw a cloud of points about $x$, weight each by $e^{-\alpha f}$, hop to the weighted mean. No gradient is taken; where does it lead, and how fast?

**Setting.** $f:\mathbb R^d\to\mathbb R$ is even about $x_\star$: $f(x_\star+z)=f(x_\star-z)$. With $\alpha,s>0$ the hop is, for infinitely many points,
$$ x_+=\mathbb E_{\pi_x}z,\qquad\pi_x(z)\sim e^{-\alpha f(z)-\|z-x\|^2/(2s^2)} . $$

**Theorem (cbo-hop).** If $f$ is $\mu$-strongly convex, kinks allowed, then for every $t$
$$ \|x_t-x_\star\|\;\le\;(1+\alpha s^2\mu)^{-t}\,\|x_0-x_\star\| . $$

**Theorem (cbo-hop-lb).** If $d=1$ and $f''\le L$, $L\ge0$ ($f$ need not be convex; the density is integrable), then
$$ |x_t-x_\star|\;\ge\;(1+\alpha s^2L)^{-t}\,|x_0-x_\star| . $$

These are the rates of the proximal point method with the step $\alpha s^2$; on a parabola the hop *is* the proximal step. Without the symmetry the first holds for the distance of two runs.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(alpha) P(s)
#include "../common.h"

enum { EVEN }; /* the first of the needs: 1, or 0 */

FORMULA(bound, t, exp(-t * log1p(alpha * s * s * mu)) * sqrt(D2))
FORMULA(bound_lb, t, exp(-t * log1p(alpha * s * s * L)) * sqrt(D2))

/*:
## Proof

*The derivative of a hop.* Differentiate the mean by the point: $\frac{\partial x_+}{\partial x}=\frac1{s^2}\operatorname{Cov}(\pi_x)$.

*From above.* $-\log\pi_x$ is $(\frac1{s^2}+\alpha\mu)$-strongly convex, so $\operatorname{Cov}(\pi_x)\le\frac1{1/s^2+\alpha\mu}I$ (Brascamp and Lieb), and the derivative is at most $\frac1{1+\alpha s^2\mu}$ in norm. By symmetry $x_\star$ stays where it is. Integrate the derivative along the segment from $x_\star$ to $x$.

*From below.* For $d=1$ and $-(\log\pi_x)''\le\frac1{s^2}+\alpha L$: with $l=(\log\pi_x)'$ integration by parts gives $\mathbb E(z-x_+)l=-1$ and $\mathbb El^2=-\mathbb El'\le\frac1{s^2}+\alpha L$, so by Cauchy and Schwarz the variance is at least $\frac1{1/s^2+\alpha L}$, and the derivative at least $\frac1{1+\alpha s^2L}$ everywhere. $\square$

## How sharp they are

Equalities at every $t$ on parabolas, along an eigenvector of $\mu$ for the first.

## What is run

Even convex functions of one variable, and smooth ones of two. The mean is a quadrature about the largest density, whose rounding is relative to $s$.

## What must fail

The step $2\alpha s^2$; $\mu$ in the place of $L$, on a function that is flatter far out.

## Exercises

1. For which $\alpha s^2\mu$ does a hop halve the distance?
2. Where is the fixed point if $f$ is not even, and how far from $x_\star$?
3. ★ A kink has no $L$. How fast are hops near the minimum of $|x|$?
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1,L=1", .parameters = "alpha=1,s=1", .note = "a parabola",
	  .steps = 16, .ratio = 1 },
	{ .objective = "tiles:m=1,k=2,kappa=3,start=1/-1", .parameters = "alpha=2,s=0.5", .note = "two curvatures in "
	                                                                                       "the plane, the "
											       "smaller one",
	  .steps = 4, .ratio = 1 },
	{ .objective = "log-cosh:mu=0.5", .parameters = "alpha=3,s=0.7", .note = "log cosh", .steps = 16 },
	{ .objective = "log-cosh:d=2,mu=0.5,start=2/-1", .parameters = "alpha=1,s=1", .note = "log cosh in the plane",
	  .steps = 4 },
	{ .objective = "huber:mu=0.2,tau=0.5,start=3", .parameters = "alpha=4,s=0.5", .note = "two curvatures",
	  .steps = 32 })
CONTROL(control, { .objective = "quadratic:d=1,L=1", .parameters = "alpha=1,s=1",
  .note = "1 + 2 alpha s^2 mu, one hop",
	.steps = 1, .factor = 0.6667 },
	{ .objective = "quadratic:d=1,L=1", .parameters = "alpha=1,s=1", .note = "0.9 of the bound", .steps = 16,
	  .factor = 0.9 })
SHARP(sharp_lb,
	{ .objective = "quadratic:d=1,L=1", .parameters = "alpha=1,s=1", .note = "a parabola",
	  .steps = 16, .ratio = 1 },
	{ .objective = "log-cosh:mu=0.5,start=0.5", .parameters = "alpha=3,s=0.7", .note = "log cosh, from near",
	  .steps = 16 },
	{ .objective = "huber:tau=1,start=5", .parameters = "alpha=1,s=0.3",
	  .note = "straight lines far out", .steps = 32 })
CONTROL(control_lb, { .objective = "log-cosh:mu=0.5,start=2", .parameters = "alpha=1,s=1",
	.note = "mu in the place of L for one hop", .steps = 1, .factor = 1.3333 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[alpha_] = { "alpha", RATE_REAL, "auto", 0, 0, NULL, "inverse temperature" },
	[s_] = { "s", RATE_REAL, "auto", 0, 0, NULL, "standard deviation of the cloud" },
};

/* Clouds a quarter as wide as the way; hops that halve the distance in a direction of the curvature L, or mu. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double s = c->D2 > 0 ? sqrt(c->D2) / 4 : 1, curvature = c->L > 0 ? c->L : c->mu > 0 ? c->mu : 1;

	param[s_] = s;
	param[alpha_] = fraction / (s * s * curvature);
}

MUST(admissible, alpha > 0 && s > 0, "alpha > 0 and s > 0")

static const char *is_even(const rate_case *c)
{
	return c->need[EVEN] == 1 ? NULL : "not known to be even about x_star";
}

static const char *plane(const rate_case *c)
{
	if (c->d > 2)
		return "run for at most 2 dimensions";
	return c->d == 1 || c->L >= 0 ? is_even(c) : "run in the plane for smooth functions";
}

/* A weight is the exponential of alpha times a difference of values, at points that are rounded: what the errors of
 * means are relative to. */
static double digits(const rate_case *c)
{
	double far = 0, s = c->param[s_], values = c->d0 + fabs(c->f_star);

	for (size_t j = 0; j < c->d; j++)
		far += fabs(c->x0[j]) + fabs(c->x_star[j]);
	if (c->L > 0)
		values += c->L * far * (sqrt(c->D2) + s);
	return s * (1 + c->param[alpha_] * values);
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = sqrt(q[r]);
		s[r] = sqrt(s[r]) + digits(v->c);
	}
	return RATE_OK;
}

#define PAPER \
	"the hops of Riedl, Klock, Geldhauser and Fornasier, Gradient is all you need?, 2023; the rates are proved " \
	"in this file"

CLAIM(cbo_hop,
	.id = "cbo-hop", .chapter = "zeroth-order", .title = "Consensus hops are proximal steps",
	.statement = "f μ-strongly convex, even about x*, x₊ = E z under exp(−αf(z) − ‖z − x‖²/(2s²)): ‖x_t − x*‖ ≤ "
	             "(1 + αs²μ)^(−t) ‖x_0 − x*‖",
	.quantity = "‖x_t − x*‖", .formula = "(1 + αs²μ)^(−t) D", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.method = "consensus-hop", NEEDS([EVEN] = "even", "mu", "x_star", "f_star", "no composite"), RANGE,
	.applies = plane, .bound = bound, .measure = measure, SHARP_AND_CONTROL)

CLAIM(cbo_hop_lb,
	.id = "cbo-hop-lb", .chapter = "zeroth-order", .title = "Consensus hops are no faster than proximal steps",
	.statement = "d = 1, f even about x*, f'' ≤ L, x₊ = E z under exp(−αf(z) − (z − x)²/(2s²)): |x_t − x*| ≥ "
	             "(1 + αs²L)^(−t) |x_0 − x*|",
	.quantity = "|x_t − x*|", .formula = "(1 + αs²L)^(−t) D", .source = PAPER, .kind = RATE_LOWER_BOUND,
	.method = "consensus-hop", .flags = RATE_DIMENSION_ONE,
	NEEDS([EVEN] = "even", "convex", "L", "x_star", "f_star", "no composite"), RANGE,
	.applies = is_even, .bound = bound_lb, .measure = measure, .sharp = sharp_lb, .control = control_lb)
