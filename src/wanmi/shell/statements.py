"""Statements of a table, written once and then only filled in.

The ORM works out the same SQL anew for every row, which costs several times what the database
takes for it. On the few paths that every report and every step of a case goes along, these
statements read and change rows of a model by equality (`journal.insert` enters them);
everything else uses the ORM.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connections, models, router

from . import sending

Row = TypeVar("Row", bound=models.Model)


class Statements(Generic[Row]):
    """The prepared statements of one model. Values are what the model's fields take."""

    def __init__(self, model: type[Row], *, without: Sequence[str] = ()) -> None:
        """Prepare for a model; columns of ``without`` are left to be read when asked for."""
        self.model = model
        self._without = frozenset(without)
        self._texts: dict[tuple[Any, ...], str] = {}
        self._converters: dict[str, list[tuple[int, list[Any], Any]]] = {}

    def find(self, *, lock: bool = False, **equal: Any) -> list[Row]:
        """Return the rows whose columns have these values (None: is null), by primary key."""
        alias = router.db_for_write(self.model) if lock else router.db_for_read(self.model)
        names = tuple((name, value is None) for name, value in equal.items())
        sql = self._text(("find", alias, lock, names), lambda: self._select(alias, names, lock))
        given = [self._given(name, equal[name], alias) for name, empty in names if not empty]
        return self._rows(alias, sending.run(sql, given, alias))

    def find_where(self, condition: str, values: Sequence[Any]) -> list[Row]:
        """Return the rows that fit a condition that is written out."""
        alias = router.db_for_read(self.model)
        sql = self._text(
            ("where", alias, condition), lambda: f"{self._select_all(alias)} WHERE {condition}"
        )
        return self._rows(alias, sending.run(sql, values, alias))

    def change(
        self,
        key: Any,
        columns: Mapping[str, Any],
        *,
        only_if: Mapping[str, Any] | None = None,
        count_up: Sequence[str] = (),
    ) -> int:
        """Change columns of one row, if it still has the values of ``only_if``; return how many.

        Columns of ``count_up`` grow by one.
        """
        alias = router.db_for_write(self.model)
        condition = {self._key.attname: key, **(only_if or {})}
        names = tuple((name, value is None) for name, value in condition.items())
        shape = ("change", alias, tuple(columns), tuple(count_up), names)
        sql = self._text(shape, lambda: self._update(alias, columns, count_up, names))
        given = [self._given(name, value, alias) for name, value in columns.items()]
        given += [self._given(name, condition[name], alias) for name, empty in names if not empty]
        return sending.count(sql, given, alias)

    @cached_property
    def _fields(self) -> list[Any]:
        fields = self.model._meta.concrete_fields
        return [field for field in fields if field.attname not in self._without]

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        return {field.attname: field for field in self._fields}

    @cached_property
    def _key(self) -> Any:
        return self.model._meta.pk

    def _given(self, name: str, value: Any, alias: str) -> Any:
        return self._by_name[name].get_db_prep_save(value, connections[alias])

    def _text(self, shape: tuple[Any, ...], write: Callable[[], str]) -> str:
        if shape not in self._texts:
            self._texts[shape] = write()
        return self._texts[shape]

    def _rows(self, alias: str, rows: Sequence[Sequence[Any]]) -> list[Row]:
        names = [field.attname for field in self._fields]
        return [self.model.from_db(alias, names, self._read(alias, row)) for row in rows]

    def _select_all(self, alias: str) -> str:
        quote = connections[alias].ops.quote_name
        columns = ", ".join(quote(field.column) for field in self._fields)
        return f"SELECT {columns} FROM {self._table(alias)}"  # noqa: S608  # names of our own columns

    def _select(self, alias: str, names: tuple[tuple[str, bool], ...], lock: bool) -> str:
        quote = connections[alias].ops.quote_name
        sql = f"{self._select_all(alias)}{self._where(alias, names)}"
        sql += f" ORDER BY {quote(self._key.column)}"
        has_lock = lock and connections[alias].features.has_select_for_update
        return sql + " FOR UPDATE" if has_lock else sql

    def _update(
        self,
        alias: str,
        columns: Mapping[str, Any],
        count_up: Sequence[str],
        names: tuple[tuple[str, bool], ...],
    ) -> str:
        quote = connections[alias].ops.quote_name
        set_to = [f"{quote(self._by_name[name].column)} = %s" for name in columns]
        for name in count_up:
            column = quote(self._by_name[name].column)
            set_to.append(f"{column} = {column} + 1")
        return f"UPDATE {self._table(alias)} SET {', '.join(set_to)}{self._where(alias, names)}"  # noqa: S608  # names of our own columns

    def _where(self, alias: str, names: tuple[tuple[str, bool], ...]) -> str:
        quote = connections[alias].ops.quote_name
        conditions = [
            f"{quote(self._by_name[name].column)} {'IS NULL' if empty else '= %s'}"
            for name, empty in names
        ]
        return f" WHERE {' AND '.join(conditions)}"

    def _table(self, alias: str) -> str:
        return connections[alias].ops.quote_name(self.model._meta.db_table)

    def _read(self, alias: str, row: Sequence[Any]) -> list[Any]:
        """Return a row's values as the model's fields give them."""
        if alias not in self._converters:
            self._converters[alias] = list(self._converting(alias))
        values, connection = list(row), connections[alias]
        for place, convert, column in self._converters[alias]:
            for each in convert:
                values[place] = each(values[place], column, connection)
        return values

    def _converting(self, alias: str) -> Any:
        connection = connections[alias]
        for place, field in enumerate(self._fields):
            column = field.get_col(self.model._meta.db_table)
            found = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
            if found:
                yield place, found, column
