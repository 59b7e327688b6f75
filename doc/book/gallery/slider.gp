# Three stills of a slider, for paper: what was measured against the bound. `name`, `letter` and the values a, b, c are
# given by the script `sliders`.
load 'style.gp'
svg = "set terminal svg size 860,300 font 'DejaVu Sans,13' background rgb 'white'"
pdf = "set terminal pdfcairo size 17.2cm,6cm font 'DejaVu Sans,12'"
set logscale xy; set format y '10^{%T}'; set xlabel 'step t'; unset grid; set autoscale xfix
do for [kind in "svg pdf"] {
	eval(value(kind)); set output 'slider-'.name.'.'.kind
	set multiplot layout 1,3
	do for [v in a.' '.b.' '.c] {
		file = 'sliders/'.name.'-'.v.'.txt'
		set title letter.' = '.v; if (v eq a) { # away from the curves: below those that fall, but not on a bound from below
			stats file using ($0 == 0 ? (first = $2, under = $3 < $2) : (last = $2)) nooutput
			if (last > first) { set key top left } else { if (under) { set key top right } else { set key bottom left } }
		} else { unset key }
		plot file using 1:($2 > 1e-16 ? $2 : NaN) with lines ls 1 lw 3 title 'measured', file using 1:($3 > 1e-16 ? $3 : NaN) with lines ls 2 lw 3 title 'bound'
	}
	unset multiplot; unset output
}
