/* Objectives that declare one thing wrongly, for tests/blame.t: each is right unless a parameter says otherwise.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratecheck/ratecheck.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define IS(text) (!strcmp(name, text))
#define SET(text, of, number) if (IS(text)) { out->kind = of; out->value = number; return RATE_OK; }

static double p[16]; /* parameters of the one that lives in this process */

static int create(const rate_host *host, const rate_args *args, void **self)
{
	(void)host;
	for (uint32_t i = 0; i < args->count && i < 16; i++)
		p[i] = args->value[i].real;
	*self = p;
	return RATE_OK;
}
static size_t one(void *s) { (void)s; return 1; }
static size_t two(void *s) { (void)s; return 2; }
static size_t three(void *s) { (void)s; return 3; }

#define TIMES(name) { name, RATE_REAL, "1", 0, 0, NULL, "factor of what is declared" }
#define PLUS(name) { name, RATE_REAL, "0", 0, 0, NULL, "added to what is declared" }
#define OBJECTIVE(id_, dim_, ...) \
	static const rate_objective id_ = { .size = sizeof id_, .abi = RATE_ABI, .id = #id_, .title = #id_, \
		.summary = "", .source = "", .params = RATE_ROWS(id_##_params), .create = create, .dim = dim_, \
		.value = id_##_value, .gradient = id_##_gradient, .interface = id_##_interface };

/* ---- bowl: 3 + sum h_j (x_j - 1)^2/2 ---- */

enum { B_L, B_MU, B_PL, B_F, B_X, B_NOX, B_HESS, B_LOW };
static const double H[3] = { 0.1, 0.4, 1 };
static int bowl_value(void *s, const double *x, double *f)
{
	(void)s;
	*f = 3;
	for (int j = 0; j < 3; j++)
		*f += H[j] * (x[j] - 1) * (x[j] - 1) / 2;
	return RATE_OK;
}
static int bowl_gradient(void *s, const double *x, double *g)
{
	(void)s;
	for (int j = 0; j < 3; j++)
		g[j] = H[j] * (x[j] - 1);
	return RATE_OK;
}
static int bowl_scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	SET("convex", RATE_UPPER, 1)
	SET("L", RATE_UPPER, p[B_L])
	SET("L_2", RATE_EXACT, 0)
	if (p[B_MU] > 0) SET("mu", RATE_LOWER, 0.1 * p[B_MU])
	SET("pl", RATE_LOWER, 0.1 * p[B_PL])
	SET("f_star", p[B_LOW] != 0 ? RATE_LOWER : RATE_EXACT, 3 + p[B_F])
	return RATE_FAIL;
}
static int bowl_vector(void *s, const char *name, size_t count, double *out)
{
	(void)s;
	for (size_t j = 0; j < count; j++)
		out[j] = 1 + p[B_X];
	return IS("x_star") && p[B_NOX] == 0 ? RATE_OK : RATE_FAIL;
}
static int bowl_dense(void *s, const double *x, double *out)
{
	(void)s;
	(void)x;
	memset(out, 0, 9 * sizeof *out);
	for (int j = 0; j < 3; j++)
		out[4 * j] = H[j] * p[B_HESS];
	return RATE_OK;
}
static int bowl_start(void *s, double *x) { (void)s; x[0] = x[1] = x[2] = 4; return RATE_OK; }
static const void *bowl_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, bowl_scalar, bowl_vector };
	static const rate_start start = { sizeof start, bowl_start };
	static const rate_hessian hessian = { sizeof hessian, NULL, bowl_dense };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("start/1") ? (const void *)&start
	    : IS("hessian/1") ? &hessian : NULL;
}
static const rate_param bowl_params[] = { TIMES("L"), TIMES("mu"), TIMES("pl"), PLUS("f_star"),
	PLUS("x_star"), PLUS("nox"), TIMES("hessian"), PLUS("low") };
OBJECTIVE(bowl, three)

/* ---- sum: (x -+ 1)^2/2 and, unless rare = 1, a third term that is `rare` times as steep ---- */

enum { S_SIGMA, S_DELTA, S_LOW, S_NOISE, S_GROWTH, S_RARE, S_LMAX, S_INTER };
static const double A[3] = { 1, 1, 1 }, C[3] = { 1, -1, 0 };
static double steep(size_t i) { return i == 2 ? p[S_RARE] : A[i]; }
static int sum_term(void *s, size_t i, const double *x, double *f)
{
	(void)s;
	*f = steep(i) * (x[0] - C[i]) * (x[0] - C[i]) / 2;
	return RATE_OK;
}
static int sum_slope(void *s, size_t i, const double *x, double *g)
{
	(void)s;
	g[0] = steep(i) * (x[0] - C[i]);
	return RATE_OK;
}
static int sum_value(void *s, const double *x, double *f)
{
	(void)s;
	*f = ((2 + p[S_RARE]) * x[0] * x[0] + 2) / 6;
	return RATE_OK;
}
static int sum_gradient(void *s, const double *x, double *g)
{
	(void)s;
	g[0] = (2 + p[S_RARE]) * x[0] / 3;
	return RATE_OK;
}
static int sum_scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	SET("convex", RATE_EXACT, 1)
	SET("L", RATE_EXACT, (2 + p[S_RARE]) / 3)
	SET("mu", RATE_EXACT, (2 + p[S_RARE]) / 3)
	SET("mu_min", RATE_EXACT, fmin(1, p[S_RARE]))
	SET("L_max", RATE_UPPER, p[S_LMAX] * fmax(1, p[S_RARE]))
	SET("f_star", RATE_EXACT, 1.0 / 3)
	SET("sigma_star2", RATE_EXACT, 2.0 / 3 * p[S_SIGMA])
	SET("Delta_star", RATE_EXACT, 1.0 / 3 * p[S_DELTA])
	/* g_i - g is +-1 or 0 where all are equally steep. */
	if (p[S_RARE] == 1) {
		SET("noise2", RATE_EXACT, 2.0 / 3 * p[S_NOISE])
		SET("noise_max", RATE_EXACT, p[S_NOISE])
		SET("noise_additive", RATE_EXACT, 1)
	}
	if (p[S_GROWTH] > 0) SET("strong_growth", RATE_UPPER, p[S_GROWTH])
	if (p[S_INTER] > 0) SET("interpolation", RATE_EXACT, 1)
	return RATE_FAIL;
}
static int sum_vector(void *s, const char *name, size_t count, double *out)
{
	(void)s;
	for (size_t i = 0; i < count; i++)
		out[i] = IS("x_star") ? 0 : IS("f_i_star") ? p[S_LOW] : p[S_LMAX] * steep(i);
	return IS("x_star") || IS("L_i") || IS("f_i_star") ? RATE_OK : RATE_FAIL;
}
static size_t sum_count(void *s) { (void)s; return 3; }
static int sum_start(void *s, double *x) { (void)s; x[0] = 2; return RATE_OK; }
static const void *sum_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, sum_scalar, sum_vector };
	static const rate_start start = { sizeof start, sum_start };
	static const rate_finite_sum sum = { sizeof sum, sum_count, sum_term, sum_slope, NULL };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("start/1") ? (const void *)&start
	    : IS("finite-sum/1") ? &sum : NULL;
}
static const rate_param sum_params[] = { TIMES("sigma"), TIMES("Delta"), PLUS("f_i"), TIMES("noise"), PLUS("growth"),
	TIMES("rare"), TIMES("L_max"), PLUS("interpolation") };
OBJECTIVE(sum, one)

/* ---- logit: logistic loss on a small made-up set, with labels -1 and 1 ---- */

enum { N = 8, D = 2 };
enum { G_LABELS, G_SIGN, G_MU, G_WEIGHT };
static const double a[N][D] = { { 1, 0.5 }, { -0.3, 1.2 }, { 0.7, -0.8 }, { -1.1, -0.2 }, { 0.4, 0.9 }, { -0.6, 0.1 },
	{ 1.3, -0.4 }, { -0.2, -1.4 } };
static const double b[N] = { 1, -1, 1, -1, 1, 1, -1, -1 };
static double along(const double *r, const double *x) { return r[0] * x[0] + r[1] * x[1]; }
static double weight(size_t i) { return i == 3 ? p[G_WEIGHT] : 1; }
static int logit_term(void *s, size_t i, const double *x, double *f)
{
	(void)s;
	*f = weight(i) * log1p(exp(-b[i] * along(a[i], x)));
	return RATE_OK;
}
static int logit_slope(void *s, size_t i, const double *x, double *g)
{
	double c = 1 / (1 + exp(-along(a[i], x))) - (p[G_LABELS] != 0 ? b[i] : (b[i] + 1) / 2);
	(void)s;
	for (int j = 0; j < D; j++)
		g[j] = (p[G_SIGN] != 0 ? -c : c) * weight(i) * a[i][j];
	return RATE_OK;
}
static int logit_value(void *s, const double *x, double *f)
{
	double t, sum = 0;
	for (size_t i = 0; i < N; i++, sum += t)
		logit_term(s, i, x, &t);
	*f = sum / N;
	return RATE_OK;
}
static int logit_gradient(void *s, const double *x, double *g)
{
	double t[D];
	g[0] = g[1] = 0;
	for (size_t i = 0; i < N; i++) {
		logit_slope(s, i, x, t);
		g[0] += t[0] / N;
		g[1] += t[1] / N;
	}
	return RATE_OK;
}
static int logit_scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	SET("convex", RATE_UPPER, 1)
	SET("L", RATE_UPPER, 0.5)
	SET("L_max", RATE_UPPER, 0.51)
	if (p[G_MU] > 0) SET("mu", RATE_LOWER, p[G_MU])
	return RATE_FAIL;
}
static size_t logit_count(void *s) { (void)s; return N; }
static const void *logit_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, logit_scalar, NULL };
	static const rate_finite_sum sum = { sizeof sum, logit_count, logit_term, logit_slope, NULL };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("finite-sum/1") ? &sum : NULL;
}
static const rate_param logit_params[] = { PLUS("labels"), PLUS("sign"), PLUS("mu"), TIMES("weight") };
OBJECTIVE(logit, two)

/* ---- rosen and quartic: no L at all, and the first is not convex ---- */

static int rosen_value(void *s, const double *x, double *f)
{
	double u = 1 - x[0], v = x[1] - x[0] * x[0];
	(void)s;
	*f = u * u + 100 * v * v;
	return RATE_OK;
}
static int rosen_gradient(void *s, const double *x, double *g)
{
	double v = x[1] - x[0] * x[0];
	(void)s;
	g[0] = -2 * (1 - x[0]) - 400 * x[0] * v;
	g[1] = 200 * v;
	return RATE_OK;
}
static int quartic_value(void *s, const double *x, double *f)
{
	(void)s;
	*f = x[0] * x[0] * x[0] * x[0];
	return RATE_OK;
}
static int quartic_gradient(void *s, const double *x, double *g)
{
	(void)s;
	g[0] = 4 * x[0] * x[0] * x[0];
	return RATE_OK;
}
static int steep_scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	SET("convex", RATE_UPPER, 1)
	SET("L", RATE_UPPER, p[0])
	SET("f_star", RATE_EXACT, 0)
	return RATE_FAIL;
}
static int ones(void *s, const char *name, size_t count, double *out)
{
	(void)s;
	for (size_t j = 0; j < count; j++)
		out[j] = 1;
	return IS("x_star") ? RATE_OK : RATE_FAIL;
}
static int zeros(void *s, const char *name, size_t count, double *out)
{
	(void)s;
	memset(out, 0, count * sizeof *out);
	return IS("x_star") ? RATE_OK : RATE_FAIL;
}
static int rosen_start(void *s, double *x) { (void)s; x[0] = -1.2; x[1] = 1; return RATE_OK; }
static int quartic_start(void *s, double *x) { (void)s; x[0] = p[1]; return RATE_OK; }
static const void *rosen_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, steep_scalar, ones };
	static const rate_start start = { sizeof start, rosen_start };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("start/1") ? &start : NULL;
}
static const void *quartic_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, steep_scalar, zeros };
	static const rate_start start = { sizeof start, quartic_start };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("start/1") ? &start : NULL;
}
static const rate_param rosen_params[] = { { "L", RATE_REAL, "2000", 0, 0, NULL, "declared" } };
static const rate_param quartic_params[] = { { "L", RATE_REAL, "1", 0, 0, NULL, "declared" },
                                             { "start", RATE_REAL, "2", 0, 0, NULL, "x_0" } };
OBJECTIVE(rosen, two)
OBJECTIVE(quartic, one)

/* ---- ridge: |M x - 1|^2/2 with M = (m, 1/2), and h = c |x|^2 ---- */

enum { R_M, R_LINEAR, R_X, R_F };
static int ridge_value(void *s, const double *x, double *f)
{
	double u = p[R_M] * x[0] - 1, v = x[1] / 2 - 1;
	(void)s;
	*f = (u * u + v * v) / 2;
	return RATE_OK;
}
static int ridge_gradient(void *s, const double *x, double *g)
{
	(void)s;
	g[0] = p[R_M] * (p[R_M] * x[0] - 1);
	g[1] = (x[1] / 2 - 1) / 2;
	return RATE_OK;
}
static int ridge_h(void *s, const double *x, double *h) { (void)s; *h = along(x, x); return RATE_OK; }
static int ridge_prox(void *s, double gamma, const double *x, double *out)
{
	(void)s;
	for (int j = 0; j < 2; j++)
		out[j] = p[R_LINEAR] != 0 ? x[j] * (1 - 2 * gamma) : x[j] / (1 + 2 * gamma);
	return RATE_OK;
}
/* x_0: m (m x - 1) + 2 x = 0 */
static int ridge_vector(void *s, const char *name, size_t count, double *out)
{
	(void)s;
	(void)count;
	out[0] = p[R_M] / (p[R_M] * p[R_M] + 2) + p[R_X];
	out[1] = 0.5 / 2.25;
	return IS("x_star") ? RATE_OK : RATE_FAIL;
}
static int ridge_scalar(void *s, const char *name, rate_constant *out)
{
	double x[2], f, h;
	SET("convex", RATE_EXACT, 1)
	SET("L", RATE_UPPER, fmax(p[R_M], 0.25))
	SET("mu_h", RATE_EXACT, 2)
	if (!IS("F_star"))
		return RATE_FAIL;
	ridge_vector(s, "x_star", 2, x);
	x[0] -= p[R_X];
	ridge_value(s, x, &f);
	ridge_h(s, x, &h);
	out->kind = RATE_EXACT;
	out->value = f + h + p[R_F];
	return RATE_OK;
}
static const void *ridge_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, ridge_scalar, ridge_vector };
	static const rate_composite composite = { sizeof composite, ridge_h, ridge_prox };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("composite/1") ? &composite : NULL;
}
static const rate_param ridge_params[] = { { "m", RATE_REAL, "1", 0, 0, NULL, "L is declared as m where it is m^2" },
	PLUS("linear"), PLUS("x_star"), PLUS("F_star") };
OBJECTIVE(ridge, two)

/* ---- vee: |x_0| + 2 |x_1|, Lipschitz with sqrt 5; and wave: sin, weakly convex with 1 ---- */

static int vee_value(void *s, const double *x, double *f) { (void)s; *f = fabs(x[0]) + 2 * fabs(x[1]); return RATE_OK; }
static int vee_gradient(void *s, const double *x, double *g)
{
	(void)s;
	g[0] = (x[0] > 0) - (x[0] < 0);
	g[1] = 2 * ((x[1] > 0) - (x[1] < 0));
	return RATE_OK;
}
static int vee_scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	SET("convex", RATE_EXACT, 1)
	SET("f_star", RATE_EXACT, 0)
	SET("G", RATE_UPPER, sqrt(5) * p[0])
	SET("G_mean", RATE_UPPER, sqrt(5) * p[0])
	return RATE_FAIL;
}
static int vee_start(void *s, double *x) { (void)s; x[0] = 1; x[1] = -1.3; return RATE_OK; }
static const void *vee_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, vee_scalar, zeros };
	static const rate_start start = { sizeof start, vee_start };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("start/1") ? &start : NULL;
}
static const rate_param vee_params[] = { TIMES("G") };
OBJECTIVE(vee, two)

static int wave_value(void *s, const double *x, double *f) { (void)s; *f = sin(x[0]); return RATE_OK; }
static int wave_gradient(void *s, const double *x, double *g) { (void)s; g[0] = p[1] * cos(x[0]); return RATE_OK; }
static int wave_start(void *s, double *x) { (void)s; x[0] = p[2]; return RATE_OK; }
static int wave_scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	SET("convex", RATE_EXACT, 0)
	SET("L", RATE_EXACT, 1)
	SET("rho_weak", RATE_UPPER, p[0])
	SET("f_star", RATE_EXACT, -1)
	return RATE_FAIL;
}
static const void *wave_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, wave_scalar, NULL };
	static const rate_start start = { sizeof start, wave_start };
	(void)s;
	return IS("constants/1") ? (const void *)&constants : IS("start/1") ? &start : NULL;
}
static const rate_param wave_params[] =
    { TIMES("rho_weak"), TIMES("gradient"), { "start", RATE_REAL, "0", 0, 0, NULL, "x_0" } };
OBJECTIVE(wave, one)

/* ---- bent: |x|, made of h(-exp(-x)) for 0 <= x <= 60 and of lines elsewhere: convex; its models are far above it
 * ---- */

#define BENT_END exp(-60)
static int bent_value(void *s, const double *x, double *f) { (void)s; *f = fabs(x[0]); return RATE_OK; }
static int bent_gradient(void *s, const double *x, double *g)
{
	(void)s;
	g[0] = (x[0] > 0) - (x[0] < 0);
	return RATE_OK;
}
static int bent_inner(void *s, size_t i, const double *x, double *c, double *a)
{
	(void)s, (void)i;
	*a = x[0] < 0 ? 1 : x[0] > 60 ? BENT_END : exp(-x[0]);
	*c = x[0] < 0 ? x[0] - 1 : x[0] > 60 ? BENT_END * (x[0] - 61) : -exp(-x[0]);
	return RATE_OK;
}
static int bent_outer(void *s, size_t i, double c, double *h)
{
	(void)s, (void)i;
	*h = c < -1 ? -1 - c : c > -BENT_END ? 61 + c / BENT_END : -log(-c);
	return RATE_OK;
}
static int bent_outer_prox(void *s, size_t i, double tau, double c, double *z)
{
	/* z^2 - c z - tau = 0, z < 0 */
	double line = c - tau / BENT_END, far = sqrt(c * c + 4 * tau),
	    root = c < 0 ? (c - far) / 2 : -2 * tau / (c + far);
	(void)s, (void)i;
	*z = line > -BENT_END ? line : root >= -1 ? fmin(root, -BENT_END) : fmin(c + tau, -1);
	return RATE_OK;
}
static int bent_scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	SET("convex", RATE_EXACT, 1)
	SET("G", RATE_EXACT, 1)
	SET("f_star", RATE_EXACT, 0)
	if (p[0] >= 0) SET("rho_model", RATE_UPPER, p[0])
	return RATE_FAIL;
}
static int bent_start(void *s, double *x) { (void)s; x[0] = 60; return RATE_OK; }
static const void *bent_interface(void *s, const char *name)
{
	static const rate_constants constants = { sizeof constants, bent_scalar, zeros };
	static const rate_start start = { sizeof start, bent_start };
	static const rate_composition composition = { sizeof composition, bent_inner, bent_outer,
	                                              bent_outer_prox, NULL };
	(void)s;
	if (IS("composition/1"))
		return &composition;
	return IS("constants/1") ? (const void *)&constants : IS("start/1") ? &start : NULL;
}
static const rate_param bent_params[] = {
	{ "rho_model", RATE_REAL, "-1", 0, 0, NULL, "what is declared; below 0: nothing" },
};
OBJECTIVE(bent, one)

static const rate_objective *const objectives[] = { &bowl, &sum, &logit, &rosen, &quartic, &ridge, &vee, &wave, &bent };
RATE_PLUGIN("liars", "1", "MIT", .objectives = RATE_LIST(objectives))
