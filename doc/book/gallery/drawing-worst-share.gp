# The mean of all losses, the level that one in five exceeds, and the mean of those: the risk CVaR.
load 'style.gp'
name = 'drawing-worst-share'
d(x) = x < 0 ? NaN : exp(-x); q = log(5.0)
set xrange [-0.15:5]; set yrange [0:1.12]; unset ytics; set xtics ('0' 0, 'mean' 1, 'level' q, 'CVaR' q+1) nomirror; unset grid; set border 1; set key off; set samples 501; set xlabel 'loss'
set arrow from 1,0 to 1,0.62 nohead dt 3; set arrow from q+1,0 to q+1,0.36 nohead lw 2 lc rgb '#D55E00'
set label 'the worst fifth' at 3.05,0.13 tc rgb '#D55E00'; set label 'what the mean minimises' at 1.05,0.6; set label 'what CVaR minimises' at q+1.05,0.34 tc rgb '#D55E00'
figure = "x > q ? d(x) : NaN with filledcurves y1=0 fc rgb '#f4cdb0' fs solid, d(x) ls 1 lw 3"
load 'draw.gp'
