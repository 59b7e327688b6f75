/*:
# Three ways to write momentum

**Theorem.** Let $\eta_t>0$, $\lambda_0=0$ and $\lambda_t\ge0$, and let $g_t$ be any vectors that depend on $x_t$ and on a
sample. The following three methods, started at the same $x_0$ and fed with the same samples, visit the same points $x_t$.

1. *Iterate moving average:* $z_0=x_0$, $\quad z_{t+1}=z_t-\eta_tg_t$,
   $\quad x_{t+1}=\dfrac{\lambda_{t+1}x_t+z_{t+1}}{\lambda_{t+1}+1}$.
2. *Heavy ball:* $x_{t+1}=x_t-\dfrac{\eta_t}{1+\lambda_{t+1}}\,g_t+\dfrac{\lambda_t}{1+\lambda_{t+1}}\,(x_t-x_{t-1})$.
3. *Momentum:* $m_{-1}=0$, $\quad m_t=\beta_tm_{t-1}+g_t$, $\quad x_{t+1}=x_t-\gamma_tm_t$, with
   $$ \gamma_t=\frac{\eta_t}{1+\lambda_{t+1}},\qquad\beta_t=\frac{\lambda_t}{1+\lambda_t}\cdot\frac{\eta_{t-1}}{\eta_t}. $$

Programs use the third, proofs the first: there a point $z_t$ makes plain SGD steps, but with gradients taken at an average of
its past. So momentum is averaging, done while the method runs. The program takes $\lambda_t=\ell t$ and
$\eta_t=\eta\,(t+1)^{-a}$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#define PARAMETERS(P) P(eta) P(l) P(a) P(slip)
#include "../common.h"

static double eta(const rate_case *c, uint64_t t)
{
	LETTERS(c);

	return eta * pow((double)t + 1, -a);
}

static double lambda(const rate_case *c, uint64_t t)
{
	LETTERS(c);

	return l * (double)t;
}

/* The dictionary. With `slip` it is read wrongly: lambda_{t+1} in beta_t. */
static void steps(const rate_case *c, double *const *out)
{
	const double slip = c->param[slip_];
	for (uint64_t t = 0; t < c->T; t++) {
		double l = lambda(c, t + (slip > 0));

		out[0][t] = eta(c, t) / (1 + lambda(c, t + 1));
		out[1][t] = t == 0 ? 0 : l / (1 + l) * eta(c, t - 1) / eta(c, t);
	}
}

/*:
## Proof

In the first form $x_t(\lambda_t+1)=\lambda_tx_{t-1}+z_t$, that is $z_t=x_t+\lambda_t(x_t-x_{t-1})$; for $t=0$ this is $z_0=x_0$
whatever $x_{-1}$ is. So
$$ x_{t+1}-x_t=\frac{z_{t+1}-x_t}{1+\lambda_{t+1}}=\frac{z_t-\eta_tg_t-x_t}{1+\lambda_{t+1}}
 =\frac{\lambda_t(x_t-x_{t-1})-\eta_tg_t}{1+\lambda_{t+1}} , $$
the second form. In the third $x_t-x_{t-1}=-\gamma_{t-1}m_{t-1}$, so
$x_{t+1}=x_t-\gamma_tg_t+\frac{\gamma_t\beta_t}{\gamma_{t-1}}(x_t-x_{t-1})$. The two agree if
$\gamma_t=\frac{\eta_t}{1+\lambda_{t+1}}$ and $\beta_t=\frac{\lambda_t}{1+\lambda_{t+1}}\cdot\frac{\gamma_{t-1}}{\gamma_t}
=\frac{\lambda_t}{1+\lambda_{t+1}}\cdot\frac{\eta_{t-1}}{1+\lambda_t}\cdot\frac{1+\lambda_{t+1}}{\eta_t}$. $\square$

## What is run

The method `momentum` (third form) with the schedules of the theorem. Beside it the code below runs the first form on the same
samples; their distance has to be 0 but for rounding, on every path and at every step.
:*/

enum { LARGEST = 64, Y = 0, Z = LARGEST, SIZE = 2 * LARGEST, KEPT };

/* One step of the first form for every replicate: y and z of this file, gradients at y. */
static int step_of_average(rate_view *v, double *y, double *g)
{
	rate_run *run = v->run;
	const rate_sample *s = rate_draw(run, 0, v->c->batch);
	double l = lambda(v->c, v->t + 1), h = eta(v->c, v->t);

	for (size_t r = 0; r < run->nrep; r++) {
		double *kept = rate_acc(v, KEPT, r);

		if (v->t == 0) {
			memcpy(kept + Y, v->state[0] + r * run->ld, run->d * sizeof *kept);
			memcpy(kept + Z, v->state[0] + r * run->ld, run->d * sizeof *kept);
		}
		memcpy(y + r * run->ld, kept + Y, run->d * sizeof *kept);
	}
	if (!s || rate_sample_gradient(run, s, y, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		double *kept = rate_acc(v, KEPT, r), *gr = g + r * run->ld;

		for (size_t j = 0; j < run->d; j++) {
			kept[Z + j] -= h * gr[j];
			kept[Y + j] = (l * kept[Y + j] + kept[Z + j]) / (l + 1);
			kept[SIZE] = fmax(kept[SIZE], fmax(fabs(kept[Y + j]), fabs(kept[Z + j])));
		}
	}
	return RATE_OK;
}

static int observe(rate_view *v)
{
	size_t block = v->run->nrep * v->run->ld;
	double *y = aligned_alloc(64, 2 * block * sizeof *y);
	int rc = RATE_FAIL;

	if (y) {
		memset(y, 0, 2 * block * sizeof *y);
		rc = step_of_average(v, y, y + block);
	}
	free(y);
	return rc;
}

static double bound(const rate_case *c, double t)
{
	(void)c, (void)t;
	return 0;
}

/* |x_t - y_t|. Each step may add a rounding error of the size of the points: 64 eps s allows one unit a step. */
static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++) {
		const double *x = v->state[0] + r * v->run->ld, *kept = rate_acc(v, KEPT, r);
		double square = 0;

		for (size_t j = 0; v->t > 0 && j < v->run->d; j++)
			square += (x[j] - kept[Y + j]) * (x[j] - kept[Y + j]);
		q[r] = sqrt(square);
		s[r] = kept[SIZE] * sqrt((double)v->run->d) * (1 + (double)v->t / 64);
	}
	return RATE_OK;
}

/*:
## What must fail

A wrong dictionary: $\lambda_{t+1}$ in the place of $\lambda_t$ in $\beta_t$. With $\lambda_t=\frac t2$ the right momentum is
$\frac t{t+2}$, the wrong one $\frac{t+1}{t+3}$.

## Exercises

1. Which $\lambda_t$ gives constant $\beta$ for constant $\eta$? What is then the step $\gamma_t$?
2. Show that $x_t$ is an average of $z_0,\dots,z_t$. With which weights, for $\lambda_t=t$ and for $\lambda_t=\frac t2$?
3. ★ Nesterov's method takes the gradient at $x_t+\frac{\lambda_t}{1+\lambda_{t+1}}(x_t-x_{t-1})$. Does the proof fail for it? What is this point, in
   $x_t$ and $z_t$?
:*/

SHARP(sharp,
	{ .objective = "least-squares:n=6,d=3,noise=0.5", .parameters = "l=0.5",
	  .note = "random paths on least squares",
	  .steps = 256, .ratio = 1 },
	{ .objective = "skew:p=4", .parameters = "l=1,a=0.5", .note = "falling steps", .steps = 256, .ratio = 1 })
CONTROL(control,
	{ .objective = "least-squares:n=6,d=3,noise=0.5", .parameters = "l=0.5,slip=1",
	  .note = "the dictionary with lambda_{t+1} in beta_t", .steps = 256 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[eta_] = { "eta", RATE_REAL, "auto", 0, 0, NULL, "step of z, eta > 0; presets go up to 1/(4 L_max)" },
	[l_] = { "l", RATE_REAL, "0.5", 0, 1e6, NULL, "lambda_t = l t" },
	[a_] = { "a", RATE_REAL, "0.25", 0, 1, NULL, "eta_t = eta (t + 1)^-a" },
	[slip_] = { "slip", RATE_INTEGER, "0", 0, 0, NULL, "1: read the dictionary wrongly" },
};

static const char *applies(const rate_case *c)
{
	return c->d <= LARGEST ? NULL : "the first form is kept for at most 64 dimensions";
}

static void choose(const rate_case *c, double fraction, double *param)
{
	CONSTANTS(c);

	param[eta_] = fraction / (4 * L_max);
}

static const char *admissible(const rate_case *c)
{
	const double eta = c->param[eta_];
	return eta > 0 && c->param[slip_] == 0 ? NULL : "eta > 0, slip = 0";
}

CLAIM(momentum_writings,
	.id = "momentum-writings", .chapter = "momentum", .title = "Momentum is an average of iterates",
	.statement = "m_t = β_t m_{t−1} + g_t, x_{t+1} = x_t − γ_t m_t and z_{t+1} = z_t − η_t g_t, "
	             "x_{t+1} = (λ_{t+1}x_t + z_{t+1})/(λ_{t+1} + 1) "
	             "have the same x_t if γ_t = η_t/(1 + λ_{t+1}), β_t = λ_t η_{t−1}/((1 + λ_t) η_t), λ_0 = 0",
	.quantity = "‖x_t − x_t of the averaging form‖", .formula = "0",
	.source = "Sebbouh, Gower and Defazio, Almost sure convergence rates for stochastic gradient descent and "
	          "stochastic heavy "
	          "ball, 2021",
	.kind = RATE_IDENTITY, .method = "momentum", NEEDS("L_max"), RANGE, .schedules = 2, .accumulators = KEPT,
	.applies = applies, .steps = steps, .bound = bound, .observe = observe, .measure = measure, SHARP_AND_CONTROL)
