#! /bin/sh
# Each fuzz target (tests/fuzz/) on its corpus: seeds, and what `make fuzz` once found.
. "$(dirname "$0")/tap.sh"

for t in table spec descriptor results run; do
	run env TMPDIR="$tmp" "$top_builddir/tests/fuzz/$t" "$top_srcdir/tests/fuzz/corpus/$t"/*
	exits 0 "$t: takes or refuses each of $(ls "$top_srcdir/tests/fuzz/corpus/$t" | wc -l | tr -d ' ')"
done
run "$top_builddir/tests/fuzz/table" "$top_srcdir/tests/cases/data"/*
exits 0 "table: the data files of tests/cases"
done_testing
