# One module for each chapter, in the book's order.
EXTRA_DIST += theorems/common.h

plugin_LTLIBRARIES += theorems/gradient-descent.la
theorems_gradient_descent_la_SOURCES = \
	theorems/gradient-descent/chapter.c \
	theorems/gradient-descent/gd-convex-smooth.c \
	theorems/gradient-descent/gd-strongly-convex.c \
	theorems/gradient-descent/gd-pl.c \
	theorems/gradient-descent/gd-nonconvex.c
