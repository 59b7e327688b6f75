#! /bin/sh
# A theorem and a method built outside of the tree come in by the same door; a bound of 0.9 of the truth is refuted.
. "$(dirname "$0")/tap.sh"

cat >"$tmp/claim.c" <<'END'
#include "ratecheck/ratecheck.h"
#include <stdio.h>
#ifndef FACTOR
#define FACTOR 1
#endif
static void choose(const rate_case *c, double fraction, double *param) { param[0] = fraction / c->L; }
static double bound(const rate_case *c, double t) { return FACTOR * c->L * c->D2 / (4 * c->param[0] * c->L * t + 2); }
static int sharp(uint32_t k, rate_instance *out)
{
	if (k) return RATE_FAIL;
	snprintf(out->objective, out->text_size, "huber:L=1,tau=%.17g,start=1", 1.0 / 201);
	snprintf(out->parameters, out->text_size, "gamma=1");
	out->steps = 100;
	out->ratio = 1;
	return RATE_OK;
}
static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const rate_theorem claim = { .size = sizeof claim, .abi = RATE_ABI, .id = "my-claim", .chapter = "mine",
	.title = "mine", .statement = "mine", .quantity = "gap", .formula = "mine", .source = "me", .kind = RATE_DETERMINISTIC,
	.method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .bound = bound,
	.measure = rate_measure_gap, .sharp = sharp };
#ifdef TWO
static const rate_theorem second = { .size = sizeof second, .abi = RATE_ABI, .id = "my-second", .chapter = "mine",
	.title = "mine", .statement = "mine", .quantity = "gap", .formula = "mine", .source = "me", .kind = RATE_DETERMINISTIC,
	.method = "gd", .needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .bound = bound,
	.measure = rate_measure_gap };
static const rate_theorem *const all[] = { &claim, &second };
#else
static const rate_theorem *const all[] = { &claim };
#endif
RATE_PLUGIN("mine", "1", "MIT", .theorems = RATE_LIST(all))
END
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/claim.c" -o "$tmp/true.so" -lm &&
	$CC -DFACTOR=0.9 -shared -fPIC -I"$top_srcdir/include" "$tmp/claim.c" -o "$tmp/false.so" -lm &&
	$CC -DTWO -shared -fPIC -I"$top_srcdir/include" "$tmp/claim.c" -o "$tmp/two.so" -lm ||
	bail_out "the theorem does not build"

run ratecheck verify my-claim --plugin "$tmp/true.so" --quiet
exits 0 "the true bound holds"
run ratecheck verify "$tmp/two.so" --dry-run --quiet
exits 0 "a file alone stands for all theorems that it holds"
like "$out" '^my-claim\.' "the one"
like "$out" '^my-second\.' "and the other"
run ratecheck verify "$tmp/two.so#my-second" --dry-run --quiet
unlike "$out" '^my-claim\.' "#id picks one"
run ratecheck verify "$tmp/two.so#my-second" --objective abs --objective huber --quiet --format json
replay=$(tail -n 1 "$tmp/out" | sed 's/.*"replay":"\([^"]*\)".*/\1/')
run sh -c "$replay --quiet"
exits 0 "a replay line names the files that a spec brought in"
run ratecheck verify my-claim --plugin "$tmp/false.so" --format json --quiet
exits 1 "0.9 of it is refuted: exit code 1"
line=$(grep '"role":"sharp"' "$tmp/out")
like "$line" '"verdict":"refuted"' "on its sharp instance"
like "$line" '"max_ratio":1\.111' "with the right ratio"
replay=$(printf '%s' "$line" | sed 's/.*"replay":"\([^"]*\)".*/\1/')
run sh -c "$replay --quiet"
exits 1 "the replay line reproduces it"
like "$out" '^refuted +my-claim' "and says so"

sed -e 's/"gd"/"slow"/g' -e 's/-run->gamma/-0.99 * run->gamma/' "$top_srcdir/methods/gd.c" >"$tmp/slow.c"
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/slow.c" -o "$tmp/slow.so" || bail_out "the method does not build"
run ratecheck verify gd-convex-smooth-tight --method "$tmp/slow.so" --as gd --quiet --format json
ratio=$(grep '"role":"sharp"' "$tmp/out" | head -n 1 | sed 's/.*"max_ratio":\([0-9.e+-]*\).*/\1/')
num "$ratio" '!=' 1 "a method whose step is 1 % short is seen in the ratio"
num "$ratio" '>' 1.001 "which is above 1: the step is not the theorem's"
exits 1 "and refuted"
run ratecheck verify gd-convex-smooth-tight --method "$tmp/slow.so" --as gd --quiet
fallen=$(grep '^refuted' "$tmp/out" | grep -vc 'control refuted')
controls=$(grep -c 'control refuted, as it must be' "$tmp/out")
num "$controls" '>' 0 "a control is refuted"
like "$out" ", $fallen refuted.*; $controls of $controls controls refuted, as they must be" "the summary counts refuted theorems and refuted controls apart"
cd "$tmp" || exit 99
for kind in objective method theorem; do
	run ratecheck new $kind my-$kind
	exits 0 "new $kind"
	run make -C my-$kind CFLAGS="-Wall -Wextra -Werror"
	exits 0 "it builds with its Makefile"
	run ratecheck list --plugin "my-$kind/my-$kind.so" --plain
	like "$out" "^my-$kind\$" "and is listed"
done
run ratecheck verify my-theorem --plugin my-theorem/my-theorem.so --quiet
exits 0 "the theorem of the template holds, and its control is refuted"
run ratecheck verify gd-pl --objective my-objective/my-objective.so --quiet
run ratecheck new objective my-objective
exits 3 "a folder that is there is not touched"
done_testing
