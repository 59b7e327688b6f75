/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/datafile.h"
#include "plugins/dataset.h"
#include "plugins/like.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "ratecheck/abi.h"

static const size_t most = (size_t)1 << 30; /* bytes of text */

static const char *built_in_folder(void)
{
	const char *data = getenv("RATECHECK_DATA");

	return data && *data ? data : PKGDATADIR "/data";
}

static int is_set(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return n > 4 && e->d_name[0] != '.' && !strcmp(e->d_name + n - 4, ".csv");
}

static int no_such_set(const char *file, rate_error *error)
{
	struct dirent **set = NULL;
	int n = scandir(built_in_folder(), &set, is_set, alphasort);
	char like[128];

	rate_fail(error, "%s: neither a file of this folder nor a built-in data set", file);
	for (int i = 0; i < n; i++) {
		rate_fail_more(error, "%s%.*s", i ? ", " : "; these are ", (int)strlen(set[i]->d_name) - 4,
		               set[i]->d_name);
		free(set[i]);
	}
	free(set);
	rate_like_names(like, sizeof like);
	return rate_fail_more(error, "%s%s", n > 0 ? ", " : "; these are ", like);
}

int rate_datafile_find(const char *file, char *path, size_t size, rate_error *error)
{
	rate_dataset set;
	struct stat s;

	if (rate_dataset_split(file, &set, error))
		return RATE_FAIL;
	file = set.file;
	snprintf(path, size, "%s", file);
	if (strpbrk(file, "/.") || (!stat(file, &s) && !S_ISDIR(s.st_mode)))
		return RATE_OK;
	snprintf(path, size, "%s/%s.csv", built_in_folder(), file);
	return access(path, F_OK) ? no_such_set(file, error) : RATE_OK;
}

/* zlib hands over what is not packed as it is. */
static int unpack(gzFile in, const char *path, char **text, size_t *length, rate_error *error)
{
	size_t capacity = 1 << 16, n = 0;
	char *p = malloc(capacity), *grown;
	int got = 0, code;

	while (p && (got = gzread(in, p + n, (unsigned)(capacity - n))) > 0) {
		n += (size_t)got;
		if (n < capacity)
			continue;
		if (capacity >= most)
			break;
		capacity *= 2;
		if (!(grown = realloc(p, capacity)))
			free(p);
		p = grown;
	}
	*text = p;
	*length = n;
	gzerror(in, &code); /* a file that ends too early reads well but for this */
	if (p && !got && (code == Z_OK || code == Z_STREAM_END))
		return RATE_OK;
	if (!p)
		rate_fail(error, "%s: out of memory", path);
	else if (got > 0)
		rate_fail(error, "%s: more than %zu MiB of text, which is too much for a table of doubles", path,
		          most >> 20);
	else
		rate_fail(error, "%s: cannot be read to its end: %s", path,
		          code == Z_ERRNO ? strerror(errno) : "the gzip data are damaged");
	free(p);
	return RATE_FAIL;
}

int rate_datafile_read(const char *path, char **text, size_t *length, rate_error *error)
{
	/* A pipe without a writer would hold the open for ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), rc;
	struct stat s;
	gzFile in = NULL;

	if (fd < 0 || fstat(fd, &s))
		rc = rate_fail(error, "%s: %s (a file, or the name of a built-in data set, is wanted)", path,
		               strerror(errno));
	else if (S_ISDIR(s.st_mode))
		rc = rate_fail(error, "%s: a folder; name a file in it", path);
	else if (!S_ISREG(s.st_mode))
		rc = rate_fail(error, "%s: not a regular file; each check reads the data anew, so write them to a file "
		                      "first", path);
	else if (!(in = gzdopen(fd, "rb")))
		rc = rate_fail(error, "%s: out of memory", path);
	else
		rc = unpack(in, path, text, length, error);
	if (in)
		gzclose(in); /* closes fd too */
	else if (fd >= 0)
		close(fd);
	return rc;
}

static const struct magic {
	const char *bytes, *words;
	size_t n;
} magics[] = {
	{ "\xff\xfe", "UTF-16; write it as UTF-8: iconv -f UTF-16 -t UTF-8 OLD >NEW", 2 },
	{ "\xfe\xff", "UTF-16; write it as UTF-8: iconv -f UTF-16 -t UTF-8 OLD >NEW", 2 },
	{ "PK\3\4", "a zip archive or a spreadsheet; save the table as CSV", 4 },
	{ "BZh", "packed by bzip2; unpack it (gzip is read)", 3 },
	{ "\xfd" "7zXZ", "packed by xz; unpack it (gzip is read)", 5 },
	{ "\x28\xb5\x2f\xfd", "packed by zstd; unpack it (gzip is read)", 4 },
};

int rate_datafile_is_text(const char *path, const char *text, size_t n, rate_error *error)
{
	const char *zero = memchr(text, 0, n), *what = NULL;
	size_t line = 1;

	for (size_t k = 0; k < sizeof magics / sizeof *magics; k++)
		if (n >= magics[k].n && !memcmp(text, magics[k].bytes, magics[k].n))
			what = magics[k].words;
	if (!what && !zero)
		return RATE_OK;
	if (!what && n > 3 && text[0] && !text[1] && text[2] && !text[3])
		what = "UTF-16 without its mark; write it as UTF-8: iconv -f UTF-16LE -t UTF-8 OLD >NEW";
	else if (!what && n > 3 && !text[0] && text[1] && !text[2] && text[3])
		what = "UTF-16 without its mark; write it as UTF-8: iconv -f UTF-16BE -t UTF-8 OLD >NEW";
	for (const char *p = text; !what && p < zero; p++)
		line += *p == '\n';
	return rate_fail(error, "%s: line %zu, column 1: %s", path, line,
	                 what ? what : "a zero byte: not a text file");
}
