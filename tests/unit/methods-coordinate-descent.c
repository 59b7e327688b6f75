/* The methods of the chapter on coordinate descent, a cycle by hand. */
#include "tests/unit/instance.h"
#include "verify/measure/exact/affine.h"

/* Entry j of `state` after one cycle with gamma. */
static double after_cycle(const char *method, const char *objective, double gamma, size_t state, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error);
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a cycle: %s", p.s.error);
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

/* The block that outcome `number` of a step from x_0 moves: entry j of x. */
static double after_block(const char *method, const char *objective, double gamma, uint64_t number, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	rate_count_outcomes(&p.s);
	rate_session_begin(&p.s, 1, 0);
	p.s.draws.sampler = RATE_FORCED;
	p.s.draws.forced = number;
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "block %d: %s", (int)number, p.s.error);
	x = p.s.blocks.state[0][j];
	close_instance(&p);
	return x;
}

int main(void)
{
	char error[1024];
	/* A = [1 1/2; 1/2 1], b = (1, 0), x_0 = (2, 2) */
	const char *two = "coupled:d=2,c=0.5,b=1/0,start=2/2";

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	/* x_1 = 1 - 2/2 = 0, x_2 = -0/2 = 0; grad f = (-1, 0) */
	is_near(after_cycle("block-prox", two, 1, 0, 0), 0, 1e-15, "Gauss-Seidel, the first coordinate");
	is_near(after_cycle("block-prox", two, 1, 0, 1), 0, 1e-15, "the second one sees it");
	is_double(after_cycle("block-prox", two, 1, 1, 0), -1, 1e-15, "the residual is the gradient there");
	is_near(after_cycle("block-prox", two, 1, 1, 1), 0, 1e-15, "0 in the coordinate that moved last");
	/* from the old point: x_2 = 2 - (2 + 1) = -1 */
	is_double(after_cycle("block-prox:sweep=jacobi", two, 1, 0, 1), -1, 1e-15, "Jacobi: from the old point");
	is_double(after_cycle("block-prox:size=2", two, 1, 0, 1), -1, 1e-15, "one block of two");
	/* half a step: x_1 = 2 - (3 - 1)/2 = 1, x_2 = 2 - (1/2 + 2)/2 = 3/4; residual = A d upper part - 2 d, d = (-1, -5/4) */
	is_double(after_cycle("block-prox", two, 0.5, 0, 1), 0.75, 1e-15, "half a step");
	is_double(after_cycle("block-prox", two, 0.5, 1, 0), -1 - 0.625 + 2, 1e-15, "its residual");
	/* with |.|_1/4: x_1 = 0, x_2 = shrink(0) = 0 */
	is_double(after_cycle("block-prox", "coupled:d=2,c=0.5,b=2/0,start=2/2+l1:lambda=0.25", 1, 0, 0), 0.75, 1e-15,
	          "the prox of a coordinate");
	is_double(after_cycle("block-prox", "coupled:d=2,c=0.5,b=2/0,start=2/2+l1:lambda=0.25", 1, 0, 1), -0.125, 1e-15,
	          "and of the next");
	/* one block at a time: x_1 = 2 - (2 + 1 - 1) = 0 or x_2 = 2 - (1 + 2) = -1 */
	is_near(after_block("rcd", two, 1, 0, 0), 0, 1e-15, "the first coordinate");
	is_double(after_block("rcd", two, 1, 0, 1), 2, 1e-15, "alone");
	is_double(after_block("rcd", two, 1, 1, 1), -1, 1e-15, "or the second");
	is_double(after_block("rcd", two, 1, 1, 0), 2, 1e-15, "alone");
	is_double(after_block("rcd", "coupled:d=2,c=0.5,b=2/0,start=2/2+l1:lambda=0.25", 1, 0, 0), 0.75, 1e-15, "with its prox");
	rate_registry_free(registry);
	done_testing();
}
