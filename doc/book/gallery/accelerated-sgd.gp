load 'style.gp'
name = 'accelerated-sgd'
set datafile separator ','
set logscale y
set format y '10^{%T}'
set xlabel 'k'
set ylabel 'E f(x_k) − f*' noenhanced
set yrange [1e-8:1e14]
set key left top
do for [kind in 'svg pdf'] {
	eval(value(kind)); set output name.'.'.kind
	plot 'data/sagd-sqrt-rho-counterexample.csv' using 1:2 with linespoints ls 2 pi 5 title 'accelerated, claimed √ρ, one gradient', \
	     '' using 1:5 with lines ls 5 title 'the claimed bound', \
	     'data/sagd-semi-convex.csv' using 1:($2>0?$2:NaN) with linespoints ls 3 pi 5 title 'the same parameters, exact gradients for v', \
	     'data/sagd-sgc-convex.csv' using 1:($2>0?$2:NaN) with linespoints ls 1 pi 5 title 'accelerated, ρ in the right place', \
	     'data/sgd-sgc-convex.csv' using 1:($2>0?$2:NaN) with linespoints ls 4 pi 5 title 'plain SGD'
	unset output
}
