/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/load.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/isolate.h"
#include "plugins/pipe.h"

#if defined(__x86_64__)
#define MACHINE EM_X86_64
#elif defined(__aarch64__)
#define MACHINE EM_AARCH64
#else
#define MACHINE 0 /* not tested for */
#endif

typedef struct loaded {
	struct loaded *next;
	char *file;
	rate_plugin plugin; /* of widened classes */
} loaded;

/* dlopen explains badly what is no library at all, so the ELF header is read first. */
static int check_elf(const char *file, rate_error *error)
{
	FILE *in = fopen(file, "rb");
	Elf64_Ehdr h = { 0 };
	size_t n;

	if (!in)
		return rate_fail(error, "%s: %s", file, strerror(errno));
	n = fread(&h, 1, sizeof h, in);
	fclose(in);
	if (n < sizeof h || memcmp(h.e_ident, ELFMAG, SELFMAG))
		return rate_fail(error, "%s: not an ELF file; a plugin is built with `cc -O2 -shared -fPIC`",
		                 file);
	if (h.e_ident[EI_CLASS] != (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32) ||
	    h.e_ident[EI_DATA] != (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB) ||
	    (MACHINE && h.e_machine != MACHINE))
		return rate_fail(error, "%s: built for another architecture (ELF machine %u, this program is %u); "
		                        "rebuild it here", file, h.e_machine, (unsigned)MACHINE);
	return RATE_OK;
}

static int refuse(rate_error *error, const char *file, const char *id, const char *what)
{
	return rate_fail(error, "%s: %s%s%s; see `ratecheck/abi.h` and rebuild it", file, id ? id : "",
	                 id ? ": " : "", what);
}

static int check_head(const char *file, const char *id, uint32_t got, uint32_t least, uint32_t abi,
                      rate_error *error)
{
	char what[200];

	if (abi != RATE_ABI) {
		snprintf(what, sizeof what, "built for plugin ABI %u, this program speaks %u", abi, RATE_ABI);
		return refuse(error, file, id, what);
	}
	if (got < least) {
		snprintf(what, sizeof what, "its struct has %u bytes, at least %u are wanted (is .size set to sizeof?)",
		         got, least);
		return refuse(error, file, id, what);
	}
	return RATE_OK;
}

#define UP_TO(type, field) ((uint32_t)(offsetof(type, field) + sizeof(((const type *)0)->field)))

/* A struct that begins with its size, as this program knows it: what theirs ends before is zero. Lives until the
 * child ends. */
static void *widened(const void *theirs, size_t ours)
{
	uint32_t size;
	char *copy = calloc(1, ours);

	if (!copy)
		return NULL;
	memcpy(&size, theirs, sizeof size);
	size = size < ours ? size : (uint32_t)ours;
	memcpy(copy, theirs, size);
	memcpy(copy, &size, sizeof size);
	return copy;
}

/* Ids stand in file names, commands and tables; files are named by theorems, also where a and A are one name. */
int rate_is_id(rate_class kind, const char *id)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_" "abcdefghijklmnopqrstuvwxyz0123456789.-";
	size_t n = id ? strlen(id) : 0;

	return n && n <= RATE_ID_MOST && !strchr(".-_", id[0]) &&
	       strspn(id, kind == RATE_THEOREMS ? strchr(letters, 'a') : letters) == n;
}

static int check_id(const char *file, rate_class kind, const char *id, rate_error *error)
{
	static const char *const name[] = { "an objective", "a method", "a theorem" };

	if (rate_is_id(kind, id))
		return RATE_OK;
	return rate_fail(error, "%s: '%.80s' is no id for %s: at most %d %sletters, digits, %s are wanted, a letter or "
	                        "a digit first", file, id ? id : "", name[kind], RATE_ID_MOST,
	                 kind == RATE_THEOREMS ? "lower-case " : "",
	                 kind == RATE_THEOREMS ? ". and -" : "., - and _");
}

/* A stride below the row that version 1 knows would have the reader step into the next row. */
static int check_rows(const char *file, const char *id, rate_rows rows, size_t least, rate_error *error)
{
	if (rows.count && (!rows.row || rows.stride < least))
		return refuse(error, file, id,
		              "a table of rows is empty or its stride is too small; fill it in with RATE_ROWS");
	return RATE_OK;
}

static int check_params(const char *file, const char *id, rate_rows rows, rate_error *error)
{
	if (check_rows(file, id, rows, UP_TO(rate_param, doc), error))
		return RATE_FAIL;
	for (uint32_t i = 0; i < rows.count; i++) {
		const rate_param *p = (const void *)((const char *)rows.row + (size_t)i * rows.stride);
		if (!p->name || !*p->name || strpbrk(p->name, "=,:+ \t\n"))
			return refuse(error, file, id,
			              "a parameter has no name, or one with one of = , : + and blanks in it");
		if (p->type < RATE_REAL || p->type > RATE_REALS || (p->type == RATE_CHOICE && !p->choices))
			return refuse(error, file, id, "a parameter has no type, or no choices");
	}
	return RATE_OK;
}

static int check_list(const char *file, const char *id, rate_list list, const char *what, rate_error *error)
{
	const char *const *text = list.item;

	for (uint32_t i = 0; i < list.count; i++)
		if (!text || !text[i] || !*text[i])
			return refuse(error, file, id, what);
	return RATE_OK;
}

static int check_schedules(const char *file, const char *id, uint32_t count, rate_error *error)
{
	char what[96];

	if (count <= RATE_SCHEDULES_MOST)
		return RATE_OK;
	snprintf(what, sizeof what, "it has %u step sequences, at most %d are possible", count, RATE_SCHEDULES_MOST);
	return refuse(error, file, id, what);
}

static int check_objective(const char *file, const rate_objective *o, rate_error *error)
{
	if (check_head(file, NULL, o->size, UP_TO(rate_objective, gradient), o->abi, error) ||
	    check_id(file, RATE_OBJECTIVES, o->id, error))
		return RATE_FAIL;
	if (!o->create || !o->dim || !o->value || !o->gradient)
		return refuse(error, file, o->id, "an objective needs id, create, dim, value and gradient");
	return check_params(file, o->id, o->params, error);
}

static int check_method(const char *file, const rate_method *m, rate_error *error)
{
	if (check_head(file, NULL, m->size, UP_TO(rate_method, step), m->abi, error) ||
	    check_id(file, RATE_METHODS, m->id, error))
		return RATE_FAIL;
	if (!m->step || !m->state.count)
		return refuse(error, file, m->id, "a method needs id, step and a state block x");
	if (check_params(file, m->id, m->params, error) ||
	    check_rows(file, m->id, m->state, UP_TO(rate_state, doc), error) ||
	    check_list(file, m->id, m->schedules, "a step sequence has no name", error))
		return RATE_FAIL;
	for (uint32_t i = 0; i < m->state.count; i++)
		if (!((const rate_state *)(const void *)((const char *)m->state.row +
		                                         (size_t)i * m->state.stride))->name)
			return refuse(error, file, m->id, "a state block has no name");
	return check_schedules(file, m->id, m->schedules.count, error);
}

static int check_theorem(const char *file, const rate_theorem *t, rate_error *error)
{
	if (check_head(file, NULL, t->size, UP_TO(rate_theorem, control), t->abi, error) ||
	    check_id(file, RATE_THEOREMS, t->id, error))
		return RATE_FAIL;
	if (!t->chapter || t->kind < RATE_DETERMINISTIC || t->kind > RATE_IDENTITY)
		return refuse(error, file, t->id, "a theorem needs id, chapter and kind");
	if (t->evaluate ? t->method != NULL : !t->method || !t->measure || (!t->bound && !(t->flags & RATE_PATH_BOUND)))
		return refuse(error, file, t->id,
		              "a run theorem needs method, measure and bound; a point theorem needs evaluate and no "
		              "method");
	if (check_params(file, t->id, t->params, error) ||
	    check_list(file, t->id, t->needs, "one of its needs has no name", error))
		return RATE_FAIL;
	return check_schedules(file, t->id, t->schedules, error);
}

/* What differs between the kinds of class. Their checks take the class as the plugin has it: nothing is read beyond
 * its size. */
struct kind {
	const char *name;
	size_t list, size; /* offset of the list in rate_plugin; bytes of the class */
	int (*check)(const char *file, const void *cls, rate_error *error);
};

#define CHECK(kind) \
	static int check_a_##kind(const char *file, const void *cls, rate_error *error) \
	{ \
		return check_##kind(file, cls, error); \
	}
CHECK(objective)
CHECK(method)
CHECK(theorem)

static const struct kind kinds[] = {
	[RATE_OBJECTIVES] = { "objectives", offsetof(rate_plugin, objectives), sizeof(rate_objective),
	                      check_a_objective },
	[RATE_METHODS] = { "methods", offsetof(rate_plugin, methods), sizeof(rate_method), check_a_method },
	[RATE_THEOREMS] = { "theorems", offsetof(rate_plugin, theorems), sizeof(rate_theorem), check_a_theorem },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* The list that `p` has of a kind becomes one of widened classes. */
static int widen(rate_plugin *p, const struct kind *k, const char *file, rate_error *error)
{
	rate_list *list = (rate_list *)(void *)((char *)p + k->list);
	const void *const *theirs = list->item;
	const void **ours = calloc((size_t)list->count + 1, sizeof *ours);

	for (uint32_t i = 0; ours && i < list->count; i++) {
		if (!theirs || !theirs[i])
			return refuse(error, file, k->name,
			              "the list has an empty place; fill it in with RATE_LIST");
		if (k->check(file, theirs[i], error))
			return RATE_FAIL;
		if (!(ours[i] = widened(theirs[i], k->size)))
			ours = NULL;
	}
	if (!ours)
		return refuse(error, file, NULL, "out of memory");
	list->item = ours;
	return RATE_OK;
}

int rate_load_file(const rate_plugin **out, const char *file, rate_error *error)
{
	static loaded *cache; /* a child loads few files and keeps them until it ends */
	char path[4096];
	const rate_plugin *p;
	void *handle;
	loaded *l;

	for (l = cache; l; l = l->next)
		if (!strcmp(l->file, file)) {
			*out = &l->plugin;
			return RATE_OK;
		}
	if (check_elf(file, error))
		return RATE_FAIL;
	/* Without a '/' dlopen would search the system's library path. */
	snprintf(path, sizeof path, "%s%s", strchr(file, '/') ? "" : "./", file);
	if (!(handle = dlopen(path, RTLD_NOW | RTLD_LOCAL))) {
		const char *why = dlerror();
		return rate_fail(error, "%s: cannot be loaded: %s; link what it needs into it", file,
		                 why ? why : "unknown");
	}
	if (!(p = dlsym(handle, "ratecheck_plugin")))
		return refuse(error, file, NULL,
		              "no symbol ratecheck_plugin; end the file with RATE_PLUGIN(...)");
	if (check_head(file, NULL, p->size, UP_TO(rate_plugin, theorems), p->abi, error))
		return RATE_FAIL;
	if (!p->signature || strcmp(p->signature, RATE_SIGNATURE))
		return rate_fail(error, "%s: built with signature '%s', this program has '%s'; "
		                 "rebuild it with this machine's compiler", file,
		                 p->signature ? p->signature : "", RATE_SIGNATURE);
	if (!(l = malloc(sizeof *l)) || !(l->file = strdup(file)))
		return refuse(error, file, NULL, "out of memory");
	memset(&l->plugin, 0, sizeof l->plugin);
	memcpy(&l->plugin, p, p->size < sizeof *p ? p->size : sizeof *p);
	for (int k = 0; k < KINDS; k++)
		if (widen(&l->plugin, &kinds[k], file, error))
			return RATE_FAIL;
	l->next = cache;
	cache = l;
	*out = &l->plugin;
	return RATE_OK;
}

static const char *id_of(rate_class kind, const void *cls)
{
	switch (kind) {
	case RATE_OBJECTIVES: return ((const rate_objective *)cls)->id;
	case RATE_METHODS: return ((const rate_method *)cls)->id;
	default: return ((const rate_theorem *)cls)->id;
	}
}

const void *rate_load_class(const rate_class_info *info, rate_error *error)
{
	const rate_plugin *p;
	const rate_list *list;

	if (rate_is_program(info->file))
		return rate_pipe_class(info, error);
	if (rate_load_file(&p, info->file, error))
		return NULL;
	list = (const rate_list *)(const void *)((const char *)p + kinds[info->kind].list);
	for (uint32_t i = 0; i < list->count; i++) {
		const void *cls = ((const void *const *)list->item)[i];
		if (!strcmp(id_of(info->kind, cls), info->id))
			return cls;
	}
	rate_fail(error, "%s: %s is no longer in it", info->file, info->id);
	return NULL;
}

int rate_create(rate_function *chain, const rate_bound_spec *spec, rate_error *error)
{
	/* What a failure leaves uncreated must not be destroyed. */
	memset(chain, 0, spec->words * sizeof *chain);
	for (size_t i = 0; i < spec->words; i++) {
		const rate_bound_word *w = &spec->word[i];
		rate_args args = { sizeof args, (uint32_t)w->values, w->value, spec->seed, i ? &chain[i - 1] : NULL };
		const rate_objective *cls = rate_load_class(w->info, error);
		void *self = NULL;
		if (!cls)
			return RATE_FAIL;
		rate_host_clear_error();
		if (cls->create(rate_host_services(), &args, &self) != RATE_OK)
			return rate_fail(error, "%s: %s", w->info->id,
			                 *rate_host_error() ? rate_host_error() : "create failed without words");
		chain[i] = (rate_function){ cls, self };
	}
	return RATE_OK;
}

void rate_destroy(rate_function *chain, size_t words)
{
	for (size_t i = words; chain && i-- > 0;)
		if (chain[i].cls && chain[i].cls->destroy)
			chain[i].cls->destroy(chain[i].self);
}

/* ---- Capabilities ---- */

#define ORACLE(type, field) offsetof(type, field)
#define NO_MORE SIZE_MAX

/* What a capability must have, and how much of it this program knows. */
static const struct capability {
	const char *name;
	uint32_t least, ours;
	size_t oracle[5]; /* offsets of the functions that may not be NULL */
} capabilities[] = {
	{ "constants/1", UP_TO(rate_constants, scalar), sizeof(rate_constants),
	  { ORACLE(rate_constants, scalar), NO_MORE } },
	{ "finite-sum/1", UP_TO(rate_finite_sum, gradient), sizeof(rate_finite_sum),
	  { ORACLE(rate_finite_sum, count), ORACLE(rate_finite_sum, value), ORACLE(rate_finite_sum, gradient),
	    NO_MORE } },
	{ "stream/1", UP_TO(rate_stream, gradient), sizeof(rate_stream),
	  { ORACLE(rate_stream, value), ORACLE(rate_stream, gradient), NO_MORE } },
	{ "block/1", UP_TO(rate_block_oracles, gradient), sizeof(rate_block_oracles),
	  { ORACLE(rate_block_oracles, value), ORACLE(rate_block_oracles, gradient), NO_MORE } },
	{ "glm/1", UP_TO(rate_glm_source, get), sizeof(rate_glm_source), { ORACLE(rate_glm_source, get), NO_MORE } },
	{ "composite/1", UP_TO(rate_composite, prox), sizeof(rate_composite),
	  { ORACLE(rate_composite, value), ORACLE(rate_composite, prox), NO_MORE } },
	{ "projection/1", UP_TO(rate_projection, project), sizeof(rate_projection),
	  { ORACLE(rate_projection, project), NO_MORE } },
	{ "lmo/1", UP_TO(rate_lmo, minimise), sizeof(rate_lmo), { ORACLE(rate_lmo, minimise), NO_MORE } },
	{ "composition/1", UP_TO(rate_composition, outer_prox), sizeof(rate_composition),
	  { ORACLE(rate_composition, inner), ORACLE(rate_composition, outer), ORACLE(rate_composition, outer_prox),
	    NO_MORE } },
	{ "risk/1", UP_TO(rate_risk, ridge), sizeof(rate_risk),
	  { ORACLE(rate_risk, count), ORACLE(rate_risk, loss), ORACLE(rate_risk, slope), ORACLE(rate_risk, weights),
	    NO_MORE } },
	{ "smoothing/1", UP_TO(rate_smoothing, gradient), sizeof(rate_smoothing),
	  { ORACLE(rate_smoothing, value), ORACLE(rate_smoothing, gradient), NO_MORE } },
	{ "network/1", UP_TO(rate_network, mix), sizeof(rate_network),
	  { ORACLE(rate_network, agents), ORACLE(rate_network, mix), NO_MORE } },
	{ "hessian/1", UP_TO(rate_hessian, product), sizeof(rate_hessian), { NO_MORE } },
	{ "metric/1", UP_TO(rate_metric, product), sizeof(rate_metric), { ORACLE(rate_metric, product), NO_MORE } },
	{ "gap/1", UP_TO(rate_gap, gap), sizeof(rate_gap), { ORACLE(rate_gap, gap), NO_MORE } },
	{ "quantities/1", UP_TO(rate_quantities, evaluate), sizeof(rate_quantities),
	  { ORACLE(rate_quantities, evaluate), NO_MORE } },
	{ "start/1", UP_TO(rate_start, start), sizeof(rate_start), { ORACLE(rate_start, start), NO_MORE } },
};

int rate_interface_known(const char *name)
{
	const struct capability *c = capabilities, *end = c + sizeof capabilities / sizeof *capabilities;

	while (c < end && strcmp(c->name, name))
		c++;
	return c < end;
}

int rate_interface(const rate_function *f, const char *name, void **out, rate_error *error)
{
	const char *id = f->cls->id;
	const void *theirs = f->cls->interface ? f->cls->interface(f->self, name) : NULL;
	const struct capability *c = capabilities, *end = c + sizeof capabilities / sizeof *capabilities;
	uint32_t got;

	*out = NULL;
	while (c < end && strcmp(c->name, name))
		c++;
	if (!theirs || c == end)
		return RATE_OK;
	memcpy(&got, theirs, sizeof got);
	if (got < c->least)
		return rate_fail(error, "%s: %s has %u bytes, at least %u are wanted (is .size set to sizeof?)",
		                 id, name, got, c->least);
	if (!(*out = widened(theirs, c->ours)))
		return rate_fail(error, "out of memory");
	for (const size_t *o = c->oracle; *o != NO_MORE; o++) {
		void (*oracle)(void);
		memcpy(&oracle, (const char *)*out + *o, sizeof oracle);
		if (!oracle)
			return rate_fail(error, "%s: %s lacks one of its functions", id, name);
	}
	return RATE_OK;
}
