#! /bin/sh
# Plugins that write over what they share with the program, and machines with little room: no such thing ends the program, says
# who it is for another, or changes a verdict.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

cd "$tmp" || bail_out "no folder"
for when in DESTROY GRADIENT CONSTRUCTOR; do
	$CC -O2 -shared -fPIC -DWHEN=$when -I"$top_srcdir/include" "$top_srcdir/tests/cases/plugins/wild.c" -o $when.so ||
		bail_out "wild.c does not build"
done

for when in DESTROY GRADIENT; do
	set --
	for how in 0 1 2 3 -1 -2; do set -- "$@" --objective ./$when.so:how=$how; done
	run ratecheck verify gd-convex-smooth sgd-convex-smooth lem-descent "$@" --objective quadratic:d=3 --steps 30 --quiet --format json
	exits 3 "$when: exit code 3"
	is "$(grep -c '"objective":"wild:how=.*"verdict":"broken".*"reason":"memory that is shared with the program was written over' out)" 30 \
		"each of its checks is broken, and why"
	is "$(grep -c '"objective":"quadratic.*"verdict":"holds"' out)" 5 "the others hold"
	is "$err" "" "nothing else is said"
	run ratecheck bench W2 --runs 1 --objective ./$when.so:how=1
	exits 3 "bench, too"
	like "$err" '^ratecheck: bench W2: ' "says so"
	run ratecheck probe ./$when.so:how=1 --pairs 20
	exits 3 "and probe"
done

# A constructor may describe whatever it likes, as the file could; it is that, and not read beyond its end.
for how in 0 1 2 3 -1 -2; do
	run env WILD=$how ratecheck verify gd-convex-smooth --objective ./CONSTRUCTOR.so --objective quadratic:d=3 --steps 30 --quiet --format json
	exits 3 "a constructor that writes, $how: exit code 3"
	is "$(grep -c '"objective":"quadratic.*"verdict":"holds"' out)" 2 "the other objective holds"
	unlike "$(grep -v '"objective":"quadratic' out)" '"verdict":"(holds|refuted)"' "nothing is said of its own"
	unlike "$out$err" "$(printf '\033')" "no escape sequence comes through"
done

# Little room: fewer children, a warning, the same verdicts.
set -- ratecheck verify gd-convex-smooth gd-pl sgd-pl --objective quadratic:d=3 --objective skew --objective huber --steps 40 \
	--format json --quiet
verdicts() { sed 's/"seconds":[^,]*//' out; }
run "$@"
want=$(verdicts)
run sh -c 'ulimit -n 16 && exec "$@" --jobs 20' sh "$@"
exits 0 "16 open files"
is "$(verdicts)" "$want" "the same results"
run sh -c 'ulimit -n 16 && ratecheck verify gd-convex-smooth gd-pl --jobs 20'
like "$err" '^ratecheck: warning: only [0-9]+ child process.* at once: Too many open files' "and a warning"
if grep -q 'define RATECHECK_ASAN' "$top_builddir/config.h"; then
	skip 3 "no memory limit under AddressSanitizer"
else
	run sh -c 'ulimit -v 4000000 && exec "$@" --jobs 20' sh "$@"
	exits 0 "4 GB of addresses"
	is "$(verdicts)" "$want" "the same results"
	run sh -c 'ulimit -v 4000000 && ratecheck verify gd-convex-smooth gd-pl --jobs 20'
	like "$err" '^ratecheck: warning: only [0-9]+ checks at once: no memory for more' "and a warning"
fi

done_testing
