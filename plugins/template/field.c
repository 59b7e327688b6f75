/* NAME: what it is, its field, its constants and why they are true, its parameters, one call with its result.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "ratecheck/ratecheck.h"

/* The game mu u^2/2 + u w - mu w^2/2, u down and w up: V(u, w) = (mu u + w, mu w - u), with its zero at 0. */
static int create(const rate_host *host, const rate_args *args, void **self)
{
	double *mu = malloc(sizeof *mu);
	if (!mu) return host->fail(host, "out of memory");
	*mu = args->value[0].real;
	*self = mu;
	return RATE_OK;
}
static double mu_of(void *self) { return *(double *)self; }
static size_t dim(void *self) { (void)self; return 2; }
/* A field has no value. */
static int value(void *self, const double *x, double *f) { (void)self, (void)x; *f = 0; return RATE_OK; }
static int gradient(void *self, const double *x, double *g)
{
	g[0] = mu_of(self) * x[0] + x[1];
	g[1] = mu_of(self) * x[1] - x[0];
	return RATE_OK;
}

/* mu is strong monotonicity; V is a turn and a stretch by sqrt(1 + mu^2). */
static int scalar(void *self, const char *name, rate_constant *out)
{
	out->kind = RATE_EXACT;
	if (!strcmp(name, "field") || !strcmp(name, "monotone")) out->value = 1;
	else if (!strcmp(name, "mu")) out->value = mu_of(self);
	else if (!strcmp(name, "L") || !strcmp(name, "sigma_min")) out->value = hypot(1, mu_of(self));
	else return RATE_FAIL; /* not known */
	return RATE_OK;
}
static int vector(void *self, const char *name, size_t count, double *out)
{
	(void)self;
	memset(out, 0, count * sizeof *out);
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}

/* What a theorem may measure by rate_quantity_of(v, "duality-gap", ...): the best answers to (u, w) are w/mu and
 * u/mu. */
static int evaluate(void *self, const char *name, const double *x, double *q, double *scale)
{
	double mu = mu_of(self);
	if (strcmp(name, "duality-gap")) return RATE_FAIL; /* no such quantity */
	*scale = *q = (mu + 1 / mu) / 2 * (x[0] * x[0] + x[1] * x[1]);
	return RATE_OK;
}
static int start(void *self, double *x) { (void)self; x[0] = 3; x[1] = -4; return RATE_OK; }

static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_quantities quantities = { sizeof quantities, evaluate };
static const rate_start from = { sizeof from, start };
static const void *interface(void *self, const char *name)
{
	(void)self;
	return !strcmp(name, "constants/1") ? (const void *)&constants
	       : !strcmp(name, "quantities/1") ? (const void *)&quantities
	       : !strcmp(name, "start/1") ? (const void *)&from : NULL;
}
static const rate_param params[] = { { "mu", RATE_REAL, "0.5", 1e-3, 1e3, NULL, "strong monotonicity" } };
static const rate_objective this_one = { sizeof this_one, RATE_ABI, "NAME", "a game", "", "", 0, RATE_ROWS(params),
	create, free, dim, value, gradient, interface };
static const rate_objective *const objectives[] = { &this_one };
RATE_PLUGIN("NAME", "1.0", "MIT", .objectives = RATE_LIST(objectives))
