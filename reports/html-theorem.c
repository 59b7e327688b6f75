/* theorems/ID.html: what a run says of one theorem, three figures and a row for each check.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"
#include "reports/mathml.h"
#include "reports/text.h"

#include <string.h>

static void verdict(FILE *out, const json_t *o)
{
	int ok = json_is_true(json_object_get(o, "ok")), skip = rate_field_is(o, "verdict", "not-applicable");

	fprintf(out, "<td><span class=\"v %s\">%s ", skip ? "skip" : ok ? "good" : "bad", skip ? "–" : ok ? "✓" : "✗");
	rate_html_text(out, rate_field(o, "verdict"));
	fputs("</span>", out);
	if (rate_is_control(o))
		fputs(ok ? "<br><small>control, must be refuted: as wanted</small>"
		         : "<br><small>control, must be refuted: it was not</small>", out);
	fputs("</td>", out);
}

/* The figure of a check under `role`, as large as the page has room. */
static void picture(const rate_drawing *d, FILE *out, const json_t *o, const char *role, const char *base)
{
	const char *check = rate_field(o, "check");
	unsigned kinds = rate_drawn_as(d, check);
	const char *kind = kinds & RATE_SVG ? "svg" : "png";
	rate_extent x;

	if (!(kinds & (RATE_SVG | RATE_PNG)) || !rate_extent_of(d, o, &x))
		return;
	fprintf(out, "<figure><a href=\"%sfigures/%s.%s\"><img loading=lazy width=480 height=%.0f "
	             "src=\"%sfigures/%s.%s\" alt=\"", base,
	        check, kind, 480 * json_number_value(json_object_get(d->names, check)), base, check, kind);
	rate_html_text(out, rate_is_control(o) ? "Control: " : "");
	rate_html_text(out, rate_field(o, "quantity"));
	fputs(" measured, solid, against the bound ", out);
	rate_html_text(out, rate_field(o, "formula"));
	fprintf(out, ", dashed; from t = %g to %g, largest ratio %.3g\"></a><figcaption>%s", x.first, x.last,
	        rate_field_real(o, "max_ratio"), role);
	rate_html_specification(out, ": ", rate_objective_name(o), "");
	fprintf(out, ", ratio %.4g</figcaption></figure>\n", rate_field_real(o, "max_ratio"));
}

/* Three figures say what a run has to say; the rows have small curves of all. */
static void pictures(const rate_drawing *d, FILE *out, const char *theorem, const char *base)
{
	const json_t *sharp = rate_best_figure(d, theorem, 0), *control = rate_best_figure(d, theorem, 1),
	             *other = rate_nearest_other(d, theorem);

	fputs("<div class=figures>\n", out);
	if (sharp)
		picture(d, out, sharp, "Nearest to the bound", base);
	if (control)
		picture(d, out, control, "Control, made false on purpose", base);
	if (other && other != sharp)
		picture(d, out, other, "Not made for this theorem", base);
	fputs("</div>\n", out);
}

static void links(const rate_drawing *d, FILE *out, const json_t *o, const char *base)
{
	const char *check = rate_field(o, "check");
	unsigned kinds = rate_drawn_as(d, check);
	rate_extent x;

	if (!rate_extent_of(d, o, &x))
		return;
	rate_html_sparkline(d, out, o);
	fputs("<small>", out);
	if (kinds & (RATE_SVG | RATE_PNG))
		fprintf(out, "<a href=\"%sfigures/%s.%s\">figure</a> ", base, check, kinds & RATE_SVG ? "svg" : "png");
	fprintf(out, "<a href=\"%scurves/%s.csv\">CSV</a>", base, check);
	if (kinds & RATE_SCRIPT)
		fprintf(out, " <a href=\"%sfigures/%s.gp\">gnuplot</a>", base, check);
	fputs("</small><br>", out);
}

static void statistic(FILE *out, const json_t *o)
{
	double R = rate_field_real(o, "replicates");

	fputs("<td>", out);
	rate_html_text(out, rate_field(o, "statistic"));
	if (R > 1)
		fprintf(out, ", R = %.0f", R);
	fputs("</td>", out);
}

static void row(const rate_drawing *d, FILE *out, const json_t *o, const char *base)
{
	char unjudged[128];

	fputs("<tr>", out);
	verdict(out, o);
	fputs("<td>", out);
	rate_html_specification(out, "", rate_objective_name(o), "");
	rate_html_specification(out, "<br><small>", rate_field(o, "method"), "</small>");
	rate_html_specification(out, "<br><small>", rate_field(o, "parameters"), "</small>");
	fputs("</td>", out);
	rate_html_number(out, rate_field_real(o, "steps"));
	rate_html_number(out, rate_field_real(o, "max_ratio"));
	rate_html_number(out, rate_field_real(o, "sharpness"));
	statistic(out, o);
	fputs("<td>", out);
	links(d, out, o, base);
	rate_html_element(out, "<p>", rate_field(o, "reason"), "</p>");
	rate_html_element(out, "<p>", rate_field(o, "conduct"), "</p>");
	if (*rate_field(o, "note")) {
		fputs("<p><small>", out);
		rate_html_formulas(out, rate_field(o, "note"), 0);
		fputs("</small></p>", out);
	}
	rate_html_element(out, "<p><small>", rate_field(o, "lowered"), "</small></p>");
	rate_unjudged(o, unjudged, sizeof unjudged);
	rate_html_element(out, "<p><small>", unjudged, "</small></p>");
	rate_html_element(out, "<code>", rate_field(o, "replay"), "</code>");
	fputs("</td></tr>\n", out);
}

/* Where a theorem does not apply, folded away: its objectives with the reasons. */
static void skipped(const rate_drawing *d, FILE *out, const char *id)
{
	size_t i, n = 0;
	json_t *o;

	json_array_foreach(rate_lines_of(d, id), i, o) {
		if (!rate_html_skipped(o))
			continue;
		if (!n++)
			fputs("<details><summary>Where it does not apply, and why</summary><ul>\n", out);
		fputs("<li>", out);
		rate_html_text(out, rate_objective_name(o));
		rate_html_element(out, ": ", rate_field(o, "reason"), "</li>\n");
	}
	if (n)
		fputs("</ul></details>\n", out);
}

static void claim(FILE *out, const char *open, const char *s)
{
	if (!*s)
		return;
	fputs(open, out);
	rate_mathml_prose(out, s);
	fputs("</p>\n", out);
}

void rate_html_theorem(const rate_drawing *d, FILE *out, const json_t *first, const char *base)
{
	const char *id = rate_field(first, "theorem");
	size_t i, n = 0;
	json_t *o;

	rate_html_element(out, "<p><code>", id, "</code></p>");
	claim(out, "<p>", rate_field(first, "statement"));
	claim(out, "<p>Bound: ", rate_field(first, "formula"));
	rate_html_element(out, "<p><small>Source: ", rate_field(first, "source"), "</small></p>\n");
	pictures(d, out, id, base);
	rate_html_dots(d, out, id, id, base);
	json_array_foreach(rate_lines_of(d, id), i, o) {
		if (rate_html_skipped(o))
			continue;
		if (!n++)
			fputs("<table><thead><tr><th>verdict<th>objective, method, parameters<th class=n>T<th "
			      "class=n>ratio"
			      "<th class=n>sharpness<th>statistic<th>reason, how to run it again</tr></thead><tbody>\n",
			      out);
		row(d, out, o, base);
	}
	if (n)
		fputs("</tbody></table>\n", out);
	skipped(d, out, id);
}

static const char *title_of(const json_t *first)
{
	return *rate_field(first, "title") ? rate_field(first, "title") : rate_field(first, "theorem");
}

static void step(FILE *out, const json_t *to, const char *open, const char *close)
{
	fputs("<span>", out);
	if (to) {
		fprintf(out, "<a href=\"%s.html\">%s", rate_field(to, "theorem"), open);
		rate_html_text(out, title_of(to));
		fprintf(out, "%s</a>", close);
	}
	fputs("</span>", out);
}

static int write_theorem(rate_drawing *d, const json_t *before, const json_t *first, const json_t *after)
{
	char name[128];
	FILE *out;

	snprintf(name, sizeof name, "theorems/%s.html", rate_field(first, "theorem"));
	if (!(out = rate_part_open(d, name)))
		return RATE_FAIL;
	rate_html_head(out, title_of(first), "../");
	fputs("<nav>", out);
	step(out, before, "← ", "");
	fputs("<a href=\"../index.html\">all theorems of the run</a>", out);
	step(out, after, "", " →");
	fputs("</nav>\n", out);
	rate_html_element(out, "<h1>", title_of(first), "</h1>\n");
	rate_html_theorem(d, out, first, "../");
	fputs("</body></html>\n", out);
	return rate_part_close(d, out, name);
}

int rate_html_write_theorems(rate_drawing *d)
{
	size_t i = 0;
	const json_t *before = NULL, *first = rate_next_theorem(d, &i, 1);

	while (first) {
		const json_t *after = rate_next_theorem(d, &i, 1);
		if (write_theorem(d, before, first, after))
			return RATE_FAIL;
		before = first;
		first = after;
	}
	return RATE_OK;
}
