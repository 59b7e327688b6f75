# One line each: methods/NAME.la is made of methods/NAME.c.
plugin_LTLIBRARIES += methods/gd.la
