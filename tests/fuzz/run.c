/* What a run that goes on reads of the one before: run.json, results.jsonl.part, results.jsonl. */
#include "reports/store.h"
#include "tests/fuzz/folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const files[] = { "run.json", "results.jsonl.part", "results.jsonl", "curves/c.0.csv" };
	static const char json[] = "{\"seed\": 1, \"alpha\": 1e-9, \"files\": {\"a.so\": \"00\"}}";
	const rate_store_options options = { .resume = 1, .retry = n % 2 };
	const char *folder = fuzz_folder(data, n, files, sizeof files / sizeof *files);
	rate_error error = { "" };
	rate_store *s = NULL;
	const rate_kept *kept;

	if (rate_store_open(&s, folder, json, &options, &error))
		must_be_a_reason(error.text);
	else if ((kept = rate_store_kept(s, "c.0")))
		must(rate_store_again(s, kept, &error) == RATE_OK);
	if (rate_store_close(s, 0, &error))
		must_be_a_reason(error.text);
	return 0;
}
