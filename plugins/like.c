/* rcv1-like, news20-like: documents, rows of unit length with weights of words, whose frequencies fall as 1/rank;
 * a9a-like: answers to 14 questions, a column for each that is possible. Labels follow a hidden plane, with noise. The
 * real sets are at https://www.csie.ntu.edu.tw/~cjlin/libsvmtools/datasets; these have their sizes and their density.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/like.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"
#include "plugins/table.h"

static const struct shape {
	const char *name;
	size_t rows, columns;
	double log_length, spread; /* of the number of words in a document; 0: answers */
	double slope, offset;      /* of the plane */
} shapes[] = {
	{ "a9a-like", 32561, 123, 0, 0, 1, -1.7 },
	{ "news20-like", 19996, 1355191, 6.0, 0.7, 4, 0 },
	{ "rcv1-like", 20242, 47236, 4.22, 0.55, 4, 0 },
};

/* How many answers each question has. */
enum { QUESTIONS = 14 };
static const unsigned answers[QUESTIONS] = { 5, 8, 5, 16, 5, 7, 14, 6, 5, 2, 2, 2, 5, 41 };

static const struct shape *shape_of(const char *name, size_t *rows)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		const struct shape *s = &shapes[i];
		size_t n = strlen(s->name);
		char *end;
		unsigned long asked;

		*rows = s->rows;
		if (!strcmp(name, s->name))
			return s;
		if (strncmp(name, s->name, n) || name[n] != '-' || name[n + 1] < '1' || name[n + 1] > '9')
			continue;
		errno = 0;
		asked = strtoul(name + n + 1, &end, 10);
		if (*end)
			continue;
		*rows = errno ? SIZE_MAX : asked;
		return s;
	}
	return NULL;
}

int rate_is_like(const char *name)
{
	size_t rows;

	return shape_of(name, &rows) != NULL;
}

void rate_like_names(char *out, size_t size)
{
	size_t at = 0;

	for (size_t i = 0; i < sizeof shapes / sizeof *shapes && at < size; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%s", i ? ", " : "", shapes[i].name);
}

enum { LONGEST = 4096 }; /* row */

typedef struct entry {
	uint32_t column;
	double rank, value;
} entry;

static int by_column(const void *a, const void *b)
{
	const entry *x = a, *y = b;

	return (x->column > y->column) - (x->column < y->column);
}

/* Spreads ranks over the columns, as an alphabet does. */
static size_t stride_of(size_t d)
{
	size_t stride = (size_t)(0.6180339887 * (double)d), a, b;

	for (;; stride++) {
		for (a = d, b = stride; b;) {
			size_t rest = a % b;
			a = b;
			b = rest;
		}
		if (a == 1)
			return stride;
	}
}

static size_t words_of(const struct shape *s, const double *u)
{
	double normal = sqrt(-2 * log(u[0])) * cos(2 * M_PI * u[1]);

	return (size_t)fmin(exp(s->log_length + s->spread * normal), LONGEST - 1) + 1;
}

/* The n words of a document: p(rank) falls as 1/(rank + FEW), and the rarer a word, the heavier. */
static size_t document(const struct shape *s, size_t stride, size_t n, const double *u, entry *e)
{
	enum { FEW = 20 };
	double d = (double)s->columns, squares = 0;
	size_t kept = 0;

	for (size_t k = 0; k < n; k++) {
		double rank = fmin(floor(FEW * (pow(1 + d / FEW, u[k]) - 1)), d - 1);
		e[k] = (entry){ (uint32_t)((size_t)rank * stride % s->columns), rank, 1 };
	}
	qsort(e, n, sizeof *e, by_column);
	for (size_t k = 0; k < n; k++)
		if (kept && e[kept - 1].column == e[k].column)
			e[kept - 1].value++;
		else
			e[kept++] = e[k];
	for (size_t k = 0; k < kept; k++) {
		e[k].value = (1 + log(e[k].value)) * log(2 + e[k].rank / FEW);
		squares += e[k].value * e[k].value;
	}
	for (size_t k = 0; k < kept; k++)
		e[k].value /= sqrt(squares);
	return kept;
}

/* One answer to each question, the first ones the most frequent. */
static size_t questionnaire(const double *u, entry *e)
{
	uint32_t first = 0;

	for (size_t k = 0; k < QUESTIONS; k++) {
		e[k] = (entry){ .column = first + (uint32_t)(answers[k] * u[k] * u[k]), .value = 1 };
		first += answers[k];
	}
	return QUESTIONS;
}

/* The rows that are made so far are in t; `room` entries are. */
static int add_row(rate_table *t, size_t i, const entry *e, size_t n, size_t *room)
{
	uint64_t *start = (uint64_t *)(uintptr_t)t->start, at = start[i];

	if (at + n > *room) {
		size_t more = 2 * *room + 16 * LONGEST;
		void *column = realloc((void *)(uintptr_t)t->column, more * sizeof *t->column), *value;
		if (!column)
			return RATE_FAIL;
		t->column = column;
		if (!(value = realloc((void *)(uintptr_t)t->value, more * sizeof *t->value)))
			return RATE_FAIL;
		t->value = value;
		*room = more;
	}
	for (size_t k = 0; k < n; k++) {
		((uint32_t *)(uintptr_t)t->column)[at + k] = e[k].column;
		((double *)(uintptr_t)t->value)[at + k] = e[k].value;
	}
	start[i + 1] = at + n;
	return RATE_OK;
}

static int make(const struct shape *s, rate_table *t)
{
	enum { PLANE = 0x6c696b65, ROW = PLANE + 1 }; /* streams */
	const rate_host *host = rate_host_services();
	double *weight = malloc(s->columns * sizeof *weight), *u = malloc((LONGEST + 3) * sizeof *u), *b;
	entry *e = malloc(LONGEST * sizeof *e);
	size_t stride = stride_of(s->columns), room = 0;
	int rc = RATE_FAIL;

	t->start = calloc(t->rows + 1, sizeof *t->start);
	t->b = b = calloc(t->rows, sizeof *b);
	if (!weight || !u || !e || !t->start || !b)
		goto out;
	host->normals(host, 0, PLANE, s->columns, weight);
	for (size_t i = 0; i < t->rows; i++) {
		double m = s->offset;
		size_t n = QUESTIONS;
		if (s->spread > 0) {
			host->uniforms(host, i + 1, ROW, 2, u);
			n = words_of(s, u);
		}
		/* Two for the length, which stay what they are, one for the label. */
		host->uniforms(host, i + 1, ROW, 3 + n, u);
		n = s->spread > 0 ? document(s, stride, n, u + 3, e) : questionnaire(u + 3, e);
		if (add_row(t, i, e, n, &room))
			goto out;
		for (size_t k = 0; k < n; k++)
			m += s->slope * e[k].value * weight[e[k].column];
		b[i] = u[2] < 1 / (1 + exp(-m)) ? 1 : -1;
	}
	rc = RATE_OK;
out:
	free(weight);
	free(u);
	free(e);
	return rc;
}

int rate_like_make(const char *name, rate_table *out, rate_error *error)
{
	size_t rows;
	const struct shape *s = shape_of(name, &rows);

	if (!s)
		return 0;
	if (rows < 2 || rows > s->rows)
		return rate_fail(error, "%s: from 2 to %zu rows can be asked for, such as %s-1000", name, s->rows,
		                 s->name);
	*out = (rate_table){ .size = sizeof *out, .rows = rows, .columns = s->columns, .labels = 1,
		              .name = strdup(name), .sparse = 1 };
	if (make(s, out) == RATE_OK)
		return 1;
	rate_table_free(out);
	return rate_fail(error, "%s: out of memory", name);
}
