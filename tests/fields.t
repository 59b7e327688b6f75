#! /bin/sh
# Fields, objectives whose gradient is that of no function: what is said of them is tested, and only theorems on fields run.
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99

for spec in affine-field affine-field:a=0.5/1,b=2/-1,rotate=1,centre=1/2+gaussian-noise affine-field:a=-1,b=0; do
	run ratecheck probe "$spec" --pairs 200
	exits 0 "$spec: nothing is false"
done
for lie in "affine-field:a=-0.1 monotone=1" "affine-field:a=0.1 skew=1" "affine-field:a=0/0,b=1/2 sigma_min=1.5" \
	"affine-field L=0.9" "affine-field:a=1 mu=1.1"; do
	run ratecheck probe "${lie% *}" --declare "${lie#* }" --pairs 200
	exits 3 "${lie% *} with ${lie#* }: found"
done

run ratecheck verify gd-strongly-convex --objective affine-field:a=1 --steps 4
like "$out" "the objective is a field V, the gradient of none" "a theorem on functions does not speak of a field"
run ratecheck verify eg-last --objective affine-field --method smb --steps 4
like "$out" "a field has none" "a method that asks for values is told that there are none"
run ratecheck verify eg-last --objective affine-field:a=-1 --steps 4
like "$out" "needs monotone" "a field that is not monotone"
run ratecheck verify eg-regret --objective quadratic:d=5 --steps 4
exits 0 "a gradient is a field, too"
# Regret may be negative, which says nothing of a minimum.
for id in eg-regret peg-regret; do
	run ratecheck verify $id --objective affine-field:a=-0.3,b=-0.1,start=0.1/3.6 --steps 8
	exits 0 "$id: negative regret is none"
done
done_testing
