# Frank-Wolfe on a triangle: each step goes towards a vertex, so that the path zigzags to the minimiser.
load 'style.gp'
name = 'drawing-frank-wolfe'
set xrange [-0.15:1.3]; set yrange [-0.12:1]; set size ratio -1; unset tics; unset border; unset grid; set key top right
tx = 0.45; ty = 0.08; vx(k) = k==0 ? 0 : k==1 ? 1 : 0.5; vy(k) = k==2 ? 0.87 : 0
set print $path; x = 0.5; y = 0.87
do for [k=0:26] { print x, y; gx = x-tx; gy = y-ty; best = 0; do for [j=1:2] { if (gx*vx(j)+gy*vy(j) < gx*vx(best)+gy*vy(best)) { best = j } }; s = 2.0/(k+2); x = x + s*(vx(best)-x); y = y + s*(vy(best)-y) }
unset print
set object polygon from 0,0 to 1,0 to 0.5,0.87 to 0,0 fc rgb '#dceaf4' fs solid border rgb '#555555' behind
figure = "$path with linespoints ls 1 title 'x_t', '+' using (tx):(ty) every ::0::0 with points pt 3 ps 1.5 lc rgb '#D55E00' title 'the minimiser'"
load 'draw.gp'
