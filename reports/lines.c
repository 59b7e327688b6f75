/* One line a theorem, and at the end what is not as it must be. */
#include "reports/report.h"
#include "reports/terminal.h"
#include "reports/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the checks of a theorem the worst gives its verdict; a control that is not refuted says that the others say
 * little. */
enum { AS_IT_MUST_BE, BROKEN, HYPOTHESIS_FALSE, NO_POWER, PARTS, REFUTED };
static const struct { const char *name, *hue; } states[] = {
	[AS_IT_MUST_BE] = { "holds", "\033[32m" },
	[BROKEN] = { "broken", "\033[33m" },
	[HYPOTHESIS_FALSE] = { "hypothesis-false", "\033[33m" },
	[NO_POWER] = { "no power", "\033[31m" },
	[PARTS] = { "parts", "\033[31m" },
	[REFUTED] = { "refuted", "\033[31m" },
};
#define PLAIN "\033[0m"

/* "hypothesis-false" is longer than its column: rare, and then the line gives way on its right. */
enum { WIDE_VERDICT = 8, WIDE_HELD = 7, WIDE_RATIO = 8, WIDE_CONTROLS = 8, NO_TERMINAL = 100 };

static int state_of(int control, rate_verdict_code code)
{
	switch (code) {
	case RATE_HOLDS: return control ? NO_POWER : AS_IT_MUST_BE;
	case RATE_REFUTED: return control ? AS_IT_MUST_BE : REFUTED;
	case RATE_HYPOTHESIS_FALSE: return HYPOTHESIS_FALSE;
	case RATE_BROKEN: return BROKEN;
	case RATE_NOT_APPLICABLE: break;
	}
	return AS_IT_MUST_BE;
}

/* A third of the line for the theorem's name, at least what most of ours need. */
static size_t theorem_column(size_t width)
{
	return width >= 100 ? 28 : width >= 80 ? 24 : 16;
}

/* Left-bound and padded, never cut; what is too long for its column is missing further right. Returns the columns. */
static size_t name_column(FILE *out, const char *text, size_t width, size_t *missing)
{
	size_t n = strlen(text);

	*missing += n > width ? n - width : 0;
	return (size_t)fprintf(out, "%-*s", (int)width, text);
}

static void head(FILE *out, size_t width, int colour)
{
	if (colour)
		rate_paint(out, "\033[1m");
	fprintf(out, "%-*s %-*s %*s %*s %*s  %s", WIDE_VERDICT, "verdict", (int)theorem_column(width), "theorem",
	        WIDE_HELD, "held", WIDE_CONTROLS, "controls", WIDE_RATIO, "ratio", "sharpest on");
	if (colour)
		rate_paint(out, PLAIN);
	putc('\n', out);
}

/* Right-bound; gives its blanks to a name that was too long. Returns the columns. */
static size_t number_column(FILE *out, const char *text, size_t width, size_t *missing)
{
	size_t n = strlen(text), blanks = n < width ? width - n : 0, taken = blanks < *missing ? blanks : *missing;

	*missing -= taken;
	return (size_t)fprintf(out, " %*s", (int)(n + blanks - taken), text);
}

/* In at most so many columns. What does not fit goes as a whole, so that no number is cut in two. */
static void instance_words(char *out, size_t size, const rate_check *c, size_t columns)
{
	char words[1200], parameters[1024];
	size_t n;

	rate_short_numbers(parameters, sizeof parameters, c->parameters ? c->parameters : "");
	if (c->objective)
		snprintf(out, size, "%s%s%s", rate_objective_words(words, sizeof words, c),
		         *parameters ? ", " : "", parameters);
	else
		snprintf(out, size, "%s", *parameters ? parameters : "-");
	if (rate_columns(out) <= columns)
		return;
	for (n = strlen(out); n; n--) {
		if (!strchr(":,+( ", out[n]))
			continue;
		out[n] = 0;
		if (rate_columns(out) < columns)
			break;
	}
	n = n ? n : strlen(out);
	while (n && strchr(":,+( ", out[n - 1]))
		out[--n] = 0;
	snprintf(out + n, size - n, "…");
	if (rate_columns(out) > columns)
		*out = 0;
}

void rate_lines_flush(FILE *out, rate_lines *l, size_t width, int colour)
{
	char held[48], controls[48] = "-", ratio[32], instance[2400];
	size_t taken, missing = 0;

	width = width ? width : NO_TERMINAL;
	if (out && l->theorem && l->all + l->controls) {
		if (!l->head++)
			head(out, width, colour);
		if (colour)
			rate_paint(out, states[l->worst].hue);
		taken = name_column(out, states[l->worst].name, WIDE_VERDICT, &missing);
		if (colour)
			rate_paint(out, PLAIN);
		snprintf(held, sizeof held, "%" PRIu64 "/%" PRIu64, l->held, l->all);
		if (l->controls)
			snprintf(controls, sizeof controls, "%" PRIu64 "/%" PRIu64, l->controls_refuted, l->controls);
		rate_number(ratio, sizeof ratio, l->ratio, 3);
		putc(' ', out);
		taken += 1 + name_column(out, l->theorem->id, theorem_column(width), &missing);
		taken += number_column(out, held, WIDE_HELD, &missing);
		taken += number_column(out, controls, WIDE_CONTROLS, &missing);
		taken += number_column(out, ratio, WIDE_RATIO, &missing);
		if (l->sharpest) {
			instance_words(instance, sizeof instance, l->sharpest,
			               width > taken + 2 ? width - taken - 2 : 0);
			fprintf(out, "%s%s", *instance ? "  " : "", instance);
		}
		putc('\n', out);
	}
	l->theorem = NULL;
	l->held = l->all = l->controls = l->controls_refuted = 0;
	l->worst = AS_IT_MUST_BE;
	l->sharpest = NULL;
	l->ratio = NAN;
}

/* Not as it must be? Then the stream of the end, with the verdict and the check's name in it. */
static FILE *count(FILE *out, rate_lines *l, const rate_check *c, rate_verdict_code code, int parts,
                   size_t width, int colour)
{
	int control = c->role == RATE_ROLE_CONTROL, state = state_of(control, code);

	state = parts && state < PARTS ? PARTS : state;

	if (l->theorem != c->theorem)
		rate_lines_flush(out, l, width, colour);
	l->theorem = c->theorem;
	if (code == RATE_NOT_APPLICABLE)
		return NULL;
	l->all += !control;
	l->controls += (uint64_t)control;
	l->held += !control && (state == AS_IT_MUST_BE || (parts && code == RATE_HOLDS));
	l->controls_refuted += control && state == AS_IT_MUST_BE;
	l->worst = state > l->worst ? state : l->worst;
	if (state == AS_IT_MUST_BE || (!l->end && !(l->end = open_memstream(&l->failures, &l->failures_size))))
		return NULL;
	fprintf(l->end, "\n  %s  %s\n",
	        control && code == RATE_HOLDS ? "control NOT refuted"
	        : state == PARTS              ? "parts from the reference"
	                                      : rate_verdict_name(code),
	        c->id);
	return l->end;
}

void rate_lines_add(FILE *out, rate_lines *l, const rate_result *r, size_t width, int colour)
{
	const rate_check *c = r->check;
	const rate_verdict *v = r->verdict;
	FILE *end = count(out, l, c, v->code, r->parts, width, colour);
	char words[1200], ratio[32];

	/* A ratio that a reader may trust: of what was judged, not of a control, nor of what broke. */
	if (c->role != RATE_ROLE_CONTROL && (v->code == RATE_HOLDS || v->code == RATE_REFUTED) &&
	    !isnan(v->max_ratio) && !(v->max_ratio <= l->ratio)) {
		l->ratio = v->max_ratio;
		l->sharpest = c;
	}
	if (!end)
		return;
	fprintf(end, "    %s", c->objective ? rate_objective_words(words, sizeof words, c) : "");
	if (c->parameters && *c->parameters) {
		rate_short_numbers(words, sizeof words, c->parameters);
		fprintf(end, "%s%s", c->objective ? ", " : "", words);
	}
	fprintf(end, "%sT = %" PRIu64, c->objective || (c->parameters && *c->parameters) ? ", " : "", c->T);
	if (!isnan(v->max_ratio)) {
		rate_number(ratio, sizeof ratio, v->max_ratio, 4);
		fprintf(end, ": ratio %s at step %" PRIu64, ratio, v->at_step);
	}
	putc('\n', end);
	if (c->role == RATE_ROLE_CONTROL && v->code == RATE_HOLDS)
		fprintf(end, "    this check has no power%s%s\n", c->note ? ": " : "", c->note ? c->note : "");
	if (*v->reason)
		fprintf(end, "    %s\n", v->reason);
	if (*v->conduct)
		fprintf(end, "    %s\n", v->conduct);
	if (*c->lowered)
		fprintf(end, "    (%s)\n", c->lowered);
	fprintf(end, "    %s\n", r->replay ? r->replay : "");
}

void rate_lines_kept(FILE *out, rate_lines *l, const rate_check *c, rate_verdict_code code, int parts,
                     size_t width, int colour)
{
	FILE *end = count(out, l, c, code, parts, width, colour);

	if (end)
		fprintf(end, "    of the run before\n");
}

void rate_lines_failures(FILE *out, rate_lines *l)
{
	if (l->end && !fclose(l->end) && l->failures && out)
		fprintf(out, "\nNot as it must be:\n%s", l->failures);
	free(l->failures);
	l->failures = NULL;
	l->end = NULL;
}
