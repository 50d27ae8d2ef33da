"""Publishing decision tables: overlapping rows and failing samples are refused."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from wanmi.journal import actions as journal
from wanmi.kernel import dmn
from wanmi.kernel.dmnchecks import overlaps
from wanmi.kernel.errors import FieldError, Invalid, Refused

from .. import events
from ..models import DecisionTable

Sample = dict[str, dict[str, Any]]


class OverlappingRows(Invalid):
    """Rows %(first)s and %(second)s both match %(where)s; only one may."""

    code = "overlapping_rows"


class SampleFails(Invalid):
    """Sample %(number)s: expected %(expected)s, but the table answers %(answer)s."""

    code = "sample_fails"


@dataclass(frozen=True)
class _Offer:
    names: tuple[str, str]
    source: Callable[[], str]


_offers: dict[str, _Offer] = {}


def offer_table(code: str, names: tuple[str, str], source: Callable[[], str]) -> None:
    """Say that a room asks a decision table, what it is called, and what a city begins with."""
    _offers[code] = _Offer(names, source)


def offered_tables() -> list[tuple[str, tuple[str, str]]]:
    """Return the codes of the tables that rooms ask, each with its Chinese and English name."""
    return [(code, offer.names) for code, offer in sorted(_offers.items())]


def offered_source(code: str) -> str:
    """Return the shipped table of a code."""
    return _offers[code].source()


@journal.deed()
def publish_decision(
    code: str,
    source: str,
    samples: list[Sample],
    *,
    name_en: str = "",
    by: journal.Actor = None,
    at: datetime | None = None,
) -> DecisionTable:
    """Publish a decision table as the newest version; the same content changes nothing.

    Raises UnusableTable with each bad cell, OverlappingRows with each pair,
    SampleFails with the first sample that is answered otherwise.
    """
    table = require_unambiguous(source)
    for number, sample in enumerate(samples, start=1):
        require_answer(table, number, sample)
    digest = _digest(source, samples)
    newest = DecisionTable.objects.filter(code=code).order_by("-version").first()
    if newest is not None and newest.digest == digest:
        return newest
    published = DecisionTable.objects.create(
        code=code,
        version=newest.version + 1 if newest else 1,
        name_zh=table.name[:80],
        name_en=(name_en or _name_en(code, newest, table))[:120],
        source=source,
        samples=samples,
        digest=digest,
        published_at=at or datetime.now(UTC),
        published_by_id=getattr(by, "pk", None),
    )
    event = events.DecisionPublished(published.pk, code, published.version, digest)
    journal.publish(event, by=by, at=at)
    return published


def _name_en(code: str, newest: DecisionTable | None, table: dmn.Table) -> str:
    if newest is not None:
        return newest.name_en
    return _offers[code].names[1] if code in _offers else table.name


def require_unambiguous(source: str) -> dmn.Table:
    """Return the table of a DMN file. Raises OverlappingRows naming each pair and its row."""
    table = dmn.read(source)
    found = overlaps(table)
    if not found:
        return table
    errors: list[FieldError] = []
    for each in found:
        refused = OverlappingRows(first=each.first, second=each.second, where=_said(each.where))
        errors.append({"loc": ["rows", each.second], "msg": str(refused)})
    one = found[0]
    raise OverlappingRows(errors=errors, first=one.first, second=one.second, where=_said(one.where))


def require_answer(table: dmn.Table, number: int, sample: Sample) -> None:
    """Refuse a table that answers a sample otherwise than expected."""
    expected = plain_answers(sample.get("expected") or {})
    try:
        answer = plain_answers(dmn.decide(table, sample.get("given") or {}).answers)
    except Refused as refused:
        raise SampleFails(number=number, expected=_said(expected), answer=str(refused)) from None
    wrong = {key: value for key, value in expected.items() if answer.get(key) != value}
    if wrong or (not expected and answer):
        raise SampleFails(number=number, expected=_said(expected), answer=_said(answer))


def plain_answers(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers as JSON can hold them; whole decimals become integers."""
    return {key: _plain(value) for key, value in answers.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, str | int | bool | None) else str(value)


def _said(values: dict[str, Any]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in values.items()) or "-"


def _digest(source: str, samples: list[Sample]) -> str:
    text = source + json.dumps(samples, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
