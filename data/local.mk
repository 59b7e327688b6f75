# Data sets with their provenance, and the list of built-in instances.
datasetdir = $(pkgdatadir)/data
dist_dataset_DATA = data/README.md data/SHA256SUMS data/suite \
	data/exact.jsonl \
	data/breast-cancer.csv data/digits.csv data/iris.csv data/longley.csv data/stackloss.csv data/wine.csv

# For each theorem with an exact worst case a proof and a worst function, as `make exact-table` makes them.
EXTRA_DIST += data/exact
install-data-local:
	$(MKDIR_P) '$(DESTDIR)$(datasetdir)/exact'
	cd '$(srcdir)/data/exact' && for f in *; do $(INSTALL_DATA) "$$f" '$(DESTDIR)$(datasetdir)/exact' || exit; done

uninstall-local:
	rm -rf '$(DESTDIR)$(datasetdir)/exact'
