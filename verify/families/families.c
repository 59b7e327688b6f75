/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/families/families.h"

#include <string.h>

#define ROW(name) &rate_family_##name,
const rate_family *const rate_families[] = { RATE_FAMILIES(ROW) 0 };

const rate_family *rate_family_named(const char *name)
{
	const rate_family *const *family = rate_families;

	while (*family && strcmp((*family)->name, name))
		family++;
	return *family;
}

int rate_family_has(const char *list, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = list; at && (at = strstr(at, name)); at += length)
		if ((at == list || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return 1;
	return !list;
}
