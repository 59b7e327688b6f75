# Two paths through one valley: momentum forgets the direction that alternates and keeps the one that stays.
load 'style.gp'
name = 'drawing-valley'
k = 25.0; set xrange [-1:10.5]; set yrange [-1.9:2.3]; set size ratio -1; unset tics; unset border; unset grid; set key outside top center
g = 1.85/k; b = 0.6
set print $plain; u = 10.0; v = 1.3; do for [j=0:28] { print u, v; u = u - g*u; v = v - g*k*v }
set print $heavy; u = 10.0; v = 1.3; m = 0.0; n = 0.0; do for [j=0:28] { print u, v; m = b*m + u; n = b*n + k*v; u = u - g*m; v = v - g*n }
unset print
set parametric; set trange [0:2*pi]; set samples 200
figure = "for [r=1:5] sqrt(k)*r*0.42*cos(t), r*0.42*sin(t) lw 1 lc rgb '#cccccc' notitle, $plain with linespoints ls 2 title 'gradient steps', $heavy with linespoints ls 1 title 'the same steps with momentum'"
load 'draw.gp'
