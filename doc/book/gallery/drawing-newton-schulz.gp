# What the cubic iteration does to one singular value: all are pushed to 1, the small ones slowly.
load 'style.gp'
name = 'drawing-newton-schulz'
n(s) = 1.5*s - 0.5*s*s*s; n2(s) = n(n(s)); n4(s) = n2(n2(s)); n8(s) = n4(n4(s))
set xrange [0:1.2]; set yrange [0:1.15]; set samples 300; set key bottom right; set xlabel 'singular value of G, scaled'; set ylabel 'after k iterations'
figure = "1 ls 5 notitle, n(x) ls 4 lw 2 title 'k = 1', n2(x) ls 3 lw 2 title 'k = 2', n4(x) ls 2 lw 2 title 'k = 4', n8(x) ls 1 lw 3 title 'k = 8'"
load 'draw.gp'
