#! /bin/sh
# A heavy penalty multiplies rounding errors: no theorem is refuted for that.
. "$(dirname "$0")/tap.sh"

heavy() { # LAMBDA STATUS
	run ratecheck verify f2sa-descent f2sa-noise --steps 64 --jobs 1 \
		--objective "bilevel-quadratic:Q=2,S=0.5,C=0.7,lambda=$1"
	exits "$2" "lambda = $1"
}
heavy 1e3 0
heavy 1e7 0
heavy 1e12 3
like "$out" 'no step can be judged' "which is said"

run ratecheck verify penalty-value penalty-gradient --objective bilevel-quadratic:Q=2,S=0.5,C=0.7,lambda=1e15 --jobs 1
exits 0 "values and gradients are compared without cancellation"

run ratecheck verify f2sa-descent --objective bilevel-quadratic:size=2,P=1/2/3/4
exits 3 "a matrix that is not symmetric"
like "$err$out" 'P must be symmetric' "which is said"
run ratecheck verify gd-convex-smooth --method f2sa --objective quadratic:d=3
like "$err$out" 'does not say its constant players' "an objective of one level"
# A wrapper has none of the quantities that the theorems measure.
for theorem in f2sa-noise f2sa-noise-below f2sa-descent; do
	run ratecheck verify $theorem --objective bilevel-quadratic+sign-noise --steps 4
	exits 3 "$theorem of a function in a wrapper"
	like "$out" 'not applicable' "says nothing"
done

done_testing
