/* The grammar of specs. */
#include "plugins/spec.h"

#include <stdlib.h>
#include <string.h>

#include "ratecheck/abi.h"
#include "tests/tap.h"

static rate_spec *good(const char *text)
{
	rate_error error;
	rate_spec *s = NULL;

	ok(rate_spec_parse(&s, text, &error) == RATE_OK, "%s is a spec", text);
	return s;
}

static void bad(const char *text, const char *why)
{
	rate_error error;
	rate_spec *s = NULL;

	ok(rate_spec_parse(&s, text, &error) == RATE_FAIL && !s, "'%s' is none", text);
	ok(strstr(error.text, why) != NULL, "and the reason is '%s': %s", why, error.text);
}

int main(void)
{
	rate_spec *s = good("quadratic:d=20,kappa=1e+3+gaussian-noise:sigma=0.1");
	char *escaped;

	is_int(s->words, 2, "a + before a letter starts a wrapper, one before a digit does not");
	is_str(s->word[0].id, "quadratic", "the head");
	is_str(rate_spec_get(&s->word[0], "kappa"), "1e+3", "1e+3 stays a number");
	is_str(s->word[1].id, "gaussian-noise", "the wrapper");
	is_str(rate_spec_get(&s->word[1], "sigma"), "0.1", "its key");
	ok(rate_spec_get(&s->word[1], "kappa") == NULL, "a key that is not there");
	rate_spec_free(s);

	s = good("./a/mine.so#bowl:a=1");
	is_str(s->word[0].file, "./a/mine.so", "a file");
	is_str(s->word[0].id, "bowl", "and its id");
	rate_spec_free(s);
	s = good("mine.so");
	is_str(s->word[0].file, "mine.so", "a word that ends in .so is a file");
	ok(s->word[0].id == NULL, "without id");
	rate_spec_free(s);
	s = good("logistic:data=/data/a.csv,ridge=1");
	ok(s->word[0].file == NULL, "a / behind the colon makes no file");
	rate_spec_free(s);
	s = good("x:name=a%2Cb%3A%25%2Bc=d");
	is_str(rate_spec_get(&s->word[0], "name"), "a,b:%+c=d", "escapes are undone, the first = splits");
	escaped = rate_spec_escape("a,b:%+c");
	is_str(escaped, "a%2Cb%3A%25%2Bc", "and made");
	free(escaped);
	rate_spec_free(s);

	bad("", "a name is missing");
	bad(":d=1", "a name is missing");
	bad("a:", "a key is missing");
	bad("a:d=1,", "a key is missing");
	bad("a:d", "is not key=value");
	bad("a:=1", "is not key=value");
	bad("a:d=1,d=2", "stands twice");
	bad("a:d=%4", "two hex digits");
	bad("a#b", "goes with a file.so");
	bad("a.so#", "an id is missing");
	bad("a:d=x%00y", "stands for no character");
	return done_testing();
}
