/* Steps of one length in a norm, and Muon.
 *
 *     ntr              m <- (1 - a) m + a g,   x <- (1 - decay) x + gamma lmo(m),
 *                      lmo(m) = argmin <m, d> over |d| <= 1
 *     stochastic-ntr   the same with stochastic gradients
 *     steepest         x <- x + gamma |g|_* lmo(g), |g|_* = -<g, lmo(g)>: norm=l1 moves the coordinate with the largest
 *                      derivative
 *     muon             x <- (1 - decay) x - gamma psi(psi(psi(psi(psi(m/|m|_F))))), the matrix polynomial
 *                      psi(X) = 3.4445 X - 4.7750 (XX')X + 2.0315 (XX')^2 X
 *
 * m starts with the first gradient; a = 1 is no momentum. norm = l2: normalised descent; linf: sign descent; l1: the
 * steepest coordinate; spectral: x is a matrix of `rows` rows, row by row, and lmo(M) = -UV', M = U diag(s) V' the thin
 * singular value decomposition. Muon takes five steps of a polynomial for that. The shorter side is at most 64.
 *
 *     ratecheck verify ntr-smooth --method ntr:norm=spectral,rows=4 --objective quadratic:d=20
 *     ratecheck verify muon-inexact --objective quadratic:d=20
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

#include "norms.h"

enum { NORM, ROWS, AVERAGE, DECAY };
enum { MUON_ROWS, MUON_AVERAGE, MUON_DECAY, MUON_STEPS };
enum { X, M };

/* m <- (1 - a) m + a g, the first time m <- g. */
static void remember(rate_run *run, double a, const double *g)
{
	double *m = run->state[M];

	if (run->t == 0 || a == 1)
		rate_copy(run, g, m);
	else {
		rate_scale(run, 1 - a, m);
		rate_axpy(run, a, g, m);
	}
}

static int move(rate_run *run)
{
	double *x = run->state[X], *direction = run->scratch[0], *work = run->scratch[1];
	int norm = (int)run->param[NORM];
	size_t rows = (size_t)run->param[ROWS];

	if (!norm_fits(norm, run->d, rows))
		return (run->call->fail)(run, "ntr: rows=%zu does not fit d=%zu; the shorter side is at most %d",
		                         rows, run->d, JACOBI_MOST);
	for (size_t r = 0; r < run->nrep; r++)
		norm_step(norm, run->d, rows, run->state[M] + r * run->ld, work + r * run->ld, direction + r * run->ld);
	if (run->param[DECAY] > 0)
		rate_scale(run, 1 - run->param[DECAY], x);
	rate_axpy(run, run->gamma, direction, x);
	return RATE_OK;
}

static int ntr_step(rate_run *run)
{
	if (rate_gradient(run, run->state[X], run->scratch[0]))
		return RATE_FAIL;
	remember(run, run->param[AVERAGE], run->scratch[0]);
	return move(run);
}

static int stochastic_step(rate_run *run)
{
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || rate_sample_gradient(run, s, run->state[X], run->scratch[0]))
		return RATE_FAIL;
	remember(run, run->param[AVERAGE], run->scratch[0]);
	return move(run);
}

static int steepest_step(rate_run *run)
{
	double *x = run->state[X], *g = run->scratch[0], *direction = run->scratch[1], *work = run->scratch[2];
	int norm = (int)run->param[NORM];
	size_t rows = (size_t)run->param[ROWS];

	if (!norm_fits(norm, run->d, rows))
		return (run->call->fail)(run, "steepest: rows=%zu does not fit d=%zu; the shorter side is at most %d",
		                         rows, run->d, JACOBI_MOST);
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++) {
		size_t at = r * run->ld;
		double dual = norm_step(norm, run->d, rows, g + at, work + at, direction + at);

		for (size_t j = at; j < at + run->d; j++)
			x[j] += run->gamma * dual * direction[j];
	}
	return RATE_OK;
}

/* x <- psi(x), p x q row by row, p <= q; strides tell rows from columns. */
static void quintic(size_t p, size_t q, size_t across, size_t along, double *x)
{
	double a[JACOBI_MOST * JACOBI_MOST], b[JACOBI_MOST * JACOBI_MOST], column[JACOBI_MOST];

	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++) {
			a[i * p + j] = 0;
			for (size_t k = 0; k < q; k++)
				a[i * p + j] += x[i * across + k * along] * x[j * across + k * along];
		}
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++) {
			double square = 0;

			for (size_t k = 0; k < p; k++)
				square += a[i * p + k] * a[k * p + j];
			b[i * p + j] = -4.7750 * a[i * p + j] + 2.0315 * square;
		}
	for (size_t k = 0; k < q; k++) {
		for (size_t i = 0; i < p; i++)
			column[i] = x[i * across + k * along];
		for (size_t i = 0; i < p; i++) {
			double sum = 3.4445 * column[i];

			for (size_t j = 0; j < p; j++)
				sum += b[i * p + j] * column[j];
			x[i * across + k * along] = sum;
		}
	}
}

static int muon_step(rate_run *run)
{
	double *x = run->state[X], *direction = run->scratch[0];
	size_t m = (size_t)run->param[MUON_ROWS], n = run->d / m;

	if (!norm_fits(NORM_SPECTRAL, run->d, m))
		return (run->call->fail)(run, "muon: rows=%zu does not fit d=%zu; the shorter side is at most %d", m,
		                         run->d, JACOBI_MOST);
	if (rate_gradient(run, x, direction))
		return RATE_FAIL;
	remember(run, run->param[MUON_AVERAGE], direction);
	rate_copy(run, run->state[M], direction);
	for (size_t r = 0; r < run->nrep; r++) {
		double *row = direction + r * run->ld, norm = 0;

		for (size_t j = 0; j < run->d; j++)
			norm += row[j] * row[j];
		norm = sqrt(norm);
		for (size_t j = 0; j < run->d && norm > 0; j++)
			row[j] /= norm;
		for (int k = 0; k < (int)run->param[MUON_STEPS]; k++)
			quintic(m < n ? m : n, m < n ? n : m, m < n ? n : 1, m < n ? 1 : n, row);
	}
	if (run->param[MUON_DECAY] > 0)
		rate_scale(run, 1 - run->param[MUON_DECAY], x);
	rate_axpy(run, -run->gamma, direction, x);
	return RATE_OK;
}

#define OF_ROWS { "rows", RATE_INTEGER, "1", 1, 1e6, NULL, "rows of the matrix" }
#define OF_AVERAGE { "a", RATE_REAL, "1", 1e-12, 1, NULL, "weight of the new gradient in m" }
#define OF_DECAY { "decay", RATE_REAL, "0", 0, 1, NULL, "weight decay: x is multiplied by 1 - decay" }

static const rate_param params[] = {
	[NORM] = { "norm", RATE_CHOICE, "l2", 0, 0, NORM_NAMES, "the norm of the steps" },
	[ROWS] = OF_ROWS, [AVERAGE] = OF_AVERAGE, [DECAY] = OF_DECAY,
};
static const rate_param steepest_params[] = {
	[NORM] = { "norm", RATE_CHOICE, "l1", 0, 0, NORM_NAMES, "the norm" }, [ROWS] = OF_ROWS,
};
static const rate_param muon_params[] = {
	[MUON_ROWS] = OF_ROWS, [MUON_AVERAGE] = OF_AVERAGE, [MUON_DECAY] = OF_DECAY,
	[MUON_STEPS] = { "steps", RATE_INTEGER, "5", 0, 100, NULL, "how often the polynomial is applied" },
};
static const rate_state state[] = { { "x", 0, "the iterate, row by row" }, { "m", 0, "mean of the gradients" } };
static const char *const schedules[] = { "gamma" };

#define SHARED .size = sizeof(rate_method), .abi = RATE_ABI, .state = RATE_ROWS(state), \
	.schedules = RATE_LIST(schedules)

static const rate_method ntr = { SHARED,
	.id = "ntr", .title = "steps of one length in a norm", .summary = "x <- x + gamma argmin <g, d> over |d| <= 1",
	.source = "Kovalev, Understanding Gradient Orthogonalization for Deep Learning via Non-Euclidean Trust-Region "
	          "Optimization, 2025",
	.params = RATE_ROWS(params), .scratch = 2, .step = ntr_step };
static const rate_method stochastic_ntr = { SHARED,
	.id = "stochastic-ntr", .title = "steps of one length in a norm, stochastic",
	.summary = "x <- x + gamma argmin <m, d> over |d| <= 1, m a mean of stochastic gradients",
	.source = "Kovalev, Understanding Gradient Orthogonalization for Deep Learning via Non-Euclidean Trust-Region "
	          "Optimization, 2025",
	.flags = RATE_STOCHASTIC, .params = RATE_ROWS(params), .scratch = 2, .step = stochastic_step };
static const rate_state steepest_state[] = { { "x", 0, "the iterate, row by row" } };
static const rate_method steepest = {
	.size = sizeof steepest, .abi = RATE_ABI, .id = "steepest", .title = "steepest descent in a norm",
	.summary = "x <- x + gamma |g|_* argmin <g, d> over |d| <= 1; for l1 greedy coordinates", .source = "standard",
	.schedules = RATE_LIST(schedules), .params = RATE_ROWS(steepest_params), .state = RATE_ROWS(steepest_state),
	.scratch = 3, .step = steepest_step };
static const rate_method muon = { SHARED,
	.id = "muon", .title = "Muon",
	.summary = "x <- x - gamma psi^5(M/|M|), five steps of a polynomial that orthogonalises",
	.source = "Jordan et al., Muon: an optimizer for hidden layers in neural networks, 2024",
	.params = RATE_ROWS(muon_params), .scratch = 1, .step = muon_step };

static const rate_method *const methods[] = { &ntr, &stochastic_ntr, &steepest, &muon };
RATE_PLUGIN("muon", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
