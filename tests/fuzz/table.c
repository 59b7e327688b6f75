/* Data files: any bytes are a table of finite numbers, or refused. */
#include <math.h>

#include "plugins/table.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rate_error error = { "" };
	rate_table t;

	if (rate_table_parse("f", (const char *)data, n, NULL, n % 2, &t, &error)) {
		must_be_a_reason(error.text);
		return 0;
	}
	must(t.rows && t.columns);
	for (size_t i = 0; i < t.rows; i++)
		must(isfinite(t.b[i]));
	for (size_t i = 0; t.a && i < t.rows * t.columns && i < 4096; i++)
		must(isfinite(t.a[i]));
	for (uint64_t k = 0; !t.a && k < t.start[t.rows]; k++)
		must(isfinite(t.value[k]) && t.column[k] < t.columns && t.start[t.rows - 1] <= t.start[t.rows]);
	rate_table_free(&t);
	return 0;
}
