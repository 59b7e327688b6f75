#! /bin/sh
# Objectives and methods that are programs (ratecheck-pipe(7)), here one in Perl that speaks the protocol by hand: the verdicts of
# the same in C; and whatever a program does that it should not is one line and the right exit code, and nothing of it is left.
. "$(dirname "$0")/tap.sh"

bowl=$top_srcdir/tests/cases/pipe/bowl.pl
perl -e 'pack "Q<", 1' 2>/dev/null || skip_all "perl has no numbers of 64 bits"
cp "$bowl" "$tmp/bowl.pl" && chmod +x "$tmp/bowl.pl" && cd "$tmp" || exit 99

# ---- The same in C: points are drawn by the objective's name ----
cat >twin.c <<'END'
#include <stdlib.h>
#include <string.h>
#include "ratecheck/ratecheck.h"
typedef struct bowl { size_t d; double a; } bowl;
static int create(const rate_host *host, const rate_args *args, void **self)
{
	bowl *b = malloc(sizeof *b);
	(void)host;
	*b = (bowl){ (size_t)args->value[0].integer, args->value[1].real };
	*self = b;
	return RATE_OK;
}
static size_t dim(void *self) { return ((bowl *)self)->d; }
static int value(void *self, const double *x, double *f)
{
	const bowl *b = self;
	*f = 0;
	for (size_t j = 0; j < b->d; j++)
		*f += b->a / 2 * x[j] * x[j];
	return RATE_OK;
}
static int gradient(void *self, const double *x, double *g)
{
	const bowl *b = self;
	for (size_t j = 0; j < b->d; j++)
		g[j] = b->a * x[j];
	return RATE_OK;
}
static int scalar(void *self, const char *name, rate_constant *out)
{
	const bowl *b = self;
	out->kind = !strcmp(name, "mu") ? RATE_LOWER : RATE_EXACT;
	out->value = !strcmp(name, "convex") ? 1 : !strcmp(name, "f_star") ? 0 : b->a;
	return strcmp(name, "convex") && strcmp(name, "f_star") && strcmp(name, "L") && strcmp(name, "mu") ? RATE_FAIL : RATE_OK;
}
static int vector(void *self, const char *name, size_t count, double *out)
{
	(void)self;
	memset(out, 0, count * sizeof *out);
	return strcmp(name, "x_star") ? RATE_FAIL : RATE_OK;
}
static int begin(void *self, double *x)
{
	for (size_t j = 0; j < dim(self); j++)
		x[j] = 1;
	return RATE_OK;
}
static const rate_constants constants = { sizeof constants, scalar, vector };
static const rate_start start = { sizeof start, begin };
static const void *interface(void *self, const char *name)
{
	(void)self;
	return !strcmp(name, "constants/1") ? (const void *)&constants : !strcmp(name, "start/1") ? &start : NULL;
}
static const rate_param params[] = { { "d", RATE_INTEGER, "3", 1, 1000, NULL, "" }, { "a", RATE_REAL, "1", 1e-6, 1e6, NULL, "" },
	{ "fault", RATE_TEXT, "none", 0, 0, NULL, "" } };
static const rate_objective this_one = { .size = sizeof this_one, .abi = RATE_ABI, .id = "bowl-pl", .title = "", .summary = "",
	.source = "", .params = RATE_ROWS(params), .create = create, .destroy = free, .dim = dim, .value = value,
	.gradient = gradient, .interface = interface };
static const rate_objective *const objectives[] = { &this_one };
RATE_PLUGIN("twin", "1.0", "MIT", .objectives = RATE_LIST(objectives))
END
$CC -O2 -ffp-contract=off -shared -fPIC -I"$top_srcdir/include" twin.c -o twin.so || bail_out "the twin does not build"

theorems='gd-convex-smooth gd-strongly-convex agd-convex sgd-convex-smooth lem-descent'
numbers() { # what does not name the objective
	sed 's/.*"theorem":"\([^"]*\)".*"verdict":\("[^"]*"\).*"max_ratio":\([^,]*\),.*/\1 \2 \3/' "$tmp/out"
}
run ratecheck verify $theorems --objective ./bowl.pl:d=5,a=0.7 --format json
exits 0 "an objective in Perl keeps what is proven"
theirs=$(numbers)
run ratecheck verify $theorems --objective ./twin.so:d=5,a=0.7 --format json
is "$theirs" "$(numbers)" "with the bits of its twin in C"
run ratecheck verify gd-convex-smooth --objective ./bowl.pl:d=5,a=0.7 --isolation none --format json
is "$(numbers)" "$(printf '%s\n' "$theirs" | grep '^gd-convex-smooth ')" "and without isolation"
# d = 1000: a point is long enough for the memory of both.
for way in none shared shared-cut; do
	run env BOWL_SHARES=$way ratecheck verify $theorems --objective ./bowl.pl:d=1000,a=0.7 --format json
	exits 0 "points of 8000 bytes, memory: $way"
	test $way != none || theirs=$(numbers)
	is "$(numbers)" "$theirs" "same bits"
done
run ratecheck probe ./bowl.pl:d=3
exits 0 "it is what it says"
run ratecheck show ./bowl.pl
like "$out" 'curvature \[1e-06, 1e\+06\] \(default 1\)' "show has its parameters"
like "$out" 'gd-pl-steps' "and its method"
run ratecheck list objectives --plain --plugin ./bowl.pl
like "$out" '^bowl-pl' "list has it"

run ratecheck verify gd-convex-smooth --method ./bowl.pl --as gd --objective ./bowl.pl:d=3 --format json
exits 0 "objective and method from one file"
unlike "$out" 'parts from' "a method in Perl goes the way of the one in C"
run ratecheck exact gd-convex-smooth --method ./bowl.pl --steps 2
exits 0 "its worst case is computed"
run ratecheck hunt gd-convex-smooth --method ./bowl.pl --evaluations 200
exits 0 "and hunted for"
run ratecheck verify gd-convex-smooth --objective ./bowl.pl --output made
replay=$(sed -n '1s/.*"replay":"\([^"]*\)".*/\1/p' made/results.jsonl)
run sh -c "$replay"
exits 0 "the replay line runs: $replay"

# ---- Broken promises ----
broken() { # FAULT ERE [DIMENSION]: of the objective
	run ratecheck verify gd-convex-smooth:gamma=1 --objective "./bowl.pl:d=${3:-3},fault=$1" --format json
	exits 3 "$1 is no verdict"
	like "$out" '"verdict":"broken"' "$1 is broken"
	like "$out" "\"reason\":\"bowl-pl: [a-z]* at step 0: bowl.pl $2" "in these words"
	is "$(wc -l <"$tmp/err")$(grep -lsa "$tmp/[b]owl.pl" /proc/[0-9]*/cmdline)" 0 "nothing else is said, nothing is left"
}
broken exit 'ended with exit code 3 .*: out of luck"'
broken crash 'was killed by signal 11'
broken quiet 'ended with exit code 0 instead of an answer to `gradient`"'
broken print 'printed ."debug: x is 7."'
broken after 'printed ."too late."'
broken part 'ended with exit code 0'
RATECHECK_ANSWER_SECONDS=2
export RATECHECK_ANSWER_SECONDS
broken half 'gave no answer to `gradient` in 2 seconds; RATECHECK_ANSWER_SECONDS'
broken sleep 'gave no answer'
broken stderr 'gave no answer to `gradient` in 2 seconds, but said: nnnn'
unset RATECHECK_ANSWER_SECONDS
broken endless 'printed ."yyyy'
broken close 'closed its standard output'
broken deaf 'printed ."bye."'
broken huge 'answers `gradient` with 1152921504606846976 bytes'
broken code 'answers `gradient` with a message of code 7'
broken short 'answers `gradient` with 4 bytes, 24 are wanted: 1 x 3 numbers'
broken says 'says: x is out of.my depth"'
broken orphan 'ended with exit code 1'
broken shared-unasked 'answers `gradient` with 8000 bytes of shared memory, it has 0' 1000
broken shared-huge 'answers `gradient` with 1152921504606846976 bytes' 1000
broken shared-short 'answers `gradient` with 4 bytes, 8000 are wanted: 1 x 1000 numbers' 1000
broken shared-more 'printed ."and more."' 1000
broken shared-exit 'ended with exit code 3' 1000
run ratecheck verify gd-convex-smooth --objective ./bowl.pl:fault=nan --format json
like "$out" '"reason":"bowl-pl: gradient at step 0: not finite' "NaN is refused as from any objective"

steps() { # FAULT ERE: of the method
	run ratecheck verify gd-convex-smooth:gamma=1 --method "./bowl.pl:fault=$1" --as gd --objective quadratic:d=4 --format json
	exits 3 "a method: $1 is no verdict"
	like "$out" "\"reason\":\"gd-pl-steps: step at step 0: bowl.pl $2" "in these words"
}
steps exit 'ended with exit code 3 .*: out of luck"'
steps short 'answers `step` with 4 bytes, 32 are wanted: 1 blocks of 1 x 4 numbers'
steps service 'asks for a service of code 99; they go from 64 to 81'
steps sample 'asks for sample_gradient of a sample that this step has not drawn'
steps bytes 'asks for gradient with 24 bytes, 32 are wanted'
steps says 'says: x is out of'
run ratecheck verify gd-convex-smooth:gamma=1 --method ./bowl.pl --as gd --objective ./bowl.pl:fault=exit --format json
like "$out" '"reason":"bowl-pl: gradient at step 0: bowl.pl ended' "the guilty one is the objective, in a step of the method too"

# ---- What does not describe itself ----
refused() { # FILE ERE
	run ratecheck verify gd-pl --objective "./$1"
	exits 3 "$1 is refused"
	like "$err" "$1: .*$2" "because $2"
	is "$(wc -l <"$tmp/err")" 1 "in one line"
}
program() { cat >"$1" && chmod +x "$1"; }
answer() { # FILE JSON: a program that says this of itself
	printf '#!/usr/bin/perl\nmy $t = q(%s); $| = 1; sysread STDIN, my $h, 32; print pack("a4VQ<Q<Q<", "RATE", 0, 0, 0, length $t) . $t; sleep 9;\n' "$2" |
		program "$1"
}
printf '#!/bin/sh\necho usage: hello\n' | program hello
refused hello 'printed "usage: hello"'
printf '#!/bin/sh\necho no such thing >&2\nexit 5\n' | program grumble
refused grumble 'ended with exit code 5 instead of an answer to `describe`: no such thing'
printf '#!/no/such/interpreter\n' | program lost
refused lost 'cannot be started: No such file'
printf 'print 1\n' | program nobang
refused nobang 'cannot be started: Exec format error; a script begins with'
printf '1,2\n3,4\n' >data.csv
refused data.csv 'not an ELF file'
answer empty.x '{"protocol": 1}'
refused empty.x 'names no objective and no method'
answer future.x '{"protocol": 9, "objectives": [{"id": "a"}]}'
refused future.x 'names the protocol 9, this program speaks 1'
answer noid.x '{"protocol": 1, "objectives": [{"id": "a b"}]}'
refused noid.x 'has a class whose id is none'
answer type.x '{"protocol": 1, "objectives": [{"id": "a", "params": [{"name": "p", "type": "complex"}]}]}'
refused type.x 'a: no type .* of its parameter p'
answer flag.x '{"protocol": 1, "methods": [{"id": "a", "flags": ["fast"]}]}'
refused flag.x 'a: an unknown flag: fast'
answer nojson.x 'nothing'
refused nojson.x 'no JSON'
answer taken.x '{"protocol": 1, "objectives": [{"id": "quadratic"}]}'
refused taken.x "id 'quadratic' is already taken"

# A folder of plugins is searched for libraries alone.
mkdir folder && printf '#!/bin/sh\ntouch ran\n' | program folder/evil
cp folder/evil folder/evil.py
run env RATECHECK_PLUGIN_PATH="$PWD/folder:$RATECHECK_PLUGIN_PATH" ratecheck list objectives --plain
test ! -e ran
ok $? "no program is started that nobody named"

done_testing
