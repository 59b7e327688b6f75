/*:
# Loss with edges and no slope

Move the corner of a triangle: a pixel flips, the loss jumps, and its derivative is zero almost everywhere. Averaged over normals every bounded function is smooth. How smooth, and where does an evolution strategy lead on it?

**Setting.** $f:\mathbb R^d\to[a,a+M]$ is measurable, nothing more; $\sigma>0$; $f_\sigma(x)=\mathbb Ef(x+\sigma u)$, $u\sim N(0,I)$.

**Theorem (es-smooth).** $f_\sigma$ has an $L_\sigma$-Lipschitz gradient with
$$ L_\sigma=\frac{2\varphi(1)M}{\sigma^2}=\sqrt{\frac2{\pi e}}\,\frac M{\sigma^2}=0.4839\,\frac M{\sigma^2} . $$

**Theorem (es-bounded).** Let $D=f_\sigma(x_0)-\inf f_\sigma$ (at most $M$) and $g=\frac{f(x+\sigma u)-f(x-\sigma u)}{2\sigma}u$. The steps $x_{t+1}=x_t-\gamma g_t$ have, for every $\gamma>0$ and $T\ge1$,
$$ \frac1T\sum_{t<T}\mathbb E\|\nabla f_\sigma(x_t)\|^2\;\le\;\frac D{\gamma T}+\frac{\gamma L_\sigma\,d\,M^2}{8\sigma^2} . $$
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(sigma)
#include "../common.h"

#include <stdlib.h>

enum { SPREAD, WIDTH, GAP }; /* the needs: M, sigma, D */

static double smoothness(const rate_case *c, double sigma)
{
	return sqrt(2 / (acos(-1) * exp(1))) * c->need[SPREAD] / (sigma * sigma);
}

FORMULA(bound, t, c->need[GAP] / (gamma * t) +
    gamma * smoothness(c, sigma) * (double)c->d * pow(c->need[SPREAD] / sigma, 2) / 8)

/*:
## Proof

*Smoothness.* Move the derivatives to the density: for $\|v\|=1$ and $\xi=\langle u,v\rangle$, a standard normal number, $\langle v,\nabla^2f_\sigma(x)v\rangle=\frac1{\sigma^2}\mathbb E\bigl(f(x+\sigma u)-a\bigr)(\xi^2-1)$. As $0\le f-a\le M$ it lies between $-\frac M{\sigma^2}\mathbb E(\xi^2-1)_-$ and $\frac M{\sigma^2}\mathbb E(\xi^2-1)_+$, and both means are $2\varphi(1)$: $\int_1^\infty(x^2-1)\varphi=\varphi(1)$, because $(x\varphi)'=(1-x^2)\varphi$.

*The estimate.* $\mathbb Eg=\nabla f_\sigma(x)$ in the same way, and $\|g\|\le\frac M{2\sigma}\|u\|$, so $\mathbb E\|g\|^2\le\frac{dM^2}{4\sigma^2}$.

*Descent.* $\mathbb Ef_\sigma(x_{t+1})\le f_\sigma(x_t)-\gamma\|\nabla f_\sigma(x_t)\|^2+\frac{L_\sigma}2\gamma^2\frac{dM^2}{4\sigma^2}$; take means and sum. $\square$

## How sharp they are

$L_\sigma$ is exact: $f=\mathbb 1\{|x|>\sigma\}$ attains it at $0$. The second is ${{es-bounded#1.max_ratio:2}}$ after $1500$ steps of $\frac{64\sigma^2}T$ down a staircase of the width $8\sigma$ whose smoothing is nearly a straight slope, $0.89$ after $6000$, and tends to $1$ for wider ones.

## What is run

Staircases and wells, on the line and in the plane. Runs are sampled; $f_\sigma$ is known in closed form.

## What must fail

$0.9$ of $L_\sigma$. $0.65$ of the bound on a staircase.

## Exercises

1. How much larger is the second moment of the one-point estimate $\frac{f(x+\sigma u)}\sigma u$?
2. Show that $\|\nabla f_\sigma\|\le\varphi(0)\frac M\sigma$.
3. Which $\gamma$ is the best for a given $T$, and how does the bound fall then?
:*/

#define STAIRS "edges:c=0.5/1.5/2.5/3.5/4.5/5.5/6.5/7.5,start=7.5"
SHARP(sharp,
	{ .objective = STAIRS, .parameters = "gamma=0.0426666666666667,sigma=1", .note = "down a staircase",
	  .steps = 1500, .ratio = 0.788 },
	{ .objective = "edges:c=0,start=-0.24", .parameters = "sigma=1", .note = "one edge, one step", .steps = 1,
	  .ratio = 0.48 },
	{ .objective = "edges:a=-1/1,c=-1.275/1.275,start=1.049", .parameters = "sigma=1", .note = "a well",
	  .steps = 64 },
	{ .objective = "edges:d=2,c=0/0/1/1/2/2,start=2/1.5", .parameters = "sigma=1", .note = "two staircases",
	  .steps = 64 })
CONTROL(control, { .objective = STAIRS, .parameters = "gamma=0.0426666666666667,sigma=1",
	.note = "0.65 of the bound, 1500 steps", .steps = 1500, .factor = 0.65 })
SHARP(sharp_smooth,
	{ .objective = "edges:a=-1/1,c=-1/1,start=0", .parameters = "sigma=1", .note = "a well of the width 2 sigma",
	  .ratio = 1 },
	{ .objective = "edges:c=0/0/1/1/2/2,d=2", .parameters = "sigma=0.5", .note = "two staircases" },
	{ .objective = STAIRS, .parameters = "sigma=1", .note = "a staircase" })
CONTROL(control_smooth, { .objective = "edges:a=-1/1,c=-1/1,start=0", .parameters = "sigma=1",
	.note = "0.9 of the constant", .factor = 0.9 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("gamma > 0"),
	[sigma_] = { "sigma", RATE_REAL, "auto", 0, 0, NULL, "standard deviation of the perturbation" },
};
enum { of_smooth_ };
static const rate_param params_smooth[] = {
	[of_smooth_] = { "sigma", RATE_REAL, "1", 0.1, 10, NULL, "standard deviation of the normals" },
};

/* The best step for T, or a part of it. */
static void choose(const rate_case *c, double fraction, double *param)
{
	double sigma = c->need[WIDTH], noise = (double)c->d * pow(c->need[SPREAD] / sigma, 2) / 8;

	param[sigma_] = sigma;
	param[gamma_] = fraction * sqrt(c->need[GAP] / ((double)c->T * smoothness(c, sigma) * noise));
}

static const char *admissible(const rate_case *c)
{
	int same = fabs(c->param[sigma_] / c->need[WIDTH] - 1) < 1e-9;

	return c->param[gamma_] > 0 && same ? NULL : "gamma > 0, and sigma that of the objective's normal.sigma";
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	size_t nrep = v->run->nrep;
	double *g = calloc(nrep * v->run->ld, sizeof *g), most = v->c->need[SPREAD] / v->c->param[sigma_];

	(void)b;
	if (!g || v->run->call->smoothed(v->run, 1, v->c->param[sigma_], v->state[0], NULL, g)) {
		free(g);
		return RATE_FAIL;
	}
	rate_dot(v->run, g, g, q);
	for (size_t r = 0; r < nrep; r++)
		s[r] = most * most;
	free(g);
	return RATE_OK;
}

/* Pairs far from each other and pairs near the start. */
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	size_t d = p->run->d;
	double *g = calloc(3 * p->run->ld, sizeof *g), *h = g + p->run->ld, *y = h + p->run->ld;
	double sigma = p->c->param[of_smooth_], moved = 0, apart = 0;
	const double *x = p->number % 2 ? p->c->x0 : p->x[0];

	for (size_t j = 0; g && j < d; j++)
		y[j] = p->number % 2 ? x[j] + 1e-4 * (p->x[1][j] - p->x[0][j]) : p->x[1][j];
	if (!g || p->run->call->smoothed(p->run, 1, sigma, x, NULL, g) ||
	    p->run->call->smoothed(p->run, 1, sigma, y, NULL, h)) {
		free(g);
		return RATE_FAIL;
	}
	for (size_t j = 0; j < d; j++) {
		moved += (x[j] - y[j]) * (x[j] - y[j]);
		apart += (g[j] - h[j]) * (g[j] - h[j]);
	}
	*left = sqrt(apart);
	*right = smoothness(p->c, sigma) * sqrt(moved);
	*s = p->c->need[SPREAD] / sigma;
	free(g);
	return RATE_OK;
}

#define PAPER \
	"the setting of Deliot, Heitz and Belcour, Transforming a non-differentiable rasterizer into a " \
	"differentiable one with stochastic gradient estimation, 2024; proved in this file"

CLAIM(es_smooth,
	.id = "es-smooth", .chapter = "zeroth-order", .title = "How smooth an average over normals is",
	.statement = "f of range M, f_σ(x) = E f(x + σu), u normal: ‖∇f_σ(x) − ∇f_σ(y)‖ ≤ 2φ(1)(M/σ²)‖x − y‖",
	.quantity = "‖∇f_σ(x) − ∇f_σ(y)‖", .formula = "2φ(1)(M/σ²)‖x − y‖", .source = PAPER,
	.kind = RATE_DETERMINISTIC, NEEDS([SPREAD] = "normal.range", "smoothing/1"), .params = RATE_ROWS(params_smooth),
	.points = 2, .evaluate = evaluate, .sharp = sharp_smooth, .control = control_smooth)

CLAIM(es_bounded,
	.id = "es-bounded", .chapter = "zeroth-order", .title = "Evolution strategies on bounded functions",
	.statement = "f of range M, f_σ(x) = E f(x + σu), D = f_σ(x_0) − inf f_σ, L_σ = 2φ(1)M/σ², steps along (f(x + "
	             "σu) − f(x − σu))/(2σ) u, any γ > 0: (1/T) Σ_{t<T} E‖∇f_σ(x_t)‖² ≤ D/(γT) + γL_σdM²/(8σ²)",
	.quantity = "(1/t) Σ E‖∇f_σ(x_s)‖²", .formula = "D/(γt) + γL_σdM²/(8σ²)", .source = PAPER,
	.kind = RATE_EXPECTATION, .flags = RATE_MEAN_OF_MEANS | RATE_OWN_START, .method = "es:terms=0",
	NEEDS([SPREAD] = "normal.range", [WIDTH] = "normal.sigma", [GAP] = "normal.gap", "smoothing/1", "no composite"),
	RANGE, .power = 0.5, .bound = bound, .measure = measure, SHARP_AND_CONTROL)
