"""Which parts of a file stand in the register already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wanmi.kernel import cells

from .actions import NewPart
from .models import Part

CHUNK = 500


@dataclass(frozen=True)
class Standing:
    """Parts by identifier and, for rows without one, by class and cell (about 0.6 m)."""

    by_identifier: dict[str, Part]
    by_place: dict[tuple[int, int], Part]

    @classmethod
    def of(cls, rows: Sequence[NewPart]) -> "Standing":
        """Look up the parts a file speaks of, in few questions."""
        named = [new.identifier for new in rows if new.identifier]
        places = {(new.category.pk, _cell(new)) for new in rows if not new.identifier}
        found = _having("identifier", named)
        near = _having("cell", [cell for _, cell in places])
        return cls(
            {part.identifier: part for part in found},
            {(part.category_id, part.cell): part for part in near if not part.is_retired},
        )

    def find(self, new: NewPart) -> Part | None:
        """Return the part a row means, None for a new one."""
        if new.identifier:
            return self.by_identifier.get(new.identifier)
        return self.by_place.get((new.category.pk, _cell(new)))


def _cell(new: NewPart) -> int:
    return cells.cell(new.lon, new.lat)


def _having(field: str, values: list[str] | list[int]) -> Iterable[Part]:
    for start in range(0, len(values), CHUNK):
        yield from Part.objects.filter(**{f"{field}__in": values[start : start + CHUNK]})
