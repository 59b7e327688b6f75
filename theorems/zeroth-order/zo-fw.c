/*:
# Frank-Wolfe from values

Frank-Wolfe needs no projections, only the point of a set that lies furthest in a direction. Take the direction from values: one slope along one random line a step. One slope points nowhere near the gradient; an average over the steps does.

**Setting.** $f$ is convex and $L$-smooth on a compact convex set $C$ of diameter $D$, with $\|\nabla f\|\le G$ there. $u$ is random, drawn afresh at every step, with $\mathbb Euu^\top=I$ and $\|u\|^2=d$. With $\frac16\le\delta\le1$, $v_{-1}=0$,
$$ \rho_t=\frac{4\delta}{(t+8)^{2/3}},\quad\gamma_t=\frac2{t+8},\qquad v_t=(1-\rho_t)v_{t-1}+\rho_t\langle\nabla f(x_t),u_t\rangle u_t, $$
$$ y_t\in\arg\min_{y\in C}\langle v_t,y\rangle,\quad x_{t+1}=x_t+\gamma_t(y_t-x_t) . $$

**Theorem (zo-fw-track).** With $V=(d-1)G^2$ and
$$ e_0^2=(1-\delta)^2G^2+\delta^2V,\qquad e_t^2=(1-\rho_t)^2(e_{t-1}+LD\gamma_{t-1})^2+\rho_t^2V $$
one has $\;\mathbb E\|v_t-\nabla f(x_t)\|^2\le e_t^2$ for every $t$.

**Theorem (zo-fw).** With $H_0=f(x_0)-f_\star$ and $H_{t+1}=(1-\gamma_t)H_t+\gamma_tDe_t+\frac L2\gamma_t^2D^2$ one has $\;\mathbb Ef(x_t)-f_\star\le H_t$ for every $t$.

$e_t$ falls like $t^{-1/3}$, and so does $H_t$: with $\delta=d^{-1/3}$ like $(d/t)^{1/3}$ (exercise 3).
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(delta) P(law)
#include "../common.h"

#include <stdlib.h>

static double weight(const rate_case *c, double t)
{
	return 4 * c->param[delta_] / pow(t + 8, 2.0 / 3);
}

/* e_t from e_{t-1}; e_0 for t = 0 */
static double error(const rate_case *c, double t, double before)
{
	double V = ((double)c->d - 1) * c->G * c->G, rho = weight(c, t);
	double drift = t > 0 ? before + c->L * c->diameter * 2 / (t + 7) : c->G;

	return sqrt((1 - rho) * (1 - rho) * drift * drift + rho * rho * V);
}

/* After t steps v has been updated t times, from x_{t-1} last. */
static double bound_track(const rate_case *c, double t)
{
	double e = 0;

	for (double k = 0; k < t; k++)
		e = error(c, k, e);
	return e * e;
}

static double bound(const rate_case *c, double t)
{
	double e = 0, H = c->d0;

	for (double k = 0; k < t; k++) {
		double gamma = 2 / (k + 8);
		e = error(c, k, e);
		H = (1 - gamma) * H + gamma * c->diameter * e + c->L / 2 * gamma * gamma * c->diameter * c->diameter;
	}
	return H;
}

/*:
## Proof

*The error of the average.* Let $g_t=\langle\nabla f(x_t),u_t\rangle u_t$ and $\epsilon_t=v_t-\nabla f(x_t)$. Then
$$ \epsilon_t=(1-\rho_t)\bigl(\epsilon_{t-1}+\nabla f(x_{t-1})-\nabla f(x_t)\bigr)+\rho_t\bigl(g_t-\nabla f(x_t)\bigr) . $$
Given the past, the last bracket has the mean $0$ and the second moment $d\|\nabla f\|^2-\|\nabla f\|^2\le V$. The first is at most $\|\epsilon_{t-1}\|+L\gamma_{t-1}D$; take root mean squares (Minkowski). At $t=0$ the first bracket is $-\nabla f(x_0)$, and $\rho_0=\delta$.

*The gap.* By smoothness and as $\langle v_t,y_t\rangle\le\langle v_t,x_\star\rangle$
$$ f(x_{t+1})\le f(x_t)+\gamma_t\langle\nabla f(x_t),y_t-x_t\rangle+\tfrac L2\gamma_t^2D^2,\qquad\langle\nabla f(x_t),y_t-x_t\rangle\le\langle\nabla f(x_t),x_\star-x_t\rangle+\|\epsilon_t\|D . $$
By convexity the product is at most $-(f(x_t)-f_\star)$, and $\mathbb E\|\epsilon_t\|\le e_t$. $\square$

## How sharp they are

The first is an equality at every $t$ for linear $f$. The second is ${{zo-fw#1.max_ratio:3}}$ after one step on the segment between two vertices with $f=x_1-x_2$, where half of all directions say nothing; and an equality at every $t$ on a straight line, where there is no noise. Deep in a noisy run it is loose, since Frank-Wolfe pays $\|\epsilon_t\|D$ at every step as if the error always pointed the wrong way; zo-fw-track is what stays tight.

## What is run

In few dimensions short runs along every path of directions; else samples. The simplex, balls and boxes.

## What must fail

0.9 of the bound. A gap without the error, $e_t=0$: what Frank-Wolfe has with exact gradients. The noise left out of the first.

## Exercises

1. What is $H_t$ with exact gradients?
2. Why the average? What is $e_t$ for $\rho_t=1$?
3. ★ Let $Q=\max\bigl\{9^{2/3}e_0^2,\ \frac{16\delta^2V+\frac{81}{64}L^2D^2/\delta}{4\delta-\frac13}\bigr\}$. Show that $e_t^2\le Q\,(t+9)^{-2/3}$, and then that $H_t\le K(t+8)^{-1/3}$ with $K=\max\{2H_0,\frac65D\sqrt Q+\frac3{10}LD^2\}$.
:*/

#define SEGMENT "simplex-linear:n=2,costs=1/-1,weight=1e-15"
#define HALF "delta=0.5,law=signs"
SHARP(sharp,
	{ .objective = SEGMENT, .parameters = HALF, .note = "a segment, random signs", .steps = 1, .ratio = 0.944 },
	{ .objective = "tiles:m=1,L=1e-6,center=-1e6,start=1+box:low=0,high=1", .parameters = "delta=1,law=signs",
	  .note = "nearly a straight line, no noise", .steps = 10, .ratio = 1 },
	{ .objective = "tiles:m=1,center=-2,start=1+box:low=0,high=1", .parameters = "delta=1,law=signs",
	  .note = "a parabola on the line", .steps = 10 },
	{ .objective = SEGMENT, .parameters = HALF, .note = "eight steps, all paths", .steps = 8 },
	{ .objective = "log-cosh:d=3+simplex", .parameters = "law=coordinate", .note = "log cosh on a triangle",
	  .steps = 64 },
	{ .objective = "quadratic:d=4,kappa=3+ball:radius=0.5", .parameters = "law=sphere", .note = "a ball",
	  .steps = 64 })
CONTROL(control,
	{ .objective = SEGMENT, .parameters = HALF, .note = "0.9 of the bound", .steps = 1, .factor = 0.9 },
	{ .objective = SEGMENT, .parameters = HALF, .note = "without the error: 3/4 of the gap", .steps = 1,
	  .factor = 0.809 })
SHARP(sharp_track,
	{ .objective = SEGMENT, .parameters = HALF, .note = "linear, random signs", .steps = 6, .ratio = 1 },
	{ .objective = "simplex-linear:n=3,costs=1/-2/0.5", .parameters = "delta=0.6,law=coordinate",
	  .note = "linear, coordinates", .steps = 6, .ratio = 1 },
	{ .objective = "simplex-linear:n=3,costs=1/-2/0.5", .parameters = "delta=0.6,law=sphere",
	  .note = "linear, on the sphere", .steps = 64 },
	{ .objective = "log-cosh:d=3+simplex", .parameters = "law=coordinate", .note = "log cosh on a triangle",
	  .steps = 64 })
CONTROL(control_track, { .objective = SEGMENT, .parameters = HALF, .note = "0.9 of the bound", .steps = 6,
	.factor = 0.9 },
	{ .objective = SEGMENT, .parameters = HALF, .note = "without the noise: one quarter of one", .steps = 1,
	  .factor = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[delta_] = { "delta", RATE_REAL, "auto", 0, 0, NULL, "weight of a new slope, times (t + 8)^(2/3)/4" },
	[law_] = { "law", RATE_CHOICE, "coordinate", 0, 0, "coordinate|signs|sphere|normal|ternary",
		"of the direction" },
};
enum { NORMAL = 3 };

static void choose(const rate_case *c, double fraction, double *param)
{
	param[delta_] = fmax(fraction * pow((double)c->d, -1.0 / 3), 1.0 / 6);
}

MUST(admissible, delta >= 1.0 / 6 - 1e-12 && delta <= 1 && law < NORMAL,
    "1/6 <= delta <= 1, and directions of the length sqrt(d)")

static void steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 2 / ((double)t + 8);
}

/* L is not among the needs: linear functions, with L = 0, are welcome. */
static const char *small(const rate_case *c)
{
	if (!(c->L >= 0))
		return "L is not known";
	return c->d <= 20 && c->n * c->d <= 400 ? NULL : "run for at most 20 dimensions and 400 numbers of data";
}

static int measure_track(rate_view *v, double *q, double *s, double *b)
{
	rate_run *run = v->run;
	const double *average, *asked;
	double *g = calloc(run->nrep * run->ld, sizeof *g);

	(void)b;
	if (!g || v->find(v, "v", &average) || v->find(v, "asked", &asked) || rate_gradient(run, asked, g)) {
		free(g);
		return RATE_FAIL;
	}
	rate_dot(run, g, g, s);
	rate_axpy(run, -1, average, g);
	rate_dot(run, g, g, q);
	for (size_t r = 0; r < run->nrep; r++)
		s[r] += q[r] + v->c->G * v->c->G;
	free(g);
	return RATE_OK;
}

#define PAPER \
	"after Sahu, Zaheer and Kar, Towards gradient free and projection free stochastic optimization, AISTATS " \
	"2019; weights and constants of this file, proved in it"
#define OF_FW \
	.kind = RATE_EXPECTATION, .method = "zo-fw:r=0", \
	NEEDS("convex", "G", "diameter", "x_star", "f_star", "lmo/1"), .applies = small, RANGE, .steps = steps, \
	.power = 1.0 / 3

CLAIM(zo_fw,
	.id = "zo-fw", .chapter = "zeroth-order", .title = "Frank-Wolfe from values",
	.statement = "f convex, L-smooth, ‖∇f‖ ≤ G on a set of diameter D, slopes along random u averaged with ρ_t = "
	             "4δ/(t + 8)^(2/3), γ_t = 2/(t + 8): E f(x_t) − f* ≤ H_t, H_{t+1} = (1 − γ_t)H_t + γ_t D e_t + "
	             "Lγ_t²D²/2",
	.quantity = "E f(x_t) − f*", .formula = "H_t", .source = PAPER, OF_FW, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)

CLAIM(zo_fw_track,
	.id = "zo-fw-track", .chapter = "zeroth-order", .title = "How well averaged slopes track the gradient",
	.statement = "f L-smooth, ‖∇f‖ ≤ G on a set of diameter D, slopes along random u averaged with ρ_t = 4δ/(t + "
	             "8)^(2/3), V = (d − 1)G²: E‖v_t − ∇f(x_t)‖² ≤ e_t² = (1 − ρ_t)²(e_{t−1} + LDγ_{t−1})² + ρ_t²V",
	.quantity = "E‖v_{t−1} − ∇f(x_{t−1})‖²", .formula = "e_{t−1}²", .source = PAPER, OF_FW, .bound = bound_track,
	.measure = measure_track, .sharp = sharp_track, .control = control_track)
