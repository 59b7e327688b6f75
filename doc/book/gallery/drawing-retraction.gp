# On a curved space a step follows the tangent and is brought back, or follows the curve itself.
load 'style.gp'
name = 'drawing-retraction'
p = 0.3*pi; x0 = cos(p); y0 = sin(p); tx = sin(p); ty = -cos(p); s = 0.9; q = sqrt(1+s*s)
set xrange [-0.35:1.9]; set yrange [-0.25:1.35]; set size ratio -1; unset tics; unset border; unset grid; set key top right
set parametric; set trange [-0.12*pi:0.62*pi]; set samples 200
set arrow from x0,y0 to x0+s*tx,y0+s*ty lw 2 lc rgb '#D55E00' front; set arrow from x0+s*tx,y0+s*ty to (x0+s*tx)/q,(y0+s*ty)/q lw 2 dt 2 lc rgb '#D55E00' front
set label 'x' at x0-0.1,y0-0.06 front; set label 'x − γ∇f(x)' at x0+s*tx+0.05,y0+s*ty+0.03 front
set label 'brought back' at 0.86,0.30 right front; set label 'along the geodesic' at cos(p-s)-0.06,sin(p-s)-0.04 right front
figure = "cos(t), sin(t) lw 2 lc rgb '#888888' title 'the manifold', cos(p-s*(t/pi+0.12)/0.74), sin(p-s*(t/pi+0.12)/0.74) ls 1 lw 3 title 'a geodesic of the same length', x0+0*t, y0+0*t with points pt 7 ps 1 lc rgb 'black' notitle, (x0+s*tx)/q+0*t, (y0+s*ty)/q+0*t with points pt 6 ps 1 lw 2 lc rgb 'black' notitle, cos(p-s)+0*t, sin(p-s)+0*t with points pt 7 ps 1 lc rgb '#0072B2' notitle"
load 'draw.gp'
