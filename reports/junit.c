/* JUnit's XML, which CI systems read: a suite for each theorem, a case for each check. Its totals stand in its head,
 * so it is kept until the end of the run; it is well-formed after an interruption, too. */
#include "reports/escape.h"
#include "reports/report.h"
#include "reports/text.h"

#include <inttypes.h>
#include <stdlib.h>

/* Characters that XML does not know are blanks (escape.c). */
static void attribute(FILE *out, const char *name, const char *text)
{
	fprintf(out, " %s=\"", name);
	rate_escape(out, RATE_HTML, text);
	putc('"', out);
}

static void counts(FILE *out, const rate_junit_counts *n)
{
	fprintf(out,
	        " tests=\"%" PRIu64 "\" failures=\"%" PRIu64 "\" errors=\"%" PRIu64 "\" skipped=\"%" PRIu64
	        "\" time=\"%.6f\">\n",
	        n->tests, n->failures, n->errors, n->skipped, n->seconds);
}

static void end_suite(rate_junit *j)
{
	rate_junit_counts *n = &j->of_suite, *all = &j->of_all;

	if (j->suite && !fclose(j->suite) && j->cases) {
		fputs("<testsuite", j->out);
		attribute(j->out, "name", j->theorem->id);
		counts(j->out, n);
		fputs(j->cases, j->out);
		fputs("</testsuite>\n", j->out);
	}
	free(j->cases);
	j->suite = NULL;
	j->cases = NULL;
	all->tests += n->tests;
	all->failures += n->failures;
	all->errors += n->errors;
	all->skipped += n->skipped;
	all->seconds += n->seconds;
	*n = (rate_junit_counts){ 0 };
}

static FILE *begin_case(rate_junit *j, const rate_check *c, double seconds)
{
	if (j->theorem != c->theorem) {
		end_suite(j);
		j->theorem = c->theorem;
	}
	if ((!j->out && !(j->out = open_memstream(&j->suites, &j->suites_size))) ||
	    (!j->suite && !(j->suite = open_memstream(&j->cases, &j->cases_size))))
		return NULL;
	j->of_suite.tests++;
	j->of_suite.seconds += seconds;
	fputs("<testcase", j->suite);
	attribute(j->suite, "classname", c->theorem->chapter ? c->theorem->chapter : "");
	fputs(" name=\"", j->suite);
	rate_escape(j->suite, RATE_HTML, c->id);
	if (c->objective) {
		fputs(" on ", j->suite);
		rate_escape(j->suite, RATE_HTML, c->objective->canonical);
	}
	if (c->parameters && *c->parameters) {
		fputs(" with ", j->suite);
		rate_escape(j->suite, RATE_HTML, c->parameters);
	}
	fprintf(j->suite, "%s\" time=\"%.6f\">", c->role == RATE_ROLE_CONTROL ? " (control)" : "", seconds);
	return j->suite;
}

/* A failure is a claim, a control or a method that is not as it must be; an error is a check that decided nothing. */
static void outcome(rate_junit *j, rate_verdict_code code, int control, int parts, const char *message,
                    const char *replay)
{
	int good = code == (control ? RATE_REFUTED : RATE_HOLDS) && !parts;
	const char *type = code == RATE_HOLDS && control ? "control not refuted"
	                 : parts && code == RATE_HOLDS   ? "parts from the reference"
	                                                 : rate_verdict_name(code);
	const char *element = code == RATE_NOT_APPLICABLE ? "skipped"
	                    : code == RATE_HOLDS || code == RATE_REFUTED ? "failure" : "error";

	if (!good) {
		fprintf(j->suite, "<%s", element);
		if (code != RATE_NOT_APPLICABLE)
			attribute(j->suite, "type", type);
		attribute(j->suite, "message", *message ? message : type);
		fputs(">", j->suite);
		if (code != RATE_NOT_APPLICABLE)
			rate_escape(j->suite, RATE_HTML, replay);
		fprintf(j->suite, "</%s>", element);
		++*(code == RATE_NOT_APPLICABLE ? &j->of_suite.skipped
		    : code == RATE_HOLDS || code == RATE_REFUTED ? &j->of_suite.failures : &j->of_suite.errors);
	}
	fputs("</testcase>\n", j->suite);
}

void rate_junit_add(rate_junit *j, const rate_result *r)
{
	const rate_verdict *v = r->verdict;
	char message[1600];

	if (!begin_case(j, r->check, r->measured ? r->measured->seconds : 0))
		return;
	snprintf(message, sizeof message, "%s%s%s",
	         *v->reason || v->code != RATE_NOT_APPLICABLE ? v->reason : r->check->reason,
	         *v->reason && *v->conduct ? "; " : "", v->conduct);
	outcome(j, v->code, r->check->role == RATE_ROLE_CONTROL, r->parts, message, r->replay ? r->replay : "");
}

void rate_junit_kept(rate_junit *j, const rate_check *c, rate_verdict_code code, int parts)
{
	if (begin_case(j, c, 0))
		outcome(j, code, c->role == RATE_ROLE_CONTROL, parts, "of the run before", c->id);
}

void rate_junit_end(FILE *out, rate_junit *j)
{
	end_suite(j);
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ratecheck\"", out);
	counts(out, &j->of_all);
	if (j->out && !fclose(j->out) && j->suites)
		fputs(j->suites, out);
	fputs("</testsuites>\n", out);
	free(j->suites);
	*j = (rate_junit){ 0 };
}
