#! /bin/sh
# Every exercise has its solution, and every `ratecheck ...` in exercises and solutions runs: a command whose list item or
# paragraph says `refuted` ends with 1, every other with 0.
. "$(dirname "$0")/tap.sh"

theorems=$top_srcdir/theorems

prose() { # FILE...: theorem files without their code, and Markdown as it is
	for f in "$@"; do
		case $f in
			*.c) awk -f "$top_srcdir/doc/book/extract.awk" -v prose=1 "$f" ;;
			*) cat "$f" ;;
		esac
	done
}

# Lines "page n" of theorem files: n exercises, numbered 1 to n. (A number that happens to begin a line is a list in a list.)
exercises() {
	for f in "$@"; do
		prose "$f" | awk -v page="$(basename "$f" .c)" '
			/^(## |\*\*)Exercise/ { inside = 1; n += 0; wrong = !/^(## Exercises|\*\*Exercises\.\*\*)$/; next }
			/^(#|\*\*|:::)/ { inside = 0 }
			inside && /^ *[0-9]+\. / { n++; wrong = wrong || $0 !~ "^" n "\\." }
			END { if (n != "") print page, wrong ? "no list" : n }'
	done | sort
}

# The same of a solutions.md.
solutions() {
	awk '/^## / { page = $2; n[page] += 0 }
		/^ *[0-9]+\. / { n[page]++; if ($0 !~ "^" n[page] "\\.") wrong[page] = 1 }
		END { for (p in n) print p, p in wrong ? "no list" : n[p] }' "$1" | sort
}

# Lines "status command", from files in which a command is set in backticks.
commands() {
	prose "$@" | awk '
		function flush() {
			want = item ~ /refuted/ ? 1 : 0
			while (match(item, /`ratecheck [^`]*`/)) {
				print want, substr(item, RSTART + 1, RLENGTH - 2)
				item = substr(item, RSTART + RLENGTH)
			}
			item = ""
		}
		/^[0-9]+\. / || /^[ \t]*$/ { flush() }
		{ sub(/^ +/, ""); item = item " " $0 }
		END { flush() }'
}

for chapter in "$theorems"/*/; do
	chapter=$(basename "$chapter")
	is "$(solutions "$theorems/$chapter/solutions.md")" "$(exercises "$theorems/$chapter"/*.c)" \
		"$chapter: every exercise has its solution"
done
sed '/^3\. /d' "$theorems/gradient-descent/solutions.md" >"$tmp/short.md"
isnt "$(solutions "$tmp/short.md")" "$(exercises "$theorems"/gradient-descent/*.c)" "a solution that is missing is missed"

printf '1. Run\n   `ratecheck show\n   gd-pl` twice.\n2. It is refuted by `ratecheck verify gd-pl`.\n' >"$tmp/two.md"
is "$(commands "$tmp/two.md")" "0 ratecheck show gd-pl
1 ratecheck verify gd-pl" "commands are found, over the ends of lines too"
commands "$theorems"/*/*.c "$theorems"/*/solutions.md >"$tmp/commands"
num "$(wc -l <"$tmp/commands" | tr -d ' ')" '>=' 1 "there are commands to run"
mkdir "$tmp/here" && cd "$tmp/here" || exit 99
while read -r want command; do
	rm -rf ./*
	run sh -c "$command"
	exits "$want" "$command"
done <"$tmp/commands"
done_testing
