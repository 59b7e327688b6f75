/* One verdict in words: what was claimed, what was run, what was compared with what, and how to see it again. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "reports/draw.h"
#include "reports/report.h"

static const char *text(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

static double number(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

static void line(FILE *out, const char *name, const char *what)
{
	if (*what)
		fprintf(out, "%-12s %s\n", name, what);
}

static void how_decided(FILE *out, const json_t *o)
{
	const char *statistic = text(o, "statistic");
	double alpha = number(o, "alpha"), e = number(o, "log_e_value");

	if (!strcmp(statistic, "path"))
		fprintf(out, "%-12s the path itself, compared at %.0f steps; no chance is involved, "
		             "rounding is allowed for\n", "Decided by",
		        number(o, "judged_steps"));
	else if (!strcmp(statistic, "exact"))
		fprintf(out, "%-12s the exact expectation at %.0f steps, no sampling; rounding is allowed for\n",
		        "Decided by", number(o, "judged_steps"));
	else if (!strcmp(statistic, "points"))
		fprintf(out, "%-12s both sides, evaluated at points\n", "Decided by");
	else if (!strcmp(statistic, "sampled"))
		fprintf(out,
		        "%-12s %.0f independent replicates, at %.0f steps (%.0f more are drawn, not judged)\n"
		        "%-12s a true claim is refuted with probability at most %g; the evidence "
		          "against it is e^%.3g,\n"
		        "%-12s refuted would be from e^%.3g on\n",
		        "Decided by", number(o, "replicates"), number(o, "judged_steps"), number(o, "unjudged_steps"),
		        "", alpha, e, "", -log(alpha));
	else
		fprintf(out, "%-12s nothing: no comparison was made\n", "Decided by");
}

/* The user's method and the theorem's own on the same samples. */
static void beside(FILE *out, const json_t *o)
{
	const json_t *b = json_object_get(o, "beside");

	if (!json_is_object(b))
		return;
	if (*text(o, "conduct"))
		fprintf(out, "Beside %s: %s.\n", text(b, "method"), text(o, "conduct"));
	if (json_is_null(json_object_get(b, "parts_at")))
		fprintf(out, "Its path is that of %s for %.0f steps, but for rounding.\n", text(b, "method"),
		        number(b, "steps"));
}

static void what_it_means(FILE *out, const json_t *o)
{
	const char *verdict = text(o, "verdict");
	int control = !strcmp(text(o, "role"), "control");

	fprintf(out, "\n%s", verdict);
	if (*text(o, "reason"))
		fprintf(out, ": %s", text(o, "reason"));
	putc('\n', out);
	if (!strcmp(verdict, "holds"))
		fputs(control ? "This is a control, false on purpose: that it was not refuted means that the "
		                "check has no power.\n"
		              : "The measured quantity obeys the bound, constant and all, wherever it was judged.\n",
		              out);
	else if (!strcmp(verdict, "refuted") && control)
		fputs("This is a control, false on purpose: it must be refuted, else the check could not fail.\n", out);
	else if (!strcmp(verdict, "refuted"))
		fprintf(out, "The declared constants were tested along the run and are not to blame: %s\n",
		        !strcmp(text(o, "blame"), "theorem") ? "the claim is false here."
		        : !strcmp(text(o, "blame"), "method")
		            ? "the method is, which is not the one\nthat the claim speaks of."
		            : "the claim is false here, or the\nmethod is not the one that it speaks of.");
	else if (!strcmp(verdict, "hypothesis-false"))
		fputs("The objective or the method does not have what it declares, so nothing is said of the theorem;\n"
		      "`ratecheck probe` looks at the objective closely.\n", out);
	else if (!strcmp(verdict, "broken"))
		fputs("A plugin failed before a comparison could be made; nothing is said of the theorem.\n", out);
	else
		fputs("The theorem says nothing about this objective.\n", out);
	beside(out, o);
	if (!json_is_null(json_object_get(o, "max_ratio")))
		fprintf(out, "Largest measured / bound %.4g, at step %.0f%s.\n", number(o, "max_ratio"),
		        number(o, "at_step"),
		        json_is_true(json_object_get(o, "trivial")) ? ", near the start only" : "");
	if (number(o, "exact_ratio") > 0) {
		fprintf(out, "The worst function of the whole class reaches %s%.6g of the bound after these %.0f steps",
		        strcmp(text(o, "exact_status"), "exact") ? "at most " : "", number(o, "exact_ratio"),
		        number(o, "steps"));
		if (number(o, "exact_value") > 0)
			fprintf(out, ", %.6g", number(o, "exact_value"));
		fputs(".\n", out);
	}
	if (number(o, "sharpness") > 0)
		fprintf(out, "The bound times anything below %.4g would be refuted by these data.\n",
		        number(o, "sharpness"));
}

int rate_explain(FILE *out, const char *folder, const char *check, rate_error *error)
{
	json_t *all = rate_read_results(folder, error), *o;
	size_t i;
	int found = 0;

	if (!all)
		return RATE_FAIL;
	json_array_foreach(all, i, o) {
		if (strcmp(text(o, "check"), check))
			continue;
		found = 1;
		fprintf(out, "%s (%s)\n%s\n\n", check, text(o, "role"), text(o, "title"));
		line(out, "Claim", text(o, "statement"));
		line(out, "Measured", text(o, "quantity"));
		line(out, "Bound", text(o, "formula"));
		if (number(o, "claimed_factor") != 1)
			fprintf(out, "%-12s %.4g\n", "  times", number(o, "claimed_factor"));
		line(out, "Objective", text(o, "objective"));
		line(out, "Method", text(o, "method"));
		line(out, "Parameters", text(o, "parameters"));
		line(out, "Weaker", text(o, "lowered"));
		line(out, "Note", text(o, "note"));
		how_decided(out, o);
		what_it_means(out, o);
		fprintf(out, "\nAgain:\n  %s\n", text(o, "replay"));
		break;
	}
	json_decref(all);
	if (!found)
		rate_fail(error, "%s: no check '%s' in results.jsonl", folder, check);
	return found ? RATE_OK : RATE_FAIL;
}
