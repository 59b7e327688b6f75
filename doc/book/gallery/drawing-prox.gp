# The prox as a projection: the point of a set that is nearest to the gradient step.
load 'style.gp'
name = 'drawing-prox'
set xrange [-1.3:3]; set yrange [-1.4:1.7]; set size ratio -1; unset tics; unset border; unset grid; set key bottom right
set parametric; set trange [0:2*pi]
set arrow from -0.2,0.55 to 1.9,1.15 lw 2 lc rgb '#0072B2' front; set arrow from 1.9,1.15 to 0.8554,0.5178 lw 2 dt 2 lc rgb '#D55E00' front
set label 'x' at -0.42,0.5 front; set label 'x − γ∇f(x)' at 2.02,1.22 left front; set label 'prox: x^+' at 1.05,0.4 left front
set label 'the set: h is 0' at 0,-0.35 center front; set label 'here, ∞ outside' at 0,-0.58 center front
figure = "cos(t), sin(t) with filledcurves closed fc rgb '#dceaf4' fs solid noborder notitle, cos(t), sin(t) lw 2 lc rgb '#555555' notitle, 0.8554+0.0*t, 0.5178+0.0*t with points pt 7 ps 1 lc rgb 'black' notitle, -0.2+0*t, 0.55+0*t with points pt 7 ps 1 lc rgb 'black' notitle, 1.9+0*t, 1.15+0*t with points pt 6 ps 1 lw 2 lc rgb 'black' notitle"
load 'draw.gp'
