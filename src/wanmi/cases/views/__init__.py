"""Pages of cases: desks, one case, the list, the report form, the board."""
