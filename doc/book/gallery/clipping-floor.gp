load 'style.gp'
name = 'clipping-floor'
svg = "set terminal svg size 1000,440 font 'DejaVu Sans,14' background rgb 'white'"
pdf = "set terminal pdfcairo size 20cm,9.6cm font 'DejaVu Sans,17'"
bias(r) = r <= 2 ? r/4 : 1 - 1/r
do for [kind in 'svg pdf'] {
	eval(value(kind)); set output name.'.'.kind
	set multiplot layout 1,2
	unset logscale
	set datafile separator whitespace
	set logscale x
	set xrange [0.1:12]; set yrange [0:1.2]
	set xlabel 'σ/c'; set ylabel '‖∇f‖/σ where it stops' noenhanced
	set key left top
	plot bias(x) with lines ls 2 title 'exact law β/σ', \
	     'data/clipping.txt' using (1/$1):(sqrt($2)) with points ls 1 ps 1 title 'measured'
	set logscale xy
	set datafile separator ','
	set xrange [1:1000]; set yrange [0.1:100]
	set xlabel 't'; set ylabel '‖∇f(x_t)‖' noenhanced
	set key right top
	plot 'data/clipped-1.csv' using 1:(sqrt($2)) with lines ls 1 title 'γ = 1/L', \
	     'data/clipped-0.1.csv' using 1:(sqrt($2)) with lines ls 2 title 'γ = 0.1/L', \
	     'data/clipped-0.01.csv' using 1:(sqrt($2)) with lines ls 3 title 'γ = 0.01/L', \
	     0.25 with lines ls 5 title 'β = σ²/(4c)'
	unset multiplot
	unset output
}
