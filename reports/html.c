/* index.html: one page that opens from a USB stick. No script, no network, words beside every colour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"

#include <math.h>
#include <string.h>

static const char style[] =
	"body{font:16px/1.45 system-ui,sans-serif;margin:1em auto;padding:0 1em;max-width:72em;color:#111}"
	"h2{margin:2em 0 .2em}p{margin:.3em 0}table{border-collapse:collapse;width:100%;margin:.6em 0}"
	"td,th{border-bottom:1px solid #ccc;padding:.35em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
	"td.n,th.n{text-align:right}.v{font-weight:bold;white-space:nowrap}.good{color:#006b4f}.bad{color:#b34700}"
	".skip{color:#555}code{font-size:.85em;overflow-wrap:anywhere}small{color:#444}img{max-width:100%;height:auto}"
	"td img{width:15em}"
	"@media(max-width:50em){thead{display:none}tr{display:block;border-bottom:2px solid #888;padding:.5em 0}"
	"td,td.n{display:block;border:0;padding:.1em 0;text-align:left}td[data-h]::before{content:attr(data-h) \": \";"
	"color:#444}td img{width:100%}}";

static void escaped(FILE *out, const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '<': fputs("&lt;", out); break;
		case '>': fputs("&gt;", out); break;
		case '&': fputs("&amp;", out); break;
		case '"': fputs("&quot;", out); break;
		default: putc(*s, out);
		}
}

static void element(FILE *out, const char *open, const char *s, const char *close)
{
	if (!*s)
		return;
	fputs(open, out);
	escaped(out, s);
	fputs(close, out);
}

static void number(FILE *out, const char *head, double x)
{
	if (isnan(x))
		fprintf(out, "<td class=n data-h=\"%s\">–</td>", head);
	else
		fprintf(out, "<td class=n data-h=\"%s\">%.4g</td>", head, x);
}

static void verdict(FILE *out, const json_t *o)
{
	int ok = json_is_true(json_object_get(o, "ok")), skip = rate_field_is(o, "verdict", "not-applicable");

	fprintf(out, "<td><span class=\"v %s\">%s ", skip ? "skip" : ok ? "good" : "bad", skip ? "–" : ok ? "✓" : "✗");
	escaped(out, rate_field(o, "verdict"));
	fputs("</span>", out);
	if (rate_is_control(o))
		fputs(ok ? "<br><small>control, must be refuted: as wanted</small>"
		         : "<br><small>control, must be refuted: it was not</small>", out);
	fputs("</td>", out);
}

static void picture(const rate_drawing *d, FILE *out, const json_t *o)
{
	const char *check = rate_field(o, "check"), *kind = d->o.png ? "png" : "svg";
	rate_extent x;

	if (!rate_extent_of(d, o, &x))
		return;
	fprintf(out, "<a href=\"figures/%s.%s\"><img loading=lazy width=800 height=500 src=\"figures/%s.%s\" alt=\"", check,
	        d->o.svg ? "svg" : kind, check, kind);
	escaped(out, rate_is_control(o) ? "Control: " : "");
	escaped(out, rate_field(o, "quantity"));
	fputs(" measured, solid, against the bound ", out);
	escaped(out, rate_field(o, "formula"));
	fprintf(out, ", dashed; from t = %g to %g, largest ratio %.3g\"></a><br>", x.first, x.last,
	        rate_field_real(o, "max_ratio"));
}

static void statistic(FILE *out, const json_t *o)
{
	double R = rate_field_real(o, "replicates");

	fputs("<td data-h=\"statistic\">", out);
	escaped(out, rate_field(o, "statistic"));
	if (R > 1)
		fprintf(out, ", R = %.0f", R);
	fputs("</td>", out);
}

static void row(const rate_drawing *d, FILE *out, const json_t *o)
{
	fputs("<tr>", out);
	verdict(out, o);
	fputs("<td data-h=\"objective\">", out);
	escaped(out, rate_field(o, "objective"));
	element(out, "<br><small>", rate_field(o, "method"), "</small>");
	element(out, "<br><small>", rate_field(o, "parameters"), "</small>");
	fputs("</td>", out);
	number(out, "T", rate_field_real(o, "steps"));
	number(out, "ratio", rate_field_real(o, "max_ratio"));
	number(out, "sharpness", rate_field_real(o, "sharpness"));
	statistic(out, o);
	fputs("<td>", out);
	picture(d, out, o);
	element(out, "<p>", rate_field(o, "reason"), "</p>");
	element(out, "<p><small>", rate_field(o, "note"), "</small></p>");
	element(out, "<p><small>", rate_field(o, "lowered"), "</small></p>");
	element(out, "<code>", rate_field(o, "replay"), "</code>");
	fputs("</td></tr>\n", out);
}

static void theorem(const rate_drawing *d, FILE *out, const json_t *first)
{
	const char *id = rate_field(first, "theorem");
	size_t i;
	json_t *o;

	element(out, "<h2>", *rate_field(first, "title") ? rate_field(first, "title") : id, "</h2>\n");
	element(out, "<p><code>", id, "</code></p>");
	element(out, "<p>", rate_field(first, "statement"), "</p>");
	element(out, "<p>Bound: ", rate_field(first, "formula"), "</p>");
	element(out, "<p><small>Source: ", rate_field(first, "source"), "</small></p>\n");
	fputs("<table><thead><tr><th>verdict<th>objective, method, parameters<th class=n>T<th class=n>ratio"
	      "<th class=n>sharpness<th>statistic<th>figure, reason, how to run it again</tr></thead><tbody>\n", out);
	json_array_foreach(d->all, i, o)
		if (rate_field_is(o, "theorem", id))
			row(d, out, o);
	fputs("</tbody></table>\n", out);
}

static size_t count(const rate_drawing *d, const char *key, const char *value, int controls)
{
	size_t i, n = 0;
	json_t *o;

	json_array_foreach(d->all, i, o)
		n += rate_field_is(o, key, value) && rate_is_control(o) == controls;
	return n;
}

/* A union bound: each sampled check errs with probability at most its alpha. */
static void budget(const rate_drawing *d, FILE *out)
{
	double sum = 0;
	size_t i, sampled = 0;
	json_t *o;

	json_array_foreach(d->all, i, o)
		if (rate_field_is(o, "statistic", "sampled")) {
			sampled++;
			sum += fmax(0, rate_field_real(o, "alpha"));
		}
	fprintf(out, "<p>Error budget: %zu sampled checks; the chance that any true theorem is called refuted is at most %.3g. "
	             "The others decide without chance.</p>\n", sampled, sum);
}

static void summary(const rate_drawing *d, FILE *out)
{
	static const char *const word[] = { "holds", "refuted", "hypothesis-false", "broken", "not-applicable" };
	size_t i;

	fprintf(out, "<p>%zu checks:", json_array_size(d->all));
	for (i = 0; i < sizeof word / sizeof *word; i++)
		if (count(d, "verdict", word[i], 0))
			fprintf(out, " <b>%zu %s</b>,", count(d, "verdict", word[i], 0), word[i]);
	fprintf(out, " and %zu of %zu controls refuted, as they must be.</p>\n", count(d, "verdict", "refuted", 1),
	        count(d, "role", "control", 1));
	budget(d, out);
	fputs("<p><small>Ratio: the largest measured value over its bound. Sharpness: how near the measurement comes to the "
	      "bound, 1 if it is attained. A control is a claim made false on purpose; it shows that the check can fail."
	      "</small></p>\n", out);
}

int rate_write_page(rate_drawing *d)
{
	size_t i;
	json_t *o;
	FILE *out = rate_part_open(d, "index.html");

	if (!out)
		return RATE_FAIL;
	fprintf(out, "<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
	             "<meta name=viewport content=\"width=device-width,initial-scale=1\"><title>ratecheck report</title>"
	             "<style>%s</style></head><body>\n<h1>ratecheck report</h1>\n", style);
	summary(d, out);
	json_array_foreach(d->all, i, o)
		if (rate_first_of_theorem(d, i))
			theorem(d, out, o);
	fputs("</body></html>\n", out);
	return rate_part_close(d, out, "index.html");
}
