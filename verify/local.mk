# Sources and private headers, a list a room in the order in which a check goes through them; README.md says what each does.
record_sources = verify/record/check.h verify/record/constants.c verify/record/constants.h \
	verify/record/kinds.c verify/record/kinds.h verify/record/names.c

families_sources = verify/families/families.c verify/families/families.h verify/families/field.c \
	verify/families/minimise.c

plan_sources = verify/plan/plan.c verify/plan/plan.h verify/plan/trajectory.c verify/plan/trajectory.h

session_sources = \
	verify/session/algebra.c \
	verify/session/composition.c \
	verify/session/risk.c \
	verify/session/network.c \
	verify/session/algebra.h \
	verify/session/metric.c \
	verify/session/metric.h \
	verify/session/blocks.c \
	verify/session/blocks.h \
	verify/session/constants.c \
	verify/session/draws.c \
	verify/session/draws.h \
	verify/session/conduct.c \
	verify/session/follow.c \
	verify/session/guard.c \
	verify/session/guard.h \
	verify/session/minimiser.c \
	verify/session/rounding.c \
	verify/session/rounding.h \
	verify/session/needs.c \
	verify/session/prepare.c \
	verify/session/quadratics.c \
	verify/session/sampler.c \
	verify/session/sampler.h \
	verify/session/services.c \
	verify/session/session.c \
	verify/session/session.h \
	verify/session/quantities.h \
	verify/session/quantities/dist2.c \
	verify/session/quantities/gap.c \
	verify/session/quantities/grad2.c \
	verify/session/quantities/quantities.c \
	verify/session/sources.h \
	verify/session/sources/block.c \
	verify/session/sources/glm.c \
	verify/session/sources/plugin.c \
	verify/session/sources/sources.c \
	verify/session/sources/stream.c \
	verify/session/snapshots.c \
	verify/session/snapshots.h \
	verify/session/span.c \
	verify/session/watch.h

measure_sources = \
	verify/measure/beside.c \
	verify/measure/law.c \
	verify/measure/blame.c \
	verify/measure/measure.h \
	verify/measure/points.c \
	verify/measure/run.c \
	verify/measure/exact/affine.c \
	verify/measure/exact/affine.h \
	verify/measure/exact/map.c \
	verify/measure/exact/paths.c \
	verify/measure/exact/terms.c \
	verify/measure/exact/terms.h

judge_sources = \
	verify/judge/evalue.c \
	verify/judge/evalue.h \
	verify/judge/judge.c \
	verify/judge/judge.h

work_sources = \
	verify/work/batch.c \
	verify/work/batch.h \
	verify/work/child.c \
	verify/work/child.h \
	verify/work/data.c \
	verify/work/data.h \
	verify/work/engine.c \
	verify/work/engine.h \
	verify/work/engine-private.h \
	verify/work/exact.c \
	verify/work/exact.h \
	verify/work/ranks.h \
	verify/work/take.c \
	verify/work/ways.c \
	verify/work/ways.h \
	verify/work/wire.c \
	verify/work/wire.h
if MPI
work_sources += verify/work/ranks.c
endif

probe_sources = \
	verify/probe/conduct.c \
	verify/probe/constants.c \
	verify/probe/glance.c \
	verify/probe/lemmas.c \
	verify/probe/operators.c \
	verify/probe/oracles.c \
	verify/probe/probe.h \
	verify/probe/probe.c \
	verify/probe/prober.c \
	verify/probe/samples.c \
	verify/probe/scores.c verify/probe/systems.c \
	verify/probe/search.c \
	verify/probe/star.c

hunt_sources = \
	verify/hunt/chase.c \
	verify/hunt/families.c \
	verify/hunt/hunt.c \
	verify/hunt/hunt.h \
	verify/hunt/hunter.h \
	verify/hunt/score.c \
	verify/hunt/search.c \
	verify/hunt/shrink.c \
	verify/hunt/space.c \
	verify/hunt/space.h \
	verify/hunt/trial.c

worst_sources = \
	verify/worst/attempt.c \
	verify/worst/certificate.c \
	verify/worst/classes.c \
	verify/worst/compute.c \
	verify/worst/figure.c \
	verify/worst/known.c \
	verify/worst/known.h \
	verify/worst/picture.c \
	verify/worst/program.c \
	verify/worst/proof.c \
	verify/worst/proof.h \
	verify/worst/quantity.c \
	verify/worst/replay.c \
	verify/worst/rows.c \
	verify/worst/rows.h \
	verify/worst/solver.c \
	verify/worst/table.c \
	verify/worst/trace.c \
	verify/worst/trace.h \
	verify/worst/worst.h

commands_sources = \
	verify/commands/bench.c \
	verify/commands/command.h \
	verify/commands/diff.c \
	verify/commands/exact.c \
	verify/commands/handout.c \
	verify/commands/glossary.c \
	verify/commands/hunt.c \
	verify/commands/hunting.c \
	verify/commands/hunting.h \
	verify/commands/instance.c \
	verify/commands/instance.h \
	verify/commands/judge.c \
	verify/commands/list.c \
	verify/commands/new.c \
	verify/commands/output.c \
	verify/commands/output.h \
	verify/commands/path.c \
	verify/commands/probe.c \
	verify/commands/provenance.c \
	verify/commands/provenance.h \
	verify/commands/pursue.c \
	verify/commands/pursue.h \
	verify/commands/report.c \
	verify/commands/show.c \
	verify/commands/tighten.c \
	verify/commands/values.c \
	verify/commands/verify.c

verify_sources = $(record_sources) $(families_sources) $(plan_sources) $(session_sources) $(measure_sources) $(judge_sources) \
	$(work_sources) $(probe_sources) $(hunt_sources) $(worst_sources) $(commands_sources)

# main() stands apart from the library, which the unit tests link.
bin_PROGRAMS += ratecheck
ratecheck_SOURCES = verify/commands/main.c

EXTRA_DIST += verify/README.md verify/session/sources/README.md verify/session/quantities/README.md \
	verify/measure/exact/README.md \
	$(patsubst %,verify/%/README.md,record families plan session measure judge work probe hunt worst commands) \
	reports/README.md plugins/README.md kernels/README.md
