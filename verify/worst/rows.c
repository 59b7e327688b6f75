/* Rows A.G + b'F + c <= 0 of the class: interpolation inequalities and what else is asked of the points.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(rate_builder *b, double w, const double *u, const double *v)
{
	size_t n = b->n;

	for (size_t i = 0; i < n; i++) {
		if (u[i] == 0)
			continue;
		for (size_t j = 0; j < n; j++)
			b->q[i * n + j] += w / 2 * u[i] * v[j];
	}
}

void rate_build_value(rate_builder *b, double w, int number)
{
	if (number >= 0)
		b->f[number] += w;
}

/* f_i >= f_j + <g_j, x_i - x_j> + what mu and L add. */
static void pair(rate_builder *b, const rate_worst *w, const rate_group *g, int i, int j, double *dx, double *dg)
{
	const rate_node *a = &g->node[i], *c = &g->node[j];

	for (size_t l = 0; l < w->n; l++) {
		dx[l] = a->x[l] - c->x[l];
		dg[l] = a->g[l] - c->g[l];
	}
	rate_build_value(b, -1, a->value);
	rate_build_value(b, 1, c->value);
	add(b, 1, c->g, dx);
	if (isinf(g->L)) {
		if (g->mu != 0)
			add(b, g->mu / 2, dx, dx);
		return;
	}
	double factor = 1 / (2 * (1 - g->mu / g->L));
	add(b, factor / g->L, dg, dg);
	if (g->mu != 0) {
		add(b, factor * g->mu, dx, dx);
		add(b, -2 * factor * g->mu / g->L, dg, dx);
	}
}

/* With dx and dA the differences of two points: <dA, dx> >= mu |dx|^2, L <dA, dx> >= |dA|^2, |dA|^2 <= L^2 |dx|^2. */
static void operator(rate_builder *b, const rate_worst *w, const rate_group *g, const rate_row_id *id,
                     double *dx, double *dg)
{
	for (size_t l = 0; l < w->n; l++) {
		dx[l] = g->node[id->i].x[l] - g->node[id->j].x[l];
		dg[l] = g->node[id->i].g[l] - g->node[id->j].g[l];
	}
	switch (id->kind) {
	case RATE_ROW_MONOTONE:
		add(b, -1, dg, dx);
		if (g->mu > 0)
			add(b, g->mu, dx, dx);
		break;
	case RATE_ROW_COCOERCIVE:
		add(b, -1, dg, dx);
		add(b, 1 / g->L, dg, dg);
		break;
	default:
		add(b, 1 / g->L, dg, dg);
		add(b, -g->L, dx, dx);
	}
}

/* <g_i, x_j - x_i> <= 0 at a normal g_i of the set, |x_i - x_j|^2 <= L^2. */
static void set(rate_builder *b, const rate_worst *w, const rate_group *g, const rate_row_id *id, double *dx)
{
	for (size_t l = 0; l < w->n; l++)
		dx[l] = g->node[id->j].x[l] - g->node[id->i].x[l];
	if (id->kind == RATE_ROW_NORMAL)
		add(b, 1, g->node[id->i].g, dx);
	else {
		add(b, 1, dx, dx);
		b->c -= g->L * g->L;
	}
}

static void whole_gradient(const rate_worst *w, const rate_group *g, int i, double *out)
{
	for (size_t l = 0; l < w->n; l++)
		out[l] = g->node[i].g[l] + g->shift * g->node[i].x[l];
}

void rate_build_scalar(rate_builder *b, const rate_scalar *s, double w)
{
	for (size_t k = 0; k < s->products; k++)
		add(b, w * s->product[k].w, s->product[k].u, s->product[k].v);
	for (size_t k = 0; k < s->weights; k++)
		rate_build_value(b, w * s->weight[k].w, s->weight[k].value);
	b->c += w * s->constant;
}

void rate_build_row(rate_builder *b, const rate_worst *w, const rate_row_id *id, double *work)
{
	const rate_group *g = &w->group[id->group];
	double *u = work, *v = work + w->n;

	switch (id->kind) {
	case RATE_ROW_PAIR: pair(b, w, g, id->i, id->j, u, v); break;
	case RATE_ROW_MONOTONE:
	case RATE_ROW_COCOERCIVE:
	case RATE_ROW_LIPSCHITZ: operator(b, w, g, id, u, v); break;
	case RATE_ROW_NORMAL:
	case RATE_ROW_DIAMETER: set(b, w, g, id, u); break;
	case RATE_ROW_BOUND:
		whole_gradient(w, g, id->i, u);
		add(b, 1, u, u);
		b->c -= g->G * g->G;
		break;
	case RATE_ROW_FLOOR:
		whole_gradient(w, g, id->i, u);
		add(b, 1 / (2 * g->floor), u, u);
		rate_build_value(b, -1, g->node[id->i].value);
		break;
	case RATE_ROW_PL:
		whole_gradient(w, g, id->i, u);
		add(b, -1, u, u);
		rate_build_value(b, 2 * g->pl, g->node[id->i].value);
		break;
	case RATE_ROW_SUM:
		rate_build_value(b, -1, g->node[id->i].value);
		rate_build_value(b, -1, w->group[1].node[id->j].value);
		break;
	case RATE_ROW_SUM_PL:
		for (size_t l = 0; l < w->n; l++)
			u[l] = g->node[id->i].g[l] + w->group[1].node[id->j].g[l];
		add(b, -1, u, u);
		rate_build_value(b, 2 * w->pl_F, g->node[id->i].value);
		rate_build_value(b, 2 * w->pl_F, w->group[1].node[id->j].value);
		break;
	case RATE_ROW_SIZE: rate_build_scalar(b, &w->size[id->i], 1); break;
	case RATE_ROW_LEVEL: /* the level itself is the caller's */
		if (w->pieces > 1)
			rate_build_value(b, -1, (int)w->m);
		else
			rate_build_scalar(b, &w->piece[0], -1);
		break;
	case RATE_ROW_PIECE:
		rate_build_scalar(b, &w->piece[id->i], -1);
		rate_build_value(b, 1, (int)w->m); /* the least of the pieces is a value of its own */
		break;
	}
}

/* Takes the row out of the builder, which is left empty. */
int rate_gather(rate_builder *b, rate_sparse *out)
{
	size_t n = b->n, count = 0, weights = 0;

	*out = (rate_sparse){ .c = b->c };
	for (size_t i = 0; i < n; i++)
		for (size_t j = i; j < n; j++)
			count += b->q[i * n + j] + b->q[j * n + i] != 0;
	out->i = malloc((count + 1) * sizeof *out->i);
	out->j = malloc((count + 1) * sizeof *out->j);
	out->v = malloc((count + 1) * sizeof *out->v);
	for (size_t k = 0; k < b->m; k++)
		weights += b->f[k] != 0;
	out->value = malloc((weights + 1) * sizeof *out->value);
	out->b = malloc((weights + 1) * sizeof *out->b);
	if (!out->i || !out->j || !out->v || !out->value || !out->b)
		return RATE_FAIL;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i; j < n; j++) {
			double v = b->q[i * n + j] + b->q[j * n + i];
			if (v == 0)
				continue;
			out->i[out->entries] = (int)i;
			out->j[out->entries] = (int)j;
			out->v[out->entries++] = v;
		}
	memset(b->q, 0, n * n * sizeof *b->q);
	for (size_t k = 0; k < b->m; k++) {
		if (b->f[k] == 0)
			continue;
		out->value[out->weights] = (int)k;
		out->b[out->weights++] = b->f[k];
		b->f[k] = 0;
	}
	b->c = 0;
	return RATE_OK;
}

void rate_sparse_free(rate_sparse *s)
{
	free(s->i);
	free(s->j);
	free(s->v);
	free(s->value);
	free(s->b);
}

static int one_form(const rate_worst *w, const rate_row_id *id, const rate_scalar *s, rate_sparse *out)
{
	size_t square = w->n * w->n, m = w->m + 1;
	double *room = calloc(square + 2 * w->n + m, sizeof *room);
	rate_builder b = { .n = w->n, .q = room, .m = m, .f = room + square + 2 * w->n };
	int rc = RATE_FAIL;

	*out = (rate_sparse){ 0 };
	if (room) {
		if (id)
			rate_build_row(&b, w, id, room + square);
		else
			rate_build_scalar(&b, s, 1);
		rc = rate_gather(&b, out);
	}
	free(room);
	return rc;
}

void rate_row_form(const rate_worst *w, const rate_row_id *id, rate_sparse *out)
{
	one_form(w, id, NULL, out);
}

void rate_scalar_form(const rate_worst *w, const rate_scalar *s, rate_sparse *out)
{
	one_form(w, NULL, s, out);
}

static void point_name(const rate_group *g, int i, char *out, size_t size)
{
	if (i == g->star)
		snprintf(out, size, "*");
	else
		snprintf(out, size, "%d", g->star >= 0 && g->star < i ? i - 1 : i);
}

void rate_row_name(const rate_worst *w, const rate_row_id *id, char *out, size_t size)
{
	const rate_group *g = &w->group[id->group];
	size_t terms = w->groups - (w->composite ? 1 : 0);
	char f[16] = "f", i[16] = "", j[16] = "";

	if (w->composite && (size_t)id->group == terms)
		snprintf(f, sizeof f, "h");
	else if (terms > 1)
		snprintf(f, sizeof f, "f%d", id->group + 1);
	if (id->kind < RATE_ROW_SIZE)
		point_name(g, id->i, i, sizeof i);
	if (id->kind < RATE_ROW_BOUND)
		point_name(g, id->j, j, sizeof j);
	switch (id->kind) {
	case RATE_ROW_PAIR: snprintf(out, size, "%s(%s) >= %s(%s) + ...", f, i, f, j); break;
	case RATE_ROW_MONOTONE:
	case RATE_ROW_COCOERCIVE:
		snprintf(out, size, "<A(%s) - A(%s), x(%s) - x(%s)> >= %s", i, j, i, j,
		         id->kind == RATE_ROW_COCOERCIVE ? "|A - A|^2/L" : g->mu > 0 ? "mu |x - x|^2" : "0");
		break;
	case RATE_ROW_LIPSCHITZ: snprintf(out, size, "|A(%s) - A(%s)| <= L |x(%s) - x(%s)|", i, j, i, j); break;
	case RATE_ROW_NORMAL: snprintf(out, size, "<normal(%s), x(%s) - x(%s)> <= 0", i, j, i); break;
	case RATE_ROW_DIAMETER: snprintf(out, size, "|x(%s) - x(%s)| <= D", i, j); break;
	case RATE_ROW_BOUND: snprintf(out, size, "|g(%s)| <= G", i); break;
	case RATE_ROW_FLOOR: snprintf(out, size, "%s(%s) >= |g|^2/(2L)", f, i); break;
	case RATE_ROW_PL: snprintf(out, size, "|g(%s)|^2 >= 2 mu %s", i, f); break;
	case RATE_ROW_SUM: snprintf(out, size, "F(%s) >= F*", i); break;
	case RATE_ROW_SUM_PL: snprintf(out, size, "|v(%s)|^2 >= 2 mu (F(%s) - F*)", i, i); break;
	case RATE_ROW_SIZE: snprintf(out, size, "%s", w->start); break;
	case RATE_ROW_LEVEL: snprintf(out, size, "no less than the optimum"); break;
	case RATE_ROW_PIECE: snprintf(out, size, "least <= piece %d", id->i); break;
	}
}
