/* What the pages of a report share: style, head, words and cells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/escape.h"
#include "reports/html.h"
#include "reports/script.h"
#include "reports/text.h"

#include <math.h>
#include <string.h>

static const char style[] =
	"body{font:16px/1.45 system-ui,sans-serif;margin:1em auto;padding:0 1em;max-width:72em;color:#111}"
	"h2{margin:2em 0 .2em}p{margin:.3em 0}table{border-collapse:collapse;width:100%;margin:.6em 0}"
	"td,th{border-bottom:1px solid #ccc;padding:.35em .5em;text-align:left;vertical-align:top;"
	"overflow-wrap:anywhere}"
	"td.n,th.n{text-align:right}td.n,th,td:nth-child(6){overflow-wrap:normal}td.n{white-space:nowrap}"
	".v{font-weight:bold;"
	"white-space:nowrap}.good{color:#006b4f}.bad{color:#b34700}"
	".skip{color:#555}code{font-size:.85em;overflow-wrap:anywhere}small{color:#444}"
	"sub,sup{line-height:0;font-size:.75em}img{max-width:100%;height:auto}"
	".s{width:120px;height:36px;float:right;margin-left:.5em}.s path{fill:none;stroke:#0072B2;stroke-width:1.5;"
	"stroke-linecap:round}.s .b{stroke:#D55E00;stroke-width:1.2;stroke-dasharray:3 3}"
	".figures{display:flex;flex-wrap:wrap;gap:1em}figure{margin:0;flex:1 1 20em;max-width:30em}"
	"figure img{width:100%}"
	"figcaption{font-size:.85em}nav{display:flex;gap:1em}nav span{flex:1}nav span:last-child{text-align:right}"
	"details{margin:.5em 0;color:#444}input,select{font:inherit;padding:.2em .4em}"
	"@media(max-width:50em){thead{display:none}tr{display:block;border-bottom:2px solid #888;padding:.5em 0}"
	"td,td.n{display:block;border:0;padding:.1em 0;text-align:left}td::before{color:#444}"
	"td:nth-child(2)::before{content:\"objective: \"}"
	"td:nth-child(3)::before{content:\"T: \"}td:nth-child(4)::before{content:\"ratio: \"}"
	"td:nth-child(5)::before{content:\"sharpness: \"}"
	"td:nth-child(6)::before{content:\"statistic: \"}#overview td{display:inline-block;padding-right:1em}"
	"#overview td:nth-child(2)::before{content:\"chapter: \"}#overview td:nth-child(3)::before{content:none}"
	"#overview td:nth-child(4)::before{content:\"checks: \"}#overview td:nth-child(5)::before{content:\"ratio: \"}}"
	"button{font:inherit;padding:.1em .7em;border:1px solid #888;border-radius:1em;background:none;color:inherit;"
	"cursor:pointer}"
	"button[aria-pressed=true]{background:#0072B2;border-color:#0072B2;color:#fff}th button{border:0;padding:0;"
	"font-weight:bold;border-radius:0}"
	"th[aria-sort=ascending] button::after{content:\" ↑\"}th[aria-sort=descending] button::after{content:\" ↓\"}"
	"@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}a{color:#7cc4ff}td,th{border-color:#444}"
	"small,details,.skip,td::before"
	"{color:#aaa}.good{color:#4fd1a5}.bad{color:#ff9d5c}input{color:#ddd;background:#222}img{background:#fff}}"
	"@media print{h2{break-after:avoid}tr{break-inside:avoid}input,button{display:none}"
	"th button{display:inline}a{color:inherit;text-decoration:none}nav{display:none}}";

void rate_html_text(FILE *out, const char *s)
{
	rate_escape(out, RATE_HTML, s);
}

void rate_html_element(FILE *out, const char *open, const char *s, const char *close)
{
	if (!*s)
		return;
	fputs(open, out);
	rate_html_text(out, s);
	fputs(close, out);
}

void rate_html_formulas(FILE *out, const char *s, int bracketed)
{
	static const rate_script_marks marks = { RATE_HTML, { "<sup>", "</sup>" }, { "<sub>", "</sub>" }, "<br>" };

	rate_script_write(out, &marks, s, bracketed);
}

void rate_html_number(FILE *out, double x)
{
	if (isnan(x))
		fputs("<td class=n>–</td>", out);
	else
		fprintf(out, "<td class=n>%.4g</td>", x);
}

/* The 17 digits are in the line that runs it again. */
void rate_html_specification(FILE *out, const char *open, const char *spec, const char *close)
{
	char numbers[4096];

	rate_short_numbers(numbers, sizeof numbers, spec);
	rate_html_element(out, open, numbers, close);
}

int rate_html_skipped(const json_t *o)
{
	return rate_field_is(o, "verdict", "not-applicable");
}

/* The dot plot of a theorem or an objective, if it was drawn. */
void rate_html_dots(const rate_drawing *d, FILE *out, const char *name, const char *what, const char *base)
{
	unsigned kinds = rate_drawn_as(d, name);

	if (!(kinds & (RATE_SVG | RATE_PNG)))
		return;
	fprintf(out, "<p><img loading=lazy style=\"max-width:30em;width:100%%\" src=\"%sfigures/%s.%s\" alt=\"", base,
	        name, kinds & RATE_SVG ? "svg" : "png");
	rate_html_text(out, what);
	fputs(": one point for each instance, at its largest ratio of measured to bound\"></p>\n", out);
}

void rate_html_head(FILE *out, const char *title, const char *base)
{
	fputs("<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
	      "<meta name=viewport content=\"width=device-width,initial-scale=1\">"
	      "<meta name=color-scheme content=\"light dark\"><title>", out);
	rate_html_text(out, title);
	fprintf(out, "</title><link rel=stylesheet href=\"%sreport.css\"></head><body>\n", base);
}

int rate_html_write_style(rate_drawing *d)
{
	FILE *out = rate_part_open(d, "report.css");

	if (!out)
		return RATE_FAIL;
	fputs(style, out);
	return rate_part_close(d, out, "report.css");
}
