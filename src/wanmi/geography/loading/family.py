"""Rows whose parents are missing, in a circle or of a lower kind, told line by line."""

from typing import TYPE_CHECKING

from wanmi.kernel.errors import Refused
from wanmi.kernel.imports import Report

from ..actions.lineage import RANK, CyclicParents, MissingParent, WrongParent, known_areas

if TYPE_CHECKING:
    from .areas import Candidate


def without_orphans(candidates: list["Candidate"], report: Report) -> list["Candidate"]:
    """Keep the rows whose line of parents is whole; children of a refused row are refused too."""
    fresh = {c.new.code: c for c in candidates if c.known is None}
    outside = {c.new.parent_code for c in fresh.values()} - set(fresh) - {""}
    ranks = {area.code: RANK[area.kind] for area in known_areas(outside)}
    ranks |= {code: RANK[c.new.kind] for code, c in fresh.items()}
    faults = {code: _fault(c, fresh, ranks) for code, c in fresh.items()}
    kept = []
    for candidate in candidates:
        fault = faults.get(candidate.new.code) if candidate.known is None else None
        if fault is None:
            kept.append(candidate)
        else:
            report.reject(candidate.line, fault)
    return kept


def _fault(
    candidate: "Candidate", fresh: dict[str, "Candidate"], ranks: dict[str, int]
) -> Refused | None:
    """Return what is wrong with a row or with one of its forefathers in the file."""
    line, is_circle = _forefathers(candidate, fresh)
    if is_circle:
        return CyclicParents(codes=" → ".join(line))
    for code in line:
        parent = fresh[code].new.parent_code
        if parent and parent not in ranks:
            return MissingParent(codes=parent)
        if parent and ranks[parent] >= ranks[code]:
            return WrongParent(code=code, parent=parent)
    return None


def _forefathers(candidate: "Candidate", fresh: dict[str, "Candidate"]) -> tuple[list[str], bool]:
    """Return the codes from a row upwards as far as the file goes, and whether they close."""
    line: list[str] = []
    code = candidate.new.code
    while code in fresh:
        if code in line:
            return [*line, code], True
        line.append(code)
        code = fresh[code].new.parent_code
    return line, False
