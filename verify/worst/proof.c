/* Exact arithmetic on a certificate. If multipliers k >= 0 of rows  A_k.G + b_k'F + c_k <= 0  make the values cancel,
 * sum k b_k = b, and leave S = sum k A_k - A positive semidefinite, then for every G >= 0 the objective A.G + b'F + c
 * is at most c - sum k c_k. So the multipliers are the proof, and it takes sums of rationals to check it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/proof.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The model as JSON ---- */

static json_t *rational(double v)
{
	mpq_t q;
	char *text;
	json_t *out;

	if (!isfinite(v))
		return json_null();
	mpq_init(q);
	mpq_set_d(q, v);
	text = mpq_get_str(NULL, 10, q);
	out = json_string(text);
	free(text);
	mpq_clear(q);
	return out;
}

/* "leaf:p/q leaf:p/q ...", those that are not 0 */
static json_t *vector(const double *v, size_t n)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	json_t *all;
	mpq_t q;

	mpq_init(q);
	for (size_t l = 0, used = 0; out && l < n; l++)
		if (v[l] != 0) {
			mpq_set_d(q, v[l]);
			gmp_fprintf(out, "%s%zu:%Qd", used++ ? " " : "", l, q);
		}
	mpq_clear(q);
	if (out)
		fclose(out);
	all = json_string(text ? text : "");
	free(text);
	return all;
}

static json_t *scalar_json(const rate_scalar *s, size_t n)
{
	json_t *products = json_array(), *weights = json_array();

	for (size_t k = 0; k < s->products; k++)
		json_array_append_new(products,
		                      json_pack("[ooo]", rational(s->product[k].w), vector(s->product[k].u, n),
		                                          vector(s->product[k].v, n)));
	for (size_t k = 0; k < s->weights; k++)
		json_array_append_new(weights, json_pack("[io]", s->weight[k].value, rational(s->weight[k].w)));
	return json_pack("{sososo}", "products", products, "values", weights, "constant", rational(s->constant));
}

json_t *rate_proof_model(const rate_worst *w)
{
	json_t *groups = json_array(), *pieces = json_array(), *sizes = json_array();

	for (size_t k = 0; k < w->groups; k++) {
		const rate_group *g = &w->group[k];
		json_t *points = json_array();
		for (size_t i = 0; i < g->count; i++)
			json_array_append_new(points, json_pack("{sisoso}", "value", g->node[i].value, "x",
			                                        vector(g->node[i].x, w->n), "g",
			                                        vector(g->node[i].g, w->n)));
		json_array_append_new(groups, json_pack("{sosososososo}", "mu", rational(g->mu), "L", rational(g->L),
		                                        "shift", rational(g->shift), "G", rational(g->G), "floor",
		                                        rational(g->floor), "pl", rational(g->pl)));
		json_object_set_new(json_array_get(groups, k), "star", json_integer(g->star));
		json_object_set_new(json_array_get(groups, k), "points", points);
		json_object_set_new(json_array_get(groups, k), "operator", json_integer(g->kind));
	}
	for (size_t k = 0; k < w->pieces; k++)
		json_array_append_new(pieces, scalar_json(&w->piece[k], w->n));
	for (size_t k = 0; k < w->sizes; k++)
		json_array_append_new(sizes, scalar_json(&w->size[k], w->n));
	return json_pack("{sisisbsososo}", "leaves", (int)w->n, "values", (int)w->m, "root", w->root, "functions",
	                 groups, "least", pieces, "start", sizes);
}

/* ---- And back ---- */

enum { MOST = 4096 };

static int whole(const json_t *object, const char *name, long low, long high, long *out, rate_error *error)
{
	const json_t *v = json_object_get(object, name);

	if (!json_is_integer(v) || json_integer_value(v) < low || json_integer_value(v) > high)
		return rate_fail(error, "\"%s\": a whole number from %ld to %ld is wanted", name, low, high);
	*out = (long)json_integer_value(v);
	return RATE_OK;
}

static int read_text(const char *text, mpq_t out)
{
	if (!text || strspn(text, "-0123456789/") != strlen(text) || mpq_set_str(out, text, 10) ||
	    !mpz_sgn(mpq_denref(out)))
		return RATE_FAIL;
	mpq_canonicalize(out);
	return RATE_OK;
}

static int read_rational(const json_t *v, mpq_t out)
{
	return read_text(json_string_value(v), out);
}

static mpq_t *new_rationals(size_t count)
{
	mpq_t *v = malloc((count + 1) * sizeof *v);

	for (size_t k = 0; v && k < count; k++)
		mpq_init(v[k]);
	return v;
}

static void free_rationals(mpq_t *v, size_t count)
{
	for (size_t k = 0; v && k < count; k++)
		mpq_clear(v[k]);
	free(v);
}

static int read_vector(const json_t *from, mpq_t *out, size_t n)
{
	const char *at = json_string_value(from);
	char number[4096], *end;

	for (size_t l = 0; l < n; l++)
		mpq_set_ui(out[l], 0, 1);
	while (at && *at) {
		unsigned long leaf = strtoul(at, &end, 10);
		size_t length;
		if (end == at || *end != ':' || leaf >= n)
			return RATE_FAIL;
		length = strspn(end + 1, "-0123456789/");
		if (!length || length >= sizeof number || (end[1 + length] && end[1 + length] != ' '))
			return RATE_FAIL;
		memcpy(number, end + 1, length);
		number[length] = '\0';
		if (read_text(number, out[leaf]))
			return RATE_FAIL;
		at = end + 1 + length + (end[1 + length] == ' ');
	}
	return at ? RATE_OK : RATE_FAIL;
}

/* A constant of the class that may be null: none. */
static int read_constant(const json_t *object, const char *name, mpq_t out, int *there)
{
	const json_t *v = json_object_get(object, name);

	*there = !json_is_null(v);
	return *there ? read_rational(v, out) : RATE_OK;
}

static int read_group(rate_proof_group *g, const json_t *from, size_t n, size_t m, rate_error *error)
{
	const json_t *points = json_object_get(from, "points"), *point;
	size_t i, count = json_array_size(points);
	int always;
	long v;

	rate_fail(error, "a function of the class is not written as it should be");
	mpq_inits(g->mu, g->L, g->shift, g->G2, g->floor, g->pl, NULL);
	if (count > MOST || read_constant(from, "mu", g->mu, &always) || read_constant(from, "L", g->L, &g->smooth) ||
	    read_constant(from, "shift", g->shift, &always) || read_constant(from, "G", g->G2, &g->lipschitz) ||
	    read_constant(from, "floor", g->floor, &always) || read_constant(from, "pl", g->pl, &always) ||
	    whole(from, "star", -1, (long)count - 1, &v, error))
		return RATE_FAIL;
	mpq_mul(g->G2, g->G2, g->G2);
	g->star = (int)v;
	if (whole(from, "operator", RATE_NO_OPERATOR, RATE_LIPSCHITZ, &v, error))
		return RATE_FAIL;
	g->kind = (rate_operator)v;
	rate_fail(error, "a function of the class is not written as it should be");
	if (g->kind > RATE_MONOTONE && !g->smooth)
		return RATE_FAIL;
	if (g->smooth && (mpq_sgn(g->L) <= 0 || mpq_cmp(g->mu, g->L) >= 0))
		return rate_fail(error, "mu < L and L > 0 are wanted");
	g->count = count;
	g->x = new_rationals(count * n);
	g->g = new_rationals(count * n);
	g->value = calloc(count + 1, sizeof *g->value);
	if (!g->x || !g->g || !g->value)
		return RATE_FAIL;
	json_array_foreach(points, i, point) {
		if (whole(point, "value", -1, (long)m - 1, &v, error))
			return RATE_FAIL;
		if (read_vector(json_object_get(point, "x"), g->x + i * n, n) ||
		    read_vector(json_object_get(point, "g"), g->g + i * n, n)) {
			return rate_fail(error, "point %zu: \"leaf:p/q ...\" is wanted", i);
		}
		g->value[i] = (int)v;
	}
	return RATE_OK;
}

int rate_proof_read(rate_proof *p, const json_t *model, rate_error *error)
{
	const json_t *groups = json_object_get(model, "functions"), *one;
	size_t k;
	long n, m;

	memset(p, 0, sizeof *p);
	if (whole(model, "leaves", 1, MOST, &n, error) || whole(model, "values", 0, MOST, &m, error))
		return RATE_FAIL;
	p->n = (size_t)n;
	p->m = (size_t)m;
	p->piece = json_object_get(model, "least");
	p->size = json_object_get(model, "start");
	p->pieces = json_array_size(p->piece);
	p->sizes = json_array_size(p->size);
	if (!json_array_size(groups) || json_array_size(groups) > RATE_WORST_GROUPS || !p->pieces)
		return rate_fail(error, "there are no functions, or there is nothing to bound");
	if (!(p->group = calloc(json_array_size(groups), sizeof *p->group)))
		return RATE_FAIL;
	json_array_foreach(groups, k, one) {
		p->groups++;
		if (read_group(&p->group[k], one, p->n, p->m, error))
			return RATE_FAIL;
	}
	rate_no_error(error);
	return RATE_OK;
}

void rate_proof_clear(rate_proof *p)
{
	for (size_t k = 0; k < p->groups; k++) {
		rate_proof_group *g = &p->group[k];
		mpq_clears(g->mu, g->L, g->shift, g->G2, g->floor, g->pl, NULL);
		free_rationals(g->x, g->count * p->n);
		free_rationals(g->g, g->count * p->n);
		free(g->value);
	}
	free(p->group);
	memset(p, 0, sizeof *p);
}

/* ---- Sums of rows ---- */

/* S += w (u v' + v u')/2 */
static void add_product(rate_sum *s, const mpq_t w, mpq_t *u, mpq_t *v)
{
	mpq_t half, t;

	mpq_inits(half, t, NULL);
	mpq_div_2exp(half, w, 1);
	for (size_t i = 0; i < s->n; i++) {
		if (!mpq_sgn(u[i]))
			continue;
		for (size_t j = 0; j < s->n; j++) {
			if (!mpq_sgn(v[j]))
				continue;
			mpq_mul(t, u[i], v[j]);
			mpq_mul(t, t, half);
			mpq_add(s->S[i * s->n + j], s->S[i * s->n + j], t);
			mpq_add(s->S[j * s->n + i], s->S[j * s->n + i], t);
		}
	}
	mpq_clears(half, t, NULL);
}

static void add_value(rate_sum *s, const mpq_t w, int value)
{
	if (value >= 0)
		mpq_add(s->b[value], s->b[value], w);
}

static void add_pair(rate_sum *s, const rate_proof_group *g, size_t i, size_t j, const mpq_t k)
{
	size_t n = s->n;
	mpq_t *dx = new_rationals(n), *dg = new_rationals(n), w, t;

	mpq_inits(w, t, NULL);
	for (size_t l = 0; l < n; l++) {
		mpq_sub(dx[l], g->x[i * n + l], g->x[j * n + l]);
		mpq_sub(dg[l], g->g[i * n + l], g->g[j * n + l]);
	}
	add_value(s, k, g->value[j]);
	mpq_neg(w, k);
	add_value(s, w, g->value[i]);
	add_product(s, k, g->g + j * n, dx);
	if (g->smooth) {
		/* k/(2 (L - mu)): times 1 for |dg|^2, mu L for |dx|^2, -2 mu for <dg, dx> */
		mpq_sub(w, g->L, g->mu);
		mpq_div(w, k, w);
		mpq_div_2exp(w, w, 1);
		add_product(s, w, dg, dg);
		if (mpq_sgn(g->mu)) {
			mpq_mul(t, w, g->mu);
			mpq_mul_2exp(t, t, 1);
			mpq_neg(t, t);
			add_product(s, t, dg, dx);
			mpq_mul(t, w, g->mu);
			mpq_mul(t, t, g->L);
			add_product(s, t, dx, dx);
		}
	} else if (mpq_sgn(g->mu)) {
		mpq_mul(w, k, g->mu);
		mpq_div_2exp(w, w, 1);
		add_product(s, w, dx, dx);
	}
	mpq_clears(w, t, NULL);
	free_rationals(dx, n);
	free_rationals(dg, n);
}

/* mu |dx|^2 - <dg, dx>, |dg|^2/L - <dg, dx> or |dg|^2/L - L |dx|^2 */
static void add_operator(rate_sum *s, const rate_proof_group *g, const rate_row_id *id, const mpq_t k)
{
	size_t n = s->n, i = (size_t)id->i, j = (size_t)id->j;
	mpq_t *dx = new_rationals(n), *dg = new_rationals(n), w;

	mpq_init(w);
	for (size_t l = 0; l < n; l++) {
		mpq_sub(dx[l], g->x[i * n + l], g->x[j * n + l]);
		mpq_sub(dg[l], g->g[i * n + l], g->g[j * n + l]);
	}
	mpq_neg(w, k);
	if (id->kind != RATE_ROW_LIPSCHITZ)
		add_product(s, w, dg, dx);
	else {
		mpq_mul(w, w, g->L);
		add_product(s, w, dx, dx);
	}
	if (id->kind == RATE_ROW_MONOTONE) {
		mpq_mul(w, k, g->mu);
		add_product(s, w, dx, dx);
	} else {
		mpq_div(w, k, g->L);
		add_product(s, w, dg, dg);
	}
	mpq_clear(w);
	free_rationals(dx, n);
	free_rationals(dg, n);
}

/* w |g_i + shift x_i|^2 */
static void add_square(rate_sum *s, const rate_proof_group *g, size_t i, const mpq_t w)
{
	mpq_t *u = new_rationals(s->n);

	for (size_t l = 0; l < s->n; l++) {
		mpq_mul(u[l], g->shift, g->x[i * s->n + l]);
		mpq_add(u[l], u[l], g->g[i * s->n + l]);
	}
	add_product(s, w, u, u);
	free_rationals(u, s->n);
}

/* w x the scalar; its constant is taken off the bound. */
static int add_scalar(rate_sum *s, const json_t *scalar, const mpq_t w)
{
	const json_t *products = json_object_get(scalar, "products"), *weights = json_object_get(scalar, "values"),
	    *one;
	mpq_t *u = new_rationals(s->n), *v = new_rationals(s->n), t;
	size_t k;
	int rc = RATE_FAIL;

	mpq_init(t);
	json_array_foreach(products, k, one) {
		if (read_rational(json_array_get(one, 0), t) || read_vector(json_array_get(one, 1), u, s->n) ||
		    read_vector(json_array_get(one, 2), v, s->n))
			goto out;
		mpq_mul(t, t, w);
		add_product(s, t, u, v);
	}
	json_array_foreach(weights, k, one) {
		json_int_t value = json_integer_value(json_array_get(one, 0));
		if (value < -1 || value >= (json_int_t)s->m || read_rational(json_array_get(one, 1), t))
			goto out;
		mpq_mul(t, t, w);
		add_value(s, t, (int)value);
	}
	if (read_rational(json_object_get(scalar, "constant"), t))
		goto out;
	mpq_mul(t, t, w);
	mpq_sub(s->bound, s->bound, t);
	rc = RATE_OK;
out:
	mpq_clear(t);
	free_rationals(u, s->n);
	free_rationals(v, s->n);
	return rc;
}

int rate_sum_begin(rate_sum *s, const rate_proof *p, rate_error *error)
{
	mpq_t minus;
	int rc = RATE_OK;

	*s = (rate_sum){ .n = p->n, .m = p->m + (p->pieces > 1) };
	mpq_init(s->bound);
	s->S = new_rationals(p->n * p->n);
	s->b = new_rationals(s->m);
	if (!s->S || !s->b)
		return RATE_FAIL;
	mpq_init(minus);
	mpq_set_si(minus, -1, 1);
	if (p->pieces > 1)
		add_value(s, minus, (int)p->m);
	else
		rc = add_scalar(s, json_array_get(p->piece, 0), minus);
	mpq_clear(minus);
	if (rc)
		rate_fail(error, "what is bounded is not written as it should be");
	return rc;
}

int rate_sum_add(rate_sum *s, const rate_proof *p, const rate_row_id *id, const mpq_t multiplier,
                 rate_error *error)
{
	const rate_proof_group *g = (size_t)id->group < p->groups && id->group >= 0 ? &p->group[id->group] : NULL;
	int point = g && id->i >= 0 && (size_t)id->i < g->count;
	mpq_t w;
	int rc = RATE_FAIL;

	mpq_init(w);
	switch (id->kind) {
	case RATE_ROW_PAIR:
		if (!point || id->j < 0 || (size_t)id->j >= g->count || id->i == id->j || g->kind)
			break;
		add_pair(s, g, (size_t)id->i, (size_t)id->j, multiplier);
		rc = RATE_OK;
		break;
	case RATE_ROW_MONOTONE:
	case RATE_ROW_COCOERCIVE:
	case RATE_ROW_LIPSCHITZ:
		/* Every operator here is monotone; the other rows are those of its kind. */
		if (!point || id->j < 0 || (size_t)id->j >= g->count || !g->kind ||
		    (id->kind == RATE_ROW_COCOERCIVE && g->kind != RATE_COCOERCIVE) ||
		    (id->kind == RATE_ROW_LIPSCHITZ && g->kind != RATE_LIPSCHITZ))
			break;
		add_operator(s, g, id, multiplier);
		rc = RATE_OK;
		break;
	case RATE_ROW_BOUND: /* |g|^2 - G^2 <= 0 */
		if (!point || !g->lipschitz)
			break;
		add_square(s, g, (size_t)id->i, multiplier);
		mpq_mul(w, multiplier, g->G2);
		mpq_add(s->bound, s->bound, w);
		rc = RATE_OK;
		break;
	case RATE_ROW_FLOOR: /* |g|^2/(2 floor) - f <= 0 */
		if (!point || mpq_sgn(g->floor) <= 0)
			break;
		mpq_neg(w, multiplier);
		add_value(s, w, g->value[id->i]);
		mpq_div(w, multiplier, g->floor);
		mpq_div_2exp(w, w, 1);
		add_square(s, g, (size_t)id->i, w);
		rc = RATE_OK;
		break;
	case RATE_ROW_PL: /* 2 pl f - |g|^2 <= 0 */
		if (!point || mpq_sgn(g->pl) <= 0)
			break;
		mpq_mul(w, multiplier, g->pl);
		mpq_mul_2exp(w, w, 1);
		add_value(s, w, g->value[id->i]);
		mpq_neg(w, multiplier);
		add_square(s, g, (size_t)id->i, w);
		rc = RATE_OK;
		break;
	case RATE_ROW_SIZE:
		if (id->i >= 0 && (size_t)id->i < p->sizes)
			rc = add_scalar(s, json_array_get(p->size, (size_t)id->i), multiplier);
		break;
	case RATE_ROW_NORMAL: case RATE_ROW_DIAMETER: case RATE_ROW_SUM: case RATE_ROW_SUM_PL: /* in no certificate */
	case RATE_ROW_LEVEL: break;
	case RATE_ROW_PIECE: /* least - piece <= 0 */
		if (p->pieces < 2 || id->i < 0 || (size_t)id->i >= p->pieces)
			break;
		add_value(s, multiplier, (int)p->m);
		mpq_neg(w, multiplier);
		rc = add_scalar(s, json_array_get(p->piece, (size_t)id->i), w);
		break;
	}
	mpq_clear(w);
	if (rc)
		rate_fail(error, "a multiplier belongs to no row (kind %d, function %d, %d, %d)", (int)id->kind,
		          id->group, id->i, id->j);
	return rc;
}

/* Positive semidefinite? By elimination without fractions on whole numbers: pivots have the signs of the leading
 * minors. A zero pivot is allowed where its whole row is zero. */
static int semidefinite(const rate_sum *s, size_t *at)
{
	size_t n = s->n;
	mpz_t *a = malloc(n * n * sizeof *a), common, previous, t;
	int good = 1;

	mpz_inits(common, previous, t, NULL);
	mpz_set_ui(common, 1);
	mpz_set_ui(previous, 1);
	for (size_t k = 0; k < n * n; k++)
		mpz_lcm(common, common, mpq_denref(s->S[k]));
	for (size_t k = 0; k < n * n; k++) {
		mpz_init(a[k]);
		mpz_divexact(a[k], common, mpq_denref(s->S[k]));
		mpz_mul(a[k], a[k], mpq_numref(s->S[k]));
	}
	for (size_t k = 0; k < n && good; k++) {
		int sign = mpz_sgn(a[k * n + k]);
		*at = k;
		if (sign < 0)
			good = 0;
		for (size_t j = k + 1; !sign && j < n; j++)
			good &= !mpz_sgn(a[k * n + j]);
		if (sign <= 0)
			continue;
		for (size_t i = k + 1; i < n; i++) {
			for (size_t j = i; j < n; j++) {
				mpz_mul(t, a[i * n + j], a[k * n + k]);
				mpz_submul(t, a[k * n + i], a[k * n + j]);
				mpz_divexact(a[i * n + j], t, previous);
			}
		}
		mpz_set(previous, a[k * n + k]);
	}
	for (size_t k = 0; k < n * n; k++)
		mpz_clear(a[k]);
	free(a);
	mpz_clears(common, previous, t, NULL);
	return good;
}

int rate_sum_proves(const rate_sum *s, rate_error *error)
{
	size_t at = 0;

	for (size_t v = 0; v < s->m; v++)
		if (mpq_sgn(s->b[v])) {
			char *rest = mpq_get_str(NULL, 10, s->b[v]);
			rate_fail(error, "value %zu does not cancel: %.60s is left", v, rest);
			free(rest);
			return RATE_FAIL;
		}
	if (!semidefinite(s, &at))
		return rate_fail(error, "the slack matrix is not positive semidefinite (pivot %zu)", at + 1);
	return RATE_OK;
}

void rate_sum_clear(rate_sum *s)
{
	free_rationals(s->S, s->n * s->n);
	free_rationals(s->b, s->m);
	mpq_clear(s->bound);
}
