# The parabola of curvature L that lies above a smooth function; a step of 1/L goes to its lowest point.
load 'style.gp'
name = 'drawing-parabola'
f(x) = log(exp(x) + exp(-0.4*x)); g(x) = (exp(x) - 0.4*exp(-0.4*x))/(exp(x) + exp(-0.4*x))
L = 0.49; x0 = 2.6; p(x) = f(x0) + g(x0)*(x-x0) + L/2*(x-x0)**2; x1 = x0 - g(x0)/L
set xrange [-1:4.2]; set yrange [0.3:4]; unset ytics; set xtics ('x − γ∇f(x)' x1, 'x' x0) nomirror; unset grid
set key top left Left reverse
set arrow from x0, 0.3 to x0, f(x0) nohead dt 3; set arrow from x1, 0.3 to x1, p(x1) nohead dt 3
set arrow from x1, f(x1) to x1, p(x1) heads size 0.06,20 lc rgb '#555555'
figure = "p(x) ls 2 title 'L/2-parabola through (x, f(x)): never below f', f(x) ls 1 lw 3 title 'f', '+' using (x0):(f(x0)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle, '+' using (x1):(p(x1)) every ::0::0 with points pt 6 ps 1 lw 2 lc rgb 'black' notitle"
load 'draw.gp'
