/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/markdown.h"

#include <ctype.h>
#include <string.h>

const char *rate_markdown_find(const char *s, const char *end, const char *mark)
{
	size_t n = strlen(mark);

	for (; s + n <= end; s++) {
		if (!strncmp(s, mark, n))
			return s;
		if (*s == '\\' && *mark != '\\')
			s++;
	}
	return NULL;
}

const char *rate_markdown_line_end(const char *s, const char *end)
{
	const char *e = memchr(s, '\n', (size_t)(end - s));

	return e ? e : end;
}

size_t rate_markdown_item(const char *s, const char *end)
{
	const char *d = s;

	while (d < end && isdigit((unsigned char)*d))
		d++;
	return d > s && d + 1 < end && *d == '.' && d[1] == ' ' ? (size_t)(d - s) + 2
	    : s + 1 < end && *s == '-' && s[1] == ' ' ? 2 : 0;
}
