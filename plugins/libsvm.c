/* LIBSVM files: "label index:value index:value", after the label perhaps "qid:n", which is skipped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "plugins/reader.h"
#include "ratecheck/abi.h"

static const size_t most_index = 0x7fffffff;

/* Up to the next blank or line end; 0: the line has no further word. */
int rate_libsvm_word(reader *r, field *f)
{
	const char *p = r->p;

	while (p < r->end && (*p == ' ' || *p == '\t'))
		p++;
	r->p = p;
	if (rate_reader_eol(r, p) || *p == '#')
		return 0;
	for (f->s = p; !rate_reader_eol(r, p) && *p != ' ' && *p != '\t'; p++)
		continue;
	f->n = (size_t)(p - f->s);
	f->line = r->line;
	r->p = p;
	return 1;
}

static int is_qid(const field *f)
{
	return f->n > 4 && !memcmp(f->s, "qid:", 4);
}

/* "12:..." */
static int is_indexed(const field *f)
{
	size_t digits = 0;

	while (digits < f->n && isdigit((unsigned char)f->s[digits]))
		digits++;
	return digits && digits < f->n && f->s[digits] == ':';
}

int rate_libsvm_is_pair(const field *f)
{
	return is_indexed(f) || is_qid(f);
}

static int pair(reader *r, place at, const field *f, size_t *index)
{
	size_t i = 0;
	field value = *f;
	double v;

	if (!is_indexed(f))
		return rate_reader_bad(r, at, "not index:value: '%.*s'", (int)(f->n < 40 ? f->n : 40), f->s);
	for (; *value.s != ':'; value.s++)
		i = i <= most_index ? 10 * i + (size_t)(*value.s - '0') : i;
	value.s++;
	value.n = f->n - (size_t)(value.s - f->s);
	if (!i)
		return rate_reader_bad(r, at, "index 0: indices count from 1; write the file so (scikit-learn: "
		                              "zero_based=False)");
	if (i > most_index)
		return rate_reader_bad(r, at, "index above %zu", most_index);
	if (i == *index)
		return rate_reader_bad(r, at, "index %zu stands twice", i);
	if (i < *index)
		return rate_reader_bad(r, at, "index %zu behind %zu: they must ascend", i, *index);
	*index = i;
	if (rate_reader_take(r, at, &value, &v))
		return RATE_FAIL;
	if (r->a)
		r->a[r->rows * (r->columns - 1) + i - 1] = v;
	else if (i >= r->columns)
		r->columns = i + 1;
	if (r->value && v != 0) {
		r->value[r->entries] = v;
		r->entry_column[r->entries] = (uint32_t)(i - 1);
	}
	r->entries += v != 0;
	return RATE_OK;
}

static int libsvm_row(reader *r)
{
	field f;
	place at = { r->line, 1 };
	size_t index = 0;
	double v;

	if (!rate_libsvm_word(r, &f) || rate_reader_take(r, at, &f, &v))
		return RATE_FAIL;
	if (r->b)
		r->b[r->rows] = v;
	for (at.column = 2; rate_libsvm_word(r, &f); at.column++)
		if (!(at.column == 2 && is_qid(&f)) && pair(r, at, &f, &index))
			return RATE_FAIL;
	while (!rate_reader_eol(r, r->p)) /* a comment */
		r->p++;
	r->p = rate_reader_next_line(r, r->p);
	r->rows++;
	if (r->start)
		r->start[r->rows] = r->entries;
	return RATE_OK;
}

int rate_libsvm_read(reader *r)
{
	int rc = RATE_OK;

	while (rc == RATE_OK && rate_reader_record(r))
		rc = libsvm_row(r);
	return rc;
}
