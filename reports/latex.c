/* The formulas of theorems are plain text with Unicode; here they become mathematics of LaTeX.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/latex.h"
#include "reports/script.h"
#include "reports/tex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static size_t length_at(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static void sign(FILE *out, const char *s, size_t n)
{
	char tex[16];
	int script;

	if (n == 1 || !rate_tex_sign(s, tex, &script))
		fprintf(out, "%.*s", (int)n, s);
	else if (script)
		fprintf(out, "%c{%s}", script > 0 ? '^' : '_', tex);
	else
		fputs(tex, out);
}

void rate_latex_text(FILE *out, const char *s)
{
	char tex[16];
	int script;

	while (*s) {
		size_t n = length_at(s);

		if (n > 1 && rate_tex_sign(s, tex, &script)) {
			fputs("$", out);
			sign(out, s, n);
			fputs("$", out);
		} else if (strchr("{}$&#%_", *s)) {
			fprintf(out, "\\%c", *s);
		} else if (*s == '\\' || *s == '^' || *s == '~') {
			fprintf(out, "\\text%s{}", *s == '\\' ? "backslash" : *s == '^' ? "asciicircum" : "asciitilde");
		} else if (*s == ',' || *s == ':') {
			fprintf(out, "%c\\allowbreak{}", *s);
		} else {
			fprintf(out, "%.*s", (int)n, *s >= 0 && *s < ' ' ? " " : s);
		}
		s += n;
	}
}

static int is_one_of(const char *const list[], const char *s, size_t n)
{
	for (; *list; list++)
		if (strlen(*list) == n && !strncmp(*list, s, n))
			return 1;
	return 0;
}

static size_t letters_at(const char *s)
{
	size_t n = 0;

	while (isalpha((unsigned char)s[n]))
		n++;
	return n;
}

static void formula(FILE *out, const char *s, size_t n);

/* What an index, a power or a root takes: a bracket, a word, a number, or one sign with its indices. Its bytes. */
static size_t argument(FILE *out, const char *s, int root)
{
	static const char *const commands[] = { "max", "min", "log", "ln", NULL };
	size_t n = rate_script_bracket(s, '(', ')'), minus = !strncmp(s, "−", strlen("−")) ? strlen("−") : 0;

	putc('{', out);
	if (n || (n = rate_script_bracket(s, '{', '}'))) {
		formula(out, s + 1, n - 2);
	} else if ((n = letters_at(s))) {
		/* An index is one letter, but for names: L_max, x_star. */
		if (!is_one_of(commands, s, n) && n > 1 && strncmp(s, "star", 4))
			n = 1;
		if (n > 1)
			fprintf(out, "\\%.*s", (int)n, s);
		else
			putc(*s, out);
		if (root && s[n] == '_') {
			putc('_', out);
			n += 1 + argument(out, s + n + 1, 0);
		}
	} else {
		for (n = minus; isdigit((unsigned char)s[n]); n++)
			;
		if (n == minus && s[n])
			n += length_at(s + n);
		formula(out, s, n);
	}
	putc('}', out);
	return n;
}

/* A word: a command of TeX, an operator, text, or a product of letters. */
static void word(FILE *out, const char *s, size_t n)
{
	static const char *const commands[] = { "max", "min", "log", "exp", "sin", "cos", "tan", "inf", "sup", "ln",
	                                        "det", "lim", NULL };
	static const char *const operators[] = { "prox", "clip", "Var", "mean", NULL };
	static const char *const texts[] = { "if", "or", "by", "of", "on", "to", "at", "is", NULL };

	if (is_one_of(commands, s, n))
		fprintf(out, "\\%.*s ", (int)n, s);
	else if (is_one_of(operators, s, n))
		fprintf(out, "\\operatorname{%.*s}", (int)n, s);
	else if (n > 2 || is_one_of(texts, s, n))
		fprintf(out, "\\text{ %.*s }", (int)n, s);
	else if (n == 1 && *s == 'E')
		fputs("\\mathbb{E}\\,", out);
	else
		fprintf(out, "%.*s", (int)n, s);
}

/* Powers that follow one another are one: x*² is x^{*2}. The bytes read. */
static size_t power(FILE *out, const char *s, size_t n)
{
	size_t used = 0, k;
	char tex[16];
	int script;

	fputs("^{", out);
	while (used < n) {
		if (s[used] == '^') {
			used++;
			used += argument(out, s + used, 0);
		} else if (s[used] == '*') {
			fputs("*", out);
			used++;
		} else if ((k = length_at(s + used)) > 1 && rate_tex_sign(s + used, tex, &script) && script > 0) {
			fputs(tex, out);
			used += k;
		} else {
			break;
		}
	}
	putc('}', out);
	return used;
}

static int is_power(const char *s)
{
	char tex[16];
	int script;

	return *s == '^' || *s == '*' || (length_at(s) > 1 && rate_tex_sign(s, tex, &script) && script > 0);
}

/* Marks above the letter before them. */
static const char *accent_at(const char *s)
{
	return !strncmp(s, "\u0304", 2) ? "\\bar" : !strncmp(s, "\u0302", 2) ? "\\hat"
	    : !strncmp(s, "\u0303", 2) ? "\\tilde" : !strncmp(s, "\u0307", 2) ? "\\dot"
	    : !strncmp(s, "\u0308", 2) ? "\\ddot" : NULL;
}

static size_t piece(FILE *out, const char *s, size_t n)
{
	static const char root[] = "√";
	size_t k = letters_at(s);

	if (k > n)
		k = n;
	if (k && accent_at(s + k)) { /* of the last letter */
		word(out, s, k - 1);
		fprintf(out, "%s{%c}", accent_at(s + k), s[k - 1]);
		return k + 2;
	}
	if (k == 1 && strchr("fFx", *s) && s[1] == '*') {
		fprintf(out, "%c_\\star ", *s);
		return 2;
	}
	if (!strncmp(s, "σ*", strlen("σ*")) || !strncmp(s, "Δ*", strlen("Δ*"))) {
		fprintf(out, "\\%s_\\star ", strncmp(s, "σ", strlen("σ")) ? "Delta" : "sigma");
		return strlen("σ*");
	}
	if (k) {
		word(out, s, k);
		return k;
	}
	if (*s == '_') {
		putc('_', out);
		return 1 + argument(out, s + 1, 0);
	}
	if (is_power(s))
		return power(out, s, n);
	if (!strncmp(s, root, sizeof root - 1)) {
		fputs("\\sqrt", out);
		return sizeof root - 1 + argument(out, s + sizeof root - 1, 1);
	}
	if (strchr("{}%#&$", *s)) {
		fprintf(out, "\\%c", *s);
		return 1;
	}
	/* A formula is anybody's text: it gives no commands and breaks no line. */
	if (*s == '\\' || *s == '~' || (*s > 0 && *s < ' ')) {
		fputs(*s == '\\' ? "\\backslash " : *s == '~' ? "\\sim " : " ", out);
		return 1;
	}
	k = length_at(s);
	sign(out, s, k);
	return k;
}

static void formula(FILE *out, const char *s, size_t n)
{
	while (n) {
		size_t used = piece(out, s, n);

		s += used < n ? used : n;
		n -= used < n ? used : n;
	}
}

void rate_latex_formula(FILE *out, const char *s)
{
	formula(out, s, strlen(s));
}
