/* The plan on plain data: which checks, in which order, under which names. */
#include "tests/tap.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "verify/plan/plan.h"
#include "verify/work/engine.h"

static rate_registry *registry;
static rate_error error;

static rate_plan *plan_of(const rate_plan_options *o)
{
	rate_plan *plan = NULL;

	rate_no_error(&error);
	if (rate_plan_make(&plan, registry, o, &error))
		return NULL;
	return plan;
}

static size_t count_role(const rate_plan *p, rate_role role)
{
	size_t n = 0;

	for (size_t i = 0; i < p->count; i++)
		n += p->check[i]->role == role;
	return n;
}

static void test_own_instances(const char *suite)
{
	const char *theorem[] = { "gd-convex-smooth-tight" };
	rate_plan_options o = { .theorem = theorem, .theorems = 1, .alpha = 1e-9, .seed = 1, .suite = suite };
	rate_plan *p = plan_of(&o), *again = plan_of(&o), *other;
	const rate_class_info *info = rate_registry_find(registry, RATE_THEOREMS, *theorem);
	int same = 1, fresh = 1;

	ok(p && again, "a plan: %s", error.text);
	if (!p || !again)
		return;
	is_uint(count_role(p, RATE_ROLE_SHARP), info->sharps, "all sharp instances");
	is_uint(count_role(p, RATE_ROLE_CONTROL), info->controls, "all controls");
	ok(count_role(p, RATE_ROLE_INSTANCE) > 0, "and the suite");
	for (size_t i = 0; i < p->count; i++) {
		const rate_check *c = p->check[i];
		same &= i < again->count && !strcmp(c->id, again->check[i]->id) && c->stream == again->check[i]->stream;
		for (size_t k = 0; k < i; k++)
			fresh &= strcmp(c->id, p->check[k]->id) != 0;
		if (c->role != RATE_ROLE_SHARP)
			ok(c->expected_ratio != c->expected_ratio, "a ratio is expected of sharp instances alone");
	}
	ok(same && p->count == again->count, "the same options give the same list");
	ok(fresh, "no id stands twice");
	o.seed = 2;
	other = plan_of(&o);
	ok(other && !strcmp(other->check[0]->id, p->check[0]->id), "an id does not know the seed");
	ok(other && other->check[0]->stream != p->check[0]->stream, "the stream does");
	rate_plan_free(p);
	rate_plan_free(again);
	rate_plan_free(other);
}

static void test_own_objective(const char *suite)
{
	const char *theorem[] = { "gd-convex-smooth:gamma=0.5" }, *objective[] = { "quadratic:d=2", "huber" };
	rate_plan_options o = { .theorem = theorem, .theorems = 1, .objective = objective, .objectives = 2, .steps = 7,
		                    .bound_power = 0.25, .alpha = 1e-6, .seed = 1, .suite = suite, .replicates = 33 };
	rate_plan *p = plan_of(&o);

	ok(p != NULL, "a plan: %s", error.text);
	if (!p)
		return;
	is_uint(count_role(p, RATE_ROLE_INSTANCE), p->count, "instances only");
	is_str(p->check[0]->objective->word[0].info->id, "quadratic", "in the order given");
	is_str(p->check[p->count - 1]->objective->word[0].info->id, "huber", "to the last");
	for (size_t i = 0; i < p->count; i++) {
		is_uint(p->check[i]->T, 7, "--steps is the only horizon");
		is_double(p->check[i]->power, 0.25, 0, "--bound-power");
		is_double(p->check[i]->alpha, 1e-6, 0, "--alpha");
		is_uint(p->check[i]->max_replicates, 33, "--replicates");
	}
	rate_plan_free(p);
}

static void test_errors(const char *suite)
{
	const char *theorem[] = { "gd-convex-smoth" }, *chapter[] = { "gradient-descnt" };
	rate_plan_options o = { .theorem = theorem, .theorems = 1, .alpha = 1e-9, .seed = 1, .suite = suite };

	ok(!plan_of(&o), "no such theorem");
	contains(error.text, "did you mean gd-convex-smooth", "but one near it");
	o = (rate_plan_options){ .chapter = chapter, .chapters = 1, .alpha = 1e-9, .seed = 1, .suite = suite };
	ok(!plan_of(&o), "no such chapter");
	contains(error.text, "gradient-descnt", "which is named");
}

static int keep_code(void *user, size_t number, const rate_check *c, const rate_measured *m, const rate_verdict *v)
{
	(void)c, (void)m;
	((rate_verdict_code *)user)[number] = v->code;
	return 0;
}

/* A run with the work cap, a method in the place of the theorem's own and a control that falls: what the plan made is
 * as it was. */
static void test_kept(const char *suite)
{
	const char *theorem[] = { "sgd-convex-smooth" };
	rate_plan_options o = { .theorem = theorem, .theorems = 1, .method = "sgd", .steps = 4,
		                    .alpha = 1e-9, .seed = 1, .suite = suite };
	rate_engine_options how = { .jobs = 1, .seconds = 60, .memory = (size_t)4 << 30, .isolate = 1, .quiet = 1 };
	const size_t planned = offsetof(rate_check, applicable);
	rate_plan *p = plan_of(&o);
	rate_verdict_code *code = calloc(p ? p->count : 1, sizeof *code);
	char *before = malloc(p ? p->count * planned : 1);
	size_t kept = 0, capped = 0, fell = 0;

	ok(p && p->count && code && before, "a plan: %s", error.text);
	if (!p || !code || !before)
		return;
	for (size_t i = 0; i < p->count; i++) {
		p->check[i]->work = 1;
		memcpy(before + i * planned, p->check[i], planned);
	}
	is_int(rate_engine(p->check, p->count, &how, keep_code, code), RATE_OK, "it is run");
	for (size_t i = 0; i < p->count; i++) {
		kept += !memcmp(before + i * planned, p->check[i], planned);
		capped += p->check[i]->budget < p->check[i]->max_replicates;
		fell += code[i] == RATE_REFUTED;
	}
	ok(capped > 0 && fell > 0, "%zu budgets are capped, %zu claims fall", capped, fell);
	is_uint(kept, p->count, "and no check is another than it was planned");
	rate_plan_free(p);
	free(code);
	free(before);
}

int main(void)
{
	char suite[4096];
	FILE *out;

	snprintf(suite, sizeof suite, "%s/unit-plan.suite", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	if (!(out = fopen(suite, "w")) || rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	fputs("quick quadratic:d=2\nstandard quadratic:d=3\n", out);
	fclose(out);
	ok(rate_stream_key("a", "b", 1) != rate_stream_key("a", "b", 2) &&
	   rate_stream_key("a", "b", 1) != rate_stream_key("ab", "", 1),
	   "streams differ by theorem, objective and seed");
	test_own_instances(suite);
	test_own_objective(suite);
	test_errors(suite);
	test_kept(suite);
	remove(suite);
	rate_registry_free(registry);
	return done_testing();
}
