/* What is measured at a point: a row for each quantity that has a name, a file each in quantities/. A row says what
 * its value is, the scale of the error that its own arithmetic makes, and how fast it changes, from which follows
 * what it inherits of errors in the point. The judge sees the sum. */
#ifndef VERIFY_QUANTITIES_H
#define VERIFY_QUANTITIES_H

#include "verify/session/guard.h"

typedef struct rate_quantity {
	const char *name, *text;
	/* Why it cannot be measured here, or NULL. */
	const char *(*missing)(const rate_session *s);
	/* At one vector. */
	int (*one)(rate_session *s, const double *x, double *q, double *scale);
	/* At each live row of a block; NULL: one by one. */
	int (*rows)(rate_session *s, const double *x, double *q, double *scale);
	/* What rounding inside f adds where f is flat: it moves a point by s->drift and leaves a gradient of
	 * s->noise. */
	double (*drifted)(const rate_session *s, double q);
	/* Half of its slope and half of its curvature at a point where it is q; an infinite curvature: it is not
	 * known. */
	double (*slope)(const rate_session *s, double q);
	double (*curvature)(const rate_session *s);
} rate_quantity;

/* quantities/X.c has rate_quantity_X. */
#define RATE_QUANTITIES(X) \
	X(gap) \
	X(dist2) \
	X(grad2)

#define RATE_QUANTITY_DECLARED(name) extern const rate_quantity rate_quantity_##name;
RATE_QUANTITIES(RATE_QUANTITY_DECLARED)

extern const rate_quantity *const rate_quantities_known[]; /* NULL ends them */

/* NULL: none of that name. */
const rate_quantity *rate_quantity_named(const char *name);
/* At a point that no path led to. */
int rate_quantity_at(rate_session *s, const rate_quantity *row, const double *x, double *q, double *scale);
/* At each live row of a path. */
int rate_quantity_on_path(rate_session *s, const rate_quantity *row, const double *x, double *q, double *scale);

#endif
