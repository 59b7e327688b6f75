/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/store.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct rate_store {
	char *folder, path[4096], final[4096];
	FILE *out;
	rate_kept *kept; /* sorted by check */
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

static int by_check(const void *a, const void *b)
{
	return strcmp(((const rate_kept *)a)->check, ((const rate_kept *)b)->check);
}

static int names_check(const void *check, const void *kept)
{
	return strcmp(check, ((const rate_kept *)kept)->check);
}

static const char *text_of(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));

	return text ? text : "";
}

/* A line that says nothing of a check, as after a full disk, is not kept: the check is run again. */
static int keep_line(rate_store *s, const char *line)
{
	json_t *o = json_loads(line, 0, NULL);
	rate_kept k = { .control = !strcmp(text_of(o, "role"), "control"), .sampled = !strcmp(text_of(o, "statistic"), "sampled") };
	rate_kept *grown;
	int rc = RATE_OK;

	while (k.code <= RATE_NOT_APPLICABLE && strcmp(text_of(o, "verdict"), rate_verdict_name(k.code)))
		k.code++;
	if (*text_of(o, "check") && k.code <= RATE_NOT_APPLICABLE) {
		if (!(grown = realloc(s->kept, (s->kepts + 1) * sizeof *grown)) || !(s->kept = grown, k.line = strdup(line)) ||
		    !(k.check = strdup(text_of(o, "check"))))
			rc = RATE_FAIL;
		else
			s->kept[s->kepts++] = k;
	}
	json_decref(o);
	return rc;
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
	while ((n = getline(&line, &capacity, in)) > 0)
		if (line[n - 1] != '\n' || keep_line(s, line))
			break;
	free(line);
	fclose(in);
}

/* Results of another seed or version are not those of this run: it does not go on with them. */
static int same_run(const char *folder, const char *json, char *error, size_t size)
{
	char path[4200], *was = NULL, *asked = NULL;
	const char *key;
	json_t *old, *new = json_loads(json, 0, NULL), *value;
	int rc = RATE_OK;

	snprintf(path, sizeof path, "%s/run.json", folder);
	old = json_load_file(path, 0, NULL);
	json_object_foreach(new, key, value)
		if (old && rc == RATE_OK && !json_equal(json_object_get(old, key), value)) {
			was = json_dumps(json_object_get(old, key), JSON_ENCODE_ANY);
			asked = json_dumps(value, JSON_ENCODE_ANY);
			snprintf(error, size, "%s: the run there has %s %s, this one %s; --resume wants the same, or another --output", path,
			         key, was ? was : "unknown", asked ? asked : "");
			rc = RATE_FAIL;
		}
	free(was);
	free(asked);
	json_decref(old);
	json_decref(new);
	return rc;
}

static int write_run(const char *folder, const char *json, char *error, size_t size)
{
	char path[4200], part[4200];
	FILE *out;

	snprintf(path, sizeof path, "%s/run.json", folder);
	snprintf(part, sizeof part, "%s/.run.json", folder);
	if (!(out = fopen(part, "w")))
		return trouble(error, size, "write", part);
	fprintf(out, "%s\n", json);
	if (fclose(out) || rename(part, path))
		return trouble(error, size, "write", path);
	return RATE_OK;
}

int rate_store_open(rate_store **out, const char *folder, const char *json, int resume, char *error, size_t size)
{
	rate_store *s = calloc(1, sizeof *s);

	*out = s;
	if (!s || !(s->folder = strdup(folder)))
		return trouble(error, size, "be used", folder);
	snprintf(s->path, sizeof s->path, "%s/curves", folder);
	if (make_folder(folder) || make_folder(s->path))
		return trouble(error, size, "be made", folder);
	if ((resume && same_run(folder, json, error, size)) || write_run(folder, json, error, size))
		return RATE_FAIL;
	snprintf(s->final, sizeof s->final, "%s/results.jsonl", folder);
	snprintf(s->path, sizeof s->path, "%s/results.jsonl.part", folder);
	if (resume) {
		keep_lines(s, s->final);
		keep_lines(s, s->path);
		if (s->kepts)
			qsort(s->kept, s->kepts, sizeof *s->kept, by_check);
	}
	if (!(s->out = fopen(s->path, "w")))
		return trouble(error, size, "write", s->path);
	/* Everything known is written back first, so that a second kill loses nothing. */
	for (size_t i = 0; i < s->kepts; i++)
		fputs(s->kept[i].line, s->out);
	fflush(s->out);
	if (s->kepts) {
		fclose(s->out);
		snprintf(s->path, sizeof s->path, "%s/results.jsonl.new", folder);
		if (!(s->out = fopen(s->path, "w")))
			return trouble(error, size, "write", s->path);
	}
	return RATE_OK;
}

const rate_kept *rate_store_kept(const rate_store *s, const char *check)
{
	return s && s->kepts ? bsearch(check, s->kept, s->kepts, sizeof *s->kept, names_check) : NULL;
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
	for (size_t i = 0; i < s->kepts; i++) {
		free(s->kept[i].check);
		free(s->kept[i].line);
	}
	free(s->kept);
	free(s->folder);
	free(s);
	return rc;
}
