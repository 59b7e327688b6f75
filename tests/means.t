#! /bin/sh
# Claims on the mean over the path: by recursion, on one path, by samples, through the end and without it.
. "$(dirname "$0")/tap.sh"

means() { # the column `mean` of the only curve
	awk -F, '!/^#/ { printf "%s%.9g", n++ ? " " : "", $2 }' "$tmp"/results/curves/*.csv
}
check() { # WANT MESSAGE ARGUMENTS
	want=$1 message=$2
	shift 2
	rm -rf "$tmp/results"
	run ratecheck verify "$@" --output "$tmp/results" --quiet
	is "$(means)" "$want" "$message"
}
# x_0 = 1, f' = x/2; v_1 is 0 or 1/2: E f'(x_t)^2 = 1/4, 1/16, 1/32.
check "0.15625 0.114583333" "x_0 to x_t, by recursion" sarah-outer:gamma=1 --objective zero-or-L:p=2 --steps 2
# E x_t^2 = 1, 1/2, 3/8
check "1 0.75 0.625" "x_0 to x_{t-1}, by recursion" storm:gamma=0.5,a=0.5 --objective quadratic:d=1+gaussian-noise --steps 3
# huber is no parabola: 1/2, then slope 1/10 at 0.9 and 0.8
check "0.01 0.01" "one path of what is not quadratic" sarah-outer:gamma=1 --objective huber:tau=0.1 --steps 2
run ratecheck verify sarah-outer:gamma=1 --objective zero-or-L:p=2 --steps 2 --output "$tmp/sampled" --replicates 4096 --quiet
num "$(awk -F, '/^2,/ { d = $2 - 0.114583333; print d < 0 ? -d : d }' "$tmp"/sampled/curves/*.csv)" '<=' 0.002 \
	"by samples, near the exact mean"
# Whether a number is small: constant as far as the start is away, but not where the noise goes.
run ratecheck verify dyson-gap:gamma=160393965.4,u=1 --steps 8 \
	--objective matrix-teacher:alpha=5.7743331e-09,n=2,radius=43.8+gaussian-noise:sigma=1
exits 0 "an indicator under noise that is much larger than the start"
like "$out" 'sampled' "is no quadratic form"
done_testing
