/* Where the answers to oracles come from: a row for f and its gradient, a row for samples, a file each in sources/. The first
 * that fits is taken, when the objective is opened and again when blocks are made. Every row counts its calls and has its
 * answers looked at; the services ask the rows and know no source by name. (The exact worst case has a table of services of
 * its own, verify/worst/trace.c.) */
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
	/* x <- x + a (gradient of the sample at x), gradients need not be written; NULL: nothing better than that is known. */
	int (*step)(rate_session *s, const rate_sample *sample, double a, double *x, double *work);
} rate_sample_source;

/* glm.c: the host's kernels, in place of a generalized linear model's oracles. */
extern const rate_source rate_source_glm;
extern const rate_sample_source rate_samples_glm;
/* block.c: block/1, several points at once. */
extern const rate_source rate_source_block;
extern const rate_sample_source rate_samples_block;
/* plugin.c: the plugin's own oracles, a row after the other. */
extern const rate_source rate_source_plugin;
extern const rate_sample_source rate_samples_sum, rate_samples_whole;
/* stream.c: stream/1. */
extern const rate_sample_source rate_samples_stream;

void rate_choose_sources(rate_session *s);

/* Mean over the batch of each row, draw by draw: `width` numbers an answer, rows `stride` apart. */
typedef int (*rate_draw_oracle)(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *out);
int rate_batch_mean(rate_session *s, const rate_sample *sample, const double *x, rate_draw_oracle oracle, size_t width,
                    size_t stride, double *out);
/* x <- x + a g, by the services. */
int rate_step_by_gradient(rate_session *s, const rate_sample *sample, double a, double *x, double *work);
int rate_gradients_draw_by_draw(rate_session *s, const rate_sample *sample, const double *x, double *g);

/* plugin.c: draw k is a term of the sum, as the plugin computes it. */
int rate_term_f(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *f);
int rate_term_g(rate_session *s, const rate_sample *sample, size_t k, const double *x, double *g);

#endif
