#! /bin/sh
# The README's example is real: it is cut out, built with the line that stands there, and verified.
. "$(dirname "$0")/tap.sh"

cd "$tmp" || exit 99
sed -n '/^```c/,/^```/p' "$top_srcdir/README.md" | sed '/^```/d' >mine.c
test -s mine.c
ok $? "the README has a C example"
num "$(wc -l <mine.c | tr -d ' ')" '<=' 50 "of a page"
$CC -shared -fPIC -I"$top_srcdir/include" mine.c -o mine.so -lm
ok $? "it builds with one line"
run ratecheck verify --objective ./mine.so:d=4 --quiet
exits 0 "every theorem that it meets holds"
num "$(grep -c '^holds' "$tmp/out")" '>=' 8 "at least eight checks"
like "$out" 'Which guarantee explains the run best' "the run ends with the ranking"
sed 's|"L")) out->value = 1;|"L")) out->value = 0.1;|' mine.c >liar.c
cmp -s mine.c liar.c
num $? '!=' 0 "the lie about L is told"
$CC -shared -fPIC -I"$top_srcdir/include" liar.c -o liar.so -lm
run ratecheck verify gd-convex-smooth --objective ./liar.so:d=4 --quiet
exits 3 "a false L: exit code 3"
like "$out" '^hypothesis-false' "not the theorem's fault"
unlike "$out" '^(refuted|broken)' "and nothing else"
done_testing
