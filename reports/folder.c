/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ratecheck/abi.h"

static int folder_at(int at, const char *name, int make, int follow)
{
	if (make && mkdirat(at, name, 0777) && errno != EEXIST)
		return -1;
	return openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
}

int rate_folder_open(const char *path, int make)
{
	return folder_at(AT_FDCWD, path, make, 1);
}

int rate_folder_in(int folder, const char *name)
{
	return folder_at(folder, name, 1, 0);
}

static FILE *stream(int fd, const char *mode)
{
	FILE *f = fd < 0 ? NULL : fdopen(fd, mode);

	if (!f && fd >= 0)
		close(fd);
	return f;
}

FILE *rate_folder_create(int folder, const char *name)
{
	if (unlinkat(folder, name, 0) && errno != ENOENT)
		return NULL;
	return stream(openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666), "w");
}

FILE *rate_folder_read(int folder, const char *name)
{
	struct stat st;
	/* Opening a pipe would wait for its other end. */
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 && (fstat(fd, &st) || !S_ISREG(st.st_mode))) {
		close(fd);
		errno = EINVAL;
		return NULL;
	}
	return stream(fd, "r");
}

int rate_folder_has(int folder, const char *name)
{
	struct stat st;

	return !fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode) && st.st_size > 0;
}

int rate_folder_move(int from, const char *name, int to, const char *new_name)
{
	return renameat(from, name, to, new_name) ? RATE_FAIL : RATE_OK;
}

static int remove_contents(int fd)
{
	DIR *dir = fdopendir(fd);
	int rc = RATE_OK;

	if (!dir) {
		close(fd);
		return RATE_FAIL;
	}
	for (const struct dirent *e; rc == RATE_OK && (e = readdir(dir));)
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			rc = rate_folder_remove(dirfd(dir), e->d_name);
	closedir(dir);
	return rc;
}

int rate_folder_remove(int folder, const char *name)
{
	int fd;

	if (!unlinkat(folder, name, 0) || errno == ENOENT)
		return RATE_OK;
	if (errno != EISDIR && errno != EPERM)
		return RATE_FAIL;
	if ((fd = folder_at(folder, name, 0, 0)) < 0 || remove_contents(fd))
		return RATE_FAIL;
	return unlinkat(folder, name, AT_REMOVEDIR) ? RATE_FAIL : RATE_OK;
}

int rate_folder_lock(int folder, const char *path, rate_error *error)
{
	static const char name[] = ".lock";
	struct flock held = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd = openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);

	/* A file system without locks is no reason not to write there. */
	if (fd >= 0 && (!fcntl(fd, F_SETLK, &held) || errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP ||
	                errno == EINVAL))
		return fd;
	if (fd < 0 || (errno != EACCES && errno != EAGAIN))
		rate_fail(error, "%s/%s: cannot be locked: %s", path, name, strerror(errno));
	else if (fcntl(fd, F_GETLK, &held) || held.l_type == F_UNLCK || held.l_pid <= 0)
		rate_fail(error, "%s: another ratecheck is writing there; wait for it, or name another folder",
		          path);
	else
		rate_fail(error, "%s: another ratecheck is writing there, process %ld; wait for it, "
		          "or name another folder", path, (long)held.l_pid);
	if (fd >= 0)
		close(fd);
	return -1;
}
