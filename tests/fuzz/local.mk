# What reads bytes that others wrote, one file a target: data tables, specs, descriptors, results folders, run.json.
# `make fuzz` searches with clang's libFuzzer and sanitizers, FUZZ_SECONDS for all of them; `make check` runs each target
# on its corpus, to which a find is added.
fuzz_targets = table spec descriptor results run
check_PROGRAMS += tests/fuzz/table tests/fuzz/spec tests/fuzz/descriptor tests/fuzz/results tests/fuzz/run
tests_fuzz_table_SOURCES = tests/fuzz/table.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_spec_SOURCES = tests/fuzz/spec.c tests/fuzz/replay.c
tests_fuzz_descriptor_SOURCES = tests/fuzz/descriptor.c tests/fuzz/replay.c
tests_fuzz_results_SOURCES = tests/fuzz/results.c tests/fuzz/replay.c tests/fuzz/folder.h
tests_fuzz_run_SOURCES = tests/fuzz/run.c tests/fuzz/replay.c
EXTRA_DIST += tests/fuzz/corpus

FUZZ_SECONDS = 600
FUZZ_CC = clang
FUZZ_CFLAGS = -g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
# A table may take 1 GiB, as it says.
FUZZ_FLAGS = -rss_limit_mb=3000 -malloc_limit_mb=1500 -timeout=20 -print_final_stats=1
fuzz_objects = $(patsubst %.c,fuzz/%.o,$(filter-out verify/commands/%,$(filter %.c,$(libratecheck_la_SOURCES))))
fuzz_compile = $(FUZZ_CC) -I'$(top_srcdir)/include' $(host_cppflags) $(RATE_CFLAGS) $(FUZZ_CFLAGS)

.PHONY: fuzz fuzz-compiler
fuzz: fuzz-compiler $(fuzz_targets:%=fuzz/%)
	@each=`expr $(FUZZ_SECONDS) / $(words $(fuzz_targets))`; status=0; \
	TMPDIR=`mktemp -d -p /dev/shm 2>/dev/null || mktemp -d` && export TMPDIR || exit 1; trap 'rm -rf "$$TMPDIR"' EXIT; \
	for t in $(fuzz_targets); do \
	  $(MKDIR_P) fuzz/corpus/$$t; \
	  echo "fuzz: $$t, $$each seconds"; \
	  ./fuzz/$$t $(FUZZ_FLAGS) -max_total_time=$$each -artifact_prefix=fuzz/$$t- fuzz/corpus/$$t '$(srcdir)'/tests/fuzz/corpus/$$t \
	    '$(srcdir)'/tests/cases/data >fuzz/$$t.log 2>&1 || \
	    { status=1; grep -E -m 3 'ERROR|runtime error|SUMMARY|Test unit written' fuzz/$$t.log; }; \
	  grep -E 'number_of_executed_units|stat::new_units' fuzz/$$t.log; \
	done; \
	test $$status = 0 || echo "fuzz: a find is in fuzz/TARGET-*, its trace in fuzz/TARGET.log; when mended it goes into tests/fuzz/corpus/TARGET"; \
	exit $$status
fuzz-compiler:
	@$(MKDIR_P) fuzz
	@echo 'int LLVMFuzzerTestOneInput(const unsigned char *p, unsigned long n) { return p && n > 9 ? 0 : 0; }' >fuzz/try.c
	@$(FUZZ_CC) -fsanitize=fuzzer,address,undefined fuzz/try.c -o fuzz/try >/dev/null 2>&1 || { \
	  echo 'fuzz: $(FUZZ_CC) with libFuzzer is wanted (Debian: clang libclang-rt-dev, or FUZZ_CC=clang-N); nothing was run' >&2; \
	  exit 1; }
$(fuzz_objects): fuzz/%.o: %.c
	@$(MKDIR_P) $(@D)
	$(AM_V_CC)$(fuzz_compile) -MMD -MP -c -o $@ $<
-include $(fuzz_objects:.o=.d)
$(fuzz_targets:%=fuzz/%): fuzz/%: tests/fuzz/%.c $(fuzz_objects) $(kernels_isa_libs)
	$(AM_V_CCLD)$(LIBTOOL) $(AM_V_lt) --tag=CC --mode=link $(fuzz_compile) -fsanitize=fuzzer -o $@ $< $(fuzz_objects) \
	  $(kernels_isa_libs) $(host_libs) -lm
EXTRA_DIST += tests/fuzz/README.md
