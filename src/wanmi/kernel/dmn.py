"""Decision tables in DMN 1.3, read and worked out strictly.

A table that could answer two ways is wrong where law and limits are concerned:
with hit policy UNIQUE two matching rows are an error that names them, never a
silent first. Hit policies: UNIQUE, FIRST, ANY (rows that match together must
agree), COLLECT with SUM, MIN, MAX, COUNT or none. Cells are those of
`unarytests`; whatever else a file holds is refused with its place.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lxml import etree

from wanmi.kernel.errors import Conflict, FieldError, Invalid, Phrase
from wanmi.kernel.unarytests import NotATest, as_value, read_cell, read_literal
from wanmi.kernel.valuesets import Kind, Value, ValueSet, everything

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
LARGEST_BYTES = 1_000_000
MOST_ROWS = 2000
MOST_COLUMNS = 50

HIT_POLICIES = ("UNIQUE", "FIRST", "ANY", "COLLECT")
AGGREGATIONS = ("", "SUM", "MIN", "MAX", "COUNT")
_KINDS = {
    "string": Kind.STRING,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
    "integer": Kind.INTEGER,
    "long": Kind.INTEGER,
    "number": Kind.NUMBER,
    "double": Kind.NUMBER,
}
_NAME = re.compile(r"[A-Za-z_]\w{0,59}", re.ASCII)


class UnusableTable(Invalid):
    """This decision table cannot be used: %(reason)s"""

    code = "unusable_table"


class UnusableCell(UnusableTable):
    """Row %(row)s, column “%(column)s”: “%(text)s” is not understood."""

    code = "unusable_cell"


class UnusableInput(Invalid):
    """“%(text)s” does not fit the column “%(column)s”."""

    code = "unusable_input"


class Ambiguous(Conflict):
    """Rows %(rows)s match together, but only one may."""

    code = "ambiguous_decision"


@dataclass(frozen=True, slots=True)
class Column:
    """A question (input) or an answer (output) of the table; `domain` limits a question."""

    id: str
    name: str
    label: str
    kind: Kind
    domain: ValueSet | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One rule; `number` is as people count, from 1. No set in `cells` means any value."""

    number: int
    id: str
    cells: tuple[ValueSet | None, ...]
    answers: tuple[Value | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table, ready to be asked."""

    id: str
    name: str
    hit_policy: str
    aggregation: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a table answers: the numbers of the rows that matched, and their answers by name.

    Of COLLECT without aggregation each answer is a list; nothing matched gives no answers.
    """

    rows: tuple[int, ...]
    answers: dict[str, Any]


def decide(table: Table, given: Mapping[str, object]) -> Decision:
    """Answer for some inputs. Raises Ambiguous with the rows, UnusableInput with the column."""
    values = [_value(column, given.get(column.name)) for column in table.inputs]
    matching = [row for row in table.rows if _matches(row, values)]
    if not matching:
        return Decision((), _aggregate(table, []) if table.hit_policy == "COLLECT" else {})
    if table.hit_policy == "FIRST":
        matching = matching[:1]
    numbers = tuple(row.number for row in matching)
    if table.hit_policy == "COLLECT":
        return Decision(numbers, _aggregate(table, matching))
    if table.hit_policy == "UNIQUE" and len(matching) > 1:
        raise Ambiguous(rows=", ".join(map(str, numbers)))
    if any(row.answers != matching[0].answers for row in matching):
        raise Ambiguous(rows=", ".join(map(str, numbers)))
    names = (column.name for column in table.outputs)
    return Decision(numbers, dict(zip(names, matching[0].answers, strict=True)))


def _value(column: Column, given: object) -> Value | None:
    try:
        value = as_value(given, column.kind)
    except NotATest:
        raise UnusableInput(text=str(given)[:60], column=column.label) from None
    if value is not None and column.domain is not None and not column.domain.holds(value):
        raise UnusableInput(text=str(given)[:60], column=column.label)
    return value


def _matches(row: Row, values: list[Value | None]) -> bool:
    return all(
        cell is None or (value is not None and cell.holds(value))
        for cell, value in zip(row.cells, values, strict=True)
    )


def _aggregate(table: Table, rows: list[Row]) -> dict[str, Any]:
    return {
        column.name: _collected(table.aggregation, [row.answers[at] for row in rows])
        for at, column in enumerate(table.outputs)
    }


def _collected(aggregation: str, answers: list[Value | None]) -> object:
    said = [answer for answer in answers if answer is not None]
    if aggregation == "COUNT":
        return len(said)
    if aggregation == "SUM":
        return sum((answer for answer in said if isinstance(answer, Decimal)), Decimal(0))
    if aggregation in ("MIN", "MAX"):
        choose: Any = min if aggregation == "MIN" else max  # one kind a column
        return choose(said) if said else None
    return said


def read(xml: str | bytes) -> Table:
    """Read the one decision table of a DMN file. Raises UnusableTable with every bad cell."""
    decision, table = _found(_parse(xml))
    inputs = tuple(_input(node) for node in table.findall(_in("input")))
    outputs = tuple(_output(node) for node in table.findall(_in("output")))
    rules = table.findall(_in("rule"))
    _check_size(inputs, outputs, rules)
    policy = table.get("hitPolicy") or "UNIQUE"
    aggregation = table.get("aggregation") or ""
    _check_policy(policy, aggregation, outputs)
    faults: list[FieldError] = []
    rows = tuple(
        _row(number, node, inputs, outputs, faults) for number, node in enumerate(rules, start=1)
    )
    if faults:
        raise UnusableTable(reason=faults[0]["msg"], errors=faults)
    name = decision.get("name") or str(decision.get("id"))
    return Table(str(decision.get("id")), name, policy, aggregation, inputs, outputs, rows)


def _in(tag: str) -> str:
    return f"{{{DMN}}}{tag}"


def _parse(xml: str | bytes) -> etree._Element:
    data = xml.encode() if isinstance(xml, str) else xml
    if len(data) > LARGEST_BYTES:
        raise UnusableTable(reason=Phrase("the file is too large"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnusableTable(reason=Phrase("it is not XML")) from None
    if getattr(root.getroottree().docinfo, "doctype", ""):  # missing in the stubs
        raise UnusableTable(reason=Phrase("a document type is not allowed"))
    if root.tag != _in("definitions"):
        raise UnusableTable(reason=Phrase("it is not DMN 1.3"))
    return root


def _found(root: etree._Element) -> tuple[etree._Element, etree._Element]:
    tables = list(root.iter(_in("decisionTable")))
    if len(tables) != 1 or len(root.findall(_in("decision"))) != 1:
        raise UnusableTable(reason=Phrase("it must hold exactly one decision table"))
    decision = tables[0].getparent()
    assert decision is not None  # a table found below the root has a parent
    return decision, tables[0]


def _check_size(
    inputs: tuple[Column, ...], outputs: tuple[Column, ...], rules: list[etree._Element]
) -> None:
    if not inputs or not outputs:
        raise UnusableTable(reason=Phrase("it needs an input and an output column"))
    if len(rules) > MOST_ROWS or len(inputs) + len(outputs) > MOST_COLUMNS:
        raise UnusableTable(reason=Phrase("it has too many rows or columns"))
    names = [column.name for column in (*inputs, *outputs)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UnusableTable(reason=f"“{twice}” is the name of two columns")


def _check_policy(policy: str, aggregation: str, outputs: tuple[Column, ...]) -> None:
    if policy not in HIT_POLICIES:
        raise UnusableTable(reason=f"hit policy {policy} is not known here")
    if aggregation not in AGGREGATIONS or (aggregation and policy != "COLLECT"):
        raise UnusableTable(reason=f"aggregation {aggregation} is not known here")
    if aggregation == "SUM" and any(
        column.kind not in (Kind.NUMBER, Kind.INTEGER) for column in outputs
    ):
        raise UnusableTable(reason=Phrase("only numbers can be summed up"))


def _input(node: etree._Element) -> Column:
    asked = node.find(_in("inputExpression"))
    name = _text(asked) if asked is not None else ""
    kind = _kind(asked.get("typeRef") if asked is not None else None, name)
    label = node.get("label") or name
    return Column(str(node.get("id")), _name(name), label, kind, _domain(node, label, kind))


def _output(node: etree._Element) -> Column:
    name = node.get("name") or ""
    kind = _kind(node.get("typeRef"), name)
    return Column(str(node.get("id")), _name(name), node.get("label") or name, kind)


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise UnusableTable(reason=f"“{name[:60]}” is no name for a column")
    return name


def _kind(type_ref: str | None, column: str) -> Kind:
    kind = _KINDS.get((type_ref or "string").rpartition(":")[2])
    if kind is None:
        raise UnusableTable(reason=f"column “{column}” has the unknown type {type_ref}")
    return kind


def _domain(node: etree._Element, label: str, kind: Kind) -> ValueSet | None:
    listed = node.find(_in("inputValues"))
    text = _text(listed) if listed is not None else ""
    try:
        return read_cell(text, kind)
    except NotATest:
        raise UnusableCell(row=0, column=label, text=text[:60]) from None


def _row(
    number: int,
    node: etree._Element,
    inputs: tuple[Column, ...],
    outputs: tuple[Column, ...],
    faults: list[FieldError],
) -> Row:
    asked = [_text(each) for each in node.findall(_in("inputEntry"))]
    said = [_text(each) for each in node.findall(_in("outputEntry"))]
    if len(asked) != len(inputs) or len(said) != len(outputs):
        raise UnusableTable(reason=f"row {number} has not one cell per column")
    cells = [
        _try(read_cell, text, column, number, faults)
        for text, column in zip(asked, inputs, strict=True)
    ]
    answers = [
        _try(read_literal, text, column, number, faults)
        for text, column in zip(said, outputs, strict=True)
    ]
    notes = (_text(each) for each in node.findall(_in("annotationEntry")))
    note = node.findtext(_in("description")) or "; ".join(filter(None, notes))
    return Row(number, str(node.get("id")), tuple(cells), tuple(answers), note)


def _try(reader: Any, text: str, column: Column, number: int, faults: list[FieldError]) -> Any:
    try:
        return reader(text, column.kind)
    except NotATest:
        fault = UnusableCell(row=number, column=column.label, text=text[:60])
        faults.append({"loc": ["rows", number, column.name], "msg": str(fault)})
        return None


def _text(node: etree._Element) -> str:
    return (node.findtext(_in("text")) or "").strip()


def domains(table: Table) -> Iterator[ValueSet]:
    """Yield what each input column may hold at all."""
    for column in table.inputs:
        yield column.domain if column.domain is not None else everything(column.kind)
