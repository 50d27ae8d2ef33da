"""Panels that rooms above put on the page of one of a room's own things."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

Drawn = SafeString | str


@dataclass(frozen=True)
class Panel:
    """A panel on the page of a thing; `draw` answers "" where the reader may see nothing."""

    name: str
    title: str | Promise
    draw: Callable[[HttpRequest, Any], Drawn]
    order: int = 100


class Panels:
    """The panels of one kind of page."""

    def __init__(self) -> None:
        self._panels: dict[str, Panel] = {}

    def offer(self, panel: Panel) -> None:
        """Put a panel on every such page; the same name again replaces it."""
        self._panels[panel.name] = panel

    def drawn(self, request: HttpRequest, thing: Any) -> list[tuple[str, Drawn]]:
        """Return title and content of the panels for a thing, in order, without the empty ones."""
        panels = sorted(self._panels.values(), key=lambda panel: (panel.order, panel.name))
        drawn = ((str(panel.title), panel.draw(request, thing)) for panel in panels)
        return [(title, inside) for title, inside in drawn if inside]
