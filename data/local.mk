# Data sets with their provenance, and the list of built-in instances.
datasetdir = $(pkgdatadir)/data
dist_dataset_DATA =
