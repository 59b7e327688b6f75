/* True theorems on sgd of which the quantity depends on t, or of which the bound is attained.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "ratecheck/ratecheck.h"

enum { GAMMA, P };

/* w_t E|x_t - x*|^2 <= w_t ((1 - gamma mu)^t D^2 + 2 gamma sigma^2/mu): sgd-strongly-convex times a weight. */
static double plain(const rate_case *c, double t)
{
	double g = c->param[GAMMA];

	return pow(1 - g * c->mu, t) * c->D2 + 2 * g * c->sigma_star2 / c->mu;
}
static double per_round(double t) { return t > 0 ? 1 / t : 1; }
static double after_fifty(double t) { return t > 50 ? 3 : 1; }
static double bound_round(const rate_case *c, double t) { return per_round(t) * plain(c, t); }
static double bound_fifty(const rate_case *c, double t) { return after_fifty(t) * plain(c, t); }

static int weighted(rate_view *v, double w, double *q, double *s)
{
	if (rate_dist2_of(v, v->state[0], q, s))
		return RATE_FAIL;
	for (size_t i = 0; i < v->run->nrep; i++) {
		q[i] *= w;
		s[i] *= w;
	}
	return RATE_OK;
}
static int measure_round(rate_view *v, double *q, double *s, double *b) { (void)b; return weighted(v, per_round((double)v->t), q, s); }
static int measure_fifty(rate_view *v, double *q, double *s, double *b) { (void)b; return weighted(v, after_fifty((double)v->t), q, s); }
static void half(const rate_case *c, double fraction, double *p) { p[GAMMA] = fraction / (2 * c->L_max); }

/* The potential t^P (f(x_t) - f*) + L/2 |x_t - x*|^2 <= 100 L D^2. */
static double bound_potential(const rate_case *c, double t) { (void)t; return 100 * c->L * c->D2; }
static int measure_potential(rate_view *v, double *q, double *s, double *b)
{
	double d[4096], e[4096], w = pow((double)v->t, v->c->param[P]);

	(void)b;
	if (rate_gap_of(v, v->state[0], q, s) || rate_dist2_of(v, v->state[0], d, e))
		return RATE_FAIL;
	for (size_t i = 0; i < v->run->nrep; i++) {
		q[i] = w * q[i] + v->c->L / 2 * d[i];
		s[i] = w * s[i] + v->c->L / 2 * e[i];
	}
	return RATE_OK;
}
static void half_step(const rate_case *c, double fraction, double *p) { (void)fraction; p[GAMMA] = 0.5 / c->L; }

/* Equal parabolas about one centre: E|x_t - x*|^2 = (1 - gamma L)^(2t) D^2. */
static double bound_contract(const rate_case *c, double t) { return c->D2 * pow(1 - c->param[GAMMA] * c->L, 2 * t); }
static void nearly(const rate_case *c, double fraction, double *p) { p[GAMMA] = fraction * 0.999 / c->L; }
static const char *one_parabola(const rate_case *c)
{
	return c->mu >= c->L * (1 - 1e-15) && c->sigma_star2 == 0 ? NULL : "kappa = 1 and no noise";
}

/* One step of SGD, R = |x_0 - x*|, v^2 = mean |grad f_i(x*)|^2: E|x_1 - x*|^2 <= (gamma (L-mu)/2 R +
 * sqrt((1 - gamma (L+mu)/2)^2 R^2 + gamma^2 v^2))^2; again and again. */
static double one_step(const rate_case *c, double B)
{
	double g = c->param[GAMMA], L = c->L_max, mu = c->need[4], mean = 1 - g * (L + mu) / 2;
	double a = g * (L - mu) / 2 * sqrt(B), b = mean * mean * B + g * g * c->sigma_star2;

	return (a + sqrt(b)) * (a + sqrt(b));
}
static double bound_steps(const rate_case *c, double t)
{
	double B = c->D2;

	for (int i = 0; i < (int)t; i++)
		B = one_step(c, B);
	return B;
}
static void two_over(const rate_case *c, double fraction, double *p) { p[GAMMA] = fraction * 2 / (c->L_max + c->need[4]); }
static const char *at_most(const rate_case *c)
{
	return c->param[GAMMA] * (c->L_max + c->need[4]) <= 2 * (1 + 1e-9) ? NULL : "gamma <= 2/(L+mu)";
}

static const rate_param params[] = { RATE_STEP_SIZE("") };
static const rate_param power[] = { RATE_STEP_SIZE(""), { "P", RATE_REAL, "1", 0, 4, NULL, "" } };
static const char *const strongly[] = { "convex", "mu", "L_max", "x_star", "sigma_star2" };
static const char *const smooth[] = { "convex", "L", "x_star", "f_star" };
static const char *const equal[] = { "convex", "L", "mu", "x_star", "sigma_star2" };
static const char *const steps[] = { "convex", "L_max", "x_star", "sigma_star2", "mu_min", "no composite" };
#define THEOREM(name, a_method, a_kind, needed, its, ...) static const rate_theorem t_##name = { .size = sizeof(rate_theorem), \
	.abi = RATE_ABI, .id = "my-" #name, .chapter = "mine", .title = #name, .statement = "", .quantity = "q", .formula = "B", \
	.source = "", .kind = a_kind, .method = a_method, .needs = RATE_LIST(needed), .params = RATE_ROWS(its), __VA_ARGS__ };
THEOREM(round, "sgd", RATE_EXPECTATION, strongly, params, .choose = half, .bound = bound_round, .measure = measure_round)
THEOREM(fifty, "sgd", RATE_EXPECTATION, strongly, params, .choose = half, .bound = bound_fifty, .measure = measure_fifty)
THEOREM(potential, "sgd", RATE_EXPECTATION, smooth, power, .choose = half_step, .bound = bound_potential,
        .measure = measure_potential)
THEOREM(contract, "sgd", RATE_EXPECTATION, equal, params, .applies = one_parabola, .choose = nearly, .bound = bound_contract,
        .measure = rate_measure_dist2)
THEOREM(path, "gd", RATE_DETERMINISTIC, equal, params, .applies = one_parabola, .choose = nearly, .bound = bound_contract,
        .measure = rate_measure_dist2)
THEOREM(steps, "sgd", RATE_EXPECTATION, steps, params, .choose = two_over, .admissible = at_most, .bound = bound_steps,
        .measure = rate_measure_dist2)
static const rate_theorem *const theorems[] = { &t_round, &t_fifty, &t_potential, &t_contract, &t_path, &t_steps };
RATE_PLUGIN("law-theorems", "1.0", "MIT", .theorems = RATE_LIST(theorems))
