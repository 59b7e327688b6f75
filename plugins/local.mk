# Sources and private headers of the host side of plugins.
plugins_sources = \
	plugins/bind.c plugins/datafile.c plugins/datafile.h plugins/dataset.c plugins/dataset.h plugins/describe.c plugins/describe.h plugins/error.c plugins/error.h plugins/isolate.c plugins/isolate.h \
	plugins/libsvm.c plugins/like.c plugins/like.h plugins/load.c plugins/load.h plugins/nearest.c plugins/nearest.h plugins/number.c plugins/pipe.c plugins/pipe.h \
	plugins/pipe-ahead.c plugins/pipe-ahead.h plugins/pipe-method.c plugins/pipe-objective.c plugins/program.c plugins/program.h plugins/reader.h plugins/registry.c plugins/registry.h plugins/search.c \
	plugins/services.c plugins/sparse.c plugins/sparse.h plugins/spec.c plugins/spec.h plugins/table.c plugins/table.h

# What `ratecheck new` copies, installed without its folders.
templatedir = $(pkgdatadir)/template
dist_template_DATA = \
	plugins/template/Makefile plugins/template/field.c plugins/template/method.c plugins/template/objective.c plugins/template/theorem.c
