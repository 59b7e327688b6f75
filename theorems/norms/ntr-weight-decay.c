/*:
# Weight decay is a Frank-Wolfe step

Muon and sign descent are run with weight decay: before each step the weights shrink by the factor $1-b$. It looks like a regulariser. It is a constraint.

**Theorem.** Let $f$ be convex and $L_n$-smooth in a norm (see *Steps of one length in a norm* for norms, $\mathrm{lmo}$ and $L_n$), $0<b\le1$, $\eta>0$, $\rho=\frac\eta b$, $\|x_0\|\le\rho$, and let $x_\star$ with $\|x_\star\|\le\rho$ minimise $f$. Then
$$ x_{t+1}=(1-b)\,x_t+\eta\,\mathrm{lmo}(\nabla f(x_t)) $$
has $\|x_t\|\le\rho$ for every $t$, and
$$ f(x_T)-f_\star\;\le\;(1-b)^T\,(f(x_0)-f_\star)+2L_nb\rho^2\,\bigl(1-(1-b)^T\bigr). $$
(If the minimiser over the ball is not one over the whole space the same holds with its value for $f_\star$; the proof is the same.)
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(norm) P(rows) P(gamma) P(decay)
#include "norms.h"

/* (1 - b)^T without a power of 0 for b = 1. */
static double bound(const rate_case *c, double T)
{
	LETTERS(c);
	double b = decay, rho_b = gamma / b, Ln = norm_width((int)norm, c->d, (size_t)rows) * L;
	double kept = b < 1 ? exp(T * log1p(-b)) : T > 0 ? 0 : 1;

	return kept * d0 + 2 * Ln * b * rho_b * rho_b * (1 - kept);
}

/*:
## Proof

Let $s_t=\rho\,\mathrm{lmo}(\nabla f(x_t))$, the point of the ball $\{\|x\|\le\rho\}$ at which the linear model is least. The step is
$$ x_{t+1}=(1-b)\,x_t+b\,s_t, $$
a Frank-Wolfe step with a constant $b$; so $x_{t+1}$ is in the ball if $x_t$ is. Both $x_t$ and $s_t$ are in it, hence $\|s_t-x_t\|\le2\rho$, and
$$ f(x_{t+1})\le f(x_t)+b\,\langle\nabla f(x_t),s_t-x_t\rangle+\tfrac12L_nb^2(2\rho)^2 . $$
As $s_t$ is least in the ball, and by convexity, $\langle\nabla f(x_t),s_t-x_t\rangle\le\langle\nabla f(x_t),x_\star-x_t\rangle\le f_\star-f(x_t)$. With $h_t=f(x_t)-f_\star$ this is $h_{t+1}\le(1-b)h_t+2L_nb^2\rho^2$. Unroll: $\sum_{j<T}(1-b)^j=\frac{1-(1-b)^T}b$. $\square$

## How sharp it is

The floor exactly, after one step from one end of an interval with the minimiser just inside of it: $\frac12(x-c)^2$, $c\to1=x_0=\rho$, where the step goes the whole way $2b\rho$ towards the other end. With $b=1$ the point jumps between the ends, and every odd $T$ attains the bound. Late in a run with $b<1$ the ratio is about
$b$: Frank-Wolfe with constant steps is better than this.

## What is run

Muon with exact orthogonalisation and weight decay on every convex smooth function, in a ball twice as large as the larger of $\|x_0\|$ and $\|x_\star\|$; sign descent on instances.

## What must fail

Half of the floor. Without weight decay's matching step, $\|x_0\|>\rho$, the theorem does not apply.

## Exercises

1. What happens to $\|x_t\|$ if $\|x_0\|>\rho$?
2. ★ Prove $f(x_T)-f_\star\le\frac{8L_n\rho^2}{T+2}$ for $b_t=\frac2{t+2}$.
:*/

SHARP(sharp,
	{ .objective = "centres:b=0.999999999,start=1", .parameters = "norm=linf,gamma=0.25,decay=0.25",
	  .note = "one step from the end, b = 1/4", .steps = 1, .ratio = 1 },
	{ .objective = "centres:b=0.999999999,start=1", .parameters = "norm=l2,gamma=1,decay=1",
	  .note = "between the ends",
	  .steps = 7, .ratio = 1 },
	{ .objective = "least-squares:n=50,d=20,noise=0.5", .parameters = "norm=linf,gamma=0.2,decay=0.05",
	  .note = "sign descent with weight decay", .steps = 256 })
CONTROL(control,
	{ .objective = "centres:b=0.999999999,start=1", .parameters = "norm=linf,gamma=0.25,decay=0.25",
	  .note = "half of the floor", .steps = 1, .factor = 0.5 })

/*: {.plumbing} :*/
static double primal(int norm, size_t d, size_t rows, const double *x)
{
	double v[JACOBI_MOST * JACOBI_MOST], s[JACOBI_MOST], most = 0, sum = 0, square = 0, *work;

	for (size_t j = 0; j < d; j++) {
		most = fmax(most, fabs(x[j]));
		sum += fabs(x[j]);
		square += x[j] * x[j];
	}
	if (norm != NORM_SPECTRAL)
		return norm == NORM_LINF ? most : norm == NORM_L1 ? sum : sqrt(square);
	if (!(work = malloc(d * sizeof *work)))
		return NAN;
	most = jacobi_singular(rows, d / rows, x, work, v, s);
	free(work);
	return most;
}

static double farthest(const rate_case *c, int norm, size_t rows)
{
	return fmax(primal(norm, c->d, rows, c->x0), primal(norm, c->d, rows, c->x_star));
}

static void choose(const rate_case *c, double fraction, double *param)
{
	size_t m = squarest(c->d);
	double far = m <= JACOBI_MOST ? farthest(c, NORM_SPECTRAL, m) : 1;

	param[rows_] = (double)m;
	param[decay_] = fraction * fmin(1, 4 / (double)c->T);
	param[gamma_] = 2 * (far > 0 ? far : 1) * param[decay_];
}

static const char *admissible(const rate_case *c)
{
	LETTERS(c);

	if (!norm_fits((int)norm, c->d, (size_t)rows))
		return FITS;
	if (!(decay > 0 && decay <= 1 && gamma > 0))
		return "eta > 0, 0 < decay <= 1";
	return farthest(c, (int)norm, (size_t)rows) <= gamma / decay * (1 + 1e-12)
	           ? NULL
	           : "|x_0| and |x*| at most gamma/decay";
}

static const rate_param params[] = {
	[norm_] = OF_NORM("spectral"),
	[rows_] = OF_ROWS,
	[gamma_] = RATE_STEP_SIZE("decay times the radius of the ball"),
	[decay_] = { "decay", RATE_REAL, "auto", 0, 1, NULL, "b, weight decay" },
};

CLAIM(ntr_weight_decay,
	.id = "ntr-weight-decay", .chapter = "norms", .title = "Weight decay is a Frank-Wolfe step",
	.statement = "f convex, L_n-smooth in ‖·‖, x_{t+1} = (1 − b)x_t + η lmo(∇f(x_t)), ρ = η/b ≥ ‖x_0‖, ‖x*‖: "
	             "f(x_T) − f* ≤ (1 − b)^T (f(x_0) − f*) + 2L_n b ρ² (1 − (1 − b)^T)",
	.quantity = "f(x_t) − f*", .formula = "(1−b)^t (f(x_0) − f*) + 2L_nbρ²(1 − (1−b)^t)",
	.source = "Kovalev, Understanding Gradient Orthogonalization for Deep Learning via Non-Euclidean Trust-Region "
	          "Optimization, "
	          "2025; constants proved in this file",
	.kind = RATE_DETERMINISTIC, .method = "ntr",
	NEEDS("convex", "L", "x_star", "f_star", "stationary", "no composite"),
	RANGE,
	.bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
