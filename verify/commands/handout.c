/* ratecheck handout: a theorem, or a chapter, on pages for a class.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plugins/nearest.h"
#include "reports/folder.h"
#include "reports/prose.h"
#include "reports/report.h"
#include "verify/commands/command.h"

enum { SHEETS = 128, FILES = 16 };

typedef struct job {
	rate_sheet sheet[SHEETS];
	char page[SHEETS][128];
	size_t count, files;
	const char *file[FILES]; /* plugins named on the command line */
	const char *stem;        /* of what is written */
	int answers, slides;
} job;

/* The prose of one theorem, once for a page that holds several. The exit code. */
static int add(job *j, const rate_class_info *c)
{
	char path[4096], name[128] = "";
	rate_sheet *s = &j->sheet[j->count];
	char *prose;

	snprintf(path, sizeof path, "%s/theorems.md", rate_doc_folder());
	prose = rate_prose_of(path, c->id, name, sizeof name);
	if (!prose && !(prose = rate_prose_beside(c->file, c->id)))
		return rate_usage("handout %s: no prose: neither theorems.md nor a file .c beside %s has /*: ... "
		                  ":*/ blocks of it", c->id, c->file);
	for (size_t i = 0; i < j->count && *name; i++)
		if (!strcmp(j->page[i], name)) {
			free(prose);
			return 0;
		}
	if (j->count == SHEETS) {
		free(prose);
		return rate_usage("handout takes at most %d pages", SHEETS);
	}
	*s = (rate_sheet){ .theorem = c->id, .prose = prose };
	snprintf(j->page[j->count++], sizeof j->page[0], "%s", name);
	snprintf(path, sizeof path, "%s/solutions.md", rate_doc_folder());
	if (j->answers && *name)
		s->answers = rate_prose_of(path, name, name, sizeof name);
	return j->answers && !s->answers ? rate_usage("handout %s: no answers are known", c->id) : 0;
}

static int add_named(job *j, rate_registry *r, const char *name, const char *chapter)
{
	char words[120];
	rate_nearest near = { .typed = chapter ? chapter : name };
	int code = 0;
	size_t before = j->count;

	for (size_t i = 0; i < r->count && !code; i++) {
		const rate_class_info *c = r->info[i];
		if (c->kind != RATE_THEOREMS)
			continue;
		rate_nearest_try(&near, chapter ? c->chapter : c->id);
		if (!strcmp(chapter ? c->chapter : c->id, chapter ? chapter : name))
			code = add(j, c);
	}
	if (!code && j->count == before)
		code = rate_usage("no %s '%s'%s; `ratecheck list theorems` shows them", chapter ? "chapter" : "theorem",
		                  chapter ? chapter : name, rate_nearest_words(&near, words, sizeof words));
	return code;
}

/* The figure is measured: the theorems are verified into a folder of their own. */
static int measure(const job *j, const char *folder)
{
	extern char **environ;
	static char name[] = "ratecheck", verify[] = "verify", quietly[] = "--quiet", output[] = "--output",
	    plugin[] = "--plugin";
	char *argv[SHEETS + 2 * FILES + 8] = { name, verify, quietly, output };
	size_t n = 4;
	int status;
	pid_t child;
	posix_spawn_file_actions_t quiet;

	argv[n++] = (char *)(uintptr_t)folder;
	for (size_t i = 0; i < j->files; i++) {
		argv[n++] = plugin;
		argv[n++] = (char *)(uintptr_t)j->file[i];
	}
	for (size_t i = 0; i < j->count; i++)
		argv[n++] = (char *)(uintptr_t)j->sheet[i].theorem;
	argv[n] = NULL;
	if (posix_spawn_file_actions_init(&quiet) ||
	    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0))
		return RATE_FAIL;
	status = posix_spawn(&child, "/proc/self/exe", &quiet, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&quiet);
	if (status || waitpid(child, &status, 0) < 0 || !WIFEXITED(status))
		return RATE_FAIL;
	/* A refuted theorem is what the figure then shows. */
	return WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 1 || WEXITSTATUS(status) == 3 ? RATE_OK : RATE_FAIL;
}

static int copy(int from, int to)
{
	char buffer[1 << 16];
	ssize_t n = 0;

	while (from >= 0 && to >= 0 && (n = read(from, buffer, sizeof buffer)) > 0)
		if (write(to, buffer, (size_t)n) != n)
			n = -1;
	return from < 0 || to < 0 || n < 0 ? RATE_FAIL : RATE_OK;
}

/* STEM.KIND, complete or not at all. The exit code. */
static int put(const job *j, const char *folder, const char *kind)
{
	char from[4096], to[4096], part[4096 + 8];
	int in, out, bad;

	snprintf(from, sizeof from, "%s/handout.%s", folder, kind);
	snprintf(to, sizeof to, "%s.%s", j->stem, kind);
	snprintf(part, sizeof part, "%s.part", to);
	in = open(from, O_RDONLY | O_CLOEXEC);
	out = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bad = copy(in, out);
	if (in >= 0)
		close(in);
	if (out >= 0 && close(out))
		bad = RATE_FAIL;
	if (bad || rename(part, to)) {
		int why = errno;
		unlink(part);
		return rate_trouble("%s: cannot write: %s", to, strerror(why));
	}
	puts(to);
	return 0;
}

static int make(const job *j, const char *folder)
{
	rate_error error = { "" };
	rate_handout h = { j->sheet, j->count, j->slides };
	rate_draw_options o = { .best = 1, .handout_html = 1, .handout_pdf = 1, .handout = &h };
	int failed, code = 0;

	if (measure(j, folder))
		return rate_trouble("handout: ratecheck verify %s failed; run it to see why", j->sheet[0].theorem);
	failed = rate_draw_report(folder, &o, &error);
	if (o.handout_html)
		code = put(j, folder, "html");
	if (o.handout_pdf && !code)
		code = put(j, folder, "pdf");
	for (char *rest = error.text, *line; failed && (line = strsep(&rest, "\n"));)
		rate_trouble("%s", line);
	return code ? code : failed ? 3 : 0;
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "answers", 0, 0, 'a' }, { "slides", 0, 0, 's' },
		                                     { "chapter", 1, 0, 'c' }, { "output", 1, 0, 'o' },
		                                     { "plugin", 1, 0, 'f' }, { 0, 0, 0, 0 } };
	const char *temporary = getenv("TMPDIR"), *chapter = NULL;
	char folder[4096], stem[256];
	int c, code = 0, dir;
	rate_registry *r;
	static job j;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		if (c == 'a')
			j.answers = 1;
		else if (c == 's')
			j.slides = 1;
		else if (c == 'c')
			chapter = optarg;
		else if (c == 'o')
			j.stem = optarg;
		else if (c == 'f' && j.files < FILES)
			j.file[j.files++] = optarg;
		else
			return 2;
	}
	if ((optind == argc) != (chapter != NULL))
		return rate_usage("handout takes a theorem, or --chapter NAME; `ratecheck list theorems` shows them");
	if (!(r = rate_open_registry(j.file, j.files, 0, &code)))
		return code;
	for (int i = optind; i < argc && !code; i++)
		code = add_named(&j, r, argv[i], NULL);
	if (chapter && !code)
		code = add_named(&j, r, NULL, chapter);
	if (!j.stem && !code) {
		snprintf(stem, sizeof stem, "%s%s", chapter ? chapter : argv[optind], j.slides ? "-slides" : "");
		j.stem = stem;
	}
	snprintf(folder, sizeof folder, "%s/ratecheck-handout.XXXXXX", temporary && *temporary ? temporary : "/tmp");
	if (!code && !mkdtemp(folder))
		code = rate_trouble("%s: cannot be made: %s", folder, strerror(errno));
	else if (!code) {
		code = make(&j, folder);
		if ((dir = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) >= 0) {
			rate_folder_remove(dir, folder + 1);
			close(dir);
		}
	}
	for (size_t i = 0; i < j.count; i++) {
		free((char *)(uintptr_t)j.sheet[i].prose);
		free((char *)(uintptr_t)j.sheet[i].answers);
	}
	rate_registry_free(r);
	return code;
}

const rate_command rate_command_handout = {
	"handout", "handout THEOREM... [--answers] [--slides] [--output NAME] [--plugin FILE.so]... | --chapter NAME",
	"a theorem on a page for a class: statement, proof, figure, exercises",
	"Verifies the theorem and writes THEOREM.html, one file that needs no network, and THEOREM.pdf: "
	  "statement, proof, the\n"
	"sharpest instance as a figure, the command that measures it again, and three exercises, on A4. "
	  "The PDF needs groff.\n"
	"The prose is that of the theorem's file; of a theorem of yours that of the file .c beside the .so "
	  "(blocks /*: ... :*/).\n\n"
	"  --chapter NAME  all theorems of a chapter, a page each\n"
	"  --answers       the exercises' answers on a page behind them\n"
	"  --slides        16:9, a paragraph or two on each slide; THEOREM-slides.html and .pdf\n"
	"  --output NAME   NAME.html and NAME.pdf instead\n"
	"  --plugin FILE   a plugin of yours; may be repeated\n"
	"\nExamples:\n"
	"  ratecheck handout gd-convex-smooth --answers  a page for a class, and one for its teacher\n",
	run
};
