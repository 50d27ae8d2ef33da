"""Every way a problem reaches the city: one queue, one answer to whoever spoke."""
