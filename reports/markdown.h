/* The marks of Markdown that every output of the prose looks for, in s up to end. */
#ifndef REPORTS_MARKDOWN_H
#define REPORTS_MARKDOWN_H

#include <stddef.h>

const char *rate_markdown_find(const char *s, const char *end, const char *mark); /* not behind a \; NULL: nowhere */
const char *rate_markdown_line_end(const char *s, const char *end);
size_t rate_markdown_item(const char *s, const char *end); /* "12. " or "- ": its bytes; 0: no item */

#endif
