# What all figures of the gallery share: Okabe-Ito colours, dashes and point shapes. A script sets its frame, puts its
# plot into the string `figure` and calls the two terminals.
set encoding utf8
set datafile separator whitespace
set border 3
set tics nomirror
set grid lc rgb '#dddddd'
set key noenhanced
set style line 1 lc rgb '#0072B2' lw 2 pt 7 ps 0.7
set style line 2 lc rgb '#D55E00' lw 2 pt 5 ps 0.7 dt 2
set style line 3 lc rgb '#009E73' lw 2 pt 9 ps 0.9 dt 4
set style line 4 lc rgb '#CC79A7' lw 2 pt 13 ps 0.9 dt 5
set style line 5 lc rgb 'black' lw 1.5 dt 3
svg = "set terminal svg size 800,480 font 'DejaVu Sans,14' background rgb 'white'"
pdf = "set terminal pdfcairo size 16cm,9.6cm font 'DejaVu Sans,13.5'"
