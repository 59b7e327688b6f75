# All that the author of a plugin sees.
ratecheckinclude_HEADERS +=
