"""Text messages through a plain gateway: signed JSON in both directions."""
