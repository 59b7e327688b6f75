/* What proofs in the book leave to a computation. Every step has room for its rounding errors. */
#include "tests/tap.h"

#include <math.h>

/* theorems/lemmas/lem-pl.c: f = x^2 + 3 sin^2 x has f'^2 > 2 pl f on [0.1, 12]. As |phi'| < 450, phi(x) > 0 is true up to
 * x + phi(x)/450. */
static void pl_of_sine(double pl, int holds, const char *name)
{
	double x = 0.1;
	long intervals = 0;

	while (x < 12 && intervals < 100000) {
		double slope = 2 * x + 3 * sin(2 * x), f = x * x + 3 * sin(x) * sin(x), phi = slope * slope - 2 * pl * f - 1e-9;

		if (!(phi > 0))
			break;
		x += phi / 450;
		intervals++;
	}
	ok((x >= 12) == holds, "%s: %ld intervals, up to %.4f", name, intervals, x);
}

int main(void)
{
	pl_of_sine(0.1755, 1, "x^2 + 3 sin^2 x: pl = 0.1755");
	pl_of_sine(0.1756, 0, "and 0.1756 is not proved");
	return done_testing();
}
