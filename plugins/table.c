/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/table.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
	const char *path;
	char *error;
	size_t size, line;
	double *v; /* rows of `columns`, then the target */
	size_t rows, columns, capacity;
} reader;

static int open_file(FILE **out, const char *file, char *path, size_t size, char *error, size_t esize)
{
	const char *data = getenv("RATECHECK_DATA");

	snprintf(path, size, "%s", file);
	if (!strchr(file, '/') && !strchr(file, '.'))
		snprintf(path, size, "%s/%s.csv", data && *data ? data : PKGDATADIR "/data", file);
	if ((*out = fopen(path, "r")))
		return RATE_OK;
	snprintf(error, esize, "%s: %s (a file, or the name of a bundled data set, is wanted)", path, strerror(errno));
	return RATE_FAIL;
}

static int bad(reader *r, size_t column, const char *what, const char *word)
{
	snprintf(r->error, r->size, "%s: line %zu, column %zu: %s '%.40s'", r->path, r->line, column, what, word);
	return RATE_FAIL;
}

static int put(reader *r, double v)
{
	static const size_t first = 4096;

	if (r->rows == r->capacity) {
		size_t capacity = r->capacity ? 2 * r->capacity : first;
		double *grown = realloc(r->v, capacity * sizeof *grown);
		if (!grown) {
			snprintf(r->error, r->size, "%s: out of memory", r->path);
			return RATE_FAIL;
		}
		r->v = grown;
		r->capacity = capacity;
	}
	r->v[r->rows++] = v; /* `rows` counts numbers while reading */
	return RATE_OK;
}

static int number(const char *word, double *out)
{
	char *end;

	*out = strtod(word, &end);
	while (*end == ' ' || *end == '\t')
		end++;
	return end != word && !*end && isfinite(*out) ? RATE_OK : RATE_FAIL;
}

static int is_missing(const char *word)
{
	return !*word || !strcmp(word, "NA") || !strcmp(word, "?") || !strcmp(word, "nan") || !strcmp(word, "NaN");
}

static int csv_line(reader *r, char *line)
{
	size_t column = 0;
	char *rest = line, *word;
	double v;

	while ((word = strsep(&rest, ",;\t"))) {
		word += strspn(word, " \"");
		word[strcspn(word, "\"")] = '\0';
		column++;
		if (is_missing(word))
			return bad(r, column, "missing value", word);
		if (number(word, &v))
			return bad(r, column, "not a number:", word);
		if (put(r, v))
			return RATE_FAIL;
	}
	if (!r->columns)
		r->columns = column;
	if (column == r->columns && column > 1)
		return RATE_OK;
	snprintf(r->error, r->size, "%s: line %zu has %zu columns, %zu are wanted", r->path, r->line, column, r->columns);
	return RATE_FAIL;
}

/* "label i:v i:v": two passes, since the width is known only at the end. */
static int libsvm_line(reader *r, char *line, size_t width, double *row)
{
	char *rest = line, *word = strsep(&rest, " \t"), *colon;
	size_t column = 1, index;
	double v;

	if (number(word, &row[width]))
		return bad(r, 1, "not a label:", word);
	while ((word = strsep(&rest, " \t"))) {
		column++;
		if (!*word)
			continue;
		if (*word == '#')
			break;
		colon = strchr(word, ':');
		index = strtoul(word, NULL, 10);
		if (!colon || !index || index > 1000000)
			return bad(r, column, "not index:value:", word);
		if (number(colon + 1, &v))
			return bad(r, column, "not a number:", colon + 1);
		if (index > r->columns)
			r->columns = index;
		if (index <= width)
			row[index - 1] = v;
	}
	return RATE_OK;
}

static int is_libsvm(const char *line)
{
	const char *space = strpbrk(line, " \t");

	return space && strchr(space, ':') && !strchr(line, ',');
}

static int is_header(const char *line)
{
	char first[64];
	double v;

	line += *line == '"'; /* a quoted number is a number */
	snprintf(first, sizeof first, "%.*s", (int)strcspn(line, "\",;\t"), line);
	return number(first, &v) != RATE_OK && !is_missing(first);
}

static int read_all(reader *r, FILE *in, int pass, size_t width)
{
	char *line = NULL;
	size_t capacity = 0;
	ssize_t n;
	int rc = RATE_OK, libsvm = 0;
	double *row = calloc(width + 2, sizeof *row);

	r->line = 0;
	while (rc == RATE_OK && row && (n = getline(&line, &capacity, in)) >= 0) {
		r->line++;
		line[strcspn(line, "\r\n")] = '\0';
		/* The mark that some spreadsheets put first would make a header of the first row. */
		if (r->line == 1 && !strncmp(line, "\xef\xbb\xbf", 3))
			memmove(line, line + 3, strlen(line + 3) + 1);
		if (!*line)
			continue;
		libsvm |= is_libsvm(line);
		if (libsvm) {
			memset(row, 0, (width + 1) * sizeof *row);
			rc = libsvm_line(r, line, width, row);
			for (size_t j = 0; rc == RATE_OK && pass == 2 && j <= width; j++)
				rc = put(r, row[j]);
		} else if (!(r->line == 1 && is_header(line)))
			rc = csv_line(r, line);
	}
	free(line);
	free(row);
	return rc != RATE_OK ? rc : libsvm;
}

/* Two values of the target become labels -1 and +1, the smaller one first. */
static void label(rate_table *t, double *b)
{
	double low = b[0], high = b[0];

	for (size_t i = 1; i < t->rows; i++) {
		low = fmin(low, b[i]);
		high = fmax(high, b[i]);
	}
	for (size_t i = 0; i < t->rows; i++)
		if (b[i] > low && b[i] < high)
			return;
	if (!(low < high))
		return;
	t->labels = 1;
	for (size_t i = 0; i < t->rows; i++)
		b[i] = b[i] > low ? 1 : -1;
}

static int finish(reader *r, size_t width, rate_table *out)
{
	size_t rows = r->rows / width, d = width - 1;
	double *a = malloc(rows * d * sizeof *a + sizeof *a), *b = malloc(rows * sizeof *b + sizeof *b);

	if (!rows || !a || !b) {
		snprintf(r->error, r->size, "%s: %s", r->path, rows ? "out of memory" : "no rows");
		free(a);
		free(b);
		return RATE_FAIL;
	}
	for (size_t i = 0; i < rows; i++) {
		memcpy(a + i * d, r->v + i * width, d * sizeof *a);
		b[i] = r->v[i * width + d];
	}
	*out = (rate_table){ .size = sizeof *out, .rows = rows, .columns = d, .a = a, .b = b, .name = strdup(r->path) };
	label(out, b);
	return RATE_OK;
}

/* Sets that were read are kept: plugins hold pointers into them. */
typedef struct kept {
	struct kept *next;
	char *file;
	rate_table table;
} kept;

static kept *tables;

static void keep(const char *file, const rate_table *t)
{
	kept *k = malloc(sizeof *k);

	if (k) {
		*k = (kept){ tables, strdup(file), *t };
		tables = k;
	}
}

int rate_table_read(const char *file, rate_table *out, char *error, size_t size)
{
	char path[4096];
	reader r = { .path = path, .error = error, .size = size };
	FILE *in;
	int rc;

	for (kept *k = tables; k; k = k->next)
		if (!strcmp(k->file, file)) {
			*out = k->table;
			return RATE_OK;
		}
	if (open_file(&in, file, path, sizeof path, error, size))
		return RATE_FAIL;
	rc = read_all(&r, in, 1, 0);
	if (rc == 1) {
		rewind(in);
		rc = read_all(&r, in, 2, r.columns);
		r.columns++;
	}
	fclose(in);
	rc = rc < 0 ? RATE_FAIL : finish(&r, r.columns, out);
	free(r.v);
	if (rc == RATE_OK)
		keep(file, out);
	return rc;
}
