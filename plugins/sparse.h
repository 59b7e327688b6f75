/* What the host finds out about sparse rows. */
#ifndef PLUGINS_SPARSE_H
#define PLUGINS_SPARSE_H

#include "ratecheck/abi.h"

/* *out: |A|^2 from above, mostly within 1 part in 1000 where no entry is negative; no matrix is formed. RATE_FAIL: no
 * memory. */
int rate_sparse_norm2(const rate_table *t, double *out);

#endif
