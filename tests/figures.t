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
done_testing
