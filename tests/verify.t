#! /bin/sh
# The program as a user runs it: everything holds, everything that must fail fails, same bytes for any number of workers.
. "$(dirname "$0")/tap.sh"

run ratecheck verify --output "$tmp/all" --jobs 2 --quiet --format tap
exits 0 "verify: all hold"
num "$(wc -l <"$tmp/all/results.jsonl")" '>=' 150 "at least 150 checks"
is "$(grep -c '"ok":false' "$tmp/all/results.jsonl")" 0 "every check is as it must be"
like "$out" '^TAP version 13$' "TAP version 13"
like "$out" '^1\.\.[0-9]+$' "the plan"
is "$(grep '"role":"control"' "$tmp/all/results.jsonl" | grep -vc '"verdict":"refuted"')" 0 "every control is refuted"
for theorem in $(ratecheck list theorems --plain); do
	grep '"theorem":"'"$theorem"'"' "$tmp/all/results.jsonl" >"$tmp/one"
	num "$(grep -c '"role":"control"' "$tmp/one")" '>=' 1 "$theorem has a control"
done

ratio() { # THEOREM PATTERN: the largest max_ratio of its sharp instances
	grep '"theorem":"'"$1"'"' "$tmp/all/results.jsonl" | grep '"role":"sharp"' |
		sed 's/.*"max_ratio":\([0-9.e+-]*\).*/\1/' | sort -g | tail -n 1
}
num "$(ratio gd-convex-smooth)" '>=' 0.498 "gd-convex-smooth reaches one half"
num "$(ratio gd-convex-smooth-tight)" '>=' 0.999 "gd-convex-smooth-tight is attained"
num "$(ratio gd-strongly-convex-tight)" '>=' 0.999 "gd-strongly-convex-tight is attained"
num "$(ratio gd-pl-tight)" '>=' 0.999 "gd-pl-tight is attained"

same() { # FILE FILE MESSAGE: equal but for the times
	sed 's/"seconds":[0-9.e+-]*//' "$1" >"$tmp/a"
	sed 's/"seconds":[0-9.e+-]*//' "$2" >"$tmp/b"
	cmp -s "$tmp/a" "$tmp/b"
	ok $? "$3"
}
run ratecheck verify --output "$tmp/one-job" --jobs 1 --quiet
same "$tmp/all/results.jsonl" "$tmp/one-job/results.jsonl" "one worker and two give the same bytes"
run env RATECHECK_BLOCK=3 ratecheck verify --output "$tmp/block" --jobs 2 --quiet
same "$tmp/all/results.jsonl" "$tmp/block/results.jsonl" "so does another block size"

mkdir "$tmp/killed"
cp -r "$tmp/all/curves" "$tmp/killed/"
head -n 40 "$tmp/all/results.jsonl" >"$tmp/killed/results.jsonl.part"
printf '{"schema":1,"che' >>"$tmp/killed/results.jsonl.part"
run ratecheck verify --output "$tmp/killed" --resume --quiet
exits 0 "--resume goes on after a kill"
same "$tmp/all/results.jsonl" "$tmp/killed/results.jsonl" "and gives the same bytes"

replay=$(grep '"role":"control"' "$tmp/all/results.jsonl" | head -n 1 | sed 's/.*"replay":"\([^"]*\)".*/\1/')
run sh -c "$replay --quiet"
exits 1 "the replay line of a control is refuted again"

run ratecheck verify gd-strongly-convex --objective quadratic:d=4 --dry-run
exits 0 "--dry-run"
like "$out" '2 checks' "prints the plan"
for command in list show verify report; do
	run ratecheck $command --help
	exits 0 "$command --help"
	like "$out" "usage: ratecheck $command" "$command --help teaches"
done
done_testing
