#! /bin/sh
# The examples do what they say: the files for CI are YAML, and their command lines run, of which those that install ratecheck
# are left out (tests/bootstrap.t has them) and the hunt is short.
. "$(dirname "$0")/tap.sh"

mkdir "$tmp/work" && cd "$tmp/work" || bail_out "no folder"
mkdir bin
printf '#! /bin/sh\nexec %s "$@"\n' "$CC" >bin/cc
chmod +x bin/cc
PATH=$PWD/bin:$PATH
export PATH

# The commands of a file, a line each.
commands_of() {
	case $1 in
	*github*) sed -n 's/^ *- run: //p' "$1" ;;
	*gitlab*) sed -n '/^  script:/,/^  [a-z]*:/s/^    - //p' "$1" ;;
	esac
}
if python3 -c 'import yaml' 2>/dev/null; then
	commands_read_by_yaml() {
		python3 - "$1" <<'END'
import sys, yaml
jobs = yaml.safe_load(open(sys.argv[1]))
jobs = jobs.get("jobs", jobs)
for step in jobs["rates"].get("steps", jobs["rates"].get("script")):
    if isinstance(step, str):
        print(step)
    elif "run" in step:
        print(step["run"])
END
	}
fi

sed 's/NAME/my/g' "$top_srcdir/plugins/template/method.c" >method.c
# The same with a step that is a tenth too long.
sed 's/-run->gamma/-1.1 * run->gamma/' method.c >wrong.c
for system in github gitlab; do
	file=$top_srcdir/examples/ci/$system.yml
	commands_of "$file" >lines
	num "$(grep -vc '^#' "$file")" '<=' 16 "$system: a short file"
	if command -v commands_read_by_yaml >/dev/null; then
		commands_read_by_yaml "$file" >read
		run diff lines read
		is "$status $out" "0 " "$system: is YAML, with these commands"
	else
		skip 1 "python3 has no yaml: $system is read by sed alone"
	fi
	is "$(wc -l <lines | tr -d ' ')" 3 "$system: installs, builds, verifies"
	cp method.c my-method.c
	rm -f my-method.so rates.xml
	while read -r line <&3; do
		case $line in
		*bootstrap*) continue ;;
		esac
		run sh -c "$(printf '%s\n' "$line" | sed 's/--hunt 10/--evaluations 500/')"
		exits 0 "$system: $line"
	done 3<lines
	like "$(cat rates.xml)" '^<testsuites .*failures="0"' "$system: a report of no failures"
	num "$(grep -c '<testcase ' rates.xml)" '>' 60 "$system: on many instances"
	cp wrong.c my-method.c
	cc -O2 -shared -fPIC -I "$top_srcdir/include" my-method.c -o my-method.so -lm
	run sh -c "$(tail -n 1 lines | sed 's/--hunt 10/--evaluations 500/')"
	exits 1 "$system: a method that is another one fails the job"
	like "$(cat rates.xml)" 'parts from' "and the report says so"
done
done_testing
