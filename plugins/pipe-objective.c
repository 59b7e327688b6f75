/* An objective that is a program. All that is known of it comes in the answer to `create`; oracles are asked block by
 * block.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/pipe-ahead.h"
#include "plugins/pipe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/load.h"

typedef struct object {
	rate_pipe *pipe;
	const rate_host *host;
	unsigned serial;
	json_t *about;       /* the answer */
	size_t d, n, normals; /* n: 0 if it is no sum */
	rate_finite_sum sum;
	rate_stream stream;
	rate_ahead ahead;
	double *packed;      /* room for rows without padding */
	size_t room;         /* doubles */
} object;

/* ---- Asking ---- */

/* Words of eight bytes before the block of x. */
typedef struct prefix {
	const void *at[2];
	size_t words[2];
} prefix;

static int failed(object *o)
{
	return o->host->fail(o->host, "%s", rate_program_error(o->pipe->program));
}

/* Rows without their padding. */
static const double *pack(object *o, size_t nrep, size_t ld, const double *x)
{
	if (ld == o->d || nrep == 1)
		return x;
	if (o->room < nrep * o->d) {
		free(o->packed);
		o->room = 0;
		if (!(o->packed = malloc(nrep * o->d * sizeof *o->packed)))
			return NULL;
		o->room = nrep * o->d;
	}
	for (size_t r = 0; r < nrep; r++)
		memcpy(o->packed + r * o->d, x + r * ld, o->d * sizeof *x);
	return o->packed;
}

/* out <- the answer, `width` numbers a row, rows out_ld apart. */
static int ask(object *o, uint32_t code, const char *what, size_t count, prefix before, size_t nrep, size_t ld,
               const double *x, size_t width, size_t out_ld, double *out)
{
	rate_bytes part[3] = { { before.at[0], 8 * before.words[0] }, { before.at[1], 8 * before.words[1] },
		                   { NULL, x ? nrep * o->d * sizeof *x : 0 } };
	size_t bytes = nrep * width * sizeof *out;
	const char *answer;
	rate_message head;

	if (o->serial != o->pipe->serial)
		return o->host->fail(o->host, "its program has been given to another");
	if (x && !(part[2].at = pack(o, nrep, ld, x)))
		return o->host->fail(o->host, "out of memory");
	if (rate_program_ask(o->pipe->program, what, code, nrep, count, part, 3, bytes, bytes, &head, &answer))
		return failed(o);
	if (head.bytes != bytes) {
		rate_program_complain(o->pipe->program, "answers %s with %llu bytes, %zu are wanted: %zu x %zu numbers",
		                      what, (unsigned long long)head.bytes, bytes, nrep, width);
		return failed(o);
	}
	for (size_t r = 0; r < nrep; r++)
		memcpy(out + r * out_ld, answer + r * width * sizeof *out, width * sizeof *out);
	return RATE_OK;
}

#define NOTHING (prefix){ { NULL, NULL }, { 0, 0 } }
#define ONE(word) (prefix){ { &(word), NULL }, { 1, 0 } }
#define TWO(word, other) (prefix){ { &(word), &(other) }, { 1, 1 } }
#define POINT(code, what, count, before, x, width, out) ask(self, code, what, count, before, 1, ((object *)self)->d, \
                                                            x, width, width, out)

/* ---- The oracles ---- */

static int value(void *self, const double *x, double *f)
{
	return POINT(RATE_ASK_VALUE, "`value`", 0, NOTHING, x, 1, f);
}

static int gradient(void *self, const double *x, double *g)
{
	return POINT(RATE_ASK_GRADIENT, "`gradient`", 0, NOTHING, x, ((object *)self)->d, g);
}

static int block_value(void *self, size_t nrep, size_t ld, const double *x, double *f)
{
	return ask(self, RATE_ASK_VALUE, "`value`", 0, NOTHING, nrep, ld, x, 1, 1, f);
}

static int block_gradient(void *self, size_t nrep, size_t ld, const double *x, const uint64_t *index,
                          size_t batch, double *g)
{
	object *o = self;

	if (!index)
		return ask(o, RATE_ASK_GRADIENT, "`gradient`", 0, NOTHING, nrep, ld, x, o->d, ld, g);
	if (!o->n) { /* one term, which is the whole function */
		return ask(o, RATE_ASK_GRADIENT, "`gradient`", 0, NOTHING, nrep, ld, x, o->d, ld, g);
	}
	return ask(o, RATE_ASK_TERM_GRADIENT, "`term_gradient`", batch,
	           (prefix){ { index, NULL }, { nrep * batch, 0 } }, nrep, ld, x, o->d, ld, g);
}

static size_t dim(void *self)
{
	return ((object *)self)->d;
}

static size_t count(void *self)
{
	return ((object *)self)->n;
}

static int terms(void *self, uint32_t code, size_t rows, const uint64_t *index, const double *x, size_t width,
                 double *out)
{
	return ask(self, code, code == RATE_ASK_TERM_VALUE ? "`term_value`" : "`term_gradient`", 1,
	           (prefix){ { index, NULL }, { rows, 0 } }, rows, ((object *)self)->d, x, width, width, out);
}

static int term_value(void *self, size_t i, const double *x, double *f)
{
	return rate_ahead_term(&((object *)self)->ahead, terms, self, RATE_ASK_TERM_VALUE, i, x, 1, f);
}

static int term_gradient(void *self, size_t i, const double *x, double *g)
{
	object *o = self;

	return rate_ahead_term(&o->ahead, terms, o, RATE_ASK_TERM_GRADIENT, i, x, o->d, g);
}

static int term_prox(void *self, size_t i, double gamma, const double *x, double *p)
{
	uint64_t index = i;

	return POINT(RATE_ASK_TERM_PROX, "`term_prox`", 1, TWO(index, gamma), x, ((object *)self)->d, p);
}

static int h_value(void *self, const double *x, double *h)
{
	return POINT(RATE_ASK_H_VALUE, "`h`", 0, NOTHING, x, 1, h);
}

static int prox(void *self, double gamma, const double *x, double *p)
{
	return POINT(RATE_ASK_PROX, "`prox`", 0, ONE(gamma), x, ((object *)self)->d, p);
}

static int project(void *self, const double *x, double *p)
{
	return POINT(RATE_ASK_PROJECT, "`project`", 0, NOTHING, x, ((object *)self)->d, p);
}

static int minimise(void *self, const double *c, double *s)
{
	return POINT(RATE_ASK_LMO, "`lmo`", 0, NOTHING, c, ((object *)self)->d, s);
}

static int hessian_product(void *self, const double *x, const double *v, double *out)
{
	object *o = self;

	return POINT(RATE_ASK_HESSIAN_PRODUCT, "`hessian_product`", 0, ((prefix){ { v, NULL }, { o->d, 0 } }),
	             x, o->d, out);
}

static size_t normals(void *self)
{
	return ((object *)self)->normals;
}

/* The round and the normals of the sample go before x. */
static int sample(void *self, uint32_t code, const char *what, const rate_stream_sample *s, const double *x,
                  size_t width, double *out)
{
	const prefix before = { { &s->t, s->normal }, { 1, s->normal ? ((object *)self)->normals : 0 } };

	return POINT(code, what, 0, before, x, width, out);
}

static int sample_value(void *self, const rate_stream_sample *s, const double *x, double *f)
{
	return sample(self, RATE_ASK_SAMPLE_VALUE, "`sample_value`", s, x, 1, f);
}

static int sample_gradient(void *self, const rate_stream_sample *s, const double *x, double *g)
{
	return sample(self, RATE_ASK_SAMPLE_GRADIENT, "`sample_gradient`", s, x, ((object *)self)->d, g);
}

static int comparator(void *self, uint64_t T, double *x)
{
	return POINT(RATE_ASK_COMPARATOR, "`comparator`", 0, ONE(T), NULL, ((object *)self)->d, x);
}

/* ---- What is known ---- */

static int scalar(void *self, const char *name, rate_constant *out)
{
	static const char *const kind[] = { [RATE_EXACT] = "exact", [RATE_UPPER] = "upper", [RATE_LOWER] = "lower" };
	const object *o = self;
	const json_t *c = json_object_get(json_object_get(o->about, "constants"), name);
	const char *word = json_string_value(json_object_get(c, "kind")),
	    *why = json_string_value(json_object_get(c, "why"));

	if (!c)
		return RATE_FAIL;
	out->kind = RATE_EXACT;
	for (unsigned k = RATE_EXACT; word && k <= RATE_LOWER; k++)
		if (!strcmp(word, kind[k]))
			out->kind = (rate_knowledge)k;
	out->value = json_is_object(c) ? json_number_value(json_object_get(c, "value")) : json_number_value(c);
	out->why = why ? why : "";
	return RATE_OK;
}

static int numbers(const json_t *a, size_t n, double *out)
{
	for (size_t j = 0; j < n; j++)
		out[j] = json_number_value(json_array_get(a, j));
	return RATE_OK;
}

static int vector(void *self, const char *name, size_t n, double *out)
{
	const json_t *a = json_object_get(json_object_get(((object *)self)->about, "vectors"), name);

	return a && json_array_size(a) == n ? numbers(a, n, out) : RATE_FAIL;
}

static int start(void *self, double *x)
{
	object *o = self;

	return numbers(json_object_get(o->about, "start"), o->d, x);
}

static int offers(const object *o, const char *what)
{
	json_t *v;
	size_t i;

	json_array_foreach(json_object_get(o->about, "offers"), i, v)
		if (json_string_value(v) && !strcmp(json_string_value(v), what))
			return 1;
	return 0;
}

static const void *interface(void *self, const char *name)
{
	static const rate_constants constants = { sizeof constants, scalar, vector };
	static const rate_block_oracles block = { .size = sizeof block, .value = block_value,
	                                          .gradient = block_gradient };
	static const rate_composite composite = { sizeof composite, h_value, prox };
	static const rate_projection projection = { sizeof projection, project };
	static const rate_lmo lmo = { sizeof lmo, minimise };
	static const rate_hessian hessian = { sizeof hessian, hessian_product, NULL };
	static const rate_start begin = { sizeof begin, start };
	object *o = self;
	const struct { const char *name; int there; const void *table; } table[] = {
		{ "constants/1", 1, &constants }, { "block/1", !o->stream.size, &block },
		{ "start/1", json_object_get(o->about, "start") != NULL, &begin },
		{ "finite-sum/1", o->n > 0, &o->sum }, { "stream/1", o->stream.size > 0, &o->stream },
		{ "composite/1", offers(o, "prox"), &composite },
		{ "projection/1", offers(o, "project"), &projection }, { "lmo/1", offers(o, "lmo"), &lmo },
		{ "hessian/1", offers(o, "hessian_product"), &hessian },
	};

	for (size_t k = 0; k < sizeof table / sizeof *table; k++)
		if (!strcmp(table[k].name, name))
			return table[k].there ? table[k].table : NULL;
	return NULL;
}

/* ---- Create ---- */

/* What is wrong with the answer, in words, or NULL. */
static const char *fault_of(const object *o)
{
	static char text[160];
	const char *name;
	json_t *v, *number;
	size_t i;
	const json_t *about = o->about, *start_of = json_object_get(about, "start");

	if (!json_is_integer(json_object_get(about, "d")) || json_integer_value(json_object_get(about, "d")) < 1)
		return "names no dimension (\"d\": 4)";
	if (json_object_get(about, "n") && json_integer_value(json_object_get(about, "n")) < 1)
		return "names a number n of terms that is none";
	if (start_of && json_array_size(start_of) != o->d)
		return "has a start that is no list of d numbers";
	json_array_foreach(start_of, i, v)
		if (!json_is_number(v))
			return "has a start that is no list of d numbers";
	json_object_foreach(json_object_get(about, "constants"), name, v) {
		const char *kind = json_string_value(json_object_get(v, "kind"));
		snprintf(text, sizeof text, "says of the constant %.60s what is neither a number nor {value, "
		                            "kind (exact, upper, lower)}", name);
		if (!json_is_number(v) &&
		    (!json_is_number(json_object_get(v, "value")) || (kind && strcmp(kind, "exact") &&
		                           strcmp(kind, "upper") && strcmp(kind, "lower"))))
			return text;
	}
	json_object_foreach(json_object_get(about, "vectors"), name, v) {
		size_t size = !strcmp(name, "x_star") ? o->d : o->n;
		snprintf(text, sizeof text, "says that %.60s has %zu numbers, there should be %zu", name,
		         json_array_size(v), size);
		if (json_array_size(v) != size)
			return text;
		snprintf(text, sizeof text, "has %.60s with an entry that is no number", name);
		json_array_foreach(v, i, number)
			if (!json_is_number(number))
				return text;
	}
	return NULL;
}

static int write_text(FILE *out, const rate_pipe *p, const rate_args *args)
{
	fprintf(out, "objective %s\nseed %llu\n", p->info->id, (unsigned long long)args->seed);
	for (size_t i = 0; i < p->info->params && i < args->count; i++) {
		const rate_value *v = &args->value[i];
		const char *name = p->info->param[i].name;
		if (p->info->param[i].type == RATE_INTEGER)
			fprintf(out, "%s %lld\n", name, (long long)v->integer);
		else if (p->info->param[i].type == RATE_REAL)
			fprintf(out, "%s %.17g\n", name, v->real);
		else if (strchr(v->text, '\n'))
			return RATE_FAIL;
		else
			fprintf(out, "%s %s\n", name, v->text);
	}
	return RATE_OK;
}

static void destroy(void *self)
{
	object *o = self;

	if (o->serial == o->pipe->serial) {
		rate_program_stop(o->pipe->program);
		o->pipe->program = NULL;
	}
	json_decref(o->about);
	rate_ahead_free(&o->ahead);
	free(o->packed);
	free(o);
}

static int open_object(object *o, const char *text)
{
	rate_error error;
	const char *fault;
	json_t *stream;

	if (!(o->about = rate_pipe_create(o->pipe, text, &error)))
		return o->host->fail(o->host, "%s", error.text);
	o->serial = o->pipe->serial;
	o->d = (size_t)json_integer_value(json_object_get(o->about, "d"));
	o->n = (size_t)json_integer_value(json_object_get(o->about, "n"));
	if ((fault = fault_of(o))) {
		rate_program_complain(o->pipe->program, "%s in its answer to `create`", fault);
		return failed(o);
	}
	o->ahead = (rate_ahead){ .n = o->n, .d = o->d };
	o->sum = (rate_finite_sum){ sizeof o->sum, count, term_value, term_gradient,
	                            offers(o, "term_prox") ? term_prox : NULL };
	if ((stream = json_object_get(o->about, "stream"))) {
		o->normals = (size_t)json_integer_value(json_object_get(stream, "normals"));
		o->stream = (rate_stream){ sizeof o->stream, json_is_true(json_object_get(stream, "deterministic")),
			                       normals, sample_value, sample_gradient,
			                       offers(o, "comparator") ? comparator : NULL };
	}
	return RATE_OK;
}

static int create(int slot, const rate_host *host, const rate_args *args, void **self)
{
	object *o = calloc(1, sizeof *o);
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	int rc;

	if (!o || !out)
		return host->fail(host, "out of memory");
	*o = (object){ .pipe = rate_pipe_of(slot), .host = host };
	rc = write_text(out, o->pipe, args);
	fclose(out);
	rc = rc != RATE_OK ? host->fail(host, "a parameter of a program has no line ends in it") : open_object(o, text);
	free(text);
	if (rc == RATE_OK)
		*self = o;
	else {
		json_decref(o->about);
		free(o);
	}
	return rc;
}

#define CREATE(k) \
	static int create##k(const rate_host *host, const rate_args *args, void **self) \
	{ \
		return create(k, host, args, self); \
	}
#define NAME(k) create##k,
RATE_SLOTS(CREATE)
static int (*const creates[])(const rate_host *host, const rate_args *args, void **self) = { RATE_SLOTS(NAME) };

int rate_pipe_objective(rate_pipe *p, int slot)
{
	const rate_class_info *c = p->info;

	p->objective = (rate_objective){ .size = sizeof p->objective, .abi = RATE_ABI, .id = c->id, .title = c->title,
		.summary = c->summary, .source = c->source, .flags = c->flags, .create = creates[slot],
		.destroy = destroy, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
	return RATE_OK;
}
