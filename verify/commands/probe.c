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

#include "verify/commands/command.h"
#include "verify/probe/probe.h"

typedef struct task {
	rate_check check;
	rate_bound_spec *lemma[128];
	size_t lemmas;
	uint64_t effort, seed;
	const char *only;
	rate_declared declared[16];
	rate_probing *out;
} task;

static int body(void *arg, rate_mark *mark)
{
	task *t = arg;
	rate_session s;
	int rc = rate_session_open(&s, &t->check, mark);

	s.watch.lenient = 1;
	if (rc == RATE_OK)
		rc = rate_fill_case(&s);
	if (rc == RATE_OK)
		rc = rate_probe(&s, t->effort, t->seed, t->only, t->out);
	if (rc != RATE_OK)
		snprintf(mark->message, sizeof mark->message, "%s",
		         rate_said(&s.error, "a callback returned an error"));
	rate_session_close(&s);
	return rc || t->only ? rc : rate_probe_lemmas(&t->check, (const rate_bound_spec *const *)t->lemma, t->lemmas,
	                                              t->seed, mark, t->out);
}

/* ---- Output ---- */

#define UNBOUNDED 1e9 /* what is not declared and measures more probably has no bound */

static const char *verdict(const rate_finding *f)
{
	static const char *const name[] = { "true", "FALSE", "not declared", "not seen" };

	return name[f->code];
}

static const char *kind_name(const rate_finding *f)
{
	return f->kind == RATE_EXACT ? "exact" : f->kind == RATE_UPPER ? "upper" : f->kind == RATE_LOWER ? "lower" : "";
}

/* How much room a true bound leaves: 1 none. NaN where that means nothing. */
static double looseness(const rate_finding *f)
{
	if (!f->sign || f->code != RATE_TRUE || !(f->declared > 0) || !(f->measured > 0))
		return NAN;
	return f->sign > 0 ? f->declared / f->measured : f->measured / f->declared;
}

static void print_number(double v, int width)
{
	if (v == v)
		printf(" %*.7g", width, v);
	else
		printf(" %*s", width, "-");
}

static void print_table(const rate_probing *p, const char *canonical)
{
	size_t missing = 0;

	printf("%s: d = %zu, n = %zu\n\n%-34s %-13s %13s %13s %8s  %s\n", canonical, p->d, p->n, "property", "verdict",
	       "declared", "measured", "loose", "what was measured, at its worst");
	for (size_t i = 0; i < p->count; i++) {
		const rate_finding *f = &p->finding[i];
		printf("%-34s %-13s", f->property, verdict(f));
		print_number(f->declared, 13);
		print_number(f->measured, 13);
		if (looseness(f) == looseness(f))
			printf(" %8.3g", looseness(f));
		else
			printf(" %8s", "");
		printf("  %s\n", f->why);
		missing += f->code == RATE_UNDECLARED;
	}
	if (missing)
		printf("\nNot declared; seen here:");
	for (size_t i = 0; i < p->count; i++) {
		const rate_finding *f = &p->finding[i];
		if (f->code == RATE_UNDECLARED)
			printf(" %s at %s %.7g%s%s", f->property, f->sign > 0 ? "least" : "most", f->measured,
			       f->sign > 0 && f->measured > UNBOUNDED ? " (perhaps without bound)" : "",
			       --missing ? "," : "\n");
	}
}

static void put_number(json_t *o, const char *key, double v)
{
	json_object_set_new(o, key, isfinite(v) ? json_real(v) : json_null());
}

static json_t *witness_points(const rate_probing *p, const rate_finding *f)
{
	json_t *points = json_array();

	for (size_t k = 0; k < f->points; k++) {
		json_t *x = json_array();
		for (size_t j = 0; j < p->d; j++) {
			double v = p->vector[(f->first + k) * p->d + j];
			json_array_append_new(x, isfinite(v) ? json_real(v) : json_null());
		}
		json_array_append_new(points, x);
	}
	return points;
}

static json_t *as_json(const rate_probing *p, const rate_finding *f, const char *canonical)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:i, s:s}", "objective", canonical, "property",
	                      f->property, "verdict", f->code == RATE_FALSE ? "false" : verdict(f), "kind",
	                      kind_name(f), "sign", f->sign, "why", f->why);

	put_number(o, "declared", f->declared);
	put_number(o, "measured", f->measured);
	put_number(o, "loose", looseness(f));
	if (f->code == RATE_FALSE)
		json_object_set_new(o, "points", witness_points(p, f));
	return o;
}

static void print_json(const rate_probing *p, const char *canonical)
{
	for (size_t i = 0; i < p->count; i++) {
		json_t *o = as_json(p, &p->finding[i], canonical);
		char *text = json_dumps(o, JSON_COMPACT | JSON_REAL_PRECISION(17));
		puts(text ? text : "{}");
		free(text);
		json_decref(o);
	}
}

/* The points at which the false findings were found. */
static int write_witnesses(const rate_probing *p, const char *canonical, const char *file)
{
	FILE *out = fopen(file, "w");

	if (!out)
		return rate_trouble("%s: cannot be written", file);
	for (size_t i = 0; i < p->count; i++)
		if (p->finding[i].code == RATE_FALSE) {
			json_t *o = as_json(p, &p->finding[i], canonical);
			json_dumpf(o, out, JSON_COMPACT | JSON_REAL_PRECISION(17));
			fputc('\n', out);
			json_decref(o);
		}
	return fclose(out) ? rate_trouble("%s: cannot be written", file) : 0;
}

/* ---- The command ---- */

static int bind_lemmas(rate_registry *r, task *t, rate_error *error)
{
	for (size_t i = 0; i < r->count && t->lemmas < sizeof t->lemma / sizeof *t->lemma; i++) {
		rate_bound_spec *b = NULL;
		if (r->info[i]->kind != RATE_THEOREMS || !r->info[i]->point || strcmp(r->info[i]->chapter, "lemmas"))
			continue;
		if (rate_bind(&b, r, RATE_THEOREMS, r->info[i]->id, 0, error))
			return RATE_FAIL;
		t->lemma[t->lemmas++] = b;
	}
	return RATE_OK;
}

/* What the child wrote may be anything: ends of texts, numbers of findings and vectors in their ranges. */
static void look_over(rate_probing *p)
{
	size_t room = (RATE_PROBE_ARENA - sizeof *p) / sizeof *p->vector;

	if (p->count > RATE_FINDINGS || !p->d || p->vectors > room / p->d)
		p->count = p->vectors = 0;
	for (size_t i = 0; i < p->count; i++) {
		rate_finding *f = &p->finding[i];
		rate_end_text(f->property, sizeof f->property);
		rate_end_text(f->why, sizeof f->why);
		if ((unsigned)f->code > RATE_UNSEEN)
			f->code = RATE_UNSEEN;
		if (f->points > 2 || f->first > p->vectors || f->points > p->vectors - f->first)
			f->points = 0;
	}
}

static int report(const task *t, const char *canonical, int json, const char *file)
{
	size_t wrong = 0;

	if (json)
		print_json(t->out, canonical);
	else
		print_table(t->out, canonical);
	for (size_t i = 0; i < t->out->count; i++)
		wrong += t->out->finding[i].code == RATE_FALSE;
	if (!wrong)
		return 0;
	if (write_witnesses(t->out, canonical, file))
		return 3;
	if (!json)
		printf("\n%zu false; the points are in %s\n", wrong, file);
	return 3;
}

static int probe(rate_registry *registry, const char *spec, task *t, int json, const char *file)
{
	rate_limits limits = { 300, (size_t)4 << 30, 1, NULL, RATE_PROBE_ARENA, NULL };
	rate_bound_spec *f = NULL;
	rate_error error;
	int code = 0, failed;

	if (rate_bind(&f, registry, RATE_OBJECTIVES, spec, 0, &error)) {
		rate_bound_free(f);
		return rate_usage("%s", error.text);
	}
	t->check.objective = f;
	if (!(t->out = rate_arena(RATE_PROBE_ARENA)) || bind_lemmas(registry, t, &error))
		code = rate_trouble("out of memory");
	else {
		limits.arena = t->out;
		failed = rate_isolated(body, t, &limits, &error);
		look_over(t->out);
		if (t->out->count)
			code = report(t, f->canonical, json, file);
		if (failed == 130)
			code = 130;
		else if (failed)
			code = rate_trouble("broken: %s", error.text);
		else if (t->only && !t->out->count)
			code = rate_usage("--only %s: nothing of that name is declared or measured here; "
			                  "leave --only out to see what is", t->only);
	}
	rate_arena_free(t->out, RATE_PROBE_ARENA);
	for (size_t i = 0; i < t->lemmas; i++)
		rate_bound_free(t->lemma[i]);
	rate_bound_free(f);
	return code;
}

/* NAME=VALUE, NAME*FACTOR or NAME+VALUE. 0, or the exit code after a message. */
static int declare(task *t, const char *text)
{
	static const char sign[] = "=*+";
	size_t name = strcspn(text, sign), most = sizeof t->declared / sizeof *t->declared;
	const char *equals = text + name;
	rate_declared d = { .how = *equals ? (rate_how)(strchr(sign, *equals) - sign) : RATE_INSTEAD };
	const rate_constant_info *c;
	char *end = NULL;

	snprintf(d.name, sizeof d.name, "%.*s", (int)name, text);
	if (!name || !*equals)
		return rate_usage("--declare %s: NAME=VALUE, NAME*FACTOR or NAME+VALUE is wanted, as in L=2.5", text);
	if (name >= sizeof d.name || !(c = rate_constant_named(d.name)))
		return rate_usage("--declare %s: no constant has that name; known are %s", text, rate_constant_names());
	d.value = strtod(equals + 1, &end);
	if (*end || end == equals + 1 || !isfinite(d.value))
		return rate_usage("--declare %s: a finite number is wanted behind %c, as in L=2.5", text, *equals);
	if (c->length != '1' && d.how == RATE_INSTEAD)
		return rate_usage("--declare %s: %s is a vector: %s*FACTOR or %s+VALUE is wanted", text, d.name,
		                  d.name, d.name);
	if (t->check.declarations == most)
		return rate_usage("--declare %s: at most %zu constants", text, most);
	t->declared[t->check.declarations++] = d;
	return 0;
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "json", 0, 0, 'j' }, { "plugin", 1, 0, 'f' }, { "pairs", 1, 0, 'n' },
		                                     { "seed", 1, 0, 's' }, { "witness", 1, 0, 'w' },
		                                     { "declare", 1, 0, 'd' }, { "only", 1, 0, 'o' }, { 0, 0, 0, 0 } };
	const char *files[64], *witness = "probe-witness.json";
	size_t count = 0;
	task t = { .effort = 1000, .seed = 1 };
	int c, json = 0, code = 0;
	rate_registry *registry;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		char *end = NULL;
		if (c == 'j')
			json = 1;
		else if (c == 'w')
			witness = optarg;
		else if (c == 'o')
			t.only = optarg;
		else if (c == 'd') {
			if ((code = declare(&t, optarg)))
				return code;
		} else if (c == 'f' && count < 64)
			files[count++] = optarg;
		else if (c == 'n' || c == 's') {
			uint64_t v = strtoull(optarg, &end, 10);
			if (*end || end == optarg || *optarg == '-')
				return rate_usage("--%s %s: a whole number is wanted",
				                  c == 'n' ? "pairs" : "seed", optarg);
			*(c == 'n' ? &t.effort : &t.seed) = v;
		} else
			return 2;
	}
	if (optind + 1 != argc)
		return rate_usage("probe takes one objective, as in `ratecheck probe quadratic:d=20` or `ratecheck "
		                  "probe ./mine.so`");
	if (!(registry = rate_open_registry(files, count, 0, &code)))
		return code;
	t.check.factor = 1;
	t.check.declared = t.declared;
	code = probe(registry, argv[optind], &t, json, witness);
	rate_registry_free(registry);
	return code;
}

const rate_command rate_command_probe = {
	"probe", "probe SPEC|FILE.so [--pairs N] [--seed S] [--declare NAME=VALUE]... [--only NAME] [--json] "
	         "[--witness FILE] [--plugin FILE.so]...",
	"are the declared properties of an objective true?",
	"Tests that oracles belong together and keep the rules: gradients and term gradients against "
	  "central differences, the\n"
	"finite sum against its terms, Hessians, gap, prox, projection, purity, huge and tiny inputs. "
	  "Tests every declared\n"
	"constant at random segments, along directions of extreme curvature and near the worst pair found, "
	  "and every lemma of\n"
	"the chapter `lemmas` that applies. A true constant may be loose (the column says by what "
	  "factor); only a false one\n"
	"fails. What is not declared is measured all the same.\n\n"
	"  --pairs N       how many segments for each property, default 1000\n"
	"  --seed S        which ones, default 1\n"
	"  --declare N=V   as if the constant N were declared with the value V, e.g. --declare L=2.5; N*V: "
	  "V times as large;\n"
	"                  N+V: larger by V (each entry of a vector, as in x_star+0.01)\n"
	"  --only NAME     probe this constant alone\n"
	"  --json          one object a line\n"
	"  --witness FILE  where the points of false findings go, default probe-witness.json\n\n"
	"Exit: 0 nothing is false; 3 something is, or the objective is broken; 130 interrupted.\n"
	"\nExamples:\n"
	"  ratecheck probe huber:tau=0.1  is it what it declares?\n"
	"  ratecheck probe ./mine.so:d=4  and yours?\n",
	run
};
