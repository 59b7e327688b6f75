/* What a plugin says of itself: any bytes are taken as classes that can be named and bound, or refused. */
#include "plugins/describe.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = text_of(data, n);
	rate_error error = { "" };
	rate_registry *r = calloc(1, sizeof *r);

	must(r && rate_describe_take(r, "f.so", text, 1) == RATE_OK);
	must(r->refusals < 2 && !(r->refusals && r->count));
	for (size_t i = 0; i < r->count; i++) {
		const rate_class_info *c = r->info[i];
		rate_bound_spec *b = NULL;
		must(rate_registry_find(r, c->kind, c->id) == c);
		if (strpbrk(c->id, "/#") || strstr(c->id, ".so")) /* a spec that names a file */
			continue;
		if (rate_bind(&b, r, c->kind, c->id, 0, &error))
			must(*error.text != 0);
		rate_bound_free(b);
	}
	rate_registry_free(r);
	free(text);
	return 0;
}
