/* The probe: are the declared properties of an objective true? Looks at random segments about the minimiser at several
 * scales, at directions of extreme curvature, and near the worst found; a false constant is found with a witness, a
 * true one is never flagged (what is measured is moved to its safe side by its rounding error). */
#ifndef VERIFY_PROBE_H
#define VERIFY_PROBE_H

#include "verify/session/session.h"

enum { RATE_FINDINGS = 96, RATE_PROBE_ARENA = 1 << 28 };

typedef enum rate_finding_code { RATE_TRUE, RATE_FALSE, RATE_UNDECLARED, RATE_UNSEEN } rate_finding_code;

typedef struct rate_finding {
	char property[40];
	rate_finding_code code;
	rate_knowledge kind;       /* of the declaration; 0: none, or not a constant */
	int sign;                  /* +1: the declared number bounds from above, -1: from below, 0: it is no bound */
	double declared, measured; /* NaN: not declared, nothing to measure */
	char why[160];
	size_t points;             /* vectors of the witness: 0, 1 or 2 */
	size_t first;              /* its first vector in rate_probing.vector */
} rate_finding;

typedef struct rate_probing {
	size_t d, n, count, vectors;
	int ended; /* 0: the child did not come to its end */
	rate_finding finding[RATE_FINDINGS];
	double vector[]; /* d doubles each, up to the end of the arena */
} rate_probing;

/* Fills `out` (RATE_PROBE_ARENA bytes); `effort`: how many segments for each property; `seed` draws them; `only`: that
 * constant alone, or NULL for all there is. RATE_FAIL with s->error when an oracle fails. */
int rate_probe(rate_session *s, uint64_t effort, uint64_t seed, const char *only, rate_probing *out);
/* Then the lemmas, each in a session of its own: a finding for every one that applies. */
int rate_probe_lemmas(const rate_check *check, const rate_bound_spec *const *lemma, size_t count, uint64_t seed,
                      rate_mark *mark, rate_probing *out);

/* ---- What the parts of the probe share ---- */

typedef struct rate_prober {
	rate_session *s;
	rate_probing *out;
	uint64_t effort, seed, draw; /* draw: number of the next random point */
	const char *only;            /* this constant alone; NULL: all */
	size_t d, terms;             /* terms (samples, rounds) that are looked at */
	int all_terms;               /* they are all there are */
	size_t points, room;         /* how often an oracle is looked at; bytes for the vectors of witnesses */
	double reach;                /* |x_0 - x_star|, or 1 */
	double *store, *x, *y, *e, *gx, *gy, *dg, *a, *b, *turn, *normal;
	double fx, fy, dist, norm_dg, inner, bend, size, round_g, round_f;
	double declared;             /* a score may replace it (worst of a vector) */
	const double *direction;     /* where a score would rather look, or NULL */
} rate_prober;

/* What is measured for a constant, at the pair p->x, p->y. */
typedef struct rate_score {
	const char *name;
	int sign;     /* +1: the declared number bounds it from above, -1: from below */
	int point;    /* it looks at x alone */
	int terms;    /* extreme terms decide */
	int relative; /* each term has a declared number of its own: the worst share decides */
	/* *v: the number, moved by its rounding error to the side that accuses nobody; left alone: nothing to see
	 * here. */
	int (*score)(rate_prober *p, double *v);
	const char *what;
} rate_score;

typedef struct rate_worst {
	int found;
	double value, badness, declared; /* declared: NaN for none */
	double *x, *y;
} rate_worst;

/* `out` has room for its head and p->room bytes, set here as for RATE_PROBE_ARENA. RATE_FAIL: nothing to close. */
int rate_prober_open(rate_prober *p, rate_session *s, rate_probing *out, uint64_t effort, uint64_t seed);
void rate_prober_close(rate_prober *p);

/* The finding of that name, made if it is not there. */
rate_finding *rate_find(rate_prober *p, const char *property);
/* What a measured number says of a declared one that has to bound it from above (sign 1) or below (-1). `exact`: it is
 * the constant itself; else the worst that was seen of it. A number that is declared as a bound from the other side has
 * nothing to do with what is seen beyond it. */
rate_finding_code rate_weigh(rate_knowledge kind, int sign, double declared, double measured, double tolerance,
                             int exact);
/* Keeps x (and y) as the witness of a finding. */
void rate_keep_witness(rate_prober *p, rate_finding *f, const double *x, const double *y);
/* A finding without a number: `fault` NULL, or the reason why it is false, with the point in p->x. */
void rate_note_oracle(rate_prober *p, const char *property, double measured, const char *fault);
/* x and y <- the next random pair. */
void rate_draw_pair(rate_prober *p);
/* Measures the pair in p->x, p->y. */
int rate_measure_pair(rate_prober *p);
/* Term i of p->terms. */
int rate_term_value(rate_prober *p, size_t i, const double *x, double *f);
int rate_term_gradient(rate_prober *p, size_t i, const double *x, double *g);

/* A function of a point: the whole, or term i. */
typedef int (*rate_oracle)(rate_prober *p, size_t i, const double *x, double *out);
int rate_whole_value(rate_prober *p, size_t i, const double *x, double *f);
int rate_whole_gradient(rate_prober *p, size_t i, const double *x, double *g);
/* A quotient of differences is the mean of the slopes on its way (p->x, width p->e to both sides). 1: those that the
 * oracle gives there lie on both sides of it, and the slope at p->x is as large as they: the function varies within
 * the width, and nothing is known of its slope at p->x. */
int rate_slopes_around(rate_prober *p, rate_oracle gradient, size_t i, double width, double mean, double slope);
/* p->e <- a random unit vector (even k), or one of the basis. */
void rate_draw_direction(rate_prober *p, size_t k);
/* F = f + h at x, and how far off it may be by rounding. */
int rate_probe_F(rate_prober *p, const double *x, double *F, double *round);

extern const rate_score rate_scores[]; /* scores.c; the last has no name */
/* Scores of what belongs to interfaces (systems.c). */
int rate_score_lambda_2(rate_prober *p, double *v);
int rate_score_lambda_n(rate_prober *p, double *v);
int rate_score_network_L(rate_prober *p, double *v);
int rate_score_L_rms(rate_prober *p, double *v);
int rate_score_g1(rate_prober *p, double *v);
int rate_score_g2(rate_prober *p, double *v);
int rate_score_risk_G(rate_prober *p, double *v);
int rate_score_risk_G2(rate_prober *p, double *v);
int rate_score_risk_L(rate_prober *p, double *v);
const rate_score *rate_score_of(const char *name);
/* w->x, w->y <- the worst pair found. */
int rate_search_worst(rate_prober *p, const rate_score *score, rate_worst *w); /* probe_search.c */

/* Is there a declared number for this score, in this part of the probe? And the score at p->x, p->y against it. */
int rate_score_declared(rate_prober *p, const rate_score *c, double *declared, rate_knowledge *kind);
int rate_probe_pair(rate_prober *p, const rate_score *c, double declared, rate_knowledge kind);
/* Parts of those below: the slope at p->x towards p->y; and slopes, Hessian, gap and operators at random points; what
 * is looked at at the minimiser. */
int rate_probe_slope(rate_prober *p);
int rate_probe_slopes(rate_prober *p);
int rate_probe_hessian(rate_prober *p);
int rate_probe_gap(rate_prober *p);
int rate_probe_prox(rate_prober *p, int of_h);
int rate_probe_projection(rate_prober *p);
int rate_probe_network(rate_prober *p);
int rate_probe_lmo(rate_prober *p);
int rate_probe_composition(rate_prober *p);
int rate_probe_risk(rate_prober *p);
int rate_probe_star(rate_prober *p);
int rate_probe_noise(rate_prober *p);
int rate_probe_infima(rate_prober *p);

int rate_probe_oracles(rate_prober *p);   /* probe_oracles.c: values, gradients, terms, Hessians, gaps */
int rate_probe_operators(rate_prober *p); /* probe_operators.c: prox, projection, linear minimisation */
int rate_probe_conduct(rate_prober *p);   /* probe_conduct.c: no memory, no traces, no limits */
int rate_probe_constants(rate_prober *p); /* probe_constants.c: what must be searched */
int rate_probe_minimiser(rate_prober *p); /* probe_star.c: what is looked at there */
int rate_probe_samples(rate_prober *p);   /* probe_samples.c: moments of a stream */

#endif
