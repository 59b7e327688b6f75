#! /bin/sh
# Where something new goes in: one row, one file. A toy of each is added to a copy of the sources, what the copy differs in is
# counted, and the toy is found where the program would look for it.
. "$(dirname "$0")/tap.sh"

new="$tmp/new"
mkdir -p "$new"
cd "$top_srcdir" || bail_out "no sources"
cp -r include "$new/" && mkdir -p "$new/plugins" "$new/kernels" "$new/verify/session" "$new/verify/measure" &&
	cp -r verify/record verify/work "$new/verify/" && cp plugins/*.h "$new/plugins/" && cp kernels/*.h "$new/kernels/" &&
	cp verify/session/*.h "$new/verify/session/" && cp verify/measure/*.h "$new/verify/measure/" || bail_out "no copy"
chmod -R u+w "$new"

# change FILE PATTERN ROW: the row, after the first line that the pattern matches.
change() {
	awk -v pattern="$2" -v row="$3" '{ print } !done && $0 ~ pattern { print row; done = 1 } END { exit !done }' \
		"$1" >"$new/$1"
	ok $? "$1: there is a place for it"
}

# differs WANT MESSAGE: files and lines that the copy has more, since the last time.
differs() {
	diff -rq include "$new/include" >"$tmp/diff"
	diff -rq verify/record "$new/verify/record" | grep -v '\.l\{0,1\}o$' >>"$tmp/diff"
	diff -rq verify/work "$new/verify/work" | grep -v '\.l\{0,1\}o$' >>"$tmp/diff"
	files=$(grep -c '^Files' "$tmp/diff")
	lines=0
	for file in $(sed -n 's/^Files \([^ ]*\) and .*/\1/p' "$tmp/diff"); do
		lines=$((lines + $(diff "$file" "$new/$file" | grep -c '^>')))
	done
	is "$files files, $lines lines" "$1" "$2"
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
differs "1 files, 1 lines" "a constant is a row; from which side it may be read is in it"

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
differs "2 files, 2 lines" "a kind of claim is its public name and a row"

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
differs "1 files, 3 lines" "a way of measuring is a row and the two functions that it names"

done_testing
