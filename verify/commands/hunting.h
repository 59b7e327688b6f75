/* What `hunt` and `tighten` share: their options, what they are about, and the judgement of an instance that was
 * found. */
#ifndef VERIFY_HUNTING_H
#define VERIFY_HUNTING_H

#include <jansson.h>

#include "verify/hunt/hunt.h"
#include "verify/judge/judge.h"

enum { RATE_HUNTING_MOST = 64 };

typedef struct rate_hunting {
	rate_hunt hunt;
	const char *objective[RATE_HUNTING_MOST], *plugin[RATE_HUNTING_MOST], *theorem, *method, *worst;
	size_t plugins;
	double within;
	int json, quiet, timed;
} rate_hunting;

/* What `verify` says of an instance. */
typedef struct rate_judged {
	char theorem[4096], replay[16384]; /* spec with its parameters; command line */
	char check[96], reason[640];
	rate_verdict verdict;
	int judged;
} rate_judged;

/* Rows of getopt_long that both take. */
#define RATE_HUNTING_OPTIONS \
	{ "objective", 1, 0, 'o' }, { "method", 1, 0, 'm' }, { "plugin", 1, 0, 'f' }, { "seconds", 1, 0, 't' }, \
	{ "evaluations", 1, 0, 'n' }, { "seed", 1, 0, 's' }, { "steps", 1, 0, 'T' }, { "dimension", 1, 0, 'd' }, \
	{ "from-step", 1, 0, 'S' }, { "floor", 1, 0, 'L' }, { "format", 1, 0, 'F' }, { "quiet", 0, 0, 'q' }

/* Reads the arguments, opens the registry and runs `command`; the exit code. */
struct option;
int rate_hunting_main(int argc, char **argv, const struct option *options, int (*command)(rate_hunting *));
/* Binds what a hunt is about, the theorem's own method if method_text is NULL; 0 or the exit code, with words said. The
 * caller frees both, whatever is returned. */
int rate_hunt_bind(rate_hunt *hunt, const char *text, const char *method_text, rate_bound_spec **theorem,
                   rate_bound_spec **method);
/* 0, 3 if the child died (what it had found until then stands), 130. */
int rate_hunting_search(const rate_hunting *o, const rate_hunt *hunt, rate_hunted *found);
/* 3, with words said, where the search ended without an instance that could be judged. */
int rate_hunting_empty(const rate_hunted *found);
/* The verdict on `factor` times the bound at the instance, through the same plan and engine as `verify`, so that the
 * replay line says the same. 0 or the exit code, with words said. */
int rate_hunting_judge(const rate_hunting *o, const rate_quarry *q, double factor, rate_judged *out);
/* One object on a line; takes it. Numbers that are not finite are null. */
void rate_hunting_print(json_t *object);
void rate_put_real(json_t *object, const char *key, double v);

#endif
