#! /bin/sh
# The figures of a report: LaTeX sets them, whatever signs their formulas and names hold, and drawn again they are the same
# bytes.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

command -v gnuplot >/dev/null || skip_all "gnuplot is not installed"
cd "$tmp" || bail_out "no folder"
# Roots, sums, words, indices, a band and an order: what formulas are made of.
run ratecheck verify --quiet --replicates 256 --output res gd-convex-smooth agd-sc adagrad-norm-convex li-linear-decay \
	sgd-convex-smooth clip-bias-lb
exits 0 "a run"
run ratecheck report --best --latex --quiet res
exits 0 "its figures for LaTeX"
like "$out" '^res/latex/main\.tex$' "which says where they are"
test ! -e res/latex.part && test ! -e res/figures && test ! -e res/index.html
ok $? "and draws nothing else"

SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH
cp -R res again
run ratecheck report --best --quiet res
exits 0 "everything else"
sleep 1 # the time of day is in no file
run ratecheck report --best --quiet again
run ratecheck report --best --latex --quiet again
run diff -r res again
is "$status $out" "0 " "drawn again in another folder: the same bytes, report.pdf too"

like "$(cat "$(ls res/figures/gd-convex-smooth.*.gp | sed -n 1p)")" 'set ylabel "f\(x_\{t\}\)' "an index is lowered"
# The marks of gnuplot's text are those of the formula's indices alone.
cp -R res marked
sed 's|"formula":"[^"]*"|"formula":"c_k a@{/:Bold d}~e{f}\&{g}^ \\\\ _ h"|' res/results.jsonl >marked/results.jsonl
rm -rf marked/figures
run ratecheck report --svg --quiet marked
exits 0 "a formula with the marks of gnuplot's text"
svg=$(ls marked/figures/gd-convex-smooth.*.svg | sed -n 1p)
text=$(tr -d '\n' <"$svg" | sed 's|</text>|\n|g' | sed -n '/bound /s/<[^>]*>//gp' | grep -o 'bound ck a@.*')
is "$text" 'bound ck a@{/:Bold d}~e{f}&amp;{g}^ \ _ h' "stands as it is"

tex=$(cat res/latex/gd-convex-smooth.*.tex)
like "$tex" 'bound \$D\^\{2\}/\(2\\gamma t\)\$' "the bound is a formula"
like "$tex" '\$10\^\{-3\}\$' "the ticks are powers"
unlike "$(cat res/latex/*.tex)" '[^ -~	]' "no sign needs an input encoding"
if command -v pdflatex >/dev/null; then
	cd res/latex || bail_out "no folder"
	run pdflatex -interaction=nonstopmode -halt-on-error main.tex
	exits 0 "pdflatex sets all of them"
	unlike "$out" 'Overfull' "and nothing sticks out"
	# A figure stands alone, too: main.tex is only an example.
	figure=$(ls gd-convex-smooth.*.tex | sed -n 1p)
	printf '%s\n' '\documentclass{article}\usepackage{graphicx,xcolor,amsmath,amssymb}\begin{document}' \
		"\\input{${figure%.tex}}" '\end{document}' >mine.tex
	run pdflatex -interaction=nonstopmode -halt-on-error mine.tex
	exits 0 "one of them in a paper of mine"
else
	echo "# pdflatex is not installed: nothing is set"
fi
cd "$tmp" || bail_out "no folder"

# The frame of a script, and the largest bound of the data that it draws.
frame() { sed -n '/^set yrange/{s/.*\[\(.*\):\(.*\)\]/\1 \2/p;q;}' "$1"; }
inside() { # FOLDER: the scripts of which no bound is in the frame
	for gp in "$1"/figures/*.*.gp; do
		csv=$1/curves/$(basename "$gp" .gp).csv
		awk -F, -v frame="$(frame "$gp")" 'BEGIN { split(frame, y, " ") }
			!/^#/ && $5 > most { most = $5 + 0 }
			END { exit !(!most || (y[1] <= most && most <= y[2])) }' "$csv" || echo "$gp"
	done
}
is "$(inside res)" "" "the bound is in the frame of every figure"
# A path that diverges leaves the frame, and the figure says so.
mkdir far
cp -R res/results.jsonl res/run.json res/curves far
diverged=$(ls res/curves/gd-convex-smooth.*.csv | sed -n 's,.*/,,;1p')
awk 'BEGIN { print "# t,mean,low,high,bound,exact"; for (t = 1; t <= 100; t++) printf "%d,%g,,,%g,\n", t, 10 ^ t, 1 / t }' >"far/curves/$diverged"
run ratecheck report --all --svg --quiet far
exits 0 "a curve that diverges is drawn"
is "$(inside far)" "" "with its bound"
gp=far/figures/${diverged%.csv}.gp
like "$(cat "$gp")" 'set label "leaves the frame at t = 9, up to 1e\+100"' "and the words that it leaves"
sed '/^set yrange/s/\[.*:/[1e20:/' "$gp" >moved && cp moved "$gp"
is "$(inside far)" "$gp" "an axis that starts above the bound would be found"

# Under the curve, the ratio.
control=$(grep -l 'control: gd-convex-smooth' res/figures/*.gp | sed -n 1p)
like "$(cat "$control")" "set ylabel 'measured/bound'" "a panel has measured/bound"
like "$(cat "$control")" 'first exceeded at t = [0-9]+; largest' "a control is exceeded, and the figure says where"
like "$(cat "$control")" 'rectangle from graph 0, first 1 to' "what is above 1 is shaded"
lower=$(grep -l 'control: clip-bias-lb' res/figures/*.gp | sed -n 1p)
like "$(cat "$lower")" 'first below the bound at t = [0-9]+; least 0\.' "a lower bound is broken from below"
like "$(cat "$lower")" 'rectangle from graph 0, first 0 to graph 1, first 1 ' "where its forbidden side is"
like "$(cat "$lower")" 'title "1\.[0-9]* times the bound' "and the key says what the control claims"

# Summaries: the axis says what is plotted, and no point is moved in silence.
like "$(cat res/figures/gd-convex-smooth.gp)" 'set xlabel "measured / bound' "of an upper bound measured/bound"
like "$(cat res/figures/clip-bias-lb.gp)" 'set xlabel "bound / measured' "of a lower bound bound/measured"
mkdir clamped
cp -R res/run.json res/curves clamped
sed '/"theorem":"clip-bias-lb"/s/"max_ratio":[0-9][0-9.e+-]*/"max_ratio":2.5e31/' res/results.jsonl >clamped/results.jsonl
run ratecheck report --svg --quiet clamped
like "$(cat clamped/figures/clip-bias-lb.gp)" '"two-point-noise[^"]* \(2\.5e\+31 →\)"' "what is beyond the axis has its number"

# Curves of the ends of the numbers, as a method that diverges leaves them, or another program: drawn, or left out, and quickly.
run ratecheck verify gd-convex-smooth:gamma=1 --objective huber:tau=0.01 --steps 50 --output wild --quiet
csv=$(ls wild/curves/*.csv)
cp "$csv" rows
for value in 1.7e308 1e290 1e-300 5e-324 0 inf nan; do
	for every in 1 7; do
		awk -F, -v OFS=, -v value=$value -v every=$every '!/^#/ && NR % every == 0 { $2 = $5 = value } 1' rows >"$csv"
		run timeout 60 ratecheck report --svg --quiet wild
		exits 0 "$value in every row of $every"
	done
done

# The page ranks the guarantees on one problem as the terminal does.
run ratecheck verify --chapter gradient-descent --chapter momentum --objective quadratic:d=2,kappa=3 --jobs 1 --output one
ranked=$(printf '%s\n' "$out" | sed -n 's/^ *[0-9]*\. \([a-z0-9-]*\) .*/\1/p')
run ratecheck report --svg --quiet one
is "$(sed -n '/^\$dots/,/^END/s/.*"\([a-z0-9-]*\).*"$/\1/p' one/figures/objective_1.gp)" "$ranked" \
	"terminal and page rank alike"
num "$(printf '%s\n' "$ranked" | wc -l)" '>' 5 "more than a few"

# Instances made for several horizons, in one figure under their bound.
printf 'gd-convex-smooth-tight:gamma=1 huber:tau=TAU # the one\n' >table
mkdir -p src/doc/book/gallery
cp table src/doc/book/gallery/envelopes.table
run sh "$top_srcdir/doc/book/gallery/envelopes" src env 32
exits 0 "one run for each horizon"
run ratecheck report --svg --best --quiet env
exits 0 "which are drawn"
gp=$(cat env/figures/gd-convex-smooth-tight_envelope.gp)
is "$(printf '%s\n' "$gp" | sed -n '/^\$ends/,/^END/p' | sed '1d;$d' | cut -d , -f 1 | tr '\n' ' ')" "4 8 16 32 " "as one envelope"
is "$(printf '%s\n' "$gp" | sed -n '/^\$ends/,/^END/p' | sed '1d;$d' | awk -F, '{ d = $2 * (4 * $1 + 2); print (d > 0.9999 && d < 1.0001) }' | sort -u)" \
	1 "all ends are on the bound L D^2/(4 T + 2)"
# An instance whose largest ratio comes early is not made for its end.
mkdir early
cp -R env/run.json env/curves early
sed 's/"at_step":16/"at_step":3/' env/results.jsonl >early/results.jsonl
run ratecheck report --svg --best --quiet early
test ! -e early/figures/gd-convex-smooth-tight_envelope.gp
ok $? "three ends make no envelope"

# The book's figures of single theorems: texts for all, theorems that are there, and scripts that find what they draw.
table=$top_srcdir/doc/book/gallery/figures.table
cut -f 2 "$table" >/dev/null || bail_out "no table"
num "$(grep -c '^at	' "$table")" '>' 30 "figures in the table"
awk -F '\t' '$1 == "at" { print $2 }' "$table" >ids
is "$(sort ids | uniq -d)" "" "one a theorem"
ratecheck list theorems --plain >known
is "$(grep -vxFf known ids)" "" "of a theorem that there is"
is "$(awk -F '\t' '
	function closed() { if (id != "" && (!alt || !caption || !drawn)) print id ": alt " alt ", caption " caption ", drawn " drawn }
	$1 == "at" { closed(); id = $2; alt = caption = drawn = 0 }
	$1 == "alt" { alt = length($2) > 30 }
	$1 == "caption" { caption = length($2) > 30 && $2 !~ /^[^$]*(\$[^$]*\$[^$]*)*\$[^$]*$/ }
	$1 == "curve" || $1 == "plot" { drawn++ }
	$1 == "curve" && !((id, $3) in asked) && $2 == "" { print id ": a curve of no run" }
	END { closed() }' "$table")" "" "each has a text for who does not see it, a caption, and curves"
is "$(sed -n 's/.*[]](\(drawing-[a-z-]*\)).*/\1/p' "$top_srcdir"/theorems/*/chapter.md | while read -r name; do
	test -f "$top_srcdir/doc/book/gallery/$name.gp" || echo "$name"
done)" "" "the chapters' drawings are there"
is "$(sed 's/#.*//' "$top_srcdir/doc/book/chapters" | while read -r chapter; do
	test -z "$chapter" || grep -q '](drawing-' "$top_srcdir/theorems/$chapter/chapter.md" || echo "$chapter"
done)" "" "each chapter has one"

sliders=$top_srcdir/doc/book/gallery/sliders.table
is "$(grep -v '^#' "$sliders" | awk -F '\t' 'NF != 6 || split($4, still, " ") != 3 || $6 !~ /@/ ||
	$5 !~ /^(-|line -?[0-9.]+ [0-9.]+|plane( [0-9.]+ [0-9.]+)?)$/ { print $1 }')" "" "each slider has values, three stills, where its path is shown, and a run"
is "$(sed -n 's/.*[]](slider-\([a-z-]*\))$/\1/p' "$top_srcdir"/theorems/*/chapter.md | sort)" "$(grep -v '^#' "$sliders" | cut -f 1 | sort)" \
	"and is in a chapter"

mkdir -p book/doc/book/gallery drawn
cp "$top_srcdir"/doc/book/gallery/*.gp book/doc/book/gallery
run_of='gd-convex-smooth-tight:gamma=1 --objective huber:tau=0.1 --steps 16'
{
	printf 'at\tgd-convex-smooth-tight\nalt\tA\ncaption\tB\nset\tset logscale y\n'
	printf 'run\ta\t%s\ncurve\ta\tmeasured\tmeasured\ncurve\ta\tbound\tclaimed\n' "$run_of"
	printf 'at\tgd-pl\nset\tset xrange [0:3]\nsweep\tg\t0.5 1\tgd-convex-smooth-tight:gamma=@ --objective huber:tau=0.1 --steps 8\ncurve\tg\tratio\nplot\tx with lines\n'
} >book/doc/book/gallery/figures.table
run sh "$top_srcdir/doc/book/gallery/figures" book drawn
exits 0 "a table of two is drawn"
like "$(cat drawn/at-gd-convex-smooth-tight.svg)" '>claimed<.*' "with its bound"
is "$(wc -l <drawn/at/gd-convex-smooth-tight-a.txt)" 16 "from the run's own numbers"
is "$(cut -d ' ' -f 1 drawn/at/gd-pl-g.txt | tr '\n' ' ')" "0.5 1 " "and the last step of a run for each value"
test -s drawn/at-gd-pl.pdf
ok $? "on paper too"
# A slider: curves and the points of the runs, and what the points are drawn over.
printf 'ball\tβ\t0.2 0.2 0.6\t0.2 0.4 0.6\tplane 1 0.05\t%s\n' \
	'hb-quadratic-finite:gamma=1,beta=@ --objective quadratic:d=2,kappa=20,rotation=0 --steps 40' >book/doc/book/gallery/sliders.table
cp book/doc/book/gallery/*.gp drawn
run sh "$top_srcdir/doc/book/gallery/sliders" book drawn
exits 0 "a slider"
slid=$(cat drawn/slider-ball.json)
like "$slid" '"plane":\[1,0\.05\],"runs":\[\{"value":0\.2,"t":\[1,2,' "has its runs"
is "$(printf '%s' "$slid" | sed 's/"path"/\n&/g' | sed -n 's/"path":\[\([^]]*\)\].*/\1/p' | awk -F , '{ printf "%d %.2f ", NF, $1 * $1 + $2 * $2 }')" \
	"50 1.00 50 1.00 50 1.00 " "and of each the first steps"
printf 'bowl\tγ\t0.5 0.5 1\t0.5 1 1\tline -1 1\t%s\n' 'gd-convex-smooth:gamma=@ --objective diagonal:lambda=1,x0=ones --steps 8' \
	>book/doc/book/gallery/sliders.table
run sh "$top_srcdir/doc/book/gallery/sliders" book drawn
exits 0 "on a line"
like "$(cat drawn/slider-bowl.json)" '"line":\[-1,1\],"f":\[0\.5,([0-9.]*,){29}0,([0-9.]*,){29}0\.5\],.*"path":\[1,0\.5,0\.25,' \
	"over the graph of f"
# Two things that change together, with a / in one of them; a claim about points has no curve, but a ratio.
sed 's/^sweep\tg\t.*/sweep\tg\t1|0.1\/0.2 2|0.2\/0.1\tgd-convex-smooth:gamma=1 --objective diagonal:lambda=@@ --steps @/' \
	book/doc/book/gallery/figures.table >moved
printf 'sweep\tp\t0.1 0.3\tula-bias:h=@,tau=1,l1=1,l2=1,l3=1\ncurve\tp\tmeasured\n' >>moved
mkdir -p pairs/doc/book drawn-pairs
cp -R book/doc/book/gallery pairs/doc/book
cp moved pairs/doc/book/gallery/figures.table
run sh "$top_srcdir/doc/book/gallery/figures" pairs drawn-pairs gd-pl
exits 0 "values in pairs"
is "$(cut -d ' ' -f 1 drawn-pairs/at/gd-pl-g.txt | tr '\n' ' ')" "1 2 " "the first of a pair is drawn"
is "$(awk '{ print ($2 > 0.8 && $2 < 1 && $3 == 1) }' drawn-pairs/at/gd-pl-p.txt | tr '\n' ' ')" "1 1 " \
	"a claim about points is measured in units of its bound"
sed 's/^set\tset logscale y$/set\tset yrange [0:1e-3]/' book/doc/book/gallery/figures.table >moved && cp moved book/doc/book/gallery/figures.table
run sh "$top_srcdir/doc/book/gallery/figures" book drawn gd-convex-smooth-tight
isnt "$status" 0 "a frame without the bound is refused"
like "$err" 'gd-convex-smooth-tight: the bound is not in the frame' "and said"
sed 's/gamma=@/gamma=x@/' book/doc/book/gallery/figures.table >moved && cp moved book/doc/book/gallery/figures.table
run sh "$top_srcdir/doc/book/gallery/figures" book drawn gd-pl
isnt "$status" 0 "so is a run that is none"
done_testing
