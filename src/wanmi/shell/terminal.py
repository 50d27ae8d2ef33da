"""The panels that rooms put on the field terminal (城管通), offered in `AppConfig.ready()`.

A panel is a template and, if it does anything, one ES module. All panels of a reader stand in
one document, so that every one of them is there without a connection; a module is loaded when
its panel is opened first. What a template says is kept on the phone: it must hold no personal
data beyond the reader's own name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from .menu import Scope


def _nothing(request: HttpRequest) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Panel:
    """A page of the terminal, at `/field/#/KEY`.

    `template` is included; it finds what `context` answers in `data` and may write sentences for
    its script with `json_script`. `script` and `style` are static paths. `is_tab` puts it on the
    bar at the foot (five places), otherwise it stands on the page *More*.
    """

    key: str
    label: str | Promise
    template: str
    icon: str = "list"
    script: str = ""
    style: str = ""
    order: int = 100
    duty: str | None = None
    is_tab: bool = False
    hint: str | Promise = ""
    context: Callable[[HttpRequest], Mapping[str, Any]] = _nothing


Gate = Callable[[HttpRequest], None]
"""Raises what keeps a request from the terminal."""

_panels: dict[str, Panel] = {}
_gates: list[Gate] = []
_background: dict[str, str] = {}


def offer_panel(panel: Panel) -> None:
    """Put a panel on the terminal; the same key again replaces it."""
    _panels[panel.key] = panel


def offer_background(key: str, script: str) -> None:
    """Load an ES module at every start of the terminal, whatever panel is open (static path)."""
    _background[key] = script


def offer_gate(gate: Gate) -> None:
    """Ask somebody before the terminal says anything to a request."""
    if gate not in _gates:
        _gates.append(gate)


def pass_gates(request: HttpRequest) -> None:
    """Raise what keeps this request from the terminal, if anything does."""
    for gate in _gates:
        gate(request)


def panels(scope: Scope) -> list[Panel]:
    """Return the panels this person may open, in order."""
    open_ones = [each for each in _panels.values() if each.duty is None or scope.may(each.duty)]
    return sorted(open_ones, key=lambda panel: (panel.order, panel.key))


def scripts() -> list[str]:
    """Return the static paths of every panel's script, whoever may open it."""
    return sorted({each.script for each in _panels.values() if each.script})


def styles() -> list[str]:
    """Return the static paths of every panel's style sheet."""
    return sorted({each.style for each in _panels.values() if each.style})


def background() -> list[str]:
    """Return the static paths of what runs whatever panel is open."""
    return [_background[key] for key in sorted(_background)]
