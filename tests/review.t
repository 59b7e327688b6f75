#! /bin/sh
# The review of the woven pages sees what it is for, on one page with every mistake and on one without any.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

command -v chromium >/dev/null || skip_all "chromium is not installed (./bootstrap review)"
command -v pdftoppm >/dev/null || skip_all "pdftoppm is not installed"
command -v python3 >/dev/null || skip_all "python3 is not installed"
cd "$tmp" || bail_out "no folder"
mkdir good bad
curve='<path d="M0 40 L30 5 L60 20" stroke="#0072B2" stroke-width="4" fill="none"/>'
picture() { printf '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><path d="M0 0 V48 H64" stroke="#000" fill="none"/>%s</svg>' "$1"; }
page() { printf '<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>x</title><body>%s' "$1"; }
picture "$curve" >good/curve.svg
picture '' >bad/axes.svg
page '<h1 id=top>Good: γ ≤ 1/L</h1><img src=curve.svg alt="a curve"><a href="other.html#there">on</a>
	<div style="overflow-x:auto"><p style="width:900px">held by a box that scrolls</p></div>' >good/index.html
page '<p id=there>other</p>' >good/other.html
page '<img src=axes.svg alt=""><img src=gone.svg alt="gone"><a href="nowhere.html">off</a><a href="#nothing">off</a>
	<p style="width:900px">as wide as a desk</p><p>&#x10fffe;</p>' >bad/index.html
page '<p>Fine</p>' >bad/other.html
printf '<!doctype html><title>Rate \\sqrt t</title><p>It is {{gd.max_ratio}} and \\frac12' >bad/raw.html

# On paper, by groff: pages with every mistake and pages with none.
body() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) print ".LP\nA line of the text that a page has many of, so that it is full enough to be a page." }'; }
set_pdf() { groff -ms -Tpdf -P-pa4 -P-e -dpaper=a4 2>/dev/null >"$1"; }
paper=no
if command -v groff >/dev/null && test -e /usr/share/fonts/X11/Type1/NimbusRoman-Regular.pfb && body 1 | set_pdf try.pdf && test -s try.pdf; then
	paper=yes
	{ body 40; echo .bp; body 30; echo .bp; body 3; } | set_pdf good.pdf
	{ body 40; printf '.bp\nOnly this.\n.bp\n'; body 30; printf '.LP\nIt is {{gd.max_ratio}}, or \\[rs]frac of it.\n.LP\n.ps 5\nwords for eagles alone\n.ps\n.LP\n.B "A heading and nothing"\n.bp\n'
		body 3; } | set_pdf bad.pdf
fi
# Scripts of figures: the bound above the frame, a lower bound under the label of the others.
for place in good bad; do
	mkdir $place/figures $place/curves
	printf '{"theorem":"gd","kind":"deterministic"}\n{"theorem":"lb","kind":"lower-bound"}\n' >$place/results.jsonl
	printf '# t\n1,0.5,,,1,\n2,1e9,,,0.5,\n' >$place/curves/gd.1.csv
done
echo 'set yrange [0.1:100]' >good/figures/gd.1.gp
echo 'set yrange [1e3:1e10]' >bad/figures/gd.1.gp
echo 'set xlabel "bound / measured: 1 is attained"' >good/figures/lb.gp
echo 'set xlabel "measured / bound: 1 is attained"' >bad/figures/lb.gp
# Words of figures: clear of the curve, on it, on one another.
write() { printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">%s<path d="M0 100 H300" stroke="#0072B2" fill="none"/><path d="M0 40 H300" stroke="#dddddd"/></svg>' "$1"; }
write '<text x="20" y="90">above it</text><text x="20" y="130">below it</text><text x="20" y="45">on the grid</text>' >good/figures/words.svg
write '<text x="20" y="105">on the curve</text><text x="20" y="150">one word</text><text x="50" y="152">another</text><text x="280" y="190">far out</text>' >bad/figures/words.svg

run python3 "$top_srcdir/doc/book/review" pictures good
case $err in
	*'chromium ended early'*) skip_all "chromium cannot run here" ;;
esac
is "$status $err" "0 " "nothing is found where nothing is wrong"
test -s pictures/good/index-390-1.jpg && test -s pictures/good/index-1280-1.jpg
ok $? "and there are pictures at both widths"
run python3 "$top_srcdir/doc/book/review" pictures good bad
is "$status" 1 "mistakes end it with an error:"
like "$err" 'bad/index.html at 390: <p> ends at 9.*: as wide as a desk' "what is wider than a phone"
unlike "$err" 'at 1280: <p>' "though a desk has room"
like "$err" 'bad/index.html at 1280: axes.svg: a figure without a text' "a figure without a text"
like "$err" 'bad/index.html at 1280: axes.svg: shows nothing' "axes without a curve"
like "$err" 'gone.svg: is missing' "a missing figure"
like "$err" 'leads to nowhere.html, which is not there' "a dead link"
like "$err" 'leads to #nothing, but nothing has that name' "a link to a name that no one has"
like "$err" 'no font has .* U\+10fffe' "a character that no font has"
like "$err" 'bad/raw.html at 390: a title with TeX: Rate' "TeX in a title"
like "$err" 'bad/raw.html at 1280: text that nobody filled in or set: \{\{gd\.max_ratio\}\}' "an empty place for a number"
like "$err" 'bad/figures/gd\.1\.gp: the bound is not in the frame' "a figure without its bound"
like "$err" 'bad/figures/lb\.gp: the axis says measured / bound of a claim of kind lower-bound' "an axis that says the wrong ratio"
like "$err" 'bad/figures/words\.svg: a line runs through "on the curve"' "words on a line"
like "$err" 'bad/figures/words\.svg: "one word" lies on "another"' "and on one another"
like "$err" 'bad/figures/words\.svg: "far out" sticks out' "and out of the figure"
unlike "$err" 'through "(one word|another|far out)"' "no others"
if test $paper = yes; then
	like "$err" 'bad\.pdf: text that nobody filled in or set: \{\{gd' "an empty place on paper"
	like "$err" 'bad\.pdf: text that nobody filled in or set: .frac' "TeX on paper"
	like "$err" 'bad\.pdf, page 2: less than a quarter is used' "an empty page"
	like "$err" 'bad\.pdf, page 3: text below 7 pt: words for eagles' "words that are too small"
	like "$err" 'bad\.pdf, page 3: a heading at its end: A heading' "a stranded heading"
fi
unlike "$err" 'good[./]' "and nothing of the good pages"
done_testing
