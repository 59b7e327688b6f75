# Sources and private headers of plan, run, judge and the command line.
verify_sources = \
	verify/blame.c \
	verify/check.h \
	verify/engine.c \
	verify/engine.h \
	verify/evalue.c \
	verify/evalue.h \
	verify/exact.c \
	verify/judge.c \
	verify/judge.h \
	verify/names.c \
	verify/prepare.c \
	verify/run.c \
	verify/session.c \
	verify/session.h \
	plugins/isolate.h plugins/load.h plugins/registry.h plugins/spec.h reports/report.h

# main() stands apart from the library, which the unit tests link.
# bin_PROGRAMS += ratecheck
# ratecheck_SOURCES = verify/main.c
