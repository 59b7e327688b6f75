/* ratecheck exact: the exact worst case of a compiled method over the whole class of a theorem.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "verify/commands/command.h"
#include "verify/worst/proof.h"
#include "verify/worst/worst.h"

enum { MANY = 64, MOST_STEPS = 1000 };

typedef struct options {
	const char *theorem, *method, *as, *against, *plugin[MANY], *steps, *save, *certificate, *check, *output;
	size_t plugins;
	rate_ask ask;
	rate_solve_options solve;
	char folder[4096], file[4096]; /* of --save DIR/ */
	int beyond, multipliers, quiet;
	rate_exact_format format;
} options;

static const struct option long_options[] = {
	{ "steps", 1, 0, 'T' }, { "method", 1, 0, 'm' }, { "as", 1, 0, 'a' }, { "against", 1, 0, 'g' },
	{ "plugin", 1, 0, 'f' }, { "beyond", 0, 0, 'b' }, { "solver", 1, 0, 's' }, { "form", 1, 0, 'r' },
	{ "format", 1, 0, 'F' }, { "seconds", 1, 0, 't' },
	{ "memory", 1, 0, 'M' }, { "mu", 1, 0, 'u' }, { "L", 1, 0, 'L' }, { "G", 1, 0, 'G' }, { "terms", 1, 0, 'n' },
	{ "quiet", 0, 0, 'q' }, { "save", 1, 0, 'S' },
	{ "certificate", 1, 0, 'C' }, { "check", 1, 0, 'K' }, { "multipliers", 0, 0, 'X' }, { "output", 1, 0, 'O' },
	{ 0, 0, 0, 0 }
};

static int take_option(options *o, int c)
{
	static const char *const solvers[] = { "csdp", "sdpa", "dsdp5", NULL },
	    *const forms[] = { "auto", "multipliers", "values", "dense", NULL },
	                  *const formats[] = { "table", "json", "csv", NULL };
	double v;
	int k, rc;

	switch (c) {
	case 'T': o->steps = optarg; return 0;
	case 'm': o->method = optarg; return 0;
	case 'a': o->as = optarg; return 0;
	case 'g': o->against = optarg; return 0;
	case 'f':
		if (o->plugins == MANY)
			return rate_usage("--plugin: at most %d of them", MANY);
		o->plugin[o->plugins++] = optarg;
		return 0;
	case 'b': o->beyond = 1; return 0;
	case 'q': o->quiet = 1; return 0;
	case 'O': o->output = optarg; return 0;
	case 'S': o->save = optarg; return 0;
	case 'C': o->certificate = optarg; return 0;
	case 'K': o->check = optarg; return 0;
	case 'X': o->multipliers = 1; return 0;
	case 's': rc = rate_take_one_of("solver", optarg, solvers, &k); o->solve.solver = (rate_solver)k; return rc;
	case 'r': rc = rate_take_one_of("form", optarg, forms, &k); o->solve.form = (rate_form)k; return rc;
	case 'F': rc = rate_take_one_of("format", optarg, formats, &k); o->format = (rate_exact_format)k; return rc;
	case 't': return rate_take_real("seconds", optarg, 0.01, 1e6, &o->solve.seconds);
	case 'M': rc = rate_take_real("memory", optarg, 1, 1e7, &v); o->solve.memory = (size_t)(v * 1048576); return rc;
	case 'u': return rate_take_real("mu", optarg, 1e-12, 1e12, &o->ask.mu);
	case 'L': return rate_take_real("L", optarg, 1e-12, 1e12, &o->ask.L);
	case 'G': return rate_take_real("G", optarg, 1e-12, 1e12, &o->ask.G);
	case 'n': rc = rate_take_real("terms", optarg, 1, RATE_WORST_TERMS, &v); o->ask.terms = (uint64_t)v; return rc;
	}
	return 2;
}

/* "5", "1,2,4", "1..50": ascending or not, as given. */
static int parse_steps(const char *text, uint64_t *out, size_t *count)
{
	const char *at = text;

	*count = 0;
	do {
		char *end;
		uint64_t low = strtoull(at, &end, 10), high = low;
		if (end == at || *at == '-')
			break;
		if (!strncmp(end, "..", 2)) {
			at = end + 2;
			high = strtoull(at, &end, 10);
			if (end == at)
				break;
		}
		if (!low || low > high || high > 100000 || high - low >= MOST_STEPS - *count)
			break;
		for (uint64_t N = low; N <= high; N++)
			out[(*count)++] = N;
		if (!*end)
			return 0;
		at = end + 1;
		if (*end != ',')
			break;
	} while (*count < MOST_STEPS);
	return rate_usage("--steps %s: whole numbers from 1, as in 5 or 1,2,4,8 or 1..50 (at most %d of them)",
	                  text, MOST_STEPS);
}

/* ---- One row of the table ---- */

typedef rate_exact_row row;

typedef struct bound {
	rate_exact_task task;
	rate_bound_spec *theorem, *method, *against;
	char functions[192], start[128], parameters[1024], range[160]; /* of the last row */
	FILE *after; /* what is said below the table */
} bound;

static struct { uint64_t N; double started, cost; int on; } progress;

static double seconds_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

static void tick(void *user)
{
	double s = seconds_now() - progress.started;

	(void)user;
	if (progress.on && s > 0.5 && progress.cost > 1)
		fprintf(stderr, "\rN = %" PRIu64 ": solving, %.0f s of about %.2g or more\033[K", progress.N, s,
		        progress.cost);
	else if (progress.on && s > 0.5)
		fprintf(stderr, "\rN = %" PRIu64 ": solving, %.0f s\033[K", progress.N, s);
}

static void clear_progress(void)
{
	if (progress.on)
		fputs("\r\033[K", stderr);
}

static void start_progress(const rate_worst *w)
{
	progress.N = w->T;
	progress.started = seconds_now();
	progress.cost = rate_worst_cost(w);
}

/* ---- The proof ---- */

static json_t *about(const bound *b, const rate_worst *w)
{
	const rate_class_info *th = b->theorem->word[0].info;

	return json_pack("{sssssssssssssIsfsfsfsI}", "theorem", th->id, "method", b->method->brief, "parameters",
	                 w->parameters, "quantity", th->quantity, "functions", w->functions, "start", w->start, "steps",
	                 (json_int_t)w->T, "L", w->ask.L, "mu", w->ask.mu,
	                 "G", w->ask.G, "terms", (json_int_t)w->ask.terms);
}

/* p/q as a decimal, rounded up: what it says is no less than what is proved. */
static void decimal(const char *rational, int square, char *out, size_t size)
{
	mpq_t q;
	double v;

	mpq_init(q);
	mpq_set_str(q, rational, 10);
	v = mpq_get_d(q);
	v = square ? sqrt(fmax(v, 0)) : v;
	if (v > 0) {
		double last = pow(10, floor(log10(v)) - 8);
		v = ceil(v / last * (1 + 1e-15)) * last;
	}
	snprintf(out, size, "%.9g", v);
	mpq_clear(q);
}

/* `about`: from a trace, or what the file says of itself. */
static void say_proved(FILE *out, const json_t *about, int traced, const char *rational, int square,
                       size_t rows, size_t n)
{
	char number[64];
#define SAID(name) (json_string_value(json_object_get(about, name)) \
                    ? json_string_value(json_object_get(about, name)) : "?")

	decimal(rational, square, number, sizeof number);
	fprintf(out, "proved: %s <= %s after %lld steps of %s%s%s\n  for all %s: %s; start: %s\n"
	        "  by %zu multipliers, none negative; all values cancel; the slack matrix (%zu x %zu) "
	          "is positive semidefinite: exact\n",
	        SAID("quantity"), number, (long long)json_integer_value(json_object_get(about, "steps")),
	        SAID("method"), json_string_length(json_object_get(about, "parameters")) ? " with " : "",
	        SAID("parameters"), rate_class_letter(SAID("functions")), SAID("functions"), SAID("start"), rows, n, n);
	if (!traced)
		fprintf(out, "  the words are the file's own; `ratecheck exact %s --check FILE` holds its points "
		             "against the method\n", SAID("theorem"));
#undef SAID
}

static int certify(const options *o, const bound *b, const rate_worst *w)
{
	json_t *a = about(b, w), *certificate = NULL;
	char *rational = NULL;
	rate_error error = { "" };
	int square, rc;
	size_t rows, n;

	rc = rate_certify(w, &o->solve, a, &certificate, &error);
	clear_progress();
	if (rc)
		rc = rate_trouble("no certificate for N = %" PRIu64 ": %s", w->T, error.text);
	else if (rate_certificate_check(certificate, &rational, &square, &rows, &n, &error))
		rc = rate_trouble("the certificate does not hold: %s", error.text);
	else if (json_dump_file(certificate, o->certificate, JSON_INDENT(1) | JSON_SORT_KEYS))
		rc = rate_trouble("%s cannot be written: %s", o->certificate, strerror(errno));
	else if (o->format == RATE_EXACT_TABLE) {
		fputc('\n', b->after);
		say_proved(b->after, a, 1, rational, square, rows, n);
	}
	free(rational);
	json_decref(a);
	json_decref(certificate);
	return rc;
}

/* Arithmetic alone; with a theorem, its points are traced again and have to be those of the file. */
static int check_certificate(const options *o, bound *b)
{
	json_error_t where;
	json_t *certificate = json_load_file(o->check, 0, &where), *model = NULL, *traced = NULL;
	char *rational = NULL;
	rate_error error = { "" };
	int square, rc = 0;
	size_t rows, n;

	if (!certificate && where.line < 0)
		return rate_usage("--check %s: %s", o->check, strerror(errno));
	if (!certificate)
		return rate_usage("%s is no certificate: line %d: %s", o->check, where.line, where.text);
	if (rate_certificate_check(certificate, &rational, &square, &rows, &n, &error)) {
		printf("%s proves nothing: %s\n", o->check, error.text);
		json_decref(certificate);
		return 1;
	}
	if (b->theorem) {
		const json_t *a = json_object_get(certificate, "about");
		rate_ask ask = { json_number_value(json_object_get(a, "L")),
			json_number_value(json_object_get(a, "mu")), json_number_value(json_object_get(a, "G")),
			(uint64_t)json_integer_value(json_object_get(a, "terms")), 0 };
		rate_check check = { .theorem = b->theorem->word[0].info, .method = b->method, .given = b->theorem,
			.fraction = 1, .factor = b->theorem->bound_factor,
			.T = (uint64_t)json_integer_value(json_object_get(a, "steps")), .own_steps = 1,
			.beyond = 1, .alpha = 1e-9 };
		rate_worst *w = NULL;
		if (!check.T || check.T > 100000 || !ask.terms || ask.terms > RATE_WORST_TERMS)
			rc = rate_usage("%s does not say for which steps and terms it is", o->check);
		else if (rate_trace(&check, &ask, &w, b->task.arena, b->task.bytes, &error) || *w->reason)
			rc = rate_trouble("%s", w && *w->reason ? w->reason : error.text);
		else if (!json_equal(model = rate_proof_model(w), json_object_get(certificate, "model"))) {
			printf("%s is a proof, but not about %s: the points of the method are others\n", o->check,
			       check.theorem->id);
			rc = 1;
		} else
			traced = about(b, w);
		json_decref(model);
	}
	if (!rc)
		say_proved(stdout, traced ? traced : json_object_get(certificate, "about"), traced != NULL, rational,
		           square, rows, n);
	free(rational);
	json_decref(traced);
	json_decref(certificate);
	return rc;
}

/* The multipliers are the proof: which inequality, how often. */
static void print_multipliers(FILE *out, const rate_worst *w, const rate_optimum *opt)
{
	double most = 0;
	char name[160];

	for (size_t k = 0; k < opt->rows; k++)
		most = fmax(most, opt->multiplier[k]);
	fprintf(out, "\nN = %" PRIu64 ": the inequalities that prove it, and how often each is used\n", w->T);
	for (size_t k = 0; k < opt->rows; k++) {
		if (!(opt->multiplier[k] > 1e-7 * most))
			continue;
		rate_row_name(w, &opt->row[k], name, sizeof name);
		fprintf(out, "  %14.9g  %s\n", opt->multiplier[k], name);
	}
}

/* 0: the row is filled in, whatever its status; else an exit code, and why has been said. */
static int compute(const options *o, bound *b, uint64_t N, int last, row *r)
{
	rate_worst *w;
	rate_optimum opt;
	rate_error error;
	int rc = 0;

	b->task.save = last ? o->save : NULL;
	b->task.draw = last && *o->folder ? o->folder : NULL;
	if (rate_exact_compute(&b->task, N, &w, &opt, r, &error)) {
		clear_progress();
		rate_optimum_free(&opt);
		return strcmp(error.text, "interrupted") ? rate_trouble("%s", error.text) : 130;
	}
	clear_progress();
	snprintf(b->functions, sizeof b->functions, "%s", w->functions);
	snprintf(b->range, sizeof b->range, "%s", w->range);
	snprintf(b->start, sizeof b->start, "%s", w->start);
	snprintf(b->parameters, sizeof b->parameters, "%s", w->parameters);
	if (o->multipliers && o->format == RATE_EXACT_TABLE && opt.outcome == RATE_OPTIMAL)
		print_multipliers(b->after, w, &opt);
	rate_optimum_free(&opt);
	if (last && o->certificate && r->exact == r->exact)
		rc = certify(o, b, w);
	return rc;
}

/* The other method on the same class, with the theorem's parameters and schedules. */
static int compute_against(const options *o, bound *b, row *r)
{
	bound other = *b;
	options plain = *o;
	row second;
	int rc;

	other.method = b->against;
	other.task.method = b->against;
	plain.save = plain.certificate = NULL;
	*plain.folder = '\0';
	plain.multipliers = 0;
	if ((rc = compute(&plain, &other, r->N, 0, &second)))
		return rc;
	r->against = second.exact;
	if (!*r->words && *second.words)
		snprintf(r->words, sizeof r->words, "%s", second.words);
	return 0;
}

/* The theorem's own method: an id, perhaps with parameters. */
static int is_own(const bound *b)
{
	const char *own = b->theorem->word[0].info->method, *id = b->method->word[0].info->id;

	return !strncmp(own, id, strlen(id)) && (own[strlen(id)] == ':' || !own[strlen(id)]);
}

static rate_exact_about describe(const bound *b)
{
	const rate_class_info *th = b->theorem->word[0].info;

	return (rate_exact_about){ th->id, b->method->word[0].info->id,
		b->against ? b->against->word[0].info->id : NULL, b->method->brief,
		b->against ? b->against->brief : NULL, b->parameters, b->functions, b->start,
		th->quantity, !is_own(b), b->range };
}

static int tabulate(const options *o, bound *b, const uint64_t *steps, size_t count)
{
	row *r = calloc(count, sizeof *r);
	char *after = NULL;
	rate_error error;
	size_t length = 0;
	rate_exact_about about;
	int rc = 0, refuted = 0, failed = 0;

	if (!r || !(b->after = open_memstream(&after, &length))) {
		free(r);
		return rate_trouble("out of memory");
	}
	for (size_t k = 0; k < count && !rc; k++) {
		if ((rc = compute(o, b, steps[k], k + 1 == count, &r[k])))
			break;
		about = describe(b);
		if (!k)
			rate_exact_head(&about, o->format);
		if (b->against && (rc = compute_against(o, b, &r[k])))
			break;
		rate_exact_line(&about, &r[k], o->format);
		refuted |= rate_exact_refuted(&r[k]);
		failed |= !strcmp(r[k].status, "failed");
	}
	if (!rc && o->format == RATE_EXACT_TABLE)
		rate_exact_meaning(&about, r, count);
	if (!rc && o->output && rate_draw_exact(o->output, r, count, &error))
		rc = rate_trouble("%s", error.text);
	fclose(b->after);
	if (!rc)
		fputs(after, stdout);
	free(after);
	free(r);
	return rc ? rc : refuted ? 1 : failed ? 3 : 0;
}

static int bind_theorem(const options *o, bound *b, const char *text)
{
	rate_error error;
	const rate_class_info *th;

	b->task.spec = text;
	if (rate_bind(&b->theorem, b->task.registry, RATE_THEOREMS, text, 1, &error))
		return rate_usage("%s", error.text);
	th = b->theorem->word[0].info;
	if (!th->method)
		return rate_usage("%s is about points, not about a method: there is no run to be worst", th->id);
	if (o->as && (strncmp(o->as, th->method, strlen(o->as)) ||
	              (th->method[strlen(o->as)] && th->method[strlen(o->as)] != ':')))
		return rate_usage("--as %s: %s is about %s", o->as, th->id, th->method);
	if (rate_bind(&b->method, b->task.registry, RATE_METHODS, o->method ? o->method : th->method, 1, &error))
		return rate_usage("%s", error.text);
	if (o->against && rate_bind(&b->against, b->task.registry, RATE_METHODS, o->against, 1, &error))
		return rate_usage("--against: %s", error.text);
	b->task.theorem = b->theorem;
	b->task.method = b->method;
	return 0;
}

/* A file that cannot be written is said before the solver runs for it. What is there already stays as it is. */
static int writable(const char *option, const char *name)
{
	int there, fd;

	if (!name)
		return 0;
	there = !access(name, F_OK);
	if ((fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) < 0)
		return rate_trouble("--%s %s cannot be written: %s", option, name, strerror(errno));
	close(fd);
	if (!there)
		unlink(name);
	return 0;
}

/* A folder, which is there or ends with /, takes a picture too. */
static int find_folder(options *o)
{
	struct stat s;
	size_t n = o->save ? strlen(o->save) : 0;

	if (!n || (o->save[n - 1] != '/' && (stat(o->save, &s) || !S_ISDIR(s.st_mode))))
		return 0;
	if (snprintf(o->folder, sizeof o->folder, "%s", o->save) >= (int)sizeof o->folder - 8)
		return rate_usage("--save: the name is too long");
	while (n > 1 && o->folder[n - 1] == '/')
		o->folder[--n] = '\0';
	if (mkdir(o->folder, 0777) && errno != EEXIST)
		return rate_trouble("--save %s: %s", o->folder, strerror(errno));
	snprintf(o->file, sizeof o->file, "%.4080s/worst", o->folder);
	o->save = o->file;
	return 0;
}

static int run(int argc, char **argv)
{
	options o = { .steps = "1,2,4,8,16", .ask = { .L = 1, .mu = 0.1, .G = 1, .terms = 1 },
		.solve = { .seconds = 600, .memory = (size_t)4 << 30 } };
	static uint64_t steps[MOST_STEPS];
	size_t count, bytes = (size_t)1 << 32;
	bound b = { 0 };
	void *arena;
	int c, rc;

	while ((c = rate_option(argc, argv, "", long_options)) != -1)
		if ((rc = take_option(&o, c)))
			return rc;
	if (optind + 1 != argc && !(o.check && optind == argc))
		return rate_usage("exact takes one theorem, as in `ratecheck exact gd-convex-smooth`; "
		                  "`ratecheck list theorems` shows them");
	if ((rc = parse_steps(o.steps, steps, &count)) || (rc = find_folder(&o)) || (rc = writable("save", o.save)) ||
	    (rc = writable("certificate", o.certificate)))
		return rc;
	if (!(b.task.registry = rate_open_registry(o.plugin, o.plugins, 1, &rc)))
		return rc;
	if (optind < argc && (rc = bind_theorem(&o, &b, argv[optind])))
		return rc;
	if (!(arena = rate_arena(bytes)))
		return rate_trouble("out of memory");
	progress.on = !o.quiet && isatty(2);
	o.solve.tick = tick;
	b.task.arena = arena;
	b.task.bytes = bytes;
	b.task.ask = o.ask;
	b.task.solve = o.solve;
	b.task.beyond = o.beyond;
	b.task.start = start_progress;
	rc = o.check ? check_certificate(&o, &b) : tabulate(&o, &b, steps, count);
	rate_arena_free(arena, bytes);
	rate_bound_free(b.theorem);
	rate_bound_free(b.method);
	rate_bound_free(b.against);
	rate_registry_free(b.task.registry);
	return rc;
}

const rate_command rate_command_exact = {
	"exact", "exact [THEOREM] [OPTION]...", "the exact worst case of a method over all functions of a theorem",
	"A theorem bounds what a method does on every function of a class. This command computes the worst that "
	  "the method really\n"
	"does there, over the whole class and every dimension, to eight digits: observed <= exact <= proven.\n\n"
	"How: the compiled method runs on symbols instead of numbers, which gives each of its points as a "
	  "combination of x0 - x*\n"
	"and the gradients seen; the class says which gradients and values are possible together; "
	  "the worst case is then the\n"
	"optimum of a semidefinite program (performance estimation), which a solver finds. "
	  "Its solution is a function: it is\n"
	"written down, and the real method runs on it (the column `observed`).\n\n"
	"That works for methods with fixed steps (momentum, averages, prox steps and schedules are fine) "
	  "on classes that can be\n"
	"interpolated: convex, strongly convex or not convex, smooth or Lipschitz, composite, "
	  "smooth over a set. A method\n"
	"that looks at lengths or values (line search, Polyak steps, clipping, Adam) is refused "
	  "with the name of what it\n"
	"asked for. Of the constants L, G and the start only the scale matters, so they are 1; "
	  "mu is then mu/L.\n\n"
	"  --steps LIST       numbers of steps N, as in 5 or 1,2,4,8 or 1..50 (default 1,2,4,8,16)\n"
	"  --method SPEC      another method in the place of the theorem's, for example ./my.so\n"
	"  --as NAME          the method that it stands for, which has to be the theorem's\n"
	"  --against SPEC     a second method on the same class: which has the better worst case, "
	  "from which N on, at what rate\n"
	"  --plugin FILE      a plugin file to read; may be repeated\n"
	"  --beyond           parameters may lie outside the theorem's range\n"
	"  --mu X, --L X, --G X   constants of the class (default mu 0.1, L 1, G 1)\n"
	"  --terms N          the mean of N functions, all paths of the draws (default 1: the function itself)\n"
	"  --solver NAME      csdp (default), sdpa or dsdp5: programs that have to be installed\n"
	"  --form NAME        how the program is handed over: auto, multipliers, values, or dense (all rows, "
	  "as a textbook would)\n"
	"  --seconds S        time of one run of the solver (default 600)\n"
	"  --memory MB        its memory (default 4096)\n"
	"  --format NAME      table (default), json (an object a line) or csv\n"
	"  --multipliers      the inequalities that prove the value, and how often each is used\n"
	"  --certificate FILE for the last N: the multipliers as rational numbers, a proof that needs no solver\n"
	"  --check FILE       checks such a proof in exact arithmetic; with a THEOREM also that it "
	  "is about its method\n"
	"  --output DIR       exact.csv and the figure exact.svg of the three curves (gnuplot)\n"
	"  --save FILE        the worst function of the last N, for `verify --objective interpolant:file=FILE`\n"
	"  --save DIR/        the same as DIR/worst; and, where it has one variable or two, "
	  "a picture of it and of the path of\n"
	"                     the method: worst.svg, .png, .pdf and the script worst.gp (gnuplot)\n"
	"  --quiet            no progress\n\n"
	"With --format json each line has steps, theorem, method, parameters, functions, start, status (exact; "
	  "upper: at most that;\n"
	"unbounded; failed), observed, lower and exact (the solver's two sides), proven, exact_ratio, "
	  "claimed_factor (of the bound),\n"
	"terms, L, mu, pl, G (of the class; null: it has none), leaves, rows, seconds,\n"
	"processor_seconds, words. `verify --exact FILE` reads such lines.\n\n"
	"Exit: 0 computed, 1 the bound is false (or what --check reads is no proof), 2 wrong use, "
	  "3 something was not computed: a\n"
	"method that is not fixed-step, a class that cannot be interpolated, no solver; 130 interrupted.\n"
	"\nExamples:\n"
	"  ratecheck exact gd-convex-smooth --steps 1..20            the worst case after each number of steps\n"
	"  ratecheck exact gd-convex-smooth-tight:gamma=1.8 --beyond  steps that the theorem does not allow\n"
	"  ratecheck exact agd-convex --against gd --steps 1..20     which method has the better worst case\n"
	"  ratecheck exact ogm --steps 8 --certificate c.json && ratecheck exact --check c.json  a proof in rational "
	  "numbers, which needs no solver\n",
	run
};
