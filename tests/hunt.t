#! /bin/sh
# The hunt reaches the known worst ratios, makes counterexamples small, and what it prints runs again.
. "$(dirname "$0")/tap.sh"

of() { # KEY: a number or word of the object on stdout
	printf '%s\n' "$out" | sed 's/.*"'"$1"'":\([^,}]*\).*/\1/'
}

# Each of them is 1 but pgd-convex's, which is one half (their files say why). No default of an objective is a worst case.
for case in gd-convex-smooth-tight:0.98 gd-strongly-convex-tight:0.98 sgd-pl:0.98 pgd-convex:0.49 hb-quadratic-finite:0.98; do
	theorem=${case%:*}
	run ratecheck hunt "$theorem" --evaluations 5000 --format json
	exits 0 "hunt $theorem: nothing violates it"
	num "$(of max_ratio)" '>=' "${case#*:}" "$theorem: at least ${case#*:}"
	is "$(of violated)" false "$theorem: no violation"
	# 0.9 of what is attained is false, and small instances show it.
	run ratecheck hunt "$theorem" --bound-factor "$(awk "BEGIN { print 0.9 * ${case#*:} / 0.98 }")" --evaluations 20000 --format json
	exits 1 "0.9 of it falls"
	is "$(of violated)" true "$theorem: a violation"
	num "$(of dimension)" '<=' 2 "in at most two dimensions"
	num "$(of steps)" '<=' 5 "and five steps"
	printf '%s\n' "$out" >"$tmp/found.json"
	replay=$(printf '%s\n' "$out" | sed 's/.*"replay":"\([^"]*\)".*/\1/')
	run sh -c "$replay --quiet"
	exits 1 "its replay line is refuted"
	run ratecheck verify --instance "$tmp/found.json" --quiet
	exits 1 "verify takes the instance"
done

run ratecheck hunt sgd-pl --evaluations 1500 --seed 7
first=$out
run ratecheck hunt sgd-pl --evaluations 1500 --seed 7
is "$out" "$first" "same seed, same result"
run ratecheck hunt sgd-pl --evaluations 1500 --seed 8
isnt "$out" "$first" "another seed, another result"

# Of two sides that are as small as their rounding error nothing is known: they are not the sharpest.
run ratecheck hunt lem-descent-step --evaluations 400 --seed 20261 --quiet
unlike "$out" 'by rounding' "hunt looks for no rounding errors of lemmas"
# A conjecture from outside: the gap of gradient descent is at most D^2/(6 gamma t). It is not, by the factor 2/3.
cat >"$tmp/conjecture.c" <<'END'
#include "ratecheck/ratecheck.h"
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static void choose(const rate_case *c, double fraction, double *param) { param[0] = fraction / c->L; }
static const char *admissible(const rate_case *c) { return c->param[0] > 0 && c->param[0] * c->L <= 1 + 1e-12 ? 0 : "0 < gamma <= 1/L"; }
static double bound(const rate_case *c, double t) { return c->D2 / (6 * c->param[0] * t); }
static const rate_theorem t = { sizeof t, RATE_ABI, .id = "conjecture", .chapter = "mine", .title = "", .statement = "a third",
	.quantity = "f(x_t) - f*", .formula = "D^2/(6 gamma t)", .source = "", .kind = RATE_DETERMINISTIC, .method = "gd",
	.needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .admissible = admissible,
	.bound = bound, .measure = rate_measure_gap };
static const rate_theorem *const all[] = { &t };
RATE_PLUGIN("conjecture", "1", "MIT", .theorems = RATE_LIST(all))
END
$CC -shared -fPIC -I "$top_srcdir/include" "$tmp/conjecture.c" -o "$tmp/conjecture.so"
run ratecheck hunt "$tmp/conjecture.so" --evaluations 20000
exits 1 "a wrong conjecture falls"
like "$out" '^COUNTEREXAMPLE: measured / bound = 1\.[0-9]+ at step [1-5]$' "within five steps"
run sh -c "$(printf '%s\n' "$out" | grep '^ratecheck verify') --quiet"
exits 1 "its replay line names the file"
run ratecheck hunt "$tmp/conjecture.so:bound_factor=1.501" --evaluations 3000
exits 0 "one half stands"

run ratecheck hunt gd-pl:gamma=1 --objective quadratic:d=2,L=1,kappa=3 --evaluations 300
exits 0 "what is given stands"
like "$out" 'quadratic:d=2,L=1,kappa=3' "in the objective"
like "$out" 'parameters  gamma=1$' "and in the theorem"

# Bounds that are infinite up to a switch, or at all but the last step, and a theorem about three parabolas alone.
for theorem in sgd-pl-switch sgd-strongly-convex-switch sgd-nonconvex-horizon dice-optimum; do
	run ratecheck hunt "$theorem" --evaluations 1500 --format json
	exits 0 "hunt $theorem"
	num "$(of judged)" '>' 0 "$theorem: instances are judged"
done

# What is met at the start alone is set apart, and steps and horizons have a floor.
run ratecheck hunt gd-pl --evaluations 1500
exits 0 "hunt gd-pl"
like "$out" '^set apart: [01]\.?[0-9]* at step [0-9]+, met at the start alone, by [a-z]' "what is met at the start is set apart"
like "$out" 'measured / bound = 0\.[0-9]+ after the transient' "the rank is what is left after it"
run ratecheck hunt gd-pl --evaluations 1500 --early
unlike "$out" '^set apart' "--early ranks both alike"
run ratecheck hunt agd-convex --evaluations 1000 --floor 0.5 --format json
num "$(of steps)" '>=' 32 "no horizon below half of the range"
run ratecheck hunt agd-convex --evaluations 1000 --from-step 40 --format json
num "$(of steps)" '>=' 40 "--from-step 40: the horizon is not below"
run ratecheck hunt agd-convex --floor 2
exits 2 "a floor above the ceiling"

# What is claimed of every path is looked at on one path, also of a random method.
for theorem in oasis-linear adafactor-step; do
	run ratecheck hunt "$theorem" --objective least-squares:n=20,d=3 --evaluations 200 --format json
	exits 0 "hunt $theorem, random paths"
	num "$(of judged)" '>' 0 "$theorem: random paths are judged"
done

# verify --evaluations and --hunt: what is found is one more check of the run. A count is the same however busy the machine is.
run ratecheck verify gd-pl --objective quadratic:d=2 --evaluations 100 --quiet
exits 0 "verify --evaluations: nothing violates it"
like "$out" '^The sharpest instance that a hunt of 100 instances finds:$' "which is said"
checks() { printf '%s\n' "$out" | sed -n 's/^\([0-9]*\) checks,.*/\1/p'; }
with=$(checks)
run ratecheck verify gd-pl --objective quadratic:d=2 --quiet
num "$with" '==' "$(($(checks) + 1))" "one check more"
# Below 1/4 of the conjecture none of these instances is; the hunt finds one.
run ratecheck verify "$tmp/conjecture.so:bound_factor=0.9" --objective quadratic:d=1,center=1 --steps 4 --quiet
exits 0 "a false claim that an instance does not show"
for format in table tap junit json; do
	run ratecheck verify "$tmp/conjecture.so:bound_factor=0.9" --objective quadratic:d=1,center=1 --objective huber --steps 4 --evaluations 2000 --quiet --format $format
	exits 1 "verify --evaluations --format $format: it falls"
	case $format in
	table) like "$out" '[1-9][0-9]* refuted' "in the summary" ;;
	tap) like "$out" '^not ok [0-9]+ - conjecture on huber' "as a point" ;;
	junit) like "$out" '<failure ' "as a failure" ;;
	json) like "$out" '"verdict":"refuted"' "as a line" ;;
	esac
done
run ratecheck verify "$tmp/conjecture.so:bound_factor=0.9" --objective quadratic:d=1,center=1 --objective huber --steps 4 --hunt 60 --evaluations 2000 --quiet --output "$tmp/hunted"
like "$(tail -n 1 "$tmp/hunted/results.jsonl")" '"verdict":"refuted"' "it is kept"
replay=$(tail -n 1 "$tmp/hunted/results.jsonl" | sed 's/.*"replay":"\([^"]*\)".*/\1/')
run sh -c "$replay --quiet"
exits 1 "and its replay line is refuted"
run ratecheck verify gd-pl --objective quadratic:d=2 --hunt 0.01 --evaluations 1000000000 --quiet
like "$out" '^The sharpest instance that a hunt of 1000000000 instances or 0.01 s finds:$' "the first that is reached ends it"
run ratecheck verify hb-spectral --evaluations 100 --quiet
exits 0 "a theorem that cannot be hunted is verified"
run ratecheck verify gd-pl --hunt 0
exits 2 "no time"
run ratecheck verify gd-pl --evaluations 1.5
exits 2 "half an instance"

# --bound-factor: the checks keep their ids.
ids() { sed 's/.*"check":"\([^"]*\)".*/\1/' "$1/results.jsonl"; }
run ratecheck verify gd-pl --quiet --output "$tmp/whole"
exits 0 "gd-pl"
run ratecheck verify gd-pl --quiet --bound-factor 0.9 --output "$tmp/nine"
exits 1 "0.9 of gd-pl's bound falls"
is "$(ids "$tmp/nine")" "$(ids "$tmp/whole")" "the same ids"
run sh -c "$(sed -n 's/.*"verdict":"refuted".*"replay":"\([^"]*\)".*/\1/p' "$tmp/nine/results.jsonl" | head -n 1) --quiet"
exits 1 "the replay line claims the same"
run ratecheck verify gd-pl --quiet --bound-factor 2
exits 0 "twice the bound holds, and controls still fall"
run ratecheck verify gd-pl --resume --output "$tmp/nine" --quiet
exits 3 "another factor is another run"

# No instance has an exact mean, and the start must be the minimiser: means of a few draws, judged on others.
run ratecheck hunt mala-invariant --objective quadratic:d=1,start=0 --evaluations 300 --format json
exits 0 "a claim that is only sampled is hunted"
is "$(of sampled)$(of violated)" truefalse "and stands"
run ratecheck hunt mala-invariant --objective quadratic:d=1,start=0 --evaluations 300 --bound-factor 0.5
exits 1 "half of it falls"
like "$out" '  <=  0\.5 x \(1 − e\^' "half of the whole bound"
like "$out" '^no exact means: ' "and how it was searched is said"
run sh -c "$(printf '%s\n' "$out" | grep '^ratecheck verify') --quiet"
exits 1 "its replay line is refuted"
run ratecheck probe 'logistic:n=1200,d=3+agents'
exits 3 "a network of more agents than an eigenvalue solver should have"
like "$err" 'give n=1000 or fewer' "names the limit"

run ratecheck hunt hb-spectral
exits 2 "an identity cannot be hunted"
like "$err" 'no ratio' "and says why"
run ratecheck hunt no-such-theorem
exits 2 "an unknown theorem"
run ratecheck hunt gd-pl --seconds never
exits 2 "a budget that is no number"
run ratecheck hunt gd-pl --objective abs --evaluations 20
exits 3 "nothing can be judged"
like "$err" 'needs ' "and says why"
# Instances, each as it would be alone.
for d in 2 3; do
	run ratecheck verify sgd-strongly-convex:gamma=0.$d --objective skew:p=$d --steps 2$d --seed $d \
		--format json --quiet
	printf '%s\n' "$out" | head -n 1 >"$tmp/$d.json"
done
run ratecheck verify --instance "$tmp/2.json" --instance "$tmp/3.json" --quiet --format json
exits 0 "two instances in one run"
key() { sed -n 's/.*"check":"\([^"]*\)".*"max_ratio":\([^,]*\),.*"steps":\([0-9]*\),.*"seed":\([0-9]*\),.*/\1 \2 \3 \4/p' "$@"; }
is "$(key "$tmp/out")" "$(key "$tmp/2.json" "$tmp/3.json")" "each has its objective, steps and seed"
is "$(key "$tmp/out" | grep -c .)" 2 "and there are two"
run ratecheck verify --instance "$tmp/2.json" --instance "$tmp/2.json" --seed 9 --steps 5 --quiet --format json
is "$(key "$tmp/out" | sed 's/^[^ ]* [^ ]* //')" "5 9" "one that stands twice runs once; the command line goes before the file"
run ratecheck verify --instance "$tmp/2.json" gd-pl
exits 2 "an instance and a theorem"
printf '{"x":1}' >"$tmp/bad.json"
run ratecheck verify --instance "$tmp/bad.json"
exits 2 "an object that is no instance"
done_testing
