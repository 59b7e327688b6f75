/*:
# Eigenvalues repel

The weights of a layer form a matrix, and the noise of SGD makes a random matrix of it. Its eigenvalues do not move like independent particles: they keep apart.

**Setting.** Symmetric $n\times n$ matrices are written as vectors $(M_{ii},\ \sqrt2M_{ij},\,i<j)$ in $\mathbb R^{n(n+1)/2}$, whose norm is the Frobenius norm. SGD on $\frac\alpha2\|M-M^\star\|^2$ with noise $\omega W_t$, $W_t$ standard normal in these coordinates, is $M_{t+1}=M_t-\gamma\alpha(M_t-M^\star)-\gamma\omega W_t$. Let $\rho=1-\gamma\alpha$ and $V_t=\gamma^2\omega^2\frac{1-\rho^{2t}}{1-\rho^2}$. $M^\star$ is a multiple of the identity here; $l_1,\dots,l_n$ are the eigenvalues of $M_t$.

**Theorem (dyson-spread).** For every $n$, $t$ and start,
$$ \mathbb E\sum_{i<j}(l_i-l_j)^2\;=\;\rho^{2t}\sum_{i<j}(l_i-l_j)_{t=0}^2+V_t\,\frac{n(n-1)(n+2)}2 . $$

**Theorem (dyson-gap).** For $n=2$, from a start with two equal eigenvalues, the gap $l_1-l_2$ satisfies at every $t$
$$ \mathbb P\bigl(l_1-l_2\le g\bigr)=1-e^{-g^2/(4V_t)} . $$

So small gaps have a probability of only $\frac{g^2}{4V}$, where independent numbers would have one of the order $g$. In the long run $V=\frac{\gamma\omega^2}{\alpha(2-\gamma\alpha)}$: the temperature is $\gamma$ times the noise, and as noise is one over the batch, it is step over batch.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "matrix.h"

/* n tr M^2 - (tr M)^2 = sum over i < j of (l_i - l_j)^2 */
static double spread_of(size_t n, size_t d, const double *x, double *size)
{
	double trace = 0, square = 0;

	for (size_t i = 0; i < d; i++)
		square += x[i] * x[i];
	for (size_t i = 0; i < n; i++)
		trace += x[i];
	*size = (double)n * square;
	return (double)n * square - trace * trace;
}

static double spread(const rate_case *c, double t)
{
	double gamma = c->param[gamma_], n = c->need[MATRIX_N], size;

	return decay(gamma * c->L * (2 - gamma * c->L), t) * spread_of((size_t)n, c->d, c->x0, &size) +
	       variance_at(c, gamma, t) * n * (n - 1) * (n + 2) / 2;
}

/*:
## Proof

*Spread.* $\sum_{i<j}(l_i-l_j)^2=n\operatorname{tr}M^2-(\operatorname{tr}M)^2$ does not change if a multiple of $I$ is added: let $M^\star=0$. $M_t=\rho^tM_0+\sqrt{V_t}\,W$ in law. The form is quadratic, so its mean is that of the first part plus $V_t$ times $n\,\mathbb E\operatorname{tr}W^2-\mathbb E(\operatorname{tr}W)^2=n\cdot\frac{n(n+1)}2-n$. $\square$

*Gap.* For $n=2$, $(l_1-l_2)^2=(M_{11}-M_{22})^2+2(\sqrt2M_{12})^2$. From equal eigenvalues this is $2V_t$ times the squared norm of a standard normal vector in the plane, and that is below $r^2$ with probability $1-e^{-r^2/2}$. $\square$

For gaps to close, *two* numbers have to vanish at once, $M_{11}-M_{22}$ and $M_{12}$; and a plane normal vector is seldom near 0. That is all there is to repulsion.

## How sharp they are

They are laws, tested from both sides: the spread exactly, by moments; the gap through the probability of one event, $g^2=4uV_t$, from samples.

## What is run

SGD on `matrix-teacher` with Gaussian noise, up to $6\times6$; from a multiple of the identity, and from elsewhere.

## What must fail

The factor $n+1$ in the place of $n+2$; one percent more, from below. The law without repulsion, $\mathbb P=\operatorname{erf}\frac g{2\sqrt V}$, which is that of diagonal noise; and 0.8 of the probability.

## Exercises

1. Why do the eigenvalues of a diagonal matrix not repel each other?
2. Double $\gamma$ and double the batch. What happens to $V$ and to the speed?
3. Show that $\mathbb E(\text{gap}^2)/(\mathbb E\,\text{gap})^2=\frac4\pi$ from equal eigenvalues. What is it for diagonal noise?
:*/

enum { u_ = RATE_PARAMETERS, repulsion_ };

static double small(const rate_case *c)
{
	double u = c->param[u_];

	return c->param[repulsion_] > 0 ? -expm1(-u) : erf(sqrt(u));
}

FORMULA(small_gap, t, small(c))
FORMULA(large_gap, t, 1 - small(c))

#define THREE "matrix-teacher:n=3,apart=2+gaussian-noise:sigma=1.5"
SHARP(sharp,
	{ .objective = THREE, .parameters = "gamma=0.3", .note = "3 x 3, from elsewhere", .steps = 32, .ratio = 1 },
	{ .objective = "matrix-teacher:n=6,alpha=2+gaussian-noise:sigma=0.7", .parameters = "gamma=0.9",
	  .note = "6 x 6, to and fro", .steps = 32, .ratio = 1 })
CONTROL(control,
	{ .objective = "matrix-teacher:n=3+gaussian-noise:sigma=1.5", .parameters = "gamma=0.3", .note = "n + 1",
	  .steps = 32, .factor = 0.8 },
	{ .objective = THREE, .parameters = "gamma=0.3", .note = "one percent off", .steps = 32, .factor = 0.99 })
CONTROL(control_below,
	{ .objective = THREE, .parameters = "gamma=0.3", .note = "one percent off", .steps = 32, .factor = 1.01 })
#define TWO "matrix-teacher:n=2+gaussian-noise:sigma=1"
SHARP(sharp_gap, { .objective = TWO, .parameters = "gamma=0.3,u=1,repulsion=1", .note = "gaps of middle size",
    .steps = 16, .ratio = 1 },
	{ .objective = TWO, .parameters = "gamma=1.5,u=0.2,repulsion=1", .note = "small gaps", .steps = 8 })
CONTROL(control_gap, { .objective = TWO, .parameters = "gamma=0.3,u=1,repulsion=1", .note = "0.8 of the probability",
	.steps = 16, .factor = 0.8 })
SHARP(sharp_above,
	{ .objective = TWO, .parameters = "gamma=0.3,u=0.5,repulsion=1", .note = "gaps of middle size", .steps = 16,
	  .ratio = 1 })
CONTROL(control_above,
	{ .objective = TWO, .parameters = "gamma=0.3,u=0.2,repulsion=0", .note = "no repulsion", .steps = 16 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("0 < gamma < 2/alpha") };
static const rate_param params_gap[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma < 2/alpha"),
	[u_] = { "u", RATE_REAL, "1", 0.01, 10, NULL, "the event is that the squared gap is at most 4uV" },
	[repulsion_] = { "repulsion", RATE_INTEGER, "1", 0, 0, NULL, "0: claim the law of diagonal noise" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction / c->L;
}

MUST(admissible, gamma > 0 && gamma * L < 2, "0 < gamma < 2/alpha")

static const char *admissible_gap(const rate_case *c)
{
	return c->param[repulsion_] == 1 ? admissible(c) : "repulsion = 1";
}

static const char *applies(const rate_case *c)
{
	return c->need[MATRIX_SPIKE] == 0 ? normal_noise(c) : "stated for a minimiser without a spike";
}

static const char *applies_gap(const rate_case *c)
{
	if (c->need[MATRIX_N] != 2)
		return "stated for n = 2";
	if (c->x0[0] != c->x0[1] || c->x0[2] != 0)
		return "stated for a start with two equal eigenvalues";
	return applies(c);
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++)
		q[r] = spread_of((size_t)v->c->need[MATRIX_N], v->run->d, v->state[0] + r * v->run->ld, s + r);
	return RATE_OK;
}

/* Is the gap small? */
static int look(rate_view *v, int large, double *q, double *s)
{
	double level = 4 * v->c->param[u_] * variance_at(v->c, v->c->param[gamma_], (double)v->t);

	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *x = v->state[0] + r * v->run->ld;
		double apart = x[0] - x[1];

		q[r] = (apart * apart + 2 * x[2] * x[2] <= level) != large;
		s[r] = 1;
	}
	return RATE_OK;
}

static int measure_gap(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return look(v, 0, q, s);
}

static int measure_large(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return look(v, 1, q, s);
}

#define ON_MATRICES \
	.chapter = "solvable-models", .method = "sgd:batch=1", NEEDS(NEEDS_OF_MATRICES), \
	.source = "compare Park, Lucini and Aarts, Phase diagram and eigenvalue dynamics of stochastic gradient " \
	          "descent in multilayer neural networks, 2025; Wigner's and Dyson's laws in discrete time, proved " \
	          "in this file"
#define SPREAD \
	ON_MATRICES, .flags = RATE_OWN_INSTANCES, RANGE, .applies = applies, .bound = spread, .measure = measure, \
	.quantity = "E Σ_{i<j} (l_i − l_j)²", .formula = "ρ^(2t) Σ (l_i − l_j)_0² + V_t n(n − 1)(n + 2)/2"
#define GAP \
	ON_MATRICES, .kind = RATE_EXPECTATION, .flags = RATE_OWN_INSTANCES, .params = RATE_ROWS(params_gap), \
	.choose = choose, .admissible = admissible_gap, .applies = applies_gap

CLAIM(dyson_spread, SPREAD,
	.id = "dyson-spread", .title = "How far eigenvalues spread",
	.statement = "SGD on α‖M − M*‖²/2 over symmetric n × n matrices, isometric normal noise: "
	             "E Σ_{i<j} (l_i − l_j)² = ρ^(2t) Σ (l_i − l_j)_0² + V_t n(n − 1)(n + 2)/2",
	.kind = RATE_EXPECTATION, SHARP_AND_CONTROL)

CLAIM(dyson_spread_below, SPREAD,
	.id = "dyson-spread-below", .title = "How far eigenvalues spread, from below",
	.statement = "as for dyson-spread, with ≥", .kind = RATE_LOWER_BOUND, .sharp = sharp, .control = control_below)

CLAIM(dyson_gap, GAP,
	.id = "dyson-gap", .title = "Eigenvalues repel",
	.statement = "n = 2, from equal eigenvalues: P((l_1 − l_2)² ≤ 4uV_t) ≤ 1 − e^(−u)",
	.quantity = "P((l_1 − l_2)² ≤ 4uV_t)", .formula = "1 − e^(−u)", .bound = small_gap, .measure = measure_gap,
	.sharp = sharp_gap, .control = control_gap)

CLAIM(dyson_gap_above, GAP,
	.id = "dyson-gap-above", .title = "Eigenvalues repel, from the other side",
	.statement = "n = 2, from equal eigenvalues: P((l_1 − l_2)² > 4uV_t) ≤ e^(−u)",
	.quantity = "P((l_1 − l_2)² > 4uV_t)", .formula = "e^(−u)", .bound = large_gap, .measure = measure_large,
	.sharp = sharp_above, .control = control_above)
