/* Loading a plugin, in a child process only: dlopen, the checks of the ABI, and the services that a plugin may call. */
#ifndef PLUGINS_LOAD_H
#define PLUGINS_LOAD_H

#include "ratecheck/ratecheck.h"
#include "plugins/error.h"
#include "plugins/registry.h"

/* RATE_OK, or RATE_FAIL with the refusal in one line (file, what is wrong, remedy). */
int rate_load_file(const rate_plugin **out, const char *file, rate_error *error);
/* The class of an info: loads its file (once per process) and finds it. */
const void *rate_load_class(const rate_class_info *info, rate_error *error);
/* The services passed to plugins. Their `fail` text is kept until the next one: rate_host_error(). */
const rate_host *rate_host_services(void);
const char *rate_host_error(void);
void rate_host_clear_error(void);
/* Is that an id? At most so long. */
enum { RATE_ID_MOST = 64 };
int rate_is_id(rate_class kind, const char *id);
/* The step sequences that a method may name or a theorem make. */
enum { RATE_SCHEDULES_MOST = 8 };
/* *out <- a capability of an objective, a copy as long as this program knows the struct (what the plugin's ends
 * before is zero), to be freed; NULL if there is none. RATE_FAIL: it is too short, or lacks what it must have. */
int rate_interface_known(const char *name);
int rate_interface(const rate_function *f, const char *name, void **out, rate_error *error);
/* Creates the objective of a bound spec, wrappers applied from the inside out. chain holds spec->words functions and
 * has to outlive them: a wrapper points at the one inside it. The last is the whole. */
int rate_create(rate_function *chain, const rate_bound_spec *spec, rate_error *error);
void rate_destroy(rate_function *chain, size_t words);

#endif
