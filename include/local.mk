# All that the author of a plugin sees.
ratecheckinclude_HEADERS += \
	include/ratecheck/abi.h \
	include/ratecheck/kit.h \
	include/ratecheck/method.h \
	include/ratecheck/objective.h \
	include/ratecheck/ratecheck.h \
	include/ratecheck/theorem.h
EXTRA_DIST += include/ratecheck/README.md
