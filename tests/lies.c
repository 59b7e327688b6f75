/* Lies about constants: each constant of the list that a theorem reads is declared wrongly, in the harmful direction,
 * by 1 %, 10 % and a factor 1000, on instances of the library. A claim that is refuted then must name the objective.
 * Writes Markdown.
 *
 *     ./run tests/lies 20261127 [+WRAPPER...] [THEOREM...]    seed
 *
 * The same lies are told, on fewer instances, of objectives in a wrapper that changes their size (tests/scaled.so).
 *
 * Exit: 0; 1 if a theorem was blamed for a lie; 2 if nothing could be run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "verify/plan/plan.h"
#include "verify/record/constants.h"
#include "verify/session/session.h"
#include "verify/work/engine.h"

enum { INSTANCES = 3, ERRORS = 3, OWN = 128, SUBJECTS = RATE_CONSTANT_COUNT + OWN };
static const double error_of[ERRORS] = { 0.01, 0.1, 1000 };
static const char *const error_name[ERRORS] = { "1 %", "10 %", "x 1000" };

/* What is true of an objective. */
typedef struct facts {
	char *spec;
	int known[SUBJECTS];
	double value[SUBJECTS], gap, distance; /* of the start from the minimiser */
	size_t d, n;
} facts;

typedef struct lie {
	rate_declared declared;
	const rate_class_info *theorem;
	int constant, error; /* error -1: a flag is set */
	int up;              /* f_star and what has a dot: declared too large, where else it is too small */
	rate_verdict_code code;
	rate_culprit blame;
} lie;

typedef struct harness {
	rate_registry *registry;
	rate_plan *plan;
	size_t instances; /* that lies of one kind are told of */
	facts *fact;
	size_t facts;
	lie *lie;
	rate_check **check;
	size_t lies;
	const char *own[OWN + 1]; /* what theorems need that has a dot in its name; NULL ends them */
} harness;

/* What lies are about: the constants of the list, then the others. NULL: there are no more. */
static const char *subject(const harness *h, int i)
{
	return i < RATE_CONSTANT_COUNT ? rate_constant_list[i].name : h->own[i - RATE_CONSTANT_COUNT];
}

static void find_own(harness *h)
{
	size_t count = 0, i;

	for (size_t k = 0; h->plan && k < h->plan->count; k++) {
		const rate_class_info *th = h->plan->check[k]->theorem;

		for (size_t n = 0; n < th->needs; n++) {
			for (i = 0; i < count && strcmp(h->own[i], th->need[n]); i++)
				;
			if (i == count && count < OWN && strchr(th->need[n], '.') && !strchr(th->need[n], '/'))
				h->own[count++] = th->need[n];
		}
	}
	h->own[count] = NULL;
}

/* Does the host know what it means? */
static int understood(const harness *h, int i)
{
	return !rate_constant_is_private(subject(h, i));
}

/* ---- The truth ---- */

static int learn(const harness *h, const rate_check *c, facts *f)
{
	static rate_mark mark;
	rate_check bare = { .objective = c->objective, .factor = 1 };
	rate_session s;
	double *v;
	int rc = rate_session_open(&s, &bare, &mark);

	if (rc == RATE_OK && (rc = rate_fill_case(&s)) == RATE_OK) {
		f->d = s.run.d;
		f->n = s.run.n;
		f->gap = s.c.d0 > 0 ? s.c.d0 : 1;
		f->distance = s.c.D2 > 1e-30 ? sqrt(s.c.D2) : 1; /* less is rounding */
		v = malloc((f->d + f->n + 1) * sizeof *v);
		for (size_t i = 0; v && rate_constant_list[i].name; i++) {
			const rate_constant_info *k = &rate_constant_list[i];
			size_t length = k->length == 'd' ? f->d : k->length == 'n' ? f->n : 0;
			f->value[i] = length ? 1 : rate_constant_of(&s, k->name, NULL);
			f->known[i] = length ? rate_vector_of(&s, k->name, length, v) == RATE_OK
			    : f->value[i] == f->value[i];
		}
		for (int i = RATE_CONSTANT_COUNT; subject(h, i); i++) {
			f->value[i] = rate_constant_of(&s, subject(h, i), NULL);
			f->known[i] = f->value[i] == f->value[i];
		}
		free(v);
	}
	rate_session_close(&s);
	return rc;
}

static const facts *facts_of(harness *h, const rate_check *c)
{
	facts *grown;

	for (size_t i = 0; i < h->facts; i++)
		if (!strcmp(h->fact[i].spec, c->objective->canonical))
			return &h->fact[i];
	if (!(grown = realloc(h->fact, (h->facts + 1) * sizeof *grown)))
		return NULL;
	h->fact = grown;
	grown[h->facts] = (facts){ .spec = strdup(c->objective->canonical) };
	learn(h, c, &grown[h->facts]);
	return &h->fact[h->facts++];
}

/* ---- The lies ---- */

static int reads(const rate_class_info *info, const char *name)
{
	const rate_theorem th = { .needs = { info->need, (uint32_t)info->needs } };
	rate_session s = { .theorem = &th };

	return rate_reads(&s, name);
}

/* 0: there is no such lie. */
static int invent(const harness *h, const facts *f, int i, int error, int up, rate_declared *out)
{
	const rate_constant_info *k = &rate_constant_list[i];
	double e = error < 0 ? 0 : error_of[error];

	if (i >= RATE_CONSTANT_COUNT) {
		/* Which side hurts is not known. */
		out->how = RATE_TIMES;
		out->value = up ? (error == 2 ? 1000 : 1 + e) : error == 2 ? 0.001 : 1 - e;
		snprintf(out->name, sizeof out->name, "%s", subject(h, i));
		return error >= 0 && f->known[i] && f->value[i] != 0;
	}
	snprintf(out->name, sizeof out->name, "%s", k->name);
	if (k->use == RATE_USE_KEY || (up && strcmp(k->name, "f_star") && strcmp(k->name, "F_star")))
		return 0;
	if (k->use == RATE_USE_FLAG) {
		/* What is not declared may yet be true; convex = 0 says that it is not. */
		*out = (rate_declared){ .how = RATE_INSTEAD, .value = 1 };
		snprintf(out->name, sizeof out->name, "%s", k->name);
		return error < 0 &&
		    (strcmp(k->name, "convex") ? f->n > 1 && !f->known[i] : f->known[i] && f->value[i] == 0);
	}
	if (error < 0 || !f->known[i])
		return 0;
	out->how = RATE_PLUS;
	if (!strcmp(k->name, "x_star"))
		out->value = e * f->distance / sqrt((double)f->d);
	else if (k->use == RATE_USE_EXACT)
		out->value = (up ? e : -e) * f->gap;
	else if (!strcmp(k->name, "f_i_star"))
		out->value = e * f->gap;
	else {
		out->how = RATE_TIMES;
		out->value = k->use == RATE_USE_BELOW ? (error == 2 ? 1000 : 1 + e) : error == 2 ? 0.001 : 1 - e;
		return f->value[i] > 0;
	}
	return 1;
}

static int tell(harness *h, const rate_check *of, const rate_declared *d, int constant, int error, int up)
{
	lie *grown = realloc(h->lie, (h->lies + 1) * sizeof *grown);
	rate_check **more = realloc(h->check, (h->lies + 1) * sizeof(*more)), *c = malloc(sizeof *c);

	if (grown)
		h->lie = grown;
	if (more)
		h->check = more;
	if (!grown || !more || !c)
		return RATE_FAIL;
	*c = *of;
	c->declarations = 1;
	h->check[h->lies] = c;
	h->lie[h->lies++] = (lie){ *d, of->theorem, constant, error, up, RATE_HOLDS, RATE_NOBODY };
	return RATE_OK;
}

static int lies_of(harness *h, const rate_class_info *th, int i, int error, int up)
{
	size_t told = 0;

	for (int role = RATE_ROLE_SHARP; role >= RATE_ROLE_INSTANCE; role--)
		for (size_t k = 0; k < h->plan->count && told < h->instances; k++) {
			const rate_check *c = h->plan->check[k];
			const facts *f;
			rate_declared d = { .value = 0 };
			if (c->theorem != th || c->role != (rate_role)role || !c->objective ||
			    (role == RATE_ROLE_INSTANCE && c->fraction < 1))
				continue;
			if (!(f = facts_of(h, c)) || !invent(h, f, i, error, up, &d))
				continue;
			if (tell(h, c, &d, i, error, up))
				return RATE_FAIL;
			/* Flags are set where the theorem would not apply for more reasons than one. */
			told += error >= 0;
		}
	return RATE_OK;
}

static int make_lies(harness *h)
{
	for (size_t k = 0; k < h->plan->count; k++) {
		const rate_class_info *th = h->plan->check[k]->theorem;
		if (k && h->plan->check[k - 1]->theorem == th)
			continue;
		for (int i = 0; subject(h, i); i++)
			for (int error = -1; reads(th, subject(h, i)) && error < ERRORS; error++)
				for (int up = 0; up < 2; up++)
					if (lies_of(h, th, i, error, up))
						return RATE_FAIL;
	}
	for (size_t k = 0; k < h->lies; k++)
		h->check[k]->declared = &h->lie[k].declared;
	return RATE_OK;
}

static int delivered(void *user, size_t i, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	lie *l = &((harness *)user)->lie[i];

	(void)m;
	l->code = v->code;
	l->blame = v->blame;
	if (v->code == RATE_REFUTED || v->code == RATE_BROKEN || (getenv("LIES_HELD") && v->code == RATE_HOLDS))
		fprintf(stderr, "lies: %s of %s with %s%s%.3g on %s: %s: %s\n", rate_verdict_name(v->code),
		        c->theorem->id, l->declared.name, l->declared.how == RATE_PLUS ? "+"
		        : l->declared.how == RATE_TIMES ? "*" : "=", l->declared.value,
		        c->objective->canonical, rate_culprit_name(v->blame) ? rate_culprit_name(v->blame) : "nobody",
		        v->reason);
	return 0;
}

/* ---- The table ---- */

static size_t row(const harness *h, int i, int error, int up)
{
	int two_sided = i >= RATE_CONSTANT_COUNT;
	size_t theorems = 0, checks = 0, blamed = 0, found = 0, held = 0, broken = 0;
	const rate_class_info *last = NULL;
	unsigned kinds = 0;
	const char *comma = "";

	for (size_t k = 0; k < h->lies; k++) {
		const lie *l = &h->lie[k];
		if (l->constant != i || l->error != error || (!two_sided && l->up != up) ||
		    l->code == RATE_NOT_APPLICABLE)
			continue;
		theorems += l->theorem != last;
		last = l->theorem;
		kinds |= 1u << l->theorem->claim;
		checks++;
		blamed += l->code == RATE_REFUTED;
		found += l->code == RATE_HYPOTHESIS_FALSE;
		held += l->code == RATE_HOLDS;
		broken += l->code == RATE_BROKEN;
	}
	if (!checks || (two_sided && up))
		return 0;
	printf("| %s%s | %s | %zu (", subject(h, i), up ? " (too large)" : "", error < 0 ? "set"
	       : error_name[error], theorems);
	for (int k = RATE_DETERMINISTIC; k <= RATE_IDENTITY; k++)
		if (kinds & 1u << k) {
			printf("%s%s", comma, rate_kind_of((unsigned)k)->name);
			comma = ", ";
		}
	printf(") | %zu | %zu | %zu | %zu | %zu |\n", checks, blamed, found, held, broken);
	return blamed;
}

static size_t rows(const harness *h, int known)
{
	size_t blamed = 0;

	for (int i = 0; subject(h, i); i++)
		for (int error = -1; understood(h, i) == known && error < ERRORS; error++)
			for (int up = 0; up < 2; up++)
				blamed += row(h, i, error, up);
	return blamed;
}

#define TABLE "| constant | error | theorems that read it | checks | refuted, theorem blamed | hypothesis-false | " \
	"still hold | broken |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"

static int report(const harness *h, const char *seed)
{
	char date[32];
	time_t now = time(NULL);
	size_t blamed = 0;

	strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
	printf("# Lies\n\nMade by `make lies` on %s with seed %s.\n\n"
	       "Each constant that a theorem reads, declared wrongly in the harmful "
	       "direction on up to %d instances of the theorem:\n"
	       "what must not be too small times 0.99, 0.9, 0.001; what must not be "
	       "too large times 1.01, 1.1, 1000; f_star moved by\n"
	       "0.01, 0.1, 1000 times the first gap, x_star by as much of the first "
	       "distance; flags set where they are not declared.\n"
	       "A lie may yet be true, where what is declared is loose, and a false one "
	       "need not hurt: then the claim holds. What is\nrefuted must name the objective. "
	       "What has a dot in its name is told too large and too small.\n\n" TABLE, date, seed, INSTANCES);
	blamed = rows(h, 1);
	if (*h->own) {
		printf("\nWhat has a dot in its name and no meaning to the host, too large and too small. It is "
		       "between a theorem and the\nobjectives made for it: nothing but the claim can show that it is "
		       "wrong, and a "
		       "refutation says that it rests on it.\n\n"
		       TABLE);
		rows(h, 0);
	}
	return blamed > 0;
}

/* The objectives of the plan in a wrapper: theorem by theorem, the sharp instances and all others. */
static rate_plan *wrapped(rate_registry *registry, const rate_plan *plain, const char *wrapper, uint64_t seed)
{
	enum { MOST = 12 };
	static char spec[MOST][8192];
	rate_error error;
	rate_plan *all = NULL, *one;

	for (size_t k = 0, end; k < plain->count; k = end) {
		const char *theorem = plain->check[k]->theorem->id, *on[MOST], *last = "";
		rate_plan_options o = { .effort = RATE_QUICK, .alpha = 1e-9, .suite = "/dev/null", .seed = seed,
			                    .theorem = &theorem, .theorems = 1, .objective = on };
		for (end = k; end < plain->count && plain->check[end]->theorem == plain->check[k]->theorem; end++) {
			const rate_check *c = plain->check[end];
			if (!c->objective || c->role == RATE_ROLE_CONTROL || !strcmp(last, c->objective->canonical) ||
			    o.objectives == MOST)
				continue;
			last = c->objective->canonical;
			snprintf(spec[o.objectives], sizeof spec[0], "%s%s", last, wrapper);
			on[o.objectives] = spec[o.objectives];
			o.objectives++;
		}
		if (o.objectives && !rate_plan_make(&one, registry, &o, &error) &&
		    rate_plan_join(&all, one))
			rate_plan_free(one);
	}
	return all;
}

static void forget(harness *h)
{
	for (size_t k = 0; k < h->lies; k++)
		rate_check_free(h->check[k]);
	for (size_t k = 0; k < h->facts; k++)
		free(h->fact[k].spec);
	free(h->fact);
	free(h->lie);
	free(h->check);
	rate_plan_free(h->plan);
	*h = (harness){ .registry = h->registry };
}

/* A line of the second table. 1: a theorem was blamed. */
static int report_wrapped(const harness *h, const char *wrapper)
{
	size_t n[RATE_NOT_APPLICABLE + 1] = { 0 };

	for (size_t k = 0; k < h->lies; k++)
		n[h->lie[k].code]++;
	printf("| %s | %zu | %zu | %zu | %zu | %zu |\n", wrapper, h->lies - n[RATE_NOT_APPLICABLE], n[RATE_REFUTED],
	       n[RATE_HYPOTHESIS_FALSE], n[RATE_HOLDS], n[RATE_BROKEN]);
	fflush(stdout);
	return n[RATE_REFUTED] > 0;
}

static int tell_and_judge(harness *h, size_t instances)
{
	const rate_engine_options how = { .jobs = 2, .seconds = 30, .memory = (size_t)4 << 30, .isolate = 1 };

	h->instances = instances;
	find_own(h);
	return h->plan && !make_lies(h) && h->lies && !rate_engine(h->check, h->lies, &how, delivered, h)
	    ? RATE_OK : RATE_FAIL;
}

int main(int argc, char **argv)
{
	const char *data = getenv("RATECHECK_DATA"), *scaled = "tests/scaled.so";
	char suite[4096];
	rate_error error = { "" };
	rate_plan_options o = { .effort = RATE_QUICK, .alpha = 1e-9, .suite = suite };
	harness h = { .plan = NULL };
	int wrappers = 0, rc, wrong;

	if (argc < 2) {
		fprintf(stderr, "usage: lies SEED [+WRAPPER...] [THEOREM...]\n");
		return 2;
	}
	while (wrappers + 2 < argc && argv[wrappers + 2][0] == '+')
		wrappers++;
	snprintf(suite, sizeof suite, "%s/suite", data ? data : "data");
	o.seed = strtoull(argv[1], NULL, 10);
	o.theorem = (const char *const *)(argv + 2 + wrappers);
	o.theorems = (size_t)(argc - 2 - wrappers);
	rc = rate_registry_open(&h.registry, &scaled, wrappers > 0, &error);
	if (rc == RATE_OK)
		rc = rate_plan_make(&h.plan, h.registry, &o, &error);
	if (rc || tell_and_judge(&h, INSTANCES)) {
		fprintf(stderr, "lies: %s\n", rate_said(&error, "nothing was run"));
		return 2;
	}
	wrong = report(&h, argv[1]);
	forget(&h);
	if (wrappers)
		printf("\nThe same lies on one instance each, of other sizes: values times a, lengths times b, "
		       "c added to the values.\n\n"
		       "| wrapper | checks | refuted, theorem blamed | hypothesis-false | still hold | broken |\n"
		       "| --- | --- | --- | --- | --- | --- |\n");
	for (int w = 0; w < wrappers; w++) {
		rate_plan *plain = NULL;
		if (!rate_plan_make(&plain, h.registry, &o, &error))
			h.plan = wrapped(h.registry, plain, argv[w + 2], o.seed);
		if (!tell_and_judge(&h, 1))
			wrong |= report_wrapped(&h, argv[w + 2]);
		rate_plan_free(plain);
		forget(&h);
	}
	rate_registry_free(h.registry);
	return wrong;
}
