/* Specs: parsed, bound against a small registry; what is bound has a canonical text that is bound to the same text. */
#include "plugins/describe.h"
#include "plugins/spec.h"
#include "tests/fuzz/fuzz.h"

static const char known[] = "[{\"kind\":0,\"id\":\"f\",\"file\":\"f.so\",\"flags\":0,\"params\":["
	"{\"name\":\"r\",\"type\":1,\"preset\":\"1\",\"low\":\"-inf\",\"high\":\"inf\"},"
	"{\"name\":\"d\",\"type\":2,\"preset\":\"auto\",\"low\":1,\"high\":1000},"
	"{\"name\":\"c\",\"type\":3,\"preset\":\"red\",\"choices\":\"red|blue\"},{\"name\":\"t\",\"type\":4,"
	"\"preset\":\"\"},"
	"{\"name\":\"data\",\"type\":5},{\"name\":\"l\",\"type\":6,\"preset\":\"1/2\",\"low\":0,\"high\":9}]},"
	"{\"kind\":0,\"id\":\"w\",\"file\":\"w.so\",\"flags\":1,\"params\":[{\"name\":\"s\",\"type\":1,"
	"\"preset\":\"0\"}]},"
	"{\"kind\":1,\"id\":\"m\",\"file\":\"m.so\",\"flags\":0,\"state\":[\"x\"],\"schedule\":[\"gamma\"],"
	"\"params\":[]},"
	"{\"kind\":2,\"id\":\"h\",\"file\":\"h.so\",\"flags\":0,\"claim\":1,\"schedules\":1,\"chapter\":\"c\","
	"\"method\":\"m\",\"needs\":[],\"sharp\":[],\"control\":[],\"params\":[{\"name\":\"gamma\",\"type\":1,"
	"\"preset\":\"auto\"}]}]";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static rate_registry *registry;
	char *text = text_of(data, n), *escaped;
	rate_error error = { "" };
	rate_spec *s = NULL;
	int file = 0;

	if (!registry && (registry = calloc(1, sizeof *registry)))
		must(rate_describe_take(registry, "f.so", known, 0) == RATE_OK && registry->count == 4);
	if (rate_spec_parse(&s, text, &error)) {
		must(*error.text != 0);
		free(text);
		return 0;
	}
	for (size_t i = 0; i < s->words; i++) {
		file |= s->word[i].file != NULL;
		for (size_t k = 0; k < s->word[i].keys; k++) {
			must((escaped = rate_spec_escape(s->word[i].key[k].value)) != NULL && !strpbrk(escaped, "+,:"));
			free(escaped);
		}
	}
	rate_spec_free(s);
	for (int kind = 0; !file && kind < 3; kind++) {
		rate_bound_spec *b = NULL, *again = NULL;
		if (rate_bind(&b, registry, (rate_class)kind, text, 0, &error)) {
			must(*error.text != 0);
		} else if (b->bound_factor == 1) { /* with a factor it is a name, no spec */
			must(rate_bind(&again, registry, (rate_class)kind, b->canonical, 0, &error) ==
			     RATE_OK);
			must(!strcmp(again->canonical, b->canonical));
		}
		rate_bound_free(b);
		rate_bound_free(again);
	}
	free(text);
	return 0;
}
