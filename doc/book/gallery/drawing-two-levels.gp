# The mean square error of the first-order method on two noisy parabolas, against the weight: samples of its own and
# shared ones (f2sa-noise with gamma = 0.02, B = 1.2, Q = 1.5, sigma_f = 0.3, sigma_g = 0.05).
load 'style.gp'
name = 'drawing-two-levels'
set logscale xy; set xrange [0.3:1000]; set yrange [2e-5:1]; set xlabel 'weight λ'; set ylabel 'E (x − x*)² after many steps' noenhanced; set key at graph 0.62,0.98
g = 0.02; B = 1.2; Q = 1.5; f = 0.09; n = 0.0025
k(l) = l*B*Q/(1+l*Q); H(l) = 1+B*k(l); bias(l) = k(l)/H(l) - B/(1+B*B)
own(l) = (1+k(l)**2)*f + l*l*(2+k(l)**2+B*B)*n; shared(l) = (1+k(l)**2)*f + (l*B/(1+l*Q))**2*n
mean(l, v) = bias(l)**2 + g*v/H(l)/(2-g*H(l))
set samples 300
figure = "mean(x, own(x)) ls 2 lw 3 title 'six samples a step', mean(x, shared(x)) ls 1 lw 3 title 'two of them shared', bias(x)**2 ls 5 title 'the bias alone'"
load 'draw.gp'
