"""Where the cases of `cases_list.load` lie, as cells: a table to load from."""

import numpy as np

from wanmi.kernel import cells

CELL = "(SELECT cell FROM bench_cell AS b WHERE b.i = placed.i)"
"""The cell of a case, for `cases_list.load`."""


def point(i: int) -> tuple[float, float]:
    """Return longitude and latitude of a case as `load` places it."""
    h, g = (i * 48271) % 65537, (i * 69621) % 65521
    return 120.0 + g / 131042.0, 30.0 + h / 131074.0


def make_cells(last: int) -> None:
    """Keep the cells of the cases up to a number."""
    from django.db import connection

    numbers = np.arange(1, last + 1, dtype=np.int64)
    lons = 120.0 + ((numbers * 69621) % 65521) / 131042.0
    lats = 30.0 + ((numbers * 48271) % 65537) / 131074.0
    found = cells.cells(lons, lats)
    rows = zip(numbers.tolist(), found.tolist(), strict=True)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_cell (i bigint PRIMARY KEY, cell bigint)")
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO bench_cell VALUES (%s, %s)", list(rows))
        else:
            with cursor.copy("COPY bench_cell FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
