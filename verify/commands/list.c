/* ratecheck list: what is known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/record/check.h"
#include "verify/commands/command.h"

/* rate_class, with the wrappers apart. */
enum { WRAPPERS = 3, GROUPS };
static const char *const kinds[GROUPS] = { "objectives", "methods", "theorems", "wrappers" };
static const int order[GROUPS] = { RATE_OBJECTIVES, WRAPPERS, RATE_METHODS, RATE_THEOREMS };

static int kind_of(const rate_class_info *c)
{
	return c->kind == RATE_OBJECTIVES && (c->flags & RATE_WRAPPER) ? WRAPPERS : (int)c->kind;
}

static const char *heading(const rate_class_info *c)
{
	int kind = kind_of(c);

	return kind == RATE_THEOREMS ? c->chapter : kind == WRAPPERS ? "wrappers, behind an objective: quadratic+l1"
	    : kinds[kind];
}

static json_t *params_json(const rate_class_info *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->params; i++) {
		const rate_param_info *p = &c->param[i];
		json_t *o = json_pack("{s:s, s:s*, s:s*, s:s*}", "name", p->name, "default", p->preset, "choices",
		                      p->choices, "doc", p->doc);
		if (p->low < p->high) {
			json_object_set_new(o, "low", json_real(p->low));
			json_object_set_new(o, "high", json_real(p->high));
		}
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *instances_json(const rate_instance_info *v, size_t n)
{
	json_t *all = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *o = json_pack("{s:s*, s:s*, s:s*, s:I, s:f}", "objective", v[i].objective, "parameters",
		                      v[i].parameters, "note", v[i].note, "steps", (json_int_t)v[i].steps,
		                      "factor", v[i].factor);
		json_object_set_new(o, "ratio", v[i].ratio == v[i].ratio ? json_real(v[i].ratio) : json_null());
		json_array_append_new(all, o);
	}
	return all;
}

/* The largest measured / bound that its sharp instances reach; null where nothing is compared (identities). */
static json_t *sharpness_json(const rate_class_info *c)
{
	double best = NAN;

	for (size_t i = 0; i < c->sharps; i++)
		best = fmax(best, c->sharp[i].ratio);
	return best == best ? json_real(best) : json_null();
}

static void print_json(const rate_class_info *c)
{
	json_t *o = json_pack("{s:s, s:s, s:s*, s:s*, s:s*, s:s, s:s*, s:s*, s:o}", "class",
	                      kinds[kind_of(c)], "id", c->id, "title", c->title, "summary", c->summary,
	                      "source", c->source, "file", c->file, "plugin", c->plugin, "version", c->version,
	                      "parameters", params_json(c));
	char *text;

	if (c->kind == RATE_THEOREMS) {
		json_t *needs = json_array();
		for (size_t i = 0; i < c->needs; i++)
			json_array_append_new(needs, json_string(c->need[i]));
		json_object_set_new(o, "chapter", json_string(c->chapter));
		json_object_set_new(o, "kind", json_string(rate_kind_of(c->claim)->name));
		json_object_set_new(o, "statement", json_string(c->statement));
		json_object_set_new(o, "formula", json_string(c->formula ? c->formula : ""));
		json_object_set_new(o, "hypotheses", needs);
		json_object_set_new(o, "rate", c->geometric ? json_string("geometric")
		                               : c->power > 0 ? json_real(c->power)
		                                              : json_null());
		json_object_set_new(o, "sharpness", sharpness_json(c));
		json_object_set_new(o, "sharp", instances_json(c->sharp, c->sharps));
		json_object_set_new(o, "control", instances_json(c->control, c->controls));
	}
	text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(17));
	puts(text ? text : "{}");
	free(text);
	json_decref(o);
}

/* `last` is the heading above: chapters and kinds come in one piece. */
static const char *print(const rate_class_info *c, int json, int plain, const char *last)
{
	if (json)
		print_json(c);
	else if (plain)
		puts(c->id);
	else {
		if (strcmp(heading(c), last))
			printf("%s%s\n", *last ? "\n" : "", heading(c));
		printf("  %-28s %s\n", c->id, c->title);
	}
	return heading(c);
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "json", 0, 0, 'j' }, { "plain", 0, 0, 'p' }, { "plugin", 1, 0, 'f' },
		                                     { 0, 0, 0, 0 } };
	const char *files[64], *what = NULL, *last = "";
	size_t count = 0;
	int c, json = 0, plain = 0, code = 0, known = 0;
	rate_registry *r;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		if (c == 'j')
			json = 1;
		else if (c == 'p')
			plain = 1;
		else if (c == 'f' && count < 64)
			files[count++] = optarg;
		else
			return 2;
	}
	if (optind < argc)
		what = argv[optind];
	for (int i = 0; i < GROUPS; i++)
		known |= what && !strcmp(what, kinds[i]);
	if (what && !known)
		return rate_usage("list %s: choose theorems, objectives, methods or wrappers", what);
	if (!(r = rate_open_registry(files, count, plain, &code)))
		return code;
	for (int k = 0; k < GROUPS; k++)
		for (size_t i = 0; i < r->count && (!what || !strcmp(what, kinds[order[k]])); i++)
			if (kind_of(r->info[i]) == order[k])
				last = print(r->info[i], json, plain, last);
	for (size_t i = 0; !json && !plain && i < r->refusals; i++)
		printf("\nrefused: %s\n", r->refusal[i].reason);
	rate_registry_free(r);
	return 0;
}

const rate_command rate_command_list = {
	"list", "list [theorems|objectives|methods|wrappers] [--json|--plain] [--plugin FILE.so]...",
	"what is known: theorems, objectives, methods, wrappers",
	"Lists what the plugins offer, one line each.\n\n"
	"  --json          one JSON object a line, with parameters, hypotheses, rate, sharp instances, controls\n"
	"  --plain         ids only\n"
	"  --plugin FILE   one more plugin file\n"
	"\nExamples:\n"
	"  ratecheck list theorems            their ids and titles\n"
	"  ratecheck list objectives --plain  one id a line, for scripts\n",
	run
};
