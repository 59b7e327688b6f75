/* Whatever a body does, the parent lives on, knows the cause and is left alone. */
#include "plugins/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ratecheck/abi.h"
#include "tests/tap.h"

typedef struct shared {
	volatile int number;
	volatile int stdin_ended, own_session, no_core;
	volatile pid_t left_behind;
} shared;

static shared *common;

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

static void place(rate_mark *mark)
{
	snprintf(mark->plugin, sizeof mark->plugin, "bowl");
	snprintf(mark->oracle, sizeof mark->oracle, "gradient");
	mark->step = 17;
}

/* ---- Bodies ---- */

static int well(void *arg, rate_mark *mark)
{
	struct rlimit core;
	char c;

	(void)arg;
	(void)mark;
	common->number = 42;
	common->stdin_ended = read(0, &c, 1) == 0;
	common->own_session = getsid(0) == getpid();
	common->no_core = getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0;
	return RATE_OK;
}

static int words(void *arg, rate_mark *mark)
{
	(void)arg;
	snprintf(mark->message, sizeof mark->message, "the matrix is singular");
	return RATE_FAIL;
}

static int no_words(void *arg, rate_mark *mark)
{
	(void)arg;
	(void)mark;
	return RATE_FAIL;
}

static int segv(void *arg, rate_mark *mark)
{
	(void)arg;
	place(mark);
	/* A sanitizer would turn the signal into an exit of its own. */
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return RATE_OK;
}

/* Each call keeps its frame, since the caller reads from it afterwards. */
__attribute__((noinline)) static int deeper(volatile char *above, long depth)
{
	volatile char here[4096];

	here[0] = above[0];
	return depth > 0 ? deeper(here, depth - 1) + here[0] : 0;
}

static int stack(void *arg, rate_mark *mark)
{
	volatile char top = 1;

	(void)arg;
	place(mark);
	signal(SIGSEGV, SIG_DFL);
	return deeper(&top, 1000000000);
}

static int aborts(void *arg, rate_mark *mark)
{
	(void)arg;
	place(mark);
	signal(SIGABRT, SIG_DFL);
	abort();
}

static int exits(void *arg, rate_mark *mark)
{
	place(mark);
	exit(*(int *)arg);
}

static int endless(void *arg, rate_mark *mark)
{
	(void)arg;
	place(mark);
	for (volatile int i = 0;; i = i + 1)
		;
	return RATE_OK;
}

/* Deaf to TERM: only KILL ends it. */
static int deaf(void *arg, rate_mark *mark)
{
	signal(SIGTERM, SIG_IGN);
	return endless(arg, mark);
}

static int huge(void *arg, rate_mark *mark)
{
	size_t block = (size_t)16 << 20, total = 0;

	(void)arg;
	place(mark);
	while (total < (size_t)4 << 30) {
		volatile char *p = malloc(block);
		if (!p) {
			snprintf(mark->message, sizeof mark->message, "no more memory after %zu MiB", total >> 20);
			return RATE_FAIL;
		}
		p[0] = 1;
		total += block;
	}
	return RATE_OK;
}

static int noisy(void *arg, rate_mark *mark)
{
	char line[1024];

	(void)arg;
	(void)mark;
	memset(line, 'x', sizeof line);
	for (int i = 0; i < 8192; i++) {
		fwrite(line, 1, sizeof line, stdout);
		fwrite(line, 1, sizeof line, stderr);
	}
	fflush(stdout);
	return RATE_OK;
}

static int noisy_forever(void *arg, rate_mark *mark)
{
	char line[65536];

	(void)arg;
	place(mark);
	memset(line, 'x', sizeof line);
	for (;;)
		if (write(1, line, sizeof line) < 0)
			return RATE_FAIL;
}

/* Closes what it was given and then takes its time. */
static int closes(void *arg, rate_mark *mark)
{
	struct timespec second = { 1, 0 };

	(void)arg;
	(void)mark;
	close(1);
	close(2);
	nanosleep(&second, NULL);
	return RATE_OK;
}

static int orphan(void *arg, rate_mark *mark)
{
	pid_t pid = fork();

	(void)arg;
	(void)mark;
	if (pid == 0) {
		for (;;)
			pause();
	}
	common->left_behind = pid;
	return pid > 0 ? RATE_OK : RATE_FAIL;
}

static int scribbles(void *arg, rate_mark *mark)
{
	(void)arg;
	memset(mark->plugin, 'p', sizeof mark->plugin);
	memset(mark->oracle, 'o', sizeof mark->oracle);
	memset(mark->message, 'm', sizeof mark->message);
	return RATE_FAIL;
}

static int short_sleep(void *arg, rate_mark *mark)
{
	struct timespec t = { 0, 20000000 };

	nanosleep(&t, NULL);
	mark->item = *(uint64_t *)arg;
	return *(uint64_t *)arg % 2 ? RATE_OK : RATE_FAIL;
}

/* ---- Points ---- */

static rate_limits limits = { .seconds = 20, .isolate = 1, .option = "--timeout" };

static int fails(rate_body body, void *arg, const char *want, const char *what)
{
	rate_error reason;
	int rc = rate_isolated(body, arg, &limits, &reason);

	is_int(rc, RATE_FAIL, "%s: fails", what);
	return contains(reason.text, want, "%s: says why", what);
}

static void succeeds(rate_body body, const char *what)
{
	rate_error reason;

	is_int(rate_isolated(body, NULL, &limits, &reason), RATE_OK, "%s: does no harm", what);
	is_str(reason.text, "", "%s: no reason", what);
}

static void check_good(void)
{
	succeeds(well, "a good body");
	is_int(common->number, 42, "what it wrote into the arena is there");
	ok(common->stdin_ended, "its stdin is empty");
	ok(common->own_session, "it has a session of its own");
	ok(common->no_core, "it leaves no core file");
	fails(words, NULL, "the matrix is singular", "a body that fails with words");
	fails(no_words, NULL, "failed without words", "a body that fails without");
}

static void check_crashes(void)
{
	int zero = 0, seven = 7;

	fails(segv, NULL, "bowl: gradient at step 17: killed by SIGSEGV", "SIGSEGV");
#ifndef RATECHECK_ASAN
	fails(stack, NULL, "bowl: gradient at step 17: killed by SIGSEGV", "stack overflow");
#else
	skip(2, "AddressSanitizer has a handler of its own for the stack");
#endif
	fails(aborts, NULL, "bowl: gradient at step 17: killed by SIGABRT", "abort");
	fails(exits, &zero, "bowl: gradient at step 17: called exit(0)", "exit(0)");
	fails(exits, &seven, "called exit(7)", "exit(7)");
}

static void check_limits(void)
{
	double begin = now();

	limits.seconds = 1;
	fails(endless, NULL, "bowl: gradient at step 17: time limit of 1 s", "an endless loop");
	fails(deaf, NULL, "time limit of 1 s", "one that ignores SIGTERM");
	fails(noisy_forever, NULL, "time limit of 1 s", "one that writes for ever");
	is_at_most(now() - begin, 12.0, "three limits of one second are kept");
	limits.seconds = 20;
#ifndef RATECHECK_ASAN
	limits.memory = (size_t)256 << 20;
	fails(huge, NULL, "no more memory after", "a huge allocation");
	limits.memory = 0;
#else
	skip(2, "no memory limit under AddressSanitizer");
#endif
}

static double cpu_seconds(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	    1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* A process that is gone or a zombie that its new parent has yet to collect. */
static int is_dead(pid_t pid)
{
	char name[64], state = 'Z';
	FILE *in;

	for (int i = 0; i < 200; i++) {
		struct timespec t = { 0, 10000000 };
		if (kill(pid, 0) && errno == ESRCH)
			return 1;
		snprintf(name, sizeof name, "/proc/%d/stat", (int)pid);
		if (!(in = fopen(name, "r")))
			return 1;
		if (fscanf(in, "%*d (%*[^)]) %c", &state) != 1)
			state = '?';
		fclose(in);
		if (state == 'Z')
			return 1;
		nanosleep(&t, NULL);
	}
	return 0;
}

static void check_output(void)
{
	double cpu;

	succeeds(noisy, "megabytes on stdout and stderr");
	cpu = cpu_seconds();
	succeeds(closes, "a body that closes stdout");
	is_at_most(cpu_seconds() - cpu, 0.1, "and the parent does not spin meanwhile");
	common->left_behind = 0;
	succeeds(orphan, "a child left behind");
	ok(common->left_behind > 0 && is_dead(common->left_behind), "and it is killed");
	fails(scribbles, NULL, "mmmm", "texts without an end");
}

typedef struct tally {
	int ended, well, wrong;
} tally;

static void count(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	tally *t = user;

	t->ended++;
	t->well += !*reason;
	t->wrong += (mark->item % 2 == 1) != !*reason || !(seconds >= 0);
}

static void check_pool(void)
{
	rate_pool *p = rate_pool_new(3);
	uint64_t item[10];
	tally t = { 0, 0, 0 };
	int left = 1, calm = 1;

	for (uint64_t i = 0; i < 10; i++) {
		item[i] = i;
		calm &= rate_pool_submit(p, short_sleep, &item[i], &limits, count, &t) == RATE_OK;
	}
	ok(calm, "ten jobs are taken");
	while (left > 0)
		left = rate_pool_wait(p);
	is_int(left, 0, "all is done");
	is_int(t.ended, 10, "ten jobs end");
	is_int(t.well, 5, "five of them well");
	is_int(t.wrong, 0, "each with its own mark");
	rate_pool_free(p);
}

static void check_foreign_child(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0)
		_exit(9);
	succeeds(well, "beside a child of the caller");
	ok(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 9, "which the pool has not waited for");
}

static void check_interrupt(void)
{
	rate_pool *p = rate_pool_new(2);
	tally t = { 0, 0, 0 };
	double begin = now();
	pid_t parent = getpid(), pid;
	rate_error reason;

	rate_pool_submit(p, endless, NULL, &limits, count, &t);
	if ((pid = fork()) == 0) {
		struct timespec wait = { 0, 200000000 };
		nanosleep(&wait, NULL);
		kill(parent, SIGINT);
		_exit(0);
	}
	is_int(rate_pool_wait(p), -1, "SIGINT ends the wait");
	is_at_most(now() - begin, 5.0, "at once");
	is_int(t.ended, 0, "what was killed is not reported as ended");
	waitpid(pid, NULL, 0);
	rate_pool_free(p);
	errno = 0;
	ok(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD, "no child is left");
	succeeds(well, "after an interruption");

	if ((pid = fork()) == 0) {
		struct timespec wait = { 0, 200000000 };
		nanosleep(&wait, NULL);
		kill(parent, SIGTERM);
		_exit(0);
	}
	is_int(rate_isolated(endless, NULL, &limits, &reason), 130, "one body that is interrupted");
	waitpid(pid, NULL, 0);
	is_str(reason.text, "interrupted", "says so");
	rate_end_if_interrupted(RATE_OK);
	rate_end_if_interrupted(RATE_FAIL);
	pass("what was not interrupted goes on");
}

static void check_in_process(void)
{
	pid_t before = getpid();
	rate_error reason;

	limits.isolate = 0;
	is_int(rate_isolated(no_words, NULL, &limits, &reason), RATE_FAIL,
	       "without isolation a failure is one");
	contains(reason.text, "without words", "and has its reason");
	common->own_session = -1;
	common->number = 0;
	is_int(rate_isolated(short_sleep, &(uint64_t){ 1 }, &limits, &reason), RATE_OK,
	       "and a success is one");
	is_int(getpid(), before, "in this process");
	limits.isolate = 1;
}

int main(void)
{
	if (!(common = rate_arena(sizeof *common)))
		bail_out("no shared memory");
	limits.arena = common;
	limits.room = sizeof *common;
	check_good();
	check_crashes();
	check_limits();
	check_output();
	check_pool();
	check_foreign_child();
	check_interrupt();
	check_in_process();
	rate_arena_free(common, sizeof *common);
	return done_testing();
}
