/* Where plugins are looked for, and the registry made of what is found there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/describe.h"

#include <cblas.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int listed(char *const *file, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(file[i], name))
			return 1;
	return 0;
}

static int add_folder(rate_registry *r, const char *folder)
{
	char **grown;

	if (!*folder || listed(r->folder, r->folders, folder))
		return RATE_OK;
	if (!(grown = realloc(r->folder, (r->folders + 1) * sizeof *grown)))
		return RATE_FAIL;
	r->folder = grown;
	r->folder[r->folders++] = strdup(folder);
	return RATE_OK;
}

static void add_folders(rate_registry *r, const char *list)
{
	char *copy = strdup(list ? list : ""), *rest = copy, *folder;

	while (copy && (folder = strsep(&rest, ":")))
		add_folder(r, folder);
	free(copy);
}

/* The folders that the program came with: one, or those of a build tree. */
static const char *own_folders(void)
{
	const char *installed = getenv("RATECHECK_PLUGINDIR");

	return installed ? installed : PLUGINDIR;
}

static void make_search_path(rate_registry *r)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char user[4096];

	add_folders(r, getenv("RATECHECK_PLUGIN_PATH"));
	if (data && *data)
		snprintf(user, sizeof user, "%s/ratecheck/plugins", data);
	else
		snprintf(user, sizeof user, "%s/.local/share/ratecheck/plugins", home ? home : "");
	add_folder(r, user);
	add_folders(r, own_folders());
}

static void mark_own(rate_registry *r, const char *folder)
{
	char *real = realpath(folder, NULL);
	size_t n = real ? strlen(real) : 0;

	for (size_t i = 0; n && i < r->count; i++) {
		const char *file = r->info[i]->file;
		if (!strncmp(file, real, n) && file[n] == '/' && !strchr(file + n + 1, '/'))
			r->info[i]->own = !r->info[i]->named;
	}
	free(real);
}

static void mark_all_own(rate_registry *r)
{
	char *copy = strdup(own_folders()), *rest = copy, *folder;

	while (copy && (folder = strsep(&rest, ":")))
		mark_own(r, folder);
	free(copy);
}

/* The reason why a file was refused, or NULL. */
static const char *refused(const rate_registry *r, const char *file)
{
	for (size_t i = 0; i < r->refusals; i++)
		if (!strcmp(r->refusal[i].file, file))
			return r->refusal[i].reason;
	return NULL;
}

static int known_file(const rate_registry *r, const char *file)
{
	for (size_t i = 0; i < r->count; i++)
		if (!strcmp(r->info[i]->file, file))
			return 1;
	return refused(r, file) != NULL;
}

/* The .so files of a folder in the order of their names; one that is not there is no fault. Files that are already
 * known under the same real path are passed over, so that a folder may stand twice in the path and hold links. */
static int describe_folder(rate_registry *r, const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	char **file = NULL, path[8192], *real;
	size_t count = 0;
	int rc;

	if (!dir)
		return RATE_OK;
	while ((e = readdir(dir))) {
		size_t n = strlen(e->d_name);
		if (n < 4 || strcmp(e->d_name + n - 3, ".so") || e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		real = realpath(path, NULL);
		if (!real || known_file(r, real) || listed(file, count, real)) {
			free(real);
			continue;
		}
		char **grown = realloc(file, (count + 1) * sizeof *grown);
		if (!grown)
			break;
		file = grown;
		file[count++] = real;
	}
	closedir(dir);
	if (count)
		qsort(file, count, sizeof *file, by_name);
	rc = rate_describe(r, (const char *const *)file, count, 0);
	for (size_t i = 0; i < count; i++)
		free(file[i]);
	free(file);
	return rc;
}

static int by_kind_and_id(const void *a, const void *b)
{
	const rate_class_info *x = *(rate_class_info *const *)a, *y = *(rate_class_info *const *)b;

	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	if (x->kind == RATE_THEOREMS && strcmp(x->chapter, y->chapter))
		return strcmp(x->chapter, y->chapter);
	return strcmp(x->id, y->id);
}

static void no_room(const rate_registry *r, rate_error *error)
{
	rate_fail(error, "%s", r && *r->trouble.text ? r->trouble.text : "out of memory");
}

int rate_registry_open(rate_registry **out, const char *const *files, size_t nfiles, rate_error *error)
{
	rate_registry *r = calloc(1, sizeof *r);

	*out = r;
	if (!r) {
		no_room(r, error);
		return RATE_FAIL;
	}
#ifdef HAVE_OPENBLAS_SET_NUM_THREADS
	/* before the first fork: the workers are the children, and the order of sums is fixed */
	openblas_set_num_threads(1);
#endif
	make_search_path(r);
	for (size_t i = 0; i < nfiles; i++)
		if (rate_registry_add(r, files[i], error) && !rate_is_refusal(r, error->text))
			return RATE_FAIL;
	for (size_t i = 0; i < r->folders; i++)
		if (describe_folder(r, r->folder[i])) {
			no_room(r, error);
			return RATE_FAIL;
		}
	mark_all_own(r);
	if (r->count)
		qsort(r->info, r->count, sizeof(*r->info), by_kind_and_id);
	return RATE_OK;
}

int rate_registry_add(rate_registry *r, const char *file, rate_error *error)
{
	char *real = realpath(file, NULL);
	const char *reason;
	int rc = RATE_OK;

	if (!real)
		return rate_fail(error, "%s: no such file", file);
	if (!known_file(r, real)) {
		const char *one[] = { real };
		rc = rate_describe(r, one, 1, 1);
	}
	if (rc != RATE_OK)
		no_room(r, error);
	else if ((reason = refused(r, real)))
		rc = rate_fail(error, "%s", reason);
	free(real);
	return rc;
}
