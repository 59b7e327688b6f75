# The batch that the norm test asks for, of 1000 terms: it grows as the gradient falls below the noise.
load 'style.gp'
name = 'drawing-norm-test'
n = 1000.0; b(r, theta) = ceil(n/(1 + (n-1)*theta*theta*r*r)*(1-1e-13))
set logscale xy; set xrange [10:0.001]; set yrange [1:2000]; set samples 1000; set key bottom right; set format x '10^{%T}'; set xlabel 'gradient / noise of one term'; set ylabel 'terms in the batch'
figure = "n ls 5 title 'all', b(x,0.5) ls 2 title 'θ = 1/2', b(x,1) ls 1 lw 3 title 'θ = 1', b(x,2) ls 3 title 'θ = 2'"
load 'draw.gp'
