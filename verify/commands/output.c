/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/commands/output.h"

#include <stdio.h>

/* ---- table ---- */

/* Where the lines of theorems go, if they are printed. */
static FILE *lines_to(const rate_printing *p)
{
	return p->rows || p->brief ? NULL : stdout;
}

void rate_output_flush(rate_printing *p)
{
	if (lines_to(p))
		rate_lines_flush(stdout, &p->lines, p->width, p->colour);
}

static void table_head(rate_printing *p)
{
	if (p->rows && !p->brief)
		rate_table_head(stdout, p->width, p->colour);
}

/* What does not apply is counted, not listed: most theorems do not apply to most objectives. */
static void table_result(rate_printing *p, const rate_result *r)
{
	if (p->rows && !p->brief && r->verdict->code != RATE_NOT_APPLICABLE)
		rate_table_result(stdout, r, p->width, p->colour);
	rate_lines_add(lines_to(p), &p->lines, r, p->width, p->colour);
}

static void table_kept(rate_printing *p, const rate_check *c, const rate_kept *kept, int parts)
{
	rate_lines_kept(lines_to(p), &p->lines, c, kept->code, parts, p->width, p->colour);
}

/* ---- tap ---- */

static void tap_head(rate_printing *p)
{
	(void)p;
	rate_tap_head(stdout);
}

static void tap_result(rate_printing *p, const rate_result *r)
{
	rate_tap_result(stdout, p->number, r);
}

static void tap_kept(rate_printing *p, const rate_check *c, const rate_kept *kept, int parts)
{
	(void)c;
	rate_tap_kept(stdout, p->number + 1, kept->check, kept->code, kept->control, parts);
}

static void tap_foot(rate_printing *p)
{
	rate_tap_foot(stdout, p->number, &p->sum);
}

/* ---- json ---- */

static void json_result(rate_printing *p, const rate_result *r)
{
	(void)p;
	rate_json_result(stdout, r);
}

static void json_kept(rate_printing *p, const rate_check *c, const rate_kept *kept, int parts)
{
	(void)c;
	(void)parts;
	rate_store_print(p->store, kept, stdout);
}

/* ---- junit ---- */

static void junit_result(rate_printing *p, const rate_result *r)
{
	rate_junit_add(&p->junit, r);
}

static void junit_kept(rate_printing *p, const rate_check *c, const rate_kept *kept, int parts)
{
	rate_junit_kept(&p->junit, c, kept->code, parts);
}

static void junit_foot(rate_printing *p)
{
	rate_junit_end(stdout, &p->junit);
}

/* name, for people, head, result, kept, foot */
#define OUTPUTS(X) \
	X("table", 1, table_head, table_result, table_kept, NULL) \
	X("tap",   0, tap_head,   tap_result,   tap_kept,   tap_foot) \
	X("json",  0, NULL,       json_result,  json_kept,  NULL) \
	X("junit", 0, NULL,       junit_result, junit_kept, junit_foot)

#define NAME(name, ...) name,
#define ROW(...) { __VA_ARGS__ },
const char *const rate_output_names[] = { OUTPUTS(NAME) NULL };
const rate_output rate_outputs[] = { OUTPUTS(ROW) };
