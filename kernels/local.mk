# Compiled once: the choice at run time, and what is not hot.
kernels_sources = kernels/design.c kernels/kernels.h kernels/philox.c kernels/philox.h kernels/select.c

# Compiled once for each instruction set, with RATE_ISA as the suffix of every
# external name (base, v3, v4). Equal bits at every level are part of the
# contract, so the flags add instructions and never change arithmetic.
kernels_isa_sources = kernels/block.c kernels/elementary.h kernels/lanes.h kernels/rows.h kernels/sparse.h kernels/terms.h kernels/tiles.h \
	kernels/vectors.h kernels/words.h

kernels_isa_libs = kernels/libbase.la
kernels_libbase_la_SOURCES = $(kernels_isa_sources)
kernels_libbase_la_CPPFLAGS = $(AM_CPPFLAGS) -DRATE_ISA=base
if ISA_LEVELS
kernels_isa_libs += kernels/libv3.la kernels/libv4.la
kernels_libv3_la_SOURCES = $(kernels_isa_sources)
kernels_libv3_la_CPPFLAGS = $(AM_CPPFLAGS) -DRATE_ISA=v3
kernels_libv3_la_CFLAGS = $(AM_CFLAGS) -march=x86-64-v3
kernels_libv4_la_SOURCES = $(kernels_isa_sources)
kernels_libv4_la_CPPFLAGS = $(AM_CPPFLAGS) -DRATE_ISA=v4
kernels_libv4_la_CFLAGS = $(AM_CFLAGS) -march=x86-64-v4 -mprefer-vector-width=512
endif
noinst_LTLIBRARIES += $(kernels_isa_libs)
