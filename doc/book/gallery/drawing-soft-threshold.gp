# The prox of |x|: shorter by gamma, and zero when there is less than that.
load 'style.gp'
name = 'drawing-soft-threshold'
set xrange [-3:3]; set yrange [-2.2:2.2]; set xtics ('−γ' -1, '0' 0, 'γ' 1) nomirror; unset ytics; set zeroaxis lt 1 lc rgb '#888888'; set border 0
set key top left Left reverse; prox(x) = abs(x) <= 1 ? 0 : x - sgn(x); set samples 601; unset grid
set arrow from 2.4,2.2 to 2.4,1.45 lw 2 lc rgb '#555555'; set label 'γ' at 2.5,1.85
set label 'exactly zero from −γ to γ' at 0.25,-0.35 left tc rgb '#0072B2'
figure = "x ls 5 title 'x', prox(x) ls 1 lw 3 title 'prox of γ|x|'"
load 'draw.gp'
