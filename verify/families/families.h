/* Kinds of problem, a row and a file each. What a stage may ask of an objective, and what it may not, it reads off
 * the row. Lists are names with blanks between them; NULL: all that the host knows. */
#ifndef VERIFY_FAMILIES_H
#define VERIFY_FAMILIES_H

typedef struct rate_family {
	const char *name, *title;
	const char *flag;       /* the constant that is 1 on it; NULL: whatever belongs to no other family */
	const char *stranger;   /* why a theorem that does not need the flag says nothing of it */
	const char *no_value;   /* why nobody can ask for a value of it; NULL: there are values */
	const char *words;      /* for `ratecheck show`: what the oracles mean here */
	const char *interfaces; /* that mean something here */
	const char *constants;  /* that may be declared; their directions stand in verify/record/constants.h */
	const char *needs;      /* of theorems (verify/session/needs.c) beside constants and interfaces */
	const char *quantities; /* that can be measured, with their rounding scales in verify/session/quantities/ */
	const char *tests;      /* of the probe, of those that are not for every family */
} rate_family;

/* In the order in which they are tried: rate_family_X, in X.c. */
#define RATE_FAMILIES(X) \
	X(field) \
	X(minimise)

#define RATE_FAMILY_DECLARED(name) extern const rate_family rate_family_##name;
RATE_FAMILIES(RATE_FAMILY_DECLARED)

extern const rate_family *const rate_families[]; /* NULL ends them */

/* NULL: none of that name. */
const rate_family *rate_family_named(const char *name);
/* Is the name in the list? */
int rate_family_has(const char *list, const char *name);

#endif
