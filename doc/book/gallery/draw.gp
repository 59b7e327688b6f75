# The last line of a drawing: its plot, the string `figure`, on both terminals. A drawing has no data.
svg = "set terminal svg size 560,400 font 'DejaVu Sans,14' background rgb 'white'"
pdf = "set terminal pdfcairo size 11.2cm,8cm font 'DejaVu Sans,12.5'"
do for [kind in "svg pdf"] { eval(value(kind)); set output name.".".kind; eval("plot ".figure); unset output }
