# Sources and private headers of plan, run, judge and the command line.
verify_sources =

# main() stands apart from the library, which the unit tests link.
# bin_PROGRAMS += ratecheck
# ratecheck_SOURCES = verify/main.c
