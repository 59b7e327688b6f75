check_DATA =
# tests/unit/NAME.c, linked with libratecheck.la, prints TAP by tests/tap.h.
unit_tests =
unit_tests += tests/unit/evalue tests/unit/exact tests/unit/isolate tests/unit/judge tests/unit/philox tests/unit/methods-second-order tests/unit/services tests/unit/spec
unit_tests += tests/unit/error tests/unit/folder tests/unit/load tests/unit/report tests/unit/worst tests/unit/bind tests/unit/describe
unit_tests += tests/unit/methods-projection-free tests/unit/methods-matrix tests/unit/methods-adaptive
unit_tests += tests/unit/methods-variance-reduction tests/unit/methods-manifolds
unit_tests += tests/unit/methods-coordinate-descent
unit_tests += tests/unit/methods-weakly-convex tests/unit/methods-robust tests/unit/methods-zeroth-order tests/unit/methods-estimators
unit_tests += tests/unit/methods-policy-gradient
unit_tests += tests/unit/methods-preconditioning
unit_tests += tests/unit/methods-sampling tests/unit/methods-langevin
unit_tests += tests/unit/methods-distributed
unit_tests += tests/unit/methods-min-max tests/unit/methods-bilevel tests/unit/methods-splitting
unit_tests += tests/unit/kernels tests/unit/families tests/unit/session tests/unit/plan tests/unit/hunt tests/unit/needs
unit_tests += tests/unit/minimiser tests/unit/probe
unit_tests += tests/unit/proofs tests/unit/table tests/unit/explain tests/unit/ranking tests/unit/known
unit_tests += tests/unit/proofs tests/unit/table tests/unit/ahead
unit_tests += tests/unit/methods-solvable tests/unit/nl

# tests/NAME.t, executable scripts, print TAP by tests/tap.sh.
shell_tests = \
	tests/bench.t \
	tests/beside.t \
	tests/blame.t \
	tests/composite.t \
	tests/network.t \
	tests/bits.t \
	tests/block.t \
	tests/bootstrap.t \
	tests/calibrate.t \
	tests/data.t \
	tests/families.t tests/two-levels.t tests/diff.t tests/junit.t tests/lines.t tests/words.t \
	tests/exact.t \
	tests/examples.t \
	tests/exercises.t \
	tests/quoted.t \
	tests/fell.t \
	tests/fields.t \
	tests/faults.t \
	tests/figures.t \
	tests/handout.t \
	tests/folder.t \
	tests/fuzz.t \
	tests/headers.t \
	tests/seams.t \
	tests/shared.t \
	tests/help.t \
	tests/hunt.t \
	tests/known.t \
	tests/law.t \
	tests/injection.t \
	tests/manual.t \
	tests/means.t \
	tests/minimiser.t \
	tests/mpi.t \
	tests/judge.t tests/lies.t \
	tests/mutants.t \
	tests/suite.t \
	tests/new.t \
	tests/newcomer.t \
	tests/nl.t \
	tests/numerics.t \
	tests/outside.t \
	tests/pipe.t \
	tests/python.t \
	tests/plugins.t \
	tests/probe.t \
	tests/readme.t \
	tests/refusals.t \
	tests/replay.t \
	tests/rounding.t \
	tests/soak.t \
	tests/report.t \
	tests/review.t \
	tests/rooms.t \
	tests/show.t \
	tests/span.t \
	tests/path.t \
	tests/tighten.t \
	tests/tour.t \
	tests/traced.t \
	tests/verify.t \
	tests/weave.t \
	tests/wide.t \
	tests/wild.t \
	tests/worst.t

check_PROGRAMS += $(unit_tests)
dist_check_SCRIPTS += $(shell_tests)
TESTS += $(unit_tests) $(shell_tests)
EXTRA_DIST += tests/unit/instance.h
EXTRA_DIST += tests/README.md tests/worst.c tests/faulty.c tests/liars.c tests/tap.h tests/tap.sh tests/quoted.tsv tests/theorems.tsv
EXTRA_DIST += tests/cases/plugins/comp.c tests/cases/plugins/common.h tests/cases/plugins/fault.c tests/cases/plugins/low.c \
	tests/cases/plugins/small.c tests/cases/plugins/theorems.c tests/cases/plugins/twice.c \
	tests/cases/plugins/wild.c tests/cases/plugins/directions.c tests/cases/plugins/long-sum.c
EXTRA_DIST += tests/cases/exact/late-momentum.c tests/cases/nl/maximum.nl
EXTRA_DIST += tests/cases/pipe/bowl.pl tests/cases/pipe/optimisers.py tests/cases/pipe/references.c
EXTRA_DIST += tests/cases/README.md tests/cases/law/methods.c tests/cases/law/theorems.c
EXTRA_DIST += tests/cases/data/comments.svm tests/cases/data/cronly.csv tests/cases/data/decimalcomma.csv \
	tests/cases/data/decimalcomma2.csv tests/cases/data/duplicate.svm tests/cases/data/empty.csv \
	tests/cases/data/fixed.dat tests/cases/data/headeronly.csv tests/cases/data/labelfirst.svm \
	tests/cases/data/labelfirst2.svm tests/cases/data/ok.svm.gz tests/cases/data/over.csv \
	tests/cases/data/singlequote.csv tests/cases/data/space_header.dat tests/cases/data/sparse2.svm \
	tests/cases/data/thousands.csv tests/cases/data/utf16.csv tests/cases/data/utf16bom.csv tests/cases/data/wide.svm \
	tests/cases/data/zero.svm

# ./run gives a test the environment of an installed program, here as for a
# person. Nothing of the caller's own set-up may decide a test.
TEST_EXTENSIONS = .t
LOG_COMPILER = $(top_builddir)/run
T_LOG_COMPILER = $(top_builddir)/run
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(tap_driver)
T_LOG_DRIVER = $(tap_driver)
AM_TESTS_ENVIRONMENT = $(tests_environment)
tests_environment = \
	for v in `env | $(SED) -n 's/^\(RATECHECK_[A-Z_]*\)=.*/\1/p'`; do unset $$v; done; \
	XDG_DATA_HOME='$(abs_top_builddir)/tests/no-user-data'; export XDG_DATA_HOME; \
	CXX='$(CXX)'; export CXX; LC_ALL=C; export LC_ALL; unset CDPATH;

# The probe on every built-in objective, on all bases that wrappers accept, with 100 seeds.
PROBE_SEEDS = 100
.PHONY: check-probe
check-probe: all tests/unit/probe
	@$(tests_environment) ./run tests/unit/probe $(PROBE_SEEDS) all

# The judge on synthetic data: tables for the manual, with the date and the seed.
check_PROGRAMS += tests/calibrate
CALIBRATION = 4000 1
POWER = 21 1
.PHONY: calibrate power
calibrate: all tests/calibrate
	@$(tests_environment) ./run tests/calibrate boundary $(CALIBRATION) >calibration.md
	mv calibration.md '$(srcdir)/doc/calibration.md'
power: all tests/calibrate
	@$(tests_environment) ./run tests/calibrate power $(POWER) >power.md
	mv power.md '$(srcdir)/doc/power.md'

# Real sampled checks, with fresh seeds.
check_PROGRAMS += tests/alarms
ALARMS = 10000 1
.PHONY: alarms
alarms: all tests/alarms
	@$(tests_environment) ./run tests/alarms $(ALARMS) >alarms.md
	mv alarms.md '$(srcdir)/doc/alarms.md'

# True theorems on random instances of any scale. SOAK: how many, and the seed; tests/soaks.awk adds up several runs.
check_PROGRAMS += tests/soak
check_DATA += tests/scaled.so
SOAK = 100000 1
.PHONY: soak
soak: all tests/soak tests/scaled.so
	@$(tests_environment) ./run tests/soak tests/scaled.so $(SOAK) >soak.md || { cat soak.md; exit 1; }
	mv soak.md '$(srcdir)/doc/soak.md'
# Each theorem is searched for where it is tightest. HUNTS: seconds for each, and the seed.
HUNTS = 3 20261
.PHONY: hunts
hunts: all
	@$(tests_environment) ./run '$(srcdir)/tests/hunts.sh' $(HUNTS) >hunts.md || { cat hunts.md; exit 1; }
	mv hunts.md '$(srcdir)/doc/hunts.md'
EXTRA_DIST += tests/hunts.sh tests/soaks.awk
tests/scaled.so: tests/scaled.c objectives/wrapper.h objectives/common.h
	@$(MKDIR_P) tests
	$(AM_V_CC)$(CC) $(CFLAGS) -D_GNU_SOURCE -ffp-contract=off -shared -fPIC -I'$(top_srcdir)/include' -I'$(top_srcdir)' \
	  -o $@ '$(srcdir)/tests/scaled.c' -lm
CLEANFILES += tests/scaled.so
EXTRA_DIST += tests/scaled.c
# What tests/unit/load breaks in every way that the loader is to see.
check_DATA += tests/pliable.so
tests/pliable.so: tests/pliable.c
	@$(MKDIR_P) tests
	$(AM_V_CC)$(CC) $(CFLAGS) -shared -fPIC -I'$(top_srcdir)/include' -o $@ '$(srcdir)/tests/pliable.c'
CLEANFILES += tests/pliable.so
EXTRA_DIST += tests/pliable.c
EXTRA_DIST += doc/calibration.md doc/power.md doc/alarms.md doc/soak.md doc/hunts.md

# Before a release: the whole suite with more steps, replicates and fractions of the range. No claim may fall. A part of it:
# make release-check EFFORTS=standard WHAT='--chapter sgd'
EFFORTS = standard thorough
WHAT =
.PHONY: release-check
release-check: all
	@$(tests_environment) for effort in $(EFFORTS); do \
	  ./run ratecheck verify --effort $$effort --quiet $(WHAT) >release-check.$$effort || \
	    { grep -E '^(refuted|broken|hypothesis-false)' release-check.$$effort | grep -v 'control refuted, as it must be'; \
	      echo "release-check: $$effort: a claim fell; the table is release-check.$$effort" >&2; exit 1; }; \
	  tail -4 release-check.$$effort; \
	done
CLEANFILES += release-check.quick release-check.standard release-check.thorough

# False variants of everything, made from the library; what is missed is explained in tests/mutants.tsv.
check_PROGRAMS += tests/mutants
check_DATA += tests/mutant.so
MUTANTS = 20261127
.PHONY: mutants
mutants: all tests/mutants tests/mutant.so
	@$(tests_environment) ./run tests/mutants tests/mutant.so '$(srcdir)/tests/mutants.tsv' $(MUTANTS) >mutants.md
	mv mutants.md '$(srcdir)/doc/mutants.md'
tests/mutant.so: tests/mutant.c
	@$(MKDIR_P) tests
	$(AM_V_CC)$(CC) $(CFLAGS) -D_GNU_SOURCE -ffp-contract=off -shared -fPIC -I'$(top_srcdir)/include' -I'$(top_srcdir)' \
	  -o $@ '$(srcdir)/tests/mutant.c' -lm $(DL_LIBS)
CLEANFILES += tests/mutant.so
EXTRA_DIST += tests/mutant.c tests/mutants.tsv doc/mutants.md

# Constants declared wrongly: who is blamed?
check_PROGRAMS += tests/lies
LIES = 20261127 +scaled:c=0 +scaled:a=1e-8,b=1e8 +scaled:a=1e8,b=1e-8 +scaled:a=1e8,b=1e8 +scaled:a=1e-8,b=1e-8
EXTRA_DIST += doc/lies.md
.PHONY: lies
lies: all tests/lies tests/scaled.so
	@$(tests_environment) ./run tests/lies $(LIES) >lies.md
	mv lies.md '$(srcdir)/doc/lies.md'

# The rounding tolerance against long double, in all chapters.
check_PROGRAMS += tests/wide
tests_wide_SOURCES = tests/wide.c tests/wide_host.c tests/wide.h
tests_wide_LDADD = libratecheck.la $(DL_LIBS)
EXTRA_DIST += tests/wide.h
.PHONY: check-wide
check-wide: all tests/wide
	@{ $(SED) '/^## Measured/q' '$(srcdir)/doc/rounding.md'; \
	  printf '\nMade by `make check-wide` on '; date -u +%Y-%m-%d. | tr -d '\n'; \
	  printf '\n\nSharp instances on single paths, in double and again in long double, plugins and all: the largest\n'; \
	  printf 'difference of the measured quantity as a share of the tolerance 1e-9 B + 64 eps s. Above 1 would be a fault.\n\n'; \
	  printf '| theorem | objective | T | points | share |\n| --------------------------- | ------------------------------------------------ | ----- | ------ | -------- |\n'; } >rounding.md
	@$(tests_environment) WIDE_CHAPTERS="`cd '$(srcdir)/theorems' && ls -d */ | $(SED) 's,/,,'`"; \
	WIDE_TABLE=`pwd`/rounding.md; export WIDE_CHAPTERS WIDE_TABLE; ./run '$(srcdir)/tests/wide.t'
	mv rounding.md '$(srcdir)/doc/rounding.md'
EXTRA_DIST += doc/rounding.md

PROVE_FLAGS = -j2 --timer
.PHONY: prove
prove: all $(check_PROGRAMS) $(check_DATA)
	@$(tests_environment) set --; \
	for t in $(TESTS); do \
	  if test -f "$$t"; then set -- "$$@" "$$t"; else set -- "$$@" "$(srcdir)/$$t"; fi; \
	done; \
	prove $(PROVE_FLAGS) --exec ./run "$$@"

# The unit tests and one check in one process, where valgrind sees plugins too.
VALGRIND_FLAGS = --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite
VALGRIND_VERIFY = gd-pl --effort quick
.PHONY: check-valgrind
check-valgrind: all $(check_PROGRAMS)
	@$(tests_environment) \
	for t in $(unit_tests); do \
	  echo "valgrind $$t"; \
	  ./run valgrind $(VALGRIND_FLAGS) ./$$t >$$t.valgrind 2>&1 || { cat $$t.valgrind; exit 1; }; \
	done; \
	if test -n '$(bin_PROGRAMS)'; then \
	  echo 'valgrind ratecheck verify $(VALGRIND_VERIFY)'; \
	  ./run valgrind $(VALGRIND_FLAGS) ratecheck verify --isolation=none $(VALGRIND_VERIFY); \
	fi
MOSTLYCLEANFILES += tests/unit/*.valgrind

# The sources are copied first: a tree configured in place cannot be configured
# a second time somewhere else.
.PHONY: check-asan
check-asan:
	@rm -rf asan && $(MKDIR_P) asan/build
	$(MAKE) distdir distdir=asan/source
	cd asan/build && ../source/configure -q --enable-asan CC='$(CC)' $(ASAN_CONFIGURE_FLAGS)
	cd asan/build && $(MAKE) check

# Which lines and branches the tests run, with what children run: configure with --enable-coverage first.
.PHONY: coverage coverage-table
coverage: check
	@$(MAKE) --no-print-directory coverage-table
# Of what has been run since the last `make clean`.
coverage-table:
	@for f in `find verify plugins reports kernels -name '*.gcda' | sort`; do $(GCOV) -n -b -o $$f $$f 2>/dev/null; done | \
	  $(AWK) -v top='$(abs_top_srcdir)' -v day="`date -u +%Y-%m-%d`" -v of='$(COVERED)' \
	    -f '$(srcdir)/tests/coverage.awk' >coverage.md
	mv coverage.md '$(srcdir)/doc/coverage.md'
GCOV = gcov
EXTRA_DIST += tests/coverage.awk doc/coverage.md

clean-local:
	rm -rf asan fuzz analysed
	find . -name '*.gc??' -exec rm -f {} + 2>/dev/null || :  # beside it, with -j, libtool's folders are removed

# The installed program finds the installed plugins, all of them.
installcheck-local: installcheck-plugins installcheck-pc
.PHONY: installcheck-plugins installcheck-pc
installcheck-plugins:
	@cd '$(DESTDIR)$(plugindir)' && for m in $(patsubst %.la,%.so,$(notdir $(plugin_LTLIBRARIES))); do \
	  test -f $$m || { echo "installcheck: $$m is missing in $(DESTDIR)$(plugindir)" >&2; exit 1; }; \
	done
	@! ls '$(DESTDIR)$(plugindir)'/*.la 2>/dev/null || { echo "installcheck: files of libtool's are left there" >&2; exit 1; }
	@twice='$(strip $(foreach m,$(sort $(notdir $(plugin_LTLIBRARIES))),$(if $(word 2,$(filter %/$(m),$(plugin_LTLIBRARIES))),$(m))))'; \
	test -z "$$twice" || { echo "installcheck: two modules of one name: $$twice" >&2; exit 1; }
	@test -z '$(bin_PROGRAMS)' || { \
	  $(tests_environment) \
	  RATECHECK_PLUGINDIR='$(DESTDIR)$(plugindir)'; export RATECHECK_PLUGINDIR; \
	  '$(DESTDIR)$(bindir)/ratecheck' --version >/dev/null && \
	  for kind in objectives methods theorems; do \
	    '$(DESTDIR)$(bindir)/ratecheck' list $$kind --plain | grep -q . || \
	    { echo "installcheck: the installed program lists no $$kind" >&2; exit 1; }; \
	  done; }
installcheck-pc:
	@PKG_CONFIG_PATH='$(DESTDIR)$(pkgconfigdir)' PKG_CONFIG_DISABLE_UNINSTALLED=1; \
	export PKG_CONFIG_PATH PKG_CONFIG_DISABLE_UNINSTALLED; \
	test "`$(PKG_CONFIG) --variable=plugindir ratecheck`" = '$(plugindir)'

# What two analysers say of every C file. ANALYSED=plugins: of a part. Half an hour on two cores the first time; a file of
# which nothing was said is not read again until it changes (analysed/ keeps what has been read).
ANALYSED = verify plugins reports kernels methods objectives theorems tests
analysed = find $(ANALYSED) -name '*.c' ! -path '*/template/*' ! -path '*/cases/*'
analysed_as = -std=gnu11 -D_GNU_SOURCE -DHAVE_CONFIG_H -I. -Iinclude -I'$(abs_top_builddir)' \
	$(patsubst %,-D%='""',PLUGINDIR PKGDATADIR DOCDIR PKGLIBEXECDIR INCLUDEDIR)
# What needs mpi.h is read where there is one.
without_mpi = $(if $(MPI_LIBS),,! -path verify/work/ranks.c)
EXTRA_DIST += tests/clang-tidy.yaml tests/clang-tidy.txt tests/cppcheck.txt tests/tidy tests/analyser.h
.PHONY: tidy cppcheck
tidy: config.h
	cd '$(srcdir)' && $(analysed) $(without_mpi) | xargs -P 2 -I@ tests/tidy '$(abs_top_builddir)/analysed' @ -include tests/analyser.h \
	  $(analysed_as)
cppcheck: config.h
	@$(MKDIR_P) analysed/cppcheck
	cd '$(srcdir)' && $(analysed) | cppcheck --quiet --file-list=- -j2 --cppcheck-build-dir='$(abs_top_builddir)/analysed/cppcheck' \
	  --std=c11 --enable=warning,performance,portability --inline-suppr --suppressions-list=tests/cppcheck.txt \
	  --error-exitcode=1 $(filter -D% -I%,$(analysed_as))
