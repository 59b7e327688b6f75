# At a kink many lines touch from below; a step along any of their slopes can go uphill.
load 'style.gp'
name = 'drawing-subgradient'
f(x) = x < 0 ? -0.4*x : x
set xrange [-2:2]; set yrange [-1.2:2]; unset ytics; set xtics ('kink' 0) nomirror; unset grid; set border 1; set key top left Left reverse
figure = "f(x) ls 1 lw 3 title 'f', 0.7*x ls 3 title 'slope 0.7', 0.2*x ls 4 title 'slope 0.2', -0.2*x ls 2 title 'slope −0.2: all three are subgradients', '+' using (0):(0) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle"
load 'draw.gp'
