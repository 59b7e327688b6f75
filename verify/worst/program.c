/* The semidefinite program of a trace: interpolation inequalities as rows, the most violated ones added until none is
 * left.
 *
 *     maximise  objective(G, F)  with  A_k . G + b_k'F + c_k <= 0,  G >= 0
 *
 * Two ways to hand it to a solver. Multiplier form: the unknowns are G and a slack for each row; every value of F is
 * eliminated by the row "f_star >= f_i + ..." (or "f_i >= f_star + ..."), in which it stands alone. Its work grows
 * with the rows in use, which are few. Value form: the unknowns are G and F themselves, on the dual side; its work
 * grows with the entries of G.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/rows.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* A form with more equations is no second choice: the work of the solver grows with their cube. */
enum { MOST_EQUATIONS = 1100 };

/* ---- The program ---- */

typedef struct program {
	const rate_worst *w;
	const rate_solve_options *o;
	rate_builder b;
	double *work;
	size_t n, *leaf, m;         /* leaves that matter; values, and the least piece */
	int *where;                 /* of a leaf: its number among them, or -1 */
	rate_row_id *id;
	rate_sparse *row;           /* with entries of the leaves that matter */
	double *scale;              /* of each row, to norm 1 */
	size_t rows, room;
	unsigned char *in[RATE_WORST_GROUPS]; /* of two points: a bit for each kind of row that is there */
	int *pivot;                 /* of each value: the row that eliminates it */
	rate_sparse objective;
	double unit;                /* the objective is divided by it */
	int gave_up[2];             /* the multiplier form, the value form: failed */
	int values;                 /* the form of the last solution */
	double natural;             /* of values and gradients, for a start at distance 1: G, or L */
} program;

/* At a kink the solution may name any subgradient; a run has to get the same one from the function alone. */
static double margin_of(const program *p, const rate_row_id *id)
{
	if (id->kind == RATE_ROW_LEVEL)
		return p->o->level * (1 - 1e-8);
	return id->kind == RATE_ROW_PAIR && isinf(p->w->group[id->group].L) && p->w->group[id->group].asked
	    ? p->o->margin * p->natural : 0;
}

/* What a leaf is measured in: leaf 0 is x_0 - x_star, the others are gradients. */
static double length(const program *p, size_t leaf)
{
	return leaf ? p->natural : 1;
}

static double area(const program *p, int i, int j)
{
	return length(p, p->leaf[i]) * length(p, p->leaf[j]);
}

static int take_row(program *p, rate_row_id id)
{
	double norm = 0;
	rate_sparse *r;

	if (id.kind < RATE_ROW_BOUND) {
		unsigned char *in = &p->in[id.group][(size_t)id.i * p->w->group[id.group].count + (size_t)id.j];
		if (*in & 1 << id.kind)
			return RATE_OK;
		*in = (unsigned char)(*in | 1 << id.kind);
	}
	if (p->rows == p->room) {
		size_t room = p->room ? 2 * p->room : 256;
		rate_row_id *grown_id = realloc(p->id, room * sizeof *p->id);
		if (grown_id)
			p->id = grown_id;
		rate_sparse *grown_row = realloc(p->row, room * sizeof *p->row);
		if (grown_row)
			p->row = grown_row;
		double *grown_scale = realloc(p->scale, room * sizeof *p->scale);
		if (grown_scale)
			p->scale = grown_scale;
		if (!grown_id || !grown_row || !grown_scale)
			return RATE_FAIL;
		p->room = room;
	}
	r = &p->row[p->rows];
	p->id[p->rows] = id;
	rate_build_row(&p->b, p->w, &id, p->work);
	if (rate_gather(&p->b, r))
		return RATE_FAIL;
	for (size_t k = 0; k < r->entries; k++) {
		double v = r->v[k] * length(p, (size_t)r->i[k]) * length(p, (size_t)r->j[k]);
		norm += v * v * (r->i[k] == r->j[k] ? 1 : 2);
	}
	for (size_t k = 0; k < r->weights; k++)
		norm += r->b[k] * p->natural * r->b[k] * p->natural;
	r->c += margin_of(p, &id);
	/* A row of points that coincide says nothing. */
	if (norm == 0) {
		rate_sparse_free(r);
		return RATE_OK;
	}
	p->scale[p->rows++] = 1 / sqrt(norm);
	return RATE_OK;
}

/* The kinds of rows that two points of a group give: of the second kind none, if it is not asked. */
typedef struct row_kinds { rate_row_kind kind[2]; int count; } row_kinds;

static row_kinds kinds_of(const rate_group *g)
{
	switch (g->kind) {
	case RATE_MONOTONE: return (row_kinds){ { RATE_ROW_MONOTONE }, 1 };
	/* A cocoercive operator is monotone. */
	case RATE_COCOERCIVE: return (row_kinds){ { RATE_ROW_COCOERCIVE, RATE_ROW_MONOTONE }, g->mu > 0 ? 2 : 1 };
	case RATE_LIPSCHITZ: return (row_kinds){ { RATE_ROW_LIPSCHITZ, RATE_ROW_MONOTONE }, 2 };
	case RATE_SET: return (row_kinds){ { RATE_ROW_NORMAL, RATE_ROW_DIAMETER }, 2 };
	default: return (row_kinds){ { RATE_ROW_PAIR }, 1 };
	}
}

/* The row of (i, j) is not that of (j, i), or it is the one of both that is written down. */
static int is_of(rate_row_kind kind, int i, int j)
{
	return kind == RATE_ROW_PAIR || kind == RATE_ROW_NORMAL ? i != j : i > j;
}

/* All rows of two points. */
static int take_pair(program *p, size_t k, int i, int j)
{
	row_kinds rows = kinds_of(&p->w->group[k]);

	for (int r = 0; r < rows.count; r++)
		if ((is_of(rows.kind[r], i, j) && take_row(p, (rate_row_id){ rows.kind[r], (int)k, i, j })) ||
		    (is_of(rows.kind[r], j, i) && take_row(p, (rate_row_id){ rows.kind[r], (int)k, j, i })))
			return RATE_FAIL;
	return RATE_OK;
}

/* F = f + h at the points that both were seen at. */
static int take_sums(program *p)
{
	const rate_worst *w = p->w;
	const rate_group *f = &w->group[0], *h = &w->group[1];

	for (size_t k = 0; k < f->count * h->count; k++) {
		size_t i = k / h->count, j = k % h->count;
		double apart = 0;
		for (size_t l = 0; l < w->n; l++)
			apart = fmax(apart, fabs(f->node[i].x[l] - h->node[j].x[l]));
		if (apart > 1e-12)
			continue;
		if (take_row(p, (rate_row_id){ RATE_ROW_SUM, 0, (int)i, (int)j }) ||
		    (w->pl_F > 0 && take_row(p, (rate_row_id){ RATE_ROW_SUM_PL, 0, (int)i, (int)j })))
			return RATE_FAIL;
	}
	return RATE_OK;
}

static int take_first_rows(program *p)
{
	const rate_worst *w = p->w;
	int rc = RATE_OK;

	for (size_t k = 0; k < w->groups && !rc; k++) {
		const rate_group *g = &w->group[k];
		for (int i = 0; g->kind && i < (int)g->count && !rc; i++)
			rc = i == g->star ? RATE_OK : take_pair(p, k, i, g->star);
		for (int i = 0; i < (int)g->count && !rc && !g->kind; i++) {
			if (i == g->star)
				continue;
			if (w->below)
				break;
			rc = take_row(p, (rate_row_id){ g->star >= 0 ? RATE_ROW_PAIR : RATE_ROW_FLOOR, (int)k,
			                                g->star >= 0 ? g->star : i, g->star >= 0 ? i : 0 });
			if (!rc)
				p->pivot[g->node[i].value] = (int)p->rows - 1;
			if (!rc && g->star >= 0 && g->floor > 0)
				rc = take_row(p, (rate_row_id){ RATE_ROW_FLOOR, (int)k, i, 0 });
			if (!rc && isfinite(g->G))
				rc = take_row(p, (rate_row_id){ RATE_ROW_BOUND, (int)k, i, 0 });
			if (!rc && g->pl > 0)
				rc = take_row(p, (rate_row_id){ RATE_ROW_PL, (int)k, i, 0 });
		}
		for (int i = 0; i + 1 < (int)g->count && !rc; i++)
			rc = take_pair(p, k, i, i + 1);
	}
	if (!rc && w->below)
		rc = take_sums(p);
	for (size_t k = 0; k < w->sizes && !rc; k++)
		rc = take_row(p, (rate_row_id){ RATE_ROW_SIZE, 0, (int)k, 0 });
	if (!rc && p->o->level > 0)
		rc = take_row(p, (rate_row_id){ RATE_ROW_LEVEL, 0, 0, 0 });
	for (size_t k = 0; w->pieces > 1 && k < w->pieces && !rc; k++) {
		rc = take_row(p, (rate_row_id){ RATE_ROW_PIECE, 0, (int)k, 0 });
		if (!k)
			p->pivot[w->m] = (int)p->rows - 1;
	}
	return rc;
}

static int take_all_pairs(program *p)
{
	for (size_t k = 0; k < p->w->groups; k++)
		for (int i = 0; i < (int)p->w->group[k].count; i++)
			for (int j = 0; j < i; j++)
				if (take_pair(p, k, i, j))
					return RATE_FAIL;
	return RATE_OK;
}

/* Leaves that no row and no objective reads are left out: their part of G would be free. */
static int find_leaves(program *p)
{
	const rate_worst *w = p->w;
	char *used = calloc(w->n, 1);

	if (!used || !(p->leaf = calloc(w->n, sizeof *p->leaf)) || !(p->where = calloc(w->n, sizeof *p->where))) {
		free(used);
		return RATE_FAIL;
	}
	for (size_t k = 0; k < w->groups; k++) {
		const rate_group *g = &w->group[k];
		for (size_t i = 0; i < g->count; i++)
			for (size_t l = 0; l < w->n; l++)
				used[l] |= g->node[i].g[l] != 0 || fabs(g->node[i].x[l] - g->node[0].x[l]) > 1e-13;
	}
	for (size_t k = 0; k < p->rows; k++)
		if (p->id[k].kind >= RATE_ROW_SIZE)
			for (size_t e = 0; e < p->row[k].entries; e++)
				used[p->row[k].i[e]] = used[p->row[k].j[e]] = 1;
	for (size_t e = 0; e < p->objective.entries; e++)
		used[p->objective.i[e]] = used[p->objective.j[e]] = 1;
	for (size_t l = 0; l < w->n; l++) {
		p->where[l] = used[l] ? (int)p->n : -1;
		if (used[l])
			p->leaf[p->n++] = l;
	}
	free(used);
	return RATE_OK;
}

/* ---- Handing it over ---- */

static void add_forms(rate_sdp *s, int matrix, const program *p, const double *dense, const double *slack,
                      double factor)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = i; j < p->n; j++)
			if (dense[i * p->n + j] != 0)
				rate_sdp_add(s, matrix, 1, (int)i + 1, (int)j + 1, factor * dense[i * p->n + j]);
	for (size_t k = 0; k < p->rows; k++)
		if (slack[k] != 0)
			rate_sdp_add(s, matrix, 2, (int)k + 1, (int)k + 1, factor * slack[k]);
}

/* Adds w times the row to (dense, slack, c), its values replaced by what the pivots say. */
static void eliminate(const program *p, const rate_sparse *r, double w, int skip, double *dense,
                      double *slack, double *c)
{
	*c += w * r->c;
	for (size_t e = 0; e < r->entries; e++) {
		int i = p->where[r->i[e]], j = p->where[r->j[e]];
		if (i >= 0 && j >= 0)
			dense[(size_t)i * p->n + (size_t)j] += w * r->v[e] * area(p, i, j);
	}
	for (size_t e = 0; e < r->weights; e++) {
		int v = r->value[e];
		const rate_sparse *by = &p->row[p->pivot[v]];
		double b = 0;
		if (v == skip)
			continue;
		for (size_t k = 0; k < by->weights; k++)
			b += by->value[k] == v ? by->b[k] : 0;
		slack[p->pivot[v]] -= w * r->b[e] / b * p->natural;
		eliminate(p, by, -w * r->b[e] / b, v, dense, slack, c);
	}
}

static int is_pivot(const program *p, size_t k)
{
	for (size_t v = 0; v < p->m; v++)
		if (p->pivot[v] == (int)k)
			return 1;
	return 0;
}

static int solve_multipliers(program *p, rate_sdp_solution *s, rate_optimum *out)
{
	rate_sdp sdp = { .constraints = p->rows - p->m, .psd = p->n, .linear = p->rows,
	                 .a = calloc(p->rows + 1, sizeof(double)) };
	double *dense = calloc(p->n * p->n, sizeof *dense), *slack = calloc(p->rows + 1, sizeof *slack), c = 0;
	size_t at = 0;
	int rc = RATE_FAIL;

	if (!dense || !slack || !sdp.a)
		goto out;
	eliminate(p, &p->objective, 1 / p->unit, -1, dense, slack, &c);
	for (size_t i = 0; i < p->n; i++)
		dense[i * p->n + i] += p->o->delta;
	add_forms(&sdp, 0, p, dense, slack, 1);
	for (size_t k = 0; k < p->rows; k++) {
		if (is_pivot(p, k))
			continue;
		memset(dense, 0, p->n * p->n * sizeof *dense);
		memset(slack, 0, p->rows * sizeof *slack);
		c = 0;
		eliminate(p, &p->row[k], 1, -1, dense, slack, &c);
		slack[k] += p->natural;
		add_forms(&sdp, (int)at + 1, p, dense, slack, p->scale[k]);
		sdp.a[at++] = -c * p->scale[k];
	}
	rc = rate_sdp_solve(&sdp, p->o->solver, p->o->seconds, p->o->memory, p->o->tick, p->o->user, s);
	if (rc || s->outcome != RATE_OPTIMAL)
		goto out;
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < p->n; j++)
			out->gram[i * p->n + j] = s->X[i * p->n + j] * area(p, (int)i, (int)j);
	for (size_t k = 0; k < p->rows; k++)
		out->multiplier[k] = s->z[k] * p->unit / p->natural;
	/* Values from their pivots; the least piece last, since its row has other values. */
	for (size_t v = 0; v < p->m; v++) {
		const rate_sparse *r = &p->row[p->pivot[v]];
		double sum = r->c + s->x[p->pivot[v]] * p->natural, b = 1;
		for (size_t e = 0; e < r->entries; e++) {
			int i = p->where[r->i[e]], j = p->where[r->j[e]];
			if (i >= 0 && j >= 0)
				sum += r->v[e] * (i == j ? 1 : 2) * out->gram[(size_t)i * p->n + (size_t)j];
		}
		for (size_t e = 0; e < r->weights; e++) {
			if (r->value[e] == (int)v)
				b = r->b[e];
			else
				sum += r->b[e] * out->values[r->value[e]];
		}
		out->values[v] = -sum / b;
	}
out:
	free(dense);
	free(slack);
	rate_sdp_free(&sdp);
	return rc;
}

static size_t entry_number(size_t n, size_t i, size_t j)
{
	return i * n - i * (i + 1) / 2 + j;
}

static void add_values(rate_sdp *s, const program *p, const rate_sparse *r, int row, double factor)
{
	size_t square = p->n * (p->n + 1) / 2;

	for (size_t e = 0; e < r->entries; e++) {
		int i = p->where[r->i[e]], j = p->where[r->j[e]];
		double v = factor * r->v[e] * (i == j ? 1 : 2);
		if (i < 0 || j < 0)
			continue;
		v *= area(p, i, j);
		size_t number = entry_number(p->n, (size_t)i, (size_t)j);
		if (row)
			rate_sdp_add(s, (int)number + 1, 2, row, row, v);
		else
			s->a[number] += v;
	}
	for (size_t e = 0; e < r->weights; e++) {
		if (row)
			rate_sdp_add(s, (int)(square + (size_t)r->value[e]) + 1, 2, row, row,
			             factor * r->b[e] * p->natural);
		else
			s->a[square + (size_t)r->value[e]] += factor * r->b[e] * p->natural;
	}
}

static int solve_values(program *p, rate_sdp_solution *s, rate_optimum *out)
{
	size_t square = p->n * (p->n + 1) / 2;
	rate_sdp sdp = { .constraints = square + p->m, .psd = p->n, .linear = p->rows,
	                 .a = calloc(square + p->m + 1, sizeof(double)) };
	int rc = RATE_FAIL;

	if (!sdp.a)
		return RATE_FAIL;
	add_values(&sdp, p, &p->objective, 0, -1 / p->unit);
	for (size_t i = 0; i < p->n; i++) {
		sdp.a[entry_number(p->n, i, i)] -= p->o->delta;
		for (size_t j = i; j < p->n; j++)
			rate_sdp_add(&sdp, (int)entry_number(p->n, i, j) + 1, 1, (int)i + 1, (int)j + 1, 1);
	}
	for (size_t k = 0; k < p->rows; k++) {
		add_values(&sdp, p, &p->row[k], (int)k + 1, -p->scale[k]);
		rate_sdp_add(&sdp, 0, 2, (int)k + 1, (int)k + 1, p->scale[k] * p->row[k].c);
	}
	rc = rate_sdp_solve(&sdp, p->o->solver, p->o->seconds, p->o->memory, p->o->tick, p->o->user, s);
	if (rc == RATE_OK && s->outcome == RATE_OPTIMAL) {
		for (size_t i = 0; i < p->n; i++)
			for (size_t j = i; j < p->n; j++)
				out->gram[i * p->n + j] = out->gram[j * p->n + i] = s->y[entry_number(p->n, i, j)] *
				    area(p, (int)i, (int)j);
		for (size_t v = 0; v < p->m; v++)
			out->values[v] = s->y[square + v] * p->natural;
		for (size_t k = 0; k < p->rows; k++)
			out->multiplier[k] = s->x[k] * p->scale[k] * p->unit;
	}
	rate_sdp_free(&sdp);
	return rc;
}

/* ---- Rows that the solution breaks ---- */

typedef struct broken { double by; rate_row_id id; } broken;

static int most_broken(const void *a, const void *b)
{
	double x = ((const broken *)a)->by, y = ((const broken *)b)->by;

	return x < y ? 1 : x > y ? -1 : 0;
}

/* Inner products of the points and gradients of a group under G: K = V G V', V of 2 count rows. */
static double *products_of(const program *p, const rate_group *g, const double *gram)
{
	size_t rows = 2 * g->count, n = p->n;
	double *v = malloc(rows * n * sizeof *v), *t = malloc(rows * n * sizeof *t),
	    *k = malloc(rows * rows * sizeof *k);

	if (v && t && k) {
		for (size_t i = 0; i < g->count; i++)
			for (size_t l = 0; l < n; l++) {
				/* differences of points are all that rows read, unless x_star is one of them and is
				 * 0 */
				double base = g->star >= 0 ? 0 : g->node[0].x[p->leaf[l]];
				v[i * n + l] = g->node[i].x[p->leaf[l]] - base;
				v[(g->count + i) * n + l] = g->node[i].g[p->leaf[l]];
			}
		cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)rows, (int)n, (int)n, 1, v, (int)n, gram,
		            (int)n, 0, t, (int)n);
		cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)rows, (int)rows, (int)n, 1, t, (int)n,
		            v, (int)n, 0, k, (int)rows);
	} else {
		free(k);
		k = NULL;
	}
	free(v);
	free(t);
	return k;
}

/* The left side of the row, which should be 0 or less. */
static double row_value(const rate_group *g, rate_row_kind kind, const double *k, const double *f, size_t i, size_t j)
{
	size_t rows = 2 * g->count, gi = g->count + i, gj = g->count + j;
	double xx = k[i * rows + i] - 2 * k[i * rows + j] + k[j * rows + j];
	double gg = k[gi * rows + gi] - 2 * k[gi * rows + gj] + k[gj * rows + gj];
	double gx = k[gi * rows + i] - k[gi * rows + j] - k[gj * rows + i] + k[gj * rows + j];
	double fi = g->node[i].value < 0 ? 0 : f[g->node[i].value], fj = g->node[j].value < 0 ? 0 : f[g->node[j].value];
	double out = fj - fi + k[gj * rows + i] - k[gj * rows + j];

	switch (kind) {
	case RATE_ROW_MONOTONE: return g->mu * xx - gx;
	case RATE_ROW_COCOERCIVE: return gg / g->L - gx;
	case RATE_ROW_LIPSCHITZ: return gg / g->L - g->L * xx;
	case RATE_ROW_NORMAL: return k[gi * rows + j] - k[gi * rows + i];
	case RATE_ROW_DIAMETER: return xx - g->L * g->L;
	default: break;
	}
	if (isinf(g->L))
		return out + g->mu / 2 * xx;
	return out + (gg / g->L + g->mu * xx - 2 * g->mu / g->L * gx) / (2 * (1 - g->mu / g->L));
}

/* Adds the most broken rows. Returns how many, or -1. */
static int add_broken(program *p, const rate_optimum *o, double tolerance, size_t batch)
{
	size_t count = 0, room = 0;
	broken *list = NULL;
	int added = 0;

	for (size_t k = 0; k < p->w->groups; k++)
		room += 2 * p->w->group[k].count * p->w->group[k].count;
	if (!(list = malloc((room + 1) * sizeof *list)))
		return -1;
	for (size_t k = 0; k < p->w->groups; k++) {
		const rate_group *g = &p->w->group[k];
		row_kinds rows = kinds_of(g);
		double *products = products_of(p, g, o->gram);
		if (!products) {
			free(list);
			return -1;
		}
		for (size_t at = 0; at < g->count * g->count * (size_t)rows.count; at++) {
			size_t i = at / g->count % g->count, j = at % g->count;
			rate_row_id id = { rows.kind[at / g->count / g->count], (int)k, (int)i, (int)j };
			double margin = margin_of(p, &id), by;
			if (!is_of(id.kind, id.i, id.j) || p->in[k][i * g->count + j] & 1 << id.kind)
				continue;
			by = row_value(g, id.kind, products, o->values, i, j) + margin;
			if (by > (margin > 0 ? margin / 2 : tolerance))
				list[count++] = (broken){ by, id };
		}
		free(products);
	}
	qsort(list, count, sizeof *list, most_broken);
	for (size_t k = 0; k < count && k < batch && added >= 0; k++)
		added = take_row(p, list[k].id) ? -1 : added + 1;
	free(list);
	return added;
}

/* ---- Solving ---- */

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* Seconds of a processor, of this process and of the solvers that have ended: other programs do not count. */
static double processor(void)
{
	double sum = 0;
	struct rusage r;

	for (int k = 0; k < 2; k++)
		if (!getrusage(k ? RUSAGE_CHILDREN : RUSAGE_SELF, &r))
			sum += (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
			    1e-6 * (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec);
	return sum;
}

static int solve_in(program *p, int values, rate_optimum *out)
{
	rate_sdp_solution s = { 0 };
	double *grown = realloc(out->multiplier, (p->rows + 1) * sizeof *grown);
	int rc;

	if (!grown)
		return RATE_FAIL;
	out->multiplier = grown;
	rc = values ? solve_values(p, &s, out) : solve_multipliers(p, &s, out);
	p->values = values;
	out->outcome = s.outcome;
	out->reduced = s.reduced;
	snprintf(out->words, sizeof out->words, "%s", s.words);
	rate_sdp_solution_free(&s);
	return rc;
}

/* In the form that is the smaller one; in the other if that fails and the other is not large. What failed once is the
 * second choice from then on. */
static int solve_once(program *p, rate_optimum *out)
{
	size_t size[2] = { p->rows - p->m, p->n * (p->n + 1) / 2 + p->m };
	int rc, fixed = p->o->form != RATE_FORM_AUTO || p->w->below;
	/* Where f + h is bounded below and nothing else is, no row has a value that stands alone. */
	int values = p->w->below || (fixed ? p->o->form != RATE_FORM_MULTIPLIERS : size[0] > size[1]);

	if (!fixed && p->gave_up[values] && !p->gave_up[!values] && size[!values] <= MOST_EQUATIONS)
		values = !values;
	rc = solve_in(p, values, out);
	if (!rc || fixed || size[!values] > MOST_EQUATIONS)
		return rc;
	p->gave_up[values] = 1;
	return solve_in(p, !values, out);
}

static double evaluate(const program *p, const rate_sparse *r, const rate_optimum *o)
{
	double sum = r->c;

	for (size_t e = 0; e < r->entries; e++) {
		int i = p->where[r->i[e]], j = p->where[r->j[e]];
		if (i >= 0 && j >= 0)
			sum += r->v[e] * (i == j ? 1 : 2) * o->gram[(size_t)i * p->n + (size_t)j];
	}
	for (size_t e = 0; e < r->weights; e++)
		sum += r->b[e] * o->values[r->value[e]];
	return sum;
}

static double dual_of(const program *p, const rate_optimum *o)
{
	double sum = p->objective.c;

	for (size_t k = 0; k < p->rows; k++)
		sum -= o->multiplier[k] * p->row[k].c;
	return sum;
}

static size_t all_rows(const program *p)
{
	size_t pairs = 0, others = 0;

	for (size_t k = 0; k < p->w->groups; k++) {
		size_t both = p->w->group[k].count * (p->w->group[k].count - 1);
		row_kinds rows = kinds_of(&p->w->group[k]);
		for (int r = 0; r < rows.count; r++)
			pairs += is_of(rows.kind[r], 0, 1) ? both : both / 2;
	}
	for (size_t k = 0; k < p->rows; k++)
		others += p->id[k].kind >= RATE_ROW_BOUND;
	return pairs + others;
}

/* Of operators and sets most rows are needed in the end. */
static int wants_all_rows(const program *p)
{
	return p->o->form == RATE_FORM_DENSE || (p->w->group[p->w->groups - 1].kind && all_rows(p) <= 2500);
}

static double gap_of(const program *p, const rate_optimum *o)
{
	double dual = dual_of(p, o);

	return fabs(dual - evaluate(p, &p->objective, o)) / fmax(fabs(dual), 1e-300);
}

/* Solves again in the given form; what is nearer to a proof is kept. */
static void try_form(program *p, int values, rate_optimum *out)
{
	rate_optimum other = { .gram = calloc(p->n * p->n + 1, sizeof(double)),
	                       .values = calloc(p->m + 1, sizeof(double)) };

	if (other.gram && other.values && solve_in(p, values, &other) == RATE_OK && other.outcome == RATE_OPTIMAL &&
	    gap_of(p, &other) < gap_of(p, out)) {
		double *gram = out->gram, *f = out->values, *k = out->multiplier;
		out->gram = other.gram;
		out->values = other.values;
		out->multiplier = other.multiplier;
		out->reduced = other.reduced;
		other.gram = gram;
		other.values = f;
		other.multiplier = k;
	}
	rate_optimum_free(&other);
}

/* Where the solver was not as accurate as it can be, the other form may do better, and then all rows at once. */
static int try_harder(program *p, rate_optimum *out)
{
	size_t size[2] = { p->rows - p->m, p->n * (p->n + 1) / 2 + p->m }, before = p->rows;
	int other = !p->values || p->w->below;
	double *grown;

	if (gap_of(p, out) > 3e-8 && size[other] <= MOST_EQUATIONS && !p->gave_up[other])
		try_form(p, other, out);
	if (!(gap_of(p, out) > 1e-6) || size[1] > MOST_EQUATIONS || all_rows(p) > 2000)
		return RATE_OK;
	if (take_all_pairs(p) || !(grown = realloc(out->multiplier, (p->rows + 1) * sizeof *grown)))
		return RATE_FAIL;
	out->multiplier = grown;
	memset(grown + before, 0, (p->rows - before) * sizeof *grown);
	if (p->rows > before)
		try_form(p, 1, out);
	return RATE_OK;
}

/* The objective is to be on top of the level; what is maximised is less the trace of G, in the units of the leaves. */
static int least_trace(program *p)
{
	rate_sparse_free(&p->objective);
	for (size_t i = 0; i < p->n; i++)
		p->b.q[p->leaf[i] * p->w->n + p->leaf[i]] = -1 / area(p, (int)i, (int)i);
	p->unit = 1;
	return rate_gather(&p->b, &p->objective);
}

static int set_out(program *p)
{
	const rate_worst *w = p->w;
	double guess = w->root ? w->proven * w->proven : w->proven;

	p->m = w->m + (w->pieces > 1);
	p->unit = isfinite(guess) && guess > 0 ? guess : 1;
	p->natural = isfinite(w->group[0].G) ? w->group[0].G : isfinite(w->group[0].L) ? w->group[0].L +
	    w->group[0].shift : 1;
	p->b = (rate_builder){ .n = w->n, .q = calloc(w->n * w->n, sizeof(double)), .m = w->m + 1,
	                       .f = calloc(w->m + 1, sizeof(double)) };
	p->work = calloc(2 * w->n, sizeof *p->work);
	/* Normals of any length leave the multipliers no interior. */
	p->gave_up[0] = w->group[w->groups - 1].kind == RATE_SET;
	p->pivot = calloc(p->m + 1, sizeof *p->pivot);
	if (!p->b.q || !p->b.f || !p->work || !p->pivot)
		return RATE_FAIL;
	for (size_t k = 0; k < w->groups; k++)
		if (!(p->in[k] = calloc(w->group[k].count * w->group[k].count + 1, 1)))
			return RATE_FAIL;
	if (w->pieces > 1)
		rate_build_value(&p->b, 1, (int)w->m);
	else
		rate_build_scalar(&p->b, &w->piece[0], 1);
	if (rate_gather(&p->b, &p->objective) || take_first_rows(p) || find_leaves(p))
		return RATE_FAIL;
	return p->o->level > 0 ? least_trace(p) : RATE_OK;
}

static void clear(program *p)
{
	free(p->b.q);
	free(p->b.f);
	free(p->work);
	free(p->pivot);
	free(p->leaf);
	free(p->where);
	for (size_t k = 0; k < p->rows; k++)
		rate_sparse_free(&p->row[k]);
	free(p->row);
	free(p->scale);
	free(p->id);
	for (size_t k = 0; k < RATE_WORST_GROUPS; k++)
		free(p->in[k]);
	rate_sparse_free(&p->objective);
}

/* From runs of gradient descent with up to 200 steps. */
double rate_worst_cost(const rate_worst *w)
{
	return 15 * pow((double)(w->n + w->m) / 400, 3.5);
}

int rate_solve_worst(const rate_worst *w, const rate_solve_options *o, rate_optimum *out)
{
	program p = { .w = w, .o = o };
	double started = now(), spent = processor();
	int rc = RATE_FAIL, all = 0, resized = 0, smaller = 0;

	memset(out, 0, sizeof *out);
	out->outcome = RATE_SOLVER_FAILED;
	if (rate_worst_cost(w) > o->seconds) {
		snprintf(out->words, sizeof out->words,
		         "%zu leaves and %zu values: about %.2g s of the solver; fewer steps, or more --seconds", w->n,
		         w->m, rate_worst_cost(w));
		return RATE_FAIL;
	}
	if (set_out(&p) || (wants_all_rows(&p) && take_all_pairs(&p)))
		goto memory;
	out->gram = calloc(p.n * p.n + 1, sizeof *out->gram);
	out->values = calloc(p.m + 1, sizeof *out->values);
	if (!out->gram || !out->values)
		goto memory;
	for (size_t batch = 2 * (w->m + 4);; batch += batch / 2) {
		int more;
		out->rounds++;
		rc = solve_once(&p, out);
		/* A bound that is far above the worst case is a bad unit. */
		if (rc && smaller < 2 && strstr(out->words, "gave up")) {
			p.unit *= 1e-2;
			p.gave_up[0] = p.gave_up[1] = 0;
			smaller++;
			continue;
		}
		if (rc || out->outcome == RATE_SOLVER_FAILED)
			break;
		/* Too few rows may leave it without a bound. */
		if (out->outcome == RATE_UNBOUNDED) {
			if (all++ || o->form == RATE_FORM_DENSE)
				break;
			if (take_all_pairs(&p))
				goto memory;
			continue;
		}
		/* Solvers stop on the gap over 1 + |objective|: it should be about 1. */
		double found = evaluate(&p, &p.objective, out);
		int off = found > 0 && !(found > 0.2 * p.unit && found < 5 * p.unit);
		more = off && !resized ? 0 : add_broken(&p, out, 1e-8 * p.natural, batch);
		if (more < 0)
			goto memory;
		if (!more && (!off || resized++ > 3))
			break;
		/* Too few rows may allow a huge value: what it is in the end counts. */
		if (!more)
			p.unit = found;
	}
	if (rc == RATE_OK && out->outcome == RATE_OPTIMAL && o->form == RATE_FORM_AUTO && try_harder(&p, out))
		goto memory;
	out->n = p.n;
	out->m = p.m;
	out->rows = p.rows;
	out->all_rows = all_rows(&p);
	out->seconds = now() - started;
	out->processor = processor() - spent;
	if (rc == RATE_OK && out->outcome == RATE_OPTIMAL) {
		out->value = evaluate(&p, &p.objective, out);
		out->dual = dual_of(&p, out);
		if (w->root) {
			out->value = sqrt(fmax(out->value, 0));
			out->dual = sqrt(fmax(out->dual, 0));
		}
	}
	out->leaf = p.leaf;
	out->row = p.id;
	p.leaf = NULL;
	p.id = NULL;
	clear(&p);
	return rc;
memory:
	snprintf(out->words, sizeof out->words, "out of memory for the program");
	clear(&p);
	return RATE_FAIL;
}

void rate_optimum_free(rate_optimum *o)
{
	free(o->leaf);
	free(o->gram);
	free(o->values);
	free(o->row);
	free(o->multiplier);
}
