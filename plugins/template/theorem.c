/*:
# NAME

**Theorem.** Let $f$ be convex and $L$-smooth, $0 < \gamma \le 1/L$. Then gradient descent has, for every $t \ge 1$,
$$ f(x^t) - f^* \le \frac{L\,\|x^0-x^*\|^2}{4\gamma L t + 2} . $$
:*/
/* SPDX-License-Identifier: MIT */
#define PARAMETERS(P) P(gamma)
#include "ratecheck/kit.h"

STEP(gamma, 1 / L, "0 < gamma <= 1/L")

FORMULA(bound, t, L * D2 / (4 * gamma * L * t + 2))

/*:
## Proof, and how sharp it is

(Here. The sharp instance below is where the bound is reached, the control a claim that must fail.)
:*/

#define WORST .objective = "huber:L=1,tau=0.0049751243781094526,start=1", .parameters = "gamma=1"
SHARP(sharp, { WORST, .note = "the Huber function for t = 100", .steps = 100, .ratio = 1 })
CONTROL(control, { WORST, .note = "ten percent off", .steps = 100, .factor = 0.9 })

static CLAIM(this_one,
	.id = "NAME", .chapter = "mine", .title = "NAME",
	.statement = "f convex, L-smooth; 0 < γ ≤ 1/L: f(x_t) − f* ≤ L‖x_0 − x*‖²/(4γLt + 2)",
	.quantity = "f(x_t) − f*", .formula = "L D²/(4γLt + 2)", .source = "",
	.kind = RATE_DETERMINISTIC, .method = "gd", NEEDS("convex", "L", "x_star", "f_star"), RANGE, .power = 1,
	.bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)

static const rate_theorem *const theorems[] = { &this_one };
RATE_PLUGIN("NAME", "1.0", "MIT", .theorems = RATE_LIST(theorems))
