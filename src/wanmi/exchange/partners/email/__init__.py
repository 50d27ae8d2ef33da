"""E-mail: read from a mailbox or from standard input, answered in its thread."""
