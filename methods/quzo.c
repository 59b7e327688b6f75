/* QuZO: zeroth order with two roundings of one random direction u onto the grid delta Z^d.
 *
 *     s = (f(x + rho Q_a) - f(x - rho Q_a))/(2 rho);  x <- Q_w(x - gamma_t s Q_b).
 *
 * Q_a and Q_b round every entry of u to one of its two neighbours on the grid, with probabilities that keep its mean,
 * independently of each other: E Q_a Q_b' = E uu' = I, so the step is unbiased although the direction is not exact.
 * `rounds` = 1 uses Q_a for both: then it is not. rho = 0: s = <grad f(x), Q_a>. `law` of u: signs or coordinate.
 * `weights` > 0 keeps x on the grid of that spacing by a third rounding, Q_w, of each step.
 *
 *     ratecheck verify quzo --objective quadratic:d=2,spectrum=one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "directions.h"

enum { LAW, GRID, WEIGHTS, ROUNDS, RHO };
enum { A, B, AT, FEW }; /* scratch */

enum {
	MOST_DIMENSIONS = 3, /* of which all signs and roundings, 8^d, are enumerated */
	ALL_OUTCOMES = 512
};

/* How large an entry of u is before it is rounded; its lower neighbour, and the chance of the upper one. */
struct entry {
	double low, high, up;
};

static struct entry entry_of(rate_run *run)
{
	double size = run->param[LAW] == SIGNS ? 1 : sqrt((double)run->d), grid = run->param[GRID];
	struct entry e = { .low = size, .high = size };

	if (grid > 0) {
		double k = floor(size / grid * (1 + 0x1p-50));
		e.low = k * grid;
		e.high = (k + 1) * grid;
		e.up = fmax(size / grid - k, 0);
	}
	return e;
}

/* The three bits of a coordinate: its sign, whether Q_a and whether Q_b is rounded up. */
static void put(rate_run *run, const struct entry *e, size_t r, size_t j, uint64_t bits)
{
	double sign = bits & 1 ? -1 : 1;

	run->scratch[A][r * run->ld + j] = sign * (bits >> 1 & 1 ? e->high : e->low);
	run->scratch[B][r * run->ld + j] = sign * (bits >> 2 & 1 ? e->high : e->low);
}

static double weight_of(const struct entry *e, uint64_t bits)
{
	return (bits >> 1 & 1 ? e->up : 1 - e->up) * (bits >> 2 & 1 ? e->up : 1 - e->up) / 2;
}

/* A sign and two roundings for each coordinate that counts (all of signs, one of coordinate) as one number. */
static int pair_by_number(rate_run *run, const struct entry *e)
{
	uint64_t *number = (uint64_t *)(void *)run->scratch[FEW], count = 1;
	size_t d = run->d, active = run->param[LAW] == SIGNS ? d : 1, places = d / active;
	double weight[ALL_OUTCOMES];

	for (size_t j = 0; j < active; j++)
		count *= 8;
	for (uint64_t i = 0; i < count * places; i++) {
		weight[i] = 1;
		for (uint64_t j = 0, rest = i; j < active; j++, rest /= 8)
			weight[i] *= weight_of(e, rest % 8);
	}
	if (draw_number(run, count * places, weight, number))
		return RATE_FAIL;
	rate_scale(run, 0, run->scratch[A]);
	rate_scale(run, 0, run->scratch[B]);
	for (size_t r = 0; r < run->nrep; r++)
		for (uint64_t j = 0, rest = number[r]; j < active; j++, rest /= 8)
			put(run, e, r, active > 1 || d == 1 ? j : number[r] / 8, rest % 8);
	return RATE_OK;
}

/* The same of many coordinates: a direction, then two blocks of uniforms. */
static int pair_of_many(rate_run *run, const struct entry *e)
{
	double *u = run->scratch[A], *v = run->scratch[B], *few = run->scratch[FEW];
	size_t d = run->d;

	if (directions(run, (int)run->param[LAW], 0, u, few))
		return RATE_FAIL;
	rate_copy(run, u, v);
	for (uint32_t k = 0; k < 2; k++) {
		double *out = run->scratch[k];
		if (run->call->uniforms(run, 1 + k, d, few))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			for (size_t j = 0; j < d; j++) {
				double at = out[r * run->ld + j];
				if (at != 0)
					out[r * run->ld + j] = copysign(few[r * d + j] < e->up ? e->high : e->low, at);
			}
	}
	return RATE_OK;
}

static int is_enumerated(const rate_run *run)
{
	return run->param[LAW] == SIGNS ? run->d <= MOST_DIMENSIONS : run->d <= ALL_OUTCOMES / 8;
}

/* x onto the grid of weights */
static int round_weights(rate_run *run, double grid)
{
	double *few = run->scratch[FEW], *x = run->state[0];

	if (run->call->uniforms(run, 3, run->d, few))
		return RATE_FAIL;
	for (size_t r = 0; r < run->nrep; r++)
		for (size_t j = 0; j < run->d; j++) {
			double at = x[r * run->ld + j] / grid, low = floor(at);
			x[r * run->ld + j] = grid * (few[r * run->d + j] < at - low ? low + 1 : low);
		}
	return RATE_OK;
}

static int value_along(rate_run *run, double a, double *f)
{
	double *at = run->scratch[AT];

	rate_copy(run, run->state[0], at);
	rate_axpy(run, a, run->scratch[A], at);
	return rate_value_at(run, at, f);
}

static int step(rate_run *run)
{
	double *at = run->scratch[AT], *ahead = run->scratch[FEW], *behind = ahead + run->nrep;
	double rho = run->param[RHO];
	struct entry e = entry_of(run);

	if (is_enumerated(run) ? pair_by_number(run, &e) : pair_of_many(run, &e))
		return RATE_FAIL;
	if (run->param[ROUNDS] < 2)
		rate_copy(run, run->scratch[A], run->scratch[B]);
	if (rho > 0) {
		if (value_along(run, rho, ahead) || value_along(run, -rho, behind))
			return RATE_FAIL;
		for (size_t r = 0; r < run->nrep; r++)
			ahead[r] = -run->gamma * (ahead[r] - behind[r]) / (2 * rho);
	} else {
		if (rate_gradient(run, run->state[0], at))
			return RATE_FAIL;
		rate_dot(run, at, run->scratch[A], ahead);
		for (size_t r = 0; r < run->nrep; r++)
			ahead[r] *= -run->gamma;
	}
	rate_axpy_rows(run, ahead, run->scratch[B], run->state[0]);
	return run->param[WEIGHTS] > 0 ? round_weights(run, run->param[WEIGHTS]) : RATE_OK;
}

static const rate_param params[] = {
	[LAW] = { "law", RATE_CHOICE, "signs", 0, 0, "coordinate|signs", "of the direction" },
	[GRID] = { "grid", RATE_REAL, "0.5", 0, 1e50, NULL, "spacing of directions; 0: not rounded" },
	[WEIGHTS] = { "weights", RATE_REAL, "0", 0, 1e50, NULL, "spacing of the iterates; 0: not rounded" },
	[ROUNDS] = { "rounds", RATE_INTEGER, "2", 1, 2, NULL, "1: one rounding for both uses" },
	[RHO] = { "rho", RATE_REAL, "0.01", 0, 1e50, NULL, "radius; 0: the derivative along Q_a" },
};
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };

static const rate_method quzo = {
	.size = sizeof(rate_method), .abi = RATE_ABI, .id = "quzo", .title = "quantised zeroth order",
	.summary = "x <- x - gamma s Q_b, s the slope along Q_a, both roundings of one random direction",
	.source = "Zhou et al., QuZO: quantized zeroth-order fine-tuning for large language models, 2025",
	.flags = RATE_STOCHASTIC | RATE_OWN_DRAWS, .params = RATE_ROWS(params), .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 4, .step = step,
};
static const rate_method *const methods[] = { &quzo };
RATE_PLUGIN("quzo", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods))
