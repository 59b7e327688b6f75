# What one action adds to the clipped surrogate, against the ratio of its new and old probability.
load 'style.gp'
name = 'drawing-clipped-ratio'
e = 0.2; good(r) = r < 1+e ? r : 1+e; bad(r) = r > 1-e ? -r : -(1-e)
set xrange [0.4:1.6]; set yrange [-1.7:1.7]; set xtics ('1 − ε' 1-e, '1' 1, '1 + ε' 1+e) nomirror; set ytics ('A' 1, '0' 0, '−A' -1); unset grid; set key off; set zeroaxis; set samples 601; set xlabel 'ratio of the probabilities, new to old'
set arrow from 1+e,-1.7 to 1+e,1.2 nohead dt 3 lc rgb '#888888'; set arrow from 1-e,-1.2 to 1-e,1.2 nohead dt 3 lc rgb '#888888'
set label 'a good action: flat beyond 1 + ε' at 0.45,1.4 tc rgb '#0072B2'; set label 'a bad one: flat below 1 − ε' at 0.45,-1.35 tc rgb '#D55E00'
figure = "good(x) ls 1 lw 3, bad(x) ls 2 lw 3, x < 1+e ? NaN : x ls 5, x > 1-e ? NaN : -x ls 5"
load 'draw.gp'
