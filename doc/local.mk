# Manual pages, the book, completion.
dist_man_MANS += doc/ratecheck-results.5 doc/ratecheck-plugins.7 doc/ratecheck-pipe.7 doc/ratecheck-python.7
dist_doc_DATA += doc/cluster.md doc/architecture.md doc/evidence.md

# ratecheck(1) and a page for each command, from what --help says. They depend on sources, so that the tarball's pages
# are good where help2man is missing; the program is needed only to make them.
command_pages = doc/ratecheck-bench.1 doc/ratecheck-diff.1 doc/ratecheck-exact.1 doc/ratecheck-handout.1 \
	doc/ratecheck-hunt.1 doc/ratecheck-judge.1 doc/ratecheck-list.1 doc/ratecheck-new.1 doc/ratecheck-path.1 doc/ratecheck-probe.1 doc/ratecheck-report.1 doc/ratecheck-show.1 \
	doc/ratecheck-tighten.1 doc/ratecheck-verify.1
EXTRA_DIST += doc/see-also.h2m
if COMMAND_PAGES
dist_man_MANS += doc/ratecheck.1 $(command_pages)
endif
doc/ratecheck.1: verify/commands/main.c configure.ac doc/see-also.h2m | $(bin_PROGRAMS)
$(command_pages): doc/ratecheck-%.1: verify/commands/%.c configure.ac doc/see-also.h2m | $(bin_PROGRAMS)
doc/ratecheck.1 $(command_pages):
	@test -n '$(HELP2MAN)' || { echo '$@: help2man not found (Debian: help2man)' >&2; exit 1; }
	@$(MKDIR_P) doc
	$(AM_V_GEN)page=`basename $@ .1`; command=`echo "$$page" | $(SED) 's/^ratecheck-*//'`; \
	title=`./run ratecheck --help | $(SED) -n "s/^  $$command  *//p" | $(SED) -n 1p`; \
	test -n "$$command" || title='check convergence theorems against measurement'; \
	$(HELP2MAN) --no-info --help-option=--help --version-string="$$page $(PACKAGE_VERSION)" --name="$$title" \
	  --include='$(srcdir)/doc/see-also.h2m' --output=$@-tmp "./run ratecheck $$command" && mv $@-tmp $@
CLEANFILES += doc/ratecheck*.1-tmp
MAINTAINERCLEANFILES += doc/ratecheck.1 $(command_pages)

if BASH_COMPLETION
dist_bashcompletion_DATA = doc/completion/ratecheck
endif

# The theorem files in the book's order, as the chapters' lists have them.
chapter_sources = $(foreach m,$(filter theorems/%,$(plugin_LTLIBRARIES)),$($(subst -,_,$(subst /,_,$(m:.la=_la)))_SOURCES))
theorem_files = $(addprefix $(srcdir)/,$(filter-out %/chapter.c,$(filter %.c,$(chapter_sources))))

# What `ratecheck show` renders.
nodist_doc_DATA = theorems.md
CLEANFILES += theorems.md theorems.md-raw theorems.md-tmp
theorems.md: $(theorem_files) $(srcdir)/doc/book/extract.awk $(srcdir)/doc/book/fill.awk $(srcdir)/doc/numbers.tsv
	$(AM_V_GEN)$(AWK) -v prose=1 -f $(srcdir)/doc/book/extract.awk $(theorem_files) >$@-raw && \
	  $(AWK) -f $(srcdir)/doc/book/fill.awk $(srcdir)/doc/numbers.tsv $@-raw >$@-tmp && rm -f $@-raw && mv $@-tmp $@

# The answers to the exercises, a page each, for ratecheck handout.
solution_files = $(wildcard $(srcdir)/theorems/*/solutions.md)
nodist_doc_DATA += solutions.md
CLEANFILES += solutions.md solutions.md-raw solutions.md-tmp
solutions.md: $(solution_files) $(srcdir)/doc/book/answers.awk $(srcdir)/doc/book/fill.awk $(srcdir)/doc/numbers.tsv
	$(AM_V_GEN)$(AWK) -f $(srcdir)/doc/book/answers.awk $(solution_files) >$@-raw && \
	  $(AWK) -f $(srcdir)/doc/book/fill.awk $(srcdir)/doc/numbers.tsv $@-raw >$@-tmp && rm -f $@-raw && mv $@-tmp $@

# What the prose quotes of a run, for `ratecheck show` and to hold the book to: after a change that moves them.
.PHONY: numbers
numbers: $(bin_PROGRAMS) $(plugin_LTLIBRARIES)
	@test -f $(BOOK_RUN)/results.jsonl || ./run ratecheck verify --quiet --output $(BOOK_RUN) >/dev/null || test -f $(BOOK_RUN)/results.jsonl
	@./run ratecheck list theorems --json >book-classes.json
	@AWK='$(AWK)' NUMBERS=numbers.tsv-tmp $(SHELL) $(srcdir)/doc/book/weave $(srcdir) $(BOOK_RUN) book-classes.json gallery numbers-book $(theorem_files)
	mv numbers.tsv-tmp '$(srcdir)/doc/numbers.tsv'

EXTRA_DIST += doc/numbers.tsv doc/book/fill.awk doc/book/answers.awk doc/book/book.bib doc/book/book.css doc/book/book.lua doc/book/chapters doc/book/extract.awk \
	doc/book/gallery.md doc/book/header.tex doc/book/notation.md doc/book/page.html doc/book/preface.md doc/book/review doc/book/slider.js \
	doc/book/split.lua doc/book/trust.md doc/book/typeset doc/book/unicode.lua doc/book/weave \
	$(addprefix doc/book/gallery/,run map envelopes envelopes.table figures figures.table sliders sliders.table) $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/doc/book/gallery/*.gp)) \
	$(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/theorems/*/*.md))

# `make book`: book/index.html and, with LaTeX, book.pdf. The numbers come from a run of everything, which is kept; those
# of another run with BOOK_RUN=DIR. The date of the PDF is that of SOURCE_DATE_EPOCH.
BOOK_RUN = book-run
.PHONY: book gallery
book: all book-figures gallery
	@./run ratecheck list theorems --json >book-classes.json
	AWK='$(AWK)' $(SHELL) $(srcdir)/doc/book/weave $(srcdir) $(BOOK_RUN) book-classes.json gallery book $(theorem_files)
	@if test -n '$(PDFLATEX)'; then \
	  $(SHELL) $(srcdir)/doc/book/typeset book $(BOOK_RUN) gallery; \
	else \
	  echo 'book.pdf is left out: pdflatex not found (./bootstrap book installs it)'; \
	fi

# Beside theorems.md, where `ratecheck show --open` looks.
.PHONY: install-book
install-book:
	@test -f book/index.html || { echo 'install-book: there is no book yet; make book' >&2; exit 1; }
	$(MKDIR_P) '$(DESTDIR)$(docdir)'
	cp -R book '$(DESTDIR)$(docdir)'
	test ! -f book.pdf || $(INSTALL_DATA) book.pdf '$(DESTDIR)$(docdir)'

# The teachers' figures, from runs of their own: gallery/*.svg, *.pdf, with their scripts and data.
gallery: all
	@./run $(SHELL) $(srcdir)/doc/book/gallery/run $(srcdir) gallery

# Pictures of all pages of the book and of a report in pages.review, and what a program can see of mistakes in them.
.PHONY: review
review:
	@test -f book/index.html || { echo 'review: there is no book yet; make book' >&2; exit 1; }
	./run ratecheck report --html --pdf --svg --best --quiet $(BOOK_RUN)
	$(PYTHON3) $(srcdir)/doc/book/review pages.review book $(BOOK_RUN)

.PHONY: book-figures
book-figures: $(BOOK_RUN)/results.jsonl
	@./run ratecheck report --svg --pdf --best --quiet $(BOOK_RUN)

# A refuted check is what the book then shows; wrong use and a missing run are not.
book-run/results.jsonl: $(bin_PROGRAMS) $(plugin_LTLIBRARIES) data/suite
	rm -rf book-run
	./run ratecheck verify --quiet --output book-run >/dev/null || test -f $@

# The papers behind the newer chapters, with what a run says of them.
EXTRA_DIST += doc/seeds.awk doc/seeds.tsv doc/seeds.md
.PHONY: seeds
seeds: all
	@rm -rf seeds-run
	@./run ratecheck verify `cut -f 4 '$(srcdir)/doc/seeds.tsv' | $(SED) 1d | tr ',' ' '` --output seeds-run --quiet >/dev/null
	$(AWK) -f '$(srcdir)/doc/seeds.awk' seeds-run/results.jsonl FS='\t' '$(srcdir)/doc/seeds.tsv' >seeds.md
	mv seeds.md '$(srcdir)/doc/seeds.md'
	@rm -rf seeds-run
EXTRA_DIST += doc/README.md doc/book/README.md
