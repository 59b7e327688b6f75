/* The methods of the chapter on coordinate descent, a cycle by hand. */
#include "tests/unit/instance.h"
#include "verify/measure/exact/affine.h"

/* Entry j of `state` after one cycle with gamma. */
static double after_cycle(const char *method, const char *objective, double gamma, size_t state, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a cycle: %s", p.s.error.text);
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
	ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "block %d: %s", (int)number, p.s.error.text);
	x = p.s.blocks.state[0][j];
	close_instance(&p);
	return x;
}

/* Entry j of `state` after steps of block-page with gamma = 1/2 and given outcomes, term + 2 coin, on twice
 * x'Ax/2 - b'x and 0, A = [1 1/2; 1/2 1], b = (1, 0), x_0 = (2, 2). */
static double after_outcomes(const char *method, const uint64_t *outcome, size_t steps, size_t state, size_t j)
{
	instance p;
	double x, gamma = 0.5;

	open_instance(&p, "coupled:d=2,c=0.5,b=1/0,start=2/2+bernoulli:p=2", method);
	rate_count_outcomes(&p.s);
	rate_session_begin(&p.s, 1, 0);
	p.s.draws.sampler = RATE_FORCED;
	p.s.run.gamma = gamma;
	p.s.run.schedule = &gamma;
	for (uint64_t t = 0; t < steps; t++) {
		p.s.draws.forced = outcome[t];
		p.s.run.t = t;
		p.s.draws.purpose = 0;
		p.s.draws.choice.drawn = 0;
		ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "step %d: %s", (int)t, p.s.error.text);
	}
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

static void test_block_page(void)
{
	enum { X, Y, G };
	uint64_t first[4] = { 1, 1, 0, 0 }, flat[4] = { 0, 1, 0, 1 }, renew[4] = { 0, 0, 0, 2 };
	const char *pages = "block-page:p=0.25";

	/* whatever is drawn: g_1 = 2 + 1 - 1, x_1 = 2 - 1; then g_2 = 1/2 + 2, x_2 = 2 - 5/4 */
	is_double(after_outcomes(pages, first, 2, X, 0), 1, 1e-15, "block-page: full gradients in the first cycle");
	is_double(after_outcomes(pages, first, 2, X, 1), 0.75, 1e-15, "of the newest point");
	is_double(after_outcomes(pages, first, 2, Y, 1), 2, 0, "y of two steps ago");
	/* g_1 = 2 + 2 (1 + 3/8 - 1) - 2 (2 + 1 - 1), x_1 = 1 + 5/8, and y = (1, 2) */
	is_double(after_outcomes(pages, first, 3, G, 0), -1.25, 1e-15, "a difference of the first term");
	is_double(after_outcomes(pages, first, 3, X, 0), 1.625, 1e-15, "moves the first block");
	is_double(after_outcomes(pages, first, 3, X, 1), 0.75, 1e-15, "alone");
	is_double(after_outcomes(pages, first, 3, Y, 0), 1, 1e-15, "y follows, a cycle behind");
	/* g_2 = 5/2 + 2 (13/16 + 3/4) - 2 (1/2 + 2) */
	is_double(after_outcomes(pages, first, 4, G, 1), 0.625, 1e-15, "the second block, from y = (1, 2)");
	is_double(after_outcomes(pages, first, 4, X, 1), 0.4375, 1e-15, "and its move");
	is_double(after_outcomes(pages, flat, 4, X, 1), -0.5, 1e-15, "the second term is flat: the old estimate");
	is_double(after_outcomes(pages, renew, 4, G, 1), 1.5625, 1e-15, "a coin: the gradient");
	/* both blocks at once: g = (2, 3), x = (1, 1/2); then g + 2 A(-1, -3/2) = (-3/2, -1) */
	is_double(after_outcomes("block-page:p=0.25,size=2", flat, 1, X, 1), 0.5, 1e-15, "one block of two");
	is_double(after_outcomes("block-page:p=0.25,size=2", first + 2, 2, G, 0), -1.5, 1e-15, "is page");
}

/* l of terms whose Hessians are H and -H beside their mean: l^2 = max_i sum_j |H_ji| sum_k |H_jk|. */
static void test_spread(void)
{
	const char *sum[] = { "coupled:d=2,c=0.5+bernoulli:p=2", "coupled:d=3,c=0+bernoulli:p=2", "coupled:d=3,c=0.5",
		              "coupled:d=3,c=0,start=1e6+bernoulli:p=5" };
	double l[] = { 1.5, 1, 0, 2 };
	instance p;

	for (size_t k = 0; k < sizeof l / sizeof *l; k++) {
		open_instance_of(&p, "bcd-page", sum[k], "block-page");
		is_near(p.s.c.need[1], l[k], 1e-8, "%s: l", sum[k]);
		close_instance(&p);
	}
}

/* x_0 = (3, 4) under |x|^2/2 */
#define GROUPS "coupled:d=2,c=0,b=0,start=3/4+group-l1:lambda=1"

int main(void)
{
	rate_error error;
	/* A = [1 1/2; 1/2 1], b = (1, 0), x_0 = (2, 2) */
	const char *two = "coupled:d=2,c=0.5,b=1/0,start=2/2";

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* x_1 = 1 - 2/2 = 0, x_2 = -0/2 = 0; grad f = (-1, 0) */
	is_near(after_cycle("block-prox", two, 1, 0, 0), 0, 1e-15, "Gauss-Seidel, the first coordinate");
	is_near(after_cycle("block-prox", two, 1, 0, 1), 0, 1e-15, "the second one sees it");
	is_double(after_cycle("block-prox", two, 1, 1, 0), -1, 1e-15, "the residual is the gradient there");
	is_near(after_cycle("block-prox", two, 1, 1, 1), 0, 1e-15, "0 in the coordinate that moved last");
	/* from the old point: x_2 = 2 - (2 + 1) = -1 */
	is_double(after_cycle("block-prox:sweep=jacobi", two, 1, 0, 1), -1, 1e-15, "Jacobi: from the old point");
	is_double(after_cycle("block-prox:size=2", two, 1, 0, 1), -1, 1e-15, "one block of two");
	/* half a step: x_1 = 2 - (3 - 1)/2 = 1, x_2 = 2 - (1/2 + 2)/2 = 3/4; residual = A d upper part - 2 d, d =
	 * (-1, -5/4) */
	is_double(after_cycle("block-prox", two, 0.5, 0, 1), 0.75, 1e-15, "half a step");
	is_double(after_cycle("block-prox", two, 0.5, 1, 0), -1 - 0.625 + 2, 1e-15, "its residual");
	/* with |.|_1/4: x_1 = 0, x_2 = shrink(0) = 0 */
	is_double(after_cycle("block-prox", "coupled:d=2,c=0.5,b=2/0,start=2/2+l1:lambda=0.25", 1, 0, 0), 0.75, 1e-15,
	          "the prox of a coordinate");
	is_double(after_cycle("block-prox", "coupled:d=2,c=0.5,b=2/0,start=2/2+l1:lambda=0.25", 1, 0, 1),
	    -0.125, 1e-15,
	          "and of the next");
	/* one block at a time: x_1 = 2 - (2 + 1 - 1) = 0 or x_2 = 2 - (1 + 2) = -1 */
	is_near(after_block("rcd", two, 1, 0, 0), 0, 1e-15, "the first coordinate");
	is_double(after_block("rcd", two, 1, 0, 1), 2, 1e-15, "alone");
	is_double(after_block("rcd", two, 1, 1, 1), -1, 1e-15, "or the second");
	is_double(after_block("rcd", two, 1, 1, 0), 2, 1e-15, "alone");
	is_double(after_block("rcd", "coupled:d=2,c=0.5,b=2/0,start=2/2+l1:lambda=0.25", 1, 0, 0), 0.75, 1e-15,
	    "with its prox");
	/* |x| = 5, G = x + x/5 = (18/5, 24/5), trial (6/5, 8/5), <trial, x> = 10 = 2/5 |x|^2 */
	is_double(after_cycle("hspg", GROUPS ",size=2", 0.5, 0, 0), 1.2, 1e-15, "a group that is kept");
	is_double(after_cycle("hspg:eps=0.39", GROUPS ",size=2", 0.5, 0, 1), 1.6, 1e-15, "as long as eps < 2/5");
	is_near(after_cycle("hspg:eps=0.41", GROUPS ",size=2", 0.5, 0, 1), 0, 0,
	    "and one that leaves its half space");
	is_double(after_cycle("hspg:eps=0.41", GROUPS ",size=2", 0.5, 1, 1), 4, 0, "the point before");
	is_double(after_cycle("hspg", GROUPS ",size=1", 0.5, 0, 0), 1, 1e-15, "groups of one: 3 - (3 + 1)/2");
	/* x - x/2 = (3/2, 2) is 5/2 long and becomes shorter by 1/2 */
	is_double(after_cycle("hspg:switch=1", GROUPS ",size=2", 0.5, 0, 0), 1.2, 1e-15,
	    "before the switch the prox");
	is_double(after_cycle("proximal-gradient", GROUPS ",size=2", 0.5, 0, 1), 1.6, 1e-15,
	    "of the lengths of groups");
	is_near(after_cycle("proximal-gradient", GROUPS ",size=2", 0.9, 0, 1), 0, 0,
	    "0 where it is no longer than gamma lambda");
	is_near(after_cycle("hspg", "coupled:d=3,c=0,b=5,start=0/0/4+group-l1:lambda=1,size=2", 0.5, 0, 0), 0,
	    0, "0 stays 0");
	is_double(after_cycle("hspg", "coupled:d=3,c=0,b=5,start=0/0/4+group-l1:lambda=1,size=2", 0.5, 0, 2), 4,
	    1e-15,
	          "the last group is shorter");
	test_block_page();
	test_spread();
	rate_registry_free(registry);
	done_testing();
}
