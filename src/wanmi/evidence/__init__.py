"""Media with custody: stored under their digest, never overwritten."""
