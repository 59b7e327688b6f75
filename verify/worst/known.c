/* The table of exact worst cases: read once, asked for each check. Nothing is solved here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/known.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rate_exact_table {
	json_t *row; /* an array of objects */
};

static const char *text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

/* NaN: null, or not there. */
static double number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

/* What a line has to have, else it is none of `ratecheck exact`. */
static const char *fault_of(const json_t *o)
{
	static const char *const texts[] = { "theorem", "method", "parameters", "start", "status" };

	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
		if (!json_is_string(json_object_get(o, texts[k])))
			return texts[k];
	if (!(number(o, "steps") >= 1))
		return "steps";
	if (!(number(o, "terms") >= 1))
		return "terms";
	return number(o, "claimed_factor") > 0 ? NULL : "claimed_factor";
}

rate_exact_table *rate_known_read(const char *file, rate_error *error)
{
	rate_exact_table *k = calloc(1, sizeof *k);
	FILE *in = k ? fopen(file, "r") : NULL;
	char *line = NULL;
	const char *fault = NULL;
	size_t room = 0, at = 0;
	json_error_t where;
	json_t *o = NULL;

	if (!in || !(k->row = json_array())) {
		rate_fail(error, "%s: %s", file, k ? strerror(errno) : "out of memory");
		goto no;
	}
	while (getline(&line, &room, in) > 0) {
		at++;
		if (!(o = json_loads(line, 0, &where)) || (fault = fault_of(o))) {
			rate_fail(error,
			          "%s: line %zu: %s%s; lines of `ratecheck exact --format json` are wanted", file,
			          at, o ? "it has no " : "", o ? fault : where.text);
			json_decref(o);
			goto no;
		}
		json_array_append_new(k->row, o);
	}
	if (ferror(in)) {
		rate_fail(error, "%s: %s", file, strerror(errno));
		goto no;
	}
	free(line);
	fclose(in);
	return k;
no:
	free(line);
	if (in)
		fclose(in);
	rate_known_free(k);
	return NULL;
}

void rate_known_free(rate_exact_table *k)
{
	if (k)
		json_decref(k->row);
	free(k);
}

/* ---- The same up to scale ---- */

static int equal(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fabs(b);
}

/* What has a length in a unit that the class gives: a step size in 1/L (or D/G, 1/mu), an accuracy in D^2. Other
 * parameters are taken for plain numbers. */
static double unit_of(const char *name, size_t length, const rate_units *s)
{
	static const struct { const char *name; int is_step; } dimensions[] =
	    { { "gamma", 1 }, { "eta", 1 }, { "eps", 0 } };

	for (size_t k = 0; k < sizeof dimensions / sizeof *dimensions; k++) {
		if (strlen(dimensions[k].name) != length || strncmp(dimensions[k].name, name, length))
			continue;
		if (!dimensions[k].is_step)
			return s->D2;
		return s->L == s->L ? 1 / s->L : s->G == s->G ? sqrt(s->D2) / s->G : s->mu == s->mu ? 1 / s->mu : NAN;
	}
	return 1;
}

/* "gamma=0.25,shape=powers" of two scales */
static int same_parameters(const char *a, const rate_units *of_a, const char *b, const rate_units *of_b)
{
	while (*a && *b) {
		size_t name = strcspn(a, "="), first = strcspn(a, ","), second = strcspn(b, ",");
		char *end_a, *end_b;
		if (name >= first || strncmp(a, b, name + 1))
			return 0;
		double x = strtod(a + name + 1, &end_a), y = strtod(b + name + 1, &end_b);
		int numbers = end_a == a + first && end_b == b + second;
		if (numbers ? !equal(x / unit_of(a, name, of_a), y / unit_of(a, name, of_b)) : first != second ||
		    strncmp(a, b, first))
			return 0;
		a += first + (a[first] == ',');
		b += second + (b[second] == ',');
	}
	return !*a && !*b;
}

/* The constants that the class of the row has; ratios of two of the same kind have no scale. */
static int same_class(const rate_units *row, rate_units *own)
{
	double *mine[] = { &own->L, &own->mu, &own->pl, &own->G };
	const double theirs[] = { row->L, row->mu, row->pl, row->G };

	for (size_t k = 0; k < sizeof mine / sizeof *mine; k++) {
		if (!(theirs[k] == theirs[k]))
			*mine[k] = NAN;
		else if (!(*mine[k] > 0))
			return 0;
	}
	if (row->L == row->L && row->mu == row->mu && !equal(own->mu / own->L, row->mu / row->L))
		return 0;
	if (row->L == row->L && row->pl == row->pl && !equal(own->pl / own->L, row->pl / row->L))
		return 0;
	/* L and G together, or mu and G, make a length of their own, to which the start would have to be compared. */
	return !(row->G == row->G && (row->L == row->L || row->mu == row->mu));
}

static int is_about(const json_t *o, const rate_check *c)
{
	rate_units row = { number(o, "L"), number(o, "mu"), number(o, "pl"), number(o, "G"), 1 }, own = c->units;

	if (strcmp(text(o, "theorem"), c->theorem->id) || strcmp(text(o, "method"), c->method->brief) ||
	    (uint64_t)number(o, "steps") != c->T || (size_t)number(o, "terms") != c->n)
		return 0;
	/* Two numbers of the start, each at most 1, are of one scale only. */
	if (strstr(text(o, "start"), " <= 1, "))
		return 0;
	return same_class(&row, &own) && same_parameters(text(o, "parameters"), &row, c->parameters, &own);
}

rate_known_worst rate_known_find(const rate_exact_table *k, const rate_check *c)
{
	rate_known_worst found = { NAN, NAN, 0 };
	double bound = NAN;
	size_t i;
	json_t *o;

	/* With one term nothing is drawn in the table; samples of it are noise. */
	if (!k || !c->method || !c->applicable || !c->parameters || (c->n == 1 && c->stochastic))
		return found;
	json_array_foreach(k->row, i, o) {
		if (!is_about(o, c) || !(number(o, "exact_ratio") > 0))
			continue;
		if (c->checkpoints && c->at[c->checkpoints - 1] == c->T)
			bound = c->bound[c->checkpoints - 1];
		found.ratio = number(o, "exact_ratio") * number(o, "claimed_factor") /
		    (c->factor * pow((double)c->T, -c->power));
		found.value = found.ratio * bound;
		found.upper = strcmp(text(o, "status"), "exact") != 0;
		break;
	}
	return found;
}

double rate_known_factor(const rate_exact_table *k, const char *theorem, uint64_t *steps, uint64_t *most)
{
	double largest = NAN;
	size_t i;
	json_t *o;

	*steps = *most = 0;
	json_array_foreach(k->row, i, o) {
		uint64_t N = (uint64_t)number(o, "steps");
		double ratio = number(o, "exact_ratio");
		if (strcmp(text(o, "theorem"), theorem) || strcmp(text(o, "status"), "exact") ||
		    number(o, "claimed_factor") != 1 || !(ratio > 0))
			continue;
		*most = N > *most ? N : *most;
		if (ratio <= largest)
			continue;
		largest = ratio;
		*steps = N;
	}
	return largest;
}
