#! /bin/sh
# The rooms of the program: data flows one way, so that a stage includes those before it and none after it; and every room
# says in a few lines what it is for.
. "$(dirname "$0")/tap.sh"

cd "$top_srcdir" || bail_out "no sources"

# room: what its files may include. Public headers and the system's are open to all.
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
	find "$room" -name template -prune -o -name '*.[ch]' -print | xargs grep -H '^#include "' |
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

done_testing
