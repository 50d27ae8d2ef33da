"""Which cases lie in an area: the condition, written so that lists stream newest first.

A range of paths makes the databases fetch the whole area and sort it. The first
15 characters of a path are its district, the first 25 its street; over each
there is an index that goes on with the key, so that a page costs a page.
"""

from typing import Any

from django.db.models import BooleanField, F, Func, Q

INDEXED = (15, 25)
"""Lengths of the paths of districts and streets ("99/9901/990101/")."""


class Below(Func):
    """Say whether an area path is a given path or lies below it."""

    output_field = BooleanField()

    def __init__(self, path: str, field: str = "area_path", **more: Any) -> None:
        super().__init__(F(field), **more)
        self.path = path

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        # Also above the districts, as a range would be taken for a narrow one and sorted.
        if len(self.path) <= INDEXED[-1]:
            return self._beginning(compiler, "SUBSTR")
        return self._range(compiler)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        if len(self.path) in INDEXED:
            return self._beginning(compiler, "SUBSTRING")
        return self._range(compiler)

    def _beginning(self, compiler: Any, function: str) -> tuple[str, list[Any]]:
        column, given = compiler.compile(self.source_expressions[0])
        return f"{function}({column}, 1, {len(self.path)}) = %s", [*given, self.path]

    def _range(self, compiler: Any) -> tuple[str, list[Any]]:
        column, given = compiler.compile(self.source_expressions[0])
        # "0" is the character after the "/" that ends every code.
        bounds = [*given, self.path, *given, self.path[:-1] + "0"]
        return f"({column} >= %s AND {column} < %s)", bounds


def below(*paths: str) -> Q:
    """Return the condition of lying in any of these areas; an empty path is everywhere."""
    if "" in paths:
        return Q()
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(Below(path))
    return condition
