/* A results folder whose files are the parts of an input, between form feeds. */
#ifndef RATE_TESTS_FUZZ_FOLDER_H
#define RATE_TESTS_FUZZ_FOLDER_H

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

static inline const char *fuzz_folder(const uint8_t *data, size_t n, const char *const *name, size_t names)
{
	static char folder[256], path[512];
	static int made;

	if (!made) {
		const char *tmp = getenv("TMPDIR");
		snprintf(folder, sizeof folder, "%s/ratecheck-fuzz.XXXXXX", tmp ? tmp : "/tmp");
		made = mkdtemp(folder) != NULL;
		snprintf(path, sizeof path, "%s/curves", folder);
		must(made && !mkdir(path, 0777));
	}
	for (size_t i = 0; i < names; i++) {
		const uint8_t *end = n ? memchr(data, '\f', n) : NULL;
		size_t m = end ? (size_t)(end - data) : n;
		FILE *out;
		snprintf(path, sizeof path, "%s/%s", folder, name[i]);
		if (i && !end && !n) {
			unlink(path);
			continue;
		}
		must((out = fopen(path, "w")) != NULL && fwrite(data, 1, m, out) == m && !fclose(out));
		data += end ? m + 1 : m;
		n -= end ? m + 1 : m;
	}
	return folder;
}

#endif
