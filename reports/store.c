/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/store.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reports/draw.h"
#include "reports/folder.h"

#define RESULTS "results.jsonl"
#define PART "results.jsonl.part"
#define NEW ".results.jsonl"

typedef struct piece { off_t at; size_t length; } piece;

struct rate_store {
	const char *folder;
	int dir, curves, lock, out; /* descriptors; out: the lines, in the order in which they came */
	off_t end;                  /* of its whole lines */
	rate_kept *kept;            /* sorted by check */
	size_t kepts, orders;
	piece *order;               /* the lines in the order of the plan */
};

static int trouble(const rate_store *s, rate_error *error, const char *what, const char *name)
{
	int full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;

	return rate_fail(error, "%s/%s: cannot %s: %s%s", s->folder, name, what, strerror(errno),
	                 full ? "; make room, then --resume goes on from here" : "");
}

/* ---- Lines ---- */

/* What is there is whole lines, also after a disk was full. */
static int append(rate_store *s, const char *line, size_t n, piece *where)
{
	size_t done = 0;

	while (done < n) {
		ssize_t k = write(s->out, line + done, n - done);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0) {
			int why = errno;
			if (ftruncate(s->out, s->end))
				why = errno;
			errno = why;
			return RATE_FAIL;
		}
		done += (size_t)k;
	}
	*where = (piece){ s->end, n };
	s->end += (off_t)n;
	return RATE_OK;
}

static int come_next(rate_store *s, piece where)
{
	piece *grown = s->orders & (s->orders - 1)
	    ? s->order : realloc(s->order, (s->orders ? 2 * s->orders : 1) * sizeof *grown);

	if (!grown)
		return RATE_FAIL;
	s->order = grown;
	s->order[s->orders++] = where;
	return RATE_OK;
}

static int create(rate_store *s, const char *name)
{
	if (unlinkat(s->dir, name, 0) && errno != ENOENT)
		return -1;
	return openat(s->dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_APPEND | O_CLOEXEC, 0666);
}

/* ---- What a run before has left ---- */

static int by_check(const void *a, const void *b)
{
	return strcmp(((const rate_kept *)a)->check, ((const rate_kept *)b)->check);
}

static int names_check(const void *check, const void *kept)
{
	return strcmp(check, ((const rate_kept *)kept)->check);
}

/* A run on a path has a curve; it was lost if it is not there, or is that of another check. */
static int curve_is_lost(const rate_store *s, const json_t *o)
{
	char name[160], line[160] = "", want[160];
	const char *check = rate_field(o, "check");
	FILE *in;

	if (!*rate_field(o, "measurements") || rate_field_is(o, "statistic", "points"))
		return 0;
	snprintf(name, sizeof name, "%s.csv", check);
	snprintf(want, sizeof want, "# %s\n", check);
	if (!(in = rate_folder_read(s->curves, name)))
		return 1;
	if (!fgets(line, sizeof line, in) || fseek(in, -1, SEEK_END) || getc(in) != '\n')
		*line = 0;
	fclose(in);
	return strcmp(line, want) != 0;
}

static int verdict_of(const json_t *o)
{
	int code = 0;

	while (code <= RATE_NOT_APPLICABLE && !rate_field_is(o, "verdict", rate_verdict_name((rate_verdict_code)code)))
		code++;
	return code;
}

/* A line that is no result, or whose curve is lost, is not kept: the check is run again. */
static int keep_line(rate_store *s, const char *line, size_t n, const rate_store_options *options, json_t *seen)
{
	json_t *o = json_loadb(line, n, 0, NULL);
	const char *check = rate_field(o, "check");
	int code = verdict_of(o), rc = RATE_OK;
	rate_kept k = { .code = (rate_verdict_code)code, .control = rate_is_control(o), .length = n,
		            .sampled = rate_field_is(o, "statistic", "sampled") }, *grown;
	const json_t *beside = json_object_get(o, "beside"), *parts = json_object_get(beside, "parts");
	piece where;

	k.beside = json_is_object(beside);
	k.parts = json_is_true(parts) ? 1 : k.beside && !json_is_false(parts) ? -1 : 0;
	if (code <= RATE_NOT_APPLICABLE && rate_usable_name(check) && !json_object_get(seen, check) &&
	    !(options->retry && code == RATE_BROKEN) && !curve_is_lost(s, o)) {
		rc = append(s, line, n, &where);
		if (rc == RATE_OK && (grown = realloc(s->kept, (s->kepts + 1) * sizeof *grown))) {
			s->kept = grown;
			k.at = where.at;
			k.check = strdup(check);
			s->kept[s->kepts++] = k;
		}
		rc = rc || !grown || !k.check || json_object_set_new(seen, check, json_true()) ? RATE_FAIL : RATE_OK;
	}
	json_decref(o);
	return rc;
}

/* Keeps the whole lines of a file; a last line without its newline was cut by a kill. */
static int keep_lines(rate_store *s, const char *name, const rate_store_options *options, json_t *seen)
{
	FILE *in = rate_folder_read(s->dir, name);
	char *line = NULL;
	size_t capacity = 0;
	ssize_t n;
	int rc = RATE_OK;

	if (!in)
		return errno == ENOENT ? RATE_OK : RATE_FAIL;
	while (rc == RATE_OK && (n = getline(&line, &capacity, in)) > 0 && line[n - 1] == '\n')
		rc = keep_line(s, line, (size_t)n, options, seen);
	free(line);
	fclose(in);
	return rc;
}

/* Everything known is written before what it is taken from goes, so that a second kill loses nothing. */
static int take_over(rate_store *s, const rate_store_options *options)
{
	json_t *seen = json_object();
	int rc = !seen || keep_lines(s, PART, options, seen) || keep_lines(s, RESULTS, options, seen)
	    ? RATE_FAIL : RATE_OK;

	json_decref(seen);
	if (s->kepts)
		qsort(s->kept, s->kepts, sizeof *s->kept, by_check);
	return rc;
}

/* ---- run.json ---- */

static int differs(const rate_store *s, const char *what, const json_t *was, const json_t *is, rate_error *error)
{
	char *before = was ? json_dumps(was, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
	char *now = is ? json_dumps(is, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;

	rate_fail(error,
	          "%s/run.json: the run there has %s %s, this one %s; --resume wants the same, or another --output",
	          s->folder, what, before ? before : "unknown", now ? now : "none");
	free(before);
	free(now);
	return RATE_FAIL;
}

/* Results of another seed, of other options or files are not those of this run: it does not go on with them. */
static int same_run(const rate_store *s, const char *json, rate_error *error)
{
	FILE *in = rate_folder_read(s->dir, "run.json");
	json_t *old = in ? json_loadf(in, 0, NULL) : NULL, *new = json_loads(json, 0, NULL), *value;
	const json_t *files = json_object_get(old, "files");
	const char *key, *file;
	json_t *sum;
	int rc = RATE_OK;

	if (in)
		fclose(in);
	if (!json_is_object(old) && (rate_folder_has(s->dir, RESULTS) || rate_folder_has(s->dir, PART))) {
		rate_fail(error,
		          "%s/run.json: cannot be read, so that nobody knows what the results beside it are of; "
		          "--force writes over them, or name another folder", s->folder);
		rc = RATE_FAIL;
	}
	json_object_foreach(new, key, value) {
		if (!old || rc != RATE_OK || json_equal(json_object_get(old, key), value))
			continue;
		if (!strcmp(key, "files") && files) {
			json_object_foreach(value, file, sum)
				if (rc == RATE_OK && !json_equal(json_object_get(files, file), sum))
					rc = differs(s, file, json_object_get(files, file), sum, error);
			json_object_foreach((json_t *)(uintptr_t)files, file, sum)
				if (rc == RATE_OK && !json_object_get(value, file))
					rc = differs(s, file, sum, NULL, error);
		} else {
			rc = differs(s, key, json_object_get(old, key), value, error);
		}
	}
	json_decref(old);
	json_decref(new);
	return rc;
}

static int write_run(rate_store *s, const char *json)
{
	FILE *out = rate_folder_create(s->dir, ".run.json");
	int bad;

	if (!out)
		return RATE_FAIL;
	bad = fprintf(out, "%s\n", json) < 0;
	return fclose(out) || bad || rate_folder_move(s->dir, ".run.json", s->dir, "run.json") ? RATE_FAIL : RATE_OK;
}

/* ---- Opening ---- */

static int clear(const rate_store *s)
{
	static const char *const ours[] = { RESULTS, PART, NEW, "run.json", "curves", "figures", "latex", "theorems",
		                                "index.html", "report.css", "report.pdf", "handout.html",
		                                "handout.pdf" };
	int rc = RATE_OK;

	for (size_t i = 0; i < sizeof ours / sizeof *ours && rc == RATE_OK; i++)
		rc = rate_folder_remove(s->dir, ours[i]);
	return rc;
}

static int lines_open(rate_store *s, const rate_store_options *o, rate_error *error)
{
	if ((s->curves = rate_folder_in(s->dir, "curves")) < 0)
		return trouble(s, error, "be used", "curves");
	if ((s->out = create(s, NEW)) < 0 || (o->resume && take_over(s, o)) ||
	    rate_folder_move(s->dir, NEW, s->dir, PART))
		return trouble(s, error, "write", PART);
	return RATE_OK;
}

int rate_store_open(rate_store **out, const char *folder, const char *json, const rate_store_options *o,
                    rate_error *error)
{
	rate_store *s = calloc(1, sizeof *s);

	if (!(*out = s))
		return rate_fail(error, "out of memory");
	*s = (rate_store){ .folder = folder, .dir = rate_folder_open(folder, 1), .curves = -1, .lock = -1, .out = -1 };
	if (s->dir < 0)
		return rate_fail(error, "%s: cannot be used as a folder: %s", folder, strerror(errno));
	if ((s->lock = rate_folder_lock(s->dir, folder, error)) < 0)
		return RATE_FAIL;
	if (!o->resume && !o->force && (rate_folder_has(s->dir, RESULTS) || rate_folder_has(s->dir, PART)))
		return rate_fail(error,
		                 "%s: holds results; --resume goes on with them, --force writes over them, "
		                 "or name another folder", folder);
	if (o->resume && same_run(s, json, error))
		return RATE_FAIL;
	if (o->force && clear(s))
		return trouble(s, error, "be cleared", "");
	if (write_run(s, json))
		return trouble(s, error, "write", "run.json");
	return lines_open(s, o, error);
}

const rate_kept *rate_store_kept(const rate_store *s, const char *check)
{
	return s && s->kepts ? bsearch(check, s->kept, s->kepts, sizeof *s->kept, names_check) : NULL;
}

/* ---- Results ---- */

int rate_store_again(rate_store *s, const rate_kept *kept, rate_error *error)
{
	return come_next(s, (piece){ kept->at, kept->length }) ? trouble(s, error, "write", PART) : RATE_OK;
}

int rate_store_print(const rate_store *s, const rate_kept *kept, FILE *out)
{
	char *line = malloc(kept->length);
	int rc = line && pread(s->out, line, kept->length, kept->at) == (ssize_t)kept->length &&
	         fwrite(line, 1, kept->length, out) == kept->length;

	free(line);
	return rc ? RATE_OK : RATE_FAIL;
}

static int write_curve(rate_store *s, const rate_result *r, rate_error *error)
{
	char part[168], name[160];
	FILE *out;
	int none, bad;

	snprintf(name, sizeof name, "%s.csv", r->check->id);
	snprintf(part, sizeof part, ".%s", name);
	/* None is left from a run before. */
	if (rate_folder_remove(s->curves, name) || !(out = rate_folder_create(s->curves, part)))
		return trouble(s, error, "write", "curves");
	none = rate_curve_csv(out, r); /* a point theorem has no curve */
	bad = ferror(out);
	if (fclose(out) || bad || (!none && rate_folder_move(s->curves, part, s->curves, name))) {
		trouble(s, error, "write", "curves");
		rate_folder_remove(s->curves, part);
		return RATE_FAIL;
	}
	return none ? rate_folder_remove(s->curves, part) : RATE_OK;
}

int rate_store_result(rate_store *s, const rate_result *r, rate_error *error)
{
	char *line = NULL;
	size_t n = 0;
	FILE *out;
	piece where;
	int rc;

	/* The id names a file. */
	if (!rate_usable_name(r->check->id))
		return rate_fail(error, "%s: no id, so it has no place in %s", r->check->id, s->folder);
	if (r->measured && write_curve(s, r, error))
		return RATE_FAIL;
	if (!(out = open_memstream(&line, &n)))
		return trouble(s, error, "write", PART);
	rc = rate_json_result(out, r);
	if (fclose(out) || rc || append(s, line, n, &where) || come_next(s, where))
		rc = trouble(s, error, "write", PART);
	free(line);
	return rc;
}

/* ---- The end ---- */

static int in_order(const rate_store *s)
{
	off_t end = 0;

	for (size_t i = 0; i < s->orders; i++) {
		if (s->order[i].at != end)
			return 0;
		end += (off_t)s->order[i].length;
	}
	return end == s->end;
}

static int copy_piece(int from, rate_store *to, piece p)
{
	char *line = malloc(p.length);
	piece where;
	int rc = line && pread(from, line, p.length, p.at) == (ssize_t)p.length
	    ? append(to, line, p.length, &where) : RATE_FAIL;

	free(line);
	return rc;
}

/* What was kept and what is new, each line at its place in the plan. */
static int sort_lines(rate_store *s)
{
	int from = s->out, rc = RATE_OK;

	if ((s->out = create(s, NEW)) < 0)
		rc = RATE_FAIL;
	s->end = 0;
	for (size_t i = 0; i < s->orders && rc == RATE_OK; i++)
		rc = copy_piece(from, s, s->order[i]);
	close(from);
	return rc;
}

static int finish(rate_store *s)
{
	if (in_order(s))
		return rate_folder_move(s->dir, PART, s->dir, RESULTS);
	return sort_lines(s) || rate_folder_move(s->dir, NEW, s->dir, RESULTS) || rate_folder_remove(s->dir, PART)
	    ? RATE_FAIL : RATE_OK;
}

int rate_store_close(rate_store *s, int finished, rate_error *error)
{
	int rc = RATE_OK;

	if (!s)
		return RATE_OK;
	if (finished && finish(s))
		rc = trouble(s, error, "write", RESULTS);
	for (size_t i = 0; i < s->kepts; i++)
		free(s->kept[i].check);
	free(s->kept);
	free(s->order);
	/* The lock goes last. */
	const int open[] = { s->out, s->curves, s->dir, s->lock };
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		if (open[i] >= 0)
			close(open[i]);
	free(s);
	return rc;
}
