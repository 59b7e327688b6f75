/* Solvers as programs: a tiny program whose optimum is known, one without a bound, and what is said of a missing
 * solver. */
#include "tests/tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verify/worst/worst.h"

/* maximise <C, X> with trace X = 1: the largest eigenvalue of C = (2 1; 1 2), less the slack: 3. */
static void eigenvalue(rate_solver solver)
{
	rate_sdp p = { .constraints = 1, .psd = 2, .linear = 1, .a = calloc(1, sizeof(double)) };
	rate_sdp_solution s;

	p.a[0] = 1;
	rate_sdp_add(&p, 0, 1, 1, 1, 2);
	rate_sdp_add(&p, 0, 1, 2, 1, 1);
	rate_sdp_add(&p, 0, 1, 2, 2, 2);
	for (int i = 1; i <= 2; i++)
		rate_sdp_add(&p, 1, 1, i, i, 1);
	rate_sdp_add(&p, 1, 2, 1, 1, 1);
	ok(rate_sdp_solve(&p, solver, 60, (size_t)1 << 30, NULL, NULL, &s) == RATE_OK, "%s runs: %s",
	   rate_solver_name(solver), s.words);
	ok(s.outcome == RATE_OPTIMAL && fabs(s.y[0] - 3) < 1e-6, "the largest eigenvalue is %.9g", s.y[0]);
	ok(fabs(s.X[1] - 0.5) < 1e-5 && fabs(s.X[1] - s.X[2]) < 1e-15 && fabs(s.x[0]) < 1e-5,
	   "X is the projection on (1, 1)");
	ok(fabs(s.Z[0] - 1) < 1e-5 && fabs(s.z[0] - 3) < 1e-5, "Z is the slack");
	rate_sdp_solution_free(&s);
	rate_sdp_free(&p);
}

int main(void)
{
	for (rate_solver s = RATE_CSDP; s <= RATE_DSDP; s++) {
		if (rate_solver_found(s))
			eigenvalue(s);
		else
			skip(4, "%s is not installed", rate_solver_name(s));
	}
	setenv("PATH", "/nowhere", 1);
	rate_sdp p = { .constraints = 1, .psd = 1, .linear = 1, .a = calloc(1, sizeof(double)) };
	rate_sdp_solution s;
	ok(!rate_solver_found(RATE_CSDP), "csdp is not found in an empty path");
	ok(rate_sdp_solve(&p, RATE_CSDP, 5, (size_t)1 << 30, NULL, NULL, &s) == RATE_FAIL &&
	   strstr(s.words, "coinor-csdp"), "its package is named: %s", s.words);
	rate_sdp_solution_free(&s);
	rate_sdp_free(&p);
	return done_testing();
}
