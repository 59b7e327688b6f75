/* True theorems on random admissible instances over wide scales: none may be refuted, broken, or found false in its
 * hypotheses. Writes Markdown.
 *
 *     ./run tests/soak tests/scaled.so 100000 1 [THEOREM...]    wrapper, checks, seed
 *
 * Objectives are drawn as `hunt` draws them, with constants, lengths and offsets of the values of any size; starts
 * that lie 1e-8 to 1e8 times their scale from x_star; the ends of ranges more often (kappa = 1, one term, dimension
 * 1, no noise). Exit: 0; 1 if a claim fell; 2 if nothing could be run.
 *
 * With SOAK_FALSE=1 each claims a thousandth of its bound (lower bounds: a thousand times it), which is false or holds:
 * refuted is right then, but no objective may be put under blame.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "verify/hunt/space.h"
#include "verify/plan/plan.h"
#include "verify/session/session.h"
#include "verify/work/engine.h"

enum { ROUND = 64, TRIES = 100, STATISTICS = RATE_POINTS + 1, SLOW = 2 /* seconds */ };
#define WORK 0x1p24

/* Objectives of one make, and how they have done under the present theorem. */
typedef struct kind {
	rate_candidate family;
	rate_bound_spec *spec; /* its own, to be freed */
	const rate_instance_info *own; /* the theorem's instance that it comes from, or NULL */
	double tried, applied;
} kind;

typedef struct count {
	const char *theorem;
	size_t checks, held, fell, unjudged, by[STATISTICS];
	double least; /* the largest ratio of what held */
} count;

typedef struct soak {
	rate_registry *registry;
	const char *wrapper;
	uint64_t seed, longest;
	size_t asked;
	int lying; /* false claims */
	rate_space space;
	rate_bound_spec *given;   /* the theorem, bare */
	kind *kind;
	size_t kinds;
	count *count;
	size_t counts, fell, overflows, drawn[ROUND];
	double spent; /* processor seconds of the children until now */
	rate_plan *plan[ROUND];
	rate_check *check[ROUND];
	double multiple[ROUND][64];
} soak;

static double uniform(soak *s)
{
	return rate_space_uniform(&s->space);
}

/* 10^-8 to 10^8. */
static double scale(soak *s)
{
	return pow(10, 16 * uniform(s) - 8);
}

/* ---- Kinds of objectives ---- */

static int is_wrapper(const rate_class_info *c)
{
	return c->kind == RATE_OBJECTIVES && (c->flags & RATE_WRAPPER);
}

static kind *new_kind(soak *s)
{
	kind *grown = realloc(s->kind, (s->kinds + 1) * sizeof *grown);

	if (!grown)
		exit(2);
	s->kind = grown;
	grown[s->kinds] = (kind){ .tried = 1, .applied = 1 };
	return &grown[s->kinds++];
}

static void add_word(kind *k, const rate_class_info *c)
{
	k->family.word[k->family.words] = c;
	k->family.head[k->family.words++] = strdup(c->id);
}

/* The theorem's own instances; what they leave open is drawn, or not. */
static void own_kinds(soak *s, const rate_class_info *theorem)
{
	rate_error error;

	for (size_t i = 0; i < theorem->sharps; i++) {
		rate_bound_spec *spec = NULL;
		const char *at = theorem->sharp[i].objective;
		kind *k;
		if (!*at || rate_bind(&spec, s->registry, RATE_OBJECTIVES, at, 0, &error))
			continue;
		k = new_kind(s);
		k->own = &theorem->sharp[i];
		k->family.given = k->spec = spec;
		for (size_t w = 0; w < spec->words && w < RATE_FAMILY_WORDS; w++) {
			size_t n = 0;
			while (at[n] && !(at[n] == '+' && at[n + 1] >= 'a' && at[n + 1] <= 'z'))
				n++;
			k->family.word[w] = spec->word[w].info;
			k->family.head[k->family.words++] = strndup(at, n);
			at += n + (at[n] == '+');
		}
	}
}

/* Every objective, bare and in each wrapper but the one of this test. */
static void all_kinds(soak *s, const rate_class_info *theorem)
{
	const rate_registry *g = s->registry;

	for (size_t i = 0; !(theorem->flags & RATE_OWN_INSTANCES) && i < g->count; i++) {
		if (g->info[i]->kind != RATE_OBJECTIVES || is_wrapper(g->info[i]))
			continue;
		add_word(new_kind(s), g->info[i]);
		for (size_t w = 0; w < g->count; w++)
			if (is_wrapper(g->info[w]) && strcmp(g->info[w]->id, "scaled")) {
				kind *k = new_kind(s);
				add_word(k, g->info[i]);
				add_word(k, g->info[w]);
			}
	}
	own_kinds(s, theorem);
}

static void free_kinds(soak *s)
{
	for (size_t i = 0; i < s->kinds; i++) {
		for (size_t w = 0; w < s->kind[i].family.words; w++)
			free(s->kind[i].family.head[w]);
		rate_bound_free(s->kind[i].spec);
	}
	free(s->kind);
	s->kind = NULL;
	s->kinds = 0;
}

/* Those to which the theorem applies more often. */
static size_t choose_kind(soak *s)
{
	double sum = 0, at;
	size_t i;

	for (i = 0; i < s->kinds; i++)
		sum += s->kind[i].applied / s->kind[i].tried;
	at = uniform(s) * sum;
	for (i = 0; i + 1 < s->kinds && (at -= s->kind[i].applied / s->kind[i].tried) > 0; i++)
		;
	return i;
}

/* ---- One instance ---- */

/* Numbers go to the ends of their ranges, near them, or far out. */
static void stretch(soak *s, rate_draft *d)
{
	for (size_t i = 0; i < d->slots; i++) {
		rate_slot *slot = &d->slot[i];
		const rate_param_info *p = slot->to >= 0 ? &d->family->word[slot->to]->param[slot->param]
			: slot->to == RATE_TO_THEOREM    ? &s->space.theorem->param[slot->param] : NULL;
		double u = uniform(s), low, high;
		if (!p || (p->type != RATE_REAL && p->type != RATE_INTEGER))
			continue;
		low = p->low < p->high ? p->low : 0;
		high = p->low < p->high ? p->high : INFINITY;
		if (u < 0.1 && p->low < p->high &&
		    (p->type == RATE_INTEGER || low == 0 || (fabs(low) >= 1e-8 && fabs(low) <= 10)))
			rate_slot_set(slot, low);
		else if (u < 0.15 && p->type == RATE_REAL && fabs(low) >= 1e-8 && fabs(low) <= 10)
			rate_slot_set(slot, low * (1 + 1e-9));
		else if (u < 0.3 && p->type == RATE_REAL && slot->scale == RATE_LOG) {
			double v = rate_slot_value(slot) * scale(s);
			if (fabs(v) > low && fabs(v) < high)
				rate_slot_set(slot, v);
		}
	}
}

/* Steps and weights that the theorem chooses are made far longer or shorter, where it allows that. */
static void stretch_chosen(soak *s, double share, double *multiple)
{
	for (size_t k = 0; k < 64; k++)
		multiple[k] = 1;
	for (size_t k = 0; k < s->space.theorem->params && k < 64; k++) {
		const rate_param_info *p = &s->space.theorem->param[k];
		if (p->type == RATE_REAL && p->preset && !strcmp(p->preset, "auto") && uniform(s) < share)
			multiple[k] = scale(s);
	}
}

static uint64_t draw_steps(soak *s)
{
	static const struct { double share; uint64_t most; } steps[] = { { 0.7, 32 }, { 0.92, 256 }, { 0.99, 2048 },
	    { 1, 20000 } };
	double u = uniform(s), most;
	size_t k = 0;

	while (u > steps[k].share)
		k++;
	most = fmin((double)steps[k].most, (double)s->longest);
	return (uint64_t)fmax(1, floor(pow(most, uniform(s)) + 0.5));
}

/* The spec with start, scales and offset. */
static void print_objective(soak *s, const rate_draft *d, int moved, char *out, size_t size)
{
	double b = uniform(s) < 0.4 ? scale(s) : 1, a = uniform(s) < 0.4 ? scale(s) * b * b : 1, v;
	static const double offset[] = { 0, 0, 0, 1, 1e3, 1e9 };
	size_t n;

	rate_draft_objective(d, out, size);
	n = strlen(out);
	if (moved && uniform(s) < 0.4)
		n += (size_t)snprintf(out + n, size - n, "%sradius=%.3g",
		                      strchr(strrchr(out, '+') ? strrchr(out, '+') : out, ':') ? "," : ":",
		                      scale(s) * b);
	v = offset[(size_t)(6 * uniform(s))];
	if (uniform(s) < 0.5)
		snprintf(out + n, size - n, "+scaled:a=%.3g,b=%.3g,c=%g,gap=%d", a, b, uniform(s) < 0.5 ? v : v * a,
		         uniform(s) < 0.3);
}

/* Can the objective be made, and does the theorem speak of it? What breaks on the way is left to the engine to say. */
static int is_meant(const rate_check *c)
{
	static rate_mark mark;
	rate_check mine = *c;
	rate_session session;
	int meant = rate_session_open(&session, &mine, &mark) == RATE_OK &&
	    (rate_prepare(&session, &mine) || mine.applicable);

	rate_session_close(&session);
	rate_check_clear(&mine);
	return meant;
}

/* Not a number of the draft goes to word `from` or a later one. */
static void keep_as_made(rate_draft *d, int from)
{
	size_t kept = 0;

	for (size_t i = 0; i < d->slots; i++)
		if (d->slot[i].to < from || d->slot[i].to == RATE_TO_SEED)
			d->slot[kept++] = d->slot[i];
	d->slots = kept;
}

static int draw(soak *s, size_t i)
{
	char objective[8192], parameters[1024], spec[2048];
	rate_error error;
	const char *theorem = spec, *on = objective;
	rate_plan_options o = { .theorem = &theorem, .theorems = 1, .objective = &on, .objectives = 1, .alpha = 1e-9,
		                    .suite = "/dev/null" };
	const rate_class_info *info = s->space.theorem;
	const rate_instance_info *own;
	rate_draft d;
	int as_made;

	s->drawn[i] = choose_kind(s);
	own = s->kind[s->drawn[i]].own;
	rate_space_draw(&s->space, &s->kind[s->drawn[i]].family, &d);
	stretch(s, &d);
	if (own && uniform(s) < 0.4)
		keep_as_made(&d, 0);
	as_made = own && uniform(s) < 0.6;
	if (as_made)
		for (size_t k = 0; k < d.slots; k++)
			if (d.slot[k].to < 0 && d.slot[k].to != RATE_TO_SEED)
				d.slot[k].to = RATE_SLOTS; /* nowhere */
	if (info->needs || !info->point)
		print_objective(s, &d, !(info->flags & RATE_OWN_START), objective, sizeof objective);
	else
		o.objectives = 0;
	rate_draft_parameters(&d, info, parameters, sizeof parameters);
	if (as_made)
		snprintf(parameters, sizeof parameters, "%s", own->parameters ? own->parameters : "");
	snprintf(spec, sizeof spec, "%s%s%s", info->id, *parameters ? ":" : "", parameters);
	o.steps = own && own->steps && uniform(s) < 0.7 ? own->steps : draw_steps(s);
	if (as_made && (info->flags & RATE_ANY_METHOD))
		o.method = own->method;
	o.seed = 1 + (uint64_t)(uniform(s) * 1e6);
	if (rate_plan_make(&s->plan[i], s->registry, &o, &error) || !s->plan[i]->count) {
		rate_plan_free(s->plan[i]);
		return RATE_FAIL;
	}
	rate_check *c = s->check[i] = s->plan[i]->check[0];
	stretch_chosen(s, as_made ? 0 : 0.15, s->multiple[i]);
	if (as_made)
		c->fraction = own->fraction;
	for (size_t k = 0; k < d.slots; k++)
		if (d.slot[k].to == RATE_TO_FRACTION)
			c->fraction = rate_slot_value(&d.slot[k]);
		else if (d.slot[k].to == RATE_TO_MULTIPLE && d.slot[k].param < 64)
			s->multiple[i][d.slot[k].param] = rate_slot_value(&d.slot[k]);
	c->multiple = s->multiple[i];
	c->work = WORK;
	if (s->lying)
		c->factor *= rate_kind_of(info->claim)->side == RATE_AT_LEAST ? 1e3 : 1e-3;
	if (is_meant(c))
		return RATE_OK;
	rate_plan_free(s->plan[i]);
	return RATE_FAIL;
}

static double seconds_of(int whose)
{
	struct rusage u;

	return getrusage(whose, &u) ? 0 : (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* Of this process and all that it has waited for. */
static double processor_seconds(void)
{
	return seconds_of(RUSAGE_SELF) + seconds_of(RUSAGE_CHILDREN);
}

static void show(const soak *s, const rate_check *c, const char *verdict, const char *why)
{
	fprintf(stderr, "%s: %s\n    ratecheck verify '%s%s%s'", verdict, why, c->theorem->id,
	        c->parameters && *c->parameters ? ":" : "", c->parameters ? c->parameters : "");
	if (c->objective)
		fprintf(stderr, " --objective '%s' --plugin %s", c->objective->canonical, s->wrapper);
	fprintf(stderr, " --seed %llu", (unsigned long long)c->seed);
	if (c->method && (c->theorem->flags & RATE_ANY_METHOD))
		fprintf(stderr, " --method '%s'", c->method->canonical);
	fprintf(stderr, c->method ? " --steps %llu\n" : "\n", (unsigned long long)c->T);
}

static int delivered(void *user, size_t i, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	soak *s = user;
	count *n = &s->count[s->counts - 1];
	double now = seconds_of(RUSAGE_CHILDREN), took = now - s->spent;
	char said[64];

	(void)m;
	s->spent = now;
	snprintf(said, sizeof said, "%.1f s of processor time", took);
	if (took > SLOW)
		show(s, c, "slow", said);
	if (v->code == RATE_NOT_APPLICABLE)
		return 0;
	/* cosh(1000): such a function is not there in these numbers. */
	if (v->code == RATE_BROKEN &&
	    (strstr(v->reason, "not finite at a point of norm") || strstr(v->reason, ": a start "))) {
		s->overflows++;
		return 0;
	}
	s->kind[s->drawn[i]].applied++;
	n->checks++;
	n->by[v->statistic]++;
	n->unjudged += v->unjudged_steps > 0;
	if (v->code == RATE_HOLDS || (s->lying && v->code == RATE_REFUTED)) {
		n->held++;
		n->least = fmax(n->least, v->max_ratio);
		return 0;
	}
	n->fell++;
	s->fell++;
	show(s, c, rate_verdict_name(v->code), v->reason);
	return 0;
}

static int round_of(soak *s, size_t most, unsigned jobs)
{
	const rate_engine_options how = { .jobs = jobs, .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1 };
	size_t n = 0;
	int rc;

	for (size_t tries = 0; n < most && tries < TRIES * ROUND; tries++) {
		int got = draw(s, n);
		s->kind[s->drawn[n]].tried++;
		n += got == RATE_OK;
	}
	rc = n ? rate_engine(s->check, n, &how, delivered, s) : RATE_OK;
	for (size_t i = 0; i < n; i++) {
		s->check[i]->multiple = NULL;
		rate_plan_free(s->plan[i]);
	}
	return rc;
}

/* As many instances of a theorem as are wanted, or as come up. */
static int one_theorem(soak *s, const rate_class_info *theorem, size_t wanted)
{
	rate_error error;
	count *grown = realloc(s->count, (s->counts + 1) * sizeof *grown);
	const char *jobs = getenv("SOAK_JOBS");
	double began = processor_seconds(), children = seconds_of(RUSAGE_CHILDREN);
	int rc = RATE_OK;

	if (!grown || rate_bind(&s->given, s->registry, RATE_THEOREMS, theorem->id, 1, &error))
		return RATE_FAIL;
	s->count = grown;
	s->count[s->counts++] = (count){ .theorem = theorem->id };
	s->space = (rate_space){ .steps = 1024, .dimension = 6 };
	rate_space_begin(&s->space, theorem, s->given, s->seed);
	all_kinds(s, theorem);
	if (!s->kinds)
		new_kind(s);
	for (size_t done = 0, most; rc == RATE_OK && s->count[s->counts - 1].checks < wanted && done < 4 * wanted;
	     done += most) {
		most = wanted - s->count[s->counts - 1].checks;
		most = most < ROUND ? most : ROUND;
		rc = round_of(s, most, jobs ? (unsigned)atoi(jobs) : 2);
	}
	free_kinds(s);
	rate_bound_free(s->given);
	if (getenv("SOAK_TIMES"))
		fprintf(stderr, "%s: %zu instances, %zu fell, %.1f s, %.1f s of it to draw them\n", theorem->id,
		        s->count[s->counts - 1].checks, s->count[s->counts - 1].fell, processor_seconds() - began,
		        processor_seconds() - began - (seconds_of(RUSAGE_CHILDREN) - children));
	return rc;
}

static void report(const soak *s, double seconds)
{
	char date[32];
	time_t now = time(NULL);
	count all = { .theorem = "" };

	for (size_t i = 0; i < s->counts; i++) {
		const count *n = &s->count[i];
		all.checks += n->checks;
		all.fell += n->fell;
		for (int k = 0; k < STATISTICS; k++)
			all.by[k] += n->by[k];
	}
	strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
	printf("# Soak\n\nMade by `make soak SOAK=\"%zu %llu\"` on %s in %.0f s, %.0f s of processor time.\n\n"
	       "True theorems on random admissible instances: constants and lengths from 1e-8 to 1e8 times those "
	         "of the objective,\n"
	       "values shifted by 0, 1, 1e3, 1e9, starts 1e-8 to 1e8 from the minimiser, up to 20000 steps, "
	         "kappa = 1 and near it,\n"
	       "one term, dimension 1, no noise. %zu theorems, %zu instances: %zu single paths, "
	         "%zu exact means, %zu sampled,\n"
	       "%zu sets of points. %zu fell: %sbroken, or with a hypothesis that was found false. Besides, "
	         "%zu functions were\n"
	       "not finite where they were asked (cosh far out).\n\n"
	       "| theorem | instances | path | exact | sampled | points | with unjudged steps | "
	         "largest ratio | fell |\n"
	       "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
	       s->asked, (unsigned long long)s->seed, date, seconds, processor_seconds(), s->counts, all.checks,
	       all.by[RATE_PATH], all.by[RATE_EXACT_MEAN], all.by[RATE_SAMPLED], all.by[RATE_POINTS], all.fell,
	       s->lying ? "(each claims a thousandth of its bound, and may be refuted) " : "refuted, ", s->overflows);
	for (size_t i = 0; i < s->counts; i++) {
		const count *n = &s->count[i];
		printf("| %s | %zu | %zu | %zu | %zu | %zu | %zu | %.4g | %zu |\n", n->theorem, n->checks,
		       n->by[RATE_PATH], n->by[RATE_EXACT_MEAN], n->by[RATE_SAMPLED], n->by[RATE_POINTS], n->unjudged,
		       n->least, n->fell);
	}
}

static int is_wanted(const char *id, char **names, int most)
{
	for (int k = 0; k < most; k++)
		if (!strcmp(names[k], id))
			return 1;
	return !most;
}

int main(int argc, char **argv)
{
	soak s = { .wrapper = argc > 1 ? argv[1] : "tests/scaled.so", .seed = argc > 3 ? strtoull(argv[3], NULL, 10)
	           : 1, .longest = getenv("SOAK_STEPS") ? strtoull(getenv("SOAK_STEPS"), NULL, 10) : 20000,
	           .lying = getenv("SOAK_FALSE") != NULL };
	size_t checks = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000, theorems = 0;
	time_t started = time(NULL);
	rate_error error;
	int rc = RATE_OK;

	s.asked = checks;
	if (rate_registry_open(&s.registry, &s.wrapper, 1, &error)) {
		fprintf(stderr, "soak: %s\n", error.text);
		return 2;
	}
	for (int again = 0; again < 2; again++)
		for (size_t i = 0; i < s.registry->count && rc == RATE_OK; i++) {
			const rate_class_info *c = s.registry->info[i];
			if (c->kind != RATE_THEOREMS || !is_wanted(c->id, argv + 4, argc > 4 ? argc - 4 : 0))
				continue;
			if (!again)
				theorems++;
			else
				rc = one_theorem(&s, c, (checks + theorems - 1) / theorems);
		}
	if (rc != RATE_OK || !theorems)
		return 2;
	report(&s, difftime(time(NULL), started));
	rate_registry_free(s.registry);
	free(s.count);
	return s.fell != 0;
}
