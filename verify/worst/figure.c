/* The figure of a table: observed <= exact <= proven over N, and below it the share of the bound that is exact.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/worst.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char script[] =
    "# Draws the figure again: gnuplot exact.gp\n"
    "set encoding utf8\nset datafile separator ','\nset datafile missing 'nan'\n"
    "set terminal svg size 720,640 dynamic enhanced font 'DejaVu Sans,13' background rgb 'white'\n"
    "set output 'exact.svg'\n"
    "set multiplot\nset lmargin 12\nset rmargin 3\nset grid lc rgb '#dddddd'\n"
    "set origin 0,0.32\nset size 1,0.68\nset logscale xy\nset format y '10^{%T}'\nset format x ''\nset key top right\n"
    "set bmargin 0.5\n"
    "plot 'exact.csv' every ::1 using 1:4 with lines lw 2 lc rgb '#b2182b' title 'proven', \\\n"
    "     '' every ::1 using 1:3 with lines lw 2 lc rgb '#2166ac' title 'exact', \\\n"
    "     '' every ::1 using 1:2 with points pt 7 ps 0.6 lc rgb '#000000' title 'observed on the worst function'\n"
    "set origin 0,0\nset size 1,0.32\nunset logscale y\nset format y '%g'\nset format x '%g'\nset yrange [0:1.05]\n"
    "unset key\n"
    "set xlabel 'N, number of steps'\nset ylabel 'exact / proven'\nset tmargin 0.5\nset bmargin 3.5\n"
    "plot 'exact.csv' every ::1 using 1:5 with linespoints pt 7 ps 0.5 lw 2 lc rgb '#2166ac'\nunset multiplot\n";

int rate_gnuplot(const char *folder, const char *file, rate_error *error)
{
	char *argv[] = { (char *)(uintptr_t)"gnuplot", (char *)(uintptr_t)"-d", (char *)(uintptr_t)file, NULL };
	posix_spawn_file_actions_t actions;
	char log[4096];
	int status = 0, rc;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addchdir_np(&actions, folder);
	posix_spawn_file_actions_addopen(&actions, 2, "gnuplot.log", O_WRONLY | O_CREAT | O_TRUNC, 0644);
	rc = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (rc)
		return rate_fail(error, "no figure: gnuplot cannot be run (%s): install gnuplot-nox",
		                 strerror(rc));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		return rate_fail(error, "no figure: gnuplot failed, see %s/gnuplot.log", folder);
	snprintf(log, sizeof log, "%s/gnuplot.log", folder);
	unlink(log);
	return RATE_OK;
}

int rate_draw_exact(const char *folder, const rate_exact_row *row, size_t count, rate_error *error)
{
	char file[4096];
	FILE *out;

	if (mkdir(folder, 0777) && errno != EEXIST)
		return rate_fail(error, "%s cannot be made: %s", folder, strerror(errno));
	snprintf(file, sizeof file, "%s/exact.csv", folder);
	if (!(out = fopen(file, "w")))
		goto unwritten;
	fputs("steps,observed,exact,proven,exact_ratio,status\n", out);
	for (size_t k = 0; k < count; k++)
		rate_print_exact_csv(out, &row[k]);
	if (fclose(out))
		goto unwritten;
	snprintf(file, sizeof file, "%s/exact.gp", folder);
	if (!(out = fopen(file, "w")))
		goto unwritten;
	fputs(script, out);
	if (fclose(out))
		goto unwritten;
	return rate_gnuplot(folder, "exact.gp", error);
unwritten:
	return rate_fail(error, "%s cannot be written: %s", file, strerror(errno));
}

void rate_print_exact_csv(FILE *out, const rate_exact_row *r)
{
	fprintf(out, "%llu,%.15g,%.15g,%.15g,%.15g,%s\n", (unsigned long long)r->N, r->observed, r->exact, r->proven,
	        r->ratio, r->status);
}
