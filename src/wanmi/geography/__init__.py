"""Where: divisions, unit grids and duty grids, places, map layers and tiles."""
