# `make bench`: the engine beside NumPy, naive C and what the processor can do; tables for the manual. Nothing here is built
# by `make`. The opponents and the user's plugin are compiled as their users would, without our flags.
EXTRA_PROGRAMS = bench/roof
bench_roof_CFLAGS = $(AM_CFLAGS) -O3 -march=native -mprefer-vector-width=512 -ffp-contract=fast
bench_opponents = bench/naive bench/naive_sparse bench/oracle.so bench/user.so
EXTRA_DIST += doc/bench.md bench/compare.py bench/np_bench.py bench/naive.c bench/oracle.c bench/pipe.py bench/user.c \
	bench/sparse_bench.py bench/naive_sparse.c
CLEANFILES += $(EXTRA_PROGRAMS) $(bench_opponents) bench.json bench.md bench.svg S1.svm S1.bin S2.svm S2.bin

bench/naive: bench/naive.c
	@$(MKDIR_P) bench
	$(AM_V_CC)$(CC) -O2 $(GSL_CFLAGS) $(srcdir)/bench/naive.c -o $@ $(GSL_LIBS) $(DL_LIBS) -lm
bench/naive_sparse: bench/naive_sparse.c
	@$(MKDIR_P) bench
	$(AM_V_CC)$(CC) -O2 $(GSL_CFLAGS) $(srcdir)/bench/naive_sparse.c -o $@ $(GSL_LIBS) -lm
bench/oracle.so: bench/oracle.c
	@$(MKDIR_P) bench
	$(AM_V_CC)$(CC) -O2 -shared -fPIC $(srcdir)/bench/oracle.c -o $@ -lm
bench/user.so: bench/user.c
	@$(MKDIR_P) bench
	$(AM_V_CC)$(CC) -O3 -march=native -shared -fPIC -I$(srcdir)/include $(srcdir)/bench/user.c -o $@ -lm

# The gates are the last lines; a gate that is missed ends it with an error. The tables stay in doc/ either way.
PYTHON3 = python3
BENCH_FLAGS = --suite quick
.PHONY: bench
bench: all $(EXTRA_PROGRAMS) $(bench_opponents)
	@./run $(PYTHON3) $(srcdir)/bench/compare.py $(srcdir)/bench $(BENCH_FLAGS); code=$$?; \
	if test $$code -le 1; then cp bench.md '$(srcdir)/doc/bench.md'; fi; exit $$code

# An objective in NumPy behind the pipe, beside the same loop without it; also a row of `make bench`.
.PHONY: bench-pipe
bench-pipe: all
	@./run $(PYTHON3) $(srcdir)/bench/pipe.py

# What a check costs by its sizes, and on how many workers and MPI ranks: a model for runs that nobody has tried.
SCALING_FLAGS =
.PHONY: scaling
scaling: all
	@./run $(PYTHON3) $(srcdir)/bench/scaling.py $(scaling_ranks) $(SCALING_FLAGS); code=$$?; \
	if test $$code -le 1; then cp scaling.md '$(srcdir)/doc/scaling.md'; fi; exit $$code
if MPI
scaling_ranks = --ranks
endif
EXTRA_DIST += bench/scaling.py doc/scaling.md
CLEANFILES += scaling.md

# The program of exact worst cases beside the dense one; and which theorems have an exact worst case.
BENCH_EXACT = 10 30 50
.PHONY: bench-exact exact-table
bench-exact: all
	@./run $(srcdir)/bench/exact $(BENCH_EXACT)
exact-table: all
	@rm -rf exact.new && ./run '$(srcdir)/doc/exact-table' exact.new
	@mv exact.new/exact.md '$(srcdir)/doc/exact.md' && mv exact.new/exact.jsonl '$(srcdir)/data/exact.jsonl'
	@rm -rf '$(srcdir)/data/exact' && mv exact.new/exact '$(srcdir)/data/exact' && rm -rf exact.new
EXTRA_DIST += bench/exact doc/exact-table doc/exact-lessons.md
dist_doc_DATA += doc/exact.md
EXTRA_DIST += bench/README.md
