# The solutions of all chapters, each "## page" as a page of that name: awk -f answers.awk FILE...
function end() { if (open) print "\n::::::::"; open = 0 }
FNR == 1 { end() }
/^## / { end(); printf "\n:::::::: {.page #%s theorems=\"%s\"}\n", $2, $2; open = 1; next }
/^#/ { end(); next }
open { print }
END { end() }
