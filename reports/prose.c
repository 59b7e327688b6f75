/* Blocks line by line, as the theorem files have them: headings, paragraphs, lists, tables, code; formulas on lines of
 * their own. Within a paragraph words are laid out one after the other; what stands between two dollars is one word, if
 * it is short.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/prose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ratecheck/abi.h"
#include "reports/markdown.h"
#include "reports/terminal.h"
#include "reports/tex.h"
#include "reports/text.h"

enum { INDENT = 2, SHORT = 40, GLUE = 1 }; /* GLUE: a space that holds its words together */

typedef struct page {
	FILE *out;
	size_t width, indent, hang; /* hang: of the lines after the first */
	size_t column;              /* 0: nothing in this line yet */
	int bold, ascii;
	int gap, failed;            /* gap: a blank line is due */
} page;

static void spaces(page *p, size_t n)
{
	while (n--)
		fputc(' ', p->out);
}

static void end_line(page *p)
{
	if (p->column)
		fputc('\n', p->out);
	p->column = 0;
}

static void block_begins(page *p, size_t indent, size_t hang)
{
	end_line(p);
	if (p->gap)
		fputc('\n', p->out);
	p->gap = 0;
	p->indent = indent;
	p->hang = hang;
}

static void word(page *p, const char *text, int close)
{
	char *plain = p->ascii ? rate_ascii(text) : NULL;
	size_t n = rate_columns(plain ? plain : text);

	if (!n) {
		free(plain);
		return;
	}
	if (p->gap && !p->column)
		fputc('\n', p->out);
	p->gap = 0;
	if (p->column && !close && p->column + 1 + n > p->width)
		end_line(p);
	if (!p->column) {
		spaces(p, p->indent);
		p->column = p->indent;
		p->indent += p->hang;
		p->hang = 0;
	} else if (!close) {
		fputc(' ', p->out);
		p->column++;
	}
	for (const char *s = plain ? plain : text; *s; s++)
		fputc(*s == GLUE ? ' ' : *s, p->out);
	p->column += n;
	free(plain);
}

static void words(page *p, char *text)
{
	int close = 0;

	for (char *w = strtok(text, " \n"); w; w = strtok(NULL, " \n"))
		word(p, w, close);
}

static int relation(const char *s)
{
	static const char *const signs[] = { "= ", "≤ ", "≥ ", "< ", "> ", "→ ", "⇔ ", "⇒ " };

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (!strncmp(s, signs[i], strlen(signs[i])))
			return 1;
	return 0;
}

/* Holds together what lies between relations and gaps, if it fits: a long formula is broken there. */
static void glue(char *line, size_t width)
{
	for (char *s = line, *next; s && *s; s = next) {
		while (*s == ' ')
			s++;
		for (next = s + 1; *next && !(*next == ' ' && (next[1] == ' ' || relation(next + 1))); next++)
			;
		char end = *next;
		*next = 0;
		if (rate_columns(s) <= width)
			for (char *t = s; *t; t++)
				*t = *t == ' ' ? GLUE : *t;
		*next = end;
	}
}

/* A formula on lines of its own, deeper than the text where all of it fits. */
static void display(page *p, const char *tex, size_t n)
{
	char *text = rate_tex(tex, n), *plain = text && p->ascii ? rate_ascii(text) : NULL;
	size_t depth = p->indent + p->hang;
	int fits = 1;

	p->failed |= !text;
	end_line(p);
	fputc('\n', p->out);
	for (const char *line = plain ? plain : text, *end; line && *line; line = end + (*end == '\n')) {
		size_t columns = 0;
		for (end = line; *end && *end != '\n'; end++)
			columns += ((unsigned char)*end & 0xc0) != 0x80;
		fits &= depth + 6 + columns <= p->width;
	}
	free(plain);
	depth += fits ? 6 : 0;
	for (char *rest = text, *line; (line = rest ? strsep(&rest, "\n") : NULL);) {
		page q = { .out = p->out, .width = p->width, .indent = depth, .hang = 4, .ascii = p->ascii };
		if (*line == ' ') /* a row of cases */
			q.indent += strspn(line, " ");
		if (!fits)
			glue(line, p->width - depth - 4);
		for (char *s = line; s && *s;) {
			size_t gap = strspn(s, " "), m = strcspn(s + gap, " ");
			char *w = s + gap, *next = w + m;
			int more = *next != 0;
			*next = 0;
			for (; gap > 1 && q.column && q.column + gap < q.width; gap--, q.column++)
				fputc(' ', q.out);
			word(&q, w, 0);
			s = more ? next + 1 : NULL;
			if (s) /* the space that was cut off counts */
				*--s = ' ';
		}
		end_line(&q);
	}
	free(text);
	p->indent += p->hang;
	p->hang = 0;
	p->gap = 1;
}

/* Emphasis goes, formulas are rendered, displays break the paragraph. */
static void inlines(page *p, const char *s, const char *end)
{
	char *line = NULL, *tex;
	size_t size = 0;
	FILE *out = open_memstream(&line, &size);
	const char *close;

	if (!out) {
		p->failed = 1;
		return;
	}
	while (s < end) {
		if (s + 1 < end && s[0] == '$' && s[1] == '$' && (close = rate_markdown_find(s + 2, end, "$$"))) {
			fclose(out);
			words(p, line);
			free(line);
			line = NULL;
			display(p, s + 2, (size_t)(close - s - 2));
			s = close + 2;
			if (!(out = open_memstream(&line, &size))) {
				p->failed = 1;
				return;
			}
		} else if (*s == '$' && (close = rate_markdown_find(s + 1, end, "$"))) {
			tex = rate_tex(s + 1, (size_t)(close - s - 1));
			p->failed |= !tex;
			if (tex && rate_columns(tex) <= SHORT)
				for (char *t = tex; *t; t++)
					*t = *t == ' ' ? GLUE : *t;
			fputs(tex ? tex : "", out);
			free(tex);
			s = close + 1;
		} else if (*s == '`' && (close = rate_markdown_find(s + 1, end, "`"))) {
			for (; s <= close; s++)
				fputc(*s == ' ' && close - s < SHORT ? GLUE : *s, out);
		} else if (s + 1 < end && s[0] == '{' && s[1] == '{' && (close = rate_markdown_find(s, end, "}}"))) {
			/* the run's number, which only the book knows */
			fprintf(out, "‹%.*s›", (int)(close - s - 2), s + 2);
			s = close + 2;
		} else if (*s == '*') {
			while (s < end && *s == '*')
				s++;
		} else {
			s += *s == '\\' && s + 1 < end && ispunct((unsigned char)s[1]);
			fputc(*s++, out);
		}
	}
	fclose(out);
	words(p, line);
	free(line);
}

static int starts_block(const char *s, const char *end)
{
	return *s == '\n' || *s == '#' || *s == '|' || rate_markdown_item(s, end) || !strncmp(s, "```", 3) ||
	    !strncmp(s, ":::", 3);
}

static void table(page *p, const char *s, const char *end)
{
	for (const char *e, *bar; s < end; s = e < end ? e + 1 : end) {
		e = rate_markdown_line_end(s, end);
		if (strspn(s, "|-: ") >= (size_t)(e - s))
			continue;
		block_begins(p, INDENT + 2, 2);
		for (s++; s < e && (bar = memchr(s, '|', (size_t)(e - s))); s = bar + 1) {
			size_t from = p->column;
			inlines(p, s, bar);
			while (p->column && p->column < from + 9) {
				fputc(' ', p->out);
				p->column++;
			}
		}
	}
}

int rate_prose(FILE *out, const char *text, size_t n, size_t width, int bold, int ascii)
{
	page p = { .out = out, .width = width, .bold = bold, .ascii = ascii };
	const char *s = text, *end = text + n, *e;
	int item;

	while (s < end) {
		if (*s == '\n') {
			p.gap = 1;
			s++;
		} else if (*s == '#') {
			while (s < end && (*s == '#' || *s == ' '))
				s++;
			e = rate_markdown_line_end(s, end);
			p.gap = 1;
			block_begins(&p, 0, 0);
			if (bold)
				rate_paint(out, "\033[1m");
			inlines(&p, s, e);
			if (bold)
				rate_paint(out, "\033[0m");
			end_line(&p);
			s = e;
			s += s < end;
		} else if (!strncmp(s, "```", 3)) {
			block_begins(&p, 0, 0);
			for (s = rate_markdown_line_end(s, end); s < end && strncmp(s + 1, "```", 3); s = e) {
				e = rate_markdown_line_end(s + 1, end);
				fprintf(out, "      %.*s\n", (int)(e - s - 1), s + 1);
			}
			s = s < end ? rate_markdown_line_end(s + 1, end) : end;
		} else if (!strncmp(s, ":::", 3)) {
			s = rate_markdown_line_end(s, end);
			s += s < end;
		} else if (*s == '|') {
			for (e = s; e < end && *e == '|'; e += e < end)
				e = rate_markdown_line_end(e, end);
			table(&p, s, e);
			s = e;
		} else {
			item = (int)rate_markdown_item(s, end);
			/* A paragraph, or an item, ends where the next block starts. */
			for (e = rate_markdown_line_end(s, end); e < end && e + 1 < end && !starts_block(e + 1, end);
			     e = rate_markdown_line_end(e + 1, end))
				;
			block_begins(&p, INDENT, (size_t)item);
			inlines(&p, s, e);
			s = e < end ? e + 1 : end;
		}
	}
	end_line(&p);
	return p.failed || ferror(out) ? RATE_FAIL : RATE_OK;
}

static int lists(const char *ids, const char *end, const char *id)
{
	size_t n = strlen(id);

	for (const char *e; ids < end; ids = e + 1) {
		for (e = ids; e < end && *e != ' '; e++)
			;
		if ((size_t)(e - ids) == n && !strncmp(ids, id, n))
			return 1;
	}
	return 0;
}

char *rate_prose_of(const char *path, const char *id, char *name, size_t size)
{
	static const char opening[] = ":::::::: {.page #", closing[] = "::::::::\n";
	FILE *in = fopen(path, "r");
	char *line = NULL, *text = NULL, *ids, *end;
	size_t room = 0, length = 0;
	FILE *out = NULL;

	while (in && getline(&line, &room, in) >= 0) {
		if (!out && !strncmp(line, opening, sizeof opening - 1) && (ids = strstr(line, "theorems=\"")) &&
		    (end = strchr(ids += 10, '"')) && lists(ids, end, id)) {
			snprintf(name, size, "%.*s", (int)strcspn(line + sizeof opening - 1, " }"),
			         line + sizeof opening - 1);
			if (!(out = open_memstream(&text, &length)))
				break;
		} else if (out && !strcmp(line, closing)) {
			break;
		} else if (out) {
			fputs(line, out);
		}
	}
	if (out)
		fclose(out);
	if (in)
		fclose(in);
	free(line);
	return text;
}

/* What is behind {.plumbing} is not for readers. */
static void take_blocks(FILE *in, FILE *out)
{
	static const char opening[] = "/*:\n", closing[] = ":*/\n", plumbing[] = "/*: {.plumbing} :*/\n";
	char *line = NULL;
	size_t room = 0;
	int open = 0, hidden = 0;

	while (getline(&line, &room, in) >= 0) {
		if (!strcmp(line, plumbing))
			hidden = 1;
		else if (!open && !strcmp(line, opening))
			open = 1;
		else if (open && !strcmp(line, closing))
			open = (fputc('\n', out), 0);
		else if (open && !hidden)
			fputs(line, out);
	}
	free(line);
}

char *rate_prose_beside(const char *plugin, const char *id)
{
	char path[4096], want[160], *text = NULL, *source = NULL;
	size_t n = strlen(plugin), size, length;
	FILE *in, *out;
	int named = 0;

	snprintf(path, sizeof path, "%.*s.c", (int)(n > 3 && !strcmp(plugin + n - 3, ".so") ? n - 3 : n), plugin);
	snprintf(want, sizeof want, ".id = \"%s\"", id);
	if (n >= sizeof path - 3 || !(in = fopen(path, "r")))
		return NULL;
	for (length = 0, size = 0; !named && getline(&source, &size, in) >= 0;)
		named = strstr(source, want) != NULL;
	rewind(in);
	if (named && (out = open_memstream(&text, &length))) {
		take_blocks(in, out);
		fclose(out);
	}
	free(source);
	fclose(in);
	if (text && !*text) {
		free(text);
		text = NULL;
	}
	return text;
}
