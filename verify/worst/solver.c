/* Solvers are programs: one SDPA sparse file in, one file of numbers out, in a folder of its own, with limits. So no
 * licence, no global of a library and no exit() comes into this program.
 *
 *     maximise tr(C X) with tr(A_k X) = a_k, X >= 0;  minimise a'y with sum y_k A_k - C = Z >= 0
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE 1 /* prlimit */
#include "verify/worst/worst.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const struct {
	const char *name, *package;
	const char *argv[12];
	const char *settings, *parameters; /* a file of settings, and what is in it */
} solvers[] = {
	[RATE_CSDP] = { "csdp", "coinor-csdp", { "csdp", "program.dat-s", "solution" }, "param.csdp",
	    "axtol=1.0e-9\natytol=1.0e-9\nobjtol=1.0e-9\npinftol=1.0e8\ndinftol=1.0e8\nmaxiter=200\nminstepfrac=0.90\n"
	    "maxstepfrac=0.97\nminstepp=1.0e-8\nminstepd=1.0e-8\nusexzgap=1\ntweakgap=0\naffine=0\nprintlevel=1\n"
	    "perturbobj=0\n"
	    "fastmode=0\n" },
	[RATE_SDPA] = { "sdpa", "sdpa", { "sdpa", "-ds", "program.dat-s", "-o", "solution", "-p", "param.sdpa" },
	    "param.sdpa",
	    "200 unsigned int maxIteration;\n1.0E-8 double 0.0 < epsilonStar;\n1.0E4 double 0.0 < lambdaStar;\n"
	    "2.0 double 1.0 < omegaStar;\n-1.0E5 double lowerBound;\n1.0E5 double upperBound;\n"
	    "0.1 double 0.0 <= betaStar < 1.0;\n"
	    "0.2 double 0.0 <= betaBar < 1.0, betaStar <= betaBar;\n0.9 double 0.0 < gammaStar < 1.0;\n"
	    "1.0E-8 double 0.0 < epsilonDash;\n%+.17e char* xPrint;\n%+.17e char* XPrint;\n%+.17e char* YPrint;\n"
	    "%+.17e char* infPrint;\n" },
	[RATE_DSDP] = { "dsdp5", "dsdp",
	    { "dsdp5", "program.dat-s", "-save", "solution", "-gaptol", "1e-10", "-r0", "1e4", "-maxit", "500" }, NULL,
	    NULL },
};

const char *rate_solver_name(rate_solver s)
{
	return solvers[s].name;
}

int rate_solver_found(rate_solver s)
{
	const char *path = getenv("PATH");
	char file[4096];
	struct stat st;

	for (const char *at = path ? path : ""; *at;) {
		size_t n = strcspn(at, ":");
		snprintf(file, sizeof file, "%.*s/%s", (int)n, at, solvers[s].name);
		if (!stat(file, &st) && S_ISREG(st.st_mode) && !access(file, X_OK))
			return 1;
		at += n + (at[n] == ':');
	}
	return 0;
}

void rate_sdp_add(rate_sdp *p, int matrix, int block, int i, int j, double v)
{
	if (p->entries == p->capacity) {
		size_t grown = p->capacity ? 2 * p->capacity : 1024;
		struct rate_entry *e = realloc(p->entry, grown * sizeof *e);
		if (!e)
			return;
		p->entry = e;
		p->capacity = grown;
	}
	p->entry[p->entries++] = (struct rate_entry){ matrix, block, i < j ? i : j, i < j ? j : i, v };
}

void rate_sdp_free(rate_sdp *p)
{
	free(p->entry);
	free(p->a);
}

void rate_sdp_solution_free(rate_sdp_solution *s)
{
	free(s->y);
	free(s->X);
	free(s->x);
	free(s->Z);
	free(s->z);
}

static int write_program(const rate_sdp *p, const char *file)
{
	FILE *out = fopen(file, "w");

	if (!out)
		return RATE_FAIL;
	fprintf(out, "%zu\n2\n%zu -%zu\n", p->constraints, p->psd, p->linear);
	for (size_t k = 0; k < p->constraints; k++)
		fprintf(out, "%.17g%c", p->a[k], k + 1 == p->constraints ? '\n' : ' ');
	for (size_t k = 0; k < p->entries; k++) {
		const struct rate_entry *e = &p->entry[k];
		if (e->v != 0)
			fprintf(out, "%d %d %d %d %.17g\n", e->matrix, e->block, e->i, e->j, e->v);
	}
	return fclose(out) ? RATE_FAIL : RATE_OK;
}

/* ---- Running it ---- */

typedef struct job {
	rate_solver solver;
	const char *folder;
	size_t memory;
	struct shared { int status, missing; } *shared;
	int over;
	char reason[768];
} job;

static int run_solver(void *arg, rate_mark *mark)
{
	job *j = arg;
	char *const *argv = (char *const *)(uintptr_t)solvers[j->solver].argv;
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int rc;

	snprintf(mark->plugin, sizeof mark->plugin, "%s", solvers[j->solver].name);
	if (chdir(j->folder))
		return RATE_FAIL;
	setenv("OPENBLAS_NUM_THREADS", "1", 1);
	setenv("OMP_NUM_THREADS", "1", 1);
	setenv("LC_ALL", "C", 1);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "log", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&actions, 1, 2);
	rc = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (rc) {
		j->shared->missing = rc;
		return RATE_OK;
	}
	/* Its own, beside what BLAS maps before it begins, and would wait for: what this process has mapped is no
	 * measure for it. */
	j->memory += (size_t)256 << 20;
	prlimit(pid, RLIMIT_AS, &(struct rlimit){ j->memory, j->memory }, NULL);
	while (waitpid(pid, &j->shared->status, 0) < 0 && errno == EINTR)
		;
	return RATE_OK;
}

static void ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	job *j = user;

	(void)mark;
	(void)seconds;
	snprintf(j->reason, sizeof j->reason, "%s", reason);
	j->over = 1;
}

static int run_job(job *j, double seconds, void (*tick)(void *), void *user)
{
	rate_limits limits = { .seconds = seconds, .isolate = 1, .arena = j->shared, .room = sizeof *j->shared };
	rate_pool *pool = rate_pool_new(1);
	int rc = 1;

	if (!pool)
		return RATE_FAIL;
	if (tick)
		rate_pool_on_tick(pool, tick, user);
	if (rate_pool_submit(pool, run_solver, j, &limits, ended, j)) {
		rate_pool_free(pool);
		return RATE_FAIL;
	}
	while (!j->over && (rc = rate_pool_wait(pool)) > 0)
		;
	if (!j->over)
		snprintf(j->reason, sizeof j->reason, "interrupted");
	rate_pool_free(pool);
	return j->over ? RATE_OK : RATE_FAIL;
}

/* ---- Reading what it says ---- */

static int store(rate_sdp_solution *s, const rate_sdp *p, int dual, int block, size_t i, size_t j, double v)
{
	double *square = dual ? s->Z : s->X, *line = dual ? s->z : s->x;

	if (block == 1 && i >= 1 && j >= 1 && i <= p->psd && j <= p->psd)
		square[(i - 1) * p->psd + j - 1] = square[(j - 1) * p->psd + i - 1] = v;
	else if (block == 2 && i == j && i >= 1 && i <= p->linear)
		line[i - 1] = v;
	else
		return RATE_FAIL;
	return isfinite(v) ? RATE_OK : RATE_FAIL;
}

/* csdp and dsdp5: y in the first line, then "1|2 block i j v" for Z and X. */
static int read_entries(FILE *in, const rate_sdp *p, rate_sdp_solution *s)
{
	int matrix, block;
	size_t i, j;
	double v;

	for (size_t k = 0; k < p->constraints; k++)
		if (fscanf(in, "%lf", &s->y[k]) != 1 || !isfinite(s->y[k]))
			return RATE_FAIL;
	while (fscanf(in, "%d %d %zu %zu %lf", &matrix, &block, &i, &j, &v) == 5)
		if (store(s, p, matrix == 1, block, i, j, v))
			return RATE_FAIL;
	return feof(in) ? RATE_OK : RATE_FAIL;
}

/* Numbers after `name`, with braces and commas between. */
static int read_after(FILE *in, const char *name, double *out, size_t count)
{
	char line[65536];
	size_t k = 0;
	int c;

	rewind(in);
	while (fgets(line, sizeof line, in))
		if (!strncmp(line, name, strlen(name)))
			break;
	while (k < count && (c = fgetc(in)) != EOF) {
		if (!isdigit(c) && c != '-' && c != '+' && c != '.')
			continue;
		ungetc(c, in);
		if (fscanf(in, "%lf", &out[k++]) != 1)
			return RATE_FAIL;
	}
	return k == count ? RATE_OK : RATE_FAIL;
}

/* sdpa: its xVec is y, its xMat Z, its yMat X. */
static int read_braces(FILE *in, const rate_sdp *p, rate_sdp_solution *s)
{
	size_t n = p->psd * p->psd, count = n + p->linear;
	double *all = malloc(count * sizeof *all);
	int rc = RATE_FAIL;

	if (!all || read_after(in, "xVec", s->y, p->constraints) || read_after(in, "xMat", all, count))
		goto out;
	memcpy(s->Z, all, n * sizeof *all);
	memcpy(s->z, all + n, p->linear * sizeof *all);
	if (read_after(in, "yMat", all, count))
		goto out;
	memcpy(s->X, all, n * sizeof *all);
	memcpy(s->x, all + n, p->linear * sizeof *all);
	rc = RATE_OK;
out:
	free(all);
	return rc;
}

/* How sdpa says that it ended: the value of "phase.value" in its output. */
static void phase(const char *file, char *out, size_t size)
{
	char line[512];
	FILE *in = fopen(file, "r");

	snprintf(out, size, "no result");
	while (in && fgets(line, sizeof line, in))
		if (!strncmp(line, "phase.value", 11) && strchr(line, '='))
			snprintf(out, size, "%.*s", (int)strcspn(strchr(line, '=') + 2, " \n"), strchr(line, '=') + 2);
	if (in)
		fclose(in);
}

/* The last line of the log that says something. */
static void last_words(const char *folder, char *out, size_t size)
{
	char file[4096], line[512];
	FILE *in;

	*out = '\0';
	snprintf(file, sizeof file, "%s/log", folder);
	if (!(in = fopen(file, "r")))
		return;
	while (fgets(line, sizeof line, in)) {
		line[strcspn(line, "\n")] = '\0';
		if (*line)
			snprintf(out, size, "%.200s", line);
	}
	fclose(in);
}

static int log_says(const char *folder, const char *what)
{
	char file[4096], line[512];
	FILE *in;
	int found = 0;

	snprintf(file, sizeof file, "%s/log", folder);
	if (!(in = fopen(file, "r")))
		return 0;
	while (!found && fgets(line, sizeof line, in))
		found = strstr(line, what) != NULL;
	fclose(in);
	return found;
}


static rate_outcome judge(const job *j, const char *solution, rate_sdp_solution *s)
{
	int status = j->shared->status, code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	const char *name = solvers[j->solver].name;
	char said[256];

	if (j->shared->missing) {
		snprintf(s->words, sizeof s->words,
		         "%s cannot be run (%s): install the package %s, or choose another --solver", name,
		         strerror(j->shared->missing), solvers[j->solver].package);
		return RATE_SOLVER_FAILED;
	}
	if (*j->reason) {
		const char *limit = strstr(j->reason, "time limit") ? "its time is up" : j->reason;
		snprintf(s->words, sizeof s->words, "%s: %.300s; fewer steps, or more --seconds", name, limit);
		return RATE_SOLVER_FAILED;
	}
	if (code < 0) {
		snprintf(s->words, sizeof s->words,
		         "%s was killed by signal %d (out of memory?); fewer steps, or more --memory", name,
		         WTERMSIG(status));
		return RATE_SOLVER_FAILED;
	}
	if (j->solver == RATE_CSDP && (code == 1 || code == 2))
		return RATE_UNBOUNDED;
	if (j->solver == RATE_CSDP && (code == 0 || code == 3)) {
		s->reduced = code == 3;
		return RATE_OPTIMAL;
	}
	if (j->solver == RATE_SDPA) {
		phase(solution, said, sizeof said);
		s->reduced = strcmp(said, "pdOPT") != 0;
		if (strstr(said, "_dINF") || strstr(said, "pINF_") || strstr(said, "UNBD"))
			return RATE_UNBOUNDED;
		/* It stops early; how far off it is, is seen from the gap. */
		if (strcmp(said, "no result"))
			return RATE_OPTIMAL;
		snprintf(s->words, sizeof s->words, "sdpa gave up (%s)", said);
		return RATE_SOLVER_FAILED;
	}
	if (j->solver == RATE_DSDP) {
		if (log_says(j->folder, "Unbounded,"))
			return RATE_UNBOUNDED;
		s->reduced = !log_says(j->folder, "DSDP Converged");
		return RATE_OPTIMAL;
	}
	last_words(j->folder, said, sizeof said);
	snprintf(s->words, sizeof s->words, "%s gave up (code %d): %s", name, code, said);
	return RATE_SOLVER_FAILED;
}

static void sweep(const char *folder)
{
	static const char *const files[] = { "program.dat-s", "solution", "log", "param.csdp", "param.sdpa",
	                                     "results-dsdp-5.8" };
	char file[4096];

	for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
		snprintf(file, sizeof file, "%s/%s", folder, files[k]);
		unlink(file);
	}
	rmdir(folder);
}

static int write_text(const char *folder, const char *name, const char *text)
{
	char file[4096];
	FILE *out;

	if (!name)
		return RATE_OK;
	snprintf(file, sizeof file, "%s/%s", folder, name);
	if (!(out = fopen(file, "w")))
		return RATE_FAIL;
	fputs(text, out);
	return fclose(out) ? RATE_FAIL : RATE_OK;
}

int rate_sdp_solve(const rate_sdp *p, rate_solver solver, double seconds, size_t memory,
                   void (*tick)(void *), void *user, rate_sdp_solution *s)
{
	const char *tmp = getenv("TMPDIR");
	char folder[2048], file[4096];
	job j = { .solver = solver, .folder = folder, .memory = memory };
	FILE *in;
	int rc = RATE_FAIL;

	memset(s, 0, sizeof *s);
	s->outcome = RATE_SOLVER_FAILED;
	s->y = calloc(p->constraints + 1, sizeof(double));
	s->X = calloc(p->psd * p->psd + 1, sizeof(double));
	s->Z = calloc(p->psd * p->psd + 1, sizeof(double));
	s->x = calloc(p->linear + 1, sizeof(double));
	s->z = calloc(p->linear + 1, sizeof(double));
	j.shared = rate_arena(sizeof *j.shared);
	if (!s->y || !s->X || !s->Z || !s->x || !s->z || !j.shared) {
		snprintf(s->words, sizeof s->words, "out of memory");
		return RATE_FAIL;
	}
	snprintf(folder, sizeof folder, "%s/ratecheck-sdp-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(folder)) {
		snprintf(s->words, sizeof s->words, "%.300s: no folder can be made there: %.100s (TMPDIR says where)",
		         folder, strerror(errno));
		goto out;
	}
	snprintf(file, sizeof file, "%s/program.dat-s", folder);
	if (write_program(p, file) || write_text(folder, solvers[solver].settings, solvers[solver].parameters)) {
		snprintf(s->words, sizeof s->words, "%.300s cannot be written: %.100s", file, strerror(errno));
		goto clean;
	}
	if (run_job(&j, seconds, tick, user)) {
		snprintf(s->words, sizeof s->words, "%.400s", *j.reason ? j.reason : "no process could be started");
		goto clean;
	}
	snprintf(file, sizeof file, "%s/solution", folder);
	s->outcome = judge(&j, file, s);
	if (s->outcome == RATE_OPTIMAL) {
		in = fopen(file, "r");
		if (!in || (solver == RATE_SDPA ? read_braces(in, p, s) : read_entries(in, p, s))) {
			s->outcome = RATE_SOLVER_FAILED;
			snprintf(s->words, sizeof s->words, "%s wrote no solution that can be read",
			         solvers[solver].name);
		}
		if (in)
			fclose(in);
	}
	rc = s->outcome == RATE_SOLVER_FAILED ? RATE_FAIL : RATE_OK;
clean:
	if (getenv("RATECHECK_KEEP_SDP"))
		fprintf(stderr, "ratecheck: kept %s\n", folder);
	else
		sweep(folder);
out:
	rate_arena_free(j.shared, sizeof *j.shared);
	return rc;
}
