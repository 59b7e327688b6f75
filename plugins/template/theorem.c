/*:
# NAME

**Theorem.** Let $f$ be convex and $L$-smooth, $0 < \gamma \le 1/L$. Then gradient descent has, for every $t \ge 1$,
$$ f(x^t) - f^* \le \frac{L\,\|x^0-x^*\|^2}{4\gamma L t + 2} . $$
:*/
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include "ratecheck/ratecheck.h"

enum { GAMMA };

static double bound(const rate_case *c, double t)
{
	return c->L * c->D2 / (4 * c->param[GAMMA] * c->L * t + 2);
}

/*:
## Proof, and how sharp it is

(Here. The sharp instance below is where the bound is reached, the control a claim that must fail.)
:*/

static void choose(const rate_case *c, double fraction, double *param)
{
	param[GAMMA] = fraction / c->L;
}

static const char *admissible(const rate_case *c)
{
	return c->param[GAMMA] * c->L <= 1 + 1e-12 ? NULL : "0 < gamma <= 1/L";
}

static int sharp(uint32_t k, rate_instance *out)
{
	if (k > 0)
		return RATE_FAIL;
	snprintf(out->objective, out->text_size, "huber:L=1,tau=%.17g,start=1", 1.0 / 201);
	snprintf(out->parameters, out->text_size, "gamma=1");
	out->steps = 100;
	out->ratio = 1;
	return RATE_OK;
}

static int control(uint32_t k, rate_instance *out)
{
	out->factor = 0.9;
	snprintf(out->note, out->text_size, "ten percent off");
	return sharp(k, out);
}

static const rate_param params[] = { RATE_STEP_SIZE("0 < gamma <= 1/L") };
static const char *const needs[] = { "convex", "L", "x_star", "f_star" };
static const rate_theorem this_one = { .size = sizeof this_one, .abi = RATE_ABI, .id = "NAME", .chapter = "mine",
	.title = "NAME", .statement = "f convex, L-smooth; 0 < γ ≤ 1/L: f(x_t) − f* ≤ L‖x_0 − x*‖²/(4γLt + 2)",
	.quantity = "f(x_t) − f*", .formula = "L D²/(4γLt + 2)", .source = "", .kind = RATE_DETERMINISTIC, .method = "gd",
	.needs = RATE_LIST(needs), .params = RATE_ROWS(params), .power = 1, .choose = choose, .admissible = admissible,
	.bound = bound, .measure = rate_measure_gap, .sharp = sharp, .control = control };
static const rate_theorem *const theorems[] = { &this_one };
RATE_PLUGIN("NAME", "1.0", "MIT", .theorems = RATE_LIST(theorems))
