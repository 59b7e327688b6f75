#! /bin/sh
# The program as a user runs it: same bytes for any number of workers, any block size, after a kill; replay lines.
. "$(dirname "$0")/tap.sh"

# Deterministic, exact, sampled and point checks; tests/suite.t has the whole library.
part="gd-pl lem-noise-upper ssd-convex-horizon li-ima"
run ratecheck verify $part --output "$tmp/all" --jobs 2 --quiet
exits 0 "verify: all hold"
for statistic in path exact sampled points; do
	num "$(grep -c '"statistic":"'$statistic'"' "$tmp/all/results.jsonl")" '>=' 10 "checks of the kind $statistic"
done

same() { # FILE FILE MESSAGE: equal but for the times
	sed 's/"seconds":[0-9.e+-]*//' "$1" >"$tmp/a"
	sed 's/"seconds":[0-9.e+-]*//' "$2" >"$tmp/b"
	cmp -s "$tmp/a" "$tmp/b"
	ok $? "$3"
}
run ratecheck verify $part --output "$tmp/one-job" --jobs 1 --quiet
grep ' checks, ' "$tmp/out" >"$tmp/summary"
same "$tmp/all/results.jsonl" "$tmp/one-job/results.jsonl" "one worker and two give the same bytes"
run env RATECHECK_BLOCK=3 ratecheck verify $part --output "$tmp/block" --jobs 2 --quiet
same "$tmp/all/results.jsonl" "$tmp/block/results.jsonl" "so does another block size"

# Many replicates of one check are cut into pieces, by what one costs here and now.
long="sgd-convex-smooth --objective logistic:n=50,d=5 --steps 256 --replicates 131072 --format json --quiet"
ratecheck verify $long --jobs 1 >"$tmp/one-piece"
num "$(grep -c '"replicates":131072' "$tmp/one-piece")" '>=' 1 "all replicates that were asked for"
ratecheck verify $long --jobs 3 >"$tmp/pieces"
same "$tmp/one-piece" "$tmp/pieces" "replicates split over workers give the same bytes"
run ratecheck verify $long --memory 3
exits 3 "measurements of a check beyond --memory"
like "$out" '131072 replicates at [0-9]* checkpoints need [0-9]* MiB, more than --memory' "say what they need"

mkdir "$tmp/killed"
cp -r "$tmp/all/curves" "$tmp/all/run.json" "$tmp/killed/"
head -n 40 "$tmp/all/results.jsonl" >"$tmp/killed/results.jsonl.part"
printf '{"schema":1,"che' >>"$tmp/killed/results.jsonl.part"
run ratecheck verify $part --output "$tmp/killed" --resume --quiet
exits 0 "--resume goes on after a kill"
same "$tmp/all/results.jsonl" "$tmp/killed/results.jsonl" "and gives the same bytes"
grep ' checks, ' "$tmp/out" | cmp -s - "$tmp/summary"
ok $? "and the same summary"
run ratecheck verify $part --output "$tmp/killed" --resume --seed 2 --quiet
exits 3 "results of another seed are not mixed"
like "$err" 'run.json: the run there has seed 1, this one 2' "the line names the file and both seeds"
same "$tmp/all/results.jsonl" "$tmp/killed/results.jsonl" "and nothing is lost"

replay=$(grep '"role":"control"' "$tmp/all/results.jsonl" | head -n 1 | sed 's/.*"replay":"\([^"]*\)".*/\1/')
run sh -c "$replay --quiet"
exits 1 "the replay line of a control is refuted again"

# A verdict in words.
for role in control sharp; do
	check=$(grep '"role":"'$role'"' "$tmp/all/results.jsonl" | head -n 1 | sed 's/.*"check":"\([^"]*\)".*/\1/')
	run ratecheck show "$check" --results "$tmp/all"
	exits 0 "show $check"
	like "$out" '^Decided by +[a-z0-9]' "says how it was decided"
	like "$out" 'ratecheck verify ' "and how to see it again"
done
run ratecheck show no.such --results "$tmp/all"
exits 3 "show: a check that is not there"
like "$err" "no check 'no.such' in results.jsonl" "is named"

run ratecheck list
wrappers=$(sed -n "/^wrappers/,/^\$/p" "$tmp/out")
like "$wrappers" '^  l1 ' "list: wrappers stand under a heading of their own"
unlike "$wrappers" '^  quadratic ' "apart from the objectives"

run ratecheck verify gd-strongly-convex --objective quadratic:d=4 --dry-run
exits 0 "--dry-run"
like "$out" '2 checks' "prints the plan"
for command in list show verify report; do
	run ratecheck $command --help
	exits 0 "$command --help"
	like "$out" "Usage: ratecheck $command" "$command --help teaches"
done
done_testing
