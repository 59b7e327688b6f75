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

/* Names with a dot that belong to an interface, or to the noise: the probe measures them. */
static const char of_interfaces[] =
    " network.agents network.rho network.lambda_2 network.lambda_n network.L network.L_rms network.g1 network.g2"
    " risk.n risk.nu risk.mu risk.cap risk.L risk.G risk.G2 tail.alpha tail.sigma ";

int rate_constant_is_private(const char *name)
{
	const rate_constant_info *c = rate_constant_named(name);
	const char *at = c || !strchr(name, '.') ? NULL : strstr(of_interfaces, name);
	size_t n = strlen(name);

	if (c || !strchr(name, '.'))
		return c && c->use == RATE_USE_KEY;
	return !at || at[-1] != ' ' || at[n] != ' ';
}

const char *rate_constant_names(void)
{
	return RATE_CONSTANTS(NAME);
}
