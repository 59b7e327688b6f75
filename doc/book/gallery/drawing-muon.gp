# What five steps of Muon's polynomial do to a singular value: into the band, from far below, and no closer.
load 'style.gp'
name = 'drawing-muon'
p(s) = s*(3.4445 - 4.7750*s*s + 2.0315*s*s*s*s); p2(s) = p(p(s)); p5(s) = p2(p2(p(s)))
set logscale x; set xrange [1e-4:1]; set yrange [0:1.9]; set samples 2000; set key top right; set xlabel 'singular value of G, scaled'; set ylabel 'after the steps'
set object rectangle from 1e-4,0.68183 to 1,1.20237 fc rgb '#dceaf4' fs solid noborder behind
set arrow from 0.001505,0 to 0.001505,1.3 nohead dt 3 lc rgb 'black'
figure = "1 ls 5 notitle, p(x) ls 4 lw 2 title 'one step', p2(x) ls 3 lw 2 title 'two', p5(x) ls 1 lw 3 title 'five: between 0.68 and 1.20'"
load 'draw.gp'
