#! /bin/sh
# path: the table of the points that a method visits is the path that verify measures, and what judge reads.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || bail_out "no folder"

# x <- x - gamma L x on half a square: by hand.
run ratecheck path gd-convex-smooth:gamma=0.25 --objective diagonal:lambda=2,x0=ones --steps 3
exits 0 "a path"
is "$(printf '%s\n' "$out" | sed 1,3d | tr '\n' ' ')" "t,x_1 0,1 1,0.5 2,0.25 3,0.125 " "is the recursion"
like "$out" '^# theorem: gd-convex-smooth:gamma=0\.25
# objective: diagonal:.*x0=ones.*
# method: gd' "and says whose it is"
run ratecheck path gd-convex-smooth:gamma=0.25 --objective diagonal:lambda=2,x0=ones --steps 3 --values
is "$(printf '%s\n' "$out" | sed 1,3d | tr '\n' ' ')" "t,value 0,1 1,0.25 2,0.0625 3,0.015625 " "or the values on it"

# Back through judge: the same ratio as of the run itself.
ratio() { sed 's/.*"max_ratio":\([^,]*\),.*/\1/'; }
for values in '' --values; do
	ratecheck path agd-convex:gamma=1 --objective huber:tau=0.1 --steps 30 $values >path.csv
	ratecheck judge agd-convex:gamma=1 --objective huber:tau=0.1 --trajectory path.csv --format json | ratio >judged
	ratecheck verify agd-convex:gamma=1 --objective huber:tau=0.1 --steps 30 --format json | ratio >measured
	num "$(cat judged)" '>' 0 "judged"
	is "$(cat judged)" "$(cat measured)" "as measured, $(test -n "$values" && echo values || echo points)"
done

# Runs of a stochastic method.
noisy() { ratecheck path sgd-convex-smooth:gamma=0.1 --objective least-squares:n=20,d=3 --steps 20 "$@" | sed 1,4d; }
is "$(noisy --replicate 1)" "$(noisy --replicate 1)" "one path"
isnt "$(noisy --replicate 1)" "$(noisy)" "a replicate is a path of its own"
isnt "$(noisy --seed 2)" "$(noisy)" "a seed, too"
run ratecheck path sgd-convex-smooth --steps 2
like "$out" '
2,[0-9.]*$' "the instance on which the theorem is sharp"
run ratecheck path gd-convex-smooth:gamma=0.25 --objective quadratic:d=1,L=2 --method agd --steps 1
exits 0 "another method"
like "$out" '# method: agd' "is said"

# What cannot be had: a line, and nothing on standard output.
refused() { # CODE WHAT ERROR ARGUMENT...
	code=$1 what=$2 error=$3
	shift 3
	run ratecheck path "$@"
	exits "$code" "$what"
	is "$out" "" "$what: no table"
	like "$err" "$error" "$what: a line"
	is "$(printf '%s\n' "$err" | wc -l)" 1 "$what: one"
}
refused 2 "no theorem" '^ratecheck: path: which theorem\?'
refused 2 "two" '^ratecheck: path: one theorem' gd-pl gd-nonconvex
refused 2 "a name that is none" "did you mean gd-pl" gd-plx
refused 2 "points" '^ratecheck: lem-descent: it is about points' lem-descent
refused 2 "no steps" '^ratecheck: --steps 0: ' gd-pl --steps 0
refused 3 "no minimiser of that kind" '^ratecheck: gd-pl does not apply: ' gd-pl --objective abs
refused 3 "too many numbers" '9001 points of 1000 numbers: .* --values$' gd-convex-smooth --objective least-squares:n=2,d=1000 --steps 9000
refused 3 "out of the numbers" 'step [0-9]* leaves the numbers: --steps [0-9]* is what there is to see$' \
	gd-convex-smooth:gamma=90 --objective quadratic:d=1 --steps 400
last=$(printf '%s\n' "$err" | sed 's/.*--steps \([0-9]*\) .*/\1/')
run ratecheck path gd-convex-smooth:gamma=90 --objective quadratic:d=1 --steps "$last"
exits 0 "as many steps as it says"
run ratecheck path gd-convex-smooth --objective "$top_srcdir/tests/no-such.so"
exits 2 "no such file"
sh -c 'ratecheck path gd-convex-smooth --objective quadratic:d=2 >/dev/full' 2>full
like "$(cat full)" 'standard output: cannot write' "a full disk"
done_testing
