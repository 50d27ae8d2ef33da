"""The two columns reporters are found by, as index and question both write them.

The indexes hold only who gave a name or a telephone number; a database sees
that it may use one only where the question says the same, letter by letter.
"""

from typing import Any

from django.db.models import BooleanField, F, Func, Index, Q, TextField

TAIL = 4
"""Digits of a telephone number that are indexed."""


class Given(Func):
    """Say whether a text column holds anything."""

    output_field = BooleanField()

    def __init__(self, *columns: Any, **more: Any) -> None:
        super().__init__(*(F(each) if isinstance(each, str) else each for each in columns), **more)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **more: Any) -> tuple[str, tuple[()]]:
        """Write the condition without a parameter, or no index would fit it."""
        return f"{compiler.compile(self.source_expressions[0])[0]} <> ''", ()


class PhoneTail(Func):
    """The last digits of a telephone number, as it was given."""

    output_field = TextField()

    def __init__(self, *columns: Any, **more: Any) -> None:
        super().__init__(*(columns or (F("phone"),)), **more)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[()]]:
        """Write the end as SQLite counts it."""
        return f"SUBSTR({compiler.compile(self.source_expressions[0])[0]}, -{TAIL})", ()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[()]]:
        """Write the end as PostgreSQL counts it."""
        return f"RIGHT({compiler.compile(self.source_expressions[0])[0]}, {TAIL})", ()


def called(name: str) -> Q:
    """Return the condition of having given exactly this name."""
    return Q(Given("name"), name=name)


def ends_with(digits: str) -> Q:
    """Return the condition on rows with `tail` that their number ends with these digits."""
    return Q(Given("phone"), tail=digits[-TAIL:], phone__endswith=digits)


REPORTER_INDEXES = [
    Index(fields=["name"], name="reporter_by_name", condition=Q(Given("name"))),
    Index(PhoneTail(), name="reporter_by_phone", condition=Q(Given("phone"))),
]
