/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "ratecheck/abi.h"
#include "reports/escape.h"

static FILE *shown; /* our stdout */
static int trouble; /* errno of its first write that failed */
static char rest[4]; /* the beginning of a sign whose end is not yet written */
static size_t rests;

static int write_all(const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(STDOUT_FILENO, s, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			trouble = trouble ? trouble : errno;
			return RATE_FAIL;
		}
		s += done;
		n -= (size_t)done;
	}
	return RATE_OK;
}

/* Is this the beginning of a sign that goes on in the next piece? */
static int is_begun(const char *s, size_t n)
{
	char whole[4];

	for (size_t more = 1; n && n + more <= sizeof whole; more++) {
		/* The ends of a sign's range: one of them makes it one that may be shown. */
		for (int end = 0x80; end <= 0xbf; end += 0x3f) {
			memset(whole, end, sizeof whole);
			memcpy(whole, s, n);
			if (rate_sign_at(whole, n + more) == n + more)
				return 1;
		}
	}
	return 0;
}

/* Takes signs one by one from `rest` and s into out, which has room for them all. */
static ssize_t show(void *cookie, const char *s, size_t size)
{
	char in[BUFSIZ + sizeof rest], out[sizeof in];
	(void)cookie;

	for (size_t taken = 0, piece; taken < size; taken += piece) {
		size_t n = 0, used = 0, all;
		piece = size - taken < BUFSIZ ? size - taken : BUFSIZ;
		memcpy(in, rest, rests);
		memcpy(in + rests, s + taken, piece);
		all = rests + piece;
		rests = 0;
		while (used < all) {
			size_t k = rate_sign_at(in + used, all - used);
			if (!k && all - used < sizeof rest && is_begun(in + used, all - used)) {
				rests = all - used;
				memcpy(rest, in + used, rests);
				break;
			}
			if (k)
				memcpy(out + n, in + used, k);
			else
				out[n] = in[used] == '\n' || in[used] == '\t' ? in[used] : ' ';
			n += k ? k : 1;
			used += k ? k : 1;
		}
		if (write_all(out, n))
			return 0;
	}
	return (ssize_t)size;
}

int rate_terminal(void)
{
	int closed = fcntl(STDOUT_FILENO, F_GETFD) < 0, fd;
	FILE *f;

	while ((fd = open("/dev/null", O_RDWR)) >= 0 && fd <= STDERR_FILENO)
		;
	if (fd >= 0)
		close(fd);
	if (closed)
		return RATE_FAIL;
	if ((f = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = show }))) {
		setvbuf(f, NULL, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF, BUFSIZ);
		shown = stdout = f;
	}
	return RATE_OK;
}

void rate_paint(FILE *out, const char *code)
{
	if (out != shown) {
		fputs(code, out);
		return;
	}
	fflush(out);
	write_all(code, strlen(code));
}

size_t rate_terminal_width(void)
{
	const char *given = getenv("COLUMNS");
	unsigned long n = given ? strtoul(given, NULL, 10) : 0;
	struct winsize w;

	if (!n && isatty(STDOUT_FILENO))
		n = !ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) && w.ws_col ? w.ws_col : 80;
	return !n ? 0 : n < 40 ? 40 : n > 1000 ? 1000 : n;
}

int rate_terminal_trouble(void)
{
	int failed = fflush(stdout) || ferror(stdout), kept = errno;

	return trouble ? trouble : failed ? kept : 0;
}
