/* A plugin of one objective, one method and one theorem that can be written to: what a test puts into it is what the
 * loader finds. */
#include "ratecheck/ratecheck.h"

#include <stddef.h>

static int create(const rate_host *host, const rate_args *args, void **self)
{
	(void)args;
	*self = NULL;
	return host->fail(host, "it is made for looking at");
}

static size_t dim(void *self) { (void)self; return 1; }
static int value(void *self, const double *x, double *f) { (void)self; *f = x[0] * x[0] / 2; return RATE_OK; }
static int gradient(void *self, const double *x, double *g) { (void)self; g[0] = x[0]; return RATE_OK; }

static rate_param param[] = { { .name = "a", .type = RATE_REAL, .preset = "1" } };
static rate_objective objective = { .size = sizeof objective, .abi = RATE_ABI, .id = "pliable", .create = create,
	.dim = dim, .value = value, .gradient = gradient, .params = RATE_ROWS(param) };
static rate_objective *objectives[] = { &objective };

static int step(rate_run *run) { (void)run; return RATE_OK; }

static rate_state state[] = { { .name = "x" } };
static const char *steps[] = { "gamma" };
static rate_method method = { .size = sizeof method, .abi = RATE_ABI, .id = "pliable", .step = step,
	.state = RATE_ROWS(state), .schedules = RATE_LIST(steps) };
static rate_method *methods[] = { &method };

static const char *needs[] = { "L" };
static int evaluate(const rate_point *p, double *left, double *right, double *s)
{
	(void)p;
	*left = *right = *s = 0;
	return RATE_OK;
}
static rate_theorem theorem = { .size = sizeof theorem, .abi = RATE_ABI, .id = "pliable", .chapter = "lemmas",
	.kind = RATE_DETERMINISTIC, .evaluate = evaluate, .needs = RATE_LIST(needs) };
static rate_theorem *theorems[] = { &theorem };

extern RATE_EXPORT rate_plugin ratecheck_plugin;
RATE_EXPORT rate_plugin ratecheck_plugin = { .size = sizeof(rate_plugin), .abi = RATE_ABI, .signature = RATE_SIGNATURE,
	.name = "pliable", .version = "1", .licence = "MIT", .objectives = RATE_LIST(objectives),
	.methods = RATE_LIST(methods), .theorems = RATE_LIST(theorems) };
