#! /bin/sh
# A results folder loses nothing and mixes nothing: kills at any time, two runs at once, a full disk, other options, edited
# plugins and data, lost curves, broken lines.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

cd "$tmp" || bail_out "no folder"
# Times aside, results are bytes.
bytes() { sed 's/"seconds":[^,]*//' "$1/results.jsonl"; }
same() { # FOLDER FOLDER WHAT
	bytes "$1" >"$tmp/.a" && bytes "$2" >"$tmp/.b" && cmp "$tmp/.a" "$tmp/.b" && diff -r "$1/curves" "$2/curves"
	ok $? "$3"
}

printf '1,2,1\n2,1,-1\n3,1,1\n1,1,-1\n' >data.csv
part="gd-convex-smooth gd-strongly-convex gd-pl sgd-convex-smooth lem-descent --objective quadratic:d=3 --objective huber \
	--objective least-squares:data=data.csv --steps 64 --replicates 512 --jobs 1"
run ratecheck verify $part --output whole
exits 0 "a run"
summary=$(grep ' checks, ' "$tmp/out")

# ---- Kills ----
# The delays are those of a small generator, so that a failure can be repeated; they are parts of what the run takes.
kills=0
i=0
while test "$i" -lt 12 && test ! -e killed/results.jsonl; do
	i=$((i + 1))
	ratecheck verify $part --output killed --resume --quiet >/dev/null 2>&1 &
	pid=$!
	sleep "0.0$(((i * 37 + 11) % 9 + 1))"
	kill -9 $pid 2>/dev/null && kills=$((kills + 1))
	wait $pid 2>/dev/null
done
run ratecheck verify $part --output killed --resume
exits 0 "--resume goes on after $kills kills"
same whole killed "with the same bytes"
is "$(grep ' checks, ' "$tmp/out")" "$summary" "and the same summary"
ls -A killed whole | grep -v '^\(killed\|whole\):$' | grep -v '^$' | sort | uniq -c | grep -v ' 2 '
isnt $? 0 "no other file is left over"

# Cut at any line, with a torn one behind.
lines=$(wc -l <whole/results.jsonl | tr -d ' ')
for n in 0 1 $((lines / 2)) $((lines - 1)); do
	rm -rf cut
	cp -R whole cut
	mv cut/results.jsonl all.jsonl
	{ head -n "$n" all.jsonl; printf '{"schema":1,"check":"gd-pl.00"'; } >cut/results.jsonl.part
	run ratecheck verify $part --output cut --resume --quiet
	same whole cut "after $n lines and a torn one: the same bytes"
done
# Lines in the middle that say nothing, as after two writers.
cp -R whole torn
sed -e '3s/.*/{"schema":1,{"sch/' -e '5s/.*//' -e '7s/"verdict":"[a-z-]*"/"verdict":"maybe"/' whole/results.jsonl >torn/results.jsonl
run ratecheck verify $part --output torn --resume --quiet
exits 0 "lines that say nothing are run again"
same whole torn "and stand at their place"
cp -R whole curves
rm "curves/curves/$(ls whole/curves | sed -n 2p)"
echo '# another' >"curves/curves/$(ls whole/curves | sed -n 4p)"
run ratecheck verify $part --output curves --resume --quiet
same whole curves "lost curves are drawn again"
for format in tap json; do
	cp -R whole $format
	head -n 9 whole/results.jsonl >$format/results.jsonl.part
	rm $format/results.jsonl
	run ratecheck verify $part --output $format --resume --format $format
	is "$(grep -c '^ok \|^{' "$tmp/out")" "$lines" "--format $format has all checks, those of before too"
done

# ---- Another run ----
other() { # WHAT OPTION...
	what=$1
	shift
	cp -R whole other
	mv other/results.jsonl other/results.jsonl.part
	run ratecheck verify $part --quiet --output other --resume "$@"
	exits 3 "--resume with another $what"
	like "$err" "^ratecheck: other/run.json: the run there has $what .*--resume wants the same" "says what differs"
	cmp -s whole/results.jsonl other/results.jsonl.part
	ok $? "and leaves the results"
	rm -rf other
}
other seed --seed 2
other alpha --alpha 1e-6
other effort --effort standard
other steps --steps 65
other replicates --replicates 513
other objectives --objective abs
other method --method gd
other x0 --x0 zero
run ratecheck verify $part --output whole --resume --jobs 2 --timeout 60 --quiet
exits 0 "--jobs and --timeout move no result"
cp -R whole edited
printf '1,2,1\n2,1,-1\n3,1,1\n1,1.5,-1\n' >data.csv
run ratecheck verify $part --output edited --resume --quiet
exits 3 "an edited data file"
like "$err" 'the run there has data.csv "[0-9a-f]{16}", this one "[0-9a-f]{16}"' "is named"
printf '1,2,1\n2,1,-1\n3,1,1\n1,1,-1\n' >data.csv

printf '1\n2\n3\n' >x0.txt
start="gd-pl --objective quadratic:d=3 --steps 8 --x0 x0.txt --quiet --output start"
run ratecheck verify $start
printf '3\n2\n3\n' >x0.txt
run ratecheck verify $start --resume
exits 3 "an edited start"
like "$err" 'the run there has x0.txt' "is named"
instance() { printf '{"theorem":"gd-pl","objective":"quadratic:d=2","parameters":"gamma=1","steps":%s}\n' "$1" >found.json; }
instance 5
run ratecheck verify --instance found.json --output found --quiet
exits 0 "an instance"
instance 3
run ratecheck verify --instance found.json --output found --quiet --resume
exits 3 "an edited instance"
like "$err" 'the run there has (checks|objectives)' "makes other checks"
for text in '' '{"seed"' '[]'; do
	printf '%s' "$text" >start/run.json
	run ratecheck verify $start --resume
	exits 3 "a run.json that is '$text'"
	like "$err" 'start/run.json: cannot be read, .*; --force writes over them' "says nothing of the results beside it"
done
rm start/run.json
run ratecheck verify $start --resume
exits 3 "nor does none"

# ---- A folder that holds results ----
run ratecheck verify $part --output whole --quiet
exits 3 "it is not overwritten"
like "$err" 'whole: holds results; --resume goes on with them, --force writes over them' "the line says what to do"
cp -R whole forced
echo old >forced/index.html
run ratecheck verify gd-pl --objective quadratic:d=2 --steps 3 --output forced --force --quiet
exits 0 "--force writes over it"
is "$(ls forced)" "$(printf 'curves\nresults.jsonl\nrun.json')" "nothing of before is left"
run ratecheck verify gd-pl --retry --output forced
exits 2 "--retry without --resume"
run ratecheck verify gd-pl --force --resume --output forced
exits 2 "--force with --resume"
run ratecheck verify gd-pl --force
exits 2 "--force without --output"

# ---- Broken lines ----
cat >sick.c <<'END'
#include <stdlib.h>
#include "ratecheck/ratecheck.h"

static int create(const rate_host *host, const rate_args *v, void **self) { (void)host; (void)v; return *self = malloc(1), RATE_OK; }
static size_t dim(void *self) { (void)self; return 1; }
static int value(void *self, const double *x, double *f) { (void)self; *f = x[0] * x[0] / 2; return RATE_OK; }
static int gradient(void *self, const double *x, double *g)
{
	(void)self;
	if (getenv("SICK"))
		abort();
	g[0] = x[0];
	return RATE_OK;
}
static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->value = *name == 'c' || !name[1] ? 1 : 0;
	return (*name == 'L' && !name[1]) || (*name == 'm' && name[1] == 'u' && !name[2]) || (*name == 'c' && name[1] == 'o') ? RATE_OK : RATE_FAIL;
}
static const rate_constants constants = { .size = sizeof constants, .scalar = scalar };
static const void *interface(void *self, const char *name) { (void)self; return name[0] == 'c' && name[2] == 'n' ? &constants : NULL; }
static const rate_objective sick = { .size = sizeof sick, .abi = RATE_ABI, .id = "sick", .title = "sick", .create = create,
	.destroy = free, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &sick };
RATE_PLUGIN("sick", "1", "MIT", .objectives = RATE_LIST(objectives))
END
$CC -shared -fPIC -I"$top_srcdir/include" sick.c -o sick.so || bail_out "the plugin does not build"
sick="gd-pl gd-convex-smooth --objective huber --objective ./sick.so:x0=ones --steps 8 --quiet"
run ratecheck verify $sick --output well
exits 0 "a plugin that is well"
run env SICK=1 ratecheck verify $sick --output sick
exits 3 "and that is not"
run ratecheck verify $sick --output sick --resume
exits 3 "its broken lines are kept"
run ratecheck verify $sick --output sick --resume --retry
exits 0 "--retry runs them again"
same well sick "at their place"
touch sick.c
$CC -O1 -DOTHER -shared -fPIC -I"$top_srcdir/include" sick.c -o sick.so
run ratecheck verify $sick --output sick --resume
exits 3 "a plugin that was built again is another"
like "$err" 'the run there has .*/sick.so "[0-9a-f]{16}", this one' "and named"

# ---- Two runs at once ----
mkfifo pipe
ratecheck verify $part --output locked --format json >pipe 2>/dev/null &
pid=$!
exec 7<pipe
read -r line <&7
kill -STOP $pid
run ratecheck verify $part --output locked --resume --quiet
exits 3 "a second run"
like "$err" "^ratecheck: locked: another ratecheck is writing there, process [0-9]+;" "says who has the folder"
run ratecheck report locked --quiet
exits 3 "nor does report write there"
kill -CONT $pid
cat <&7 >/dev/null
exec 7<&-
wait $pid
is $? 0 "the first comes to its end"
same whole locked "as if alone"

# ---- No room, no output ----
if test "$(id -u)" = 0 && mkdir small && mount -t tmpfs -o size=64k none small 2>/dev/null; then
	run ratecheck verify $part --output small/full --quiet
	full=$status said=$err
	rm -f small/room
	mount -o remount,size=16m small
	run ratecheck verify $part --output small/full --resume --quiet
	after=$status
	same whole small/full "a disk that was full: --resume gives the same bytes"
	umount small
	is "$full $after" "3 0" "exit 3, then 0"
	is "$(printf '%s\n' "$said" | grep -c .)" 1 "one line"
	like "$said" '^ratecheck: small/full/.*: cannot write: No space left on device; make room' "names the file"
else
	skip 4 "no small disk can be mounted"
fi
for command in "list" "show gd-pl" "verify gd-pl --objective huber --steps 3 --output never" "probe huber" "diff whole whole" "--help" \
	"verify --help" "--version" "verify gd-pl --dry-run"; do
	run sh -c "exec ratecheck $command >/dev/full"
	is "$status $err" "3 ratecheck: standard output: cannot write: No space left on device" "$command: a full disk"
	run sh -c "rm -rf never; exec ratecheck $command >&-"
	is "$status $err" "3 ratecheck: standard output is closed; for no output redirect it to /dev/null" "$command: closed"
done
run sh -c "ratecheck verify gd-pl --objective quadratic --steps 3 --output closed 0<&- 2>&-"
exits 0 "other streams may be closed"
unlike "$(cat closed/results.jsonl)" '^[^{]' "nothing of them comes into the results"
done_testing
