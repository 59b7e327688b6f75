# Newton's parabola leaves the function; with a cubic term it stays above and its minimiser is safe.
load 'style.gp'
name = 'drawing-cubic'
f(x) = log(cosh(x)); x0 = 1.3; t = tanh(x0); h = 1 - t*t; M = 4/3.0/sqrt(3)
n(x) = f(x0) + t*(x-x0) + h/2*(x-x0)**2; c(x) = n(x) + M/6*abs(x-x0)**3
xn = x0 - t/h; r = (-h + sqrt(h*h + 2*M*t))/M; xc = x0 - r
set xrange [-2.9:2.6]; set yrange [-1.1:2.6]; unset ytics; set xtics ('Newton' xn, 'cubic step' xc, 'x' x0) nomirror; unset grid; set border 1; set key at graph 0.74,0.98 Left reverse
set arrow from xn, -1.1 to xn, f(xn) nohead dt 3; set arrow from xc, -1.1 to xc, c(xc) nohead dt 3; set arrow from x0, -1.1 to x0, f(x0) nohead dt 3
figure = "c(x) ls 2 title 'with M/6 |·|³: above f', n(x) ls 3 title 'the second-order model', f(x) ls 1 lw 3 title 'f', '+' using (x0):(f(x0)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle, '+' using (xn):(f(xn)) every ::0::0 with points pt 6 ps 1 lw 2 lc rgb 'black' notitle, '+' using (xc):(f(xc)) every ::0::0 with points pt 7 ps 1 lc rgb '#D55E00' notitle"
load 'draw.gp'
