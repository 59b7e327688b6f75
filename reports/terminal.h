/* Standard output as people and programs get it: what plugins and files say is text there, never a command of a
 * terminal, and a write that fails is not forgotten. */
#ifndef REPORTS_TERMINAL_H
#define REPORTS_TERMINAL_H

#include <stdio.h>

/* Before anything else is opened: streams that are closed get the null device, so that no file takes their numbers, and
 * from here on stdout shows no control characters. RATE_FAIL: there is no standard output. */
int rate_terminal(void);
/* A colour, or another command of ours. */
void rate_paint(FILE *out, const char *code);
/* The columns of the window: COLUMNS, or what the terminal says; at least 40. 0: stdout is no terminal. */
size_t rate_terminal_width(void);
/* Writes out what is left; the errno of the first write that failed, or 0. */
int rate_terminal_trouble(void);

#endif
