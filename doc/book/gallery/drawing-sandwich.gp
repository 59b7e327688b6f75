# A smooth and strongly convex function lies between two parabolas that touch it at the same point.
load 'style.gp'
name = 'drawing-sandwich'
f(x) = 0.1*x*x + log(cosh(x)); g(x) = 0.2*x + tanh(x); x0 = 1.1
p(x, c) = f(x0) + g(x0)*(x-x0) + c/2*(x-x0)**2
set xrange [-2.1:3.4]; set yrange [-1:4.4]; unset ytics; set xtics ('x' x0) nomirror; unset grid; set key top left Left reverse
set arrow from x0, -1 to x0, f(x0) nohead dt 3
figure = "p(x, 1.2) ls 2 title 'parabola of curvature L: above f', f(x) ls 1 lw 3 title 'f', p(x, 0.2) ls 3 title 'parabola of curvature μ: below f', p(x, 0) ls 5 title 'tangent: below every convex f', '+' using (x0):(f(x0)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle"
load 'draw.gp'
