# Data sets with their provenance, and the list of built-in instances.
datasetdir = $(pkgdatadir)/data
dist_dataset_DATA = data/README.md data/SHA256SUMS data/suite \
	data/exact.jsonl \
	data/breast-cancer.csv data/iris.csv data/longley.csv data/stackloss.csv data/wine.csv
