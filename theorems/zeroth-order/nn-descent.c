/*:
# The slope of a cloud of values

Values of $f$ are known at points that somebody else has chosen. Fit a plane to the nearest of them: how wrong is its slope as a gradient, and where does descent along it end?

**Theorem (nn-gradient).** Let $f:\mathbb R^d\to\mathbb R$ have an $L$-Lipschitz gradient, and let $Y_i=f(X_i)+\varepsilon_i$ be seen at $k\ge d+1$ points that span the space, with independent errors of mean $0$ and variance at most $\sigma^2$. With $Z_i=X_i-x$, $S=\sum_i(Z_i-\bar Z)(Z_i-\bar Z)^\top$, $w_i=S^{-1}(Z_i-\bar Z)$, the slope of the least squares fit with a constant is $b=\sum_iw_iY_i$, and
$$ \mathbb E\|b-\nabla f(x)\|^2\;\le\;\frac{L^2}4\sum_j\Bigl(\sum_i|w_{ij}|\,\|Z_i\|^2\Bigr)^2+\sigma^2\operatorname{tr}S^{-1} . $$

**Theorem (nn-descent).** Let $f$ be $\mu$-strongly convex and $L$-smooth, its values known without errors on the lattice $h\mathbb Z^d$, $0<\gamma\le\frac2{L+\mu}$. Fit at every step the $k$ points nearest to $x_t$, and let $e_t$ be the root of the first term above. Then the steps $x_{t+1}=x_t-\gamma b_t$ obey
$$ \|x_t-x_\star\|\;\le\;B_t,\qquad B_0=\|x_0-x_\star\|,\quad B_{t+1}=(1-\gamma\mu)B_t+\gamma e_t . $$

The bound reads nothing but the points: it can be computed along the run, and it stops at $\frac e\mu$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#define PARAMETERS(P) P(gamma) P(k) P(h)
#include "../common.h"

#include "../../methods/neighbours.h"

/*:
## Proof

*The weights.* $\sum_iw_i=0$ and $\sum_iw_iZ_i^\top=S^{-1}\sum_i(Z_i-\bar Z)Z_i^\top=I$.

*The slope.* $f(X_i)=f(x)+\langle\nabla f(x),Z_i\rangle+R_i$ with $|R_i|\le\frac L2\|Z_i\|^2$. So $\mathbb Eb-\nabla f(x)=\sum_iw_iR_i$, and entry $j$ of it is at most $\frac L2\sum_i|w_{ij}|\|Z_i\|^2$. The errors add a covariance of at most $\sigma^2\sum_iw_iw_i^\top=\sigma^2S^{-1}$.

*Descent.* $\|x-\gamma\nabla f(x)-x_\star\|\le(1-\gamma\mu)\|x-x_\star\|$ for $\gamma\le\frac2{L+\mu}$, and $\gamma\|b-\nabla f(x)\|\le\gamma e_t$. $\square$

## How sharp they are

The first is attained by the cross $x\pm\tau e_j$ with $f=\frac L2\sum_jz_j|z_j|$: bias $\frac{L\tau\sqrt d}2$, noise $\frac{\sigma^2d}{2\tau^2}$. It is attained by equally spaced points on the line as well. The second is an equality at the first step on $\frac12x^2$ with the two nearest points of a lattice, one of which is nearly $x$.

## What is run

The first on crosses, on grids and on random points, with random functions; noise is counted, not drawn. The second on strongly convex functions of at most three variables.

## What must fail

Half of the bias, in both.

## Exercises

1. Which radius $\tau$ of the cross is the best?
2. How large is the bias of forward differences, the design $x,x+\tau e_j$?
3. Where does the second theorem let the iterates stop on the line, with $k=2$? And with $k=3$ on a parabola?
:*/

SHARP(sharp,
	{ .objective = "quadratic:d=1,L=1,start=1.0000001", .parameters = "gamma=1,k=2,h=0.1",
	  .note = "the line, one step", .steps = 1, .ratio = 1 },
	{ .objective = "quadratic:d=1,L=1,start=0.73", .parameters = "gamma=0.5,k=2,h=0.1",
	  .note = "the line, to its end",
	  .steps = 64 },
	{ .objective = "quadratic:d=2,kappa=3", .parameters = "k=5,h=0.1", .note = "five neighbours in the plane",
	  .steps = 64 },
	{ .objective = "tiles:m=1,k=3,kappa=2,start=1/-0.5/0.3", .parameters = "k=4,h=0.05",
	  .note = "space, where four neighbours may lie in a plane", .steps = 64 },
	{ .objective = "logistic:n=20,d=3,ridge=0.1", .parameters = "k=6,h=0.1", .note = "six neighbours",
	  .steps = 64 })
CONTROL(control, { .objective = "quadratic:d=1,L=1,start=1.0000001", .parameters = "gamma=1,k=2,h=0.1",
	.note = "half of the bias", .steps = 1, .factor = 0.5 })

/*: {.plumbing} :*/
static const rate_param params[] = {
	[gamma_] = RATE_STEP_SIZE("0 < gamma <= 2/(L + mu)"),
	[k_] = { "k", RATE_INTEGER, "auto", 0, 0, NULL, "neighbours, at least d + 1" },
	[h_] = { "h", RATE_REAL, "auto", 0, 0, NULL, "spacing of the lattice" },
};

static void choose(const rate_case *c, double fraction, double *param)
{
	param[gamma_] = fraction * 2 / (c->L + c->mu);
	param[k_] = (double)c->d + 2;
	param[h_] = c->D2 > 0 ? sqrt(c->D2) / 20 : 0.1;
}

MUST(admissible, AT_MOST(gamma, 2 / (L + mu)) && k >= (double)c->d + 1 && k <= 16 && h > 0,
    "0 < gamma <= 2/(L + mu), d + 1 <= k <= 16, h > 0")

static const char *space(const rate_case *c)
{
	return c->d <= NEIGHBOUR_DIMENSIONS ? NULL : "run for at most 3 dimensions";
}

enum { BOUND, STARTED, KEPT }; /* accumulators */

static int observe(rate_view *v)
{
	double gamma = v->c->param[gamma_];
	struct neighbours n;

	for (size_t r = 0; r < v->run->nrep; r++) {
		double *kept = rate_acc(v, KEPT, r);
		if (!nearest(v->run->d, (size_t)v->c->param[k_], v->c->param[h_], v->state[0] + r * v->run->ld, &n))
			return (v->run->call->fail)(v->run, "no %d points about x span the space", MOST_NEIGHBOURS);
		if (kept[STARTED] == 0)
			kept[BOUND] = sqrt(v->c->D2);
		kept[STARTED] = 1;
		kept[BOUND] = (1 - gamma * v->c->mu) * kept[BOUND] + gamma * v->c->L * fit_error(v->run->d, &n);
	}
	return RATE_OK;
}

static int measure(rate_view *v, double *q, double *s, double *b)
{
	const rate_case *c = v->c;
	double values = c->L * c->D2 + (isfinite(c->f_star) ? fabs(c->f_star) : 0);

	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t r = 0; r < v->run->nrep; r++) {
		q[r] = sqrt(q[r]);
		/* values are divided by distances of lattice points */
		s[r] = sqrt(s[r]) + c->param[gamma_] / c->param[h_] * values;
		b[r] = v->t ? rate_acc(v, KEPT, r)[BOUND] : sqrt(c->D2);
	}
	return RATE_OK;
}

/* The fit alone: points about 0; <g, z> + sum_j (u_j z_j |z_j| + (1 - u_j) z_j^2)/2, 0 <= u_j <= 1, L = 1. */
enum { dimension_, design_, radius_, sigma_, half_ };
enum { CROSS, GRID, RANDOM };
static const rate_param params_fit[] = {
	[dimension_] = { "d", RATE_INTEGER, "2", 1, 3, NULL, "dimension" },
	[design_] = { "design", RATE_CHOICE, "random", 0, 0, "cross|grid|random", "where the points are" },
	[radius_] = { "tau", RATE_REAL, "0.3", 0.01, 10, NULL, "of the cross; spacing of the grid; size of the cloud" },
	[sigma_] = { "sigma", RATE_REAL, "0.1", 0, 10, NULL, "standard deviation of the errors" },
	[half_] = { "half", RATE_INTEGER, "0", 0, 0, NULL, "1: half of the bias is claimed" },
};

MUST(admissible_fit, c->param[half_] == 0, "half = 0")

/* A grid is on the line. */
static size_t place(const rate_point *p, struct near_point *x)
{
	size_t d = (size_t)p->c->param[dimension_], count = 2 * d;
	double tau = p->c->param[radius_], z[3 * 12];
	int design = (int)p->c->param[design_];

	if (design == GRID)
		count = 7;
	if (design == RANDOM)
		count = d + 2 + (size_t)(p->number % 7);
	p->host->normals(p->host, 1, p->number, 3 * 12, z);
	for (size_t i = 0; i < count; i++) {
		x[i] = (struct near_point){ 0 };
		if (design == CROSS)
			x[i].z[i / 2] = i % 2 ? -tau : tau;
		else if (design == GRID)
			x[i].z[0] = tau * ((double)i - 3);
		for (size_t j = 0; j < d && design == RANDOM; j++)
			x[i].z[j] = tau * z[3 * i + j];
	}
	return count;
}

static int evaluate_fit(const rate_point *p, double *left, double *right, double *s)
{
	struct near_point x[12];
	struct neighbours n = { .k = place(p, x) };
	size_t d = p->c->param[design_] == GRID ? 1 : (size_t)p->c->param[dimension_];
	double mean[3], inverse[3][3], u[6], noise = p->c->param[sigma_] * p->c->param[sigma_], trace = 0, size = 0;

	p->host->uniforms(p->host, 2, p->number, 6, u);
	if (!inverse_scatter(d, n.k, x, mean, inverse))
		return p->host->fail(p->host, "these points lie in a plane");
	*left = 0;
	for (size_t j = 0; j < d; j++) {
		double off = 0;
		for (size_t i = 0; i < n.k; i++) {
			double y = 0;
			n.w[i][j] = 0;
			for (size_t a = 0; a < d; a++) {
				double z = n.z[i][a] = x[i].z[a], shape = p->c->param[design_] == RANDOM ? u[a] : 1;
				n.w[i][j] += inverse[j][a] * (z - mean[a]);
				y += shape * z * fabs(z) / 2 + (1 - shape) * z * z / 2 + (double)(a + 1) * z;
			}
			off += n.w[i][j] * y;
			size += fabs(n.w[i][j] * y);
		}
		*left += (off - (double)(j + 1)) * (off - (double)(j + 1));
		trace += inverse[j][j];
	}
	*right = fit_error(d, &n) * (p->c->param[half_] != 0 ? 0.5 : 1);
	*right = *right * *right + noise * trace;
	*left += noise * trace;
	*s = size * size;
	return RATE_OK;
}

SHARP(sharp_fit, { .parameters = "d=3,design=cross,sigma=0", .note = "a cross in space", .ratio = 1 },
	{ .parameters = "d=1,design=grid", .note = "seven points in a row", .ratio = 1 },
	{ .parameters = "d=2,design=random,sigma=0", .note = "a cloud in the plane" })
CONTROL(control_fit, { .parameters = "d=2,design=cross,sigma=0,half=1", .note = "half of the bias" })

#define PAPER \
	"after Ausset, Clémençon and Portier, Nearest neighbour based estimates of gradients: sharp nonasymptotic " \
	"bounds and applications, AISTATS 2021, with least squares in the place of their penalised fit; proved in " \
	"this file"

CLAIM(nn_gradient,
	.id = "nn-gradient", .chapter = "zeroth-order", .title = "The slope of a cloud of values",
	.statement = "∇f L-Lipschitz, b the slope of the least squares fit to noisy values at x + Z_i, S = Σ(Z_i − "
	             "Z̄)(Z_i − Z̄)ᵀ, w_i = S⁻¹(Z_i − Z̄): E‖b − ∇f(x)‖² ≤ (L²/4) Σ_j (Σ_i |w_ij| ‖Z_i‖²)² + σ² tr S⁻¹",
	.quantity = "E‖b − ∇f(x)‖²", .formula = "(L²/4) Σ_j (Σ_i |w_ij| ‖Z_i‖²)² + σ² tr S⁻¹", .source = PAPER,
	.kind = RATE_DETERMINISTIC, .params = RATE_ROWS(params_fit), .admissible = admissible_fit,
	.evaluate = evaluate_fit, .sharp = sharp_fit, .control = control_fit)

CLAIM(nn_descent,
	.id = "nn-descent", .chapter = "zeroth-order", .title = "Descent on the values of a lattice",
	.statement = "f L-smooth, μ-strongly convex, values on hZ^d, b_t the slope of the k nearest, 0 < γ ≤ 2/(L + "
	             "μ): ‖x_t − x*‖ ≤ B_t, B_{t+1} = (1 − γμ)B_t + γe_t, B_0 = ‖x_0 − x*‖",
	.quantity = "‖x_t − x*‖", .formula = "B_{t+1} = (1 − γμ)B_t + γe_t", .source = PAPER,
	.kind = RATE_DETERMINISTIC, .flags = RATE_PATH_BOUND, .method = "nn-descent",
	NEEDS("L", "mu", "x_star", "no composite", "stationary"), RANGE, .applies = space, .accumulators = KEPT,
	.observe = observe, .measure = measure, SHARP_AND_CONTROL)
