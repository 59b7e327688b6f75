/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/dataset.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char known[] = "target=COLUMN, positive=VALUE, intercept, standardise=none or standardise=columns";

static int take(rate_dataset *set, const char *option, size_t n)
{
	char word[160], *value, *end;

	if (n >= sizeof word)
		return RATE_FAIL;
	memcpy(word, option, n);
	word[n] = '\0';
	if (!strcmp(word, "intercept")) {
		set->intercept = 1;
		return RATE_OK;
	}
	if (!(value = strchr(word, '=')) || !value[1])
		return RATE_FAIL;
	*value++ = '\0';
	if (!strcmp(word, "standardise")) {
		set->raw = !strcmp(value, "none");
		set->scaled = !set->raw;
		return set->raw || !strcmp(value, "columns") ? RATE_OK : RATE_FAIL;
	}
	if (!strcmp(word, "positive")) {
		set->one = strtod(value, &end);
		set->is_one = 1;
		return *end ? RATE_FAIL : RATE_OK;
	}
	if (strcmp(word, "target") || strlen(value) >= sizeof set->target)
		return RATE_FAIL;
	strcpy(set->target, value);
	return RATE_OK;
}

int rate_dataset_split(const char *spec, rate_dataset *out, rate_error *error)
{
	const char *at = access(spec, F_OK) ? strchr(spec, '@') : NULL;
	size_t n = at ? (size_t)(at - spec) : strlen(spec);

	*out = (rate_dataset){ .is_one = 0 };
	if (n >= sizeof out->file)
		return rate_fail(error, "%.60s...: the name of the file is too long", spec);
	memcpy(out->file, spec, n);
	for (; at; at = strchr(at + 1, '@')) {
		n = strcspn(at + 1, "@");
		if (take(out, at + 1, n))
			return rate_fail(error, "%.200s: there is no option '%.*s' of a data set; there are %s",
			                 out->file, (int)(n < 80 ? n : 80), at + 1, known);
	}
	return RATE_OK;
}

int rate_dataset_label(const rate_dataset *set, const char *name, size_t rows, double *b, rate_error *error)
{
	size_t count = 0;

	for (size_t i = 0; i < rows; i++)
		count += b[i] == set->one;
	if (!count || count == rows)
		return rate_fail(error, "%.200s: %s row has the target %g, that positive= is to tell from others",
		                 name, count ? "every" : "no", set->one);
	for (size_t i = 0; i < rows; i++)
		b[i] = b[i] == set->one ? 1 : -1;
	return RATE_OK;
}

static void *replaced(const void *old, void *by)
{
	free((void *)(uintptr_t)old);
	return by;
}

static int dense_ones(rate_table *t)
{
	size_t d = t->columns;
	double *a = malloc(t->rows * (d + 1) * sizeof *a);

	if (!a)
		return RATE_FAIL;
	for (size_t i = 0; i < t->rows; i++) {
		memcpy(a + i * (d + 1), t->a + i * d, d * sizeof *a);
		a[i * (d + 1) + d] = 1;
	}
	t->a = replaced(t->a, a);
	return RATE_OK;
}

static int sparse_ones(rate_table *t)
{
	size_t entries = t->start[t->rows] + t->rows, to = 0;
	uint64_t *start = malloc((t->rows + 1) * sizeof *start);
	uint32_t *column = malloc(entries * sizeof *column);
	double *value = malloc(entries * sizeof *value);

	if (!start || !column || !value) {
		free(start);
		free(column);
		free(value);
		return RATE_FAIL;
	}
	for (size_t i = 0; i < t->rows; i++) {
		size_t from = t->start[i], n = t->start[i + 1] - from;
		start[i] = to;
		memcpy(column + to, t->column + from, n * sizeof *column);
		memcpy(value + to, t->value + from, n * sizeof *value);
		to += n;
		column[to] = (uint32_t)t->columns;
		value[to++] = 1;
	}
	start[t->rows] = to;
	t->start = replaced(t->start, start);
	t->column = replaced(t->column, column);
	t->value = replaced(t->value, value);
	return RATE_OK;
}

int rate_dataset_apply(const rate_dataset *set, rate_table *t, rate_error *error)
{
	if (!t->a && set->scaled)
		return rate_fail(error,
		                 "%.200s: mostly zeros, which standardised columns are not; leave standardise= "
		                 "out", t->name);
	t->standardise = t->a && !set->raw ? t->columns : 0;
	t->raw = set->raw;
	if (!set->intercept)
		return RATE_OK;
	if (t->a ? dense_ones(t) : sparse_ones(t))
		return rate_fail(error, "%.200s: out of memory", t->name);
	t->columns++;
	return RATE_OK;
}
