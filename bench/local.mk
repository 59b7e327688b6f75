# Programs of `make bench`, not built by `make`.
bench_programs =
EXTRA_PROGRAMS = $(bench_programs)
CLEANFILES += $(bench_programs)

.PHONY: bench
bench: all $(bench_programs)
	@for b in $(bench_programs); do ./run ./$$b || exit 1; done
