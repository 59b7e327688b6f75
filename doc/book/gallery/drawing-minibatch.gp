# The law of a gradient over mini-batches: the mean stays, the spread falls like the root of the batch.
load 'style.gp'
name = 'drawing-minibatch'
s(b) = 1/sqrt(b); n(x, b) = exp(-(x-1)**2/2/s(b)**2)/s(b)/sqrt(2*pi)
set xrange [-2.2:4.2]; set yrange [0:2.3]; unset ytics; set xtics ('0' 0, '∇f(x)' 1) nomirror; unset grid; set border 1; set samples 400
set key top right; set arrow from 1,0 to 1,1.65 nohead dt 3
set arrow from 0,0.12 to -1.9,0.12 lw 2 lc rgb '#D55E00'; set label 'points uphill' at -1.15,0.2 center tc rgb '#D55E00'
figure = "n(x, 1) ls 2 lw 3 title 'one term: often of the wrong sign', n(x, 4) ls 3 lw 3 title 'b = 4: half of the spread', n(x, 16) ls 1 lw 3 title 'b = 16: a quarter'"
load 'draw.gp'
