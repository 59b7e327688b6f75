#! /bin/sh
# ratecheck judge: the verdict on a table is that of the run which it was taken from; a path that is too slow is refuted; what is
# no table, or no claim on single paths, is said in one line.
. "$(dirname "$0")/tap.sh"
cd "$tmp" || exit 99

# Gradient descent on the bowl (4 x^2 + y^2)/2 from (1, 1), L = 4: with the step 0.25, and with one of 1 in 100.
walk() { # STEP FORMAT
	awk -v g="$1" -v f="$2" 'BEGIN {
		x = y = 1
		if (f == "value") print "t,value"
		for (t = 0; t <= 64; t++) {
			if (f == "value") printf "%d,%.17g\n", t, (4 * x * x + y * y) / 2
			else if (f == "x" || t % 8 == 0) printf "%d\t%.17g\t%.17g\n", t, x, y
			x -= g * 4 * x; y -= g * y
		} }'
}
walk 0.25 x >x.tsv
walk 0.25 few >few.tsv
walk 0.25 value >value.csv
walk 0.0025 x >slow.tsv
number() { printf '%s\n' "$out" | sed -n "s/.*\"$1\":\([^,]*\),.*/\1/p"; }

cat >bowl.c <<'END'
#include <string.h>
#include "ratecheck/ratecheck.h"
static int create(const rate_host *host, const rate_args *args, void **self) { (void)host; (void)args; *self = NULL; return RATE_OK; }
static size_t dim(void *self) { (void)self; return 2; }
static int value(void *self, const double *x, double *f) { (void)self; *f = (4 * x[0] * x[0] + x[1] * x[1]) / 2; return RATE_OK; }
static int gradient(void *self, const double *x, double *g) { (void)self; g[0] = 4 * x[0]; g[1] = x[1]; return RATE_OK; }
static int scalar(void *self, const char *name, rate_constant *out)
{
	(void)self;
	out->kind = RATE_EXACT;
	out->value = !strcmp(name, "L") ? 4 : strcmp(name, "f_star") ? 1 : 0;
	return strcmp(name, "L") && strcmp(name, "mu") && strcmp(name, "convex") && strcmp(name, "f_star") ? RATE_FAIL : RATE_OK;
}
static int vector(void *self, const char *name, size_t n, double *out)
{
	(void)self;
	memset(out, 0, n * sizeof *out);
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}
static int begin(void *self, double *x) { (void)self; x[0] = x[1] = 1; return RATE_OK; }
static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_start start = { sizeof start, begin };
static const void *interface(void *self, const char *name)
{
	(void)self;
	return !strcmp(name, "constants/1") ? (const void *)&constants : !strcmp(name, "start/1") ? &start : NULL;
}
static const rate_objective this_one = { .size = sizeof this_one, .abi = RATE_ABI, .id = "oval", .title = "", .summary = "",
	.source = "", .create = create, .dim = dim, .value = value, .gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &this_one };
RATE_PLUGIN("oval", "1.0", "MIT", .objectives = RATE_LIST(objectives))
END
$CC -O2 -shared -fPIC -I"$top_srcdir/include" bowl.c -o oval.so || bail_out "bowl.c does not build"
on="--objective ./oval.so --format json"

run ratecheck verify gd-convex-smooth:gamma=0.25 $on --steps 64
same=$(number max_ratio)
run ratecheck judge gd-convex-smooth:gamma=0.25 $on --trajectory x.tsv
exits 0 "a path of points holds"
is "$(number max_ratio)" "$same" "with the ratio of the run"
like "$out" '"statistic":"path"' "as a path"
replay=$(printf '%s\n' "$out" | sed -n 's/.*"replay":"\([^"]*\)".*/\1/p')
run sh -c "$replay"
exits 0 "the replay line runs: $replay"
run ratecheck judge gd-convex-smooth:gamma=0.25 $on --trajectory value.csv
exits 0 "a path of values"
is "$(number max_ratio)" "$same" "with the same ratio"
run ratecheck judge gd-convex-smooth:gamma=0.25 $on --trajectory few.tsv
exits 0 "some of the points"
is "$(number judged_steps)" 8 "are judged alone"
run ratecheck judge gd-convex-smooth:gamma=0.25 $on --trajectory slow.tsv
exits 1 "a path that is too slow is refuted"
run sh -c "ratecheck judge gd-convex-smooth:gamma=0.25 $on --trajectory - <slow.tsv"
exits 1 "from standard input too"
run ratecheck judge gd-strongly-convex:gamma=0.25 $on --trajectory x.tsv
exits 0 "distances are measured on points"
run ratecheck judge gd-strongly-convex:gamma=0.25 $on --trajectory value.csv
exits 3 "and not on values"
like "$out" 'value.csv: the claim is about more than F.x_t. - F' "which is said"
run ratecheck judge gd-convex-smooth:gamma=0.25 --objective ./oval.so --trajectory x.tsv --output made
exits 0 "into a folder"
test -s "$(echo made/curves/gd-convex-smooth.*.csv)"
ok $? "with its curve"

refused() { # CODE ERE ARGUMENTS: one line
	want=$1 text=$2
	shift 2
	run ratecheck judge "$@"
	exits "$want" "$*: refused"
	like "$err" "$text" "because: $text"
	is "$(wc -l <"$tmp/err")" 1 "in one line"
}
table() { # TEXT ERE
	printf "$1" >bad.csv
	refused 3 "$2" gd-convex-smooth:gamma=0.25 --objective ./oval.so --trajectory bad.csv
}
table '0,1,1\n1,0.5\n' 'bad.csv:2: 2 numbers, the lines before have 3'
table '0,1,1\n1,0.5,1,1\n' 'bad.csv:2: more than the 3 numbers'
table '0,1,1\n1,0.5,x\n' "bad.csv:2: 'x' is no number"
table '0,1,1\n1,nan,1\n' "bad.csv:2: 'nan' is not finite"
table '0,1,1\n0,1,1\n' 'bad.csv:2: t = 0 stands behind t = 0'
table '0,1,1\n1.5,1,1\n' 'bad.csv:2: t = 1.5: the first column counts the steps'
table '0,1,1\n' 'bad.csv: no step in it'
table '7\n' 'bad.csv:1: a line has a step t'
table '' 'bad.csv: no step in it'
refused 3 'none.csv: No such file' gd-convex-smooth:gamma=0.25 --objective ./oval.so --trajectory none.csv
refused 2 'with which gamma was the path made' gd-convex-smooth --objective ./oval.so --trajectory x.tsv
refused 2 'sgd-convex-smooth is no claim on single paths' sgd-convex-smooth:gamma=0.05 --objective ./oval.so --trajectory x.tsv
refused 2 'are wanted' gd-convex-smooth:gamma=0.25 --objective ./oval.so
refused 2 'are wanted' gd-convex-smooth:gamma=0.25 --trajectory x.tsv
refused 2 'the path has been walked' gd-convex-smooth:gamma=0.25 --objective ./oval.so --trajectory x.tsv --steps 3
run ratecheck verify gd-convex-smooth --trajectory x.tsv
exits 2 "verify takes no table"
run ratecheck judge gd-convex-smooth:gamma=0.25 --objective quadratic:d=3 --trajectory x.tsv
exits 3 "another dimension"
like "$out" 'another number of coordinates' "is said"

done_testing
