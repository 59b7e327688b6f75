load 'style.gp'
name = 'adam'
set datafile separator ','
set logscale x
set xlabel 'round t'
set ylabel 'regret / t' noenhanced
set xrange [3:3000]
set yrange [-0.1:1.2]
set key left bottom
do for [kind in 'svg pdf'] {
	eval(value(kind)); set output name.'.'.kind
	plot 'data/adam.csv' using 1:($2/$1) with lines ls 1 title 'Adam, β₁ = 0, β₂ = 1/10', \
	     'data/amsgrad.csv' using 1:($2/$1) with lines ls 2 title 'AMSGrad, the same parameters', \
	     2.0/3 with lines ls 5 title '(2C − 4)/3: Adam never falls below'
	unset output
}
