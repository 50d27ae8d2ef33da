"""Plain Python that every room stands on: errors, text, cells, working time, coordinates.

No tables and no Django here; everything in these modules is public to the rooms above.
"""
