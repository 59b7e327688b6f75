#! /bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Ranks: the same bytes as one process, whatever their number; one that dies ends the run, which can be gone on with.
. "$(dirname "$0")/tap.sh"

grep -q '^#define HAVE_MPI' "$top_builddir/config.h" || skip_all "built without --with-mpi"
command -v mpirun >/dev/null || skip_all "mpirun is not installed"

# ranks NUMBER ARGUMENT...: each rank leaves its process number in $tmp/pid.RANK, and what it says on stderr in $tmp/says.RANK,
# since mpirun may lose the last words of a run that it ends.
ranks() {
	number=$1
	shift
	rm -f "$tmp"/pid.* "$tmp"/says.*
	run timeout 300 mpirun --oversubscribe --allow-run-as-root -n "$number" \
		sh -c 'echo $$ >"$0/pid.$OMPI_COMM_WORLD_RANK"; exec ratecheck verify "$@" 2>"$0/says.$OMPI_COMM_WORLD_RANK"' "$tmp" "$@"
}
same() { # FOLDER FOLDER MESSAGE: lines equal but for the times, and curves
	for f in "$1" "$2"; do
		sed 's/"seconds":[0-9.e+-]*//' "$tmp/$f/results.jsonl" >"$tmp/$f.lines"
	done
	cmp "$tmp/$1.lines" "$tmp/$2.lines" >&2 && diff -r "$tmp/$1/curves" "$tmp/$2/curves" >&2
	ok $? "$3"
}
table() { # what a table says, but for the time
	grep -v '^time: ' "$tmp/out"
}

# Every kind of claim: on paths, exact and sampled means, a probability, points; controls.
part="gd-pl sgd-nonconvex sgd-convex-smooth li-hp-bounded lem-prox-fixed-point lem-descent --replicates 2048 --quiet"
run ratecheck verify $part --output "$tmp/one" --jobs 1
want=$(table)
for statistic in path exact sampled points; do
	num "$(grep -c '"statistic":"'$statistic'"' "$tmp/one/results.jsonl")" '>=' 2 "checks of the kind $statistic"
done
num "$(grep -c '"kind":"high-probability".*"statistic":"sampled"' "$tmp/one/results.jsonl")" '>=' 1 "one of them of a probability"
for n in 1 2 4; do
	ranks $n $part --output "$tmp/ranks-$n" --format table
	exits 0 "$n ranks"
	same one ranks-$n "$n ranks: the same bytes as one process"
done
is "$(table)" "$want" "and the same table"

# A plugin of the user's notes the ranks on which it is created, one that crashes is a broken check and no more.
awk '1; /^static int create\(/ { getline; print; print "\tseen();" }' "$top_srcdir/objectives/quadratic.c" |
	awk '/^#include/ && !done { print "#include <stdio.h>\n#include <stdlib.h>"; done = 1 } 1
		/^enum/ && !put { put = 1; while (!/;$/) { getline; print }
			print "static void seen(void) { char f[4096]; FILE *out; snprintf(f, sizeof f, \"%s.%s\", getenv(\"SEEN\"),"
			print "\tgetenv(\"OMPI_COMM_WORLD_RANK\")); if ((out = fopen(f, \"w\"))) fclose(out); }" }' |
	sed 's/\.id = "quadratic"/.id = "copy"/' >"$tmp/copy.c"
$CC -shared -fPIC -O2 -I"$top_srcdir/include" -I"$top_srcdir/objectives" "$tmp/copy.c" -o "$tmp/copy.so" -lm &&
	$CC -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/tests/faulty.c" -o "$tmp/faulty.so" -lm ||
	bail_out "the plugins do not build"
SEEN=$tmp/seen
export SEEN
mine="--chapter gradient-descent --chapter subgradient --objective $tmp/copy.so:d=3 --objective $tmp/faulty.so:how=segv --quiet"
run ratecheck verify $mine --output "$tmp/mine" --jobs 2
for n in 2 4; do
	rm -f "$tmp"/seen.*
	ranks $n $mine --output "$tmp/mine-$n"
	exits 3 "$n ranks, a plugin that crashes"
	like "$(cat "$tmp/mine-$n/results.jsonl")" '"verdict":"broken".*faulty: gradient at step [0-9]+: killed by SIGSEGV' "is named"
	num "$(grep -c '"verdict":"holds"' "$tmp/mine-$n/results.jsonl")" '>=' 2 "the other's checks complete"
	same mine mine-$n "and the bytes are the same"
	is "$(ls "$tmp"/seen.* | wc -l)" $n "every rank measured"
done

ranks 2 --chapter no-such --quiet
exits 2 "wrong use"
is "$(cat "$tmp"/says.* | grep -c '^ratecheck: ')" 1 "is told once"
ranks 2 gd-pl --seed random --dry-run
exits 0 "a random seed is the same on all ranks"
run timeout 300 mpirun --oversubscribe --allow-run-as-root -n 2 \
	sh -c 'exec ratecheck verify gd-pl --steps "1$OMPI_COMM_WORLD_RANK"'
exits 3 "ranks with other plans"
like "$err" '^ratecheck: MPI rank 1 has another plan' "are named"

# README's objective, with another L on each rank: as on machines of several kinds.
awk '/^```c/ { c = 1; next } /^```/ { c = 0 } c' "$top_srcdir/README.md" |
	sed 's/"L")) out->value = 1;/"L")) out->value = 1 + 1e-12 * atoi(getenv("OMPI_COMM_WORLD_RANK"));/' >"$tmp/own.c"
$CC -shared -fPIC -I"$top_srcdir/include" "$tmp/own.c" -o "$tmp/own.so" -lm || bail_out "the objective does not build"
ranks 2 sgd-convex-smooth --objective "$tmp/own.so+gaussian-noise:sigma=0.1" --replicates 16384 --format json --quiet
exits 3 "ranks that compute other bounds"
like "$out" '"verdict":"broken".*pieces were run with other parameters or bounds' "are found out"

# The last rank is killed as soon as something has been stored.
long="sgd-convex-smooth --replicates 16384 --quiet"
run ratecheck verify $long --output "$tmp/whole" --jobs 1
mkdir "$tmp/dead"
(
	until test -s "$tmp/dead/results.jsonl.part"; do
		sleep 0.05
	done
	kill -9 "$(cat "$tmp/pid.2")"
) &
killer=$!
ranks 3 $long --output "$tmp/dead"
wait "$killer"
is $? 0 "a rank is killed"
isnt "$status" 0 "which ends the run with an error"
test ! -e "$tmp/dead/results.jsonl"
ok $? "nothing stands there as if it were whole"
is "$(grep -c '^ratecheck: .*MPI rank died; --resume goes on from here' "$tmp/says.0")" 1 "one line says how to go on"
like "$err" 'process rank 2 .*exited on signal 9' "mpirun says which rank"
cp -r "$tmp/dead" "$tmp/dead-2"
run ratecheck verify $long --output "$tmp/dead" --resume
exits 0 "--resume goes on without MPI"
same whole dead "and gives the same bytes"
ranks 2 $long --output "$tmp/dead-2" --resume
exits 0 "and so it does with two ranks"
same whole dead-2 "with the same bytes"
done_testing
