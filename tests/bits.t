#! /bin/sh
# The measurements are a function of every bit: a copy of an objective gives the same hash, a copy that sums in another
# order does not.
. "$(dirname "$0")/tap.sh"

# build NAME SED-SCRIPT: a changed copy of the quadratic.
build() {
	sed "s/\.id = \"quadratic\"/.id = \"copy\"/; $2" "$top_srcdir/objectives/quadratic.c" >"$tmp/$1.c"
	$CC -shared -fPIC -O2 -I"$top_srcdir/include" -I"$top_srcdir/objectives" "$tmp/$1.c" -o "$tmp/$1.so" -lm ||
		bail_out "$1 does not build"
}
# hash THEOREM OBJECTIVE [OPTION...]: of all that is measured.
hash() {
	claim=$1
	objective=$2
	shift 2
	ratecheck verify "$claim" --objective "$objective" --quiet --format json "$@" >"$tmp/lines"
	sed 's/.*"statistic":"\([^"]*\)".*"measurements":"\([0-9a-f]*\)".*/\1 \2/' "$tmp/lines"
}

build same ''
build flipped '/^static void rows_times/,/^}/s/for (size_t j = 0; j < d; j++)/for (size_t j = d; j-- > 0;)/'
cmp -s "$tmp/same.c" "$tmp/flipped.c"
is $? 1 "one loop of the copy is flipped"

# flips THEOREM WRAPPERS STATISTIC
flips() {
	given=:d=10,kappa=20$2
	want=$(hash "$1" "$tmp/same.so$given")
	like "$want" "^$3 [0-9a-f]{16}\$" "$1: measurements, statistic $3"
	is "$(hash "$1" "$tmp/same.so$given" --jobs 1)" "$want" "again, by one job: the same bits"
	got=$(hash "$1" "$tmp/flipped.so$given")
	is "$(printf '%s\n' "$got" | wc -l)" "$(printf '%s\n' "$want" | wc -l)" "one summation in another order: as many"
	is "$(printf '%s\n%s\n' "$want" "$got" | grep "$3" | sort | uniq -d)" '' "and other bits everywhere"
}
flips gd-convex-smooth '' path
is "$(hash gd-convex-smooth quadratic$given)" "$want" "the copy has the bits of the original"
flips sps-smooth +bernoulli:p=3,active=2 sampled
isnt "$(hash sps-smooth "$tmp/same.so$given" --seed 2)" "$want" "another seed: other bits"
done_testing
