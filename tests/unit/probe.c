/* The probe on every built-in objective of at most 20 dimensions, as their schemas list them: what is declared
 * exactly is never flagged; off by a tenth in the unsafe direction it is found, with a witness.
 *
 *     ./run tests/unit/probe            3 seeds, the first two bases that a wrapper accepts
 *     ./run tests/unit/probe 100 all    100 seeds, all bases
 */
#include <string.h>

#include "plugins/isolate.h"
#include "tests/tap.h"
#include "verify/probe/probe.h"

enum { BASES_FIRST = 2, SMALL_D = 20 };

static rate_registry *registry;
static rate_probing *out;

typedef struct tally {
	unsigned long seeds;
	size_t objectives, constants, probes;
} tally;

/* One probe with that declaration (or none). RATE_FAIL: the objective cannot be made; *d: its dimension. */
static int probe(const char *spec, const rate_declared *declared, const char *only, unsigned long seed,
                 size_t *d, double *d0, double *L)
{
	static rate_mark mark;
	rate_error error;
	rate_bound_spec *f = NULL;
	rate_session s;
	rate_check c = { .factor = 1, .declared = declared, .declarations = declared != NULL };
	int rc = rate_bind(&f, registry, RATE_OBJECTIVES, spec, 0, &error);

	*d = 0;
	c.objective = f;
	out->count = out->vectors = 0;
	if (rc == RATE_OK) {
		rc = rate_session_open(&s, &c, &mark);
		*d = rc ? 0 : s.run.d;
		if (rc == RATE_OK && *d <= SMALL_D)
			rc = rate_fill_case(&s) ? RATE_FAIL : rate_probe(&s, 300, seed, only, out);
		*d0 = s.c.d0;
		*L = s.c.L;
		if (rc && *d)
			diag("%s: %s", spec, s.error.text);
		rate_session_close(&s);
	}
	rate_bound_free(f);
	return rc;
}

static const rate_finding *finding(const char *property)
{
	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->finding[i].property, property))
			return &out->finding[i];
	return NULL;
}

/* What to declare so that the finding is false by a tenth; 0 if nothing is. */
static int make_false(const rate_finding *f, double d0, double L, rate_declared *lie)
{
	int star = !strcmp(f->property, "f_star") || !strcmp(f->property, "F_star");
	int of_W = !strncmp(f->property, "network.lambda", 14);
	double scale = star && d0 > 0 ? d0 : star || of_W ? 1 : L;

	snprintf(lie->name, sizeof lie->name, "%.31s", f->property);
	if (!strcmp(f->property, "not convex")) {
		*lie = (rate_declared){ "convex", 1, 0 };
		return 1;
	}
	if (!strcmp(f->property, "interpolation")) {
		*lie = (rate_declared){ "interpolation", 1 - f->declared, 0 };
		return 1;
	}
	if (!f->sign || !strncmp(f->property, "convex", 6) || !strcmp(f->property, "noise_additive") ||
	    !strcmp(f->property, "monotone"))
		return 0;
	lie->how = f->declared != 0;
	lie->value = !lie->how ? scale / 10 : f->sign * f->declared > 0 ? 0.9 : 1.1;
	/* Less than 0 where 0 is the least is no claim. */
	return lie->how || (f->sign < 0 && isfinite(scale) && scale > 0 && strcmp(f->property, "f_i_star"));
}

static void lies(const char *spec, const rate_finding *all, size_t count, double d0, double L, tally *t)
{
	for (size_t i = 0; i < count; i++) {
		rate_declared lie = { 0 };
		const rate_finding *f;
		size_t d;
		double a, b;
		if (all[i].kind != RATE_EXACT || all[i].code == RATE_UNSEEN || !make_false(&all[i], d0, L, &lie))
			continue;
		t->constants++;
		probe(spec, &lie, lie.name, 1, &d, &a, &b);
		f = finding(lie.name);
		ok(f && f->code == RATE_FALSE && f->points, "%s: %s%s%.4g is found", spec, lie.name,
		   lie.how ? "*" : "=", lie.value);
		if (f && f->code != RATE_FALSE)
			diag("declared %.9g, measured %.9g", f->declared, f->measured);
	}
}

static int truths(const char *spec, tally *t)
{
	rate_finding all[RATE_FINDINGS];
	size_t count = 0, d, wrong = 0;
	double d0 = 0, L = 0;

	for (unsigned long seed = 1; seed <= t->seeds; seed++) {
		if (probe(spec, NULL, NULL, seed, &d, &d0, &L)) {
			/* A wrapper may refuse what it would wrap; what has been made once must be probed to the
			 * end. */
			if (d || seed > 1)
				fail("%s, seed %lu: the probe comes to its end", spec, seed);
			return 0;
		}
		if (d > SMALL_D)
			return 0;
		for (size_t i = 0; i < out->count; i++)
			if (out->finding[i].code == RATE_FALSE) {
				diag("%s, seed %lu: %s: declared %.17g, measured %.17g: %s", spec, seed,
				     out->finding[i].property, out->finding[i].declared, out->finding[i].measured,
				     out->finding[i].why);
				wrong++;
			}
		t->probes++;
	}
	ok(!wrong, "%s: nothing true is flagged in %lu seeds", spec, t->seeds);
	t->objectives++;
	memcpy(all, out->finding, out->count * sizeof *all);
	count = out->count;
	lies(spec, all, count, d0, L, t);
	return 1;
}

static int is_wrapper(const rate_class_info *c)
{
	return c->kind == RATE_OBJECTIVES && (c->flags & RATE_WRAPPER);
}

/* The default, then one spec for each other entry of each choice; `base` is "" or what is wrapped and "+". */
static int variants(const char *base, const rate_class_info *c, tally *t)
{
	char spec[512];
	int made;

	snprintf(spec, sizeof spec, "%s%s", base, c->id);
	made = truths(spec, t);
	for (size_t k = 0; made && k < c->params; k++) {
		char list[256], *save = NULL;
		if (c->param[k].type != RATE_CHOICE)
			continue;
		snprintf(list, sizeof list, "%s", c->param[k].choices);
		for (char *one = strtok_r(list, "|", &save); one; one = strtok_r(NULL, "|", &save))
			if (!c->param[k].preset || strcmp(one, c->param[k].preset)) {
				snprintf(spec, sizeof spec, "%s%s:%s=%s", base, c->id, c->param[k].name, one);
				truths(spec, t);
			}
	}
	return made;
}

int main(int argc, char **argv)
{
	tally t = { .seeds = argc > 1 ? strtoul(argv[1], NULL, 10) : 3 };
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error) || !(out = rate_arena(RATE_PROBE_ARENA)))
		return 99;
	for (size_t i = 0; i < registry->count; i++)
		if (registry->info[i]->kind == RATE_OBJECTIVES && !is_wrapper(registry->info[i]))
			variants("", registry->info[i], &t);
	for (size_t i = 0; i < registry->count; i++) {
		size_t made = 0;
		for (size_t k = 0; is_wrapper(registry->info[i]) && k < registry->count; k++) {
			char base[256];
			if (registry->info[k]->kind != RATE_OBJECTIVES || is_wrapper(registry->info[k]) ||
			    (argc < 3 && made >= BASES_FIRST))
				continue;
			snprintf(base, sizeof base, "%s+", registry->info[k]->id);
			made += (size_t)variants(base, registry->info[i], &t);
		}
	}
	diag("%zu objectives, %zu probes of the truth, %zu constants made false", t.objectives, t.probes, t.constants);
	ok(t.objectives > 30 && t.constants > 150, "the schemas give a list worth the name");
	rate_arena_free(out, RATE_PROBE_ARENA);
	rate_registry_free(registry);
	return done_testing();
}
