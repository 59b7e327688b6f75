/* The space of the hunt: drafts are numbers that print as specs, which bind again. */
#include "tests/tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verify/hunt/hunt.h"

static rate_registry *registry;
static rate_error error;

static void test_slots(void)
{
	static const double values[] = { 1, 0.1, 1e-30, 1e30, 3.75, -2.5 };
	rate_slot s;
	char text[64];

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		s = (rate_slot){ .scale = RATE_LINEAR };
		rate_slot_set(&s, values[i]);
		is_double(rate_slot_value(&s), values[i], 0, "linear keeps %g", values[i]);
		s = (rate_slot){ .scale = RATE_LOG, .sign = 1 };
		rate_slot_set(&s, values[i]);
		is_near(rate_slot_value(&s), values[i], 1e-12, "so does its logarithm");
		rate_shortest(text, sizeof text, values[i]);
		is_double(strtod(text, NULL), values[i], 0, "%s reads as it was", text);
	}
	rate_shortest(text, sizeof text, 0.1);
	is_str(text, "0.1", "and is short");
	rate_shortest(text, sizeof text, 1.0 / 3);
	is_double(strtod(text, NULL), 1.0 / 3, 0, "%s is as long as it has to be", text);
}

static void test_drafts(const char *objective)
{
	char copy[2][8192], head[64];
	rate_bound_spec *given = NULL, *back = NULL;
	rate_candidate family = { .words = 1 };
	rate_draft d[2];
	rate_space s;
	int bound = 1, same = 1, within = 1;

	snprintf(head, sizeof head, "%s", objective);
	if (rate_bind(&given, registry, RATE_THEOREMS, "gd-convex-smooth", 1, &error))
		diag("%s", error.text);
	family.word[0] = rate_registry_find(registry, RATE_OBJECTIVES, objective);
	family.head[0] = head;
	for (int k = 0; k < 20; k++) {
		for (int i = 0; i < 2; i++) {
			s = (rate_space){ 0 };
			rate_space_begin(&s, given->word[0].info, given, (uint64_t)k);
			s.steps = 64;
			s.dimension = 4;
			s.convex = 1;
			rate_space_draw(&s, &family, &d[i]);
			rate_draft_objective(&d[i], copy[i], sizeof copy[i]);
		}
		same &= !strcmp(copy[0], copy[1]);
		within &= d[0].T >= 1 && d[0].T <= 64;
		if (rate_bind(&back, registry, RATE_OBJECTIVES, copy[0], 0, &error)) {
			diag("%s: %s", copy[0], error.text);
			bound = 0;
		}
		rate_bound_free(back);
		back = NULL;
	}
	ok(same, "%s: one seed, one draft", objective);
	ok(within, "%s: no more steps than are allowed", objective);
	ok(bound, "%s: every draft binds", objective);
	rate_bound_free(given);
}

static void test_who(void)
{
	ok(!rate_cannot_hunt(rate_registry_find(registry, RATE_THEOREMS, "gd-convex-smooth")),
	   "a bound can be hunted for");
	ok(rate_cannot_hunt(rate_registry_find(registry, RATE_THEOREMS, "adamod-regret")) != NULL,
	   "that there is one cannot");
}

int main(void)
{
	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	test_slots();
	test_drafts("quadratic");
	test_drafts("huber");
	test_drafts("broken-line");
	test_drafts("pair");
	test_who();
	rate_registry_free(registry);
	return done_testing();
}
