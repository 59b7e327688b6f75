# Two experts: a thousand rounds in which they lose in turn, then one of them wins for good.
load 'style.gp'
name = 'drawing-hedge'
gamma = 0.05; turns = 1000; last = 1200; a = 0; b = 0; paid = 0
set print $path
do for [t=1:last] { x = 1/(1+exp(gamma*(a-b))); la = t <= turns ? t%2 : 0; lb = 1-la; paid = paid+x*la+(1-x)*lb; a = a+la; b = b+lb; print t, paid-(a < b ? a : b) }
unset print
set xrange [0:last]; set yrange [0:*]; set key top left; set xlabel 'rounds'; set ylabel 'regret'
figure = "log(2)/gamma + gamma*x/8 ls 2 title 'ln n/γ + γt/8', $path with lines ls 1 lw 3 title 'in turn, then one wins', gamma*x/8 ls 5 title 'γt/8'"
load 'draw.gp'
