"""The page frame: components, map and chart elements, menu, health."""
