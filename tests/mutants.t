#! /bin/sh
# A small run of `make mutants`: some theorems of each sort, and that it can fail.
. "$(dirname "$0")/tap.sh"

mutants() { # EXPLANATIONS THEOREM...
	explanations=$1
	shift
	run "$top_builddir/tests/mutants" "$top_builddir/tests/mutant.so" "$explanations" 7 "$@"
}
cell() { # ROW COLUMN: a number of the first table
	printf '%s\n' "$out" | awk -F ' *[|] *' -v row="$1" -v column="$2" 'index($2, row ":") == 1 { print $column; exit }'
}

mutants "$top_srcdir/tests/mutants.tsv" gd-pl gd-convex-smooth-tight sgd-pl hb-quadratic-finite li-hb-ima-smooth \
	sgd-strongly-convex
exits 0 "every mutant is refuted, blamed right or explained"
for change in sharper exponent control long weak late biased sign L mu f_star bias; do
	num "$(cell "$change" 3)" '>=' 2 "$change: there are some"
	is "$(cell "$change" 6)" 0 "$change: none is missed"
done
for change in sharper exponent control; do
	is "$(cell "$change" 4)" "$(cell "$change" 3)" "$change: each is refuted"
done
for change in long weak late biased; do
	is "$(cell "$change" 5)" "$(cell "$change" 3)" "$change: the method is blamed"
done
like "$out" 'nothing changed: 12 tried, 0 refuted or blamed' "what is not changed is left in peace"

printf '# none\n' >"$tmp/empty.tsv"
mutants "$tmp/empty.tsv" momentum-writings
exits 1 "a miss without an explanation"
like "$err" '^mutants: momentum-writings sharper is missed: holds' "and which"
like "$out" 'momentum-writings . sharper . \*\*not explained' "the table says so too"
printf 'gd-pl\tsharper\tit is refuted.\n' >"$tmp/stale.tsv"
mutants "$tmp/stale.tsv" gd-pl
exits 1 "an explanation of what is not missed"
like "$err" '^mutants: gd-pl sharper is explained, and not missed$' "and which"
printf 'gd-pl sharper\n' >"$tmp/bad.tsv"
mutants "$tmp/bad.tsv" gd-pl
exits 2 "a line that is no explanation"
like "$err" 'bad\.tsv:1: theorems, mutant and sentence are wanted' "and which"
mutants "$tmp/none.tsv" gd-pl
exits 2 "no file"
mutants "$top_srcdir/tests/mutants.tsv" no-such-theorem
exits 2 "no such theorem"
run "$top_builddir/tests/mutants"
exits 2 "usage"
done_testing
