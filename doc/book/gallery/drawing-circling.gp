# Going round a point of the hyperbolic plane at distance 3: the regret of AdaGrad is more than flat space allows.
load 'style.gp'
name = 'drawing-circling'
D = 3.0; eta = 5.0; coth(x) = 1/tanh(x); zeta = D*coth(D); last = 400
set print $path; sum = 0
do for [t=1:last] { b = eta/sqrt(t); c = coth(D)*tanh(b/2); sum = sum + D*(c < 1 ? c : 1); print t, sum }
unset print
set xrange [0:last]; set yrange [0:*]; set key top left; set xlabel 'rounds'; set ylabel 'regret'
flat(t) = (D*D/(2*eta)+eta)*sqrt(t); curved(t) = (D*D/(2*eta)+eta*zeta)*sqrt(t)
figure = "curved(x) ls 2 title 'bound with ζ', $path with lines ls 1 lw 3 title 'circling', flat(x) ls 3 title 'bound of flat space'"
load 'draw.gp'
