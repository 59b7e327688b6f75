/*:
# Filtering lends momentum to Newton's method

A stochastic Newton step trusts one batch: its Hessian $Q_t$ and its gradient $f_t$. A Kalman filter that takes the pairs for noisy observations of a slowly changing state has a mean $m_t$ and a covariance $\Sigma_t$, and steps by $d_t=-\Sigma_t^{-1}m_t$. What is it that it does?

**Method.** Let $0<\alpha<1$, $\beta>0$, $s_\star=\frac\beta{1-\alpha^2}$; $Q_t$ symmetric positive definite and $f_t$ any vectors. *Guard:* $\tilde Q_t=Q_t$ if $Q_t\preceq s_\star I$, else $\tilde Q_t=(Q_t^{-1}+I/s_\star)^{-1}$. Start from $\Sigma_1=\tilde Q_1$, $m_1=f_1$; then with $\Pi=\alpha^2\Sigma_{t-1}+\beta I$
$$ \Sigma_t=\bigl(\Pi^{-1}+\tilde Q_t^{-1}-I/s_\star\bigr)^{-1},\qquad m_t=\Sigma_t\bigl(\alpha\Pi^{-1}m_{t-1}+\tilde Q_t^{-1}f_t\bigr). $$

**Theorem (filter-newton-momentum).** $d_t=M_td_{t-1}-\tilde Q_t^{-1}f_t$ with $M_t=\alpha(\alpha^2\Sigma_{t-1}+\beta I)^{-1}\Sigma_{t-1}$: stochastic Newton steps with a matrix for momentum.

**Theorem (filter-newton-memory).** $\Sigma_t\preceq s_\star I$ and $\|M_t\|\le\alpha$ for all $t$. Hence
$$ \|d_t\|\;\le\;\sum_{k\le t}\alpha^{t-k}\,\|\tilde Q_k^{-1}f_k\| : $$
an old observation is forgotten at the rate $\alpha$.
:*/

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "../common.h"

/*:
## Proof

$\Sigma_t^{-1}m_t=\alpha\Pi^{-1}m_{t-1}+\tilde Q_t^{-1}f_t$, and $\alpha\Pi^{-1}m_{t-1}=\alpha\Pi^{-1}\Sigma_{t-1}\,(\Sigma_{t-1}^{-1}m_{t-1})=-M_td_{t-1}$: the first theorem. For the second let $\Sigma_{t-1}\preceq s_\star I$, which the guard makes true for $\Sigma_1$. Then $\Pi\preceq(\alpha^2s_\star+\beta)I=s_\star I$, and $\tilde Q_t^{-1}\succeq I/s_\star$, so
$\Sigma_t^{-1}\succeq\Pi^{-1}\succeq I/s_\star$. The eigenvalues of $M_t$ are $\frac{\alpha s}{\alpha^2s+\beta}$ with those, $s$, of $\Sigma_{t-1}$; this increases in $s$ and is $\alpha$ at $s_\star$. Unroll $d_t=M_td_{t-1}-\tilde Q_t^{-1}f_t$. $\square$

*Letters.* $f_t$ is a gradient here; $\alpha$, $\beta$ belong to the model of the state, $s_\star$ is its stationary variance, $s$ an eigenvalue.

## How sharp it is

An identity; and the bound is attained when all $Q_t=s_\star I$ and the $f_t$ have one direction.

## What is run

Random $Q_t$ and $f_t$ in up to three dimensions, 12 observations, $Q_t$ from $10^{-2}$ to $10^2$ times $s_\star$.

## What must fail

One percent off, and 0.9 of the bound where it is attained.

## Exercises

1. ★ Let all $Q_t=q\le s_\star$ in one dimension. Which equation has the limit of $\Sigma_t$ for a root?
2. Without the guard and with $Q_1=3s_\star$: how large is $M_2$ for $\alpha=0.9$, $s_\star=1$?
:*/

SHARP(sharp, { .parameters = "kind=random,d=3,alpha=0.9", .note = "three dimensions", .ratio = 1 })
CONTROL(control, { .parameters = "kind=random,d=3,alpha=0.9", .note = "one percent off", .factor = 1.01 })
SHARP(sharp_memory,
	{ .parameters = "kind=still,d=1,alpha=0.9", .note = "Q = s*, one direction", .ratio = 1 },
	{ .parameters = "kind=random,d=3,alpha=0.9", .note = "three dimensions" })
CONTROL(control_memory, { .parameters = "kind=still,d=1,alpha=0.9", .note = "0.9 of the bound", .factor = 0.9 })

/*: {.plumbing} :*/
enum { STILL, RANDOM };
enum { KIND, SIZE, ALPHA };
enum { MOST = 3, OBSERVATIONS = 12 };

/* out <- V phi(values) V', rows of V being the eigenvectors; phi(s) = (a s + b)/(c s + e) */
static int function_of(const rate_host *host, size_t n, const double *a, const double coefficient[4], double *out)
{
	double values[MOST], vectors[MOST * MOST];

	if (host->eigen(host, n, a, values, vectors))
		return RATE_FAIL;
	memset(out, 0, n * n * sizeof *out);
	for (size_t k = 0; k < n; k++) {
		double l = values[k];
		double phi = (coefficient[0] * l + coefficient[1]) / (coefficient[2] * l + coefficient[3]);

		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				out[i * n + j] += phi * vectors[k * n + i] * vectors[k * n + j];
	}
	return RATE_OK;
}

static void apply(size_t n, const double *a, const double *x, double *out)
{
	for (size_t i = 0; i < n; i++) {
		out[i] = 0;
		for (size_t j = 0; j < n; j++)
			out[i] += a[i * n + j] * x[j];
	}
}

struct filter {
	size_t n;
	double direction[MOST]; /* -Sigma^-1 m */
	double recursion[MOST]; /* M d - Q^-1 f */
	double memory, size;
};

/* With beta = 1 - alpha^2, so that s_star = 1: units change nothing else. */
static int run_filter(const rate_point *p, struct filter *out)
{
	size_t n = (size_t)p->c->param[SIZE], still = p->c->param[KIND] == STILL;
	double alpha = p->c->param[ALPHA], beta = (1 - alpha) * (1 + alpha), z[MOST * MOST + MOST + 1], Q[MOST * MOST];
	double inverse[MOST * MOST];
	double Sigma[MOST * MOST], precision[MOST * MOST], m[MOST], f[MOST], d[MOST] = { 0 }, Qf[MOST], work[MOST];
	double Pi[MOST * MOST], M[MOST * MOST];
	static const double inverted[4] = { 0, 1, 1, 0 };

	*out = (struct filter){ .n = n };
	for (uint64_t t = 0; t < OBSERVATIONS; t++) {
		double values[MOST], length = 0;

		p->host->normals(p->host, p->number, t, MOST * MOST + MOST + 1, z);
		for (size_t i = 0; i < n; i++) {
			f[i] = still ? 1 : z[MOST * MOST + i];
			for (size_t j = 0; j < n; j++) {
				Q[i * n + j] = i == j;
				for (size_t k = 0; k < n && !still; k++)
					Q[i * n + j] += (k ? 0 : 0.1 * (i == j) - (i == j)) + z[i * n + k] * z[j * n + k];
				if (!still)
					Q[i * n + j] *= exp(2 * z[MOST * MOST + MOST]);
			}
		}
		if (function_of(p->host, n, Q, inverted, inverse) || p->host->eigen(p->host, n, Q, values, NULL))
			return RATE_FAIL;
		for (size_t i = 0; i < n && values[n - 1] > 1 + 1e-12; i++)
			inverse[i * n + i] += 1; /* the guard */
		apply(n, inverse, f, Qf);
		if (t == 0) {
			memcpy(precision, inverse, sizeof precision);
			memcpy(m, f, sizeof m);
			if (function_of(p->host, n, precision, inverted, Sigma))
				return RATE_FAIL;
			apply(n, Sigma, Qf, m); /* so that -Sigma^-1 m = -Q^-1 f */
		} else {
			if (function_of(p->host, n, Sigma, (double[]){ 0, 1, alpha * alpha, beta }, Pi) ||
			    function_of(p->host, n, Sigma, (double[]){ alpha, 0, alpha * alpha, beta }, M))
				return RATE_FAIL;
			apply(n, Pi, m, work);
			for (size_t i = 0; i < n; i++)
				work[i] = alpha * work[i] + Qf[i];
			apply(n, M, d, out->recursion);
			for (size_t e = 0; e < n * n; e++)
				precision[e] = Pi[e] + inverse[e] - (e % (n + 1) == 0);
			if (function_of(p->host, n, precision, inverted, Sigma))
				return RATE_FAIL;
			apply(n, Sigma, work, m);
		}
		for (size_t i = 0; i < n; i++)
			out->recursion[i] -= Qf[i];
		if (p->host->solve(p->host, n, Sigma, m, out->direction))
			return RATE_FAIL;
		for (size_t i = 0; i < n; i++) {
			out->direction[i] = d[i] = -out->direction[i];
			length += Qf[i] * Qf[i];
		}
		out->memory = alpha * out->memory + sqrt(length);
		out->size = fmax(out->size, sqrt(length) * (1 + 1 / values[0]) * (1 + values[n - 1]));
	}
	return RATE_OK;
}

static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	struct filter f;

	if (run_filter(p, &f))
		return RATE_FAIL;
	*left = along(f.n, f.direction);
	*right = along(f.n, f.recursion);
	*s = 100 * f.size;
	return RATE_OK;
}

static int evaluate_memory(const rate_point *p, double *left, double *right, double *s)
{
	struct filter f;
	double square = 0;

	if (run_filter(p, &f))
		return RATE_FAIL;
	for (size_t i = 0; i < f.n; i++)
		square += f.direction[i] * f.direction[i];
	*left = sqrt(square);
	*right = f.memory;
	*s = 100 * f.size;
	return RATE_OK;
}

static const rate_param params[] = {
	[KIND] = { "kind", RATE_CHOICE, "random", 0, 0, "still|random", "Q = s*, f = (1, ..., 1) always, or random" },
	[SIZE] = { "d", RATE_INTEGER, "2", 1, MOST, NULL, "dimension" },
	[ALPHA] = { "alpha", RATE_REAL, "0.9", 0.01, 0.999, NULL, "how much of the state is kept" },
};

#define PAPER                                                                                                   \
	"after Burkhart, Discriminative Bayesian filtering lends momentum to the stochastic Newton method for "     \
	"minimizing log-convex functions, 2021; proved in this file"

CLAIM(filter_newton_momentum,
	.id = "filter-newton-momentum", .chapter = "matrix-preconditioning",
	.title = "Filtering lends momentum to Newton's method",
	.statement = "d_t = −Σ_t⁻¹m_t of the filter: d_t = M_t d_{t−1} − Q_t⁻¹f_t, M_t = α(α²Σ_{t−1} + βI)⁻¹Σ_{t−1}",
	.quantity = "d_12, along a fixed direction", .formula = "M_t d_{t−1} − Q_t⁻¹f_t",
	.source = PAPER, .kind = RATE_IDENTITY,
	.params = RATE_ROWS(params), .evaluate = evaluate, SHARP_AND_CONTROL)

CLAIM(filter_newton_memory,
	.id = "filter-newton-memory", .chapter = "matrix-preconditioning", .title = "What the filter remembers",
	.statement = "Q_t ≼ s* I by the guard, s* = β/(1 − α²): ‖d_t‖ ≤ Σ_{k≤t} α^{t−k} ‖Q_k⁻¹f_k‖",
	.quantity = "‖d_12‖", .formula = "Σ_k α^{t−k} ‖Q_k⁻¹f_k‖", .source = PAPER, .kind = RATE_DETERMINISTIC,
	.params = RATE_ROWS(params), .evaluate = evaluate_memory, .sharp = sharp_memory, .control = control_memory)
