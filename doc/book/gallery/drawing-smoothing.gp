# The absolute value, and what is left of its kink if it is averaged over windows of two widths.
load 'style.gp'
name = 'drawing-smoothing'
f(x, d) = abs(x) < d ? (x*x+d*d)/(2*d) : abs(x)
set xrange [-2:2]; set yrange [0:2]; set xtics ('−δ' -1, '0' 0, 'δ' 1) nomirror; set ytics ('δ/2' 0.5); unset grid; set key top center; set samples 801
figure = "f(x,1) ls 2 lw 3 title 'averaged over [x − δ, x + δ]', f(x,0.4) ls 3 lw 3 title 'over a shorter window', abs(x) ls 1 lw 3 title '|x|'"
load 'draw.gp'
