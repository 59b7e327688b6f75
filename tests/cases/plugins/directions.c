/* f_i = 1/2 sum l_j (x_j - s_i c_j)^2, n = 2, s = +-1: constants are off by `loose` to their safe side, or to the wrong
 * one, and said to be bounds from there; L_max is known. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "ratecheck/ratecheck.h"

enum { D = 3, N = 2 };
static const double l[D] = { 1, 0.3, 0.1 }, c[D] = { 0.5, -0.2, 1 };
typedef struct state { double loose; int wrong; } state;

static int create(const rate_host *host, const rate_args *a, void **self)
{
	state *m = malloc(sizeof *m);
	if (!m)
		return (host->fail)(host, "out of memory");
	*m = (state){ a->value[0].real, (int)a->value[1].integer };
	*self = m;
	return RATE_OK;
}
static size_t dim(void *self) { return (void)self, D; }
static size_t count(void *self) { return (void)self, N; }
static int term_value(void *self, size_t i, const double *x, double *f)
{
	(void)self;
	*f = 0;
	for (int j = 0; j < D; j++) {
		double e = x[j] - (i ? -c[j] : c[j]);
		*f += l[j] * e * e / 2;
	}
	return RATE_OK;
}
static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	(void)self;
	for (int j = 0; j < D; j++)
		g[j] = l[j] * (x[j] - (i ? -c[j] : c[j]));
	return RATE_OK;
}
static int value(void *self, const double *x, double *f)
{
	double a = 0, b = 0;
	term_value(self, 0, x, &a);
	term_value(self, 1, x, &b);
	*f = (a + b) / 2;
	return RATE_OK;
}
static int gradient(void *self, const double *x, double *g)
{
	(void)self;
	for (int j = 0; j < D; j++)
		g[j] = l[j] * x[j];
	return RATE_OK;
}
static int scalar(void *self, const char *name, rate_constant *out)
{
	const state *m = self;
	double noise = 0, f_star = 0;

	for (int j = 0; j < D; j++) {
		noise += l[j] * l[j] * c[j] * c[j];
		f_star += l[j] * c[j] * c[j] / 2;
	}
	const struct { const char *name; double value; int above; } row[] = { { "L", 1, 1 },
		{ "mu", 0.1, 0 }, { "pl", 0.1, 0 }, { "mu_min", 0.1, 0 }, { "noise2", noise, 1 }, { "noise_max", sqrt(noise), 1 },
		{ "sigma_star2", noise, 1 }, { "Delta_star", f_star, 1 } };
	out->kind = RATE_EXACT;
	out->value = strcmp(name, "f_star") ? 1 : f_star;
	if (!strcmp(name, "convex") || !strcmp(name, "noise_additive") || !strcmp(name, "f_star") || !strcmp(name, "L_max"))
		return RATE_OK;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (!strcmp(name, row[i].name)) {
			int above = row[i].above != m->wrong;
			out->kind = above ? RATE_UPPER : RATE_LOWER;
			out->value = above ? row[i].value * m->loose : row[i].value / m->loose;
			return RATE_OK;
		}
	return RATE_FAIL;
}
static int vector(void *self, const char *name, size_t k, double *out)
{
	(void)self;
	memset(out, 0, k * sizeof *out);
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}
static int begin(void *self, double *x)
{
	(void)self;
	memcpy(x, (double[D]){ 1, -2, 3 }, D * sizeof *x);
	return RATE_OK;
}
static const rate_constants constants = { .size = sizeof constants, .scalar = scalar, .vector = vector };
static const rate_start start = { sizeof start, begin };
static const rate_finite_sum sum = { .size = sizeof sum, .count = count, .value = term_value,
	.gradient = term_gradient };
static const void *interface(void *self, const char *name)
{
	(void)self;
	return !strcmp(name, "constants/1")    ? (const void *)&constants
	       : !strcmp(name, "start/1")      ? (const void *)&start
	       : !strcmp(name, "finite-sum/1") ? (const void *)&sum
	                                       : NULL;
}
static const rate_param params[] = { { "loose", RATE_REAL, "2", 1e-6, 1e6, NULL, "factor" },
	{ "wrong", RATE_INTEGER, "0", 0, 1, NULL, "to the other side" } };
static const rate_objective one = { .size = sizeof one, .abi = RATE_ABI, .id = "directions", .title = "", .summary = "",
	.source = "", .params = RATE_ROWS(params), .create = create, .destroy = free, .dim = dim, .value = value,
	.gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &one };
RATE_PLUGIN("directions", "1", "MIT", .objectives = RATE_LIST(objectives))
