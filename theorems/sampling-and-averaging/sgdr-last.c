/*:
# One cosine cycle

Steps that follow half a cosine from $\gamma$ down to 0 are the habit of a whole field. What do they buy, for the average and
for the last iterate?

**Theorem (sgdr-cycle).** Let $\gamma_t=\frac\gamma2\bigl(1+\cos\frac{\pi t}T\bigr)$, $t=0,\dots,T-1$, $T\ge2$. Let $f$ be convex
on a closed convex set $C$ and $x_{t+1}=P_C(x_t-\gamma_tg_t)$, where the mean of $g_t$, given the past, is a subgradient at $x_t$
and $\mathbb E\|g_t\|^2\le G^2$. Then $\sum\gamma_t=\frac\gamma2(T+1)$, $\sum\gamma_t^2=\frac{\gamma^2}8(3T+4)$, and the average
$\bar x$ of $x_0,\dots,x_{T-1}$ with the weights $\gamma_t$ has
$$ \mathbb E f(\bar x)-f_\star\;\le\;\frac{R^2}{\gamma(T+1)}+\gamma G^2\,\frac{3T+4}{8(T+1)},\qquad R=\|x_0-x_\star\|. $$

**Theorem (sgdr-last).** If the same holds of $g_T$ at $x_T$, put $s=N=\gamma_{T-1}$ and, for $t=T-1,\dots,0$ in turn,
$N\leftarrow N+\gamma_t^2/s$ and then $s\leftarrow(\sqrt s+\gamma_t/\sqrt s)^2$. At the end $s=\gamma(T+1)+N$, and
$$ \mathbb E f(x_T)-f_\star\;\le\;\frac{R^2}{2(\gamma(T+1)+N)}+\frac{G^2N}2 . $$

$N/\gamma$ is $2$, $1.5$, $1.327$, $1.205$, $1.080$ for $T=1,2,4,8,64$ and tends to
$\int_0^1\frac{\sin^4(\pi v/2)}{v-\sin(\pi v)/\pi}dv=1.0611$. So with $\gamma=R/(G\sqrt{T+2})$ the *last* iterate has at most
$1.0385\,RG/\sqrt{T+1}$ (computed for all $T$ up to $10^4$): no average is needed, and no logarithm is paid. The linear decay
has 1 in the place of $1.0385$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma)
#include "../last-iterate/reference.h"

#define PI 3.14159265358979323846

static double cosine(double gamma, double t, double T)
{
	return gamma / 2 * (1 + cos(PI * t / T));
}

static double bound_last(const rate_case *c, double t)
{
	struct reference end = move_reference(c->step, (uint64_t)t, c->step[(uint64_t)t - 1], 0);

	return (end.start * c->D2 + end.noise * c->G * c->G) / 2;
}

static double transient_last(const rate_case *c, double t)
{
	return move_reference(c->step, (uint64_t)t, c->step[(uint64_t)t - 1], 0).start * c->D2 / 2;
}

/* For T = 1 the sum of squares is gamma^2. */
FORMULA(squares, T, T < 2 ? gamma * gamma : gamma * gamma * (3 * T + 4) / 8)

FORMULA(transient, T, D2 / (gamma * (T + 1)))

FORMULA(bound, T, transient(c, T) + G * G * squares(c, T) / (gamma * (T + 1)))

/*:
## Proof

*Sums.* $\sum_{t<T}\cos\frac{\pi t}T=1$, since the terms $t$ and $T-t$ cancel for $0<t<T$; and $\sum_{t<T}\cos^2\frac{\pi t}T=\frac T2$
for $T\ge2$, since $\cos^2a=\frac12(1+\cos2a)$ and the second part runs once around the circle.

*Average.* Sum $\mathbb E\|x_{t+1}-x_\star\|^2\le\mathbb E\|x_t-x_\star\|^2-2\gamma_t\mathbb E(f(x_t)-f_\star)+\gamma_t^2G^2$ over $t$ and
use Jensen's inequality.

*Last iterate.* The theorem for any steps (li-subgrad-recursion), whose reference point moves along with the iterates, with
$\mu=0$ and $\rho=\gamma_{T-1}$; its $\sigma^2$ is $s$ here. One step back is $\sqrt{s'}=\sqrt s+\gamma_t/\sqrt s$, that is
$s'=s+2\gamma_t+\gamma_t^2/s$. Hence at the end $s=\rho+2\sum\gamma_t+\sum\gamma_t^2/s=\gamma(T+1)+N$. $\square$

## How sharp it is

Both are attained: the average by $|x|$ from $x_0=\sum\gamma_t$, on which all steps go straight to the minimiser; the last iterate
by the function that is made for these steps.

## What is run

The subgradient method with the cosine steps of the horizon, on all convex objectives with a known $G$; each horizon is a run
of its own.

## What must fail

$0.9$ of the bounds. On the function made for $T=4$ the bound $RG/\sqrt{T+1}$ of the linear decay, which is $0.963$ of this one.

## Exercises

1. Which $\gamma$ makes the bound of sgdr-last least, given $N'=N/\gamma$?
2. Why has $G$ to hold at $x_T$ too?
3. Let the steps fall to $\ell>0$ instead of 0. What becomes of the two sums?
:*/

SHARP(sharp,
	{ .objective = "abs:start=3.2", .parameters = "gamma=0.1", .steps = 63,
	  .note = "|x| from the sum of the steps", .ratio = 1 },
	{ .objective = "minimax:T=64", .steps = 64, .note = "the function of 64 steps of one size" })
CONTROL(control,
	{ .objective = "abs:start=3.2", .parameters = "gamma=0.1", .steps = 63, .note = "0.9 of the bound",
	  .factor = 0.9 })
SHARP(sharp_last,
	{ .objective = "last-iterate-worst:shape=cosine,N=16,gamma=0.23570226039551587",
	  .parameters = "gamma=0.23570226039551587",
	  .steps = 16, .note = "made for these 16 steps", .ratio = 1 },
	{ .objective = "last-iterate-worst:shape=cosine,N=64,gamma=0.1230914909793327",
	  .parameters = "gamma=0.1230914909793327",
	  .steps = 64, .note = "made for these 64 steps", .ratio = 1 })
CONTROL(control_last,
	{ .objective = "last-iterate-worst:shape=cosine,N=64,gamma=0.1230914909793327",
	  .parameters = "gamma=0.1230914909793327",
	  .steps = 64, .note = "0.9 of the bound", .factor = 0.9 },
	{ .objective = "last-iterate-worst:shape=cosine,N=4,gamma=0.40824829046386302",
	  .parameters = "gamma=0.40824829046386302",
	  .steps = 4, .note = "RG/sqrt(T+1), the bound of the linear decay", .factor = 1 / 1.0384 })

/*: {.plumbing} :*/
static const rate_param params[] = { [gamma_] = RATE_STEP_SIZE("the first, gamma > 0") };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * natural_step(c) / sqrt((double)c->T + 2);
}

MUST(admissible, gamma > 0, "gamma > 0")

static void steps(const rate_case *c, double *const *out)
{
	LETTERS(c);

	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = cosine(gamma, (double)t, (double)c->T);
}

static double weight(const rate_case *c, uint64_t t)
{
	return cosine(c->param[gamma_], (double)t, (double)c->T);
}

#define SGDR "steps of Loshchilov and Hutter, SGDR: Stochastic gradient descent with warm restarts, arXiv:1608.03983; "

CLAIM(sgdr_cycle,
	.id = "sgdr-cycle", .chapter = "sampling-and-averaging", .title = "The average of one cosine cycle",
	.statement = "f convex, E‖g_t‖² ≤ G², γ_t = (γ/2)(1 + cos(πt/T)), weights γ_t: "
	             "E f(x̄) − f* ≤ R²/(γ(T + 1)) + γG²(3T + 4)/(8(T + 1))",
	.quantity = "E f(x̄) − f*", .formula = "R²/(γ(T + 1)) + γG²(3T + 4)/(8(T + 1))",
	.source = SGDR "proved in this file",
	.kind = RATE_EXPECTATION, .flags = RATE_LAST, .method = "subgradient",
	NEEDS("convex", "G", "x_star", "f_star"), RANGE,
	.steps = steps, .weight = weight, .bound = bound, .transient = transient, .measure = rate_measure_average_gap,
	SHARP_AND_CONTROL)

CLAIM(sgdr_last,
	.id = "sgdr-last", .chapter = "sampling-and-averaging", .title = "The last iterate of one cosine cycle",
	.statement = "f convex, E‖g_t‖² ≤ G² (t ≤ T), γ_t = (γ/2)(1 + cos(πt/T)), N of the recursion: "
	             "E f(x_T) − f* ≤ R²/(2(γ(T + 1) + N)) + G²N/2",
	.quantity = "E f(x_T) − f*", .formula = "R²/(2(γ(T + 1) + N)) + G²N/2",
	.source = SGDR "the recursion is that of " ZAMANI_GLINEUR,
	.kind = RATE_EXPECTATION, .flags = RATE_LAST, .method = "subgradient",
	NEEDS("convex", "G", "x_star", "f_star"), RANGE,
	.steps = steps, .bound = bound_last, .transient = transient_last, .measure = rate_measure_gap,
	.sharp = sharp_last,
	.control = control_last)
