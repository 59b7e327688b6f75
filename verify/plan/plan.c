/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/plan/plan.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <math.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/philox.h"
#include "plugins/nearest.h"

/* The effort table of the manual ("Effort"). Lists end with 0. */
static const struct effort {
	const char *tag;
	uint64_t every, last[16], replicates;
	double fraction[8], delta[4], work;
} efforts[] = {
	{ "quick", 256, { 1, 4, 32, 256 }, 1024, { 1, 0.5 }, { 0.1 }, 0x1p27 },
	{ "standard", 1024, { 1, 2, 8, 64, 1024 }, 16384, { 1, 0.9, 0.5, 0.1 }, { 0.1, 0.01 }, 0x1p31 },
	{ "thorough", 4096, { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096 }, 262144,
	  { 1, 0.99, 0.9, 0.5, 0.1, 0.01, 0.37 }, { 0.1, 0.01, 0.001 }, 0x1p36 },
};

typedef struct maker {
	rate_plan *plan;
	rate_registry *registry;
	const rate_plan_options *o;
	const struct effort *effort;
	char **suite;
	size_t suites;
	rate_error *error;
	size_t about;  /* theorems about the method of --as */
	char **method; /* of the others */
	size_t methods;
	void *ids;     /* a tree of the checks so far */
} maker;

/* What is the same for all checks of one theorem on one objective. */
typedef struct frame {
	const rate_class_info *theorem;
	const rate_bound_spec *objective, *method, *reference, *given;
	const rate_instance_info *from; /* NULL: an instance of the suite or of the user */
	rate_role role;
	/* the user fixed a parameter that `from` would set: its ratio and note are void */
	int changed;
	const char *refusal;            /* why it cannot be run, or NULL */
} frame;

static int push(rate_plan *p, rate_check *c)
{
	if (p->count == p->capacity) {
		size_t capacity = p->capacity ? 2 * p->capacity : 64;
		rate_check **grown = realloc(p->check, capacity * sizeof(*grown));
		if (!grown)
			return RATE_FAIL;
		p->check = grown;
		p->capacity = capacity;
	}
	p->check[p->count++] = c;
	return RATE_OK;
}

uint64_t rate_stream_key(const char *theorem, const char *objective, uint64_t seed)
{
	size_t size = strlen(theorem) + strlen(objective) + 2;
	char *all = malloc(size);
	uint64_t key = 0;

	if (all) {
		snprintf(all, size, "%s|%s", theorem, objective);
		key = rate_hash(all, seed);
	}
	free(all);
	return key;
}

static void name_check(const maker *m, rate_check *c)
{
	char text[512], *all;
	const char *objective = c->objective ? c->objective->canonical : "",
	    *method = c->method ? c->method->canonical : "";
	size_t size = strlen(objective) + strlen(method) + strlen(c->given->canonical) + sizeof text +
	              sizeof c->refusal + 16;

	snprintf(text, sizeof text, "%.17g|%.17g|%.17g|%.17g|%" PRIu64 "|%s", c->fraction, c->factor, c->power,
	         c->delta, c->T, m->o->x0 ? m->o->x0 : "");
	if (!(all = malloc(size)))
		return;
	snprintf(all, size, "%s|%s|%s|%s%s%s", objective, method, c->given->canonical, text,
	         *c->refusal ? "|" : "", c->refusal);
	snprintf(c->id, sizeof c->id, "%.80s.%012" PRIx64, c->theorem->id, rate_hash(all, 0) >> 16);
	c->stream = rate_stream_key(c->theorem->id, objective, m->o->seed);
	free(all);
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const rate_check *)a)->id, ((const rate_check *)b)->id);
}

static void leave_it(void *check)
{
	(void)check;
}

static int add_check(maker *m, const frame *f, double fraction, uint64_t T, double delta)
{
	rate_check *c = calloc(1, sizeof *c);
	const rate_plan_options *o = m->o;
	rate_check *const *known;

	if (!c)
		return RATE_FAIL;
	c->theorem = f->theorem;
	c->objective = f->objective;
	c->method = f->method;
	c->reference = f->reference;
	c->given = f->given;
	c->role = f->role;
	c->fraction = fraction;
	c->factor = f->given->bound_factor * (f->role == RATE_ROLE_CONTROL ? f->from->factor : 1);
	c->power = o->bound_power + (f->role == RATE_ROLE_CONTROL ? f->from->power : 0);
	c->expected_ratio = f->role == RATE_ROLE_SHARP && !f->changed ? f->from->ratio : NAN;
	c->expected_deep = f->role == RATE_ROLE_SHARP && !f->changed ? f->from->deep_ratio : NAN;
	c->note = f->from && !f->changed ? f->from->note : "";
	c->seed = o->seed;
	c->alpha = o->alpha;
	c->delta = delta;
	c->T = T;
	c->max_replicates = o->replicates ? o->replicates : m->effort->replicates;
	if (!o->replicates && rate_kind_of(f->theorem->claim)->about == RATE_ABOUT_TAIL &&
	    (double)c->max_replicates < 200 / delta)
		c->max_replicates = (uint64_t)(200 / delta);
	c->exact_replicates = o->replicates != 0;
	c->beyond = o->beyond || f->role == RATE_ROLE_CONTROL;
	c->work = m->effort->work;
	c->own_steps = o->steps || (f->from && f->from->steps);
	snprintf(c->refusal, sizeof c->refusal, "%s", f->refusal ? f->refusal : "");
	name_check(m, c);
	/* After the name: a check is the same instance, whatever is claimed of it. */
	if (o->bound_factor > 0 && f->role != RATE_ROLE_CONTROL)
		c->factor *= o->bound_factor;
	if (!(known = tsearch(c, &m->ids, by_id)))
		return RATE_FAIL;
	if (*known == c)
		return push(m->plan, c);
	free(c);
	return RATE_OK;
}

static int has_free_parameter(const rate_bound_spec *given)
{
	const rate_bound_word *w = &given->word[0];

	for (size_t i = 0; i < w->values; i++)
		if (!w->given[i] && w->info->param[i].preset && !strcmp(w->info->param[i].preset, "auto"))
			return 1;
	return 0;
}

static int add_horizons(maker *m, const frame *f, double fraction)
{
	const rate_class_info *th = f->theorem;
	uint64_t own[2] = { f->from && f->from->steps ? f->from->steps : m->o->steps, 0 };
	uint64_t every[2] = { m->effort->every, 0 };
	const uint64_t *T = own[0] ? own : th->flags & RATE_LAST ? m->effort->last : every;

	for (; *T; T++)
		for (const double *delta = m->effort->delta; *delta > 0; delta++) {
			if (add_check(m, f, fraction, *T, *delta))
				return RATE_FAIL;
			if (rate_kind_of(th->claim)->about != RATE_ABOUT_TAIL)
				break;
		}
	return RATE_OK;
}

static int add_instance(maker *m, const frame *f)
{
	const double *fraction = m->effort->fraction;

	if (f->from)
		return add_horizons(m, f, f->from->fraction);
	for (; *fraction > 0; fraction++) {
		if (add_horizons(m, f, *fraction))
			return RATE_FAIL;
		if (!has_free_parameter(f->given))
			break;
	}
	return RATE_OK;
}

/* rate_bind, with the plan as owner. */
static int bind(maker *m, rate_bound_spec **out, rate_class kind, const char *text, int free_range)
{
	rate_plan *p = m->plan;
	rate_bound_spec **grown = realloc(p->spec, (p->specs + 1) * sizeof(*grown));
	int rc;

	if (!grown)
		return RATE_FAIL;
	p->spec = grown;
	rc = rate_bind(out, m->registry, kind, text, free_range, m->error);
	p->spec[p->specs++] = *out;
	return rc;
}

/* A control stays as it was made. */
static int bind_objective(maker *m, rate_bound_spec **out, const char *text, rate_role role)
{
	int rc = bind(m, out, RATE_OBJECTIVES, text, 0);

	if (rc == RATE_OK && m->o->x0 && role != RATE_ROLE_CONTROL) {
		free((*out)->x0);
		(*out)->x0 = strdup(m->o->x0);
	}
	return rc;
}

/* The theorem's own spec with the parameters of an instance in it. */
static int bind_given(maker *m, rate_bound_spec **out, const char *spec, const char *parameters)
{
	size_t size = strlen(spec) + (parameters ? strlen(parameters) : 0) + 2;
	char *text = malloc(size);
	int rc;

	if (!text)
		return RATE_FAIL;
	snprintf(text, size, "%s%s%s", spec, parameters && *parameters ? strchr(spec, ':') ? "," : ":" : "",
	         parameters ? parameters : "");
	rc = bind(m, out, RATE_THEOREMS, text, 1);
	free(text);
	return rc;
}

/* The parameters of an instance but those that the user fixed. */
static char *unfixed(const rate_bound_spec *given, const char *parameters)
{
	const rate_bound_word *w = &given->word[0];
	char *out = calloc(1, strlen(parameters) + 1), *end = out;

	for (const char *at = parameters; out && *at;) {
		size_t key = strcspn(at, "="), whole = strcspn(at, ",");
		int fixed = 0;

		for (size_t i = 0; i < w->values && !fixed; i++)
			fixed = w->given[i] && strlen(w->info->param[i].name) == key &&
			    !strncmp(w->info->param[i].name, at, key);
		if (!fixed) {
			if (end > out)
				*end++ = ',';
			memcpy(end, at, whole);
			end += whole;
		}
		at += whole + (at[whole] == ',');
	}
	return out;
}

/* `what` the theorem itself asks for cannot be bound, or an objective (NULL) be loaded: one broken check says so. */
static int refuse(maker *m, frame f, const char *what)
{
	char why[512];

	if (!*m->error->text) /* no memory */
		return RATE_FAIL;
	if (what)
		snprintf(why, sizeof why, "%s: %s: %.400s", f.theorem->id, what, m->error->text);
	else
		snprintf(why, sizeof why, "%.500s", m->error->text);
	rate_no_error(m->error);
	f.refusal = why;
	return add_check(m, &f, f.from ? f.from->fraction : 1, f.from && f.from->steps ? f.from->steps : 1,
	                 m->effort->delta[0]);
}

/* A control shows that the check can fail: as it was made, on the theorem's own method, whatever the user brings. A
 * sharp instance takes the user's method and parameters, unless it is about a method of its own. */
static int add_own(maker *m, const char *spec, frame f, const rate_instance_info *from, rate_role role)
{
	rate_bound_spec *objective = NULL, *given = NULL, *method = NULL;
	const char *own = from->method && *from->method ? from->method : NULL, *all = from->parameters
	    ? from->parameters : "";
	char *rest;
	int rc;

	f.from = from;
	f.role = role;
	if (role == RATE_ROLE_SHARP && own && m->o->method)
		return RATE_OK;
	if (!(rest = unfixed(f.given, all)))
		return RATE_FAIL;
	f.changed = strlen(rest) != strlen(all);
	rc = role == RATE_ROLE_CONTROL && f.changed ? RATE_OK : bind_given(m, &given, spec, rest);
	free(rest);
	if (rc)
		return refuse(m, f, role == RATE_ROLE_SHARP ? "its sharp instance" : "its control");
	if (!given)
		return RATE_OK;
	f.given = given;
	if (from->objective && *from->objective) {
		if (bind_objective(m, &objective, from->objective, role))
			return refuse(m, f, role == RATE_ROLE_SHARP ? "its sharp instance" : "its control");
		f.objective = objective;
	}
	if (role == RATE_ROLE_CONTROL && !own)
		own = f.theorem->method;
	if (own) {
		if (bind(m, &method, RATE_METHODS, own, 1))
			return refuse(m, f, role == RATE_ROLE_SHARP ? "its sharp instance" : "its control");
		f.method = method;
		f.reference = NULL;
	}
	return add_instance(m, &f);
}

static int add_all_own(maker *m, const char *spec, const frame *f)
{
	const rate_class_info *th = f->theorem;

	for (size_t k = 0; k < th->sharps; k++)
		if (add_own(m, spec, *f, &th->sharp[k], RATE_ROLE_SHARP))
			return RATE_FAIL;
	for (size_t k = 0; k < th->controls; k++)
		if (add_own(m, spec, *f, &th->control[k], RATE_ROLE_CONTROL))
			return RATE_FAIL;
	return RATE_OK;
}

/* Is `as` the head of the theorem's method spec? */
static int stands_for(const char *as, const char *method)
{
	size_t head = strcspn(method, ":");

	return strlen(as) == head && !strncmp(as, method, head);
}

/* The theorem's own method with the parameters that the user's method has by the same names. */
static int bind_reference(maker *m, frame *f)
{
	const rate_bound_word *mine = &f->method->word[0], *w;
	rate_bound_spec *own, *with;
	size_t n;
	char *text;
	FILE *out;

	if (bind(m, &own, RATE_METHODS, f->theorem->method, 1)) {
		f->method = NULL;
		return refuse(m, *f, "its method");
	}
	f->reference = own;
	w = &own->word[0];
	if (!(out = open_memstream(&text, &n)))
		return RATE_FAIL;
	fprintf(out, "%s", w->info->id);
	for (size_t i = 0, keys = 0; i < w->values; i++) {
		const char *value = w->given[i] ? w->value[i].text : NULL;
		for (size_t k = 0; k < mine->values; k++)
			if (!strcmp(mine->info->param[k].name, w->info->param[i].name))
				value = mine->value[k].text;
		if (value)
			fprintf(out, "%c%s=%s", keys++ ? ',' : ':', w->info->param[i].name, value);
	}
	if (fclose(out))
		return RATE_FAIL;
	/* What its schema does not take stays as the theorem has it. */
	if (bind(m, &with, RATE_METHODS, text, 1) == RATE_OK)
		f->reference = with;
	rate_no_error(m->error);
	free(text);
	return RATE_OK;
}

/* f->method stays NULL where the theorem has none, or one that is refused. */
static int choose_method(maker *m, frame *f)
{
	const char *own = f->theorem->method, *text = own;
	rate_bound_spec *method;

	if (!own)
		return RATE_OK;
	if (m->o->method && (!m->o->as || stands_for(m->o->as, own)))
		text = m->o->method;
	if (bind(m, &method, RATE_METHODS, text, 1))
		return text == own ? refuse(m, *f, "its method") : RATE_FAIL;
	f->method = method;
	if ((f->theorem->flags & RATE_ANY_METHOD) || stands_for(method->word[0].info->id, own))
		return RATE_OK;
	return bind_reference(m, f);
}

static int note_method(maker *m, const char *method)
{
	size_t head = method ? strcspn(method, ":") : 0;
	char **grown;

	if (!head)
		return RATE_OK;
	for (size_t i = 0; i < m->methods; i++)
		if (strlen(m->method[i]) == head && !strncmp(m->method[i], method, head))
			return RATE_OK;
	if (!(grown = realloc(m->method, (m->methods + 1) * sizeof *grown)))
		return RATE_FAIL;
	m->method = grown;
	return (m->method[m->methods++] = strndup(method, head)) ? RATE_OK : RATE_FAIL;
}

static int say_methods(const maker *m)
{
	rate_fail(m->error, "--as %s: no theorem chosen is about it; they are about", m->o->as);
	for (size_t i = 0; i < m->methods; i++)
		rate_fail_more(m->error, "%s %s", i ? "," : "", m->method[i]);
	return RATE_FAIL;
}

static int needs_objective(const rate_class_info *th)
{
	return !th->point || th->needs > 0;
}

static int add_theorem(maker *m, const char *spec)
{
	frame f = { .role = RATE_ROLE_INSTANCE };
	rate_bound_spec *given, *objective;
	size_t count = m->o->objectives ? m->o->objectives : m->suites, refused = 0;

	if (bind(m, &given, RATE_THEOREMS, spec, 1))
		return RATE_FAIL;
	f.given = given;
	f.theorem = given->word[0].info;
	/* --as NAME: only the theorems about that method are run. */
	if (m->o->as && (!f.theorem->method || !stands_for(m->o->as, f.theorem->method)))
		return note_method(m, f.theorem->method);
	m->about++;
	if (choose_method(m, &f))
		return RATE_FAIL;
	if (f.theorem->method && !f.method)
		return RATE_OK;
	if (!needs_objective(f.theorem) && !m->o->objectives && add_instance(m, &f))
		return RATE_FAIL;
	if (!m->o->objectives && add_all_own(m, spec, &f))
		return RATE_FAIL;
	if (!needs_objective(f.theorem) || (!m->o->objectives && (f.theorem->flags & RATE_OWN_INSTANCES)))
		return RATE_OK;
	for (size_t i = 0; i < count; i++) {
		f.objective = NULL;
		if (bind_objective(m, &objective, m->o->objectives ? m->o->objective[i] : m->suite[i],
		                   RATE_ROLE_INSTANCE)) {
			/* A plugin that cannot be loaded: its checks are broken, beside those of another. */
			if (!rate_is_refusal(m->registry, m->error->text) || ++refused == count || refuse(m, f, NULL))
				return RATE_FAIL;
			continue;
		}
		f.objective = objective;
		if (add_instance(m, &f))
			return RATE_FAIL;
	}
	return RATE_OK;
}

/* 'gd-*', 'li-*:gamma=0.5': all whose id fits. */
static int add_fitting(maker *m, const char *text)
{
	size_t n = strcspn(text, ":"), found = 0, size;
	char *pattern = strndup(text, n), *one;
	int rc = pattern ? RATE_OK : RATE_FAIL;

	for (size_t i = 0; rc == RATE_OK && i < m->registry->count; i++) {
		const rate_class_info *th = m->registry->info[i];
		if (th->kind != RATE_THEOREMS || fnmatch(pattern, th->id, 0))
			continue;
		found++;
		size = strlen(th->id) + strlen(text + n) + 1;
		if (!(one = malloc(size)))
			rc = RATE_FAIL;
		else {
			snprintf(one, size, "%s%s", th->id, text + n);
			rc = add_theorem(m, one);
		}
		free(one);
	}
	free(pattern);
	if (rc == RATE_OK && !found)
		return rate_fail(m->error, "no theorem fits '%.200s'; `ratecheck list theorems` shows them",
		                 text);
	return rc;
}

/* What one argument asks for: a theorem, all that fit a pattern, or all that a bare file.so holds. */
static int add_theorems(maker *m, const char *text)
{
	rate_spec *spec;
	char *file = NULL, *one;
	size_t size, found = 0;
	int rc = RATE_OK;

	if (strcspn(text, "*?[") < strcspn(text, ":/"))
		return add_fitting(m, text);
	if (!rate_spec_parse(&spec, text, m->error) && spec->word->file && !spec->word->id &&
	    !spec->word->keys && !rate_registry_add(m->registry, spec->word->file, m->error))
		file = realpath(spec->word->file, NULL);
	rate_no_error(m->error); /* what is wrong with the text is said where it is bound */
	for (size_t i = 0; file && rc == RATE_OK && i < m->registry->count; i++) {
		const rate_class_info *th = m->registry->info[i];
		if (th->kind != RATE_THEOREMS || strcmp(th->file, file))
			continue;
		size = strlen(text) + strlen(th->id) + 2;
		if (!(one = malloc(size)))
			rc = RATE_FAIL;
		else {
			snprintf(one, size, "%s#%s", text, th->id);
			rc = add_theorem(m, one);
		}
		free(one);
		found++;
	}
	free(file);
	rate_spec_free(spec);
	return found ? rc : add_theorem(m, text);
}

/* A file that is refused stops nobody else. `rc`: of what has been added. */
static int added(maker *m, int rc)
{
	rate_plan *p = m->plan;
	char **grown;

	if (rc == RATE_OK || !rate_is_refusal(m->registry, m->error->text))
		return rc;
	if (!(grown = realloc(p->refused, (p->refusals + 1) * sizeof *grown)))
		return RATE_FAIL;
	p->refused = grown;
	if (p->refusals && !strcmp(grown[p->refusals - 1], m->error->text))
		;
	else if (!(grown[p->refusals] = strdup(m->error->text)))
		return RATE_FAIL;
	else
		p->refusals++;
	rate_no_error(m->error);
	return RATE_OK;
}

/* Lines "tag spec": quick ones run at every effort, standard ones from standard on. */
static int read_suite(maker *m)
{
	FILE *in = fopen(m->o->suite, "r");
	char line[4096], tag[32], spec[4000], **grown;
	int number = 0, level;

	if (!in)
		return rate_fail(m->error, "%s: cannot be read; RATECHECK_DATA names the folder of the suite",
		                 m->o->suite);
	while (fgets(line, sizeof line, in)) {
		number++;
		if (line[0] == '#' || sscanf(line, "%31s %3999[^\n]", tag, spec) < 2)
			continue;
		for (level = 0; level < 3 && strcmp(tag, efforts[level].tag); level++)
			;
		if (level == 3) {
			rate_fail(m->error, "%s:%d: tag %s is none of quick, standard, thorough", m->o->suite,
			          number, tag);
			fclose(in);
			return RATE_FAIL;
		}
		if (level > (int)m->o->effort)
			continue;
		if (!(grown = realloc(m->suite, (m->suites + 1) * sizeof *m->suite)))
			break;
		m->suite = grown;
		if (!(m->suite[m->suites] = strdup(spec)))
			break;
		m->suites++;
	}
	level = feof(in);
	fclose(in);
	return level ? RATE_OK : RATE_FAIL;
}

static int in_chapters(const rate_plan_options *o, const rate_class_info *th)
{
	for (size_t i = 0; i < o->chapters; i++)
		if (!fnmatch(o->chapter[i], th->chapter, 0))
			return 1;
	return o->chapters == 0;
}

/* Each of the chapters holds something. */
static int look_for_chapters(maker *m)
{
	char words[200];

	for (size_t k = 0; k < m->o->chapters; k++) {
		rate_nearest near = { .typed = m->o->chapter[k] };
		size_t i = 0;
		for (; i < m->registry->count; i++) {
			const rate_class_info *th = m->registry->info[i];
			if (th->kind != RATE_THEOREMS)
				continue;
			if (!fnmatch(m->o->chapter[k], th->chapter, 0))
				break;
			rate_nearest_try(&near, th->chapter);
		}
		if (i < m->registry->count)
			continue;
		return rate_fail(m->error,
		                 "--chapter %s: no theorem there%s; `ratecheck list theorems` shows the chapters",
		                 m->o->chapter[k], rate_nearest_words(&near, words, sizeof words));
	}
	return RATE_OK;
}

int rate_plan_make(rate_plan **out, rate_registry *registry, const rate_plan_options *o, rate_error *error)
{
	rate_plan *plan = calloc(1, sizeof *plan);
	maker m = { .plan = plan, .registry = registry, .o = o, .effort = &efforts[o->effort], .error = error };
	int rc = plan ? RATE_OK : RATE_FAIL;

	rate_no_error(error);
	if (rc == RATE_OK)
		rc = look_for_chapters(&m);
	if (rc == RATE_OK && !o->objectives)
		rc = read_suite(&m);
	for (size_t i = 0; rc == RATE_OK && i < o->theorems; i++)
		rc = added(&m, add_theorems(&m, o->theorem[i]));
	for (size_t i = 0; rc == RATE_OK && !o->theorems && i < registry->count; i++)
		if (registry->info[i]->kind == RATE_THEOREMS && in_chapters(o, registry->info[i]))
			rc = added(&m, add_theorem(&m, registry->info[i]->id));
	if (rc == RATE_OK && plan->refusals && !plan->count)
		rc = rate_fail(error, "%s", plan->refused[0]);
	if (rc == RATE_OK && o->as && !m.about)
		rc = say_methods(&m);
	for (size_t i = 0; i < m.methods; i++)
		free(m.method[i]);
	free(m.method);
	tdestroy(m.ids, leave_it);
	for (size_t i = 0; i < m.suites; i++)
		free(m.suite[i]);
	free(m.suite);
	if (rc != RATE_OK && !*error->text)
		rate_fail(error, "out of memory");
	*out = plan;
	return rc;
}

static int stands_in(const rate_plan *p, const char *id)
{
	for (size_t i = 0; i < p->count; i++)
		if (!strcmp(p->check[i]->id, id))
			return 1;
	return 0;
}

/* Room for what the other has, or the plan as it was. */
static int make_room(rate_plan *p, const rate_plan *other)
{
	size_t capacity = p->count + other->count + 1;
	rate_check **check = realloc(p->check, capacity * sizeof *check);
	rate_bound_spec **spec = realloc(p->spec, (p->specs + other->specs + 1) * sizeof *spec);
	char **refused = realloc(p->refused, (p->refusals + other->refusals + 1) * sizeof *refused);

	p->check = check ? check : p->check;
	p->spec = spec ? spec : p->spec;
	p->refused = refused ? refused : p->refused;
	if (!check || !spec || !refused)
		return RATE_FAIL;
	p->capacity = capacity;
	return RATE_OK;
}

int rate_plan_join(rate_plan **to, rate_plan *one)
{
	rate_plan *p = *to;

	if (!p) {
		*to = one;
		return RATE_OK;
	}
	if (make_room(p, one))
		return RATE_FAIL;
	for (size_t i = 0; i < one->count; i++)
		if (stands_in(p, one->check[i]->id))
			rate_check_free(one->check[i]);
		else
			p->check[p->count++] = one->check[i];
	memcpy(p->spec + p->specs, one->spec, one->specs * sizeof(*one->spec));
	p->specs += one->specs;
	for (size_t i = 0; i < one->refusals; i++)
		p->refused[p->refusals++] = one->refused[i];
	one->count = one->specs = one->refusals = 0;
	rate_plan_free(one);
	return RATE_OK;
}

void rate_check_clear(rate_check *c)
{
	free(c->at);
	free(c->bound);
	free(c->transient);
	free(c->param);
	free(c->parameters);
	c->at = NULL;
	c->bound = c->transient = c->param = NULL;
	c->parameters = NULL;
}

void rate_check_free(rate_check *c)
{
	if (!c)
		return;
	rate_check_clear(c);
	free(c);
}

void rate_plan_free(rate_plan *plan)
{
	for (size_t i = 0; plan && i < plan->count; i++)
		rate_check_free(plan->check[i]);
	for (size_t i = 0; plan && i < plan->specs; i++)
		rate_bound_free(plan->spec[i]);
	for (size_t i = 0; plan && i < plan->refusals; i++)
		free(plan->refused[i]);
	if (plan) {
		free(plan->refused);
		free(plan->check);
		free(plan->spec);
	}
	free(plan);
}
