/* gnuplot's SVG made small: it draws every point of a line, symbols that no figure uses and groups without content. Points
 * that a straight line passes within a tenth of a pixel are left out; a bound t^-p on two logarithmic axes becomes two.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double NEAR = 0.1; /* pixels */

typedef struct point {
	double x, y;
	int keep;
} point;

static double distance(const point *p, const point *a, const point *b)
{
	double dx = b->x - a->x, dy = b->y - a->y, length = hypot(dx, dy);

	return length > 0 ? fabs(dx * (p->y - a->y) - dy * (p->x - a->x)) / length : hypot(p->x - a->x, p->y - a->y);
}

/* Douglas and Peucker: the point farthest from the line between the ends stays, and so on between it and them. */
static void simplify(point *p, size_t n)
{
	double most = NEAR;
	size_t far = 0;

	for (size_t i = 1; i + 1 < n; i++)
		if (distance(p + i, p, p + n - 1) > most) {
			most = distance(p + i, p, p + n - 1);
			far = i;
		}
	if (!far)
		return;
	p[far].keep = 1;
	simplify(p, far + 1);
	simplify(p + far, n - far);
}

static void print_line(FILE *out, point *p, size_t n)
{
	double x = NAN, y = NAN, px, py;

	if (!n)
		return;
	simplify(p, n);
	for (size_t i = 0; i < n; i++) {
		if (i && i + 1 < n && !p[i].keep)
			continue;
		px = round(10 * p[i].x) / 10;
		py = round(10 * p[i].y) / 10;
		if (py == y)
			fprintf(out, "H%.6g", px);
		else if (px == x)
			fprintf(out, "V%.6g", py);
		else
			fprintf(out, "%c%.6g,%.6g", i ? 'L' : 'M', px, py);
		x = px;
		y = py;
	}
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
	if (*s == '\'')
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

/* The data of a path, up to its quote, where it goes on. NULL: it is of another kind, or there is no memory. */
static const char *path_data(FILE *out, const char *s)
{
	size_t n = 0, room = 0;
	point *line = NULL, p, *more;
	char letter = 0;

	while (letter != '\'' && (s = path_step(s, &letter, &p))) {
		if (letter != 'L') {
			print_line(out, line, n);
			n = 0;
		}
		if (letter == 'Z')
			putc('Z', out);
		if (letter == 'Z' || letter == '\'')
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
	return s;
}

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

/* The symbols that something refers to, a line each. Where the definitions end. */
static const char *definitions(FILE *out, const char *s)
{
	const char *defs = s, *end = strstr(s, "</defs>\n"), *next;
	int open = 0;

	if (!end)
		return s;
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

/* Where a group without content ends, or NULL. */
static const char *after_empty_group(const char *s)
{
	const char *end = strncmp(s, "<g ", 3) ? NULL : strchr(s, '>');

	return end && !strncmp(end, ">\n</g>\n", 7) ? end + 7 : NULL;
}

/* What every text and line says again; the first group says it for all, or it is so unless said otherwise. */
static const char *after_default(const char *s)
{
	static const char *const words[] = { " stroke-linecap=\"butt\" stroke-linejoin=\"miter\"", " stroke-width=\"1.00\"",
		                                 " font-family=\"DejaVu Sans\"", " font-size=\"13.00\"", " class=\"gridline\" ",
		                                 " fill=\"none\" color=\"black\" stroke=\"currentColor\"",
		                                 " fill=\"none\" color=\"gray\" stroke=\"currentColor\"",
		                                 "<tspan font-size=\"13.0\" dy=\"6.50\"></tspan>" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strncmp(s, words[i], strlen(words[i])))
			return s + strlen(words[i]);
	return NULL;
}

static void shrink(FILE *out, const char *whole)
{
	static const char data[] = " d='", first[] = "<g id=\"gnuplot_canvas\"";
	const char *s = whole, *next;

	while (*s) {
		char *path = NULL;
		size_t size = 0;
		FILE *written;

		if (!strncmp(s, "<defs>\n", 7) && (next = definitions(out, s)) != s) {
			s = next;
		} else if ((next = after_empty_group(s)) || ((*s == ' ' || *s == '<') && (next = after_default(s)))) {
			s = next;
		} else if (!strncmp(s, first, strlen(first))) {
			fprintf(out, "%s fill=\"none\" font-family=\"DejaVu Sans\" font-size=\"13.00\"", first);
			s += strlen(first);
		} else if (!strncmp(s, data, strlen(data)) && (written = open_memstream(&path, &size))) {
			next = path_data(written, s + strlen(data));
			if (!fclose(written) && next)
				fprintf(out, "%s%s", data, path);
			s = next ? next : (putc(*s, out), s + 1);
			free(path);
		} else {
			putc(*s++, out);
		}
	}
}

int rate_small_svg(rate_drawing *d, const char *name)
{
	int fd = openat(d->shop, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "r+");
	char *whole = NULL;
	size_t capacity = 0;
	int bad;

	if (!f || getdelim(&whole, &capacity, 0, f) < 0 || fseek(f, 0, SEEK_SET) || ftruncate(fd, 0))
		return rate_draw_fail(d, "%s/%s: gnuplot did not write it: %s", d->folder, name, strerror(errno));
	shrink(f, whole);
	free(whole);
	bad = ferror(f);
	return fclose(f) || bad ? rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno)) : RATE_OK;
}
