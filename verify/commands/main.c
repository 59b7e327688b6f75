/* ratecheck: convergence theorems against reality. The command line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernels/kernels.h"
#include "plugins/nearest.h"
#include "reports/escape.h"
#include "reports/terminal.h"
#include "verify/commands/command.h"

static const rate_command *const commands[] = { &rate_command_list, &rate_command_show, &rate_command_verify,
	                                            &rate_command_probe, &rate_command_hunt, &rate_command_tighten,
	                                            &rate_command_exact, &rate_command_report, &rate_command_handout,
	                                            &rate_command_judge, &rate_command_path,
	                                            &rate_command_diff, &rate_command_new, &rate_command_bench };
enum { COMMANDS = sizeof commands / sizeof *commands };

/* One line, in which what plugins and files say gives no commands to a terminal. */
__attribute__((format(printf, 1, 0))) static void complain(const char *format, va_list ap)
{
	char line[16384];

	vsnprintf(line, sizeof line, format, ap);
	fputs("ratecheck: ", stderr);
	rate_escape(stderr, RATE_PLAIN, line);
	fputc('\n', stderr);
}

int rate_usage(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	complain(format, ap);
	va_end(ap);
	return 2;
}

int rate_trouble(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	complain(format, ap);
	va_end(ap);
	return 3;
}

rate_registry *rate_read_plugins(const char *const *files, size_t count, int quiet, int *code)
{
	rate_registry *r = NULL;
	rate_error error;

	if (rate_registry_open(&r, files, count, &error)) {
		*code = rate_trouble("%s", error.text);
		rate_registry_free(r);
		return NULL;
	}
	for (size_t i = 0; i < r->refusals; i++)
		if (r->refusal[i].named)
			*code = rate_trouble("%s", r->refusal[i].reason);
		else if (!quiet)
			rate_trouble("warning: %s", r->refusal[i].reason);
	return r;
}

rate_registry *rate_open_registry(const char *const *files, size_t count, int quiet, int *code)
{
	rate_registry *r;

	*code = 0;
	if ((r = rate_read_plugins(files, count, quiet, code)) && *code) {
		rate_registry_free(r);
		return NULL;
	}
	return r;
}

int rate_option(int argc, char **argv, const char *letters, const struct option *options)
{
	char quiet[32], name[80];
	const struct option *o = options;
	rate_nearest near = { .typed = name };
	const char *typed;
	size_t of = strlen("ratecheck ");
	int c;

	/* the colon: no messages, and ':' where an argument is missing */
	snprintf(quiet, sizeof quiet, ":%s", letters);
	c = getopt_long(argc, argv, quiet, options, NULL);
	if (c != '?' && c != ':')
		return c;
	typed = argv[optind - 1];
	if (strncmp(typed, "--", 2)) {
		rate_usage("%s: no option -%c; `%s --help` lists them", argv[0] + of, optopt, argv[0]);
		return '?';
	}
	snprintf(name, sizeof name, "%.*s", (int)strcspn(typed + 2, "="), typed + 2);
	if (c == ':') {
		rate_usage("%s --%s requires an argument", argv[0] + of, name);
		return '?';
	}
	for (; optopt && o->name && o->val != optopt; o++)
		;
	if (optopt && o->name) {
		rate_usage("%s --%s takes no argument", argv[0] + of, o->name);
		return '?';
	}
	for (o = options; o->name; o++)
		rate_nearest_try(&near, o->name);
	rate_usage("%s: no option --%s%s%s%s; `%s --help` lists them", argv[0] + of, name,
	           near.best ? " (did you mean --" : "", near.best ? near.best : "", near.best ? "?)" : "", argv[0]);
	return '?';
}

int rate_colour(int fd)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fd) && !(no && *no) && !(term && !strcmp(term, "dumb"));
}

const char *rate_data_folder(void)
{
	const char *folder = getenv("RATECHECK_DATA");

	return folder && *folder ? folder : PKGDATADIR "/data";
}

const char *rate_doc_folder(void)
{
	const char *folder = getenv("RATECHECK_DOC");

	return folder && *folder ? folder : DOCDIR;
}

static void print_help(void)
{
	printf("Usage: ratecheck COMMAND [OPTION]...\n\n"
	       "Checks convergence theorems of first-order optimisation against reality: runs the method, "
	         "measures, and says\n"
	       "with a stated error rate whether the proven constant holds, and how sharply it was tested.\n\n");
	for (int i = 0; i < COMMANDS; i++)
		printf("  %-8s %s\n", commands[i]->name, commands[i]->summary);
	printf("\n`ratecheck help COMMAND` explains a command, `ratecheck help glossary` the words of the "
	       "output. A first try:\n\n"
	       "  ratecheck verify gd-convex-smooth\n");
}

#ifdef RATECHECK_ASAN
__attribute__((visibility("default"), used)) const char *__asan_default_options(void);
/* Signals keep their meaning, so that the cause of a child's death can be told. */
const char *__asan_default_options(void)
{
	return "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:handle_sigill=0";
}
#endif

static int run(int argc, char **argv)
{
	char name[64], words[120], help[] = "--help";
	rate_nearest near = { 0 };

	if (argc < 2) {
		print_help();
		return 2;
	}
	if (!rate_kernels_chosen())
		return rate_usage("RATECHECK_ISA=%s: this processor or this build has no such kernels; "
		                  "the best it has is %s",
		                  getenv("RATECHECK_ISA"), rate_kernels_named(NULL)->isa);
	if (!strcmp(argv[1], "help") && argc > 2 && !strcmp(argv[2], "glossary")) {
		rate_print_glossary();
		return 0;
	}
	if (!strcmp(argv[1], "help") && argc > 2)
		argv[1] = argv[2], argv[2] = help;
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		print_help();
		return 0;
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		printf("ratecheck (%s) %s\nplugin ABI %u, %s\n", PACKAGE_NAME, PACKAGE_VERSION, RATE_ABI,
		       RATE_SIGNATURE);
		return 0;
	}
	for (int i = 0; i < COMMANDS; i++) {
		if (strcmp(argv[1], commands[i]->name))
			continue;
		for (int k = 2; k < argc && strcmp(argv[k], "--"); k++)
			if (!strcmp(argv[k], "--help") || !strcmp(argv[k], "-h")) {
				printf("Usage: ratecheck %s\n\n%s", commands[i]->usage, commands[i]->help);
				return 0;
			}
		snprintf(name, sizeof name, "ratecheck %s", commands[i]->name); /* getopt's messages begin with it */
		argv[1] = name;
		return commands[i]->run(argc - 1, argv + 1);
	}
	near.typed = argv[1];
	for (int i = 0; i < COMMANDS; i++)
		rate_nearest_try(&near, commands[i]->name);
	return rate_usage("no command '%s'%s; `ratecheck --help` lists them", argv[1],
	                  rate_nearest_words(&near, words, sizeof words));
}

int main(int argc, char **argv)
{
	int code, failed;

	setlocale(LC_CTYPE, "");
	if (rate_terminal())
		return rate_trouble("standard output is closed; for no output redirect it to /dev/null");
	code = run(argc, argv);
	if ((failed = rate_terminal_trouble()))
		return rate_trouble("standard output: cannot write: %s", strerror(failed));
	return code;
}
