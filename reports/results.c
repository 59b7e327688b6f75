/* Lines of results.jsonl: read, and what stands in one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports/draw.h"
#include "reports/folder.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *rate_field(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

void rate_unjudged(const json_t *o, char *out, size_t size)
{
	double n = rate_field_real(o, "unjudged_steps");

	*out = 0;
	if (n > 0)
		snprintf(out, size, "%.0f step%s not judged: there the bound is too small to be told from rounding.", n,
		         n == 1 ? " is" : "s are");
}

const char *rate_objective_name(const json_t *o)
{
	const char *brief = rate_field(o, "brief");

	return *brief ? brief : rate_field(o, "objective");
}

double rate_field_real(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);

	return json_is_number(v) ? json_number_value(v) : NAN;
}

int rate_field_is(const json_t *o, const char *key, const char *value)
{
	return !strcmp(rate_field(o, key), value);
}

int rate_is_control(const json_t *o)
{
	return rate_field_is(o, "role", "control");
}

rate_side rate_side_of(const json_t *o)
{
	return rate_kind_called(rate_field(o, "kind"))->side;
}

int rate_usable_name(const char *id)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-.";

	return *id && strspn(id, letters) == strlen(id) && *id != '.' && *id != '-' && strlen(id) <= 96;
}

static int take_line(json_t *all, const char *path, size_t number, const char *line, rate_error *error)
{
	json_error_t e;
	json_t *o;

	if (!line[strspn(line, " \t\r\n")])
		return RATE_OK;
	if (!(o = json_loads(line, 0, &e)))
		return rate_fail(error, "%s:%zu: %s", path, number, e.text);
	if (!rate_usable_name(rate_field(o, "check")) || !rate_usable_name(rate_field(o, "theorem"))) {
		json_decref(o);
		return rate_fail(error, "%s:%zu: not a result: \"check\" or \"theorem\" is missing or no id "
		                 "([a-z0-9][a-z0-9.-]*)", path, number);
	}
	if (json_object_set_new(o, RATE_LINE, json_integer((json_int_t)json_array_size(all))) ||
	    json_array_append_new(all, o)) {
		return rate_fail(error, "out of memory");
	}
	return RATE_OK;
}

json_t *rate_read_results(const char *folder, rate_error *error)
{
	char path[4096], *line = NULL;
	size_t capacity = 0, number = 0;
	json_t *all = json_array();
	int dir = rate_folder_open(folder, 0), rc = RATE_OK;
	FILE *in = dir < 0 ? NULL : rate_folder_read(dir, "results.jsonl");

	snprintf(path, sizeof path, "%s/results.jsonl", folder);
	if (dir >= 0)
		close(dir);
	if (!all || !in) {
		rate_fail(error, "%s: cannot read: %s; `ratecheck verify --output %s` writes it", path,
		          strerror(errno), folder);
		json_decref(all);
		return NULL;
	}
	while (rc == RATE_OK && getline(&line, &capacity, in) > 0)
		rc = take_line(all, path, ++number, line, error);
	free(line);
	fclose(in);
	if (rc == RATE_OK && !json_array_size(all)) {
		rate_fail(error, "%s: holds no result", path);
		rc = RATE_FAIL;
	}
	if (rc != RATE_OK) {
		json_decref(all);
		return NULL;
	}
	return all;
}
