/* SPDX-License-Identifier: MIT */
/* The smallest objective in C, f(x) = (x^2 + y^2)/2:
 *
 *     cc -O2 -shared -fPIC $(pkg-config --cflags ratecheck) objective.c -o objective.so -lm
 *     ratecheck verify gd-convex-smooth --objective ./objective.so
 */
#include <string.h>

#include "ratecheck/ratecheck.h"

static int create(const rate_host *host, const rate_args *args, void **self)
{
	(void)host;
	(void)args;
	*self = NULL;
	return RATE_OK;
}

static size_t dim(void *self)
{
	(void)self;
	return 2;
}

static int value(void *self, const double *x, double *f)
{
	(void)self;
	*f = (x[0] * x[0] + x[1] * x[1]) / 2;
	return RATE_OK;
}

static int gradient(void *self, const double *x, double *g)
{
	(void)self;
	memcpy(g, x, 2 * sizeof *g);
	return RATE_OK;
}

static int scalar(void *self, const char *name, rate_constant *out)
{
	static const struct { const char *name; double value; } known[] = { { "convex", 1 }, { "L", 1 }, { "mu", 1 },
	    { "f_star", 0 } };

	(void)self;
	out->kind = RATE_EXACT;
	for (size_t k = 0; k < sizeof known / sizeof *known; k++)
		if (!strcmp(name, known[k].name)) {
			out->value = known[k].value;
			return RATE_OK;
		}
	return RATE_FAIL;
}

static int start_at(void *self, double *x)
{
	(void)self;
	x[0] = x[1] = 1;
	return RATE_OK;
}

static const rate_constants constants = { .size = sizeof constants, .scalar = scalar };
static const rate_start start = { sizeof start, start_at };

static const void *interface(void *self, const char *name)
{
	(void)self;
	return !strcmp(name, "constants/1") ? (const void *)&constants : !strcmp(name, "start/1") ? &start : NULL;
}

static const rate_objective round_bowl = { .size = sizeof round_bowl, .abi = RATE_ABI, .id = "round",
	.title = "a round bowl", .summary = "(x^2 + y^2)/2", .source = "", .create = create, .dim = dim, .value = value,
	.gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &round_bowl };
RATE_PLUGIN("round", "1.0", "MIT", .objectives = RATE_LIST(objectives))
