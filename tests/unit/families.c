/* Every name in a family's row stands for something that the host has. */
#include "tests/tap.h"

#include <stdio.h>
#include <string.h>

#include "verify/families/families.h"
#include "verify/record/constants.h"
#include "verify/session/quantities.h"

static int is_constant(const char *name) { return rate_constant_named(name) != NULL; }
static int is_quantity(const char *name) { return rate_quantity_named(name) != NULL; }
static int is_interface(const char *name) { return rate_interface_known(name); }
static int is_need(const char *name) { return rate_need_known(name); }

static int is_test(const char *name)
{
	return rate_family_has("slopes prox resolvent", name);
}

static void all(const rate_family *f, const char *what, const char *list, int (*known)(const char *))
{
	char text[1024], *rest = text, *name;

	snprintf(text, sizeof text, "%s", list ? list : "");
	while (list && (name = strsep(&rest, " ")))
		ok(known(name), "%s: %s \"%s\" is known", f->name, what, name);
}

int main(void)
{
	for (const rate_family *const *f = rate_families; *f; f++) {
		all(*f, "constant", (*f)->constants, is_constant);
		all(*f, "flag", (*f)->flag, is_constant);
		all(*f, "quantity", (*f)->quantities, is_quantity);
		all(*f, "interface", (*f)->interfaces, is_interface);
		all(*f, "need", (*f)->needs, is_need);
		all(*f, "test", (*f)->tests, is_test);
		ok(rate_family_named((*f)->name) == *f, "%s: found by its name", (*f)->name);
		ok(!(*f)->flag == !(*f)->stranger, "%s: what has a flag says why others do not speak of it",
		   (*f)->name);
		is_int(!(*f)->flag, !f[1], "%s: the last in the table takes what is left, no other", (*f)->name);
	}
	ok(!rate_family_named("fiel"), "no part of a name");
	ok(rate_family_has(NULL, "anything"), "no list: all");
	ok(!rate_family_has("", "L"), "an empty list: none");
	ok(rate_family_has("L mu", "mu") && rate_family_has("L mu", "L") && !rate_family_has("L_max mu_h", "mu") &&
	   !rate_family_has("L_max xL", "L"), "whole names");
	return done_testing();
}
