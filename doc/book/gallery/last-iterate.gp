load 'style.gp'
name = 'last-iterate'
set logscale x 2
set xlabel 'number of steps N (each N a run of its own, steps R/(G√N))'
set ylabel 'gap × √N / (RG)' noenhanced
set yrange [0:3.6]
set xrange [7:1200]
set key left top
do for [kind in 'svg pdf'] {
	eval(value(kind)); set output name.'.'.kind
	plot 'data/last-iterate.txt' using 1:($2*sqrt($1)) with linespoints ls 1 title 'last iterate, equal steps', \
	     '' using 1:($3*sqrt($1)) with linespoints ls 2 title 'average of the same run', \
	     '' using 1:($4*sqrt($1)) with linespoints ls 3 title 'last iterate, steps that fall linearly to 0', \
	     0.25*log(x) + 1.11 with lines ls 5 title '¼ ln N + const'
	unset output
}
