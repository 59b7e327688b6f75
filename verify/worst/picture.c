/* The worst function, where it has one variable or two, and the path of the method on it, both through the plugin door.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/worst.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "verify/session/session.h"

enum { ALONG = 401, ACROSS = 81, MOST_POINTS = 1001 };

/* What the child hands back. */
typedef struct picture {
	size_t d, points, columns, rows;
	double path[MOST_POINTS][3]; /* x_1, x_2, F - F_star */
	double low[2], high[2], value[ACROSS * ACROSS];
} picture;

typedef struct task {
	const rate_check *check;
	picture *out;
} task;

static double value_at(rate_session *s, const double *x)
{
	double q, scale;

	return s->run.call->gap(&s->run, x, &q, &scale) ? NAN : q;
}

static int walk(rate_session *s, picture *p)
{
	for (uint64_t t = 0; t < MOST_POINTS; t++) {
		const double *x = s->blocks.state[0];
		double *point = p->path[p->points++];
		for (size_t j = 0; j < p->d; j++)
			point[j] = x[j];
		point[2] = value_at(s, x);
		if (t == s->check->T || rate_session_step(s, t))
			return t == s->check->T ? RATE_OK : RATE_FAIL;
	}
	return RATE_FAIL;
}

/* The box that the path and 0, the minimiser where there is one, need, with room around. */
static void frame(picture *p)
{
	double most = 0;

	for (size_t j = 0; j < p->d; j++) {
		for (size_t i = 0; i < p->points; i++) {
			p->low[j] = fmin(p->low[j], p->path[i][j]);
			p->high[j] = fmax(p->high[j], p->path[i][j]);
		}
		most = fmax(most, p->high[j] - p->low[j]);
	}
	/* In the plane both axes have one scale: neither side is much shorter than the other. */
	for (size_t j = 0; j < p->d; j++) {
		double room = 0.12 * most + fmax(0, (0.5 * most - (p->high[j] - p->low[j])) / 2);
		p->low[j] -= room;
		p->high[j] += room;
	}
}

static double along(const picture *p, size_t j, size_t k, size_t count)
{
	return p->low[j] + (p->high[j] - p->low[j]) * (double)k / (double)(count - 1);
}

static int body(void *arg, rate_mark *mark)
{
	const task *k = arg;
	picture *p = k->out;
	rate_check check = *k->check;
	rate_session s;
	double *x = NULL;
	int rc = RATE_FAIL;

	if (rate_session_open(&s, &check, mark) || rate_prepare(&s, &check) || !check.applicable ||
	    rate_session_blocks(&s, 1) || rate_session_begin(&s, 1, 0))
		goto out;
	p->d = s.run.d;
	p->points = 0;
	rc = RATE_OK;
	if (p->d > 2)
		goto out;
	if ((rc = walk(&s, p)))
		goto out;
	frame(p);
	p->columns = p->d > 1 ? ACROSS : ALONG;
	p->rows = p->d > 1 ? ACROSS : 1;
	if (!(x = calloc(s.run.ld, sizeof *x)))
		rc = RATE_FAIL;
	for (size_t i = 0; x && i < p->rows; i++)
		for (size_t j = 0; j < p->columns; j++) {
			x[0] = along(p, 0, j, p->columns);
			if (p->d > 1)
				x[1] = along(p, 1, i, p->rows);
			p->value[i * p->columns + j] = value_at(&s, x);
		}
out:
	if (rc)
		snprintf(mark->message, sizeof mark->message, "%s", rate_said(&s.error, check.reason));
	free(x);
	rate_check_clear(&check);
	rate_session_close(&s);
	return rc;
}

/* ---- Files ---- */

static const char head[] =
    "# Draws the worst function again: gnuplot worst.gp\n"
    "set encoding utf8\nset datafile missing 'nan'\nset grid lc rgb '#dddddd'\n";
static const char terminals[] =
    "do for [kind in 'svg png pdf'] {\n"
    "if (kind eq 'svg') { set terminal svg size 480,%d font 'DejaVu Sans,13' background rgb 'white' }\n"
    "if (kind eq 'png') { set terminal pngcairo size 800,%d font 'DejaVu Sans,13' lw 1.5 }\n"
    "if (kind eq 'pdf') { set terminal pdfcairo size 12cm,%gcm font 'DejaVu Sans,8' }\n"
    "set output 'worst.'.kind\n";
static const char line[] = "set key top left\nset xlabel 'x%s'\nset ylabel 'F(x) − F*'\nset xrange [%.9g:%.9g]\n";
static const char plot_line[] =
    "plot 'worst.dat' with lines lw 2 lc rgb '#0072B2' title 'the worst function', \\\n"
    "     'path.dat' using 2:4 with linespoints pt 7 ps 0.6 lc rgb '#D55E00' title 'x_0, x_1, ... of the method'";
static const char plane[] =
    "set size ratio -1\nset key below left vertical Left reverse\nset xlabel 'first coordinate of x%s'\n"
    "set ylabel 'second'\n"
    "set xrange [%.9g:%.9g]\nset yrange [%.9g:%.9g]\nset contour base\nset cntrparam levels 16\n"
    "unset surface\nset table $level\nsplot 'worst.dat' with lines\nunset table\n";
static const char plot_plane[] =
    "plot $level using 1:2 with lines lc rgb '#56B4E9' title 'levels of the worst function', \\\n"
    "     'path.dat' using 2:3 with linespoints pt 7 ps 0.6 lc rgb '#D55E00' title 'x_0, x_1, ...'";
static const char plot_star[] =
    ", \\\n     '+' using (0):(0) every ::::0 with points pt 2 ps 1.2 lw 2 lc rgb '#000000' title 'x*'";

static FILE *open_in(const char *folder, const char *name, char *path, size_t size)
{
	snprintf(path, size, "%s/%s", folder, name);
	return fopen(path, "w");
}

static int write_files(const picture *p, int star, const char *folder, char *path, size_t size)
{
	const char *from = star ? " − x*" : "";
	/* Height over width: of a plane as the box is, and the key. */
	double shape = p->d > 1 ? 0.3 + 0.8 * fmin((p->high[1] - p->low[1]) / (p->high[0] - p->low[0]), 2) : 0.667;
	FILE *out = open_in(folder, "path.dat", path, size);

	if (!out)
		return RATE_FAIL;
	fputs("# t, x_1, x_2, F(x) - F*\n", out);
	for (size_t t = 0; t < p->points; t++)
		fprintf(out, "%zu %.9g %.9g %.9g\n", t, p->path[t][0], p->path[t][1], p->path[t][2]);
	if (fclose(out) || !(out = open_in(folder, "worst.dat", path, size)))
		return RATE_FAIL;
	fprintf(out, "# x_1, %sF(x) - F*\n", p->d > 1 ? "x_2, " : "");
	for (size_t i = 0; i < p->rows; i++) {
		for (size_t j = 0; j < p->columns; j++) {
			fprintf(out, "%.9g ", along(p, 0, j, p->columns));
			if (p->d > 1)
				fprintf(out, "%.9g ", along(p, 1, i, p->rows));
			fprintf(out, "%.9g\n", p->value[i * p->columns + j]);
		}
		if (p->d > 1)
			fputc('\n', out);
	}
	if (fclose(out) || !(out = open_in(folder, "worst.gp", path, size)))
		return RATE_FAIL;
	fputs(head, out);
	if (p->d > 1)
		fprintf(out, plane, from, p->low[0], p->high[0], p->low[1], p->high[1]);
	else
		fprintf(out, line, from, p->low[0], p->high[0]);
	fprintf(out, terminals, (int)(480 * shape), (int)(800 * shape), 12 * shape);
	fprintf(out, "%s%s\nunset output\n}\n", p->d > 1 ? plot_plane : plot_line, p->d > 1 && star ? plot_star : "");
	return fclose(out) ? RATE_FAIL : RATE_OK;
}

int rate_draw_worst(const rate_check *check, int star, const char *folder, rate_error *error)
{
	picture *p = rate_arena(sizeof *p);
	rate_limits limits = { .seconds = 60, .memory = (size_t)1 << 30, .isolate = 1, .arena = p, .room = sizeof *p };
	task k = { check, p };
	char path[4096];
	int rc = RATE_FAIL;

	if (!p)
		rate_fail(error, "out of memory");
	else if (check->T >= MOST_POINTS)
		rate_fail(error, "no picture: more than %d points", MOST_POINTS);
	else if (rate_isolated(body, &k, &limits, error))
		;
	else if (!p->d || p->d > 2)
		rate_fail(error, "no picture: the worst function has %zu variables, two can be drawn", p->d);
	else if (p->points > MOST_POINTS || p->rows > ACROSS || p->columns > ALONG ||
	         p->rows * p->columns > ACROSS * ACROSS)
		rate_fail(error, "no picture: what the run left makes no sense");
	else if (write_files(p, star, folder, path, sizeof path))
		rate_fail(error, "%s cannot be written: %s", path, strerror(errno));
	else
		rc = rate_gnuplot(folder, "worst.gp", error);
	rate_arena_free(p, sizeof *p);
	return rc;
}
