#! /bin/sh
# The rounding tolerance has room: the sharp instances on single paths, run again in long double, part from the run in
# double by less than the tolerance allows. Chapters are those of $WIDE_CHAPTERS (`make check-wide`: all); the shares go
# to the file $WIDE_TABLE too.
. "$(dirname "$0")/tap.sh"

# build NAME SOURCES...: a plugin in long double.
build() {
	so=$tmp/$1.so
	shift
	test -f "$so" || $CC -shared -fPIC -w -O1 -include "$top_srcdir/tests/wide.h" -I"$top_srcdir/include" \
		-I"$top_srcdir" "$@" -o "$so" -lm 2>"$tmp/cc"
}
# source FOLDER ID: the file that defines it, and what it shares a module with.
source_of() {
	grep -l "\.id = \"$2\"" "$top_srcdir/$1"/*.c || echo "$top_srcdir/$1/$2.c"
}
# field KEY: of the JSON line $line; texts and numbers.
field() {
	printf '%s\n' "$line" | sed -n "s/.*\"$1\":\"\{0,1\}\([^\"]*\)\"\{0,1\}[,}].*/\1/p" | sed 's/,"$//'
}

compared=0
for chapter in ${WIDE_CHAPTERS-gradient-descent acceleration}; do
	rm -rf "$tmp/results"
	ratecheck verify --chapter "$chapter" --quiet --format json --output "$tmp/results" --force >"$tmp/lines" 2>&1
	grep '"role":"sharp"' "$tmp/lines" | grep '"statistic":"path"' >"$tmp/sharp"
	build "chapter-$chapter" "$top_srcdir/theorems/$chapter"/*.c || { fail "$chapter builds: $(cat "$tmp/cc")"; continue; }
	while read -r line; do
		theorem=$(field theorem) check=$(field check) objective=$(field objective) method=$(field method)
		parameters=$(field parameters)
		steps=$(printf '%s\n' "$line" | sed 's/.*"steps":\([0-9]*\).*/\1/')
		for o in $(printf '%s\n' "$objective" | sed 's/:[^+]*//g; s/+/ /g'); do
			build "$o" $(source_of objectives "$o") || diag "$o does not build"
		done
		build "${method%%:*}" $(source_of methods "${method%%:*}") || diag "${method%%:*} does not build"
		run "$top_builddir/tests/wide" "$tmp" "chapter-$chapter" "$theorem" "$objective" "$method" \
			 "$parameters" "$steps" "$tmp/results/curves/$check.csv"
		if test $status = 77; then
			diag "$check on $objective: $out"
		else
			exits 0 "$check on $objective, T = $steps: points, share of the tolerance, bounds apart: $out"
			set -- $out
			test -z "${WIDE_TABLE-}" ||
				printf '| %s | %s | %s | %s | %s |\n' "$theorem" "${objective%,seed=1}" "$steps" "${1-}" "${2-}" >>"$WIDE_TABLE"
			num "${1-0}" '>' 0 "there are points"
			# In double a bound is widened by what 64 eps in each constant do to it: ten times less than the tolerance.
			# Bounds carry the rounding of D2 and d0 in double, 64 eps times the condition number, here at most 1e4.
			num "${3-1}" '<' 2.5e-10 "the bounds agree"
			compared=$((compared + 1))
		fi
	done <"$tmp/sharp"
done
num $compared '>=' 10 "$compared instances are compared"
done_testing
