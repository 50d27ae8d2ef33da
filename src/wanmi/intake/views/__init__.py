"""The pages of matters: the list, one matter, entering one by hand."""
