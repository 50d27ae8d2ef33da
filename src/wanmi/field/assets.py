"""Which files the terminal consists of, and the name of their version.

Scripts import each other by relative paths; following these answers what the service worker
has to keep, and what a start costs.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from wanmi.shell import terminal

SHELL_STYLES = (
    *(
        f"shell/{name}.css"
        for name in (
            *("tokens", "base", "frame", "controls", "status"),
            *("surfaces", "floats", "search", "map", "print"),
        )
    ),
    "field/field.css",
)
START_SCRIPTS = (
    "vendor/htmx/htmx.min.js",
    "shell/start.js",
    "vendor/idb/umd.js",
    "field/wiping.js",
    "shell/vault.js",
    "shell/outbox.js",
    "shell/tus.js",
    "field/sending.js",
    "field/app.js",
)
MAP = tuple(f"vendor/maplibre-gl/maplibre-gl{end}" for end in (".mjs", "-worker.mjs", ".css"))
"""What the map's script names by an address it puts together."""
WORKER = ("shell/rung.js",)
PICTURES = ("shell/icons.svg", "shell/mark.svg", "portal/mark-192.png")
_IMPORT = re.compile(r"""\bimport\s*(?:[\w*{},\s$]+?\bfrom\s*)?["'](\.{1,2}/[^"']+)["']""")
_LATER = re.compile(r"""\bimport\(\s*["'](\.{1,2}/[^"']+)["']""")


@dataclass(frozen=True)
class Assets:
    """Static paths: what a start loads, what panels load when opened, and the rest."""

    start: tuple[str, ...]
    later: tuple[str, ...]
    version: str

    @property
    def urls(self) -> list[str]:
        """Return every address the service worker keeps."""
        return [static(path) for path in (*self.start, *self.later)]


def assets() -> Assets:
    """Return the files of the terminal as they are now; looked at once unless debugging."""
    wanted = tuple(terminal.scripts()), tuple(terminal.styles()), tuple(terminal.background())
    return _collected.__wrapped__(*wanted) if settings.DEBUG else _collected(*wanted)


@lru_cache(maxsize=8)
def _collected(
    panels: tuple[str, ...], styles: tuple[str, ...], background: tuple[str, ...]
) -> Assets:
    start = closure([*START_SCRIPTS, *background])
    more = closure([*start, *panels], also_later=True)
    first = [*SHELL_STYLES, *styles, *start]
    later = [path for path in dict.fromkeys((*more, *MAP, *WORKER, *PICTURES)) if path not in first]
    return Assets(tuple(first), tuple(later), _version([*first, *later]))


def closure(paths: Iterable[str], *, also_later: bool = False) -> list[str]:
    """Return scripts and all they import, by static path; `also_later` follows `import()` too."""
    found: list[str] = []
    ahead = list(paths)
    while ahead:
        path = ahead.pop(0)
        if path in found or (content := read(path)) is None:
            continue
        found.append(path)
        if path.endswith((".js", ".mjs")):
            ahead += _named(path, content, also_later)
    return found


def _named(path: str, content: bytes, also_later: bool) -> list[str]:
    text = content.decode("utf-8", "replace")
    named = _IMPORT.findall(text)
    if also_later:
        named += _LATER.findall(text)
    return [normpath(join(dirname(path), each)) for each in named]


def read(path: str) -> bytes | None:
    """Return the content of a static file, None where there is none."""
    place = finders.find(path)
    return Path(place).read_bytes() if isinstance(place, str) else None


def _version(paths: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.encode() + b"\0" + (read(path) or b""))
    return digest.hexdigest()[:16]
