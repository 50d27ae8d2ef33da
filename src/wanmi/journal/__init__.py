"""What happened: one append-only, hash-chained row per event, in the event's own transaction."""
