#! /bin/sh
# ./bootstrap on machines that are made up: a copy of the script beside stubs of what it calls, nothing else on PATH.
. "$(dirname "$0")/tap.sh"

tree=$tmp/tree bin=$tmp/bin sys=$tmp/sys
mkdir "$bin" "$sys"
for p in sh env nproc cat sed grep find tail tee rm tr sort dirname chmod cp; do
	ln -s "$(command -v "$p")" "$sys/$p"
done

stub() { # NAME: the script is read from stdin; its calls are in $tmp/calls
	{ printf '#! /bin/sh\necho "%s $*" >>"%s"\nT=%s\n' "$1" "$tmp/calls" "$tmp"; cat; } >"$bin/$1"
	chmod +x "$bin/$1"
}
# The package database: a line "NAME ARCHITECTURE STATUS" for each package that is not installed as it should be.
stub dpkg-query <<'END'
shift 3
nl='
'
db=$nl$(cat "$T/db")
for p; do
	case $db in
	*"$nl$p unknown"*) echo "dpkg-query: no packages found matching $p" >&2 ;;
	*"$nl$p "*) grep "^$p " "$T/db" | sed 's/.*/|&|/' ;;
	*) printf '|%s amd64 installed|' "$p" ;;
	esac
done
END
stub dpkg <<'END'
echo amd64
END
stub id <<'END'
cat "$T/uid"
END
stub sudo <<'END'
exec "$@"
END
stub apt-cache <<'END'
! grep "^$2 unlisted" "$T/lists" >/dev/null
END
# The clock goes on by sleep alone.
stub date <<'END'
cat "$T/clock"
END
stub sleep <<'END'
echo $(($(cat "$T/clock") + 100)) >"$T/clock"
END
for p in autoconf automake libtoolize pkg-config make; do
	stub "$p" </dev/null
done
stub autoreconf <<'END'
printf '#! /bin/sh\necho "configure $*" >>"%s/calls"\necho "  ratecheck 0.1.0"; echo "  Next: make"\n' "$T" >configure
printf ': >Makefile\ncp "%s/answers" config.status\nchmod +x config.status\n' "$T" >>configure
chmod +x configure
: >Makefile.in
END
works='echo "Setting up"; echo >"$T/db"'

# machine DB-LINE...: a clean tree and a machine on which these packages are not as they should be.
machine() {
	rm -rf "$tree" "$tmp/calls"
	mkdir "$tree" "$tree/m4"
	cp "$top_srcdir/bootstrap" "$tree/"
	: >"$tree/configure.ac"
	: >"$tree/Makefile.am"
	printf '%s\n' "$@" >"$tmp/db"
	: >"$tmp/lists"
	: >"$tmp/calls"
	echo 0 >"$tmp/clock"
	echo 0 >"$tmp/uid"
	printf '#! /bin/sh\necho "config.status $*" >>"%s/calls"\nexit 0\nS["tools_found"]=" make"\nS["tools_not_found"]=" pdflatex"\n' \
		"$tmp" >"$tmp/answers"
	printf '%s\n' "$works" | stub apt-get
}
boot() { run env -i PATH="$bin:$sys" HOME="$tmp" sh "$tree/bootstrap" "$@"; }
calls() { sed -n "s/^apt-get -o DPkg::Lock::Timeout=[0-9]* //p; s/^\(config.*\)/\1/p" "$tmp/calls"; }

machine
boot
exits 0 "everything is there"
is "$(calls)" "configure " "nothing is installed, configure runs"
boot
is "$status $(calls)" "0 configure " "a second call has nothing to do"

for state in not-installed config-files half-installed unpacked half-configured; do
	machine "groff amd64 $state" "autoconf all $state"
	boot
	exits 0 "$state: installed"
	like "$out" '^bootstrap: packages to install: autoconf groff$' "$state: is missing"
	is "$(calls | sed 1q)" "install -y --no-install-recommends autoconf groff" "$state: those alone, and dpkg's lock is waited for"
done

machine 'groff unknown'
boot
like "$out" 'to install: groff$' "a package that the database does not know is missing"

machine 'groff i386 installed'
boot
like "$out" 'to install: groff$' "installed for another architecture is missing"
machine 'groff i386 installed' 'groff amd64 installed' 'autoconf all installed'
boot
unlike "$out" 'to install' "for both, or for all, is not"

machine 'groff amd64 not-installed'
echo 1000 >"$tmp/uid"
boot
exits 0 "a user"
like "$(cat "$tmp/calls")" '^sudo env DEBIAN_FRONTEND=noninteractive apt-get' "goes through sudo"
mv "$bin/sudo" "$tmp/sudo"
machine 'groff amd64 not-installed'
echo 1000 >"$tmp/uid"
boot
exits 3 "without sudo"
like "$err" 'there is no sudo; ask .*--no-install-recommends groff$' "says what to ask for"
mv "$tmp/sudo" "$bin/sudo"

machine 'groff amd64 not-installed'
echo 'groff unlisted' >"$tmp/lists"
boot
exits 0 "lists that were never fetched"
is "$(calls | sed 2q)" "update -q
install -y --no-install-recommends groff" "are fetched first"

machine 'groff amd64 not-installed'
stub apt-get <<END
test "\$(cat "\$T/clock")" -ge 200 || { echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt-get)" >&2; exit 100; }
$works
END
boot
exits 0 "a held lock is waited for"
is "$(printf '%s\n' "$out" | grep -c 'waiting for its lock, at most 10 minutes')" 1 "which is said, once"

machine 'groff amd64 not-installed'
stub apt-get <<'END'
echo "E: Could not get lock /var/lib/dpkg/lock-frontend" >&2
exit 100
END
boot
exits 3 "not for ever"
like "$err" 'still holds the lock .* after 10 minutes; .*run ./bootstrap again' "and says what to do"
is "$(printf '%s\n' "$err" | wc -l | tr -d ' ')" 1 "in one line"

# dies ERE WORDS: apt-get says WORDS and fails.
dies() {
	machine 'groff amd64 not-installed'
	printf 'echo "%s" >&2\nexit 100\n' "$2" | stub apt-get
	boot
	exits 3 "$2: exit code 3"
	like "$err" "^bootstrap: $1" "$2: the remedy"
	is "$(printf '%s\n' "$err" | wc -l | tr -d ' ')" 1 "$2: in one line"
	is "$(ls "$tree" | tr '\n' ' ')" "Makefile.am bootstrap bootstrap.log configure.ac m4 " "$2: nothing but the log is left"
}
dies 'the package servers cannot be reached: connect .* proxy' "E: Failed to fetch http://deb/x  Temporary failure resolving 'deb'"
dies 'the package servers cannot be reached' "W: Failed to fetch http://deb/x  Could not connect to deb:80 (10.0.0.1), connection timed out"
dies 'not in the package lists .*: groff - enable' 'E: Unable to locate package groff'
dies 'an earlier installation was interrupted: run dpkg --configure -a' "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'"
dies 'packages of this machine are broken' 'E: Unmet dependencies. Try apt --fix-broken install'
dies 'apt-get may not write .* groff$' "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)
E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?"
dies 'the disk is full' "E: You don't have enough free space in /var/cache/apt/archives/."
dies 'sudo refuses; ask .* groff$' 'sudo: a password is required'
dies 'apt-get failed: the moon is full; all of it is in bootstrap.log' 'E: the moon is full'

# apt-get update passes over servers that it cannot reach; the installation then knows no package.
machine 'groff amd64 not-installed'
stub apt-get <<'END'
case "$*" in
*update*) echo "W: Failed to fetch http://deb/InRelease  Could not resolve 'deb'"; exit 0 ;;
esac
echo "E: Unable to locate package groff" >&2
exit 100
END
boot
like "$err" '^bootstrap: the package servers cannot be reached' "no network, though update exits 0"

machine 'groff amd64 not-installed'
echo 'exit 0' | stub apt-get
boot
exits 3 "apt-get that does nothing"
like "$err" 'they are not: groff; run dpkg --audit' "is found out"

mv "$bin/apt-get" "$tmp/apt-get"
machine
rm "$bin/apt-get"
boot
exits 3 "no apt-get"
like "$err" 'no apt-get on this machine; install by hand what Debian calls: gcc .*--no-install$' "says what to install"
boot --no-install
exits 0 "by hand it goes on"
mv "$tmp/apt-get" "$bin/apt-get"

# What comes or goes after configure.
machine
boot
stub pdflatex </dev/null
boot
exits 0 "TeX appears"
is "$(calls)" "configure 
config.status --recheck
config.status " "configure runs again, with its arguments of before"
like "$out" 'configure again, for what was installed or removed' "and it is said"
rm "$bin/pdflatex"
machine
boot
echo 'libgsl-dev amd64 not-installed' >"$tmp/db"
boot
is "$(calls | tail -n 2)" "config.status --recheck
config.status " "a library is installed: again"
machine
sed 's/" make"/" gone"/' "$tmp/answers" >"$tmp/a" && mv "$tmp/a" "$tmp/answers"
boot
boot
is "$(calls | tail -n 2)" "config.status --recheck
config.status " "a program has gone: again"

# The jobs.
job() { # STATUS-OF-VERIFY JOB
	machine
	printf '#! /bin/sh\necho "run $*" >>"%s/calls"\ncase $* in *" verify "*) exit %s ;; esac\n' "$tmp" "$1" >"$tree/run"
	chmod +x "$tree/run"
	boot "$2"
	sed -n '/^run /p; s/^make -j[0-9]*$/build/p; s/^make --no-print-directory/make/p' "$tmp/calls" >"$tmp/did"
}
for code in 0 1 3; do
	job $code report
	is "$status $(cat "$tmp/did")" "$code build
run ratecheck verify --effort quick --force --output report
run ratecheck report report" "report: built, verified, drawn; verify's exit code $code is passed on"
done
job 2 report
is "$status $(tail -n 1 "$tmp/did")" "2 run ratecheck verify --effort quick --force --output report" "what was not run is not drawn"
job 0 check
is "$status $(cat "$tmp/did")" "0 build
make prove" "check: built and tested"
job 0 book
is "$status $(cat "$tmp/did")" "0 build
make book" "book: built and woven"
job 0 review
is "$status $(cat "$tmp/did")" "0 build
make book
make review" "review: built, woven, looked over"
boot frobnicate
exits 2 "an unknown job"

# The real configure leaves the answers that are read here.
answers=$(sed -n 's/^S\["tools_\(found\|not_found\)"\]="\(.*\)"$/\2/p' "$top_builddir/config.status" | tr -s ' ' '\n' | sort | tr '\n' ' ')
looked_for=$(sed -n 's/^rate_check_prog(.*\[\(.*\)\])$/\1/p' "$top_srcdir/configure.ac" | sort | tr '\n' ' ')
is "$answers" " $looked_for" \
	"every program is found or not found"
done_testing
