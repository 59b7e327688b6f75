/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/data.h"

#include <string.h>

#include "plugins/load.h"
#include "plugins/table.h"

/* What is wrong with a file is said by the child that wants it. */
static void read_sets(const rate_bound_spec *b)
{
	rate_error error;
	rate_table t;

	for (size_t i = 0; b && i < b->words; i++)
		for (size_t k = 0; k < b->word[i].values; k++) {
			const rate_param_info *p = &b->word[i].info->param[k];
			const char *file = b->word[i].value[k].text;
			if (p->type == RATE_FILE && !strcmp(p->name, "data") && file && *file)
				(void)rate_table_read(file, 1, &t, &error);
		}
}

void rate_read_data(rate_check *const *checks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!i || checks[i]->objective != checks[i - 1]->objective)
			read_sets(checks[i]->objective);
}
