# One gradient, three balls: the steepest direction is the point of the ball that goes farthest down.
load 'style.gp'
name = 'drawing-norms'
gx = 0.9; gy = 0.45; n = sqrt(gx*gx+gy*gy)
set xrange [-1.15:2.1]; set yrange [-1.35:1.2]; set size ratio -1; unset tics; unset border; unset grid; set key off
set object circle at 0,0 size 1 fs empty border rgb '#0072B2' lw 2
set object polygon from 1,0 to 0,1 to -1,0 to 0,-1 to 1,0 fs empty border rgb '#009E73' lw 2
set object polygon from 1,1 to -1,1 to -1,-1 to 1,-1 to 1,1 fs empty border rgb '#D55E00' lw 2
set arrow from 0,0 to gx,gy lw 2 dt 2 lc rgb 'black' front; set label '∇f' at 1.1,gy front
set arrow from 0,0 to -gx/n,-gy/n lw 3 lc rgb '#0072B2' front; set arrow from 0,0 to -1,0 lw 3 lc rgb '#009E73' front; set arrow from 0,0 to -1,-1 lw 3 lc rgb '#D55E00' front
set label 'ℓ_∞: the signs' at 1.1,-0.3 tc rgb '#D55E00' front; set label 'ℓ_2: the gradient' at 1.1,0 tc rgb '#0072B2' left front; set label 'ℓ_1: one coordinate' at 1.1,-0.6 tc rgb '#009E73' front left
figure = "'+' using (0):(0) every ::0::0 with points pt 7 ps 1 lc rgb 'black'"
load 'draw.gp'
