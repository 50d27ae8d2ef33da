"""Offering a panel for the page of a part: the rooms above say what concerns it there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from ..models import Part


@dataclass(frozen=True)
class Panel:
    """A panel on the page of a part; `draw` answers "" where the reader may see nothing."""

    name: str
    title: str | Promise
    draw: Callable[[HttpRequest, Part], SafeString | str]
    order: int = 100


_panels: dict[str, Panel] = {}


def offer_panel(panel: Panel) -> None:
    """Put a panel on the page of every part; the same name again replaces it."""
    _panels[panel.name] = panel


def panels() -> list[Panel]:
    """Return the panels on offer, in order."""
    return sorted(_panels.values(), key=lambda panel: (panel.order, panel.name))
