# The Huber function made for T steps: all of them on the straight arm, each of the same length.
load 'style.gp'
name = 'drawing-huber'
tau = 0.16; f(x) = abs(x) <= tau ? x*x/2 : tau*abs(x) - tau*tau/2
set xrange [-0.35:1.1]; set yrange [-0.012:0.18]; unset ytics; set xtics ('x*' 0, 'τ' tau, 'x_0 = R' 1) nomirror; unset grid
set key top left Left reverse
set arrow from tau, 0 to tau, f(tau) nohead dt 3
set label 'curvature L' at -0.33, 0.001; set label 'slope Lτ: every gradient is the same' at 1.09, 0.03 right
$steps << END
1
0.84
0.68
0.52
END
figure = "f(x) ls 1 lw 3 title 'Huber function', $steps using 1:(f($1)) with points pt 7 ps 1 lc rgb '#D55E00' title 'x_0, …, x_T: the last is on the arm still'"
load 'draw.gp'
