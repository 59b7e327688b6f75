#! /bin/sh
# The examples of every command run; the glossary knows the words of the output; completion goes on behind a colon.
. "$(dirname "$0")/tap.sh"

mkdir "$tmp/work" && cd "$tmp/work" || bail_out "no folder"
for kind in objective method; do
	sed 's/NAME/my/g' "$top_srcdir/plugins/template/$kind.c" >"$kind.c"
	$CC -O2 -shared -fPIC -I "$top_srcdir/include" "$kind.c" -o "$kind.so" -lm || bail_out "the $kind of the template does not build"
done
mv objective.so mine.so
mv method.so my.so
printf 't,value\n0,0.5\n1,0.1\n4,0.01\n' >path.csv

# Those that take long do so for less time, those of a solver only where it is.
short() {
	sed 's/--seconds [0-9]*/--evaluations 1500/; s/\(tighten .*\)/\1 --within 0.3/; s/1\.\.[12]0/1..2/; s/--steps 8/--steps 2/; s/:d=4//
		s/bench W1/bench W2/'
}
count=0
for command in list show verify probe hunt tighten exact report new diff bench handout judge path; do
	ratecheck "$command" --help | sed -n '/^Examples:/,$s/^  \(ratecheck .*[^ ]\)   *[^ ].*/\1/p' | short >examples
	num "$(wc -l <examples)" '>=' 1 "$command has examples"
	test "$command" != diff || cp -R out before
	while read -r line <&3; do
		count=$((count + 1))
		case $line in
		*" exact "*) command -v csdp >/dev/null || { skip 1 "csdp is not installed: $line"; continue; } ;;
		*" report "* | *" handout "*) command -v gnuplot >/dev/null && command -v groff >/dev/null || { skip 1 "no gnuplot or groff: $line"; continue; } ;;
		esac
		run sh -c "$line"
		case $line in
		*--bound-factor* | *--beyond*) exits 1 "$line" ;; # a counterexample, a bound that is false there
		*) exits 0 "$line" ;;
		esac
	done 3<examples
done
num "$count" '>=' 20 "examples"

# Words.
ratecheck help glossary >glossary
knows() { # WORD...
	lost=
	for word in "$@"; do
		grep -q -w -F -e "$word" glossary || lost="$lost $word"
	done
	is "$lost" "" "the glossary has $what"
}
what="the verdicts" && knows holds refuted hypothesis-false broken not-applicable
what="the kinds" && knows $(ratecheck list theorems --json | sed 's/.*"kind":"\([^"]*\)".*/\1/' | sort -u)
ratecheck list theorems --json | sed -n 's/.*"hypotheses":\[\([^]]*\)\].*/\1/p' | tr ',' '\n' | tr -d '"' | sort | uniq -d >needs # of one theorem alone: its own page
num "$(wc -l <needs)" '>' 40 "theorems need a lot"
lost=
while read -r need; do
	grep -q -w -F -e "$need" glossary || lost="$lost $need"
done <needs
is "$lost" "" "the glossary has what theorems need"
what="the fields that say what came out" && knows blame conduct beside max_ratio deep_ratio trivial sharpness at_step \
	judged_steps unjudged_steps max_error expected_ratio claimed_factor empirical_order proven_order exact_ratio oracle_calls \
	measurements log_e_value alpha replicates replay lowered
num "$(awk '{ if (length > n) n = length } END { print n }' glossary)" '<=' 130 "on lines that a terminal holds"

# Completion, as bash calls it.
command -v bash >/dev/null || { skip 4 "no bash"; done_testing; exit; }
complete_with() { # WORDS...: the last one is being typed; as readline splits them
	bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ratecheck; printf "%s\n" "${COMPREPLY[@]}"' \
		"$top_srcdir/doc/completion/ratecheck" "$@" 2>/dev/null | sort | tr '\n' ' '
}
like "$(complete_with ratecheck ver)" 'verify ' "commands"
is "$(complete_with ratecheck verify gd-p)" "gd-pl gd-pl-both-ends gd-pl-tight " "theorems"
is "$(complete_with ratecheck verify gd-pl : ga)" "gamma= " "a theorem's parameters, where the shell splits at the colon"
like "$(complete_with ratecheck verify gd-pl --objective quadratic : '')" 'd= .*kappa= ' "an objective's parameters"
is "$(complete_with ratecheck verify gd-pl --objective quadratic : d = 3,kap)" "3,kappa= " "behind a comma"
is "$(complete_with ratecheck verify gd-pl --objective quadratic:kap)" "quadratic:kappa= " "where it does not split"
like "$(complete_with ratecheck help '')" 'glossary ' "help"
done_testing
