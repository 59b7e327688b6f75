/* SPDX-License-Identifier: GPL-3.0-or-later
 * Least squares of so many numbers that blame looks at few steps: row i is sqrt(N) w_i e_i, w_i from 1 to 2, so that
 * L = 4. It declares share times that. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "ratecheck/ratecheck.h"

enum { N = 520 };
static double row[N * N], target[N], share;

static double w(size_t i) { return 1 + (double)i / (N - 1); }
static size_t dim(void *self) { return (void)self, (size_t)N; }
static size_t terms(void *self) { return (void)self, (size_t)N; }
static double off(size_t i, const double *x) { return sqrt(N) * w(i) * x[i] - target[i]; }

static int create(const rate_host *host, const rate_args *args, void **self)
{
	(void)host;
	share = args->value[0].real;
	for (size_t i = 0; i < N; i++) {
		row[i * N + i] = sqrt(N) * w(i);
		target[i] = sqrt(N) * w(i) * (i % 3 - 1.0);
	}
	*self = row;
	return RATE_OK;
}

static void destroy(void *self) { (void)self; }

static int term_value(void *self, size_t i, const double *x, double *f)
{
	(void)self;
	*f = off(i, x) * off(i, x) / 2;
	return RATE_OK;
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	(void)self;
	memset(g, 0, N * sizeof *g);
	g[i] = off(i, x) * sqrt(N) * w(i);
	return RATE_OK;
}

static int value(void *self, const double *x, double *f)
{
	(void)self;
	*f = 0;
	for (size_t i = 0; i < N; i++)
		*f += off(i, x) * off(i, x) / (2 * N);
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)self;
	for (size_t i = 0; i < N; i++)
		g[i] = off(i, x) * w(i) / sqrt(N);
	return RATE_OK;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->value = !strcmp(name, "convex") ? 1 : !strcmp(name, "f_star") ? 0 : !strcmp(name, "L") ? 4 * share : NAN;
	return out->value == out->value ? RATE_OK : RATE_FAIL;
}

static int vector(void *self, const char *name, size_t count, double *out)
{
	(void)self;
	for (size_t j = 0; j < count; j++)
		out[j] = (double)(j % 3) - 1;
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}

static int model(void *self, rate_glm *out)
{
	(void)self;
	out->link = RATE_SQUARE;
	out->n = out->d = N;
	out->a = row;
	out->b = target;
	return RATE_OK;
}

static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_finite_sum sum = { sizeof sum, terms, term_value, term_gradient, NULL };
static const rate_glm_source glm = { sizeof glm, model };
static const void *interface(void *self, const char *name)
{
	(void)self;
	return !strcmp(name, "constants/1") ? (const void *)&constants
	       : !strcmp(name, "finite-sum/1") ? (const void *)&sum : !strcmp(name, "glm/1") ? &glm : NULL;
}

static const rate_param params[] = { { "share", RATE_REAL, "1", 0.01, 100, NULL, "of L that is declared" } };
static const rate_objective this_one = { .size = sizeof this_one, .abi = RATE_ABI, .id = "long-sum", .title = "",
	.summary = "", .source = "", .params = RATE_ROWS(params), .create = create, .destroy = destroy, .dim = dim, .value = value,
	.gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &this_one };
RATE_PLUGIN("long-sum", "1.0", "MIT", .objectives = RATE_LIST(objectives))
