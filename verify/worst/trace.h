/* The trace: a session whose oracles answer with leaves, so that the method's own code computes coordinates. Private to
 * trace.c, attempt.c and quantity.c. */
#ifndef VERIFY_WORST_TRACE_H
#define VERIFY_WORST_TRACE_H

#include "verify/session/session.h"
#include "verify/worst/worst.h"

typedef enum rate_trace_mode {
	RATE_TRACE_COORDINATES, /* vectors are coordinates; every call is written down */
	/* vectors are random ones, d short: the calls must come again, as the same combinations */
	RATE_TRACE_VECTORS
} rate_trace_mode;

/* One call of a service, as it was first seen. */
typedef struct rate_call {
	const char *service;
	double *x, *answer; /* coordinates; answer NULL where the service gives a number */
	int scalar;         /* index of the number that it gives; -1: none */
	int point;          /* of a dot product: its vector moves with x_star */
	int group;          /* of a prox: of which function, with which step */
	double gamma;
} rate_call;

typedef struct rate_trace {
	rate_session s; /* first: services find the trace through run->host */
	rate_worst *out;
	rate_worst_family family;
	char *arena, *next, *end;
	size_t stride;
	int grow;              /* the arena or the coordinates are too small: again, with more */
	rate_trace_mode mode;
	rate_call *call;
	size_t calls, at, room; /* `at` counts the calls of this walk */
	double *print;         /* weights of rate_node.print */
	/* The numbers that services gave to the theorem: what they stand for, and what they are in this walk. */
	rate_scalar *scalar;
	double *number;
	size_t scalars, scalar_room;
	/* RATE_TRACE_VECTORS */
	enum { RATE_TRACE_SHORT = 8 } width;
	double *leaf;          /* n x RATE_TRACE_SHORT */
	uint64_t path;         /* number of the path: its digits in base `terms` are the terms drawn */
	double star[RATE_TRACE_SHORT], zero[RATE_TRACE_SHORT];
	int inapplicable;      /* the theorem says no to this class */
	rate_error refusal;
} rate_trace_state;

void *rate_trace_take(rate_trace_state *t, size_t bytes);
/* The node of x, made if it is new: coordinates as the trace has them. NULL: no room. */
rate_node *rate_trace_node(rate_trace_state *t, int group, const double *x);
/* Walks all paths. q (and b, where the bound reads the path) at each of check->checkpoints, mean over the paths. */
int rate_trace_walk(rate_trace_state *t, double *q, double *b);
/* quantity.c: measure and bound become scalars. RATE_FAIL: refusal is set, or grow. */
int rate_trace_quantity(rate_trace_state *t);
/* What run->call points at. */
const rate_services *rate_trace_services(void);
/* A vector of zeros, and the number of a new leaf: NULL, -1 where there is no room. */
double *rate_trace_vector(rate_trace_state *t);
int rate_trace_leaf(rate_trace_state *t);
/* Keeps the first reason; returns RATE_FAIL. */
int rate_trace_refuse(rate_trace_state *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
