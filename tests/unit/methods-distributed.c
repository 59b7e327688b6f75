/* Agents on a network and the methods of the chapter on many machines, steps by hand.
 *
 * Three agents on a path: the neighbours' weights are 1/3, W = (2 1 0; 1 1 1; 0 1 2)/3. The losses are (x - b)^2/2 with
 * b = 0, 3, 6, the copies start at 1, -1, 1, so the gradients are 1, -4, -5. */
#include "tests/unit/instance.h"

#define PATH "centres:b=0/3/6+agents:graph=path,apart=1"

static void begin(instance *p, const char *objective, const char *method)
{
	open_instance_of(p, "dgd-neighbourhood", objective, method);
	ok(rate_session_begin(&p->s, 1, 0) == RATE_OK, "%s starts: %s", method, p->s.error);
}

static void make_steps(instance *p, double gamma, uint64_t steps)
{
	for (uint64_t t = 0; t < steps; t++) {
		p->s.run.t = t;
		p->s.run.gamma = gamma;
		p->s.run.schedule = &gamma;
		ok(p->s.method->step(&p->s.run) == RATE_OK, "step %d: %s", (int)t, p->s.error);
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

int main(void)
{
	char error[1024];

	if (rate_registry_open(&registry, NULL, 0, error, sizeof error))
		diag("%s", error);
	test_network();
	test_gossip();
	rate_registry_free(registry);
	return done_testing();
}
