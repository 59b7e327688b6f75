#! /bin/sh
# A method that stands in for a built-in one is blamed where it is another method, and only there: rounding is no fault of
# it, and neither is a claim that is false.
. "$(dirname "$0")/tap.sh"

cat >"$tmp/methods.c" <<'EOF'
#include "ratecheck/ratecheck.h"

#define EACH(run) (size_t i = 0; i < (run)->nrep * (run)->ld; i++)

/* Gradient descent, heavy ball, SGD and the moving average, each computed in another order. */
static int gd(rate_run *run)
{
	double *x = run->state[0], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for EACH(run)
		x[i] = run->gamma * (x[i] / run->gamma - g[i]);
	return RATE_OK;
}

static int ball(rate_run *run)
{
	double *x = run->state[0], *v = run->state[1], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for EACH(run) {
		v[i] = run->schedule[1] * v[i] - run->gamma * g[i];
		x[i] += v[i];
	}
	return RATE_OK;
}

static int sgd_by(rate_run *run, double factor)
{
	double *x = run->state[0], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[0]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for EACH(run)
		x[i] = run->gamma * (x[i] / run->gamma - factor * g[i]);
	return RATE_OK;
}
static int sgd(rate_run *run) { return sgd_by(run, 1); }

static int start(rate_run *run)
{
	rate_copy(run, run->state[0], run->state[1]);
	return RATE_OK;
}

static int average(rate_run *run, double lambda)
{
	double *x = run->state[0], *z = run->state[1], *g = run->scratch[0];
	const rate_sample *s = rate_draw(run, 0, (uint32_t)run->param[0]);

	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for EACH(run) {
		z[i] -= run->gamma * g[i];
		x[i] += (z[i] - x[i]) / (lambda + 1);
	}
	return RATE_OK;
}
static int ima(rate_run *run) { return average(run, run->schedule[1]); }

/* What goes wrong: 1 % of the step; the momentum scaled; the average one step off; a short sixth step; a memory of its own;
 * samples that nobody was told of; two gradients a step. */
static int slow(rate_run *run)
{
	if (rate_gradient(run, run->state[0], run->scratch[0]))
		return RATE_FAIL;
	rate_axpy(run, -0.99 * run->gamma, run->scratch[0], run->state[0]);
	return RATE_OK;
}

static int slow_sgd(rate_run *run) { return sgd_by(run, 0.99); }

static int damped(rate_run *run)
{
	double *x = run->state[0], *v = run->state[1], *g = run->scratch[0];

	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for EACH(run) {
		v[i] = run->schedule[1] * v[i] - (1 - run->schedule[1]) * run->gamma * g[i];
		x[i] += v[i];
	}
	return RATE_OK;
}

static int late(rate_run *run) { return average(run, run->schedule[1] + 1); }

static int sixth(rate_run *run)
{
	if (rate_gradient(run, run->state[0], run->scratch[0]))
		return RATE_FAIL;
	rate_axpy(run, -(run->t == 5 ? 0.999 : 1) * run->gamma, run->scratch[0], run->state[0]);
	return RATE_OK;
}

static int memory(rate_run *run)
{
	static double shrinking = 1;

	if (rate_gradient(run, run->state[0], run->scratch[0]))
		return RATE_FAIL;
	rate_axpy(run, -(shrinking *= 0.99) * run->gamma, run->scratch[0], run->state[0]);
	return RATE_OK;
}

static int twice(rate_run *run)
{
	double *g = run->scratch[0], *h = run->scratch[1];

	if (rate_gradient(run, run->state[0], g) || rate_gradient(run, run->state[0], h))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma / 2, g, run->state[0]);
	rate_axpy(run, -run->gamma / 2, h, run->state[0]);
	return RATE_OK;
}

static int outside(rate_run *run)
{
	double *x = run->state[0];

	if (rate_gradient(run, x, run->scratch[0]))
		return RATE_FAIL;
	rate_axpy(run, -run->gamma, run->scratch[0], x);
	for (size_t r = 0; r < run->nrep; r++)
		x[r * run->ld] += 0.001;
	return RATE_OK;
}

static const rate_param batch[] = { { "batch", RATE_INTEGER, "1", 1, 1048576, NULL, "terms drawn at each step" } };
static const rate_state state[] = { { "x", 0, "" }, { "other", 0, "" } };
static const char *const gamma[] = { "gamma" }, *const two[] = { "gamma", "beta" };
#define METHOD(name, ...) static const rate_method m_##name = { .size = sizeof(rate_method), .abi = RATE_ABI, \
	.id = "my-" #name, .title = #name, .summary = "", .source = "", .state = RATE_ROWS(state), .scratch = 2, \
	.step = name, __VA_ARGS__ };
#define ONE .schedules = RATE_LIST(gamma)
#define TWO .schedules = RATE_LIST(two)
#define DRAWS .params = RATE_ROWS(batch), .flags = RATE_STOCHASTIC
METHOD(gd, ONE, .flags = RATE_SPAN)
METHOD(ball, TWO, .flags = RATE_SPAN)
METHOD(sgd, ONE, DRAWS)
METHOD(ima, TWO, DRAWS, .start = start)
METHOD(slow, ONE)
METHOD(slow_sgd, ONE, DRAWS)
METHOD(damped, TWO)
METHOD(late, TWO, DRAWS, .start = start)
METHOD(sixth, ONE)
METHOD(memory, ONE)
METHOD(twice, ONE)
METHOD(outside, ONE, .flags = RATE_SPAN)
static const rate_method m_secret = { .size = sizeof(rate_method), .abi = RATE_ABI, .id = "my-secret", .title = "",
	.summary = "", .source = "", .state = RATE_ROWS(state), .scratch = 2, .step = sgd, ONE, .params = RATE_ROWS(batch) };
static const rate_method *const methods[] = { &m_gd, &m_ball, &m_sgd, &m_ima, &m_slow, &m_slow_sgd, &m_damped, &m_late,
	&m_sixth, &m_memory, &m_twice, &m_outside, &m_secret };
RATE_PLUGIN("methods", "1.0", "MIT", .methods = RATE_LIST(methods))
EOF
$CC -shared -fPIC -I "$top_srcdir/include" -o "$tmp/methods.so" "$tmp/methods.c" || bail_out "the methods do not build"

verify() { # METHOD ARGUMENT...
	method=$1
	shift
	run ratecheck verify --plugin "$tmp/methods.so" --method "my-$method" --format json --quiet "$@"
}
lines() { grep -c "$1" "$tmp/out"; }

# On the whole suite, under all theorems about the method; of SGD there are many, with long sharp instances: one objective of
# each kind, under those of its chapter.
kinds='--objective skew:p=4 --objective least-squares:d=5,n=30,noise=0 --objective least-squares:d=20,n=40,rank=8
	--objective logistic:d=5,n=60,ridge=0.05 --objective zero-or-L:p=5 --objective quadratic:kappa=10+gaussian-noise:sigma=0.5
	--objective quadratic:kappa=20+bernoulli:active=2,p=3 --objective abs+sign-noise --objective huber'
for pair in gd:gd ball:heavy-ball sgd:sgd ima:ima; do
	where=
	test "$pair" != sgd:sgd || where="--chapter sgd $kinds"
	verify "${pair%:*}" --as "${pair#*:}" --steps 32 $where
	num "$(lines '"beside":{')" '>' 10 "$pair: runs beside the reference"
	is "$(lines '"parts_at":[0-9]')" 0 "$pair: what is computed in another order keeps to the path"
	is "$(lines '"role":"\(instance\|sharp\)".*"verdict":"refuted"')" 0 "$pair: nothing is refuted"
done

# A wrong method, on what it is refuted on, and everywhere else.
verify slow gd-convex-smooth-tight
num "$(lines '"verdict":"refuted".*"blame":"method","conduct":"the method left its contract: parts from gd at step 1, by 0.01 of the step.*gd obeys the bound here')" '>' 2 \
	"a step 1 % short: refuted, and the method is blamed"
num "$(lines '"verdict":"holds".*"blame":null.*"parts_at":1,')" '>' 20 "where it is not refuted the paths part all the same"
is "$(lines '"role":"control".*"blame":null.*"beside":null')" "$(lines '"role":"control"')" "controls run the theorem's own method"
verify slow_sgd sgd-convex-smooth --steps 32 $kinds
is "$(lines '"role":"instance".*"parts_at":null')" 0 "SGD with a step 1 % short parts on every instance"
verify damped hb-quadratic-finite
num "$(lines '"blame":"method".*parts from heavy-ball at step 1, ')" '>' 2 "momentum scaled wrongly"
verify late li-ima
is "$(lines '"role":"instance".*"parts_at":1,')" "$(lines '"role":"instance".*"beside":{')" "an average that is one step off"
verify sixth gd-convex-smooth --objective quadratic:d=3
like "$out" '"parts_at":6,"apart":0\.000[0-9]*,"replicate":0,"coordinate":0,"value":-?0\.[0-9]+,"reference":-?0\.[0-9]+' \
	"one short step is found where it is made, with both values"

# A wrong theorem.
verify gd gd-convex-smooth-tight:bound_factor=0.9 --objective huber:tau=0.01
like "$out" '"verdict":"refuted".*"blame":"theorem","conduct":"gd breaks the bound too' "0.9 of the bound: the claim is blamed"
like "$out" '"parts_at":null' "not the method"
verify slow gd-convex-smooth-tight:bound_factor=0.9 --objective huber:tau=0.01
like "$out" '"blame":"theorem","conduct":"gd breaks the bound too.*parts from gd at step 1' "though it be wrong as well"
run ratecheck verify gd-convex-smooth-tight:bound_factor=0.9 --objective huber:tau=0.01 --format json --quiet
like "$out" '"blame":"theorem","conduct":"","beside":null' "without a method of the user's there is nothing to set beside"

# Other promises.
verify memory gd-convex-smooth --objective quadratic:d=3
like "$out" 'two runs on the same samples differ at step 1' "a memory outside of the blocks"
verify secret sgd-pl
like "$out" '"blame":"method","conduct":"the method left its contract: draws samples, which it does not declare' "samples that were not declared"
verify twice gd-convex-smooth --objective quadratic:d=3 --steps 50
like "$out" '"conduct":"100 oracle calls in 50 steps, gd makes 50"' "more oracle calls than the reference"
verify outside gd-convex-smooth --objective quadratic:d=20
like "$out" 'leaves the span of its gradients at step 1, which it promises' "a span that is left"
verify gd gd-convex-smooth:gamma=1.5 --beyond --objective huber:tau=0.01
like "$out" 'parameters outside of the theorem.s range: 0 < gamma' "parameters that the theorem does not allow"
verify gd gd-pl --objective "quadratic:d=2" --as heavy-ball
exits 2 "--as another method than any of the theorems is about"

# --strict: a method that is another one counts, whether or not a bound sees it.
strict() { # METHOD ARGUMENT...
	method=$1
	shift
	run ratecheck verify --plugin "$tmp/methods.so" --method "my-$method" --strict --quiet "$@"
}
for pair in gd:gd-pl ball:hb-quadratic-finite sgd:sgd-convex-smooth; do
	strict "${pair%:*}" "${pair#*:}" --steps 16 $kinds --objective quadratic:d=4,kappa=10,spectrum=two-point
	exits 0 "--strict: $pair is what it says"
	unlike "$out" 'parts? from the reference' "and nothing parts"
done
strict slow gd-convex-smooth --objective quadratic:d=3
exits 1 "a bound that holds, and a step 1 % short"
like "$out" '^2 checks, 2 held, 2 part from the reference$' "the summary counts it"
like "$out" '^  parts from the reference  gd-convex-smooth\.' "the end names the check"
run ratecheck verify --plugin "$tmp/methods.so" --method my-slow gd-convex-smooth gd-pl --objective quadratic:d=3
exits 0 "without --strict it is no fault"
like "$out" 'held, .*[1-9] part from the reference$' "and counted all the same"
strict slow gd-convex-smooth gd-pl --objective quadratic:d=3
like "$out" '^parts +gd-pl +2/2 ' "so does the theorem's line"
strict slow gd-convex-smooth --objective quadratic:d=3 --format tap
like "$out" '^not ok 1 ' "and TAP"
strict secret sgd-pl --objective least-squares:n=20,d=3
exits 1 "samples that were not declared"
strict slow gd-convex-smooth --objective quadratic:d=3 --output "$tmp/strict"
strict slow gd-convex-smooth --objective quadratic:d=3 --output "$tmp/strict" --resume
exits 1 "a run that is resumed counts what is kept"
like "$out" '2 part from the reference$' "as the run before"
# Adam as libraries have it: the reference takes the eps of the same name.
cat >"$tmp/library.c" <<'END'
#include <math.h>
#include "ratecheck/ratecheck.h"
static int step(rate_run *run)
{
	double *x = run->state[0], *m = run->state[1], *v = run->state[2], *g = run->scratch[0];
	double b1 = run->schedule[1], b2 = run->param[0], eps = run->param[1];
	const rate_sample *s = rate_draw(run, 0, 1);
	if (!s || rate_sample_gradient(run, s, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		m[i] += (1 - b1) * (g[i] - m[i]);
		v[i] += (1 - b2) * (g[i] * g[i] - v[i]);
		x[i] -= v[i] > 0 ? run->gamma * m[i] / ROOT : 0;
	}
	return rate_project(run, x);
}
static const rate_state state[] = { { "x", 0, "" }, { "m", 0, "" }, { "v", 0, "" } };
static const rate_param params[] = { { "beta2", RATE_REAL, "0.999", 0, 0.9999999, NULL, "" }, { "eps", RATE_REAL, "0", 0, 1, NULL, "" } };
static const char *const schedules[] = { "gamma", "beta1" };
static const rate_method m = { .size = sizeof m, .abi = RATE_ABI, .id = "my-adam", .title = "", .summary = "", .source = "",
	.flags = RATE_STOCHASTIC | RATE_NEEDS_PROJECTION, .params = RATE_ROWS(params), .schedules = RATE_LIST(schedules), .state = RATE_ROWS(state),
	.scratch = 1, .step = step };
static const rate_method *const methods[] = { &m };
RATE_PLUGIN("mine", "1", "MIT", .methods = RATE_LIST(methods))
END
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/library.c" "-DROOT=(sqrt(v[i]) + eps)" -o "$tmp/library.so" -lm &&
	$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/library.c" "-DROOT=sqrt(v[i] + eps)" -o "$tmp/inside.so" -lm || bail_out "the plugin does not build"
for eps in 0 0.01; do
	run ratecheck verify adam-step-bound --method "$tmp/library.so:eps=$eps" --as adam --objective quadratic:d=3 --steps 20 --strict --quiet
	exits 0 "Adam written in another way, eps = $eps"
done
run ratecheck verify adam-step-bound --method "$tmp/inside.so:eps=0.01" --as adam --objective quadratic:d=3 --steps 20 --strict --quiet
exits 1 "eps under the root"
like "$out" 'parts from adam at step 1' "parts"
run ratecheck verify gd-pl --strict
exits 2 "--strict without a method"
strict gd drori-lb
exits 3 "where nothing is compared"
like "$err" 'nowhere compared' "that is said"

# For people.
run ratecheck verify gd-convex-smooth-tight --method "$tmp/methods.so#my-slow" --as gd --objective huber:tau=0.01 \
	--output "$tmp/results" --quiet
exits 1 "refuted"
like "$out" '^refuted .*the method left its contract: parts from gd at step 1' "the table says why"
check=$(sed -n '1s/.*"check":"\([^"]*\)".*/\1/p' "$tmp/results/results.jsonl")
run ratecheck show "$check" --results "$tmp/results"
like "$out" 'not to blame: the method is' "show explains"
like "$out" 'Beside gd: the method left its contract: parts from gd at step 1' "with the step"
replay=$(sed -n '1s/.*"replay":"\([^"]*\)".*/\1/p' "$tmp/results/results.jsonl")
run sh -c "$replay --quiet"
like "$out" 'the method left its contract' "and the replay line shows it again"
done_testing
