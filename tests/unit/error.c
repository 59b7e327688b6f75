/* The one error type: what is said, what is cut off, what no terminal gets to see.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugins/error.h"

#include <string.h>

#include "tests/tap.h"

static void cut_off(void)
{
	char longer[2 * RATE_ERROR_ROOM];
	rate_error e;

	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	rate_fail(&e, "%s", longer);
	is_int((int)strlen(e.text), RATE_ERROR_ROOM - 1, "what does not fit is cut off");
	is_int(rate_fail_more(&e, "more"), RATE_FAIL, "nothing fits behind it");
	is_int((int)strlen(e.text), RATE_ERROR_ROOM - 1, "and nothing is written there");
	/* An e with an accent across the end of the room: two bytes, of which one fits. */
	longer[RATE_ERROR_ROOM - 2] = (char)0xc3;
	longer[RATE_ERROR_ROOM - 1] = (char)0xa9;
	rate_fail(&e, "%s", longer);
	is_str(e.text + RATE_ERROR_ROOM - 3, "x?", "no half of a letter is left");
}

int main(void)
{
	rate_error e, other;

	is_int(rate_fail(&e, "%s: no such file", "a.csv"), RATE_FAIL, "fails");
	is_str(e.text, "a.csv: no such file", "with its words");
	rate_fail(&e, "data: %s", e.text);
	is_str(e.text, "data: a.csv: no such file", "which may be among those that come after");
	is_int(rate_fail_more(&e, "; these are %d", 3), RATE_FAIL, "more fails, too");
	is_str(e.text, "data: a.csv: no such file; these are 3", "and stands behind");
	is_str(rate_said(&e, "nothing"), e.text, "what was said");
	rate_no_error(&e);
	is_str(e.text, "", "no error");
	is_str(rate_said(&e, "nothing"), "nothing", "or else these words");
	rate_fail_more(&e, "%s", "first");
	is_str(e.text, "first", "more behind nothing");

	rate_fail(&e, "%s", "a\n\033[31mb\tc\x7f");
	is_str(e.text, "a??[31mb?c?", "control characters");
	rate_fail(&e, "%s", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
	is_str(e.text, "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80", "UTF-8 stays");
	rate_fail(&e, "%s", "\xff \xc0\xaf \xed\xa0\x80 \xc2\x85 \xf4\x90\x80\x80 \xc3");
	is_str(e.text, "? ?? ??? ?? ???? ?", "what is none does not: overlong, surrogates, C1, beyond the last, half");
	other = e;
	rate_fail(&e, "new");
	is_str(other.text, "? ?? ??? ?? ???? ?", "a copy keeps its words");
	cut_off();
	return done_testing();
}
