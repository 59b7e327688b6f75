/* What ends a run on an objective of the user's: the guarantees ranked by how close the run came to each, and why the
 * others say nothing about it. */
#include "reports/report.h"
#include "reports/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Upper bounds on what a run does. Lemmas and identities hold everywhere and explain nothing; a claim that a method
 * fails is no guarantee. */
static int guarantees(const rate_check *c, const rate_verdict *v)
{
	return v->code == RATE_HOLDS && c->role != RATE_ROLE_CONTROL && !c->theorem->point && !isnan(v->max_ratio) &&
	       rate_kind_of(c->theorem->claim)->side == RATE_AT_MOST;
}

int rate_ranking_add(rate_ranking *r, const rate_check *c, const rate_verdict *v)
{
	rate_rank *grown;

	if (!guarantees(c, v))
		return RATE_OK;
	if (!(grown = realloc(r->rank, (r->count + 1) * sizeof *grown)))
		return RATE_FAIL;
	r->rank = grown;
	r->rank[r->count++] = (rate_rank){ c, v->max_ratio, v->trivial };
	return RATE_OK;
}

void rate_ranking_free(rate_ranking *r)
{
	free(r->rank);
}

static int by_ratio(const void *a, const void *b)
{
	const rate_rank *x = a, *y = b;

	if (x->trivial != y->trivial)
		return x->trivial - y->trivial;
	return (x->ratio < y->ratio) - (x->ratio > y->ratio);
}

static int same_objective(const rate_check *a, const rate_check *b)
{
	return a->objective && b->objective ? !strcmp(a->objective->canonical, b->objective->canonical)
	                                    : a->objective == b->objective;
}

void rate_ranking_print(FILE *out, rate_ranking *r)
{
	size_t shown = 0;
	int several = 0;

	if (!r->count)
		return;
	for (size_t i = 1; i < r->count; i++)
		several |= !same_objective(r->rank[i].check, r->rank[0].check);
	qsort(r->rank, r->count, sizeof *r->rank, by_ratio);
	fprintf(out, "\nWhich guarantee explains the run best (largest measured / bound; 1 is exact):\n");
	for (size_t i = 0; i < r->count; i++) {
		const rate_check *c = r->rank[i].check;
		char parameters[256], ratio[64];
		size_t k = 0;
		/* The best of each theorem on each objective. */
		for (; k < i && (r->rank[k].check->theorem != c->theorem || !same_objective(r->rank[k].check, c)); k++)
			;
		if (k < i)
			continue;
		rate_short_numbers(parameters, sizeof parameters, c->parameters ? c->parameters : "");
		rate_number(ratio, sizeof ratio, r->rank[i].ratio, 3);
		fprintf(out, "  %2zu. %-28s %8s%s  %s%s%s\n", ++shown, c->theorem->id, ratio,
		        r->rank[i].trivial ? " (start only)" : "", parameters, several ? " on " : "",
		        several ? c->objective->canonical : "");
	}
}

/* ---- What says nothing ---- */

static int says_nothing(const rate_check *c)
{
	return !c->applicable && *c->reason && c->role != RATE_ROLE_CONTROL;
}

/* The ids of one reason, in lines of about a hundred characters. */
static void print_ids(FILE *out, rate_check *const *check, size_t count, size_t first)
{
	const rate_class_info *last = NULL;
	size_t column = 0;

	for (size_t i = first; i < count; i++) {
		const rate_check *c = check[i];
		if (!says_nothing(c) || c->theorem == last || strcmp(c->reason, check[first]->reason))
			continue;
		last = c->theorem;
		if (column + strlen(c->theorem->id) > 100)
			column = 0;
		column += (size_t)fprintf(out, "%s%s", column ? " " : "\n    ", c->theorem->id);
	}
	putc('\n', out);
}

void rate_not_applicable_print(FILE *out, rate_check *const *check, size_t count)
{
	int head = 0;

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;
		if (!says_nothing(check[i]))
			continue;
		for (; k < i && (!says_nothing(check[k]) || strcmp(check[k]->reason, check[i]->reason)); k++)
			;
		if (k < i)
			continue;
		fprintf(out, "%s  %s", head++ ? "" : "\nNot applicable:\n", check[i]->reason);
		print_ids(out, check, count, i);
	}
}
