/* An instance for unit tests: an objective and a method, alive in this process. */
#ifndef TESTS_UNIT_INSTANCE_H
#define TESTS_UNIT_INSTANCE_H

#include <stdlib.h>

#include "plugins/isolate.h"
#include "tests/tap.h"
#include "verify/session/session.h"

enum { ROWS = 8 };

static rate_registry *registry;

typedef struct instance {
	rate_bound_spec *given, *f, *method;
	rate_session s;
	rate_check c;
} instance;

/* The theorem only has to apply. ROWS replicates at the start of the method. */
TAP_FN void open_instance_of(instance *p, const char *theorem, const char *objective, const char *method)
{
	static rate_mark mark;
	rate_error error;

	*p = (instance){ 0 };
	if (rate_bind(&p->given, registry, RATE_THEOREMS, theorem, 1, &error) ||
	    rate_bind(&p->f, registry, RATE_OBJECTIVES, objective, 1, &error) ||
	    rate_bind(&p->method, registry, RATE_METHODS, method, 1, &error))
		diag("%s", error.text);
	p->c = (rate_check){ .theorem = p->given->word[0].info, .objective = p->f, .method = p->method,
		                 .given = p->given, .fraction = 1, .factor = 1, .T = 4, .stream = 1, .alpha = 1e-9,
		                 .delta = 0.1 };
	ok(rate_session_open(&p->s, &p->c, &mark) == RATE_OK && rate_prepare(&p->s, &p->c) == RATE_OK &&
	   rate_session_blocks(&p->s, ROWS) == RATE_OK, "%s, %s: %s%s", method, objective, p->c.reason,
	   p->s.error.text);
	p->s.run.nrep = 1;
}

TAP_FN void open_instance(instance *p, const char *objective, const char *method)
{
	open_instance_of(p, "gd-nonconvex", objective, method);
}

TAP_FN void close_instance(instance *p)
{
	free(p->c.at);
	free(p->c.bound);
	free(p->c.transient);
	free(p->c.param);
	free(p->c.parameters);
	rate_session_close(&p->s);
	rate_bound_free(p->given);
	rate_bound_free(p->f);
	rate_bound_free(p->method);
}

#endif
