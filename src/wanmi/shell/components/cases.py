"""Lamps and phases: the same names, order and hues in lists, maps, charts and on the wall."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import prepares
from .lamps import LAMPS, lamp_key

PHASES = {
    "collection": _("Collection"),
    "filing": _("Filing"),
    "dispatch": _("Dispatch"),
    "handling": _("Handling"),
    "feedback": _("Feedback"),
    "check_and_close": _("Check and close"),
    "evaluation": _("Evaluation"),
}
ENDED = _("Ended")
GROUNDS = {"areas": _("Divisions"), "grids": _("Unit grids"), "duty_grids": _("Duty grids")}


def phase_word(phase: str) -> str:
    """Return the reader's word for a phase; what is past all phases is "ended"."""
    return str(PHASES.get(phase, ENDED))


@prepares("lamp")
def lamp(value: str = "paused", *, text: str = "", bare: bool = False, **_: Any) -> dict[str, Any]:
    """A shape, a colour and a word; ``bare`` keeps the word for screen readers only."""
    key = lamp_key(str(value))
    return {"key": key, "word": text or str(LAMPS[key]), "bare": bare}


@prepares("phase")
def phase(value: str = "ended", **_: Any) -> dict[str, Any]:
    """One phase as a badge in its hue."""
    key = str(value) if str(value) in PHASES else "ended"
    return {"key": key, "word": phase_word(key)}


@prepares("phasebar")
def phasebar(value: str = "ended", *, small: bool = False, **_: Any) -> dict[str, Any]:
    """The seven phases with the current one marked; an ended case has passed them all."""
    keys = list(PHASES)
    at = keys.index(str(value)) if str(value) in PHASES else len(keys)
    steps = [
        {"key": key, "word": phase_word(key), "state": _state(index, at)}
        for index, key in enumerate(keys)
    ]
    spoken = gettext("Phase: %(phase)s") % {"phase": phase_word(str(value))}
    return {"steps": steps, "small": small, "spoken": spoken}


def _state(index: int, at: int) -> str:
    return "passed" if index < at else "current" if index == at else "ahead"


@prepares("legend")
def legend(*, still: bool = False, layers: str = "", **_: Any) -> dict[str, Any]:
    """What the hues and shapes of the map mean; without layers, those of cases."""
    shown = layers.split()
    has_cases = not shown or "cases" in shown
    return {
        "phases": PHASES.items() if has_cases else (),
        "lamps": list(LAMPS) if has_cases else [],
        "grounds": [(name, word) for name, word in GROUNDS.items() if name in shown],
        "has_parts": "parts" in shown,
        "still": still,
    }
