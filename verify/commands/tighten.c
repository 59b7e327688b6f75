/* ratecheck tighten: how far the constant of a bound can be lowered.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reports/escape.h"
#include "verify/commands/command.h"
#include "verify/commands/pursue.h"
#include "verify/work/engine.h"
#include "verify/worst/known.h"

enum { MANY = 64, ROUNDS = 40 };

typedef struct options {
	rate_hunt hunt;
	const char *objective[MANY], *plugin[MANY], *theorem, *method;
	size_t plugins;
	double within;
	int json, quiet, timed;
} options;

/* What is known of the factor C of the bound. */
typedef struct bracket {
	double refuted;     /* the largest that an instance refutes; 0: none */
	double stands;      /* the smallest that the hunts left; INFINITY: none */
	unsigned hunts;
	uint64_t instances;
	rate_quarry quarry; /* refutes all below `refuted` */
	double exact;       /* the largest exact worst case / bound; NaN: not known */
	uint64_t exact_steps, exact_last;
	char spec[4096], replay[16384];
} bracket;

static const struct option long_options[] = {
	{ "objective", 1, 0, 'o' }, { "method", 1, 0, 'm' }, { "plugin", 1, 0, 'f' }, { "seconds", 1, 0, 't' },
	{ "evaluations", 1, 0, 'n' }, { "seed", 1, 0, 's' }, { "steps", 1, 0, 'T' }, { "dimension", 1, 0, 'd' },
	{ "from-step", 1, 0, 'S' }, { "floor", 1, 0, 'L' }, { "within", 1, 0, 'w' }, { "format", 1, 0, 'F' },
	{ "quiet", 0, 0, 'q' }, { 0, 0, 0, 0 }
};

static int number_of(const char *option, double low, double high, double *out)
{
	char *end;

	errno = 0;
	*out = strtod(optarg, &end);
	if (end == optarg || *end || errno || !(*out >= low && *out <= high))
		return rate_usage("--%s %s: a number from %g to %g is wanted", option, optarg, low, high);
	return 0;
}

static int whole(const char *option, double low, double high, uint64_t *out)
{
	double v;

	if (number_of(option, low, high, &v))
		return 2;
	*out = (uint64_t)v;
	return (double)*out == v ? 0 : rate_usage("--%s %s: a whole number is wanted", option, optarg);
}

static int take_option(options *o, int c)
{
	uint64_t n = 0;
	int rc;

	switch (c) {
	case 'o':
		if (o->hunt.objectives == MANY)
			return rate_usage("--objective: at most %d of them", MANY);
		o->objective[o->hunt.objectives++] = optarg;
		return 0;
	case 'f':
		if (o->plugins == MANY)
			return rate_usage("--plugin: at most %d of them", MANY);
		o->plugin[o->plugins++] = optarg;
		return 0;
	case 'm': o->method = optarg; return 0;
	case 't': o->timed = 1; return number_of("seconds", 0.01, 1e6, &o->hunt.seconds);
	case 'n': return whole("evaluations", 1, 1e12, &o->hunt.evaluations);
	case 's': return whole("seed", 0, 0x1p53, &o->hunt.seed);
	case 'T': return whole("steps", 1, 1e5, &o->hunt.steps);
	case 'd': rc = whole("dimension", 1, 1000, &n); o->hunt.dimension = (size_t)n; return rc;
	case 'S': return whole("from-step", 1, 1e5, &o->hunt.from_step);
	case 'L': return number_of("floor", 0, 1, &o->hunt.floor);
	case 'w': return number_of("within", 1e-6, 1, &o->within);
	case 'q': o->quiet = 1; return 0;
	case 'F':
		o->json = !strcmp(optarg, "json");
		return o->json || !strcmp(optarg, "table") ? 0 : rate_usage("--format %s: choose table or json", optarg);
	}
	return 2;
}

static int parse(options *o, int argc, char **argv)
{
	int c, rc;

	*o = (options){ .hunt = { .seed = 1, .steps = 64, .dimension = 4, .seconds = 10, .factor = 1, .early = 1 }, .within = 0.01 };
	while ((c = rate_option(argc, argv, "", long_options)) != -1)
		if ((rc = take_option(o, c)))
			return rc;
	if (optind + 1 != argc)
		return rate_usage("tighten takes one theorem, as in `ratecheck tighten gd-convex-smooth`; `ratecheck list theorems` shows them");
	o->theorem = argv[optind];
	o->hunt.objective = o->objective;
	if (o->hunt.evaluations && !o->timed)
		o->hunt.seconds = 1e6;
	return 0;
}

/* ---- Hunts ---- */

/* One hunt for a violation of `factor` times the bound. 0, or the exit code. */
static int try_factor(const options *o, rate_hunted *found, double factor, bracket *b)
{
	rate_hunt hunt = o->hunt;
	char reason[10240];
	const rate_quarry *q;
	int rc;

	hunt.factor = factor * o->hunt.factor;
	hunt.seed = o->hunt.seed + b->hunts;
	*found = (rate_hunted){ .best = -1 };
	rc = rate_hunt_chase(&hunt, found, !o->quiet && isatty(2), reason, sizeof reason);
	b->hunts++;
	b->instances += found->evaluations;
	if (rc == RATE_FAIL)
		return rate_trouble("%s", reason);
	if (rc)
		return rc;
	if (found->best < 0)
		return rate_trouble("no instance could be judged in %" PRIu64 " tries; the last: %s", found->evaluations, found->why);
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
static int bisect(const options *o, bracket *b)
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

/* ---- The instance, judged as `verify` judges it ---- */

static int keep(void *user, size_t number, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	(void)number;
	(void)c;
	(void)m;
	*(rate_verdict *)user = *v;
	return 0;
}

/* A factor that is smaller by a thousandth than what was measured must be refuted. */
static int confirm(const options *o, bracket *b)
{
	const char *theorem = b->spec, *objective = b->quarry.objective;
	const rate_plan_options po = { .theorem = &theorem, .theorems = 1, .objective = &objective, .objectives = 1,
		.method = o->method, .steps = b->quarry.steps, .alpha = 1e-9, .seed = o->hunt.seed };
	const rate_engine_options eo = { .jobs = 1, .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1 };
	double factor = b->refuted * o->hunt.factor * 0.999;
	rate_verdict v = { .code = RATE_BROKEN };
	rate_plan *plan = NULL;
	char head[4096], error[1024];
	FILE *f;
	int rc;

	snprintf(head, sizeof head, "%.*s", (int)strcspn(o->theorem, ":"), o->theorem);
	rate_quarry_spec(b->spec, sizeof b->spec, head, &b->quarry, o->hunt.method != NULL, factor);
	if (rate_plan_make(&plan, o->hunt.registry, &po, error, sizeof error)) {
		rate_plan_free(plan);
		return rate_trouble("%s", error);
	}
	rc = rate_engine(plan->check, plan->count ? 1 : 0, &eo, keep, &v);
	rate_plan_free(plan);
	if (rc == 130)
		return 130;
	if ((f = fmemopen(b->replay, sizeof b->replay, "w"))) {
		fputs("ratecheck verify ", f);
		rate_escape(f, RATE_SHELL, b->spec);
		rate_escape_option(f, "objective", b->quarry.objective);
		for (size_t i = 0; i < o->plugins; i++)
			rate_escape_option(f, "plugin", o->plugin[i]);
		if (o->method)
			rate_escape_option(f, "method", o->method);
		if (o->hunt.method)
			fprintf(f, " --steps %" PRIu64, b->quarry.steps);
		fprintf(f, " --seed %" PRIu64, o->hunt.seed);
		fclose(f);
	}
	if (v.code != RATE_REFUTED)
		return rate_trouble("the hunt saw a ratio that `verify` does not confirm (%s): %s", v.reason, b->replay);
	return 0;
}

/* ---- Exact worst cases that were computed before ---- */

static void look_up(const options *o, bracket *b)
{
	const char *id = o->hunt.theorem->word[0].info->id;
	char path[4096], error[512];
	rate_exact_table *known;

	b->exact = NAN;
	/* Those are of the theorem's own method, over its whole class. */
	if (o->method || o->hunt.objectives)
		return;
	snprintf(path, sizeof path, "%s/exact.jsonl", rate_data_folder());
	if (!(known = rate_known_read(path, error, sizeof error)))
		return;
	b->exact = rate_known_factor(known, id, &b->exact_steps, &b->exact_last);
	rate_known_free(known);
}

/* ---- Words ---- */

static void put_real(json_t *o, const char *key, double v)
{
	json_object_set_new(o, key, isfinite(v) ? json_real(v) : json_null());
}

static void print_json(const options *o, const bracket *b)
{
	json_t *j = json_pack("{s:i, s:s, s:I, s:I, s:s, s:s, s:I, s:s}", "schema", 1, "theorem", o->hunt.theorem->word[0].info->id,
	                      "hunts", (json_int_t)b->hunts, "evaluations", (json_int_t)b->instances, "objective", b->quarry.objective,
	                      "parameters", b->quarry.parameters, "steps", (json_int_t)b->quarry.steps, "replay", b->replay);
	char *text;

	put_real(j, "refuted", b->refuted);
	put_real(j, "not_refuted", b->stands);
	put_real(j, "exact", b->exact);
	text = json_dumps(j, JSON_COMPACT | JSON_REAL_PRECISION(17));
	puts(text ? text : "{}");
	free(text);
	json_decref(j);
}

static void print_text(const options *o, const bracket *b)
{
	const rate_class_info *t = o->hunt.theorem->word[0].info;

	printf("%s: %s\n%s  <=  C x %s\n\n", t->id, t->statement, t->quantity ? t->quantity : "measured", t->formula ? t->formula : "bound");
	printf("refuted      every C below %.6g, by this instance:\n", b->refuted);
	printf("               objective   %s   (d = %zu)\n               parameters  %s\n               steps       %" PRIu64 "\n", b->quarry.objective,
	       b->quarry.dimension, *b->quarry.parameters ? b->quarry.parameters : "none", b->quarry.steps);
	printf("               %s\n", b->replay);
	if (b->stands < INFINITY)
		printf("not refuted  C = %.6g, in %u hunts with %" PRIu64 " instances%s\n", b->stands, b->hunts, b->instances,
		       b->stands > 1 ? "; the theorem itself is refuted" : "");
	if (b->exact == b->exact)
		printf("exact        C = %.6g, the largest over the horizons up to %" PRIu64 " steps (at %" PRIu64 "; see `ratecheck exact %s`)\n",
		       b->exact, b->exact_last, b->exact_steps, t->id);
	else
		printf("exact        not known%s\n", o->method || o->hunt.objectives ? " with --method or --objective" : "; `ratecheck exact` may find it");
}

static int tighten(options *o)
{
	rate_bound_spec *theorem = NULL, *method = NULL;
	bracket b = { .stands = INFINITY };
	int code = rate_hunt_bind(&o->hunt, o->theorem, o->method, &theorem, &method);

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
	options o;
	int code = parse(&o, argc, argv);

	if (code || !(o.hunt.registry = rate_open_registry(o.plugin, o.plugins, o.quiet, &code)))
		return code;
	code = tighten(&o);
	rate_registry_free(o.hunt.registry);
	return code;
}

const rate_command rate_command_tighten = {
	"tighten", "tighten THEOREM[:parameter=value,...] [OPTION]...", "how far the constant of a bound can be lowered",
	"Hunts for a violation of C times the bound, for one C after the other, until the largest C that an instance refutes and\n"
	"the smallest that a hunt leaves are near each other. Prints both, the instance as a command line, and the exact C where\n"
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
