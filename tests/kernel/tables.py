"""Small decision tables written on the spot, for tests."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Columns = Sequence[tuple[str, str]]


def table(
    inputs: Columns,
    outputs: Columns,
    rows: Sequence[tuple[Sequence[str], Sequence[str]]],
    *,
    policy: str = "UNIQUE",
    aggregation: str = "",
    domains: dict[str, str] | None = None,
) -> str:
    """Return a DMN 1.3 file; columns are (name, type), rows are (cells, answers)."""
    asked = "".join(_input(name, kind, (domains or {}).get(name)) for name, kind in inputs)
    said = "".join(f'<output id="o_{n}" name="{n}" typeRef="{kind}"/>' for n, kind in outputs)
    rules = "".join(_rule(at, *row) for at, row in enumerate(rows, start=1))
    more = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d" namespace="urn:test">'
        f'<decision id="t" name="Test"><decisionTable id="dt" hitPolicy="{policy}"{more}>'
        f"{asked}{said}{rules}</decisionTable></decision></definitions>"
    )


def _input(name: str, kind: str, domain: str | None) -> str:
    listed = f"<inputValues><text>{escape(domain)}</text></inputValues>" if domain else ""
    return (
        f'<input id="i_{name}" label="{name}"><inputExpression typeRef="{kind}">'
        f"<text>{name}</text></inputExpression>{listed}</input>"
    )


def _rule(number: int, cells: Sequence[str], answers: Sequence[str]) -> str:
    asked = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells)
    said = "".join(f"<outputEntry><text>{escape(each)}</text></outputEntry>" for each in answers)
    return f'<rule id="r{number}">{asked}{said}</rule>'
