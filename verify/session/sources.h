/* Where the answers to oracles come from: a row for f and its gradient, a row for samples, a file each in sources/.
 * The first that fits is taken, when the objective is opened and again when blocks are made. Every row counts its
 * calls and has its answers looked at; the services ask the rows and know no source by name. (The exact worst case
 * has a table of services of its own, verify/worst/trace.c.) */
#ifndef VERIFY_SOURCES_H
#define VERIFY_SOURCES_H

#include "verify/session/guard.h"

typedef struct rate_source {
	const char *name;
	int (*fits)(const rate_session *s);
	/* At one vector. */
	int (*f)(rate_session *s, const double *x, double *f);
	int (*g)(rate_session *s, const double *x, double *g);
	/* At each live row of a block. */
	int (*values)(rate_session *s, const double *x, double *f);
	int (*gradients)(rate_session *s, const double *x, double *g);
} rate_source;

typedef struct rate_sample_source {
	const char *name;
	int (*fits)(const rate_session *s);
	/* Of draw k of the sample, at one vector. */
	int (*f)(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *f);
	int (*g)(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *g);
	/* Means over the batch of each live row. */
	int (*gradients)(rate_session *s, const rate_sample *sample, const double *x, double *g);
	/* x <- x + a (gradient of the sample at x), gradients need not be written; NULL: nothing better than that is
	 * known. */
	int (*step)(rate_session *s, const rate_sample *sample, double a, double *x, double *work);
} rate_sample_source;

/* In the order in which they are tried: rate_source_X, rate_samples_X. */
#define RATE_SOURCES(X) \
	X(glm)    /* glm.c: the host's kernels, in place of a generalized linear model's oracles */ \
	X(block)  /* block.c: block/1, several points at once */ \
	X(plugin) /* plugin.c: its own oracles, a row after the other */
#define RATE_SAMPLES(X) \
	X(stream) /* stream.c: stream/1 */ \
	X(glm) \
	X(block) \
	X(sum)    /* plugin.c: finite-sum/1 */ \
	X(whole)  /* plugin.c: f itself, a sum of one term */

#define RATE_SOURCE_DECLARED(name) extern const rate_source rate_source_##name;
RATE_SOURCES(RATE_SOURCE_DECLARED)
#define RATE_SAMPLES_DECLARED(name) extern const rate_sample_source rate_samples_##name;
RATE_SAMPLES(RATE_SAMPLES_DECLARED)

void rate_choose_sources(rate_session *s);

/* Mean over the batch of each row, draw by draw: `width` numbers an answer, rows `stride` apart. */
typedef int (*rate_draw_oracle)(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *out);
int rate_batch_mean(rate_session *s, const rate_sample *sample, const double *x, rate_draw_oracle oracle, size_t width,
                    size_t stride, double *out);
/* x <- x + a g, by the services. */
int rate_step_by_gradient(rate_session *s, const rate_sample *sample, double a, double *x, double *work);
int rate_gradients_draw_by_draw(rate_session *s, const rate_sample *sample, const double *x, double *g);

/* plugin.c: an oracle at each live row, one after the other, and their answers looked at together: `width` numbers
 * each, `stride` apart. */
typedef int (*rate_row_oracle)(rate_session *s, const rate_sample *sample, size_t r, const double *x, double *out);
int rate_row_by_row(rate_session *s, const char *name, rate_row_oracle oracle, const rate_sample *sample,
                    const double *x, size_t width, size_t stride, double *out);

/* plugin.c: draw k is a term of the sum, as the plugin computes it. */
int rate_term_f(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *f);
int rate_term_g(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *g);

#endif
