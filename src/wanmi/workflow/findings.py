"""What a check of a drawing found: where, how bad, and a sentence for people."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from wanmi.kernel.errors import fill

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing to put right; `element` is the id in the drawing, empty for the whole."""

    element: str
    severity: Severity
    message: str
    params: dict[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the finding in a language."""
        return fill(self.message, self.params, translate)


def error(element: str, message: str, **params: object) -> Finding:
    """Return a finding that forbids publishing."""
    return Finding(element, "error", message, params)


def warning(element: str, message: str, **params: object) -> Finding:
    """Return a finding that asks for a second look."""
    return Finding(element, "warning", message, params)
