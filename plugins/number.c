/* Numbers of a data file: decimal, finite, the same in every locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/reader.h"
#include "ratecheck/abi.h"

static const char *const reason[] = { [MISSING] = "missing value (fill it in, or leave the row out):",
	                                  [LARGE] = "too large for a double:",
	                                  [SMALL] = "too small for a double:",
	                                  [COMMA] = "a comma inside a number (of thousands, or a decimal comma?):",
	                                  [WORD] = "not a number:" };

static int is_missing(const char *word)
{
	static const char *const missing[] = { "", "NA", "N/A", "?", "nan", "null", "none", "inf", "+inf", "-inf" };

	for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
		if (!strcasecmp(word, missing[i]))
			return 1;
	return 0;
}

/* Decimal digits only: no hexadecimal, and the same in every locale. */
static enum number plain(const char *word, double *out)
{
	static locale_t c;
	char *end;

	if (!c)
		c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (!*word || word[strspn(word, "0123456789+-.eE")])
		return WORD;
	errno = 0;
	*out = c ? strtod_l(word, &end, c) : strtod(word, &end);
	if (end == word || *end)
		return WORD;
	if (!isfinite(*out))
		return LARGE;
	return errno == ERANGE && !(fabs(*out) > 0) ? SMALL : NUMBER;
}

enum number rate_reader_number(const field *f, double *out)
{
	char word[512], *to = word;
	int commas = 0;
	enum number what;

	if (f->n >= sizeof word)
		return WORD;
	memcpy(word, f->s, f->n);
	word[f->n] = 0;
	if (is_missing(word))
		return MISSING;
	for (const char *from = word; *from; from++) {
		commas += *from == ',';
		if (*from != ',')
			*to++ = *from;
	}
	*to = 0;
	what = plain(word, out);
	return commas && what != WORD ? COMMA : what;
}

static int bad_number(reader *r, place at, enum number what, const field *f)
{
	return rate_reader_bad(r, at, "%s '%.*s'", reason[what], (int)(f->n < 40 ? f->n : 40), f->s);
}

/* "1,500": one comma, before it one to three digits that do not start with 0, behind it three. */
static int looks_grouped(const char *word)
{
	size_t before, sign = strspn(word, "+-");

	word += sign;
	before = strspn(word, "0123456789");
	return *word != '0' && before >= 1 && before <= 3 && strspn(word + before + 1, "0123456789") == 3 &&
	    !word[before + 4];
}

/* A comma may be the decimal sign where it does not stand between columns; then it is so in the whole file. */
static int decimal(reader *r, place at, const field *f, double *out)
{
	char word[512], *comma;
	enum number what;

	memcpy(word, f->s, f->n);
	word[f->n] = 0;
	comma = strchr(word, ',');
	if ((r->separator != ';' && r->separator != '\t') || strchr(comma + 1, ',') || strchr(word, '.'))
		return bad_number(r, at, COMMA, f);
	if (looks_grouped(word)) {
		if (!r->grouped.line)
			r->grouped = at;
	} else if (!r->comma.line)
		r->comma = at;
	*comma = '.';
	what = plain(word, out);
	return what == NUMBER ? RATE_OK : bad_number(r, at, what, f);
}

int rate_reader_take(reader *r, place at, const field *f, double *out)
{
	enum number what = rate_reader_number(f, out);

	if (what == NUMBER) {
		if (!r->point.line && memchr(f->s, '.', f->n))
			r->point = at;
		return RATE_OK;
	}
	return what == COMMA ? decimal(r, at, f, out) : bad_number(r, at, what, f);
}

int rate_reader_one_sign(reader *r)
{
	place comma = r->comma.line ? r->comma : r->grouped;

	if (comma.line && r->point.line)
		return rate_reader_bad(r, comma, "a number with a comma, but line %zu, column %zu has one with a "
		                                 "decimal point", r->point.line,
		           r->point.column);
	if (r->grouped.line && !r->comma.line)
		return rate_reader_bad(r, r->grouped, "a comma of thousands, or a decimal comma? All numbers with one "
		                                      "look like this one");
	return RATE_OK;
}
