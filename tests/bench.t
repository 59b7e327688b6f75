#! /bin/sh
# `ratecheck bench` on what is small: the same bits by any kernels, exact moments beside replicates, and wrong use.
. "$(dirname "$0")/tap.sh"

run ratecheck bench W2 --exact --runs 2
exits 0 "exact moments"
like "$out" '^workload +kernels +jobs' "with a head"
like "$out" '^W2 +x86-64[v0-9-]* +1 ' "and a line"
hash=$(echo "$out" | awk '$1 == "W2" { print $7 }')
run ratecheck bench W2 --exact --runs 1 --isa x86-64 --json
exits 0 "by other kernels, as JSON"
like "$out" '^{"workload":"W2","isa":"x86-64","jobs":1,' "an object"
like "$out" "\"hash\":\"$hash\"" "the same bits"
# |x_t - x_star|^2 at t = 1, 2, 3, 4, 6, ..., 1024, without a standard error; it falls.
is "$(echo "$out" | sed 's/.*"distance":\[\[//; s/\]\]}//; s/\],\[/\n/g' |
	awk -F, '$2 != 0 || (NR > 1 && $1 > last * 1.5) { print } { last = $1 } END { print NR }')" 20 "the distances"
run ratecheck bench W3 --exact --runs 1
exits 3 "logistic regression has no such moments"
like "$err" '^ratecheck: bench W3: there is no exact recursion' "which is said"

while read -r words; do
	run ratecheck bench $words
	exits 2 "bench $words"
	is "$out" "" "nothing is timed"
done <<'END2'
W9
--runs 0
--runs 100
--runs 5x
--jobs 0
--jobs 1.5
--jobs 65
--isa z80
--famly W2
END2
run ratecheck bench W2 --objective parabola
exits 2 "no such objective"
run ratecheck bench W9
like "$err" "no workload 'W9'; there are W1, W2" "what there is is said"
run ratecheck bench --runs 5x
like "$err" '--runs 5x' "and what is no number"

done_testing
