#! /bin/sh
# Where something new goes in: one row, one file. A toy of each is added to a copy of the sources, what the copy differs in is
# counted, and the toy is found where the program would look for it.
. "$(dirname "$0")/tap.sh"

new="$tmp/new"
mkdir -p "$new"
cd "$top_srcdir" || bail_out "no sources"
cp -r include "$new/" && mkdir -p "$new/plugins" "$new/kernels" "$new/verify/session" "$new/verify/measure" &&
	cp -r verify/record verify/work "$new/verify/" && cp plugins/*.h "$new/plugins/" && cp kernels/*.h "$new/kernels/" &&
	cp -r verify/families "$new/verify/" && cp -r verify/session/quantities verify/session/sources "$new/verify/session/" &&
	cp verify/session/*.h "$new/verify/session/" && cp verify/measure/*.h "$new/verify/measure/" || bail_out "no copy"
chmod -R u+w "$new"

# change FILE PATTERN ROW: the row, after the first line that the pattern matches.
change() {
	awk -v pattern="$2" -v row="$3" '{ print } !done && $0 ~ pattern { print row; done = 1 } END { exit !done }' \
		"$1" >"$new/$1"
	ok $? "$1: there is a place for it"
}

# differs WANT MESSAGE: files and lines that the copy has more, since the last time; a file that is new beside them.
differs() {
	for room in include verify/record verify/families verify/session verify/work; do
		diff -rq $room "$new/$room"
	done | grep '\.[ch]\( differ\)\{0,1\}$' | grep -v '^Only in verify' >"$tmp/diff"
	files=$(grep -c '^Files' "$tmp/diff")
	added=$(grep -c '^Only' "$tmp/diff")
	lines=0
	for file in $(sed -n 's/^Files \([^ ]*\) and .*/\1/p' "$tmp/diff"); do
		lines=$((lines + $(diff "$file" "$new/$file" | grep -c '^>')))
	done
	is "$files files, $lines lines, $added new" "$1" "$2"
	sed -n 's/^Only in \(.*\): \(.*\)/\1\/\2/p' "$tmp/diff" | xargs rm -f
	for file in $(sed -n 's/^Files \([^ ]*\) and .*/\1/p' "$tmp/diff"); do cp "$file" "$new/$file"; done
}

# builds FILES: a program of them and of main.c runs.
builds() {
	(cd "$new" && $CC -std=gnu11 -Wall -Werror -Wno-unused-parameter -Iinclude -I. -o "$tmp/toy" "$tmp/main.c" "$@") >"$tmp/cc" 2>&1 ||
		diag "$(cat "$tmp/cc")"
	"$tmp/toy"
	ok $? "and the program knows it"
	rm -f "$tmp/toy"
}

change verify/record/constants.h '^#define RATE_CONSTANTS' \
	'	X(toy, NONE, 1, ABOVE, NONE, "a bound on nothing") \'
cat >"$tmp/main.c" <<'END'
#include <string.h>
#include "verify/record/constants.h"
int main(void)
{
	char text[80];
	const rate_constant_info *toy = rate_constant_named("toy");
	return !(toy && strstr(rate_constant_names(), "toy ") && rate_constant_unsafe(toy, RATE_LOWER, text, sizeof text) &&
	         !strcmp(text, "only a lower bound of toy is known") && !rate_constant_unsafe(toy, RATE_UPPER, text, sizeof text));
}
END
builds verify/record/constants.c
differs "1 files, 1 lines, 0 new" "a constant is a row; from which side it may be read is in it"

change include/ratecheck/theorem.h 'RATE_HIGH_PROBABILITY,' '	RATE_TOY = 20,'
change verify/record/kinds.c 'unknown' '	[RATE_TOY] = { "toy", RATE_AT_LEAST, RATE_ABOUT_MEANS, 0, 0 },'
cat >"$tmp/main.c" <<'END'
#include <string.h>
#include "verify/record/kinds.h"
int main(void)
{
	return !(!strcmp(rate_kind_of(RATE_TOY)->name, "toy") && rate_claims_a_mean(RATE_TOY) &&
	         !strcmp(rate_kind_of(19)->name, "unknown") && !strcmp(rate_kind_of(99)->name, "unknown"));
}
END
builds verify/record/kinds.c
differs "2 files, 2 lines, 0 new" "a kind of claim is its public name and a row"

change verify/work/ways.c '^static const rate_way ways' '	{ "toy", RATE_POINTS, toy_fits, 0, NULL, toy_run },'
sed 's|^static const rate_way ways|int toy_fits(const rate_session *, const rate_check *, uint64_t);\
int toy_run(rate_session *, rate_check *, uint64_t, size_t, rate_measured *);\
&|' "$new/verify/work/ways.c" >"$tmp/ways.c" && mv "$tmp/ways.c" "$new/verify/work/ways.c"
cat >"$tmp/main.c" <<'END'
#include <string.h>
#include "verify/measure/measure.h"
#include "verify/work/exact.h"
#include "verify/work/ways.h"
int toy_fits(const rate_session *s, const rate_check *c, uint64_t first) { return first == 7; }
int toy_run(rate_session *s, rate_check *c, uint64_t first, size_t count, rate_measured *m) { return 1; }
int rate_checkpoints_for(rate_session *s, rate_check *c, int exact) { return 0; }
int rate_run_points(rate_session *s, rate_check *c, rate_measured *m) { return 0; }
size_t rate_points_within(rate_session *s, rate_check *c, size_t most) { return most; }
int rate_run_paths(rate_session *s, const rate_check *c, uint64_t first, size_t count, rate_measured *m) { return 0; }
int rate_exact_means(rate_session *s, const rate_check *c, rate_measured *m) { return 0; }
int main(void)
{
	static rate_theorem th = { .kind = RATE_DETERMINISTIC };
	static rate_method gd;
	static rate_session s = { .theorem = &th, .method = &gd };
	static rate_check c = { .stochastic = 1 };
	return strcmp(rate_way_next(NULL, &s, &c, 7)->name, "toy") || strcmp(rate_way_next(NULL, &s, &c, 256)->name, "every path");
}
END
builds verify/work/ways.c verify/record/kinds.c
differs "1 files, 3 lines, 0 new" "a way of measuring is a row and the two functions that it names"

change verify/session/quantities.h '^#define RATE_QUANTITIES' '	X(toy) \\'
cat >"$new/verify/session/quantities/toy.c" <<'END'
#include "verify/session/quantities.h"
static const char *missing(const rate_session *s) { return NULL; }
static int one(rate_session *s, const double *x, double *q, double *scale) { *q = *scale = 7 * *x; return RATE_OK; }
static double none(const rate_session *s, double q) { return 0; }
static double curvature(const rate_session *s) { return 1; }
const rate_quantity rate_quantity_toy = { "toy", "a toy", missing, one, NULL, none, none, curvature };
END
cat >"$tmp/main.c" <<'END'
#include <string.h>
#include "verify/session/quantities.h"
const rate_quantity rate_quantity_gap = { "gap" }, rate_quantity_dist2 = { "dist2" }, rate_quantity_grad2 = { "grad2" };
const rate_family rate_family_minimise, rate_family_field = { .name = "field", .quantities = "dist2" };
double rate_inherited(const rate_session *s, size_t r, double slope, double curvature) { return curvature; }
void rate_polyak_gap(rate_session *s, size_t r, double gap, double scale) { }
int main(void)
{
	static rate_session s = { .family = &rate_family_minimise, .run = { .nrep = 2, .ld = 1 } };
	const rate_quantity *toy = rate_quantity_named("toy");
	double x[2] = { 1, 2 }, q[2], scale[2];
	if (!toy || rate_quantity_on_path(&s, toy, x, q, scale) || q[1] != 14 || scale[0] != 8)
		return 1;
	s.family = &rate_family_field;
	return rate_quantity_on_path(&s, toy, x, q, scale) == RATE_OK || !strstr(s.declined, "a toy, which a field does not have");
}
END
builds verify/session/quantities/quantities.c verify/session/quantities/toy.c verify/families/families.c
differs "1 files, 1 lines, 1 new" "a quantity is a line and a file with its value and rounding scale"

change verify/session/sources.h '^#define RATE_SAMPLES' '	X(toy) \\'
cat >"$new/verify/session/sources/toy.c" <<'END'
#include "verify/session/sources.h"
static int fits(const rate_session *s) { return s->run.n == 7; }
const rate_sample_source rate_samples_toy = { .name = "toy", .fits = fits };
END
cat >"$tmp/main.c" <<'END'
#include "verify/session/sources.h"
static int fits(const rate_session *s) { return 1; }
const rate_source rate_source_glm = { .fits = fits }, rate_source_block, rate_source_plugin;
const rate_sample_source rate_samples_stream = { .fits = fits }, rate_samples_glm, rate_samples_block, rate_samples_sum,
	rate_samples_whole;
int main(void)
{
	static rate_session s = { .run = { .n = 7 } };
	rate_choose_sources(&s);
	if (s.samples != &rate_samples_toy)
		return 1;
	s.run.n = 8;
	rate_choose_sources(&s);
	return s.samples != &rate_samples_stream;
}
END
builds verify/session/sources/sources.c verify/session/sources/toy.c
differs "1 files, 1 lines, 1 new" "a source of samples is a line and a file"

change verify/families/families.h '^#define RATE_FAMILIES' '	X(toy) \\'
cat >"$new/verify/families/toy.c" <<'END'
#include "verify/families/families.h"
const rate_family rate_family_toy = { .name = "toy", .flag = "toy", .constants = "L" };
END
cat >"$tmp/main.c" <<'END'
#include "verify/families/families.h"
int main(void) { return rate_family_named("toy") != rate_families[0] || !rate_family_has(rate_families[0]->constants, "L"); }
END
builds verify/families/families.c verify/families/toy.c verify/families/field.c verify/families/minimise.c
differs "1 files, 1 lines, 1 new" "a family of problems is a line and a file"

done_testing
