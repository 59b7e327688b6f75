# The eigenvalues of the heavy ball on one curvature: two real ones meet and run along a circle.
load 'style.gp'
name = 'drawing-heavy-ball'
b = 0.45; set xrange [-1.25:1.25]; set yrange [-1.05:1.05]; set size ratio -1; set samples 400; unset grid
set xtics ('−1' -1, '0' 0, '√β' sqrt(b), '1' 1); set ytics ('i' 1); set zeroaxis; set border 0; set key outside bottom center Left reverse maxcols 1
set parametric; set trange [0:1]
h(t) = 2*(1+b)*t; disc(t) = (1+b-h(t))**2 - 4*b
re(t, s) = disc(t) < 0 ? (1+b-h(t))/2 : (1+b-h(t) + s*sqrt(disc(t)))/2
im(t, s) = disc(t) < 0 ? s*sqrt(-disc(t))/2 : 0
figure = "cos(2*pi*t), sin(2*pi*t) lw 1 dt 3 lc rgb '#888888' title 'the unit circle', re(t,1), im(t,1) lw 3 lc rgb '#0072B2' title 'one eigenvalue, as γλ goes from 0 to 2(1 + β)', re(t,-1), im(t,-1) lw 3 lc rgb '#D55E00' title 'the other; off the axis both have modulus √β'"
load 'draw.gp'
