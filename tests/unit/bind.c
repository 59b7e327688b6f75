/* Specs against a registry of plain data: values, presets, ranges, host keys, wrappers, canonical texts and what is
 * said of mistakes. */
#include "plugins/describe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

#define PARAM(name, type, preset, low, high) \
	"{\"name\":\"" name "\",\"type\":" #type ",\"preset\":" preset ",\"doc\":\"what " name " is\"," \
	"\"low\":" #low ",\"high\":" #high "}"
static const char objectives[] = "["
	"{\"kind\":0,\"flags\":0,\"id\":\"bowl\",\"params\":["
	PARAM("d", 2, "\"3\"", 1, 100) "," PARAM("kappa", 1, "\"10\"", 1, 1e9) "," PARAM("must", 1, "null", 0, 0) ","
	"{\"name\":\"shape\",\"type\":3,\"preset\":\"flat\",\"choices\":\"flat|log\",\"doc\":\"\"},"
	"{\"name\":\"b\",\"type\":6,\"preset\":\"1/2\",\"doc\":\"\"},{\"name\":\"data\",\"type\":5,\"preset\":\"\","
	"\"doc\":\"\"}]},"
	"{\"kind\":0,\"flags\":0,\"id\":\"plain\",\"params\":[]},"
	"{\"kind\":0,\"flags\":1,\"id\":\"noise\",\"params\":[" PARAM("sigma", 1, "\"1\"", 0, 10) "]}]";
static const char others[] = "["
	"{\"kind\":1,\"flags\":0,\"id\":\"gd\",\"params\":[],\"state\":[],\"schedule\":[]},"
	"{\"kind\":2,\"flags\":0,\"id\":\"thm\",\"chapter\":\"c\",\"method\":\"gd\",\"claim\":1,\"schedules\":1,"
	"\"needs\":[],\"sharp\":[],"
	"\"control\":[],\"params\":[" PARAM("gamma", 1, "\"auto\"", 0, 1) "]}]";

static rate_registry *r;
static rate_error error;

static rate_bound_spec *good(rate_class kind, const char *text, const char *canonical)
{
	rate_bound_spec *s = NULL;

	ok(rate_bind(&s, r, kind, text, 0, &error) == RATE_OK, "%s is bound", text);
	if (canonical)
		is_str(s->canonical ? s->canonical : error.text, canonical, "its canonical text");
	return s;
}

static void bad(rate_class kind, const char *text, const char *why)
{
	rate_bound_spec *s = NULL;

	ok(rate_bind(&s, r, kind, text, 0, &error) == RATE_FAIL, "'%s' is refused", text);
	ok(strstr(error.text, why) != NULL && !strchr(error.text, '\n'), "in one line: %s", error.text);
	rate_bound_free(s);
}

static void objectives_bound(void)
{
	rate_bound_spec *s =
	    good(RATE_OBJECTIVES, "bowl:must=2", "bowl:b=1/2,d=3,data=,kappa=10,must=2,shape=flat,seed=1");

	is_str(s->brief, "bowl:must=2", "the brief text has what is not preset");
	ok(s->word[0].value[0].integer == 3 && s->word[0].value[1].real == 10 && !s->word[0].given[0] &&
	   s->word[0].given[2], "values, and which were given");
	ok(s->word[0].value[4].count == 2 && s->word[0].value[4].reals[1] == 2, "a list");
	ok(s->seed == 1 && s->bound_factor == 1 && isnan(s->radius) && !s->x0, "host keys have their defaults");
	rate_bound_free(s);
	s = good(RATE_OBJECTIVES, "bowl:shape=log,must=-1e-3,kappa=1e4,d=7,b=0.5,seed=9,radius=2,x0=a%2Cb",
	         "bowl:b=0.5,d=7,data=,kappa=10000,must=-0.001,shape=log,seed=9,x0=a%2Cb,radius=2");
	ok(s->word[0].value[3].integer == 1 && s->seed == 9 && s->radius == 2 && !strcmp(s->x0, "a,b"), "in any order");
	rate_bound_free(s);
	s = good(RATE_OBJECTIVES, "plain+noise:sigma=0.5+noise", "plain:seed=1+noise:sigma=0.5+noise:sigma=1");
	is_str(s->brief, "plain+noise:sigma=0.5+noise", "wrappers, from the inside out");
	is_int(s->words, 3, "three words");
	rate_bound_free(s);

	bad(RATE_OBJECTIVES, "bowl", "must must be given (what must is)");
	bad(RATE_OBJECTIVES, "bowl:must=1,kapa=2", "bowl has no parameter 'kapa' (did you mean kappa?); it has: d, "
	                                           "kappa, must, shape, b, data, seed, x0, radius");
	bad(RATE_OBJECTIVES, "bowl:must=1,kappa=0.5", "kappa=0.5: out of range [1, 1e+09] (what kappa is)");
	bad(RATE_OBJECTIVES, "bowl:must=1,kappa=nan", "a number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=inf", "a number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=1e999", "a number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=1x", "a number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=auto", "a number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=1,d=2.5", "a whole number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=1,shape=lo", "choose one of flat|log");
	bad(RATE_OBJECTIVES, "bowl:must=1,b=1//2", "a number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=1,seed=-1", "a whole number is wanted");
	bad(RATE_OBJECTIVES, "bowl:must=1,seed=1.5", "a whole number is wanted");
	bad(RATE_OBJECTIVES, "noise", "noise is a wrapper: put it behind an objective, as in quadratic+noise");
	bad(RATE_OBJECTIVES, "plain+bowl:must=1", "bowl is no wrapper");
	bad(RATE_OBJECTIVES, "bowll:must=1", "no objective 'bowll' (did you mean bowl?)");
	bad(RATE_OBJECTIVES, "gd", "there is the method gd: `--method gd`");
	bad(RATE_OBJECTIVES, "./no-such.so", "./no-such.so: no such file");
}

static void theorems_bound(void)
{
	rate_bound_spec *s = good(RATE_THEOREMS, "thm", "thm:gamma=auto");

	ok(isnan(s->word[0].value[0].real) && !s->word[0].given[0], "auto is left open");
	rate_bound_free(s);
	s = good(RATE_THEOREMS, "thm:gamma=auto", "thm:gamma=auto");
	ok(!s->word[0].given[0], "auto is as if left out");
	rate_bound_free(s);
	s = good(RATE_THEOREMS, "thm:gamma=0.5,bound_factor=0.9", "thm:gamma=0.5;bound_factor=0.90000000000000002");
	ok(s->bound_factor == 0.9, "a factor of the bound");
	rate_bound_free(s);
	bad(RATE_THEOREMS, "thm:gamma=3", "out of range [0, 1]");
	ok(rate_bind(&s, r, RATE_THEOREMS, "thm:gamma=3", 1, &error) == RATE_OK,
	   "a control may leave the range");
	rate_bound_free(s);
	bad(RATE_THEOREMS, "thm:seed=3", "thm has no parameter 'seed'; it has: gamma, bound_factor");
	bad(RATE_THEOREMS, "thm+noise", "only objectives take wrappers");
	bad(RATE_METHODS, "gd:a=1", "gd has no parameter 'a'; it has: none");
	bad(RATE_METHODS, "", "a name is missing");
}

int main(void)
{
	r = calloc(1, sizeof *r);
	ok(rate_describe_take(r, "a.so", objectives, 0) == RATE_OK &&
	   rate_describe_take(r, "b.so", others, 0) == RATE_OK && !r->refusals, "a registry of plain data");
	is_int(r->count, 5, "with five classes");
	objectives_bound();
	theorems_bound();
	rate_registry_free(r);
	return done_testing();
}
