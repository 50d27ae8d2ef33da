"""Pages of a list of cases: one query each, whatever the depth, in any offered order."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from wanmi.shell.api import UnusableCursor, take_page

from .filtering import Order
from .models import Case


def page(
    rows: QuerySet[Case, Any],
    *,
    order: Order = "",
    q: str = "",
    limit: int,
    cursor: str = "",
    show: Callable[[Any], Any],
) -> dict[str, Any]:
    """Return one page of cases and the cursor of the next: newest first, or by a moment.

    `q` is the search the rows were filtered by: such rows stream only in the
    order of the index of words. Rows without the moment come last.
    """
    if not order:
        key = "word_index" if q else "pk"
        return take_page(rows, limit=limit, cursor=cursor, show=show, key=key)
    field, falls = order.removeprefix("-"), order.startswith("-")
    by = F(field).desc(nulls_last=True) if falls else F(field).asc(nulls_last=True)
    if cursor:
        rows = rows.filter(_behind(field, falls, *_read(cursor)))
    found = list(rows.order_by(by, "-pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    following = _write(getattr(last, field), last.pk) if last else None
    return {"items": [show(row) for row in found[:limit]], "next": following}


def _behind(field: str, falls: bool, moment: datetime | None, key: int) -> Q:
    """Return the condition of coming after a row: by its moment, then by its key."""
    nothing = Q(**{f"{field}__isnull": True})
    if moment is None:
        return nothing & Q(pk__lt=key)
    beyond = Q(**{f"{field}__lt" if falls else f"{field}__gt": moment})
    return beyond | Q(**{field: moment}, pk__lt=key) | nothing


def _write(moment: datetime | None, key: int) -> str:
    text = json.dumps([moment.isoformat() if moment else None, key])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime | None, int]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        moment, key = json.loads(base64.urlsafe_b64decode(padded))
        found = datetime.fromisoformat(moment) if moment is not None else None
        if not isinstance(key, int) or not 0 <= key < 2**63 or (found and not found.tzinfo):
            raise UnusableCursor
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise UnusableCursor from error
    return found, key
