"""What a component needs worked out before its template can choose and repeat.

A module here registers a function under the component's name; components without one
get exactly what the template gave them.
"""

from collections.abc import Callable
from typing import Any

Prepare = Callable[..., dict[str, Any]]
_prepare: dict[str, Prepare] = {}


def prepares(name: str) -> Callable[[Prepare], Prepare]:
    """Register the function that works out what the component ``name`` shows."""

    def register(function: Prepare) -> Prepare:
        _prepare[name] = function
        return function

    return register


def prepared(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the template of ``name`` is drawn from."""
    prepare = _prepare.get(name)
    return given | prepare(**given) if prepare else dict(given)


from . import cases, people, places, times  # noqa: E402, F401
