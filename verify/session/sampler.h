/* What a run draws, and what is drawn for it where outcomes are enumerated: the samples behind draw and component, the
 * choices, the count of outcomes. Belongs to one session. */
#ifndef VERIFY_SAMPLER_H
#define VERIFY_SAMPLER_H

#include <stddef.h>
#include <stdint.h>

#include "ratecheck/method.h"

typedef enum rate_sampler {
	RATE_BY_PHILOX, /* replicate r draws from its own stream */
	RATE_FORCED,    /* every replicate draws outcome `forced` (to read the map of a step) */
	/* every replicate draws term `forced` as often as the batch is large; n: no term, gradients are 0; n + 1:
	 * the last terms */
	RATE_BY_TERM,
	RATE_BY_DIGITS, /* replicate r draws the digits of r in base `outcomes` (to enumerate all paths) */
	/* the same for steps that draw anything: each draw takes a digit in the base of its own outcomes */
	RATE_BY_LEAF
} rate_sampler;

enum { RATE_FEW = 4, RATE_PURPOSES = 16 };

typedef struct rate_draws {
	rate_sampler sampler;
	uint64_t forced, replicate0, key;
	int spread;          /* 1: row r draws outcome (or term) forced + r */
	/* Outcomes of one draw of c.batch terms: C(n, b), in lexicographic order; UINT64_MAX: too many to count. Of
	 * a stream with m normals in a batch, or of steps with m normals of their own: sqrt(m) e_0, -sqrt(m) e_0,
	 * sqrt(m) e_1, ..., -sqrt(m) e_{m-1}, for each subset if terms are drawn beside them; and two probes beyond,
	 * for each subset. */
	uint64_t outcomes;
	/* what steps draw by `choose` beside the terms, where outcomes are enumerated: outcome = choice number x
	 * subsets + subset number, and `outcomes` counts both */
	struct rate_choice {
		uint64_t count;  /* 1: nothing is chosen */
		uint32_t purpose;
		double *weight;  /* NULL: all alike */
		double total;    /* of the weights */
		int looking;     /* the first step finds out */
		int drawn;       /* since the step began (a start counts for step 0) */
	} choice;
	/* Normals of the method's own that the steps draw, a block for each purpose, where they are enumerated: they
	 * follow those of the stream, in the order of the purposes here. So do the samples of a stream of which a
	 * step draws more than one. */
	struct rate_own_normals {
		uint32_t purposes, purpose[RATE_PURPOSES];
		uint32_t samples, sample[RATE_PURPOSES];
		int looking;     /* the first step finds out */
		int drawn;       /* since the step began */
		uint64_t sets;   /* subsets of terms that may be drawn beside them */
	} own;
	uint32_t purpose;    /* of the draw that has been forced in this step, plus 1; 0: none yet */
	struct rate_leaf {
		uint64_t radix;  /* leaves since the start: the product of the bases of all draws */
		uint32_t draws;  /* of this step, and which */
		struct rate_leaf_draw { uint32_t purpose, batch; uint64_t radix; } of[16];
	} leaf;
	int ordered;         /* purposes are told apart by their order in the step alone */
	int unforced;        /* something else was drawn: outcomes are not all there is */
	int measuring;       /* the theorem measures: what is drawn now belongs to no step */
	rate_sample sample[RATE_PURPOSES];
	uint64_t *index[RATE_PURPOSES];
	double *normal[RATE_PURPOSES];
	uint32_t batch_capacity[RATE_PURPOSES];
	/* single terms: handles that stay where they are, of which those of this step are in use */
	struct rate_component {
		rate_sample sample;
		size_t rows;     /* that hold its term */
		uint64_t *index;
		double *normal;
	} **component;
	size_t components, component_room;
	struct rate_ahead {  /* drawn one step ahead, of nrep rows; 0: none yet */
		size_t nrep;
		uint64_t t, replicate0;
		uint32_t purpose;
		uint64_t index[RATE_FEW];
	} ahead;
} rate_draws;

const rate_sample *rate_svc_draw(rate_run *run, uint32_t purpose, uint32_t batch);
const rate_sample *rate_svc_component(rate_run *run, uint64_t i);
int rate_svc_normals(rate_run *run, uint32_t purpose, double *z);

/* Samples are sized by the rows of a block: before there are others. */
void rate_draws_resize(rate_draws *draws);
void rate_draws_free(rate_draws *draws);
/* C(n, b), or UINT64_MAX if that is 2^40 or more. */
uint64_t rate_subsets(uint64_t n, uint64_t b);
/* Where outcomes are normals: how many of them, and how many subsets of terms. */
size_t rate_normals_of(const rate_draws *draws);
uint64_t rate_sets_of(const rate_draws *draws);
/* Normal k of the probe w = 0, 1 of a stream: fixed, of no special form. */
double rate_probe_normal(uint64_t w, size_t k);

#endif
