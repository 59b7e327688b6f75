#! /bin/sh
# Two results folders compared: a run differs from itself in nothing; a changed verdict, curve or plan is told.
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
on='--objective logistic:data=breast-cancer,ridge=0.1'
run ratecheck verify --quiet gd-pl gd-strongly-convex $on --output a
exits 0 "a run"
run ratecheck diff a a
exits 0 "a run differs from itself in nothing"
like "$out" '0 differences' "and says so"

cp -r a b
curve=$(ls b/curves/gd-pl* | head -n 1)
sed -i 's/^3,[^,]*/3,0.51/' "$curve"
run ratecheck diff a b
exits 1 "a point of a curve was moved"
like "$out" 'mean\(3\).*0.51' "the point is named"
like "$out" '^ +on logistic:data=breast-cancer,ridge=0\.1.*, gamma=[0-9.]+, T = [0-9]+$' "and the instance"
run ratecheck diff --tolerance 1e9 a b
exits 0 "a wide tolerance lets it pass"

sed -i 's/"verdict":"holds"/"verdict":"refuted"/' b/results.jsonl
run ratecheck diff --json a b
exits 1 "verdicts were changed"
like "$out" '"what":"verdict","before":"holds","after":"refuted"' "and stand in the JSON"

run ratecheck verify --quiet gd-pl $on --output c
run ratecheck diff a c
exits 1 "a theorem was left out"
like "$out" '^gone +gd-strongly-convex' "its checks are gone"

run ratecheck verify --quiet gd-pl $on --bound-factor 0.9 --output d
run ratecheck diff c d
exits 1 "the same checks with another factor"
like "$out" '^factor +gd-pl\.[0-9a-f]+ +1\.0 -> 0\.9' "which is told"
like "$out" '^ratio +gd-pl\.' "and what it moved"
unlike "$out" '^(gone|new) ' "no check is another one"

run ratecheck diff a nowhere
exits 3 "a folder that is not there"
run ratecheck diff a
exits 2 "one folder is too few"
run ratecheck diff --tolerance x a b
exits 2 "a tolerance that is no number"

run ratecheck report --svg --html --quiet a
exits 0 "the run is drawn"
test -s a/index.html && ls a/figures/gd-pl.*.svg >/dev/null
ok $? "with its page and its curves"
done_testing
