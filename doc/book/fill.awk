# Fills {{theorem.field}} in prose with the numbers of the kept run: awk -f fill.awk numbers.tsv FILE...
# One that is not there stops it: prose shows no empty places.
BEGIN { FS = "\t" }
NR == FNR { value[$1] = $2; next }
{
	line = $0
	while (match(line, /\{\{[^{}]*\}\}/)) {
		key = substr(line, RSTART + 2, RLENGTH - 4)
		if (key ~ /\.number$/) {
			shown = key
			sub(/\.number$/, "", shown)
		} else if (key in value) {
			shown = value[key]
		} else {
			print FILENAME ":" FNR ": {{" key "}}: not in numbers.tsv; make numbers" >"/dev/stderr"
			failed = 1
			shown = "?"
		}
		line = substr(line, 1, RSTART - 1) shown substr(line, RSTART + RLENGTH)
	}
	print line
}
END { exit failed }
