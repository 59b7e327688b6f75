# The target of Langevin steps, and the laws that steps of two lengths have instead.
load 'style.gp'
name = 'drawing-langevin'
n(x, v) = exp(-x*x/(2*v))/sqrt(2*pi*v)
set xrange [-5:5]; set yrange [0:0.46]; unset ytics; set xtics ('−3' -3, '0' 0, '3' 3) nomirror; unset grid; set border 1; set key off; set samples 501
set label 'the target' at 0.75,0.37; set label 'steps with γλ = 1' at 1.75,0.18 tc rgb '#D55E00'; set label 'γλ = 1.5' at 2.75,0.095 tc rgb '#009E73'
figure = "n(x, 1) with filledcurves y1=0 fc rgb '#d6e6f2' fs solid, n(x, 1) ls 1 lw 3, n(x, 2) ls 2 lw 3, n(x, 4) ls 3 lw 3"
load 'draw.gp'
