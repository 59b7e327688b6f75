#! /bin/sh
# A small run of `make calibrate` and of `make power`.
. "$(dirname "$0")/tap.sh"

run "$top_builddir/tests/calibrate" boundary 40 7
exits 0 "no row above alpha"
is "$(printf '%s\n' "$out" | grep -c '^| .*\[.*\] |$')" 17 "all rows are there"
like "$out" '^\| \*false\*.* 1\.0000 \[.* 1\.0000 \[' "the false claim is refuted every time"
run "$top_builddir/tests/calibrate" power 1 7
exits 0 "power"
like "$out" '^\| constant \| (256|512) ' "a constant shows 5 % soon"
run "$top_builddir/tests/calibrate"
exits 2 "usage"
done_testing
