/* What a theorem needs of an objective: constants of the list, and conditions that the host knows to tell.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/session/algebra.h"
#include "verify/session/guard.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/session/metric.h"

__attribute__((format(printf, 2, 3))) int rate_reject(rate_check *check, const char *format, ...)
{
	va_list ap;

	check->applicable = 0;
	va_start(ap, format);
	vsnprintf(check->reason, sizeof check->reason, format, ap);
	va_end(ap);
	return RATE_OK;
}

/* ---- Conditions: a number, NaN where they are not met ---- */

static double when(int met)
{
	return met ? 1 : NAN;
}

static double positive(double value)
{
	return value > 0 ? value : NAN;
}

/* Of the one term where there is but one. */
static double of_terms(rate_session *s, double one, const char *name)
{
	return s->run.n == 1 ? one : rate_known(s, name);
}

static double convex(rate_session *s)
{
	double said = rate_known(s, "convex");

	return when(said == 1 || (said != said && s->c.mu > 0));
}

static double monotone(rate_session *s)
{
	return rate_family_has(s->family->constants, "convex") ? convex(s) : when(rate_known(s, "monotone") == 1);
}

/* mean |grad f_i(x_star) - grad f(x_star)|^2: what is left of the noise where the full gradient does not vanish. */
static double variance_at_star(rate_session *s)
{
	size_t d = s->run.d, n = s->run.n;
	double *mean = s->work + s->run.ld, sum = 0;

	if (n == 1 || !n)
		return s->c.noise2;
	if (!s->x_star || rate_g(s, s->x_star, mean))
		return NAN;
	if (rate_model_is_sparse(s)) {
		double *square = malloc(n * sizeof *square);
		if (!square || rate_term_squares(s, s->x_star, square))
			sum = NAN;
		for (size_t i = 0; i < n && sum == sum; i++)
			sum += square[i];
		free(square);
		return sum / (double)n - rate_dot_n(mean, mean, d);
	}
	for (size_t i = 0; i < n; i++) {
		if (rate_g_i(s, i, s->x_star, s->work))
			return NAN;
		for (size_t j = 0; j < d; j++)
			s->work[j] -= mean[j];
		sum += rate_dot_n(s->work, s->work, d);
	}
	return sum / (double)n;
}

/* l with <V(x) - V(x_star), x - x_star> >= |V(x) - V(x_star)|^2/l: L of a convex function, L^2/mu of any field. */
static double cocoercivity(rate_session *s)
{
	if (rate_known(s, "convex") == 1 || (!s->family->flag && s->c.mu > 0))
		return s->c.L;
	return s->c.mu > 0 ? s->c.L * (s->c.L / s->c.mu) : NAN;
}

/* |grad f(x_star)|^2, which need not vanish where there is an h or a set. */
static double slope_at_star(rate_session *s)
{
	if (!s->x_star || rate_g(s, s->x_star, s->work))
		return NAN;
	return rate_dot_n(s->work, s->work, s->run.d);
}

/* mean_i (L/L_i) |grad f_i(x_star)|^2, L the mean of the L_i: the second moment at x_star of what SGD sees that draws
 * term i with a probability proportional to L_i. Infinite where a term that is never drawn matters. */
static double weighted_at_star(rate_session *s)
{
	size_t n = s->run.n;
	double *L_i, *g2, mean = rate_fold(s, "L_i", 0), sum = 0;

	if (!s->x_star || !n || !(L_i = malloc(2 * n * sizeof *L_i)))
		return NAN;
	g2 = L_i + n;
	if (rate_vector_of(s, "L_i", n, L_i) || rate_term_squares(s, s->x_star, g2))
		sum = NAN;
	for (size_t i = 0; i < n && sum == sum; i++)
		sum += L_i[i] > 0 ? mean / L_i[i] * g2[i] : g2[i] == 0 ? 0 : HUGE_VAL;
	free(L_i);
	return sum / (double)n;
}

/* 1 if the gradient vanishes at x_star, which it need not on the edge of the feasible set. */
static double stationary(rate_session *s)
{
	if (!s->x_star || rate_g(s, s->x_star, s->work))
		return NAN;
	return when(rate_norm_n(s->work, s->run.d) <= 1e-12 * s->c.L * sqrt(s->c.D2));
}

static double strong_convexity_of_terms(rate_session *s)
{
	return s->run.n == 1 && s->c.mu > 0 ? s->c.mu : rate_known(s, "mu_min");
}

/* Strong convexity of what the prox is taken of. */
static double mu_g(rate_session *s)
{
	if (s->composite || s->projection)
		return s->composite ? fmax(s->c.mu_h, 0) : 0;
	return fmax(of_terms(s, s->c.mu, "mu_min"), 0);
}

/* E |g - grad f|^2 <= M + M_V |grad f|^2, as declared, or made of a bound on the noise alone or on its growth alone. */
static double affine_noise(rate_session *s, int growth)
{
	double M = rate_known(s, "noise_M"), M_V = rate_known(s, "noise_MV");

	if (M == M && M_V == M_V)
		return growth ? M_V : M;
	if (s->run.n == 1)
		return 0;
	if (s->c.noise2 == s->c.noise2)
		return growth ? 0 : s->c.noise2;
	return s->c.strong_growth >= 1 && growth ? s->c.strong_growth - 1 : s->c.strong_growth >= 1 ? 0 : NAN;
}

/* E |g - grad f|^alpha <= sigma^alpha, as declared, or the variance. */
static double tail(rate_session *s, int order)
{
	double alpha = rate_known(s, "tail.alpha"), sigma = rate_known(s, "tail.sigma");

	if (alpha == alpha && sigma == sigma)
		return order ? alpha : sigma;
	return order ? 2 : s->run.n == 1 ? 0 : sqrt(s->c.noise2);
}

static double subgauss(rate_session *s)
{
	return s->c.noise_max == s->c.noise_max ? s->c.noise_max : rate_known(s, "noise_subgauss");
}

/* Convex terms are weakly convex with 0, smooth ones with L_max; a single one is f. */
static double weak_convexity_of_terms(rate_session *s)
{
	double said = rate_known(s, "rho_terms");

	return said == said ? said : s->run.n == 1 ? s->c.rho_weak : rate_known(s, "convex") == 1 ? 0 : s->c.L_max;
}

/* The least eigenvalue of the Hessian at a minimiser that is known exactly or certified. */
static double curvature_at_star(rate_session *s)
{
	size_t d = s->run.d;
	double said = rate_known(s, "mu_star"), *h, least = NAN;

	if (said == said)
		return said;
	if (!s->hessian || !s->x_star || !s->x_star_certified || d > 64 || !(h = malloc((2 * d + 1) * d * sizeof *h)))
		return NAN;
	if (rate_hessian_at(s, s->x_star, h) == RATE_OK) {
		rate_jacobi(d, h, h + 2 * d * d, h + d * d);
		least = h[2 * d * d] * (1 - 1e-9);
	}
	free(h);
	return positive(least);
}

/* Is the Hessian at x_0 definite, by more than a Newton step asks for? */
static double definite_at_start(rate_session *s)
{
	size_t d = s->run.d;
	double *h, definite = NAN;

	if (!s->hessian || d > 512 || !(h = malloc((2 * d + 1) * d * sizeof *h)))
		return NAN;
	if (rate_hessian_at(s, s->x0, h) == RATE_OK) {
		rate_jacobi(d, h, h + 2 * d * d, h + d * d);
		definite = when(h[2 * d * d] > 0x1p-46 * h[2 * d * d + d - 1]);
	}
	free(h);
	return definite;
}

/* The largest diagonal entry of a constant Hessian: the smoothness along coordinates. */
static double smoothness_of_coordinates(rate_session *s)
{
	size_t d = s->run.d;
	double largest = 0, *h;

	if (!s->hessian || s->c.L_2 != 0 || d > 256 || !(h = malloc(d * d * sizeof *h)))
		return NAN;
	if (rate_hessian_at(s, s->x0, h) == RATE_OK)
		for (size_t j = 0; j < d; j++)
			largest = fmax(largest, h[j * d + j]);
	free(h);
	return positive(largest);
}

/* Is h a sum over coordinates, as far as its prox tells? A change of one coordinate then leaves the others where they
 * were. */
static double separable(rate_session *s)
{
	size_t d = s->run.d;
	double *x, *p, *moved;
	int apart = !s->projection && d <= 1024;

	if (!apart || !s->composite)
		return when(apart);
	if (!(x = malloc(3 * d * sizeof *x)))
		return NAN;
	p = x + d;
	moved = p + d;
	for (size_t j = 0; j < d; j++)
		x[j] = s->x0[j] + sin(1.7 * (double)(j + 1));
	apart = rate_prox_at(s, 1, x, p) == RATE_OK;
	for (size_t k = 0; k < d && apart; k++) {
		x[k] += 3;
		apart = rate_prox_at(s, 1, x, moved) == RATE_OK;
		x[k] -= 3;
		for (size_t j = 0; j < d && apart; j++)
			apart = j == k || fabs(moved[j] - p[j]) <= 1e-12 * (fabs(p[j]) + 1);
	}
	free(x);
	return when(apart);
}

/* What the minimiser of F = f + lambda sum_g |x_g| says of its groups, from above: 1/(the least lambda - |grad_g f|)
 * of those that are 0, and 1/(the least |x_g|) of the others; 0 where there are none. NaN where the error of x_star
 * leaves it open which is which. */
static double groups_at_star(rate_session *s, int margin)
{
	size_t d = s->run.d;
	double groups[2], least = INFINITY, error = s->x_star_error;

	if (!s->x_star || !s->x_star_certified || rate_vector_of(s, "groups", 2, groups) ||
	    rate_g(s, s->x_star, s->work))
		return NAN;
	for (size_t first = 0, size = groups[1] < (double)d ? (size_t)groups[1] : d, n; first < d; first += n) {
		double length, slope;

		n = d - first < size ? d - first : size;
		length = rate_norm_n(s->x_star + first, n);
		slope = rate_norm_n(s->work + first, n);
		if (length == 0 && margin)
			least = fmin(least,
			             groups[0] - slope - 64 * RATE_EPS * slope - (error > 0 ? s->c.L * error : 0));
		else if (length > 0 && !margin)
			least = fmin(least, length * (1 - 64 * RATE_EPS) - error);
	}
	return least > 0 ? 1 / least : NAN;
}

/* Those that are a line of C: name, value, and the constants that they are made of. */
#define CONDITIONS(X) \
	X("mu", positive(c->mu), "mu") \
	X("pl", positive(c->pl), "pl mu") \
	X("L_max", c->L_max, "L_max L_i L") \
	X("sigma_star2", c->sigma_star2, "sigma_star2 x_star") \
	X("Delta_star", c->Delta_star, "Delta_star f_i_star interpolation f_star") \
	X("f_star", c->f_star, "f_star F_star") \
	X("F_star", c->f_star, "f_star F_star") \
	X("x_star", when(s->x_star != NULL), "x_star") \
	X("L0", c->L0, "L0 L") \
	X("L1", c->L1, "L1 L") \
	X("rho_weak", c->rho_weak, "rho_weak convex L") \
	X("rho_terms", weak_convexity_of_terms(s), "rho_terms rho_weak convex L_max L_i L") \
	X("convex", convex(s), "convex mu") \
	X("field", 1, "field") \
	X("monotone", monotone(s), "monotone convex mu") \
	X("skew", when(rate_known(s, "skew") == 1), "skew") \
	X("interpolation", when(s->run.n == 1 || rate_known(s, "interpolation") == 1), "interpolation") \
	X("noise_additive", when(s->run.n == 1 || rate_known(s, "noise_additive") == 1), "noise_additive") \
	X("noise_M", affine_noise(s, 0), "noise_M noise_MV noise2 strong_growth") \
	X("noise_MV", affine_noise(s, 1), "noise_M noise_MV noise2 strong_growth") \
	X("noise_subgauss", subgauss(s), "noise_subgauss noise_max") \
	X("tail_alpha", tail(s, 1), "tail.alpha") \
	X("tail_sigma", tail(s, 0), "tail.sigma noise2") \
	X("G_mean", of_terms(s, c->G, "G_mean"), "G_mean G") \
	X("mu_min", strong_convexity_of_terms(s), "mu_min mu") \
	X("mu_g", mu_g(s), "mu_h mu_min mu") \
	X("L_mean", s->run.n == 1 ? c->L : rate_fold(s, "L_i", 0), "L_i L") \
	X("sigma_F2", variance_at_star(s), "x_star") \
	X("grad_star2", slope_at_star(s), "x_star") \
	X("ell", cocoercivity(s), "L mu convex") \
	X("sigma_by_L", weighted_at_star(s), "x_star L_i") \
	X("mu_star", curvature_at_star(s), "mu_star x_star") \
	X("even", rate_known(s, "even") == 1, "even") \
	X("L_metric", rate_metric_fact(s, RATE_L_METRIC), "L_metric L_2") \
	X("mu_metric", rate_metric_fact(s, RATE_MU_METRIC), "mu_metric L_2") \
	X("metric_most", rate_metric_fact(s, RATE_METRIC_MOST), "L_2") \
	X("metric_least", rate_metric_fact(s, RATE_METRIC_LEAST), "L_2") \
	X("metric_rank", rate_metric_fact(s, RATE_METRIC_RANK), "L_2") \
	X("D2_metric", rate_metric_fact(s, RATE_D2_METRIC), "x_star L_2") \
	X("stationary", stationary(s), "x_star L") \
	X("definite Hessian", definite_at_start(s), "") \
	X("quadratic terms", when(rate_quadratic_terms(s)), "L_2") \
	X("L_coord", smoothness_of_coordinates(s), "L_2") \
	X("L_var_coord", rate_spread_of_coordinates(s), "L_2") \
	X("separable", separable(s), "") \
	X("inverse_margin", groups_at_star(s, 1), "x_star L") \
	X("inverse_least", groups_at_star(s, 0), "x_star") \
	X("network.agents", s->network ? (double)s->agents : NAN, "network.agents") \
	X("one term", when(s->run.n == 1), "") \
	X("rounds", when(s->run.n == 1 || (s->stream && s->stream->deterministic)), "") \
	X("stochastic", when(s->run.n != 1), "") \
	X("online", when(s->stream && s->stream->deterministic), "") \
	X("composite", when(s->composite || s->projection), "") \
	X("no composite", when(!s->composite && !s->projection), "") \
	X("whole space", when(!s->projection), "") \
	X("prox", s->composite ? 1 : s->projection ? 3 : s->sum && s->sum->prox ? 2 : NAN, "mu_h") \
	X("finite-sum/1", when(s->run.n != 0), "")

static int is_offered(rate_session *s, const char *name)
{
	int there = 0;

	if (s->f.cls->interface) {
		rate_enter(s, "interface");
		there = s->f.cls->interface(s->f.self, name) != NULL;
		rate_leave(s);
	}
	return there;
}

/* `reads` NULL: unknown name. */
static double condition(rate_session *s, const char *need, const char **reads)
{
	const rate_case *c = &s->c;
	const rate_constant_info *i = rate_constant_named(need);

#define ROW(name, value, of) \
	if (!strcmp(need, name)) { \
		*reads = of; \
		return value; \
	}
	CONDITIONS(ROW)
#undef ROW
	*reads = i ? i->name : strstr(need, "/1") ? "" : NULL;
	if (strstr(need, "/1"))
		return when(is_offered(s, need));
	return i && i->field >= 0 ? *(const double *)((const char *)c + i->field) : rate_known(s, need);
}

int rate_need_known(const char *name)
{
#define SAME(name_, value, of) || !strcmp(name, name_)
	return 0 CONDITIONS(SAME);
#undef SAME
}

int rate_reads(rate_session *s, const char *name)
{
	const rate_theorem *th = s->theorem;
	const char *const *need = th->needs.item;
	const rate_case *c = &s->c;
	size_t length = strlen(name);

	(void)c;
	for (uint32_t i = 0; i < th->needs.count; i++) {
		const char *reads = need[i];
#define ROW(name_, value, of) \
		if (!strcmp(need[i], name_)) \
			reads = of;
		CONDITIONS(ROW)
#undef ROW
		for (const char *at = reads; (at = strstr(at, name)); at += length)
			if ((at == reads || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
				return 1;
	}
	return 0;
}

/* ---- All of them ---- */

#define NAME(name, value, of) name "\0"
static const char *const condition_names = CONDITIONS(NAME); /* an empty one ends them */
#undef NAME

const char *rate_unknown_need(const char *need, rate_nearest *near)
{
	if (strpbrk(need, "./") || rate_constant_named(need))
		return NULL;
	*near = (rate_nearest){ .typed = need };
	for (const char *name = condition_names; *name; name += strlen(name) + 1) {
		if (!strcmp(name, need))
			return NULL;
		rate_nearest_try(near, name);
	}
	for (const rate_constant_info *i = rate_constant_list; i->name; i++)
		rate_nearest_try(near, i->name);
	return need;
}

/* Those of constants stand in their list. */
void rate_print_conditions(FILE *out)
{
	for (const char *name = condition_names; *name; name += strlen(name) + 1)
		if (!rate_constant_named(name))
			fprintf(out, ", %s", name);
}

/* A need of no known name is a slip of the pen in the theorem, on whatever objective. */
int rate_know_needs(rate_session *s)
{
	const rate_theorem *th = s->theorem;
	char words[120];
	rate_nearest near;

	for (uint32_t i = 0; i < th->needs.count; i++) {
		const char *need = ((const char *const *)th->needs.item)[i];
		if (!rate_unknown_need(need, &near))
			continue;
		return rate_fail(&s->error, "%s: needs %s: no constant or condition has that name (one of your "
		                 "own has a dot in it)%s", th->id, need,
		                 rate_nearest_words(&near, words, sizeof words));
	}
	return RATE_OK;
}

/* Why a need is not met. */
static int unmet(rate_session *s, rate_check *check, const char *need, const char *reads)
{
	const rate_constant_info *i;
	rate_knowledge kind = 0;
	char text[80];

	for (const char *at = reads; at && *at; at += strcspn(at, " "), at += *at == ' ') {
		char name[32];
		snprintf(name, sizeof name, "%.*s", (int)strcspn(at, " "), at);
		if ((i = rate_constant_named(name)) &&
		    rate_constant_of(s, name, &kind) == rate_constant_of(s, name, &kind) &&
		    rate_constant_unsafe(i, kind, text, sizeof text))
			return rate_reject(check, "needs %s: %s", need, text);
	}
	return rate_reject(check, "needs %s: %s", need, rate_why_unknown(s, need));
}

static int starts_at_home(const rate_bound_spec *objective)
{
	return (!objective->x0 || !strcmp(objective->x0, "default")) && objective->radius != objective->radius;
}

static int keeps_terms(const rate_method *m)
{
	for (size_t k = 0; k < m->state.count; k++)
		if (((const rate_state *)(const void *)((const char *)m->state.row + k * m->state.stride))->scalar ==
		    RATE_PER_TERM)
			return 1;
	return 0;
}

int rate_meet_needs(rate_session *s, rate_check *check)
{
	const rate_theorem *th = s->theorem;
	const char *const *need = th->needs.item, *reads;
	rate_about about = rate_kind_of(th->kind)->about;

	s->need = calloc(th->needs.count + 1, sizeof *s->need);
	s->c.need = s->need;
	if (s->family->flag && !rate_reads(s, s->family->flag))
		return rate_reject(check, "%s", s->family->stranger);
	for (uint32_t i = 0; i < th->needs.count; i++) {
		if (!s->f.cls)
			return rate_reject(check, "needs an objective (%s)", need[i]);
		s->need[i] = condition(s, need[i], &reads);
		if (s->need[i] != s->need[i])
			return unmet(s, check, need[i], reads);
		if (s->need[i] == 0 && (!strcmp(need[i], "L") || !strcmp(need[i], "L_max")))
			return rate_reject(check, "%s = 0: the gradient is constant; the theorem is for %s > 0",
			                   need[i], need[i]);
		if (s->need[i] == 0 && !strcmp(need[i], "G"))
			return rate_reject(check, "%s", "G = 0: f is constant");
		if (!(fabs(s->need[i]) < 1e100))
			return rate_reject(check, "%s = %g: too large to be squared", need[i], s->need[i]);
	}
	if (s->method && s->composite && !(s->method->flags & RATE_NEEDS_PROX))
		return rate_reject(check, "method %s ignores the composite part h", s->method->id);
	if (s->method && s->projection &&
	    !(s->method->flags & (RATE_NEEDS_PROJECTION | RATE_NEEDS_LMO | RATE_NEEDS_NETWORK)))
		return rate_reject(check, "method %s ignores the feasible set", s->method->id);
	if (s->method && (s->method->flags & RATE_STOCHASTIC) && s->stream && s->stream->deterministic &&
	    (about == RATE_ABOUT_MEANS || about == RATE_ABOUT_TAIL))
		return rate_reject(check, "%s", "the rounds come in a fixed order: they are no independent samples");
	if (s->method && s->stream && keeps_terms(s->method))
		return rate_reject(check, "method %s keeps something for each term: f must be a finite sum",
		                   s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_SAMPLE_PROX) && !(s->sum && s->sum->prox))
		return rate_reject(check, "method %s needs the prox of a term", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_F_STAR) && s->c.f_star != s->c.f_star)
		return rate_reject(check, "method %s needs f_star", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_F_STAR) && s->f_star_below)
		return rate_reject(check, "method %s needs f_star: only a lower bound of it is known", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_HESSIAN) && !s->hessian)
		return rate_reject(check, "method %s needs the Hessian (hessian/1)", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_METRIC) && !rate_metric_of(s))
		return rate_reject(check, "method %s needs a metric (metric/1, rows, or a constant Hessian)",
		                   s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_LMO) && !s->lmo)
		return rate_reject(check, "method %s needs linear minimisation over the feasible set (lmo/1)",
		                   s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_COMPOSITION) && !s->composition)
		return rate_reject(check, "method %s needs terms that are compositions (composition/1)", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_RISK) && !s->risk)
		return rate_reject(check, "method %s needs losses and their weights (risk/1)", s->method->id);
	if (s->method && (s->method->flags & RATE_NEEDS_NETWORK) && !s->network)
		return rate_reject(check, "method %s needs agents on a network (OBJECTIVE+agents)", s->method->id);
	if ((th->flags & RATE_OWN_START) && !starts_at_home(check->objective))
		return rate_reject(check, "%s", "stated for the start that the objective comes with: leave out --x0, "
		                                "x0= and radius=");
	if ((th->flags & RATE_DIMENSION_ONE) && s->run.d != 1)
		return rate_reject(check, "%s", "stated for dimension 1");
	return RATE_OK;
}
