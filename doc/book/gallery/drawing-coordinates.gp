# One coordinate at a time: exact steps along the axes climb down a staircase.
load 'style.gp'
name = 'drawing-coordinates'
c = 0.75; set xrange [-2.2:2.6]; set yrange [-2.1:2.7]; set size ratio -1; unset tics; unset border; unset grid; set key outside top center Left reverse
set print $path; u = 2.2; v = 2.0; do for [k=0:7] { print u, v; u = -c*v; print u, v; v = -c*u }
unset print
set parametric; set trange [0:2*pi]; set samples 200
e1 = 1/sqrt(1+c); e2 = 1/sqrt(1-c); w = sqrt(0.5)
figure = "for [r=1:6] w*r*0.35*(e1*cos(t) + e2*sin(t)), w*r*0.35*(e1*cos(t) - e2*sin(t)) lw 1 lc rgb '#cccccc' notitle, $path with linespoints ls 1 lw 2 title 'each move minimises over one coordinate', 0*t, 0*t with points pt 3 ps 1.5 lc rgb 'black' notitle"
load 'draw.gp'
