/* ratecheck probe: are the declared properties of an objective true?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/command.h"
#include "verify/probe.h"

typedef struct task {
	rate_check check;
	uint64_t pairs, seed;
	rate_probing *out;
} task;

static int body(void *arg, rate_mark *mark)
{
	task *t = arg;
	rate_session s;
	int rc = rate_session_open(&s, &t->check, mark);

	if (rc == RATE_OK)
		rc = rate_fill_case(&s);
	if (rc == RATE_OK)
		rc = rate_probe(&s, t->pairs, t->seed, t->out);
	if (rc != RATE_OK)
		snprintf(mark->message, sizeof mark->message, "%s", s.error);
	rate_session_close(&s);
	return rc;
}

static const char *verdict(const rate_finding *f)
{
	return f->false_ ? "false" : f->declared == f->declared ? "true" : "not declared";
}

static void print_table(const rate_probing *p, const char *canonical)
{
	printf("%s: d = %zu, n = %zu\n\n%-14s %-13s %14s %14s  %s\n", canonical, p->d, p->n, "property", "verdict", "declared",
	       "measured", "what was measured, at its worst");
	for (size_t i = 0; i < p->count; i++) {
		const rate_finding *f = &p->finding[i];
		printf("%-14s %-13s ", f->property, verdict(f));
		if (f->declared == f->declared)
			printf("%14.7g ", f->declared);
		else
			printf("%14s ", "-");
		printf("%14.7g  %s\n", f->measured, f->why);
	}
}

static void put_number(json_t *o, const char *key, double v)
{
	json_object_set_new(o, key, isfinite(v) ? json_real(v) : json_null());
}

static void print_json(const rate_probing *p, const char *canonical)
{
	for (size_t i = 0; i < p->count; i++) {
		const rate_finding *f = &p->finding[i];
		json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:I}", "objective", canonical, "property", f->property, "verdict",
		                      verdict(f), "why", f->why, "pair", (json_int_t)f->pair);
		char *text;
		put_number(o, "declared", f->declared);
		put_number(o, "measured", f->measured);
		put_number(o, "distance", f->distance);
		text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(17));
		puts(text ? text : "{}");
		free(text);
		json_decref(o);
	}
}

static int probe(rate_registry *registry, const char *spec, task *t, int json)
{
	const rate_limits limits = { 120, (size_t)4 << 30, 1 };
	rate_bound_spec *f = NULL;
	char text[1024];
	int code = 0;

	if (rate_bind(&f, registry, RATE_OBJECTIVES, spec, 0, text, sizeof text)) {
		rate_bound_free(f);
		return rate_usage("%s", text);
	}
	t->check.objective = f;
	if (!(t->out = rate_arena(sizeof *t->out)))
		code = rate_trouble("out of memory");
	else if (rate_isolated(body, t, &limits, text, sizeof text))
		code = rate_trouble("%s", text);
	else {
		if (json)
			print_json(t->out, f->canonical);
		else
			print_table(t->out, f->canonical);
		for (size_t i = 0; i < t->out->count; i++)
			code = t->out->finding[i].false_ ? 3 : code;
	}
	rate_arena_free(t->out, sizeof *t->out);
	rate_bound_free(f);
	return code;
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "json", 0, 0, 'j' }, { "plugin", 1, 0, 'f' }, { "pairs", 1, 0, 'n' },
		                                     { "seed", 1, 0, 's' }, { 0, 0, 0, 0 } };
	const char *files[64];
	size_t count = 0;
	task t = { .pairs = 2000, .seed = 1 };
	int c, json = 0, code = 0;
	rate_registry *registry;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		char *end = NULL;
		if (c == 'j')
			json = 1;
		else if (c == 'f' && count < 64)
			files[count++] = optarg;
		else if (c == 'n' || c == 's') {
			uint64_t v = strtoull(optarg, &end, 10);
			if (*end || end == optarg || *optarg == '-')
				return rate_usage("--%s %s: a whole number is wanted", c == 'n' ? "pairs" : "seed", optarg);
			*(c == 'n' ? &t.pairs : &t.seed) = v;
		} else
			return 2;
	}
	if (optind + 1 != argc)
		return rate_usage("probe takes one objective, as in `ratecheck probe quadratic:d=20` or `ratecheck probe ./mine.so`");
	if (!(registry = rate_open_registry(files, count, 0, &code)))
		return code;
	t.check.factor = 1;
	code = probe(registry, argv[optind], &t, json);
	rate_registry_free(registry);
	return code;
}

const rate_command rate_command_probe = {
	"probe", "probe SPEC|FILE.so [--pairs N] [--seed S] [--json] [--plugin FILE.so]...",
	"are the declared properties of an objective true?",
	"Tests gradients against central differences, the finite sum against its terms, and every declared constant (L, mu,\n"
	"convexity, PL, G, f_star) along random segments and along the directions of largest curvature.\n"
	"A constant that is declared may be loose; only a false one fails. What is not declared is measured all the same.\n\n"
	"  --pairs N   how many segments, default 2000     --seed S   which ones, default 1\n"
	"  --json      one object a line\n\nExit: 0 nothing is false, 3 something is.\n",
	run
};
