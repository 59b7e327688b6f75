/* The methods of the chapter on min-max, two steps by hand, on f = x^2/2 from 3, whose field is x. */
#include <string.h>

#include "tests/unit/instance.h"
#include "verify/measure/exact/affine.h"

static double after_two_on(const char *objective, const char *method, size_t state, double eta)
{
	instance p;
	double x, now[2] = { 0.25, eta };

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	for (uint64_t t = 0; t < 2; t++) {
		p.s.run.t = t;
		p.s.run.gamma = now[0];
		p.s.run.schedule = now;
		ok(p.s.method->step(&p.s.run) == RATE_OK, "step %d: %s", (int)t, p.s.error.text);
	}
	x = p.s.blocks.state[state][0];
	close_instance(&p);
	return fabs(x);
}

static double after_two(const char *method, size_t state, double eta)
{
	return after_two_on("quadratic:d=1,L=1,start=3", method, state, eta);
}

/* One step of two players with B = (2 1; 0 1; -1 3) from the saddle + (1 1 1; 1 2), gamma = 1/2: Bv = (4 2 5),
 * u = (-1 0 -3/2), B'u = (-1/2 -11/2), v = (3/4 -3/4). */
static void alternate(void)
{
	static const double after[5] = { -1, 0, -1.5, 0.75, -0.75 }, saddle[5] = { 1, 2, 3, 4, 5 };
	instance p;
	double now = 0.5;

	open_instance_of(&p, "altgda-bilinear", "bilinear:B=2/1/0/1/-1/3,rows=3,centre=1/2/3/4/5,start=2/3/4/5/7",
	                 "alternating");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "it starts: %s", p.s.error.text);
	p.s.run.gamma = now;
	p.s.run.schedule = &now;
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	for (size_t j = 0; j < 5; j++)
		is_double(p.s.blocks.state[0][j], saddle[j] + after[j], 1e-15, "alternating, coordinate %d", (int)j);
	close_instance(&p);
	open_instance(&p, "quadratic:d=2", "alternating");
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK && p.s.method->step(&p.s.run) != RATE_OK,
	   "a function without players: %s", p.s.error.text);
	contains(p.s.error.text, "players", "says what is missing");
	close_instance(&p);
}

/* One step with gamma = 1/4 and eta = 1/2 on V(x) = x + noise, x_0 = 0, and the outcome of the normals: +-sqrt(m) in
 * place k of the samples of a step. */
static void with(const char *method, size_t count, uint64_t outcome, double want)
{
	instance p;
	double now[2] = { 0.25, 0.5 };

	open_instance(&p, "quadratic:d=2,kappa=1,L=1,start=0+gaussian-noise:sigma=1", method);
	rate_count_outcomes(&p.s);
	is_uint(p.s.draws.outcomes, 2 * count, "%s: normals of a step", method);
	rate_session_begin(&p.s, 1, 0);
	p.s.draws.sampler = RATE_FORCED;
	p.s.draws.forced = outcome;
	p.s.run.gamma = now[0];
	p.s.run.schedule = now;
	ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "a step: %s", p.s.error.text);
	is_double(p.s.blocks.state[0][outcome / 2 % 2], want, 1e-15, "%s, outcome %d", method, (int)outcome);
	close_instance(&p);
}

/* Two agents, V_1 = x - (1, 0), V_2 = x + (1, 0) in the plane, from (1, 2) both, gamma = 1/2, p = 1/2. A step alone
 * leads to (1, 1) and (0, 1). The coin decides whether they talk: u = x' as h = 0, the mean is (1/2, 1), and h =
 * p/gamma (mean - x') = (-1/2, 0) and (1/2, 0). The next step alone has V - h. */
static void skip_prox(void)
{
	static const double alone[4] = { 1, 1, 0, 1 }, shift[4] = { -0.5, 0, 0.5, 0 }, mean[4] = { 0.5, 1, 0.5, 1 },
	                    V[4] = { -0.5, 1, 1.5, 1 };
	instance p;
	double now = 0.5;

	open_instance_of(&p, "proxskip-vip", "spirals:b=0,c=-1/0/1/0,start=1/2/1/2", "proxskip:p=0.5");
	p.s.method_param[0] = 0.5; /* the theorem's own is 1/4 */
	rate_count_outcomes(&p.s);
	is_uint(p.s.draws.outcomes, 2, "a coin");
	for (uint64_t quiet = 0; quiet < 2; quiet++) {
		rate_session_begin(&p.s, 1, 0);
		p.s.draws.sampler = RATE_FORCED;
		p.s.draws.forced = quiet;
		p.s.run.gamma = now;
		p.s.run.schedule = &now;
		ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "a step: %s", p.s.error.text);
		for (int j = 0; j < 4; j++) {
			is_double(p.s.blocks.state[0][j], quiet ? alone[j] : mean[j], 1e-15, "x, coordinate %d", j);
			is_double(p.s.blocks.state[1][j], quiet ? 0 : shift[j], 1e-15, "h, coordinate %d", j);
		}
	}
	rate_session_begin(&p.s, 1, 0);
	memcpy(p.s.blocks.state[0], mean, sizeof mean);
	memcpy(p.s.blocks.state[1], shift, sizeof shift);
	ok(p.s.method->step(&p.s.run) == RATE_OK, "a quiet step: %s", p.s.error.text);
	for (int j = 0; j < 4; j++)
		is_double(p.s.blocks.state[0][j], mean[j] - 0.5 * (V[j] - shift[j]), 1e-15, "shifted, %d", j);
	close_instance(&p);
}

int main(void)
{
	rate_error error;

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* a step is the factor 1 - gamma (1 - eta) */
	is_double(after_two("extragradient", 0, 0.25), 3 * 0.8125 * 0.8125, 1e-15, "extragradient, both steps 1/4");
	is_double(after_two("extragradient", 0, 0), 3 * 0.75 * 0.75, 1e-15,
	          "without a look ahead it is gradient descent");
	is_double(after_two("extragradient", 0, 1), 3, 1e-15, "a look ahead to the minimum sees no slope");
	/* x_0 = g = 3: z_0 = 9/4, x_1 = 39/16; z_1 = 39/16 - 9/16 = 30/16, x_2 = 39/16 - 30/64 */
	is_double(after_two("optimistic", 0, 0), 126 / 64.0, 1e-15, "past extragradient, by hand");
	is_double(after_two("optimistic", 1, 0), 30 / 16.0, 1e-15, "and its last answer");
	/* the reflection of 3 is 2 * 3/1.25 - 3 = 9/5: x_1 = (3 + 9/5)/2 = 12/5; its is 36/25, x_2 = (3 + 72/25)/3 */
	is_double(after_two_on("centres:b=0,start=3", "halpern", 0, 0), 49 / 25.0, 1e-15, "Halpern, by hand");
	is_double(after_two_on("centres:b=0,start=3", "halpern", 1, 0), 3, 0, "its anchor is the start");
	alternate();
	skip_prox();
	/* sqrt 4 sigma/sqrt 2 = sqrt 2 ahead: z = -sqrt(1/2), x = sqrt(1/2)/4. In the second sample: x = -sqrt(2)/4. */
	with("stochastic-extragradient", 4, 0, sqrt(0.5) / 4);
	with("stochastic-extragradient", 4, 3, -sqrt(0.5) / 4);
	with("stochastic-extragradient", 4, 4, -sqrt(2) / 4);
	with("stochastic-extragradient", 4, 7, sqrt(2) / 4);
	/* one sample: sqrt 2 sigma/sqrt 2 = 1, and the past is 0 */
	with("past-extragradient", 2, 0, -0.25);
	rate_registry_free(registry);
	done_testing();
}
