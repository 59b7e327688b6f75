# A function with kinks and a hump, and its Moreau envelope: the same minimisers, no kink.
load 'style.gp'
name = 'drawing-envelope'
f(x) = abs(x*x - 1); r = 4.0
p(x) = abs(x) > 1 + 2/r ? r*x/(2 + r) : abs(x) < 1 - 2/r ? r*x/(r - 2) : sgn(x)
e(x) = f(p(x)) + r/2*(p(x) - x)**2
set xrange [-2:2]; set yrange [-0.45:2.6]; unset ytics; set xtics ('−1' -1, '0' 0, '1' 1) nomirror; unset grid; set border 1; set key top center; set samples 801
x0 = 1.6; set arrow from x0,f(x0) to p(x0),f(p(x0)) lw 2 lc rgb '#009E73'; set label 'from x to prox(x)' at 1.05,1.3 right tc rgb '#009E73'
set label 'gradient 0 exactly at stationary points of f' at 0,-0.2 center
figure = "f(x) ls 2 lw 2 title 'f = |x² − 1|', e(x) ls 1 lw 3 title 'its envelope, parameter r = 4', '+' using (x0):(f(x0)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle, '+' using (p(x0)):(f(p(x0))) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle"
load 'draw.gp'
