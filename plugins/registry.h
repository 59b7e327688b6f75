/* The registry: what all known plugins offer, as plain data. The parent process never loads a plugin; a `describe`
 * child does and sends this description as JSON. */
#ifndef PLUGINS_REGISTRY_H
#define PLUGINS_REGISTRY_H

#include "ratecheck/ratecheck.h"
#include "plugins/error.h"
#include "plugins/spec.h"

typedef enum rate_class { RATE_OBJECTIVES, RATE_METHODS, RATE_THEOREMS } rate_class;

typedef struct rate_param_info {
	char *name, *preset, *choices, *doc; /* preset, choices NULL as in the schema */
	rate_type type;
	double low, high;
} rate_param_info;

/* A sharp instance or a control, as the theorem printed it. */
typedef struct rate_instance_info {
	char *objective, *parameters, *note, *method; /* method NULL: the theorem's own */
	uint64_t steps;
	double fraction, ratio, deep_ratio, factor, power; /* fraction and factor are 1 where the theorem left 0 */
} rate_instance_info;

typedef struct rate_class_info {
	rate_class kind;
	char *id, *title, *summary, *source;
	char *file;                       /* the .so it lives in */
	int named;                        /* the user named that file; it is not on the search path */
	char *plugin, *version, *licence; /* of that file */
	uint32_t flags;
	rate_param_info *param;
	size_t params;
	/* methods: names of state blocks and schedules */
	char **state, **schedule;
	size_t states, schedules; /* schedules of a theorem: their number only */
	/* theorems */
	char *chapter, *statement, *quantity, *formula, *formal, *method;
	char **need;
	size_t needs;
	rate_kind claim;
	double power;
	int geometric, point; /* has a factor; is a point theorem */
	rate_instance_info *sharp, *control;
	size_t sharps, controls;
	int own; /* its file lies in the folder that the program came with */
} rate_class_info;

typedef struct rate_refusal {
	char *file, *reason; /* reason: one line: what is wrong and what to do */
	int named;           /* the user named this file (--plugin, or in a spec): an error, else a warning */
} rate_refusal;

typedef struct rate_registry {
	rate_class_info **info;
	size_t count;
	rate_refusal *refusal;
	size_t refusals;
	char **folder; /* the search path, for error texts */
	size_t folders;
	rate_error trouble; /* why no more files could be looked at, which is no file's fault */
} rate_registry;

/* Describes every .so of the search path (--plugin files, RATECHECK_PLUGIN_PATH, user folder, install folder; one child
 * for each folder) and every file in `files`. Refused files are in ->refusal, not a failure. */
int rate_registry_open(rate_registry **out, const char *const *files, size_t nfiles, rate_error *error);
/* Adds one more file named in a spec (no-op if it is there). */
int rate_registry_add(rate_registry *r, const char *file, rate_error *error);
/* Is that the reason why a file was refused? */
int rate_is_refusal(const rate_registry *r, const char *text);
const rate_class_info *rate_registry_find(const rate_registry *r, rate_class kind, const char *id);
void rate_registry_free(rate_registry *r);

/* ---- A spec resolved against the registry: validated values, canonical text ---- */

typedef struct rate_bound_word {
	const rate_class_info *info;
	rate_value *value; /* info->params values; a theorem's or method's "auto" preset: real = NaN */
	size_t values;
	unsigned char *given; /* info->params: 1 if the text named the key */
} rate_bound_word;

typedef struct rate_bound_spec {
	rate_bound_word *word; /* head, then wrappers */
	size_t words;
	uint64_t seed;       /* objectives: host key seed= */
	char *x0;            /* objectives: host key x0= (default, zero, ones, gauss, or a file) */
	double radius;       /* objectives: host key radius=; NaN: not given */
	double bound_factor; /* theorems: host key bound_factor=, default 1 */
	char *brief;         /* the canonical text without the keys that have their default: for people */
	char *canonical;     /* all keys, defaults filled in, sorted, 17 digits; names the instance */
} rate_bound_spec;

/* Finds classes, checks every key and value; errors name the spec, the key, and list the known ones. Loads (describes)
 * files named in the spec. Numbers of a theorem or method may be given out of their range by a control: `free` = 1. */
int rate_bind(rate_bound_spec **out, rate_registry *r, rate_class kind, const char *text, int free_range,
              rate_error *error);
void rate_bound_free(rate_bound_spec *b);

#endif
