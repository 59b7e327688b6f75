# Sources and private headers of the outputs.
reports_sources = reports/report.h reports/draw.h reports/text.h reports/text.c reports/json.c reports/table.c reports/lines.c \
	reports/ranking.c reports/explain.c reports/tap.c reports/junit.c reports/curve.c reports/diff.c reports/draw.c reports/dots.c reports/extent.c reports/figure.c reports/gnuplot.h reports/gnuplot.c reports/results.c reports/pick.c reports/shop.c reports/svg.c reports/html.h reports/html-parts.c reports/html-theorem.c reports/sparkline.c reports/html.c \
	reports/page.c reports/panel.c reports/script.h reports/script.c reports/handout.c reports/envelope.c reports/escape.h reports/escape.c reports/folder.h reports/folder.c reports/terminal.h reports/terminal.c \
	reports/latex.h reports/latex.c reports/mathml.h reports/mathml.c reports/markdown.h reports/markdown.c reports/prose.h reports/prose.c reports/store.h reports/store.c reports/tex.h reports/tex.c
