/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/table.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/datafile.h"
#include "plugins/dataset.h"
#include "plugins/like.h"
#include "plugins/reader.h"
#include "plugins/sparse.h"

static const size_t most_numbers = (size_t)1 << 27; /* 1 GiB */

__attribute__((format(printf, 3, 4)))
int rate_reader_bad(reader *r, place at, const char *format, ...)
{
	va_list ap;

	rate_fail(r->error, "%s: line %zu, column %zu: ", r->path, at.line, at.column);
	va_start(ap, format);
	rate_vfail_more(r->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

/* ---- Records and fields ---- */

int rate_reader_eol(const reader *r, const char *p)
{
	return p == r->end || *p == '\n' || *p == '\r';
}

/* Past one line end: LF, CR LF or CR. */
const char *rate_reader_next_line(reader *r, const char *p)
{
	if (p == r->end)
		return p;
	r->line++;
	return p + (*p == '\r' && p + 1 < r->end && p[1] == '\n' ? 2 : 1);
}

static const char *skip_blanks(const reader *r, const char *p)
{
	while (p < r->end && (*p == ' ' || (*p == '\t' && r->separator != '\t')))
		p++;
	return p;
}

/* To the next line that is neither empty nor a comment; 0: there is none. */
int rate_reader_record(reader *r)
{
	const char *p;

	while (r->p < r->end) {
		for (p = r->p; p < r->end && (*p == ' ' || *p == '\t'); p++)
			continue;
		if (!rate_reader_eol(r, p) && *p != '#' && *p != '%')
			return 1;
		while (!rate_reader_eol(r, p))
			p++;
		r->p = rate_reader_next_line(r, p);
	}
	return 0;
}

static int is_separator(const reader *r, const char *p)
{
	return *p == r->separator || (r->separator == ' ' && *p == '\t');
}

/* RFC 4180: between quotes everything is text, line ends too, and "" is a quote. */
static const char *quoted(reader *r, const char *p, place at, field *f)
{
	f->s = ++p;
	for (;; p++) {
		if (p == r->end) {
			rate_reader_bad(r, at, "a quote is opened here and never closed");
			return NULL;
		}
		if (*p == '"' && p + 1 < r->end && p[1] == '"')
			p++;
		else if (*p == '"')
			break;
		else if (rate_reader_eol(r, p))
			p = rate_reader_next_line(r, p) - 1;
	}
	f->n = (size_t)(p - f->s);
	p = skip_blanks(r, p + 1);
	if (rate_reader_eol(r, p) || is_separator(r, p) || (r->separator == ' ' && (p[-1] == ' ' || p[-1] == '\t')))
		return p;
	rate_reader_bad(r, at, "text behind a closing quote");
	return NULL;
}

static const char *unquoted(reader *r, const char *p, place at, field *f)
{
	for (f->s = p; !rate_reader_eol(r, p) && !is_separator(r, p); p++)
		if (*p == '"') {
			rate_reader_bad(r, at, "a quote inside a word: the whole field is quoted, or nothing");
			return NULL;
		}
	f->n = (size_t)(p - f->s);
	while (f->n && (f->s[f->n - 1] == ' ' || f->s[f->n - 1] == '\t'))
		f->n--;
	return p;
}

static int next_field(reader *r, size_t column, field *f)
{
	const char *p = skip_blanks(r, r->p);
	place at = { r->line, column };

	f->line = r->line;
	if (!(p = p < r->end && *p == '"' ? quoted(r, p, at, f) : unquoted(r, p, at, f)))
		return RATE_FAIL;
	if (r->separator == ' ')
		p = skip_blanks(r, p);
	f->last = rate_reader_eol(r, p);
	if (f->last)
		r->p = rate_reader_next_line(r, p);
	else
		r->p = p + (r->separator != ' ');
	return RATE_OK;
}

/* ---- Tables ---- */

static int names_target(const reader *r, const field *f)
{
	return r->target && strlen(r->target) == f->n && !memcmp(r->target, f->s, f->n);
}

/* Without a name in the header a target may be told by its number. */
static int number_target(reader *r)
{
	char *end;
	unsigned long k;

	if (!r->target || r->target_column)
		return RATE_OK;
	k = strtoul(r->target, &end, 10);
	if (!isdigit((unsigned char)*r->target) || *end || !k || k > r->columns)
		return rate_reader_bad(r, r->first, "the target '%.40s' is neither a name of the header nor the number "
		                                    "of one of the %zu columns", r->target, r->columns);
	r->target_column = k;
	return RATE_OK;
}

/* A first record of words alone is a header. One of numbers and words is neither. 1: header, 0: row. */
static int header(reader *r)
{
	const reader start = *r;
	place word = { 0, 0 }, first_number = { 0, 0 };
	field f = { .last = 0 }, named = { .n = 0 };
	size_t column = 0;
	int first_empty = 0;
	double v;

	while (!f.last) {
		enum number what;
		if (next_field(r, ++column, &f))
			return RATE_FAIL;
		what = rate_reader_number(&f, &v);
		first_empty |= column == 1 && !f.n;
		if (names_target(r, &f) && what == WORD) {
			if (r->target_column)
				return rate_reader_bad(r, (place){ f.line, column }, "a second column '%.40s', of "
				                       "which one is the target: its number tells which", r->target);
			r->target_column = column;
		}
		if (what == WORD && !word.line) {
			word = (place){ f.line, column };
			named = f;
		} else if (what != WORD && what != MISSING && !first_number.line)
			first_number = (place){ f.line, column };
	}
	if (word.line && first_number.line)
		return rate_reader_bad(r, word, "not a number, and no header either, for column %zu is a number: "
		                                "'%.*s'", first_number.column,
		           (int)(named.n < 40 ? named.n : 40), named.s);
	if (!word.line) {
		*r = start;
		return 0;
	}
	if (first_empty)
		return rate_reader_bad(r, (place){ start.line, 1 },
		                       "a column without a name: numbers of rows are no feature; leave them out, "
		                       "or name them");
	r->columns = column;
	r->first = (place){ start.line, column };
	return 1;
}

static int table_row(reader *r)
{
	field f = { .last = 0 };
	size_t column = 0, target = r->target_column ? r->target_column : r->columns;
	place at = { r->line, 1 };
	double v;

	while (!f.last) {
		at.column = ++column;
		if (next_field(r, column, &f))
			return RATE_FAIL;
		at.line = f.line;
		if (r->first.line && column > r->columns)
			return rate_reader_bad(r, at, "a column too many: line %zu has %zu", r->first.line, r->columns);
		if (rate_reader_take(r, at, &f, &v))
			return RATE_FAIL;
		if (r->b && column == target)
			r->b[r->rows] = v;
		else if (r->a)
			r->a[r->rows * (r->columns - 1) + column - 1 - (column > target)] = v;
	}
	if (!r->first.line) {
		r->columns = column;
		r->first = at;
	}
	if (column < r->columns)
		return rate_reader_bad(r, at, "the row ends here: line %zu has %zu columns", r->first.line, r->columns);
	r->rows++;
	return RATE_OK;
}

static int read_table(reader *r)
{
	int rc = RATE_OK;

	while (rc == RATE_OK && rate_reader_record(r)) {
		rc = r->starts ? header(r) : 0;
		r->starts = 0;
		if (rc == 0)
			rc = table_row(r);
		else if (rc > 0)
			rc = RATE_OK;
	}
	return rc;
}

/* ---- All of it ---- */

/* What one record says of the format: a separator, 0 for LIBSVM, -1 for nothing. Moves past it. */
static int tells(reader *r)
{
	static const char order[] = ";\t, ";
	int seen[sizeof order] = { 0 }, quote = 0, libsvm = 0;
	const char *start = r->p, *p;
	const reader here = *r;
	field f;

	for (int words = 0; rate_libsvm_word(r, &f); words++)
		libsvm |= words && rate_libsvm_is_pair(&f);
	*r = here;
	for (p = start; p < r->end && (quote || !rate_reader_eol(r, p)); p++) {
		quote ^= *p == '"';
		for (size_t k = 0; !quote && order[k]; k++)
			seen[k] |= *p == order[k];
	}
	r->p = rate_reader_next_line(r, p);
	for (size_t k = 0; !libsvm && order[k]; k++)
		if (seen[k])
			return order[k];
	return libsvm ? 0 : -1;
}

/* The first record may be a header, or a label alone: the next one that says something tells. */
static void detect(reader *r)
{
	const reader start = *r;
	int first = rate_reader_record(r) ? tells(r) : -1, next = -1;

	while (first && next < 0 && rate_reader_record(r))
		next = tells(r);
	next = next < 0 ? first : next;
	*r = start;
	r->separator = (char)(next < 0 ? ',' : next);
	r->starts = 1;
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

/* Dense rows of a file that has mostly zeros would be many times as large. */
enum { DENSE_PART = 5 };

static int is_sparse(const reader *r)
{
	return !r->separator && r->entries < r->rows * (r->columns - 1) / DENSE_PART;
}

static int count(reader *r, int sparse)
{
	place last;

	detect(r);
	if (r->separator ? read_table(r) : rate_libsvm_read(r))
		return RATE_FAIL;
	last = (place){ r->line, 1 };
	if (!r->rows)
		return rate_reader_bad(r, last, "the file ends without a row of numbers");
	if (r->columns < 2)
		return rate_reader_bad(r, r->first.line ? r->first : last,
		           "one column alone; features and, behind them, the target are wanted");
	if (!r->separator && r->target)
		return rate_reader_bad(r, last, "a LIBSVM file has its target in front: target= is for tables");
	if (r->separator && (rate_reader_one_sign(r) || number_target(r)))
		return RATE_FAIL;
	if (!(sparse && is_sparse(r)) && r->rows * r->columns > most_numbers)
		return rate_reader_bad(r, last, "%zu rows of %zu columns are too large as a table of doubles (%zu MiB; "
		                                "at most %zu)", r->rows,
		           r->columns, r->rows * r->columns / 131072, most_numbers / 131072);
	return RATE_OK;
}

static int allocate(reader *r, const reader *counted, int sparse)
{
	r->b = calloc(counted->rows, sizeof *r->b);
	if (!sparse) {
		r->a = calloc(counted->rows, (counted->columns - 1) * sizeof *r->a);
		return r->a && r->b ? RATE_OK : RATE_FAIL;
	}
	r->start = calloc(counted->rows + 1, sizeof *r->start);
	r->entry_column = calloc(counted->entries + 1, sizeof *r->entry_column);
	r->value = calloc(counted->entries + 1, sizeof *r->value);
	return r->b && r->start && r->entry_column && r->value ? RATE_OK : RATE_FAIL;
}

int rate_table_parse(const char *path, const char *text, size_t length, const rate_dataset *set, int sparse,
                     rate_table *out, rate_error *error)
{
	static const char mark[] = "\xef\xbb\xbf"; /* which some spreadsheets put first */
	size_t skip = length >= 3 && !memcmp(text, mark, 3) ? 3 : 0;
	reader r = { .path = path, .error = error, .text = text, .p = text + skip,
	             .end = text + length, .line = 1, .target = set && *set->target ? set->target : NULL };
	reader start = r;

	if (rate_datafile_is_text(path, text, length, error) || count(&r, sparse))
		return RATE_FAIL;
	sparse = sparse && is_sparse(&r);
	start.separator = r.separator;
	start.starts = r.separator != 0;
	start.columns = r.separator ? 0 : r.columns;
	start.target = NULL;
	start.target_column = r.target_column;
	if (allocate(&start, &r, sparse)) {
		rate_table_free(&(rate_table){ .a = start.a, .b = start.b, .start = start.start,
		                               .column = start.entry_column, .value = start.value });
		return rate_fail(error, "%s: out of memory", path);
	}
	if (r.separator) {
		start.first = r.first;
		start.columns = r.columns;
	}
	(void)(r.separator ? read_table(&start) : rate_libsvm_read(&start)); /* as before */
	*out = (rate_table){ .size = sizeof *out, .rows = r.rows, .columns = r.columns - 1, .a = start.a, .b = start.b,
		                 .name = strdup(path), .sparse = sparse, .start = start.start,
		                 .column = start.entry_column, .value = start.value,
		                 .standardise = sparse ? 0 : r.columns - 1 };
	if (set && set->is_one && rate_dataset_label(set, path, r.rows, start.b, error)) {
		rate_table_free(out);
		return RATE_FAIL;
	}
	label(out, start.b);
	return RATE_OK;
}

void rate_table_free(rate_table *t)
{
	const void *const all[] = { t->a, t->b, t->name, t->start, t->column, t->value };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		free((void *)(uintptr_t)all[i]);
}

/* Sets that were read are kept: plugins hold pointers into them. */
typedef struct kept {
	struct kept *next;
	char *spec;
	int sparse; /* was it welcome? */
	rate_table table;
} kept;

static kept *tables;

static void keep(const char *spec, int sparse, const rate_table *t)
{
	kept *k = malloc(sizeof *k);

	if (k) {
		*k = (kept){ tables, strdup(spec), sparse, *t };
		tables = k;
	}
}

static int read_file(const rate_dataset *set, int sparse, rate_table *out, rate_error *error)
{
	char path[4096], *text = NULL;
	size_t length;
	int rc;

	if (rate_datafile_find(set->file, path, sizeof path, error) ||
	    rate_datafile_read(path, &text, &length, error))
		return RATE_FAIL;
	rc = rate_table_parse(path, text, length, set, sparse, out, error);
	free(text);
	return rc;
}

int rate_table_read(const char *spec, int sparse, rate_table *out, rate_error *error)
{
	rate_dataset set;
	int made;

	for (kept *k = tables; k; k = k->next)
		if (k->spec && !strcmp(k->spec, spec) && k->sparse == sparse) {
			*out = k->table;
			return RATE_OK;
		}
	if (rate_dataset_split(spec, &set, error))
		return RATE_FAIL;
	made = rate_like_make(set.file, out, error);
	if (made < 0 || (made && !sparse)) {
		if (made > 0) {
			rate_fail(error, "%s: %zu rows of %zu columns, mostly zeros, and this objective wants them all",
			          set.file, out->rows, out->columns);
			rate_table_free(out);
		}
		return RATE_FAIL;
	}
	if (made && (*set.target || set.is_one)) {
		rate_table_free(out);
		return rate_fail(error, "%s: its labels are made with it: target= and positive= are for files",
		                 set.file);
	}
	if (!made && read_file(&set, sparse, out, error))
		return RATE_FAIL;
	if (rate_dataset_apply(&set, out, error)) {
		rate_table_free(out);
		return RATE_FAIL;
	}
	if (out->sparse && !(rate_sparse_norm2(out, &out->norm2) == RATE_OK)) {
		rate_table_free(out);
		return rate_fail(error, "%s: out of memory", set.file);
	}
	keep(spec, sparse, out);
	return RATE_OK;
}
