/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/commands/provenance.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "plugins/datafile.h"
#include "reports/escape.h"

enum { MOST = 64 }; /* words of a check */

/* ---- run.json ---- */

/* A missing file has none: the checks that read it will say so. */
static void add_file(json_t *files, const char *path)
{
	static char block[1 << 16];
	uint64_t sum = 0;
	char hex[17] = "";
	size_t n;
	FILE *in;

	if (json_object_get(files, path) || !(in = fopen(path, "r")))
		return;
	while ((n = fread(block, 1, sizeof block, in)))
		sum = rate_hash_bytes(block, n, sum);
	if (!ferror(in))
		snprintf(hex, sizeof hex, "%016" PRIx64, sum);
	fclose(in);
	if (*hex)
		json_object_set_new(files, path, json_string(hex));
}

static void add_spec(json_t *files, const rate_bound_spec *b)
{
	char path[4096];
	rate_error error;

	for (size_t i = 0; b && i < b->words; i++) {
		const rate_bound_word *w = &b->word[i];
		add_file(files, w->info->file);
		for (size_t k = 0; k < w->values; k++)
			if (w->info->param[k].type == RATE_FILE && w->value[k].text && *w->value[k].text &&
			    rate_datafile_find(w->value[k].text, path, sizeof path, &error) == RATE_OK)
				add_file(files, path);
	}
	/* No word that stands for a start is the name of a file. */
	if (b && b->x0)
		add_file(files, b->x0);
}

static json_t *files_of(const rate_plan_options *o, const rate_plan *plan)
{
	json_t *files = json_object();

	for (size_t i = 0; files && i < plan->count; i++) {
		const rate_check *c = plan->check[i];
		if (i && plan->check[i - 1]->theorem == c->theorem && plan->check[i - 1]->objective == c->objective &&
		    plan->check[i - 1]->method == c->method)
			continue;
		add_file(files, c->theorem->file);
		add_spec(files, c->objective);
		add_spec(files, c->method);
		add_spec(files, c->given);
		if (c->trajectory)
			add_file(files, c->trajectory->file);
	}
	if (o->x0)
		add_file(files, o->x0);
	if (o->exact)
		add_file(files, o->exact);
	if (!o->objectives)
		add_file(files, o->suite);
	return files;
}

static json_t *list_of(const char *const *word, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_string(word[i]));
	return list;
}

/* Of all checks, by their ids: whatever it is that makes them. */
static json_t *sum_of(const rate_plan *plan)
{
	uint64_t sum = 0;
	char hex[17];

	for (size_t i = 0; i < plan->count; i++)
		sum = rate_hash_bytes(plan->check[i]->id, strlen(plan->check[i]->id) + 1, sum);
	snprintf(hex, sizeof hex, "%016" PRIx64, sum);
	return json_string(hex);
}

char *rate_describe_run(const rate_plan_options *o, const rate_plan *plan, rate_error *error)
{
	json_error_t e;
	json_t *j = json_pack_ex(&e, 0, "{s:s, s:s, s:s, s:s, s:I, s:f, s:f, s:f, s:I, s:i, s:I, s:b, s:s?, s:s?, "
	                                "s:s?, s:s?, s:o, s:o, s:o, s:o, s:o}",
		"program", PACKAGE_NAME, "version", PACKAGE_VERSION, "compiler", __VERSION__, "signature",
		RATE_SIGNATURE, "seed", (json_int_t)o->seed, "alpha", o->alpha, "bound_power", o->bound_power,
		"bound_factor", o->bound_factor > 0 ? o->bound_factor : 1, "replicates", (json_int_t)o->replicates,
		"effort", (int)o->effort, "steps", (json_int_t)o->steps, "beyond", o->beyond, "method", o->method, "as",
		o->as, "x0", o->x0, "exact", o->exact,
		"theorems", list_of(o->theorem, o->theorems), "chapters", list_of(o->chapter, o->chapters),
		"objectives", list_of(o->objective, o->objectives), "files", files_of(o, plan),
		"checks", sum_of(plan));
	char *text = j ? json_dumps(j, JSON_INDENT(2) | JSON_REAL_PRECISION(17)) : NULL;

	if (!text)
		rate_fail(error, "run.json: %s", j ? "out of memory" : e.text);
	json_decref(j);
	return text;
}

/* ---- Replay ---- */

/* The method to ask for, NULL where it is the theorem's own. */
static const char *method_of(const rate_check *c)
{
	const char *id = c->method->word[0].info->id;
	size_t head = strcspn(c->theorem->method, ":");

	return strlen(id) == head && !strncmp(id, c->theorem->method, head) ? NULL : c->method->canonical;
}

/* --plugin for each file that the check needs and the search path does not give; a file that holds two of them once. */
static void add_plugins(FILE *out, const rate_check *c)
{
	const rate_class_info *used[MOST] = { c->theorem };
	size_t count = 1;

	for (size_t i = 0; c->objective && i < c->objective->words && count < MOST; i++)
		used[count++] = c->objective->word[i].info;
	if (c->method && count < MOST)
		used[count++] = c->method->word[0].info;
	for (size_t i = 0, j; i < count; i++) {
		for (j = 0; j < i && strcmp(used[j]->file, used[i]->file); j++)
			;
		if (used[i]->named && j == i)
			rate_escape_option(out, "plugin", used[i]->file);
	}
}

/* The theorem with its parameters, as it is named on a command line; malloc'd. */
static char *spec_of(const rate_check *c)
{
	/* What --bound-factor adds is an option again. */
	double factor = c->role == RATE_ROLE_CONTROL ? c->factor : c->given->bound_factor;
	const char *parameters = c->parameters && *c->parameters ? c->parameters : NULL;
	char *spec = NULL;
	size_t size;
	FILE *out = open_memstream(&spec, &size);

	if (!out)
		return NULL;
	fprintf(out, "%s%s%s", c->theorem->id, parameters ? ":" : "", parameters ? parameters : "");
	if (factor != 1)
		fprintf(out, "%sbound_factor=%.17g", parameters ? "," : ":", factor);
	fclose(out);
	return spec;
}

char *rate_replay(const rate_plan_options *o, const rate_check *c, rate_statistic statistic)
{
	char *spec = spec_of(c), *replay = NULL;
	size_t size;
	FILE *out = open_memstream(&replay, &size);
	const char *method = c->method ? method_of(c) : NULL;

	if (!out || !spec) {
		free(spec);
		return NULL;
	}
	fputs(c->trajectory ? "ratecheck judge " : "ratecheck verify ", out);
	rate_escape(out, RATE_SHELL, spec);
	free(spec);
	if (c->objective)
		rate_escape_option(out, "objective", c->objective->canonical);
	if (c->trajectory)
		rate_escape_option(out, "trajectory", c->trajectory->file);
	else if (method)
		rate_escape_option(out, "method", method);
	add_plugins(out, c);
	if (!c->theorem->point && !c->trajectory)
		fprintf(out, " --steps %" PRIu64, c->T);
	if (c->stochastic && statistic != RATE_EXACT_MEAN)
		fprintf(out, " --replicates %" PRIu64, c->budget);
	if (o->bound_factor > 0 && o->bound_factor != 1 && c->role != RATE_ROLE_CONTROL)
		fprintf(out, " --bound-factor %.17g", o->bound_factor);
	if (c->power != 0)
		fprintf(out, " --bound-power %.17g", c->power);
	if (c->beyond)
		fputs(" --beyond", out);
	if (o->x0)
		rate_escape_option(out, "x0", o->x0);
	fprintf(out, " --seed %" PRIu64 " --alpha %g", c->seed, c->alpha);
	fclose(out);
	return replay;
}
