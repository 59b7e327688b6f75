/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/escape.h"

#include <string.h>

typedef struct meaning { char sign; const char *text; } meaning;

/* Long specifications may break after their marks. */
static const meaning roff[] = { { '\\', "\\[rs]" }, { '\'', "\\[aq]" }, { '"', "\\[dq]" }, { '`', "\\[ga]" },
	                            { '^', "\\[ha]" }, { '~', "\\[ti]" }, { ',', ",\\:" }, { ':', ":\\:" },
	                            { '/', "/\\:" }, { '+', "+\\:" }, { '=', "=\\:" }, { 0, NULL } };
static const meaning html[] = { { '<', "&lt;" }, { '>', "&gt;" }, { '&', "&amp;" }, { '"', "&quot;" },
                                { '\'', "&#39;" }, { 0, NULL } };
/* By number: no quote, no command in backquotes, no macro is left for gnuplot to find. */
static const meaning gnuplot[] = { { '\\', "\\\\" }, { '\'', "\\047" }, { '"', "\\042" }, { '`', "\\140" },
	                               { '@', "\\100" }, { '#', "\\043" }, { '$', "\\044" }, { 0, NULL } };
/* Its marks stand for themselves behind a backslash, which a string writes twice. */
static const meaning enhanced[] = { { '\\', "\\\\\\\\" }, { '\'', "\\047" }, { '"', "\\042" }, { '`', "\\140" },
                                    { '@', "\\\\100" }, { '#', "\\043" }, { '$', "\\044" }, { '_', "\\\\_" },
                                    { '^', "\\\\^" }, { '{', "\\\\{" }, { '}', "\\\\}" }, { '&', "\\\\&" },
                                    { '~', "\\\\~" }, { 0, NULL } };
/* An unescaped # starts a directive; a backslash before it would take away ours. */
static const meaning tap[] = { { '\\', "\\\\" }, { '#', "\\#" }, { 0, NULL } };
static const meaning yaml[] = { { '\\', "\\\\" }, { '"', "\\\"" }, { 0, NULL } };
static const meaning shell[] = { { '\'', "'\\''" }, { 0, NULL } };
static const meaning plain[] = { { '\n', "\n" }, { '\t', "\t" }, { 0, NULL } };

static const struct { const char *before, *after; const meaning *special; } formats[] = {
	[RATE_PLAIN] = { "", "", plain }, [RATE_ROFF] = { "\\&", "", roff }, [RATE_HTML] = { "", "", html },
	[RATE_GNUPLOT] = { "", "", gnuplot }, [RATE_TAP] = { "", "", tap }, [RATE_YAML] = { "", "", yaml },
	[RATE_SHELL] = { "'", "'", shell }, [RATE_ENHANCED] = { "", "", enhanced },
};

static unsigned long code_at(const char *s, size_t n)
{
	static const unsigned char lead[] = { 0x7f, 0x1f, 0x0f, 0x07 };
	unsigned long code = (unsigned char)*s & lead[n - 1];

	for (size_t i = 1; i < n; i++)
		code = code << 6 | ((unsigned char)s[i] & 0x3f);
	return code;
}

static size_t length_by_lead(unsigned char c)
{
	return c < 0x80 ? 1 : c >> 5 == 0x06 ? 2 : c >> 4 == 0x0e ? 3 : c >> 3 == 0x1e ? 4 : 0;
}

size_t rate_sign_at(const char *s, size_t left)
{
	static const unsigned long least[] = { 0x20, 0xa0, 0x800, 0x10000 };
	size_t n = length_by_lead((unsigned char)*s);
	unsigned long code;

	if (!n || n > left)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			return 0;
	code = code_at(s, n);
	if (code < least[n - 1] || code == 0x7f || code > 0x10ffff || (code & 0xfffe) == 0xfffe ||
	    (code >= 0xd800 && code < 0xe000))
		return 0;
	/* Line ends of Unicode, and marks that turn the direction of writing. */
	return (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ? 0 : n;
}

void rate_escape(FILE *out, rate_format format, const char *text)
{
	size_t left = strlen(text), n;

	fputs(formats[format].before, out);
	for (; left; text += n, left -= n) {
		const meaning *m = formats[format].special;
		while (m->sign && m->sign != *text)
			m++;
		n = rate_sign_at(text, left);
		if (m->sign)
			fputs(m->text, out);
		else if (n || format == RATE_SHELL)
			fwrite(text, 1, n ? n : 1, out);
		else
			putc(' ', out);
		n = n ? n : 1;
	}
	fputs(formats[format].after, out);
}

void rate_escape_option(FILE *out, const char *option, const char *word)
{
	fprintf(out, " --%s ", option);
	rate_escape(out, RATE_SHELL, word);
}
