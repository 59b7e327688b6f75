#! /bin/sh
# `exact --method`: what of a method the trace cannot follow, each with the reason; none of them is run where it would fall.
. "$(dirname "$0")/tap.sh"

while read -r method words; do
	run ratecheck exact gd-convex-smooth:gamma=1 --method "$method" --steps 2 --quiet
	exits 3 "$method"
	is "$err" "ratecheck: gd-convex-smooth has no exact worst case here: $method $words" "says why"
done <<'END2'
adagrad-norm is no fixed-step method: at step 0 it asks for dot
sps is no fixed-step method: at step 0 it asks for gap
ula is no fixed-step method: at step 0 it asks for normals
spsa is no fixed-step method: at step 0 it asks for signs
newton is no fixed-step method: at step 0 it asks for model_step
poly-gd is no fixed-step method: at step 0 it asks for metric_spectrum
adam is no fixed-step method: at step 1 its point is no fixed combination of x_0 - x_star and the gradients
page draws for itself (choose), which the paths here do not
frank-wolfe asks for points of a set, and the theorem knows none
dgd needs agents on a network (network/1)
ef21 needs agents on a network (network/1)
shared-spsa needs agents on a network (network/1)
srrw-token needs agents on a network (network/1)
prox-linear needs terms that are compositions (composition/1)
prospect needs losses and their weights (risk/1)
END2

run ratecheck exact gd-convex-smooth:gamma=1 --method psgd --steps 2 --quiet
exits 3 "a method that refuses"
like "$err" 'no exact worst case here: psgd: d=[0-9]+; the matrix is kept' "says so once"

# Ways through a step: an extrapolated point, a metric that is none, an average.
for method in fista metric-gd halpern; do
	run ratecheck exact gd-convex-smooth:gamma=1 --method $method --steps 2 --quiet
	exits 0 "$method is traced"
done

done_testing
