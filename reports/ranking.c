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
	return x->ratio != y->ratio ? (x->ratio < y->ratio) - (x->ratio > y->ratio)
	    : strcmp(x->check->id, y->check->id);
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
		char parameters[256], ratio[64], words[1024];
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
		        several ? rate_objective_words(words, sizeof words, c) : "");
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

/* "needs G: ..." -> "G"; else 0. */
static size_t missing_need(const char *reason, const char **name)
{
	static const char needs[] = "needs ";

	*name = reason + strlen(needs);
	return strncmp(reason, needs, strlen(needs)) ? 0 : strcspn(*name, ": ");
}

/* Of the theorem at `from`, if none of its checks applies, the one whose reason is told. *next: behind its checks. */
static const rate_check *applies_nowhere(rate_check *const *check, size_t count, size_t from, size_t *next)
{
	const rate_check *said = NULL;

	for (*next = from; *next < count && check[*next]->theorem == check[from]->theorem; ++*next) {
		const rate_check *c = check[*next];
		if (c->role == RATE_ROLE_CONTROL)
			continue;
		if (!says_nothing(c)) {
			said = NULL;
			break;
		}
		said = said ? said : c;
	}
	while (*next < count && check[*next]->theorem == check[from]->theorem)
		++*next;
	return said;
}

typedef struct need {
	const char *name;
	size_t length, theorems;
} need;

static int by_theorems(const void *x, const void *y)
{
	const need *a = x, *b = y;

	return a->theorems == b->theorems ? strcmp(a->name, b->name) : a->theorems < b->theorems ? 1 : -1;
}

/* "12 theorems do not apply: 7 need G, 3 need prox; 2 for other reasons. -v names them." */
void rate_not_applicable_count(FILE *out, rate_check *const *check, size_t count)
{
	need needs[64];
	size_t kinds = 0, theorems = 0, others = 0, column, next, k;

	for (size_t i = 0; i < count; i = next) {
		const rate_check *c = applies_nowhere(check, count, i, &next);
		need n = { 0 };
		if (!c)
			continue;
		theorems++;
		n.length = missing_need(c->reason, &n.name);
		for (k = 0; k < kinds && (needs[k].length != n.length || strncmp(needs[k].name, n.name, n.length)); k++)
			;
		if (!n.length || k == sizeof needs / sizeof *needs) {
			others++;
			continue;
		}
		if (k == kinds)
			needs[kinds++] = n;
		needs[k].theorems++;
	}
	if (!theorems)
		return;
	qsort(needs, kinds, sizeof *needs, by_theorems);
	column = (size_t)fprintf(out, "\n%zu theorem%s not apply (-v names them):", theorems,
	                         theorems == 1 ? " does" : "s do");
	for (k = 0; k <= kinds; k++) {
		char words[96];
		if (k == kinds && !others)
			break;
		if (k < kinds)
			snprintf(words, sizeof words, "%zu need%s %.*s%s", needs[k].theorems,
			         needs[k].theorems == 1 ? "s" : "", (int)(needs[k].length < 40 ? needs[k].length : 40),
			         needs[k].name, k + 1 < kinds || others ? "," : "");
		else
			snprintf(words, sizeof words, "%zu for other reasons", others);
		if (column + 1 + strlen(words) > 78) {
			fputs("\n ", out);
			column = 1;
		}
		column += (size_t)fprintf(out, " %s", words);
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
