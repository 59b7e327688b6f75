# One module for each chapter, in the book's order:
#
#   plugin_LTLIBRARIES += theorems/gradient-descent.la
#   theorems_gradient_descent_la_SOURCES = \
#           theorems/gradient-descent/chapter.c \
#           theorems/gradient-descent/gd-pl.c
