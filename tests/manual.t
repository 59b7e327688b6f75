#! /bin/sh
# The manual pages: without a warning of groff, with every command and every option; the three plugins and all commands
# of ratecheck-plugins(7) run as a reader copies them from the terminal.
. "$(dirname "$0")/tap.sh"

command -v groff >/dev/null || skip_all "groff is not installed"
page() { test -f "$top_builddir/doc/$1" && echo "$top_builddir/doc/$1" || echo "$top_srcdir/doc/$1"; }
rendered() { groff -man -Tutf8 -P-cbou -rLL=130n -rHY=0 "$1" 2>/dev/null; }

pages="ratecheck-results.5 ratecheck-plugins.7 ratecheck-pipe.7 ratecheck-python.7"
if test -f "$(page ratecheck.1)"; then
	pages="$pages ratecheck.1"
	for command in $(ratecheck --help | sed -n 's/^  \([a-z][a-z]*\)  .*/\1/p'); do
		pages="$pages ratecheck-$command.1"
		lost=
		for option in $(ratecheck "$command" --help | grep -o -- '--[a-z][a-z0-9-]*' | sort -u); do
			rendered "$(page "ratecheck-$command.1")" | grep -q -e "$option" || lost="$lost $option"
		done
		is "$lost" "" "ratecheck-$command(1) has every option"
	done
else
	skip 1 "the pages of the commands are not made: no help2man"
fi
for p in $pages; do
	is "$(groff -ww -z -man -Tutf8 "$(page "$p")" 2>&1)" "" "groff has nothing to say about $p"
	if command -v mandoc >/dev/null; then
		# help2man writes the month in words.
		is "$(mandoc -Tlint -Wwarning "$(page "$p")" 2>&1 | grep -v 'cannot parse date')" "" "nor has mandoc"
	else
		skip 1 "mandoc is not installed"
	fi
done

# Numbers that the page names are those of the sources.
of() { sed -n "s/^enum { $1 = \([0-9]*\) };.*/\1/p" "$top_srcdir/$2"; }
flat=$(rendered "$(page ratecheck-plugins.7)" | tr -s ' \n' ' ')
like "$flat" "RATE_BLOCK_MOST = $(of RATE_BLOCK_MOST include/ratecheck/objective.h)[^0-9]" "the rows of block/1"
like "$flat" "more than $(of RATE_SCHEDULES_MOST plugins/load.h) step" "the schedules of a method"
like "$flat" "at most $(of RATE_ID_MOST plugins/load.h) letters" "the length of an id"

# Which side of a constant is safe: the page's lists are the table's.
side() { # USE HEADING
	want=$(sed -n 's/^\tX(\([a-zA-Z_0-9]*\), *[^ ]*, *[1dn], *'"$1"', .*/\1/p' "$top_srcdir/verify/record/constants.h" |
		tr '\n' ' ' | sed 's/ $//; s/ /, /g')
	is "$(printf '%s\n' "$flat" | sed "s/.*The sides of all constants:.* $2 \([^.]*\)\..*/\1/")" "$want" "constants, $2"
}
side ABOVE 'RATE_UPPER is safe'
side BELOW 'RATE_LOWER is safe'
side EXACT 'RATE_EXACT alone'
side FLAG '1 or 0'

# Examples: a C file from its first #include or #define to RATE_PLUGIN, named by it; command lines.
cd "$tmp" || exit 99
rendered "$(page ratecheck-plugins.7)" >page
sed -n '/^       #[id][ne]/,/^       RATE_PLUGIN/p' page | sed 's/^       //' | awk '
	{ text = text $0 "\n" }
	/^RATE_PLUGIN/ { split($0, part, "\""); printf "%s", text >(part[2] ".c"); print part[2]; text = "" }' >plugins
is "$(tr '\n' ' ' <plugins)" "bowl half-momentum my-bound " "an objective, a method and a theorem"
while read -r name; do
	run $CC -std=c11 -Wall -Wextra -Werror -shared -fPIC -I"$top_srcdir/include" "$name.c" -o "$name.so" -lm
	exits 0 "$name.c builds"
done <plugins
by_hand=$(sed -n "s|^       cc \(-O2 .*\)|$CC \1|p" page)
if command -v pkg-config >/dev/null; then
	run env PKG_CONFIG_PATH="$top_builddir" sh -c "rm bowl.so && $by_hand && test -s bowl.so"
	exits 0 "the one line by hand: $by_hand"
else
	skip 1 "pkg-config is not installed"
fi

line() { # the command line of the page that matches
	lines=$(sed -n 's/^       \(ratecheck [a-z].*\)/\1/p' page | grep -e "$1")
	run sh -c "$lines --quiet"
}
run sh -c "$(sed -n 's/^       \(ratecheck probe .*\)/\1/p' page)"
exits 0 "the objective is what it says"
line 'verify --objective'
exits 0 "what is proven about it holds"
num "$(grep -c '^holds' "$tmp/out")" '>=' 20 "at least twenty theorems"
line '--as gd'
exits 0 "the method keeps the bound of gradient descent"
line 'drori-lb'
exits 0 "and keeps a lower bound"
line 'verify ./my-bound.so'
exits 0 "the theorem holds"
like "$out" 'control refuted' "and its control is refuted"
line 'hunt ./my-bound.so'
exits 0 "no counterexample is found"

# The loops of block/1 are those that bench/user.c runs.
for function in block_value block_gradient block_slopes; do
	sed -n "/^       static int $function(/,/^       }/p" page | tr -d ' \t' >shown
	sed -n "/^static int $function(/,/^}/p" "$top_srcdir/bench/user.c" | tr -d ' \t' >have
	num "$(wc -l <shown)" '>' 7 "$function is shown"
	is "$(cat shown)" "$(cat have)" "as bench/user.c has it"
done

done_testing
