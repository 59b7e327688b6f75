# Three far eigenvalues beside three near ones: each degree of the preconditioner takes one of them off.
load 'style.gp'
name = 'drawing-outliers'
array l[6] = [1, 1.5, 2, 40, 300, 3000]
array e[7]
set print $kappa
do for [t=0:5] {
  do for [side=0:1] { skip = side == 0 ? 6 : 1; do for [k=1:7] { e[k] = k == 1 ? 1 : 0 }; do for [j=1:6] { if (j != skip) { do for [k=6:1:-1] { e[k+1] = e[k+1] + l[j]*e[k] } } }; if (side == 0) { high = e[t+1] } else { low = e[t+1] } }
  rest = 0; do for [j=1:6-t] { rest = rest + l[j] }
  print t, l[6]*high/(l[1]*low), rest/l[1]
}
unset print
set logscale y; set xrange [-0.3:5.3]; set yrange [0.8:8000]; set key top right; set xlabel 'degree'; set ylabel 'condition number'
figure = "$kappa using 1:3 with linespoints ls 2 title 'bound', $kappa using 1:2 with linespoints ls 1 lw 3 title 'of BP_t'"
load 'draw.gp'
