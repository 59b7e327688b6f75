load 'style.gp'
name = 'schedules'
set logscale xy
set logscale x 2
set xlabel 'number of points T'
set ylabel 'gap × √T / (RG)' noenhanced
set yrange [0.7:60]
set xrange [14:1200]
set key left top
# The published constants are quoted, not asserted: the program checks the smaller ones that the measured points attain.
do for [kind in 'svg pdf'] {
	eval(value(kind)); set output name.'.'.kind
	plot 'data/schedules.txt' using 1:($2*sqrt($1)) with linespoints ls 1 title 'steps R/(G√t), measured', \
	     '' using 1:($3*sqrt($1)) with linespoints ls 3 title 'steps that are halved, measured', \
	     2*(2 + log(x)) with lines ls 2 title 'Shamir and Zhang 2013: 2 (2 + ln T)', \
	     15 with lines ls 5 title 'Jain, Nagaraj and Netrapalli 2019: 15'
	unset output
}
