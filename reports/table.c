/* The rows for people: one a check, totals and the planned false-alarm rate at the foot. */
#include "reports/report.h"
#include "reports/terminal.h"
#include "reports/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GREEN "\033[32m"
#define RED "\033[31m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

/* WIDE_NUMBERS: what stands right of the objective where the width is known: T, ratio, sharpness, statistic. A terminal
 * that is narrower than NARROW does without the sharpness. */
enum { WIDE_VERDICT = 16, WIDE_THEOREM = 26, WIDE_OBJECTIVE = 40, WIDE_PARAMETERS = 24, WIDE_NUMBERS = 48,
	   WIDE_SHARPNESS = 10, NARROW = 76, INDENT = 4 };

/* Padded by hand: printf counts bytes, a terminal counts characters. */
static void column(FILE *out, const char *text, size_t width)
{
	size_t n = rate_columns(text);

	fprintf(out, "%s%*s ", text, (int)(n < width ? width - n : 0), "");
}

/* "logistic:d=10,data=iris,n=50,ridge=0" -> "logistic:data=iris,ridge=0": with a file d and n are the file's,
 * whatever the keys say. */
static void drop_sizes(char *text)
{
	char *key = strstr(text, "data="), *from, *to;

	if (!key || (key[-(key > text)] != ':' && key[-(key > text)] != ',') || strchr(",+", key[5]) || !key[5])
		return;
	for (from = to = text; *from;) {
		int first = from > text && strchr(":,", from[-1]) && (from[0] == 'd' || from[0] == 'n') &&
		    from[1] == '=';
		if (!first) {
			*to++ = *from++;
			continue;
		}
		from += strcspn(from, ",+");
		if (*from == ',')
			from++;
		else
			to--; /* the separator before it */
	}
	*to = 0;
}

const char *rate_objective_words(char *out, size_t size, const rate_check *c)
{
	char brief[1024];
	size_t n;

	if (!c->objective) {
		snprintf(out, size, "-");
		return out;
	}
	snprintf(brief, sizeof brief, "%s", c->objective->brief ? c->objective->brief : c->objective->canonical);
	drop_sizes(brief);
	rate_short_numbers(out, size, brief);
	n = strlen(out);
	if (strstr(out, "data=") && c->n && c->d)
		snprintf(out + n, size - n, " (%zu x %zu)", c->n, c->d);
	return out;
}

static const char *hue(const rate_verdict *v)
{
	if (v->code == RATE_NOT_APPLICABLE)
		return YELLOW;
	if (v->ok)
		return GREEN;
	return v->code == RATE_HYPOTHESIS_FALSE || v->code == RATE_BROKEN ? YELLOW : RED;
}

static void verdict_column(FILE *out, const rate_verdict *v, int colour)
{
	if (colour)
		rate_paint(out, hue(v));
	column(out, rate_verdict_name(v->code), WIDE_VERDICT);
	if (colour)
		rate_paint(out, PLAIN);
}

static void short_column(FILE *out, const char *words, size_t width)
{
	char text[1024];

	rate_shorten(text, sizeof text, words, width);
	column(out, text, width);
}

static void number_column(FILE *out, double x, int digits, int width)
{
	char text[64];

	rate_number(text, sizeof text, x, digits);
	fprintf(out, "%*s ", width, text);
}

/* What a reader needs beside the numbers: why a control fell, or why a check did not hold. */
static void remark(FILE *out, const rate_check *c, const rate_verdict *v)
{
	if (c->role == RATE_ROLE_CONTROL && v->code == RATE_REFUTED)
		fprintf(out, " control refuted, as it must be%s%s", c->note ? ": " : "", c->note ? c->note : "");
	else if (c->role == RATE_ROLE_CONTROL && v->code == RATE_HOLDS)
		fputs(" control NOT refuted: this check has no power", out);
	else if (*v->reason)
		fprintf(out, " %s", v->reason);
	else if (v->trivial)
		fputs(" near the bound at the start only", out);
	else if (v->undetectable)
		fputs(" sharpness below 0.1: a violation could not be seen", out);
	if (*v->conduct)
		fprintf(out, "%s %s", *v->reason ? ";" : "", v->conduct);
	if (*c->lowered)
		fprintf(out, " (%s)", c->lowered);
}

static int has_sharpness(size_t width)
{
	return !width || width >= NARROW;
}

static size_t objective_column(size_t width)
{
	size_t others = WIDE_VERDICT + 2 + WIDE_NUMBERS - (has_sharpness(width) ? 0 : WIDE_SHARPNESS);

	return width < others + 10 ? 10 : width - others;
}

void rate_table_head(FILE *out, size_t width, int colour)
{
	if (colour)
		rate_paint(out, "\033[1m");
	column(out, "verdict", WIDE_VERDICT);
	if (width) {
		column(out, "objective", objective_column(width));
	} else {
		column(out, "theorem", WIDE_THEOREM);
		column(out, "objective", WIDE_OBJECTIVE);
		column(out, "parameters", WIDE_PARAMETERS);
	}
	fprintf(out, "%8s %9s ", "T", "ratio");
	if (has_sharpness(width))
		fprintf(out, "%9s ", "sharpness");
	fputs(width ? "statistic" : "statistic  check  note", out);
	if (colour)
		rate_paint(out, PLAIN);
	putc('\n', out);
}

/* Words, the first in the column that is reached, the others where the line is full in lines of their own. */
static void wrapped(FILE *out, const char *text, size_t column, size_t width)
{
	while (*(text += strspn(text, " "))) {
		size_t n = strcspn(text, " "), columns;
		char word[1024];
		snprintf(word, sizeof word, "%.*s", (int)n, text);
		columns = rate_columns(word);
		if (column > INDENT && column + 1 + columns > width) {
			fprintf(out, "\n%*s", INDENT, "");
			column = INDENT;
		} else if (column > INDENT) {
			putc(' ', out);
			column++;
		}
		fwrite(text, 1, n, out);
		column += columns;
		text += n;
	}
}

/* Where the width is not known (a pipe, a file) a row is one line; else two and those that its note fills. */
void rate_table_result(FILE *out, const rate_result *r, size_t width, int colour)
{
	const rate_check *c = r->check;
	const rate_verdict *v = r->verdict;
	char objective[1024], parameters[1024], *note = NULL;
	size_t size;
	FILE *words = open_memstream(&note, &size);

	if (words) {
		remark(words, c, v);
		fclose(words);
	}
	rate_objective_words(objective, sizeof objective, c);
	rate_short_numbers(parameters, sizeof parameters, c->parameters && *c->parameters ? c->parameters : "-");
	verdict_column(out, v, colour);
	if (width) {
		short_column(out, objective, objective_column(width));
	} else {
		column(out, c->theorem->id, WIDE_THEOREM);
		short_column(out, objective, WIDE_OBJECTIVE);
		short_column(out, parameters, WIDE_PARAMETERS);
	}
	fprintf(out, "%8" PRIu64 " ", c->T);
	number_column(out, v->max_ratio, 4, 9);
	if (has_sharpness(width))
		number_column(out, v->sharpness, 3, 9);
	fputs(v->statistic == RATE_NONE ? "-" : rate_statistic_name(v->statistic), out);
	if (v->replicates > 1)
		fprintf(out, " R=%" PRIu64, v->replicates);
	if (width) {
		fprintf(out, "\n%*s%s", INDENT, "", c->id);
		if (strcmp(parameters, "-"))
			wrapped(out, parameters, INDENT + rate_columns(c->id), width);
		if (note && *note) {
			fprintf(out, "\n%*s", INDENT, "");
			wrapped(out, note, INDENT, width);
		}
	} else {
		fprintf(out, " %s%s", c->id, note ? note : "");
	}
	putc('\n', out);
	free(note);
}

static void part(FILE *out, uint64_t n, const char *name, const char *hue_if_any, int colour)
{
	if (!n)
		return;
	fputs(", ", out);
	if (colour)
		rate_paint(out, hue_if_any);
	fprintf(out, "%" PRIu64 " %s", n, name);
	if (colour)
		rate_paint(out, PLAIN);
}

void rate_table_foot(FILE *out, const rate_summary *s, int colour)
{
	/* A terminal may be too narrow for both halves; a pipe has no width. */
	size_t width = rate_terminal_width();

	fprintf(out, "\n%" PRIu64 " checks", s->checks);
	part(out, s->held, "held", GREEN, colour);
	part(out, s->refuted, "refuted", RED, colour);
	part(out, s->hypothesis_false, "hypothesis-false", YELLOW, colour);
	part(out, s->broken, "broken", YELLOW, colour);
	part(out, s->not_applicable, "not applicable", YELLOW, colour);
	part(out, s->parting, "part from the reference", YELLOW, colour);
	part(out, s->parting_unknown, "may part from it: the law is not known", YELLOW, colour);
	if (s->controls)
		fprintf(out, "%s%" PRIu64 " of %" PRIu64 " controls refuted%s", width && width < 100 ? ";\n" : "; ",
		        s->controls_refuted, s->controls, s->controls_held ? "" : ", as they must be");
	part(out, s->controls_held, "NOT refuted: a check without power", RED, colour);
	fprintf(out, "\nplanned false-alarm rate: %" PRIu64 " sampled checks x %g = %g\n", s->sampled, s->alpha,
	        (double)s->sampled * s->alpha);
	fprintf(out, "time: %.3g s\n", s->seconds);
}
