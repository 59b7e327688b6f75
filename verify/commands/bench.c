/* ratecheck bench: how long the engine takes for reference workloads. Stochastic gradient descent with one term
 * a step on synthetic data from x_0 = 0; at the checkpoints t = 2^(k/2) every replicate stores f(x_t) and |x_t -
 * x_star|^2. The time is that of the run alone. `make bench` compares it with others (bench/).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "verify/commands/command.h"
#include "verify/measure/measure.h"

enum { MOST_RUNS = 99, MOST_AT = 64 };

static const struct workload {
	const char *name, *objective;
	double gamma;
	size_t replicates;
	uint64_t T;
} workloads[] = {
	{ "W1", "least-squares:n=200,d=20,start=0", 0.3, 4096, 4096 },
	{ "W2", "least-squares:n=10,d=2,start=0", 0.3, 65536, 1024 },
	{ "W3", "logistic:n=1000,d=100,start=0,ridge=0", 1, 1024, 2048 },
	{ "W4", "least-squares:n=1000,d=1000,start=0", 0.3, 256, 2048 },
	{ "W5", "logistic:n=10000,d=50,start=0,ridge=0", 1, 512, 1024 },
	{ "S1", "logistic:data=rcv1-like,start=0,ridge=0", 1, 16, 20242 },
	{ "S2", "logistic:data=a9a-like,start=0,ridge=0", 0.25, 64, 32561 },
};
enum { WORKLOADS = sizeof workloads / sizeof *workloads };

typedef struct options {
	int chosen[WORKLOADS], any, runs, json, scalar, exact;
	unsigned jobs;
	const char *isa, *objective;
} options;

/* A workload ready to run, as often as wanted. */
typedef struct bench {
	const struct workload *w;
	rate_session s;
	rate_check check;
	rate_measured m;
	uint64_t at[MOST_AT];
	size_t replicates, cells; /* replicates: 1 if their mean is exact */
} bench;

typedef struct part {
	bench *b;
	size_t first, count;
} part;

static int measure(rate_view *v, double *q, double *s, double *b)
{
	return rate_value_at(v->run, v->state[0], q) || v->run->call->dist2(v->run, v->state[0], b, s)
	    ? RATE_FAIL : RATE_OK;
}

static const rate_theorem reference = { .size = sizeof reference, .abi = RATE_ABI, .id = "reference", .chapter = "",
	.kind = RATE_EXPECTATION, .flags = RATE_PATH_BOUND, .measure = measure };

/* Of a sparse set no minimiser is known: f alone. */
static int measure_value(rate_view *v, double *q, double *s, double *b)
{
	for (size_t r = 0; r < v->run->nrep; r++)
		b[r] = s[r] = 1;
	return rate_value_at(v->run, v->state[0], q);
}

static const rate_theorem values = { .size = sizeof values, .abi = RATE_ABI, .id = "values", .chapter = "",
	.kind = RATE_EXPECTATION, .measure = measure_value };

/* The exact recursion takes one quadratic form. */
static int measure_distance(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return v->run->call->dist2(v->run, v->state[0], q, s);
}

static const rate_theorem moments = { .size = sizeof moments, .abi = RATE_ABI, .id = "moments", .chapter = "",
	.kind = RATE_EXPECTATION, .measure = measure_distance };

static double clock_of(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

static size_t make_checkpoints(uint64_t *at, uint64_t T)
{
	size_t count = 0;

	for (int k = 0;; k++) {
		uint64_t t = (uint64_t)(exp2(k * 0.5) + 0.5);
		if (t >= T)
			break;
		if (!count || t > at[count - 1])
			at[count++] = t;
	}
	at[count++] = T;
	return count;
}

/* The session of a check without a theorem, then the theorem's part of it by hand. */
static int open_bench(bench *b, const options *o, rate_mark *mark)
{
	rate_session *s = &b->s;
	size_t cells;

	if (rate_session_open(s, &b->check, mark))
		return RATE_FAIL;
	if (o->isa)
		s->kernels = rate_kernels_named(o->isa);
	s->theorem = o->exact ? &moments : &reference;
	if (!o->scalar && rate_model_open(s, rate_capability(s, "glm/1")))
		return RATE_FAIL;
	b->check.T = b->w->T;
	b->check.at = b->at;
	b->check.checkpoints = make_checkpoints(b->at, b->w->T);
	if (rate_fill_case(s))
		return RATE_FAIL;
	if (!s->x_star && o->exact)
		return rate_fail(&s->error, "no minimiser is known");
	if (!s->x_star)
		s->theorem = &values;
	s->schedule = calloc(1, sizeof *s->schedule);
	if (!s->schedule || !(s->schedule[0] = calloc(b->w->T + 1, sizeof(double))))
		return RATE_FAIL;
	for (uint64_t t = 0; t < b->w->T; t++)
		s->schedule[0][t] = b->w->gamma;
	b->replicates = o->exact ? 1 : b->w->replicates;
	b->cells = cells = b->check.checkpoints * b->replicates;
	/* Blame looks at replicate 0 alone, once a check: no part of the workload. */
	b->m = (rate_measured){ .statistic = o->exact ? RATE_EXACT_MEAN : RATE_SAMPLED,
		                    .checkpoints = b->check.checkpoints, .replicates = b->replicates,
		                    .witness = { .found = 1 } };
	if (!(b->m.q = rate_arena(3 * cells * sizeof(double))))
		return RATE_FAIL;
	b->m.s = b->m.q + cells;
	b->m.b = b->m.s + cells;
	return RATE_OK;
}

static void close_bench(bench *b)
{
	rate_arena_free(b->m.q, 3 * b->cells * sizeof(double));
	rate_session_close(&b->s);
}

/* Replicates first..first+count-1, whose columns lie beside those of the other parts. */
static int run_part(void *arg, rate_mark *mark)
{
	part *p = arg;
	rate_measured m = p->b->m;

	(void)mark;
	m.q += p->first;
	m.s += p->first;
	m.b += p->first;
	return rate_run_paths(&p->b->s, &p->b->check, p->first, p->count, &m);
}

static void part_ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	int *failed = user;

	(void)mark;
	(void)seconds;
	*failed |= *reason != '\0';
}

/* Seconds: of the processor with one worker, on the clock with more. < 0: failed. */
static double run_once(bench *b, unsigned jobs)
{
	clockid_t id = jobs > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
	rate_limits limits = { 600, 0, 1, b->m.q, 3 * b->cells * sizeof(double), NULL };
	part parts[64];
	rate_pool *pool;
	double start = clock_of(id);
	int failed = 0;

	if (b->s.theorem == &moments) /* 0: the step is not affine, or too large */
		return rate_exact_by_map(&b->s, &b->check, &b->m) == 1 ? clock_of(id) - start : -1;
	if (jobs <= 1) {
		parts[0] = (part){ b, 0, b->w->replicates };
		return run_part(parts, NULL) ? -1 : clock_of(id) - start;
	}
	if (!(pool = rate_pool_new(jobs)))
		return -1;
	for (unsigned i = 0; i < jobs; i++) {
		size_t from = b->w->replicates * i / jobs, to = b->w->replicates * (i + 1) / jobs;
		parts[i] = (part){ b, from, to - from };
		failed |= rate_pool_submit(pool, run_part, &parts[i], &limits, part_ended, &failed) != RATE_OK;
	}
	while (rate_pool_wait(pool) > 0)
		;
	rate_pool_free(pool);
	return failed ? -1 : clock_of(id) - start;
}

/* FNV-1a over the words of all that was measured. */
static uint64_t hash(const bench *b)
{
	uint64_t h = 0xcbf29ce484222325u, word;

	for (size_t i = 0; i < b->cells; i++) {
		memcpy(&word, b->m.q + i, sizeof word);
		h = (h ^ word) * 0x100000001b3u;
		memcpy(&word, b->m.b + i, sizeof word);
		h = (h ^ word) * 0x100000001b3u;
	}
	return h;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The mean of |x_t - x_star|^2 at a checkpoint, and its standard error. */
static double mean_distance(const bench *b, size_t k, double *error)
{
	size_t R = b->replicates;
	const double *x = (R > 1 ? b->m.b : b->m.q) + k * R;
	double mean = 0, square = 0;

	for (size_t r = 0; r < R; r++)
		mean += x[r] / (double)R;
	for (size_t r = 0; r < R; r++)
		square += (x[r] - mean) * (x[r] - mean);
	*error = R > 1 ? sqrt(square / ((double)R - 1) / (double)R) : 0;
	return mean;
}

static void print_json(FILE *out, const bench *b, const options *o, const double *seconds, double ns, long peak)
{
	double error;

	fprintf(out,
	       "{\"workload\":\"%s\",\"isa\":\"%s\",\"jobs\":%u,\"seconds\":%.6f,\"best\":%.6f,\"ns_per_step\":%.3f,"
	       "\"hash\":\"%016" PRIx64 "\",\"peak_kib\":%ld,\"distance\":[",
	       b->w->name, b->s.kernels->isa, o->jobs, seconds[o->runs / 2], seconds[0], ns, hash(b), peak);
	for (size_t k = 0; k < b->check.checkpoints; k++) {
		double mean = mean_distance(b, k, &error);
		fprintf(out, "%s[%.17g,%.17g]", k ? "," : "", mean, error);
	}
	fprintf(out, "]}");
}

/* In the child: a line about all runs. */
static int report(FILE *out, bench *b, const options *o)
{
	double seconds[MOST_RUNS], steps = (double)b->replicates * (double)b->w->T;
	struct rusage usage;

	for (int r = 0; r < o->runs; r++)
		if ((seconds[r] = run_once(b, o->jobs)) < 0) {
			if (!*b->s.error.text)
				rate_fail(&b->s.error, "%s",
				          o->exact ? "there is no exact recursion" : "a worker failed");
			return RATE_FAIL;
		}
	qsort(seconds, (size_t)o->runs, sizeof *seconds, by_size);
	getrusage(RUSAGE_SELF, &usage);
	if (o->json)
		print_json(out, b, o, seconds, seconds[o->runs / 2] / steps * 1e9, usage.ru_maxrss);
	else
		fprintf(out, "%-9s %-10s %4u %11.4f %11.4f %9.2f   %016" PRIx64 " %9ld", b->w->name,
		        b->s.kernels->isa, o->jobs, seconds[o->runs / 2], seconds[0],
		        seconds[o->runs / 2] / steps * 1e9, hash(b), usage.ru_maxrss);
	return RATE_OK;
}

/* A workload, and what is to be said of it, in shared memory. */
typedef struct task {
	const struct workload *w;
	const options *o;
	const rate_bound_spec *objective, *method;
	char *line;
} task;
enum { LINE = 65536, DAY = 86400 };

static int bench_body(void *arg, rate_mark *mark)
{
	const task *t = arg;
	bench *b = calloc(1, sizeof *b);
	FILE *out = fmemopen(t->line, LINE - 1, "w");
	int rc = RATE_FAIL;

	if (b && out) {
		b->w = t->w;
		b->check = (rate_check){ .objective = t->objective, .method = t->method, .stream = 1, .alpha = 1e-9,
		                         .delta = 0.1 };
		if ((rc = open_bench(b, t->o, mark)) || (rc = report(out, b, t->o)))
			snprintf(mark->message, sizeof mark->message, "%s", rate_said(&b->s.error, ""));
		close_bench(b);
	}
	if (out)
		fclose(out);
	free(b);
	return rc;
}

static int bench_one(const struct workload *w, const options *o, rate_registry *registry)
{
	rate_bound_spec *objective = NULL, *method = NULL;
	rate_error error;
	int code = 0;

	if (rate_bind(&objective, registry, RATE_OBJECTIVES, o->objective ? o->objective : w->objective, 0,
	              &error) ||
	    rate_bind(&method, registry, RATE_METHODS, "sgd", 1, &error))
		code = rate_is_refusal(registry, error.text) ? rate_trouble("%s", error.text)
		                                             : rate_usage("%s", error.text);
	else {
		task t = { w, o, objective, method, rate_arena(LINE) };
		const rate_limits limits = { DAY, 0, 1, t.line, LINE, NULL };
		if (!t.line)
			code = rate_trouble("out of memory");
		else if ((code = rate_isolated(bench_body, &t, &limits, &error)) == 130)
			;
		else if (code)
			code = rate_trouble("bench %s: %s", w->name, error.text);
		else {
			rate_end_text(t.line, LINE);
			puts(t.line);
			fflush(stdout);
		}
		rate_arena_free(t.line, LINE);
	}
	rate_bound_free(objective);
	rate_bound_free(method);
	return code;
}

static int parse(options *o, int argc, char **argv)
{
	static const struct option long_options[] = { { "runs", 1, 0, 'r' }, { "jobs", 1, 0, 'j' },
		{ "isa", 1, 0, 'i' }, { "json", 0, 0, 's' }, { "scalar", 0, 0, 'c' }, { "exact", 0, 0, 'e' },
		{ "objective", 1, 0, 'o' }, { 0 } };
	uint64_t n;
	int c;

	*o = (options){ .runs = 5, .jobs = 1 };
	while ((c = rate_option(argc, argv, "", long_options)) != -1)
		switch (c) {
		case 'r':
			if (rate_take_whole("runs", optarg, 1, MOST_RUNS, &n))
				return 2;
			o->runs = (int)n;
			break;
		case 'j':
			if (rate_take_whole("jobs", optarg, 1, 64, &n))
				return 2;
			o->jobs = (unsigned)n;
			break;
		case 'i': o->isa = optarg; break;
		case 's': o->json = 1; break;
		case 'c': o->scalar = 1; break;
		case 'e': o->exact = 1; break;
		case 'o': o->objective = optarg; break;
		default: return 2;
		}
	if (o->isa && !rate_kernels_named(o->isa))
		return rate_usage("--isa %s: this processor or this build has no such kernels; the best it has is %s",
		                  o->isa, rate_kernels_named(NULL)->isa);
	for (; optind < argc; optind++) {
		int i = 0;
		while (i < WORKLOADS && strcmp(workloads[i].name, argv[optind]))
			i++;
		if (i == WORKLOADS)
			return rate_usage("no workload '%s'; there are W1, W2, W3, W4, W5, S1, S2", argv[optind]);
		o->chosen[i] = o->any = 1;
	}
	return 0;
}

static int run(int argc, char **argv)
{
	options o;
	rate_registry *registry;
	int code = parse(&o, argc, argv);

	if (code || !(registry = rate_open_registry(NULL, 0, 1, &code)))
		return code;
	if (!o.json)
		printf("%-9s %-10s %4s %11s %11s %9s   %-16s %9s\n", "workload", "kernels", "jobs", "median s",
		       "best s", "ns/step", "hash", "peak KiB");
	for (int i = 0; i < WORKLOADS && !code; i++)
		if (o.chosen[i] || !o.any)
			code = bench_one(&workloads[i], &o, registry);
	rate_registry_free(registry);
	return code;
}

const rate_command rate_command_bench = {
	"bench", "bench [W1|W2|W3|W4|W5|S1|S2]... [OPTION]...", "time the engine on reference workloads",
	"Stochastic gradient descent, one term a step; f and the distance to the minimiser of every "
	  "replicate are stored at\n"
	"t = 2^(k/2). W1: least squares n=200 d=20, 4096 replicates of 4096 steps; W2: n=10 d=2, "
	  "65536 of 1024; W3: logistic\n"
	"n=1000 d=100, 1024 of 2048; W4: least squares n=1000 d=1000, 256 of 2048; W5: logistic n=10000 "
	  "d=50, 512 of 1024.\n"
	"Sparse rows, f alone: S1: logistic, data=rcv1-like (20242 x 47236, 77 numbers a row), 16 of 20242; S2: "
	  "data=a9a-like\n"
	"(32561 x 123, 14 a row), 64 of 32561.\n"
	"Equal hashes mean equal bits.\n\n"
	"  --runs N         the median of N runs, default 5\n"
	"  --jobs N         worker processes, default 1 (then processor time is printed, else that of the clock)\n"
	"  --isa NAME       kernels for x86-64, x86-64-v3 or x86-64-v4, default the best\n"
	"  --scalar         the objective's oracles one by one, without the fused kernels\n"
	"  --exact          the exact second moments by recursion instead of replicates (W1, W2)\n"
	"  --objective SPEC in the place of the workload's\n"
	"  --json           one object a line, with the mean of the distance and its standard error at "
	  "each checkpoint\n\n"
	"Exit: 0, 2 wrong use, 3 trouble, 130 interrupted.\n"
	"\nExamples:\n"
	"  ratecheck bench W1 --runs 1  one workload, once\n",
	run
};
