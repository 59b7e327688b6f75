/* ratecheck plugin ABI, version 1: what every plugin file exports.
 *
 * SPDX-License-Identifier: MIT
 * Copyright (C) The ratecheck authors. Plugins include these headers and link to nothing of the program.
 *
 * A plugin is a shared object with ONE exported data symbol, `ratecheck_plugin`. It lists any number of objectives,
 * methods and theorems (objective.h, method.h, theorem.h):
 *
 *     static const rate_objective *const objectives[] = { &bowl };
 *     RATE_PLUGIN("mine", "1.0", "MIT", .objectives = RATE_LIST(objectives))
 *
 * How it lasts: `size` and `abi` stand first in every class and never move; structs grow at their end only; a reader
 * touches a field only if it lies within the size that the writer was built with (RATE_HAS). Tables of rows carry their
 * stride. Lists hold pointers to classes, so that a class may grow.
 *
 * In C++ the macros need C++20 (designated initialisers); the headers themselves are C11 and C++17.
 */
#ifndef RATECHECK_ABI_H
#define RATECHECK_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RATE_ABI 1u

/* Facts of the build that both sides must share, as text: "double8 pointer8 order1234". */
#define RATE_TEXT_(x) #x
#define RATE_TEXT__(x) RATE_TEXT_(x)
#define RATE_SIGNATURE \
	"double" RATE_TEXT__(__SIZEOF_DOUBLE__) " pointer" RATE_TEXT__(__SIZEOF_POINTER__) " order" RATE_TEXT__( \
	    __BYTE_ORDER__)

/* Is `field` part of `*object`, as the side that built it knew the struct? `object->size` is that side's sizeof. */
#define RATE_HAS(object, type, field) \
	((object)->size >= (uint32_t)(offsetof(type, field) + sizeof(((const type *)0)->field)))

/* What every callback that can fail returns. Any other value is an error too; say why with host->fail first. */
enum { RATE_OK = 0, RATE_FAIL = -1 };

/* A flag of objectives (their block/1) and of methods: a call costs much, however few rows it is about, so that as
 * many as there are, at most RATE_BLOCK_MOST, go into one. */
enum { RATE_COSTLY_CALLS = 2048 };

/* A table of structs that may grow: row i starts at (const char *)row + i * stride. */
typedef struct rate_rows {
	const void *row;
	uint32_t count, stride;
} rate_rows;

/* A list of pointers. */
typedef struct rate_list {
	const void *item;
	uint32_t count;
} rate_list;

#define RATE_ROWS(array) { (array), (uint32_t)(sizeof(array) / sizeof((array)[0])), (uint32_t)sizeof((array)[0]) }
#define RATE_LIST(array) { (const void *)(array), (uint32_t)(sizeof(array) / sizeof((array)[0])) }

/* ---- Parameters: the schema drives validation, --help, completion and the search space of `hunt` ---- */

typedef enum rate_type {
	RATE_REAL = 1, /* a finite double */
	RATE_INTEGER,  /* |value| <= 2^53 */
	RATE_CHOICE,   /* one of `choices`; the value is its index (integer) and its text */
	RATE_TEXT,     /* any text */
	RATE_FILE,     /* a file name, or the name of a bundled data set */
	RATE_REALS     /* a list a/b/c of doubles */
} rate_type;

typedef struct rate_param {
	const char *name;
	rate_type type;
	const char *preset;  /* default, written as it would be typed; NULL: the user must give it */
	double low, high;    /* closed range of a number (each entry of a list); low >= high: any finite number */
	const char *choices; /* RATE_CHOICE: "one|two|three"; else NULL */
	const char *doc;     /* one line, with its unit or symbol */
} rate_param;

/* One given parameter, in the order of the schema. This struct is frozen. */
typedef struct rate_value {
	double real;
	int64_t integer;
	const char *text;
	const double *reals; /* `count` of them */
	size_t count;
} rate_value;

struct rate_function; /* objective.h */

typedef struct rate_args {
	uint32_t size;
	uint32_t count;
	const rate_value *value;           /* `count` values, in the order of the schema */
	uint64_t seed;                     /* of the data (host key seed=) */
	const struct rate_function *inner; /* wrappers: what they wrap; else NULL */
} rate_args;

/* ---- Services: a plugin calls the host through this table and links to nothing ---- */

/* A data set: dense rows and a target (or a label) for each. Owned by the host, lives as long as the child process.
 * Who sets `sparse` to 1 before the call gets rows that are mostly zeros (LIBSVM files) by their other entries instead:
 * `a` is NULL then, and those of row i are start[i], ..., start[i + 1] - 1, their columns ascending. */
typedef struct rate_table {
	uint32_t size;
	size_t rows, columns;
	const double *a; /* rows x columns, row-major, as in the file */
	const double *b; /* rows */
	int labels;      /* 1: b holds exactly two values, mapped to -1 and +1 */
	const char *name;
	int sparse;
	const uint64_t *start;  /* rows + 1 */
	const uint32_t *column; /* from 0 */
	const double *value;
	double norm2; /* of sparse rows: |A|^2, the largest eigenvalue of A'A, bounded from above */
	/* Options of the data set, as FILE@standardise=none or FILE@intercept: so many columns, the first ones, are to
	 * be standardised; raw: neither they nor the target. */
	size_t standardise;
	int raw;
} rate_table;

typedef struct rate_host rate_host;
struct rate_host {
	uint32_t size, abi;
	/* One line for the log of the run (stderr, only with --verbose). */
	void (*log)(const rate_host *host, const char *format, ...);
	/* Says why a callback is about to fail; returns RATE_FAIL, so `return host->fail(host, "...");` reads well. */
	int (*fail)(const rate_host *host, const char *format, ...);
	/* n numbers of stream `stream` of the data seed `seed`: the same on every machine. For data, never for
	 * noise. */
	void (*normals)(const rate_host *host, uint64_t seed, uint64_t stream, size_t n, double *out);
	void (*uniforms)(const rate_host *host, uint64_t seed, uint64_t stream, size_t n, double *out); /* in (0, 1) */
	/* Eigenvalues (ascending, n) and, if `vectors` is not NULL, orthonormal eigenvectors (n x n, row k belongs to
	 * value k) of the symmetric n x n row-major matrix a, which is not modified. */
	int (*eigen)(const rate_host *host, size_t n, const double *a, double *values, double *vectors);
	/* x <- solution of the symmetric positive definite (n x n) system a x = b; least norm solution if singular. */
	int (*solve)(const rate_host *host, size_t n, const double *a, const double *b, double *x);
	/* Reads a CSV or LIBSVM file, or a bundled data set by its name, each with its options behind @. Errors name
	 * line and column. */
	int (*table)(const rate_host *host, const char *file, rate_table *out);
	void *context; /* the host's own */
	/* The n eigenvalues re + i im, in no order, of any real n x n row-major matrix a, which is not modified. */
	int (*spectrum)(const rate_host *host, size_t n, const double *a, double *re, double *im);

	/* Products with rows of a matrix for the loops of block/1 (objective.h): fast however the plugin is compiled,
	 * and the same bits on every machine and for every nrep. Rows of a, x and g are ld apart, padded with zeros,
	 * ld being d rounded up to 8. */
	/* m_r <- a_i'x_r, and g_r <- c_r a_i (g_r + c_r a_i with `add`), with i = index[r * stride]. */
	void (*row_products)(size_t nrep, size_t ld, const double *x, const double *a, const uint64_t *index,
	                     size_t stride, double *m);
	void (*row_multiples)(size_t nrep, size_t ld, const double *c, const double *a, const uint64_t *index,
	                      size_t stride, int add, double *g);
	/* m[i * nrep + r] <- a_i'x_r for the first `rows` rows of a. */
	void (*all_products)(size_t nrep, size_t d, size_t ld, const double *x, size_t rows,
	                     const double *a, double *m);
};

/* ---- The plugin ---- */

typedef struct rate_plugin {
	uint32_t size, abi;
	const char *signature;
	const char *name, *version, *licence;
	rate_list objectives; /* of const rate_objective * */
	rate_list methods;    /* of const rate_method * */
	rate_list theorems;   /* of const rate_theorem * */
} rate_plugin;

#if defined(__GNUC__)
#define RATE_EXPORT __attribute__((visibility("default")))
#define RATE_INLINE static inline __attribute__((unused))
#else
#define RATE_EXPORT
#define RATE_INLINE static inline
#endif

#ifdef __cplusplus
#define RATE_EXTERN extern "C"
#else
#define RATE_EXTERN
#endif

#define RATE_PLUGIN(name_, version_, licence_, ...) \
	RATE_EXTERN RATE_EXPORT const rate_plugin ratecheck_plugin; \
	RATE_EXTERN RATE_EXPORT const rate_plugin ratecheck_plugin = { .size = sizeof(rate_plugin), .abi = RATE_ABI, \
		.signature = RATE_SIGNATURE, .name = name_, .version = version_, .licence = licence_, __VA_ARGS__ };

#ifdef __cplusplus
}
#endif
#endif
