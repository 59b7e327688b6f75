/* Programs of others: solvers on a tiny program whose optimum is known, gnuplot on a table, and what is said where one
 * is missing. */
#include "tests/tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "verify/worst/worst.h"

/* maximise <C, X> with trace X = 1: the largest eigenvalue of C = (2 1; 1 2), less the slack: 3. */
static void eigenvalue(rate_solver solver)
{
	rate_sdp p = { .constraints = 1, .psd = 2, .linear = 1, .a = calloc(1, sizeof(double)) };
	rate_sdp_solution s;

	p.a[0] = 1;
	rate_sdp_add(&p, 0, 1, 1, 1, 2);
	rate_sdp_add(&p, 0, 1, 2, 1, 1);
	rate_sdp_add(&p, 0, 1, 2, 2, 2);
	for (int i = 1; i <= 2; i++)
		rate_sdp_add(&p, 1, 1, i, i, 1);
	rate_sdp_add(&p, 1, 2, 1, 1, 1);
	ok(rate_sdp_solve(&p, solver, 60, (size_t)1 << 30, NULL, NULL, &s) == RATE_OK, "%s runs: %s",
	   rate_solver_name(solver), s.words);
	ok(s.outcome == RATE_OPTIMAL && fabs(s.y[0] - 3) < 1e-6, "the largest eigenvalue is %.9g", s.y[0]);
	ok(fabs(s.X[1] - 0.5) < 1e-5 && fabs(s.X[1] - s.X[2]) < 1e-15 && fabs(s.x[0]) < 1e-5,
	   "X is the projection on (1, 1)");
	ok(fabs(s.Z[0] - 1) < 1e-5 && fabs(s.z[0] - 3) < 1e-5, "Z is the slack");
	rate_sdp_solution_free(&s);
	rate_sdp_free(&p);
}

/* ---- The figure of a table ---- */

static int there(const char *folder, const char *file)
{
	char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, file);
	return !access(path, F_OK);
}

static void put(const char *folder, const char *file, const char *text, mode_t mode)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, file);
	if (!(f = fopen(path, "w")) || fputs(text, f) < 0 || fclose(f) || chmod(path, mode))
		bail_out("a file cannot be written");
}

static void figure(void)
{
	static const rate_exact_row row[] = {
		{ .N = 1, .observed = 0.25, .exact = 0.25, .proven = 0.5, .ratio = 0.5, .status = "exact" },
		{ .N = 10, .observed = NAN, .exact = 0.01, .proven = 0.04, .ratio = 0.25, .status = "upper" },
	};
	char folder[] = "/tmp/ratecheck-figure-XXXXXX", path[256], text[256] = "", *search = strdup(getenv("PATH"));
	rate_error e = { "" };
	FILE *f;

	if (!mkdtemp(folder) || !search)
		bail_out("no folder");
	put(folder, "gnuplot", "#! /bin/sh\necho drawn >exact.svg\n", 0755);
	setenv("PATH", "/nowhere", 1);
	is_int(rate_draw_exact(folder, row, 2, &e), RATE_FAIL, "no gnuplot");
	contains(e.text, "gnuplot cannot be run", "is said");
	contains(e.text, "install gnuplot-nox", "and what to do");
	ok(there(folder, "exact.csv") && there(folder, "exact.gp"), "what it would draw is there");
	snprintf(path, sizeof path, "%s/exact.csv", folder);
	ok((f = fopen(path, "r")) && fread(text, 1, sizeof text - 1, f) > 0 && !fclose(f), "a table");
	is_str(text, "steps,observed,exact,proven,exact_ratio,status\n1,0.25,0.25,0.5,0.5,exact\n"
	             "10,nan,0.01,0.04,0.25,upper\n", "of the rows");

	snprintf(path, sizeof path, "%s:/bin:/usr/bin", folder);
	setenv("PATH", path, 1);
	rate_no_error(&e);
	is_int(rate_draw_exact(folder, row, 2, &e), RATE_OK, "with one: %s", e.text);
	ok(there(folder, "exact.svg") && !there(folder, "gnuplot.log"), "the figure is there, and no log");
	put(folder, "gnuplot", "#! /bin/sh\necho no such terminal >&2\nexit 1\n", 0755);
	is_int(rate_draw_exact(folder, row, 2, &e), RATE_FAIL, "one that fails");
	contains(e.text, "gnuplot failed, see", "is said");
	ok(there(folder, "gnuplot.log"), "and what it said is kept");

	snprintf(path, sizeof path, "%s/no/where", folder);
	is_int(rate_draw_exact(path, row, 2, &e), RATE_FAIL, "a folder in none");
	contains(e.text, "no/where cannot be made", "is named");
	snprintf(path, sizeof path, "%s/gnuplot", folder);
	is_int(rate_draw_exact(path, row, 2, &e), RATE_FAIL, "a file is no folder");
	contains(e.text, "gnuplot/exact.csv cannot be written", "is named");
	snprintf(path, sizeof path, "%s/exact.gp", folder);
	unlink(path);
	if (mkdir(path, 0777))
		bail_out("no folder");
	is_int(rate_draw_exact(folder, row, 2, &e), RATE_FAIL, "the script cannot be written");
	contains(e.text, "exact.gp cannot be written", "is named");

	setenv("PATH", search, 1);
	free(search);
	snprintf(text, sizeof text, "rm -rf %s", folder);
	is_int(system(text), 0, "removed");
}

int main(void)
{
	figure();
	for (rate_solver s = RATE_CSDP; s <= RATE_DSDP; s++) {
		if (rate_solver_found(s))
			eigenvalue(s);
		else
			skip(4, "%s is not installed", rate_solver_name(s));
	}
	setenv("PATH", "/nowhere", 1);
	rate_sdp p = { .constraints = 1, .psd = 1, .linear = 1, .a = calloc(1, sizeof(double)) };
	rate_sdp_solution s;
	ok(!rate_solver_found(RATE_CSDP), "csdp is not found in an empty path");
	ok(rate_sdp_solve(&p, RATE_CSDP, 5, (size_t)1 << 30, NULL, NULL, &s) == RATE_FAIL &&
	   strstr(s.words, "coinor-csdp"), "its package is named: %s", s.words);
	rate_sdp_solution_free(&s);
	rate_sdp_free(&p);
	return done_testing();
}
