/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/program.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plugins/isolate.h"
#include "ratecheck/abi.h"

/* Seconds for one answer, if the environment does not say otherwise (RATECHECK_ANSWER_SECONDS). */
enum { ANSWER_SECONDS = 30 };
enum { TAIL = 1024, SAID = 200 };
/* Shared memory, of who speaks at the time. Less than a page goes through the pipe. */
enum { SHARED = 16 << 20, SHARED_FROM = 4096 };

struct rate_program {
	const char *name;  /* the file without its folders */
	char *file;
	pid_t pid;
	int in, out, err;  /* what the program reads, writes, and says on standard error */
	double seconds;
	char *buffer;      /* the message that is being received: its head, then the payload, aligned */
	size_t room, have; /* of the buffer; bytes received */
	char tail[TAIL];   /* the end of what came on standard error */
	size_t tail_size;
	int cut;           /* it spoke before it had read the last message to the end */
	int memory;        /* a file without a name, and where it lies; -1 and NULL: there is none */
	char *shared;
	int shares;        /* it has mapped it, too */
	int held_at;       /* processor that it is held on, -1: none */
	rate_error error;
};

static const char magic[4] = { 'R', 'A', 'T', 'E' }, magic_shared[4] = { 'R', 'A', 'T', 'S' };
/* Numbers go over the pipe as they lie in memory. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the protocol is little-endian");
_Static_assert(sizeof(rate_message) == 32, "the head of a message has 32 bytes");

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* ---- What is a program? ---- */

/* An executable made to lie anywhere has the type of a library, but an interpreter or a mark of its own. */
static int is_executable_elf(FILE *in, const Elf64_Ehdr *h)
{
	if (h->e_type == ET_EXEC)
		return 1;
	for (unsigned i = 0; i < h->e_phnum; i++) {
		Elf64_Phdr p;
		Elf64_Dyn d;
		if (fseek(in, (long)(h->e_phoff + i * sizeof p), SEEK_SET) || fread(&p, sizeof p, 1, in) != 1)
			return 0;
		if (p.p_type == PT_INTERP)
			return 1;
		if (p.p_type != PT_DYNAMIC || fseek(in, (long)p.p_offset, SEEK_SET))
			continue;
		while (fread(&d, sizeof d, 1, in) == 1 && d.d_tag != DT_NULL)
			if (d.d_tag == DT_FLAGS_1 && (d.d_un.d_val & 0x08000000 /* DF_1_PIE */))
				return 1;
	}
	return 0;
}

static int ends_in(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n > m && !strcmp(text + n - m, end);
}

int rate_is_program(const char *file)
{
	struct stat st;
	Elf64_Ehdr h = { 0 };
	FILE *in;
	int elf, is;

	if (ends_in(file, ".so") || stat(file, &st) || !S_ISREG(st.st_mode))
		return 0;
	if (ends_in(file, ".py"))
		return 1;
	if (access(file, X_OK))
		return 0;
	if (!(in = fopen(file, "rb")))
		return 1; /* it may be run and not read */
	elf = fread(&h, sizeof h, 1, in) == 1 && !memcmp(h.e_ident, ELFMAG, SELFMAG);
	is = !elf || h.e_ident[EI_CLASS] != ELFCLASS64 || is_executable_elf(in, &h);
	fclose(in);
	return is;
}

/* ---- Words ---- */

const char *rate_program_error(const rate_program *p)
{
	return p->error.text;
}

int rate_program_complain(rate_program *p, const char *format, ...)
{
	va_list ap;

	if (*p->error.text)
		return RATE_FAIL;
	rate_fail(&p->error, "%.120s ", p->name);
	va_start(ap, format);
	rate_vfail_more(&p->error, format, ap);
	va_end(ap);
	return RATE_FAIL;
}

/* The last line on standard error that says something, cut to a line's length. */
static const char *last_line(rate_program *p)
{
	char *end = p->tail + p->tail_size, *begin;

	while (end > p->tail && strchr(" \t\r\n", end[-1]))
		end--;
	*end = '\0';
	begin = strrchr(p->tail, '\n');
	begin = begin ? begin + 1 : p->tail;
	if (strlen(begin) > SAID)
		begin[SAID] = '\0';
	return begin;
}

static void hear(rate_program *p)
{
	char text[4096];
	ssize_t n;

	/* At most so much at once: who writes without end must not keep the host from the time. */
	for (int k = 0; p->err >= 0 && k < 16 && (n = read(p->err, text, sizeof text)) != -1; k++) {
		size_t got = (size_t)n, keep;
		if (!n) {
			close(p->err);
			p->err = -1;
			return;
		}
		if (got > TAIL / 2) {
			memmove(text, text + got - TAIL / 2, TAIL / 2);
			got = TAIL / 2;
		}
		keep = p->tail_size + got < TAIL ? p->tail_size : TAIL - 1 - got;
		memmove(p->tail, p->tail + p->tail_size - keep, keep);
		memcpy(p->tail + keep, text, got);
		p->tail_size = keep + got;
	}
}

/* It has closed its standard output: how did it end? */
static int ended(rate_program *p, const char *what)
{
	int status = 0;
	pid_t pid = 0;
	const char *said;

	for (double t = now(); (pid = waitpid(p->pid, &status, WNOHANG)) == 0 && now() - t < 1; hear(p))
		poll(NULL, 0, 2);
	hear(p);
	said = last_line(p);
	if (pid != p->pid)
		return rate_program_complain(p, "closed its standard output instead of an answer to %s%s%s", what,
		                             *said ? ": " : "", said);
	p->pid = -1;
	if (WIFSIGNALED(status))
		return rate_program_complain(p, "was killed by signal %d (%s) instead of an answer to %s%s%s",
		                             WTERMSIG(status), strsignal(WTERMSIG(status)), what,
		                             *said ? ": " : "", said);
	return rate_program_complain(p, "ended with exit code %d instead of an answer to %s%s%s",
	                             WEXITSTATUS(status), what, *said ? ": " : "", said);
}

/* What is no message: the line that the program printed where answers go. It is waited for a little. */
static int printed(rate_program *p, const char *what)
{
	char line[SAID + 1];
	size_t n = p->have < SAID ? p->have : SAID;
	struct pollfd fd = { p->out, POLLIN, 0 };

	memcpy(line, p->buffer, n);
	while (n < SAID && !memchr(line, '\n', n) && poll(&fd, 1, 200) > 0) {
		ssize_t got = read(p->out, line + n, SAID - n);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	line[n] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	if (!*line)
		return rate_program_complain(p, "printed an empty line in the place of an answer to %s: "
		                                "its standard output is for "
		                                "answers alone; print to standard error", what);
	return rate_program_complain(p, "printed \"%s\" in the place of an answer to %s: "
	                                "its standard output is for answers alone; "
	                                "print to standard error", line, what);
}

/* ---- Start and end ---- */

static double answer_seconds(void)
{
	const char *text = getenv("RATECHECK_ANSWER_SECONDS");
	double v = text ? strtod(text, NULL) : 0;

	return v >= 0.01 && v <= 1e6 ? v : ANSWER_SECONDS;
}

static const char *const fixed[][2] = {
	/* One thread: the same bits, and a processor left for the other checks. */
	{ "OPENBLAS_NUM_THREADS", "1" }, { "OMP_NUM_THREADS", "1" }, { "MKL_NUM_THREADS", "1" },
	{ "PYTHONUNBUFFERED", "1" }, { "RATECHECK_PIPE", "1" },
};
static const char *const presets[][2] = {
	/* Arrays come and go in each step: glibc is not to give their memory back in between. */
	{ "MALLOC_MMAP_THRESHOLD_", "32000000" }, { "MALLOC_TRIM_THRESHOLD_", "1000000000" },
};

/* The host and a program take turns, so that they do with one processor, in whose caches is what the other has
 * written: a step costs less than half. Every so many seconds the system may choose another one. */
#define MOVES_AFTER 0.05
static cpu_set_t all;    /* that the host may have */
static int choice = -1;  /* more than one */
static int held_at = -1; /* the one that it is held on */
static double moves_at;

static void let_go(void)
{
	if (held_at >= 0)
		sched_setaffinity(0, sizeof all, &all);
	held_at = -1;
}

/* Memory of a fixed size: who has it can neither cut nor stretch it. Without it all goes through the pipe. */
static void make_memory(rate_program *p)
{
	struct rlimit most;
	void *at;

	if (getrlimit(RLIMIT_FSIZE, &most) || most.rlim_cur < SHARED)
		return;
	p->memory = memfd_create("ratecheck", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (p->memory < 0 || ftruncate(p->memory, SHARED) ||
	    fcntl(p->memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL))
		return;
	at = mmap(NULL, SHARED, PROT_READ | PROT_WRITE, MAP_SHARED, p->memory, 0);
	p->shared = at == MAP_FAILED ? NULL : at;
}

/* In the child of the fork. Comes back if there is nothing to start, with errno. */
static void become(const char *file, int memory)
{
	const char *python = getenv("RATECHECK_PYTHON");
	char offer[64];
	char *copy = strdup(file), *plain[] = { copy, NULL };
	char *by_python[] = { strdup(python && *python ? python : "python3"), copy, NULL };

	signal(SIGPIPE, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	let_go();
	for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++)
		setenv(fixed[k][0], fixed[k][1], 1);
	for (size_t k = 0; k < sizeof presets / sizeof *presets; k++)
		setenv(presets[k][0], presets[k][1], 0);
	/* Open in the program as well, under a number that nothing else has. */
	memory = memory < 0 ? memory : fcntl(memory, F_DUPFD, 3);
	snprintf(offer, sizeof offer, "%d:%d", memory, SHARED);
	if (memory < 0)
		unsetenv("RATECHECK_SHARED");
	else
		setenv("RATECHECK_SHARED", offer, 1);
	if (!ends_in(file, ".py"))
		execv(file, plain);
	else
		execvp(by_python[0], by_python);
}

static int spawn(rate_program *p, rate_error *error)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, err[2] = { -1, -1 }, news[2] = { -1, -1 }, failed = 0;
	int rc = pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC) || pipe2(news, O_CLOEXEC)
	    ? RATE_FAIL : RATE_OK;

	if (rc == RATE_OK && (p->pid = fork()) == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		dup2(err[1], 2);
		become(p->file, p->shared ? p->memory : -1);
		failed = errno;
		_exit(write(news[1], &failed, sizeof failed) > 0 ? 127 : 126);
	}
	if (rc != RATE_OK || p->pid < 0)
		rate_fail(error, "%s: no process could be started: %s", p->name, strerror(errno));
	close(in[0]);
	close(out[1]);
	close(err[1]);
	close(news[1]);
	p->in = in[1];
	p->out = out[0];
	p->err = err[0];
	if (rc == RATE_OK && p->pid > 0 && read(news[0], &failed, sizeof failed) == (ssize_t)sizeof failed) {
		if (ends_in(p->file, ".py"))
			rate_fail(error, "%s: python3 cannot be started: %s; install it, "
			          "or say with RATECHECK_PYTHON which one to take", p->name, strerror(failed));
		else
			rate_fail(error, "%s: cannot be started: %s%s", p->name, strerror(failed),
			          failed == ENOEXEC ? "; a script begins with a line such as #!/usr/bin/env python3"
			          : failed == ENOENT ? "; is the interpreter of its first line there?" : "");
		rc = RATE_FAIL;
	}
	close(news[0]);
	return p->pid > 0 ? rc : RATE_FAIL;
}

rate_program *rate_program_start(const char *file, rate_error *error)
{
	rate_program *p = calloc(1, sizeof *p);
	const char *slash;

	if (!p || !(p->file = strdup(file))) {
		free(p);
		rate_fail(error, "out of memory");
		return NULL;
	}
	slash = strrchr(p->file, '/');
	p->name = slash ? slash + 1 : p->file;
	p->in = p->out = p->err = p->memory = -1;
	p->seconds = answer_seconds();
	p->held_at = -1;
	make_memory(p);
	if (spawn(p, error)) {
		rate_program_stop(p);
		return NULL;
	}
	fcntl(p->in, F_SETFL, O_NONBLOCK);
	fcntl(p->out, F_SETFL, O_NONBLOCK);
	fcntl(p->err, F_SETFL, O_NONBLOCK);
	/* A block in one piece, where the system allows it. */
	fcntl(p->in, F_SETPIPE_SZ, 1 << 20);
	fcntl(p->out, F_SETPIPE_SZ, 1 << 20);
	return p;
}

void rate_program_stop(rate_program *p)
{
	int fd[] = { p ? p->in : -1, p ? p->out : -1, p ? p->err : -1, p ? p->memory : -1 };

	if (!p)
		return;
	for (int k = 0; k < 4; k++)
		if (fd[k] >= 0)
			close(fd[k]);
	if (p->pid > 0) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	let_go();
	if (p->shared)
		munmap(p->shared, SHARED);
	free(p->buffer);
	free(p->file);
	free(p);
}

void rate_program_share(rate_program *p)
{
	p->shares = p->shared != NULL;
}

/* ---- Messages ---- */

/* What has been received is not the beginning of a message. */
static int strange(const rate_program *p)
{
	size_t n = p->have < sizeof magic ? p->have : sizeof magic;

	return memcmp(p->buffer, magic, n) && memcmp(p->buffer, magic_shared, n);
}

/* Waits until the program can be written to (if `writing`) or has written; standard error is heard on the way. */
static int await(rate_program *p, int writing, double started, const char *what)
{
	double left = started + p->seconds - now();
	struct pollfd fd[3] = { { p->out, POLLIN, 0 }, { p->err, POLLIN, 0 }, { writing ? p->in : -1, POLLOUT, 0 } };

	siginfo_t info = { .si_pid = 0 };
	int n;

	if (left <= 0) {
		const char *said = last_line(p);
		return rate_program_complain(p, "gave no answer to %s in %g seconds%s%s; "
		                                "RATECHECK_ANSWER_SECONDS sets the limit", what,
		                             p->seconds, *said ? ", but said: " : "", said);
	}
	if ((n = poll(fd, writing ? 3 : 2, (int)(1000 * (left < 0.25 ? left : 0.25)) + 1)) < 0 && errno != EINTR)
		return rate_program_complain(p, "cannot be waited for: %s", strerror(errno));
	/* A child of its own may hold the pipe open that it has left. */
	if (!n && !waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT) && info.si_pid == p->pid)
		return ended(p, what);
	if (fd[1].revents)
		hear(p);
	return RATE_OK;
}

static int has_room(rate_program *p, size_t bytes)
{
	char *grown;

	if (bytes <= p->room)
		return RATE_OK;
	if (!(grown = realloc(p->buffer, bytes)))
		return rate_program_complain(p, "has an answer for which there is no memory");
	p->buffer = grown;
	p->room = bytes;
	return RATE_OK;
}

/* Reads on until `bytes` of the message are there. */
static int read_up_to(rate_program *p, size_t bytes, double started, const char *what)
{
	/* An answer is never there at once. */
	if (!p->have && await(p, 0, started, what))
		return RATE_FAIL;
	while (p->have < bytes) {
		ssize_t n = read(p->out, p->buffer + p->have, p->room - 1 - p->have);
		if (n > 0)
			p->have += (size_t)n;
		else if (n == 0)
			return p->have && p->have < sizeof(rate_message) && strange(p) ? printed(p, what)
			       : ended(p, what);
		else if (errno != EAGAIN && errno != EINTR)
			return rate_program_complain(p, "cannot be read from: %s", strerror(errno));
		else if (await(p, 0, started, what))
			return RATE_FAIL;
		if (p->have && strange(p))
			return printed(p, what);
	}
	return RATE_OK;
}

int rate_program_receive(rate_program *p, const char *what, size_t usual, size_t most, rate_message *head,
                         const char **payload)
{
	double started = now();
	size_t whole, shared;

	if (*p->error.text)
		return RATE_FAIL;
	p->have = 0;
	if (has_room(p, sizeof *head + usual + 1) || read_up_to(p, sizeof *head, started, what))
		return RATE_FAIL;
	memcpy(head, p->buffer, sizeof *head);
	if (head->bytes > most)
		return rate_program_complain(p, "answers %s with %llu bytes, at most %zu are wanted", what,
		                             (unsigned long long)head->bytes, most);
	shared = memcmp(head->magic, magic, sizeof magic) ? (size_t)head->bytes : 0;
	if (shared > SHARED || (shared && !p->shares))
		return rate_program_complain(p, "answers %s with %zu bytes of shared memory, it has %d", what, shared,
		                             p->shares ? SHARED : 0);
	whole = sizeof *head + (size_t)head->bytes - shared;
	if (has_room(p, whole + shared + 1) || read_up_to(p, whole, started, what))
		return RATE_FAIL;
	if (p->have >= whole + 3 && !memcmp(p->buffer + whole, magic, 3))
		return rate_program_complain(p, "sends a second message behind its answer to %s", what);
	if (p->have > whole) {
		memmove(p->buffer, p->buffer + whole, p->have -= whole);
		return printed(p, what);
	}
	if (p->cut && head->code != RATE_SAYS_FAIL)
		return rate_program_complain(p, "answers %s before it has read the whole question", what);
	*payload = p->buffer + sizeof *head;
	if (shared && head->code == RATE_SAYS_OK)
		*payload = p->shared;
	else if (shared)
		memcpy(p->buffer + whole, p->shared, shared);
	p->buffer[whole + shared] = '\0';
	return RATE_OK;
}

/* Ends early if the program speaks before it has listened to the end: what it says is then looked at. */
static int write_all(rate_program *p, struct iovec *part, int parts)
{
	double started = now();

	while (parts) {
		ssize_t n = writev(p->in, part, parts);
		struct pollfd fd = { p->out, POLLIN, 0 };
		if (n < 0 && errno == EPIPE)
			return RATE_OK; /* it has ended: receiving says how */
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return rate_program_complain(p, "cannot be written to: %s", strerror(errno));
		if (n < 0 && (p->cut = poll(&fd, 1, 0) > 0))
			return RATE_OK;
		if (n < 0 && await(p, 1, started, "what is sent to it"))
			return RATE_FAIL;
		for (; n > 0 && parts && (size_t)n >= part->iov_len; part++, parts--)
			n -= (ssize_t)part->iov_len;
		if (n > 0 && parts) {
			part->iov_base = (char *)part->iov_base + n;
			part->iov_len -= (size_t)n;
		}
		while (parts && !part->iov_len) {
			part++;
			parts--;
		}
	}
	return RATE_OK;
}

static void hold(pid_t pid)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((size_t)held_at, &one);
	sched_setaffinity(pid, sizeof one, &one);
}

/* Both on the processor that the host is on. From time to time the host is free for one answer, to go elsewhere. */
static void keep_together(rate_program *p)
{
	if (choice < 0)
		choice = !sched_getaffinity(0, sizeof all, &all) && CPU_COUNT(&all) > 1;
	if (!choice)
		return;
	if (held_at >= 0 && now() >= moves_at) {
		let_go();
		return;
	}
	if (held_at < 0) {
		held_at = sched_getcpu();
		moves_at = now() + MOVES_AFTER;
		hold(0);
	}
	if (p->held_at != held_at)
		hold(p->pid);
	p->held_at = held_at;
}

int rate_program_send(rate_program *p, uint32_t code, uint64_t rows, uint64_t count, const rate_bytes *part, int parts)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
	rate_message head = { { magic[0], magic[1], magic[2], magic[3] }, code, rows, count, 0 };
	struct iovec io[4] = { { &head, sizeof head } };
	size_t at = 0;
	int rc;

	if (*p->error.text)
		return RATE_FAIL;
	for (int k = 0; k < parts; k++) {
		io[k + 1] = (struct iovec){ (void *)(uintptr_t)part[k].at, part[k].size };
		head.bytes += part[k].size;
	}
	if (p->shares && head.bytes >= SHARED_FROM && head.bytes <= SHARED) {
		memcpy(head.magic, magic_shared, sizeof head.magic);
		for (int k = 0; k < parts; at += part[k++].size)
			if (part[k].size)
				memcpy(p->shared + at, part[k].at, part[k].size);
		parts = 0;
	}
	keep_together(p);
	sigaction(SIGPIPE, &ignore, &before);
	rc = write_all(p, io, parts + 1);
	sigaction(SIGPIPE, &before, NULL);
	return rc;
}

int rate_program_ask(rate_program *p, const char *what, uint32_t code, uint64_t rows, uint64_t count,
                     const rate_bytes *part, int parts, size_t usual, size_t most, rate_message *head,
                     const char **payload)
{
	enum { WORDS = 65536 };
	size_t room = most > WORDS ? most : WORDS;

	if (rate_program_send(p, code, rows, count, part, parts) ||
	    rate_program_receive(p, what, usual, room, head, payload))
		return RATE_FAIL;
	if (head->code == RATE_SAYS_FAIL)
		return rate_program_complain(p, "says: %.*s", SAID, head->bytes ? *payload : "nothing");
	if (head->code != RATE_SAYS_OK)
		return rate_program_complain(p, "answers %s with a message of code %u; 0 and 1 are known",
		                             what, head->code);
	if (head->bytes > most)
		return rate_program_complain(p, "answers %s with %llu bytes, %zu are wanted", what,
		                             (unsigned long long)head->bytes, most);
	return RATE_OK;
}
