"""Who reported a case, as pages show it: masked until somebody who may asks."""

from dataclasses import dataclass
from typing import Any

from wanmi.kernel.personal import mask_word
from wanmi.organisation import queries as organisation

from . import queries
from .models import Case, Reporter

FIELDS = ("name", "phone", "email")


@dataclass(frozen=True)
class Person:
    """Who reported, as far as the reader may know it; `wants_none_told`: asked to stay unnamed."""

    name: str
    phone: str
    email: str
    wants_none_told: bool
    is_masked: bool


def masked(case: Case, scope: organisation.Scope) -> dict[str, Any]:
    """Return what the template shows of the reporter before anybody asks; one query."""
    row = queries.reporter_of(case)
    return {
        "number": case.number,
        "reporter": _person(row, is_masked=True),
        "may_see_reporter": row is not None and may_read(scope, case),
    }


def whole(case: Case) -> dict[str, Any]:
    """Return the reporter unmasked; the caller has recorded that somebody looked."""
    return {"number": case.number, "reporter": _person(queries.reporter_of(case), is_masked=False)}


def may_read(scope: organisation.Scope, case: Case) -> bool:
    """Say whether a person may read who reported a case."""
    return scope.may(organisation.duties.SEE_REPORTER, case.area_path)


def _person(row: Reporter | None, *, is_masked: bool) -> Person | None:
    if row is None or not any(getattr(row, name) for name in FIELDS):
        return None
    name, phone, email = (
        _hidden(getattr(row, field)) if is_masked else getattr(row, field) for field in FIELDS
    )
    return Person(name, phone, email, row.is_anonymous, is_masked)


def _hidden(word: str) -> str:
    return mask_word(word, "mobile" if word.lstrip("+").isdigit() else "") if word else ""
