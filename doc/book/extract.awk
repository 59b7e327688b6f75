# A literate C file as pandoc's Markdown: prose blocks as they are, code in fences, plumbing left out.
#
#   awk -f extract.awk -v all=1 FILE...     all=1 (prose=1): the plumbing too (prose alone)
#
# Each file becomes one Div, which names the file and the theorems whose classes stand in it.

function flush_code(   i, first, last) {
	for (first = 1; first <= n && code[first] ~ /^[ \t]*$/; first++);
	for (last = n; last >= first && code[last] ~ /^[ \t]*$/; last--);
	# Tables of instances are printed with what came out of them.
	if (last >= first && !prose && (all || !plumbing && code[first] !~ /^(static const struct instance|SHARP\(|CONTROL\()/)) {
		text = text "\n``` {.c}\n"
		for (i = first; i <= last; i++)
			text = text code[i] "\n"
		text = text "```\n\n"
	}
	n = 0
}

function unclosed() {
	print file ":" start ": prose block without its end :*/" >"/dev/stderr"
	failed = 1
}

function flush_file() {
	if (open) unclosed()
	flush_code()
	if (text ~ /[^ \t\n]/) {
		page = file
		sub(/.*\//, "", page)
		sub(/\.[ch]$/, "", page)
		name = file
		sub(/.*theorems\//, "theorems/", name)
		printf "\n:::::::: {.page #%s file=\"%s\" theorems=\"%s\"}\n%s\n::::::::\n", page, name, ids, text
	}
	text = ids = ""
	plumbing = open = n = 0
}

FNR == 1 && file != "" { flush_file() }
{ file = FILENAME }
match($0, /\.id = "[^"]*"/) { ids = ids (ids == "" ? "" : " ") substr($0, RSTART + 7, RLENGTH - 8) }
/^\/\*: \{\.plumbing\} :\*\/$/ { flush_code(); plumbing = 1; next }
/^\/\*:$/ { if (open) unclosed(); flush_code(); open = 1; start = FNR; next }
open && /^:\*\/$/ { open = 0; text = text "\n"; next } # blocks do not run into each other
open { if (!plumbing || all) text = text $0 "\n"; next }
/^#include / || /SPDX-License-Identifier/ && /\*\/$/ { next }
{ code[++n] = $0 }
END { flush_file(); exit failed }
