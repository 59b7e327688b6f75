/* Words for theorem files: formulas in the letters of the page, ranges, instances as rows, the claim.
 *
 * SPDX-License-Identifier: MIT
 * Copyright (C) The ratecheck authors.
 *
 * Each word is short for plain code that a debugger shows and stops in; none hides control flow, and any of them can be
 * left aside for the code that it stands for. The whole of gd-convex-smooth but its prose:
 *
 *     #define PARAMETERS(P) P(gamma)
 *     #include "ratecheck/kit.h"
 *
 *     STEP(gamma, 1 / L, "0 < gamma <= 1/L")
 *     FORMULA(bound, t, D2 / (2 * gamma * t))
 *
 *     SHARP(sharp, { .objective = "huber:tau=0.00195", .parameters = "gamma=1", .note = "Huber function for T = 256",
 *         .steps = 256, .ratio = 0.499 })
 *     CONTROL(control, { .objective = "quadratic:d=1,L=1", .parameters = "gamma=2", .note = "step 2/L: to and fro" })
 *
 *     CLAIM(gd_convex_smooth, .id = "gd-convex-smooth", .chapter = "gradient-descent",
 *         .title = "Gradient descent on convex smooth functions",
 *         .statement = "f convex, L-smooth, 0 < gamma <= 1/L: f(x_t) - f* <= D^2/(2 gamma t)",
 *         .quantity = "f(x_t) - f*", .formula = "D^2/(2 gamma t)", .source = "...",
 *         .kind = RATE_DETERMINISTIC, .method = "gd", NEEDS("convex", "L", "x_star", "f_star"),
 *         RANGE, .power = 1, .bound = bound, .measure = rate_measure_gap, SHARP_AND_CONTROL)
 *
 * C11 and C++17; rows and claims need designated initialisers (g++ and clang++ take them in C++17), and in C++ the
 * fields of a claim stand in the order of rate_theorem: written out there, RANGE and SHARP_AND_CONTROL are not used.
 */
#ifndef RATECHECK_KIT_H
#define RATECHECK_KIT_H

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "ratecheck/ratecheck.h"

/* ---- Letters ---- */

/* PARAMETERS(P), defined before this file is included, lists the file's parameters in the order of its schema. Each has
 * then an index into c->param, its name and an underscore. */
#ifndef PARAMETERS
#define PARAMETERS(P)
#endif
#define RATE_INDEX_(p) p##_,
enum { PARAMETERS(RATE_INDEX_) RATE_PARAMETERS };

#define RATE_LETTER_(letter, value) __attribute__((unused)) const double letter = value

/* `CONSTANTS(c);` in a function that is given the case c declares its constants as doubles: L, mu, D2, ... */
#define CONSTANTS(c) \
	RATE_LETTER_(L, (c)->L); \
	RATE_LETTER_(mu, (c)->mu); \
	RATE_LETTER_(pl, (c)->pl); \
	RATE_LETTER_(G, (c)->G); \
	RATE_LETTER_(L_max, (c)->L_max); \
	RATE_LETTER_(D2, (c)->D2); \
	RATE_LETTER_(d0, (c)->d0); \
	RATE_LETTER_(sigma_star2, (c)->sigma_star2); \
	RATE_LETTER_(Delta_star, (c)->Delta_star); \
	RATE_LETTER_(noise2, (c)->noise2); \
	RATE_LETTER_(rho, (c)->strong_growth)

/* `LETTERS(c);` declares the parameters too: gamma is c->param[gamma_]. Not in `choose`, which makes them. */
#define RATE_PARAMETER_(p) RATE_LETTER_(p, rate_param_[p##_]);
#define LETTERS(c) \
	__attribute__((unused)) const double *const rate_param_ = (c)->param; \
	PARAMETERS(RATE_PARAMETER_) \
	CONSTANTS(c)

/* FORMULA(bound, t, D2 / (2 * gamma * t)): static double bound(const rate_case *c, double t). */
#define FORMULA(name, t, ...) \
	static double name(const rate_case *c, __attribute__((unused)) double t) \
	{ \
		LETTERS(c); \
		return __VA_ARGS__; \
	}

/* NUMBER(factor, 1 - gamma * mu): static double factor(const rate_case *c). */
#define NUMBER(name, ...) \
	static double name(const rate_case *c) \
	{ \
		LETTERS(c); \
		return __VA_ARGS__; \
	}

/* ---- Ranges ---- */

/* The closed end of a range belongs to it, rounding included. */
#define AT_MOST(value, end) ((value) > 0 && (value) <= (end) * (1 + 1e-12))

/* MUST(admissible, gamma > 0 && gamma < 2 / L, "0 < gamma < 2/L"): NULL, or what must hold. */
#define MUST(name, condition, words) \
	static const char *name(const rate_case *c) \
	{ \
		LETTERS(c); \
		return (condition) ? NULL : (words); \
	}

/* One parameter p, 0 < p <= end, where `end` is a formula in the constants: the table `params`, `choose` and
 * `admissible`. */
#define STEP(p, end, words) \
	static const rate_param params[] = { { #p, RATE_REAL, "auto", 0, 0, NULL, "step size, " words } }; \
	static double largest(const rate_case *c) \
	{ \
		CONSTANTS(c); \
		return end; \
	} \
	static void choose(const rate_case *c, double fraction, double *param) \
	{ \
		param[p##_] = fraction * largest(c); \
	} \
	static const char *admissible(const rate_case *c) \
	{ \
		return AT_MOST(c->param[p##_], largest(c)) ? NULL : words; \
	}

/* ---- Instances as rows ---- */

/* One sharp instance or control: a rate_instance with constant texts. Left out: no ratio is known, factor 1. */
struct instance {
	const char *objective, *parameters, *note;
	uint64_t steps;
	double ratio, deep_ratio;
	double factor, power;
	const char *method;
};

__attribute__((format(printf, 2, 3), unused)) static void say(char *out, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(out, 65536, format, ap);
	va_end(ap);
}

/* The k-th row of a table, as a rate_instance. */
RATE_INLINE int instance_row(const struct instance *table, size_t count, uint32_t k, rate_instance *out)
{
	const struct instance *row;

	if (k >= count)
		return RATE_FAIL;
	row = &table[k];
	say(out->objective, "%s", row->objective ? row->objective : "");
	say(out->parameters, "%s", row->parameters ? row->parameters : "");
	say(out->note, "%s", row->note ? row->note : "");
	out->steps = row->steps;
	out->ratio = row->ratio > 0 ? row->ratio : NAN;
	out->deep_ratio = row->deep_ratio > 0 ? row->deep_ratio : NAN;
	out->factor = row->factor > 0 ? row->factor : 1;
	out->power = row->power;
	out->method = row->method;
	return RATE_OK;
}

/* SHARP(sharp, { row }, { row }): a theorem's function `sharp`; CONTROL(control, ...): its function `control`. */
#define RATE_ROWS_OF_(name, ...) \
	static const struct instance name##_table[] = { __VA_ARGS__ }; \
	static int name(uint32_t k, rate_instance *out) \
	{ \
		return instance_row(name##_table, sizeof name##_table / sizeof name##_table[0], k, out); \
	}
#define SHARP(name, ...) RATE_ROWS_OF_(name, __VA_ARGS__)
#define CONTROL(name, ...) RATE_ROWS_OF_(name, __VA_ARGS__)

/* ---- The claim ---- */

/* CLAIM(name, .id = ..., ...): const rate_theorem name, its size and ABI filled in; `static CLAIM(...)` in a file
 * that is a plugin of its own. */
#define CLAIM(name, ...) const rate_theorem name = { .size = sizeof(rate_theorem), .abi = RATE_ABI, __VA_ARGS__ };

/* Inside a claim: what the words above made, under the names that they gave it. */
#define RANGE .params = RATE_ROWS(params), .choose = choose, .admissible = admissible
#define SHARP_AND_CONTROL .sharp = sharp, .control = control

/* Inside a claim: the constants and capabilities that it needs. */
#ifdef __cplusplus
#define NEEDS(...) \
	.needs = [] { \
		static const char *const list[] = { __VA_ARGS__ }; \
		return rate_list RATE_LIST(list); \
	}()
#else
#define NEEDS(...) .needs = RATE_LIST(((const char *const[]){ __VA_ARGS__ }))
#endif

/* The plain average of x_0, ..., x_{t-1}: .weight = equally, and inside a claim the gap of it. */
RATE_INLINE double equally(const rate_case *c, uint64_t t)
{
	(void)c, (void)t;
	return 1;
}
#define GAP_OF_AVERAGE .weight = equally, .measure = rate_measure_average_gap

#endif
