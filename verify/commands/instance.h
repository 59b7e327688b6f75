/* Instances as JSON, from `hunt --format json` or a line of results.jsonl: each is planned by itself, with its own
 * steps and seed, unless the command line says other ones. */
#ifndef VERIFY_INSTANCE_H
#define VERIFY_INSTANCE_H

#include "plugins/error.h"
#include "verify/plan/plan.h"

enum { RATE_INSTANCES = 64, RATE_INSTANCE_PLUGINS = 64 };

typedef struct rate_instance_file {
	struct json_t *json; /* what the texts below stand in */
	char theorem[16384]; /* with its parameters */
	const char *objective, *method;   /* or NULL */
	const char *plugin[RATE_INSTANCE_PLUGINS];
	size_t plugins;
	uint64_t steps, seed; /* seed: UINT64_MAX if the file does not say */
	double power;
} rate_instance_file;

/* 0, or the exit code, and it has been said what is wrong. */
int rate_instance_read(rate_instance_file **out, const char *file);
void rate_instance_free(rate_instance_file *f);
/* The plan of all of them. `o`: what the command line says; seeded: it says the seed. */
int rate_instances_plan(rate_plan **out, rate_registry *registry, const rate_plan_options *o, int seeded,
                        rate_instance_file *const *file, size_t count, rate_error *error);

#endif
