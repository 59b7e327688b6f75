/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/load.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	const rate_plugin *plugin;
} loaded;

/* dlopen explains badly what is no library at all, so the ELF header is read first. */
static int check_elf(const char *file, char *error, size_t size)
{
	FILE *in = fopen(file, "rb");
	Elf64_Ehdr h = { 0 };
	size_t n;

	if (!in) {
		snprintf(error, size, "%s: %s", file, strerror(errno));
		return RATE_FAIL;
	}
	n = fread(&h, 1, sizeof h, in);
	fclose(in);
	if (n < sizeof h || memcmp(h.e_ident, ELFMAG, SELFMAG)) {
		snprintf(error, size, "%s: not an ELF file; a plugin is built with `cc -O2 -shared -fPIC`", file);
		return RATE_FAIL;
	}
	if (h.e_ident[EI_CLASS] != (sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32) ||
	    h.e_ident[EI_DATA] != (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB) ||
	    (MACHINE && h.e_machine != MACHINE)) {
		snprintf(error, size, "%s: built for another architecture (ELF machine %u, this program is %u); rebuild it here",
		         file, h.e_machine, (unsigned)MACHINE);
		return RATE_FAIL;
	}
	return RATE_OK;
}

static int refuse(char *error, size_t size, const char *file, const char *id, const char *what)
{
	snprintf(error, size, "%s: %s%s%s; see `ratecheck/abi.h` and rebuild it", file, id ? id : "", id ? ": " : "", what);
	return RATE_FAIL;
}

static int check_head(const char *file, const char *id, uint32_t got, uint32_t least, uint32_t abi, char *error, size_t size)
{
	char what[200];

	if (abi != RATE_ABI) {
		snprintf(what, sizeof what, "built for plugin ABI %u, this program speaks %u", abi, RATE_ABI);
		return refuse(error, size, file, id, what);
	}
	if (got < least) {
		snprintf(what, sizeof what, "its struct has %u bytes, at least %u are wanted (is .size set to sizeof?)", got, least);
		return refuse(error, size, file, id, what);
	}
	return RATE_OK;
}

#define UP_TO(type, field) ((uint32_t)(offsetof(type, field) + sizeof(((const type *)0)->field)))

/* A stride below the row that version 1 knows would have the reader step into the next row. */
static int check_rows(const char *file, const char *id, rate_rows rows, size_t least, char *error, size_t size)
{
	if (rows.count && (!rows.row || rows.stride < least))
		return refuse(error, size, file, id, "a table of rows is empty or its stride is too small; fill it in with RATE_ROWS");
	return RATE_OK;
}

static int check_objective(const char *file, const rate_objective *o, char *error, size_t size)
{
	if (check_head(file, o->id, o->size, UP_TO(rate_objective, gradient), o->abi, error, size))
		return RATE_FAIL;
	if (!o->id || !*o->id || !o->create || !o->dim || !o->value || !o->gradient)
		return refuse(error, size, file, o->id, "an objective needs id, create, dim, value and gradient");
	return check_rows(file, o->id, o->params, UP_TO(rate_param, doc), error, size);
}

static int check_method(const char *file, const rate_method *m, char *error, size_t size)
{
	if (check_head(file, m->id, m->size, UP_TO(rate_method, step), m->abi, error, size))
		return RATE_FAIL;
	if (!m->id || !*m->id || !m->step || !m->state.count)
		return refuse(error, size, file, m->id, "a method needs id, step and a state block x");
	if (check_rows(file, m->id, m->params, UP_TO(rate_param, doc), error, size))
		return RATE_FAIL;
	return check_rows(file, m->id, m->state, UP_TO(rate_state, doc), error, size);
}

static int check_theorem(const char *file, const rate_theorem *t, char *error, size_t size)
{
	if (check_head(file, t->id, t->size, UP_TO(rate_theorem, control), t->abi, error, size))
		return RATE_FAIL;
	if (!t->id || !*t->id || !t->chapter || t->kind < RATE_DETERMINISTIC || t->kind > RATE_IDENTITY)
		return refuse(error, size, file, t->id, "a theorem needs id, chapter and kind");
	if (t->evaluate ? t->method != NULL : !t->method || !t->measure || (!t->bound && !(t->flags & RATE_PATH_BOUND)))
		return refuse(error, size, file, t->id,
		              "a run theorem needs method, measure and bound; a point theorem needs evaluate and no method");
	return check_rows(file, t->id, t->params, UP_TO(rate_param, doc), error, size);
}

static int check_classes(const char *file, const rate_plugin *p, char *error, size_t size)
{
	for (uint32_t i = 0; i < p->objectives.count; i++)
		if (check_objective(file, ((const rate_objective *const *)p->objectives.item)[i], error, size))
			return RATE_FAIL;
	for (uint32_t i = 0; i < p->methods.count; i++)
		if (check_method(file, ((const rate_method *const *)p->methods.item)[i], error, size))
			return RATE_FAIL;
	for (uint32_t i = 0; i < p->theorems.count; i++)
		if (check_theorem(file, ((const rate_theorem *const *)p->theorems.item)[i], error, size))
			return RATE_FAIL;
	return RATE_OK;
}

int rate_load_file(const rate_plugin **out, const char *file, char *error, size_t size)
{
	static loaded *cache; /* a child loads few files and keeps them until it ends */
	char path[4096];
	const rate_plugin *p;
	void *handle;
	loaded *l;

	for (l = cache; l; l = l->next)
		if (!strcmp(l->file, file)) {
			*out = l->plugin;
			return RATE_OK;
		}
	if (check_elf(file, error, size))
		return RATE_FAIL;
	/* Without a '/' dlopen would search the system's library path. */
	snprintf(path, sizeof path, "%s%s", strchr(file, '/') ? "" : "./", file);
	if (!(handle = dlopen(path, RTLD_NOW | RTLD_LOCAL))) {
		const char *why = dlerror();
		snprintf(error, size, "%s: cannot be loaded: %s; link what it needs into it", file, why ? why : "unknown");
		return RATE_FAIL;
	}
	if (!(p = dlsym(handle, "ratecheck_plugin")))
		return refuse(error, size, file, NULL, "no symbol ratecheck_plugin; end the file with RATE_PLUGIN(...)");
	if (check_head(file, NULL, p->size, UP_TO(rate_plugin, theorems), p->abi, error, size))
		return RATE_FAIL;
	if (!p->signature || strcmp(p->signature, RATE_SIGNATURE)) {
		snprintf(error, size, "%s: built with signature '%s', this program has '%s'; rebuild it with this machine's compiler",
		         file, p->signature ? p->signature : "", RATE_SIGNATURE);
		return RATE_FAIL;
	}
	if (check_classes(file, p, error, size))
		return RATE_FAIL;
	if ((l = malloc(sizeof *l))) {
		*l = (loaded){ cache, strdup(file), p };
		cache = l;
	}
	*out = p;
	return RATE_OK;
}

const void *rate_load_class(const rate_class_info *info, char *error, size_t size)
{
	const rate_plugin *p;

	if (rate_load_file(&p, info->file, error, size))
		return NULL;
	if (info->kind == RATE_OBJECTIVES)
		for (uint32_t i = 0; i < p->objectives.count; i++) {
			const rate_objective *o = ((const rate_objective *const *)p->objectives.item)[i];
			if (!strcmp(o->id, info->id))
				return o;
		}
	if (info->kind == RATE_METHODS)
		for (uint32_t i = 0; i < p->methods.count; i++) {
			const rate_method *m = ((const rate_method *const *)p->methods.item)[i];
			if (!strcmp(m->id, info->id))
				return m;
		}
	if (info->kind == RATE_THEOREMS)
		for (uint32_t i = 0; i < p->theorems.count; i++) {
			const rate_theorem *t = ((const rate_theorem *const *)p->theorems.item)[i];
			if (!strcmp(t->id, info->id))
				return t;
		}
	snprintf(error, size, "%s: %s is no longer in it", info->file, info->id);
	return NULL;
}

int rate_create(rate_function *chain, const rate_bound_spec *spec, char *error, size_t size)
{
	/* What a failure leaves uncreated must not be destroyed. */
	memset(chain, 0, spec->words * sizeof *chain);
	for (size_t i = 0; i < spec->words; i++) {
		const rate_bound_word *w = &spec->word[i];
		rate_args args = { sizeof args, (uint32_t)w->values, w->value, spec->seed, i ? &chain[i - 1] : NULL };
		const rate_objective *cls = rate_load_class(w->info, error, size);
		void *self = NULL;
		if (!cls)
			return RATE_FAIL;
		rate_host_clear_error();
		if (cls->create(rate_host_services(), &args, &self) != RATE_OK) {
			snprintf(error, size, "%s: %s", w->info->id, *rate_host_error() ? rate_host_error() : "create failed without words");
			return RATE_FAIL;
		}
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
