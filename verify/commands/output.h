/* What `verify` prints while it runs: a row for each --format. A new one is its writer in reports/ and a row here. */
#ifndef VERIFY_OUTPUT_H
#define VERIFY_OUTPUT_H

#include "reports/report.h"
#include "reports/store.h"

typedef struct rate_printing {
	size_t number, width;
	int colour, brief;
	int rows;                /* one for each check, not one for each theorem */
	rate_lines lines;        /* what the table keeps, and what JUnit does */
	rate_junit junit;
	rate_summary sum;
	const rate_store *store; /* the lines that are kept */
} rate_printing;

/* A row has NULL where it prints nothing. */
typedef struct rate_output {
	const char *name;
	int for_people; /* they have seen what is kept, and are told the rest in words */
	void (*head)(rate_printing *p);
	void (*result)(rate_printing *p, const rate_result *r);
	/* a line of --resume; programs that read what is printed get every check of the plan */
	void (*kept)(rate_printing *p, const rate_check *c, const rate_kept *kept, int parts);
	void (*foot)(rate_printing *p);
} rate_output;

extern const char *const rate_output_names[]; /* NULL ends them; the first is the default */
extern const rate_output rate_outputs[];

/* The table's line of a theorem, while the theorem is there. */
void rate_output_flush(rate_printing *p);

#endif
