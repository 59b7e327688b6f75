/* Agents on a network and the methods of the chapter on many machines, steps by hand.
 *
 * Three agents on a path: the neighbours' weights are 1/3, W = (2 1 0; 1 1 1; 0 1 2)/3. The losses are (x - b)^2/2 with
 * b = 0, 3, 6, the copies start at 1, -1, 1, so the gradients are 1, -4, -5. */
#include "tests/unit/instance.h"

#define PATH "centres:b=0/3/6+agents:graph=path,apart=1"

static void begin(instance *p, const char *objective, const char *method)
{
	open_instance_of(p, "dgd-neighbourhood", objective, method);
	ok(rate_session_begin(&p->s, 1, 0) == RATE_OK, "%s starts: %s", method, p->s.error.text);
}

static void make_steps(instance *p, double gamma, uint64_t steps)
{
	for (uint64_t t = 0; t < steps; t++) {
		p->s.run.t = t;
		p->s.run.gamma = gamma;
		p->s.run.schedule = &gamma;
		ok(p->s.method->step(&p->s.run) == RATE_OK, "step %d: %s", (int)t, p->s.error.text);
	}
}

static void are(const double *got, const double *want, size_t n, const char *what)
{
	double off = 0;

	for (size_t j = 0; j < n; j++)
		off = fmax(off, fabs(got[j] - want[j]));
	is_at_most(off, 1e-14, "%s", what);
}

static void test_network(void)
{
	instance p;
	double x[8] = { 1, -1, 1 }, mixed[8], third[3] = { 1 / 3.0, 1 / 3.0, 1 / 3.0 }, g[8];
	/* terms 0 and 2 to agent 0, 1 and 3 to agent 1; W halves */
	double half[2] = { 0.5, 0.5 };

	begin(&p, PATH, "dgd");
	ok(p.s.run.call->agents(&p.s.run) == 3, "three agents");
	ok(p.s.run.call->mix(&p.s.run, x, mixed) == RATE_OK, "they mix");
	are(mixed, third, 3, "to their mean, here");
	close_instance(&p);
	begin(&p, "centres:b=0/2/4/6+agents:n=2", "dgd");
	memset(x, 0, sizeof x);
	ok(p.s.run.call->gradient(&p.s.run, x, g) == RATE_OK, "the gradient");
	are(g, (const double[]){ -2, -4 }, 2, "each agent has the mean loss of its terms");
	x[0] = 1;
	ok(p.s.run.call->mix(&p.s.run, x, mixed) == RATE_OK, "they mix");
	are(mixed, half, 2, "two agents average");
	close_instance(&p);
	begin(&p, "diagonal:lambda=1/2,start=1/3+agents:n=3,graph=complete", "dgd");
	memset(x, 0, sizeof x);
	x[1] = 3;
	ok(p.s.run.call->mix(&p.s.run, x, mixed) == RATE_OK, "they mix");
	are(mixed, (const double[]){ 0, 1, 0, 1, 0, 1 }, 6, "coordinates stay apart");
	ok(p.s.run.call->gradient(&p.s.run, x, g) == RATE_OK, "the gradient");
	are(g, (const double[]){ 0, 6, 0, 0, 0, 0 }, 6, "what is no sum is the loss of every agent");
	close_instance(&p);
}

static void test_gossip(void)
{
	instance p;

	begin(&p, PATH, "dgd");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[0], (const double[]){ -1 / 6.0, 7 / 3.0, 17 / 6.0 }, 3, "dgd");
	close_instance(&p);
	begin(&p, PATH, "gradient-tracking");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[0], (const double[]){ 2 / 3.0, 5 / 3.0, 8 / 3.0 }, 3, "gradient tracking");
	are(p.s.blocks.state[1], (const double[]){ 0, -4 / 3.0, -8 / 3.0 }, 3, "and its estimates");
	close_instance(&p);
	begin(&p, PATH, "gradient-tracking:tracking=0");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[1], (const double[]){ 2 / 3.0, -4 / 3.0, -10 / 3.0 }, 3, "which may be the gradients");
	close_instance(&p);
}

static void test_compression(void)
{
	instance p;

	begin(&p, PATH, "choco:compress=scale,by=0.5");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[0], (const double[]){ 5 / 6.0, -2 / 3.0, 5 / 6.0 }, 3, "choco, halves");
	close_instance(&p);
	begin(&p, "diagonal:lambda=1/2/3,start=2/-2/1+agents:n=2", "choco:compress=top,k=1");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[1], (const double[]){ 2, 0, 0, 2, 0, 0 }, 6, "the largest entry, of two the first");
	close_instance(&p);
	begin(&p, "diagonal:lambda=1/2/3,start=5/-7/0.3+agents:n=2", "choco:compress=float,bits=0");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[1], (const double[]){ 4, -8, 0.25, 4, -8, 0.25 }, 6, "powers of two");
	close_instance(&p);
	/* g = (1 2 3); x = (.9 .8 .7), where the gradient is (.9 1.6 2.1) */
	begin(&p, "diagonal:lambda=1/2/3,start=1+agents:n=2", "ef21:compress=top,k=1");
	make_steps(&p, 0.1, 1);
	are(p.s.blocks.state[0], (const double[]){ 0.9, 0.8, 0.7, 0.9, 0.8, 0.7 }, 6, "ef21 starts with the gradient");
	are(p.s.blocks.state[1], (const double[]){ 1, 2, 2.1, 1, 2, 2.1 }, 6, "and sends what has changed most");
	close_instance(&p);
	begin(&p, "diagonal:lambda=1/2/3,start=1+agents:n=2", "ef21:compress=top,k=1,memory=0");
	make_steps(&p, 0.1, 1);
	are(p.s.blocks.state[0], (const double[]){ 1, 1, 0.7, 1, 1, 0.7 }, 6, "without memory the largest slope");
	are(p.s.blocks.state[1], (const double[]){ 0, 0, 2.1, 0, 0, 2.1 }, 6, "each time afresh");
	close_instance(&p);
}

static void test_local(void)
{
	instance p;

	begin(&p, PATH, "local-sgd:local=2");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[0], (const double[]){ 0.5, 1, 3.5 }, 3, "a local step");
	close_instance(&p);
	begin(&p, PATH, "local-sgd:local=2");
	make_steps(&p, 0.5, 2);
	are(p.s.blocks.state[0], (const double[]){ 7 / 3.0, 7 / 3.0, 7 / 3.0 }, 3, "a second one, and the mean");
	close_instance(&p);
}

/* In one dimension <g, u> u = g: a gradient step on the mean loss. Differences and derivatives agree on quadratics. */
static void test_one_number(void)
{
	instance p, q;

	begin(&p, "centres:b=0/3/6+agents", "shared-spsa");
	make_steps(&p, 0.5, 1);
	are(p.s.blocks.state[0], (const double[]){ 1.5, 1.5, 1.5 }, 3, "shared-spsa on the line");
	close_instance(&p);
	begin(&p, "saddle:h=1/2/3,b=1/-1,start=1+agents", "shared-spsa:eps=0.5,bits=2");
	make_steps(&p, 0.1, 3);
	begin(&q, "saddle:h=1/2/3,b=1/-1,start=1+agents", "shared-spsa:bits=2");
	make_steps(&q, 0.1, 3);
	are(p.s.blocks.state[0], q.s.blocks.state[0], 6, "differences are derivatives");
	is_at_least(fabs(p.s.blocks.state[0][0] - 1), 1e-3, "and something has happened");
	close_instance(&p);
	close_instance(&q);
	/* p = 2.75 is sent as 2 or 4, and no other number */
	begin(&p, "centres:b=-2.75/-2.75+agents", "shared-spsa:bits=0");
	make_steps(&p, 1, 1);
	is_at_most(fabs(fabs(p.s.blocks.state[0][0] + 3) - 1) * fabs(p.s.blocks.state[0][0] + 3), 1e-14,
	           "rounded to powers of two: the mean of two of 2 and 4");
	close_instance(&p);
}

/* The copies, the visits and the place of the token tell one story, and it goes where it has not been. */
static void test_token(void)
{
	instance p;
	double now[2] = { 0.5, 0.98 };
	int other = 0, same = 0;

	begin(&p, "centres:b=-1/1+agents", "srrw-token:alpha=8");
	for (uint64_t t = 0; t < 9; t++) {
		double before = p.s.blocks.state[0][0], at = p.s.blocks.state[2][0], j;

		p.s.run.t = t;
		p.s.run.gamma = now[0];
		p.s.run.schedule = now;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error.text);
		j = p.s.blocks.state[2][0];
		is_double(p.s.blocks.state[0][1], before / 2 + (j > 0 ? 0.5 : -0.5), 1e-14, "a step of agent %g", j);
		ok(p.s.blocks.state[1][(size_t)j] > 0.98, "who has been visited");
		*(j == at ? &same : &other) += t > 0;
	}
	ok(other == 8 && !same, "the token goes to and fro");
	close_instance(&p);
}

/* By hand: the Hessian of two rows, 1 2 and 3 0, and a ridge of 1. */
static void test_squares(void)
{
	instance p;
	double x[8] = { 1, 1 }, v[8] = { 1, 0 }, h[8];

	open_instance(&p, "squares:a=1/2/3/0,d=2,b=1/2,ridge=1,start=4/5", "gd");
	ok(p.s.run.call->gradient(&p.s.run, x, h) == RATE_OK, "squares: %s", p.s.error.text);
	/* residuals 2 and 1: (2 + 3)/2 + 1, 4/2 + 1 */
	are(h, (const double[]){ 3.5, 3 }, 2, "its gradient");
	ok(p.s.run.call->hessian_product(&p.s.run, x, v, h) == RATE_OK, "its Hessian");
	are(h, (const double[]){ 6, 1 }, 2, "is that of the rows and the ridge");
	are(p.s.x0, (const double[]){ 4, 5 }, 2, "and its start as listed");
	close_instance(&p);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	test_network();
	test_gossip();
	test_compression();
	test_local();
	test_squares();
	test_one_number();
	test_token();
	rate_registry_free(registry);
	return done_testing();
}
