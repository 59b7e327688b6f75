# The gap of the two eigenvalues of a noisy symmetric matrix, and of two independent numbers of the same variance.
load 'style.gp'
name = 'drawing-repulsion'
r(x) = x < 0 ? NaN : x/2*exp(-x*x/4); n(x) = x < 0 ? NaN : exp(-x*x/4)/sqrt(pi)
set xrange [0:5]; set yrange [0:0.65]; unset ytics; set xtics nomirror; unset grid; set border 1; set key off; set samples 501; set xlabel 'gap, in units of the noise'
set label 'eigenvalues: no small gaps' at 2.05,0.4 tc rgb '#D55E00'; set label 'two independent numbers' at 0.5,0.58
figure = "x < 0.6 ? r(x) : NaN with filledcurves y1=0 fc rgb '#f4cdb0' fs solid, n(x) ls 1 lw 3, r(x) lw 3 lc rgb '#D55E00'"
load 'draw.gp'
