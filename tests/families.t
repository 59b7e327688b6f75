#! /bin/sh
# Families of problems: what is said of each is shown, the template of a field is one, what a problem measures by itself is
# measured, and nobody gets what its family does not have.
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99

for family in minimise field; do
	run ratecheck show $family
	exits 0 "show $family"
	like "$out" "^$family: " "says what it is"
	like "$out" 'L +smoothness of f \(or an upper bound\)' "its constants, with the side from which each may be known"
	like "$out" 'dist2 +\|x - x_star\|\^2' "and what can be measured"
done
unlike "$out" 'f_star' "a field has no values"

run ratecheck new objective game --family fields
exits 2 "an unknown family"
like "$err" 'did you mean .*field' "has a neighbour"
is "$(ls game 2>&1 | grep -c .c$)" 0 "and nothing is made"
run ratecheck new method game --family field
exits 2 "families are of objectives"
run ratecheck new objective game --family field
exits 0 "new objective --family field"
$CC -shared -fPIC -Wall -Werror -I"$top_srcdir/include" game/game.c -o game.so -lm || bail_out "the template does not build"
run ratecheck probe ./game.so:mu=0.3 --pairs 100
exits 0 "what it declares is true"
run ratecheck probe ./game.so:mu=0.3 --declare skew=1 --pairs 100
exits 3 "and what is false is found"
run ratecheck verify --chapter min-max --objective ./game.so --quiet
exits 0 "theorems on fields hold on it"
like "$out" ' [1-9][0-9]* held' "some do"

# Gradient descent contracts the gap by (1 - gamma mu)^2 + gamma^2 in each step, neither more nor less.
cat >theorem.c <<'END'
#define PARAMETERS(P) P(gamma)
#include "ratecheck/kit.h"
STEP(gamma, 1, "0 < gamma <= 1")
FORMULA(bound, t, 1.25 * D2 * pow((1 - gamma / 2) * (1 - gamma / 2) + gamma * gamma, t))
static int measure(rate_view *v, double *q, double *s, double *b)
{
	(void)b;
	return rate_quantity_of(v, WHAT, v->state[0], q, s);
}
static CLAIM(this_one,
	.id = "game-gap", .chapter = "mine", .title = "", .statement = "", .quantity = "", .formula = "", .source = "",
	.kind = RATE_DETERMINISTIC, .method = "gd", NEEDS("field", "x_star"), RANGE, .bound = bound, .measure = measure)
static const rate_theorem *const theorems[] = { &this_one };
RATE_PLUGIN("game-gap", "1.0", "MIT", .theorems = RATE_LIST(theorems))
END
# measures QUANTITY: on the game.
measures() {
	$CC -shared -fPIC -DWHAT="\"$1\"" -I"$top_srcdir/include" theorem.c -o theorem.so -lm || bail_out "the theorem does not build"
	run ratecheck verify ./theorem.so:gamma=0.25 --objective ./game.so --steps 8 --format json --quiet
}
measures duality-gap
exits 0 "a quantity of the problem's own"
like "$out" '"verdict":"holds".*"max_ratio":(1.0|0.99999999|1.00000000)' "is what it has to be"
run ratecheck verify ./theorem.so:gamma=0.25 --objective ./game.so:mu=0.4 --steps 8 --format json --quiet
exits 1 "and another problem has another"
measures dist2
exits 0 "one of the host's, by name"
measures gap
like "$out" 'measures F - F_star, which a field does not have' "a quantity that the family lacks"
measures duality-gaps
like "$out" 'there is no quantity .*duality-gaps' "an unknown one"
measures grad
like "$out" 'there is no quantity .*\(did you mean grad2\?\)' "has a neighbour"
done_testing
