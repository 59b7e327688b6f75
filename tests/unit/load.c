/* What the loader sees in a plugin before it calls any of its functions: each thing that can be wrong, in words that
 * name the file and what is wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/load.h"

#include <dlfcn.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/tap.h"

static const char file[] = "tests/pliable.so";
static rate_plugin *plugin;

static void refused(const char *name, const char *what, const char *why)
{
	const rate_plugin *got = NULL;
	rate_error e = { "" };

	ok(rate_load_file(&got, name, &e) == RATE_FAIL && !got, "%s: refused", what);
	ok(strstr(e.text, name) == e.text && strstr(e.text, why), "names the file, and why: %s", e.text);
}

/* With other bytes in its place, a field is refused; then it is as before. */
static void with(void *field, const void *other, size_t size, const char *what, const char *why)
{
	char kept[64];

	memcpy(kept, field, size);
	memcpy(field, other, size);
	refused(file, what, why);
	memcpy(field, kept, size);
}
#define WITH(field, type, value, why) with(&(field), &(type){ value }, sizeof(type), #field " = " #value, why)

static void header(const char *name, const Elf64_Ehdr *h, size_t size, const char *what, const char *why)
{
	FILE *f = fopen(name, "wb");

	ok(f && fwrite(h, 1, size, f) == size && !fclose(f), "a header alone");
	refused(name, what, why);
}

static void no_library(void)
{
	char name[] = "/tmp/ratecheck-load-XXXXXX";
	int fd = mkstemp(name);
	FILE *f = fopen(file, "rb");
	Elf64_Ehdr good, bad;

	if (fd < 0 || !f || fread(&good, 1, sizeof good, f) != sizeof good)
		bail_out("no file in /tmp, or no plugin to take a header from");
	fclose(f);
	close(fd);
	refused("tests/absent.so", "no file", "No such file");
	refused(name, "an empty file", "not an ELF file");
	header(name, &good, sizeof good - 1, "a short one", "not an ELF file");
	bad = good;
	bad.e_ident[0]++;
	header(name, &bad, sizeof bad, "no magic number", "not an ELF file");
	bad = good;
	bad.e_ident[EI_CLASS] ^= ELFCLASS32 ^ ELFCLASS64;
	header(name, &bad, sizeof bad, "another width", "another architecture");
	bad = good;
	bad.e_ident[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
	header(name, &bad, sizeof bad, "another order of bytes", "another architecture");
	header(name, &good, sizeof good, "nothing behind it", "cannot be loaded: ");
	unlink(name);
}

static void the_plugin(void)
{
	WITH(plugin->abi, uint32_t, 2, "built for plugin ABI 2");
	WITH(plugin->size, uint32_t, 8, "its struct has 8 bytes");
	WITH(plugin->signature, const char *, NULL, "built with signature ''");
	WITH(plugin->signature, const char *, "double4", "built with signature 'double4'");
	WITH(plugin->objectives.item, const void *, NULL, "objectives: the list has an empty place");
	with((void *)(uintptr_t)plugin->methods.item, &(void *){ NULL }, sizeof(void *), "a method that is none",
	     "methods: the list has an empty place");
}

static void ids(const char **id)
{
	char longest[RATE_ID_MOST + 2];

	memset(longest, 'a', sizeof longest - 1);
	longest[RATE_ID_MOST + 1] = '\0';
	WITH(*id, const char *, NULL, "'' is no id for");
	WITH(*id, const char *, "", "'' is no id for");
	WITH(*id, const char *, "-a", "'-a' is no id for");
	WITH(*id, const char *, "a/b", "'a/b' is no id for");
	WITH(*id, const char *, "a\nb", "'a?b' is no id for");
	WITH(*id, const char *, longest, "is no id for");
	ok(rate_is_id(RATE_METHODS, longest + 1), "one letter less is one");
}

static void objective(rate_objective *o)
{
	rate_param *p = (void *)(uintptr_t)o->params.row;

	WITH(o->abi, uint32_t, 7, "built for plugin ABI 7");
	WITH(o->size, uint32_t, 16, "its struct has 16 bytes");
	ids(&o->id);
	WITH(o->create, void *, NULL, "pliable: an objective needs id, create");
	WITH(o->dim, void *, NULL, "needs id, create");
	WITH(o->value, void *, NULL, "needs id, create");
	WITH(o->gradient, void *, NULL, "needs id, create");
	WITH(o->params.row, const void *, NULL, "a table of rows is empty");
	WITH(o->params.stride, uint32_t, 8, "its stride is too small");
	WITH(p->name, const char *, NULL, "a parameter has no name");
	WITH(p->name, const char *, "", "a parameter has no name");
	WITH(p->name, const char *, "a=b", "a parameter has no name, or one with");
	WITH(p->type, rate_type, 0, "a parameter has no type");
	WITH(p->type, rate_type, 99, "a parameter has no type");
	WITH(p->type, rate_type, RATE_CHOICE, "no choices");
}

static void method(rate_method *m)
{
	rate_state *state = (void *)(uintptr_t)m->state.row;
	const char **steps = (void *)(uintptr_t)m->schedules.item;

	WITH(m->abi, uint32_t, 0, "built for plugin ABI 0");
	WITH(m->id, const char *, "a b", "is no id for a method");
	WITH(m->step, void *, NULL, "a method needs id, step and a state block x");
	WITH(m->state.count, uint32_t, 0, "a method needs id, step and a state block x");
	WITH(m->state.stride, uint32_t, 1, "its stride is too small");
	WITH(state->name, const char *, NULL, "a state block has no name");
	WITH(*steps, const char *, "", "a step sequence has no name");
	WITH(m->schedules.item, const void *, NULL, "a step sequence has no name");
}

static void theorem(rate_theorem *t)
{
	const char **need = (void *)(uintptr_t)t->needs.item;

	WITH(t->size, uint32_t, 24, "its struct has 24 bytes");
	WITH(t->id, const char *, "Upper", "is no id for a theorem: at most 64 lower-case letters");
	WITH(t->chapter, const char *, NULL, "a theorem needs id, chapter and kind");
	WITH(t->kind, rate_kind, 0, "a theorem needs id, chapter and kind");
	WITH(t->kind, rate_kind, 99, "a theorem needs id, chapter and kind");
	WITH(t->evaluate, void *, NULL, "a run theorem needs method, measure and bound");
	WITH(t->method, const char *, "gd", "a point theorem needs evaluate and no method");
	WITH(*need, const char *, NULL, "one of its needs has no name");
	WITH(t->schedules, uint32_t, RATE_SCHEDULES_MOST + 1, "it has 9 step sequences, at most 8");
}

static const void *capability;
static const void *interface(void *self, const char *name)
{
	(void)self;
	return strcmp(name, "gap/1") && strcmp(name, "unheard-of/1") ? NULL : capability;
}

static int gap(void *self, const double *x, double *out)
{
	(void)self;
	*out = *x;
	return RATE_OK;
}

static void capabilities(void)
{
	rate_gap whole = { .size = sizeof whole, .gap = gap }, lacking = { .size = sizeof lacking };
	struct { rate_gap known; char news[32]; } newer = { { .size = sizeof newer, .gap = gap }, "of later days" };
	const rate_objective cls = { .id = "mine", .interface = interface }, plain = { .id = "plain" };
	const rate_function f = { &cls, NULL }, without = { &plain, NULL };
	rate_error e = { "" };
	void *out = &whole;

	is_int(rate_interface(&without, "gap/1", &out, &e), RATE_OK, "no interface");
	ok(!out, "no capability");
	capability = &whole;
	is_int(rate_interface(&f, "lmo/1", &out, &e), RATE_OK, "another capability");
	ok(!out, "is not there");
	is_int(rate_interface(&f, "unheard-of/1", &out, &e), RATE_OK, "one that this program does not know");
	ok(!out && !rate_interface_known("unheard-of/1") && rate_interface_known("gap/1"), "is left alone");
	is_int(rate_interface(&f, "gap/1", &out, &e), RATE_OK, "one that is");
	ok(out && ((rate_gap *)out)->gap == gap, "is copied");
	free(out);
	capability = &newer;
	is_int(rate_interface(&f, "gap/1", &out, &e), RATE_OK, "a longer one");
	ok(out && ((rate_gap *)out)->size == sizeof whole, "ends where this program's ends");
	free(out);
	whole.size = 4;
	capability = &whole;
	is_int(rate_interface(&f, "gap/1", &out, &e), RATE_FAIL, "one that is too short");
	contains(e.text, "mine: gap/1 has 4 bytes, at least", "says so");
	capability = &lacking;
	is_int(rate_interface(&f, "gap/1", &out, &e), RATE_FAIL, "one without its function");
	contains(e.text, "mine: gap/1 lacks one of its functions", "says so");
	free(out);
}

/* At last as it was built: it loads, once, and its classes are found by their ids. */
static void whole(void)
{
	rate_class_info info = { .kind = RATE_OBJECTIVES, .id = (char *)(uintptr_t)"pliable",
		                 .file = (char *)(uintptr_t)file };
	rate_bound_word word = { .info = &info };
	rate_bound_spec spec = { .words = 1, .word = &word };
	const rate_plugin *once = NULL, *twice = NULL;
	rate_function chain[1];
	rate_error e = { "" };

	is_int(rate_load_file(&once, file, &e), RATE_OK, "a whole plugin");
	is_int(rate_load_file(&twice, file, &e), RATE_OK, "again");
	ok(once && once == twice && once != plugin, "is loaded once, and copied");
	ok(rate_load_class(&info, &e), "its objective");
	is_int(rate_create(chain, &spec, &e), RATE_FAIL, "which refuses to be made");
	is_str(e.text, "pliable: it is made for looking at", "says why");
	rate_destroy(chain, 1);
	info.kind = RATE_THEOREMS;
	ok(rate_load_class(&info, &e), "its theorem");
	info.kind = RATE_METHODS;
	ok(rate_load_class(&info, &e), "its method");
	info.id = (char *)(uintptr_t)"gone";
	ok(!rate_load_class(&info, &e), "what it does not hold");
	is_str(e.text, "tests/pliable.so: gone is no longer in it", "says so");
}

int main(void)
{
	void *handle = dlopen("./tests/pliable.so", RTLD_NOW | RTLD_LOCAL);

	if (!handle || !(plugin = dlsym(handle, "ratecheck_plugin")))
		bail_out("tests/pliable.so is not there");
	no_library();
	the_plugin();
	objective(*(rate_objective *const *)plugin->objectives.item);
	method(*(rate_method *const *)plugin->methods.item);
	theorem(*(rate_theorem *const *)plugin->theorems.item);
	capabilities();
	whole();
	return done_testing();
}
