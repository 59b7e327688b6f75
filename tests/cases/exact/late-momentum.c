/* Accelerated gradient descent in the form y_t = x_t + beta_t (x_t - x_{t-1}), x_{t+1} = y_t - gamma_t grad f(y_t), with
 * beta_t = tau_t (1/tau_{t-1} - 1) of agd; but the difference is the one of the step before: off by one. */
#include <ratecheck/ratecheck.h>

enum { GAMMA, TAU, A, THETA };
enum { X, DIFFERENCE, OLD, LAST };

static int step(rate_run *run)
{
	double *x = run->state[X], *d = run->state[DIFFERENCE], *old = run->state[OLD], *last = run->state[LAST];
	double *y = run->scratch[0], *g = run->scratch[1], tau = run->schedule[TAU];
	double beta = run->t ? tau * (1 / last[0] - 1) : 0;

	last[0] = tau;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		y[i] = x[i] + beta * old[i]; /* d is meant */
	if (rate_gradient(run, y, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = y[i] - run->schedule[GAMMA] * g[i];
		old[i] = d[i];
		d[i] = next - x[i];
		x[i] = next;
	}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "the iterate" }, { "difference", 0, "x_t - x_{t-1}" },
	{ "old", 0, "x_{t-1} - x_{t-2}" }, { "last", 0, "tau of the step before" } };
static const char *const schedules[] = { "gamma", "tau", "a", "theta" };
static const rate_method late_momentum = {
	.size = sizeof late_momentum, .abi = RATE_ABI, .id = "late-momentum", .title = "agd, off by one",
	.summary = "agd with the difference of the step before", .source = "none", .flags = RATE_SPAN, .state = RATE_ROWS(state),
	.schedules = RATE_LIST(schedules), .scratch = 2, .step = step,
};
static const rate_method *const methods[] = { &late_momentum };
RATE_PLUGIN("late-momentum", "1", "MIT", .methods = RATE_LIST(methods))
