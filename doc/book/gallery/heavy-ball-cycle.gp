load 'style.gp'
name = 'heavy-ball-cycle'
set datafile separator ','
set logscale y
set format y '10^{%T}'
set xlabel 't'
set ylabel '|x_t − x*|²' noenhanced
set yrange [1e-3:1e3]
set key right top
do for [kind in 'svg pdf'] {
	eval(value(kind)); set output name.'.'.kind
	plot 'data/heavy-ball.csv' using 1:2 with linespoints ls 1 pi 5 title 'heavy ball, best parameters for quadratics', \
	     'data/gradient-descent.csv' using 1:($2>0?$2:NaN) with linespoints ls 2 pi 5 title 'gradient descent, the same function', \
	     (792.0/1225)**2 with lines ls 5 title '(792/1225)²: never nearer'
	unset output
}
