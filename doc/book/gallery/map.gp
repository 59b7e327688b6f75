# Which chapter leans on which: an arc from a chapter to each that its pages name, the wider the more often.
load 'style.gp'
load 'data/map.txt' # $arcs: from, to, how often; $chapters: number, name
name = 'map'
from(k) = real(word($arcs[k], 1))
to(k) = real(word($arcs[k], 2))
often(k) = real(word($arcs[k], 3))
middle(k) = (from(k) + to(k)) / 2.0
radius(k) = abs(from(k) - to(k)) / 2.0
svg = "set terminal svg size 560,650 font 'DejaVu Sans,13' background rgb 'white'"
pdf = "set terminal pdfcairo size 11.2cm,13cm font 'DejaVu Sans,9.6'"
unset border; unset tics; unset grid
set xrange [-9:14]; set yrange [-|$chapters| - 0.5:-0.5]; set samples 60
set key outside bottom center
figure = 'sample '
do for [k=1:|$arcs|] {
	figure = figure.sprintf("[0:pi] '+' using (%g*sin($1)):(-%g - %g*cos($1)) with lines lw %g ", radius(k), middle(k), radius(k), 1 + 0.4*often(k)) \
		.(from(k) > to(k) ? "lc rgb '#600072B2' notitle, " : "lc rgb '#60D55E00' dt 2 notitle, ")
}
figure = figure."$chapters using (-0.3):(-$1):2 with labels right noenhanced notitle, $chapters using (0):(-$1) with points pt 7 ps 0.5 lc rgb 'black' notitle, " \
	."NaN with lines lw 2 lc rgb '#0072B2' title 'names an earlier chapter', NaN with lines lw 2 dt 2 lc rgb '#D55E00' title 'a later one'"
do for [kind in "svg pdf"] { eval(value(kind)); set output name.".".kind; eval("plot ".figure); unset output }
