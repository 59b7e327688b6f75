#! /bin/sh
# Thirty commands of somebody's first hour, right ones and slips: each with its exit code and the line that helps. Nothing is
# said twice on standard error.
. "$(dirname "$0")/tap.sh"

mkdir "$tmp/first" && cd "$tmp/first" || bail_out "no folder"
printf 'a,b,y\n1,2,3\n2,1,4\n3,3,1\n' >data.csv
printf 'a,b,y\n1,2\n2,1,4\n' >ragged.csv
printf 'int main(void) { return 0; }\n' >nothing.c
$CC -shared -fPIC nothing.c -o nothing.so
sed 's/NAME/my/g' "$top_srcdir/plugins/template/method.c" >my.c
$CC -shared -fPIC -I "$top_srcdir/include" my.c -o my.so -lm || bail_out "the method of the template does not build"

count=0
# CODE PATTERN COMMAND...: the pattern is of a line on either output.
types() {
	code=$1 pattern=$2
	shift 2
	count=$((count + 1))
	run "$@"
	exits "$code" "$*"
	like "$out
$err" "$pattern" "$*: says so"
	is "$(printf '%s\n' "$err" | sed '/^$/d' | sort | uniq -d)" "" "$*: nothing twice"
}

types 2 '^Usage: ratecheck COMMAND' ratecheck
types 0 '^  verify +' ratecheck help
types 2 "no command 'verfy' \(did you mean verify\?\)" ratecheck verfy
types 0 "^ +gd-convex-smooth +Gradient" ratecheck list
types 2 "theorem" ratecheck list theorem
types 0 "^ +f convex, L-smooth; 0 <" ratecheck show gd-convex-smooth
types 2 'did you mean gd-convex-smooth\?' ratecheck show gd-convex-smoth
types 0 '[0-9]+ of [0-9]+ controls refuted, as they must be' ratecheck verify gd-convex-smooth
types 2 'did you mean gamma\?' ratecheck verify gd-convex-smooth:gama=0.5
types 3 '0 < gamma <= 1/L|not applicable' ratecheck verify gd-convex-smooth:gamma=5 --objective quadratic
types 2 'gamma' ratecheck verify gd-convex-smooth:gamma=half --objective quadratic
types 2 'did you mean quadratic\?' ratecheck verify gd-pl --objective quadratics
types 2 'kappa' ratecheck verify gd-pl --objective quadratic:kappa=0.5
types 0 'held' ratecheck verify gd-convex-smooth --objective least-squares:data=data.csv
types 3 'nowhere\.csv' ratecheck verify gd-convex-smooth --objective least-squares:data=nowhere.csv
types 3 'ragged\.csv' ratecheck verify gd-convex-smooth --objective least-squares:data=ragged.csv
types 2 '--effort fast: choose quick, standard or thorough' ratecheck verify gd-pl --effort fast
types 2 '--steps 0' ratecheck verify gd-pl --steps 0
types 2 '--jobs requires an argument' ratecheck verify gd-pl --jobs
types 0 '^TAP version 13' ratecheck verify gd-pl --objective quadratic --format tap
types 2 '--format xml: choose' ratecheck verify gd-pl --format xml
types 0 'held' ratecheck verify gd-convex-smooth --method ./my.so --objective huber
types 2 'missing\.so' ratecheck verify gd-convex-smooth --method ./missing.so
types 3 'nothing\.so.*ratecheck_plugin' ratecheck verify gd-convex-smooth --method ./nothing.so
types 2 'gd-pl.*method|no method' ratecheck verify gd-convex-smooth --method gd-pl
types 0 'held' ratecheck verify gd-pl --output out --objective huber --objective quadratic
types 3 'out.*(--force|--resume)' ratecheck verify gd-pl --output out
types 0 '0 differences' ratecheck diff out out
types 3 'nowhere' ratecheck report nowhere
types 2 'results folder' ratecheck report
types 0 'declar|L ' ratecheck probe quadratic
types 1 'COUNTEREXAMPLE' ratecheck hunt gd-convex-smooth --bound-factor 0.3 --evaluations 3000
types 0 '^ratecheck .*[0-9]' ratecheck --version
num "$count" '>=' 30 "commands"
done_testing
