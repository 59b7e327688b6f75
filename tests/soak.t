#! /bin/sh
# Six theorems, drawn anew each time, on eight random instances each, of any scale and up to 2048 steps (`make soak`
# has all of them, and longer runs: some bounds are sums over all steps).
. "$(dirname "$0")/tap.sh"

seed=${SOAK_SEED:-$(date +%s)}
theorems=$(ratecheck list theorems --plain | cut -f1 |
	awk -v seed="$seed" 'BEGIN { srand(seed) } { print rand(), $1 }' | sort -n | head -n 6 | cut -d' ' -f2)
diag "seed $seed: $(echo $theorems)"
run env SOAK_STEPS=2048 "$top_builddir/tests/soak" "$top_builddir/tests/scaled.so" 48 "$seed" $theorems
exits 0 "true theorems hold (SOAK_SEED=$seed draws the same again)"
like "$out" ' 0 fell' "none fell"

done_testing
