# Acceleration is no descent: the gap goes up and down, a potential with the distance in it only falls.
load 'style.gp'
name = 'drawing-potential'
l = 0.02; u = 1.0; v = 1.0; a = u; b = v; p = u; q = v; A = 0.0
# y = (u, v) gradient point, z = (p, q), curvatures 1 and l
set print $gap
do for [k=0:90] {
	print k, (u*u + l*v*v)/(1 + l), (A*(u*u + l*v*v) + p*p + q*q)/2
	s = (k+1)/2.0; B = A + s; x = (A*u + s*p)/B; y = (A*v + s*q)/B
	u = x - x; v = y - l*y; p = p - s*x; q = q - s*l*y; A = B
}
unset print
set logscale y; set xrange [0:90]; set yrange [1e-8:3]; set format y '10^{%T}'; set xlabel 'step t'; set key outside top center Left reverse maxcols 1
figure = "$gap using 1:2 with lines ls 2 lw 3 title 'gap: goes up again', $gap using 1:3 with lines ls 1 lw 3 title 'potential A_t(f(y_t) − f*) + ½‖z_t − x*‖²: never does'"
load 'draw.gp'
