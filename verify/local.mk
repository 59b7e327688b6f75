# Sources and private headers of plan, run, judge and the command line.
verify_sources = \
	verify/beside.c \
	verify/blame.c \
	verify/blocks.c \
	verify/cmd_bench.c \
	verify/cmd_diff.c \
	verify/cmd_list.c \
	verify/cmd_new.c \
	verify/cmd_probe.c \
	verify/cmd_report.c \
	verify/cmd_show.c \
	verify/cmd_verify.c \
	verify/command.h \
	verify/plan.c \
	verify/plan.h \
	verify/store.c \
	verify/store.h \
	verify/check.h \
	verify/engine.c \
	verify/engine.h \
	verify/evalue.c \
	verify/evalue.h \
	verify/exact.c \
	verify/judge.c \
	verify/judge.h \
	verify/model.c \
	verify/names.c \
	verify/points.c \
	verify/prepare.c \
	verify/probe.c \
	verify/probe.h \
	verify/probe_conduct.c \
	verify/probe_constants.c \
	verify/probe_lemmas.c \
	verify/probe_operators.c \
	verify/probe_oracles.c \
	verify/probe_samples.c \
	verify/probe_scores.c \
	verify/probe_search.c \
	verify/probe_star.c \
	verify/run.c \
	verify/guard.c \
	verify/guard.h \
	verify/services.c \
	verify/session.c \
	verify/session.h \
	verify/ranks.h \
	verify/span.c \
	verify/terms.c \
	verify/terms.h \
	plugins/isolate.h plugins/load.h plugins/registry.h plugins/spec.h reports/report.h

# main() stands apart from the library, which the unit tests link.
bin_PROGRAMS += ratecheck
ratecheck_SOURCES = verify/main.c

if MPI
verify_sources += verify/ranks.c
endif
verify_sources += verify/cmd_hunt.c verify/hunt.c verify/hunt.h verify/space.c verify/space.h
