/*:
# Accelerated, and nothing to tune

The scheme of *Acceleration by two gradients a step* needs $L$, and DoG needs nothing but is not accelerated. Put together: weights and steps from the largest distance so far, and from how much the two gradients of a step differ.

Let $y_0=x_0$ with $\nabla f(x_0)\ne0$, a guess $r_1=r_\varepsilon>0$, $R_0=W_0=0$ and $G_0=\|\nabla f(x_0)\|^2$. For $t=1,2,\dots$: $R_t=R_{t-1}+r_t$, $W_t=W_{t-1}+R_t$,
$$ m_t=\nabla f\Bigl(\tfrac{W_{t-1}\bar x_{t-1}+R_ty_{t-1}}{W_t}\Bigr),\quad x_t=P\Bigl(y_{t-1}-\tfrac{R_t}{\sqrt{G_{t-1}}}m_t\Bigr),\quad\bar x_t=\tfrac{W_{t-1}\bar x_{t-1}+R_tx_t}{W_t},\quad g_t=\nabla f(\bar x_t), $$
$$ G_t=G_{t-1}+\frac{R_t^2}{r_t^2}\|g_t-m_t\|^2,\qquad y_t=P\Bigl(y_{t-1}-\tfrac{R_t}{\sqrt{G_t}}g_t\Bigr),\qquad r_{t+1}=\max\{r_t,\|x_t-x_0\|,\|y_t-x_0\|\} . $$

**Theorem (every convex function).** With $r=r_{T+1}$, $d_t=\|y_t-x_\star\|$ and $\bar d=\max_{t\le T}d_t$
$$ W_T\bigl(f(\bar x_T)-f_\star\bigr)\;\le\;\sqrt{G_T}\Bigl[\tfrac12(\bar d^2-d_T^2)+2r^2\Bigr] . $$

**Theorem (smooth functions).** If $f$ is also $L$-smooth and $\nabla f(x_\star)=0$, with $C=\frac12\bar d^2+2r^2$
$$ W_T\bigl(f(\bar x_T)-f_\star\bigr)\;\le\;2LC\sqrt{C+4r^2} . $$

$W_T\ge\frac12r_\varepsilon T(T+1)$, and $W_T\approx\frac12rT^2$ once $r$ has settled: the accelerated rate, with neither $L$ nor the distance given. As for DoG, both theorems are about the path that was taken: they hold with the distances that occurred.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(r_eps)
#include <stdlib.h>

#include "../common.h"

/* dbar the largest |y - x_star|, d the last one. */
static double bound_path(double G, double dbar, double d, double r)
{
	return sqrt(G) * ((dbar * dbar - d * d) / 2 + 2 * r * r);
}

static double bound_smooth(const rate_case *c, double dbar, double r)
{
	double C = dbar * dbar / 2 + 2 * r * r;

	return 2 * c->L * C * sqrt(C + 4 * r * r);
}

/*:
## Proof

*One step.* Let $q=\|x_t-y_{t-1}\|$, $\delta=\|x_t-y_t\|$ and $\Delta_t=\sqrt{G_t}-\sqrt{G_{t-1}}$. The two projections, as in *Acceleration by two gradients a step* but with $R_t/\sqrt{G_{t-1}}$ for $x$ and $R_t/\sqrt{G_t}$ for $y$, give
$$ R_t\langle g_t,x_t-x_\star\rangle\le\tfrac{\sqrt{G_t}}2(d_{t-1}^2-d_t^2)-\tfrac{\sqrt{G_{t-1}}}2(\delta^2+q^2)+R_t\|g_t-m_t\|\,\delta . $$
Here $R_t\|g_t-m_t\|=r_t\sqrt{G_t-G_{t-1}}$, and $\delta\le2r$ as both points are within $r$ of $x_0$. The last two terms in $\delta$ are together at most $2r^2\Delta_t$: put $\sqrt{G_{t-1}}=1$, so that $r\sqrt{\Delta(2+\Delta)}\,\delta-\frac12\delta^2$ is to be bounded on $0\le\delta\le2r$. If $\Delta(2+\Delta)\le4$ the maximum is
$\frac12r^2\Delta(2+\Delta)$ and $\Delta\le2$; otherwise it is $2r^2(\sqrt{\Delta^2+2\Delta}-1)\le2r^2\Delta$.

*The sum.* By parts $\sum_{t\le T}\frac{\sqrt{G_t}}2(d_{t-1}^2-d_t^2)\le\frac{\sqrt{G_T}}2(\bar d^2-d_T^2)$, and $\sum2r^2\Delta_t\le2r^2\sqrt{G_T}$. The left sides sum to at least $W_T(f(\bar x_T)-f_\star)$. This is the first theorem; $q$ was not used.

*Smooth.* $R_t^2=\sum_{s\le t}r_s(R_s+R_{s-1})\le2r_tW_t$, so the means at which $m_t$ and $g_t$ are taken differ by $\frac{R_t}{W_t}q$ and $\frac{R_t}{r_t}\|g_t-m_t\|\le2Lq$. Hence $q^2\ge\frac{G_t-G_{t-1}}{4L^2}\ge\frac{\sqrt{G_{t-1}}\,\Delta_t}{2L^2}$. Keeping $q$ in the sum,
$$ W_T(f(\bar x_T)-f_\star)\le\tfrac12\bar d^2\sqrt{G_0}+\sum_{t\le T}\Delta_t\Bigl(C-\frac{G_{t-1}}{4L^2}\Bigr) . $$
Let $\tau$ be the last $t$ with $G_{t-1}<4L^2C$; there is one, as $\sqrt{G_0}\le L\bar d\le L\sqrt{2C}$. The right side is at most $C\sqrt{G_\tau}$, and $G_\tau\le4L^2C+4L^2(2r)^2$. $\square$

*Letters.* $W$ and $R$ are sums of weights; $G$ is no bound on gradients here.

## How sharp it is

The first to $0.99997$: $|x|$ from 1 with a small guess, one step. The second is loose, by constants: the largest ratio found is ${{udog-smooth#1.max_ratio:3}}$. It is worth having for its rate; sharp is its companion with a known $L$.

## What is run

U-DoG with $r_\varepsilon$ a share of a hundredth of the distance, on every convex function with a gradient (the first theorem with sets too).

## What must fail

$0.9$ of the first bound; $0.07$ of the second.

## Exercises

1. $f$ is multiplied by $c>0$. Does the path change?
2. Where is the distance to $x_\star$ hidden?
:*/

SHARP(sharp,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "one small step on |x|", .steps = 1,
	  .ratio = 0.99997 },
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "ten of them", .steps = 10 },
	{ .objective = "quadratic:d=5+simplex", .parameters = "r_eps=0.01", .note = "on a simplex", .steps = 64 })
CONTROL(control,
	{ .objective = "abs", .parameters = "r_eps=1e-5", .note = "0.9 of the bound", .steps = 1, .factor = 0.9 })
SHARP(sharp_smooth,
	{ .objective = "diagonal:lambda=1", .parameters = "r_eps=0.0113847", .note = "a parabola", .steps = 4,
	  .ratio = 0.0785 },
	{ .objective = "logistic:data=breast-cancer,ridge=0.1", .note = "data", .steps = 256 })
CONTROL(control_smooth,
	{ .objective = "diagonal:lambda=1", .parameters = "r_eps=0.0113847", .note = "0.07 of the bound", .steps = 4,
	  .factor = 0.07 })

/*: {.plumbing} :*/
enum { FAR, KEPT };

static double named(rate_view *v, const char *name, size_t r)
{
	const double *block;

	return v->find(v, name, &block) ? NAN : block[r * v->run->ld];
}

/* |y - x_star| */
static double distance_now(rate_view *v, size_t r)
{
	const double *y;
	double sum = 0;

	if (v->find(v, "y", &y))
		return NAN;
	for (size_t j = 0; j < v->run->d; j++)
		sum += pow(y[r * v->run->ld + j] - v->c->x_star[j], 2);
	return sqrt(sum);
}

static int observe(rate_view *v)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		rate_acc(v, KEPT, r)[FAR] = fmax(rate_acc(v, KEPT, r)[FAR], distance_now(v, r));
	return RATE_OK;
}

static int measure_with(rate_view *v, double *q, double *s, double *b, int smooth)
{
	if (rate_gap_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		double W = named(v, "W", r), G = named(v, "G", r), radius = named(v, "r", r), d = distance_now(v, r),
		       size = 0;
		double dbar = fmax(rate_acc(v, KEPT, r)[FAR], d);

		for (size_t j = 0; j < v->run->d; j++)
			size += pow(v->c->x_star[j], 2) + pow(v->c->x0[j], 2);
		q[r] *= W;
		s[r] = W * s[r] + sqrt(G) * dbar * (dbar + sqrt(size)); /* dbar^2 - d^2 cancels while steps are tiny */
		b[r] = smooth ? bound_smooth(v->c, dbar, radius) : bound_path(G, dbar, d, radius);
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	return measure_with(v, q, s, b, 0);
}

static int measure_smooth(rate_view *v, double *q, double *s, double *b)
{
	return measure_with(v, q, s, b, 1);
}

static void choose(const rate_case *c, double fraction, double *param)
{
	param[r_eps_] = 0.01 * fraction * sqrt(c->D2);
}

MUST(applies, D2 > 0 && (!(c->g02 == c->g02) || c->g02 > 0), "the start is a minimiser")
MUST(admissible, r_eps >= 1e-10 * (1 + sqrt(D2)), "r_eps at least 1e-10 (1 + |x_0 - x_star|)")
static const rate_param params[] = {
	[r_eps_] = { "r_eps", RATE_REAL, "auto", 1e-100, 1e100, NULL, "guess of |x_0 - x_star|" },
};

#define KREISLER \
	"after Kreisler, Ivgi, Hinder and Carmon, Accelerated Parameter-Free Stochastic Optimization, 2024; " \
	"proved in this " \
	"file"
#define UDOG \
	.chapter = "adaptive", .quantity = "W_t (f(x̄_t) − f*)", .source = KREISLER, .kind = RATE_DETERMINISTIC, \
	.flags = RATE_PATH_BOUND, .method = "udog", RANGE, .applies = applies, .accumulators = KEPT, .observe = observe

CLAIM(udog_path, UDOG,
	.id = "udog-path", .title = "U-DoG on convex functions",
	.statement = "f convex, r = r_{T+1}, d_t = ‖y_t − x*‖: W_T (f(x̄_T) − f*) ≤ √G_T [(max_{t≤T} d_t² − d_T²)/2 "
	             "+ 2r²]",
	.formula = "√G_t [(max d_s² − d_t²)/2 + 2r²]", NEEDS("convex", "x_star", "f_star"), .measure = measure,
	SHARP_AND_CONTROL)

CLAIM(udog_smooth, UDOG,
	.id = "udog-smooth", .title = "U-DoG on smooth functions",
	.statement = "f convex, L-smooth, ∇f(x*) = 0, C = max_{t≤T} d_t²/2 + 2r²: W_T (f(x̄_T) − f*) ≤ 2LC√(C + 4r²)",
	.formula = "2LC√(C + 4r²)", NEEDS("convex", "L", "x_star", "f_star", "stationary"),
	.measure = measure_smooth, .sharp = sharp_smooth, .control = control_smooth)
