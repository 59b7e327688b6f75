/* Results folders: links and pipes that stand in the way, what is put in the place of what, who may write.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ratecheck/abi.h"
#include "tests/tap.h"

static int here;

static void put(const char *name, const char *text)
{
	FILE *f = rate_folder_create(here, name);

	if (f) {
		fputs(text, f);
		fclose(f);
	}
	ok(f, "%s is written", name);
}

static const char *text_of(const char *name)
{
	static char text[64];
	FILE *f = rate_folder_read(here, name);

	memset(text, 0, sizeof text);
	if (!f)
		return NULL;
	(void)!fread(text, 1, sizeof text - 1, f);
	fclose(f);
	return text;
}

/* A link in the folder that names a file outside of it is replaced, never followed. */
static void links(void)
{
	put("outside", "theirs");
	ok(!symlinkat("outside", here, "link"), "a link");
	errno = 0;
	ok(!rate_folder_read(here, "link") && errno, "is not read through");
	ok(!rate_folder_has(here, "link"), "is no file that is there");
	put("link", "ours");
	is_str(text_of("outside"), "theirs", "what it named stays");
	is_str(text_of("link"), "ours", "and a file stands in its place");
	ok(!mkdirat(here, "real", 0777) && !symlinkat("real", here, "to-folder"), "a link to a folder");
	is_int(rate_folder_in(here, "to-folder"), -1, "is no folder to write in");
	ok(!rate_folder_remove(here, "to-folder") && !faccessat(here, "real", F_OK, 0), "is removed alone");
}

static void what_is_no_file(void)
{
	ok(!mkfifoat(here, "pipe", 0666), "a pipe");
	errno = 0;
	ok(!rate_folder_read(here, "pipe") && errno == EINVAL, "is not waited for");
	ok(!rate_folder_has(here, "pipe"), "is no file that is there");
	ok(!rate_folder_read(here, "real"), "a folder is not read");
	ok(!rate_folder_create(here, "real"), "nor written over");
	ok(!rate_folder_read(here, "absent"), "what is not there is not read");
	is_int(rate_folder_open("absent/absent", 1), -1, "no folder is made in one that is not there");
	is_int(rate_folder_in(here, "outside"), -1, "a file is no folder");
	put("empty", "");
	ok(!rate_folder_has(here, "empty") && rate_folder_has(here, "outside"), "an empty file is none");
}

static void moved_and_removed(void)
{
	int in = rate_folder_in(here, "deep"), deeper = in < 0 ? -1 : rate_folder_in(in, "deeper");
	FILE *f = deeper < 0 ? NULL : rate_folder_create(deeper, "leaf");

	ok(f, "a file two folders down");
	if (f)
		fclose(f);
	is_int(rate_folder_move(deeper, "leaf", here, "leaf"), RATE_OK, "moved up");
	is_int(rate_folder_move(deeper, "leaf", here, "leaf"), RATE_FAIL, "but once");
	ok((f = rate_folder_create(deeper, "other")), "another");
	if (f)
		fclose(f);
	close(deeper);
	close(in);
	is_int(rate_folder_remove(here, "deep"), RATE_OK, "a folder goes with all in it");
	ok(faccessat(here, "deep", F_OK, 0) && !faccessat(here, "leaf", F_OK, 0), "and nothing else");
	is_int(rate_folder_remove(here, "deep"), RATE_OK, "twice is no failure");
	is_int(rate_folder_remove(here, "leaf/of-a-file"), RATE_FAIL, "below a file there is nothing to remove");
}

/* Another process holds the lock: its number is in the words. */
static void locked(void)
{
	int up[2], down[2], status = 0, lock;
	rate_error e = { "" };
	char c = 0, number[32];
	pid_t other;

	if (pipe(up) || pipe(down))
		bail_out("no pipe");
	fflush(stdout);
	if (!(other = fork())) {
		lock = rate_folder_lock(here, "run", &e);
		(void)!write(up[1], "x", 1);
		close(down[1]);
		(void)!read(down[0], &c, 1);
		_exit(lock < 0);
	}
	close(down[0]);
	(void)!read(up[0], &c, 1);
	is_int(rate_folder_lock(here, "run", &e), -1, "one at a time");
	snprintf(number, sizeof number, "process %ld;", (long)other);
	contains(e.text, number, "says who");
	contains(e.text, "run: another ratecheck is writing there", "and where");
	close(down[1]);
	waitpid(other, &status, 0);
	is_int(status, 0, "the other had it");
	rate_no_error(&e);
	lock = rate_folder_lock(here, "run", &e);
	ok(lock >= 0 && !*e.text, "and it is free when that one ends");
	close(lock);
	unlinkat(here, ".lock", 0);
	ok(!symlinkat("outside", here, ".lock"), "a link in its place");
	ok(rate_folder_lock(here, "run", &e) < 0 && strstr(e.text, "run/.lock: cannot be locked: "),
	   "is not opened: %s", e.text);
}

int main(void)
{
	char path[] = "/tmp/ratecheck-folder-XXXXXX";

	if (!mkdtemp(path))
		bail_out("no folder in /tmp");
	here = rate_folder_open(path, 1);
	ok(here >= 0, "a folder that is there is opened");
	links();
	what_is_no_file();
	moved_and_removed();
	locked();
	is_int(rate_folder_remove(here, "real"), RATE_OK, "an empty folder");
	close(here);
	here = rate_folder_open("/tmp", 0);
	is_int(rate_folder_remove(here, path + strlen("/tmp/")), RATE_OK, "all is cleared");
	ok(access(path, F_OK), "and gone");
	return done_testing();
}
