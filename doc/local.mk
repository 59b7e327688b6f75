# Manual pages, the book, completion.
dist_man_MANS +=
dist_doc_DATA +=

if BASH_COMPLETION
dist_bashcompletion_DATA =
endif
