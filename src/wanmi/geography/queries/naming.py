"""The names of areas on every level of a path, kept in memory."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from .. import versions
from ..models import Area, AreaKind

CHUNK = 5000


@dataclass(frozen=True, slots=True)
class AreaName:
    """An area as others show it."""

    id: int
    code: str
    kind: str
    name_zh: str
    name_en: str

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        english = (get_language() or "").startswith("en")
        return (self.name_en or self.name_zh) if english else self.name_zh


_lock = threading.Lock()
_names: dict[str, AreaName | None] = {}
_version = ""


def codes_of(path: str) -> list[str]:
    """Return the codes on a path, from the top."""
    return path.rstrip("/").split("/") if path else []


def names_of(path: str) -> tuple[AreaName, ...]:
    """Return the names on a path from the top down; what has no row is left out."""
    return names_of_many([path])[path]


def names_of_many(paths: Iterable[str]) -> dict[str, tuple[AreaName, ...]]:
    """Return the names on many paths, asking the database at most once for the unknown ones."""
    wanted = {path: codes_of(path) for path in paths}
    names = _known({code for codes in wanted.values() for code in codes})
    return {
        path: tuple(name for code in codes if (name := names.get(code)))
        for path, codes in wanted.items()
    }


def _known(codes: set[str]) -> dict[str, AreaName | None]:
    names = _current()
    missing = [code for code in codes if code not in names]
    for start in range(0, len(missing), CHUNK):
        some = missing[start : start + CHUNK]
        names.update(dict.fromkeys(some))
        names.update(_read(some))
    return names


def _current() -> dict[str, AreaName | None]:
    """Return the kept names, emptied when areas have changed."""
    global _names, _version
    version = versions.current()
    if version != _version:
        with _lock:
            _names, _version = {}, version
    return _names


def _read(codes: list[str]) -> dict[str, AreaName]:
    # A duty grid may carry the code of a unit grid; paths of land name the unit grid.
    rows = Area.objects.filter(code__in=codes).order_by("kind").exclude(kind=AreaKind.DUTY_GRID)
    names = {
        code: AreaName(pk, code, kind, zh, en)
        for pk, code, kind, zh, en in rows.values_list("pk", "code", "kind", "name_zh", "name_en")
    }
    missing = [code for code in codes if code not in names]
    if missing:
        rows = Area.objects.filter(code__in=missing)
        found = rows.values_list("pk", "code", "kind", "name_zh", "name_en")
        names.update({row[1]: AreaName(*row) for row in found})
    return names


def spoken_of_many(paths: Iterable[str]) -> dict[str, str]:
    """Return each path as people say it, from the district down; higher up where it ends there."""
    return {
        path: " · ".join(name.name for name in names[2:] or names[-1:])
        for path, names in names_of_many(set(paths)).items()
    }
