/* Between the files that read a data file: where the reader is, and what it has seen. */
#ifndef PLUGINS_READER_H
#define PLUGINS_READER_H

#include <stddef.h>
#include <stdint.h>

#include "plugins/error.h"

typedef struct place {
	size_t line, column;
} place;

typedef struct reader {
	const char *path;
	rate_error *error;
	const char *text, *p, *end; /* all of it, and where we are */
	size_t line;
	char separator; /* of a table; 0: LIBSVM */
	int starts;     /* 1: at the first record of a table, which may be a header */
	size_t rows, columns;
	place first; /* the row that gave the number of columns */
	const char *target;   /* of a table: the name or number of its column; NULL: the last one */
	size_t target_column; /* 0: the last one */
	/* Where a table without commas between its columns first has a number of the form 1.5, 1,5 and 1,500. */
	place point, comma, grouped;
	double *a, *b; /* NULL in the first pass, which counts */
	/* The same of sparse rows, LIBSVM files alone. */
	uint64_t *start, entries;
	uint32_t *entry_column;
	double *value;
} reader;

typedef struct field {
	const char *s;
	size_t n;
	size_t line;
	int last; /* of its record */
} field;

/* Returns RATE_FAIL. */
__attribute__((format(printf, 3, 4)))
int rate_reader_bad(reader *r, place at, const char *format, ...);

int rate_reader_eol(const reader *r, const char *p);
const char *rate_reader_next_line(reader *r, const char *p); /* past one line end: LF, CR LF or CR */
int rate_reader_record(reader *r); /* to the next line that is neither empty nor a comment; 0: there is none */

/* number.c */
enum number { NUMBER, MISSING, LARGE, SMALL, COMMA, WORD };
enum number rate_reader_number(const field *f, double *out);
int rate_reader_take(reader *r, place at, const field *f, double *out);
/* RATE_FAIL: decimal commas beside decimal points, or commas that may be of thousands */
int rate_reader_one_sign(reader *r);

/* libsvm.c */
int rate_libsvm_word(reader *r, field *f); /* up to the next blank or line end; 0: the line has no further word */
int rate_libsvm_is_pair(const field *f);   /* "12:..." or "qid:..." */
int rate_libsvm_read(reader *r);

#endif
