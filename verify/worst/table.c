/* What is printed of exact worst cases: a line for each N, and what the numbers mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify/worst/worst.h"

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

static void print_number(double v, int width)
{
	if (v == v)
		printf(" %*.*g", width, 9, v);
	else
		printf(" %*s", width, "-");
}

static void print_head(const rate_exact_about *b)
{
	printf("%s: %s%s%s\nfor all %s: %s; start: %s\nmeasured: %s\n\n", b->theorem, b->method,
	       *b->parameters ? " with " : "", b->parameters, rate_class_letter(b->functions), b->functions,
	       b->start, b->quantity);
	if (b->against)
		printf("%6s %14s %14s %14s %13s\n", "N", b->method, b->against, "proven", "ratio");
	else
		printf("%6s %14s %14s %14s %13s\n", "N", "observed", "exact", "proven", "exact/proven");
}

static void print_against(const rate_exact_row *r)
{
	printf("%6" PRIu64, r->N);
	print_number(r->exact, 14);
	print_number(r->against, 14);
	print_number(r->proven, 14);
	printf(" %13.7f%s%s\n", r->against / r->exact, *r->words ? "  " : "", r->words);
	fflush(stdout);
}

/* Slope of log value on log N over the last half, by its two ends; NaN: too few. */
static double order_of(const rate_exact_row *r, size_t count, int against)
{
	const rate_exact_row *a = &r[count / 2], *z = &r[count - 1];
	double x = against ? a->against : a->exact, y = against ? z->against : z->exact;

	return count < 4 || !(z->N > a->N) || !(x > 0 && y > 0) ? NAN : -log(y / x) / log((double)z->N / (double)a->N);
}

static void compare(const rate_exact_about *b, const rate_exact_row *r, size_t count)
{
	const char *mine = b->method, *other = b->against;
	double least = INFINITY, most = 0, first = order_of(r, count, 0), second = order_of(r, count, 1);
	uint64_t parts = 0;

	for (size_t k = 0; k < count; k++) {
		double ratio = r[k].against / r[k].exact;
		if (ratio == ratio && !parts && fabs(ratio - 1) > 1e-6)
			parts = r[k].N;
		if (ratio == ratio) {
			least = fmin(least, ratio);
			most = fmax(most, ratio);
		}
	}
	putchar('\n');
	if (!(most > 0))
		printf("Nothing was compared.\n");
	else if (!parts)
		printf("%s and %s have the same worst case at each of these N.\n", other, mine);
	else if (least > 1 - 1e-6)
		printf("%s is worse than %s from N = %" PRIu64 " on, by a factor of up to %.4g.\n", other,
		       mine, parts, most);
	else if (most < 1 + 1e-6)
		printf("%s is better than %s from N = %" PRIu64 " on, by a factor of up to %.4g.\n", other, mine,
		       parts, 1 / least);
	else
		printf("Each is better somewhere: the worst case of %s is %.4g to %.4g times that of %s.\n", other,
		       least, most, mine);
	if (first == first && second == second)
		printf("In this range the worst case of %s falls like N^-%.2f, that of %s like N^-%.2f.\n", mine, first,
		       other, second);
}

static void print_row(const rate_exact_row *r)
{
	printf("%6" PRIu64, r->N);
	print_number(r->observed, 14);
	if (r->upper)
		printf(" %4s%10.9g", "<=", r->exact);
	else
		print_number(r->exact, 14);
	print_number(r->proven, 14);
	if (r->ratio == r->ratio)
		printf(" %13.7f", r->ratio);
	else
		printf(" %13s", "-");
	/* Why it failed is said below. */
	printf("%s%s\n", *r->words && strcmp(r->status, "failed") ? "  " : "",
	       strcmp(r->status, "failed") ? r->words : "");
	fflush(stdout);
}

static json_t *number(double v)
{
	return isfinite(v) ? json_real(v) : json_null();
}

static void json_row(const rate_exact_about *b, const rate_exact_row *r)
{
	const struct { const char *name, *text; } words[] = { { "theorem", b->theorem }, { "method", b->method_spec },
		{ "parameters", b->parameters }, { "functions", b->functions }, { "start", b->start },
		{ "status", r->status } };
	json_t *o = json_object();

	json_object_set_new(o, "steps", json_integer((json_int_t)r->N));
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		json_object_set_new(o, words[k].name, json_string(words[k].text));
	json_object_set_new(o, "observed", number(r->observed));
	json_object_set_new(o, "exact", number(r->exact));
	json_object_set_new(o, "lower", number(r->lower));
	json_object_set_new(o, "proven", number(r->proven));
	json_object_set_new(o, "exact_ratio", number(r->ratio));
	json_object_set_new(o, "claimed_factor", number(r->factor));
	json_object_set_new(o, "terms", json_integer((json_int_t)r->terms));
	json_object_set_new(o, "L", number(r->units.L));
	json_object_set_new(o, "mu", number(r->units.mu));
	json_object_set_new(o, "pl", number(r->units.pl));
	json_object_set_new(o, "G", number(r->units.G));
	if (b->against) {
		json_object_set_new(o, "against", json_string(b->against_spec));
		json_object_set_new(o, "against_exact", number(r->against));
	}
	json_object_set_new(o, "leaves", json_integer((json_int_t)r->leaves));
	json_object_set_new(o, "rows", json_integer((json_int_t)r->rows));
	json_object_set_new(o, "all_rows", json_integer((json_int_t)r->all_rows));
	json_object_set_new(o, "seconds", number(r->seconds));
	json_object_set_new(o, "processor_seconds", number(r->processor));
	json_object_set_new(o, "words", json_string(r->words));
	json_dumpf(o, stdout, JSON_REAL_PRECISION(15));
	putchar('\n');
	fflush(stdout);
	json_decref(o);
}

static void csv_row(const rate_exact_row *r)
{
	rate_print_exact_csv(stdout, r);
	fflush(stdout);
}

/* Refuted: the exact value exceeds the bound, and a run shows it. */
int rate_exact_refuted(const rate_exact_row *r)
{
	return r->ratio > 1 + 1e-6 && (r->observed > r->proven * (1 + 1e-9) || (isinf(r->ratio) && !r->upper));
}

/* What the numbers mean, in a sentence. */
static void print_meaning(const rate_exact_about *b, const rate_exact_row *r, size_t count)
{
	double least = INFINITY, most = 0;
	const rate_exact_row *refuted = NULL, *failed = NULL, *unshown = NULL;
	int upper = 0, known = 0;

	for (size_t k = 0; k < count; k++) {
		if (!strcmp(r[k].status, "failed")) {
			failed = &r[k];
			continue;
		}
		if (!(r[k].ratio == r[k].ratio))
			continue;
		/* What the solver leaves open is no excess. */
		double ratio = r[k].ratio > 1 && r[k].lower <= r[k].proven * (1 + 1e-6) ? 1 : r[k].ratio;
		known++;
		least = fmin(least, ratio);
		most = fmax(most, ratio);
		upper |= r[k].upper;
		if (!r[k].upper && r[k].observed < r[k].exact * (1 - 1e-4))
			unshown = &r[k];
		if (!refuted && rate_exact_refuted(&r[k]))
			refuted = &r[k];
	}
	putchar('\n');
	if (refuted && isinf(refuted->exact))
		printf("No finite bound is true for N = %" PRIu64 ": the quantity is as large as one "
		       "likes on the class.\n", refuted->N);
	else if (refuted && b->foreign)
		printf("%s does not keep the bound: at N = %" PRIu64 " it ends at %.9g on a function of the class, "
		       "above %.9g. It is not the\n"
		       "method that the bound is about: `ratecheck exact %s` is.\n", b->method, refuted->N,
		       refuted->observed, refuted->proven, b->theorem);
	else if (refuted && *b->range)
		printf("Outside of the theorem's range (%s) nobody claims the bound, and it is false: at N = %" PRIu64
		       " the\nmethod ends at %.9g on a function of the class, above %.9g.\n", b->range, refuted->N,
		       refuted->observed, refuted->proven);
	else if (refuted)
		printf("The bound is false: at N = %" PRIu64 " the method ends at %.9g on a function of the "
		       "class, above %.9g.\n", refuted->N,
		       refuted->observed, refuted->proven);
	else if (known && upper && isinf(most))
		printf("The conditions of this class, which are necessary, perhaps not sufficient, give no finite "
		       "bound: that says nothing\nagainst the theorem's.\n");
	else if (known && upper && most > 1 + 1e-6)
		printf("The conditions of this class, which are necessary, perhaps not sufficient, allow %.7g of the "
		       "bound: that says nothing\nagainst it.\n", most);
	else if (known && most > 1 + 1e-6)
		printf("The worst value exceeds the bound by a factor of up to %.7g, but no run has shown it: "
		       "accuracy of the solver?\n", most);
	else if (known && upper)
		printf("Nothing in the class ends above %.4g of the bound (conditions of this class are necessary, "
		       "perhaps not sufficient).\n",
		       most);
	else if (known && least > 1 - 1e-6)
		printf("The bound is exact: for %s the worst function attains it, and no smaller constant is true.\n",
		       count > 1 ? "each of these N" : "this N");
	else if (known && most - least < 5e-5 * most)
		printf("The bound is true and loose: the worst function of the class reaches %.4g of it, "
		       "nothing reaches more.\n", most);
	else if (known)
		printf("The bound is true and loose: the worst function of the class reaches %.4g to %.4g of it, "
		       "nothing reaches more.\n", least,
		       most);
	if (!refuted && !known && !failed)
		printf("There is no finite bound to compare with.\n");
	if (unshown)
		printf("No run shows the value at N = %" PRIu64 ": on the function that was found the method ends at "
		       "%.6g, since it makes the\n"
		       "small errors of that function large. The value is that of the program, and its dual's.\n",
		       unshown->N, unshown->observed);
	if (failed)
		printf("N = %" PRIu64 " was not solved: %s\n", failed->N, failed->words);
}

void rate_exact_head(const rate_exact_about *about, rate_exact_format format)
{
	if (format == RATE_EXACT_TABLE)
		print_head(about);
	else if (format == RATE_EXACT_CSV)
		puts("steps,observed,exact,proven,exact_ratio,status");
}

void rate_exact_line(const rate_exact_about *about, const rate_exact_row *r, rate_exact_format format)
{
	if (format == RATE_EXACT_JSON)
		json_row(about, r);
	else if (format == RATE_EXACT_CSV)
		csv_row(r);
	else if (about->against)
		print_against(r);
	else
		print_row(r);
}

void rate_exact_meaning(const rate_exact_about *about, const rate_exact_row *r, size_t count)
{
	if (about->against)
		compare(about, r, count);
	else
		print_meaning(about, r, count);
}
