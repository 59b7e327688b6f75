/* The claim of a theorem for a browser: words as they are, formulas as MathML. */
#ifndef REPORTS_MATHML_H
#define REPORTS_MATHML_H

#include <stdio.h>

/* "f convex, 0 < γ ≤ 1/L: f(x_t) − f* ≤ D²/(2γt)": what is no word is mathematics. A browser without MathML shows the
 * signs in their order. */
void rate_mathml_prose(FILE *out, const char *s);

#endif
