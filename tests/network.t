#! /bin/sh
# Agents on a network: what is refused and why, who may run on it, and what a network must be.
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99

refused() { # OBJECTIVE PATTERN WHAT
	run ratecheck probe "$1"
	exits 3 "$3"
	like "$err" "$2" "which says why"
	is "$(grep -c . "$tmp/err")" 1 "in one line"
}
refused quadratic:d=2+agents 'n = 1 agents and quadratic has 1 term: give n=2 or more' "one function and no number of agents"
refused centres:b=0/1+agents:n=3 'n = 3 agents and centres has 2 terms.*no more than terms' "more agents than terms"
refused centres:b=0/1/2+agents:weight=0.7 'W has the eigenvalue -1\.1.*smaller weight' "weights that do not mix"
refused quadratic:d=2+gaussian-noise+agents:n=2 'noise goes outside' "noise inside"
refused quadratic:d=2+ball+agents:n=2 'has a feasible set already' "a feasible set inside"
refused centres:b=0/1/2+agents+agents:n=2 'is a network' "a network inside"

# What is about certain losses is not said of others.
run ratecheck verify topk-diverges --objective centres:b=0/3/6+agents --format json
exits 3 "three other losses"
like "$out" 'needs squares.tug' "are not those of topk-diverges"
run ratecheck verify topk-diverges --objective squares:a=-3/2/2/2/-3/2/2/2/-3,d=3,ridge=0.25,start=1/2/1+agents --format json
like "$out" 'a multiple of \(1, 1, 1\)' "nor is another start"
run ratecheck verify dprox-descent --objective centres:b=0/3/6+agents:apart=1 --format json
like "$out" 'agents that start at one point' "agents who start apart"
run ratecheck probe affine-field+agents:n=2 --pairs 50
exits 0 "fields are not taken for quadratics"

run ratecheck verify gd-convex-smooth --objective centres:b=0/1/2+agents --format json
like "$out" 'ignores the feasible set' "gradient descent would lose the agreement"
run ratecheck verify pssd-bounded --method dgd --objective centres:b=0/1/2+ball --format json
like "$out" 'needs agents on a network' "and dgd has nobody to talk to"

for f in centres:b=0/1/5+agents:graph=star least-squares:n=12,d=3+agents:n=4,graph=complete \
	logistic:n=20,d=3,ridge=0.05+agents:n=5,graph=path quadratic:d=3+agents:n=4 \
	centres:b=0/1/5+l1:lambda=0.3+agents centres:b=0/1/5+agents+gaussian-noise:sigma=0.5; do
	run ratecheck probe "$f" --pairs 50
	exits 0 "what $f declares is true"
	like "$out" 'network +true' "its network is one"
done

# Two agents whose matrix is not symmetric, has rows that add up to more than 1, mixes coordinates, or brings them less
# together than declared.
cat >liar.c <<'END'
#include "ratecheck/ratecheck.h"
#include <string.h>
static const rate_param params[] = { { "a", RATE_REAL, "0.75", 0, 0, NULL, "W_11" }, { "b", RATE_REAL, "0.25", 0, 0, NULL, "W_12" },
	{ "c", RATE_REAL, "0.25", 0, 0, NULL, "W_21" }, { "cross", RATE_REAL, "0", 0, 0, NULL, "of coordinates" },
	{ "rho", RATE_REAL, "0.5", 0, 0, NULL, "declared" } };
static double p[5];
static int create(const rate_host *h, const rate_args *args, void **self)
{
	(void)h;
	for (int i = 0; i < 5; i++) p[i] = args->value[i].real;
	*self = p;
	return RATE_OK;
}
static size_t dim(void *s) { (void)s; return 4; }
static size_t agents(void *s) { (void)s; return 2; }
static int value(void *s, const double *x, double *f)
{
	(void)s;
	*f = (x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]) / 2;
	return RATE_OK;
}
static int gradient(void *s, const double *x, double *g) { (void)s; memcpy(g, x, 4 * sizeof *g); return RATE_OK; }
static int mix(void *s, const double *x, double *out)
{
	(void)s;
	for (int j = 0; j < 2; j++) {
		out[j] = p[0] * x[j] + p[1] * x[2 + j] + p[3] * x[1 - j];
		out[2 + j] = p[2] * x[j] + p[0] * x[2 + j] + p[3] * x[3 - j];
	}
	return RATE_OK;
}
static int scalar(void *s, const char *name, rate_constant *out)
{
	(void)s;
	out->kind = RATE_EXACT;
	out->value = strcmp(name, "network.rho") ? 1 : p[4];
	return strcmp(name, "network.rho") && strcmp(name, "L") ? RATE_FAIL : RATE_OK;
}
static const void *interface(void *s, const char *name)
{
	static const rate_network network = { sizeof network, agents, mix };
	static const rate_constants constants = { sizeof constants, scalar, NULL };
	(void)s;
	return strcmp(name, "network/1") ? strcmp(name, "constants/1") ? NULL : (const void *)&constants : &network;
}
static const rate_objective liar = { .size = sizeof liar, .abi = RATE_ABI, .id = "liar", .title = "liar", .summary = "",
	.source = "", .params = RATE_ROWS(params), .create = create, .dim = dim, .value = value, .gradient = gradient,
	.interface = interface };
static const rate_objective *const objectives[] = { &liar };
RATE_PLUGIN("liar", "1.0", "MIT", .objectives = RATE_LIST(objectives))
END
$CC -shared -fPIC -I"$top_srcdir/include" liar.c -o liar.so || bail_out "the plugin does not build"
run ratecheck probe ./liar.so --pairs 50
exits 0 "an honest network"
for lie in b=0.2 a=0.8 cross=0.1 rho=0.4 a=0.1,b=0.9,c=0.9; do
	run ratecheck probe "./liar.so:$lie" --pairs 50
	exits 3 "$lie is found"
	like "$out" 'network +FALSE' "in the network"
done

done_testing
