/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/spec.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ratecheck/abi.h"

typedef struct parser {
	const char *text, *at;
	rate_error *error;
} parser;

__attribute__((format(printf, 2, 3))) static int complain(parser *p, const char *format, ...)
{
	va_list ap;

	rate_fail(p->error, "spec '%s', at character %d: ", p->text, (int)(p->at - p->text) + 1);
	va_start(ap, format);
	rate_vfail_more(p->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

static char *copy(const char *from, const char *to)
{
	return strndup(from, (size_t)(to - from));
}

/* Where the word that starts at p ends: at a '+' before a lower-case letter, so that 1e+3 stays a number. */
static const char *word_end(const char *p)
{
	for (; *p; p++)
		if (*p == '+' && p[1] >= 'a' && p[1] <= 'z')
			break;
	return p;
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10
	    : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes %2B %2C %3A %25. A zero byte would cut the value short unseen. */
static int unescape(parser *p, char *value)
{
	char *out = value;

	for (char *in = value; *in; in++, out++) {
		if (*in != '%') {
			*out = *in;
			continue;
		}
		if (hex(in[1]) < 0 || hex(in[2]) < 0)
			return complain(p, "%% must be followed by two hex digits (a plain %% is %%25)");
		if (!(*out = (char)(hex(in[1]) * 16 + hex(in[2]))))
			return complain(p, "%%00 stands for no character");
		in += 2;
	}
	*out = '\0';
	return RATE_OK;
}

static int read_key(parser *p, rate_spec_word *w, const char *end)
{
	const char *equal = memchr(p->at, '=', (size_t)(end - p->at));
	rate_spec_key key = { 0 }, *grown;

	if (end == p->at)
		return complain(p, "a key is missing");
	if (!equal || equal == p->at)
		return complain(p, "'%.*s' is not key=value", (int)(end - p->at), p->at);
	key.name = copy(p->at, equal);
	key.value = copy(equal + 1, end);
	if (!key.name || !key.value || unescape(p, key.value))
		goto fail;
	if (rate_spec_get(w, key.name)) {
		complain(p, "key '%s' stands twice", key.name);
		goto fail;
	}
	if (!(grown = realloc(w->key, (w->keys + 1) * sizeof *grown)))
		goto fail;
	w->key = grown;
	w->key[w->keys++] = key;
	return RATE_OK;
fail:
	free(key.name);
	free(key.value);
	return RATE_FAIL;
}

/* What is named is a file rather than an id. */
int rate_spec_is_file(const char *name, size_t n)
{
	return memchr(name, '/', n) ||
	    (n > 3 && (!strncmp(name + n - 3, ".so", 3) || !strncmp(name + n - 3, ".py", 3)));
}

/* A word with a '/' before its first ':' or a head that ends in .so or .py is a file, with #id behind it if it says
 * which. */
static int read_head(parser *p, rate_spec_word *w, const char *end)
{
	const char *hash = memchr(p->at, '#', (size_t)(end - p->at)), *stop = hash ? hash : end;
	int file = rate_spec_is_file(p->at, (size_t)(stop - p->at));

	if (end == p->at)
		return complain(p, "a name is missing");
	if (!file && hash)
		return complain(p, "#id goes with a file.so or file.py");
	if (file) {
		w->file = copy(p->at, stop);
		if (hash && hash + 1 == end)
			return complain(p, "an id is missing after #");
		w->id = hash ? copy(hash + 1, end) : NULL;
		return w->file ? RATE_OK : RATE_FAIL;
	}
	w->id = copy(p->at, end);
	return w->id ? RATE_OK : RATE_FAIL;
}

static int read_word(parser *p, rate_spec_word *w)
{
	const char *end = word_end(p->at), *colon = memchr(p->at, ':', (size_t)(end - p->at));

	if (read_head(p, w, colon ? colon : end))
		return RATE_FAIL;
	p->at = colon ? colon + 1 : end;
	while (colon) {
		const char *comma = memchr(p->at, ',', (size_t)(end - p->at));
		if (read_key(p, w, comma ? comma : end))
			return RATE_FAIL;
		p->at = comma ? comma + 1 : end;
		if (!comma)
			break;
	}
	return RATE_OK;
}

int rate_spec_parse(rate_spec **out, const char *text, rate_error *error)
{
	parser p = { text, text, error };
	rate_spec *s = calloc(1, sizeof *s);

	*out = NULL;
	rate_fail(error, "out of memory");
	for (;;) {
		rate_spec_word *grown = s ? realloc(s->word, (s->words + 1) * sizeof *grown) : NULL;
		if (!grown)
			goto fail;
		s->word = grown;
		s->word[s->words] = (rate_spec_word){ 0 };
		if (read_word(&p, &s->word[s->words++]))
			goto fail;
		if (!*p.at)
			break;
		p.at++; /* the + */
	}
	rate_no_error(error);
	*out = s;
	return RATE_OK;
fail:
	rate_spec_free(s);
	return RATE_FAIL;
}

void rate_spec_free(rate_spec *spec)
{
	for (size_t i = 0; spec && i < spec->words; i++) {
		for (size_t k = 0; k < spec->word[i].keys; k++) {
			free(spec->word[i].key[k].name);
			free(spec->word[i].key[k].value);
		}
		free(spec->word[i].key);
		free(spec->word[i].file);
		free(spec->word[i].id);
	}
	if (spec)
		free(spec->word);
	free(spec);
}

const char *rate_spec_get(const rate_spec_word *w, const char *key)
{
	for (size_t i = 0; i < w->keys; i++)
		if (!strcmp(w->key[i].name, key))
			return w->key[i].value;
	return NULL;
}

char *rate_spec_escape(const char *value)
{
	char *out = malloc(3 * strlen(value) + 1), *p = out;

	for (; out && *value; value++) {
		if (strchr("+,:%", *value))
			p += sprintf(p, "%%%02X", (unsigned)(unsigned char)*value);
		else
			*p++ = *value;
	}
	if (out)
		*p = '\0';
	return out;
}
