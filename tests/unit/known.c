/* The table of exact worst cases: which lines are refused, which line is about a check whatever the units of f and x,
 * and the largest of a theorem. */
#include "tests/tap.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "verify/worst/known.h"

static char file[] = "/tmp/ratecheck-known-XXXXXX";

static rate_exact_table *read_lines(const char *lines, rate_error *e)
{
	FILE *f = fopen(file, "w");

	if (!f || fputs(lines, f) < 0 || fclose(f))
		bail_out("the table cannot be written");
	return rate_known_read(file, e);
}

#define HEAD "{\"theorem\":\"t\",\"method\":\"gd\",\"start\":\"|x_0 - x_star| <= 1\",\"terms\":1,\"claimed_factor\":1,"
#define ROW(rest) HEAD "\"status\":\"exact\",\"steps\":10," rest "}\n"
#define GAMMA "\"parameters\":\"gamma=0.5,shape=flat\",\"L\":1,\"exact_ratio\":0.25"

static void refused(const char *lines, const char *why)
{
	rate_error e = { "" };

	ok(!read_lines(lines, &e), "refused");
	contains(e.text, why, "and why");
	contains(e.text, file, "in which file");
}

static void lines(void)
{
	rate_error e = { "" };

	refused(ROW(GAMMA) "{\n", "line 2: ");
	refused("[]\n", "line 1: it has no theorem; lines of `ratecheck exact --format json` are wanted");
	refused(HEAD "\"status\":\"exact\",\"steps\":10}\n", "it has no parameters");
	refused(HEAD "\"steps\":10," GAMMA "}\n", "it has no status");
	refused(HEAD "\"status\":\"exact\",\"steps\":0," GAMMA "}\n", "it has no steps");
	ok(!rate_known_read("/nowhere/table", &e), "no file");
	contains(e.text, "/nowhere/table: No such file", "is said");
}

static rate_class_info theorem = { .point = 0 };
static rate_bound_spec method;
static double bound = 8;
static uint64_t at = 10;

/* An instance with L = 4, where the row has L = 1. */
static rate_check instance(const char *parameters)
{
	theorem.id = (char *)(uintptr_t)"t";
	method.brief = (char *)(uintptr_t)"gd";
	return (rate_check){ .theorem = &theorem, .method = &method, .parameters = (char *)(uintptr_t)parameters,
		                 .applicable = 1, .T = 10, .n = 1, .factor = 1, .at = &at, .bound = &bound,
		                 .checkpoints = 1, .units = { 4, 1, NAN, NAN, 1 } };
}

static void found(void)
{
	rate_error e = { "" };
	rate_exact_table *k = read_lines(ROW(GAMMA), &e), *other;
	rate_check c = instance("gamma=0.125,shape=flat");
	rate_known_worst w;

	if (!k)
		bail_out("%s", e.text);
	w = rate_known_find(k, &c);
	is_double(w.ratio, 0.25, 0, "gamma = 1/(2L) of another L is the same");
	is_double(w.value, 2, 0, "a quarter of this bound");
	ok(!w.upper, "exactly");
	c.factor = 0.5;
	is_double(rate_known_find(k, &c).ratio, 0.5, 0, "half of the bound is met twice as well");
	c.factor = 1;
	c.power = 1;
	is_double(rate_known_find(k, &c).ratio, 2.5, 1e-15, "a bound t times smaller, t times as well");

	c = instance("gamma=0.13,shape=flat");
	ok(isnan(rate_known_find(k, &c).ratio), "another step size");
	c = instance("gamma=0.125,shape=round");
	ok(isnan(rate_known_find(k, &c).ratio), "another word");
	c = instance("gamma=0.125");
	ok(isnan(rate_known_find(k, &c).ratio), "fewer parameters");
	c = instance("gamma=0.125,shape=flat");
	c.T = 11;
	ok(isnan(rate_known_find(k, &c).ratio), "another number of steps");
	c.T = 10;
	c.n = 2;
	ok(isnan(rate_known_find(k, &c).ratio), "another number of terms");
	c.n = 1;
	c.stochastic = 1;
	ok(isnan(rate_known_find(k, &c).ratio), "samples of one term are noise");
	c.stochastic = 0;
	method.brief = (char *)(uintptr_t)"sgd";
	ok(isnan(rate_known_find(k, &c).ratio), "another method");
	ok(isnan(rate_known_find(NULL, &c).ratio), "no table");
	rate_known_free(k);

	c = instance("gamma=0.125,shape=flat");
	other = read_lines(ROW(GAMMA ",\"mu\":0.5"), &e);
	ok(other && isnan(rate_known_find(other, &c).ratio), "mu/L = 1/2 is another class than 1/4");
	rate_known_free(other);
	other = read_lines(ROW(GAMMA ",\"mu\":0.25"), &e);
	ok(other && rate_known_find(other, &c).ratio > 0, "1/4 is this one");
	rate_known_free(other);
	other = read_lines(ROW(GAMMA ",\"G\":1"), &e);
	ok(other && isnan(rate_known_find(other, &c).ratio), "L and G have a length of their own");
	rate_known_free(other);
}

static void largest(void)
{
	rate_error e = { "" };
	uint64_t steps, most;
	rate_exact_table *k =
	    read_lines(ROW(GAMMA)
	               HEAD "\"status\":\"exact\",\"steps\":20,\"exact_ratio\":0.4,\"parameters\":\"\"}\n"
	               HEAD "\"status\":\"exact\",\"steps\":30,\"exact_ratio\":0.3,\"parameters\":\"\"}\n"
	               HEAD "\"status\":\"upper\",\"steps\":40,\"exact_ratio\":0.9,\"parameters\":\"\"}\n", &e);

	if (!k)
		bail_out("%s", e.text);
	is_double(rate_known_factor(k, "t", &steps, &most), 0.4, 0, "the largest that is exact");
	ok(steps == 20 && most == 30, "after 20 steps, of 30");
	ok(isnan(rate_known_factor(k, "u", &steps, &most)) && !steps && !most, "of no line");
	rate_known_free(k);
}

int main(void)
{
	int fd = mkstemp(file);

	if (fd < 0)
		bail_out("no file");
	close(fd);
	lines();
	found();
	largest();
	unlink(file);
	return done_testing();
}
