#! /bin/sh
# --format junit: well-formed whatever plugins say, and its totals are those of what is in it.
. "$(dirname "$0")/tap.sh"

cat >"$tmp/evil.c" <<'END'
#include "ratecheck/ratecheck.h"

#define EVIL "]]></testcase> & \"quoted\" 'x' \001\033[31m &amp; <!-- <![CDATA["
#define BYTES " \377 \xef\xbf\xbe \xef\xbf\xbf"
enum { GAMMA };
static void choose(const rate_case *c, double fraction, double *param) { param[GAMMA] = fraction / c->L; }
static double bound(const rate_case *c, double t) { return 1e-9 * c->D2 / (2 * c->param[GAMMA] * t); }
static const char *admissible(const rate_case *c) { return c->d > 3 ? EVIL BYTES : 0; }
static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const rate_theorem one = { .size = sizeof one, .abi = RATE_ABI, .id = "evil", .chapter = EVIL, .title = EVIL,
	.statement = EVIL, .quantity = EVIL, .formula = EVIL, .source = EVIL, .kind = RATE_DETERMINISTIC, .method = "gd",
	.needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .bound = bound,
	.admissible = admissible, .measure = rate_measure_gap };
static const rate_theorem *const theorems[] = { &one };
RATE_PLUGIN("evil", "1", "MIT", .theorems = RATE_LIST(theorems))
END
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/evil.c" -o "$tmp/evil.so" -lm || bail_out "the plugin does not build"

well_formed() {
	if command -v xmllint >/dev/null; then
		xmllint --noout "$tmp/out" 2>"$tmp/lint"
		ok $? "$1: well-formed" || cat "$tmp/lint"
	else
		skip "$1: well-formed" "xmllint not found"
	fi
}
count() { grep -o "<$1[ >]" "$tmp/out" | wc -l | tr -d ' '; }

run ratecheck verify gd-pl agd-sc --steps 16 --format junit
exits 0 "two theorems"
well_formed "what holds"
is "$(count testsuite)" 2 "a suite each"
total=$(sed -n 's/^<testsuites .*tests="\([0-9]*\)".*/\1/p' "$tmp/out")
is "$(count testcase)" "$total" "a case for each check"
like "$out" "^<testsuites name=\"ratecheck\" tests=\"$total\" failures=\"0\" errors=\"0\" skipped=\"$(count skipped)\" " "the totals"

run ratecheck verify evil gd-pl --plugin "$tmp/evil.so" --objective quadratic:d=3 --objective quadratic:d=5 --steps 4 --format junit
exits 1 "a false claim with hostile words"
well_formed "hostile words"
like "$out" '<testsuites name="ratecheck" tests="[0-9]+" failures="2" errors="0"' "the failures are counted"
is "$(count failure)" 2 "and said"
like "$out" '<failure type="refuted" message="at step 1: measured .*>ratecheck verify .*</failure>' "with the reason and the command"
is "$(LC_ALL=C tr -d '\11\12\40-\377' <"$tmp/out" | wc -c | tr -d ' ')" 0 "no control character"

run ratecheck verify gd-pl --objective quadratic:d=3 --method gd --as gd --strict --format junit
well_formed "--strict"
run ratecheck verify gd-pl:bound_factor=0.001 --objective quadratic:d=3 --steps 4 --output "$tmp/kept" --format junit
run ratecheck verify gd-pl:bound_factor=0.001 --objective quadratic:d=3 --steps 4 --output "$tmp/kept" --resume --format junit
exits 1 "a run that is resumed"
well_formed "what is kept"
like "$out" 'failures="[12]" .*' "counts what is kept"
run ratecheck verify gd-pl --format xml
like "$err" 'choose table, tap, json or junit' "another format"
done_testing
