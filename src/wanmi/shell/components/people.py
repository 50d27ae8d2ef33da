"""People and places in one line."""

from typing import Any

from . import prepares


@prepares("person")
def person(value: Any = "", *, post: str = "", **_: Any) -> dict[str, Any]:
    """A name with its first sign as a face; ``post`` says in which capacity."""
    name = str(value or "")
    return {"name": name, "face": name[:1].upper(), "post": post}


@prepares("areapath")
def areapath(value: Any = (), **_: Any) -> dict[str, Any]:
    """District › street › community, from names or from one text with slashes."""
    names = value.split("/") if isinstance(value, str) else list(value or ())
    return {"names": [str(name) for name in names if name]}
