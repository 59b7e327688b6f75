/* Gradient descent that does ODD before its fifth step. */
#define _GNU_SOURCE
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "ratecheck/ratecheck.h"

static int step(rate_run *run)
{
	static int steps;
	double *x = run->state[0], *g = run->scratch[0];

	if (++steps == 5) {
		ODD;
	}
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, g, x);
	return RATE_OK;
}
static const rate_state state[] = { { "x", 0, "the iterate" } };
static const char *const schedules[] = { "gamma" };
static const rate_method odd = { .size = sizeof odd, .abi = RATE_ABI, .id = "odd", .title = "", .summary = "", .source = "",
	.flags = RATE_SPAN, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .step = step };
static const rate_method *const methods[] = { &odd };
RATE_PLUGIN("odd", "1", "MIT", .methods = RATE_LIST(methods))
