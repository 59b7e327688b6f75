# One derivative, seen by two estimators: the laws of a single answer. Mean 2 each; f(z) = z^2, m = 1, s = 1, d = 1.
load 'style.gp'
name = 'drawing-estimators'
path(x) = exp(-(x-2)**2/8)/sqrt(8*pi); pair(x) = x < 0.01 ? NaN : exp(-x/4)/(2*sqrt(pi*x))
set xrange [-4:10]; set yrange [0:0.7]; unset ytics; unset grid; set border 1; set key off; set samples 1401; set xlabel 'one estimate of the derivative 2'
set arrow from 2,0 to 2,0.7 nohead dt 3 lc rgb 'black'; set label 'the mean of both' at 2.2,0.62
set label 'pathwise: 2(m + e)' at -3.9,0.2 tc rgb '#0072B2'; set label 'antithetic pair: 2me²' at 3.4,0.22 tc rgb '#D55E00'
figure = "path(x) with filledcurves y1=0 fc rgb '#d6e6f2' fs solid, path(x) ls 1 lw 3, pair(x) ls 2 lw 3"
load 'draw.gp'
