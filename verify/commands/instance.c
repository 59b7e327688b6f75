/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/commands/instance.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/commands/command.h"

static const char *text_of(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

static double number_in(const json_t *o, const char *key, double otherwise)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : otherwise;
}

static json_t *read_object(const char *file)
{
	FILE *in = strcmp(file, "-") ? fopen(file, "r") : stdin;
	json_error_t error;
	json_t *j;

	if (!in) {
		rate_usage("--instance %s: %s", file, strerror(errno));
		return NULL;
	}
	j = json_loadf(in, JSON_DISABLE_EOF_CHECK, &error);
	if (in != stdin)
		fclose(in);
	if (json_is_object(j))
		return j;
	rate_usage("--instance %s: line %d: %s", file, error.line, j ? "no object" : error.text);
	json_decref(j);
	return NULL;
}

static int take(rate_instance_file *f, const char *file)
{
	const json_t *all = f->json, *j = json_object_get(all, "instance");
	const char *theorem, *parameters;
	double factor, steps, seed;
	json_t *plugin;
	size_t n, i;

	j = json_is_object(j) ? j : all;
	theorem = *text_of(j, "theorem") ? text_of(j, "theorem") : text_of(all, "theorem");
	parameters = text_of(j, "parameters");
	steps = number_in(j, "steps", 0);
	seed = number_in(all, "seed", -1);
	factor = number_in(j, "factor", number_in(all, "claimed_factor", 1));
	if (!*theorem || !(steps >= 0 && steps <= 1e7))
		return rate_usage("--instance %s: theorem, objective, parameters and steps are wanted, "
		                  "as `hunt --format json` prints them", file);
	n = (size_t)snprintf(f->theorem, sizeof f->theorem, "%s%s%s", theorem,
	                     *parameters ? strchr(theorem, ':') ? "," : ":" : "", parameters);
	if (factor != 1 && n < sizeof f->theorem)
		n += (size_t)snprintf(f->theorem + n, sizeof f->theorem - n, "%sbound_factor=%.17g",
		                      strchr(f->theorem, ':') ? "," : ":", factor);
	if (n >= sizeof f->theorem)
		return rate_usage("--instance %s: the parameters are too long", file);
	f->steps = (uint64_t)steps;
	f->seed = seed >= 0 && seed <= 0x1p53 ? (uint64_t)seed : UINT64_MAX;
	f->power = number_in(j, "power", 0);
	f->objective = *text_of(j, "objective") ? text_of(j, "objective") : NULL;
	f->method = *text_of(j, "method") ? text_of(j, "method") : NULL;
	json_array_foreach(json_object_get(j, "plugins"), i, plugin) {
		if (f->plugins == RATE_INSTANCE_PLUGINS)
			return rate_usage("--instance %s: at most %d plugins", file, RATE_INSTANCE_PLUGINS);
		if (json_is_string(plugin))
			f->plugin[f->plugins++] = json_string_value(plugin);
	}
	return 0;
}

int rate_instance_read(rate_instance_file **out, const char *file)
{
	rate_instance_file *f = calloc(1, sizeof *f);
	int code = f ? 2 : rate_trouble("out of memory");

	if (f && (f->json = read_object(file)))
		code = take(f, file);
	if (code) {
		rate_instance_free(f);
		return code;
	}
	*out = f;
	return 0;
}

void rate_instance_free(rate_instance_file *f)
{
	if (f)
		json_decref(f->json);
	free(f);
}

int rate_instances_plan(rate_plan **out, rate_registry *registry, const rate_plan_options *o, int seeded,
                        rate_instance_file *const *file, size_t count, rate_error *error)
{
	int rc = RATE_OK;

	*out = NULL;
	for (size_t i = 0; rc == RATE_OK && i < count; i++) {
		const rate_instance_file *f = file[i];
		const char *theorem = f->theorem;
		rate_plan_options with = *o;
		rate_plan *one;

		with.theorem = &theorem;
		with.theorems = 1;
		with.objective = &f->objective;
		with.objectives = f->objective != NULL;
		with.method = o->method ? o->method : f->method;
		with.steps = o->steps ? o->steps : f->steps;
		with.bound_power = o->bound_power != 0 ? o->bound_power : f->power;
		with.seed = seeded || f->seed == UINT64_MAX ? o->seed : f->seed;
		rc = rate_plan_make(&one, registry, &with, error);
		if (rc == RATE_OK && rate_plan_join(out, one)) {
			rate_fail(error, "out of memory");
			rc = RATE_FAIL;
		} else if (rc != RATE_OK)
			rate_plan_free(one);
	}
	return rc;
}
