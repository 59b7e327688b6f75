/* The space that `hunt` searches: instances of a theorem as drafts, lists of numbers that a random draw, a
 * derivative-free optimiser and a shrinker can all change, and that print as specs. */
#ifndef VERIFY_SPACE_H
#define VERIFY_SPACE_H

#include "verify/record/check.h"

enum { RATE_SLOTS = 160, RATE_FAMILY_WORDS = 4 };

/* Objectives of one make: a base and its wrappers. What the user gave stands; all else is drawn from the schema. */
typedef struct rate_candidate {
	const rate_class_info *word[RATE_FAMILY_WORDS];
	char *head[RATE_FAMILY_WORDS];   /* as it is typed in front of the parameters */
	size_t words;
	const rate_bound_spec *given;    /* the user's own spec, or NULL */
} rate_candidate;

/* Where the number of a slot goes; 0 and up: the word of the objective. */
enum { RATE_TO_THEOREM = -1, RATE_TO_MULTIPLE = -2, RATE_TO_FRACTION = -3, RATE_TO_SEED = -4 };

typedef enum rate_slot_scale {
	RATE_FIXED,  /* value = y, not moved by the optimiser: whole numbers, choices, zeros */
	RATE_LINEAR, /* value = y */
	RATE_LOG,    /* value = sign e^y */
	RATE_CUBE    /* value = y^3: small numbers and both ends are in reach */
} rate_slot_scale;

typedef struct rate_slot {
	int to;
	size_t param;          /* of the word's (the theorem's) schema; equal ones in a row are the entries of a list */
	rate_slot_scale scale;
	double y, sign, low, high; /* low, high: of y */
} rate_slot;

typedef struct rate_draft {
	const rate_candidate *family;
	uint64_t T;
	size_t slots;
	rate_slot slot[RATE_SLOTS];
} rate_draft;

/* What the draws have to respect. */
typedef struct rate_space {
	const rate_class_info *theorem;
	const rate_bound_spec *given;  /* the theorem's spec as the user gave it */
	uint64_t key, drawn;           /* stream of the draws; how many there were */
	uint64_t steps;                /* most steps; exactly that many with `exact_steps` */
	size_t dimension;              /* most dimensions */
	int exact_steps;
	uint64_t least;                /* fewest steps */
	double floor;                  /* of the fraction of the range, by which a theorem's parameters are chosen */
	int convex, strongly, one_term; /* what the theorem needs */
} rate_space;

void rate_space_begin(rate_space *s, const rate_class_info *theorem, const rate_bound_spec *given, uint64_t seed);
double rate_space_uniform(rate_space *s);
/* Draws every slot anew. */
void rate_space_draw(rate_space *s, const rate_candidate *family, rate_draft *out);

double rate_slot_value(const rate_slot *s);
/* Makes `value` the value of the slot, in its scale if that can be. */
void rate_slot_set(rate_slot *s, double value);

/* The shortest decimal number that reads as `value`. */
void rate_shortest(char *out, size_t size, double value);
/* Keys that have their preset are left out. */
void rate_draft_objective(const rate_draft *d, char *out, size_t size);
/* "gamma=1,beta=0.5": the theorem's parameters that have slots of their own; "" if none has. */
void rate_draft_parameters(const rate_draft *d, const rate_class_info *theorem, char *out, size_t size);

#endif
