/* The suite tests itself: false variants of every theorem, of its method and of its objectives are made from the
 * library, and each must be refuted or blamed on the right party. Writes Markdown.
 *
 *     ./run tests/mutants tests/mutant.so ../tests/mutants.tsv 20261127 [THEOREM...]    plugin, explanations, seed
 *
 * A mutant is tried on one instance after the other, the sharp ones first, until it is caught. Exit: 0; 1 if one is
 * missed without an explanation, an explanation is stale, or what is not changed is not left in peace; 2 if nothing
 * could be run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "verify/work/engine.h"
#include "verify/plan/plan.h"

enum { INSTANCES = 4 }; /* of the suite, after the sharp ones */
enum { REPLICATES = 16384 };

typedef enum outcome { OPEN, REFUTED, BLAMED, MISSED, SPARED } outcome;
typedef enum party { CLAIM, METHOD, OBJECTIVE } party;

static const struct change {
	const char *name, *text;
	party party;
} changes[] = {
	{ "sharper", "the bound times 0.9 x the ratio of the sharp instance (lower bounds and the like: over)", CLAIM },
	{ "exponent", "the bound times t^(-1/2) (lower bounds: t^(1/2)), where it depends on t", CLAIM },
	{ "control", "the theorem's negative controls: steps too long, assumptions dropped, bounds too small", CLAIM },
	{ "long", "the method with a step 1 % too long", METHOD },
	{ "weak", "with momentum or weights times 0.9", METHOD },
	{ "late", "one step behind: the first is not made", METHOD },
	{ "biased", "with index 0 drawn twice as often, index 1 never", METHOD },
	{ "sign", "the objective with the sign of one coordinate of its gradients changed", OBJECTIVE },
	{ "L", "with L declared 10 % too small", OBJECTIVE },
	{ "mu", "with mu and pl declared 10 % too large", OBJECTIVE },
	{ "f_star", "with f_star declared too large, by a tenth of the first gap", OBJECTIVE },
	{ "bias", "with 0.1 added to one coordinate of every sampled gradient", OBJECTIVE },
	{ "same", "nothing: the method through the same door, to see that it is left in peace", METHOD },
	{ "true", "nothing: the objective through the same door", OBJECTIVE },
};
enum { SHARPER, EXPONENT, CONTROL, LONG, WEAK, LATE, BIASED, SIGN, SMOOTHNESS, CONVEXITY, LEAST, BIAS, SAME,
       TRUE, CHANGES };

typedef struct mutant {
	const rate_class_info *theorem;
	int change;
	const rate_check **on; /* what it is made of, in the order of trial */
	size_t count, next, judged;
	outcome outcome;
	char why[2048];        /* the last that was judged */
} mutant;

typedef struct line {
	char *text, *theorems, *change, *sentence;
} line;

typedef struct factory {
	rate_registry *registry;
	rate_plan *plan;
	mutant *mutant;
	size_t mutants;
	rate_bound_spec **spec;
	size_t specs;
	const size_t *number; /* of the mutants of this round */
	line *line;
	size_t lines;
} factory;

/* ---- Which mutants there are ---- */

static int needs(const rate_class_info *th, const char *name)
{
	for (size_t i = 0; i < th->needs; i++)
		if (!strcmp(th->need[i], name))
			return 1;
	return 0;
}

static int below(rate_kind kind)
{
	return kind == RATE_LOWER_BOUND || kind == RATE_NON_CONVERGENCE || kind == RATE_DIVERGENCE;
}

/* The largest ratio that the theorem's sharp instances say; that of deep steps if there is no other; NaN. */
static double ledger_ratio(const rate_class_info *th)
{
	double most = NAN, deep = NAN;

	for (size_t k = 0; k < th->sharps; k++) {
		most = fmax(most, th->sharp[k].ratio);
		deep = fmax(deep, th->sharp[k].deep_ratio);
	}
	return isnan(most) ? deep : most;
}

static const rate_class_info *method_of(const factory *f, const rate_class_info *th)
{
	char head[64];

	if (!th->method)
		return NULL;
	snprintf(head, sizeof head, "%.*s", (int)strcspn(th->method, ":"), th->method);
	return rate_registry_find(f->registry, RATE_METHODS, head);
}

static int applies(const factory *f, const rate_class_info *th, int change)
{
	const rate_class_info *method = method_of(f, th);
	int any = (th->flags & RATE_ANY_METHOD) != 0, stochastic = method && (method->flags & RATE_STOCHASTIC);
	int objective = th->needs && !th->point;

	switch (change) {
	case SHARPER: return !isnan(ledger_ratio(th));
	case EXPONENT: return !th->point && th->claim != RATE_IDENTITY;
	case CONTROL: return 1;
	case LONG: return method && !any && method->schedules >= 1;
	case WEAK: return method && !any && method->schedules >= 2;
	case LATE: case SAME: return method && !any;
	case BIASED: return stochastic && !any;
	case SIGN: case TRUE: return objective;
	case SMOOTHNESS: return objective && needs(th, "L");
	case CONVEXITY: return objective && (needs(th, "mu") || needs(th, "pl"));
	case LEAST: return objective && needs(th, "f_star");
	case BIAS: return objective && stochastic;
	}
	return 0;
}

static int add(factory *f, const rate_class_info *th, int change, const rate_check *only)
{
	mutant *grown = realloc(f->mutant, (f->mutants + 1) * sizeof *grown), *m;
	size_t others = 0;

	if (!grown)
		return RATE_FAIL;
	f->mutant = grown;
	m = &grown[f->mutants++];
	*m = (mutant){ .theorem = th, .change = change, .on = calloc(f->plan->count + 1, sizeof *m->on) };
	if (!m->on)
		return RATE_FAIL;
	if (only)
		m->on[m->count++] = only;
	for (int role = RATE_ROLE_SHARP; !only && role >= RATE_ROLE_INSTANCE; role--)
		for (size_t i = 0; i < f->plan->count; i++) {
			const rate_check *c = f->plan->check[i];
			/* A control's own method is another one; with one step t^-1/2 is 1. */
			if (c->theorem != th || c->role != (rate_role)role || (change == EXPONENT && c->T == 1) ||
			    (role == RATE_ROLE_INSTANCE && (c->fraction < 1 || ++others > INSTANCES)))
				continue;
			m->on[m->count++] = c;
		}
	return RATE_OK;
}

static int make_mutants(factory *f)
{
	for (size_t i = 0; i < f->plan->count; i++) {
		const rate_check *c = f->plan->check[i];
		int first = i == 0 || f->plan->check[i - 1]->theorem != c->theorem;
		for (int change = 0; first && change < CHANGES; change++)
			if (change != CONTROL && applies(f, c->theorem, change) && add(f, c->theorem, change, NULL))
				return RATE_FAIL;
		if (c->role == RATE_ROLE_CONTROL && add(f, c->theorem, CONTROL, c))
			return RATE_FAIL;
	}
	return RATE_OK;
}

/* ---- From a check to its mutant ---- */

static const rate_bound_spec *bind(factory *f, rate_class kind, const char *text)
{
	rate_error error;
	rate_bound_spec **grown = realloc(f->spec, (f->specs + 1) * sizeof(*grown)), *out = NULL;

	if (!grown)
		return NULL;
	f->spec = grown;
	if (rate_bind(&out, f->registry, kind, text, 1, &error))
		fprintf(stderr, "mutants: %s\n", error.text);
	f->spec[f->specs++] = out;
	return out;
}

/* gd:x=1 -> gd-long:x=1, and huber:L=1+ball -> huber:L=1+mutant:what=sign+ball: inside of sets, which take no other. */
static const rate_bound_spec *spoil(factory *f, const rate_bound_spec *spec, const struct change *change)
{
	const char *all = spec->canonical;
	size_t head = change->party == METHOD ? strcspn(all, ":") : 0;
	char text[16384];

	if (change->party == METHOD) {
		snprintf(text, sizeof text, "%.*s-%s%s", (int)head, all, change->name, all + head);
		return bind(f, RATE_METHODS, text);
	}
	for (head = 0; all[head] && !(all[head] == '+' && strchr("abcdefghijklmnopqrstuvwxyz", all[head + 1])); head++)
		;
	snprintf(text, sizeof text, "%.*s+mutant:what=%s%s", (int)head, all, change->name, all[head] ? all + head : "");
	return bind(f, RATE_OBJECTIVES, text);
}

static rate_check *make(factory *f, const mutant *m)
{
	const struct change *change = &changes[m->change];
	double ratio = 0.9 * ledger_ratio(m->theorem);
	rate_check *c = malloc(sizeof *c);
	int ok = 1;

	if (!c)
		return NULL;
	*c = *m->on[m->next];
	if (change->party == CLAIM && !c->exact_replicates) {
		c->max_replicates = c->max_replicates < REPLICATES ? REPLICATES : c->max_replicates;
		c->work = 0x1p31;
	}
	if (m->change == SHARPER)
		c->factor *= c->theorem->claim == RATE_DIVERGENCE ? ratio / 0.81 : below(c->theorem->claim) ? 1 / ratio
		    : ratio;
	if (m->change == EXPONENT)
		c->power += below(c->theorem->claim) ? -0.5 : 0.5;
	if (change->party == METHOD && (ok = c->method != NULL)) {
		c->reference = c->method;
		ok = (c->method = spoil(f, c->method, change)) != NULL;
	}
	if (change->party == OBJECTIVE && (ok = c->objective != NULL))
		ok = (c->objective = spoil(f, c->objective, change)) != NULL;
	if (!ok) {
		free(c);
		return NULL;
	}
	return c;
}

static int constant_bound(const rate_check *c)
{
	for (size_t k = 0; c->bound && k < c->checkpoints; k++)
		if (fabs(c->bound[k] * pow((double)c->at[k], c->power) -
		         c->bound[0] * pow((double)c->at[0], c->power)) >
		    1e-9 * fabs(c->bound[0]))
			return 0;
	return c->bound && c->checkpoints > 1 && !isnan(c->bound[0]);
}

static int delivered(void *user, size_t i, const rate_check *c, const rate_measured *measured, const rate_verdict *v)
{
	factory *f = user;
	mutant *m = &f->mutant[f->number[i]];
	party who = changes[m->change].party;
	int parts = measured && (measured->beside.step || measured->beside.fault);

	m->next++;
	if (v->code == RATE_NOT_APPLICABLE || (v->code == RATE_BROKEN && strstr(v->reason, "mutant: mutant: ")) ||
	    (m->change == EXPONENT && constant_bound(c)))
		return 0;
	m->judged++;
	snprintf(m->why, sizeof m->why, "%s on %s: %s %s", rate_verdict_name(v->code),
	         c->objective ? c->objective->canonical : "no objective", v->reason, v->conduct);
	if (who == METHOD && (parts || v->blame == RATE_THE_METHOD || v->code == RATE_BROKEN))
		m->outcome = BLAMED;
	else if (who == OBJECTIVE && v->code == RATE_HYPOTHESIS_FALSE)
		m->outcome = BLAMED;
	else if (who == OBJECTIVE && v->code == RATE_BROKEN)
		m->outcome = BLAMED;
	else if (v->code == RATE_REFUTED)
		m->outcome = REFUTED;
	return 0;
}

/* Each open mutant on its next instance. What is unchanged is tried on the first that applies, and must hold there. */
static int round_of(factory *f, size_t *done)
{
	const rate_engine_options how = { .jobs = 4, .seconds = 120, .memory = (size_t)4 << 30, .isolate = 1 };
	rate_check **check = calloc(f->mutants + 1, sizeof *check);
	size_t *number = calloc(f->mutants + 1, sizeof *number);
	int rc = check && number ? RATE_OK : RATE_FAIL;

	*done = 0;
	for (size_t k = 0; rc == RATE_OK && k < f->mutants; k++) {
		mutant *m = &f->mutant[k];
		size_t most = m->change == SAME || m->change == TRUE ? 1 : SIZE_MAX;
		if (m->outcome != OPEN || m->next == m->count || m->judged >= most)
			continue;
		if (!(check[*done] = make(f, m))) {
			m->next++;
			continue;
		}
		number[(*done)++] = k;
	}
	f->number = number;
	if (rc == RATE_OK && *done)
		rc = rate_engine(check, *done, &how, delivered, f);
	for (size_t k = 0; check && k < *done; k++) {
		free(check[k]->at);
		free(check[k]->bound);
		free(check[k]->transient);
		free(check[k]->param);
		free(check[k]->parameters);
		free(check[k]);
	}
	free(check);
	free(number);
	return rc;
}

/* ---- Explanations: theorems (blanks between them), mutant, sentence, with tabs between them ---- */

static int read_lines(factory *f, const char *file)
{
	FILE *in = fopen(file, "r");
	char text[8192];

	if (!in) {
		fprintf(stderr, "mutants: %s: cannot be read\n", file);
		return RATE_FAIL;
	}
	for (int number = 1; fgets(text, sizeof text, in); number++) {
		line l = { .text = strdup(text) };
		text[strcspn(text, "\n")] = '\0';
		if (!*text || *text == '#')
			continue;
		l.text[strcspn(l.text, "\n")] = '\0';
		l.theorems = l.text;
		if (!(l.change = strchr(l.theorems, '\t')) || !(l.sentence = strchr(l.change + 1, '\t'))) {
			fprintf(stderr, "mutants: %s:%d: theorems, mutant and sentence are wanted, "
			                "with tabs between them\n", file, number);
			fclose(in);
			return RATE_FAIL;
		}
		*l.change++ = *l.sentence++ = '\0';
		f->line = realloc(f->line, (f->lines + 1) * sizeof l);
		f->line[f->lines++] = l;
	}
	fclose(in);
	return RATE_OK;
}

static int has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += n)
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return 1;
	return 0;
}

static const line *explained(const factory *f, const mutant *m)
{
	for (size_t i = 0; i < f->lines; i++)
		if (!strcmp(f->line[i].change, changes[m->change].name) &&
		    has_word(f->line[i].theorems, m->theorem->id))
			return &f->line[i];
	return NULL;
}

/* An explanation of what is not missed (any more) is stale. */
static int stale(const factory *f, int all)
{
	int found = 0;

	for (size_t i = 0; i < f->lines; i++) {
		char *words = strdup(f->line[i].theorems), *rest = words;
		for (char *id; rest && (id = strsep(&rest, " "));) {
			int known = 0, missed = 0;
			for (size_t k = 0; k < f->mutants; k++) {
				const mutant *m = &f->mutant[k];
				if (strcmp(m->theorem->id, id) || strcmp(changes[m->change].name, f->line[i].change))
					continue;
				known = 1;
				missed |= m->outcome == MISSED;
			}
			if (!missed && (known || all)) {
				fprintf(stderr, "mutants: %s %s is explained, and %s\n", id, f->line[i].change,
				        known ? "not missed" : "there is no such mutant");
				found = 1;
			}
		}
		free(words);
	}
	return found;
}

/* ---- The tables ---- */

static int counts(const mutant *m)
{
	return m->judged && m->change != SAME && m->change != TRUE;
}

static void row(const factory *f, const char *label, const char *theorem, const char *chapter, int change)
{
	size_t all = 0, refuted = 0, blamed = 0, missed = 0;

	for (size_t k = 0; k < f->mutants; k++) {
		const mutant *m = &f->mutant[k];
		if (!counts(m) || (theorem && strcmp(m->theorem->id, theorem)) ||
		    (chapter && strcmp(m->theorem->chapter, chapter)) || (change >= 0 && m->change != change))
			continue;
		all++;
		refuted += m->outcome == REFUTED;
		blamed += m->outcome == BLAMED;
		missed += m->outcome == MISSED;
	}
	printf("| %s | %zu | %zu | %zu | %zu |\n", label, all, refuted, blamed, missed);
}

static void report(const factory *f, const char *seed)
{
	static const char *const head =
	    "mutants | refuted | blamed right | missed |\n| --- | --- | --- | --- | --- |\n";
	char date[32], label[256];
	time_t now = time(NULL);
	size_t doors = 0, disturbed = 0;
	const char *chapter = "", *theorem = "";

	strftime(date, sizeof date, "%Y-%m-%d", gmtime(&now));
	for (size_t k = 0; k < f->mutants; k++) {
		const mutant *m = &f->mutant[k];
		doors += !counts(m) && m->judged;
		disturbed += !counts(m) && m->judged && m->outcome != SPARED;
	}
	printf("# Mutants\n\nMade by `make mutants` on %s with seed %s.\n\n"
	       "False variants of the theorems, of their methods and of their "
	       "objectives, made from the library. Each is tried on\n"
	       "the sharp instances of its theorem, then on others, until it is "
	       "refuted or blamed on the party that was changed.\n"
	       "A method is blamed where its path parts from the theorem's own method "
	       "on the same samples, an objective where a\n"
	       "witness shows that what it declares is false; objectives with an h or a "
	       "feasible set of their own are not spoilt.\n"
	       "The same doors with nothing changed: %zu tried, %zu refuted or blamed.\n\n| mutant | %s", date, seed,
	       doors, disturbed, head);
	for (int change = 0; change < SAME; change++) {
		snprintf(label, sizeof label, "%s: %s", changes[change].name, changes[change].text);
		row(f, label, NULL, NULL, change);
	}
	row(f, "**all**", NULL, NULL, -1);
	for (size_t k = 0; k < f->mutants; k++) {
		const rate_class_info *th = f->mutant[k].theorem;
		if (strcmp(chapter, th->chapter)) {
			chapter = th->chapter;
			printf("\n## %s\n\n| theorem | %s", chapter, head);
			row(f, "**all**", NULL, chapter, -1);
		}
		if (strcmp(theorem, th->id))
			row(f, theorem = th->id, th->id, NULL, -1);
	}
	printf("\n## What is missed, and why\n\n| theorem | mutant | why |\n| --- | --- | --- |\n");
	for (size_t k = 0; k < f->mutants; k++) {
		const mutant *m = &f->mutant[k];
		const line *l = explained(f, m);
		if (counts(m) && m->outcome == MISSED)
			printf("| %s | %s | %s |\n", m->theorem->id, changes[m->change].name,
			       l ? l->sentence : "**not explained**");
	}
}

/* What is left open was missed, or, unchanged, was spared. */
static int settle(factory *f)
{
	int wrong = 0;

	for (size_t k = 0; k < f->mutants; k++) {
		mutant *m = &f->mutant[k];
		int unchanged = m->change == SAME || m->change == TRUE;
		if (m->judged && m->outcome == OPEN)
			m->outcome = unchanged ? SPARED : MISSED;
		if (unchanged ? m->judged && m->outcome != SPARED : m->outcome == MISSED && !explained(f, m)) {
			fprintf(stderr, "mutants: %s %s %s: %s\n", m->theorem->id, changes[m->change].name,
			        unchanged ? "is not left in peace" : "is missed", m->why);
			wrong = 1;
		}
	}
	return wrong;
}

/* The files of the registry's methods, for the plugin that changes them. */
static int name_methods(const rate_registry *r)
{
	char *list = calloc(1, 1);

	for (size_t i = 0; list && i < r->count; i++) {
		const char *file = r->info[i]->file;
		if (r->info[i]->kind != RATE_METHODS || strstr(list, file))
			continue;
		size_t n = strlen(list), more = strlen(file) + 2;
		char *grown = realloc(list, n + more);
		if (!grown)
			break;
		list = grown;
		snprintf(list + n, more, "%s%s", n ? ":" : "", file);
	}
	int rc = list ? setenv("RATECHECK_MUTATE", list, 1) : -1;
	free(list);
	return rc ? RATE_FAIL : RATE_OK;
}

int main(int argc, char **argv)
{
	const char *data = getenv("RATECHECK_DATA");
	char suite[4096];
	rate_error error = { "" };
	rate_plan_options o = { .effort = RATE_QUICK, .alpha = 1e-9, .suite = suite };
	factory f = { .plan = NULL };
	size_t done = 0, judged = 0;
	int rc, wrong;

	if (argc < 4) {
		fprintf(stderr, "usage: mutants PLUGIN.so EXPLANATIONS SEED [THEOREM...]\n");
		return 2;
	}
	snprintf(suite, sizeof suite, "%s/suite", data ? data : "data");
	o.seed = strtoull(argv[3], NULL, 10);
	o.theorem = (const char *const *)(argv + 4);
	o.theorems = (size_t)argc - 4;
	rc = rate_registry_open(&f.registry, NULL, 0, &error);
	if (rc == RATE_OK && (rc = name_methods(f.registry)) == RATE_OK)
		rc = rate_registry_add(f.registry, argv[1], &error);
	if (rc == RATE_OK)
		rc = rate_plan_make(&f.plan, f.registry, &o, &error);
	if (rc == RATE_OK)
		rc = read_lines(&f, argv[2]) || make_mutants(&f) ? RATE_FAIL : RATE_OK;
	do {
		rc = rc == RATE_OK ? round_of(&f, &done) : rc;
		if (getenv("MUTANTS_PROGRESS"))
			fprintf(stderr, "mutants: round of %zu\n", done);
	} while (rc == RATE_OK && done);
	for (size_t k = 0; k < f.mutants; k++)
		judged += f.mutant[k].judged > 0;
	if (rc != RATE_OK || !judged) {
		fprintf(stderr, "mutants: %s\n", rate_said(&error, "nothing was run"));
		return 2;
	}
	wrong = settle(&f);
	wrong |= stale(&f, !o.theorems);
	report(&f, argv[3]);
	for (size_t k = 0; k < f.mutants; k++)
		free(f.mutant[k].on);
	for (size_t k = 0; k < f.specs; k++)
		rate_bound_free(f.spec[k]);
	for (size_t k = 0; k < f.lines; k++)
		free(f.line[k].text);
	free(f.mutant);
	free(f.spec);
	free(f.line);
	rate_plan_free(f.plan);
	rate_registry_free(f.registry);
	return wrong;
}
