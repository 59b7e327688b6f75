/* The shop, a folder in which files are made before they get their names, and the programs that run in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int rate_draw_fail(rate_drawing *d, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	rate_vfail(d->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

void rate_draw_without(rate_drawing *d, const char *output)
{
	json_array_append_new(d->lost, json_sprintf("%s: not made: %s", output, d->error->text));
	rate_no_error(d->error);
}

/* "figures/NAME" stands in a folder of that name, in the shop as in the results folder. */
static int place_of(int folder, const char **name)
{
	char first[64];
	const char *slash = strchr(*name, '/');

	if (!slash)
		return dup(folder);
	snprintf(first, sizeof first, "%.*s", (int)(slash - *name), *name);
	*name = slash + 1;
	return rate_folder_in(folder, first);
}

FILE *rate_part_open(rate_drawing *d, const char *name)
{
	const char *base = name;
	int place = place_of(d->shop, &base);
	FILE *out = place < 0 ? NULL : rate_folder_create(place, base);

	if (!out)
		rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno));
	if (place >= 0)
		close(place);
	return out;
}

int rate_part_rename(rate_drawing *d, const char *name)
{
	const char *base = name;
	int place = place_of(d->dir, &base), bad = place < 0 || rate_folder_move(d->shop, name, place, base);

	if (bad)
		rate_draw_fail(d, "%s/%s: cannot be put in place: %s", d->folder, name, strerror(errno));
	if (place >= 0)
		close(place);
	return bad ? RATE_FAIL : RATE_OK;
}

int rate_part_begins(rate_drawing *d, const char *name, const char *bytes, const char *tool)
{
	int fd = openat(d->shop, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), same;
	size_t n = strlen(bytes);
	char got[16];

	same = fd >= 0 && read(fd, got, n) == (ssize_t)n && !memcmp(got, bytes, n);
	if (fd >= 0)
		close(fd);
	return same ? RATE_OK : rate_draw_fail(d, "%s: %s wrote no such file", name, tool);
}

int rate_part_close(rate_drawing *d, FILE *out, const char *name)
{
	int bad = ferror(out);

	if (fclose(out) || bad)
		return rate_draw_fail(d, "%s/%s: cannot write: %s", d->folder, name, strerror(errno));
	return rate_part_rename(d, name);
}

int rate_part_link(rate_drawing *d, const char *name)
{
	char target[64];

	snprintf(target, sizeof target, "../%s", name);
	if (rate_folder_remove(d->shop, name) || symlinkat(target, d->shop, name))
		return rate_draw_fail(d, "%s/%s: cannot be used: %s", d->folder, name, strerror(errno));
	return RATE_OK;
}

/* The child's side; no shell reads the folder's name, so any name will do. */
static void tool_child(const rate_drawing *d, const char *const argv[], const char *out)
{
	const int flags = O_WRONLY | O_CREAT | O_TRUNC;
	int fd_out, fd_log, null = open("/dev/null", O_RDONLY);

	if (fchdir(d->shop))
		_exit(126);
	fd_log = open("log", flags, 0666);
	fd_out = out ? open(out, flags, 0666) : fd_log;
	if (fd_out < 0 || fd_log < 0 || dup2(null, 0) < 0 || dup2(fd_out, 1) < 0 || dup2(fd_log, 2) < 0)
		_exit(126);
	/* gnuplot complains of every script whose signs the locale lacks. */
	setenv("LC_ALL", "C.UTF-8", 1);
	/* execvp's type is older than const; it does not write. */
	execvp(argv[0], (char **)(uintptr_t)argv);
	_exit(errno == ENOENT ? 127 : 126);
}

/* What a program says last is what stopped it. */
static void last_words(int shop, char *words, size_t size)
{
	FILE *in = rate_folder_read(shop, "log");
	char line[256];

	*words = 0;
	while (in && fgets(line, sizeof line, in)) {
		line[strcspn(line, "\r\n")] = 0;
		if (line[strspn(line, " \t^")])
			snprintf(words, size, ": %s", line + strspn(line, " \t"));
	}
	if (in)
		fclose(in);
}

/* A program that had nothing to say leaves no log, nor does that of an earlier time stay. */
static int keep_log(rate_drawing *d, const char *log)
{
	const char *base = log;
	int place = place_of(d->dir, &base), said = rate_folder_has(d->shop, "log"),
	    bad = place < 0 ||
	          (said ? rate_folder_move(d->shop, "log", place, base) : rate_folder_remove(place, base));

	if (place >= 0)
		close(place);
	return bad ? RATE_FAIL : RATE_OK;
}

int rate_tool(rate_drawing *d, const char *const argv[], const char *out, const char *log, const char *package)
{
	char words[256];
	int status;
	pid_t child = fork();

	if (child < 0)
		return rate_draw_fail(d, "%s cannot be started: %s", argv[0], strerror(errno));
	if (!child)
		tool_child(d, argv, out);
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return rate_draw_fail(d, "%s: %s", argv[0], strerror(errno));
	last_words(d->shop, words, sizeof words);
	if (keep_log(d, log))
		return rate_draw_fail(d, "%s/%s: cannot be put in place: %s", d->folder, log, strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return rate_draw_fail(d, "%s is not installed (Debian: apt install %s)", argv[0], package);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		return rate_draw_fail(d, "%s failed%s; see %s/%s (Debian: apt install %s)", argv[0], words, d->folder,
		                      log, package);
	return RATE_OK;
}
