/* ratecheck tighten: how far the constant of a bound can be lowered.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "verify/commands/command.h"
#include "verify/commands/hunting.h"
#include "verify/worst/known.h"

enum { ROUNDS = 40 };

/* What is known of the factor C of the bound. */
typedef struct bracket {
	double refuted;     /* the largest that an instance refutes; 0: none */
	double stands;      /* the smallest that the hunts left; INFINITY: none */
	unsigned hunts;
	uint64_t instances;
	rate_quarry quarry; /* refutes all below `refuted` */
	double exact;       /* the largest exact worst case / bound; NaN: not known */
	uint64_t exact_steps, exact_last;
	rate_judged judged; /* on a factor a thousandth smaller than what was measured */
} bracket;

static const struct option long_options[] = { RATE_HUNTING_OPTIONS, { "within", 1, 0, 'w' }, { 0, 0, 0, 0 } };

/* ---- Hunts ---- */

/* One hunt for a violation of `factor` times the bound. 0, or the exit code. */
static int try_factor(const rate_hunting *o, rate_hunted *found, double factor, bracket *b)
{
	rate_hunt hunt = o->hunt;
	const rate_quarry *q;
	int rc;

	hunt.factor = factor * o->hunt.factor;
	hunt.seed = o->hunt.seed + b->hunts;
	*found = (rate_hunted){ .best = -1 };
	rc = rate_hunting_search(o, &hunt, found);
	b->hunts++;
	b->instances += found->evaluations;
	if (rc)
		return rc;
	if (found->best < 0)
		return rate_hunting_empty(found);
	q = &found->copy[found->best];
	/* What holds at this factor refutes a smaller one all the same: what was measured is this part of the bound. */
	if (q->ratio * factor > b->refuted) {
		b->refuted = q->ratio * factor;
		b->quarry = *q;
	}
	if (!q->violated && factor < b->stands)
		b->stands = factor;
	return 0;
}

/* Twice the bound, four times, ... if it falls itself; then bisection in the logarithm. */
static int bisect(const rate_hunting *o, bracket *b)
{
	rate_hunted *found = rate_arena(sizeof *found);
	double next = 1;
	int code = found ? 0 : rate_trouble("out of memory");

	while (!code && b->hunts < ROUNDS) {
		if ((code = try_factor(o, found, next, b)))
			break;
		if (b->stands < INFINITY && b->stands <= b->refuted * (1 + o->within))
			break;
		next = b->stands == INFINITY ? 2 * b->refuted : sqrt(b->refuted * b->stands);
		if (!(next > 0) || !isfinite(next))
			break;
	}
	rate_arena_free(found, sizeof *found);
	/* The hunt's own margin: an instance at which the factor is met within rounding refutes what is smaller. */
	if (b->stands < b->refuted)
		b->stands = b->refuted;
	return code;
}

/* A factor that is smaller by a thousandth than what was measured must be refuted. */
static int confirm(const rate_hunting *o, bracket *b)
{
	rate_judged *v = &b->judged;
	int code = rate_hunting_judge(o, &b->quarry, b->refuted * o->hunt.factor * 0.999, v);

	if (!code && v->verdict.code != RATE_REFUTED)
		return rate_trouble("the hunt saw a ratio that `verify` does not confirm (%s): %s",
		                    v->reason, v->replay);
	return code;
}

/* ---- Exact worst cases that were computed before ---- */

static void look_up(const rate_hunting *o, bracket *b)
{
	const char *id = o->hunt.theorem->word[0].info->id;
	char path[4096];
	rate_error error;
	rate_exact_table *known;

	b->exact = NAN;
	/* Those are of the theorem's own method, over its whole class. */
	if (o->method || o->hunt.objectives)
		return;
	snprintf(path, sizeof path, "%s/exact.jsonl", rate_data_folder());
	if (!(known = rate_known_read(path, &error)))
		return;
	b->exact = rate_known_factor(known, id, &b->exact_steps, &b->exact_last);
	rate_known_free(known);
}

/* ---- Words ---- */

static void print_json(const rate_hunting *o, const bracket *b)
{
	json_t *j = json_pack("{s:i, s:s, s:I, s:I, s:s, s:s, s:I, s:s}", "schema", 1, "theorem",
	                      o->hunt.theorem->word[0].info->id, "hunts", (json_int_t)b->hunts, "evaluations",
	                      (json_int_t)b->instances, "objective", b->quarry.objective,
	                      "parameters", b->quarry.parameters, "steps", (json_int_t)b->quarry.steps, "replay",
	                      b->judged.replay);

	rate_put_real(j, "refuted", b->refuted);
	rate_put_real(j, "not_refuted", b->stands);
	rate_put_real(j, "exact", b->exact);
	rate_hunting_print(j);
}

static void print_text(const rate_hunting *o, const bracket *b)
{
	const rate_class_info *t = o->hunt.theorem->word[0].info;

	printf("%s: %s\n%s  <=  C x %s\n\n", t->id, t->statement, t->quantity ? t->quantity : "measured",
	       t->formula ? t->formula : "bound");
	printf("refuted      every C below %.6g, by this instance:\n", b->refuted);
	printf("               objective   %s   (d = %zu)\n               parameters  %s\n"
	       "               steps       %" PRIu64 "\n", b->quarry.objective,
	       b->quarry.dimension, *b->quarry.parameters ? b->quarry.parameters : "none", b->quarry.steps);
	printf("               %s\n", b->judged.replay);
	if (b->stands < INFINITY)
		printf("not refuted  C = %.6g, in %u hunts with %" PRIu64 " instances%s\n", b->stands,
		       b->hunts, b->instances, b->stands > 1 ? "; the theorem itself is refuted" : "");
	if (b->exact == b->exact)
		printf("exact        C = %.6g, the largest over the horizons "
		       "up to %" PRIu64 " steps (at %" PRIu64 "; see `ratecheck exact %s`)\n",
		       b->exact, b->exact_last, b->exact_steps, t->id);
	else
		printf("exact        not known%s\n", o->method || o->hunt.objectives
		       ? " with --method or --objective" : "; `ratecheck exact` may find it");
}

static int tighten(rate_hunting *o)
{
	rate_bound_spec *theorem = NULL, *method = NULL;
	bracket b = { .stands = INFINITY };
	int code;

	o->hunt.early = 1;
	code = rate_hunt_bind(&o->hunt, o->theorem, o->method, &theorem, &method);
	if (!code && !(code = bisect(o, &b)) && !(b.refuted > 0))
		code = rate_trouble("all instances have the ratio 0: there is nothing to be tightened");
	if (!code && !(code = confirm(o, &b))) {
		look_up(o, &b);
		(o->json ? print_json : print_text)(o, &b);
		code = b.refuted > 1 + 1e-6 ? 1 : 0;
	}
	rate_bound_free(theorem);
	rate_bound_free(method);
	return code;
}

static int run(int argc, char **argv)
{
	return rate_hunting_main(argc, argv, long_options, tighten);
}

const rate_command rate_command_tighten = {
	"tighten", "tighten THEOREM[:parameter=value,...] [OPTION]...",
	"how far the constant of a bound can be lowered",
	"Hunts for a violation of C times the bound, for one C after the other, until the largest C that an "
	  "instance refutes and\n"
	"the smallest that a hunt leaves are near each other. Prints both, the instance as a command line, "
	  "and the exact C where\n"
	"it was computed (`ratecheck exact`). What no hunt refutes is not proved.\n\n"
	"  --objective SPEC     search this objective's parameters only (may be repeated)\n"
	"  --method SPEC        run this method in the place of the theorem's\n"
	"  --plugin FILE.so     one more plugin file (may be repeated)\n"
	"  --steps T            at most T steps, default 64\n"
	"  --dimension D        at most D dimensions, default 4\n"
	"  --from-step T        look at steps from T on only\n"
	"  --floor F            no horizon and no step size below this fraction (0 to 1) of its range\n"
	"  --seconds S          budget of each hunt, default 10\n"
	"  --evaluations N      budget in instances; the same seed then gives the same result\n"
	"  --within W           end when the two are as near as this, relatively; default 0.01\n"
	"  --seed S             default 1\n"
	"  --format F           table (default) or json: one object\n"
	"  --quiet              no progress\n\n"
	"Exit: 0 the bound itself stands, 1 it is refuted, 2 wrong use, 3 nothing could be judged, 130 interrupted.\n"
	"\nExamples:\n"
	"  ratecheck tighten gd-convex-smooth --seconds 2            one half is refuted nearly, and stands\n"
	"  ratecheck tighten gd-pl --objective quadratic:d=2 --seconds 1  on quadratics alone\n",
	run
};
