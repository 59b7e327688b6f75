/* What proofs in the book leave to a computation. Every step has room for its rounding errors. */
#include "tests/tap.h"

#include <math.h>

/* ---- theorems/lemmas/lem-pl.c: f = x^2 + 3 sin^2 x ---- */

/* phi = f'^2 - 2 pl f > 0 on [0.1, 12]. As |phi'| < 450, what is true at x is true up to x + phi(x)/450. */
static void pl_of_sine(double pl, int holds, const char *name)
{
	double x = 0.1;
	long intervals = 0;

	while (x < 12 && intervals < 100000) {
		double slope = 2 * x + 3 * sin(2 * x), f = x * x + 3 * sin(x) * sin(x),
		    phi = slope * slope - 2 * pl * f - 1e-9;

		if (!(phi > 0))
			break;
		x += phi / 450;
		intervals++;
	}
	ok((x >= 12) == holds, "%s: %ld intervals, up to %.4f", name, intervals, x);
}

/* ---- Intervals of numbers that are not negative, rounded outwards ---- */

typedef struct interval {
	double low, high;
} interval;

static interval outwards(double low, double high)
{
	return (interval){ fmax(0, nextafter(low, -INFINITY)), nextafter(high, INFINITY) };
}

static interval point(double x)
{
	return (interval){ x, x };
}

static interval add(interval a, interval b)
{
	return outwards(a.low + b.low, a.high + b.high);
}

static interval times(interval a, interval b)
{
	return outwards(a.low * b.low, a.high * b.high);
}

/* b.low may be 0: then nothing bounds the quotient. */
static interval over(interval a, interval b)
{
	return outwards(a.low / b.high, b.low > 0 ? a.high / b.low : INFINITY);
}

static interval root(interval a)
{
	return outwards(sqrt(a.low), sqrt(a.high));
}

static interval least(interval a, interval b)
{
	return (interval){ fmin(a.low, b.low), fmin(a.high, b.high) };
}

/* max{a - b, 0} */
static interval less(interval a, interval b)
{
	return (interval){ fmax(0, nextafter(a.low - b.high, -INFINITY)),
		fmax(0, nextafter(a.high - b.low, INFINITY)) * (a.high > b.low) };
}

/* 1/(1 + e^-x): exp is good to a few units in the last place. */
static interval logistic(interval x)
{
	interval e = { exp(-x.high) * (1 - 1e-14), exp(-x.low) * (1 + 1e-14) };

	return over(point(1), add(point(1), e));
}

/* ---- theorems/adaptive: the cycle Cx, -x, -x from x_1 = 1, for all C > 2 at once ---- */

/* b = 1/(1 + C^2) lies in a cell of [0, 1/5]. In units of a/sqrt(1 - b) the deficit 1 - x is a number that depends on b
 * alone, as long as nothing is clipped at -1. With w = v_{3k+1}/((1 - b) C^2), V = v/(1 - b) of the two other rounds:
 * V' = (1 - b) w + 1, V'' = b V' + 1, and the next w is 1 + V'' b^2/(1 - b). */
struct cell {
	interval b, rest, per_C, C, w, V; /* rest = 1 - b, per_C = 1/C */
};

static struct cell cell_of(double low, double high)
{
	struct cell z = { .b = { low, high }, .rest = outwards(1 - high, 1 - low), .w = { 1, 1 } };

	z.per_C = root(over(z.b, z.rest));
	z.C = over(point(1), z.per_C);
	return z;
}

/* The moments in round t, whose place in the cycle is 0 for the step down: 1/h = sqrt(v/(1 - b)), without C^2 at
 * place 0. */
static interval divisor(struct cell *z, int place)
{
	if (place == 1)
		z->V = add(times(z->rest, z->w), point(1));
	if (place == 2) {
		z->V = add(times(z->b, z->V), point(1));
		z->w = add(point(1), over(times(times(z->b, z->b), z->V), z->rest));
	}
	return root(place ? z->V : z->w);
}

/* The deficit when `cycles` cycles are over, and the largest on the way. */
static interval diffgrad(struct cell z, int cycles, double *largest)
{
	interval y = { 0, 0 }, one = point(1);

	for (int t = 1; t <= 3 * cycles; t++) {
		int place = (t - 1) % 3;
		interval friction = place == 2 ? point(0.5) : logistic(t == 1 ? z.C : add(z.C, one));
		interval step = over(friction, times(root(point(t)), divisor(&z, place)));

		y = place ? less(y, step) : add(y, step);
		*largest = fmax(*largest, y.high);
	}
	return y;
}

static interval adamod(struct cell z, int cycles, double *largest)
{
	interval y = { 0, 0 }, s = { 0, 0 }, one = point(1), old = outwards(0.9, 0.9), new = outwards(0.1, 0.1);

	for (int t = 1; t <= 3 * cycles; t++) {
		int place = (t - 1) % 3;
		/* at place 0 it is C times the rate */
		interval rate = over(one, times(root(point(t)), divisor(&z, place)));
		interval kept = times(old, s), step;

		if (place == 0) { /* s C: in the first round there is nothing to be kept, else it may be infinite */
			step = least(rate, add(times(new, rate), t == 1 ? point(0) : over(kept, z.per_C)));
			s = add(kept, times(new, times(rate, z.per_C)));
		} else {
			s = add(kept, times(new, rate));
			step = least(rate, s);
		}
		y = place ? less(y, step) : add(y, step);
		*largest = fmax(*largest, y.high);
	}
	return y;
}

static void returns(const char *name, interval (*method)(struct cell, int, double *), int cycles, double most)
{
	enum { CELLS = 200 };
	double largest = 0;
	int back = 0, early = 0;

	for (int i = 0; i < CELLS; i++) {
		struct cell z = cell_of(0.2 * i / CELLS * (1 - 1e-15), 0.2 * (i + 1) / CELLS * (1 + 1e-15));
		double ignored = 0;

		back += method(z, cycles, &largest).high == 0;
		early += method(z, cycles - 1, &ignored).high == 0;
	}
	is_int(back, CELLS, "%s: x = 1 again after %d cycles, for every C > 2", name, cycles);
	ok(largest <= most, "%s: the deficit is at most %.4f on the way", name, largest);
	ok(early < CELLS, "%s: one cycle less is not proved everywhere", name);
}

int main(void)
{
	pl_of_sine(0.1755, 1, "x^2 + 3 sin^2 x: pl = 0.1755");
	pl_of_sine(0.1756, 0, "and 0.1756 is not proved");
	returns("AdaMod", adamod, 10, 0.65);
	returns("diffGrad", diffgrad, 8, 1.01);
	return done_testing();
}
