/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/work/wire.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plugins/isolate.h"

static double *carve(char *arena, size_t room, size_t *used, size_t doubles)
{
	double *p = (double *)(void *)(arena + *used);

	if (doubles > (room - *used) / sizeof *p)
		return NULL;
	*used += (doubles * sizeof *p + 63) / 64 * 64;
	*used = *used < room ? *used : room;
	return p;
}

int rate_lay_out(const rate_head *h, void *arena, size_t room, size_t *used, rate_arrays *a)
{
	size_t k = h->checkpoints, replicates = h->m.replicates;

	*used = (sizeof *h + 63) / 64 * 64;
	if (replicates && k > room / replicates)
		return RATE_FAIL;
	a->at = carve(arena, room, used, k);
	a->bound = carve(arena, room, used, k);
	a->transient = h->has_transient ? carve(arena, room, used, k) : NULL;
	a->param = carve(arena, room, used, h->params + 1);
	a->q = carve(arena, room, used, k * replicates);
	a->s = carve(arena, room, used, k * replicates);
	a->b = h->path_bound ? carve(arena, room, used, k * replicates) : NULL;
	return a->at && a->bound && (!h->has_transient || a->transient) && a->param && a->q && a->s &&
	    (!h->path_bound || a->b) ?
	           RATE_OK : RATE_FAIL;
}

int rate_look_over(const rate_check *c, const void *arena, uint64_t first, uint64_t count,
                   int prepare_only, rate_head *h)
{
	size_t most = c->theorem->point ? RATE_POINTS_MOST : (size_t)c->T + 2;
	rate_witness *const witness[] = { &h->m.witness, &h->m.span };

	memcpy(h, arena, sizeof *h);
	rate_end_text(h->reason, sizeof h->reason);
	rate_end_text(h->parameters, sizeof h->parameters);
	rate_end_text(h->lowered, sizeof h->lowered);
	rate_end_text(h->range, sizeof h->range);
	rate_end_text(h->m.beside.detail, sizeof h->m.beside.detail);
	for (size_t i = 0; i < 2; i++) {
		rate_end_text(witness[i]->property, sizeof witness[i]->property);
		rate_end_text(witness[i]->detail, sizeof witness[i]->detail);
	}
	*h->m.broken = '\0';
	h->m.q = h->m.s = h->m.b = h->m.exact = NULL;
	h->m.seconds = 0;
	h->setup = h->setup >= 0 && h->setup < 1e9 ? h->setup : 0;
	h->ran = h->ran >= 0 && h->ran < 1e9 ? h->ran : 0;
	h->has_transient = h->has_transient != 0;
	if (h->d > (size_t)1 << 24 || (!c->theorem->point && h->T > c->T))
		return RATE_FAIL;
	if (!first && (!h->applicable || prepare_only))
		return RATE_OK;
	h->path_bound = h->path_bound != 0;
	return h->checkpoints > most || h->params != c->theorem->params || h->m.checkpoints != h->checkpoints ||
	               (h->m.replicates != 1 && h->m.replicates != count) || (unsigned)h->m.statistic > RATE_POINTS ||
	               h->path_bound != (c->theorem->point || (c->theorem->flags & RATE_PATH_BOUND)) ?
	           RATE_FAIL : RATE_OK;
}

int rate_in_order(const rate_check *c, const rate_head *h, const double *at)
{
	int point = c->theorem->point;
	double last = -1, end = point ? RATE_POINTS_MOST : (double)h->T;

	for (size_t k = 0; k < h->checkpoints; last = at[k++])
		if (!(at[k] >= 0 && (point || at[k] > last) && at[k] <= end && at[k] == floor(at[k])))
			return 0;
	return 1;
}

void rate_add_note(char *line, size_t size, const char *note)
{
	size_t n = strlen(line);

	if (*note && n + 2 < size)
		snprintf(line + n, size - n, "%s%s", n ? "; " : "", note);
}
