"""What a city's decision tables say about a case: the department, and the limit without a standard.

Tables are asked with these inputs, all text: kind, category (minor code), major,
district, street (division codes), level ("urgent" or "ordinary"), control (the
name of the control that shortens limits there and then, or "none"). Table
`routing` answers `department` (a body's code or name); table `limits` answers
`limit_value` and `limit_type`. Where a city has no table, or no row matches, the
shipped rules go on.
"""

from datetime import datetime
from importlib.resources import files
from typing import Any

from wanmi.catalogue import queries as catalogue
from wanmi.kernel import dmn
from wanmi.kernel.limits import Limit
from wanmi.workflow import queries as workflow

from .control.queries import shorter_limit

ROUTING, LIMITS = "routing", "limits"


def facts_of(
    category: catalogue.Category | None,
    area_path: str,
    is_urgent: bool,
    reported_at: datetime | None = None,
) -> dict[str, Any]:
    """Return the inputs of the tables for a case of a class at a place, reported at a moment."""
    held = shorter_limit(category, area_path, reported_at) if reported_at else None
    codes = area_path.split("/")
    return {
        "kind": category.kind if category else None,
        "category": category.code if category else None,
        "major": category.major_code if category else None,
        "district": codes[2] if len(codes) > 3 else None,
        "street": codes[3] if len(codes) > 4 else None,
        "level": "urgent" if is_urgent else "ordinary",
        "control": held[0].name_zh if held else "none",
    }


def department_by_table(facts: dict[str, Any]) -> str | None:
    """Return the code or name of the department the city's table names."""
    found = _asked(ROUTING, facts)
    named = found.answers.get("department") if found else None
    return str(named) if named else None


def limit_by_table(facts: dict[str, Any]) -> Limit | None:
    """Return the handling limit the city's table gives a class without a filing standard."""
    found = _asked(LIMITS, facts)
    if found is None or not found.answers.get("limit_value"):
        return None
    return Limit(found.answers["limit_value"], found.answers.get("limit_type") or "work_day")


def _asked(code: str, facts: dict[str, Any]) -> dmn.Decision | None:
    """Ask a table; values it does not speak of are like no matching row."""
    try:
        return workflow.decide(code, facts)
    except dmn.UnusableInput:
        return None


def shipped_table(code: str) -> str:
    """Return the table we ship under a code, for a city to begin with."""
    return (files("wanmi.cases") / "data" / "decisions" / f"{code}.dmn").read_text("utf-8")
