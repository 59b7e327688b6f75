#! /bin/sh
# A report of which one output cannot be made: the others are, their paths come first, and the line about the lost one says
# what to install. gnuplot and groff are replaced by ones that lack what the packages of some machines lack.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

command -v gnuplot >/dev/null && command -v groff >/dev/null || skip_all "gnuplot or groff is not installed"
cd "$tmp" || bail_out "no folder"
run ratecheck verify --quiet --output made gd-convex-smooth --objective quadratic --objective huber
exits 0 "a run"
gnuplot=$(command -v gnuplot) path=$PATH
mkdir bin

stub() { # NAME: the script is read from stdin
	{ printf '#! /bin/sh\n'; cat; } >"bin/$1"
	chmod +x "bin/$1"
}
report() { # OPTIONS: of a fresh copy
	rm -rf res
	cp -R made res
	run env PATH="$tmp/bin:$path" ratecheck report --quiet res "$@"
	files=$(cd res && find . -type f ! -size 0 | sed 's,^\./,,' | sort)
}
nothing_left() {
	is "$(find res -name '*part*' -o -name '.[!.]*' ! -name .lock -o -size 0 -name '*.p*' -o -type l)" "" "$1: no empty or half-made file is left"
	test ! -e res/report.pdf || is "$(head -c 4 res/report.pdf)" '%PDF' "$1: report.pdf is one"
}

report
exits 0 "everything is there"
is "$out" "res/index.html
res/report.pdf" "paths"
is "$err" "" "and no word"
nothing_left "everything is there"

# A sign that the PDF's fonts lack is left out: a claim on paper that says something else.
{
	grep '^\.char ' res/figures/report.ms
	ratecheck list theorems --json | LC_ALL=C.UTF-8 grep -o '[^ -~]' | sort -u
} >signs.ms
# What is drawn by default, and on request.
page=$(cat res/index.html)
checks=$(ls res/curves | sed 's/\.csv$//')
num "$(ls res/figures | grep -c '^gd-convex-smooth\..*\.svg$')" '==' 1 "an SVG of the curve that a person looks at"
num "$(printf '%s\n' "$page" | grep -c '<svg class=s .*<path d="M2,[0-9l,-]*"/><path class=b d="M2,[0-9l,-]*"/></svg>')" \
	'==' "$(ls res/curves | wc -l)" "and a small one of each, with its bound"
is "$(for c in $checks; do case $page in *"<a href=\"curves/$c.csv\">"*) ;; *) echo "$c" ;; esac; done)" "" \
	"whose numbers the page leads to"
unlike "$files" '^figures/.*\.(png|pdf)$' "no figure twice"
num "$(ls res/figures | grep -c '\.gp$')" '<=' 4 "scripts of three figures, and one for all of them"
if command -v xmllint >/dev/null; then
	run xmllint --noout res/figures/*.svg
	exits 0 "the SVG are well-formed"
else
	skip 1 "xmllint is not installed"
fi
num "$(find res/figures -name 'gd-convex-smooth.*.svg' -size +8k | wc -l)" '==' 0 "and small"
num "$(cat res/figures/*.svg | wc -c)" '<' "$((6000 * $(ls res/figures/*.svg | wc -l)))" "no more than 6 kB on average"
is "$(grep -l 'gnuplot' res/figures/*.svg)" "" "and say nothing of what drew them"
is "$(for f in res/figures/gd-convex-smooth.*.svg; do grep -c '<title>' "$f"; done | sort -u)" 2 "a name at each curve and its bound"
check=$(printf '%s\n' "$checks" | tail -n 1)
run ratecheck report --quiet res --check "$check"
exits 0 "one figure on demand"
is "$out" "res/figures/$check.svg
res/figures/$check.png
res/figures/$check.pdf" "in all formats"
test -s "res/figures/$check.gp" && (cd res && mv "figures/$check.png" first.png && gnuplot "figures/$check.gp" 2>/dev/null && cmp first.png "figures/$check.png")
ok $? "and its script draws it again"
run ratecheck report --quiet res --check gd-convex-smooth.000000000000
exits 3 "a check that is not there"
is "$err" "ratecheck: res: no check 'gd-convex-smooth.000000000000': ids are in its results.jsonl" "is named"
run ratecheck report --quiet res --check "$check" --html
exits 2 "a page of one check"
report --pdf --png
num "$(ls res/figures | grep -c '\.png$')" '==' 2 "on request PNG of what is looked at: the sharpest, and all in one (there is no control)"
num "$(ls res/figures | grep -c '\.pdf$')" '==' 2 "and PDF"
report --all
num "$(ls res/figures | grep -c '^gd-convex-smooth\..*\.svg$')" '==' "$(ls res/curves | wc -l)" "of all of them SVG"
num "$(ls res/figures | grep -c '^gd-convex-smooth\..*\.pdf$')" '==' "$(ls res/curves | wc -l)" "and of all of them"
num "$(ls res/figures | grep -c '^gd-convex-smooth\..*\.gp$')" '==' "$(ls res/curves | wc -l)" "with the scripts"
num "$(wc -l <signs.ms)" '>' 90 "signs of the theorems' statements"
is "$(groff -K utf8 -Tpdf signs.ms 2>&1 >/dev/null | grep 'special character')" "" "all of them are in the PDF"

# The page: what was run, words for the dark and for paper, columns that can be sorted, and all of it without script, too.
page=$(cat res/index.html)
like "$page" 'ratecheck [0-9.]+, compiler .*, effort quick, seed 1, ' "the page says what was run"
like "$(cat res/report.css)" 'prefers-color-scheme:dark' "it is dark where the reader wants that"
like "$(cat res/report.css)" '@media print' "and fit for paper"
like "$page" '<tr data-k="[^"]*" data-on="[^"]*huber [^"]*"><td><a href="theorems/gd-convex-smooth.html">' \
	"a theorem's line has its kinds and objectives, and leads to its page"
like "$page" '<figure><a href="figures/gd-convex-smooth' "a single theorem has its figures there, too"
like "$(cat res/theorems/gd-convex-smooth.html)" '<link rel=stylesheet href="../report.css">' "its page finds the style"
like "$(cat res/theorems/gd-convex-smooth.html)" '<img loading=lazy [^>]*src="../figures/gd-convex-smooth.*<figcaption>Nearest to the bound: huber, ratio 0.495' \
	"and shows the run that explains most"
like "$page" 'data-chip=bad aria-pressed=false' "which buttons choose from"
if command -v node >/dev/null; then
	sed -n 's,^<script>\(.*\)</script>$,\1,p' res/index.html >page.js
	run node --check page.js
	exits 0 "the script is one"
fi

# On paper: fonts that are in the file, scripts that are set, the summary first, the sharpest checks.
if command -v pdffonts >/dev/null && test -e /usr/share/fonts/X11/Type1/NimbusRoman-Regular.pfb; then
	is "$(pdffonts res/report.pdf 2>/dev/null | awk 'NR > 2 && $(NF - 4) != "yes"')" "" "every font is embedded"
	# On a bare machine the list of gropdf's own names files of Ghostscript, which is not there.
	fonts=$(sed -n "s/^\$cfg{GROFF_FONT_PATH}='\(.*\)';/\1/p" "$(command -v gropdf)" | tr : '\n' | while read -r folder; do
		test ! -f "$folder/devpdf/download" || echo "$folder"; done)
	if test -d "$fonts"; then
		mkdir lists
		cp -R "$fonts/devpdf" lists
		sed 's,/.*/,/no/such/folder/,' "$fonts/devpdf/download" >lists/devpdf/download
		sed "s,^\(.cfg{GROFF_FONT_PATH}=\).*,\1'$tmp/lists';," "$(command -v gropdf)" >bin/gropdf
		chmod +x bin/gropdf
		mv res kept
		report
		exits 0 "without Ghostscript's fonts"
		is "$(pdffonts res/report.pdf 2>/dev/null | awk 'NR > 2 && $(NF - 4) != "yes"')" "" "every font is embedded, too"
		rm -rf res bin/gropdf
		mv kept res
	else
		skip 2 "gropdf has its fonts elsewhere"
	fi
fi
unlike "$(cat res/figures/report.ms)" '[a-zA-Z]_t|_[{]' "x_t has its index below the line"
is "$(ls res/figures | grep '\.log$')" "" "gnuplot and groff have nothing to complain of"
if command -v pdftotext >/dev/null; then
	pdftotext -layout -l 1 res/report.pdf first.txt
	like "$(cat first.txt)" '[0-9]+ of [0-9]+ instances hold; ' "the first page has the numbers"
	like "$(cat first.txt)" 'gd-convex-smooth .*[0-9]  *[0-9.]+ .*as it must be' "and every theorem"
fi
mkdir many
cp -R made/run.json made/curves many
awk '{ for (k = 1; k <= 20; k++) { s = $0; r = k % 7 == 3 ? 0.97 : k / 1000
	sub(/"check":"gd-convex-smooth\.[0-9a-f]*"/, sprintf("\"check\":\"gd-convex-smooth.%012d\"", k), s)
	sub(/"max_ratio":[0-9.e+-]*/, "\"max_ratio\":" r, s); print s } exit }' made/results.jsonl >many/results.jsonl
run ratecheck report --pdf --quiet many
is "$(grep -c '	0\.97	' many/figures/report.ms)" 4 "of many checks the three sharpest are on the page, and the ratio in the summary"
like "$(cat many/figures/report.ms)" '12 more checks of this theorem are in index' "and how many are not"

stub groff <<'END'
echo "groff: fatal error: cannot load 'DESC' description file for device 'pdf'" >&2
exit 3
END
report
exits 3 "groff without its pdf device"
is "$out" "res/index.html" "the page is there"
is "$err" "ratecheck: report.pdf: not made: groff failed: groff: fatal error: cannot load 'DESC' description file for device 'pdf'; see res/figures/groff.log (Debian: apt install groff)" \
	"the PDF is not, for this reason"
like "$files" '^figures/gd-convex-smooth\..*\.svg$' "the figures are there"
nothing_left "groff without pdf"

stub groff <<'END'
exit 0
END
report
exits 3 "groff that writes nothing"
like "$err" '^ratecheck: report.pdf: not made: report.pdf: groff wrote no such file$' "is found out"
nothing_left "groff that writes nothing"
stub groff <<'END'
echo "x T ps"
END
report
exits 3 "groff that writes something else"
test ! -e res/report.pdf
ok $? "which is not called report.pdf"
rm bin/groff

# gnuplot without cairo stops at the first terminal that it does not know.
cat >bin/no-cairo <<END
#! /bin/sh
case \$* in
*GPVAL_TERMINALS*) echo ' canvas dumb svg unknown '; exit 0 ;;
esac
if cat ../figures/*.gp | grep 'set terminal p' >bad; then
	echo "\"../figures/x.gp\" line 9: unknown or ambiguous terminal type" >&2
	exit 1
fi
exec $gnuplot "\$@"
END
chmod +x bin/no-cairo
ln -s no-cairo bin/gnuplot
report --all
exits 3 "gnuplot without cairo"
is "$out" "res/index.html
res/report.pdf" "page and PDF are there"
is "$err" "ratecheck: figures/*.png: not made: this gnuplot has no terminal pngcairo (Debian: apt install gnuplot-nox)
ratecheck: figures/*.pdf: not made: this gnuplot has no terminal pdfcairo (Debian: apt install gnuplot-nox)" "what is lost"
like "$files" '^figures/gd-convex-smooth\..*\.svg$' "SVG is drawn"
like "$(cat res/index.html)" 'src="figures/gd-convex-smooth\.[^"]*\.svg"' "and shown by the page"
unlike "$files" '\.png$' "no PNG"
nothing_left "gnuplot without cairo"
report --pdf
exits 3 "PDF alone, without cairo"
is "$out" "res/report.pdf" "is made without pictures"
nothing_left "PDF alone"
rm bin/gnuplot

# gnuplot that is not there at all.
mkdir sys
ln -s /usr/bin/* sys/
ln -s /bin/* sys/ 2>/dev/null
rm -f sys/*gnuplot*
path=$tmp/sys:$(dirname "$(command -v ratecheck)")
report
exits 3 "no gnuplot"
is "$out" "res/index.html
res/report.pdf" "page and PDF are there"
is "$err" "ratecheck: figures: not made: gnuplot is not installed (Debian: apt install gnuplot-nox)" "what is lost, and the remedy"
unlike "$(cat res/index.html)" '<img' "the page shows no picture that is not there"
nothing_left "no gnuplot"
report --latex
exits 3 "no gnuplot, LaTeX alone"
like "$err" '^ratecheck: latex/: not made: gnuplot is not installed' "what is lost"
is "$out" "" "and nothing else is said"
path=$PATH

stub gnuplot <<'END'
echo "line 0: out of dreams" >&2
exit 1
END
sed 's/^echo/case $* in *GPVAL*) echo " pngcairo pdfcairo svg "; exit 0 ;; esac\n&/' bin/gnuplot >g && cat g >bin/gnuplot
report
exits 3 "gnuplot that fails for another reason"
like "$err" '^ratecheck: figures: not made: gnuplot failed: line 0: out of dreams; see res/figures/gnuplot.log' "which is said"
is "$(wc -l <"$tmp/err" | tr -d ' ')" 1 "in one line"
nothing_left "gnuplot that fails"
done_testing
