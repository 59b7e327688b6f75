/* Specs: "quadratic:d=20,kappa=1e4+gaussian-noise:sigma=0.1" taken apart (grammar: manual, "Specs"). Pure text. */
#ifndef PLUGINS_SPEC_H
#define PLUGINS_SPEC_H

#include <stddef.h>

#include "plugins/error.h"

typedef struct rate_spec_key {
	char *name, *value; /* value: percent escapes undone */
} rate_spec_key;

/* One word of a spec: id, or file.so, or file.so#id, with its keys in the order given. */
typedef struct rate_spec_word {
	char *file; /* NULL unless a file was named */
	char *id;   /* NULL: the only class of that file */
	rate_spec_key *key;
	size_t keys;
} rate_spec_word;

typedef struct rate_spec {
	rate_spec_word *word; /* word[0] the head, then the wrappers from the inside out */
	size_t words;
} rate_spec;

/* RATE_OK, or RATE_FAIL with one line in `error` naming the spec and the place. */
int rate_spec_parse(rate_spec **out, const char *text, rate_error *error);
int rate_spec_is_file(const char *name, size_t n);
void rate_spec_free(rate_spec *spec);
/* The value of a key of word w, or NULL. */
const char *rate_spec_get(const rate_spec_word *w, const char *key);
/* Escapes + , : % in a value; returns a new string. */
char *rate_spec_escape(const char *value);

#endif
