/* gnuplot's SVG made small, to a third: it draws every point of a line, symbols that no figure uses, each tick as a
 * path in a group that says what is so anyway. Points that a straight line passes within a tenth of a pixel are left
 * out; a bound t^-p on two logarithmic axes becomes two. Paths of one style become one, groups that say nothing go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/folder.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double NEAR = 0.1; /* pixels */

typedef rate_pixel point;

static double distance(const point *p, const point *a, const point *b)
{
	double dx = b->x - a->x, dy = b->y - a->y, length = hypot(dx, dy);

	return length > 0 ? fabs(dx * (p->y - a->y) - dy * (p->x - a->x)) / length : hypot(p->x - a->x, p->y - a->y);
}

/* Douglas and Peucker: the point farthest from the line between the ends stays, and so on between it and them. */
void rate_simplify(point *p, size_t n, double near)
{
	double most = near;
	size_t far = 0;

	for (size_t i = 1; i + 1 < n; i++)
		if (distance(p + i, p, p + n - 1) > most) {
			most = distance(p + i, p, p + n - 1);
			far = i;
		}
	if (!far)
		return;
	p[far].keep = 1;
	rate_simplify(p, far + 1, near);
	rate_simplify(p + far, n - far, near);
}

/* ---- Paths ---- */

/* Paths of one style that nothing but text stands between, written as one. */
typedef struct line_style {
	char style[192];
	char *data;
	size_t size;
	FILE *to; /* NULL: none yet */
	long x, y; /* the pen, in tenths of a pixel */
} line_style;

/* 0.5 as .5, behind a comma where it is not negative. */
static void tenths(FILE *out, long v, const char *between)
{
	fputs(v < 0 ? "-" : between, out);
	if (labs(v) >= 10 || v == 0)
		fprintf(out, "%ld", labs(v) / 10);
	if (v % 10)
		fprintf(out, ".%ld", labs(v) % 10);
}

static void to_point(line_style *s, char letter, const point *p)
{
	long x = lround(10 * p->x), y = lround(10 * p->y), dx = x - s->x, dy = y - s->y;

	if (letter == 'l' && (!dx || !dy)) {
		putc(dx ? 'h' : 'v', s->to);
		tenths(s->to, dx ? dx : dy, "");
	} else {
		putc(letter, s->to);
		tenths(s->to, dx, "");
		tenths(s->to, dy, ",");
	}
	s->x = x;
	s->y = y;
}

/* A point alone leaves no mark. */
static void print_line(line_style *s, point *p, size_t n, int closed)
{
	if (n < 2)
		return;
	rate_simplify(p, n, NEAR);
	for (size_t i = 0; i < n; i++)
		if (!i || i + 1 == n || p[i].keep)
			to_point(s, i ? 'l' : 'm', p + i);
	if (!closed)
		return;
	putc('z', s->to);
	s->x = lround(10 * p->x);
	s->y = lround(10 * p->y);
}

/* A command of a path: its letter, and a point after M and L; where the next begins. NULL: it is of another kind. */
static const char *path_step(const char *s, char *letter, point *p)
{
	char *end;

	s += strspn(s, " \t\n");
	*letter = *s;
	*p = (point){ .x = 0 };
	if (*s == 'Z')
		return s + 1;
	if (!*s)
		return s;
	if (*s != 'M' && *s != 'L')
		return NULL;
	p->x = strtod(s + 1, &end);
	if (end == s + 1 || *end != ',')
		return NULL;
	s = end + 1;
	p->y = strtod(s, &end);
	return end == s ? NULL : end;
}

/* RATE_FAIL: the data are of another kind, or there is no memory. */
static int add_path(line_style *to, const char *s)
{
	size_t n = 0, room = 0;
	point *line = NULL, p, *more;
	char letter = 1;

	while (letter && (s = path_step(s, &letter, &p))) {
		if (letter != 'L') {
			print_line(to, line, n, letter == 'Z');
			n = 0;
		}
		if (letter == 'Z' || !letter)
			continue;
		if (n == room) {
			if (!(more = realloc(line, (room = 2 * room + 64) * sizeof *line))) {
				s = NULL;
				break;
			}
			line = more;
		}
		line[n++] = p;
	}
	free(line);
	return s ? RATE_OK : RATE_FAIL;
}

/* ---- Symbols ---- */

/* Is the symbol that this line defines used by the figure, or by another symbol that is? */
static int is_used(const char *defs, const char *end, const char *line)
{
	const char *id = strstr(line, "id='"), *at, *user;
	char name[64];

	if (!id)
		return 0;
	snprintf(name, sizeof name, "#%.*s'", (int)strcspn(id + 4, "'"), id + 4);
	for (at = defs; (at = strstr(at, name)); at++) {
		if (at > end)
			return 1;
		for (user = at; user[-1] != '\n'; user--)
			;
		if (is_used(defs, end, user))
			return 1;
	}
	return 0;
}

/* The symbols that something refers to, a line each. Where the definitions end, past `s` in any case. */
static const char *definitions(FILE *out, const char *s)
{
	const char *defs = s, *end = strstr(s, "</defs>\n"), *next;
	int open = 0;

	if (!end)
		return s + strlen(s);
	for (s += strlen("<defs>\n"); s < end; s = next) {
		next = strchr(s, '\n') + 1;
		if (strncmp(s, "\t<", 2) || !strncmp(s, "\t<filter", 8) || !is_used(defs, end, s))
			continue;
		fprintf(out, "%s%.*s", open++ ? "" : "<defs>\n", (int)(next - s), s);
	}
	if (open)
		fputs("</defs>\n", out);
	return end + strlen("</defs>\n");
}

/* ---- Elements ---- */

typedef struct attribute {
	const char *name, *value;
} attribute;

typedef struct element {
	const char *name;
	int closes, is_empty;
	size_t count;
	attribute of[16];
} element;

/* What is so unless said otherwise, or what the element around says for all. */
static int is_needless(const attribute *a)
{
	static const attribute table[] = {
		{ "stroke-linecap", "butt" }, { "stroke-linejoin", "miter" }, { "stroke-width", "1.00" },
		{ "text-anchor", "start" }, { "font-family", "DejaVu Sans" }, { "font-size", "13.00" },
		{ "class", "gridline" },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (!strcmp(table[i].name, a->name) && !strcmp(table[i].value, a->value))
			return 1;
	return 0;
}

/* Takes the tag at s apart, in its place. What follows it; NULL: no tag of this kind. */
static char *read_tag(char *s, element *e)
{
	*e = (element){ .closes = s[1] == '/' };
	e->name = s += 1 + e->closes;
	s += strcspn(s, " \t\n/>");
	for (char *blank = s; *s && *s != '>';) {
		attribute *a = &e->of[e->count];
		char *end;

		s += strspn(s, " \t\n");
		e->is_empty |= *s == '/';
		end = *s == '>' || *s == '/' ? strchr(s, '>') : s + strcspn(s, "= ");
		if (!end)
			return NULL;
		*blank = '\0';
		a->name = s;
		s = end;
		if (*s == '>')
			break;
		s += strspn(s, "= ");
		*end = '\0';
		if ((*s != '"' && *s != '\'') || !(end = strchr(s + 1, *s)) ||
		    e->count + 1 == sizeof e->of / sizeof *e->of)
			return NULL;
		a->value = s + 1;
		*end = '\0';
		s = blank = end + 1;
		e->count += !is_needless(a);
	}
	if (*s != '>')
		return NULL;
	*s = '\0';
	return s + 1;
}

static int is_called(const element *e, const char *name)
{
	return !strcmp(e->name, name);
}

static const char *value_of(const element *e, const char *name)
{
	for (size_t i = 0; i < e->count; i++)
		if (!strcmp(e->of[i].name, name))
			return e->of[i].value;
	return NULL;
}

/* rgb( 213,  94,   0) as #d55e00, 77.35 as 77.4: a tenth of a pixel. */
static void print_value(FILE *out, const attribute *a)
{
	double unit = strstr(a->name, "opacity") ? 0.01 : 0.1;
	int is_word = !strncmp(a->name, "xmlns", 5);
	unsigned r, g, b;

	if (sscanf(a->value, "rgb(%u,%u,%u)", &r, &g, &b) == 3) {
		fprintf(out, "#%02x%02x%02x", r & 255, g & 255, b & 255);
		return;
	}
	for (const char *s = a->value; *s;) {
		size_t n = strspn(s, "-.0123456789");
		if (!is_word && memchr(s, '.', n))
			fprintf(out, "%.6g", unit * round(strtod(s, NULL) / unit));
		else
			fwrite(s, 1, n = n ? n : 1, out);
		s += n;
	}
}

static void print_attribute(FILE *out, const attribute *a)
{
	fprintf(out, " %s='", a->name);
	print_value(out, a);
	putc('\'', out);
}

/* ---- The figure ---- */

enum { DEEPEST = 16, STYLES = 4 };

typedef struct level {
	const char *name;
	int is_shown;
	element group; /* what it says to those inside, if it is not shown */
} level;

typedef struct figure {
	FILE *out;
	level level[DEEPEST];
	size_t depth;
	line_style style[STYLES];
	char run[192]; /* what an open group says of the texts, or symbols, that follow one another */
} figure;

static void end_run(figure *f)
{
	if (*f->run)
		fputs("</g>\n", f->out);
	*f->run = '\0';
}

static void flush(figure *f)
{
	end_run(f);
	for (size_t k = 0; k < STYLES && f->style[k].to; k++) {
		line_style *s = &f->style[k];
		fclose(s->to);
		if (s->size)
			fprintf(f->out, "<path%s d='%s'/>\n", s->style, s->data);
		free(s->data);
		*s = (line_style){ .to = NULL };
	}
}

/* Its attributes but one, and what the group around says to it. */
static void print_attributes(FILE *out, const figure *f, const element *e, const char *but)
{
	const element *g = f->depth ? &f->level[f->depth - 1].group : NULL;

	for (size_t i = 0; i < e->count; i++)
		if (strcmp(e->of[i].name, but))
			print_attribute(out, &e->of[i]);
	for (size_t i = 0; g && i < g->count; i++)
		if (!strcmp(g->of[i].name, "stroke-width") || !strcmp(g->of[i].name, "shape-rendering"))
			print_attribute(out, &g->of[i]);
}

static int path(figure *f, const element *e)
{
	const char *d = value_of(e, "d");
	line_style *s = f->style;
	char style[sizeof s->style] = "";
	FILE *words = fmemopen(style, sizeof style, "w");

	if (!words || !d)
		return RATE_FAIL;
	print_attributes(words, f, e, "d");
	if (fclose(words) || strlen(style) + 1 == sizeof style)
		return RATE_FAIL;
	while (s < f->style + STYLES && s->to && strcmp(s->style, style))
		s++;
	if (s == f->style + STYLES) {
		flush(f);
		s = f->style;
	}
	if (!s->to) {
		s->to = open_memstream(&s->data, &s->size);
		strcpy(s->style, style);
	}
	return s->to ? add_path(s, d) : RATE_FAIL;
}

/* `e` with what places it left to it, the rest to a group for it and those after it that are alike. */
static int placed(figure *f, const char *name, const element *e)
{
	const char *at = value_of(e, "transform"), *label = value_of(e, "xlink:href");
	int is_text = !strcmp(name, "text"), moved;
	char style[sizeof f->run] = "", more;
	FILE *words = fmemopen(style, sizeof style, "w");
	double x, y;

	if (!words)
		return RATE_FAIL;
	for (size_t i = 0; i < e->count; i++)
		if (e->of[i].value != at && e->of[i].value != label && strcmp(e->of[i].name, "stroke"))
			print_attribute(words, &e->of[i]);
	if (fclose(words) || strlen(style) + 1 == sizeof style)
		return RATE_FAIL;
	/* A symbol covers what it stands on. */
	if (!is_text && f->style[0].to)
		flush(f);
	if (strcmp(style, f->run)) {
		end_run(f);
		strcpy(f->run, style);
		fprintf(f->out, "<g%s>\n", style);
	}
	fprintf(f->out, "<%s", name);
	if (label)
		fprintf(f->out, " xlink:href='%s'", label);
	moved = is_text && at && sscanf(at, "translate(%lf,%lf) %c", &x, &y, &more) == 2;
	if (moved)
		fprintf(f->out, " x='%.6g' y='%.6g'", round(10 * x) / 10, round(10 * y) / 10);
	else if (at)
		print_attribute(f->out, &(attribute){ "transform", at });
	fputs(is_text ? ">" : "/>\n", f->out);
	return RATE_OK;
}

/* The name of a curve, which the mouse shows; gnuplot's own names say nothing. */
static void title(figure *f, const char *words)
{
	level *group = f->depth ? &f->level[f->depth - 1] : NULL;

	if (!group || strcmp(group->name, "g") || !strncmp(words, "gnuplot", 7))
		return;
	flush(f);
	fprintf(f->out, "<g><title>%.*s</title>\n", (int)strcspn(words, "<"), words);
	group->is_shown = 1;
}

/* `next` follows the tag. What comes then; NULL: it is of no kind that gnuplot draws. */
static char *begin(figure *f, const element *e, char *next)
{
	int is_word = is_called(e, "text") || is_called(e, "tspan"), is_shown = !is_called(e, "g");

	if (is_called(e, "title") || is_called(e, "desc")) {
		if (is_called(e, "title"))
			title(f, next);
		return (next = strchr(next, '>')) ? next + 1 : NULL;
	}
	if (is_word && !strncmp(next, "</", 2)) /* without content */
		return (next = strchr(next, '>')) ? next + 1 : NULL;
	if (is_called(e, "path"))
		return path(f, e) ? NULL : next;
	if (is_called(e, "use"))
		return placed(f, "use", e) ? NULL : next;
	if (is_called(e, "text") && f->depth) {
		/* The group around it says where it stands. */
		if (placed(f, "text", &f->level[f->depth - 1].group))
			return NULL;
	} else if (is_called(e, "tspan") && !e->count) {
		is_shown = 0;
	} else if (is_shown) {
		if (!is_word)
			flush(f);
		fprintf(f->out, "<%s", e->name);
		print_attributes(f->out, f, e, "");
		if (is_called(e, "svg"))
			fputs(" fill='none' font-family='DejaVu Sans' font-size='13'", f->out);
		fputs(e->is_empty ? "/>\n" : is_word ? ">" : ">\n", f->out);
	}
	if (e->is_empty)
		return next;
	if (f->depth == DEEPEST)
		return NULL;
	f->level[f->depth] = (level){ .name = e->name, .is_shown = is_shown };
	if (is_called(e, "g"))
		f->level[f->depth].group = *e;
	f->depth++;
	return next;
}

static int end(figure *f, const element *e)
{
	const level *of = f->depth ? &f->level[--f->depth] : NULL;
	int is_word;

	if (!of || !is_called(e, of->name))
		return RATE_FAIL;
	if (!of->is_shown)
		return RATE_OK;
	is_word = is_called(e, "text") || is_called(e, "tspan");
	if (!is_word)
		flush(f);
	fprintf(f->out, "</%s>%s", e->name, is_called(e, "tspan") ? "" : "\n");
	return RATE_OK;
}

static int is_in_text(const figure *f)
{
	const char *name = f->depth ? f->level[f->depth - 1].name : "";

	return !strcmp(name, "text") || !strcmp(name, "tspan");
}

/* RATE_FAIL: this is nothing that gnuplot writes. */
static int shrink(FILE *out, char *s)
{
	figure f = { .out = out };
	element e;
	int rc = RATE_OK;

	while (rc == RATE_OK && *s) {
		size_t n = strcspn(s, "<");

		if (n) {
			if (is_in_text(&f))
				fwrite(s, 1, n, out);
			s += n;
		} else if (!strncmp(s, "<?", 2)) {
			n = strcspn(s, ">");
			fprintf(out, "%.*s>\n", (int)n, s);
			s += n + (s[n] == '>');
		} else if (!strncmp(s, "<defs>\n", 7)) {
			s = (char *)(uintptr_t)definitions(out, s);
		} else if (!(s = read_tag(s, &e)) || (e.closes ? end(&f, &e) : !(s = begin(&f, &e, s)))) {
			rc = RATE_FAIL;
		}
	}
	flush(&f);
	return rc || f.depth ? RATE_FAIL : RATE_OK;
}

int rate_small_svg(rate_drawing *d, const char *name)
{
	int fd = openat(d->shop, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC), bad;
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r+"), *out;
	char *whole = NULL, *copy, *small = NULL;
	size_t capacity = 0, size = 0;

	if (!f || getdelim(&whole, &capacity, 0, f) < 0 || fseek(f, 0, SEEK_SET) || ftruncate(fd, 0))
		return rate_draw_fail(d, "%s/%s: gnuplot did not write it: %s", d->folder, name, strerror(errno));
	/* A figure that is not understood is good as it is. */
	copy = strdup(whole);
	out = open_memstream(&small, &size);
	bad = !copy || !out || shrink(out, copy);
	bad = (out && fclose(out)) || bad;
	fputs(bad ? whole : small, f);
	free(small);
	free(copy);
	free(whole);
	bad = ferror(f);
	return fclose(f) || bad ? rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno))
	    : RATE_OK;
}
