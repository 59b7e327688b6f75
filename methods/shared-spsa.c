/* Machines that exchange one rounded number a step. Machine j draws signs u_j, and with
 *
 *     p_j = <grad f^j(x), u_j>,   or   (f^j(x + eps u_j) - f^j(x - eps u_j))/(2 eps) for eps > 0,
 *
 * it sends Q(p_j); as all know each other's seeds, every machine makes x <- x - gamma_t/N sum_j Q(p_j) u_j. Q rounds up
 * or down at random to `bits` bits of mantissa, so that its mean is right; bits = -1: it does not round. own=1 lets
 * the first machine use its own number without rounding, which breaks the agreement.
 *
 *     ratecheck verify spsa-shared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agents.h"

enum { BITS_SENT, EPS, OWN };

static double rounded(double p, double bits, double u)
{
	double unit, low;

	if (bits < 0 || p == 0 || !isfinite(p))
		return p;
	unit = ldexp(1, ilogb(p) - (int)bits);
	if (unit == 0) /* below the smallest number */
		return p;
	low = floor(fabs(p) / unit);
	return copysign((low + (u < fabs(p) / unit - low)) * unit, p);
}

/* p[r * N + j] */
static int slopes(rate_run *run, const double *signs, double *p)
{
	size_t N = run->call->agents(run), d = run->d / N;
	double *work = run->scratch[1], eps = run->param[EPS];

	for (size_t k = 0; k < run->nrep * N; k++)
		p[k] = 0;
	if (eps > 0) {
		/* Only the copy of machine j is moved, and F with it. */
		double *f = run->scratch[2];

		for (size_t j = 0; j < N; j++)
			for (int side = -1; side <= 1; side += 2) {
				rate_copy(run, run->state[0], work);
				for (size_t r = 0; r < run->nrep; r++)
					for (size_t k = j * d; k < (j + 1) * d; k++)
						work[r * run->ld + k] += side * eps * signs[r * run->ld + k];
				if (rate_value_at(run, work, f))
					return RATE_FAIL;
				for (size_t r = 0; r < run->nrep; r++)
					p[r * N + j] += side * f[r] / (2 * eps);
			}
		return RATE_OK;
	}
	if (rate_gradient(run, run->state[0], work))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t k = 0; k < run->d; k++)
			p[r * N + k / d] += work[r * run->ld + k] * signs[r * run->ld + k];
	return RATE_OK;
}

static int step(rate_run *run)
{
	double *signs = run->scratch[0], *p = run->scratch[3], *u = run->scratch[4], *x = run->state[0];
	size_t N = run->call->agents(run), d = run->d / N;
	double share = run->gamma / (double)N, bits = run->param[BITS_SENT];

	if (run->call->signs(run, 0, signs) || run->call->uniforms(run, 1, N, u) || slopes(run, signs, p))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t i = 0; i < N; i++)
			for (size_t j = 0; j < N; j++) {
				int known = run->param[OWN] > 0 && i == 0 && j == 0;
				double sent = known ? p[r * N + j] : rounded(p[r * N + j], bits, u[r * N + j]);

				for (size_t k = 0; k < d; k++)
					x[r * run->ld + i * d + k] -= share * sent * signs[r * run->ld + j * d + k];
			}
	return RATE_OK;
}

static const rate_param params[] = {
	[BITS_SENT] = { "bits", RATE_INTEGER, "-1", -1, 52, NULL, "bits of mantissa that are sent; -1: all" },
	[EPS] = { "eps", RATE_REAL, "0", 0, 1e100, NULL, "differences over 2 eps; 0: derivatives" },
	[OWN] = { "own", RATE_INTEGER, "0", 0, 1, NULL, "1: the first machine does not round its own number" },
};
static const rate_state state[] = { { "x", 0, "the copies of all machines" } };
static const char *const schedules[] = { "gamma" };

static const rate_method shared_spsa = {
	.size = sizeof shared_spsa, .abi = RATE_ABI, .id = "shared-spsa", .title = "machines that exchange one number",
	.summary = "x <- x - gamma_t/N sum_j Q(<grad f^j(x), u_j>) u_j, u_j signs that all know",
	.source = "Zelikman, Huang, Liang, Haber and Goodman 2023", .flags = RATE_NEEDS_NETWORK | RATE_OWN_DRAWS,
	.params = RATE_ROWS(params), .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 5,
	.step = step,
};

static const rate_method *const methods[] = { &shared_spsa };
RATE_PLUGIN("shared-spsa", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
