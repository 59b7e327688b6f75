/* ratecheck show: one theorem, objective or method, for reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <glob.h>
#include <langinfo.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plugins/nearest.h"
#include "verify/families/families.h"
#include "verify/record/check.h"
#include "verify/record/constants.h"
#include "verify/session/quantities.h"
#include "reports/prose.h"
#include "reports/report.h"
#include "reports/terminal.h"
#include "reports/tex.h"
#include "verify/commands/command.h"

static void show_params(FILE *out, const rate_class_info *c)
{
	if (c->params)
		fprintf(out, "\nParameters\n");
	for (size_t i = 0; i < c->params; i++) {
		const rate_param_info *p = &c->param[i];
		fprintf(out, "  %-12s %s", p->name, p->doc ? p->doc : "");
		if (p->choices)
			fprintf(out, " (%s)", p->choices);
		if (p->low < p->high)
			fprintf(out, " [%g, %g]", p->low, p->high);
		fprintf(out, p->preset ? " (default %s)\n" : " (must be given)%s\n", p->preset ? p->preset : "");
	}
}

/* A statement about points alone has no objective. */
static void show_instance(FILE *out, const rate_instance_info *v, int control)
{
	const char *comma = "";

	if (*v->objective)
		fprintf(out, "%s", v->objective), comma = ", ";
	if (*v->parameters)
		fprintf(out, "%s%s", comma, v->parameters), comma = ", ";
	if (v->steps)
		fprintf(out, "%sT = %llu", comma, (unsigned long long)v->steps), comma = ", ";
	if (control && v->factor != 1)
		fprintf(out, "%sbound times %.4g", comma, v->factor);
	if (!control && v->ratio == v->ratio)
		fprintf(out, ": ratio %.4g", v->ratio);
}

static void show_instances(FILE *out, const char *head, const rate_instance_info *v, size_t n, int control)
{
	if (n)
		fprintf(out, "\n%s\n", head);
	for (size_t i = 0; i < n; i++) {
		fputs("  ", out);
		show_instance(out, &v[i], control);
		fprintf(out, "%s%s\n", v[i].note && *v[i].note ? "\n      " : "", v[i].note ? v[i].note : "");
	}
}

/* What the worst function of the class reaches of the bound: the line of the table that the documentation has. */
static void show_exact(FILE *out, const char *id)
{
	static const char *const places[] = { "exact.md", "doc/exact.md" };
	char path[4096], line[1024], want[160];
	FILE *in = NULL;

	for (size_t k = 0; k < 2 && !in; k++) {
		snprintf(path, sizeof path, "%s/%s", rate_doc_folder(), places[k]);
		in = fopen(path, "r");
	}
	snprintf(want, sizeof want, "| %s | ", id);
	while (in && fgets(line, sizeof line, in)) {
		char one[32], four[32], twelve[32];
		if (strncmp(line, want, strlen(want)))
			continue;
		if (sscanf(line + strlen(want), "%31[^|] | %31[^|] | %31[^|]|", one, four, twelve) == 3)
			fprintf(out, "Exact      the worst function of the class reaches %sof the bound after 1 step, "
			             "%safter 4, %safter 12\n", one, four,
			        twelve);
		else
			fprintf(out, "Exact      no exact worst case: %.*s\n",
			        (int)strcspn(line + strlen(want), "|") - 1, line + strlen(want));
		break;
	}
	if (in)
		fclose(in);
}

static void show_theorem(FILE *out, const rate_class_info *c)
{
	fprintf(out, "\nClaim (%s)\n  %s\n\nMeasured   %s\nBound      %s\nMethod     %s\nNeeds      ",
	       rate_kind_of(c->claim)->name, c->statement, c->quantity ? c->quantity : "", c->formula ? c->formula : "",
	       c->method ? c->method : "none");
	for (size_t i = 0; i < c->needs; i++)
		fprintf(out, "%s%s", i ? ", " : "", c->need[i]);
	fprintf(out, "\n");
	if (c->geometric)
		fprintf(out, "Rate       geometric\n");
	else if (c->power > 0)
		fprintf(out, "Rate       t^-%g\n", c->power);
	if (c->formal)
		fprintf(out, "Formal     %s\n", c->formal);
	if (c->method)
		show_exact(out, c->id);
	show_instances(out, "Sharp instances (where the bound is reached)", c->sharp, c->sharps, 0);
	show_instances(out, "Negative controls (which must be refuted)", c->control, c->controls, 1);
	fprintf(out, "\nRun it with\n  ratecheck verify %s\n", c->id);
}

static size_t screen_width(void)
{
	size_t n = rate_terminal_width();

	return !n ? 80 : n > 100 ? 100 : n;
}

static int has_unicode(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static void show_prose(FILE *out, const rate_class_info *c)
{
	char path[4096], page[256], *text, *own;

	snprintf(path, sizeof path, "%s/theorems.md", rate_doc_folder());
	text = rate_prose_of(path, c->id, page, sizeof page);
	own = text ? NULL : rate_prose_beside(c->file, c->id); /* a theorem of the user's */
	if (!text && !own)
		return;
	fputc('\n', out);
	rate_prose(out, text ? text : own, strlen(text ? text : own), screen_width(), rate_colour(1), !has_unicode());
	if (text)
		fprintf(out, "\nIn the book: ratecheck show %s --open\n", c->id);
	free(text);
	free(own);
}

/* The page of the book in $BROWSER, or what the desktop takes for one. */
static int open_page(const char *id)
{
	extern char **environ;
	char path[4096], page[256], file[8192], url[8500], *text, *browser = getenv("BROWSER"), desktop[] = "xdg-open";
	int status;
	pid_t child;

	snprintf(path, sizeof path, "%s/theorems.md", rate_doc_folder());
	if (!(text = rate_prose_of(path, id, page, sizeof page)))
		return rate_usage("show --open %s: the book has no page for it", id);
	free(text);
	snprintf(file, sizeof file, "%s/book/%s.html", rate_doc_folder(), page);
	if (access(file, R_OK))
		return rate_trouble("%s: not there; the book is woven by `make book` (and put there by `make "
		                    "install-book`)", file);
	snprintf(url, sizeof url, "file://%s#%s", file, id);
	char *const argv[] = { browser && *browser ? browser : desktop, url, NULL };
	if (posix_spawnp(&child, argv[0], NULL, NULL, argv, environ) || waitpid(child, &status, 0) < 0 ||
	    !WIFEXITED(status) || WEXITSTATUS(status))
		return rate_trouble("%s cannot open %s; name another program in BROWSER", argv[0], url);
	return 0;
}

static void show_class(FILE *out, const rate_class_info *info)
{
	fprintf(out, "%s\n%s\n", info->id, info->title ? info->title : "");
	if (info->summary)
		fprintf(out, "%s\n", info->summary);
	if (info->kind == RATE_THEOREMS)
		show_theorem(out, info);
	show_params(out, info);
	fprintf(out, "\nSource     %s\nFile       %s (%s %s, %s)\n", info->source ? info->source : "",
	        info->file, info->plugin, info->version, info->licence);
	if (info->kind == RATE_THEOREMS)
		show_prose(out, info);
}

/* "gd-pl.e8a06c649a57" */
static int is_check(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot > name && strlen(dot + 1) == 12 && strspn(dot + 1, "0123456789abcdef") == 12;
}

/* The newest results folder here or one level below; NULL: there is none. */
static char *last_results(void)
{
	static const char *const places[] = { "./results.jsonl", "*/results.jsonl" };
	char *newest = NULL;
	struct stat s;
	time_t when = 0;
	glob_t found;

	for (int k = 0; k < 2; k++)
		glob(places[k], k ? GLOB_APPEND : 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		if (stat(found.gl_pathv[i], &s) || (newest && s.st_mtime <= when))
			continue;
		free(newest);
		newest = strdup(found.gl_pathv[i]);
		when = s.st_mtime;
	}
	globfree(&found);
	if (newest)
		*strrchr(newest, '/') = '\0';
	return newest;
}

/* A kind of problem. */
static void show_family(FILE *out, const rate_family *f)
{
	static const char *const side[] = { [RATE_USE_ABOVE] = " (or an upper bound)",
		                                [RATE_USE_BELOW] = " (or a lower bound)", [RATE_USE_EXACT] =
		                                " (exactly)", [RATE_USE_FLAG] = " (1 or 0)", [RATE_USE_KEY] = "" };

	fprintf(out, "%s: %s\n", f->name, f->title);
	if (f->flag)
		fprintf(out, "\nAn objective is one if it declares %s = 1. Only theorems that need %s speak of it.\n",
		        f->flag, f->flag);
	fprintf(out, "\n%s\n\nConstants (see constants/1)\n", f->words);
	for (const rate_constant_info *c = rate_constant_list; c->name; c++)
		if (c->use != RATE_USE_KEY && rate_family_has(f->constants, c->name) &&
		    (f->constants || strcmp(c->name, "field")))
			fprintf(out, "  %-14s %s%s\n", c->name, c->text, side[c->use]);
	fprintf(out, "\nMeasured\n");
	for (const rate_quantity *const *q = rate_quantities_known; *q; q++)
		if (rate_family_has(f->quantities, (*q)->name))
			fprintf(out, "  %-14s %s\n", (*q)->name, (*q)->text);
	fprintf(out, "  and what the objective names itself (quantities/1)\n");
	if (f->interfaces)
		fprintf(out, "\nInterfaces     %s\n", f->interfaces);
	if (f->needs)
		fprintf(out, "\nNeeds          %s\n", f->needs);
	fprintf(out, "\nThe probe      %s, beside what it tests of every objective\n", f->tests);
}

/* All of a name, or of a plugin file. The exit code. */
static int show_name(FILE *out, rate_registry *r, const char *name)
{
	char words[120], *file = NULL;
	rate_error error = { "" };
	rate_nearest near = { .typed = name };
	size_t shown = 0;

	if (rate_spec_is_file(name, strlen(name))) {
		if (rate_registry_add(r, name, &error))
			return rate_trouble("%s", error.text);
		file = realpath(name, NULL);
	}
	for (size_t i = 0; i < r->count; i++) {
		const rate_class_info *info = r->info[i];
		rate_nearest_try(&near, info->id);
		if (file ? strcmp(info->file, file) : info != rate_registry_find(r, info->kind, name))
			continue;
		fputs(shown++ ? "\n\n" : "", out);
		show_class(out, info);
	}
	if (!shown && !file && rate_family_named(name)) {
		show_family(out, rate_family_named(name));
		shown = 1;
	}
	free(file);
	return shown ? 0
	             : rate_usage("no theorem, objective or method '%s'%s; `ratecheck list` shows them", name,
	                          rate_nearest_words(&near, words, sizeof words));
}

/* In the signs that the terminal has. */
static void print_text(const char *text)
{
	char *ascii = has_unicode() ? NULL : rate_ascii(text);

	fputs(ascii ? ascii : text, stdout);
	free(ascii);
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "plugin", 1, 0, 'f' }, { "results", 1, 0, 'r' },
	                                         { "open", 0, 0, 'o' }, { 0, 0, 0, 0 } };
	const char *files[64], *folder = NULL;
	char *text = NULL, *last = NULL;
	rate_error error = { "" };
	size_t count = 0, size;
	int c, code = 0, in_book = 0;
	rate_registry *r = NULL;
	FILE *out;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		if (c == 'r')
			folder = optarg;
		else if (c == 'f' && count < 64)
			files[count++] = optarg;
		else if (c == 'o')
			in_book = 1;
		else
			return 2;
	}
	if (optind == argc)
		return rate_usage("show takes a name; `ratecheck list` shows them");
	if (in_book && optind + 1 != argc)
		return rate_usage("--open takes one name");
	if (in_book)
		return open_page(argv[optind]);
	if (!folder && !(r = rate_open_registry(files, count, 0, &code)))
		return code;
	if (!(out = open_memstream(&text, &size)))
		return rate_trouble("out of memory");
	for (int i = optind; i < argc && !code; i++) {
		fputs(i > optind ? "\n\n" : "", out);
		if (!folder && is_check(argv[i])) {
			if (!last && !(last = last_results()))
				code = rate_usage("show %s: no results here; --results DIR names a folder of `verify "
				                  "--output DIR`", argv[i]);
			else if (rate_explain(out, last, argv[i], &error))
				code = rate_trouble("%s; --results DIR names another folder", error.text);
			continue;
		}
		if (folder && rate_explain(out, folder, argv[i], &error))
			code = rate_trouble("%s", error.text);
		else if (!folder)
			code = show_name(out, r, argv[i]);
	}
	rate_registry_free(r);
	free(last);
	fclose(out);
	if (!code)
		print_text(text);
	free(text);
	return code;
}

const rate_command rate_command_show = {
	"show", "show THEOREM|OBJECTIVE|METHOD|FILE.so... [--open] [--plugin FILE.so]... | CHECK... [--results DIR]",
	"one theorem, objective, method or verdict, explained",
	"Prints the claim, bound, hypotheses, source, sharp instances and negative controls of a theorem, or the\n"
	"parameters of an objective or method; of a kind of problem (minimise, field) what there is to it. "
	  "Of a theorem of ours also the text of the book: statement, proof, how sharp it\n"
	"is, what must fail, exercises. FILE.so stands for all that it holds.\n\n"
	"  --open          the theorem's page of the book, by $BROWSER or xdg-open\n"
	"  --plugin FILE   one more plugin file\n"
	"  --results DIR   of one check; without it the newest results folder here\n\n"
	"Of a check, by its id: why its verdict is what it is, and how to see it again. Ids stand in what "
	  "verify prints, in\n"
	"results.jsonl and in the report.\n"
	"\nExamples:\n"
	"  ratecheck show gd-convex-smooth  statement, bound, proof\n"
	"  ratecheck show logistic          an objective with its parameters\n",
	run
};
