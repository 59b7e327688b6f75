# Gradients of three terms, and the same shifted so that they meet their mean at a snapshot: near it they agree.
load 'style.gp'
name = 'drawing-variance-reduction'
set xrange [-1.2:2.2]; set yrange [-2.6:4.4]; unset ytics; set xtics ('x*' 0, 'snapshot' 1) nomirror; unset grid; set border 1; set key top left Left reverse
set arrow from 1,-2.6 to 1,4.4 nohead dt 3; set xzeroaxis lt 1 lc rgb '#888888'
g1(x) = 0.4*x + 1.3; g2(x) = 1.2*x - 1.5; g3(x) = 2.0*x + 0.2; m(x) = 1.2*x
figure = "g1(x) ls 2 title '∇f_i(x): three terms', g2(x) ls 2 notitle, g3(x) ls 2 notitle, g1(x) - g1(1) + m(1) ls 3 title '∇f_i(x) − ∇f_i(y) + ∇f(y)', g3(x) - g3(1) + m(1) ls 3 notitle, m(x) ls 1 lw 4 title '∇f(x), the mean of either three'"
load 'draw.gp'
