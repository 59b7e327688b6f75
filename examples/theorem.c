/* SPDX-License-Identifier: MIT */
/* A claim in the words of ratecheck/kit.h, with an instance on which it is sharp and a false one that must be refuted:
 *
 *     cc -O2 -shared -fPIC $(pkg-config --cflags ratecheck) theorem.c -o theorem.so -lm
 *     ratecheck verify ./theorem.so
 */
#define PARAMETERS(P) P(gamma)
#include "ratecheck/kit.h"

STEP(gamma, 1 / L, "0 < gamma <= 1/L")
FORMULA(bound, t, L * D2 / (4 * gamma * L * t + 2))

#define WORST .objective = "huber:L=1,tau=0.0049751243781094526,start=1", .parameters = "gamma=1"
SHARP(sharp, { WORST, .note = "the Huber function for t = 100", .steps = 100, .ratio = 1 })
CONTROL(control, { WORST, .note = "ten percent off", .steps = 100, .factor = 0.9 })

static CLAIM(sharp_descent, .id = "sharp-descent", .chapter = "mine", .title = "Gradient descent, sharp",
	.statement = "f convex, L-smooth: f(x_t) - f* <= L |x_0 - x*|^2/(4 gamma L t + 2)", .quantity = "f(x_t) - f*",
	.formula = "L D^2/(4 gamma L t + 2)", .source = "Drori and Teboulle 2014", .kind = RATE_DETERMINISTIC,
	.method = "gd", NEEDS("convex", "L", "x_star", "f_star"), RANGE, .power = 1, .bound = bound,
	.measure = rate_measure_gap, SHARP_AND_CONTROL)
static const rate_theorem *const theorems[] = { &sharp_descent };
RATE_PLUGIN("sharp-descent", "1.0", "MIT", .theorems = RATE_LIST(theorems))
