/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/describe.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/isolate.h"
#include "plugins/load.h"
#include "plugins/pipe.h"

#define ARENA ((size_t)4 << 20)
#define TEXT 65536

/* ---- In the child: classes to JSON ---- */

static void set_text(json_t *o, const char *key, const char *text)
{
	if (text)
		json_object_set_new(o, key, json_string(text));
}

/* JSON has no infinities: a string carries them. */
static json_t *number(double v)
{
	return isfinite(v) ? json_real(v) : json_string(v != v ? "nan" : v > 0 ? "inf" : "-inf");
}

static json_t *params_of(rate_rows rows)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < rows.count; i++) {
		const rate_param *p = (const void *)((const char *)rows.row + (size_t)i * rows.stride);
		json_t *o = json_object();
		set_text(o, "name", p->name);
		set_text(o, "preset", p->preset);
		set_text(o, "choices", p->choices);
		set_text(o, "doc", p->doc);
		json_object_set_new(o, "type", json_integer((json_int_t)p->type));
		json_object_set_new(o, "low", number(p->low));
		json_object_set_new(o, "high", number(p->high));
		json_array_append_new(all, o);
	}
	return all;
}

/* What is no UTF-8 text has its place in the list, where the parent finds it. */
static void append_text(json_t *all, const char *text)
{
	json_t *s = json_string(text);

	json_array_append_new(all, s ? s : json_null());
}

static json_t *texts_of(rate_list list)
{
	json_t *all = json_array();

	for (uint32_t i = 0; i < list.count; i++)
		append_text(all, ((const char *const *)list.item)[i]);
	return all;
}

static json_t *instances_of(int (*print)(uint32_t k, rate_instance *out))
{
	static char text[3][TEXT];
	json_t *all = json_array();

	for (uint32_t k = 0; print && k < 64; k++) {
		rate_instance v = { .size = sizeof v, .text_size = TEXT, .objective = text[0], .parameters = text[1],
			                .note = text[2], .fraction = 1, .ratio = NAN, .deep_ratio = NAN, .factor = 1 };
		json_t *o;
		text[0][0] = text[1][0] = text[2][0] = '\0';
		if (print(k, &v) != RATE_OK)
			break;
		o = json_pack("{s:s, s:s, s:s, s:I}", "objective", text[0], "parameters", text[1], "note",
		              text[2], "steps", (json_int_t)v.steps);
		if (!o)
			break;
		set_text(o, "method", v.method);
		json_object_set_new(o, "fraction", number(v.fraction == 0 ? 1 : v.fraction));
		json_object_set_new(o, "ratio", number(v.ratio));
		json_object_set_new(o, "deep_ratio", number(v.deep_ratio));
		json_object_set_new(o, "factor", number(v.factor == 0 ? 1 : v.factor));
		json_object_set_new(o, "power", number(v.power));
		json_array_append_new(all, o);
	}
	return all;
}

static json_t *head_of(rate_class kind, const char *id, const char *title, const char *summary, const char *source,
                       uint32_t flags, rate_rows params)
{
	json_t *o = json_object();

	json_object_set_new(o, "kind", json_integer(kind));
	set_text(o, "id", id);
	set_text(o, "title", title);
	set_text(o, "summary", summary);
	set_text(o, "source", source);
	json_object_set_new(o, "flags", json_integer(flags));
	json_object_set_new(o, "params", params_of(params));
	return o;
}

static void mark_call(rate_mark *mark, const char *id, const char *call)
{
	snprintf(mark->outer[RATE_BY_THEOREM], sizeof mark->outer[RATE_BY_THEOREM], "%s", id);
	snprintf(mark->call, sizeof mark->call, "%s", call);
	mark->caller = RATE_BY_THEOREM;
	*mark->oracle = '\0';
}

static json_t *theorem_json(const rate_theorem *t, rate_mark *mark)
{
	json_t *o = head_of(RATE_THEOREMS, t->id, t->title, NULL, t->source, t->flags, t->params);

	set_text(o, "chapter", t->chapter);
	set_text(o, "statement", t->statement);
	set_text(o, "quantity", t->quantity);
	set_text(o, "formula", t->formula);
	set_text(o, "formal", t->formal);
	set_text(o, "method", t->method);
	json_object_set_new(o, "claim", json_integer((json_int_t)t->kind));
	json_object_set_new(o, "power", number(t->power));
	json_object_set_new(o, "geometric", json_integer(t->factor != NULL));
	json_object_set_new(o, "point", json_integer(t->evaluate != NULL));
	json_object_set_new(o, "schedules", json_integer(t->schedules ? t->schedules : 1));
	json_object_set_new(o, "needs", texts_of(t->needs));
	mark_call(mark, t->id, "sharp");
	json_object_set_new(o, "sharp", instances_of(t->sharp));
	mark_call(mark, t->id, "control");
	json_object_set_new(o, "control", instances_of(t->control));
	return o;
}

static json_t *method_json(const rate_method *m)
{
	json_t *o = head_of(RATE_METHODS, m->id, m->title, m->summary, m->source, m->flags, m->params),
	    *names = json_array();

	for (uint32_t i = 0; i < m->state.count; i++) {
		const rate_state *s = (const void *)((const char *)m->state.row + (size_t)i * m->state.stride);
		append_text(names, s->name);
	}
	json_object_set_new(o, "state", names);
	json_object_set_new(o, "schedule", texts_of(m->schedules));
	return o;
}

static json_t *plugin_json(const rate_plugin *p, rate_mark *mark)
{
	json_t *all = json_array();
	size_t i;
	json_t *o;

	for (uint32_t k = 0; k < p->objectives.count; k++) {
		const rate_objective *c = ((const rate_objective *const *)p->objectives.item)[k];
		json_array_append_new(all, head_of(RATE_OBJECTIVES, c->id, c->title, c->summary, c->source,
		                                   c->flags, c->params));
	}
	for (uint32_t k = 0; k < p->methods.count; k++)
		json_array_append_new(all, method_json(((const rate_method *const *)p->methods.item)[k]));
	for (uint32_t k = 0; k < p->theorems.count; k++)
		json_array_append_new(all, theorem_json(((const rate_theorem *const *)p->theorems.item)[k], mark));
	json_array_foreach(all, i, o) {
		set_text(o, "plugin", p->name);
		set_text(o, "version", p->version);
		set_text(o, "licence", p->licence);
	}
	return all;
}

/* The arena: the number of files done, then one JSON line for each: an array of classes, or a string, the refusal. */
typedef struct describing {
	const char *const *file;
	size_t count, first;
	char *arena; /* uint64_t done, then text */
} describing;

static int describe_body(void *arg, rate_mark *mark)
{
	describing *d = arg;
	uint64_t *done = (uint64_t *)(void *)d->arena;
	char *at = d->arena + sizeof *done, *text;
	rate_error error;

	for (size_t i = d->first; i < d->count; i++) {
		const rate_plugin *p;
		json_t *j;
		snprintf(mark->plugin, sizeof mark->plugin, "%s", d->file[i]);
		snprintf(mark->oracle, sizeof mark->oracle, "load"); /* its constructors run */
		if (rate_is_program(d->file[i])) {
			if (!(j = rate_pipe_describe(d->file[i], &error)))
				j = json_string(error.text);
		} else if (rate_load_file(&p, d->file[i], &error))
			j = json_string(error.text);
		else {
			snprintf(mark->oracle, sizeof mark->oracle, "describe");
			j = plugin_json(p, mark);
		}
		text = json_dumps(j, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
		if (!text || (size_t)(at - d->arena) + strlen(text) + 2 > ARENA) {
			snprintf(mark->message, sizeof mark->message, "%s: its description does not fit into 4 MiB",
			         d->file[i]);
			return RATE_FAIL;
		}
		at = stpcpy(at, text) + 1;
		free(text);
		json_decref(j);
		++*done;
	}
	return RATE_OK;
}

/* ---- In the parent: JSON to plain data. A plugin may have written it: all is looked at before it is used ---- */

static char *clean(const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	if (copy)
		rate_end_text(copy, strlen(copy) + 1);
	return copy;
}

static char *text_of(const json_t *o, const char *key)
{
	return clean(json_string_value(json_object_get(o, key)));
}

static char *text_or_empty(const json_t *o, const char *key)
{
	char *s = text_of(o, key);

	return s ? s : strdup("");
}

static double number_of(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	const char *s = json_string_value(v);

	return s ? strtod(s, NULL) : json_number_value(v);
}

static char **list_of(const json_t *o, const char *key, size_t *count)
{
	const json_t *a = json_object_get(o, key);
	char **out;

	*count = json_array_size(a);
	out = calloc(*count + 1, sizeof *out);
	for (size_t i = 0; out && i < *count; i++)
		out[i] = clean(json_string_value(json_array_get(a, i)));
	return out;
}

static rate_instance_info *instances_from(const json_t *o, const char *key, size_t *count)
{
	const json_t *a = json_object_get(o, key);
	rate_instance_info *out;

	*count = json_array_size(a);
	out = calloc(*count + 1, sizeof *out);
	for (size_t i = 0; out && i < *count; i++) {
		const json_t *v = json_array_get(a, i);
		out[i] = (rate_instance_info){ .objective = text_or_empty(v, "objective"),
			.parameters = text_or_empty(v, "parameters"), .note = text_or_empty(v, "note"),
			.method = text_of(v, "method"),
			.steps = (uint64_t)json_integer_value(json_object_get(v, "steps")),
			.fraction = number_of(v, "fraction"), .ratio = number_of(v, "ratio"),
			.deep_ratio = number_of(v, "deep_ratio"),
			.factor = number_of(v, "factor"), .power = number_of(v, "power") };
	}
	return out;
}

static void params_from(rate_class_info *c, const json_t *o)
{
	const json_t *a = json_object_get(o, "params");

	c->params = json_array_size(a);
	c->param = calloc(c->params + 1, sizeof *c->param);
	for (size_t i = 0; c->param && i < c->params; i++) {
		const json_t *p = json_array_get(a, i);
		c->param[i] = (rate_param_info){ .name = text_or_empty(p, "name"), .preset = text_of(p, "preset"),
			.choices = text_of(p, "choices"), .doc = text_or_empty(p, "doc"),
			.type = (rate_type)json_integer_value(json_object_get(p, "type")), .low = number_of(p, "low"),
			.high = number_of(p, "high") };
	}
}

static long long whole_of(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_integer(v) ? json_integer_value(v) : -1;
}

static int in_range(const json_t *o, const char *key, long long low, long long high)
{
	return whole_of(o, key) >= low && whole_of(o, key) <= high;
}

/* An array whose entries all pass. */
static int all_of(const json_t *o, const char *key, int (*passes)(const json_t *entry))
{
	const json_t *a = json_object_get(o, key);
	int good = json_is_array(a);

	for (size_t i = 0; good && i < json_array_size(a); i++)
		good = passes(json_array_get(a, i));
	return good;
}

static int is_text(const json_t *v)
{
	return json_is_string(v);
}

static int is_param(const json_t *p)
{
	const char *name = json_string_value(json_object_get(p, "name"));

	return name && *name && in_range(p, "type", RATE_REAL, RATE_REALS) &&
	       (whole_of(p, "type") != RATE_CHOICE || json_is_string(json_object_get(p, "choices")));
}

static int is_instance(const json_t *v)
{
	return json_is_object(v) && in_range(v, "steps", 0, (long long)1 << 53);
}

/* NULL, or what is wrong with the description of a class. */
static const char *fault_of(const json_t *o)
{
	if (!in_range(o, "kind", RATE_OBJECTIVES, RATE_THEOREMS) || !in_range(o, "flags", 0, UINT32_MAX))
		return "a class of no kind";
	if (!rate_is_id((rate_class)whole_of(o, "kind"), json_string_value(json_object_get(o, "id"))))
		return "a class without an id";
	if (!all_of(o, "params", is_param))
		return "a parameter without name or type";
	if (whole_of(o, "kind") == RATE_METHODS && (!all_of(o, "state", is_text) || !all_of(o, "schedule", is_text)))
		return "a method whose lists are none";
	if (whole_of(o, "kind") != RATE_THEOREMS)
		return NULL;
	if (!in_range(o, "claim", RATE_DETERMINISTIC, RATE_IDENTITY) ||
	    !in_range(o, "schedules", 1, RATE_SCHEDULES_MOST) ||
	    !json_is_string(json_object_get(o, "chapter")) ||
	    !json_is_string(json_object_get(o, "method")) != (whole_of(o, "point") == 1))
		return "a theorem without kind, chapter or method";
	if (!all_of(o, "needs", is_text) || !all_of(o, "sharp", is_instance) || !all_of(o, "control", is_instance))
		return "a theorem whose lists are none";
	return NULL;
}

static rate_class_info *class_from(const json_t *o, const char *file)
{
	rate_class_info *c = calloc(1, sizeof *c);

	if (!c)
		return NULL;
	c->kind = (rate_class)json_integer_value(json_object_get(o, "kind"));
	c->id = text_or_empty(o, "id");
	c->title = text_or_empty(o, "title");
	c->summary = text_of(o, "summary");
	c->source = text_or_empty(o, "source");
	c->file = strdup(file);
	c->plugin = text_or_empty(o, "plugin");
	c->version = text_or_empty(o, "version");
	c->licence = text_or_empty(o, "licence");
	c->flags = (uint32_t)json_integer_value(json_object_get(o, "flags"));
	params_from(c, o);
	if (c->kind != RATE_THEOREMS) {
		c->state = list_of(o, "state", &c->states);
		c->schedule = list_of(o, "schedule", &c->schedules);
		return c;
	}
	c->chapter = text_or_empty(o, "chapter");
	c->statement = text_or_empty(o, "statement");
	c->quantity = text_or_empty(o, "quantity");
	c->formula = text_or_empty(o, "formula");
	c->formal = text_of(o, "formal");
	c->method = text_of(o, "method");
	c->schedules = (size_t)json_integer_value(json_object_get(o, "schedules"));
	c->claim = (rate_kind)json_integer_value(json_object_get(o, "claim"));
	c->power = number_of(o, "power");
	c->geometric = json_integer_value(json_object_get(o, "geometric")) != 0;
	c->point = json_integer_value(json_object_get(o, "point")) != 0;
	c->need = list_of(o, "needs", &c->needs);
	c->sharp = instances_from(o, "sharp", &c->sharps);
	c->control = instances_from(o, "control", &c->controls);
	return c;
}

static int refuse(rate_registry *r, const char *file, const char *reason, int named)
{
	rate_refusal *grown = realloc(r->refusal, (r->refusals + 1) * sizeof *grown);
	char *copy, text[1400];

	if (!grown)
		return RATE_FAIL;
	r->refusal = grown;
	/* What a child says of itself need not name its file. */
	snprintf(text, sizeof text, "%s%s%s", strstr(reason, file) ? "" : file, strstr(reason, file) ? ""
	         : ": ", reason);
	if ((copy = clean(text)))
		r->refusal[r->refusals++] = (rate_refusal){ strdup(file), copy, named };
	return copy ? RATE_OK : RATE_FAIL;
}

/* Does an earlier class of the same file have this kind and id? */
static int twice(const json_t *classes, size_t i)
{
	const json_t *o = json_array_get(classes, i);

	for (size_t k = 0; k < i; k++) {
		const json_t *other = json_array_get(classes, k);
		if (json_equal(json_object_get(o, "kind"), json_object_get(other, "kind")) &&
		    json_equal(json_object_get(o, "id"), json_object_get(other, "id")))
			return 1;
	}
	return 0;
}

/* A file one of whose ids is taken is refused whole: half a plugin would surprise. */
static int take(rate_registry *r, const char *file, const json_t *classes, int named)
{
	size_t i, n = json_array_size(classes);
	rate_error reason;
	rate_class_info **grown;

	for (i = 0; i < n; i++) {
		const json_t *o = json_array_get(classes, i);
		const char *id = json_string_value(json_object_get(o, "id")), *fault = fault_of(o);
		const rate_class_info *old;
		if (fault) {
			rate_fail(&reason, "%s: its description cannot be read: it has %s", file, fault);
			return refuse(r, file, reason.text, named);
		}
		old = rate_registry_find(r, (rate_class)json_integer_value(json_object_get(o, "kind")), id);
		if (!old && twice(classes, i)) {
			rate_fail(&reason, "%s: id '%s' stands twice in it; rename one of them", file, id);
			return refuse(r, file, reason.text, named);
		}
		if (old) {
			rate_fail(&reason, "%s: id '%s' is already taken by %s; rename one of them", file,
			         id, old->file);
			return refuse(r, file, reason.text, named);
		}
	}
	if (!(grown = realloc(r->info, (r->count + n + 1) * sizeof(*grown))))
		return RATE_FAIL;
	r->info = grown;
	for (i = 0; i < n; i++) {
		if (!(r->info[r->count] = class_from(json_array_get(classes, i), file)))
			return RATE_FAIL;
		r->info[r->count++]->named = named;
	}
	return RATE_OK;
}

int rate_describe_take(rate_registry *r, const char *file, const char *text, int named)
{
	json_error_t error;
	json_t *j = json_loads(text, JSON_DECODE_ANY, &error);
	int rc = json_is_string(j) ? refuse(r, file, json_string_value(j), named)
	         : json_is_array(j) ? take(r, file, j, named)
	                            : refuse(r, file, "its description cannot be read: no JSON", named);

	json_decref(j);
	return rc;
}

int rate_describe(rate_registry *r, const char *const *files, size_t count, int named)
{
	char *arena = rate_arena(ARENA);
	rate_error reason;
	/* An interpreter with its libraries takes its time and much address space; named files come one by one. */
	int program = count == 1 && rate_is_program(files[0]);
	const rate_limits limits = { program ? 60 : 5, (size_t)(program ? 16 : 1) << 30, 1, arena, ARENA, NULL };
	int rc = arena ? RATE_OK : RATE_FAIL;

	for (size_t first = 0; rc == RATE_OK && first < count;) {
		describing d = { files, count, first, arena };
		uint64_t *done = (uint64_t *)(void *)arena;
		const char *at = arena + sizeof *done;
		size_t before = first;
		int ended, well;
		memset(arena, 0, 64);
		ended = rate_isolated(describe_body, &d, &limits, &reason);
		rate_end_if_interrupted(ended);
		if (ended == RATE_NOT_STARTED) {
			rc = rate_fail(&r->trouble, "%.80s; end some, or raise the limit (ulimit -u)", reason.text);
			break;
		}
		well = ended == RATE_OK;
		/* A wild write of the plugin may have spoilt the arena: nothing is read beyond its end. */
		for (uint64_t i = 0, n = *done; i < n && rc == RATE_OK && first < count; i++, first++,
		     at += strlen(at) + 1) {
			if (!memchr(at, 0, (size_t)(arena + ARENA - at)))
				break;
			rc = rate_describe_take(r, files[first], at, named);
		}
		/* The file that brought the child down is refused; the rest gets a fresh child. */
		if (rc == RATE_OK && first < count && (!well || first == before))
			rc = refuse(r, files[first++], well ? "its description cannot be read" : reason.text, named);
	}
	rate_arena_free(arena, ARENA);
	return rc;
}
