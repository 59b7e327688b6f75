# Sources and private headers of the host side of plugins.
plugins_sources = \
	plugins/bind.c plugins/describe.c plugins/describe.h plugins/isolate.c plugins/load.c \
	plugins/registry.c plugins/services.c plugins/spec.c plugins/table.c plugins/table.h

# What `ratecheck new` copies, installed without its folders.
templatedir = $(pkgdatadir)/template
dist_template_DATA = \
	plugins/template/Makefile plugins/template/method.c plugins/template/objective.c plugins/template/theorem.c
