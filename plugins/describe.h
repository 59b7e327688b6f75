/* The description of a plugin file as JSON, made in a child that loads it and read by the parent that does not. */
#ifndef PLUGINS_DESCRIBE_H
#define PLUGINS_DESCRIBE_H

#include "plugins/registry.h"

/* Appends what the file offers to the registry, or a refusal. Files that describe themselves in vain (crash, hang) are
 * refused with the cause. RATE_FAIL only when memory runs out. */
int rate_describe(rate_registry *r, const char *const *files, size_t count, int named);
/* What one child wrote of one file: an array of classes, or a string, the refusal. Anything else is a refusal too. */
int rate_describe_take(rate_registry *r, const char *file, const char *text, int named);

#endif
