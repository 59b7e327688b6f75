/* A spec bound to the registry: every key known, every value valid, one canonical text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/nearest.h"
#include "plugins/registry.h"

typedef struct binder {
	rate_bound_spec *out;
	const rate_registry *registry; /* all files that the spec names are in it */
	rate_class kind;
	const char *text;
	int free_range;
	rate_error *error;
} binder;

static const char *const kind_names[] = { "objective", "method", "theorem" };

__attribute__((format(printf, 2, 3))) static int complain(binder *b, const char *format, ...)
{
	va_list ap;

	rate_fail(b->error, "%s '%.200s': ", kind_names[b->kind], b->text);
	va_start(ap, format);
	rate_vfail_more(b->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

/* ---- Values ---- */

static int real_of(binder *b, const rate_param_info *p, const char *text, double *out)
{
	char *end;

	errno = 0;
	*out = strtod(text, &end);
	if (end == text || *end || !isfinite(*out))
		return complain(b, "%s=%s: a number is wanted (%s)", p->name, text, p->doc);
	if (!b->free_range && p->low < p->high && !(*out >= p->low && *out <= p->high))
		return complain(b, "%s=%s: out of range [%g, %g] (%s)", p->name, text, p->low, p->high, p->doc);
	return RATE_OK;
}

static int choice_of(binder *b, const rate_param_info *p, const char *text, rate_value *v)
{
	const char *at = p->choices ? p->choices : "";

	for (v->integer = 0; *at; v->integer++) {
		size_t n = strcspn(at, "|");
		if (n == strlen(text) && !strncmp(at, text, n))
			return RATE_OK;
		at += n + (at[n] == '|');
	}
	return complain(b, "%s=%s: choose one of %s", p->name, text, p->choices ? p->choices : "nothing");
}

static int reals_of(binder *b, const rate_param_info *p, const char *text, rate_value *v)
{
	char *copy = strdup(text), *rest = copy, *word;
	double *list = calloc(strlen(text) + 1, sizeof *list);
	int rc = copy && list ? RATE_OK : RATE_FAIL;

	if (rc)
		complain(b, "out of memory");
	while (rc == RATE_OK && (word = strsep(&rest, "/")))
		rc = real_of(b, p, word, &list[v->count++]);
	v->reals = list;
	free(copy);
	return rc;
}

/* Only what somebody fills in later may be left open: elsewhere `auto` would reach the plugin as NaN or 0. */
static int is_auto(const rate_param_info *p, const char *text)
{
	return p->preset && !strcmp(p->preset, "auto") && !strcmp(text, "auto");
}

static int set_value(binder *b, const rate_param_info *p, const char *text, rate_value *v)
{
	*v = (rate_value){ .real = NAN };
	if (!(v->text = strdup(text)))
		return complain(b, "out of memory");
	if (is_auto(p, text))
		return RATE_OK;
	switch (p->type) {
	case RATE_REAL:
		return real_of(b, p, text, &v->real);
	case RATE_INTEGER:
		if (real_of(b, p, text, &v->real))
			return RATE_FAIL;
		if (v->real != floor(v->real) || fabs(v->real) > 0x1p53)
			return complain(b, "%s=%s: a whole number is wanted (%s)", p->name, text, p->doc);
		v->integer = (int64_t)v->real;
		return RATE_OK;
	case RATE_CHOICE:
		return choice_of(b, p, text, v);
	case RATE_REALS:
		return reals_of(b, p, text, v);
	default:
		return RATE_OK;
	}
}

/* ---- Host keys ---- */

/* 1: taken; 0: not a host key here; RATE_FAIL. */
static int host_key(binder *b, const rate_spec_key *k)
{
	char doc[] = "set by the host";
	const rate_param_info p = { .name = k->name, .doc = doc, .low = 0, .high = 0x1p53 };
	double v;

	if (b->kind == RATE_THEOREMS && !strcmp(k->name, "bound_factor"))
		return real_of(b, &p, k->value, &b->out->bound_factor) ? RATE_FAIL : 1;
	if (b->kind != RATE_OBJECTIVES)
		return 0;
	if (!strcmp(k->name, "seed")) {
		if (real_of(b, &p, k->value, &v) || v != floor(v))
			return complain(b, "seed=%s: a whole number is wanted", k->value);
		b->out->seed = (uint64_t)v;
		return 1;
	}
	if (!strcmp(k->name, "x0")) {
		free(b->out->x0);
		b->out->x0 = strdup(k->value);
		return b->out->x0 ? 1 : complain(b, "out of memory");
	}
	if (!strcmp(k->name, "radius"))
		return real_of(b, &p, k->value, &b->out->radius) ? RATE_FAIL : 1;
	return 0;
}

static int unknown_key(binder *b, const rate_class_info *info, const char *key)
{
	static const char *const of_host[][4] = {
		[RATE_OBJECTIVES] = { "seed", "x0", "radius" }, [RATE_THEOREMS] = { "bound_factor" },
		[RATE_METHODS] = { NULL }
	};
	char known[600] = "", words[120];
	rate_nearest near = { .typed = key };
	size_t n = 0;

	for (size_t i = 0; i < info->params && n < sizeof known; i++) {
		n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", i ? ", " : "", info->param[i].name);
		rate_nearest_try(&near, info->param[i].name);
	}
	for (size_t i = 0; of_host[b->kind][i] && n < sizeof known; i++) {
		n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", n ? ", " : "", of_host[b->kind][i]);
		rate_nearest_try(&near, of_host[b->kind][i]);
	}
	return complain(b, "%s has no parameter '%s'%s; it has: %s", info->id, key,
	                rate_nearest_words(&near, words, sizeof words), *known ? known : "none");
}

/* ---- Words ---- */

/* The class of this very file: another file may have the id while this one lacks it. */
static const rate_class_info *class_of(binder *b, const char *file, const char *id)
{
	const rate_class_info *found = NULL;
	char *real = realpath(file, NULL);

	for (size_t i = 0; real && !found && i < b->registry->count; i++) {
		const rate_class_info *c = b->registry->info[i];
		if (c->kind == b->kind && !strcmp(c->id, id) && !strcmp(c->file, real))
			found = c;
	}
	free(real);
	if (!found)
		complain(b, "%s holds no %s '%s'; `ratecheck list --plugin` shows what it holds", file,
		         kind_names[b->kind], id);
	return found;
}

/* What a file or a name is that is not of the kind wanted: "; it holds the objective mine: --objective mine.so" */
static const char *of_another_kind(const binder *b, const char *file, const char *real, const char *id,
                                   char *out, size_t size)
{
	static const char *const options[] = {
		[RATE_OBJECTIVES] = "--objective ", [RATE_METHODS] = "--method ", [RATE_THEOREMS] = "verify "
	};

	*out = '\0';
	for (size_t i = 0; i < b->registry->count; i++) {
		const rate_class_info *c = b->registry->info[i];
		if (c->kind == b->kind || (c->flags & RATE_WRAPPER && c->kind == RATE_OBJECTIVES) ||
		    (real ? strcmp(c->file, real) : strcmp(c->id, id)))
			continue;
		snprintf(out, size, "; %s the %s %s: `%s%s`", real ? "it holds" : "there is",
		         kind_names[c->kind], c->id, options[c->kind], real ? file : c->id);
		break;
	}
	return out;
}

static const rate_class_info *only_class_of(binder *b, const char *file)
{
	const rate_class_info *found = NULL;
	char *real = realpath(file, NULL), ids[400] = "", words[5000] = "";
	size_t n = 0, count = 0;

	for (size_t i = 0; real && i < b->registry->count; i++) {
		const rate_class_info *c = b->registry->info[i];
		if (strcmp(c->file, real) || c->kind != b->kind)
			continue;
		found = c;
		count++;
		if (n < sizeof ids)
			n += (size_t)snprintf(ids + n, sizeof ids - n, "%s%s", count > 1 ? ", " : "", c->id);
	}
	if (!count && real)
		of_another_kind(b, file, real, NULL, words, sizeof words);
	free(real);
	if (count == 1)
		return found;
	if (count)
		complain(b, "%s holds several: say which with #id (%s)", file, ids);
	else
		complain(b, "%s holds no %s%s", file, kind_names[b->kind], words);
	return NULL;
}

static const rate_nearest *nearest_of(const binder *b, const char *id, rate_nearest *near)
{
	*near = (rate_nearest){ .typed = id };
	for (size_t i = 0; i < b->registry->count; i++)
		if (b->registry->info[i]->kind == b->kind)
			rate_nearest_try(near, b->registry->info[i]->id);
	return near;
}

static const rate_class_info *find(binder *b, const rate_spec_word *w)
{
	const rate_class_info *info;
	char words[5000];
	rate_nearest near;

	if (w->file)
		return w->id ? class_of(b, w->file, w->id) : only_class_of(b, w->file);
	if ((info = rate_registry_find(b->registry, b->kind, w->id)))
		return info;
	if (!*of_another_kind(b, NULL, NULL, w->id, words, sizeof words))
		rate_nearest_words(nearest_of(b, w->id, &near), words, sizeof words);
	complain(b, "no %s '%s'%s; `ratecheck list` shows them", kind_names[b->kind], w->id, words);
	return NULL;
}

static int bind_word(binder *b, const rate_spec_word *w, int first, rate_bound_word *out)
{
	const rate_class_info *info = find(b, w);
	int wrapper;

	if (!info)
		return RATE_FAIL;
	wrapper = b->kind == RATE_OBJECTIVES && (info->flags & RATE_WRAPPER);
	if (first && wrapper)
		return complain(b, "%s is a wrapper: put it behind an objective, as in quadratic+%s",
		                info->id, info->id);
	if (!first && !wrapper)
		return complain(b, "%s is no wrapper; only wrappers stand behind a +", info->id);
	*out = (rate_bound_word){ .info = info, .values = info->params };
	out->value = calloc(info->params + 1, sizeof *out->value);
	out->given = calloc(info->params + 1, 1);
	if (!out->value || !out->given)
		return complain(b, "out of memory");
	for (size_t k = 0; k < w->keys; k++) {
		size_t i = 0;
		int taken;
		for (; i < info->params && strcmp(info->param[i].name, w->key[k].name); i++)
			;
		if (i < info->params && is_auto(&info->param[i], w->key[k].value))
			continue; /* as if left out: the preset is filled in below */
		if (i < info->params) {
			out->given[i] = 1;
			if (set_value(b, &info->param[i], w->key[k].value, &out->value[i]))
				return RATE_FAIL;
		} else if ((taken = host_key(b, &w->key[k])) < 0)
			return RATE_FAIL;
		else if (!taken)
			return unknown_key(b, info, w->key[k].name);
	}
	for (size_t i = 0; i < info->params; i++) {
		if (out->given[i])
			continue;
		if (!info->param[i].preset)
			return complain(b, "%s must be given (%s)", info->param[i].name, info->param[i].doc);
		if (set_value(b, &info->param[i], info->param[i].preset, &out->value[i]))
			return RATE_FAIL;
	}
	return RATE_OK;
}

/* ---- Canonical text ---- */

static void write_value(FILE *out, const rate_param_info *p, const rate_value *v)
{
	char *escaped;

	if (is_auto(p, v->text))
		fprintf(out, "auto");
	else if (p->type == RATE_REAL || p->type == RATE_INTEGER)
		fprintf(out, "%.17g", v->real);
	else if (p->type == RATE_REALS)
		for (size_t i = 0; i < v->count; i++)
			fprintf(out, "%s%.17g", i ? "/" : "", v->reals[i]);
	else if ((escaped = rate_spec_escape(v->text))) {
		fputs(escaped, out);
		free(escaped);
	}
}

static int is_preset(const rate_param_info *p, const rate_value *v)
{
	if (!p->preset)
		return 0;
	if (is_auto(p, v->text) || is_auto(p, p->preset))
		return is_auto(p, v->text) && is_auto(p, p->preset);
	return p->type == RATE_REAL || p->type == RATE_INTEGER
	    ? v->real == strtod(p->preset, NULL) : !strcmp(v->text, p->preset);
}

static void write_word(FILE *out, const binder *b, size_t k, int brief)
{
	const rate_bound_word *w = &b->out->word[k];
	const char *previous = "", *separator = ":";

	fprintf(out, "%s%s", k ? "+" : "", w->info->id);
	for (size_t n = 0; n < w->values; n++) {
		size_t next = w->values;
		for (size_t i = 0; i < w->values; i++)
			if (strcmp(w->info->param[i].name, previous) > 0 &&
			    (next == w->values || strcmp(w->info->param[i].name, w->info->param[next].name) < 0))
				next = i;
		if (next == w->values)
			break;
		previous = w->info->param[next].name;
		if (brief && is_preset(&w->info->param[next], &w->value[next]))
			continue;
		fprintf(out, "%s%s=", separator, previous);
		write_value(out, &w->info->param[next], &w->value[next]);
		separator = ",";
	}
	if (k || b->kind != RATE_OBJECTIVES)
		return;
	if (!brief || b->out->seed != 1) {
		fprintf(out, "%sseed=%llu", separator, (unsigned long long)b->out->seed);
		separator = ",";
	}
	if (b->out->x0) {
		char *escaped = rate_spec_escape(b->out->x0);
		fprintf(out, "%sx0=%s", separator, escaped ? escaped : "");
		separator = ",";
		free(escaped);
	}
	if (b->out->radius == b->out->radius)
		fprintf(out, "%sradius=%.17g", separator, b->out->radius);
}

static int write_text(binder *b, char **text, int brief)
{
	size_t n;
	FILE *out = open_memstream(text, &n);

	if (!out)
		return complain(b, "out of memory");
	for (size_t k = 0; k < b->out->words; k++)
		write_word(out, b, k, brief);
	if (b->kind == RATE_THEOREMS && b->out->bound_factor != 1)
		fprintf(out, ";bound_factor=%.17g", b->out->bound_factor);
	return fclose(out) ? complain(b, "out of memory") : RATE_OK;
}

/* The files that a spec names come first: what is bound then finds a registry that stays as it is. */
static int add_files(rate_registry *r, const rate_spec *spec, rate_error *error)
{
	for (size_t k = 0; k < spec->words; k++)
		if (spec->word[k].file && rate_registry_add(r, spec->word[k].file, error))
			return RATE_FAIL;
	return RATE_OK;
}

int rate_bind(rate_bound_spec **out, rate_registry *r, rate_class kind, const char *text, int free_range,
              rate_error *error)
{
	rate_spec *spec = NULL;
	rate_bound_spec *s = calloc(1, sizeof *s);
	binder b = { s, r, kind, text, free_range, error };
	int rc = RATE_FAIL;

	*out = s;
	if (!s || rate_spec_parse(&spec, text, error) || add_files(r, spec, error))
		goto out;
	s->seed = 1;
	s->radius = NAN;
	s->bound_factor = 1;
	if (spec->words > 1 && kind != RATE_OBJECTIVES) {
		complain(&b, "only objectives take wrappers");
		goto out;
	}
	if (!(s->word = calloc(spec->words, sizeof *s->word)))
		goto out;
	for (size_t k = 0; k < spec->words; k++) {
		s->words = k + 1;
		if (bind_word(&b, &spec->word[k], k == 0, &s->word[k]))
			goto out;
	}
	rc = write_text(&b, &s->canonical, 0) || write_text(&b, &s->brief, 1) ? RATE_FAIL : RATE_OK;
out:
	rate_spec_free(spec);
	return rc;
}

void rate_bound_free(rate_bound_spec *b)
{
	for (size_t k = 0; b && k < b->words; k++) {
		rate_bound_word *w = &b->word[k];
		for (size_t i = 0; w->value && i < w->values; i++) {
			free((void *)(uintptr_t)w->value[i].text);
			free((void *)(uintptr_t)w->value[i].reals);
		}
		free(w->value);
		free(w->given);
	}
	if (b) {
		free(b->word);
		free(b->x0);
		free(b->canonical);
		free(b->brief);
	}
	free(b);
}
