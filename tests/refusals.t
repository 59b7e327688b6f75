#! /bin/sh
# Bad input: one clear line on stderr, exit code 2 (usage) or 3 (plugin), nothing half-written.
. "$(dirname "$0")/tap.sh"

bad() { # WANT-STATUS PATTERN ARGUMENTS...
	want=$1 pattern=$2
	shift 2
	run ratecheck "$@"
	exits "$want" "$*: exit code $want"
	like "$err" "$pattern" "$*: says why"
	is "$(wc -l <"$tmp/err" | tr -d ' ')" 1 "$*: in one line"
	is "$out" "" "$*: nothing on stdout"
}

bad 2 "no command 'frobnicate'" frobnicate
bad 2 "no theorem 'gd-nonsense'" verify gd-nonsense
bad 2 'huge: choose quick, standard or thorough' verify --effort huge
bad 2 'a number from' verify --alpha 2
bad 2 'a whole number' verify --steps 1.5
bad 2 "no objective 'quadradic'" verify gd-pl --objective quadradic
bad 2 "no parameter 'kapa' .did you mean kappa.*; it has: .*kappa" verify gd-pl --objective quadratic:kapa=3
bad 2 'out of range' verify gd-pl --objective quadratic:kappa=0.5
bad 2 'a whole number is wanted' verify gd-pl --objective quadratic:d=2.5
bad 2 'choose one of' verify gd-pl --objective quadratic:spectrum=purple
bad 2 'not key=value' verify gd-pl --objective quadratic:d
bad 2 'stands twice' verify gd-pl --objective quadratic:d=2,d=3
bad 2 'is a wrapper' verify gd-pl --objective gaussian-noise
bad 2 'is no wrapper' verify gd-pl --objective quadratic+huber
bad 2 'goes with --method' verify --as gd
bad 2 'goes with --output' verify --resume
bad 2 'no theorem, objective or method' show nothing-of-the-kind
bad 3 'results.jsonl' report "$tmp/nowhere"
bad 2 'huber.so holds no objective .nope' verify gd-pl --objective "$top_builddir/objectives/.libs/huber.so#nope"
bad 2 'd=auto: a number is wanted' verify gd-pl --objective quadratic:d=auto

# What the user's objective refuses is said once, not by each theorem, and no results folder is begun.
echo '1 2 x' >"$tmp/x0"
bad 3 'x0=.*/x0: line 1, number 3 of 3: "x" is no finite number' verify --objective quadratic:d=3 --x0 "$tmp/x0" --output "$tmp/no"
mkfifo "$tmp/pipe"
for x0 in "$tmp" "$tmp/pipe"; do
	bad 3 'x0=.*: not a regular file; each check reads it anew' verify --objective quadratic:d=3 --x0 "$x0" --output "$tmp/no"
done
bad 3 'x0=.*/absent: cannot be read: No such file' verify --objective quadratic:d=3 --x0 "$tmp/absent" --output "$tmp/no"
bad 3 'absent.csv: No such file' verify --objective logistic:data=absent.csv --output "$tmp/no"
test ! -e "$tmp/no"
ok $? "nothing is written"
bad 2 'ratecheck: verify --seed requires an argument' verify --seed

cp "$(ls "$top_builddir"/objectives/.libs/huber.so)" "$tmp/alien.so"
printf '\377\000' | dd of="$tmp/alien.so" bs=1 seek=18 conv=notrunc 2>/dev/null
bad 3 'built for another architecture .*machine 255' list --plugin "$tmp/alien.so"

echo "not a library" >"$tmp/text.so"
bad 3 'text.so: not an ELF file' list --plugin "$tmp/text.so"
bad 3 'no such file' list --plugin "$tmp/absent.so"

build() { # NAME FLAGS: a plugin with some field wrong
	$CC -shared -fPIC -I"$top_srcdir/include" -o "$tmp/$1.so" "$tmp/$1.c" || bail_out "$1.c does not build"
}
printf 'int nothing;\n' >"$tmp/symbol.c"
build symbol
bad 3 'no symbol ratecheck_plugin' list --plugin "$tmp/symbol.so"

printf 'void absent_function(void); void (*p)(void) = absent_function;\n' >"$tmp/undefined.c"
build undefined
bad 3 'absent_function' list --plugin "$tmp/undefined.so"

head='#include "ratecheck/ratecheck.h"
RATE_EXPORT const rate_plugin ratecheck_plugin;
RATE_EXPORT const rate_plugin ratecheck_plugin = '
printf '%s{ .size = sizeof(rate_plugin), .abi = 7, .signature = RATE_SIGNATURE };\n' "$head" >"$tmp/abi.c"
build abi
bad 3 'plugin ABI 7, this program speaks 1' list --plugin "$tmp/abi.so"
printf '%s{ .size = sizeof(rate_plugin), .abi = 1, .signature = "double4" };\n' "$head" >"$tmp/signature.c"
build signature
bad 3 "signature 'double4'.*double8" list --plugin "$tmp/signature.so"
printf '%s{ .size = 12, .abi = 1, .signature = RATE_SIGNATURE };\n' "$head" >"$tmp/small.c"
build small
bad 3 '12 bytes, at least [0-9]+ are wanted' list --plugin "$tmp/small.so"

printf '#include "ratecheck/ratecheck.h"
static const rate_objective o = { .size = sizeof o, .abi = RATE_ABI, .id = "half" };
static const rate_objective *const all[] = { &o };
RATE_PLUGIN("half", "1", "MIT", .objectives = RATE_LIST(all))\n' >"$tmp/half.c"
build half
bad 3 'needs id, create, dim, value and gradient' list --plugin "$tmp/half.so"

sed 's/"faulty"/"huber"/' "$top_srcdir/tests/faulty.c" >"$tmp/twin.c"
build twin
mkdir "$tmp/folder"
cp "$tmp/twin.so" "$tmp/folder/"
run env RATECHECK_PLUGIN_PATH="$RATECHECK_PLUGIN_PATH:$tmp/folder" ratecheck list objectives
exits 0 "a bad file in a searched folder is a warning"
like "$err" "twin.so: id 'huber' is already taken by .*huber.so" "both files of a duplicate id are named"

data() { # PATTERN TEXT: a data set with something wrong
	printf "$2" >"$tmp/data.csv"
	run ratecheck verify gd-convex-smooth --objective "logistic:data=$tmp/data.csv" --quiet
	exits 3 "data '$2': exit code 3"
	like "$err" "$1" "data '$2': says where"
}
data 'data.csv: line 2, column 2: missing value' 'a,b,y\n1,,0\n2,3,1\n'
data 'data.csv: line 3, column 2: the row ends here: line 1 has 3 columns' 'a,b,y\n1,2,0\n2,3\n'
data "data.csv: line 2, column 1: not a number: 'red'" 'a,b,y\nred,2,0\n2,3,1\n'
for good in 'a,b,y\r\n1,5,0\r\n2,5,1\r\n0,5,1\r\n' '1,5,-1\n2,5,1\n0,5,1\n' '+1 1:0.5 3:2\n-1 2:1\n+1 1:-1 2:3\n'; do
	printf "$good" >"$tmp/data.csv"
	run ratecheck verify gd-convex-smooth --objective "logistic:data=$tmp/data.csv,ridge=0.1" --quiet
	exits 0 "data '$good' is read"
done
done_testing
