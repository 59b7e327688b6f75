# SGD with a constant step wanders about the minimiser; the mean of its points sits near the middle.
load 'style.gp'
name = 'drawing-average'
set xrange [-1.5:3.3]; set yrange [-1.5:2.3]; set size ratio -1; unset tics; unset border; unset grid; set key top left Left reverse
seed = 7; draw(a) = (seed = (seed*16807) % 2147483647, seed/2147483647.0 < 0.5 ? -1.0 : 1.0)
h = 0.28; u = 3.0; v = 2.0; su = 0.0; sv = 0.0
set print $path; do for [k=1:160] { print u, v; u = u - h*(u + 1.3*draw(0)); v = v - h*(v + 1.3*draw(0)); if (k > 15) { su = su + u; sv = sv + v } }
unset print
su = su/145; sv = sv/145
figure = "$path with lines lw 1 lc rgb '#9cc4e0' notitle, $path with points pt 7 ps 0.4 lc rgb '#0072B2' title 'x_t', '+' using (su):(sv) every ::0::0 with points pt 9 ps 2 lc rgb '#D55E00' title 'their mean', '+' using (0):(0) every ::0::0 with points pt 3 ps 1.5 lw 2 lc rgb 'black' title 'the minimiser'"
load 'draw.gp'
