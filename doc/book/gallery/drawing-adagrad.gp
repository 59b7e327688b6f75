# Three guesses of the step, a factor of 10 apart: what AdaGrad divides by brings each below 2/L.
load 'style.gp'
name = 'drawing-adagrad'
set print $s
do for [j=0:2] { eta = 0.3*10**j; u = 3.0; S = 0.0; do for [k=0:30] { S = S + u*u; print k, eta/sqrt(S); u = u - eta*u/sqrt(S) }; print ''; print '' }
unset print
set logscale y; set xrange [0:30]; set yrange [0.02:40]; set xlabel 'step t'; set ylabel 'η/√(g_0² + … + g_t²)' noenhanced; set key top right
set label '2/L' at 28.2,2.5
figure = "2 ls 5 notitle, $s index 2 with linespoints ls 2 title 'η = 30: too long once', $s index 1 with linespoints ls 1 title 'η = 3', $s index 0 with linespoints ls 3 title 'η = 0.3: safe and slow'"
load 'draw.gp'
