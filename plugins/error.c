/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/error.h"

#include <stdio.h>
#include <string.h>

/* Bytes of the UTF-8 character at p that ends before `end`; 0: it is none, or a control character. */
static size_t character(const unsigned char *p, const unsigned char *end)
{
	size_t n = *p < 0x80 ? 1 : *p < 0xc2 ? 0 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : *p < 0xf5 ? 4 : 0;

	if (n <= 1)
		return n && *p >= ' ' && *p != 0x7f;
	if ((size_t)(end - p) < n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((*p == 0xc2 && p[1] < 0xa0) || (*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] >= 0xa0) ||
	    (*p == 0xf0 && p[1] < 0x90) || (*p == 0xf4 && p[1] >= 0x90))
		return 0;
	return n;
}

void rate_end_text(char *text, size_t size)
{
	unsigned char *p = (unsigned char *)text, *end;
	size_t n;

	text[size - 1] = '\0';
	for (end = p + strlen(text); p < end; p += n ? n : 1)
		if (!(n = character(p, end)))
			*p = '?';
}

/* From the n-th sign on; the old words may be among the arguments. */
__attribute__((format(printf, 3, 0))) static int put(rate_error *e, size_t n, const char *format, va_list ap)
{
	char words[RATE_ERROR_ROOM];

	vsnprintf(words, sizeof words, format, ap);
	snprintf(e->text + n, sizeof e->text - n, "%s", words);
	rate_end_text(e->text, sizeof e->text);
	return RATE_FAIL;
}

int (rate_fail)(rate_error *e, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	put(e, 0, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

int rate_vfail_more(rate_error *e, const char *format, va_list ap)
{
	return put(e, strlen(e->text), format, ap);
}

int (rate_fail_more)(rate_error *e, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	rate_vfail_more(e, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

int rate_vfail(rate_error *e, const char *format, va_list ap)
{
	return put(e, 0, format, ap);
}

const char *rate_said(const rate_error *e, const char *otherwise)
{
	return *e->text ? e->text : otherwise;
}
