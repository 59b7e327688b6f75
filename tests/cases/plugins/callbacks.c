/* A true theorem with every callback that there is; the one that $BAD names crashes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

enum { GAMMA };

static void bad(const char *callback)
{
	const char *name = getenv("BAD");

	if (name && !strcmp(name, callback))
		abort();
}
static const char *applies(const rate_case *c) { return (void)c, bad("applies"), NULL; }
static void choose(const rate_case *c, double fraction, double *param)
{
	bad("choose");
	param[GAMMA] = fraction / c->L;
}
static const char *admissible(const rate_case *c)
{
	bad("admissible");
	return c->param[GAMMA] * c->L <= 1 + 1e-12 ? NULL : "gamma must be at most 1/L";
}
static void steps(const rate_case *c, double *const *out)
{
	bad("steps");
	for (uint64_t t = 0; t < c->T; t++)
		out[0][t] = c->param[GAMMA];
}
static double weight(const rate_case *c, uint64_t t) { return (void)c, (void)t, bad("weight"), 1; }
static double bound(const rate_case *c, double t) { return bad("bound"), c->D2 / (2 * c->param[GAMMA] * t); }
static double transient(const rate_case *c, double t) { return (void)c, bad("transient"), pow(0.5, t); }
static double factor(const rate_case *c) { return (void)c, bad("factor"), 0.5; }
static int observe(rate_view *v) { return (void)v, bad("observe"), RATE_OK; }
static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	bad("measure");
	return rate_gap_of(v, v->state[0], q, s);
}
static int huber(rate_instance *out, uint32_t k, double of_the_bound)
{
	strcpy(out->objective, "huber:tau=0.01");
	strcpy(out->parameters, "gamma=1");
	out->steps = 20;
	out->factor = of_the_bound;
	return k ? RATE_FAIL : RATE_OK;
}
static int sharp(uint32_t k, rate_instance *out) { return bad("sharp"), huber(out, k, 1); }
static int control(uint32_t k, rate_instance *out) { return bad("control"), huber(out, k, 0.1); }

static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const rate_theorem one = { .size = sizeof one, .abi = RATE_ABI, .id = "callbacks", .chapter = "mine",
	.title = "", .statement = "", .quantity = "", .formula = "", .source = "", .kind = RATE_DETERMINISTIC,
	.method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .accumulators = 1,
	.applies = applies, .choose = choose, .admissible = admissible, .steps = steps, .weight = weight,
	.bound = bound, .transient = transient, .factor = factor, .observe = observe, .measure = measure,
	.sharp = sharp, .control = control };
static const rate_theorem *const theorems[] = { &one };
RATE_PLUGIN("callbacks", "1", "MIT", .theorems = RATE_LIST(theorems))
