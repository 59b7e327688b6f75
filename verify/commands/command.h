/* The commands of the program. Each gets its own argv (argv[0] the command) and returns the exit code:
 * 0 all hold, 1 refuted, 2 wrong use, 3 plugin fault or nothing decided, 130 interrupted. */
#ifndef VERIFY_COMMAND_H
#define VERIFY_COMMAND_H

#include "plugins/registry.h"

typedef struct rate_command {
	const char *name, *usage, *summary, *help;
	int (*run)(int argc, char **argv);
} rate_command;

extern const rate_command rate_command_list, rate_command_show, rate_command_verify, rate_command_report,
    rate_command_new, rate_command_probe, rate_command_hunt, rate_command_diff, rate_command_bench, rate_command_exact,
    rate_command_tighten, rate_command_handout, rate_command_judge, rate_command_path;

/* `verify`, which `judge` is too: with --trajectory in the place of a run. */
int rate_verify_main(int argc, char **argv);

void rate_print_glossary(void);
/* One line on stderr, "ratecheck: ...", and the code, so that `return rate_usage("...")` reads well. */
int rate_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
int rate_trouble(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct option;
/* getopt_long, with messages of ours: -1 at the end, '?' (said) for what is no option of these. */
int rate_option(int argc, char **argv, const char *letters, const struct option *options);
/* The value of --option; 2, with words said, where it is no number of that range, or none of the choices. */
int rate_take_real(const char *option, const char *text, double low, double high, double *out);
int rate_take_whole(const char *option, const char *text, double low, double high, uint64_t *out);
int rate_take_one_of(const char *option, const char *text, const char *const *choices, int *out);
/* The registry with the given plugin files; prints warnings for refused files. NULL and *code on failure, also where
 * one of the given files is refused; rate_read_plugins goes on without it, with *code. */
rate_registry *rate_read_plugins(const char *const *files, size_t count, int quiet, int *code);
rate_registry *rate_open_registry(const char *const *files, size_t count, int quiet, int *code);
/* Colour on this stream? */
int rate_colour(int fd);
/* Bundled data: RATECHECK_DATA or the install folder. */
const char *rate_data_folder(void);
/* theorems.md and the book: RATECHECK_DOC or the install folder. */
const char *rate_doc_folder(void);

#endif
