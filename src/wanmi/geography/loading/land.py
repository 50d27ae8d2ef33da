"""Boundaries that overlap: a sliver is noted, more is refused; never swallowed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.db.models import Q

from wanmi.kernel.errors import Conflict, Phrase
from wanmi.kernel.imports import Report

from ..models import Area
from ..shapes import Shape, areas_m2, overlaps

if TYPE_CHECKING:
    from .areas import Candidate

SLIVER = 0.01
"""Up to this share of the smaller area an overlap is taken for inexact digitising."""


class Overlap(Conflict):
    """%(code)s overlaps %(other)s by %(area)s m²; land belongs to one area of a kind."""

    code = "areas_overlap"


def without_overlaps(candidates: list["Candidate"], report: Report) -> list["Candidate"]:
    """Refuse a boundary that takes land of a lower code or of an area that stood before."""
    refused: set[int] = set()
    for kind in sorted({c.new.kind for c in candidates if c.new.boundary is not None}):
        _check(kind, [c for c in candidates if c.new.kind == kind], refused, report)
    return [candidate for candidate in candidates if candidate.line not in refused]


def _check(kind: str, candidates: list["Candidate"], refused: set[int], report: Report) -> None:
    drawn = [(c, c.new.boundary) for c in candidates if c.new.boundary is not None]
    drawn.sort(key=lambda pair: pair[0].new.code)
    coming = {candidate.new.code for candidate, _ in drawn}
    standing = [
        area for area in _around(kind, [shape for _, shape in drawn]) if area[0] not in coming
    ]
    codes = [code for code, _ in standing] + [c.new.code for c, _ in drawn]
    shapes = [shape for _, shape in standing] + [shape for _, shape in drawn]
    size = areas_m2(shapes) if shapes else np.empty(0)
    for left, right, common in overlaps(shapes):
        if right < len(standing):
            continue
        line = drawn[right - len(standing)][0].line
        # Any: parameters of a sentence, text and number.
        told: dict[str, Any] = {"other": codes[left], "area": round(common)}
        if common <= SLIVER * min(size[left], size[right]):
            report.note_repair(
                line,
                Phrase(
                    "The boundary overlaps %(other)s by %(area)s m²; a point there belongs to "
                    "the lower code."
                ),
                **told,
            )
        elif line not in refused:
            refused.add(line)
            report.reject(line, Overlap(code=codes[right], **told))


def _around(kind: str, shapes: list[Shape]) -> Iterator[tuple[str, Shape]]:
    """Give the valid areas of a kind near these shapes."""
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    rows = Area.objects.filter(
        Q(west__lte=east, east__gte=west, south__lte=north, north__gte=south),
        kind=kind,
        valid_to__isnull=True,
    )
    for code, wkb in rows.order_by("code").values_list("code", "boundary").iterator():
        yield code, shapely.from_wkb(bytes(wkb or b""))
