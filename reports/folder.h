/* Results folders on disk. Nothing is written outside of them and no symbolic link in them is followed: a file is made
 * under a new name and renamed, which replaces a link by the file. */
#ifndef REPORTS_FOLDER_H
#define REPORTS_FOLDER_H

#include <stdio.h>
#include <stddef.h>

#include "plugins/error.h"

/* All take a descriptor of the folder, and return -1, NULL or RATE_FAIL with errno set. */
int rate_folder_open(const char *path, int make);
/* A folder in it, made if it is not there; a link is none. */
int rate_folder_in(int folder, const char *name);
/* A new file in the place of whatever stood there. */
FILE *rate_folder_create(int folder, const char *name);
/* A plain file, to be read; no link, no pipe. */
FILE *rate_folder_read(int folder, const char *name);
int rate_folder_has(int folder, const char *name); /* a plain file that is not empty */
int rate_folder_move(int from, const char *name, int to, const char *new_name);
/* A folder and all in it; that there is none is no failure. */
int rate_folder_remove(int folder, const char *name);

/* One run at a time writes to a folder: a lock that ends with this process and that no child shares. -1 with one line
 * in error, which says who holds it. */
int rate_folder_lock(int folder, const char *path, rate_error *error);

#endif
