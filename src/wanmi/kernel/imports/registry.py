"""Which kinds can be imported: rooms offer loaders, the command asks for them."""

from collections.abc import Callable
from dataclasses import dataclass

from wanmi.kernel.errors import Invalid
from wanmi.kernel.imports.reading import Options, Source
from wanmi.kernel.imports.report import Report

Loader = Callable[[Source, Options], Report]


class UnknownKind(Invalid):
    """There is no import of “%(kind)s”; known are %(known)s."""

    code = "unknown_import_kind"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import: its name on the command line, who loads it, a line of help (msgid)."""

    name: str
    loader: Loader
    summary: str = ""


_OFFERED: dict[str, Kind] = {}


def offer(kind: str, loader: Loader, *, summary: str = "") -> None:
    """Make a kind importable; a later offer replaces an earlier one."""
    _OFFERED[kind] = Kind(kind, loader, summary)


def kinds() -> list[Kind]:
    """Return everything that can be imported, by name."""
    return [_OFFERED[name] for name in sorted(_OFFERED)]


def loader(kind: str) -> Loader:
    """Return the loader of a kind."""
    if kind not in _OFFERED:
        raise UnknownKind(kind=kind, known=", ".join(sorted(_OFFERED)))
    return _OFFERED[kind].loader
