/* What the files of the hunt share, and nobody else sees. */
#ifndef VERIFY_HUNTER_H
#define VERIFY_HUNTER_H

#include <nlopt.h>
#include <time.h>

#include "verify/hunt/hunt.h"
#include "verify/measure/measure.h"

/* How a family has done. */
typedef struct rate_record {
	rate_candidate family;
	rate_draft best;
	double score;            /* of `best`; -1: nothing was judged */
	uint64_t tried, judged;
	int fresh;               /* `best` has not been climbed from */
	double step;             /* of the next climb */
} rate_record;

typedef struct rate_hunter {
	const rate_hunt *o;
	rate_hunted *out;
	rate_mark *mark;
	rate_space space;
	rate_record *record;
	size_t records;
	double started, score;   /* score: of the best of the present search */
	rate_draft best;
	int violated;            /* the present search has found a violation and may stop */
	uint64_t limit;          /* of evaluations, of the present search */
	nlopt_opt climbing;
} rate_hunter;

/* One draft on its way to a score. */
typedef struct rate_trial {
	rate_check check;
	rate_session session;
	rate_measured m;
	rate_verdict verdict;
	rate_bound_spec *objective, *given;
	double multiple[64];
} rate_trial;

static inline double rate_hunt_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + 1e-9 * (double)ts.tv_nsec;
}

/* trial.c. The draft as a check; its texts stand in out->trying in case that it kills the child. */
int rate_trial_begin(rate_hunter *h, const rate_draft *d, rate_trial *t);
/* 1: measured; 0: not to be judged here; RATE_FAIL. */
int rate_trial_measure(rate_hunter *h, rate_trial *t);
void rate_trial_end(rate_trial *t);

/* score.c. Counts what became of a trial, as rate_trial_measure said; its score, -1 if there is none. */
double rate_trial_score(rate_hunter *h, rate_trial *t, int rc);
void rate_trial_publish(rate_hunter *h, const rate_trial *t, double ratio);
/* Runs the draft. Its score; *violated if the claim is refuted. The best so far is published. */
double rate_hunt_evaluate(rate_hunter *h, const rate_draft *d, int *violated);

/* families.c. RATE_FAIL where memory ends or a spec does not bind. */
int rate_hunt_all_families(rate_hunter *h);
int rate_hunt_given_families(rate_hunter *h);
int rate_hunt_own_families(rate_hunter *h);
/* The scores; what was found stays published. */
void rate_hunt_forget(rate_hunter *h);
void rate_hunt_free_records(rate_hunter *h);

/* search.c. Random draws and climbs in turn, so many evaluations at most. */
void rate_hunt_search(rate_hunter *h, uint64_t evaluations);
/* Climbs from the family's best draft; RATE_CLIMB evaluations at most. */
void rate_hunt_climb(rate_hunter *h, rate_record *r);
enum { RATE_CLIMB = 400 };

/* shrink.c. Makes the best instance small, and publishes it. */
void rate_hunt_shrink(rate_hunter *h);

#endif
