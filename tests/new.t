#! /bin/sh
# `ratecheck new`: a folder that builds, or a reason and no folder.
. "$(dirname "$0")/tap.sh"

cd "$tmp" || bail_out "no folder"

run ratecheck new objective bowl
exits 0 "an objective"
like "$out" '^bowl/: now `make -C bowl`' "what to do next is said"
like "$(cat bowl/bowl.c)" '^/\* bowl:' "the name stands in it"
is "$(grep -c NAME bowl/bowl.c bowl/Makefile | tr '\n' ' ')" "bowl/bowl.c:0 bowl/Makefile:0 " "everywhere"
for what in method theorem; do
	run ratecheck new $what my-$what
	exits 0 "a $what"
	test -s my-$what/my-$what.c && test -s my-$what/Makefile
	ok $? "with both files"
done
run ratecheck new objective whirl --family field
exits 0 "an objective of another family"
like "$(cat whirl/whirl.c)" '"field"' "is one"
run ratecheck new objective plain --family minimise
exits 0 "the first family has the ordinary template"
sed 's/plain/bowl/g' plain/plain.c | cmp -s - bowl/bowl.c
ok $? "to the letter"

echo mine >bowl/bowl.c
run ratecheck new objective bowl
exits 3 "what is there"
like "$err" 'bowl: File exists' "is said to be there"
is "$(cat bowl/bowl.c)" mine "and is left alone"

for name in Bowl 2d ../up a_b a/b '' "$(printf 'a%060d' 0)"; do
	run ratecheck new objective "$name"
	exits 2 "'$name' is no name"
	like "$err" "a name is a lower-case letter, then those, digits and '-'" "which is said"
done
run ratecheck new objective
exits 2 "a name is wanted"
run ratecheck new function f
exits 2 "one of three kinds"
like "$err" 'new takes objective, method or theorem, and a name' "which are named"
run ratecheck new objective f --family fields
exits 2 "no such family"
like "$err" "did you mean field" "which is meant is said"
run ratecheck new method f --family field
exits 2 "methods have no family"
run ratecheck new objective f --famly field
exits 2 "no such option"
test ! -e f && test ! -e function
ok $? "nothing was made"

# A part of the templates.
mkdir part
echo 'NAME NAME' >part/objective.c
RATECHECK_TEMPLATE=$tmp/part run ratecheck new objective half
exits 3 "no Makefile to copy"
like "$err" 'part/Makefile: No such file' "is named"
test ! -e half
ok $? "and nothing half-made is left"
RATECHECK_TEMPLATE=$tmp/nowhere run ratecheck new objective none
exits 3 "no templates"
like "$err" 'RATECHECK_TEMPLATE' "where they are looked for is said"
test ! -e none
ok $? "and no folder is left"

done_testing
