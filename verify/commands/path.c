/* ratecheck path: the points that a method visits, as the table that `judge` reads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reports/escape.h"
#include "verify/commands/command.h"
#include "verify/measure/measure.h"
#include "verify/plan/plan.h"

enum { NUMBERS = 1 << 23, DEFAULT_STEPS = 64, SECONDS = 600, MANY = 16 };

typedef struct options {
	rate_plan_options plan;
	const char *theorem, *objective, *plugin[MANY];
	size_t plugins;
	char suite[4096];
	uint64_t replicate;
	int values;
} options;

/* What the child leaves: rows of `width` numbers, x_t or F(x_t), for t = 0, ..., steps. */
typedef struct table {
	uint64_t steps;
	size_t width;
	char reason[512]; /* the theorem does not apply */
	double v[NUMBERS];
} table;

typedef struct task {
	const rate_check *check;
	const options *o;
	table *out;
} task;

static int keep(rate_session *s, const options *o, table *out, uint64_t t)
{
	double *row = out->v + t * out->width;
	int rc = RATE_OK;

	if (o->values)
		rc = rate_value_at(&s->run, s->blocks.state[0], row);
	else
		memcpy(row, s->blocks.state[0], out->width * sizeof *row);
	for (size_t i = 0; i < out->width; i++)
		if (rc == RATE_OK && !isfinite(row[i]))
			rc = rate_fail(&s->error, "step %" PRIu64 " leaves the numbers: --steps %" PRIu64
			                          " is what there is to see", t, t - (t > 0));
	return rc;
}

static int walk(rate_session *s, const rate_check *c, const options *o, table *out)
{
	int rc;

	/* A sharp instance has its own horizon. */
	out->steps = c->T < o->plan.steps ? c->T : o->plan.steps;
	if (rate_session_blocks(s, 1) || rate_session_begin(s, 1, o->replicate) || keep(s, o, out, 0))
		return RATE_FAIL;
	for (uint64_t t = 0; t < out->steps; t++) {
		rc = rate_session_step(s, t);
		if (rc == RATE_OK)
			rc = keep(s, o, out, t + 1);
		if (rc != RATE_OK)
			return rc;
	}
	return RATE_OK;
}

static int body(void *arg, rate_mark *mark)
{
	const task *k = arg;
	rate_check c = *k->check;
	rate_session s;
	int rc = rate_session_open(&s, &c, mark);

	c.at = NULL;
	c.bound = c.transient = c.param = NULL;
	c.parameters = NULL;
	k->out->width = k->o->values ? 1 : s.run.d;
	if (rc == RATE_OK && k->o->plan.steps >= NUMBERS / k->out->width)
		rc = rate_fail(&s.error, "%" PRIu64 " points of %zu numbers: %d numbers are kept; fewer --steps, "
		                         "or --values", k->o->plan.steps + 1, k->out->width, NUMBERS);
	if (rc == RATE_OK)
		rc = rate_prepare(&s, &c);
	if (rc == RATE_OK && !c.applicable)
		snprintf(k->out->reason, sizeof k->out->reason, "%s", c.reason);
	else if (rc == RATE_OK)
		rc = walk(&s, &c, k->o, k->out);
	if (rc != RATE_OK)
		snprintf(mark->message, sizeof mark->message, "%s",
		         rate_said(&s.error, "a callback returned an error"));
	rate_session_close(&s);
	rate_check_clear(&c);
	return rc;
}

/* An instance of the theorem: on the objective that is given, else its sharp one. */
static const rate_check *chosen(const rate_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->check[i]->role != RATE_ROLE_CONTROL && plan->check[i]->method)
			return plan->check[i];
	return NULL;
}

static void comment(const char *name, const char *text)
{
	printf("# %s: ", name);
	rate_escape(stdout, RATE_TAP, text);
	putchar('\n');
}

static int print(const task *k)
{
	const table *out = k->out;

	comment("theorem", k->o->theorem);
	comment("objective", k->check->objective->canonical);
	comment("method", k->check->method->canonical);
	putchar('t');
	for (size_t i = 1; !k->o->values && i <= out->width; i++)
		printf(",x_%zu", i);
	puts(k->o->values ? ",value" : "");
	for (uint64_t t = 0; t <= out->steps; t++) {
		printf("%" PRIu64, t);
		for (size_t i = 0; i < out->width; i++)
			printf(",%.17g", out->v[t * out->width + i]);
		putchar('\n');
	}
	return 0;
}

static int walk_and_print(const rate_plan *plan, const options *o)
{
	task k = { chosen(plan), o, NULL };
	rate_limits limits = { .seconds = SECONDS, .memory = (size_t)4 << 30, .isolate = 1,
		               .room = sizeof *k.out };
	rate_error error;
	int code;

	if (!k.check)
		return rate_usage("%s: it is about points, not about a method's path%s", o->theorem, plan->count &&
		                  !o->objective ? ", or has no instance of its own: --objective SPEC" : "");
	if (!(k.out = limits.arena = rate_arena(sizeof *k.out)))
		return rate_trouble("out of memory");
	if ((code = rate_isolated(body, &k, &limits, &error)))
		code = code == 130 ? 130 : rate_trouble("%s: %s", o->theorem, error.text);
	else if (*k.out->reason)
		code = rate_trouble("%s does not apply: %.*s", o->theorem, (int)sizeof k.out->reason - 1,
		                    k.out->reason);
	else if (k.out->steps >= NUMBERS || !k.out->width || k.out->steps >= NUMBERS / k.out->width)
		code = rate_trouble("%s: the table was overwritten", o->theorem);
	else
		code = print(&k);
	rate_arena_free(k.out, sizeof *k.out);
	return code;
}

static int parse(options *o, int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "objective", 1, 0, 'o' }, { "method", 1, 0, 'm' }, { "as", 1, 0, 'a' }, { "plugin", 1, 0, 'p' },
		{ "steps", 1, 0, 't' }, { "seed", 1, 0, 's' }, { "replicate", 1, 0, 'r' }, { "x0", 1, 0, 'x' },
		{ "values", 0, 0, 'v' }, { 0 } };
	int c, code = 0;

	*o = (options){ .plan = { .steps = DEFAULT_STEPS, .alpha = 1e-9, .seed = 1, .beyond = 1 } };
	while (!code && (c = rate_option(argc, argv, "", long_options)) != -1)
		switch (c) {
		case 'o': o->objective = optarg; break;
		case 'm': o->plan.method = optarg; break;
		case 'a': o->plan.as = optarg; break;
		case 'p':
			if (o->plugins == MANY)
				return rate_usage("--plugin: at most %d", MANY);
			o->plugin[o->plugins++] = optarg;
			break;
		case 't': code = rate_take_whole("steps", optarg, 1, 1e6, &o->plan.steps); break;
		case 's': code = rate_take_whole("seed", optarg, 0, 9007199254740991.0, &o->plan.seed); break;
		case 'r': code = rate_take_whole("replicate", optarg, 0, 1e9, &o->replicate); break;
		case 'x': o->plan.x0 = optarg; break;
		case 'v': o->values = 1; break;
		default: return 2;
		}
	if (!code && optind + 1 != argc)
		return rate_usage(optind < argc ? "path: one theorem at a time"
		                  : "path: which theorem? `ratecheck list theorems`");
	o->theorem = argv[optind];
	return code;
}

static int run(int argc, char **argv)
{
	options o;
	rate_registry *registry = NULL;
	rate_plan *plan = NULL;
	rate_error error;
	int code = parse(&o, argc, argv);

	if (code || !(registry = rate_open_registry(o.plugin, o.plugins, 0, &code)))
		return code;
	snprintf(o.suite, sizeof o.suite, "%s/suite", rate_data_folder());
	o.plan.suite = o.suite;
	o.plan.theorem = &o.theorem;
	o.plan.theorems = 1;
	o.plan.objective = &o.objective;
	o.plan.objectives = o.objective != NULL;
	if (rate_plan_make(&plan, registry, &o.plan, &error))
		code = rate_is_refusal(registry, error.text) ? rate_trouble("%s", error.text)
		                                             : rate_usage("%s", error.text);
	else
		code = walk_and_print(plan, &o);
	rate_plan_free(plan);
	rate_registry_free(registry);
	return code;
}

const rate_command rate_command_path = {
	"path", "path THEOREM:parameter=value,... [--objective SPEC] [OPTION]...",
	"the points that a method visits, as a table",
	"A line t,x_1,...,x_d for each step, on standard output, from the start on: what `ratecheck judge` reads, "
	  "and anything\n"
	"that draws. The method and its steps are those of the theorem with these parameters, which may be out of its "
	  "range;\n"
	"without --objective it is the instance on which the theorem is sharp.\n\n"
	"  --objective SPEC  what is minimised, mine.so:a=1 or quadratic:d=2,kappa=20\n"
	"  --method SPEC     in the place of the theorem's method\n"
	"  --as METHOD       which of its methods that one takes the place of\n"
	"  --steps T         default 64, and at most those of a sharp instance\n"
	"  --seed N          default 1\n"
	"  --replicate R     which of the runs of a stochastic method, default 0\n"
	"  --x0 FILE         start there (or: zero, ones, gauss)\n"
	"  --values          t,value: F(x_t) in the place of x_t\n"
	"  --plugin FILE.so  one more plugin file (may be repeated)\n\n"
	"Exit: 0, 2 wrong use, 3 the theorem does not apply or a plugin failed, 130 interrupted.\n"
	"\nExamples:\n"
	"  ratecheck path hb-quadratic-finite:gamma=1,beta=0.6 --objective quadratic:d=2,kappa=20 --steps 40  "
	  "heavy ball in the plane\n"
	"  ratecheck path gd-convex-smooth:gamma=2.1 --objective huber  steps that are too long\n",
	run
};
