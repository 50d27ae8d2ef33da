"""Names of divisions at the head of an address: 示范市江岸区桥头街道桥头路12号."""

from .. import versions
from ..models import Area, AreaKind
from ..wording import normal

_names: dict[str, list[str]] = {}
_version: str | None = None
LONGEST = 20


def strip_divisions(text: str, within: str = "") -> tuple[str, str]:
    """Return the path of the divisions a text begins with, and what follows them.

    A name counts only inside the divisions before it; a text that is nothing
    but a division keeps its last name.
    """
    home, rest = within, text
    for _ in range(6):
        found = _longest(rest, home)
        if found is None:
            break
        home, rest = found
    return home, rest


def _longest(text: str, home: str) -> tuple[str, str] | None:
    for length in range(min(LONGEST, len(text) - 1), 1, -1):
        paths = [path for path in _known().get(text[:length], ()) if path.startswith(home)]
        if paths:
            # Several districts share a name; the highest of them keeps all places in reach.
            path = min(paths, key=lambda each: (each.count("/"), each))
            return (path if len(paths) == 1 else home), text[length:].lstrip(" ,，")
    return None


def _known() -> dict[str, list[str]]:
    """Return paths by name, read again when areas have changed."""
    global _names, _version
    version = versions.current()
    if version != _version:
        _names, _version = _read(), version
    return _names


def _read() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    rows = Area.objects.filter(valid_to__isnull=True).exclude(
        kind__in=[AreaKind.UNIT_GRID, AreaKind.DUTY_GRID]
    )
    for name_zh, name_en, path in rows.values_list("name_zh", "name_en", "path").iterator():
        for name in {normal(name_zh), normal(name_en)} - {""}:
            names.setdefault(name, []).append(path)
    return names
