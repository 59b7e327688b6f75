#! /bin/sh
# Models in .nl files: verdicts, and what is no objective is refused in one line.
. "$(dirname "$0")/tap.sh"

ratecheck list objectives | grep -q '^ *nl ' || skip_all "built without the AMPL Solver Library (Debian: libamplsolver-dev)"
models=$top_srcdir/examples/nl
cd "$tmp" || bail_out "no folder"

# verdicts WHAT SPEC: those of two theorems.
verdicts() {
	run ratecheck verify gd-convex-smooth gd-nonconvex --objective "nl:file=$2" --steps 32 --jobs 1
	is "$(awk '/^[a-z-]+ +gd-/ { print $2, $1 }' "$tmp/out")" "$1" "${2##*/}"
}
both() { printf 'gd-convex-smooth %s\ngd-nonconvex %s' "$1" "$2"; }
# 2 + sqrt(2), and a little above the other largest eigenvalues.
verdicts "$(both holds holds)" "$models/quadratic.nl,convex=yes,L=3.4142135623730954,mu=0.58578643762690490"
verdicts "$(both hypothesis-false hypothesis-false)" "$models/quadratic.nl,convex=yes,L=3"
verdicts "$(both holds holds)" "$models/logistic.nl,convex=yes,L=4"
verdicts "$(both holds holds)" "$models/huber.nl,convex=yes,L=8"
verdicts "gd-nonconvex holds" "$models/rosenbrock.nl,L=2000,f_star=0"
verdicts "$(both hypothesis-false hypothesis-false)" "$models/rosenbrock.nl,L=2000,f_star=0,convex=yes"

# refused WORDS NAME EDIT: of the logistic model.
refused() {
	sed "$3" "$models/logistic.nl" >"$2"
	run ratecheck probe "nl:file=$2" --pairs 2
	is "$status" 3 "$2: exit code"
	is "$(wc -l <"$tmp/err" | tr -d ' ')" 1 "in one line"
	like "$(cat "$tmp/err")" "$1" "that says why"
}
refused 'breaks.nl: the model breaks off' breaks.nl '30,$d'
refused 'head.nl: no model: a .nl file begins' head.nl '4,$d'
refused 'word.nl: the model breaks off or has words' word.nl 's/^o44/o999/'
refused 'far.nl: the model breaks off or has words' far.nl 's/^v2/v7/'
refused 'cut.nl: the model has constraints' cut.nl 's/^ 3 0 1/ 3 1 1/'
refused 'whole.nl: the model has integer variables' whole.nl 's/^ 0 0 0 0 0\t.*/ 0 1 0 0 0/'
refused 'none.nl: the model has no objective' none.nl 's/^ 3 0 1/ 3 0 0/'
refused 'other.nl: the model has functions of another library' other.nl 's/^ 0 0 0 1$/ 0 1 0 1/'
refused 'ends.nl: the model has bounds on its variables' ends.nl '/^b/,/^k/s/^3$/0 -1 1/'
refused 'many.nl: the model has too many variables' many.nl 's/^ 3 0 1/ 2000000000 0 1/'
refused 'log.nl: .*not defined' log.nl 's/^o44/o43/'
run ratecheck probe nl:file=nowhere.nl
like "$(cat "$tmp/err")" 'nowhere.nl: No such file' "no file"
run ratecheck probe nl
is "$status" 2 "a file must be named"
run ratecheck probe "nl:file=$models/huber.nl,f_star=low"
like "$(cat "$tmp/err")" 'f_star = low is no number' "a least value that is none"
run ratecheck probe "nl:file=$models/huber.nl,convex=no,mu=1"
like "$(cat "$tmp/err")" 'mu = 1 of a function that is not convex' "what contradicts itself"

done_testing
