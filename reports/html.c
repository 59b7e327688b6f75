/* index.html: one page that opens from a USB stick. No network, words beside every colour; the few lines of script only
 * hide rows that the reader does not ask for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/escape.h"
#include "reports/text.h"

#include <math.h>
#include <string.h>

static const char style[] =
	"body{font:16px/1.45 system-ui,sans-serif;margin:1em auto;padding:0 1em;max-width:72em;color:#111}"
	"h2{margin:2em 0 .2em}p{margin:.3em 0}table{border-collapse:collapse;width:100%;margin:.6em 0}"
	"td,th{border-bottom:1px solid #ccc;padding:.35em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
	"td.n,th.n{text-align:right}td.n,th,td:nth-child(6){overflow-wrap:normal}td.n{white-space:nowrap}.v{font-weight:bold;white-space:nowrap}.good{color:#006b4f}.bad{color:#b34700}"
	".skip{color:#555}code{font-size:.85em;overflow-wrap:anywhere}small{color:#444}img{max-width:100%;height:auto}"
	"td img{width:22em}details{margin:.5em 0;color:#444}input,select{font:inherit;padding:.2em .4em}"
	"@media(max-width:50em){thead{display:none}tr{display:block;border-bottom:2px solid #888;padding:.5em 0}"
	"td,td.n{display:block;border:0;padding:.1em 0;text-align:left}td::before{color:#444}td:nth-child(2)::before{content:\"objective: \"}"
	"td:nth-child(3)::before{content:\"T: \"}td:nth-child(4)::before{content:\"ratio: \"}td:nth-child(5)::before{content:\"sharpness: \"}"
	"td:nth-child(6)::before{content:\"statistic: \"}td img{width:100%}#overview td{display:inline-block;padding-right:1em}"
	"#overview td:nth-child(2)::before{content:\"chapter: \"}#overview td:nth-child(3)::before{content:none}"
	"#overview td:nth-child(4)::before{content:\"checks: \"}#overview td:nth-child(5)::before{content:\"ratio: \"}}"
	/* A section that is far away is laid out when it comes near: thousands of rows load in a moment. */
	"section{content-visibility:auto;contain-intrinsic-size:auto 60em}"
	"button{font:inherit;padding:.1em .7em;border:1px solid #888;border-radius:1em;background:none;color:inherit;cursor:pointer}"
	"button[aria-pressed=true]{background:#0072B2;border-color:#0072B2;color:#fff}th button{border:0;padding:0;font-weight:bold;border-radius:0}"
	"th[aria-sort=ascending] button::after{content:\" ↑\"}th[aria-sort=descending] button::after{content:\" ↓\"}"
	"@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}a{color:#7cc4ff}td,th{border-color:#444}small,details,.skip,td::before"
	"{color:#aaa}.good{color:#4fd1a5}.bad{color:#ff9d5c}input{color:#ddd;background:#222}img{background:#fff}}"
	"@media print{section{content-visibility:visible;break-inside:auto}h2{break-after:avoid}tr{break-inside:avoid}input,button{display:none}"
	"th button{display:inline}a{color:inherit;text-decoration:none}td img{width:14em}}";

static void escaped(FILE *out, const char *s)
{
	rate_escape(out, RATE_HTML, s);
}

static void element(FILE *out, const char *open, const char *s, const char *close)
{
	if (!*s)
		return;
	fputs(open, out);
	escaped(out, s);
	fputs(close, out);
}

static void number(FILE *out, double x)
{
	if (isnan(x))
		fputs("<td class=n>–</td>", out);
	else
		fprintf(out, "<td class=n>%.4g</td>", x);
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
	const char *check = rate_field(o, "check");
	unsigned kinds = rate_drawn_as(d, check);
	const char *kind = kinds & RATE_SVG ? "svg" : "png";
	rate_extent x;

	if (!rate_is_shown(d, o) || !rate_extent_of(d, o, &x))
		return;
	if (kinds & (RATE_SVG | RATE_PNG)) {
		fprintf(out, "<a href=\"figures/%s.%s\"><img loading=lazy width=480 height=%.0f src=\"figures/%s.%s\" alt=\"", check, kind,
		        480 * json_number_value(json_object_get(d->names, check)), check, kind);
		escaped(out, rate_is_control(o) ? "Control: " : "");
		escaped(out, rate_field(o, "quantity"));
		fputs(" measured, solid, against the bound ", out);
		escaped(out, rate_field(o, "formula"));
		fprintf(out, ", dashed; from t = %g to %g, largest ratio %.3g\"></a><br>", x.first, x.last, rate_field_real(o, "max_ratio"));
	}
	fprintf(out, "<small><a href=\"curves/%s.csv\">CSV</a>", check);
	if (kinds & RATE_SCRIPT)
		fprintf(out, " <a href=\"figures/%s.gp\">gnuplot</a>", check);
	fputs("</small><br>", out);
}

static void statistic(FILE *out, const json_t *o)
{
	double R = rate_field_real(o, "replicates");

	fputs("<td>", out);
	escaped(out, rate_field(o, "statistic"));
	if (R > 1)
		fprintf(out, ", R = %.0f", R);
	fputs("</td>", out);
}

/* The 17 digits are in the line that runs it again. */
static void specification(FILE *out, const char *open, const char *spec, const char *close)
{
	char numbers[4096];

	rate_short_numbers(numbers, sizeof numbers, spec);
	element(out, open, numbers, close);
}

static void row(const rate_drawing *d, FILE *out, const json_t *o)
{
	char unjudged[128];

	fputs("<tr>", out);
	verdict(out, o);
	fputs("<td>", out);
	specification(out, "", rate_objective_name(o), "");
	specification(out, "<br><small>", rate_field(o, "method"), "</small>");
	specification(out, "<br><small>", rate_field(o, "parameters"), "</small>");
	fputs("</td>", out);
	number(out, rate_field_real(o, "steps"));
	number(out, rate_field_real(o, "max_ratio"));
	number(out, rate_field_real(o, "sharpness"));
	statistic(out, o);
	fputs("<td>", out);
	picture(d, out, o);
	element(out, "<p>", rate_field(o, "reason"), "</p>");
	element(out, "<p>", rate_field(o, "conduct"), "</p>");
	element(out, "<p><small>", rate_field(o, "note"), "</small></p>");
	element(out, "<p><small>", rate_field(o, "lowered"), "</small></p>");
	rate_unjudged(o, unjudged, sizeof unjudged);
	element(out, "<p><small>", unjudged, "</small></p>");
	element(out, "<code>", rate_field(o, "replay"), "</code>");
	fputs("</td></tr>\n", out);
}

/* The dot plot of a theorem or an objective, if it was drawn. */
static void dots(const rate_drawing *d, FILE *out, const char *name, const char *what)
{
	unsigned kinds = rate_drawn_as(d, name);

	if (!(kinds & (RATE_SVG | RATE_PNG)))
		return;
	fprintf(out, "<p><img loading=lazy style=\"max-width:36em;width:100%%\" src=\"figures/%s.%s\" alt=\"", name,
	        kinds & RATE_SVG ? "svg" : "png");
	escaped(out, what);
	fputs(": one point for each instance, at its largest ratio of measured to bound\"></p>\n", out);
}

static int is_skipped(const json_t *o)
{
	return rate_field_is(o, "verdict", "not-applicable");
}

/* Where a theorem does not apply, folded away: its objectives with the reasons. */
static void skipped(const rate_drawing *d, FILE *out, const char *id)
{
	size_t i, n = 0;
	json_t *o;

	json_array_foreach(rate_lines_of(d, id), i, o) {
		if (!is_skipped(o))
			continue;
		if (!n++)
			fputs("<details><summary>Where it does not apply, and why</summary><ul>\n", out);
		fputs("<li>", out);
		escaped(out, rate_objective_name(o));
		element(out, ": ", rate_field(o, "reason"), "</li>\n");
	}
	if (n)
		fputs("</ul></details>\n", out);
}

/* A theorem that applies to nothing of the run has one line among its like. */
static void inapplicable(const rate_drawing *d, FILE *out)
{
	size_t i = 0, n = 0;

	for (const json_t *o; (o = rate_next_theorem(d, &i, 0)); n++) {
		if (!n)
			fputs("<h2>Theorems that do not apply, and why</h2>\n<ul>\n", out);
		element(out, "<li><code>", rate_field(o, "theorem"), "</code>: ");
		escaped(out, rate_field(o, "reason"));
		fputs("</li>\n", out);
	}
	if (n)
		fputs("</ul>\n", out);
}

static void theorem(const rate_drawing *d, FILE *out, const json_t *first)
{
	const char *id = rate_field(first, "theorem");
	size_t i, n = 0;
	json_t *o;

	fputs("<section id=\"", out);
	escaped(out, id);
	fputs("\">", out);
	element(out, "<h2>", *rate_field(first, "title") ? rate_field(first, "title") : id, "</h2>\n");
	element(out, "<p><code>", id, "</code></p>");
	element(out, "<p>", rate_field(first, "statement"), "</p>");
	element(out, "<p>Bound: ", rate_field(first, "formula"), "</p>");
	element(out, "<p><small>Source: ", rate_field(first, "source"), "</small></p>\n");
	dots(d, out, id, id);
	json_array_foreach(rate_lines_of(d, id), i, o) {
		if (is_skipped(o))
			continue;
		if (!n++)
			fputs("<table><thead><tr><th>verdict<th>objective, method, parameters<th class=n>T<th class=n>ratio"
			      "<th class=n>sharpness<th>statistic<th>figure, reason, how to run it again</tr></thead><tbody>\n", out);
		row(d, out, o);
	}
	if (n)
		fputs("</tbody></table>\n", out);
	skipped(d, out, id);
	fputs("</section>\n", out);
}

/* One line for each theorem: how its checks went, and the largest ratio of those that are no control. */
static void overview_row(const rate_drawing *d, FILE *out, const json_t *first)
{
	const char *id = rate_field(first, "theorem");
	size_t i, n = 0, ok = 0, controls = 0;
	double most = NAN;
	json_t *o;

	json_array_foreach(rate_lines_of(d, id), i, o) {
		if (is_skipped(o))
			continue;
		n++;
		ok += json_is_true(json_object_get(o, "ok"));
		controls += (size_t)rate_is_control(o);
		if (!rate_is_control(o))
			most = fmax(most, rate_field_real(o, "max_ratio"));
	}
	fprintf(out, "<tr data-k=\"%s%s%s\"><td><a href=\"#", ok == n ? "" : "bad ", most > 0.99 ? "sharp " : "", controls ? "" : "bare ");
	escaped(out, id);
	element(out, "\">", id, "</a>");
	element(out, "<br><small>", rate_field(first, "title"), "</small>");
	fputs("</td>", out);
	element(out, "<td>", *rate_field(first, "chapter") ? rate_field(first, "chapter") : "–", "</td>");
	fprintf(out, "<td><span class=\"v %s\">%s</span></td><td class=n>%zu of %zu</td>",
	        ok == n ? "good" : "bad", ok == n ? "✓ as it must be" : "✗ look here", ok, n);
	number(out, most);
	fputs("</tr>\n", out);
}

static const char script[] =
	"<script>(()=>{const f=document.getElementById('filter'),b=document.querySelector('#overview tbody'),"
	"rows=[...b.rows],chips=[...document.querySelectorAll('[data-chip]')];"
	"f.hidden=false;for(const c of chips)c.hidden=false;"
	"const texts=rows.map(r=>{const s=document.getElementById(r.querySelector('a').getAttribute('href').slice(1));"
	"return[r,s,(r.textContent+' '+(s?[...s.querySelectorAll('td:nth-child(2)')].map(x=>x.textContent).join(' '):'')).toLowerCase()]});"
	"function show(){const w=f.value.toLowerCase(),on=chips.filter(c=>c.getAttribute('aria-pressed')=='true').map(c=>c.dataset.chip);"
	"for(const[r,s,t]of texts){const h=!t.includes(w)||!on.every(k=>(' '+r.dataset.k).includes(' '+k+' '));r.hidden=h;if(s)s.hidden=h}"
	"const q=new URLSearchParams();if(w)q.set('q',f.value);if(on.length)q.set('k',on.join(','));"
	"history.replaceState(null,'',(q.size?'?'+q:location.pathname)+location.hash)}"
	"const q=new URLSearchParams(location.search);f.value=q.get('q')||'';"
	"for(const c of chips){if((q.get('k')||'').split(',').includes(c.dataset.chip))c.setAttribute('aria-pressed','true');"
	"c.onclick=()=>{c.setAttribute('aria-pressed',c.getAttribute('aria-pressed')!='true');show()}}"
	"f.oninput=show;if(location.search)show();"
	"document.querySelectorAll('#overview th').forEach((h,i)=>{const t=document.createElement('button');t.textContent=h.textContent;"
	"h.textContent='';h.append(t);t.onclick=()=>{const up=h.getAttribute('aria-sort')!='ascending';"
	"for(const o of h.parentNode.cells)o.removeAttribute('aria-sort');h.setAttribute('aria-sort',up?'ascending':'descending');"
	"const v=r=>{const x=r.cells[i].textContent,y=parseFloat(x);return isNaN(y)?x:y};"
	"rows.sort((p,q)=>{const x=v(p),y=v(q),c=typeof x==typeof y?(x>y)-(x<y):typeof x=='number'?1:-1;return up?c:-c});b.append(...rows)}})})()"
	"</script>\n";

/* Without script all rows are there, in the order of the run. The words that are asked for stay in the address, so that a
 * link keeps them. */
static void overview(const rate_drawing *d, FILE *out)
{
	size_t i = 0;

	fputs("<h2>All theorems of the run</h2>\n<p><input id=filter hidden placeholder=\"id, title, objective, ...\" "
	      "aria-label=\"show only theorems with these words\"> <button hidden data-chip=bad aria-pressed=false>look here</button> "
	      "<button hidden data-chip=sharp aria-pressed=false>sharp &gt; 0.99</button> "
	      "<button hidden data-chip=bare aria-pressed=false>no control</button></p>\n<table id=overview><thead><tr><th>theorem<th>chapter<th>verdict"
	      "<th class=n>checks as they must be<th class=n>largest ratio</tr></thead><tbody>\n", out);
	for (const json_t *o; (o = rate_next_theorem(d, &i, 1));)
		overview_row(d, out, o);
	fputs("</tbody></table>\n", out);
}

/* What was run, from run.json. */
static void run_words(const rate_drawing *d, FILE *out)
{
	static const char *const efforts[] = { "quick", "standard", "thorough" };
	json_t *run = rate_read_run(d);
	double effort = run ? rate_field_real(run, "effort") : NAN, seconds = 0;
	size_t i;
	json_t *o;

	json_array_foreach(d->all, i, o)
		seconds += rate_field_real(o, "seconds") > 0 ? rate_field_real(o, "seconds") : 0;
	if (run) {
		element(out, "<p><small>ratecheck ", rate_field(run, "version"), "");
		element(out, ", compiler ", rate_field(run, "compiler"), "");
		if (effort >= 0 && effort < 3)
			fprintf(out, ", effort %s", efforts[(int)effort]);
		fprintf(out, ", seed %.0f, %.3g s of computing</small></p>\n", rate_field_real(run, "seed"), seconds);
	}
	json_decref(run);
}

typedef struct page {
	const rate_drawing *d;
	FILE *out;
} page;

/* All guarantees on one problem: which explains the run best. */
static int objective(void *context, const char *objective, size_t n)
{
	const page *p = context;
	char name[64];

	if (n == 1)
		fputs("<h2>All guarantees on one problem</h2>\n<p>The nearer to 1, the better a theorem explains its run.</p>\n", p->out);
	specification(p->out, "<h3><code>", objective, "</code></h3>\n");
	snprintf(name, sizeof name, "objective_%zu", n);
	dots(p->d, p->out, name, objective);
	return RATE_OK;
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
	size_t i, comma = 0;

	fprintf(out, "<p>%zu checks:", json_array_size(d->all));
	for (i = 0; i < sizeof word / sizeof *word; i++)
		if (count(d, "verdict", word[i], 0))
			fprintf(out, "%s <b>%zu %s</b>", comma++ ? "," : "", count(d, "verdict", word[i], 0), word[i]);
	if (count(d, "role", "control", 1))
		fprintf(out, " and %zu of %zu controls refuted, as they must be", count(d, "verdict", "refuted", 1),
		        count(d, "role", "control", 1));
	fputs(".</p>\n", out);
	budget(d, out);
	fputs("<p><small>A figure for slides or print (PNG, PDF, and its gnuplot script): <code>ratecheck report --check ID</code>. "
	      "The check in words: <code>ratecheck show ID</code>. ID is the name of its CSV.</small></p>\n", out);
	fputs("<p><small>Ratio: the largest measured value over its bound. Sharpness: how near the measurement comes to the "
	      "bound, 1 if it is attained. A control is a claim made false on purpose; it shows that the check can fail."
	      "</small></p>\n", out);
}

static int count_objective(void *context, const char *objective, size_t n)
{
	(void)objective;
	*(size_t *)context = n;
	return RATE_OK;
}

int rate_write_page(rate_drawing *d)
{
	size_t i = 0, objectives = 0;
	FILE *out = rate_part_open(d, "index.html");

	if (!out)
		return RATE_FAIL;
	fprintf(out, "<!doctype html>\n<html lang=en><head><meta charset=utf-8>"
	             "<meta name=viewport content=\"width=device-width,initial-scale=1\"><meta name=color-scheme content=\"light dark\"><title>ratecheck report</title>"
	             "<style>%s</style></head><body>\n<h1>ratecheck report</h1>\n", style);
	run_words(d, out);
	summary(d, out);
	/* Who asks about one objective wants its ranking first. */
	rate_each_objective(d, count_objective, &objectives);
	if (!d->o.best && objectives == 1)
		rate_each_objective(d, objective, &(page){ d, out });
	overview(d, out);
	for (const json_t *o; (o = rate_next_theorem(d, &i, 1));)
		theorem(d, out, o);
	if (!d->o.best && objectives > 1)
		rate_each_objective(d, objective, &(page){ d, out });
	inapplicable(d, out);
	fputs(script, out); /* when all that it searches is there */
	fputs("</body></html>\n", out);
	return rate_part_close(d, out, "index.html");
}
