# With a constant step the mean square of SGD falls to a floor, which is proportional to the step.
load 'style.gp'
name = 'drawing-floor'
set logscale y; set xrange [0:60]; set yrange [0.005:2]; set xlabel 'step t'; set ylabel 'E (x_t − x*)²' noenhanced; set key top right
v(g, t) = (1-g)**(2*t) + g*0.5/(2-g)*(1-(1-g)**(2*t))
set label 'floor γσ²/(2 − γL)' at 40, 0.235 noenhanced tc rgb '#0072B2'; set label 'half the step: half the floor' at 59, 0.05 right tc rgb '#D55E00'
set samples 200
figure = "v(0.5, x) ls 1 lw 3 title 'γ = 1/2', v(0.25, x) ls 2 lw 3 title 'γ = 1/4', v(0.06, x) ls 3 title 'γ = 0.06'"
load 'draw.gp'
