#! /bin/sh
# The weave, on a book of one chapter with one made-up theorem: what belongs into a page is there, mistakes of the text
# stop it, the same sources give the same bytes.
. "$(dirname "$0")/tap.sh"

command -v pandoc >/dev/null || skip_all "pandoc is not installed"
cp -R "$top_srcdir/doc/book" "$tmp/book" || bail_out "no book"
chmod -R u+w "$tmp/book"
src=$tmp/src
mkdir -p "$src/doc" "$src/theorems/small" "$tmp/run/figures" "$tmp/gallery"
mv "$tmp/book" "$src/doc/book"
echo '# Before all' >"$src/doc/book/preface.md"
echo '# Notation' >"$src/doc/book/notation.md"
echo '# Gallery' >"$src/doc/book/gallery.md"
echo small >"$src/doc/book/chapters"
printf '# Calibration\n\nMade on a day with seed 7.\n\n| law | refuted |\n| --- | --- |\n| constant | 0.0123 |\n' >"$src/doc/calibration.md"
printf '# A small chapter\n\nIt holds tiny-bound only, and not x̄_T.\n\n![Three runs](slider-small)\n\n*What is to be moved.*\n' >"$src/theorems/small/chapter.md"
cat >"$src/theorems/small/tiny.c" <<'END'
/*:
# A tiny bound

**Theorem.** For all $t \ge 1$
$$ f(x_t) - f_\star \le \frac{1}{t}. $$

The run found {{tiny-bound.max_ratio}} on {{tiny-bound.checks}} instances, ${{tiny-bound#1.max_ratio:1}}$ and {{tiny-bound!1.max_ratio:2}}.
:*/
/* SPDX-License-Identifier: MIT */
#include "ratecheck/ratecheck.h"

static double bound(const rate_case *c, double t) { return 1 / t; }

/*:
## Exercises

1. ★ Why?
:*/
/*: {.plumbing} :*/
static const rate_theorem tiny = { .id = "tiny-bound", .title = "hidden_from_readers" };
END
printf '{"letter":"γ","quantity":"f(x) – f*","lower":false,"runs":[{"value":1,"t":[1],"measured":[1],"bound":[2]}]}\n' >"$tmp/gallery/slider-small.json"
echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$tmp/gallery/slider-small.svg"
printf 'at\ttiny-bound\nalt\tA thing that falls\ncaption\tWhat falls like $\\frac1t$ is next-bound.\nsweep\ta\t1|x/2 2|y\ttiny-bound:a=@,b=@@ --steps 3\n' \
	>"$src/doc/book/gallery/figures.table"
cp "$tmp/gallery/slider-small.svg" "$tmp/gallery/at-tiny-bound.svg"
cat >"$src/theorems/small/next.c" <<'END'
/*:
# The next bound

**Theorem.** Twice as much.

## Proof

Add tiny-bound to itself. $\square$

## How sharp it is

As next-bound.
:*/
static const rate_theorem next = { .id = "next-bound" };
END
printf '## tiny\n\n1. Because.\n' >"$src/theorems/small/solutions.md"
numbers() { printf 'tiny-bound.checks\t1\ntiny-bound#1.max_ratio:1\t0.8\ntiny-bound!1.max_ratio:2\t1.5\ntiny-bound.max_ratio\t0.75\n' >"$src/doc/numbers.tsv"; }
numbers
cat >"$tmp/classes" <<'END'
{"id":"tiny-bound","kind":"deterministic","chapter":"small","title":"A tiny bound","statement":"f(x_t) - f* <= 1/t","formula":"‖g‖_* ψ⁽⁵⁾ x*² ϱ/t","source":"nobody","hypotheses":["convex"],"parameters":[],"rate":1}
{"id":"next-bound","kind":"deterministic","chapter":"small","title":"The next bound","statement":"f(x_t) - f* <= 2/t","formula":"2/t","source":"nobody","hypotheses":["convex"],"parameters":[],"rate":1}
END
cat >"$tmp/run/results.jsonl" <<'END'
{"check":"tiny-bound.1","theorem":"tiny-bound","role":"sharp","verdict":"holds","max_ratio":0.75,"at_step":3,"steps":9,"objective":"quadratic:d=1","quantity":"f(x_t) − f*","formula":"‖g‖_* ψ⁽⁵⁾ x*² ϱ/t","replay":"ratecheck verify tiny-bound"}
{"check":"tiny-bound.2","theorem":"tiny-bound","role":"control","verdict":"refuted","max_ratio":1.5,"at_step":3,"steps":9,"objective":"quadratic:d=1","quantity":"f(x_t) − f*","formula":"1/t","note":"half of the bound","replay":"ratecheck verify tiny-bound"}
END

mkdir "$src/data" "$src/data/exact"
cat >"$src/data/exact.jsonl" <<'END'
{"steps": 1, "theorem": "tiny-bound", "method": "gd", "parameters": "gamma=1", "start": "|x0 - x*|^2 <= 1", "status": "exact", "exact": 0.1234, "proven": 0.5, "exact_ratio": 0.2468, "proved": true}
{"steps": 2, "theorem": "tiny-bound", "method": "gd", "parameters": "gamma=1", "start": "|x0 - x*|^2 <= 1", "status": "upper", "exact": 0.0625, "proven": 0.25, "exact_ratio": 0.25, "proved": false}
END
cat >"$src/data/exact/tiny-bound.json" <<'END'
{"about": {"steps": 2, "functions": "convex"}, "model": {"functions": [{"star": 0}]},
 "multipliers": ["pair 0 0 2 3/4", "pair 0 2 1 1/1000000", "start 0 0 0 1/8"]}
END

# A new chapter may need what the book has no words for.
ratecheck list theorems --json | tr -d '\n' | grep -o '"hypotheses":\[[^]]*\]' | grep -o '"[^"]*"' | tr -d '"' | sort -u | grep -vx hypotheses >"$tmp/needs"
num "$(wc -l <"$tmp/needs")" '>' 50 "hypotheses of the theorems"
is "$(while read -r need; do
	grep -Eq "(^|[[:space:]{])$need = '|\['$need'\] = '" "$src/doc/book/book.lua" || echo "$need"
done <"$tmp/needs")" "" "the book has words for all of them"

# And TeX the words for every sign of a claim.
is "$(ratecheck list theorems --json | perl -CSD -ne 'BEGIN { open my $f, "<:utf8", shift; local $/; $known = <$f> }
	while (/([^\x{0}-\x{24f}\x{300}-\x{36f}])/g) { $new{$1}++ if index($known, $1) < 0 }
	END { print join " ", sort keys %new }' "$src/doc/book/unicode.lua")" "" "the book can set every sign of the claims"

# The reader learns what the short names at the head of the theorems' are short for.
ratecheck list theorems --json | grep -o '"id":"[a-z0-9]*' | cut -c 7- | sort -u | grep -x '.\{1,4\}' | grep -vxF norm >"$tmp/short"
num "$(wc -l <"$tmp/short")" '>' 30 "short names of methods"
is "$(while read -r name; do
	grep -q "[\`]$name[-\`]" "$top_srcdir/doc/book/notation.md" || echo "$name"
done <"$tmp/short")" "" "the notation explains them"

# Each introduction says which page is the first to read, by a name that is there.
is "$(sed 's/#.*//' "$top_srcdir/doc/book/chapters" | while read -r chapter; do
	test -n "$chapter" || continue
	id=$(sed -n 's/^\*If you read only one page:\* \([a-z0-9-]*\);.*/\1/p' "$top_srcdir/theorems/$chapter/chapter.md")
	ratecheck list theorems --plain | grep -qxF -e "$id" || echo "$chapter: $id"
done)" "" "each chapter names the page to read first"

weave() { # weave OUT
	run env AWK="${AWK-awk}" sh "$src/doc/book/weave" "$src" "$tmp/run" "$tmp/classes" "$tmp/gallery" "$tmp/$1" \
		"$src/theorems/small/tiny.c" "$src/theorems/small/next.c"
}
if ! printf '' | pandoc -t html --lua-filter "$src/doc/book/book.lua" -o /dev/null 2>"$tmp/lua" && grep -q dkjson "$tmp/lua"; then
	skip_all "lua-dkjson is not installed"
fi
weave one
exits 0 "the book is woven"
page=$(cat "$tmp/one/tiny.html")
like "$page" 'Theorem 1\.1' "the theorem has its number"
like "$page" '<math ' "formulas are MathML"
like "$page" 'found 0\.75 on' "the number is the run's"
like "$page" 'half of the bound' "what breaks it is told"
like "$page" '<strong>1\.1\.1[^0-9a-z]*★</strong>[[:space:]]*Why' "a hard exercise has its number and a star"
like "$(sed 's/<[^>]*>//g' "$tmp/one/tiny.html")" 'bound\(const rate_case' "the bound stands there as code"
text=$(sed 's/<[^>]*>/ /g' "$tmp/one/tiny.html" | tr -s ' \n' ' ')
like "$text" 'worst of the class *\(Theorem 1.1\)' "a box for the exact worst case"
like "$text" '1 0.1234 0.5 0.2468 2 [^ ]+ 0.0625 0.25 [^ ]+ 0.25' "its values; upper bounds are told apart"
like "$text" 'Proved for N = 1 in exact arithmetic' "for which N they are proved"
like "$text" '0.75 f\(\*\) .* f\(1\) .* 0.125 how far off' "the multipliers, without the crumbs"
unlike "$page" 'hidden_from_readers|\{\{' "plumbing is left out, and no key is left"
unlike "$page" '<script|https?://[^"]*\.js' "a theorem's page has no script"
moved=$(cat "$tmp/one/small.html")
like "$(tr '\n' ' ' <"$tmp/one/tiny.html")" 'src="figures/at-tiny-bound.svg" +alt="A thing that falls".*Figure 1\.[0-9].*What falls like *<math.*href="next.html#next-bound"' \
	"a theorem's own figure is on its page, with its texts"
like "$(cat "$tmp/one/tiny.html")" 'ratecheck verify tiny-bound:a=1,b=x/2 --steps 3' "and the command of its first run"
rows=$(tr -d '\n' <"$tmp/one/small.html" | sed 's/<tr/\n<tr/g; s/<.tr>/&\n/g')
like "$rows" 'leans on</th>' "the chapter's table says what a page leans on"
like "$rows" '^<tr.*The next bound.*href="tiny.html#tiny-bound"[^>]*>Theorem 1.1</a>' "the proof's theorems"
unlike "$rows" '^<tr.*A tiny bound.*href="next' "and no others"
like "$moved" '<div class="slider" data-runs="[{]&quot;letter&quot;:&quot;γ&quot;' "runs that a reader can move are in their page"
like "$moved" '<img src="figures/slider-small.svg" +alt="Three runs"' "which shows three of them without the script"
like "$moved" '<script src="slider.js" defer' "and this script alone"
is "$(grep -o '<script' "$tmp"/one/*.html | wc -l)" 1 "no other page has one"
num "$(wc -c <"$tmp/one/slider.js")" '<' 10000 "it is short"
unlike "$(cat "$tmp/one/slider.js")" 'fetch|XMLHttp|import' "and asks nobody"
like "$(cat "$tmp/one.tex")" 'slider-small.pdf' "paper has the picture"
like "$(cat "$tmp/one/small.html")" 'href="tiny.html#tiny-bound"' "a theorem's name leads to it"
like "$(cat "$tmp/one/solutions.html")" 'Because' "the solution is in the appendix"
like "$(cat "$tmp/one/trust.html")" '0\.0123' "the judge's own tables are in the book"
like "$(cat "$tmp/one/index.html")" 'trust.html' "and in its contents"
like "$(cat "$tmp/one.tex")" 'Theorem 1\.1' "LaTeX has the same text"
like "$(cat "$tmp/one.tex")" '\\=\{x\}' "with its bar above x"
like "$(tr '\n' ' ' <"$tmp/one.tex")" '_.ast .*[{][(]5[)][}].*varrho' "and no exponent upon another"
cp -R "$tmp/one" "$tmp/first"
cp "$tmp/one.tex" "$tmp/first.tex"
weave one
run diff -r "$tmp/first" "$tmp/one"
exits 0 "woven again: the same pages, byte for byte"
run cmp "$tmp/first.tex" "$tmp/one.tex"
exits 0 "and the same LaTeX"

# stops SED-COMMAND ERE MESSAGE: the theorem file with a mistake in it
stops() {
	cp "$src/theorems/small/tiny.c" "$tmp/good.c"
	sed "$1" "$tmp/good.c" >"$src/theorems/small/tiny.c"
	cmp -s "$tmp/good.c" "$src/theorems/small/tiny.c" && fail "$3: the mistake is made"
	weave bad
	isnt "$status" 0 "$3 stops the weave"
	like "$err" "$2" "and is named"
	cp "$tmp/good.c" "$src/theorems/small/tiny.c"
}
stops 's/max_ratio}}/max_ration}}/' 'tiny\.c: \{\{tiny-bound\.max_ration\}\}: the run has no such value' "an unknown field"
stops 's/{{tiny-bound.checks/{{tiny-bond.checks/' '\{\{tiny-bond\.checks\}\}: no such theorem' "an unknown theorem"
stops 's/^The run/See [there](#nowhere). The run/' 'nothing has the name #nowhere' "a broken cross-reference"
stops '8s/^:\*\/$//' 'tiny\.c:1: prose block without its end' "a block that is not closed"
stops 's/"tiny-bound"/"other"/' 'the program does not know the theorem other' "a theorem that the program does not know"
stops 's/max_ratio:2}}/max_ratio:3}}/' '\{\{tiny-bound!1\.max_ratio:3\}\} is 1\.5 in this run, and missing in doc/numbers' "a number that is not kept"
sed 's/0\.75/0.76/' "$src/doc/numbers.tsv" >"$tmp/moved" && cp "$tmp/moved" "$src/doc/numbers.tsv"
weave bad
isnt "$status" 0 "a number that this run does not give stops the weave"
like "$err" 'tiny-bound\.max_ratio\}\} is 0\.75 in this run, and 0\.76 in doc/numbers\.tsv' "and is named"
run env AWK="${AWK-awk}" NUMBERS="$tmp/written" sh "$src/doc/book/weave" "$src" "$tmp/run" "$tmp/classes" "$tmp/gallery" "$tmp/none" \
	"$src/theorems/small/tiny.c" "$src/theorems/small/next.c"
exits 0 "the numbers of a run are written"
numbers
is "$(sort "$tmp/written")" "$(sort "$src/doc/numbers.tsv")" "those of the prose"
run "${AWK-awk}" -f "$src/doc/book/fill.awk" "$src/doc/numbers.tsv" "$src/theorems/small/tiny.c"
exits 0 "and fill it without a run"
like "$out" 'The run found 0\.75 on .* instances, \$0\.8\$ and 1\.5' "for ratecheck show"

rm "$tmp/gallery/at-tiny-bound.svg"
weave bad
isnt "$status" 0 "a figure that nobody drew stops the weave"
like "$err" 'at-tiny-bound\.svg is missing: make gallery' "and is named"
cp "$tmp/gallery/slider-small.svg" "$tmp/gallery/at-tiny-bound.svg"

printf '2. Twice.\n' >>"$src/theorems/small/solutions.md"
weave bad
isnt "$status" 0 "a solution without its exercise stops the weave"
like "$err" '2 solutions for 1 exercises' "and is named"
done_testing
