"""Service requests as others may see them: published ones, personal data masked."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from wanmi.intake import queries as contacts
from wanmi.kernel import cells
from wanmi.kernel.personal import mask
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken

from .errors import Refusal

SPAN = timedelta(days=90)
MOST, PAGE = 1000, 50
COLUMNS = (
    "tracking_code",
    "words",
    "address",
    "lon",
    "lat",
    "is_owed",
    "received_at",
    "answered_at",
    "case__state",
    "case__kind",
    "case__category_code",
    "case__category_zh",
    "case__category_en",
    "case__due_at",
    "case__filed_at",
    "case__dispatched_at",
    "case__handled_at",
    "case__checked_at",
    "case__department_id",
)


def wanted(given: Mapping[str, str], *, now: datetime | None = None) -> list[dict[str, Any]]:
    """Return the requests asked for, newest first: 90 days or 1,000 at most. Raises Refusal."""
    now = now or datetime.now(UTC)
    if given.get("service_request_id"):
        said = [code.strip().upper() for code in given["service_request_id"].split(",")][:MOST]
        codes = [code for code in said if code.isalnum()]
        return _answers(contacts.published().filter(tracking_code__in=codes))
    rows = _by_time(contacts.published(), given, now)
    rows = _by_status(rows, given.get("status", ""))
    rows = _by_service(rows, given.get("service_code", ""))
    rows = _by_box(rows, given.get("bbox", ""))
    first, size = _page(given)
    return _answers(rows.order_by("-received_at", "-pk")[first : first + size])


def one(code: str) -> dict[str, Any]:
    """Return one request by its tracking code; whoever has the code may follow it."""
    wanted = code.strip().upper()
    rows = contacts.followed().filter(tracking_code=wanted) if wanted.isalnum() else None
    found = _answers(rows) if rows is not None else []
    if not found:
        raise Refusal(404, "service_request_id %(code)s was not found", code=code[:40])
    return found[0]


def _by_time(rows: QuerySet[Any], given: Mapping[str, str], now: datetime) -> QuerySet[Any]:
    start, end = (_moment(given, name) for name in ("start_date", "end_date"))
    if start is not None and end is not None and not timedelta(0) <= end - start <= SPAN:
        raise Refusal(400, "start_date and end_date must span 90 days at most")
    end = end or (start + SPAN if start else now)
    start = start or end - SPAN
    return rows.filter(received_at__gte=start, received_at__lte=end)


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    """Return a moment of ISO 8601 (W3C); without a zone it is in UTC."""
    text = given.get(name, "").strip().replace(" ", "+")
    if not text:
        return None
    try:
        value = parse_datetime(text)
    except ValueError:
        value = None
    if value is None:
        raise Refusal(400, "%(name)s must be a date and time in ISO 8601", name=name)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _by_status(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    states = {word.strip() for word in text.split(",") if word.strip()}
    if not states <= {"open", "closed"}:
        raise Refusal(400, "status is open or closed")
    return rows.filter(is_owed=states == {"open"}) if len(states) == 1 else rows


def _by_service(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    codes = [word.strip() for word in text.split(",") if word.strip()][:50]
    if not codes:
        return rows
    fits = Q(pk__in=[])
    for code in codes:
        kind, _, number = code.partition("-")
        if not number.isalnum():
            continue
        fits |= Q(case__kind=kind, case__category_code=number)
    return rows.filter(fits)


def _by_box(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Return the requests within west,south,east,north in degrees of WGS-84."""
    if not text:
        return rows
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        fits = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    except ValueError:
        fits = False
    if not fits:
        raise Refusal(400, "bbox must be west,south,east,north in degrees")
    covering = Q(pk__in=[])
    for first, last in cells.covering(west, south, east, north):
        covering |= Q(cell__gte=first, cell__lte=last)
    inside = Q(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    return rows.filter(covering & inside)


def _page(given: Mapping[str, str]) -> tuple[int, int]:
    """Return the first row and how many; without a page the first 1,000."""
    if not given.get("page") and not given.get("page_size"):
        return 0, MOST
    page, size = given.get("page", "1"), given.get("page_size", str(PAGE))
    fits = all(text.isascii() and text.isdigit() and 0 < int(text) <= MOST for text in (page, size))
    if not fits:
        raise Refusal(400, "page and page_size are whole numbers from 1 to 1000")
    return (int(page) - 1) * int(size), int(size)


def _answers(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    found = list(rows.values(*COLUMNS))
    bodies = organisation.body_names({row["case__department_id"] for row in found} - {None})
    return [_answer(row, bodies) for row in found]


def _answer(row: Mapping[str, Any], bodies: Mapping[int, str]) -> dict[str, Any]:
    kind, code = row["case__kind"] or "", row["case__category_code"] or ""
    return {
        "service_request_id": row["tracking_code"],
        "status": "open" if row["is_owed"] else "closed",
        "status_notes": None if row["is_owed"] else gettext("It has been answered."),
        "service_name": spoken(row["case__category_zh"] or "", row["case__category_en"] or ""),
        "service_code": f"{kind}-{code}" if code else None,
        "description": mask(row["words"]),
        "agency_responsible": bodies.get(row["case__department_id"]),
        "service_notice": None,
        "requested_datetime": row["received_at"].isoformat(),
        "updated_datetime": _latest(row).isoformat(),
        "expected_datetime": row["case__due_at"].isoformat() if row["case__due_at"] else None,
        "address": mask(row["address"]) or None,
        "address_id": None,
        "zipcode": None,
        "lat": row["lat"],
        "long": row["lon"],
        "media_url": None,
    }


def _latest(row: Mapping[str, Any]) -> datetime:
    steps = ("filed_at", "dispatched_at", "handled_at", "checked_at")
    reached: Iterable[datetime | None] = [row[f"case__{step}"] for step in steps]
    return max(at for at in (row["received_at"], row["answered_at"], *reached) if at is not None)
