/* The end of a run on one's own objective, on checks made by hand: which guarantee came closest, and why the others
 * say nothing. */
#include "tests/tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "reports/report.h"

enum { MANY = 12 };

static rate_class_info theorem[MANY];
static rate_check check[MANY], *list[MANY];
static rate_bound_spec here, there;

/* The registry owns its strings; those made up here are literals. */
static char *word(const char *s)
{
	return (char *)(uintptr_t)s;
}

static rate_check *make(size_t i, const char *id, rate_kind claim)
{
	theorem[i].id = word(id);
	theorem[i].claim = claim;
	check[i] = (rate_check){ .theorem = &theorem[i], .objective = &here, .applicable = 1,
		                     .role = RATE_ROLE_INSTANCE, .parameters = word("gamma=0.10000000000000001") };
	snprintf(check[i].id, sizeof check[i].id, "%s.0", id);
	return list[i] = &check[i];
}

static char *words;
static size_t size;

static FILE *begin(void)
{
	FILE *out;

	free(words);
	words = NULL;
	if (!(out = open_memstream(&words, &size)))
		bail_out("no memory");
	return out;
}

static void closest(void)
{
	rate_ranking r = { 0 };
	rate_verdict v = { .code = RATE_HOLDS, .max_ratio = 0.5 };
	FILE *out;

	here.canonical = word("quadratic:d=2");
	there.canonical = word("huber:tau=1");
	out = begin();
	rate_ranking_print(out, &r);
	fclose(out);
	is_str(words, "", "nothing ran, nothing is ranked");

	is_int(rate_ranking_add(&r, make(0, "far", RATE_DETERMINISTIC), &v), RATE_OK, "a bound twice as large");
	v.max_ratio = 0.9;
	is_int(rate_ranking_add(&r, make(1, "near", RATE_EXPECTATION), &v), RATE_OK, "one that is near");
	v.max_ratio = 0.8;
	check[2] = check[1];
	is_int(rate_ranking_add(&r, &check[2], &v), RATE_OK, "the same theorem again, farther off");
	v.trivial = 1;
	v.max_ratio = 1;
	is_int(rate_ranking_add(&r, make(3, "start", RATE_DETERMINISTIC), &v), RATE_OK, "one met at the start");
	v.trivial = 0;
	rate_ranking_add(&r, make(4, "below", RATE_LOWER_BOUND), &v);
	make(5, "control", RATE_DETERMINISTIC)->role = RATE_ROLE_CONTROL;
	rate_ranking_add(&r, &check[5], &v);
	theorem[6].point = 1;
	rate_ranking_add(&r, make(6, "lemma", RATE_DETERMINISTIC), &v);
	v.code = RATE_REFUTED;
	rate_ranking_add(&r, make(7, "false", RATE_DETERMINISTIC), &v);
	v = (rate_verdict){ .code = RATE_HOLDS, .max_ratio = NAN };
	rate_ranking_add(&r, make(8, "unmeasured", RATE_DETERMINISTIC), &v);
	is_uint(r.count, 4, "what is no guarantee that held is not ranked");

	out = begin();
	rate_ranking_print(out, &r);
	fclose(out);
	contains(words, "\n   1. near ", "the nearest first");
	contains(words, "\n   2. far ", "then the other");
	contains(words, "\n   3. start ", "what the start alone meets last");
	contains(words, "(start only)", "which is said");
	contains(words, "gamma=0.1\n", "parameters as people write them");
	ok(!strstr(words, " on ") && !strstr(words, "   4."), "one objective, each theorem once: %s", words);

	v = (rate_verdict){ .code = RATE_HOLDS, .max_ratio = 0.7 };
	check[9] = check[1];
	check[9].objective = &there;
	rate_ranking_add(&r, &check[9], &v);
	out = begin();
	rate_ranking_print(out, &r);
	fclose(out);
	contains(words, "0.9  gamma=0.1 on quadratic:d=2\n   2. near ", "on each of two objectives, named");
	contains(words, "0.7  gamma=0.1 on huber:tau=1\n   3. far ", "before what is farther");
	rate_ranking_free(&r);
}

static void nothing(size_t i, const char *id, const char *reason)
{
	make(i, id, RATE_DETERMINISTIC)->applicable = 0;
	snprintf(check[i].reason, sizeof check[i].reason, "%s", reason);
}

static void says_nothing(void)
{
	FILE *out;

	nothing(0, "first", "needs G: not known");
	nothing(1, "second", "needs mu");
	nothing(2, "third", "needs G: not known");
	nothing(3, "fourth", "stated for dimension 1");
	/* It applies to another instance. */
	nothing(4, "fifth", "needs G: not known");
	check[5] = check[4];
	check[5].applicable = 1;
	*check[5].reason = '\0';
	list[5] = &check[5];
	/* Its control alone does not. */
	nothing(6, "sixth", "needs G: not known");
	check[6].role = RATE_ROLE_CONTROL;

	out = begin();
	rate_not_applicable_count(out, list, 7);
	fclose(out);
	is_str(words, "\n4 theorems do not apply (-v names them): 2 need G, 1 needs mu,\n  1 for other reasons\n",
	       "in lines of a terminal");
	out = begin();
	rate_not_applicable_count(out, list + 5, 2);
	fclose(out);
	is_str(words, "", "no theorem, no line");
	out = begin();
	rate_not_applicable_count(out, list + 1, 1);
	fclose(out);
	is_str(words, "\n1 theorem does not apply (-v names them): 1 needs mu\n", "one");

	out = begin();
	rate_not_applicable_print(out, list, 7);
	fclose(out);
	is_str(words, "\nNot applicable:\n  needs G: not known\n    first third fifth\n  needs mu\n    second\n"
	              "  stated for dimension 1\n    fourth\n", "by reason, with names");

	for (size_t i = 0; i < 4; i++)
		nothing(i, "a-theorem-of-a-name-that-is-quite-long-" "and-longer" + (i ? 0 : 1), "needs mu");
	out = begin();
	rate_not_applicable_print(out, list, 4);
	fclose(out);
	for (const char *line = words, *end; (end = strchr(line, '\n')); line = end + 1)
		ok(end - line <= 105, "lines of about a hundred characters");
}

int main(void)
{
	closest();
	says_nothing();
	free(words);
	return done_testing();
}
