"""What is wrong with a decision table before anybody asks it: rows that overlap, and gaps.

Both answers are exact, because every cell is a set that can be cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from wanmi.kernel.dmn import Row, Table, domains
from wanmi.kernel.valuesets import ValueSet

MOST_GAPS = 20
MOST_CUTS = 50_000


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rows that match together, by number, and what they both match by column name."""

    first: int
    second: int
    where: dict[str, str]


def overlaps(table: Table) -> list[Clash]:
    """Return the pairs of rows that must not, but can, match the same inputs.

    FIRST and COLLECT allow overlaps; ANY allows those whose answers agree.
    """
    if table.hit_policy not in ("UNIQUE", "ANY"):
        return []
    allowed = list(domains(table))
    return [
        Clash(one.number, two.number, where)
        for one, two in combinations(table.rows, 2)
        if table.hit_policy == "UNIQUE" or one.answers != two.answers
        if (where := _common(table, allowed, one, two)) is not None
    ]


def _common(table: Table, allowed: list[ValueSet], one: Row, two: Row) -> dict[str, str] | None:
    where = {}
    for column, domain, a, b in zip(table.inputs, allowed, one.cells, two.cells, strict=True):
        both = domain
        for cell in (a, b):
            both = both if cell is None else both.cut(cell)
        if both.is_empty:
            return None
        where[column.name] = str(both)
    return where


def gaps(table: Table) -> list[dict[str, str]] | None:
    """Return inputs no row matches, by column name (at most 20), or None when undecided.

    Each column is cut into pieces that lie wholly inside or outside every row,
    so trying the pieces tries everything.
    """
    pieces = [_pieces(table, at, domain) for at, domain in enumerate(domains(table))]
    found: list[dict[str, str]] = []
    work = _Work()
    for gap in _gaps(table, pieces, 0, list(table.rows), {}, work):
        found.append(gap)
        if len(found) == MOST_GAPS:
            break
    return None if work.is_spent else found


class _Work:
    """Counts the pieces tried, so that a wide table cannot hold up its page."""

    def __init__(self) -> None:
        self.left = MOST_CUTS

    @property
    def is_spent(self) -> bool:
        return self.left <= 0


def _pieces(table: Table, at: int, domain: ValueSet) -> list[ValueSet]:
    pieces = [domain]
    for cell in {row.cells[at] for row in table.rows}:
        if cell is not None:
            rest = cell.outside()
            pieces = [part for piece in pieces for part in (piece.cut(cell), piece.cut(rest))]
            pieces = [piece for piece in pieces if not piece.is_empty]
    return pieces


def _gaps(
    table: Table,
    pieces: list[list[ValueSet]],
    at: int,
    rows: list[Row],
    said: dict[str, str],
    work: _Work,
) -> Iterator[dict[str, str]]:
    if not rows:
        yield dict(said)
        return
    if at == len(pieces):
        return
    for piece in pieces[at]:
        work.left -= 1
        if work.is_spent:
            return
        alive = [row for row in rows if _covers(row.cells[at], piece)]
        told = said | {table.inputs[at].name: str(piece)}
        yield from _gaps(table, pieces, at + 1, alive, told, work)


def _covers(cell: ValueSet | None, piece: ValueSet) -> bool:
    return cell is None or not cell.cut(piece).is_empty
