/* Methods and theorems with worst cases that are known from the literature; tests/worst.t holds `ratecheck exact` to
 * them. The bounds are only there to say what the start is measured by, and are mostly far too large.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

#include <math.h>
#include <stddef.h>

/* ---- Methods that the library does not have ---- */

static int copy_x(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	rate_copy(run, run->state[0], run->state[2]);
	rate_copy(run, run->state[0], run->state[3]);
	return RATE_OK;
}

/* Triple momentum (Van Scoy, Freeman and Lynch 2018): x is the output. */
static int triple_step(rate_run *run)
{
	enum { ALPHA, BETA, GAMMA, DELTA };
	double *x = run->state[0], *xi = run->state[1], *old = run->state[2], *y = run->state[3], *g = run->scratch[0];
	const double *s = run->schedule;

	if (rate_gradient(run, y, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = (1 + s[BETA]) * xi[i] - s[BETA] * old[i] - s[ALPHA] * g[i];
		y[i] = (1 + s[GAMMA]) * next - s[GAMMA] * xi[i];
		x[i] = (1 + s[DELTA]) * next - s[DELTA] * xi[i];
		old[i] = xi[i];
		xi[i] = next;
	}
	return RATE_OK;
}

/* Fast proximal point (Gueler 1992): v is the second sequence. */
static int fast_prox_step(rate_run *run)
{
	enum { GAMMA, ALPHA };
	double *x = run->state[0], *v = run->state[1], *y = run->scratch[0], alpha = run->schedule[ALPHA];
	const rate_sample *s = rate_draw(run, 0, 1);

	for (size_t i = 0; i < run->nrep * run->ld; i++)
		y[i] = (1 - alpha) * x[i] + alpha * v[i];
	if (!s || run->call->sample_prox(run, s, run->schedule[GAMMA], y, x))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		v[i] += (x[i] - y[i]) / alpha;
	return RATE_OK;
}

/* Halpern's iteration for T = 1 - A: x <- lambda x_0 + (1 - lambda) (x - A x). */
static int halpern_step(rate_run *run)
{
	double *x = run->state[0], *x0 = run->state[1], *g = run->scratch[0], lambda = run->schedule[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		x[i] = lambda * x0[i] + (1 - lambda) * (x[i] - g[i]);
	return RATE_OK;
}

/* Accelerated proximal point (Kim 2021; Park and Ryu 2022): x <- resolvent of y, y <- x + a (x - x_old) - b (y - x)
 * + c (y_old - x_old); the states are x, y, x - y of the last step, y_old. */
static int kim_step(rate_run *run)
{
	enum { GAMMA, A, B, C };
	double *x = run->state[0], *y = run->state[1], *apart = run->state[2], *p = run->scratch[0];
	double *before = run->state[3];
	const double *k = run->schedule;
	const rate_sample *s = rate_draw(run, 0, 1);

	if (!s || run->call->sample_prox(run, s, run->schedule[0], y, p))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = p[i] + k[A] * (p[i] - x[i]) - k[B] * (y[i] - p[i]) + k[C] * (before[i] - x[i]);
		apart[i] = p[i] - y[i];
		before[i] = y[i];
		x[i] = p[i];
		y[i] = next;
	}
	return RATE_OK;
}

/* Proximal point that asks twice and takes the second answer. */
static int twice_step(rate_run *run)
{
	const rate_sample *s = run->call->component(run, 0);

	if (!s || run->call->sample_prox(run, s, run->schedule[0], run->state[0], run->scratch[0]) ||
	    run->call->sample_prox(run, s, run->schedule[0], run->state[0], run->scratch[0]))
		return RATE_FAIL;
	rate_copy(run, run->scratch[0], run->state[0]);
	return RATE_OK;
}

static const rate_state four[] = { { "x", 0, "output" }, { "a", 0, "second" }, { "b", 0, "third" },
                                   { "c", 0, "fourth" } };
static const char *const triple_schedules[] = { "alpha", "beta", "gamma", "delta" };
static const char *const fast_schedules[] = { "gamma", "alpha" };
static const rate_method triple = { .size = sizeof triple, .abi = RATE_ABI, .id = "triple-momentum",
	.title = "triple momentum", .summary = "three momentum terms", .source = "Van Scoy, Freeman and Lynch 2018",
	.flags = RATE_SPAN, .state = RATE_ROWS(four), .schedules = RATE_LIST(triple_schedules), .scratch = 1,
	.start = copy_x, .step = triple_step };
static const rate_method fast_prox = { .size = sizeof fast_prox, .abi = RATE_ABI, .id = "fast-proximal-point",
	.title = "fast proximal point", .summary = "accelerated proximal point", .source = "Gueler 1992",
	.flags = RATE_NEEDS_SAMPLE_PROX, .state = RATE_ROWS(four),
	.schedules = RATE_LIST(fast_schedules), .scratch = 1, .start = copy_x, .step = fast_prox_step };

static const char *const twice_schedules[] = { "gamma" };
static const rate_method twice = { .size = sizeof twice, .abi = RATE_ABI, .id = "proximal-point-twice",
	.title = "proximal point", .summary = "each prox is asked for twice", .source = "none",
	.flags = RATE_NEEDS_SAMPLE_PROX, .state = RATE_ROWS(four),
	.schedules = RATE_LIST(twice_schedules), .scratch = 1, .step = twice_step };
static const char *const halpern_schedules[] = { "lambda" };
static const rate_method halpern = { .size = sizeof halpern, .abi = RATE_ABI, .id = "halpern",
	.title = "Halpern's iteration", .summary = "x <- lambda x_0 + (1 - lambda) T x",
	.source = "Halpern 1967; Lieder 2021", .state = RATE_ROWS(four),
	.schedules = RATE_LIST(halpern_schedules), .scratch = 1, .start = copy_x, .step = halpern_step };
static const char *const kim_schedules[] = { "gamma", "a", "b", "c" };
static const rate_method kim = { .size = sizeof kim, .abi = RATE_ABI, .id = "kim-proximal-point",
	.title = "accelerated proximal point", .summary = "resolvents with momentum and correction",
	.source = "Kim 2021", .flags = RATE_NEEDS_SAMPLE_PROX, .state = RATE_ROWS(four),
	.schedules = RATE_LIST(kim_schedules), .scratch = 1, .start = copy_x, .step = kim_step };

/* ---- Steps ---- */

static void constant_step(const rate_case *c, double gamma, double *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[t] = gamma;
}

static void halpern_steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 / (double)(t + 2);
}

/* Krasnoselskii-Mann: x <- x - w A x */
static void mann_steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 0.75;
}

static void growing_mann_steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 1 - 1 / (double)(t + 2);
}

static void kim_steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = 2;
		out[1][t] = out[3][t] = (double)t / (double)(t + 2);
	}
}

/* Park and Ryu, for mu-strongly monotone operators: phi_t = sum of (1 + 2 mu)^{2i}, i = 0..t. */
static void strong_resolvent_steps(const rate_case *c, double *const *out)
{
	double base = 1 + 2 * c->mu, before = 0, phi = 1;

	for (uint64_t t = 0; t < c->T; t++) {
		double next = 1 + base * base * phi;
		out[0][t] = 1;
		out[1][t] = (phi - 1) / next;
		out[2][t] = 2 * c->mu * phi / next;
		out[3][t] = base * before / next;
		before = phi;
		phi = next;
	}
}

/* Douglas-Rachford: gamma, theta, beta. */
static void splitting_steps(const rate_case *c, double *const *out)
{
	constant_step(c, 1, out[0]);
	constant_step(c, 1, out[1]);
}

static void long_splitting_steps(const rate_case *c, double *const *out)
{
	constant_step(c, 3, out[0]);
	constant_step(c, 1, out[1]);
}

static void fast_splitting_steps(const rate_case *c, double *const *out)
{
	constant_step(c, 0.9, out[0]);
	constant_step(c, (1 - 0.9 * c->L) / (1 + 0.9 * c->L), out[1]);
	for (uint64_t t = 2; t < c->T; t++)
		out[2][t] = ((double)t - 1) / ((double)t + 2);
}

static void two(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = 2;
}

static void simple_momentum(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = 1 / c->L;
		out[1][t] = (double)t / (double)(t + 3);
	}
}

static void constant_momentum(const rate_case *c, double *const *out)
{
	double q = sqrt(c->mu / c->L);

	constant_step(c, 1 / c->L, out[0]);
	constant_step(c, (1 - q) / (1 + q), out[1]);
}

static void heavy_ball_steps(const rate_case *c, double *const *out)
{
	constant_step(c, 0.5 / c->L, out[0]);
	constant_step(c, sqrt((1 - 0.5 * c->mu / c->L) * 0.5), out[1]);
}

/* OGM-G (Kim and Fessler 2021): theta from the end to the start. */
static double theta_left(uint64_t left, uint64_t T)
{
	double theta = 1;

	for (uint64_t k = 0; k < left; k++)
		theta = (1 + sqrt((k + 1 == T ? 8 : 4) * theta * theta + 1)) / 2;
	return theta;
}

static void gradient_ogm_steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		double a = theta_left(c->T - t, c->T), b = theta_left(c->T - t - 1, c->T);
		out[0][t] = 1 / c->L;
		out[1][t] = (a - 1) * (2 * b - 1) / (a * (2 * a - 1));
		out[2][t] = (2 * b - 1) / (2 * a - 1);
	}
}

/* ITEM (Taylor and Drori 2021) as agd: tau, a, theta. */
static void item_steps(const rate_case *c, double *const *out)
{
	double q = c->mu / c->L, A = 0;

	for (uint64_t t = 0; t < c->T; t++) {
		double next = ((1 + q) * A + 2 * (1 + sqrt((1 + A) * (1 + q * A)))) / ((1 - q) * (1 - q));
		double delta = 0.5 * ((1 - q) * (1 - q) * next - (1 + q) * A) / (1 + q + q * A);
		out[0][t] = 1 / c->L;
		out[1][t] = 1 - A / ((1 - q) * next);
		out[2][t] = delta / c->L;
		out[3][t] = q * delta;
		A = next;
	}
}

static void triple_steps(const rate_case *c, double *const *out)
{
	double rho = 1 - sqrt(c->mu / c->L);

	constant_step(c, (1 + rho) / c->L, out[0]);
	constant_step(c, rho * rho / (2 - rho), out[1]);
	constant_step(c, rho * rho / ((1 + rho) * (2 - rho)), out[2]);
	constant_step(c, rho * rho / (1 - rho * rho), out[3]);
}

static void fast_prox_steps(const rate_case *c, double *const *out)
{
	double A = 1;

	for (uint64_t t = 0; t < c->T; t++) {
		out[0][t] = 1;
		out[1][t] = (sqrt(A * A + 4 * A) - A) / 2;
		A *= 1 - out[1][t];
	}
}

/* Silver steps (Altschuler and Parrilo 2023): convex, 1 + (1 + sqrt 2)^(v - 1) with v the power of 2 in t + 1. */
static void silver_steps(const rate_case *c, double *const *out)
{
	for (uint64_t t = 0; t < c->T; t++) {
		int v = 0;
		while (!(((t + 1) >> v) & 1))
			v++;
		out[0][t] = (1 + pow(1 + sqrt(2), v - 1)) / c->L;
	}
}

/* Strongly convex: for each power of 2 in T, from the smallest, the schedule of that length. */
static void silver_strong_steps(const rate_case *c, double *const *out)
{
	double kappa = c->L / c->mu;
	uint64_t at = 0;

	for (int bit = 0; c->T >> bit; bit++) {
		double z = 1 / kappa;
		uint64_t from = at;
		if (!((c->T >> bit) & 1))
			continue;
		out[0][at++] = (1 + kappa * z) / (1 + z) / c->L;
		for (int k = 0; k < bit; k++) {
			double eta = 1 - z, up = eta + sqrt(1 + eta * eta), y = z / up;
			uint64_t length = at - from - 1;
			z *= up;
			out[0][at - 1] = (1 + kappa * y) / (1 + y) / c->L;
			for (uint64_t i = 0; i < length; i++)
				out[0][at++] = out[0][from + i];
			out[0][at++] = (1 + kappa * z) / (1 + z) / c->L;
		}
	}
}

static void best_steps(const rate_case *c, double *const *out)
{
	constant_step(c, 1 / (c->G * sqrt((double)c->T + 1)), out[0]);
}

static void ones(const rate_case *c, double *const *out)
{
	constant_step(c, 1, out[0]);
}

static void tenth(const rate_case *c, double *const *out)
{
	constant_step(c, 0.1, out[0]);
}

static void half(const rate_case *c, double *const *out)
{
	constant_step(c, 0.5 / c->L, out[0]);
}

static void halves(const rate_case *c, double *const *out)
{
	half(c, out);
	constant_step(c, 0.5 / c->L, out[1]);
}

static void one_over_L(const rate_case *c, double *const *out)
{
	constant_step(c, 1 / c->L, out[0]);
}

/* ---- What is measured ---- */

static int gradient2(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_grad2_of(v, v->state[0], q, s);
}

static int second2(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_dist2_of(v, v->state[1], q, s);
}

enum { BEST, FIRST, KEPT };

/* Least gap so far; the accumulator of point 0 starts at 0, which no gap is compared with. */
static int see_gap(rate_view *v)
{
	double q, s;

	if (rate_gap_of(v, v->state[0], &q, &s))
		return RATE_FAIL;
	v->acc[BEST] = v->t ? fmin(v->acc[BEST], q) : q;
	return RATE_OK;
}

static int best_gap(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	if (rate_gap_of(v, v->state[0], q, s))
		return RATE_FAIL;
	*q = fmin(*q, v->acc[BEST]);
	return RATE_OK;
}

/* Least squared gradient so far, and the gap of x_0. */
static int see_gradient(rate_view *v)
{
	double q, s;

	if (rate_grad2_of(v, v->state[0], &q, &s))
		return RATE_FAIL;
	v->acc[BEST] = v->t ? fmin(v->acc[BEST], q) : q;
	return v->t ? RATE_OK : rate_gap_of(v, v->state[0], &v->acc[FIRST], &s);
}

static int best_gradient(rate_view *v, double *q, double *s, double *b)
{
	double gap;

	if (rate_grad2_of(v, v->state[0], q, s) || rate_gap_of(v, v->state[0], &gap, s))
		return RATE_FAIL;
	*q = fmin(*q, v->acc[BEST]);
	*b = v->acc[FIRST] - gap;
	return RATE_OK;
}

/* |A x/2|^2 */
static int residual4(rate_view *v, double *q, double *s, double *b)
{
	int rc = gradient2(v, q, s, b);

	*q /= 4;
	return rc;
}

/* The last step of the resolvent. */
static int last_step(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	*s = 0;
	v->run->call->dot(v->run, v->state[2], v->state[2], q);
	return RATE_OK;
}

/* Douglas-Rachford: |w - w*|^2 with w* = x* + gamma grad f(x*). The bound: of w_0, kept, or |x_1 - x*|^2, the first
 * prox. */
static int to_w_star(rate_view *v, double *d2)
{
	const double *w = v->state[2], *x_star = v->c->x_star;
	static double apart[1 << 12], g[1 << 12];

	if (v->run->ld > sizeof g / sizeof *g)
		return v->run->call->fail(v->run, "too many leaves for this test");
	for (size_t i = 0; i < v->run->ld; i++)
		apart[i] = x_star[i];
	if (rate_gradient(v->run, apart, g))
		return RATE_FAIL;
	for (size_t i = 0; i < v->run->ld; i++)
		apart[i] = w[i] - x_star[i] - v->c->schedule[0][0] * g[i];
	v->run->call->dot(v->run, apart, apart, d2);
	return RATE_OK;
}

static int see_w(rate_view *v)
{
	return v->t ? RATE_OK : to_w_star(v, &v->acc[FIRST]);
}

static int see_x(rate_view *v)
{
	double s;

	return v->t == 1 ? rate_dist2_of(v, v->state[3], &v->acc[FIRST], &s) : RATE_OK;
}

static int splitting_gap(rate_view *v, double *q, double *s, double *b)
{
	if (v->t == 1 && v->acc[FIRST] == 0 && see_x(v))
		return RATE_FAIL;
	*b = v->acc[FIRST];
	return rate_gap_of(v, v->state[0], q, s);
}

static int splitting_distance(rate_view *v, double *q, double *s, double *b)
{
	*s = 0;
	*b = v->acc[FIRST];
	return to_w_star(v, q);
}

/* ---- Theorems ---- */

static double by_distance(const rate_case *c, double t) { (void)t; return c->D2; }
static double by_gap(const rate_case *c, double t) { (void)t; return c->d0; }
static double by_both(const rate_case *c, double t) { (void)t; return c->d0 + c->mu / 2 * c->D2; }
static double by_half(const rate_case *c, double t) { (void)t; return c->d0 + c->D2 / 2; }

static const char *const smooth[] = { "convex", "L", "x_star", "f_star", "no composite" };
static const char *const with_h[] = { "convex", "L", "x_star", "F_star" };
static const char *const strong[] = { "mu", "L", "x_star", "f_star", "no composite" };
static const char *const strong_with_h[] = { "mu", "L", "x_star", "F_star" };
static const char *const convex[] = { "convex", "x_star", "f_star" };
static const char *const lipschitz[] = { "convex", "G", "x_star", "f_star" };
static const char *const maximal[] = { "monotone" };
static const char *const firm[] = { "monotone", "cocoercive" };
static const char *const field[] = { "monotone", "L" };
static const char *const strong_field[] = { "monotone", "mu", "L" };
static const char *const strong_maximal[] = { "monotone", "mu" };
static const char *const rough[] = { "L", "f_star" };

#define THEOREM(name, id_, method_, needs_, schedules_, steps_, bound_, measure_, ...) \
	static const rate_theorem name = { .size = sizeof name, .abi = RATE_ABI, .id = id_, .chapter = "worst", \
		.title = id_, .statement = id_, .quantity = "q", .formula = "B", .source = "none", \
		.kind = RATE_DETERMINISTIC, .flags = RATE_LAST, .method = method_, \
		.needs = RATE_LIST(needs_), .schedules = schedules_, .steps = steps_, .bound = bound_, \
		.measure = measure_, __VA_ARGS__ };
THEOREM(t_fgm, "w-fgm", "fista", smooth, 2, simple_momentum, by_distance, rate_measure_gap, .accumulators = 0)
THEOREM(t_fpgm, "w-fpgm", "fista", with_h, 2, simple_momentum, by_distance, rate_measure_gap, .accumulators = 0)
THEOREM(t_agsc, "w-agd-sc", "fista", strong, 2, constant_momentum, by_both, rate_measure_gap, .accumulators = 0)
THEOREM(t_hb, "w-heavy-ball", "heavy-ball", strong, 2, heavy_ball_steps, by_gap, rate_measure_gap, .accumulators = 0)
THEOREM(t_ogmg, "w-ogm-g", "ogm", smooth, 3, gradient_ogm_steps, by_gap, gradient2, .accumulators = 0)
THEOREM(t_item, "w-item", "agd", strong, 4, item_steps, by_distance, second2, .accumulators = 0)
THEOREM(t_tmm, "w-triple", "triple-momentum", strong, 4, triple_steps, by_distance, rate_measure_gap, .accumulators = 0)
THEOREM(t_fpp, "w-fast-prox", "fast-proximal-point", convex, 2, fast_prox_steps, by_half, rate_measure_gap,
        .accumulators = 0)
THEOREM(t_ppa, "w-prox", "stochastic-proximal-point", convex, 1, tenth, by_distance, rate_measure_gap,
        .accumulators = 0)
THEOREM(t_twice, "w-prox-twice", "proximal-point-twice", convex, 1, ones, by_distance, rate_measure_gap,
        .accumulators = 0)
THEOREM(t_silver, "w-silver", "gd", smooth, 1, silver_steps, by_distance, rate_measure_gap, .accumulators = 0)
THEOREM(t_silver_sc, "w-silver-sc", "gd", strong, 1, silver_strong_steps, by_distance, rate_measure_dist2,
        .accumulators = 0)
THEOREM(t_best, "w-subgradient", "subgradient", lipschitz, 1, best_steps, by_distance, best_gap, .accumulators = KEPT,
        .observe = see_gap)
THEOREM(t_halpern, "w-halpern", "halpern", firm, 1, halpern_steps, by_distance, gradient2, .accumulators = 0)
THEOREM(t_mann, "w-mann", "gd", firm, 1, mann_steps, by_distance, residual4, .accumulators = 0)
THEOREM(t_growing, "w-mann-growing", "gd", firm, 1, growing_mann_steps, by_distance, residual4, .accumulators = 0)
THEOREM(t_kim, "w-kim", "kim-proximal-point", maximal, 4, kim_steps, by_distance, last_step, .accumulators = 0)
THEOREM(t_resolvent, "w-resolvent", "kim-proximal-point", maximal, 4, two, by_distance, last_step, .accumulators = 0)
THEOREM(t_eg, "w-extragradient", "extragradient", field, 2, halves, by_distance, rate_measure_dist2, .accumulators = 0)
THEOREM(t_eg_residual, "w-extragradient-residual", "extragradient", field, 2, halves, by_distance, gradient2,
        .accumulators = 0)
THEOREM(t_eg_strong, "w-extragradient-strong", "extragradient", strong_field, 2, halves, by_distance,
        rate_measure_dist2, .accumulators = 0)
THEOREM(t_eg_firm, "w-extragradient-firm", "extragradient", firm, 2, halves, by_distance, gradient2, .accumulators = 0)
THEOREM(t_og, "w-optimistic", "optimistic", field, 1, half, by_distance, gradient2, .accumulators = 0)
THEOREM(t_contraction, "w-resolvent-strong", "kim-proximal-point", strong_maximal, 4, two, by_distance,
        rate_measure_dist2, .accumulators = 0)
THEOREM(t_park, "w-resolvent-fast", "kim-proximal-point", strong_maximal, 4, strong_resolvent_steps, by_distance,
        last_step, .accumulators = 0)
#define SPLITTING(name, id_, needs_, steps_, observe_, measure_) \
	static const rate_theorem name = { .size = sizeof name, .abi = RATE_ABI, .id = id_, \
		.chapter = "worst", .title = id_, .statement = id_, .quantity = "q", .formula = "B", .source = "none", \
		.kind = RATE_DETERMINISTIC, .flags = RATE_LAST | RATE_PATH_BOUND, .method = "douglas-rachford", \
		.needs = RATE_LIST(needs_), .schedules = 3, .accumulators = KEPT, .steps = steps_, \
		.observe = observe_, .measure = measure_ };
SPLITTING(t_dr, "w-splitting", with_h, splitting_steps, see_x, splitting_gap)
SPLITTING(t_dr_strong, "w-splitting-strong", strong_with_h, long_splitting_steps, see_w, splitting_distance)
SPLITTING(t_dr_fast, "w-splitting-fast", strong_with_h, fast_splitting_steps, see_w, splitting_gap)
static const rate_theorem t_rough = { .size = sizeof t_rough, .abi = RATE_ABI, .id = "w-nonconvex", .chapter = "worst",
	.title = "w", .statement = "w", .quantity = "q", .formula = "B", .source = "none", .kind = RATE_DETERMINISTIC,
	.flags = RATE_LAST | RATE_PATH_BOUND, .method = "gd",
	.needs = RATE_LIST(rough), .schedules = 1, .accumulators = KEPT, .steps = one_over_L, .observe = see_gradient,
	.measure = best_gradient };

static const rate_method *const methods[] = { &triple, &fast_prox, &halpern, &kim, &twice };
static const rate_theorem *const theorems[] = { &t_fgm, &t_fpgm, &t_agsc, &t_hb, &t_ogmg, &t_item, &t_tmm, &t_fpp,
	&t_ppa, &t_silver, &t_silver_sc, &t_best, &t_rough, &t_halpern, &t_mann, &t_growing, &t_kim, &t_resolvent,
	&t_eg, &t_eg_residual, &t_eg_strong, &t_eg_firm, &t_og, &t_contraction, &t_park, &t_dr, &t_dr_strong,
	&t_dr_fast, &t_twice };
RATE_PLUGIN("worst", "1.0", "GPL-3.0-or-later", .methods = RATE_LIST(methods), .theorems = RATE_LIST(theorems))
