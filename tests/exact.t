#! /bin/sh
# Exact worst cases: closed forms, refusals with their reason, and the worst function in a run.
. "$(dirname "$0")/tap.sh"

command -v csdp >/dev/null || skip_all "csdp is not installed (Debian: coinor-csdp)"

# column NAME of the csv line for N
column() {
	printf '%s\n' "$out" | awk -F, -v name="$1" -v N="$2" '
		NR == 1 { for (k = 1; k <= NF; k++) at[$k] = k }
		$1 == N { print $at[name] }'
}
near() { # GOT WANT RELATIVE MESSAGE
	num "$(awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; if (d < 0) d = -d; if (b < 0) b = -b; printf "%.17g", d / b }')" '<=' "$3" "$4"
}

# theorem, N, the exact value in closed form (L = G = R = 1, mu = 0.1); a run on the worst function shows it too.
while read -r theorem N value; do
	run ratecheck exact "$theorem" --steps "$N" --format csv
	exits 0 "exact $theorem, N = $N"
	near "$(column exact "$N")" "$(awk "BEGIN { printf \"%.17g\", $value }")" 1e-7 "$theorem, N = $N: $value"
	near "$(column observed "$N")" "$(column exact "$N")" 1e-7 "a run of the method on the worst function ends there"
done <<'END'
gd-convex-smooth 1 1/6
gd-convex-smooth 5 1/22
gd-convex-smooth:gamma=0.5 4 1/(2*(2*4*0.5+1))
gd-convex-smooth-tight 12 1/50
gd-strongly-convex 3 0.9^6
gd-strongly-convex-tight 4 0.9801^4*0+0.850763022582
ssd-convex-horizon 4 0.5
li-ima 8 1/3
li-linear-decay 6 1/sqrt(7)
ogm 2 1/(2*(1+sqrt(1+8*((1+sqrt(5))/2)^2))^2/4)
pgd-convex 6 1/24
spp-strongly-convex 4 0.00390625
gd-nonconvex-tight 3 1/(2*0.75+0.5)
li-hb-ima-smooth 4 0.1
hb-convex-average 3 1
pgd-strongly-convex-tight 2 0.9801^2*0+0.98^4
metric-gd 8 1/34
target-inner:m=1 2 0.81^2
sarah-inner-path 3 0.9^6
END

# Maximally monotone operators, by their resolvent: the first step may use up the sum, and Halpern's bound is attained.
for row in pp-residual:3:1 halpern-pp:6:1/7; do
	theorem=${row%%:*} N=${row#*:} value=${row##*:}
	N=${N%:*}
	run ratecheck exact "$theorem" --steps "$N" --format csv
	exits 0 "exact $theorem, N = $N"
	near "$(column exact "$N")" "$(awk "BEGIN { printf \"%.17g\", $value }")" 1e-7 "$theorem, N = $N: $value"
done

# Over a convex set of diameter 1: Frank-Wolfe after one step in closed form, after ten as the program PEPit has it.
run ratecheck exact fw-recursion --steps 1,10 --format csv
exits 0 "exact fw-recursion"
near "$(column exact 1)" 0.5 1e-7 "the first step is the worst that is claimed"
near "$(column exact 10)" 0.0782896 1e-5 "ten steps"
run ratecheck exact fw-convex --steps 2 --certificate "$tmp/none.json"
exits 3 "of sets there is no certificate"
like "$err" 'may be of any length' "and it is said why"
run ratecheck exact fw-convex --steps 2 --save "$tmp/none"
exits 3 "nor a worst function in a file"

# All paths of a sum of two functions: on the same function twice, sigma* = 0, it is gradient descent.
run ratecheck exact sgd-strongly-convex-interp --terms 2 --steps 3 --format csv
near "$(column exact 3)" "$(awk 'BEGIN { print 0.98 ^ 6 }')" 1e-6 "SGD with interpolation, eight paths"
run ratecheck exact sgd-convex-smooth --terms 2 --steps 2 --format csv
near "$(column exact 2)" 0.5 1e-6 "SGD, four paths: a fifth of the bound"
run ratecheck exact sgd-convex-smooth --terms 8 --steps 5
exits 3 "8^5 paths"
like "$err" 'too many paths' "are too many"

# SARAH, SVRG: the square of the contraction factor, as of gradient descent; a bound that is far off is no obstacle.
run ratecheck exact sarah-inner:gamma=1 --terms 2 --steps 3 --format csv
near "$(column exact 3)" "$(awk 'BEGIN { print 0.9 ^ 6 }')" 1e-6 "SARAH on two functions, eight paths"
run ratecheck exact svrg-epoch --terms 2 --steps 4 --format csv
near "$(column exact 4)" "$(awk 'BEGIN { print 0.9801 ^ 2 }')" 1e-5 "SVRG, two epochs on two functions"
run ratecheck exact sarah-inner-path --terms 2 --steps 2
exits 3 "a claim on every path"
like "$err" 'the mean over paths says less' "is not measured by a mean"

# f + h bounded below, f bends down: the bounds of proxy steps, from above.
run ratecheck exact proxy-convex --steps 3 --format csv
exits 0 "exact proxy-convex"
near "$(column exact 3)" "$(awk 'BEGIN { printf "%.17g", 4 / sqrt(27) }')" 1e-7 "proxy-convex: no function does worse than the bound"
is "$(column status 3)" upper "which is said to be from above"
run ratecheck exact proxy-pl:gamma=0.5 --mu 0.3 --steps 2 --format csv
near "$(column exact 2)" "$(awk 'BEGIN { printf "%.17g", (6 / 7) ^ 2 }')" 1e-7 "proxy-pl"
run ratecheck exact proxy-pl --steps 2 --certificate "$tmp/none.json"
exits 3 "no certificate of it"
like "$err" 'no value stands alone in a row' "and it is said why"
run ratecheck exact proxy-pl --steps 2 --save "$tmp/none"
exits 3 "nor a worst function"
run ratecheck exact proxy-convex:gamma=3 --beyond --steps 1
exits 0 "necessary conditions that give no bound"
like "$out" 'says nothing' "refute nothing"
run ratecheck exact gd-pl:gamma=3 --beyond --steps 1
like "$out" 'allow 5.71[0-9]* of the bound: that says nothing' "nor does a larger value that no function is known for"
run ratecheck exact proxy-convex --method gd --steps 2
exits 3 "a method that does not keep what is measured"
for row in rcd-sc:'rank one' dgd-neighbourhood:'copies of all agents' proxy-nonconvex:'any function' peg-regret:'not be monotone'; do
	run ratecheck exact "${row%%:*}" --steps 2
	exits 3 "${row%%:*} has no such model"
	like "$err" "${row#*:}" "and it is said why"
done

# Two methods on one class.
run ratecheck exact agd-convex --against gd --steps 2..5
exits 0 "agd against gd"
like "$out" '^gd is worse than agd from N = 3 on, by a factor of up to 1.303.$' "where they part"
like "$out" 'falls like N.-[0-9.]*, that of gd like N.-' "and how fast each is"
cat >"$tmp/late.c" <<'END'
/* ogm with the momentum of the step before: off by one */
#include <ratecheck/ratecheck.h>
enum { GAMMA, A, B };
static int start(rate_run *run) { rate_copy(run, run->state[0], run->state[1]); return RATE_OK; }
static int step(rate_run *run)
{
	double *x = run->state[0], *y = run->state[1], *kept = run->state[2], *g = run->scratch[0], a = kept[0], b = kept[1];
	if (rate_gradient(run, x, g))
		return RATE_FAIL;
	for (size_t i = 0; i < run->nrep * run->ld; i++) {
		double down = x[i] - run->gamma * g[i];
		x[i] = down + a * (down - y[i]) + b * (down - x[i]);
		y[i] = down;
	}
	kept[0] = run->schedule[A];
	kept[1] = run->schedule[B];
	return RATE_OK;
}
static const rate_state state[] = { { "x", 0, "the iterate" }, { "y", 0, "the gradient step" }, { "kept", 0, "a, b of the step before" } };
static const char *const schedules[] = { "gamma", "a", "b" };
static const rate_method late = { .size = sizeof late, .abi = RATE_ABI, .id = "late", .title = "late", .summary = "late", .source = "none",
	.flags = RATE_SPAN, .state = RATE_ROWS(state), .schedules = RATE_LIST(schedules), .scratch = 1, .start = start, .step = step };
static const rate_method *const methods[] = { &late };
RATE_PLUGIN("late", "1", "MIT", .methods = RATE_LIST(methods))
END
run $CC -std=c11 -shared -fPIC -I"$top_srcdir/include" "$tmp/late.c" -o "$tmp/late.so"
exits 0 "a method whose momentum is off by one step"
run ratecheck exact ogm --against "$tmp/late.so" --steps 1..10
exits 0 "is compared with the one that it should be"
like "$out" '^late is worse than ogm from N = 1 on, by a factor of up to' "it is worse, and from where is said"
run ratecheck exact ogm --method "$tmp/late.so" --as ogm --steps 1..4
exits 1 "and does not keep the bound"
like "$out" '^late does not keep the bound: at N = 1 it ends at' "as a run shows, and the bound is not blamed"

# The same of agd: the difference of the step before costs the acceleration.
run $CC -std=c11 -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/tests/cases/exact/late-momentum.c" -o "$tmp/agd.so"
exits 0 "agd with the difference of the step before"
run ratecheck exact agd-convex --against "$tmp/agd.so" --steps 1..12
exits 0 "is compared with agd"
like "$out" '^late-momentum is worse than agd from N = 4 on, by a factor of up to 1.507.$' "the loss, and where it begins"
like "$out" 'of agd falls like N.-1.59, that of late-momentum like N.-0.95.$' "the acceleration is gone"
run ratecheck exact agd-convex --method "$tmp/agd.so" --as agd --steps 8,9
exits 1 "and soon the bound"
like "$out" '^late-momentum does not keep the bound: at N = 9 it ends at 0.01771' "which is said of the method"

# A bound that is false by 1 % for N = 7 only.
cat >"$tmp/seven.c" <<'END'
#include <ratecheck/ratecheck.h>
static const rate_param params[] = { RATE_STEP_SIZE("1/L") };
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static void choose(const rate_case *c, double fraction, double *param) { (void)fraction; param[0] = 1 / c->L; }
static const char *admissible(const rate_case *c) { return c->param[0] == 1 / c->L ? NULL : "gamma = 1/L"; }
static double bound(const rate_case *c, double t) { return c->L * c->D2 / (4 * t + 2) * (t == 7 ? 0.999 : 1); }
static const rate_theorem seven = { .size = sizeof seven, .abi = RATE_ABI, .id = "seven", .chapter = "none", .title = "seven",
	.statement = "f(x_N) - f* <= L D^2/(4 N + 2), less 0.1 % at N = 7", .quantity = "f(x_N) - f*", .formula = "L D^2/(4 N + 2)", .source = "none",
	.kind = RATE_DETERMINISTIC, .method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .choose = choose,
	.admissible = admissible, .bound = bound, .measure = rate_measure_gap };
static const rate_theorem *const theorems[] = { &seven };
RATE_PLUGIN("seven", "1", "MIT", .theorems = RATE_LIST(theorems))
END
run $CC -std=c11 -shared -fPIC -I"$top_srcdir/include" "$tmp/seven.c" -o "$tmp/seven.so"
run ratecheck exact "$tmp/seven.so" --steps 1..9
exits 1 "a bound that is 0.1 % too small for N = 7"
like "$out" '^The bound is false: at N = 7 the method ends at 0.0333333' "is refuted there"
like "$out" '^ +8 .* 1.0000000$' "and exact elsewhere"
run ratecheck hunt "$tmp/seven.so" --evaluations 500 --steps 16
exits 0 "which a random search does not find"
run ratecheck hunt "$tmp/seven.so" --evaluations 10 --steps 16 --worst "$tmp/found"
exits 1 "and one that starts from the exact worst function does"
like "$out" 'steps       7$' "in seven steps"
run ratecheck hunt gd-convex-smooth-tight --evaluations 10 --steps 4 --worst "$tmp/found" --format json
exits 0 "a bound that is exact is not exceeded"
num "$(printf '%s\n' "$out" | sed 's/.*"max_ratio":\([0-9.e+-]*\).*/\1/')" '>' 0.999999 "and attained at once"
run ratecheck hunt sps-smooth --evaluations 10 --worst "$tmp/none"
exits 3 "no worst function of a method that is not fixed-step"
run ratecheck show gd-convex-smooth
like "$out" '^Exact +the worst function of the class reaches 0.333333 of the bound after 1 step' "show says how sharp the bound is"
run ratecheck show sps-smooth
like "$out" '^Exact +no exact worst case: sps is no fixed-step method' "or why that is not known"

run ratecheck exact gd-convex-smooth-tight --steps 1..3
exits 0 "a table"
like "$out" '^ +3 +0.07142857[0-9]* +0.07142857[0-9]* +0.07142857[0-9]* +1.0000000$' "observed, exact, proven and their ratio"
like "$out" '^The bound is exact' "and what that means"

run ratecheck exact gd-convex-smooth-tight --steps 2,4 --format json
is "$(printf '%s\n' "$out" | grep -c '^{"steps": [24], "theorem": "gd-convex-smooth-tight", "method": "gd", .*"status": "exact", .*"exact_ratio": [01][.]')" 2 \
	"an object a line"
run ratecheck exact agd-convex --against gd --steps 3 --format json
like "$out" '"against": "gd", "against_exact": 0.0714' "with the other method"

# What cannot be computed is said in one line.
refused() { # REASON ARGUMENT...
	reason=$1
	shift
	run ratecheck exact "$@"
	exits 3 "exact $*"
	like "$err" "$reason" "because $reason"
	is "$(printf '%s\n' "$err" | wc -l)" 1 "in one line"
	is "$out" "" "and nothing else"
}
refused 'sps is no fixed-step method: at step 0 it asks for gap' sps-smooth
refused 'adagrad-norm is no fixed-step method: at step 0 it asks for dot' adagrad-norm-smooth
refused 'it needs L_2' cheb-semi-iteration
refused 'gd knows nothing of the set and may leave it' fw-convex --method gd
refused 'bounded subgradients over a bounded set are not modelled' pssd-bounded
refused 'outside the theorem.s range' gd-convex-smooth:gamma=1.5
refused 'bounded feasible set is not modelled' pssd-sc-uniform
run ratecheck exact lem-descent
exits 2 "a theorem about points"
run ratecheck exact gd-convex-smooth --steps 0
exits 2 "no step"
like "$err" '--steps 0: whole numbers from 1' "is said"
run env PATH=/nowhere "$(command -v ratecheck)" exact gd-convex-smooth --steps 1
like "$out$err" 'csdp cannot be run .*coinor-csdp' "a solver that is missing: which package it is in"
exits 3 "nothing is computed"

# A solver that is killed in the middle, one that hangs, and programs that are too large.
mkdir "$tmp/stub"
printf '#!/bin/sh\nkill -9 $$\n' >"$tmp/stub/csdp"
chmod +x "$tmp/stub/csdp"
run env PATH="$tmp/stub:$PATH" ratecheck exact gd-convex-smooth --steps 2
exits 3 "a solver that is killed"
like "$out" '^N = 2 was not solved: csdp was killed by signal 9' "is said in a line"
printf '#!/bin/sh\nexec sleep 60\n' >"$tmp/stub/csdp"
run env PATH="$tmp/stub:$PATH" ratecheck exact gd-convex-smooth --steps 2 --seconds 0.2
exits 3 "a solver that hangs"
like "$out" '^N = 2 was not solved: csdp: .*more --seconds' "is ended, which is said"
run ratecheck exact gd-convex-smooth --steps 900
exits 3 "a program that would take an hour"
like "$out" '^N = 900 was not solved: 902 leaves .* s of the solver; fewer steps, or more --seconds$' "is not begun"
refused 'T = 90000: too large for the memory of the trace' gd-convex-smooth --steps 90000
refused 'l-svrg draws for itself .choose.' lsvrg-sc:p=0.5 --steps 2

# A method with |1 + gamma L| = 2.98 makes the solver's errors large: then the value stands, and that no run shows it.
run ratecheck exact gd-nonconvex --steps 20
exits 0 "errors that grow"
like "$out" '^No run shows the value at N = 20: ' "are said"

# Beyond the range: the worst case of long steps, where the other end of the class takes over.
run ratecheck exact gd-convex-smooth-tight:gamma=1.9 --steps 2 --beyond
like "$out" 'Outside of the theorem.s range .0 < gamma <= 1/L. nobody claims the bound, and it is false: at N = 2 ' "the theorem is not accused"
run ratecheck exact gd-convex-smooth-tight:gamma=1.9 --steps 2 --beyond --format csv
near "$(column exact 2)" "$(awk 'BEGIN { print 0.5 * 0.9 ^ 4 }')" 1e-6 "gamma = 1.9: the parabola is the worst"

# The file of the worst function is an instance for everybody.
run ratecheck exact gd-convex-smooth-tight --steps 4 --save "$tmp/worst"
run ratecheck verify gd-convex-smooth-tight --objective "interpolant:file=$tmp/worst" --steps 4 --format json
exits 0 "the bound holds on it"
num "$(printf '%s\n' "$out" | sed -n '1s/.*"max_ratio":\([0-9.e+-]*\).*/\1/p')" '>' 0.9999999 "and is attained"
for theorem in ogm agd-convex pgd-convex; do
	run ratecheck exact "$theorem" --steps 3 --save "$tmp/plain" --format csv
	like "$(grep '^interpolant' "$tmp/plain")" 'dimension 1 ' "of all worst functions of $theorem one of a single variable is kept"
	near "$(column observed 3)" "$(column exact 3)" 1e-7 "and it loses nothing"
done
if command -v gnuplot >/dev/null; then
	run ratecheck exact gd-convex-smooth --steps 5 --save "$tmp/picture/" --format csv
	exits 0 "a folder takes a picture, too"
	is "$(cd "$tmp/picture" && ls worst worst.gp worst.svg worst.png worst.pdf | wc -l)" 5 "the file and what is drawn"
	test ! -e "$tmp/picture/gnuplot.log"
	ok $? "and no log of a drawing that came out"
	near "$(awk '$1 == 5 { print $2 }' "$tmp/picture/path.dat")" "$(awk 'BEGIN { print 1 - 5 / 11 }')" 1e-3 "x_5 on the Huber function"
	near "$(awk '$1 == 5 { printf "%.12g", $4 }' "$tmp/picture/path.dat")" "$(awk 'BEGIN { printf "%.12g", 1 / 22 }')" 1e-7 "and its gap, the exact value"
	run ratecheck exact gd-nonconvex-tight --steps 2 --save "$tmp/picture" --format csv
	like "$(cat "$tmp/picture/worst.gp")" "levels of the worst function" "two variables: levels"
	is "$(grep -c "title 'x\*'" "$tmp/picture/worst.gp")" 0 "a function that is only bounded below has no minimiser to mark"
	run ratecheck exact li-ima --steps 2 --save "$tmp/many/" --format csv
	exits 0 "no picture is no failure"
	like "$err" 'no picture: the worst function has [3-9] variables, two can be drawn' "and why there is none is said"
	test -s "$tmp/many/worst" && ! test -e "$tmp/many/worst.gp"
	ok $? "the function is there"
else
	skip 10 "gnuplot is not installed"
fi
echo 'interpolant 1 dimension 1 terms 1 composite 0 minimiser 1 start 1 function mu 0 L 1 G inf points 1 0 nonsense' >"$tmp/broken"
run ratecheck verify gd-convex-smooth --objective "interpolant:file=$tmp/broken"
like "$out$err" 'line 1: a number is wanted, not "nonsense"' "a broken file: the place is said"

# The proof in rationals: for each kind of class, checked without a solver; what is changed proves nothing.
for theorem in gd-convex-smooth-tight gd-strongly-convex gd-nonconvex-tight gd-pl pgd-convex ssd-convex-horizon ogm agd-sc spp-convex-interp; do
	run ratecheck exact "$theorem" --steps 3 --certificate "$tmp/$theorem.json"
	exits 0 "$theorem: a certificate"
	run env PATH="$tmp" "$(command -v ratecheck)" exact --check "$tmp/$theorem.json"
	exits 0 "it is a proof, and no solver is asked"
	run ratecheck exact "$theorem" --check "$tmp/$theorem.json"
	exits 0 "of this method"
done
sed 's/"functions": "convex[^"]*"/"functions": "of every kind"/' "$tmp/ogm.json" >"$tmp/boast.json"
run ratecheck exact --check "$tmp/boast.json"
like "$out" "words are the file's own" "what a file says of itself is not vouched for"
run ratecheck exact ogm --check "$tmp/boast.json"
like "$out" 'for all f: convex, L-smooth' "the traced method's words are"
run ratecheck exact ogm --check "$tmp/gd-convex-smooth-tight.json"
exits 1 "not of another method"
like "$out" 'not about ogm' "which is said"
good=$tmp/gd-convex-smooth-tight.json
tampered() { # SED-SCRIPT REASON MESSAGE
	sed -e "$1" "$good" >"$tmp/bad.json"
	cmp -s "$good" "$tmp/bad.json" && fail "$3: nothing was changed"
	run ratecheck exact --check "$tmp/bad.json"
	exits 1 "$3"
	like "$out" "proves nothing: .*$2" "because: $2"
}
tampered '/"bound":/s,[0-9]/,/,' 'prove less than it claims' "a smaller bound"
tampered '/"pair 0 1 2 /s,[0-9]/,&,; /"pair 0 1 2 /s,\([0-9]\)/,\11/,' 'does not cancel' "another numerator"
tampered '/"pair 0 1 2 /s/pair 0 1 2 /&-/' 'nonnegative rational' "a negative multiplier"
tampered 's/"pair 0 1 2/"bound 0 1 2/' 'belongs to no row' "a row that the class does not have"
tampered '/"start 0 0 0 /s,/,/1,' 'not positive semidefinite' "less of the start"
tampered 's/"L": "1"/"L": "11\/10"/' 'not positive semidefinite' "a smoother class than it is"
tampered 's/"0:1 1:-1"/"0:1 1:-9\/10"/' 'not positive semidefinite' "another step"
tampered 's/"leaves"/"leafs"/' 'a whole number' "a file that lacks a part"
# The length of a point depends on where the minimiser is.
cat >"$tmp/length.c" <<'END'
#include <ratecheck/ratecheck.h>
static const rate_param params[] = { RATE_STEP_SIZE("1/L") };
static const char *const needs[] = { "convex", "L", "x_star" };
static void choose(const rate_case *c, double fraction, double *param) { param[0] = fraction / c->L; }
static double bound(const rate_case *c, double t) { (void)t; return c->D2; }
static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	for (size_t r = 0; r < v->run->nrep; r++)
		s[r] = 0;
	rate_dot(v->run, v->state[0], v->state[0], q);
	return RATE_OK;
}
static const rate_theorem length = { .size = sizeof length, .abi = RATE_ABI, .id = "length", .chapter = "none", .title = "length",
	.statement = "|x_N|^2 <= D^2", .quantity = "|x_N|^2", .formula = "D^2", .source = "none", .kind = RATE_DETERMINISTIC,
	.method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .choose = choose, .bound = bound, .measure = measure };
static const rate_theorem *const theorems[] = { &length };
RATE_PLUGIN("length", "1", "MIT", .theorems = RATE_LIST(theorems))
END
run $CC -std=c11 -shared -fPIC -I"$top_srcdir/include" "$tmp/length.c" -o "$tmp/length.so"
run ratecheck exact "$tmp/length.so" --steps 2
exits 3 "a theorem that measures |x|^2"
like "$err" 'product of points, which depends on where x_star is' "and why it has no exact worst case"

# Files that cannot be read or written: said before anything is computed.
run ratecheck exact gd-convex-smooth --steps 2 --save "$tmp/none/worst"
exits 3 "no such folder for the worst function"
is "$err" "ratecheck: --save $tmp/none/worst cannot be written: No such file or directory" "is said in one line"
is "$out" "" "and nothing is computed"
run ratecheck exact --check "$tmp/none/c.json"
exits 2 "no such certificate"
is "$err" "ratecheck: --check $tmp/none/c.json: No such file or directory" "is said in one line"

done_testing
