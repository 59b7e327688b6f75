# Each gradient shows one more coordinate: after four steps six of ten are still what they were.
load 'style.gp'
name = 'drawing-untouched'
array X[12]; do for [i=1:12] { X[i] = 0.0 }
array Y[12]
do for [k=1:4] { do for [i=2:11] { Y[i] = X[i] - 0.25*(2*X[i] - X[i-1] - X[i+1] - (i == 2 ? 1 : 0)) }; do for [i=2:11] { X[i] = Y[i] } }
set print $bars; do for [i=2:11] { print i-1, 1 - (i-1)/11.0, X[i] }
unset print
set xrange [0.3:10.7]; set yrange [-0.04:1.05]; set xtics 1; set xlabel 'coordinate'; set boxwidth 0.38; unset grid; set key top right
figure = "$bars using ($1-0.2):2 with boxes fs solid 0.35 fc rgb '#888888' title 'the minimiser', $bars using ($1+0.2):3 with boxes fs solid fc rgb '#0072B2' title 'x_4 of gradient descent, from 0'"
load 'draw.gp'
