"""Live pages: server-sent events read from the journal."""
