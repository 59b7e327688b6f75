#! /bin/sh
# Each theorem is searched for the instance on which its bound is tightest: none that is true may be violated. Writes
# Markdown.
#
#     ./run tests/hunts.sh 3 20261 [THEOREM...]      seconds for each, seed
#
# Exit: 0; 1 if a claim fell.
seconds=${1-3} seed=${2-1}
if test $# -gt 2; then
	shift 2
else
	# shellcheck disable=SC2046 # ids have no blanks
	set -- $(ratecheck list theorems --plain)
fi

dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

# A line each: theorem, exit status, instances tried, judged, the largest ratio or why there is none.
for theorem; do
	ratecheck hunt "$theorem" --seconds "$seconds" --seed "$seed" --quiet >"$dir/said" 2>&1 </dev/null
	status=$?
	test $status = 1 && cat "$dir/said" >&2
	awk -v theorem="$theorem" -v status=$status '
		/instances tried/ { tried = $1; judged = $4 }
		match($0, /measured \/ bound = [^ ]*/) && ratio == "" { ratio = substr($0, RSTART + 19, RLENGTH - 19) }
		/^ratecheck: / && ratio == "" {
			ratio = $0
			sub(/^ratecheck: (hunt [^:]*: )?/, "", ratio)
			sub(/[;:].*/, "", ratio)
		}
		/no instance could be judged/ { tried = $0; sub(/.* in /, "", tried); sub(/ .*/, "", tried) }
		END { printf "%s\t%s\t%d\t%d\t%s\n", theorem, status, tried, judged, ratio }' "$dir/said" >>"$dir/all"
done

awk -F '\t' -v seconds="$seconds" -v seed="$seed" '
	BEGIN { n = split("1 0.9999 0.99 0.9 0.5 0", least, " ") }
	{ tried += $3; judged += $4 }
	$2 == 0 || $2 == 1 {
		searched++
		for (k = 1; k <= n && !($5 > least[k] || (k > 1 && $5 == least[k])); k++)
			;
		share[k]++
	}
	$2 == 1 { fell = fell "| " $1 " | " $5 " |\n"; falls++ }
	$2 == 0 && $5 > 1 { above = above "| " $1 " | " $5 " |\n" }
	$2 == 2 { why[$5]++ }
	$2 == 3 { unjudged = unjudged (unjudged == "" ? "" : ", ") $1; none++ }
	END {
		printf "# Hunts\n\nMade by `make hunts HUNTS=\"%s %s\"`: each theorem is searched for %s s.\n\n",
		       seconds, seed, seconds
		printf "%d theorems; %d were searched: %d instances, of which %d could be judged. %d fell.\n\n",
		       NR, searched, tried, judged, falls
		print "| largest measured / bound | theorems |\n| --- | --- |"
		for (k = 1; k <= n; k++)
			printf "| %s %s | %d |\n", k == 1 ? "above" : "at least", least[k], share[k]
		if (fell != "")
			printf "\nA claim fell:\n\n| theorem | ratio |\n| --- | --- |\n%s", fell
		if (above != "")
			printf "\nMeans of samples may lie above 1 by chance; no e-value, on samples of its own, says " \
			       "anything against these:\n\n| theorem | ratio |\n| --- | --- |\n%s", above
		print "\nNot searched:\n\n| theorems | why |\n| --- | --- |"
		fflush()
		for (w in why)
			printf "| %d | %s |\n", why[w], w | "sort -t\"|\" -k2,2nr"
		close("sort -t\"|\" -k2,2nr")
		if (none)
			printf "\nOf %d no instance was judged, for the search does not draw what they are stated for (a " \
			       "start at the\nminimiser, a function made for one horizon): %s.\n", none, unjudged
		exit falls > 0
	}' "$dir/all"
