/* A results folder as data: drawn, explained, compared; what cannot be used is refused in words. */
#include <errno.h>

#include "reports/report.h"
#include "tests/fuzz/folder.h"

/* No gnuplot and no groff are started: their scripts are written, and then they "cannot be started". */
pid_t fork(void);
pid_t fork(void)
{
	errno = EAGAIN;
	return -1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const files[] = { "results.jsonl", "curves/c.0.csv" };
	static FILE *null;
	const char *folder = fuzz_folder(data, n, files, sizeof files / sizeof *files);
	rate_draw_options o = { .svg = 1, .pdf = 1, .html = 1, .report_pdf = 1, .latex = n % 2 };
	const rate_diff_options diff = { .tolerance = 0.01, .json = n % 3 == 0 };
	rate_error error = { "" };
	size_t differences;

	if (!null)
		must((null = fopen("/dev/null", "w")) != NULL);
	if (rate_draw_report(folder, &o, &error))
		must(*error.text != 0);
	rate_no_error(&error);
	if (rate_explain(null, folder, "c.0", &error))
		must_be_a_reason(error.text);
	rate_no_error(&error);
	if (rate_diff(folder, folder, &diff, null, &differences, &error))
		must_be_a_reason(error.text);
	else
		must(!differences);
	return 0;
}
