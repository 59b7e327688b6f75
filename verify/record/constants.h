/* The constants that an objective may declare (constants/1), in one list. Filling the case, needs, blame, probe and
 * --declare read it; a new constant is a line here and a score in verify/probe/scores.c.
 *
 * A theorem may read a constant only from its safe side: an L that is too large, or a mu that is too small, describes a
 * larger class that the function belongs to as well. */
#ifndef VERIFY_CONSTANTS_H
#define VERIFY_CONSTANTS_H

#include <stddef.h>

#include "ratecheck/objective.h"
#include "ratecheck/theorem.h"

typedef enum rate_use {
	RATE_USE_ABOVE, /* known exactly or from above: too large is safe */
	RATE_USE_BELOW, /* known exactly or from below: too small is safe */
	RATE_USE_EXACT, /* known exactly: no side is safe */
	RATE_USE_FLAG,  /* 1 or 0 */
	RATE_USE_KEY    /* says which instance it is; nothing to test */
} rate_use;

typedef enum rate_test {
	RATE_TEST_SCORE, /* a number at points or pairs of points: scores.c */
	RATE_TEST_STAR,  /* at the minimiser: star.c */
	RATE_TEST_NONE
} rate_test;

/* name, field of rate_case (NONE: none), length of a vector (1: a scalar), use, test, what it is. */
#define RATE_CONSTANTS(X) \
	X(convex,         NONE,              1, FLAG,  SCORE, "f (each f_i, and h) is convex") \
	X(L,              AT(L),             1, ABOVE, SCORE, "smoothness of f") \
	X(mu,             AT(mu),            1, BELOW, SCORE, "strong convexity of f") \
	X(rho_weak,       AT(rho_weak),      1, ABOVE, SCORE, "weak convexity of f") \
	X(rho_terms,      NONE,              1, ABOVE, SCORE, "weak convexity of every term") \
	X(rho_model,      NONE,              1, ABOVE, SCORE, "composition/1: model at x <= f + rho_model/2 |.-x|^2") \
	X(pl,             AT(pl),            1, BELOW, SCORE, "|grad f|^2 >= 2 pl (f - f_star)") \
	X(G,              AT(G),             1, ABOVE, SCORE, \
	  "bound on subgradients, in the mean square over the terms") \
	X(G_mean,         NONE,              1, ABOVE, SCORE, "bound on subgradients of f itself") \
	X(G_inf,          NONE,              1, ABOVE, SCORE, "bound on the entries of subgradients") \
	X(f_star,         NONE,              1, EXACT, SCORE, "inf f") \
	X(F_star,         NONE,              1, EXACT, SCORE, "inf of f + h") \
	X(L_max,          AT(L_max),         1, ABOVE, SCORE, "smoothness of every term") \
	X(L_i,            NONE,              n, ABOVE, SCORE, "smoothness of term i") \
	X(mu_min,         NONE,              1, BELOW, SCORE, "strong convexity of every term") \
	X(noise2,         AT(noise2),        1, ABOVE, SCORE, "bound on E |g - grad f|^2") \
	X(noise_max,      AT(noise_max),     1, ABOVE, SCORE, "bound on |g - grad f| of every sample") \
	X(noise_additive, NONE,              1, FLAG,  SCORE, "the law of g - grad f is the same everywhere") \
	X(noise_subgauss, NONE,              1, ABOVE, SCORE, "s with E exp(|g - grad f|^2/s^2) <= e") \
	X(noise_M,        NONE,              1, ABOVE, SCORE, "E |g - grad f|^2 <= noise_M + noise_MV |grad f|^2") \
	X(noise_MV,       NONE,              1, ABOVE, SCORE, "E |g - grad f|^2 <= noise_M + noise_MV |grad f|^2") \
	X(strong_growth,  AT(strong_growth), 1, ABOVE, SCORE, "rho with E |g|^2 <= rho |grad f|^2") \
	X(L_2,            AT(L_2),           1, ABOVE, SCORE, "Lipschitz constant of the Hessian") \
	X(L0,             AT(L0),            1, ABOVE, SCORE, "|Hess f| <= L0 + L1 |grad f|") \
	X(L1,             AT(L1),            1, ABOVE, SCORE, "|Hess f| <= L0 + L1 |grad f|") \
	X(mu_h,           AT(mu_h),          1, BELOW, SCORE, "strong convexity of h") \
	X(diameter,       AT(diameter),      1, ABOVE, SCORE, "of the feasible set") \
	X(box,            NONE,              1, ABOVE, SCORE, "largest side of the feasible set") \
	X(x_star,         NONE,              d, EXACT, STAR,  "the minimiser") \
	X(f_i_star,       NONE,              n, BELOW, STAR,  "inf f_i") \
	X(sigma_star2,    NONE,              1, ABOVE, STAR,  "mean |grad f_i(x_star)|^2") \
	X(Delta_star,     NONE,              1, ABOVE, STAR,  "f_star - mean inf f_i") \
	X(interpolation,  NONE,              1, FLAG,  STAR,  "one point minimises every term") \
	X(mu_star,        NONE,              1, BELOW, STAR,  "least eigenvalue of the Hessian at x_star") \
	X(L_metric,       NONE,              1, ABOVE, SCORE, "Hess f <= L_metric B, B of metric/1") \
	X(mu_metric,      NONE,              1, BELOW, SCORE, "Hess f >= mu_metric B, B of metric/1") \
	X(even,           NONE,              1, FLAG,  SCORE, "f(x_star + e) = f(x_star - e)") \
	X(field,          NONE,              1, FLAG,  NONE, \
	  "the gradient is a field V, of no function: there are no values") \
	X(monotone,       NONE,              1, FLAG,  SCORE, "<V(y)-V(x),y-x> >= 0") \
	X(skew,           NONE,              1, FLAG,  SCORE, "<V(y)-V(x),y-x> = 0") \
	X(sigma_min,      NONE,              1, BELOW, SCORE, "|V(y)-V(x)| >= sigma_min |y-x|") \
	X(cycle,          NONE,              1, KEY,   NONE,  "of reddi-cycle: it is one") \
	X(growth,         NONE,              1, KEY,   NONE,  "of online-cycle: its slope") \
	X(median,         NONE,              1, KEY,   NONE,  "of outlier: where the median of the noise lies") \
	X(chain,          NONE,              1, KEY,   NONE,  "of nesterov-chain: its length") \
	X(drori,          NONE,              1, KEY,   NONE,  "of drori-worst: its horizon") \
	X(harvey,         NONE,              1, KEY,   NONE,  "of harvey: its horizon") \
	X(loss_range,     NONE,              1, ABOVE, SCORE, "largest difference of two experts' losses in a round") \
	X(simplex,        NONE,              1, KEY,   NONE,  "1: the feasible set is the simplex") \
	X(square_simplex, NONE,              1, KEY,   NONE,  "of simplex-square: its dimension") \
	X(tent,           NONE,              1, KEY,   NONE,  "of broken-curvature: the width of its tent") \
	X(newton_cycle,   NONE,              1, KEY,   NONE,  "of broken-curvature: where Newton's method cycles") \
	X(newton_cubes,   NONE,              1, KEY,   NONE,  "of hyperbola: it is one") \
	X(self_concordant, NONE,             1, KEY,   NONE, \
	  "f is self-concordant: |f'''[h,h,h]| <= 2 f''[h,h]^(3/2)") \
	X(weight2,        NONE,              1, KEY,   NONE,  "of domains: mean square of the weights") \
	X(weight2_shift,  NONE,              1, KEY,   NONE,  "of domains: mean of w^2 (c - x_star)") \
	X(rows,           NONE,              1, KEY,   NONE,  "of frame: all rows are as long") \
	X(features,       NONE,              1, KEY,   NONE,  "of kernel-features: their number") \
	X(krylov_convex,  NONE,              1, KEY,   NONE,  "of krylov-worst, convex: its horizon") \
	X(krylov_sc,      NONE,              1, KEY,   NONE,  "of krylov-worst, strongly convex: its horizon") \
	X(pl_F,           NONE,              1, BELOW, SCORE, \
	  "the proximal inequality of Polyak and Lojasiewicz of f + h") \
	X(difference,     NONE,              1, KEY,   NONE,  "of proxies: f'' less that of the proxy") \
	X(lambda_1,       NONE,              1, KEY,   NONE,  "of gep: the largest eigenvalue") \
	X(lambda_2,       NONE,              1, KEY,   NONE,  "of gep: the next") \
	X(discs,          NONE,              1, KEY,   NONE,  "of poincare: how many there are") \
	X(set_center,     NONE,              1, KEY,   NONE,  "each coordinate of the centre of the feasible set") \
	X(log_volume,     NONE,              1, KEY,   NONE,  "of the feasible set") \
	X(minimax,        NONE,              1, KEY,   NONE,  "of minimax: its horizon") \
	X(two_points,     NONE,              1, KEY,   NONE,  "of two-point-noise: the share of the rare point")

typedef struct rate_constant_info {
	const char *name;
	ptrdiff_t field; /* offset in rate_case; -1: none */
	char length;     /* '1': a scalar; 'd', 'n': a vector of as many */
	rate_use use;
	rate_test test;
	const char *text;
} rate_constant_info;

#define RATE_ONE_MORE(name, field, length, use, test, text) +1
enum { RATE_CONSTANT_COUNT = 0 RATE_CONSTANTS(RATE_ONE_MORE) };
extern const rate_constant_info rate_constant_list[]; /* the last has no name */

/* NULL: none of that name. */
const rate_constant_info *rate_constant_named(const char *name);
/* NULL: a theorem may read it; else what is wrong, "only a lower bound of L is known". `text` is written to. */
const char *rate_constant_unsafe(const rate_constant_info *c, rate_knowledge kind, char *text, size_t size);
/* Does it mean something to its objective and to its theorem alone, so that nobody can test it? */
int rate_constant_is_private(const char *name);
/* All names, with blanks between them. */
const char *rate_constant_names(void);

#endif
