# On u v simultaneous steps spiral outwards; players who take turns stay on an ellipse.
load 'style.gp'
name = 'drawing-alternating'
set xrange [-4.8:2.4]; set yrange [-2.2:2.2]; set size ratio -1; unset tics; unset border; unset grid; set key top left Left reverse
g = 0.6; set print $plain; u = 1.0; v = 0.0
do for [k=0:5] { print u, v; a = u - g*v; v = v + g*u; u = a }
set print $turns; u = 1.0; v = 0.0
do for [k=0:30] { print u, v; u = u - g*v; v = v + g*u }
unset print
set parametric; set trange [0:2*pi]; set samples 300
a = 1/sqrt(1-g/2); b = 1/sqrt(1+g/2)
figure = "(a*cos(t)-b*sin(t))/sqrt(2), (a*cos(t)+b*sin(t))/sqrt(2) ls 5 title 'the ellipse u² + v² − γuv = 1', $plain with linespoints ls 2 title 'at the same time', $turns with points ls 1 title 'in turns'"
load 'draw.gp'
