"""Loaders of `./wanmi import areas|grids|places`: from records to the room's own deeds."""
