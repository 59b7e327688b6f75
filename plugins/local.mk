# Sources and private headers of the host side of plugins.
plugins_sources =

# What `ratecheck new` copies, installed without its folders.
templatedir = $(pkgdatadir)/template
dist_template_DATA =
