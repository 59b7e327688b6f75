/* What an analyser that reads a file at a time cannot see of the others: these return RATE_FAIL, so that what follows a
 * success has been filled in. */
#include "plugins/error.h"
#include "ratecheck/abi.h"

#define rate_fail(...) ((rate_fail)(__VA_ARGS__), RATE_FAIL)
#define rate_fail_more(...) ((rate_fail_more)(__VA_ARGS__), RATE_FAIL)
