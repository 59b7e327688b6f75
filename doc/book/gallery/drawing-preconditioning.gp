# The gradient is normal to the level line; the preconditioned one points to the middle.
load 'style.gp'
name = 'drawing-preconditioning'
a = 2.2; b = 0.8; p = 0.62*pi/2; x0 = a*cos(p); y0 = b*sin(p); gx = x0/a/a; gy = y0/b/b; s = 0.75
set xrange [-2.5:2.5]; set yrange [-1.2:1.6]; set size ratio -1; unset tics; unset border; unset grid; set key off
set parametric; set trange [0:2*pi]; set samples 200
set arrow from x0,y0 to x0-s*gx,y0-s*gy lw 3 lc rgb '#D55E00' front; set arrow from x0,y0 to 0,0 lw 3 lc rgb '#0072B2' front
set label '−∇f' at x0-s*gx+0.1,y0-s*gy-0.1 tc rgb '#D55E00' front; set label '−P∇f' at 0.35,0.5 right tc rgb '#0072B2' front; set label 'x' at x0+0.08,y0+0.12 front
figure = "for [r=1:4] r*a/4*cos(t), r*b/4*sin(t) lw 1 lc rgb '#888888' notitle, x0+0*t, y0+0*t with points pt 7 ps 1 lc rgb 'black' notitle, 0*t, 0*t with points pt 3 ps 1.5 lc rgb 'black' notitle"
load 'draw.gp'
