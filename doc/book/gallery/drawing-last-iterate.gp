# On |x| equal steps hop to and fro for ever; steps that fall to 0 come to rest.
load 'style.gp'
name = 'drawing-last-iterate'
set xrange [0:40]; set yrange [-0.35:1.05]; set xlabel 'step t'; set ylabel 'x_t' noenhanced; set xzeroaxis lt 1 lc rgb 'black'; set key top right
set print $equal; u = 1.0; do for [k=0:40] { print k, u; u = u - 0.13*(u > 0 ? 1 : -1) }
set print $falls; u = 1.0; do for [k=0:40] { print k, u; u = u - 0.13*(1 - k/40.0)*(u > 0 ? 1 : -1) }
unset print
figure = "$equal with linespoints ls 2 title 'equal steps', $falls with linespoints ls 1 title 'steps that fall linearly to 0'"
load 'draw.gp'
