/* Programs as plugins: what they say of themselves, and the classes made of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/pipe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/isolate.h"
#include "plugins/load.h"

enum { DESCRIPTION = 4 << 20, CREATED = 64 << 20 };

/* ---- The description: words become the numbers of the describe child ---- */

static const struct word { const char *word; int value; } types[] = {
	{ "real", RATE_REAL }, { "integer", RATE_INTEGER }, { "choice", RATE_CHOICE }, { "text", RATE_TEXT },
	{ "file", RATE_FILE }, { "reals", RATE_REALS }, { NULL, 0 }
}, method_flags[] = {
	{ "span", RATE_SPAN }, { "stochastic", RATE_STOCHASTIC }, { "prox", RATE_NEEDS_PROX },
	{ "projection", RATE_NEEDS_PROJECTION }, { "f_star", RATE_NEEDS_F_STAR },
	{ "sample_prox", RATE_NEEDS_SAMPLE_PROX }, { "hessian", RATE_NEEDS_HESSIAN },
	{ "lmo", RATE_NEEDS_LMO }, { "own_draws", RATE_OWN_DRAWS }, { "own_state", RATE_OWN_STATE }, { NULL, 0 }
};

static int number_of_word(const struct word *w, const char *word)
{
	while (w->word && (!word || strcmp(w->word, word)))
		w++;
	return w->value;
}

typedef struct reading {
	const char *name; /* of the file */
	rate_error *error;
} reading;

/* One line: what is wrong in the description. */
static json_t *wrong(reading *r, const char *id, const char *what, const char *which)
{
	rate_fail(r->error, "%s: %s%s%s%s%s; see ratecheck-pipe(7)", r->name, id ? id : "its description",
	          id ? ": " : " ", what, which ? " " : "", which ? which : "");
	return NULL;
}

static json_t *param_of(reading *r, const char *id, const json_t *p)
{
	const char *name = json_string_value(json_object_get(p, "name")),
	    *type = json_string_value(json_object_get(p, "type"));
	const json_t *preset = json_object_get(p, "default");
	json_t *o;
	char text[64];

	if (!name || !*name || strpbrk(name, "=,:+ \t\n"))
		return wrong(r, id, "a parameter has no name, or one with one of = , : + and blanks in it", NULL);
	if (!number_of_word(types, type))
		return wrong(r, id, "no type (real, integer, choice, text, file, reals) of its parameter", name);
	if (!strcmp(type, "choice") && !json_is_string(json_object_get(p, "choices")))
		return wrong(r, id, "no choices (\"one|two\") of its parameter", name);
	if (preset && !json_is_string(preset) && !json_is_number(preset))
		return wrong(r, id, "the default is neither text nor a number, of its parameter", name);
	o = json_object();
	json_object_set_new(o, "name", json_string(name));
	json_object_set_new(o, "type", json_integer(number_of_word(types, type)));
	if (json_is_number(preset)) {
		snprintf(text, sizeof text, "%.17g", json_number_value(preset));
		for (int k = 1; k < 17 && strtod(text, NULL) == json_number_value(preset); k++)
			snprintf(text, sizeof text, "%.*g", k, json_number_value(preset));
		if (strtod(text, NULL) != json_number_value(preset))
			snprintf(text, sizeof text, "%.17g", json_number_value(preset));
		json_object_set_new(o, "preset", json_string(text));
	} else if (preset)
		json_object_set_new(o, "preset", json_string(json_string_value(preset)));
	if (json_object_get(p, "choices"))
		json_object_set(o, "choices", json_object_get(p, "choices"));
	if (json_is_string(json_object_get(p, "doc")))
		json_object_set(o, "doc", json_object_get(p, "doc"));
	json_object_set_new(o, "low", json_real(json_number_value(json_object_get(p, "low"))));
	json_object_set_new(o, "high", json_real(json_number_value(json_object_get(p, "high"))));
	return o;
}

/* A list of texts, or nothing: `preset` then. */
static json_t *texts_of(reading *r, const char *id, const json_t *o, const char *key, const char *preset)
{
	json_t *a = json_object_get(o, key), *v;
	size_t i;

	if (!a)
		return preset ? json_pack("[s]", preset) : json_array();
	if (!json_is_array(a))
		return wrong(r, id, "no list of texts:", key);
	json_array_foreach(a, i, v)
		if (!json_is_string(v) || !*json_string_value(v))
			return wrong(r, id, "no list of texts:", key);
	return json_incref(a);
}

static json_t *class_of(reading *r, const json_t *o, rate_class kind)
{
	static const char *const texts[] = { "title", "summary", "source" };
	const char *id = json_string_value(json_object_get(o, "id"));
	json_t *c = json_object(), *params = json_array(), *given = json_object_get(o, "params"), *v;
	int flags = RATE_COSTLY_CALLS;
	size_t i;

	json_object_set_new(c, "kind", json_integer(kind));
	json_object_set_new(c, "params", params);
	if (!rate_is_id(kind, id)) {
		wrong(r, NULL, "has a class whose id is none (letters, digits, . - _)", NULL);
		goto fail;
	}
	json_object_set_new(c, "id", json_string(id));
	for (i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *text = json_string_value(json_object_get(o, texts[i]));
		json_object_set_new(c, texts[i], json_string(text ? text : ""));
	}
	if (given && !json_is_array(given)) {
		wrong(r, id, "params is no list", NULL);
		goto fail;
	}
	json_array_foreach(given, i, v) {
		json_t *p = param_of(r, id, v);
		if (!p)
			goto fail;
		json_array_append_new(params, p);
	}
	if (kind == RATE_METHODS) {
		json_t *state = texts_of(r, id, o, "state", "x"), *schedules = texts_of(r, id, o, "schedules", "gamma");
		json_t *list = texts_of(r, id, o, "flags", NULL);
		json_object_set_new(c, "state", state);
		json_object_set_new(c, "schedule", schedules);
		if (!state || !schedules || !list) {
			json_decref(list);
			goto fail;
		}
		json_array_foreach(list, i, v) {
			int flag = number_of_word(method_flags, json_string_value(v));
			flags |= flag;
			if (!flag)
				wrong(r, id, "an unknown flag:", json_string_value(v));
		}
		json_decref(list);
		if (*r->error->text)
			goto fail;
		if (!json_array_size(state) || strcmp(json_string_value(json_array_get(state, 0)), "x")) {
			wrong(r, id, "the first state is not x", NULL);
			goto fail;
		}
		if (json_array_size(schedules) > RATE_SCHEDULES_MOST) {
			wrong(r, id, "it has more than 8 step sequences", NULL);
			goto fail;
		}
	}
	json_object_set_new(c, "flags", json_integer(flags));
	return c;
fail:
	json_decref(c);
	return NULL;
}

static json_t *classes_of(reading *r, const json_t *about)
{
	static const struct { const char *list; rate_class kind; } lists[] = { { "objectives", RATE_OBJECTIVES },
		                                                                   { "methods", RATE_METHODS } };
	const char *text[3] = { json_string_value(json_object_get(about, "name")),
		                    json_string_value(json_object_get(about, "version")),
		                    json_string_value(json_object_get(about, "licence")) };
	const json_t *protocol = json_object_get(about, "protocol");
	json_t *all = json_array(), *o, *c;
	size_t i;

	if (!json_is_integer(protocol) || json_integer_value(protocol) != RATE_PROTOCOL) {
		char what[100];
		snprintf(what, sizeof what, "names the protocol %lld, this program speaks %d",
		         (long long)json_integer_value(protocol), RATE_PROTOCOL);
		json_decref(all);
		return wrong(r, NULL, json_is_integer(protocol) ? what : "names no protocol (\"protocol\": 1)", NULL);
	}
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
		json_array_foreach(json_object_get(about, lists[k].list), i, o) {
			if (!(c = class_of(r, o, lists[k].kind))) {
				json_decref(all);
				return NULL;
			}
			json_object_set_new(c, "plugin", json_string(text[0] ? text[0] : r->name));
			json_object_set_new(c, "version", json_string(text[1] ? text[1] : ""));
			json_object_set_new(c, "licence", json_string(text[2] ? text[2] : ""));
			json_array_append_new(all, c);
		}
	if (!json_array_size(all)) {
		json_decref(all);
		return wrong(r, NULL, "names no objective and no method", NULL);
	}
	return all;
}

/* A JSON object that the program has answered; it must name the fault if it is none. */
static json_t *object_of(rate_program *p, const char *what, const char *text, size_t bytes)
{
	json_error_t error;
	json_t *j = json_loadb(text, bytes, 0, &error);

	if (!j)
		rate_program_complain(p, "answers %s with what is no JSON: %s at byte %d", what, error.text,
		                      error.position);
	else if (!json_is_object(j)) {
		rate_program_complain(p, "answers %s with JSON that is no object", what);
		json_decref(j);
		j = NULL;
	}
	return j;
}

json_t *rate_pipe_describe(const char *file, rate_error *error)
{
	rate_program *p = rate_program_start(file, error);
	const char *slash = strrchr(file, '/'), *text;
	reading r = { slash ? slash + 1 : file, error };
	rate_message head;
	json_t *about = NULL, *classes = NULL;

	if (!p)
		return NULL;
	rate_no_error(error);
	if (rate_program_ask(p, "`describe`", RATE_ASK_DESCRIBE, 0, RATE_PROTOCOL, NULL, 0, 4096, DESCRIPTION, &head,
	                     &text) == RATE_OK)
		about = object_of(p, "`describe`", text, head.bytes);
	if (about)
		classes = classes_of(&r, about);
	else
		rate_fail(error, "%s", rate_program_error(p));
	json_decref(about);
	rate_program_stop(p);
	return classes;
}

/* ---- Classes ---- */

static rate_pipe slots[RATE_PIPES];

rate_pipe *rate_pipe_of(int slot)
{
	return &slots[slot];
}

json_t *rate_pipe_create(rate_pipe *pipe, const char *text, rate_error *error)
{
	const rate_bytes part = { text, strlen(text) };
	const char *answer;
	rate_message head;
	json_t *j = NULL;

	if (pipe->program && *rate_program_error(pipe->program)) {
		rate_program_stop(pipe->program);
		pipe->program = NULL;
	}
	if (!pipe->program && !(pipe->program = rate_program_start(pipe->info->file, error)))
		return NULL;
	pipe->serial++;
	if (rate_program_ask(pipe->program, "`create`", RATE_ASK_CREATE, 0, RATE_PROTOCOL, &part, 1, 4096, CREATED,
	                     &head, &answer) == RATE_OK)
		j = object_of(pipe->program, "`create`", answer, head.bytes);
	if (!j)
		rate_fail(error, "%s", rate_program_error(pipe->program));
	else if (json_is_true(json_object_get(j, "shared")))
		rate_program_share(pipe->program);
	return j;
}

static int fill_params(rate_pipe *pipe, rate_rows *rows)
{
	const rate_class_info *c = pipe->info;

	if (!(pipe->param = calloc(c->params + 1, sizeof *pipe->param)))
		return RATE_FAIL;
	for (size_t i = 0; i < c->params; i++)
		pipe->param[i] = (rate_param){ c->param[i].name, c->param[i].type, c->param[i].preset, c->param[i].low,
			                           c->param[i].high, c->param[i].choices, c->param[i].doc };
	*rows = (rate_rows){ pipe->param, (uint32_t)c->params, (uint32_t)sizeof *pipe->param };
	return RATE_OK;
}

const void *rate_pipe_class(const rate_class_info *info, rate_error *error)
{
	int slot = 0, objective = info->kind == RATE_OBJECTIVES, rc;
	rate_pipe *p;

	while (slot < RATE_PIPES && slots[slot].info && slots[slot].info != info)
		slot++;
	if (slot == RATE_PIPES) {
		rate_fail(error, "%s: more than %d programs at once", info->file, RATE_PIPES);
		return NULL;
	}
	p = &slots[slot];
	if (!p->info) {
		p->info = info;
		rc = objective ? rate_pipe_objective(p, slot) : rate_pipe_method(p, slot);
		if (rc != RATE_OK || fill_params(p, objective ? &p->objective.params : &p->method.params)) {
			p->info = NULL;
			rate_fail(error, "out of memory");
			return NULL;
		}
	}
	return objective ? (const void *)&p->objective : &p->method;
}
