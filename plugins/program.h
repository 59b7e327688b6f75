/* A plugin that is a program: started, spoken to over its standard input and output in messages (ratecheck-pipe(7)), in
 * child processes only. */
#ifndef PLUGINS_PROGRAM_H
#define PLUGINS_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "plugins/error.h"

enum { RATE_PROTOCOL = 1 };

/* What stands before each message, as it goes over the pipe. */
typedef struct rate_message {
	char magic[4]; /* "RATE"; "RATS": the payload lies in the memory that both have */
	uint32_t code;
	uint64_t rows, count, bytes; /* the last: of the payload that follows */
} rate_message;

/* Codes below 64 are asked by the host, those from 64 on by a method within its step. */
enum {
	RATE_SAYS_OK = 0, RATE_SAYS_FAIL = 1, /* answers: a result, or one line of text */
	RATE_ASK_DESCRIBE = 2, RATE_ASK_CREATE = 3,
	RATE_ASK_VALUE = 10, RATE_ASK_GRADIENT, RATE_ASK_TERM_VALUE, RATE_ASK_TERM_GRADIENT, RATE_ASK_TERM_PROX,
	RATE_ASK_H_VALUE, RATE_ASK_PROX, RATE_ASK_PROJECT, RATE_ASK_HESSIAN_PRODUCT, RATE_ASK_LMO,
	RATE_ASK_SAMPLE_VALUE, RATE_ASK_SAMPLE_GRADIENT, RATE_ASK_COMPARATOR,
	RATE_ASK_START = 40, RATE_ASK_STEP = 41,
	RATE_CALLS_BACK = 64
};

/* A file to be started rather than loaded: no library, and a run bit or a name that ends in .py. */
int rate_is_program(const char *file);

typedef struct rate_program rate_program;

/* RATE_OK, or RATE_FAIL with one line. A program that failed once fails ever after, with the words of the first
 * time. */
rate_program *rate_program_start(const char *file, rate_error *error);
const char *rate_program_error(const rate_program *p);
int rate_program_complain(rate_program *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

typedef struct rate_bytes {
	const void *at;
	size_t size;
} rate_bytes;

/* One message, its payload in at most three parts. */
int rate_program_send(rate_program *p, uint32_t code, uint64_t rows, uint64_t count, const rate_bytes *part, int parts);
/* The next message, of `usual` bytes or so and never more than `most`: its payload stays until the next call, with a
 * zero byte behind it; but that of RATE_SAYS_OK may lie in shared memory, where each byte is to be read once, and
 * nothing stands behind it. `what` says for words what it answers. */
int rate_program_receive(rate_program *p, const char *what, size_t usual, size_t most, rate_message *head,
                         const char **payload);
/* Both: the answer must be RATE_SAYS_OK. */
int rate_program_ask(rate_program *p, const char *what, uint32_t code, uint64_t rows, uint64_t count,
                     const rate_bytes *part, int parts, size_t usual, size_t most, rate_message *head,
                     const char **payload);
/* It has mapped the memory that was offered to it: blocks go there from now on. */
void rate_program_share(rate_program *p);
void rate_program_stop(rate_program *p);

#endif
