#! /bin/sh
# Checks of what the program came with share their children: nothing that is told of them depends on it, and what brings a
# shared child down is told of the guilty one alone.
. "$(dirname "$0")/tap.sh"

folders=$RATECHECK_PLUGINDIR
mkdir "$tmp/own"
# A quadratic that writes down in which process it is made.
awk -v file="$tmp/made" 'NR == 1 { print "#include <stdio.h>\n#include <unistd.h>" }
	{ sub(/\.id = "quadratic"/, ".id = \"signed\""); print }
	/^static int create/ { inside = 1 }
	inside && /^{/ {
		print "FILE *out = fopen(\"" file "\", \"a\");\nfprintf(out, \"%ld\\n\", (long)getpid());\nfclose(out);"
		inside = 0
	}' "$top_srcdir/objectives/quadratic.c" >"$tmp/signed.c"
build() { # SOURCE NAME
	$CC -shared -fPIC -O2 -I"$top_srcdir/include" -I"$top_srcdir/objectives" "$1" -o "$tmp/own/$2.so" -lm ||
		bail_out "$2 does not build"
}
build "$tmp/signed.c" signed
build "$top_srcdir/tests/faulty.c" faulty
path=$RATECHECK_PLUGIN_PATH

# told FOLDERS ARGUMENT...: all but the times, with these folders for the program's own.
told() {
	own=$1
	shift
	RATECHECK_PLUGIN_PATH=$path:$tmp/own RATECHECK_PLUGINDIR=$own ratecheck verify "$@" --format json --quiet |
		sed 's/"seconds":[^,]*,//'
}
# same MESSAGE ARGUMENT...: whoever shares a child.
same() {
	message=$1
	shift
	told "" "$@" >"$tmp/alone"
	told "$folders:$tmp/own" "$@" >"$tmp/shared"
	cmp "$tmp/alone" "$tmp/shared" >&2
	ok $? "$message"
}

same "many short checks" 'gd-*' --objective signed:d=3,kappa=10 --objective abs --steps 20
test "$(wc -l <"$tmp/alone")" -gt 20
ok $? "there are many"
: >"$tmp/made"
told "$folders:$tmp/own" 'gd-*' --objective signed:d=3,kappa=10 --steps 20 --jobs 1 >"$tmp/shared"
made=$(wc -l <"$tmp/made")
processes=$(sort -u "$tmp/made" | wc -l)
test "$processes" -lt $((made / 3))
ok $? "of $made checks of what is its own, several share a child ($processes children)"
: >"$tmp/made"
told "$folders" 'gd-*' --objective signed:d=3,kappa=10 --steps 20 --jobs 1 >"$tmp/shared"
is "$(sort "$tmp/made" | uniq -d)" '' "each check of a plugin from elsewhere has its own"

same "looks at replicates" 'sgd-*' --objective least-squares:n=8,d=2,noise=1 --steps 8 --jobs 2
for how in segv exit nan; do
	same "$how: told of the guilty one" gd-pl gd-convex-smooth agd-convex --objective "faulty:how=$how" \
		--objective signed:d=2,kappa=4 --objective "faulty:how=$how,at=12" --steps 20
done
same "loop: the time limit is each check's" gd-pl gd-convex-smooth --objective "faulty:how=loop" \
	--objective signed:d=2,kappa=4 --steps 5 --timeout 0.3
like "$(cat "$tmp/shared")" 'time limit of 0.3 s' "and is told"
done_testing
