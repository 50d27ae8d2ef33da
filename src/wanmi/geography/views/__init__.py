"""Pages and tiles."""
