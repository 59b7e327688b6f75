/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ratecheck/abi.h"

typedef struct child {
	struct child *next;
	rate_body body;
	void *arg;
	rate_limits limits;
	rate_finished done;
	void *user;
	rate_mark *mark;
	pid_t pid;
	int output;           /* what the child says; drained and thrown away */
	double started;
	int termed, timed_out;
} child;

struct rate_pool {
	unsigned jobs, running;
	child *active, *queue, **last;
	struct sigaction old_int, old_term;
	void (*tick)(void *user);
	void *tick_user;
};

static volatile sig_atomic_t interrupted;
static unsigned pools; /* open now: an inner pool must not forget the signal that the outer one got */

static const char *last_words;

static void on_signal(int signal)
{
	ssize_t n = last_words && !interrupted ? write(2, last_words, strlen(last_words)) : 0;

	(void)signal;
	(void)n;
	interrupted = 1;
}

void rate_pool_last_words(const char *line)
{
	last_words = line;
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

void *rate_arena(size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

void rate_arena_free(void *p, size_t bytes)
{
	if (p)
		munmap(p, bytes);
}

/* ---- In the child ---- */

static void limit(int resource, rlim_t value)
{
	struct rlimit r = { value, value };

	setrlimit(resource, &r);
}

/* Address space in use: the limit is meant for what the plugin adds. */
static size_t address_space(void)
{
	FILE *in = fopen("/proc/self/statm", "r");
	size_t pages = 0;

	if (in && fscanf(in, "%zu", &pages) != 1)
		pages = 0;
	if (in)
		fclose(in);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void become_child(child *c, int output, pid_t parent)
{
	int null = open("/dev/null", O_RDONLY);

	setsid();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* it died before it could be watched */
		_exit(0);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	dup2(null, 0);
	dup2(output, 1);
	dup2(output, 2);
	close(null);
	close(output);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 64 << 20);
	limit(RLIMIT_CPU, (rlim_t)(c->limits.seconds * 1.5) + 2);
#ifndef RATECHECK_ASAN
	if (c->limits.memory)
		limit(RLIMIT_AS, address_space() + c->limits.memory);
#endif
}

static int run_body(child *c)
{
	int rc = c->body(c->arg, c->mark);

	if (rc != RATE_OK && !*c->mark->message)
		snprintf(c->mark->message, sizeof c->mark->message, "failed without words");
	c->mark->done = 1;
	return rc;
}

static int start(child *c)
{
	pid_t parent = getpid();
	int fd[2];

	if (pipe2(fd, O_CLOEXEC))
		return RATE_FAIL;
	fcntl(fd[0], F_SETFL, O_NONBLOCK);
	fflush(stdout);
	fflush(stderr);
	c->started = now();
	if ((c->pid = fork()) < 0) {
		close(fd[0]);
		close(fd[1]);
		return RATE_FAIL;
	}
	if (c->pid == 0) {
		become_child(c, fd[1], parent);
		run_body(c);
		_exit(0);
	}
	close(fd[1]);
	c->output = fd[0];
	return RATE_OK;
}

/* ---- In the parent ---- */

static const char *signal_words(int signal)
{
	switch (signal) {
	case SIGSEGV: return "killed by SIGSEGV (invalid memory access or stack overflow)";
	case SIGABRT: return "killed by SIGABRT (abort)";
	case SIGFPE: return "killed by SIGFPE (arithmetic error)";
	case SIGILL: return "killed by SIGILL (illegal instruction)";
	case SIGBUS: return "killed by SIGBUS (bus error)";
	case SIGXCPU: return "CPU time limit reached";
	case SIGXFSZ: return "wrote more than the file size limit";
	case SIGKILL: return "killed by SIGKILL (out of memory?)";
	default: return NULL;
	}
}

static void words(const child *c, int status, char *out, size_t size)
{
	const rate_mark *m = c->mark;
	char cause[256], place[256];

	*out = '\0';
	if (m->done && !*m->message)
		return;
	if (m->done) {
		snprintf(out, size, "%s", m->message);
		return;
	}
	if (c->timed_out)
		snprintf(cause, sizeof cause, "time limit of %g s reached (--timeout)", c->limits.seconds);
	else if (WIFSIGNALED(status) && signal_words(WTERMSIG(status)))
		snprintf(cause, sizeof cause, "%s", signal_words(WTERMSIG(status)));
	else if (WIFSIGNALED(status))
		snprintf(cause, sizeof cause, "killed by signal %d", WTERMSIG(status));
	else
		snprintf(cause, sizeof cause, "called exit(%d)", WEXITSTATUS(status));
	snprintf(place, sizeof place, "%s: %s at step %llu", *m->plugin ? m->plugin : "plugin", *m->oracle ? m->oracle : "start",
	         (unsigned long long)m->step);
	snprintf(out, size, "%s: %s", place, cause);
}

/* At most 1 MiB at once: a child that writes without end must not keep its parent from the deadline. A closed pipe is
 * given up, since poll would report it again and again. */
static void drain(child *c)
{
	char sink[65536];
	ssize_t n = 1;

	for (int i = 0; i < 16 && c->output >= 0 && n > 0; i++)
		n = read(c->output, sink, sizeof sink);
	if (c->output >= 0 && n == 0) {
		close(c->output);
		c->output = -1;
	}
}

static void finish(child *c, const char *reason)
{
	c->done(c->user, reason, c->mark, now() - c->started);
	rate_arena_free(c->mark, sizeof *c->mark);
	free(c);
}

/* What the plugin left in shared memory may be anything: every text gets its end. */
static void end_texts(rate_mark *m)
{
	m->plugin[sizeof m->plugin - 1] = '\0';
	m->oracle[sizeof m->oracle - 1] = '\0';
	m->message[sizeof m->message - 1] = '\0';
}

static void close_output(child *c)
{
	if (c->output >= 0)
		close(c->output);
	c->output = -1;
}

/* Hands on one child that has ended and whose process group is dead. */
static void reap(rate_pool *p, child **link, int status)
{
	child *c = *link;
	char reason[768];

	*link = c->next;
	p->running--;
	close_output(c);
	end_texts(c->mark);
	words(c, status, reason, sizeof reason);
	finish(c, reason);
}

static void fill_slots(rate_pool *p)
{
	while (p->running < p->jobs && p->queue) {
		child *c = p->queue;
		if (!(p->queue = c->next))
			p->last = &p->queue;
		if (start(c)) {
			finish(c, "no process could be started");
			continue;
		}
		c->next = p->active;
		p->active = c;
		p->running++;
	}
}

rate_pool *rate_pool_new(unsigned jobs)
{
	rate_pool *p = calloc(1, sizeof *p);
	struct sigaction sa = { .sa_handler = on_signal };

	if (!p)
		return NULL;
	p->jobs = jobs ? jobs : 1;
	p->last = &p->queue;
	if (!pools++)
		interrupted = 0;
	sigaction(SIGINT, &sa, &p->old_int);
	sigaction(SIGTERM, &sa, &p->old_term);
	return p;
}

int rate_pool_submit(rate_pool *p, rate_body body, void *arg, const rate_limits *limits, rate_finished done, void *user)
{
	child *c = calloc(1, sizeof *c);

	if (!c)
		return RATE_FAIL;
	*c = (child){ .body = body, .arg = arg, .limits = *limits, .done = done, .user = user, .output = -1 };
	if (!(c->mark = rate_arena(sizeof *c->mark))) {
		free(c);
		return RATE_FAIL;
	}
	*p->last = c;
	p->last = &c->next;
	if (limits->isolate)
		fill_slots(p);
	return RATE_OK;
}

/* Debuggers and valgrind: the next queued body runs here. */
static void run_here(rate_pool *p)
{
	child *c = p->queue;
	char reason[768];

	if (!(p->queue = c->next))
		p->last = &p->queue;
	c->started = now();
	run_body(c);
	words(c, 0, reason, sizeof reason);
	finish(c, reason);
}

static void kill_all(rate_pool *p)
{
	while (p->active) {
		int status = 0;
		child *c = p->active;
		kill(-c->pid, SIGKILL);
		kill(c->pid, SIGKILL);
		waitpid(c->pid, &status, 0);
		p->active = c->next;
		p->running--;
		close_output(c);
		rate_arena_free(c->mark, sizeof *c->mark);
		free(c);
	}
}

static void watch_deadlines(rate_pool *p)
{
	for (child *c = p->active; c; c = c->next) {
		double over = now() - c->started - c->limits.seconds;
		if (over > 0 && !c->termed) {
			c->termed = c->timed_out = 1;
			kill(-c->pid, SIGTERM);
			kill(c->pid, SIGTERM);
		} else if (over > 0.5) {
			kill(-c->pid, SIGKILL);
			kill(c->pid, SIGKILL);
		}
	}
}

/* Has the child ended? Its group is killed while the zombie still holds the number, which nobody else can then have. */
static int has_ended(const child *c, int *status)
{
	siginfo_t info = { .si_pid = 0 };

	if (waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT) || info.si_pid != c->pid)
		return 0;
	kill(-c->pid, SIGKILL);
	return waitpid(c->pid, status, 0) == c->pid;
}

static int reap_ended(rate_pool *p)
{
	int ended = 0;

	for (child **link = &p->active; *link;) {
		int status = 0;
		if (has_ended(*link, &status)) {
			/* `done` may submit, which puts new children in front: start over. */
			reap(p, link, status);
			ended = 1;
			link = &p->active;
		} else
			link = &(*link)->next;
	}
	return ended;
}

/* A child's pipe closes when it ends: poll needs no other signal. Grandchildren may hold it open and the child may close
 * it early, hence the timeout; poll passes over descriptors below 0. */
static void wait_a_little(rate_pool *p, int milliseconds)
{
	struct pollfd fd[1024];
	nfds_t n = 0;

	for (child *c = p->active; c && n < 1024; c = c->next)
		fd[n++] = (struct pollfd){ c->output, POLLIN, 0 };
	poll(fd, n, milliseconds);
	for (child *c = p->active; c; c = c->next)
		drain(c);
}

static int left(const rate_pool *p)
{
	int n = (int)p->running;

	for (const child *c = p->queue; c; c = c->next)
		n++;
	return n;
}

/* Hands on the children that have ended or, if there are none, waits for news of one. Did one end? */
static int look(rate_pool *p, int milliseconds)
{
	if (reap_ended(p))
		return 1;
	wait_a_little(p, milliseconds);
	watch_deadlines(p);
	if (p->tick)
		p->tick(p->tick_user);
	return 0;
}

static int go_on(rate_pool *p, int milliseconds, int patient)
{
	if (p->queue && !p->queue->limits.isolate) {
		run_here(p);
		return left(p);
	}
	fill_slots(p);
	while (!interrupted && (p->active || !patient) && !look(p, milliseconds) && patient)
		;
	if (interrupted) {
		kill_all(p);
		return -1;
	}
	fill_slots(p);
	return left(p);
}

int rate_pool_wait(rate_pool *p)
{
	return go_on(p, 20, 1);
}

int rate_pool_poll(rate_pool *p, int milliseconds)
{
	return go_on(p, milliseconds, 0);
}

void rate_pool_on_tick(rate_pool *p, void (*tick)(void *user), void *user)
{
	p->tick = tick;
	p->tick_user = user;
}

void rate_pool_free(rate_pool *p)
{
	if (!p)
		return;
	kill_all(p);
	while (p->queue) {
		child *c = p->queue;
		p->queue = c->next;
		rate_arena_free(c->mark, sizeof *c->mark);
		free(c);
	}
	sigaction(SIGINT, &p->old_int, NULL);
	sigaction(SIGTERM, &p->old_term, NULL);
	pools--;
	free(p);
}

typedef struct one {
	char *reason;
	size_t size;
	int over;
} one;

static void one_ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	one *o = user;

	(void)mark;
	(void)seconds;
	snprintf(o->reason, o->size, "%s", reason);
	o->over = 1;
}

int rate_isolated(rate_body body, void *arg, const rate_limits *limits, char *reason, size_t size)
{
	rate_pool *p = rate_pool_new(1);
	one o = { reason, size, 0 };

	snprintf(reason, size, "no process could be started");
	if (p && rate_pool_submit(p, body, arg, limits, one_ended, &o) == RATE_OK)
		while (!o.over && rate_pool_wait(p) >= 0)
			;
	if (!o.over && interrupted)
		snprintf(reason, size, "interrupted");
	rate_pool_free(p);
	return o.over && !*reason ? RATE_OK : RATE_FAIL;
}
