/* The one account of rounding: what is measured is off by at most 64 eps s, and this says what s is; doc/rounding.md
 * derives it. The judge takes it from the claim; hunt, probe and exact means use the same. */
#ifndef VERIFY_ROUNDING_H
#define VERIFY_ROUNDING_H

#include "verify/session/session.h"

#define RATE_EPS 0x1p-52

/* Squares of lengths lose digits below the smallest normal number: 64 eps of this are more than that. */
#define RATE_LOST (0x1p-1022 / RATE_EPS)

/* The larger of |x| and |x_star|. */
double rate_reach(const rate_session *s, const double *x);

/* Rounding inside f moves a point that is near the minimiser by s->drift, whatever its size: 64 eps times the scale
 * is 64 times what that does to the measured quantity. */
#define RATE_DRIFTED 0x1p52

/* The paths themselves. Row r stands within 64 eps (reach + blur) of where exact steps would have put it; the quantity
 * there has half of the slope `slope` and half of the curvature `curvature`. */
double rate_inherited(const rate_session *s, size_t r, double slope, double curvature);
/* Begins with every path at its start. */
void rate_paths_begin(rate_session *s);
/* x_t is made of numbers of the size of x_{t-1} and x_{t-2}. */
void rate_paths_keep_reach(rate_session *s);

/* Polyak steps (methods with RATE_NEEDS_F_STAR) are as wrong as the f(x) - f_star in them. `gap` and `slope` are told
 * by the services as the method asks for them; `before` and `after` stand around the step. */
int rate_polyak_open(rate_session *s, size_t rows);
void rate_polyak_close(rate_session *s);
void rate_polyak_gap(rate_session *s, size_t r, double gap, double scale);
void rate_polyak_slopes(rate_session *s, const double *g);
void rate_polyak_before(rate_session *s);
void rate_polyak_after(rate_session *s);

/* Errors in what a bound is made of: one eps in each constant, and what it means for D2, d0, g02 that x_0, x_star and
 * f_star are rounded. `known` points into c; the count is returned. */
typedef struct rate_error_in { double *known, error; } rate_error_in;
enum { RATE_ERRORS = 16 };
size_t rate_errors_in(const rate_session *s, rate_case *c, rate_error_in *out);

#endif
