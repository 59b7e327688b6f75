/* One input of a fuzz target; a false answer ends the program, as a sanitizer does. */
#ifndef RATE_TESTS_FUZZ_H
#define RATE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ratecheck/ratecheck.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define must(true_) ((true_) ? (void)0 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #true_), abort()))

/* The input with a zero behind it; the caller frees it. */
static inline char *text_of(const uint8_t *data, size_t n)
{
	char *text = malloc(n + 1);

	must(text != NULL);
	memcpy(text, data, n);
	text[n] = 0;
	return text;
}

/* What is refused has its reason, in one line. */
static inline void must_be_a_reason(const char *error)
{
	must(*error && !strchr(error, '\n'));
}

#endif
