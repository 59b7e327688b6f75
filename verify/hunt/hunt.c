/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunter.h"

#include <math.h>
#include <stdio.h>

int rate_hunt_run(const rate_hunt *o, rate_hunted *out, rate_mark *mark)
{
	rate_hunter h = { .o = o, .out = out, .mark = mark, .started = rate_hunt_now(), .score = -1 };
	const rate_class_info *theorem = o->theorem->word[0].info;
	int own = (theorem->flags & RATE_OWN_INSTANCES) != 0;

	out->best = -1;
	rate_space_begin(&h.space, theorem, o->theorem, o->seed);
	h.space.steps = o->steps;
	h.space.dimension = o->dimension;
	h.space.floor = o->floor;
	h.space.least = (uint64_t)fmax(fmax(1, (double)o->from_step), ceil(o->floor * (double)o->steps));
	if (o->objectives ? rate_hunt_given_families(&h)
	                  : rate_hunt_all_families(&h) || (own && rate_hunt_own_families(&h))) {
		snprintf(mark->message, sizeof mark->message, "out of memory");
		rate_hunt_free_records(&h);
		return RATE_FAIL;
	}
	rate_hunt_search(&h, o->evaluations ? o->evaluations : UINT64_MAX);
	if (h.score >= 0)
		rate_hunt_shrink(&h);
	rate_hunt_free_records(&h);
	return RATE_OK;
}
