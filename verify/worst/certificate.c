/* A certificate: multipliers of a solver, rounded to rationals and repaired until they are a proof.
 *
 * The program is solved again with a little more objective, delta trace G, so that the slack matrix has room for
 * rounding. Multipliers become multiples of a power of two. The values must cancel exactly: rows of two values are
 * edges of a graph, those with the largest multipliers make a tree from the minimiser, and along it the multipliers
 * are computed from the leaves, which moves them by rounding only.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/proof.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kinds[] = { [RATE_ROW_PAIR] = "pair", [RATE_ROW_MONOTONE] = "monotone",
	[RATE_ROW_COCOERCIVE] = "cocoercive", [RATE_ROW_LIPSCHITZ] = "lipschitz",
	[RATE_ROW_BOUND] = "bound", [RATE_ROW_FLOOR] = "floor", [RATE_ROW_PL] = "pl",
	[RATE_ROW_SIZE] = "start", [RATE_ROW_PIECE] = "least" };

typedef struct edge {
	size_t row;
	double weight;
	int from, to; /* values; m: the ground, whose value is 0 */
} edge;

static int heavier(const void *a, const void *b)
{
	double x = ((const edge *)a)->weight, y = ((const edge *)b)->weight;

	return x < y ? 1 : x > y ? -1 : 0;
}

static int root_of(int *parent, int v)
{
	while (parent[v] != v)
		v = parent[v] = parent[parent[v]];
	return v;
}

/* The values that a row of two values joins; 0: it is not one. A pair has weight -1 at i and 1 at j, a floor -1 at
 * i. */
static int joins(const rate_proof *p, const rate_row_id *id, int ground, int *i, int *j)
{
	const rate_proof_group *g = &p->group[id->group];

	if (id->kind != RATE_ROW_PAIR && id->kind != RATE_ROW_FLOOR)
		return 0;
	*i = g->value[id->i];
	*j = id->kind == RATE_ROW_PAIR ? g->value[id->j] : -1;
	*i = *i < 0 ? ground : *i;
	*j = *j < 0 ? ground : *j;
	return *i != *j;
}

/* Marks the rows of the tree. */
static int grow_tree(const rate_proof *p, const rate_optimum *o, mpq_t *k, char *in_tree)
{
	int ground = (int)p->m, *parent = malloc((p->m + 1) * sizeof *parent);
	edge *e = malloc((o->rows + 1) * sizeof *e);
	size_t edges = 0, joined = 0;

	for (int v = 0; parent && v <= ground; v++)
		parent[v] = v;
	for (size_t r = 0; e && r < o->rows; r++) {
		edge one = { .row = r, .weight = mpq_get_d(k[r]) };
		if (joins(p, &o->row[r], ground, &one.from, &one.to))
			e[edges++] = one;
	}
	if (e && parent)
		qsort(e, edges, sizeof *e, heavier);
	for (size_t r = 0; e && parent && r < edges; r++) {
		int a = root_of(parent, e[r].from), b = root_of(parent, e[r].to);
		if (a == b)
			continue;
		parent[a] = b;
		in_tree[e[r].row] = 1;
		joined++;
	}
	free(parent);
	free(e);
	return joined == p->m ? RATE_OK : RATE_FAIL;
}

/* left[v]: what the rows of the tree have to add up to at v. Leaves of the tree first. */
static int solve_tree(const rate_proof *p, const rate_optimum *o, mpq_t *k, char *in_tree, mpq_t *left)
{
	int ground = (int)p->m, *degree = calloc(p->m + 1, sizeof *degree), i, j, rc = RATE_OK;

	if (!degree)
		return RATE_FAIL;
	for (size_t r = 0; r < o->rows; r++)
		if (in_tree[r] && joins(p, &o->row[r], ground, &i, &j)) {
			degree[i]++;
			degree[j]++;
		}
	for (size_t done = 0; done < p->m && !rc;) {
		size_t before = done;
		for (size_t r = 0; r < o->rows && !rc; r++) {
			if (in_tree[r] != 1 || !joins(p, &o->row[r], ground, &i, &j))
				continue;
			int leaf = i != ground && degree[i] == 1 ? i : j != ground && degree[j] == 1 ? j : -1;
			if (leaf < 0)
				continue;
			/* weight -1 at i, 1 at j */
			if (leaf == i)
				mpq_neg(k[r], left[i]);
			else
				mpq_set(k[r], left[j]);
			mpq_set_ui(left[leaf], 0, 1);
			if (leaf == i && j != ground)
				mpq_sub(left[j], left[j], k[r]);
			if (leaf == j && i != ground)
				mpq_add(left[i], left[i], k[r]);
			rc = mpq_sgn(k[r]) < 0 ? RATE_FAIL : RATE_OK;
			degree[i]--;
			degree[j]--;
			in_tree[r] = 2;
			done++;
		}
		if (done == before)
			rc = RATE_FAIL;
	}
	free(degree);
	return rc;
}

/* Rounds, and makes the values cancel. */
static int repair(const rate_proof *p, const rate_optimum *o, double unit, double drop, mpq_t *k,
                  rate_error *error)
{
	char *in_tree = calloc(o->rows + 1, 1);
	size_t biggest = SIZE_MAX;
	rate_sum s = { 0 };
	mpq_t *left = malloc((p->m + 2) * sizeof *left), t;
	int rc = RATE_FAIL;

	if (!in_tree || !left) {
		free(in_tree);
		free(left);
		return rate_fail(error, "out of memory");
	}
	mpq_init(t);
	for (size_t v = 0; v <= p->m; v++)
		mpq_init(left[v]);
	for (size_t r = 0; r < o->rows; r++) {
		double v = o->multiplier[r] / unit;
		mpq_set_d(k[r], v > drop ? ldexp(nearbyint(ldexp(v, 48)), -48) : 0);
		/* in units of the objective, which is a rational too */
		mpq_set_d(t, unit);
		mpq_mul(k[r], k[r], t);
		if (o->row[r].kind == RATE_ROW_PIECE &&
		    (biggest == SIZE_MAX || o->multiplier[r] > o->multiplier[biggest]))
			biggest = r;
	}
	/* The multipliers of the pieces add up to 1. */
	if (biggest != SIZE_MAX) {
		mpq_set_ui(t, 1, 1);
		for (size_t r = 0; r < o->rows; r++)
			if (o->row[r].kind == RATE_ROW_PIECE && r != biggest)
				mpq_sub(t, t, k[r]);
		mpq_set(k[biggest], t);
	}
	if (grow_tree(p, o, k, in_tree)) {
		rate_fail(error, "the rows in use do not join all values");
		goto out;
	}
	if (rate_sum_begin(&s, p, error))
		goto out;
	for (size_t r = 0; r < o->rows; r++)
		if (!in_tree[r] && mpq_sgn(k[r]) && rate_sum_add(&s, p, &o->row[r], k[r], error))
			goto out;
	for (size_t v = 0; v < p->m; v++)
		mpq_neg(left[v], s.b[v]);
	rc = solve_tree(p, o, k, in_tree, left);
	if (rc)
		rate_fail(error, "the values cannot be made to cancel with multipliers of the right sign");
out:
	if (s.S)
		rate_sum_clear(&s);
	for (size_t v = 0; v <= p->m; v++)
		mpq_clear(left[v]);
	free(left);
	free(in_tree);
	mpq_clear(t);
	return rc;
}

static json_t *text_of(const mpq_t q)
{
	char *text = mpq_get_str(NULL, 10, q);
	json_t *out = json_string(text);

	free(text);
	return out;
}

/* "pair 0 2 3 p/q": kind, function, points, multiplier */
static json_t *row_text(const rate_row_id *id, const mpq_t k)
{
	char *number = mpq_get_str(NULL, 10, k);
	json_t *out = json_sprintf("%s %d %d %d %s", kinds[id->kind], id->group, id->i, id->j, number);

	free(number);
	return out;
}

/* One attempt. RATE_OK: *out is a certificate that has been checked. */
static int attempt(const rate_worst *w, const json_t *model, const rate_solve_options *o, double drop,
                   json_t **out, rate_error *error)
{
	rate_optimum opt;
	rate_proof p = { 0 };
	rate_sum s = { 0 };
	mpq_t *k = NULL;
	json_t *rows = NULL;
	double unit;
	int rc = RATE_FAIL;

	if (rate_solve_worst(w, o, &opt) || opt.outcome != RATE_OPTIMAL) {
		rate_fail(error, "%s", *opt.words ? opt.words : "no finite bound holds for all of the class");
		rate_optimum_free(&opt);
		return RATE_FAIL;
	}
	/* a power of two near the optimum */
	unit = ldexp(1, (int)floor(log2(fmax(w->root ? opt.dual * opt.dual : opt.dual, 1e-300))));
	if (!(k = malloc((opt.rows + 1) * sizeof *k)))
		goto out;
	for (size_t r = 0; r < opt.rows; r++)
		mpq_init(k[r]);
	if (rate_proof_read(&p, model, error) || repair(&p, &opt, unit, drop, k, error) ||
	    rate_sum_begin(&s, &p, error))
		goto clear;
	rows = json_array();
	for (size_t r = 0; r < opt.rows; r++) {
		const rate_row_id *id = &opt.row[r];
		if (!mpq_sgn(k[r]))
			continue;
		if (rate_sum_add(&s, &p, id, k[r], error))
			goto clear;
		json_array_append_new(rows, row_text(id, k[r]));
	}
	if (rate_sum_proves(&s, error))
		goto clear;
	*out = json_pack("{siso}", "certificate", 1, "bound", text_of(s.bound));
	json_object_set_new(*out, "multipliers", rows);
	rows = NULL;
	rc = RATE_OK;
clear:
	for (size_t r = 0; r < opt.rows; r++)
		mpq_clear(k[r]);
	if (s.S)
		rate_sum_clear(&s);
	rate_proof_clear(&p);
	json_decref(rows);
out:
	free(k);
	rate_optimum_free(&opt);
	return rc;
}

int rate_certify(const rate_worst *w, const rate_solve_options *o, json_t *about, json_t **out, rate_error *error)
{
	static const double deltas[] = { 1e-9, 1e-8, 1e-7, 1e-6, 1e-5 };
	json_t *model = rate_proof_model(w);
	int rc = RATE_FAIL;

	*out = NULL;
	if (w->group[w->groups - 1].kind == RATE_SET) {
		json_decref(model);
		return rate_fail(error, "over a set the gradients of the class may be of any length, so no "
		                 "multipliers have room for rounding");
	}
	if (w->below) {
		json_decref(model);
		return rate_fail(error, "where only f + h is bounded below, no value stands alone in a row, and the "
		                 "multipliers cannot be repaired one by one");
	}
	for (size_t k = 0; k < sizeof deltas / sizeof *deltas && rc; k++) {
		rate_solve_options with = *o;
		with.delta = deltas[k];
		rc = attempt(w, model, &with, deltas[k] / 1000, out, error);
	}
	if (rc == RATE_OK) {
		json_object_set(*out, "about", about);
		json_object_set(*out, "model", model);
	}
	json_decref(model);
	return rc;
}

/* ---- Checking ---- */

static int read_row(const json_t *row, rate_row_id *id, mpq_t k)
{
	const char *text = json_string_value(row);
	char kind[16];
	int at = 0;

	if (!text || sscanf(text, "%15s %d %d %d %n", kind, &id->group, &id->i, &id->j, &at) != 4 || !text[at])
		return RATE_FAIL;
	for (size_t c = 0; c < sizeof kinds / sizeof *kinds; c++)
		if (kinds[c] && !strcmp(kinds[c], kind)) {
			id->kind = (rate_row_kind)c;
			if (strspn(text + at, "0123456789/") != strlen(text + at) || mpq_set_str(k, text + at, 10) ||
			    !mpz_sgn(mpq_denref(k)))
				return RATE_FAIL;
			mpq_canonicalize(k);
			return RATE_OK;
		}
	return RATE_FAIL;
}

int rate_certificate_check(const json_t *certificate, char **bound, int *square, size_t *rows, size_t *n,
                           rate_error *error)
{
	const json_t *model = json_object_get(certificate, "model"),
	    *list = json_object_get(certificate, "multipliers"), *row;
	const char *stated = json_string_value(json_object_get(certificate, "bound"));
	rate_proof p = { 0 };
	rate_sum s = { 0 };
	rate_row_id id;
	mpq_t k, claimed;
	size_t at;
	int rc = RATE_FAIL;

	*bound = NULL;
	mpq_inits(k, claimed, NULL);
	if (json_integer_value(json_object_get(certificate, "certificate")) != 1 || !json_is_array(list) || !stated) {
		rate_fail(error, "no certificate of this program: \"certificate\": 1, \"bound\", "
		          "\"multipliers\" and \"model\" are wanted");
		goto out;
	}
	if (strspn(stated, "-0123456789/") != strlen(stated) || mpq_set_str(claimed, stated, 10) ||
	    !mpz_sgn(mpq_denref(claimed))) {
		rate_fail(error, "its bound is no rational number p/q");
		goto out;
	}
	mpq_canonicalize(claimed);
	if (rate_proof_read(&p, model, error) || rate_sum_begin(&s, &p, error))
		goto out;
	json_array_foreach(list, at, row) {
		if (read_row(row, &id, k)) {
			rate_fail(error, "multiplier %zu is no row with a nonnegative rational", at + 1);
			goto out;
		}
		if (rate_sum_add(&s, &p, &id, k, error))
			goto out;
	}
	if (rate_sum_proves(&s, error))
		goto out;
	if (mpq_cmp(s.bound, claimed) > 0) {
		rate_fail(error, "the multipliers prove less than it claims");
		goto out;
	}
	*bound = mpq_get_str(NULL, 10, claimed);
	*square = json_is_true(json_object_get(model, "root"));
	*rows = json_array_size(list);
	*n = p.n;
	rc = RATE_OK;
out:
	if (s.S)
		rate_sum_clear(&s);
	rate_proof_clear(&p);
	mpq_clears(k, claimed, NULL);
	return rc;
}
