/* "did you mean": of many names the one nearest to what was typed. */
#ifndef PLUGINS_NEAREST_H
#define PLUGINS_NEAREST_H

#include <stddef.h>

typedef struct rate_nearest {
	const char *typed;
	const char *best; /* NULL: nothing is near */
	size_t distance;
} rate_nearest;

void rate_nearest_try(rate_nearest *n, const char *name);
/* " (did you mean BEST?)" or "". */
const char *rate_nearest_words(const rate_nearest *n, char *out, size_t size);

#endif
