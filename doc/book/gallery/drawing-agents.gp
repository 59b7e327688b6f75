# Six agents on a ring, each with a minimiser of its own, average with their neighbours and step: the copies come together, but not to a point.
load 'style.gp'
name = 'drawing-agents'
array b[6] = [2, 1, -1, -2, -1, 1]
array w[6] = [4, 3.2, 2.6, 2.2, 2.9, 3.5]
array y[6]
g = 0.1; set print $paths
do for [t=0:60] { print t, w[1], w[2], w[3], w[4], w[5], w[6]; do for [k=1:6] { y[k] = (w[k]+w[k==1 ? 6 : k-1]+w[k==6 ? 1 : k+1])/3 - g*(w[k]-b[k]) }; do for [k=1:6] { w[k] = y[k] } }
unset print
set xrange [0:60]; set yrange [-1:4]; set xlabel 'step t'; set ylabel 'the copies of the variable'; set key top right
figure = "for [k=2:7] $paths using 1:k with lines ls (k == 2 ? 1 : k == 5 ? 2 : k == 3 || k == 7 ? 3 : 4) lw 2.5 notitle, 0 ls 5 title 'the common minimiser'"
load 'draw.gp'
