/* The families of objectives that are searched, and how each has done.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/hunt/hunter.h"

#include <stdlib.h>
#include <string.h>

static int wraps(const rate_class_info *c)
{
	return c->kind == RATE_OBJECTIVES && (c->flags & RATE_WRAPPER);
}

static rate_record *new_record(rate_hunter *h)
{
	rate_record *grown = realloc(h->record, (h->records + 1) * sizeof *grown);

	if (!grown)
		return NULL;
	h->record = grown;
	grown[h->records] = (rate_record){ .score = -1, .step = 1 };
	return &grown[h->records++];
}

/* The family owns the head from here on. */
static int add_word(rate_candidate *f, const rate_class_info *info, char *head)
{
	if (f->words == RATE_FAMILY_WORDS || !head) {
		free(head);
		return RATE_FAIL;
	}
	f->word[f->words] = info;
	f->head[f->words++] = head;
	return RATE_OK;
}

/* Every objective that is built in, bare and in each wrapper. */
int rate_hunt_all_families(rate_hunter *h)
{
	const rate_registry *g = h->o->registry;

	for (size_t i = 0; i < g->count; i++) {
		const rate_class_info *base = g->info[i];
		if (base->kind != RATE_OBJECTIVES || wraps(base))
			continue;
		for (size_t k = 0; k <= g->count; k++) {
			rate_record *r;
			if (k < g->count && !wraps(g->info[k]))
				continue;
			if (!(r = new_record(h)) || add_word(&r->family, base, strdup(base->id)) ||
			    (k < g->count && add_word(&r->family, g->info[k], strdup(g->info[k]->id))))
				return RATE_FAIL;
		}
	}
	return RATE_OK;
}

/* The family of a spec; what it leaves open is searched. */
static int add_given(rate_hunter *h, const char *at)
{
	rate_error error;
	rate_bound_spec *spec = NULL;
	rate_record *r = new_record(h);

	if (!r || rate_bind(&spec, h->o->registry, RATE_OBJECTIVES, at, 0, &error))
		return RATE_FAIL;
	r->family.given = spec;
	for (size_t w = 0; w < spec->words; w++) {
		size_t n = 0;
		while (at[n] && !(at[n] == '+' && at[n + 1] >= 'a' && at[n + 1] <= 'z'))
			n++;
		if (add_word(&r->family, spec->word[w].info, strndup(at, n)))
			return RATE_FAIL;
		at += n + (at[n] == '+');
	}
	return RATE_OK;
}

int rate_hunt_given_families(rate_hunter *h)
{
	for (size_t i = 0; i < h->o->objectives; i++)
		if (add_given(h, h->o->objective[i]))
			return RATE_FAIL;
	return RATE_OK;
}

/* The functions of which a theorem speaks alone, every key as it is there: no draw would find them. */
int rate_hunt_own_families(rate_hunter *h)
{
	const rate_class_info *th = h->space.theorem;
	rate_error error;
	int rc = RATE_OK;

	for (size_t k = 0; k < th->sharps && rc == RATE_OK; k++) {
		rate_bound_spec *spec = NULL;
		if (!*th->sharp[k].objective)
			continue;
		rc = rate_bind(&spec, h->o->registry, RATE_OBJECTIVES, th->sharp[k].objective, 0, &error);
		rc = rc ? rc : add_given(h, spec->canonical);
		rate_bound_free(spec);
	}
	return rc;
}

void rate_hunt_forget(rate_hunter *h)
{
	for (size_t i = 0; i < h->records; i++) {
		h->record[i].score = -1;
		h->record[i].fresh = 0;
		h->record[i].step = 1;
	}
	h->score = -1;
	h->violated = 0;
}

void rate_hunt_free_records(rate_hunter *h)
{
	for (size_t i = 0; i < h->records; i++)
		for (size_t w = 0; w < h->record[i].family.words; w++)
			free(h->record[i].family.head[w]);
	free(h->record);
}
