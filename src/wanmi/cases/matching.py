"""The column of words and its one question: `words__match=question`.

SQLite answers from FTS5, PostgreSQL from a tsvector with a GIN index; both hold
the same words (see `searching`), so that both find the same cases.
"""

from typing import Any

from django.db import models
from django.db.models import Lookup

from . import searching


class WordsField(models.TextField):
    """Words separated by spaces, indexed by the migration in each database's own way."""


@WordsField.register_lookup
class Match(Lookup):
    """All groups of the question are met by the row's words."""

    lookup_name = "match"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        # FTS5 is asked through its hidden column, which has the name of the table.
        table = connection.ops.quote_name(self._column().target.model._meta.db_table)
        return f"{self._alias(connection)}.{table} MATCH %s", [searching.as_fts5(self.rhs)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        return f"{self._alias(connection)}.vector @@ %s::tsquery", [searching.as_tsquery(self.rhs)]

    def _alias(self, connection: Any) -> str:
        return str(connection.ops.quote_name(self._column().alias))

    def _column(self) -> Any:  # a Col, which the stubs do not know as the left side
        return self.lhs
