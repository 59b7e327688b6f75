#! /bin/sh
# Handouts: a theorem's page for a class, from its own prose and a measurement made for it; a theorem of the user's too.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

command -v gnuplot >/dev/null && command -v groff >/dev/null || skip_all "gnuplot or groff is not installed"
cd "$tmp" || bail_out "no folder"
mkdir scratch
TMPDIR=$tmp/scratch
export TMPDIR
run ratecheck handout gd-convex-smooth
exits 0 "a theorem"
is "$out" "gd-convex-smooth.html
gd-convex-smooth.pdf" "as a page and as PDF"
page=$(cat gd-convex-smooth.html)
like "$page" '<h1>Gradient descent on smooth convex functions</h1>' "its title"
like "$page" 'γt\)\.</div>' "the statement, its formulas set"
like "$page" '<h2>Proof</h2>' "the proof"
like "$page" '<svg ' "a figure, inside the file"
like "$page" '<code>ratecheck verify gd-convex-smooth</code>' "the command"
is "$(printf '%s\n' "$page" | grep -c '<li>')" 3 "three exercises"
unlike "$page" 'src=|href=[^ ]?[^#'"'"' ]|url\(|<script|\{\{|\\[a-z]' "nothing from elsewhere, no TeX, no empty place"
unlike "$page" 'Answers' "no answers"
if command -v pdfinfo >/dev/null; then
	like "$(pdfinfo gd-convex-smooth.pdf)" 'Pages: *1$' "one page of paper"
	like "$(pdfinfo gd-convex-smooth.pdf)" 'A4' "of A4"
fi
is "$(ls scratch)" "" "nothing is left behind"

run ratecheck handout gd-convex-smooth --answers --slides --output talk
is "$status $out" "0 talk.html
talk.pdf" "slides"
like "$(cat talk.html)" '<h2>Answers</h2>' "with answers"
if command -v pdfinfo >/dev/null; then
	like "$(pdfinfo talk.pdf)" 'Page size: *960 x 540' "16:9"
fi
run ratecheck handout --chapter polyak --output chapter
exits 0 "a chapter"
is "$(grep -c '<h1>' chapter.html)" "$(ls "$top_srcdir"/theorems/polyak/*.c | grep -vc 'chapter\.c')" "each of its pages once"

# Of one's own: the prose is in the file beside the plugin, and show has it too.
run ratecheck new theorem mine
source=mine/mine.c
make -C mine >log 2>&1 || diag "$(tail -3 log)"
so=$(find mine -name '*.so' | sed -n 1p)
id=$(sed -n 's/.*\.id = "\([^"]*\)".*/\1/p' "$source" | sed -n 1p)
cat >>"$source" <<'END'
/*:
# A claim of mine

**Theorem.** For all $t\ge1$: $f(x_t)-f_\star\le\frac1{2t}$.

## Proof

By & <inspection>. $\square$

## Exercises

1. Why?
:*/
END
run ratecheck handout "$id" --plugin "$so" --output mine
exits 0 "a theorem of mine"
like "$(cat mine.html)" '<h1>A claim of mine</h1>|By &amp; &lt;inspection&gt;' "has my prose"
run ratecheck show "$id" --plugin "$so"
like "$out" 'A claim of mine' "which show prints, too"
run ratecheck handout "$id" --plugin "$so" --answers --output mine
exits 2 "answers that nobody has given"
like "$err" 'no answers are known' "are not there"

run ratecheck handout gd-convex-smoth
exits 2 "a name that is none"
like "$err" "no theorem 'gd-convex-smoth'.*gd-convex-smooth" "the nearest is named"
run ratecheck handout
exits 2 "no name"
run ratecheck handout gd-convex-smooth --output none/where
exits 3 "a folder that is not there"
like "$err" '^ratecheck: none/where\.html: cannot write: ' "is named"
is "$(ls scratch; find . -name '*.part')" "" "nothing is left behind"
done_testing
