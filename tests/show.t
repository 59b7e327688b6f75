#! /bin/sh
# ratecheck show: the text of every theorem, in Unicode and in ASCII, with no command of TeX left; the page of the book.
. "$(dirname "$0")/tap.sh"

utf8=
for locale in C.UTF-8 C.utf8 en_US.UTF-8; do
	test "$(LC_ALL=$locale locale charmap 2>/dev/null)" = UTF-8 && utf8=$locale && break
done
ids=$(ratecheck list theorems --plain)
num "$(printf '%s\n' "$ids" | wc -l)" '>=' 160 "the theorems that are there"

run ratecheck show $ids
exits 0 "all of them at once"
is "$(grep -c '^In the book' "$tmp/out")" "$(printf '%s\n' "$ids" | wc -l)" "each has its text"
grep -v '^File' "$tmp/out" >"$tmp/ascii"
test -z "$utf8" || LC_ALL=$utf8 ratecheck show $ids | grep -v '^File' >"$tmp/unicode"
is "$(grep -n '\\' "$tmp/ascii" | head -n 5)" "" "no backslash is left"
is "$(LC_ALL=C tr -d '\n -~' <"$tmp/ascii" | wc -c | tr -d ' ')" 0 "nothing but ASCII where the locale has nothing else"
if test -n "$utf8"; then
	is "$(grep -n '\\' "$tmp/unicode" | head -n 5)" "" "no backslash in Unicode either"
	is "$(tr -cd '?' <"$tmp/ascii" | wc -c)" "$(tr -cd '?' <"$tmp/unicode" | wc -c)" "every sign has a name in ASCII"
	run env LC_ALL=$utf8 ratecheck show gd-convex-smooth
	like "$out" '^        f\(xₜ\) − f\* ≤ ‖x₀ − x\*‖²/\(2γt\)\.$' "the bound of gradient descent"
	like "$out" '2\. On f = \(L/2\)x² the gap after t steps is \(L/2\)\(1 − γL\)²ᵗR²' "an exercise"
else
	skip 4 "no UTF-8 locale"
fi
run ratecheck show gd-convex-smooth
like "$out" '^        f\(x_t\) - f\* <= \|\|x_0 - x\*\|\|\^2/\(2 gamma t\)\.$' "and in ASCII"
num "$(awk '/^How sharp/, 0 { if (length($0) > n) n = length($0) } END { print n }' "$tmp/out")" '<=' 80 "in lines of 80"

# A command that the renderer does not know stays to be seen; brackets that never close end it.
mkdir "$tmp/doc"
{
	printf ':::::::: {.page #page file="x" theorems="gd-pl other"}\n# Title\n\n'
	printf 'With $\\unheardof{x}^2 + \\frac{a+b}{2c}$ and $'
	awk 'BEGIN { for (i = 0; i < 5000; i++) printf "{" }'
	printf 'x$ and $\\frac1$.\n::::::::\n'
} >"$tmp/doc/theorems.md"
run env RATECHECK_DOC="$tmp/doc" ratecheck show gd-pl
like "$out" 'unheardof.*\(a \+ b\)/\(2c\)' "an unknown command is shown as it is"
exits 0 "five thousand open brackets are no harm"

run env RATECHECK_DOC="$tmp/doc" BROWSER="echo" ratecheck show gd-pl --open
exits 3 "--open without a book"
like "$err" 'doc/book/page.html: not there; the book is woven by `make book`' "says how to get one"
mkdir "$tmp/doc/book"
: >"$tmp/doc/book/page.html"
run env RATECHECK_DOC="$tmp/doc" BROWSER="echo" ratecheck show gd-pl --open
exits 0 "--open with a book"
is "$out" "file://$tmp/doc/book/page.html#gd-pl" "opens the theorem's page"
run env RATECHECK_DOC="$tmp/doc" BROWSER="no-such-browser" ratecheck show gd-pl --open
exits 3 "a browser that is not there"
like "$err" 'no-such-browser cannot open .*name another program in BROWSER' "is named"
run env RATECHECK_DOC="$tmp/doc" BROWSER="echo" ratecheck show nothing --open
exits 2 "no theorem of that name"
run ratecheck show gd-pl nothing
exits 2 "one of two names is wrong"
is "$out" "" "nothing is shown"
like "$err" "'nothing'" "the wrong one is named"
# The numbers of a run stand in the prose, in every theorem's.
run ratecheck show $(ratecheck list theorems --plain | cut -f 1)
exits 0 "all theorems"
unlike "$out" '^ *,' "an instance that has no objective begins with its parameters"
unlike "$out" '\{\{|\}\}\.' "no empty place for a number"
done_testing
