"""What people send to the pages of the register, read and checked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import finite
from wanmi.shell import pages

from .models import Part, PartState
from .queries import Filters

TEXTS = ("name_zh", "name_en", "department_name", "owner_name", "maintainer_name", "note")
SEARCH_LENGTH = 60


@dataclass(frozen=True)
class Wanted:
    """The filters of the list as they stand in the address."""

    q: str
    filters: Filters

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.q) or self.filters != Filters()


def wanted(request: HttpRequest) -> Wanted:
    """Read the filters; text that cannot be kept is no filter."""
    names = ("code", "state", "area", "grid")
    values = {name: pages.line_of(request.GET, name, 160) for name in names}
    if values["state"] not in PartState.values:
        values["state"] = ""
    return Wanted(pages.line_of(request.GET, "q", SEARCH_LENGTH), Filters(**values))


def change_of(part: Part, sent: QueryDict) -> dict[str, Any]:
    """Read a sent change of a part into what `actions.revise` takes."""
    facts: dict[str, Any] = {name: sent[name] for name in TEXTS if name in sent}
    if sent.get("initial_date"):
        facts["initial_date"] = day(sent.get("initial_date", ""))
    return {
        "facts": facts,
        "state": state(sent.get("state", "")),
        "point": _moved_to(part, sent),
        "reason": sent.get("reason", ""),
        "version": _version(sent.get("version", "")),
    }


def state(text: str) -> str:
    """Read a state of a part, "" for none. Raises Invalid."""
    if text and text not in PartState.values:
        raise Invalid("There is no state “%(state)s” of a part.", state=text[:20])
    return text


def point(sent: QueryDict) -> tuple[float, float]:
    """Read the point sent, in degrees CGCS2000. Raises Invalid."""
    try:
        lon, lat = float(sent.get("lon", "")), float(sent.get("lat", ""))
    except ValueError:
        raise Invalid("Longitude and latitude are numbers.") from None
    return finite(lon, low=-180, high=180), finite(lat, low=-90, high=90)


def day(text: str) -> date:
    """Read a day as browsers send it (ISO). Raises Invalid."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("“%(text)s” is not a date.", text=text[:20]) from None


def _moved_to(part: Part, sent: QueryDict) -> tuple[float, float] | None:
    """Return the point sent, None where it is the part's own to the sixth decimal."""
    if not sent.get("lon") or not sent.get("lat"):
        return None
    lon, lat = point(sent)
    same = abs(lon - part.lon) < 1e-6 and abs(lat - part.lat) < 1e-6
    return None if same else (lon, lat)


def _version(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid("The form is incomplete; open the part anew.")
    return int(text)
