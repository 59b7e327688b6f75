/* ratecheck hunt: the instance on which a bound is tightest, or a counterexample.
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
#include "verify/commands/hunting.h"
#include "verify/work/engine.h"
#include "verify/plan/plan.h"
#include "verify/worst/worst.h"

static const struct option long_options[] = {
	RATE_HUNTING_OPTIONS, { "bound-factor", 1, 0, 'B' }, { "bound-power", 1, 0, 'P' }, { "early", 0, 0, 'E' },
	{ "worst", 1, 0, 'W' }, { 0, 0, 0, 0 }
};

/* ---- The exact worst functions, from which the search starts ---- */

enum { FEW_STEPS = 12 };

/* One for each of the first steps; the one with the largest measured / bound is kept and is what the search has to
 * beat. */
static int start_from_worst(const rate_hunting *o, rate_hunted *found)
{
	rate_exact_task t = { .registry = o->hunt.registry, .theorem = o->hunt.theorem, .method = o->hunt.method,
		.spec = o->theorem, .ask = { .L = 1, .mu = 0.1, .G = 1, .terms = 1 },
		.solve = { .seconds = 60, .memory = (size_t)4 << 30 }, .bytes = (size_t)1 << 32 };
	char *escaped = rate_spec_escape(o->worst);
	rate_error error = { "" };
	rate_quarry *q = &found->copy[0];
	int rc = RATE_OK;

	if (!o->hunt.method || !escaped || !(t.arena = rate_arena(t.bytes))) {
		free(escaped);
		return rate_trouble("--worst: %s",
		                    o->hunt.method ? "out of memory" : "there is no method whose run could be worst");
	}
	*q = (rate_quarry){ .ratio = -1 };
	/* The best of them is computed once more, to be written down. */
	for (uint64_t N = 1, last = o->hunt.steps < FEW_STEPS ? o->hunt.steps : FEW_STEPS; N <= last + 1 && !rc; N++) {
		uint64_t steps = N <= last ? N : q->steps;
		double ratio;
		rate_worst *w;
		rate_optimum opt;
		rate_exact_row r;
		if (!steps)
			break;
		t.save = N > last ? o->worst : NULL;
		if (!(rc = rate_exact_compute(&t, steps, &w, &opt, &r, &error))) {
			ratio = r.observed / (r.proven * o->hunt.factor / o->hunt.theorem->bound_factor) *
			    pow((double)steps, o->hunt.power);
			if (ratio > q->ratio) {
				*q = (rate_quarry){ .steps = steps, .ratio = ratio, .violated = ratio > 1 + 1e-6 };
				snprintf(q->objective, sizeof q->objective, "interpolant:file=%s", escaped);
				snprintf(q->parameters, sizeof q->parameters, "%s", w->parameters);
			}
		}
		rate_optimum_free(&opt);
	}
	if (!rc && q->steps)
		found->best = 0;
	rate_arena_free(t.arena, t.bytes);
	free(escaped);
	return rc ? rate_trouble("--worst: %s", error.text) : 0;
}

/* ---- The worst function that comes with the program ---- */

typedef struct look { rate_quarry *q; int early; } look;

static int keep_worst(void *user, size_t number, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	const look *at = user;
	rate_quarry *q = at->q;

	(void)number;
	(void)m;
	q->ratio = !at->early && v->code == RATE_HOLDS && isfinite(v->deep_ratio) ? v->deep_ratio : v->max_ratio;
	q->violated = v->code == RATE_REFUTED;
	snprintf(q->parameters, sizeof q->parameters, "%s", c->parameters ? c->parameters : "");
	return 0;
}

/* Its steps and dimension; 0: there is none, or it is outside of what the user asks for. */
static int read_worst(const rate_hunting *o, const char *file, rate_quarry *q)
{
	FILE *in = fopen(file, "r");
	char line[512];
	unsigned long long steps = 0;
	size_t dimension = 0;

	for (int k = 0; in && k < 3 && fgets(line, sizeof line, in); k++) {
		const char *at = strstr(line, "--steps "), *d = strstr(line, "dimension ");
		if (at)
			sscanf(at, "--steps %llu", &steps);
		if (d)
			sscanf(d, "dimension %zu", &dimension);
	}
	if (in)
		fclose(in);
	*q = (rate_quarry){ .steps = steps, .dimension = dimension };
	return steps && steps <= o->hunt.steps && steps >= o->hunt.from_step && dimension &&
	    dimension <= o->hunt.dimension;
}

/* q.steps 0: there is none. A search for other methods, objectives or parameters is not helped by it. */
static void look_at_worst(const rate_hunting *o, rate_quarry *q)
{
	char file[4096], theorem[256], *escaped;
	rate_error error;
	const char *id = o->hunt.theorem->word[0].info->id, *name = theorem, *objective = q->objective;
	const rate_engine_options eo = { .jobs = 1, .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1 };
	rate_plan *plan = NULL;

	snprintf(file, sizeof file, "%s/exact/%s.worst", rate_data_folder(), id);
	if (o->method || o->hunt.objectives || strcmp(o->theorem, id) || !read_worst(o, file, q) ||
	    !(escaped = rate_spec_escape(file))) {
		q->steps = 0;
		return;
	}
	snprintf(q->objective, sizeof q->objective, "interpolant:file=%s", escaped);
	snprintf(theorem, sizeof theorem, "%s:bound_factor=%.17g", id, o->hunt.factor);
	q->ratio = NAN;
	if (rate_plan_make(&plan, o->hunt.registry,
	                   &(rate_plan_options){ .theorem = &name, .theorems = 1, .objective = &objective,
	                                         .objectives = 1, .steps = q->steps, .alpha = 1e-9,
	                                         .bound_power = o->hunt.power, .seed = o->hunt.seed },
	                   &error) == RATE_OK && plan->count)
		rate_engine(plan->check, 1, &eo, keep_worst, &(look){ q, o->hunt.early });
	if (!(q->ratio == q->ratio))
		q->steps = 0;
	rate_plan_free(plan);
	free(escaped);
}

/* ---- Words ---- */

static int print_json(const rate_hunting *o, const rate_hunted *found, const rate_judged *out)
{
	const rate_quarry *q = &found->copy[found->best];
	const rate_class_info *theorem = o->hunt.theorem->word[0].info;
	int violated = out->verdict.code == RATE_REFUTED;
	json_t *instance = json_pack("{s:s%, s:s, s:s, s:s?, s:I, s:f, s:f}", "theorem", o->theorem,
	                             strcspn(o->theorem, ":"), "objective", q->objective, "parameters",
	                             o->hunt.method ? q->parameters : "", "method", o->method, "steps",
	                             (json_int_t)(o->hunt.method ? q->steps : 0), "factor", o->hunt.factor,
	                             "power", o->hunt.power);
	json_t *plugins = json_array(), *j;

	for (size_t i = 0; i < o->plugins; i++)
		json_array_append_new(plugins, json_string(o->plugin[i]));
	if (instance)
		json_object_set_new(instance, "plugins", plugins);
	j = json_pack("{s:i, s:s, s:s, s:s, s:s, s:b, s:s, s:o, s:I, s:I, s:I, s:I, s:I}", "schema", 1,
	              "theorem", theorem->id, "statement", theorem->statement, "kind",
	              rate_kind_of(theorem->claim)->name, "check", out->check, "violated",
	              violated, "reason", out->reason, "instance", instance, "steps", (json_int_t)q->steps, "dimension",
	              (json_int_t)q->dimension, "evaluations", (json_int_t)found->evaluations, "judged",
	              (json_int_t)found->judged, "seed", (json_int_t)o->hunt.seed);
	if (!j)
		return RATE_FAIL;
	rate_put_real(j, "max_ratio", out->verdict.max_ratio);
	rate_put_real(j, "deep_ratio", out->verdict.deep_ratio);
	json_object_set_new(j, "sampled", json_boolean(found->sampled));
	json_object_set_new(j, "trivial", json_boolean(out->verdict.trivial));
	json_object_set_new(j, "at_step", json_integer((json_int_t)out->verdict.at_step));
	json_object_set_new(j, "spec", json_string(out->theorem));
	json_object_set_new(j, "replay", json_string(out->replay));
	rate_hunting_print(j);
	return RATE_OK;
}

static void print_text(const rate_hunting *o, const rate_hunted *found, const rate_judged *out)
{
	const rate_quarry *q = &found->copy[found->best];
	const rate_class_info *theorem = o->hunt.theorem->word[0].info;
	const rate_verdict *v = &out->verdict;
	const char *formula = theorem->formula ? theorem->formula : "bound";
	int violated = v->code == RATE_REFUTED;

	printf("%s: %s\n%s  <=  ", theorem->id, theorem->statement, theorem->quantity ? theorem->quantity : "measured");
	if (o->hunt.factor != 1)
		printf("%g x (%s)", o->hunt.factor, formula);
	else
		fputs(formula, stdout);
	printf("%s\n\n", o->hunt.power != 0 ? "  (times a power of t)" : "");
	printf("%" PRIu64 " instances tried, %" PRIu64 " judged, seed %" PRIu64 "\n", found->evaluations, found->judged,
	       o->hunt.seed);
	if (found->sampled)
		puts("no exact means: the search went by means of 64 draws; what it found is judged on others");
	if (violated) {
		printf("COUNTEREXAMPLE");
		if (found->seconds > 0 && !(o->hunt.evaluations && !o->timed))
			printf(" in %.1f s", found->seconds);
		printf(": measured / bound = %.6g at step %" PRIu64 "\n", v->max_ratio, v->at_step);
	} else if (!o->hunt.early && v->deep_ratio == v->deep_ratio)
		printf("no violation; the sharpest found: measured / bound = %.6g after the transient (%.6g at "
		       "step %" PRIu64 ")\n",
		       v->deep_ratio, v->max_ratio, v->at_step);
	else
		printf("no violation; the sharpest found: measured / bound = %.6g at step %" PRIu64 "%s\n",
		       v->max_ratio, v->at_step, v->trivial ? " (at the start only)" : "");
	if (!violated && *out->reason)
		printf("%s\n", out->reason);
	if (violated && v->deep_ratio == v->deep_ratio)
		printf("after the transient: %.6g\n", v->deep_ratio);
	if (o->hunt.from_step > 1)
		printf("from step %" PRIu64 " on: %.6g\n", o->hunt.from_step, q->ratio);
	if (found->corner > 0)
		printf("set apart: %.6g at step %" PRIu64 ", met at the start alone, by %s\n", found->corner,
		       found->corner_step, found->corner_at);
	printf("\n  objective   %s   (d = %zu)\n  parameters  %s\n  steps       %" PRIu64 "\n\n%s\n",
	       q->objective, q->dimension, *q->parameters ? q->parameters : "none", q->steps, out->replay);
	if (*found->remark)
		printf("\nOf the others %" PRIu64 " were false to their declared constants "
		       "and %" PRIu64 " broke, as\n  %s\n", found->false_,
		       found->broken, found->remark);
}

static int report(const rate_hunting *o, const rate_hunted *found)
{
	const rate_quarry *q = &found->copy[found->best];
	rate_judged out = { .judged = 0 };
	int code;

	if ((code = rate_hunting_judge(o, q, o->hunt.factor, &out)))
		return code;
	if (o->json)
		print_json(o, found, &out);
	else
		print_text(o, found, &out);
	if (q->violated && out.verdict.code != RATE_REFUTED)
		return rate_trouble("the search saw a violation that `verify` does not confirm (%s): %s",
		                    out.reason, out.replay);
	return out.verdict.code == RATE_REFUTED ? 1 : 0;
}

/* ---- Start ---- */

static int hunt(rate_hunting *o)
{
	rate_bound_spec *theorem = NULL, *method = NULL;
	rate_hunted *found = NULL;
	int code = rate_hunt_bind(&o->hunt, o->theorem, o->method, &theorem, &method), ended_with;

	if (!code && !(found = rate_arena(sizeof *found)))
		code = rate_trouble("out of memory");
	if (!code) {
		found->best = -1;
		ended_with = o->worst ? start_from_worst(o, found) : 0;
		rate_quarry worst = found->copy[0];
		if (!o->worst)
			look_at_worst(o, &worst);
		/* A bound that is false on the worst function that was asked for needs no search. */
		if (!ended_with && !(found->best == 0 && worst.violated))
			ended_with = rate_hunting_search(o, &o->hunt, found);
		/* What the search finds false is made small; else the sharper one counts. */
		const rate_quarry *best = found->best < 0 ? NULL : &found->copy[found->best];
		if (!ended_with && worst.steps &&
		    (!best || (best->ratio < worst.ratio && (o->worst || !best->violated))))
			found->copy[found->best = 0] = worst;
		if (found->best >= 0)
			code = report(o, found);
		else if (!ended_with)
			code = rate_hunting_empty(found);
		if (ended_with)
			code = ended_with;
	}
	rate_arena_free(found, sizeof *found);
	rate_bound_free(theorem);
	rate_bound_free(method);
	return code;
}

static int run(int argc, char **argv)
{
	return rate_hunting_main(argc, argv, long_options, hunt);
}

const rate_command rate_command_hunt = {
	"hunt", "hunt THEOREM[:parameter=value,...] [OPTION]...",
	"look for the instance on which a bound is tightest, or false",
	"Searches objectives (all that are built in, bare and wrapped, above all sums of functions whose "
	  "derivatives are broken\n"
	"lines), starts, dimensions, steps and admissible parameters for the largest measured / bound: "
	  "random draws, then a\n"
	"derivative-free optimiser from the best. Claims on paths and on exact means; where no mean is exact, "
	  "on means of 64\n"
	"draws, the same for all instances, and what is found is judged on draws of its own. A violation is made "
	  "small: fewer\n"
	"steps, lower dimension, rounder numbers. What the user gives in a spec stands, the rest is searched.\n\n"
	"  --objective SPEC     search this objective's parameters only (may be repeated)\n"
	"  --method SPEC        run this method in the place of the theorem's\n"
	"  --plugin FILE.so     one more plugin file (may be repeated)\n"
	"  --bound-factor C     hunt for a violation of C times the bound\n"
	"  --bound-power P      of the bound times t^-P\n"
	"  --steps T            at most T steps, default 64\n"
	"  --dimension D        at most D dimensions, default 4\n"
	"  --early              rank by the largest ratio at any step; without it, where a bound has a part "
	  "that fades, by what\n"
	"                       is left after it: what is met at the start alone is named once and set apart\n"
	"  --from-step T        look at steps from T on only\n"
	"  --floor F            no horizon and no step size below this fraction (0 to 1) of its range\n"
	"  --seconds S          budget, default 10\n"
	"  --evaluations N      budget in instances; the same seed then gives the same result\n"
	"  --seed S             default 1\n"
	"  --worst FILE         start from the exact worst functions of up to 12 steps (see `ratecheck "
	  "exact`), the sharpest of\n"
	"                       which is kept in FILE: what is false there cannot be missed. "
	  "Without it the one that comes with\n"
	"                       the program is looked at, where there is one for the theorem (data/exact) "
	  "and nothing but the\n"
	"                       theorem's own method, parameters and any objective is asked for\n"
	"  --format F           table (default) or json: one object, which `verify --instance FILE` runs again\n"
	"  --quiet              no progress\n\n"
	"Exit: 0 no violation, 1 a counterexample, 2 wrong use, 3 nothing could be judged, 130 interrupted.\n"
	"\nExamples:\n"
	"  ratecheck hunt gd-convex-smooth --seconds 2               the instance on which the bound is tightest\n"
	"  ratecheck hunt gd-convex-smooth --bound-factor 0.4 --seconds 2  a counterexample to 0.4 times the bound\n",
	run
};
