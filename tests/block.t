#! /bin/sh
# A user's plugin with block/1 (bench/user.c, whose loops ratecheck-plugins(7) shows): the same bits however it is compiled,
# on every instruction set and for every block size; the same numbers as with its oracles one by one; faults are seen.
. "$(dirname "$0")/tap.sh"

# build NAME OPTIONS SED-SCRIPT
build() {
	sed "$3" "$top_srcdir/bench/user.c" >"$tmp/$1.c"
	# shellcheck disable=SC2086
	$CC -shared -fPIC $2 -I"$top_srcdir/include" "$tmp/$1.c" -o "$tmp/$1.so" -lm || bail_out "$1 does not build"
}
build user -O2 ''
build plain -O0 ''
build steep -O2 's/m\[r\] -= u->b/m[r] += u->b/'
build odd -O2 's/^\treturn u->a;/\tu->a[u->ld + 3] = NAN; &/; s/const struct user \*u = self;/struct user *u = self;/'
build late -O2 's/m\[r\] -= u->b\[index\[r\]\]/m[r] = nrep > 1 ? NAN : m[r] - u->b[index[r]]/'
build wrong -O2 's/share \* (e\[r\] -/share * (e[r] +/'
build endless -O2 's/share \* (e\[r\] - u->b\[index\[r \* batch\]\])/index[r * batch] == 3 ? INFINITY : 0/'

# measured FILE OPTION...: means at the checkpoints and the hash of all numbers
measured() {
	ratecheck bench W2 --runs 1 --json --objective "$tmp/$1" | sed 's/.*"hash":"\([0-9a-f]*\)".*"distance":\(.*\)}/\1 \2/'
}
given=n=10,d=20
want=$(measured user.so:$given,block=1)
like "$want" '^[0-9a-f]{16} \[\[' "measurements"
for isa in x86-64 x86-64-v3 x86-64-v4; do
	if ratecheck bench W2 --runs 1 --isa $isa >/dev/null 2>&1; then
		is "$(RATECHECK_ISA=$isa measured user.so:$given,block=1)" "$want" "$isa: the same bits"
	else
		skip 1 "this processor has no $isa"
	fi
done
is "$(RATECHECK_BLOCK=7 measured user.so:$given,block=1)" "$want" "blocks of 7: the same bits"
is "$(RATECHECK_BLOCK=300 measured user.so:$given,block=1)" "$want" "blocks of 300, more than a plugin is asked at once: the same bits"
is "$(measured plain.so:$given,block=1)" "$want" "without optimisation: the same bits"
is "$(measured user.so:$given,block=2)" "$want" "slopes: the same bits"
is "$(RATECHECK_BLOCK=7 measured plain.so:$given,block=2)" "$want" "slopes, blocks of 7, without optimisation: the same bits"
isnt "$(measured wrong.so:$given,block=1)" "$want" "another gradient gives other bits"

# The first means, before rounding has grown.
firsts() { measured "$1" | sed 's/^[^ ]* //' | tr -d '[' | tr ',]' '\n\n' | grep . | sed -n '1p;5p;9p' | cut -c1-12 | tr '\n' ' '; }
is "$(firsts user.so:$given,block=1)" "$(firsts user.so:$given,block=0)" "the means of the oracles one by one, to ten digits"
isnt "$(firsts wrong.so:$given,block=1)" "$(firsts wrong.so:$given,block=0)" "not those of another gradient"

for block in 1 2; do
	run ratecheck probe "$tmp/user.so:$given,block=$block"
	exits 0 "block=$block: it is what it says"
done
run ratecheck probe "$tmp/late.so:$given,block=2"
exits 3 "slopes that depend on how many are asked for are found"
like "$out$err" 'slopes of 7 rows' "by their name"
for bad in 'steep slopes times rows are not the gradients of its terms' 'odd number 3 of row 1 is nan' \
	'late term gradient at step [0-9]+: not finite at a point of norm'; do
	run ratecheck bench W2 --runs 1 --objective "$tmp/${bad%% *}.so:$given,block=2"
	exits 3 "${bad%% *}: the run is stopped"
	like "$err" "${bad#* }" "by its name"
done
run ratecheck bench W2 --runs 1 --objective "$tmp/endless.so:$given,block=1"
exits 3 "a gradient that is not finite stops the run"
like "$err" 'term gradient at step [0-9]+: not finite at a point of norm' "and is named"
done_testing
