#! /bin/sh
# Numbers in the prose that no instance of the library gives: each stands where the table says and is what its command finds.
. "$(dirname "$0")/tap.sh"

grep -v '^#' "$top_srcdir/tests/quoted.tsv" >"$tmp/quoted"
num "$(wc -l <"$tmp/quoted" | tr -d ' ')" '>=' 9 "numbers that are quoted"
tab=$(printf '\t')
while IFS=$tab read -r file text field command; do
	told=${text#*|} && told=${told%%|*}
	prose=$(printf '%s' "$text" | tr -d '|')
	grep -qF -e "$prose" "$top_srcdir/theorems/$file"
	ok $? "$file says $told"
	run sh -c "ratecheck verify $command --format json --quiet"
	exits 0 "$command"
	found=$(printf '%s\n' "$out" | sed -n 's/.*"max_ratio":\([0-9.e+-]*\).*/\1/p' | awk -v told="$told" -v field="$field" '
		{ value = field == "inverse" ? 1 / $1 : $1 + 0; printf "%.*f", length(told) - index(told, "."), value; exit }')
	is "$found" "$told" "$command finds it"
done <"$tmp/quoted"
done_testing
