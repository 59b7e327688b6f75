/* The methods of the chapter on sampling, steps by hand. */
#include <math.h>

#include "tests/unit/instance.h"
#include "verify/measure/exact/affine.h"

/* Entry j of a state after some steps with gamma. */
static double after(const char *method, const char *objective, double gamma, uint64_t steps, size_t state, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	ok(rate_session_begin(&p.s, 1, 0) == RATE_OK, "%s starts: %s", method, p.s.error.text);
	p.s.run.gamma = gamma;
	for (p.s.run.t = 0; p.s.run.t < steps; p.s.run.t++)
		ok(p.s.method->step(&p.s.run) == RATE_OK, "a step: %s", p.s.error.text);
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

/* The same after one step with a given outcome of its normals: 2k and 2k + 1 are +-sqrt(m) in place k of all m. */
static double with(const char *method, const char *objective, double gamma, uint64_t outcome, size_t state, size_t j)
{
	instance p;
	double x;

	open_instance(&p, objective, method);
	rate_count_outcomes(&p.s);
	rate_session_begin(&p.s, 1, 0);
	p.s.draws.sampler = RATE_FORCED;
	p.s.draws.forced = outcome;
	p.s.run.gamma = gamma;
	ok(p.s.method->step(&p.s.run) == RATE_OK && !p.s.draws.unforced, "%s, a step: %s", method, p.s.error.text);
	x = p.s.blocks.state[state][j];
	close_instance(&p);
	return x;
}

/* Acceptance of one step on x^2/2 from x against the page: log r = -(gamma/4)(y^2 - x^2). */
static void mala_by_hand(void)
{
	instance p;
	double x, y, a, drawn = 0;

	open_instance(&p, "gaussian-data:s=1,m=0,start=0.7", "mala");
	ok(rate_session_begin(&p.s, ROWS, 0) == RATE_OK, "mala starts: %s", p.s.error.text);
	p.s.run.gamma = 0.9;
	for (p.s.run.t = 0; p.s.run.t < 20; p.s.run.t++) {
		double before[ROWS], z[8 * ROWS];
		for (size_t r = 0; r < ROWS; r++)
			before[r] = p.s.blocks.state[0][8 * r];
		p.s.run.call->normals(&p.s.run, 0, z);
		if (p.s.method->step(&p.s.run))
			break;
		for (size_t r = 0; r < ROWS; r++) {
			x = before[r];
			y = 0.1 * x + sqrt(1.8) * z[8 * r];
			a = fmin(1, exp(-0.9 / 4 * (y * y - x * x)));
			drawn = fmax(drawn, fabs(a - p.s.blocks.state[1][8 * r]));
			drawn = fmax(drawn, fmin(fabs(p.s.blocks.state[0][8 * r] - x),
			                         fabs(p.s.blocks.state[0][8 * r] - y)));
		}
	}
	is_uint(p.s.run.t, 20, "mala makes its steps");
	is_at_most(drawn, 1e-13, "mala: the acceptance of the page; the proposal or the old point");
	close_instance(&p);
}

int main(void)
{
	rate_error error;
	const char *data = "gaussian-data:s=1/1,m=3/0,start=4/-2";

	if (rate_registry_open(&registry, NULL, 0, &error))
		diag("%s", error.text);
	/* two turns of pi/4: the noise is multiplied by cos^2(pi/4), the mean by cos(pi/4), then by 1 */
	is_double(after("ddim:N=2", data, 1, 1, 0, 0), 3 * sqrt(0.5) + 4 * sqrt(0.5), 1e-14, "ddim: half way");
	is_double(after("ddim:N=2", data, 1, 2, 0, 0), 3 + 4 / 2.0, 1e-14, "ddim: two steps");
	is_double(after("ddim:N=2", data, 1, 5, 0, 1), -1, 1e-14, "ddim: nothing moves after N steps");
	/* tan theta_1 = 3: each step multiplies by cos(pi/4) in (s cos, sin) */
	is_double(after("ddim:N=2,s=3", "gaussian-data:s=3,m=1,start=2", 1, 2, 0, 0), 1 + 3 * 2 / 2.0, 1e-14,
	          "ddim: matched to the data");
	is_double(after("ddim:N=1", data, 1, 1, 0, 0), 3, 1e-14, "ddim: one step ends at the mean");
	/* 4 - 0.3 (4 - 3) + sqrt(2 x 0.3 x 0.5) sqrt 2 */
	is_double(with("ula:tau=0.5", data, 0.3, 0, 0, 0), 3.7 + sqrt(0.3 * 2), 1e-14, "ula: a normal along x_1");
	is_double(with("ula:tau=0.5", data, 0.3, 3, 0, 1), -1.4 - sqrt(0.3 * 2), 1e-14, "ula: and along x_2");
	is_double(with("ula:tau=0.5", data, 0.3, 3, 0, 0), 3.7, 1e-14, "ula: each has its own");
	is_double(with("sgld:tau=0.5", data, 0.3, 1, 0, 0), 3.7 - sqrt(0.3 * 2), 1e-14, "sgld: the same on one term");
	is_double(after("sgld:tau=0", data, 0.3, 2, 0, 0), 3.49, 1e-14, "sgld at temperature 0: gradient descent");
	/* a step with both noises: those of the stream come first, sigma/sqrt d z */
	is_double(with("sgld:tau=0.5", "gaussian-data:s=1/1,m=3/0,start=4/-2+gaussian-noise:sigma=1", 0.3, 0, 0, 0),
	          3.7 - 0.3 * 2 / sqrt(2), 1e-14, "sgld: a normal of the stream");
	is_double(with("sgld:tau=0.5", "gaussian-data:s=1/1,m=3/0,start=4/-2+gaussian-noise:sigma=1", 0.3, 4, 0, 0),
	          3.7 + sqrt(0.3) * 2, 1e-14, "sgld: one of its own");
	is_double(with("lm:tau=0.5", data, 0.3, 0, 0, 0), 3.7 + sqrt(0.3 * 0.5 / 2 * 2), 1e-14, "lm: half of it");
	is_double(with("lm:tau=0.5", data, 0.3, 0, 1, 0), sqrt(2), 1e-14, "lm: which it keeps");
	/* the soft threshold of 4 by 2 is 2: a slope of 1 */
	is_double(with("myula:lambda=2,tau=0.5", "gaussian-data:s=1,m=3,start=4+l1:lambda=1", 0.3, 0, 0, 0),
	          4 - 0.3 * (1 + 1) + sqrt(0.3), 1e-14, "myula: the slope of the envelope");
	/* y_0 = x_0 + (1, 1); a step of 0.3 towards (3, 0) and the same normal for both */
	is_double(with("coupled-sgld:tau=0.5,apart=1.4142135623730951", data, 0.3, 0, 0, 0), 3.7 + sqrt(0.3 * 2), 1e-14,
	          "coupled-sgld: x is as in sgld");
	is_double(with("coupled-sgld:tau=0.5,apart=1.4142135623730951", data, 0.3, 0, 1, 0),
	          5 - 0.3 * 2 + sqrt(0.3 * 2), 1e-14, "coupled-sgld: y takes the same normal");
	is_double(after("coupled-sgld:tau=3,apart=1.4142135623730951", data, 0.3, 5, 1, 0) -
	              after("coupled-sgld:tau=3,apart=1.4142135623730951", data, 0.3, 5, 0, 0),
	          pow(0.7, 5), 1e-13, "coupled-sgld: the difference is that of gradient descent");
	/* the normal sqrt 2 and its sign */
	is_double(with("ito-pair:sigma=0.5", data, 0.3, 0, 1, 0), 3.7 + 0.5 * sqrt(2), 1e-14, "ito-pair: y, a normal");
	is_double(with("ito-pair:sigma=0.5", data, 0.3, 0, 0, 0), 4.2, 1e-14, "ito-pair: x, its sign");
	is_double(with("ito-pair:sigma=0.5", data, 0.3, 1, 0, 0), 3.2, 1e-14, "ito-pair: the other sign");
	/* K = 2 local steps on (x - b)^2/2 from 1, tau = 0: 1 - b is multiplied by 0.49 */
	is_double(with("dsgld:local=2,tau=0", "centres:b=-2/4,start=1", 0.3, 0, 0, 0), -2 + 3 * 0.49, 1e-14,
	          "dsgld: two steps towards the first centre");
	is_double(with("dsgld:local=2,tau=0", "centres:b=-2/4,start=1.5", 0.3, 1, 0, 0), 4 - 2.5 * 0.49, 1e-14,
	          "dsgld: towards the second");
	is_double(with("dsgld:local=2,tau=0,conducive=1", "centres:b=-2/4,start=2", 0.3, 1, 0, 0), 1 + 0.49, 1e-14,
	          "dsgld: with surrogates towards the mean");
	/* outcome 0: the first term, sqrt 2 for the first of two normals */
	is_double(with("dsgld:local=2,tau=0.5", "centres:b=-2/4,start=1", 0.3, 0, 0, 0),
	          -2 + 3 * 0.49 + 0.7 * sqrt(0.3 * 2), 1e-12, "dsgld: the noise of the first step is shrunk once");
	is_double(with("dsgld:local=2,tau=0.5", "centres:b=-2/4,start=1", 0.3, 7, 0, 0),
	          4 - 3 * 0.49 - sqrt(0.3 * 2), 1e-14, "dsgld: second term, second normal");
	/* psi = 0.1 (1 + 1)/(1 + 0.1) at |grad| = 1; outcome 0 is the coin that points down */
	is_double(with("sa-sgld:m=0.1,M=1,r=2,tau=0.5,noise=coins", "gaussian-data:s=1,m=0,start=1", 0.3, 0, 0, 0),
	          1 - 0.3 * 2 / 11.0 - sqrt(0.3 * 2 / 11.0), 1e-14,
	          "sa-sgld: a coin down");
	is_double(after("sa-sgld:m=0.1,M=1,r=2,tau=0,memory=0.5", "gaussian-data:s=1,m=0,start=2", 0.5, 1, 1, 0),
	          0.5 * 2 + 0.5 * (2 - 0.5 * 2 * 0.1 * 5 / 4.1), 1e-14, "sa-sgld: the monitor remembers");
	is_double(after("mala:tau=0.5,accept=always", data, 0.3, 3, 1, 0), 1, 0, "mala: all proposals are taken");
	mala_by_hand();
	rate_registry_free(registry);
	done_testing();
}
