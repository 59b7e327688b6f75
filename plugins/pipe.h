/* Objectives and methods that are programs, behind the ordinary structs of the plugin ABI. In child processes only. */
#ifndef PLUGINS_PIPE_H
#define PLUGINS_PIPE_H

#include <jansson.h>

#include "plugins/error.h"
#include "plugins/program.h"
#include "plugins/registry.h"

/* The classes of a program, in the form of the describe child; NULL with the refusal in one line. */
json_t *rate_pipe_describe(const char *file, rate_error *error);
/* The class of an info, a const rate_objective or rate_method; NULL with one line. */
const void *rate_pipe_class(const rate_class_info *info, rate_error *error);

/* ---- Between the files of the adapter ---- */

/* A class that this process uses, and its program. Callbacks are told only by their address which class they belong
 * to. */
typedef struct rate_pipe {
	const rate_class_info *info;
	rate_program *program; /* NULL: not started yet */
	unsigned serial;       /* of what was created last: a program is one objective or method at a time */
	rate_objective objective;
	rate_method method;
	rate_param *param;
	rate_state *state;
	double *block[3];      /* of a method: what it hands to a service, and the answer */
	size_t room;           /* doubles of each */
	double *packed;        /* state blocks without padding */
	size_t packed_room;
} rate_pipe;

enum { RATE_PIPES = 8 };
rate_pipe *rate_pipe_of(int slot);
/* Starts the program and tells it which class it is to be: `text` in lines "name value". Its answer, a JSON object,
 * or NULL: the words are in `error`. */
json_t *rate_pipe_create(rate_pipe *pipe, const char *text, rate_error *error);

/* pipe-objective.c, pipe-method.c: fill in the class of a slot. */
int rate_pipe_objective(rate_pipe *pipe, int slot);
int rate_pipe_method(rate_pipe *pipe, int slot);

/* The functions of all slots: SLOTS(F) is F(0) F(1) ... */
#define RATE_SLOTS(F) F(0) F(1) F(2) F(3) F(4) F(5) F(6) F(7)

#endif
