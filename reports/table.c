/* The table for people: one line a check, totals and the planned false-alarm rate at the foot. */
#include "reports/report.h"
#include "reports/terminal.h"
#include "reports/text.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define GREEN "\033[32m"
#define RED "\033[31m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

enum { WIDE_VERDICT = 16, WIDE_THEOREM = 26, WIDE_OBJECTIVE = 40, WIDE_PARAMETERS = 24 };

/* Padded by hand: printf counts bytes, a terminal counts characters. */
static void column(FILE *out, const char *text, size_t width)
{
	size_t n = rate_columns(text);

	fprintf(out, "%s%*s ", text, (int)(n < width ? width - n : 0), "");
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

static void spec_column(FILE *out, const char *spec, size_t width)
{
	char numbers[1024], text[1024];

	rate_short_numbers(numbers, sizeof numbers, spec && *spec ? spec : "-");
	rate_shorten(text, sizeof text, numbers, width);
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

void rate_table_head(FILE *out, int colour)
{
	if (colour)
		rate_paint(out, "\033[1m");
	column(out, "verdict", WIDE_VERDICT);
	column(out, "theorem", WIDE_THEOREM);
	column(out, "objective", WIDE_OBJECTIVE);
	column(out, "parameters", WIDE_PARAMETERS);
	fprintf(out, "%8s %9s %9s %s", "T", "ratio", "sharpness", "statistic  note");
	if (colour)
		rate_paint(out, PLAIN);
	putc('\n', out);
}

void rate_table_result(FILE *out, const rate_result *r, int colour)
{
	const rate_check *c = r->check;
	const rate_verdict *v = r->verdict;

	verdict_column(out, v, colour);
	column(out, c->theorem->id, WIDE_THEOREM);
	spec_column(out, c->objective ? c->objective->canonical : NULL, WIDE_OBJECTIVE);
	spec_column(out, c->parameters, WIDE_PARAMETERS);
	fprintf(out, "%8" PRIu64 " ", c->T);
	number_column(out, v->max_ratio, 4, 9);
	number_column(out, v->sharpness, 3, 9);
	fputs(v->statistic == RATE_NONE ? "-" : rate_statistic_name(v->statistic), out);
	if (v->replicates > 1)
		fprintf(out, " R=%" PRIu64, v->replicates);
	remark(out, c, v);
	putc('\n', out);
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
	fprintf(out, "\n%" PRIu64 " checks", s->checks);
	part(out, s->held, "held", GREEN, colour);
	part(out, s->refuted, "refuted", RED, colour);
	part(out, s->hypothesis_false, "hypothesis-false", YELLOW, colour);
	part(out, s->broken, "broken", YELLOW, colour);
	part(out, s->not_applicable, "not applicable", YELLOW, colour);
	if (s->controls)
		fprintf(out, "; %" PRIu64 " of %" PRIu64 " controls refuted%s", s->controls_refuted, s->controls,
		        s->controls_held ? "" : ", as they must be");
	part(out, s->controls_held, "NOT refuted: a check without power", RED, colour);
	fprintf(out, "\nplanned false-alarm rate: %" PRIu64 " sampled checks x %g = %g\n", s->sampled, s->alpha,
	        (double)s->sampled * s->alpha);
	fprintf(out, "time: %.3g s\n", s->seconds);
}
