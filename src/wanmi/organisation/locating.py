"""Where things of upper rooms lie, for the explanation of rights."""

from collections.abc import Callable

from .scope import Scope

Locate = Callable[[Scope, str], str | None]
_locators: list[Locate] = []


def offer_locator(locate: Locate) -> None:
    """Say in which area a thing lies that people name (a case by its number); None for no thing."""
    if locate not in _locators:
        _locators.append(locate)


def place_of(scope: Scope, name: str) -> str | None:
    """Return the area path of a thing the reader may see, None where no room knows it."""
    found = (locate(scope, name) for locate in _locators)
    return next((path for path in found if path is not None), None)
