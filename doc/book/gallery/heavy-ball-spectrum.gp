load 'style.gp'
name = 'heavy-ball-spectrum'
svg = "set terminal svg size 800,560 font 'DejaVu Sans,14' background rgb 'white'"
pdf = "set terminal pdfcairo size 16cm,11.2cm font 'DejaVu Sans,13.5'"
# hb-spectral checks this formula against the eigenvalues themselves.
kappa = 10.0
radius(b, h) = h >= (1-sqrt(b))**2 && h <= (1+sqrt(b))**2 ? sqrt(b) : (abs(1+b-h) + sqrt((1+b-h)**2 - 4*b))/2
worst(b, g) = radius(b, g) > radius(b, g/kappa) ? radius(b, g) : radius(b, g/kappa)
best_b = ((sqrt(kappa)-1)/(sqrt(kappa)+1))**2
best_g = 4/(1+1/sqrt(kappa))**2
set xrange [0.02:4]; set yrange [0:0.99]
set cbrange [0.5:1.2]
set palette defined (0.5 '#00204d', 0.7 '#414d6b', 0.85 '#7c7b78', 0.95 '#bcaf6f', 1.0 '#ffea46', 1.0001 '#ffffff', 1.2 '#ffffff')
set xlabel 'step γL'; set ylabel 'momentum β'
set cblabel 'spectral radius, κ = 10 (white: diverges)'
set key off
unset grid
set label 1 'best: γL = 2.31, β = 0.27' at best_g, best_b right offset -1.5,-0.2 front tc rgb 'white'
set label 2 'γL = 2(1 + β)' at 2.6, 0.1 front rotate by 38 tc rgb 'black'
set print $grid
do for [i=1:100] {
	do for [j=0:66] { print 0.04*i, 0.015*j, worst(0.015*j, 0.04*i) }
}
unset print
do for [kind in 'svg pdf'] {
	eval(value(kind)); set output name.'.'.kind
	plot $grid with image pixels, \
	     '+' using (2*(1+$1/4)):($1/4) with lines lc rgb 'black' lw 2 dt 2, \
	     '+' using (best_g):(best_b) every ::0::0 with points pt 3 ps 2 lw 3 lc rgb '#D55E00'
	unset output
}
