# The slope of the function on which the heavy ball runs through three points for ever.
load 'style.gp'
name = 'drawing-cycle'
g(x) = x < 1 ? 25*x : x < 2 ? x + 24 : 25*x - 24
a = -2208/1225.0; b = 792/1225.0; c = 2592/1225.0
set xrange [-2.4:2.7]; set yrange [-62:52]; set zeroaxis lt 1 lc rgb '#888888'; unset grid; set xtics ('' a, '' b, '' c) nomirror; set border 0; unset ytics; set key top left Left reverse; set samples 600
set arrow from c,g(c) to b,g(b) lw 2 lc rgb '#D55E00' front; set arrow from b,g(b) to a,g(a) lw 2 lc rgb '#D55E00' front; set arrow from a,g(a) to c,g(c) lw 2 dt 2 lc rgb '#D55E00' front
set label 'curvature 25' at -1.2,-45; set label '1' at 1.5,31; set label '25' at 2.35,45
figure = "g(x) ls 1 lw 3 title '∇f', '+' using (a):(g(a)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' title 'the cycle', '+' using (b):(g(b)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle, '+' using (c):(g(c)) every ::0::0 with points pt 7 ps 1 lc rgb 'black' notitle"
load 'draw.gp'
