/* Short forms of specs and numbers. */
#include "reports/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

size_t rate_columns(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += !continues(*text);
	return n;
}

void rate_shorten(char *out, size_t size, const char *text, size_t columns)
{
	size_t bytes = 0, n = 0;
	int cut = rate_columns(text) > columns;

	while (text[bytes] && n < columns - (size_t)cut) {
		bytes++;
		while (continues(text[bytes]))
			bytes++;
		n++;
	}
	snprintf(out, size, "%.*s%s", (int)bytes, text, cut ? "…" : "");
}

static size_t append(char *out, size_t size, size_t used, const char *text, size_t n)
{
	if (used + n >= size)
		n = used + 1 < size ? size - 1 - used : 0;
	memcpy(out + used, text, n);
	out[used + n] = 0;
	return used + n;
}

void rate_short_numbers(char *out, size_t size, const char *text)
{
	size_t used = 0, n;
	char number[32], *end;
	int fresh = 1;

	if (!size)
		return;
	*out = 0;
	while (*text) {
		if (fresh && (isdigit((unsigned char)*text) || *text == '-') && strtod(text, &end) != HUGE_VAL &&
		    end != text && (!*end || strchr(",/+:;) ", *end))) {
			/* A long integer such as a seed stays as it is: only 17-digit reals are too long to read. */
			n = (size_t)(end - text);
			if (n > 8 && (memchr(text, '.', n) || memchr(text, 'e', n))) {
				snprintf(number, sizeof number, "%.4g", strtod(text, NULL));
				used = append(out, size, used, number, strlen(number));
			} else {
				used = append(out, size, used, text, n);
			}
			text = end;
			fresh = 0;
			continue;
		}
		fresh = *text == '=' || *text == ',' || *text == ':' || *text == '/';
		used = append(out, size, used, text++, 1);
	}
}

void rate_number(char *out, size_t size, double x, int digits)
{
	if (isnan(x))
		snprintf(out, size, "-");
	else
		snprintf(out, size, "%.*g", digits, x);
}
