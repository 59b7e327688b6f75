#! /bin/sh
# Lower bounds are on methods that stay in the span of the gradients they see: one that beats the bound from outside of it
# is no counterexample, and one that is inside cannot beat it.
. "$(dirname "$0")/tap.sh"

cat >"$tmp/methods.c" <<'EOF'
#include "ratecheck/ratecheck.h"

/* Goes straight to the minimiser of `minimax`, all of whose coordinates are equal. */
static int walk(rate_run *run)
{
	double *x = run->state[0];

	if (rate_gradient(run, x, run->scratch[0]))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++)
		x[i] -= i % run->ld < run->d ? 0.001 : 0;
	return RATE_OK;
}

/* Two subgradient steps for one. */
static int twice(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];

	for (int k = 0; k < 2; k++) {
		if (rate_gradient(run, x, g))
			return RATE_FAIL;
		rate_axpy(run, -run->gamma, g, x);
	}
	return RATE_OK;
}

/* Heavy ball with a step that is much too long: bad, but honest. */
static int ball(rate_run *run)
{
	double *x = run->state[0], *before = run->state[1], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double next = x[i] - run->gamma * g[i] + (run->t ? 0.9 * (x[i] - before[i]) : 0);
		before[i] = x[i];
		x[i] = next;
	}
	return RATE_OK;
}

static const rate_state state[] = { { "x", 0, "" }, { "before", 0, "" } };
static const char *const schedules[] = { "gamma" };
#define METHOD(name) static const rate_method name##_method = { .size = sizeof(rate_method), .abi = RATE_ABI, \
	.id = "test-" #name, .title = #name, .summary = "", .source = "", .state = RATE_ROWS(state), \
	.schedules = RATE_LIST(schedules), .scratch = 1, .step = name };
METHOD(walk)
METHOD(twice)
METHOD(ball)
static const rate_method *const methods[] = { &walk_method, &twice_method, &ball_method };
RATE_PLUGIN("methods", "1.0", "MIT", .methods = RATE_LIST(methods))
EOF
run $CC -shared -fPIC -I "$top_srcdir/include" -o "$tmp/methods.so" "$tmp/methods.c"
exits 0 "the methods compile"

verify() {
	run ratecheck verify "${2:-li-minimax-lb}" --plugin "$tmp/methods.so" --method "$1" --objective "${3:-minimax:T=65}" \
		--steps "${4:-64}"
}
verify test-walk
like "$out" '^hypothesis-false.*left the span' "a method that knows the minimiser"
verify test-twice
like "$out" '^hypothesis-false.*left the span' "a method that takes two gradients a step"
verify test-ball
exits 0 "a method of the class"
like "$out" '^holds' "it does not beat the bound"

# The same of smooth functions.
verify test-twice drori-lb drori-worst:N=5 5
like "$out" '^hypothesis-false.*left the span' "the worst smooth function: two gradients a step"
verify test-ball drori-lb drori-worst:N=5 5
exits 0 "a method of the class on the worst smooth function"
like "$out" '^holds' "it does not beat the bound there"
# Controls run the theorem's own method: they show that the check can fail, whoever is checked.
run ratecheck verify drori-lb --method "$tmp/methods.so#test-ball"
exits 0 "a method by the path of its plugin, on all instances of the theorem"
like "$out" '3 held; 2 of 2 controls refuted' "and the controls are refuted beside it"
done_testing
