# Two values of a gradient: cutting the long one moves the mean.
load 'style.gp'
name = 'drawing-clipping'
set xrange [-2.6:5.9]; set yrange [-0.9:1.5]; unset ytics; unset grid; set border 1; set key off
set xtics ('−1' -1, '0' 0, 'c = 1' 1, '4' 4) nomirror
set arrow from -1,0 to -1,0.8 nohead lw 8 lc rgb '#0072B2'; set arrow from 4,0 to 4,0.35 nohead lw 8 lc rgb '#0072B2'
set arrow from 4,0.45 to 1.05,0.45 lw 2 dt 2 lc rgb '#D55E00'; set arrow from 1,0 to 1,0.35 nohead lw 8 lc rgb '#D55E00'
set label 'clipped to length c' at 2.5,0.55 center
set label 'four times in five' at -0.75,0.95 right; set label 'once in five' at 4.2,0.17
set arrow from 0,-0.45 to 0,0 lw 2 lc rgb '#0072B2'; set label 'mean 0: here is the minimiser' at 0,-0.6 center
set arrow from -0.6,1.3 to -0.6,0 lw 2 lc rgb '#D55E00'; set label 'mean after clipping −0.6: the method moves on' at -0.5,1.3 left
figure = "0 lw 1 lc rgb 'black'"
load 'draw.gp'
