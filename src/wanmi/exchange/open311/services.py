"""What can be reported: the classes in force, and what is asked about each."""

from typing import Any

from django.utils.translation import gettext

from wanmi.catalogue import queries as catalogue
from wanmi.shell.pages import spoken

from .errors import Refusal

CONDITION, PART = "condition", "part"


def listed() -> list[dict[str, Any]]:
    """Return every class in force as a service."""
    return [_service(row) for row in catalogue.categories()]


def _service(row: catalogue.Category) -> dict[str, Any]:
    return {
        "service_code": code_of(row),
        "service_name": spoken(row.name_zh, row.name_en),
        "description": spoken(row.name_zh, row.name_en),
        "metadata": True,
        "type": "realtime",
        "keywords": ", ".join(filter(None, [row.name_zh, row.name_en])),
        "group": spoken(row.major_zh, row.major_en),
    }


def code_of(row: catalogue.Category) -> str:
    """Return the code of a class as a service: "event-06001"."""
    return f"{row.kind}-{row.code}"


def by_code(code: str) -> catalogue.Category:
    """Return the class of a service code. Raises Refusal 404."""
    kind, _, number = code.partition("-")
    named = kind in ("part", "event") and number.isalnum()
    row = catalogue.category(kind, number) if named else None
    if row is None:
        raise Refusal(404, "service_code %(code)s was not found", code=code)
    return row


def definition(code: str) -> dict[str, Any]:
    """Return what is asked about a class: the filing conditions, the part's identifier."""
    row = by_code(code)
    return {"service_code": code, "attributes": attributes(row)}


def attributes(row: catalogue.Category) -> list[dict[str, Any]]:
    """Return the questions about a class; none must be answered."""
    asked = []
    conditions = catalogue.standards_of(row)
    if conditions:
        values = [
            {"key": str(each.condition_no), "name": spoken(each.condition_zh, each.condition_en)}
            for each in conditions
        ]
        words = gettext("What is wrong with it")
        asked.append(_attribute(CONDITION, "singlevaluelist", 1, words, values))
    if row.kind == "part":
        words = gettext("Identifier of the part, as it stands on it")
        asked.append(_attribute(PART, "string", len(asked) + 1, words))
    return asked


def _attribute(
    code: str, datatype: str, order: int, words: str, values: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    return {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": None,
        "order": order,
        "description": words,
        **({"values": values} if values else {}),
    }
