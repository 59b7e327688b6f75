#! /bin/sh
# Whatever a plugin does, its check is `broken` with plugin, oracle, step and cause, and the others complete.
. "$(dirname "$0")/tap.sh"

$CC -shared -fPIC -I"$top_srcdir/include" "$top_srcdir/tests/faulty.c" -o "$tmp/faulty.so" -lm ||
	bail_out "the faulty plugin does not build"

broken() { # HOW CAUSE [SECONDS]
	run ratecheck verify gd-pl --objective "$tmp/faulty.so:how=$1" --objective quadratic:d=3 --steps 100 \
		--timeout "${3-60}" --memory 300 --format json --quiet
	exits 3 "$1: exit code 3"
	line=$(grep faulty "$tmp/out" | head -n 1)
	like "$line" '"verdict":"broken"' "$1: broken"
	like "$line" "faulty: [a-z ]+ at step [0-9]+: .*$2" "$1: says plugin, oracle, step and cause"
	is "$(grep -c '"verdict":"holds"' "$tmp/out")" 2 "$1: the checks of the other objective complete"
}

broken segv SIGSEGV
broken stack SIGSEGV
broken abort SIGABRT
broken exit 'exit\(0\)'
broken loop 'time limit' 2
broken sleep 'time limit' 1

# What other programs take of the processor is not the child's time.
if command -v taskset >/dev/null; then
	cpu=$(taskset -cp $$ | sed 's/.*: *//; s/[,-].*//')
	hogs=
	for hog in 1 2 3; do
		setsid taskset -c "$cpu" sh -c 'while :; do :; done' &
		hogs="$hogs $!"
	done
	run taskset -c "$cpu" ratecheck verify gd-pl --objective "$tmp/faulty.so:how=slow,at=1" --steps 4 --timeout 0.6 --jobs 1 --quiet
	kill $hogs
	exits 0 "a busy machine breaks no check"
else
	skip 1 "taskset is not installed"
fi
# AddressSanitizer needs the whole address space: no limit on it there.
if grep -q 'define RATECHECK_ASAN' "$top_builddir/config.h"; then
	skip 4 "no memory limit under AddressSanitizer"
else
	broken memory SIGABRT
fi
broken nan 'not finite'
broken inf 'not finite'
broken error 'error'

# Nor does it stop the program that times it.
for how in segv exit error; do
	run ratecheck bench W2 --runs 1 --objective "$tmp/faulty.so:how=$how"
	exits 3 "bench, $how: exit code 3"
	like "$err" '^ratecheck: bench W2: faulty: ' "bench, $how: names the plugin"
done

run ratecheck verify gd-pl --objective "$tmp/faulty.so:how=model" --steps 5 --format json --quiet
exits 3 "a model that is another function: exit code 3"
like "$out" 'faulty: glm/1 is not what its value and gradients compute' "and says so"

# Exact means look at no points: those that the runner visits beside them are looked at.
for theorem in gd-pl sgd-nonconvex; do
	run ratecheck verify $theorem --objective "$tmp/faulty.so:how=terms,x0=ones" --steps 50 --format json --quiet
	exits 3 "$theorem: terms that do not add up to f"
	like "$out" '"verdict":"hypothesis-false".*the finite sum is false: declared 0, measured .mean of grad f_i' "are named"
done

for how in none noise orphan; do
	run ratecheck verify gd-pl --objective "$tmp/faulty.so:how=$how,at=3" --steps 50 --format json --quiet
	exits 0 "$how: does no harm"
	is "$(wc -l <"$tmp/out" | tr -d ' ')" 2 "$how: stdout holds the results only"
done

# A signal ends every command, whatever it waits for.
echo '__attribute__((constructor)) static void slow(void) { for (volatile int i = 0;;) i = 1; }' >"$tmp/slow.c"
$CC -shared -fPIC "$tmp/slow.c" -o "$tmp/slow.so" || bail_out "the slow plugin does not build"
interrupted() { # CODE COMMAND...
	want=$1
	shift
	ratecheck "$@" >/dev/null 2>"$tmp/words" &
	pid=$!
	sleep 0.7
	kill $pid
	wait $pid 2>/dev/null
	is $? "$want" "$1, interrupted: exit code $want"
	is "$(cat "$tmp/words")" "" "$1: there is nothing to complain of"
}
interrupted 130 bench W3 --runs 99
interrupted 130 probe logistic:data=breast-cancer --pairs 10000000
interrupted 143 list --plugin "$tmp/slow.so"
interrupted 143 verify gd-pl --objective "$tmp/slow.so"

sleep 1
# A child left behind carries the command line of the program, in which the plugin stands.
left=0
for process in /proc/[0-9]*; do
	{ tr "\\0" " " <"$process/cmdline"; } 2>/dev/null | grep -F "ratecheck verify gd-pl --objective $tmp/faulty.so" >/dev/null &&
		left=$((left + 1))
done
is "$left" 0 "no child is left behind"
done_testing
