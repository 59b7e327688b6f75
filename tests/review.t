#! /bin/sh
# The review of the woven pages sees what it is for, on one page with every mistake and on one without any.
#
# SPDX-License-Identifier: GPL-3.0-or-later
. "$(dirname "$0")/tap.sh"

command -v chromium >/dev/null || skip_all "chromium is not installed (./bootstrap review)"
command -v pdftoppm >/dev/null || skip_all "pdftoppm is not installed"
command -v python3 >/dev/null || skip_all "python3 is not installed"
cd "$tmp" || bail_out "no folder"
mkdir good bad
curve='<path d="M0 40 L30 5 L60 20" stroke="#0072B2" stroke-width="4" fill="none"/>'
picture() { printf '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><path d="M0 0 V48 H64" stroke="#000" fill="none"/>%s</svg>' "$1"; }
page() { printf '<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><title>x</title><body>%s' "$1"; }
picture "$curve" >good/curve.svg
picture '' >bad/axes.svg
page '<h1 id=top>Good: γ ≤ 1/L</h1><img src=curve.svg alt="a curve"><a href="other.html#there">on</a>
	<div style="overflow-x:auto"><p style="width:900px">held by a box that scrolls</p></div>' >good/index.html
page '<p id=there>other</p>' >good/other.html
page '<img src=axes.svg alt=""><img src=gone.svg alt="gone"><a href="nowhere.html">off</a><a href="#nothing">off</a>
	<p style="width:900px">as wide as a desk</p><p>&#x10fffe;</p>' >bad/index.html
page '<p>Fine</p>' >bad/other.html

run python3 "$top_srcdir/doc/book/review" pictures good
case $err in
	*'chromium ended early'*) skip_all "chromium cannot run here" ;;
esac
is "$status $err" "0 " "nothing is found where nothing is wrong"
test -s pictures/good/index-390-1.jpg && test -s pictures/good/index-1280-1.jpg
ok $? "and there are pictures at both widths"
run python3 "$top_srcdir/doc/book/review" pictures good bad
is "$status" 1 "mistakes end it with an error:"
like "$err" 'bad/index.html at 390: <p> ends at 9.*: as wide as a desk' "what is wider than a phone"
unlike "$err" 'at 1280: <p>' "though a desk has room"
like "$err" 'bad/index.html at 1280: axes.svg: a figure without a text' "a figure without a text"
like "$err" 'bad/index.html at 1280: axes.svg: shows nothing' "axes without a curve"
like "$err" 'gone.svg: is missing' "a missing figure"
like "$err" 'leads to nowhere.html, which is not there' "a dead link"
like "$err" 'leads to #nothing, but nothing has that name' "a link to a name that no one has"
like "$err" 'no font has .* U\+10fffe' "a character that no font has"
unlike "$err" 'good/' "and nothing of the good pages"
done_testing
