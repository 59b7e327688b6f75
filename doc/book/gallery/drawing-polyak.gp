# The Polyak step goes where the tangent reaches the optimal value.
load 'style.gp'
name = 'drawing-polyak'
f(x) = 0.35*x*x + 0.3*(sqrt(1 + 4*x*x) - 1); g(x) = 0.7*x + 1.2*x/sqrt(1 + 4*x*x)
x0 = 2.3; x1 = x0 - f(x0)/g(x0); x2 = x1 - f(x1)/g(x1)
set xrange [-0.9:2.9]; set yrange [-0.45:3.6]; unset ytics; set xtics ('x*' 0, 'x_2' x2, 'x_1' x1, 'x_0' x0) nomirror; unset grid; set border 1; set key top left Left reverse
do for [a in "x0 x1 x2"] { z = value(a); set arrow from z, 0 to z, f(z) nohead dt 3 }
set label 'f*' at -0.85, 0.12
figure = "0 ls 5 notitle, f(x) ls 1 lw 3 title 'f', x > x1 - 0.12 ? f(x0) + g(x0)*(x-x0) : NaN ls 2 title 'tangents, followed to the level f*', (x > x2 - 0.12 && x < x1 + 0.25) ? f(x1) + g(x1)*(x-x1) : NaN ls 2 notitle, '+' using (x0):(f(x0)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle, '+' using (x1):(f(x1)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle, '+' using (x2):(f(x2)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle"
load 'draw.gp'
