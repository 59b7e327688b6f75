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
# Processes are counted for each user, and root may have as many as it likes: a user of whom there is nothing else.
few() { # HOW_MANY COMMAND...
	most=$1
	shift
	# OpenBLAS makes its threads before main() and gives up where it cannot.
	OPENBLAS_NUM_THREADS=1 setpriv --ruid=61234 --bounding-set=-sys_resource,-sys_admin prlimit --nproc="$most:$most" "$@"
}
if few 9 true 2>/dev/null && ! few 1 sh -c 'true & wait $!' 2>/dev/null; then
	for most in 2 4; do
		run few "$most" "$@" --jobs 20
		exits 0 "$most processes"
		is "$(verdicts)" "$want" "the same results"
		run few "$most" ratecheck verify gd-convex-smooth gd-pl --jobs 20
		like "$err" "^ratecheck: warning: only $((most - 1)) child process.* at once: Resource temporarily unavailable; the" \
			"and a warning"
	done
	# No plugin is to blame, and not each of them is waited for.
	run few 1 ratecheck verify gd-pl
	exits 3 "none at all"
	is "$out$err" "ratecheck: no process could be started: Resource temporarily unavailable; end some, or raise the limit (ulimit -u)" \
		"one line"
else
	skip 8 "no limit on processes can be set that binds: not root, or no setpriv"
fi

done_testing
