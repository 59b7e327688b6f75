/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/script.h"

#include <ctype.h>
#include <string.h>

size_t rate_script_sign(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

size_t rate_script_bracket(const char *s, char open, char close)
{
	size_t n, depth = 0;

	for (n = 0; s[n]; n++) {
		depth += s[n] == open;
		if (s[n] == close && depth-- == 1)
			return n + 1;
		if (!depth)
			return 0;
	}
	return 0;
}

/* {k+1}, a name (x_star, L_max), a number, one sign. */
size_t rate_script_at(const char *s, int bracketed, int *skip)
{
	static const char minus[] = "\u2212";
	size_t n = rate_script_bracket(s + 1, '{', '}');

	*skip = 0;
	if (*s != '_' && *s != '^')
		return 0;
	if (n || (bracketed && (n = rate_script_bracket(s + 1, '(', ')')))) {
		*skip = 1;
		return n;
	}
	if (*s++ == '^' && (n = rate_script_bracket(s, '(', ')')))
		return n;
	n = !strncmp(s, minus, sizeof minus - 1) ? sizeof minus - 1 : *s == '-';
	if (isdigit((unsigned char)s[n])) {
		while (isdigit((unsigned char)s[n]) || (s[n] == '/' && isdigit((unsigned char)s[n + 1])))
			n++;
		return n;
	}
	if (isalpha((unsigned char)*s)) {
		while (isalpha((unsigned char)s[n]))
			n++;
		return n;
	}
	return (unsigned char)*s > ' ' && !strchr(",;.)]}", *s) ? rate_script_sign(s) : 0;
}

void rate_script_write(FILE *out, const rate_script_marks *m, const char *s, int bracketed)
{
	char piece[1024];
	size_t n, used = 0;
	int skip;

	for (; *s; s += n, used = 1) {
		n = used ? rate_script_at(s, bracketed, &skip) : 0;
		if (n && n < sizeof piece) {
			const char *const *around = *s == '^' ? m->raise : m->lower;
			snprintf(piece, sizeof piece, "%.*s", (int)n - 2 * skip, s + 1 + skip);
			fputs(around[0], out);
			rate_escape(out, m->format, piece);
			fputs(around[1], out);
			n++;
			continue;
		}
		n = rate_script_sign(s);
		if (*s == '\n' && m->line_end) {
			fputs(m->line_end, out);
			continue;
		}
		/* Up to the next sign that could begin a script. */
		while (s[n] && !strchr(m->line_end ? "_^\n" : "_^", s[n]) && n < sizeof piece - 8)
			n += rate_script_sign(s + n);
		snprintf(piece, sizeof piece, "%.*s", (int)n, s);
		rate_escape(out, m->format, piece);
	}
}
