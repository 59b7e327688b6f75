/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/record/constants.h"

#include <stdio.h>
#include <string.h>

#define NONE -1
#define AT(field) (ptrdiff_t)offsetof(rate_case, field)
#define ROW(name, field, length, use, test, text) \
	{ #name, field, #length[0], RATE_USE_##use, RATE_TEST_##test, text },
#define NAME(name, field, length, use, test, text) #name " "

const rate_constant_info rate_constant_list[] = { RATE_CONSTANTS(ROW) { 0 } };

const rate_constant_info *rate_constant_named(const char *name)
{
	for (const rate_constant_info *c = rate_constant_list; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

const char *rate_constant_unsafe(const rate_constant_info *c, rate_knowledge kind, char *text, size_t size)
{
	int exact = c->use == RATE_USE_EXACT;

	if ((kind == RATE_LOWER && (exact || c->use == RATE_USE_ABOVE)) ||
	    (kind == RATE_UPPER && (exact || c->use == RATE_USE_BELOW))) {
		snprintf(text, size, "only %s bound of %s is known", kind == RATE_LOWER ? "a lower" : "an upper",
		         c->name);
		return text;
	}
	return NULL;
}

const char *rate_constant_names(void)
{
	return RATE_CONSTANTS(NAME);
}
