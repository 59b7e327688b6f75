#! /bin/sh
# The rooms of the program: data flows one way, so that a stage includes those before it and none after it; and every room
# says in a few lines what it is for.
. "$(dirname "$0")/tap.sh"

cd "$top_srcdir" || bail_out "no sources"

# room: what its files may include. Public headers, the system's and the one error type are open to all.
cat >"$tmp/rooms" <<'END'
kernels: kernels
plugins: plugins kernels
verify/record: plugins verify/record
verify/families: verify/families
verify/plan: kernels plugins verify/record verify/plan
verify/session: kernels plugins verify/record verify/families verify/session
verify/measure: kernels plugins verify/record verify/families verify/session verify/measure
verify/judge: verify/record verify/judge
verify/work: plugins verify/record verify/families verify/session verify/measure verify/judge verify/work
verify/probe: kernels plugins verify/record verify/families verify/session verify/measure verify/judge verify/probe
verify/hunt: kernels plugins verify/record verify/families verify/plan verify/session verify/measure verify/judge verify/hunt
verify/worst: kernels plugins verify/record verify/families verify/plan verify/session verify/measure verify/judge verify/work verify/worst
reports: kernels verify/record reports
verify/commands: kernels plugins verify reports
END

for room in kernels plugins reports verify/*/; do
	room=${room%/}
	allowed=$(sed -n "s,^$room: ,,p" "$tmp/rooms")
	test -n "$allowed"
	ok $? "$room has its place in the order"
	find "$room" -name template -prune -o -name '*.[ch]' -print | xargs grep -H '^#include "' | grep -v '"plugins/error.h"$' |
		sed 's/:#include "/ /; s/".*//; s,/[^/ ]*$,,' | awk -v allowed="$allowed" '
		BEGIN { n = split(allowed " ratecheck", room, " ") }
		{
			for (i = 1; i <= n; i++)
				if ($2 == room[i] || index($2, room[i] "/") == 1) next
			print $1 " includes " $2
		}' >"$tmp/up"
	is "$(cat "$tmp/up")" "" "$room includes nothing of a later stage"
	test -s "$room/README.md"
	ok $? "$room/README.md is there"
	num "$(wc -l <"$room/README.md")" '<=' 24 "and is short"
done

# Every folder of sources says in a few lines what it is for (chapters have their chapter.md), and whatever file it names is
# there: in backquotes, seen from the folder or from the top; a bare name in doc/architecture.md may be anywhere below.
find verify kernels plugins reports include methods objectives theorems tests bench examples -name '*.[ch]' ! -path '*/.libs/*' |
	sed 's,/[^/]*$,,' | sort -u | grep -vE '^theorems/|^tests/(unit|cases/)|^plugins/template$' >"$tmp/folders"
printf '%s\n' data doc doc/book python verify >>"$tmp/folders"
while read -r folder; do
	test -s "$folder/README.md" || echo "$folder"
done <"$tmp/folders" >"$tmp/silent"
is "$(cat "$tmp/silent")" "" "every folder of sources has its README"

named() { # the files and folders that stand in backquotes in a text
	tr '\n' ' ' <"$1" | grep -o '`[^`]*`' | tr -d '`' |
		grep -E '^[A-Za-z0-9_./-]+(\.([cht57]|py|awk|lua|md|tsv|txt|yaml|table|jsonl|csv|gp|mk)|/)$' | grep -v '[A-Z][A-Z]'
}
while read -r folder; do
	for name in $(named "$folder/README.md"); do
		test -e "$folder/$name" || test -e "$name" || echo "$folder/README.md: $name"
	done
done <"$tmp/folders" >"$tmp/gone"
for name in $(named doc/architecture.md); do
	test -e "$name" || case $name in
		*/*) echo "doc/architecture.md: $name" ;;
		*) find verify include reports plugins doc objectives -name "$name" | grep -q . || echo "doc/architecture.md: $name" ;;
	esac
done >>"$tmp/gone"
is "$(cat "$tmp/gone")" "" "what they name is there"

# Lines of code fit on a screen: 120 columns, tabs to the next eighth; a letter of several bytes is one, its accent none.
# The prose of theorem files (/*: to :*/) is a text of its own, and tests/cases are inputs.
for room in theorems methods objectives verify include kernels bench plugins reports tests examples; do
	find "$room" -name '*.[ch]' ! -path '*/.libs/*' ! -path 'tests/cases/*' -exec awk '
		FNR == 1 { prose = 0 }
		/\/\*:/ { prose = 1 }
		!prose && length($0) > 90 {
			columns = 0
			n = split($0, piece, "\t")
			for (i = 1; i <= n; i++) {
				gsub(/\314[\200-\277]|\315[\200-\257]/, "", piece[i])
				gsub(/[\200-\277]/, "", piece[i])
				columns += length(piece[i])
				if (i < n)
					columns = int(columns / 8) * 8 + 8
			}
			if (columns > 120)
				print FILENAME ":" FNR ": " columns " columns"
		}
		prose && /\*\// { prose = 0 }' {} + >"$tmp/long"
	is "$(cat "$tmp/long")" "" "$room: lines of at most 120 columns"
done

done_testing
