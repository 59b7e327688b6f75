/* NAME: what it is, its formula, its constants and why they are true, its parameters, one call with its result.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "ratecheck/ratecheck.h"

/* f(x) = sum log cosh(x_j - 1): convex, L = 1 */
static int create(const rate_host *host, const rate_args *args, void **self)
{
	size_t *d = malloc(sizeof *d);
	if (!d) return host->fail(host, "out of memory");
	*d = (size_t)args->value[0].integer;
	*self = d;
	return RATE_OK;
}
static size_t dim(void *self) { return *(size_t *)self; }
static int value(void *self, const double *x, double *f)
{
	*f = 0;
	for (size_t j = 0; j < dim(self); j++) { /* log cosh a, without the overflow of cosh */
		double a = fabs(x[j] - 1);
		*f += a + log1p(exp(-2 * a)) - log(2);
	}
	return RATE_OK;
}
static int gradient(void *self, const double *x, double *g)
{
	for (size_t j = 0; j < dim(self); j++) g[j] = tanh(x[j] - 1);
	return RATE_OK;
}
static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_UPPER;
	if (!strcmp(name, "L")) out->value = 1;
	else if (!strcmp(name, "convex")) out->value = 1;
	else return RATE_FAIL; /* not known */
	return RATE_OK;
}
static const rate_constants constants = { sizeof constants, scalar, NULL };
static const void *interface(void *self, const char *name)
{
	return self && !strcmp(name, "constants/1") ? &constants : NULL;
}
static const rate_param params[] = { { "d", RATE_INTEGER, "3", 1, 1000, NULL, "dimension" } };
static const rate_objective this_one = { sizeof this_one, RATE_ABI, "NAME", "log cosh", "", "", 0, RATE_ROWS(params),
	create, free, dim, value, gradient, interface };
static const rate_objective *const objectives[] = { &this_one };
RATE_PLUGIN("NAME", "1.0", "MIT", .objectives = RATE_LIST(objectives))
