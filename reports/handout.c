/* Handouts: of a theorem's prose the statement, the proof and some exercises, with a figure that was measured and the
 * command that measures it again; as HTML in one file, and for groff. Markdown as the theorem files use it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/escape.h"
#include "reports/folder.h"
#include "reports/html.h"
#include "reports/markdown.h"
#include "reports/tex.h"

#include <ctype.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXERCISES = 3, SLIDE = 650 }; /* exercises of a handout; bytes of prose that a slide holds */

typedef struct writer {
	FILE *out;
	int roff, slides;
} writer;

/* Lines of the source are no lines here. */
static void plain(writer *w, const char *s, size_t n)
{
	char *copy = strndup(s, n), *to = copy;

	for (const char *from = copy; from && *from; from++)
		if (!isspace((unsigned char)*from))
			*to++ = *from;
		else if (to == copy || to[-1] != ' ')
			*to++ = ' ';
	if (copy)
		*to = 0;
	if (copy && *copy)
		rate_escape(w->out, w->roff ? RATE_ROFF : RATE_HTML, copy);
	free(copy);
}

static void formula(writer *w, const char *tex, size_t n, int display)
{
	char *text = rate_tex(tex, n), *rest = text, *line;

	if (!text)
		return;
	if (!w->roff) {
		fputs(display ? "<div class=d>" : "<span class=f>", w->out);
		rate_html_formulas(w->out, text, 1);
		fputs(display ? "</div>" : "</span>", w->out);
	} else if (!display) {
		rate_roff_formulas(w->out, text, 1);
	} else {
		fputs("\n.br\n.sp .4v\n", w->out);
		while ((line = strsep(&rest, "\n"))) {
			fputs("\\h'2m'", w->out);
			rate_roff_formulas(w->out, line, 1);
			fputs("\n.br\n", w->out);
		}
		fputs(".sp .4v\n", w->out);
	}
	free(text);
}

static void inlines(writer *w, const char *s, const char *end);

/* What stands between two marks, in a font: HTML's element, groff's letter. */
static void in_font(writer *w, const char *element, const char *font, const char *s, const char *end)
{
	fprintf(w->out, w->roff ? "\\f[%s]" : "<%s>", w->roff ? font : element);
	inlines(w, s, end);
	if (w->roff)
		fputs("\\f[R]", w->out);
	else
		fprintf(w->out, "</%s>", element);
}

static void inlines(writer *w, const char *s, const char *end)
{
	const char *close, *from = s;

	while (s < end) {
		const char *at = s, *next = NULL;
		int kind = 0;

		if (s + 1 < end && s[0] == '$' && s[1] == '$' && (close = rate_markdown_find(s + 2, end, "$$")))
			kind = 'D', next = close + 2;
		else if (*s == '$' && (close = rate_markdown_find(s + 1, end, "$")))
			kind = 'F', next = close + 1;
		else if (*s == '`' && (close = rate_markdown_find(s + 1, end, "`")))
			kind = 'C', next = close + 1;
		else if (s + 1 < end && s[0] == '*' && s[1] == '*' && (close = rate_markdown_find(s + 2, end, "**")))
			kind = 'B', next = close + 2;
		else if (*s == '*' && (close = rate_markdown_find(s + 1, end, "*")))
			kind = 'I', next = close + 1;
		else if (*s == '[' && (close = rate_markdown_find(s + 1, end, "](")) &&
		         rate_markdown_find(close, end, ")"))
			kind = 'L', next = rate_markdown_find(close, end, ")") + 1;
		else if (s + 1 < end && s[0] == '{' && s[1] == '{' && (close = rate_markdown_find(s, end, "}}")))
			kind = 'N', next = close + 2; /* a number of a run that is not known here */
		else if (*s == '\\' && s + 1 < end && ispunct((unsigned char)s[1]))
			kind = 'E', next = s + 1;
		if (!kind) {
			s++;
			continue;
		}
		plain(w, from, (size_t)(at - from));
		if (kind == 'D' || kind == 'F')
			formula(w, at + 1 + (kind == 'D'), (size_t)(close - at - 1 - (kind == 'D')), kind == 'D');
		else if (kind == 'C')
			in_font(w, "code", "CW", at + 1, close);
		else if (kind == 'B')
			in_font(w, "b", "B", at + 2, close);
		else if (kind == 'I')
			in_font(w, "i", "I", at + 1, close);
		else if (kind == 'L')
			inlines(w, at + 1, close);
		else if (kind == 'N')
			plain(w, "…", strlen("…"));
		/* A sign behind a backslash is text, whatever it is. */
		if (kind == 'E')
			plain(w, next++, 1);
		from = s = next;
	}
	plain(w, from, (size_t)(end - from));
}

/* The end of the paragraph or item at s. */
static const char *block_end(const char *s, const char *end)
{
	const char *e = rate_markdown_line_end(s, end);

	while (e < end && e + 1 < end && e[1] != '\n' && !rate_markdown_item(e + 1, end) && e[1] != '|' &&
	       e[1] != '#' && strncmp(e + 1, "```", 3))
		e = rate_markdown_line_end(e + 1, end);
	return e;
}

/* Paragraphs and lists; tables, and code in fences, stay in the book. At most `most` items. */
static void blocks(writer *w, const char *s, const char *end, size_t most)
{
	size_t mark, items = 0;
	int list = 0;

	for (const char *e; s < end; s = e < end ? e + 1 : end) {
		if (*s == '\n') {
			e = s;
			continue;
		}
		if (!strncmp(s, "```", 3)) {
			e = rate_markdown_find(s + 3, end, "\n```");
			e = e ? rate_markdown_line_end(e + 1, end) : end;
			continue;
		}
		if (*s == '|' || *s == '#' || !strncmp(s, ":::", 3)) {
			e = rate_markdown_line_end(s, end);
			continue;
		}
		e = block_end(s, end);
		mark = rate_markdown_item(s, end);
		if (mark && ++items > most)
			break;
		if (!w->roff && mark && !list)
			fputs(isdigit((unsigned char)*s) ? "<ol>" : "<ul>", w->out);
		if (!w->roff && !mark && list)
			fputs(list == 'o' ? "</ol>" : "</ul>", w->out);
		list = !mark ? 0 : isdigit((unsigned char)*s) ? 'o' : 'u';
		if (w->roff && mark && list == 'o')
			fprintf(w->out, ".IP \"%.*s\" 3\n", (int)mark - 1, s);
		else if (w->roff)
			fputs(mark ? ".IP \\[bu] 2\n" : ".LP\n", w->out);
		else
			fputs(mark ? "<li>" : "<p>", w->out);
		inlines(w, s + mark, e);
		fputs(w->roff ? "\n" : mark ? "</li>\n" : "</p>\n", w->out);
	}
	if (!w->roff && list)
		fputs(list == 'o' ? "</ol>\n" : "</ul>\n", w->out);
}

/* ---- the parts of a page ---- */

typedef struct part {
	const char *head, *head_end, *text, *end;
} part;

/* "# Title" and what follows is part 0; each "## Heading" begins another. */
static size_t split(const char *prose, part *all, size_t most)
{
	const char *end = prose + strlen(prose), *s = prose;
	size_t n = 0;

	for (const char *e; s < end; s = e < end ? e + 1 : end) {
		e = rate_markdown_line_end(s, end);
		if (*s == '#' && n < most) {
			const char *head = s + strspn(s, "# ");
			if (n)
				all[n - 1].end = s;
			all[n++] = (part){ head, e, e, end };
		}
	}
	return n;
}

static int is_headed(const part *p, const char *word)
{
	return !strncmp(p->head, word, strlen(word));
}

static void heading(writer *w, int level, const char *s, const char *end)
{
	if (w->roff)
		fprintf(w->out, level == 1 ? ".LP\n.ps +4\n\\f[B]" : ".LP\n\\f[B]");
	else
		fprintf(w->out, "<h%d>", level);
	inlines(w, s, end);
	if (w->roff)
		fprintf(w->out, "\\f[R]\n%s.br\n", level == 1 ? ".ps -4\n" : "");
	else
		fprintf(w->out, "</h%d>\n", level);
}

static void text_heading(writer *w, int level, const char *s)
{
	heading(w, level, s, s + strlen(s));
}

/* Where another page, or slide, begins. */
static void turn(writer *w, int first)
{
	if (w->roff)
		fputs(first ? "" : ".bp\n", w->out);
	else
		fprintf(w->out, "%s<section>\n", first ? "" : "</section>\n");
}

static void copy_svg(const rate_drawing *d, FILE *out, const char *check)
{
	char name[160], line[4096];
	int figures = openat(d->dir, "figures", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	FILE *in;

	snprintf(name, sizeof name, "%s.svg", check);
	in = figures < 0 ? NULL : rate_folder_read(figures, name);
	while (in && fgets(line, sizeof line, in) && !strstr(line, "<svg"))
		;
	if (in) {
		fputs("<div class=figure>", out);
		do
			fputs(strstr(line, "<svg") ? strstr(line, "<svg") : line, out);
		while (fgets(line, sizeof line, in));
		fputs("</div>\n", out);
		fclose(in);
	}
	if (figures >= 0)
		close(figures);
}

static void measured(const rate_drawing *d, writer *w, const char *id)
{
	const json_t *o = rate_best_figure(d, id, 0);
	const char *check = o ? rate_field(o, "check") : id; /* without a curve: all instances, a point each */

	if (!w->roff)
		copy_svg(d, w->out, check);
	else if (rate_drawn_as(d, check) & RATE_PDF)
		fprintf(w->out, ".LP\n.FIGURE C figures/%s.pdf %.4gc %.4gc\n", check, w->slides ? 12.0 : 9.5,
		        (w->slides ? 12.0 : 9.5) * json_number_value(json_object_get(d->names, check)));
	fputs(w->roff ? ".LP\n" : "<p>", w->out);
	if (o) {
		char words[160];
		snprintf(words, sizeof words, "Measured: the largest ratio is %.4g, at t = %.0f. Run it again: ",
		         rate_field_real(o, "max_ratio"), rate_field_real(o, "at_step"));
		plain(w, words, strlen(words));
	} else {
		plain(w, "Run it: ", 8);
	}
	fputs(w->roff ? "\\f[CW]" : "<code>", w->out);
	plain(w, "ratecheck verify ", 17);
	plain(w, id, strlen(id));
	fputs(w->roff ? "\\f[R]\n" : "</code></p>\n", w->out);
}

/* A page of paper: statement, proof, figure and command, exercises (with answers on a page behind). */
static void page(const rate_drawing *d, writer *w, const rate_sheet *s, const part *p, size_t n, int first)
{
	turn(w, first);
	heading(w, 1, p[0].head, p[0].head_end);
	blocks(w, p[0].text, p[0].end, 12);
	for (size_t i = 1; i < n; i++)
		if (is_headed(&p[i], "Proof")) {
			heading(w, 2, p[i].head, p[i].head_end);
			blocks(w, p[i].text, p[i].end, 12);
		}
	measured(d, w, s->theorem);
	for (size_t i = 1; i < n; i++)
		if (is_headed(&p[i], "Exercises")) {
			heading(w, 2, p[i].head, p[i].head_end);
			blocks(w, p[i].text, p[i].end, EXERCISES);
		}
	if (s->answers) {
		turn(w, 0);
		text_heading(w, 2, "Answers");
		blocks(w, s->answers, s->answers + strlen(s->answers), EXERCISES);
	}
}

/* A part of the prose on as many slides as it needs; a paragraph is never broken. */
static void slides_of(writer *w, const part *p, int level, int first)
{
	const char *s = p->text, *from, *e;

	for (from = s; from < p->end;) {
		for (e = from, s = from; s < p->end && (s == from || s - from + (block_end(s, p->end) - s) < SLIDE);
		     s = e < p->end ? e + 1 : p->end)
			e = *s == '\n' ? s : block_end(s, p->end);
		while (from < s && *from == '\n')
			from++;
		if (from == s)
			continue;
		turn(w, first);
		first = 0;
		heading(w, level, p->head, p->head_end);
		blocks(w, from, s, 12);
		from = s;
	}
}

static void deck(const rate_drawing *d, writer *w, const rate_sheet *s, const part *p, size_t n, int first)
{
	slides_of(w, &p[0], 1, first);
	for (size_t i = 1; i < n; i++) {
		if (is_headed(&p[i], "Exercises") || is_headed(&p[i], "What is run")) {
			/* Here the class has seen the claim and how sharp it is. */
			turn(w, 0);
			text_heading(w, 2, "Measured");
			measured(d, w, s->theorem);
			break;
		}
		slides_of(w, &p[i], 2, 0);
	}
	for (size_t i = 1; i < n; i++)
		if (is_headed(&p[i], "Exercises")) {
			turn(w, 0);
			heading(w, 2, p[i].head, p[i].head_end);
			blocks(w, p[i].text, p[i].end, EXERCISES);
		}
	if (s->answers) {
		turn(w, 0);
		text_heading(w, 2, "Answers");
		blocks(w, s->answers, s->answers + strlen(s->answers), EXERCISES);
	}
}

static void sheets(const rate_drawing *d, writer *w)
{
	const rate_handout *h = d->o.handout;
	part p[64];

	for (size_t i = 0; i < h->sheets; i++) {
		size_t n = split(h->sheet[i].prose, p, sizeof p / sizeof *p);
		if (n)
			(h->slides ? deck : page)(d, w, &h->sheet[i], p, n, i == 0);
	}
}

static const char style[] =
	"body{margin:0;font:10.5pt/1.4 Georgia,'DejaVu Serif',serif;color:#111;background:#fff}"
	"section{box-sizing:border-box;max-width:19cm;margin:0 auto;padding:1cm}h1{font-size:1.5em;margin:.2em 0}"
	"h2{font-size:1.1em;margin:.8em 0 .2em}p{margin:.35em 0}.f{font-style:normal}.d{margin:.4em 0 .4em 2em}"
	"sub,sup{font-size:.72em;line-height:0}code{font-size:.88em}ol,ul{margin:.3em 0;padding-left:1.6em}"
	".figure svg{display:block;width:11cm;max-width:100%;height:auto;margin:.4em auto}";
static const char paper[] =
    "@page{size:A4;margin:1.2cm}@media print{section{padding:0;max-width:none;break-after:page}}";
static const char screen[] =
	"body{font-size:20pt}section{max-width:none;width:100%;min-height:56.25vw;padding:1.6cm 2.2cm;"
	"border-bottom:1px solid #ccc}"
	".figure svg{width:auto;height:32vw}@page{size:33.87cm 19.05cm;margin:0}"
	"@media print{section{min-height:19.05cm;border:0;break-after:page}"
	".figure svg{height:11cm}}";

int rate_write_handout(rate_drawing *d)
{
	writer w = { .out = rate_part_open(d, "handout.html"), .slides = d->o.handout->slides };

	if (!w.out)
		return RATE_FAIL;
	fprintf(w.out, "<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
	               "<meta name=viewport content=\"width=device-width,initial-scale=1\">"
	               "<title>%s</title><style>%s%s</style></head><body>\n", d->o.handout->sheet[0].theorem, style,
	               w.slides ? screen : paper);
	sheets(d, &w);
	fputs("</section>\n</body></html>\n", w.out);
	return rate_part_close(d, w.out, "handout.html");
}

int rate_write_handout_pdf(rate_drawing *d)
{
	writer w = { .out = rate_part_open(d, "figures/handout.ms"), .roff = 1, .slides = d->o.handout->slides };
	size_t most = 0;
	double points;

	if (!w.out)
		return RATE_FAIL;
	for (size_t i = 0; i < d->o.handout->sheets; i++)
		most = most < strlen(d->o.handout->sheet[i].prose) ? strlen(d->o.handout->sheet[i].prose) : most;
	/* a long proof in smaller print is one page, too */
	points = w.slides ? 24 : most > 6000 ? 8.5 : most > 4500 ? 9 : 10;
	fprintf(w.out, ".nr PS %.3gp\n.nr VS %.3gp\n.nh\n.ds CH\n.ds CF\n", points, 1.22 * points);
	fputs(w.slides ? ".pl 19.05c\n.nr PO 2.2c\n.nr LL 29.4c\n.nr HM 1.4c\n.nr FM 1c\n"
	      : ".nr PO 2c\n.nr LL 17c\n.nr HM 1.4c\n.nr FM 1.4c\n", w.out);
	rate_roff_preamble(w.out);
	fprintf(w.out, ".pdfinfo /Title %s\n", d->o.handout->sheet[0].theorem);
	sheets(d, &w);
	return rate_part_close(d, w.out, "figures/handout.ms") ? RATE_FAIL
	       : rate_roff_run(d, "figures/handout.ms", w.slides ? "19.05c,33.87c" : "a4", "handout.pdf");
}
