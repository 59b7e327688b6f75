/* Data files: every form that is read, number by number, and every reason for which one is refused. */
#include "plugins/like.h"
#include "plugins/load.h"
#include "plugins/sparse.h"
#include "plugins/table.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

static int parse(const char *text, size_t n, rate_table *t, rate_error *error)
{
	/* Not a byte more than there is: sanitizers and valgrind see a read past the end. */
	char *copy = malloc(n + !n);
	int rc;

	memcpy(copy, text, n);
	rc = rate_table_parse("f", copy, n, NULL, 0, t, error);
	free(copy);
	return rc;
}

/* Rows as "1 2>3;": features, then the target. */
static void reads(const char *text, const char *want)
{
	char got[512] = "";
	rate_error error = { "" };
	size_t at = 0;
	rate_table t;

	if (parse(text, strlen(text), &t, &error)) {
		is_str(error.text, want, "read: '%s'", text);
		return;
	}
	for (size_t i = 0; i < t.rows; i++) {
		for (size_t j = 0; j < t.columns; j++)
			at += (size_t)snprintf(got + at, sizeof got - at, "%s%.17g", j ? " " : "",
			                       t.a[i * t.columns + j]);
		at += (size_t)snprintf(got + at, sizeof got - at, ">%.17g;", t.b[i]);
	}
	is_str(got, want, "read: '%s'", text);
	rate_table_free(&t);
}

static void refuses_bytes(const char *text, size_t n, const char *why)
{
	rate_error error = { "" };
	rate_table t;

	ok(parse(text, n, &t, &error) == RATE_FAIL && strstr(error.text, why) == error.text,
	   "refused: '%s': %s", text, error.text);
}

static void refuses(const char *text, const char *why)
{
	refuses_bytes(text, strlen(text), why);
}

static void tables(void)
{
	const char *want = "1 2>3;2 1>4;3 3>1;";

	reads("a,b,y\n1,2,3\n2,1,4\n3,3,1\n", want);
	reads("a,b,y\r\n1,2,3\r\n2,1,4\r\n3,3,1", want);
	reads("a,b,y\r1,2,3\r2,1,4\r3,3,1\r", want);
	reads("\xef\xbb\xbf" "1,2,3\n2,1,4\n3,3,1\n", want);
	reads("# of a dump\n# columns\n\na,b,y\n1,2,3\n  # between\n2,1,4\n\n3,3,1\n\n", want);
	reads("% octave\n1 2 3\n2 1 4\n3 3 1\n", want);
	reads("a;b;y\n1;2;3\n2;1;4\n3;3;1\n", want);
	reads("a\tb\ty\n1\t2\t3\n2\t1\t4\n3\t3\t1\n", want);
	reads("  1  2.0 3\n 2 1  4 \n3\t3 1\n", want);
	refuses("1 2\t3\n2 1\t4\n", "f: line 1, column 1: not a number");
	reads("x1 x2 y\n1 2 3\n2 1 4\n3 3 1\n", want);
	reads("\"a, with \"\"quotes\"\"\nand a line end\",b,y\n1,2,3\n\"2\",\"1\" , \"4\"\n3,3,1", want);
	reads("\"a\" \"b\" \"y\"\n\"1\" 2 3\n2 \"1\" 4\n3 3 \"1\"\n", want);
	reads(" 1 , 2 ,3\n2,1,+4\n3,3,1e0\n", want);
	reads("A;B;C\n1,1;2,25;3\n1,2;2,7;0,3\n0;0;0\n",
	      "1.1000000000000001 2.25>3;1.2 2.7000000000000002>0.29999999999999999;0 0>0;");
	reads("1,5\t2\n2\t3\n3\t5\n", "1.5>2;2>3;3>5;");
	reads("A;B\n1,500;2\n1,25;4\n0,125;3", "1.5>2;1.25>4;0.125>3;");
	reads("1,2,0\n2,1,1\n", "1 2>-1;2 1>1;");
	reads("1e-320,1\n2,2\n5,3\n", "9.9998886718268301e-321>1;2>2;5>3;");

	refuses("", "f: line 1, column 1: the file ends without a row");
	refuses("\n# nothing\n", "f: line 3, column 1: the file ends without a row");
	refuses("a,b,y\n", "f: line 2, column 1: the file ends without a row");
	refuses("1\n2\n", "f: line 1, column 1: one column alone");
	refuses("y\n1\n2\n", "f: line 1, column 1: one column alone");
	refuses("a,b,y\n1,2\n", "f: line 2, column 2: the row ends here: line 1 has 3 columns");
	refuses("a,b\n1,1,2,2\n", "f: line 2, column 3: a column too many: line 1 has 2");
	refuses("1,2,3\n4,5,6\n1,2,3,\n", "f: line 3, column 4: a column too many");
	refuses("1,2,\n4,5,6\n", "f: line 1, column 3: missing value");
	refuses("1,2,3\n4,,6\n", "f: line 2, column 2: missing value");
	refuses("1,2,3\n4,NA,6\n", "f: line 2, column 2: missing value");
	refuses("1,2,3\n4,-Inf,6\n", "f: line 2, column 2: missing value");
	refuses("1\t\t3\n4\t5\t6\n", "f: line 1, column 2: missing value");
	refuses("1,2,3\n4,red,6\n", "f: line 2, column 2: not a number: 'red'");
	refuses("1,2,3\n4,0x10,6\n", "f: line 2, column 2: not a number: '0x10'");
	refuses("1,2,3\n4,1 000,6\n", "f: line 2, column 2: not a number: '1 000'");
	refuses("1,2,3\n4,1_000,6\n", "f: line 2, column 2: not a number");
	refuses("1,2,3\n4,50%,6\n", "f: line 2, column 2: not a number");
	refuses("1,2,3\n4,1d5,6\n", "f: line 2, column 2: not a number");
	refuses("1,2,3\n4,\033[31m,6\n", "f: line 2, column 2: not a number: '?[31m'");
	refuses("red,2,3\n4,5,6\n",
	        "f: line 1, column 1: not a number, and no header either, for column 2 is a number: 'red'");
	refuses("1,'2',3\n2,1,4\n", "f: line 1, column 2: not a number, and no header");
	refuses(",a,y\n1,5,3\n2,7,4\n", "f: line 1, column 1: a column without a name");
	refuses("\"\",\"a\",\"y\"\n\"1\",5,3\n", "f: line 1, column 1: a column without a name");
	refuses("1e400,2\n1,2\n", "f: line 1, column 1: too large");
	refuses("1e-400,2\n1,2\n", "f: line 1, column 1: too small");
	refuses("\"1,234.5\",2,3\n4,5,6\n", "f: line 1, column 1: a comma inside a number");
	refuses("\"1,5\",2,3\n4,5,6\n", "f: line 1, column 1: a comma inside a number");
	refuses("1;2\n1,234,567;2\n", "f: line 2, column 1: a comma inside a number");
	refuses("1;2\n1.234,5;2\n", "f: line 2, column 1: a comma inside a number");
	refuses("1;2\n1.234.567;2\n", "f: line 2, column 1: not a number");
	refuses("1,25;2\n1.5;2\n",
	        "f: line 1, column 1: a number with a comma, but line 2, column 1 has one with a decimal point");
	refuses("a;y\n1,234;2\n5,678;3\n", "f: line 2, column 1: a comma of thousands, or a decimal comma?");
	refuses("0,435 2,87\n1,286 4,5\n", "f: line 1, column 2: not a number, and no header");
	refuses("a,y\n\"1,2\n3,4\n", "f: line 2, column 1: a quote is opened here and never closed");
	refuses("a,y\n\"1\"2,3\n", "f: line 2, column 1: text behind a closing quote");
	refuses("a,y\n1\"2\",3\n", "f: line 2, column 1: a quote inside a word");
	refuses("1,2\n1 1:2 2:3\n1,2\n", "f: line 1, column 1: a comma inside a number");
	refuses("1,2\n3,4\n1 1:2 2:3\n", "f: line 3, column 1: not a number: '1 1:2 2:3'");
}

static void libsvm(void)
{
	reads("+1 1:0.5 3:2\n-1 2:1\n+1 1:-1 2:3\n", "0.5 0 2>1;0 1 0>-1;-1 3 0>1;");
	reads("1\n-1 1:-1 3:0.25\n1 2:2\n", "0 0 0>1;-1 0 0.25>-1;0 2 0>1;");
	reads("1 \n2\n3 1:2\n", "0>1;0>2;2>3;");
	reads("# made by a dump\n# columns\n2 1:1 # a word: 3:4\n\n3 \t2:5 \r\n4\n", "1 0>2;0 5>3;0 0>4;");
	reads("3 qid:1 1:1\n2 qid:1 2:7\n1 qid:2\n", "1 0>3;0 7>2;0 0>1;");

	refuses("1 0:0.5 1:1\n", "f: line 1, column 2: index 0: indices count from 1");
	refuses("1 1:1 1:7\n", "f: line 1, column 3: index 1 stands twice");
	refuses("1 1:1\n1 3:1 1:2\n", "f: line 2, column 3: index 1 behind 3: they must ascend");
	refuses("1 1:1\n1 4294967297:1\n", "f: line 2, column 2: index above");
	refuses("1 1:1\n1 99999999999999999999999999:1\n", "f: line 2, column 2: index above");
	refuses("1 1:1\n1 2147483000:1\n", "f: line 3, column 1: 2 rows of 2147483001 columns are too large");
	refuses("1 1:1\nred 1:1\n", "f: line 2, column 1: not a number: 'red'");
	refuses("1 1:1\n1,2 1:1\n", "f: line 2, column 1: a comma inside a number");
	refuses("1 1:1\n1 2\n", "f: line 2, column 2: not index:value: '2'");
	refuses("1 1:1\n1 -2:1\n", "f: line 2, column 2: not index:value");
	refuses("1 1:1\n1 2:\n", "f: line 2, column 2: missing value");
	refuses("1 1:1\n1 2:1e999\n", "f: line 2, column 2: too large");
	refuses("1 1:1\n1 2:0,5\n", "f: line 2, column 2: a comma inside a number");
	refuses("1 1:1\n1 2:1 qid:3\n", "f: line 2, column 3: not index:value");
	refuses("1 qid:1\n", "f: line 2, column 1: one column alone");
	refuses("1 1:1\n1,2,3\n", "f: line 2, column 1: a comma inside a number");
}

/* Zero by zero what the dense reader makes of the same file. */
static void sparse(void)
{
	static const char text[] = "+1 3:0.5 20:2\n-1 2:1 5:0 7:-3\n+1\n-1 1:4 20:1e-3 # end\n";
	rate_error error = { "" };
	rate_table dense, t;
	size_t differ = 0;

	ok(!rate_table_parse("f", text, sizeof text - 1, NULL, 0, &dense, &error) &&
	       !rate_table_parse("f", text, sizeof text - 1, NULL, 1, &t, &error),
	   "a file of few entries: %s", error.text);
	ok(!dense.sparse && dense.a && t.sparse && !t.a && t.rows == 4 && t.columns == 20 && t.labels,
	   "dense, and by its entries");
	for (size_t i = 0; i < t.rows; i++) {
		double row[20] = { 0 };
		for (uint64_t k = t.start[i]; k < t.start[i + 1]; k++)
			row[t.column[k]] = t.value[k];
		differ += memcmp(row, dense.a + 20 * i, sizeof row) != 0 || t.b[i] != dense.b[i];
	}
	is_int((long long)differ, 0, "the same rows");
	is_int((long long)t.start[4], 6, "no zero is kept");
	rate_table_free(&dense);
	rate_table_free(&t);
	refuses("1 134217728:1\n2\n",
	        "f: line 3, column 1: 2 rows of 134217729 columns are too large as a table of doubles");
	ok(!parse("1 1:1 2:1\n2 1:1\n", 16, &t, &error) && !t.sparse, "who wants rows gets rows");
	rate_table_free(&t);
	ok(!rate_table_parse("f", "1 1:1 2:1\n2 1:1\n", 16, NULL, 1, &t, &error) && !t.sparse && t.a,
	   "and of a full file everybody");
	rate_table_free(&t);
}

/* What stands behind the file; a plugin that does not know what its columns are to be is told so. */
static void options(void)
{
	const rate_host *host = rate_host_services();
	rate_table t = { .size = sizeof t }, old = { .size = offsetof(rate_table, standardise) };
	rate_error error = { "" };
	size_t ones = 0;

	ok(!rate_table_read("iris@intercept", 0, &t, &error) && t.columns == 5 && t.standardise == 4 &&
	       !t.raw,
	   "iris@intercept: %s", error.text);
	for (size_t i = 0; i < t.rows; i++)
		ones += t.a[i * t.columns + 4] == 1;
	is_int((long long)ones, (long long)t.rows, "a last column of ones");
	ok(!rate_table_read("iris@standardise=none", 0, &t, &error) && t.columns == 4 && !t.standardise &&
	       t.raw,
	   "iris@standardise=none: %s", error.text);
	ok(!rate_table_read("iris@standardise=columns", 0, &t, &error) && t.standardise == 4 && !t.raw,
	   "iris@standardise=columns: %s", error.text);
	ok(host->table(host, "iris", &old) == RATE_OK && old.columns == 4,
	   "an older plugin reads a set without options");
	ok(host->table(host, "iris@intercept", &old) == RATE_FAIL,
	   "and none of which it would standardise the ones");
}

/* The bound of |A|^2 beside the eigenvalue of A'A, of n x d entries a fifth of which are there. */
static void norm2(size_t n, size_t d, int negative, double within)
{
	const rate_host *host = rate_host_services();
	double *u = malloc(n * d * sizeof *u), *a = calloc(n * d, sizeof *a), *h = calloc(d * d, sizeof *h);
	double *l = malloc(d * sizeof *l);
	uint64_t *start = calloc(n + 1, sizeof *start);
	uint32_t *column = malloc(n * d * sizeof *column);
	double *value = malloc(n * d * sizeof *value), bound = 0;
	rate_table t = { .rows = n, .columns = d, .start = start, .column = column, .value = value };

	host->uniforms(host, n, 1, n * d, u);
	for (size_t i = 0; i < n; i++) {
		start[i + 1] = start[i];
		for (size_t j = 0; j < d; j++)
			if (u[i * d + j] < 0.2) {
				column[start[i + 1]] = (uint32_t)j;
				value[start[i + 1]++] = a[i * d + j] = 5 * u[i * d + j] - (negative ? 0.5 : 0);
			}
		for (size_t j = 0; j < d; j++)
			for (size_t k = 0; k < d; k++)
				h[j * d + k] += a[i * d + j] * a[i * d + k];
	}
	ok(!rate_sparse_norm2(&t, &bound) && !host->eigen(host, d, h, l, NULL), "%zu x %zu", n, d);
	ok(bound >= l[d - 1] && bound <= within * l[d - 1], "|A|^2 = %.17g, bounded by %.17g", l[d - 1], bound);
	free(u), free(a), free(h), free(l), free(start), free(column), free(value);
}

static void likes(void)
{
	char name[512];
	rate_error error = { "" };
	rate_table t, few;

	is_int(rate_like_make("rcv1", &t, &error), 0, "no set of that name");
	is_int(rate_like_make("a9a-like-", &t, &error), 0, "nor of this one");
	ok(rate_like_make("a9a-like-1", &t, &error) < 0 && strstr(error.text, "from 2 to 32561 rows"),
	   "too few: %s", error.text);
	ok(rate_like_make("rcv1-like-99999999999999999999", &t, &error) < 0, "too many: %s", error.text);
	is_int(rate_like_make("rcv1-like-400", &t, &error), 1, "rows of rcv1's shape");
	is_int(rate_like_make("rcv1-like-50", &few, &error), 1, "and fewer");
	ok(t.rows == 400 && t.columns == 47236 && t.start[400] > 400 * 60 && t.start[400] < 400 * 90,
	   "%.3g entries a row of %zu",
	   (double)t.start[400] / 400, t.columns);
	ok(!memcmp(t.value, few.value, few.start[50] * sizeof *few.value) && !memcmp(t.b, few.b, 50 * sizeof *t.b),
	   "the first rows of it");
	for (size_t i = 0; i < 400; i++) {
		double square = 0;
		for (uint64_t k = t.start[i]; k < t.start[i + 1]; k++)
			square += k > t.start[i] && t.column[k] <= t.column[k - 1] ? NAN : t.value[k] * t.value[k];
		if (!(fabs(square - 1) < 1e-14))
			ok(0, "row %zu: length, or the order of its columns", i);
	}
	rate_table_free(&t);
	rate_table_free(&few);
	rate_like_names(name, sizeof name);
	is_str(name, "a9a-like, news20-like, rcv1-like", "all of them");
}

int main(void)
{
	tables();
	libsvm();
	sparse();
	options();
	norm2(40, 30, 0, 1.001);
	norm2(7, 60, 0, 1.001);
	norm2(40, 30, 1, 1.1);
	norm2(300, 200, 1, 1.5);
	norm2(1, 2, 1, 1.1);
	likes();
	refuses_bytes("\xff\xfe" "1\0,\0002\0", 8, "f: line 1, column 1: UTF-16; write it as UTF-8: iconv -f UTF-16 ");
	refuses_bytes("1\0,\0002\0\n", 8,
	              "f: line 1, column 1: UTF-16 without its mark; write it as UTF-8: iconv -f UTF-16LE");
	refuses_bytes("\0001\0,\0002\0\n", 8,
	              "f: line 1, column 1: UTF-16 without its mark; write it as UTF-8: iconv -f UTF-16BE");
	refuses_bytes("1,2\n3,\0", 7, "f: line 2, column 1: a zero byte: not a text file");
	refuses("PK\3\4", "f: line 1, column 1: a zip archive or a spreadsheet; save the table as CSV");
	if (setlocale(LC_ALL, "de_DE.UTF-8") || setlocale(LC_ALL, "de_DE.utf8"))
		diag("under a locale with decimal commas");
	reads("1.5,2\n3,4\n0,1\n", "1.5>2;3>4;0>1;");
	return done_testing();
}
