# One line each: objectives/NAME.la is made of objectives/NAME.c. The name has to
# be unique among objectives, methods and chapters: all are installed in one folder.
plugin_LTLIBRARIES += objectives/huber.la
plugin_LTLIBRARIES += objectives/least-squares.la
plugin_LTLIBRARIES += objectives/quadratic.la
plugin_LTLIBRARIES += objectives/zero-or-L.la
EXTRA_DIST += objectives/common.h
