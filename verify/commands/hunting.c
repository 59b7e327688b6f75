/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/commands/hunting.h"

#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reports/escape.h"
#include "verify/commands/command.h"
#include "verify/plan/plan.h"
#include "verify/work/engine.h"

/* ---- Options ---- */

static int add(const char *option, const char **list, size_t *count)
{
	if (*count == RATE_HUNTING_MOST)
		return rate_usage("--%s: at most %d of them", option, RATE_HUNTING_MOST);
	list[(*count)++] = optarg;
	return 0;
}

static int take_option(rate_hunting *o, int c)
{
	uint64_t n = 0;
	int rc;

	switch (c) {
	case 'o': return add("objective", o->objective, &o->hunt.objectives);
	case 'f': return add("plugin", o->plugin, &o->plugins);
	case 'm': o->method = optarg; return 0;
	case 't': o->timed = 1; return rate_take_real("seconds", optarg, 0.01, RATE_HUNT_ANY_TIME, &o->hunt.seconds);
	case 'n': return rate_take_whole("evaluations", optarg, 1, 1e12, &o->hunt.evaluations);
	case 's': return rate_take_whole("seed", optarg, 0, 0x1p53, &o->hunt.seed);
	case 'T': return rate_take_whole("steps", optarg, 1, 1e5, &o->hunt.steps);
	case 'd': rc = rate_take_whole("dimension", optarg, 1, 1000, &n); o->hunt.dimension = (size_t)n; return rc;
	case 'B': return rate_take_real("bound-factor", optarg, 1e-300, 1e300, &o->hunt.factor);
	case 'P': return rate_take_real("bound-power", optarg, -10, 10, &o->hunt.power);
	case 'E': o->hunt.early = 1; return 0;
	case 'S': return rate_take_whole("from-step", optarg, 1, 1e5, &o->hunt.from_step);
	case 'L': return rate_take_real("floor", optarg, 0, 1, &o->hunt.floor);
	case 'w': return rate_take_real("within", optarg, 1e-6, 1, &o->within);
	case 'q': o->quiet = 1; return 0;
	case 'W': o->worst = optarg; return 0;
	case 'F':
		o->json = !strcmp(optarg, "json");
		return o->json || !strcmp(optarg, "table")
		    ? 0 : rate_usage("--format %s: choose table or json", optarg);
	}
	return 2;
}

int rate_hunting_main(int argc, char **argv, const struct option *options, int (*command)(rate_hunting *))
{
	rate_hunting o = { .hunt = { .seed = 1, .steps = 64, .dimension = 4, .seconds = 10, .factor = 1 },
	                   .within = 0.01 };
	const char *name = argv[0] + strlen("ratecheck ");
	int c, code = 0;

	while ((c = rate_option(argc, argv, "", options)) != -1)
		if ((code = take_option(&o, c)))
			return code;
	if (optind + 1 != argc)
		return rate_usage("%s takes one theorem, as in `ratecheck %s gd-convex-smooth`;"
		                  " `ratecheck list theorems` shows them", name, name);
	o.theorem = argv[optind];
	o.hunt.objective = o.objective;
	/* A count of evaluations gives the same result anywhere; a clock would not. */
	if (o.hunt.evaluations && !o.timed)
		o.hunt.seconds = RATE_HUNT_ANY_TIME;
	if (!(o.hunt.registry = rate_open_registry(o.plugin, o.plugins, o.quiet, &code)))
		return code;
	code = command(&o);
	rate_registry_free(o.hunt.registry);
	return code;
}

int rate_hunt_bind(rate_hunt *hunt, const char *text, const char *method_text, rate_bound_spec **theorem,
                   rate_bound_spec **method)
{
	const rate_class_info *info;
	const char *why;
	rate_error error;

	if (rate_bind(theorem, hunt->registry, RATE_THEOREMS, text, 1, &error))
		return rate_usage("%s", error.text);
	info = (*theorem)->word[0].info;
	hunt->theorem = *theorem;
	hunt->factor *= (*theorem)->bound_factor;
	if ((why = rate_cannot_hunt(info)))
		return rate_usage("hunt %s: %s", info->id, why);
	if (method_text && !info->method)
		return rate_usage("--method %s: %s runs no method", method_text, info->id);
	if (info->method &&
	    rate_bind(method, hunt->registry, RATE_METHODS, method_text ? method_text : info->method, 1, &error))
		return rate_usage("%s", error.text);
	hunt->method = *method;
	for (size_t i = 0; i < hunt->objectives; i++) {
		rate_bound_spec *objective = NULL;
		int rc = rate_bind(&objective, hunt->registry, RATE_OBJECTIVES, hunt->objective[i], 0, &error);
		rate_bound_free(objective);
		if (rc)
			return rate_usage("%s", error.text);
	}
	return 0;
}

int rate_hunting_search(const rate_hunting *o, const rate_hunt *hunt, rate_hunted *found)
{
	rate_error error;
	int rc = rate_hunt_chase(hunt, found, !o->quiet && isatty(2), &error);

	return rc == RATE_FAIL ? rate_trouble("%s", error.text) : rc;
}

int rate_hunting_empty(const rate_hunted *found)
{
	return rate_trouble("no instance could be judged in %" PRIu64 " tries; one of them: %s", found->evaluations,
	                    found->why);
}

/* ---- The verdict on what was found ---- */

static int keep(void *user, size_t number, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	rate_judged *out = user;

	(void)number;
	(void)m;
	out->verdict = *v;
	out->judged = 1;
	snprintf(out->check, sizeof out->check, "%s", c->id);
	snprintf(out->reason, sizeof out->reason, "%s", v->reason);
	return 0;
}

static void make_replay(const rate_hunting *o, const rate_quarry *q, rate_judged *out)
{
	FILE *f = fmemopen(out->replay, sizeof out->replay, "w");

	if (!f)
		return;
	fputs("ratecheck verify ", f);
	rate_escape(f, RATE_SHELL, out->theorem);
	rate_escape_option(f, "objective", q->objective);
	for (size_t i = 0; i < o->plugins; i++)
		rate_escape_option(f, "plugin", o->plugin[i]);
	if (o->method)
		rate_escape_option(f, "method", o->method);
	if (o->hunt.method)
		fprintf(f, " --steps %" PRIu64, q->steps);
	if (o->hunt.power != 0)
		fprintf(f, " --bound-power %.17g", o->hunt.power);
	fprintf(f, " --seed %" PRIu64, o->hunt.seed);
	fclose(f);
}

int rate_hunting_judge(const rate_hunting *o, const rate_quarry *q, double factor, rate_judged *out)
{
	const char *theorem = out->theorem, *objective = q->objective;
	const rate_plan_options po = { .theorem = &theorem, .theorems = 1, .objective = &objective, .objectives = 1,
		.method = o->method, .steps = q->steps, .alpha = 1e-9, .bound_power = o->hunt.power,
		.seed = o->hunt.seed };
	const rate_engine_options eo = { .jobs = 1, .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1 };
	rate_plan *plan = NULL;
	char head[4096];
	rate_error error;
	int rc;

	/* The head of the user's spec, then the parameters that the instance has. */
	snprintf(head, sizeof head, "%.*s", (int)strcspn(o->theorem, ":"), o->theorem);
	rate_quarry_spec(out->theorem, sizeof out->theorem, head, q, o->hunt.method != NULL, factor);
	make_replay(o, q, out);
	if (rate_plan_make(&plan, o->hunt.registry, &po, &error)) {
		rate_plan_free(plan);
		return rate_trouble("%s", error.text);
	}
	rc = rate_engine(plan->check, plan->count ? 1 : 0, &eo, keep, out);
	rate_plan_free(plan);
	return rc == 130 ? 130 : rc == RATE_OK && out->judged ? 0 : rate_trouble("the instance could not be run again");
}

/* ---- JSON ---- */

void rate_put_real(json_t *object, const char *key, double v)
{
	json_object_set_new(object, key, isfinite(v) ? json_real(v) : json_null());
}

void rate_hunting_print(json_t *object)
{
	char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(17));

	puts(text ? text : "{}");
	free(text);
	json_decref(object);
}
