/* ratecheck verify: plan, run, judge, report.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "kernels/philox.h"
#include "plugins/isolate.h"
#include "reports/report.h"
#include "verify/commands/command.h"
#include "verify/commands/instance.h"
#include "verify/commands/output.h"
#include "verify/commands/provenance.h"
#include "verify/commands/pursue.h"
#include "verify/work/engine.h"
#include "verify/plan/plan.h"
#include "verify/plan/trajectory.h"
#include "verify/work/ranks.h"
#include "verify/session/session.h"
#include "verify/worst/known.h"
#include "reports/store.h"
#include "reports/terminal.h"

enum { MANY = 64 };

typedef struct options {
	rate_plan_options plan;
	rate_engine_options engine;
	const char *theorem[MANY * 8], *chapter[MANY], *objective[MANY], *plugin[MANY];
	size_t plugins;
	char suite[4096];
	const rate_output *format; /* NULL: nothing is printed */
	const char *output;
	rate_exact_table *exact; /* worst cases that were computed before */
	rate_instance_file *instance[RATE_INSTANCES];
	size_t instances;
	int seeded; /* --seed is given */
	rate_store_options store;
	rate_trajectory trajectory; /* `judge`: in the place of a run */
	const char *path;           /* its file; NULL: none */
	double hunt;                /* seconds for a theorem; 0: none */
	uint64_t evaluations;       /* of a hunt, which has no clock then unless it is given, too; 0: any */
	int dry_run, quiet, verbose, brief, strict;
} options;

typedef struct session {
	const options *o;
	rate_store *store;
	rate_printing print;
	rate_ranking ranking;
	rate_registry *registry;
	int judged, failed, undecided, hunting;
	int refused; /* files */
	rate_error error;
} session;

static const struct option long_options[] = {
	{ "chapter", 1, 0, 'c' }, { "objective", 1, 0, 'o' }, { "method", 1, 0, 'm' }, { "as", 1, 0, 'a' },
	{ "plugin", 1, 0, 'f' }, { "effort", 1, 0, 'e' }, { "replicates", 1, 0, 'R' }, { "steps", 1, 0, 'T' },
	{ "alpha", 1, 0, 'A' }, { "seed", 1, 0, 's' }, { "x0", 1, 0, 'x' }, { "jobs", 1, 0, 'j' },
	{ "timeout", 1, 0, 't' }, { "memory", 1, 0, 'M' }, { "isolation", 1, 0, 'i' }, { "dry-run", 0, 0, 'n' },
	{ "format", 1, 0, 'F' }, { "output", 1, 0, 'O' }, { "resume", 0, 0, 'r' }, { "retry", 0, 0, 'y' },
	{ "force", 0, 0, 'w' }, { "quiet", 0, 0, 'Q' }, { "verbose", 0, 0, 'v' }, { "beyond", 0, 0, 'b' },
	{ "strict", 0, 0, 'S' }, { "bound-power", 1, 0, 'P' }, { "bound-factor", 1, 0, 'B' }, { "hunt", 1, 0, 'H' },
	{ "evaluations", 1, 0, 'N' }, { "instance", 1, 0, 'I' }, { "exact", 1, 0, 'X' },
	{ "trajectory", 1, 0, 'J' }, { 0, 0, 0, 0 }
};

static int add(const char *option, const char **list, size_t *count, size_t most, const char *value)
{
	if (*count == most)
		return rate_usage("--%s: at most %zu of them", option, most);
	list[(*count)++] = value;
	return 0;
}

static int read_seed(options *o, const char *text)
{
	if (strcmp(text, "random"))
		return rate_take_whole("seed", text, 0, 0x1p53, &o->plan.seed);
	if (getrandom(&o->plan.seed, sizeof o->plan.seed, 0) != sizeof o->plan.seed)
		return rate_trouble("--seed random: the system gives no random numbers");
	o->plan.seed >>= 12;
	rate_ranks_share(&o->plan.seed, sizeof o->plan.seed);
	fprintf(stderr, "ratecheck: seed %" PRIu64 "\n", o->plan.seed);
	return 0;
}

static int take_instance(options *o, const char *file)
{
	rate_instance_file *f;
	int code;

	if (o->instances == RATE_INSTANCES)
		return rate_usage("--instance: at most %d of them", RATE_INSTANCES);
	if ((code = rate_instance_read(&f, file)))
		return code;
	o->instance[o->instances++] = f;
	for (size_t i = 0; i < f->plugins; i++)
		if (add("plugin", o->plugin, &o->plugins, MANY, f->plugin[i]))
			return 2;
	return 0;
}

static int take_option(options *o, int c)
{
	static const char *const efforts[] = { "quick", "standard", "thorough", NULL };
	static const char *const isolations[] = { "none", "fork", NULL };
	uint64_t n = 0;
	double v = 0;
	int k = 0, rc;

	switch (c) {
	case 'c': return add("chapter", o->chapter, &o->plan.chapters, MANY, optarg);
	case 'o': return add("objective", o->objective, &o->plan.objectives, MANY, optarg);
	case 'f': return add("plugin", o->plugin, &o->plugins, MANY, optarg);
	case 'I': return take_instance(o, optarg);
	case 'm': o->plan.method = optarg; return 0;
	case 'a': o->plan.as = optarg; return 0;
	case 'x': o->plan.x0 = optarg; return 0;
	case 'X': o->plan.exact = optarg; return 0;
	case 'J': o->path = optarg; return 0;
	case 'O': o->output = optarg; return 0;
	case 'r': o->store.resume = 1; return 0;
	case 'y': o->store.retry = 1; return 0;
	case 'w': o->store.force = 1; return 0;
	case 'n': o->dry_run = 1; return 0;
	case 'Q': o->quiet = 1; return 0;
	case 'q': o->brief = 1; return 0;
	case 'v': o->verbose = 1; return 0;
	case 'S': o->strict = 1; return 0;
	case 'b': o->plan.beyond = 1; return 0;
	case 's': o->seeded = 1; return read_seed(o, optarg);
	case 'R': return rate_take_whole("replicates", optarg, 1, 1e9, &o->plan.replicates);
	case 'T': return rate_take_whole("steps", optarg, 1, 1e7, &o->plan.steps);
	case 'A': return rate_take_real("alpha", optarg, 1e-300, 0.5, &o->plan.alpha);
	case 'P': return rate_take_real("bound-power", optarg, -10, 10, &o->plan.bound_power);
	case 'B': return rate_take_real("bound-factor", optarg, 1e-300, 1e300, &o->plan.bound_factor);
	case 'H': return rate_take_real("hunt", optarg, 0.01, RATE_HUNT_ANY_TIME, &o->hunt);
	case 'N': return rate_take_whole("evaluations", optarg, 1, 1e12, &o->evaluations);
	case 't': return rate_take_real("timeout", optarg, 0.01, 1e6, &o->engine.seconds);
	case 'M': rc = rate_take_real("memory", optarg, 1, 1e7, &v); o->engine.memory = (size_t)(v * 1048576);
		return rc;
	case 'j': rc = rate_take_whole("jobs", optarg, 1, 1024, &n); o->engine.jobs = (unsigned)n; return rc;
	case 'e': rc = rate_take_one_of("effort", optarg, efforts, &k); o->plan.effort = (rate_effort)k; return rc;
	case 'F':
		if ((rc = rate_take_one_of("format", optarg, rate_output_names, &k)))
			return rc;
		o->format = &rate_outputs[k];
		return 0;
	case 'i': rc = rate_take_one_of("isolation", optarg, isolations, &k); o->engine.isolate = k; return rc;
	}
	return 2;
}

/* A file of the user's has to be there and in order; the table of the installation may be missing. */
static int read_exact(options *o)
{
	char path[4096];
	rate_error error;

	snprintf(path, sizeof path, "%s/exact.jsonl", rate_data_folder());
	o->exact = rate_known_read(o->plan.exact ? o->plan.exact : path, &error);
	return !o->exact && o->plan.exact ? rate_usage("--exact %s", error.text) : 0;
}

/* `ratecheck judge`: one claim or more, one objective, one path. */
static int read_trajectory(options *o, int judging)
{
	rate_error error;

	if (!judging)
		return o->path ? rate_usage("--trajectory %s: goes with `ratecheck judge`", o->path) : 0;
	if (!o->path || !o->plan.theorems || o->plan.objectives != 1)
		return rate_usage("judge: a theorem, --objective SPEC and --trajectory FILE are wanted");
	if (o->plan.method || o->plan.steps || o->plan.replicates)
		return rate_usage("judge: --method, --steps and --replicates say how to run; the path has been walked");
	if (rate_trajectory_read(&o->trajectory, o->path, &error))
		return rate_trouble("%s", error.text);
	o->plan.steps = o->trajectory.t[o->trajectory.rows - 1];
	return 0;
}

/* A claim on single paths whose parameters are all given. */
static int follow(const options *o, const rate_plan *plan)
{
	for (size_t i = 0; o->path && i < plan->count; i++) {
		rate_check *c = plan->check[i];
		const rate_bound_word *w = &c->given->word[0];
		if (c->theorem->point || rate_kind_of(c->theorem->claim)->about != RATE_ABOUT_PATHS)
			return rate_usage("judge: %s is no claim on single paths, and one path neither shows nor "
			                  "refutes it", c->theorem->id);
		for (size_t k = 0; k < w->values; k++)
			if (!w->given[k] && w->info->param[k].preset && !strcmp(w->info->param[k].preset, "auto"))
				return rate_usage("judge: with which %s was the path made? Say it as in %s:%s=0.1",
				                  w->info->param[k].name, c->theorem->id, w->info->param[k].name);
		c->trajectory = &o->trajectory;
	}
	return 0;
}

static int hunts(const options *o) { return o->hunt > 0 || o->evaluations; }

static int parse(options *o, int argc, char **argv)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int c, rc;

	/* One more child than cores: they stay busy while this process writes what has come out. There is a rank a
	 * core. */
	*o = (options){ .format = rate_outputs, .plan = { .alpha = 1e-9, .seed = 1 },
		            .engine = { .jobs = rate_ranks_count() > 1 ? 1 : cores > 0 ? (unsigned)cores + 1 : 2,
		                        .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1 } };
	while ((c = rate_option(argc, argv, "qv", long_options)) != -1)
		if ((rc = take_option(o, c)))
			return rc;
	for (; optind < argc; optind++)
		if ((rc = add("THEOREM", o->theorem, &o->plan.theorems, MANY * 8, argv[optind])))
			return rc;
	if (o->verbose && o->brief)
		return rate_usage("-v prints all rows, -q the summary alone: choose one");
	if (o->plan.as && !o->plan.method)
		return rate_usage("--as %s: goes with --method", o->plan.as);
	if (o->strict && !o->plan.method)
		return rate_usage("--strict: goes with --method; it compares your method with the one that it "
		                  "stands for");
	if ((o->store.resume || o->store.force) && !o->output)
		return rate_usage("--%s: goes with --output DIR", o->store.resume ? "resume" : "force");
	if (o->store.resume && o->store.force)
		return rate_usage("--resume goes on with the results of a folder, --force writes over them: "
		                  "choose one");
	if (hunts(o) && rate_ranks_count() > 1)
		return rate_usage("--%s: one process hunts; run it without mpirun",
		                  o->hunt > 0 ? "hunt" : "evaluations");
	if (o->store.retry && !o->store.resume)
		return rate_usage("--retry: goes with --resume");
	if ((rc = read_exact(o)) || (rc = read_trajectory(o, !strcmp(argv[0], "ratecheck judge"))))
		return rc;
	if (o->instances && (o->plan.theorems || o->plan.chapters || o->plan.objectives))
		return rate_usage("--instance says what is run: leave out THEOREM, --chapter and --objective");
	o->plan.theorem = o->theorem;
	o->plan.chapter = o->chapter;
	o->plan.objective = o->objective;
	snprintf(o->suite, sizeof o->suite, "%s/suite", rate_data_folder());
	o->plan.suite = o->suite;
	o->engine.prepare_only = o->dry_run;
	o->engine.quiet = o->quiet;
	o->engine.progress = !o->quiet && isatty(2) && !(isatty(1) && o->format->for_people && !o->brief);
	return 0;
}

/* ---- Delivery ---- */

static void count_verdict(session *s, int control, rate_verdict_code code, int sampled)
{
	rate_summary *sum = &s->print.sum;
	uint64_t *slot[] = { &sum->held, &sum->refuted, &sum->hypothesis_false, &sum->broken, &sum->not_applicable };

	sum->checks++;
	sum->sampled += (uint64_t)sampled;
	sum->controls += (uint64_t)control;
	s->judged |= code != RATE_NOT_APPLICABLE;
	if (control && code == RATE_REFUTED)
		sum->controls_refuted++;
	else if (control && code == RATE_HOLDS)
		sum->controls_held++;
	else
		++*slot[code];
}

/* Told in any case; 1: it is a fault, too. */
static int count_parts(session *s, int parts)
{
	s->print.sum.beside++;
	s->print.sum.parting += parts > 0;
	s->print.sum.parting_unknown += parts < 0;
	return s->o->strict && parts > 0;
}

static int deliver(void *user, size_t number, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	session *s = user;
	char *replay = rate_replay(&s->o->plan, c, v->statistic);
	rate_result r = { c, m, v, replay, 0, rate_known_find(s->o->exact, c) };
	int rc = RATE_OK;

	(void)number;
	if (m && m->beside.compared)
		r.parts = count_parts(s, rate_parts(&m->beside));
	count_verdict(s, c->role == RATE_ROLE_CONTROL, v->code, v->statistic == RATE_SAMPLED);
	if (s->o->plan.objectives && !s->hunting && rate_ranking_add(&s->ranking, c, v))
		rc = RATE_FAIL;
	s->print.number++;
	if (s->o->format)
		s->o->format->result(&s->print, &r);
	fflush(stdout);
	if (s->store && rate_store_result(s->store, &r, &s->error)) {
		s->failed = 1;
		rc = 3;
	}
	free(replay);
	return rc;
}

static int print_plan(const rate_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const rate_check *c = plan->check[i];
		printf("%-46s %-8s T=%-6" PRIu64 " %s %s %s\n", c->id, rate_role_name(c->role), c->T,
		       c->objective ? c->objective->canonical : "", c->parameters ? c->parameters : "",
		       *c->refusal ? c->refusal : c->applicable ? "" : c->reason);
	}
	printf("%zu checks\n", plan->count);
	return 0;
}

static int exit_code(const session *s, int rc)
{
	if (rc == 130)
		return 130;
	if (s->failed || rc == RATE_FAIL)
		return 3;
	/* A control that survives means that the check could not fail: as bad as a refuted theorem. */
	if (s->print.sum.refuted || s->print.sum.controls_held || (s->o->strict && s->print.sum.parting))
		return 1;
	if (s->o->strict && s->judged && !s->print.sum.beside)
		return rate_trouble("--strict: the method was nowhere compared with a reference; "
		                    "the controls keep their own");
	return s->print.sum.hypothesis_false || s->print.sum.broken || s->undecided || s->refused || !s->judged ? 3 : 0;
}

static double seconds_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* With --resume: the checks whose lines are kept are not run again; their lines are copied in plan order. */
static int run_plan(session *s, rate_plan *plan)
{
	size_t i = 0;
	int rc = RATE_OK;

	while (i < plan->count && rc == RATE_OK) {
		size_t fresh = 0;
		const rate_kept *kept;
		for (; i < plan->count && (kept = rate_store_kept(s->store, plan->check[i]->id));
		     i++, s->print.number++) {
			if (rate_store_again(s->store, kept, &s->error)) {
				s->failed = 1;
				return RATE_FAIL;
			}
			count_verdict(s, kept->control, kept->code, kept->sampled);
			s->o->format->kept(&s->print, plan->check[i], kept,
			                   kept->beside ? count_parts(s, kept->parts) : 0);
		}
		while (i + fresh < plan->count && !rate_store_kept(s->store, plan->check[i + fresh]->id))
			fresh++;
		if (fresh)
			rc = rate_engine(plan->check + i, fresh, &s->o->engine, deliver, s);
		i += fresh;
	}
	return rc;
}

/* ---- --hunt ---- */

static int is_in(const rate_plan *plan, const rate_check *c)
{
	for (size_t i = 0; i < plan->count; i++)
		if (!strcmp(plan->check[i]->id, c->id))
			return 1;
	return 0;
}

/* Judged, printed, counted and stored like the others; one that the plan had is not judged again. */
static int judge_quarry(session *s, const rate_plan *plan, const rate_plan_options *asked)
{
	const options *o = s->o;
	options hunted = *o;
	rate_plan *found = NULL;
	int rc;

	if (rate_plan_make(&found, s->registry, asked, &s->error)) {
		rate_plan_free(found);
		s->undecided = 1;
		rate_trouble("--hunt: %s", s->error.text);
		return RATE_OK;
	}
	hunted.plan = *asked;
	s->o = &hunted;
	s->hunting = 1;
	rc = found->count && !is_in(plan, found->check[0]) ? run_plan(s, found) : RATE_OK;
	s->o = o;
	s->hunting = 0;
	if (o->format->for_people)
		rate_output_flush(&s->print);
	return rc;
}

static int hunt(session *s, const rate_plan *plan)
{
	const options *o = s->o;
	rate_pursuit p = { .registry = s->registry, .asked = &o->plan, .seconds = o->hunt,
		               .evaluations = o->evaluations, .progress = o->engine.progress };
	const rate_check *c;
	size_t next = 0, hunted = 0;
	int rc = RATE_OK;

	if (o->format->for_people)
		rate_output_flush(&s->print);
	while (rc == RATE_OK && (c = rate_pursuit_next(plan, &next))) {
		if (!hunted++ && o->format->for_people && !o->brief) {
			printf("\nThe sharpest instance that a hunt of ");
			if (o->evaluations)
				printf("%" PRIu64 " instances", o->evaluations);
			if (o->hunt > 0)
				printf("%s%g s", o->evaluations ? " or " : "", o->hunt);
			printf(" finds:\n");
		}
		rc = rate_pursue(&p, c);
		if (rc == RATE_FAIL) {
			rate_trouble("--hunt: %s: %s", c->theorem->id, p.error.text);
			s->undecided = 1;
			rc = RATE_OK;
		} else if (rc == RATE_OK)
			rc = judge_quarry(s, plan, &p.plan);
	}
	rate_pursuit_free(&p);
	return rc;
}

/* ---- Before the run ---- */

typedef struct trial {
	rate_check check; /* no theorem, no method: an objective alone */
	char *refusal;    /* in shared memory */
} trial;

static int try_body(void *arg, rate_mark *mark)
{
	trial *t = arg;
	rate_session s;

	if (rate_session_open(&s, &t->check, mark) || rate_make_start(&s))
		snprintf(t->refusal, sizeof mark->message, "%s", rate_said(&s.error, ""));
	rate_session_close(&s);
	return RATE_OK;
}

/* The first check on an objective of the user's. */
static int is_first(const rate_plan *plan, size_t i)
{
	const rate_check *c = plan->check[i];

	for (size_t k = 0; k < i; k++)
		if (plan->check[k]->objective && c->objective &&
		    !strcmp(plan->check[k]->objective->canonical, c->objective->canonical))
			return 0;
	return c->role == RATE_ROLE_INSTANCE && c->objective;
}

/* An objective of the user's that refuses its arguments or its start does so for every theorem: said once. If all do,
 * this is before anything is run or written; else the checks of the others go on, and its own are broken. One that
 * crashes is left to the checks, which say where. */
static int try_objectives(const rate_plan *plan, const rate_limits *limits)
{
	trial t = { .refusal = rate_arena(sizeof((rate_mark *)0)->message) };
	rate_limits with = *limits;
	size_t tried = 0, refused = 0;
	rate_error crash;
	int ended;

	with.arena = t.refusal;
	with.room = sizeof((rate_mark *)0)->message;
	for (size_t i = 0; t.refusal && i < plan->count; i++) {
		if (!is_first(plan, i))
			continue;
		t.check.objective = plan->check[i]->objective;
		*t.refusal = '\0';
		ended = rate_isolated(try_body, &t, &with, &crash);
		rate_end_if_interrupted(ended);
		if (ended)
			*t.refusal = '\0';
		rate_end_text(t.refusal, with.room);
		tried++;
		if (*t.refusal) {
			refused++;
			rate_trouble("%s", t.refusal);
		}
	}
	rate_arena_free(t.refusal, sizeof((rate_mark *)0)->message);
	return tried && refused == tried ? 3 : 0;
}

static int plan_is_of_one(const rate_plan *plan)
{
	for (size_t i = 1; i < plan->count; i++)
		if (plan->check[i]->theorem != plan->check[0]->theorem)
			return 0;
	return 1;
}

/* What is wrong stands last, beside the totals; it stands there after an interruption, too. */
static void print_end(session *s, const rate_plan *plan, int finished)
{
	const options *o = s->o;
	/* One line of numbers, unless few theorems were asked for. */
	int named = o->verbose || s->print.rows || (o->plan.objectives && (o->plan.theorems || o->plan.chapters));

	rate_output_flush(&s->print);
	if (finished && !o->brief && !plan_is_of_one(plan))
		rate_ranking_print(stdout, &s->ranking);
	rate_lines_failures(o->brief ? NULL : stdout, &s->print.lines);
	for (size_t i = 0; i < plan->refusals && !o->brief; i++)
		printf("\n  refused\n    %s\n", plan->refused[i]);
	if (finished && !o->brief)
		(named ? rate_not_applicable_print : rate_not_applicable_count)(stdout, plan->check, plan->count);
	if (finished)
		rate_table_foot(stdout, &s->print.sum, s->print.colour);
}

/* A need that nobody knows: its checks are broken, and the list of what there is stands here. */
static void say_needs(const rate_plan *plan)
{
	const rate_class_info *last = NULL;
	rate_nearest near;

	for (size_t i = 0; i < plan->count; i++) {
		const rate_class_info *th = plan->check[i]->theorem;
		for (size_t k = 0; th != last && k < th->needs; k++) {
			if (!th->need[k] || !rate_unknown_need(th->need[k], &near))
				continue;
			fprintf(stderr, "ratecheck: %s: %s needs %s: no constant or condition has that name; known are",
			        th->file, th->id, th->need[k]);
			for (const rate_constant_info *c = rate_constant_list; c->name; c++)
				fprintf(stderr, "%s %s", c == rate_constant_list ? "" : ",", c->name);
			rate_print_conditions(stderr);
			fprintf(stderr, "\n");
		}
		last = th;
	}
}

/* From the plan on: everything that the caller frees exists. */
static int verify(session *s, rate_plan *plan)
{
	const options *o = s->o;
	double started = seconds_now();
	char *described;
	int rc;

	if (o->output) {
		if (!(described = rate_describe_run(&o->plan, plan, &s->error)))
			return rate_trouble("%s", s->error.text);
		rc = rate_store_open(&s->store, o->output, described, &o->store, &s->error);
		free(described);
		if (rc != RATE_OK) {
			rate_trouble("%s", s->error.text);
			rate_store_close(s->store, 0, &s->error);
			return 3;
		}
	}
	/* mpirun gives rank 0 a terminal, wherever its own output goes. */
	s->print.colour = rate_ranks_count() == 1 && rate_colour(1);
	if (rate_ranks_count() > 1) {
		/* mpirun kills this process a second after its SIGTERM, and may lose what it said. */
		rate_pool_last_words(o->output ? "ratecheck: interrupted, or an MPI rank died; "
		                                 "--resume goes on from here\n" :
		                                 "ratecheck: interrupted, or an MPI rank died\n");
		if (!o->quiet)
			fprintf(stderr, "ratecheck: %u MPI ranks%s\n", rate_ranks_count(),
			        o->output ? "; if one dies, --resume goes on" : "");
	}
	s->print.sum.alpha = o->plan.alpha;
	s->print.width = rate_terminal_width();
	s->print.rows = o->verbose || plan_is_of_one(plan);
	s->print.brief = o->brief;
	s->print.store = s->store;
	s->print.lines.ratio = NAN;
	if (o->format->head)
		o->format->head(&s->print);
	rc = run_plan(s, plan);
	if (hunts(o) && rc == RATE_OK)
		rc = hunt(s, plan);
	s->print.sum.seconds = seconds_now() - started;
	if (o->format->for_people)
		print_end(s, plan, rc == RATE_OK);
	if (o->format->foot)
		o->format->foot(&s->print);
	if (rate_store_close(s->store, rc == RATE_OK, &s->error) || s->failed)
		return rate_trouble("%s", s->error.text);
	if (*rate_ranks_trouble())
		return rate_trouble("%s%s", rate_ranks_trouble(), o->output ? "; --resume goes on from here" : "");
	if (rc == 130 && rate_ranks_count() == 1)
		fprintf(stderr, "ratecheck: interrupted%s\n", o->output ? "; --resume goes on from here" : "");
	return exit_code(s, rc);
}

/* What the other ranks must have in common with rank 0. */
static uint64_t hash_plan(const rate_plan *plan)
{
	uint64_t h = rate_hash(PACKAGE_VERSION " " RATE_SIGNATURE, 0);

	for (size_t i = 0; plan && i < plan->count; i++)
		h = rate_hash(plan->check[i]->id, h ^ plan->check[i]->stream ^ plan->check[i]->max_replicates);
	return h;
}

static int make_plan(rate_plan **out, rate_registry *registry, options *o, rate_error *error)
{
	rate_plan_options *p = &o->plan;

	if (!o->instances)
		return rate_plan_make(out, registry, p, error);
	if (rate_instances_plan(out, registry, p, o->seeded, o->instance, o->instances, error))
		return RATE_FAIL;
	/* What the run is then said to be about. */
	for (size_t i = 0; i < o->instances; i++) {
		o->theorem[p->theorems++] = o->instance[i]->theorem;
		if (o->instance[i]->objective)
			o->objective[p->objectives++] = o->instance[i]->objective;
	}
	return RATE_OK;
}

static void free_instances(options *o)
{
	for (size_t i = 0; i < o->instances; i++)
		rate_instance_free(o->instance[i]);
}

static int run_rank(int argc, char **argv)
{
	options o;
	session s = { .o = &o };
	rate_registry *registry = NULL;
	rate_plan *plan = NULL;
	int code = parse(&o, argc, argv);

	if (code || !(registry = rate_read_plugins(o.plugin, o.plugins, o.quiet, &s.refused))) {
		rate_ranks_agree(0);
		free_instances(&o);
		return code ? code : s.refused;
	}
	if (make_plan(&plan, registry, &o, &s.error))
		code = rate_is_refusal(registry, s.error.text) ? rate_trouble("%s", s.error.text)
		                                               : rate_usage("%s", s.error.text);
	else
		code = follow(&o, plan);
	if (!code && !rate_ranks_mine())
		say_needs(plan);
	for (size_t i = 0; !code && i < plan->refusals; i++) {
		s.refused = 3;
		if (!rate_ranks_mine())
			rate_trouble("%s", plan->refused[i]);
	}
	if (rate_ranks_agree(code ? 0 : hash_plan(plan)))
		code = rate_trouble("%s", rate_ranks_trouble());
	if (code)
		;
	else if (rate_ranks_mine())
		code = rate_engine_serve(plan->check, plan->count, &o.engine) == RATE_OK ? 0 : 130;
	else if (o.plan.objectives &&
	         (code = try_objectives(plan, &(rate_limits){ .seconds = o.engine.seconds, .memory = o.engine.memory,
	                                                      .isolate = o.engine.isolate, .option = "--timeout" })))
		;
	else if (o.dry_run) {
		code = rate_engine(plan->check, plan->count, &o.engine, deliver,
		                   &(session){ .o = &(options){ .format = NULL } });
		code = code == 130 ? 130 : print_plan(plan) ? 3 : s.refused;
	} else {
		s.registry = registry;
		code = verify(&s, plan);
	}
	rate_ranking_free(&s.ranking);
	rate_plan_free(plan);
	rate_registry_free(registry);
	free_instances(&o);
	rate_known_free(o.exact);
	rate_trajectory_free(&o.trajectory);
	return code;
}

int rate_verify_main(int argc, char **argv)
{
	int code;

	rate_ranks_begin();
	code = run_rank(argc, argv);
	rate_ranks_end(code);
	return code;
}

const rate_command rate_command_verify = {
	"verify", "verify [THEOREM[:parameter=value,...]]... [OPTION]...",
	"run the method, measure, decide whether the bound holds",
	"Without a theorem all are verified, on their sharp instances, negative controls and the built-in objectives;\n"
	"mine.so stands for all theorems in that file, mine.so#id for one, 'gd-*' for all that fit.\n\n"
	"What:\n"
	"  --chapter NAME       the theorems of a chapter, or 'sg*' for all that fit (may be repeated)\n"
	"  --objective SPEC     your objective, mine.so:a=1 or quadratic:d=20,kappa=100 (may be repeated); "
	  "ends with a ranking\n"
	"  --method SPEC        run this method in the place of the theorem's\n"
	"  --as NAME            only where that method stands\n"
	"  --plugin FILE.so     one more plugin file (may be repeated)\n"
	"  --x0 FILE            start there (or: zero, ones, gauss)\n"
	"  --instance FILE      an instance as JSON, from `ratecheck hunt --format json` (- is "
	  "stdin; may be repeated)\n"
	"\nHow much:\n"
	"  --effort E           quick (default), standard, thorough\n"
	"  --replicates N       exactly N replicates, of exact means too\n"
	"  --steps T            replaces all horizons\n"
	"  --alpha A            error rate of a sampled check, default 1e-9\n"
	"  --seed S             of the replicates, default 1; 'random' draws and prints one\n"
	"  --beyond             run parameters outside the theorem's range too; a bound that fails\n"
	"                       there is no fault of the theorem: hypothesis-false\n"
	"  --hunt S             then hunt for S seconds a theorem, over the objectives given or all "
	  "that there are; the\n"
	"                       sharpest instance found is one more check (see `ratecheck hunt`)\n"
	"  --evaluations N      hunt among N instances a theorem: the same on any machine, "
	  "where a clock is not; with --hunt S\n"
	"                       the first of both that is reached ends it\n"
	"  --bound-factor C     test C times the bound (controls keep theirs; the ids of checks stay)\n"
	"  --bound-power P      test the bound times t^-P\n"
	"  --exact FILE         exact worst cases to set beside the results, from `ratecheck exact THEOREM "
	  "--format json`; without\n"
	"                       it those of the installation, data/exact.jsonl\n"
	"\nWhere:\n"
	"  --jobs N             child processes, default one more than cores; of each MPI rank, default 1\n"
	"  --timeout S          seconds for a child, in which it computes or waits; those in which other "
	  "programs have the\n"
	"                       processors do not count\n"
	"  --memory MB          address space of a child, default 4096; no check may hold more "
	  "measurements either: 16 bytes\n"
	"                       (24 if the bound reads the path) for each replicate and checkpoint\n"
	"  --isolation none     all in one process, for debuggers\n"
	"\nOutput:\n"
	"  --format F           table (default), tap, json (a line a check), junit (XML)\n"
	"  --output DIR         results folder for `ratecheck report`\n"
	"  --resume             go on with an interrupted --output DIR; the options, plugins and data "
	  "must be those of then\n"
	"  --strict             with --method: where it parts from the one that it stands for, "
	  "not by rounding and not in name\n"
	"                       alone (equal in law), counts like a refutation; else it is told only\n"
	"  --retry              with --resume: run broken checks again, too\n"
	"  --force              write over the results in DIR\n"
	"  --dry-run            print the checks, run nothing\n"
	"  -v, --verbose        a row for each check, with its id; without it one line for each theorem, "
	  "if there are several\n"
	"  -q                   the summary alone\n"
	"  --quiet              no progress, no warnings\n\n"
	"A line for a theorem: its verdict (the worst of its checks), the instances on which it held of all "
	  "that were judged,\n"
	"the controls that were refuted of all, the largest measured / bound and where that was. "
	  "What is not as it must be\n"
	"stands below, with the id of its check and the command that runs it again.\n\n"
	"Exit: 0 all hold, 1 something refuted, 2 wrong use, 3 hypothesis false, broken or nothing "
	  "ran, 130 interrupted.\n"
	"\nExamples:\n"
	"  ratecheck verify gd-convex-smooth                         on its sharp instances, controls and the suite\n"
	"  ratecheck verify 'gd-*' -q                                all that fit, the summary alone\n"
	"  ratecheck verify gd-pl:gamma=0.5 --objective least-squares:n=20,d=3,noise=0  a step and an "
	  "objective of yours\n"
	"  ratecheck verify gd-convex-smooth --objective logistic:data=breast-cancer,ridge=0.1  on data\n"
	"  ratecheck verify gd-convex-smooth --method ./my.so --strict  is it what it stands for?\n"
	"  ratecheck verify gd-pl --output out                       keeps the results\n",
	rate_verify_main
};
