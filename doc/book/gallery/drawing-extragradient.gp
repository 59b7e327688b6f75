# On a field that only rotates plain steps spiral outwards; the extragradient step looks ahead and turns inwards.
load 'style.gp'
name = 'drawing-extragradient'
set xrange [-4.2:2.2]; set yrange [-2:2]; set size ratio -1; unset tics; unset border; unset grid; set key top left Left reverse
g = 0.35; set print $plain; u = 1.0; v = 0.0
do for [k=0:11] { print u, v; a = u - g*v; v = v + g*u; u = a }
set print $extra; u = 1.0; v = 0.0
do for [k=0:24] { print u, v; a = u - g*v; b = v + g*u; c = u - g*b; v = v + g*a; u = c }
unset print
figure = "$plain with linespoints ls 2 title 'plain steps', $extra with linespoints ls 1 title 'extragradient', '+' using (0):(0) every ::0::0 with points pt 3 ps 1.5 lc rgb 'black' title 'the saddle'"
load 'draw.gp'
