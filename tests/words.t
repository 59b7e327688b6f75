#! /bin/sh
# What a person types: names that are nearly right, patterns, files, ids of the last run, help.
. "$(dirname "$0")/tap.sh"

bad() { # PATTERN ARGUMENTS...
	pattern=$1
	shift
	run ratecheck "$@"
	exits 2 "$*: exit code 2"
	like "$err" "$pattern" "$*: says what was meant"
}

bad 'did you mean gd-convex-smooth\?' verify gd-convx-smooth
bad 'did you mean quadratic\?' verify gd-pl --objective quadratik
bad 'did you mean gd\?' verify gd-pl --method gdx
bad 'did you mean gamma\?' verify gd-pl:gama=1
bad 'did you mean bound_factor\?' verify gd-pl:bound-factor=1
bad 'did you mean start\?' verify gd-pl --objective quadratic:strat=1
bad 'did you mean --objective\?' verify gd-pl --objectve quadratic
bad 'did you mean verify\?' verfy
bad 'did you mean acceleration\?' verify --chapter accelleration
bad 'did you mean gd-pl\?' show gd_pll
bad 'qqqqq: no theorem there; ' verify --chapter gradient-descent --chapter qqqqq
bad "no theorem 'qqqqqqqq'; " verify qqqqqqqq
bad 'the objective quadratic: `--objective quadratic`' verify quadratic
bad 'no option -z' verify -z
bad '^ratecheck: verify --quiet takes no argument' verify --quiet=3
bad '^ratecheck: verify --jobs requires an argument' verify --jobs
bad "no theorem fits 'gx-" verify 'gx-*'

run ratecheck verify 'gd-pl*' --dry-run
exits 0 "a pattern"
is "$(sed -n 's/\..*//p' "$tmp/out" | sort -u | tr '\n' ' ')" "gd-pl gd-pl-both-ends gd-pl-tight " "stands for all that fit"
run ratecheck verify 'gd-pl*:gamma=0.5' --objective quadratic --dry-run
is "$(grep -c 'gamma=0.5' "$tmp/out")" 3 "with its parameters"
run ratecheck verify --chapter 'accel*' --dry-run
like "$out" '^agd-sc\.' "a pattern of chapters"

# Files.
huber=$top_builddir/objectives/.libs/huber.so
bad 'holds no theorem; it holds the objective huber: `--objective .*/huber.so`' verify "$huber"
bad 'holds no method; it holds the objective huber' verify gd-pl --method "$huber"
run ratecheck show "$huber"
exits 0 "show FILE.so"
like "$out" '^huber$' "shows what it holds"
run ratecheck show "$tmp/none.so"
exits 3 "a file that is not there"

# Help.
ratecheck verify --help >"$tmp/long"
run ratecheck help verify
is "$out" "$(cat "$tmp/long")" "help COMMAND is COMMAND --help"
run ratecheck help verfy
exits 2 "help on no command"
run ratecheck -V
like "$out" '^ratecheck .*[0-9]' "-V"

# A check of the last run.
cd "$tmp" || exit 99
bad 'no results here; --results DIR' show gd-pl.0123456789ab
ratecheck verify gd-pl --objective quadratic:d=2 --steps 4 --output first >/dev/null
ratecheck verify gd-pl --objective quadratic:d=3 --steps 4 --output second >/dev/null
touch -d '2001-01-01' first/results.jsonl
id=$(ratecheck verify gd-pl --objective quadratic:d=3 --steps 4 | sed -n 's/.* \(gd-pl\.[0-9a-f]\{12\}\).*/\1/p' | head -n 1)
run ratecheck show "$id"
exits 0 "show ID: the newest results folder here"
like "$out" "^$id \(" "explains the check"
cd second || exit 99
run ratecheck show "$id"
exits 0 "also within it"
run ratecheck show gd-pl.0123456789ab
exits 3 "an id that is not there"
like "$err" '--results DIR names another' "what to do"
done_testing
