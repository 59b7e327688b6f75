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
#include <sys/syscall.h>
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
	double started, ended; /* the second: when it was told to end */
	int termed, timed_out;
} child;

struct rate_pool {
	unsigned jobs, running;
	child *active, *queue, **last;
	struct sigaction old_int, old_term;
	void (*tick)(void *user);
	void *tick_user;
	char shortage[200];
	int unstarted; /* a body had no process at all */
};

/* What stands in every mark until somebody writes over it. */
static const uint64_t intact[2] = { 0x7ac3e915d20b86f4, 0xb16d4f08a3c592e7 };

static volatile sig_atomic_t interrupted;
static unsigned pools; /* open now: an inner pool must not forget the signal that the outer one got */

/* The children that this process had before the first pool. What is neither one of them nor a pool's is an orphan. */
enum { KIN = 2048 };
static pid_t kin[KIN];
static size_t kinsfolk;
static int reaper_before;

static const char *last_words;

static void on_signal(int signal)
{
	ssize_t n = last_words && !interrupted ? write(2, last_words, strlen(last_words)) : 0;

	(void)n;
	interrupted = signal;
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

	if (p == MAP_FAILED)
		return NULL;
	madvise(p, bytes, MADV_DONTFORK);
	return p;
}

static void bequeath(const child *c, int advice)
{
	madvise(c->mark, sizeof *c->mark, advice);
	if (c->limits.arena)
		madvise(c->limits.arena, c->limits.room, advice);
}

void rate_arena_free(void *p, size_t bytes)
{
	if (p)
		munmap(p, bytes);
}

/* ---- In the child ---- */

static void limit(unsigned resource, rlim_t value)
{
	struct rlimit r = { value, value }, old;

	if (!getrlimit(resource, &old) && old.rlim_max < value)
		r.rlim_cur = r.rlim_max = old.rlim_max;
	setrlimit(resource, &r);
}

/* Results files, locks, the pipes of other children: none of a plugin's business. */
static void close_inherited(void)
{
#ifdef SYS_close_range
	if (!syscall(SYS_close_range, 3u, ~0u, 0u))
		return;
#endif
	for (int fd = 3, most = (int)sysconf(_SC_OPEN_MAX); fd < most && fd < 65536; fd++)
		close(fd);
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
	close_inherited();
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 64 << 20);
	limit(RLIMIT_CPU, (rlim_t)(c->limits.seconds * 1.5) + 2);
#ifndef RATECHECK_ASAN
	if (c->limits.memory)
		limit(RLIMIT_AS, address_space() + c->limits.memory);
#endif
}

/* Without the handlers of exit: they are the parent's. */
static void leave(void)
{
#ifdef RATECHECK_COVERAGE
	extern void __gcov_dump(void);

	__gcov_dump();
#endif
	_exit(0);
}

static int run_body(child *c)
{
	pid_t self = getpid();
	int rc = c->body(c->arg, c->mark);

	/* A plugin that forks and lets its copy go on has come here twice. */
	if (getpid() != self)
		_exit(0);
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
	bequeath(c, MADV_DOFORK);
	if ((c->pid = fork()) == 0) {
		become_child(c, fd[1], parent);
		run_body(c);
		leave();
	}
	int error = errno;
	bequeath(c, MADV_DONTFORK);
	close(fd[1]);
	if (c->pid < 0) {
		close(fd[0]);
		errno = error;
		return RATE_FAIL;
	}
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
	case SIGALRM: return "killed by SIGALRM (it set an alarm)";
	case SIGTRAP: return "killed by SIGTRAP (a trap)";
	case SIGSYS: return "killed by SIGSYS (forbidden system call)";
	case SIGTERM: return "killed by SIGTERM";
	case SIGUSR1: return "killed by SIGUSR1";
	default: return NULL;
	}
}

/* The innermost callback that runs. Where none does, the program itself was hit: it trips over what was overwritten. */
static void place_of(const rate_mark *m, char *out, size_t size)
{
	const char *who = m->plugin, *call = m->oracle, *after = "";

	if (!*call && m->caller > RATE_BY_NOBODY && m->caller < RATE_CALLERS) {
		who = m->caller == RATE_BY_OBJECTIVE ? m->plugin : m->outer[m->caller];
		call = m->call;
	} else if (!*call && *m->call) {
		call = m->call;
		after = "outside of all callbacks (memory overwritten before?), after ";
	}
	snprintf(out, size, "%s: %s%s at step %llu", *who ? who : "plugin", after, *call ? call : "start",
	         (unsigned long long)m->step);
}

static void words(const child *c, int status, char *out, size_t size)
{
	const rate_mark *m = c->mark;
	char cause[256], place[320];

	*out = '\0';
	if (m->done || *m->fault) {
		snprintf(out, size, "%s", *m->fault ? m->fault : m->message);
		return;
	}
	if (c->timed_out)
		snprintf(cause, sizeof cause, "time limit of %g s reached%s%s%s", c->limits.seconds,
		         c->limits.option ? " (" : "", c->limits.option ? c->limits.option : "",
		         c->limits.option ? ")" : "");
	else if (WIFSIGNALED(status) && signal_words(WTERMSIG(status)))
		snprintf(cause, sizeof cause, "%s", signal_words(WTERMSIG(status)));
	else if (WIFSIGNALED(status))
		snprintf(cause, sizeof cause, "killed by signal %d", WTERMSIG(status));
	else
		snprintf(cause, sizeof cause, "called exit(%d)", WEXITSTATUS(status));
	place_of(m, place, sizeof place);
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

/* What the plugin left in shared memory may be anything. */
static void end_texts(rate_mark *m)
{
	if (memcmp(m->intact, intact, sizeof intact)) {
		*m = (rate_mark){ .done = 1, .intact = { intact[0], intact[1] } };
		snprintf(m->message, sizeof m->message,
		         "memory that is shared with the program was written over: a plugin writes where it must not");
	}
	rate_end_text(m->plugin, sizeof m->plugin);
	rate_end_text(m->oracle, sizeof m->oracle);
	rate_end_text(m->call, sizeof m->call);
	rate_end_text(m->message, sizeof m->message);
	rate_end_text(m->fault, sizeof m->fault);
	for (int k = 0; k < RATE_CALLERS; k++)
		rate_end_text(m->outer[k], sizeof m->outer[k]);
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

/* Too many files or processes: what runs is waited for, and no more is asked of the machine at once. */
static int fall_short(rate_pool *p)
{
	enum { TRIES = 40 };
	const char *why = strerror(errno);

	if (p->running) {
		p->jobs = p->running;
		snprintf(p->shortage, sizeof p->shortage, "only %u child process%s at once: %s", p->jobs,
		         p->jobs == 1 ? "" : "es", why);
		return RATE_OK;
	}
	/* Others may need the room: it is waited for a little. */
	for (int k = 0; k < TRIES; k++) {
		poll(NULL, 0, 50);
		if (interrupted || start(p->queue) == RATE_OK)
			return interrupted ? RATE_FAIL : RATE_OK;
	}
	return RATE_FAIL;
}

static void fill_slots(rate_pool *p)
{
	while (p->running < p->jobs && p->queue) {
		child *c = p->queue;
		char reason[160];
		int started = start(c) == RATE_OK;
		if (!started && fall_short(p)) {
			snprintf(reason, sizeof reason, "no process could be started: %s", strerror(errno));
			p->unstarted = 1;
			if (!(p->queue = c->next))
				p->last = &p->queue;
			finish(c, reason);
			continue;
		}
		if (!started && p->running)
			return;
		if (!(p->queue = c->next))
			p->last = &p->queue;
		c->next = p->active;
		p->active = c;
		p->running++;
	}
}

const char *rate_pool_shortage(const rate_pool *p)
{
	return p->shortage;
}

/* ---- Orphans ---- */

/* The children of this process now, at most `most`. The kernel lists them, if it was built to. */
static size_t children(pid_t *out, size_t most)
{
	FILE *in = fopen("/proc/thread-self/children", "re");
	size_t n = 0;
	int pid;

	while (in && n < most && fscanf(in, "%d", &pid) == 1)
		out[n++] = pid;
	if (in)
		fclose(in);
	return n;
}

static int is_kin(const rate_pool *p, pid_t pid)
{
	for (const child *c = p->active; c; c = c->next)
		if (c->pid == pid)
			return 1;
	for (size_t i = 0; i < kinsfolk; i++)
		if (kin[i] == pid)
			return 1;
	return 0;
}

/* What a plugin's child left behind, in whatever session, has come to this process, the nearest that takes orphans;
 * so do its own children, once it is dead. */
static void kill_strays(const rate_pool *p)
{
	enum { ROUNDS = 64 };
	pid_t now_here[256];

	for (int round = 0, found = 1; found && round < ROUNDS; round++) {
		size_t n = children(now_here, sizeof now_here / sizeof *now_here);
		found = 0;
		for (size_t i = 0; i < n; i++)
			if (!is_kin(p, now_here[i])) {
				kill(now_here[i], SIGKILL);
				waitpid(now_here[i], NULL, 0);
				found = 1;
			}
	}
}

static void adopt_orphans(void)
{
	prctl(PR_GET_CHILD_SUBREAPER, &reaper_before);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	kinsfolk = children(kin, KIN);
}

rate_pool *rate_pool_new(unsigned jobs)
{
	rate_pool *p = calloc(1, sizeof *p);
	struct sigaction sa = { .sa_handler = on_signal };

	if (!p)
		return NULL;
	p->jobs = jobs ? jobs : 1;
	p->last = &p->queue;
	if (!pools++) {
		interrupted = 0;
		adopt_orphans();
	}
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
	memcpy(c->mark->intact, intact, sizeof intact);
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
		if (!p->active && pools == 1)
			kill_strays(p);
	}
}

/* Seconds that a child was ready to run while others had the processors, which is the load's time and not its own; 0
 * where the system does not tell. */
static double time_in_queue(pid_t pid)
{
	char path[64];
	unsigned long long waited = 0;
	FILE *in;

	snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)pid);
	if (!(in = fopen(path, "re")))
		return 0;
	if (fscanf(in, "%*u %llu", &waited) != 1)
		waited = 0;
	fclose(in);
	return 1e-9 * (double)waited;
}

/* A child that sleeps or waits for something uses up its time as one that computes does. */
static void watch_deadlines(rate_pool *p)
{
	for (child *c = p->active; c; c = c->next) {
		double time = now() - c->started;
		if (!c->termed && time > c->limits.seconds && time - time_in_queue(c->pid) > c->limits.seconds) {
			c->termed = c->timed_out = 1;
			c->ended = now();
			kill(-c->pid, SIGTERM);
			kill(c->pid, SIGTERM);
		} else if (c->termed && now() - c->ended > 0.5) {
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
			if (pools == 1)
				kill_strays(p);
			/* `done` may submit, which puts new children in front: start over. */
			reap(p, link, status);
			ended = 1;
			link = &p->active;
		} else
			link = &(*link)->next;
	}
	return ended;
}

/* A child's pipe closes when it ends: poll needs no other signal. Grandchildren may hold it open and the child may
 * close it early, hence the timeout; poll passes over descriptors below 0. */
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
	if (!--pools)
		prctl(PR_SET_CHILD_SUBREAPER, reaper_before);
	free(p);
}

typedef struct one {
	rate_error *reason;
	int over;
} one;

static void one_ended(void *user, const char *reason, const rate_mark *mark, double seconds)
{
	one *o = user;

	(void)mark;
	(void)seconds;
	rate_fail(o->reason, "%s", reason);
	o->over = 1;
}

int rate_isolated(rate_body body, void *arg, const rate_limits *limits, rate_error *reason)
{
	rate_pool *p = rate_pool_new(1);
	one o = { reason, 0 };
	int unstarted;

	rate_fail(reason, "no process could be started");
	if (p && rate_pool_submit(p, body, arg, limits, one_ended, &o) == RATE_OK)
		while (!o.over && rate_pool_wait(p) >= 0)
			;
	unstarted = !p || p->unstarted;
	rate_pool_free(p);
	if (unstarted && !interrupted)
		return RATE_NOT_STARTED;
	if ((o.over && !unstarted) || !interrupted)
		return o.over && !*reason->text ? RATE_OK : RATE_FAIL;
	rate_fail(reason, "interrupted");
	return 130;
}

void rate_end_if_interrupted(int rc)
{
	if (rc != 130 || pools)
		return;
	fflush(NULL);
	raise(interrupted);
}
