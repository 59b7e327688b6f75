/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct rate_store {
	char *folder, path[4096], final[4096];
	FILE *out;
	char **kept;
	size_t kepts;
};

static int trouble(char *error, size_t size, const char *what, const char *path)
{
	snprintf(error, size, "%s: cannot %s: %s", path, what, strerror(errno));
	return RATE_FAIL;
}

static int make_folder(const char *path)
{
	return mkdir(path, 0777) && errno != EEXIST ? RATE_FAIL : RATE_OK;
}

/* Keeps the whole lines of a file; a last line without its newline was cut by a kill and is dropped. */
static void keep_lines(rate_store *s, const char *path)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t capacity = 0;
	ssize_t n;

	if (!in)
		return;
	while ((n = getline(&line, &capacity, in)) > 0) {
		if (line[n - 1] != '\n')
			break;
		char **grown = realloc(s->kept, (s->kepts + 1) * sizeof(*grown));
		if (!grown || !(s->kept = grown, s->kept[s->kepts] = strdup(line)))
			break;
		s->kepts++;
	}
	free(line);
	fclose(in);
}

int rate_store_open(rate_store **out, const char *folder, int resume, char *error, size_t size)
{
	rate_store *s = calloc(1, sizeof *s);

	*out = s;
	if (!s || !(s->folder = strdup(folder)))
		return trouble(error, size, "be used", folder);
	snprintf(s->path, sizeof s->path, "%s/curves", folder);
	if (make_folder(folder) || make_folder(s->path))
		return trouble(error, size, "be made", folder);
	snprintf(s->final, sizeof s->final, "%s/results.jsonl", folder);
	snprintf(s->path, sizeof s->path, "%s/results.jsonl.part", folder);
	if (resume) {
		keep_lines(s, s->final);
		keep_lines(s, s->path);
	}
	if (!(s->out = fopen(s->path, "w")))
		return trouble(error, size, "write", s->path);
	/* Everything known is written back first, so that a second kill loses nothing. */
	for (size_t i = 0; i < s->kepts; i++)
		fputs(s->kept[i], s->out);
	fflush(s->out);
	if (s->kepts) {
		fclose(s->out);
		snprintf(s->path, sizeof s->path, "%s/results.jsonl.new", folder);
		if (!(s->out = fopen(s->path, "w")))
			return trouble(error, size, "write", s->path);
	}
	return RATE_OK;
}

const char *rate_store_kept(const rate_store *s, const char *check)
{
	char key[160];

	snprintf(key, sizeof key, "\"check\":\"%s\"", check);
	for (size_t i = 0; s && i < s->kepts; i++)
		if (strstr(s->kept[i], key))
			return s->kept[i];
	return NULL;
}

int rate_store_line(rate_store *s, const char *line, char *error, size_t size)
{
	if (fputs(line, s->out) < 0 || fflush(s->out))
		return trouble(error, size, "write", s->path);
	return RATE_OK;
}

static int write_curve(rate_store *s, const rate_result *r, char *error, size_t size)
{
	char part[4200], path[4200];
	FILE *out;

	snprintf(path, sizeof path, "%s/curves/%s.csv", s->folder, r->check->id);
	snprintf(part, sizeof part, "%s/curves/.%s.csv", s->folder, r->check->id);
	if (!(out = fopen(part, "w")))
		return trouble(error, size, "write", part);
	/* A point theorem has no curve. */
	if (rate_curve_csv(out, r)) {
		fclose(out);
		remove(part);
		return RATE_OK;
	}
	if (fclose(out) || rename(part, path))
		return trouble(error, size, "write", path);
	return RATE_OK;
}

int rate_store_result(rate_store *s, const rate_result *r, char *error, size_t size)
{
	if (r->measured && write_curve(s, r, error, size))
		return RATE_FAIL;
	if (rate_json_result(s->out, r) || fflush(s->out))
		return trouble(error, size, "write", s->path);
	return RATE_OK;
}

int rate_store_run(rate_store *s, const char *json, char *error, size_t size)
{
	char path[4200], part[4200];
	FILE *out;

	snprintf(path, sizeof path, "%s/run.json", s->folder);
	snprintf(part, sizeof part, "%s/.run.json", s->folder);
	if (!(out = fopen(part, "w")))
		return trouble(error, size, "write", part);
	fprintf(out, "%s\n", json);
	if (fclose(out) || rename(part, path))
		return trouble(error, size, "write", path);
	return RATE_OK;
}

int rate_store_close(rate_store *s, int finished, char *error, size_t size)
{
	char old[4200];
	int rc = RATE_OK;

	if (!s)
		return RATE_OK;
	if (s->out && fclose(s->out))
		rc = trouble(error, size, "write", s->path);
	if (rc == RATE_OK && finished) {
		if (rename(s->path, s->final))
			rc = trouble(error, size, "rename", s->path);
		snprintf(old, sizeof old, "%s/results.jsonl.part", s->folder);
		if (strcmp(old, s->path))
			remove(old);
	}
	for (size_t i = 0; i < s->kepts; i++)
		free(s->kept[i]);
	free(s->kept);
	free(s->folder);
	free(s);
	return rc;
}
