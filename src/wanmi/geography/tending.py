"""Who is responsible for a duty grid: rooms above know, and say it here."""

from collections.abc import Callable, Sequence

from wanmi.shell.panels import Panel, Panels

Names = Callable[[Sequence[int]], dict[int, str]]
"""From the keys of duty grids to who is responsible for each; one question."""

area_panels = Panels()
"""What rooms above put on the page of an area."""
offer_area_panel = area_panels.offer
_names: list[Names] = []


def offer_tending(names: Names) -> None:
    """Let a room above say who is responsible for duty grids."""
    _names[:] = [names]


def who_tends(keys: Sequence[int]) -> dict[int, str]:
    """Return who is responsible for each duty grid, as far as anybody is."""
    found: dict[int, str] = {}
    for names in _names:
        found |= names(keys)
    return found


__all__ = ["Panel", "area_panels", "offer_area_panel", "offer_tending", "who_tends"]
