# One parabola, four steps: what 1 - gamma L does to the distance.
load 'style.gp'
name = 'drawing-step-sizes'
set xrange [0:12]; set yrange [-1.5:1.5]; set xlabel 'step t'; set ylabel 'x_t' noenhanced; set key outside top center horizontal
set xzeroaxis lt 1 lc rgb 'black'; set samples 13
q(r, t) = r**int(t + 0.5)
figure = "q(0.5, x) with linespoints ls 1 title 'γL = 0.5', q(0.0, x) with linespoints ls 3 title 'γL = 1', q(-0.8, x) with linespoints ls 4 title 'γL = 1.8', q(-1.04, x) with linespoints ls 2 title 'γL = 2.04'"
load 'draw.gp'
