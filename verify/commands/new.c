/* ratecheck new: a buildable plugin to start from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugins/nearest.h"
#include "verify/commands/command.h"
#include "verify/families/families.h"

static const char *template_folder(void)
{
	const char *folder = getenv("RATECHECK_TEMPLATE");

	return folder && *folder ? folder : PKGDATADIR "/template";
}

/* FOLDER/FILE is the template with NAME replaced. */
static int copy(const char *template, const char *folder, const char *file)
{
	char from[4096], to[4096], line[4096], *rest, *at;
	FILE *in, *out;
	int broken;

	snprintf(from, sizeof from, "%s/%s", template_folder(), template);
	snprintf(to, sizeof to, "%s/%s", folder, file);
	if (!(in = fopen(from, "r")))
		return rate_trouble("%s: %s; it comes with the program, or is in RATECHECK_TEMPLATE", from,
		                    strerror(errno));
	if (!(out = fopen(to, "wx"))) {
		fclose(in);
		return rate_trouble("%s: %s", to, strerror(errno));
	}
	while ((rest = fgets(line, sizeof line, in))) {
		for (; (at = strstr(rest, "NAME")); rest = at + 4)
			fprintf(out, "%.*s%s", (int)(at - rest), rest, folder);
		fputs(rest, out);
	}
	broken = ferror(in) || ferror(out);
	fclose(in);
	return fclose(out) || broken ? rate_trouble("%s: %s", to, strerror(errno)) : 0;
}

/* Nothing is left of what could not be finished. */
static int take_back(const char *folder, const char *source, int code)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, source);
	unlink(path);
	snprintf(path, sizeof path, "%s/Makefile", folder);
	unlink(path);
	rmdir(folder);
	return code;
}

static int good_name(const char *name)
{
	if (!islower((unsigned char)*name))
		return 0;
	for (; *name; name++)
		if (!islower((unsigned char)*name) && !isdigit((unsigned char)*name) && *name != '-')
			return 0;
	return 1;
}

/* The template of objectives of a family: that of minimise is objective.c. NULL: there is none. */
static const char *template_of(const char *family)
{
	const rate_family *row = rate_family_named(family);

	return !row ? NULL : row == &rate_family_minimise ? "objective" : row->name;
}

static int unknown_family(const char *family)
{
	char words[120];
	rate_nearest near = { .typed = family };

	for (const rate_family *const *row = rate_families; *row; row++)
		rate_nearest_try(&near, (*row)->name);
	return rate_usage("--family %s: no such family%s; `ratecheck show minimise` and `ratecheck show field` say "
	                  "what they are", family,
	                  rate_nearest_words(&near, words, sizeof words));
}

static int run(int argc, char **argv)
{
	static const struct option options[] = { { "family", 1, 0, 'f' }, { 0, 0, 0, 0 } };
	const char *family = NULL, *template;
	char from[128], source[128];
	int code, c;

	while ((c = rate_option(argc, argv, "", options)) != -1) {
		if (c != 'f')
			return 2;
		family = optarg;
	}
	argc -= optind - 1;
	argv += optind - 1;
	if (argc != 3 || (strcmp(argv[1], "objective") && strcmp(argv[1], "method") && strcmp(argv[1], "theorem")))
		return rate_usage("new takes objective, method or theorem, and a name");
	if (family && strcmp(argv[1], "objective"))
		return rate_usage("--family is for objectives");
	template = family ? template_of(family) : argv[1];
	if (!template)
		return unknown_family(family);
	if (!good_name(argv[2]) || strlen(argv[2]) > 60)
		return rate_usage("new %s %s: a name is a lower-case letter, then those, digits and '-'",
		                  argv[1], argv[2]);
	if (mkdir(argv[2], 0777))
		return rate_trouble("%s: %s", argv[2], strerror(errno));
	snprintf(from, sizeof from, "%s.c", template);
	snprintf(source, sizeof source, "%s.c", argv[2]);
	if ((code = copy(from, argv[2], source)) || (code = copy("Makefile", argv[2], "Makefile")))
		return take_back(argv[2], source, code);
	printf("%s/: now `make -C %s` and `ratecheck list --plugin %s/%s.so`\n", argv[2], argv[2], argv[2], argv[2]);
	return 0;
}

const rate_command rate_command_new = {
	"new", "new objective|method|theorem NAME [--family FAMILY]", "a buildable plugin to start from",
	"Makes the folder NAME with NAME.c and a Makefile. The code may be used under the MIT licence.\n\n"
	"  --family F   an objective of another kind than a function to be minimised: field\n"
	"\nExamples:\n"
	"  ratecheck new objective bowl  a folder with a plugin to start from\n", run
};
