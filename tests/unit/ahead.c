/* Terms asked for ahead: each answer is that of its term and point, is given once, and few questions are asked. */
#include "tests/tap.h"

#include "plugins/pipe-ahead.h"

enum { D = 3, N = 1000 };

typedef struct program {
	int questions, refuses;
	size_t rows; /* of the last question */
	double version;
} program;

static int answer(void *self, uint32_t code, size_t rows, const uint64_t *index, const double *x, size_t width,
                  double *out)
{
	program *p = self;

	p->questions++;
	p->rows = rows;
	for (size_t r = 0; r < rows; r++)
		for (size_t j = 0; j < width; j++)
			out[r * width + j] = code + 10 * (double)index[r] + x[r * D + j] + p->version;
	return p->refuses;
}

static int right(rate_ahead *a, program *p, uint32_t code, uint64_t i, const double *x, size_t width)
{
	double out[D] = { 0 };

	if (rate_ahead_term(a, answer, p, code, i, x, width, out))
		return 0;
	for (size_t j = 0; j < width; j++)
		if (out[j] != code + 10 * (double)i + x[j] + p->version)
			return 0;
	return 1;
}

int main(void)
{
	const double x[D] = { 0.25, 0.5, 0.75 }, y[D] = { 0.25, 0.5, -0.75 };
	rate_ahead a = { .n = N, .d = D };
	program p = { .refuses = 0 };
	double out[D];
	int good = 1;

	for (uint64_t i = 0; i < N; i++)
		good = good && right(&a, &p, 13, i, x, D);
	ok(good, "all terms at one point");
	is_int(p.questions, 14, "in few questions");
	is_uint(p.rows, 105, "the last one ends with the last term");

	p.questions = 0;
	for (uint64_t i = 0; i < N; i++)
		good = good && right(&a, &p, 12, i, x, 1) && right(&a, &p, 12, i, y, 1) && right(&a, &p, 13, i, x, D) &&
		    right(&a, &p, 13, i, y, D);
	ok(good, "values and gradients at two points in turn");
	is_int(p.questions, 4 * 14, "four walks");

	p.questions = 0;
	for (uint64_t i = 0; i < 50; i++)
		good = good && right(&a, &p, 13, i * 7919 % N, x, D) && p.rows == 1;
	ok(good && p.questions == 50, "terms in no order are asked for one by one");

	right(&a, &p, 13, 0, x, D);
	right(&a, &p, 13, 1, x, D);
	p.version = 0.5;
	ok(right(&a, &p, 13, 1, x, D) && right(&a, &p, 13, 0, x, D), "what is asked for again is asked of the program");

	p.refuses = 1;
	ok(rate_ahead_term(&a, answer, &p, 13, 5, y, D, out) != 0, "a refusal is one");
	p.refuses = 0;
	ok(right(&a, &p, 13, 5, y, D) && right(&a, &p, 13, 6, y, D), "and nothing is left of it");

	rate_ahead_free(&a);
	return done_testing();
}
