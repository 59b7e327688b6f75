/* index.html: what a run found, a row and a page for each theorem; it opens from a USB stick. No network, words beside
 * every colour; the few lines of script only sort rows and hide those that the reader does not ask for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/html.h"

#include <math.h>
#include <string.h>

/* A theorem that applies to nothing of the run has one line among its like. */
static void inapplicable(const rate_drawing *d, FILE *out)
{
	size_t i = 0, n = 0;

	for (const json_t *o; (o = rate_next_theorem(d, &i, 0)); n++) {
		if (!n)
			fputs("<h2>Theorems that do not apply, and why</h2>\n<ul>\n", out);
		rate_html_element(out, "<li><code>", rate_field(o, "theorem"), "</code>: ");
		rate_html_text(out, rate_field(o, "reason"));
		fputs("</li>\n", out);
	}
	if (n)
		fputs("</ul>\n", out);
}

/* One line for each theorem: how its checks went, and the largest ratio of those that are no control. */
static void overview_row(const rate_drawing *d, FILE *out, const json_t *first)
{
	const char *id = rate_field(first, "theorem");
	size_t i, n = 0, ok = 0, controls = 0;
	double most = NAN;
	json_t *o;

	json_array_foreach(rate_lines_of(d, id), i, o) {
		if (rate_html_skipped(o))
			continue;
		n++;
		ok += json_is_true(json_object_get(o, "ok"));
		controls += (size_t)rate_is_control(o);
		if (!rate_is_control(o))
			most = fmax(most, rate_field_real(o, "max_ratio"));
	}
	fprintf(out, "<tr data-k=\"%s%s%s\" data-on=\"", ok == n ? "" : "bad ", most > 0.99 ? "sharp " : "",
	        controls ? "" : "bare ");
	json_array_foreach(rate_lines_of(d, id), i, o)
		if (!rate_html_skipped(o))
			rate_html_element(out, "", rate_objective_name(o), " ");
	fputs("\"><td><a href=\"theorems/", out);
	rate_html_text(out, id);
	rate_html_element(out, ".html\">", id, "</a>");
	rate_html_element(out, "<br><small>", rate_field(first, "title"), "</small>");
	fputs("</td>", out);
	rate_html_element(out, "<td>", *rate_field(first, "chapter") ? rate_field(first, "chapter") : "–", "</td>");
	fprintf(out, "<td><span class=\"v %s\">%s</span></td><td class=n>%zu of %zu</td>",
	        ok == n ? "good" : "bad", ok == n ? "✓ as it must be" : "✗ look here", ok, n);
	rate_html_number(out, most);
	fputs("</tr>\n", out);
}

static const char script[] =
	"<script>(()=>{const f=document.getElementById('filter'),b=document.querySelector('#overview tbody'),"
	"rows=[...b.rows],chips=[...document.querySelectorAll('[data-chip]')];"
	"f.hidden=false;for(const c of chips)c.hidden=false;"
	"const texts=rows.map(r=>[r,(r.textContent+' '+r.dataset.on).toLowerCase()]);"
	"function show(){const w=f.value.toLowerCase(),on=chips.filter(c=>"
	"c.getAttribute('aria-pressed')=='true').map(c=>c.dataset.chip);"
	"for(const[r,t]of texts)r.hidden=!t.includes(w)||!on.every(k=>(' '+r.dataset.k).includes(' '+k+' '));"
	"const q=new URLSearchParams();if(w)q.set('q',f.value);if(on.length)q.set('k',on.join(','));"
	"history.replaceState(null,'',(q.size?'?'+q:location.pathname)+location.hash)}"
	"const q=new URLSearchParams(location.search);f.value=q.get('q')||'';"
	"for(const c of "
	"chips){if((q.get('k')||'').split(',').includes(c.dataset.chip))c.setAttribute('aria-pressed','true');"
	"c.onclick=()=>{c.setAttribute('aria-pressed',c.getAttribute('aria-pressed')!='true');show()}}"
	"f.oninput=show;if(location.search)show();"
	"document.querySelectorAll('#overview th').forEach((h,i)=>{const t=document.createElement('button');"
	"t.textContent=h.textContent;"
	"h.textContent='';h.append(t);t.onclick=()=>{const up=h.getAttribute('aria-sort')!='ascending';"
	"for(const o of h.parentNode.cells)o.removeAttribute('aria-sort');"
	"h.setAttribute('aria-sort',up?'ascending':'descending');"
	"const v=r=>{const x=r.cells[i].textContent,y=parseFloat(x);return isNaN(y)?x:y};"
	"rows.sort((p,q)=>{const x=v(p),y=v(q),c=typeof x==typeof y?(x>y)-(x<y):typeof x=='number'?1:-1;"
	"return up?c:-c});b.append(...rows)}})})()"
	"</script>\n";

/* Without script all rows are there, in the order of the run. The words that are asked for stay in the address, so
 * that a link keeps them. */
static void overview(const rate_drawing *d, FILE *out)
{
	size_t i = 0;

	fputs("<h2>All theorems of the run</h2>\n<p><input id=filter hidden placeholder=\"id, title, objective, ...\" "
	      "aria-label=\"show only theorems with these words\"> <button hidden data-chip=bad aria-pressed=false>"
	      "look here</button> "
	      "<button hidden data-chip=sharp aria-pressed=false>sharp &gt; 0.99</button> "
	      "<button hidden data-chip=bare aria-pressed=false>no control</button></p>\n"
	      "<table id=overview><thead><tr><th>theorem<th>chapter<th>verdict"
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
		rate_html_element(out, "<p><small>ratecheck ", rate_field(run, "version"), "");
		rate_html_element(out, ", compiler ", rate_field(run, "compiler"), "");
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
		fputs("<h2>All guarantees on one problem</h2>\n"
		      "<p>The nearer to 1, the better a theorem explains its run.</p>\n", p->out);
	rate_html_specification(p->out, "<h3><code>", objective, "</code></h3>\n");
	snprintf(name, sizeof name, "objective_%zu", n);
	rate_html_dots(p->d, p->out, name, objective, "");
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
	fprintf(out, "<p>Error budget: %zu sampled checks; the chance that any true theorem is called refuted is at "
	             "most %.3g. "
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
	fputs("<p><small>A figure for slides or print (PNG, PDF, and its gnuplot script): <code>"
	      "ratecheck report --check ID</code>. "
	      "The check in words: <code>ratecheck show ID</code>. ID is the name of its CSV.</small></p>\n", out);
	fputs("<p><small>Ratio: the largest measured value over its bound. Sharpness: how near the measurement comes "
	      "to the "
	      "bound, 1 if it is attained. A control is a claim made false on purpose;"
	      " it shows that the check can fail."
	      "</small></p>\n", out);
}

static int count_objective(void *context, const char *objective, size_t n)
{
	(void)objective;
	*(size_t *)context = n;
	return RATE_OK;
}

/* Who asks about one theorem has it at once. */
static const json_t *only_theorem(const rate_drawing *d)
{
	size_t i = 0;
	const json_t *first = rate_next_theorem(d, &i, 1);

	return rate_next_theorem(d, &i, 1) ? NULL : first;
}

int rate_write_page(rate_drawing *d)
{
	size_t objectives = 0;
	const json_t *only = only_theorem(d);
	FILE *out;

	if (rate_html_write_style(d) || rate_html_write_theorems(d) || !(out = rate_part_open(d, "index.html")))
		return RATE_FAIL;
	rate_html_head(out, "ratecheck report", "");
	fputs("<h1>ratecheck report</h1>\n", out);
	run_words(d, out);
	summary(d, out);
	/* Who asks about one objective wants its ranking first. */
	rate_each_objective(d, count_objective, &objectives);
	if (!d->o.best && objectives == 1)
		rate_each_objective(d, objective, &(page){ d, out });
	overview(d, out);
	if (only) {
		rate_html_element(out, "<h2>",
		                  rate_field(only, *rate_field(only, "title") ? "title" : "theorem"), "</h2>\n");
		rate_html_theorem(d, out, only, "");
	}
	if (!d->o.best && objectives > 1)
		rate_each_objective(d, objective, &(page){ d, out });
	inapplicable(d, out);
	fputs(script, out); /* when all that it searches is there */
	fputs("</body></html>\n", out);
	return rate_part_close(d, out, "index.html");
}
