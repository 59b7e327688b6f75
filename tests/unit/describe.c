/* Descriptions of plugins, as their children write them: taken as they are meant, or refused with file and reason,
 * whatever stands in them. Plain data: no plugin is loaded. */
#include "plugins/describe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

#define PARAMS "\"params\":[{\"name\":\"a\",\"preset\":\"1\",\"doc\":\"\",\"type\":1,\"low\":\"-inf\",\"high\":2.5}]"
#define OBJECTIVE(id) "{\"kind\":0,\"flags\":0,\"id\":\"" id "\",\"title\":\"t\",\"plugin\":\"p\"," PARAMS "}"
#define METHOD(state) "{\"kind\":1,\"flags\":3,\"id\":\"m\",\"params\":[],\"state\":" state ",\"schedule\":[\"gamma\"]}"
#define THEOREM(rest) "{\"kind\":2,\"flags\":0,\"id\":\"th\",\"params\":[]," \
	"\"chapter\":\"c\",\"claim\":1,\"schedules\":1,\"control\":[]," \
	"\"sharp\":[{\"objective\":\"abs\",\"steps\":7,\"ratio\":\"nan\",\"fraction\":1,\"factor\":1}]," rest "}"

static rate_registry *r;

static void take(const char *file, const char *text)
{
	ok(rate_describe_take(r, file, text, 1) == RATE_OK, "%s: looked at", file);
}

static void refused(const char *text, const char *why)
{
	size_t before = r->count, refusals = r->refusals;

	take("bad.so", text);
	ok(r->count == before && r->refusals == refusals + 1, "refused: %.60s", text);
	ok(r->refusals && strstr(r->refusal[r->refusals - 1].reason, why) &&
	   !strncmp(r->refusal[r->refusals - 1].reason, "bad.so: ", 8),
	   "with file and reason: %s", r->refusals ? r->refusal[r->refusals - 1].reason : "none");
}

static void good(void)
{
	const rate_class_info *c;

	take("a.so", "[" OBJECTIVE("one") "," METHOD("[\"x\",\"v\"]") ","
	     THEOREM("\"method\":\"m\",\"needs\":[\"L\",\"mu\"]") "]");
	is_int(r->count, 3, "three classes");
	is_int(r->refusals, 0, "nothing refused");
	c = rate_registry_find(r, RATE_OBJECTIVES, "one");
	ok(c && !strcmp(c->file, "a.so") && !strcmp(c->title, "t") && c->named, "an objective, its file and title");
	ok(c && c->params == 1 && isinf(c->param[0].low) && c->param[0].low < 0 && c->param[0].high == 2.5,
	   "its parameter, from -inf on");
	c = rate_registry_find(r, RATE_METHODS, "m");
	ok(c && c->states == 2 && !strcmp(c->state[1], "v") && c->schedules == 1 && c->flags == 3,
	   "a method, its blocks and flags");
	c = rate_registry_find(r, RATE_THEOREMS, "th");
	ok(c && c->needs == 2 && !strcmp(c->need[1], "mu") && !strcmp(c->method, "m") && !c->point,
	   "a theorem and its needs");
	ok(c && c->sharps == 1 && c->sharp[0].steps == 7 && isnan(c->sharp[0].ratio) && !*c->sharp[0].parameters,
	   "its sharp instance");
	ok(!rate_registry_find(r, RATE_METHODS, "one"), "ids are those of a kind");

	take("b.so", "[{\"kind\":0,\"flags\":0,\"id\":\"two\",\"params\":[],\"title\":\"\\u001b[31mred\\n\"}]");
	c = rate_registry_find(r, RATE_OBJECTIVES, "two");
	ok(c && !strcmp(c->title, "?[31mred?"), "control characters of a title become ?");
}

int main(void)
{
	r = calloc(1, sizeof *r);
	good();

	refused("\"bad.so: no symbol\"", "no symbol");
	refused("\"it crashed\"", "it crashed");
	ok(rate_is_refusal(r, "bad.so: it crashed"), "a refusal is known again");
	ok(!rate_is_refusal(r, "bad.so: it slept") && !rate_is_refusal(r, ""), "what is none is not");
	refused("", "no JSON");
	refused("[" OBJECTIVE("x"), "no JSON");
	refused("{}", "no JSON");
	refused("7", "no JSON");
	refused("[7]", "a class of no kind");
	refused("[{\"kind\":9,\"flags\":0,\"id\":\"x\",\"params\":[]}]", "a class of no kind");
	refused("[{\"kind\":0,\"flags\":-1,\"id\":\"x\",\"params\":[]}]", "a class of no kind");
	refused("[{\"kind\":0.5,\"flags\":0,\"id\":\"x\",\"params\":[]}]", "a class of no kind");
	refused("[{\"kind\":0,\"flags\":0,\"params\":[]}]", "a class without an id");
	refused("[" OBJECTIVE("../x") "]", "a class without an id");
	refused("[" OBJECTIVE("a b") "]", "a class without an id");
	refused("[{\"kind\":0,\"flags\":0,\"id\":\"x\"}]", "a parameter without name or type");
	refused("[{\"kind\":0,\"flags\":0,\"id\":\"x\",\"params\":[{\"name\":\"\",\"type\":1}]}]",
	        "a parameter without name or type");
	refused("[{\"kind\":0,\"flags\":0,\"id\":\"x\",\"params\":[{\"name\":\"a\",\"type\":99}]}]",
	        "a parameter without name or type");
	refused("[" METHOD("[1]") "]", "a method whose lists are none");
	refused("[" METHOD("\"x\"") "]", "a method whose lists are none");
	refused("[" THEOREM("\"needs\":[]") "]", "a theorem without kind, chapter or method");
	refused("[" THEOREM("\"method\":\"m\",\"point\":1,\"needs\":[]") "]",
	        "a theorem without kind, chapter or method");
	refused("[" THEOREM("\"method\":\"m\",\"needs\":[null]") "]", "a theorem whose lists are none");
	refused("[" THEOREM("\"method\":\"m\",\"needs\":{}") "]", "a theorem whose lists are none");
	refused("[" OBJECTIVE("new") "," OBJECTIVE("new") "]", "id 'new' stands twice in it");
	refused("[" OBJECTIVE("three") "," OBJECTIVE("one") "]", "id 'one' is already taken by a.so");
	ok(!rate_registry_find(r, RATE_OBJECTIVES, "three"), "a file is taken whole or not at all");
	is_int(r->count, 4, "nothing of the refused is there");
	rate_registry_free(r);
	return done_testing();
}
