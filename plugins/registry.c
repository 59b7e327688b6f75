/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/registry.h"

#include <stdlib.h>
#include <string.h>

int rate_is_refusal(const rate_registry *r, const char *text)
{
	for (size_t i = 0; i < r->refusals; i++)
		if (*text && !strncmp(r->refusal[i].reason, text, strlen(text))) /* a copy may have been cut */
			return 1;
	return 0;
}

const rate_class_info *rate_registry_find(const rate_registry *r, rate_class kind, const char *id)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->info[i]->kind == kind && !strcmp(r->info[i]->id, id))
			return r->info[i];
	return NULL;
}

static void free_list(char **v, size_t n)
{
	for (size_t i = 0; v && i < n; i++)
		free(v[i]);
	free(v);
}

static void free_instances(rate_instance_info *v, size_t n)
{
	for (size_t i = 0; v && i < n; i++) {
		free(v[i].objective);
		free(v[i].parameters);
		free(v[i].note);
		free(v[i].method);
	}
	free(v);
}

static void free_class(rate_class_info *c)
{
	char *text[] = { c->id, c->title, c->summary, c->source, c->file, c->plugin, c->version, c->licence, c->chapter,
		             c->statement, c->quantity, c->formula, c->formal, c->method };

	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		free(text[i]);
	for (size_t i = 0; i < c->params; i++) {
		free(c->param[i].name);
		free(c->param[i].preset);
		free(c->param[i].choices);
		free(c->param[i].doc);
	}
	free(c->param);
	free_list(c->state, c->states);
	free_list(c->schedule, c->kind == RATE_THEOREMS ? 0 : c->schedules);
	free_list(c->need, c->needs);
	free_instances(c->sharp, c->sharps);
	free_instances(c->control, c->controls);
	free(c);
}

void rate_registry_free(rate_registry *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		free_class(r->info[i]);
	free(r->info);
	for (size_t i = 0; i < r->refusals; i++) {
		free(r->refusal[i].file);
		free(r->refusal[i].reason);
	}
	free(r->refusal);
	free_list(r->folder, r->folders);
	free(r);
}
